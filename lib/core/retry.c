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
#include "core/dump.h"
#include "core/engine.h"
#include "core/outbox.h"
#include "core/port.h"
#include "core/request_id.h"
#include "core/session.h"
#include "core/stats.h"
#include "net/packet.h"

/* So many at a time; in between others get the lock. */
#define BATCH 64

/* What is to be done when the lock has been given. */
struct outcome {
    struct wsn_list deliveries;
    struct wsn_list forgotten;
    struct wsn_list repeated; /* copies of datagrams, for the log */
};

static void fail(struct wsn_engine *engine, struct wsn_request *request,
                 wsn_err status, struct outcome *outcome)
{
    wsn_requests_remove(&engine->requests, request);
    request->item.status = status;
    if (status == SNMPAPI_TL_TIMEOUT)
        wsn_stats_count(WSN_STAT_TIMEOUTS);
    wsn_delivery_add(&outcome->deliveries, &request->item,
                     request->item.session);
}

/* The listening source of the first transmission may be gone by now.  A
 * failure that is delivered is one of the transport, whatever is short. */
static wsn_err transmit(struct wsn_engine *engine, struct wsn_request *request)
{
    struct wsn_port *port;
    wsn_err err = wsn_port_choose(engine, request->item.parties.src,
                                  request->packet->peer.family, &port);

    if (err != WSN_OK)
        return err == SNMPAPI_ALLOC_ERROR ? SNMPAPI_TL_RESOURCE_ERROR : err;
    request->sent_from = port;
    return wsn_port_transmit(port, request->packet);
}

/* The log is not to be written to under the lock. */
static void note_for_log(const struct wsn_packet *packet,
                         struct outcome *outcome)
{
    struct wsn_packet *copy;

    if (!wsn_log_wants(WSN_LOG_PACKETS))
        return;
    copy = wsn_packet_new(&packet->peer, NULL, packet->bytes, packet->len);
    if (copy != NULL)
        wsn_list_push_back(&outcome->repeated, &copy->node);
}

static void write_log(struct wsn_list *repeated)
{
    struct wsn_list *node;

    while ((node = wsn_list_pop_front(repeated)) != NULL) {
        struct wsn_packet *packet = wsn_packet_of(node);

        wsn_dump(WSN_DUMP_SENT, &packet->peer, packet->bytes, packet->len);
        wsn_packet_free(packet);
    }
}

static void repeat(struct wsn_engine *engine, struct wsn_request *request,
                   uint64_t now_ms, struct outcome *outcome)
{
    wsn_err err = transmit(engine, request);

    note_for_log(request->packet, outcome);
    request->tries_left--;
    wsn_stats_count(WSN_STAT_RETRANSMISSIONS);
    /* No room in the socket is a datagram lost; there may be another try. */
    if (err == WSN_OK || err == WSN_UDP_AGAIN)
        wsn_requests_wait_next(&engine->requests, request, now_ms);
    else
        fail(engine, request, err, outcome);
}

static void handle_due(struct wsn_engine *engine, uint64_t now_ms,
                       struct outcome *outcome)
{
    for (int n = 0; n < BATCH; n++) {
        struct wsn_request *request = wsn_requests_take_due(&engine->requests);

        if (request == NULL)
            return;
        if (request->is_silent) {
            wsn_requests_remove(&engine->requests, request);
            wsn_list_push_back(&outcome->forgotten, &request->item.node);
        } else if (request->tries_left > 0) {
            repeat(engine, request, now_ms, outcome);
        } else {
            fail(engine, request, SNMPAPI_TL_TIMEOUT, outcome);
        }
    }
}

void wsn_retry_run(struct wsn_engine *engine)
{
    uint64_t now_ms = wsn_clock_ms();
    struct outcome outcome;

    wsn_list_init(&outcome.deliveries);
    wsn_list_init(&outcome.forgotten);
    wsn_list_init(&outcome.repeated);
    wsn_lock_take(&engine->lock);
    wsn_requests_expire(&engine->requests, now_ms);
    handle_due(engine, now_ms, &outcome);
    wsn_lock_give(&engine->lock);
    wsn_item_free_all(&outcome.forgotten);
    write_log(&outcome.repeated);
    wsn_delivery_run(engine, &outcome.deliveries);
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

/* What a callback has asked leaves first: it is the answer that is not wanted.
 */
wsn_err wsn_retry_cancel(struct wsn_session *session, smiINT32 request_id)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_request *request;

    wsn_lock_take(&engine->lock);
    wsn_outbox_send(engine);
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
