/*
 * retry.c - see retry.h.
 *
 * The schedule is constant: transmissions at 0, T, 2T ... R*T, and the
 * time-out event at (R+1)*T.  A repetition sends the stored bytes again, so
 * that the request id stays the same.
 */
#include "core/retry.h"

#include "base/clock.h"
#include "core/delivery.h"
#include "core/engine.h"
#include "core/port.h"
#include "core/request_id.h"
#include "core/session.h"
#include "core/stats.h"

/* So many at a time; in between others get the lock. */
#define BATCH 64

static void fail(struct wsn_engine *engine, struct wsn_request *request,
                 wsn_err status, struct wsn_list *deliveries)
{
    wsn_requests_remove(&engine->requests, request);
    request->item.status = status;
    if (status == SNMPAPI_TL_TIMEOUT)
        wsn_stats_count(WSN_STAT_TIMEOUTS);
    wsn_delivery_add(deliveries, &request->item, request->item.session);
}

/* The listening source of the first transmission may be gone by now. */
static wsn_err transmit(struct wsn_engine *engine, const struct wsn_item *item)
{
    struct wsn_port *port;
    wsn_err err = wsn_port_choose(engine, item->parties.src,
                                  item->packet->peer.family, &port);

    return err == WSN_OK ? wsn_port_transmit(port, item->packet) : err;
}

static void repeat(struct wsn_engine *engine, struct wsn_request *request,
                   uint64_t now_ms, struct wsn_list *deliveries)
{
    wsn_err err = transmit(engine, &request->item);

    request->tries_left--;
    wsn_stats_count(WSN_STAT_RETRANSMISSIONS);
    /* No room in the socket is a datagram lost; there may be another try. */
    if (err == WSN_OK || err == WSN_UDP_AGAIN)
        wsn_requests_wait_again(&engine->requests, request, now_ms);
    else
        fail(engine, request, err, deliveries);
}

static void handle_due(struct wsn_engine *engine, uint64_t now_ms,
                       struct wsn_list *deliveries, struct wsn_list *forgotten)
{
    for (int n = 0; n < BATCH; n++) {
        struct wsn_request *request = wsn_requests_take_due(&engine->requests);

        if (request == NULL)
            return;
        if (request->is_silent) {
            wsn_requests_remove(&engine->requests, request);
            wsn_list_push_back(forgotten, &request->item.node);
        } else if (request->tries_left > 0) {
            repeat(engine, request, now_ms, deliveries);
        } else {
            fail(engine, request, SNMPAPI_TL_TIMEOUT, deliveries);
        }
    }
}

void wsn_retry_run(struct wsn_engine *engine)
{
    uint64_t now_ms = wsn_clock_ms();
    struct wsn_list deliveries;
    struct wsn_list forgotten;

    wsn_list_init(&deliveries);
    wsn_list_init(&forgotten);
    wsn_lock_take(&engine->lock);
    wsn_requests_expire(&engine->requests, now_ms);
    handle_due(engine, now_ms, &deliveries, &forgotten);
    wsn_lock_give(&engine->lock);
    wsn_item_free_all(&forgotten);
    wsn_delivery_run(engine, &deliveries);
}

smiINT32 wsn_retry_unused_id(struct wsn_session *session)
{
    struct wsn_engine *engine = session->engine;
    smiINT32 id;
    bool is_used;

    do {
        id = wsn_request_id_next();
        wsn_lock_take(&engine->lock);
        is_used = wsn_requests_find(&engine->requests, session, id) != NULL;
        wsn_lock_give(&engine->lock);
    } while (is_used);
    return id;
}

wsn_err wsn_retry_cancel(struct wsn_session *session, smiINT32 request_id)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_request *request;

    wsn_lock_take(&engine->lock);
    request = wsn_requests_find(&engine->requests, session, request_id);
    if (request != NULL)
        wsn_requests_remove(&engine->requests, request);
    wsn_lock_give(&engine->lock);
    if (request == NULL)
        return SNMPAPI_PDU_INVALID;
    wsn_item_free(&request->item);
    return WSN_OK;
}

void wsn_retry_silence_all(struct wsn_engine *engine)
{
    wsn_lock_take(&engine->lock);
    wsn_requests_silence_all(&engine->requests, wsn_clock_ms());
    wsn_lock_give(&engine->lock);
}
