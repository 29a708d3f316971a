/*
 * sender.c - see sender.h.
 *
 * The calling thread sends its own datagram, so that the application learns
 * at once what the system refuses, and a message that was accepted is on its
 * way when SnmpSendMsg returns.  A request is entered before it is sent: its
 * response may arrive before sendto returns.  Only what callbacks ask under
 * load leaves by the outbox.
 */
#include "core/sender.h"

#include "base/clock.h"
#include "core/db.h"
#include "core/dump.h"
#include "core/engine.h"
#include "core/mail.h"
#include "core/port.h"
#include "core/session.h"
#include "core/stats.h"
#include "core/unsent.h"

/* The way of one message. */
struct way {
    struct wsn_session *session;
    const struct wsn_mail *mail;
    struct wsn_port *port; /* in use until leave() */
    uint64_t serial;       /* of the request; 0: there is none */
    bool must_wake;
    bool is_put_off; /* it leaves by the outbox */
};

/* ---- with the engine's lock --------------------------------------------- */

static wsn_err enter_port(struct way *way)
{
    struct wsn_engine *engine = way->session->engine;
    const struct wsn_mail *mail = way->mail;
    wsn_err err;

    if (!wsn_session_is_open(way->session))
        return SNMPAPI_SESSION_INVALID;
    err =
        wsn_port_choose(engine, mail->parties.src, mail->to.family, &way->port);
    if (err == WSN_OK)
        way->must_wake = way->port->wants_loop;
    return err;
}

/* The mode is read where a change of it cannot be missed: silencing takes
 * the lock after it. */
static void obey_mode(struct wsn_request *request)
{
    if (wsn_db_get(WSN_DB_RETRANSMIT_MODE) != SNMPAPI_OFF)
        return;
    request->is_silent = true;
    request->tries_left = 0;
}

static void enter(struct way *way, struct wsn_request *request)
{
    struct wsn_engine *engine = way->session->engine;

    way->is_put_off = wsn_outbox_takes(engine);
    request->item.session = way->session;
    request->sent_from = way->port;
    obey_mode(request);
    wsn_requests_add(&engine->requests, request, &way->session->requests,
                     way->is_put_off ? engine->outbox.turn_ms : wsn_clock_ms());
    if (way->is_put_off)
        wsn_outbox_put(engine, request);
    way->serial = request->serial;
    if (wsn_engine_arm(engine, request->timer.deadline_ms))
        way->must_wake = true;
}

static wsn_err begin(struct way *way, struct wsn_request *request)
{
    struct wsn_engine *engine = way->session->engine;
    wsn_err err;

    wsn_lock_take(&engine->lock);
    err = enter_port(way);
    if (err == WSN_OK && request != NULL)
        enter(way, request);
    if (err == WSN_OK && !way->is_put_off)
        way->port->users++;
    wsn_lock_give(&engine->lock);
    return err;
}

/* The request, or NULL: there is none, or it has ended meanwhile. */
static struct wsn_request *find(const struct way *way)
{
    struct wsn_engine *engine = way->session->engine;

    if (way->serial == 0)
        return NULL;
    return wsn_requests_find_serial(&engine->requests, way->mail->request_id,
                                    way->serial);
}

/* Takes the request back out. */
static struct wsn_request *withdraw(struct way *way)
{
    struct wsn_request *request = find(way);

    if (request != NULL)
        wsn_requests_remove(&way->session->engine->requests, request);
    return request;
}

/* ---- what the socket said ----------------------------------------------- */

/* The port from which it leaves: way's, unless that has been closed meanwhile.
 * When the session has ended, too, there may be no engine to open another. */
static struct wsn_port *waiting_port(const struct way *way)
{
    const struct wsn_mail *mail = way->mail;
    struct wsn_request *request = find(way);
    struct wsn_port *port = way->port;

    if (port->is_retired && wsn_session_is_open(way->session))
        (void)wsn_port_choose(port->engine, mail->parties.src, mail->to.family,
                              &port);
    if (request != NULL)
        request->sent_from = port;
    return port;
}

/* No room in the socket's buffer: the loop sends it when there is. */
static wsn_err keep_for_later(struct way *way)
{
    struct wsn_engine *engine = way->session->engine;
    struct wsn_unsent *unsent =
        wsn_unsent_new(way->session, way->mail, way->serial);
    struct wsn_item *unheard = NULL;

    if (unsent == NULL)
        return SNMPAPI_ALLOC_ERROR;
    wsn_lock_take(&engine->lock);
    if (!wsn_session_is_open(way->session))
        unheard = wsn_unsent_take_failure(unsent);
    wsn_list_push_back(&waiting_port(way)->unsent, &unsent->node);
    wsn_lock_give(&engine->lock);
    if (unheard != NULL)
        wsn_item_free(unheard);
    way->must_wake = true;
    return WSN_OK;
}

/* "Destination unavailable" is among the codes of SnmpRecvMsg only: the call
 * succeeds, and the failure is delivered like a message. */
static wsn_err report_later(struct way *way)
{
    struct wsn_engine *engine = way->session->engine;
    struct wsn_unsent *unsent =
        wsn_unsent_new(way->session, way->mail, way->serial);

    if (unsent == NULL)
        return SNMPAPI_ALLOC_ERROR;
    wsn_lock_take(&engine->lock);
    if (wsn_session_is_open(way->session))
        wsn_unsent_fail(engine, unsent, SNMPAPI_TL_UNDELIVERABLE);
    wsn_lock_give(&engine->lock);
    wsn_unsent_free(unsent);
    way->must_wake = true;
    return WSN_OK;
}

static wsn_err transmit(struct way *way)
{
    const struct wsn_mail *mail = way->mail;
    bool has_from = mail->from.family == mail->to.family;
    wsn_err err =
        wsn_udp_send(&way->port->udp, &mail->to, has_from ? &mail->from : NULL,
                     mail->bytes, mail->len);

    if (err == WSN_OK)
        wsn_stats_count(WSN_STAT_OUT_PKTS);
    else if (err == WSN_UDP_AGAIN)
        err = keep_for_later(way);
    else if (err == SNMPAPI_TL_UNDELIVERABLE)
        err = report_later(way);
    return err;
}

/* Leaves the port; on failure nothing stays outstanding. */
static void leave(struct way *way, wsn_err err)
{
    struct wsn_engine *engine = way->session->engine;
    struct wsn_request *request = NULL;
    struct wsn_port *orphan;

    wsn_lock_take(&engine->lock);
    orphan = wsn_port_leave(way->port);
    way->must_wake |= way->port->is_retired;
    if (err != WSN_OK)
        request = withdraw(way);
    wsn_lock_give(&engine->lock);
    if (orphan != NULL)
        wsn_port_free(orphan);
    if (request != NULL)
        wsn_item_free(&request->item);
    if (way->must_wake)
        wsn_engine_wake(engine);
}

wsn_err wsn_sender_send(struct wsn_session *session,
                        const struct wsn_mail *mail)
{
    struct way way = {session, mail, NULL, 0, false, false};
    struct wsn_request *request = NULL;
    wsn_err err;

    if (mail->awaits_response) {
        request = wsn_request_new(mail);
        if (request == NULL)
            return SNMPAPI_ALLOC_ERROR;
    }
    err = begin(&way, request);
    if (err != WSN_OK) {
        if (request != NULL)
            wsn_item_free(&request->item);
        return err;
    }
    wsn_dump(WSN_DUMP_SENT, &mail->to, mail->bytes, mail->len);
    if (way.is_put_off)
        return WSN_OK;
    err = transmit(&way);
    leave(&way, err);
    return err;
}
