/*
 * receiver.c - see receiver.h.
 *
 * The loop's thread only scans: it validates, finds out whose message it is
 * and copies the bytes, with what the scan found, into one block.  Decoding is
 * left to the thread that asks for the message.  A datagram that is nobody's is
 * dropped and counted, and nothing is answered: "it discards the datagram and
 * performs no further actions" (RFC 1157, 4.1).
 */
#include "core/receiver.h"

#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "codec/coexist.h"
#include "codec/message.h"
#include "core/db.h"
#include "core/delivery.h"
#include "core/dump.h"
#include "core/engine.h"
#include "core/port.h"
#include "core/received.h"
#include "core/registry.h"
#include "core/request_id.h"
#include "core/session.h"
#include "core/stats.h"
#include "core/turn.h"
#include "net/packet.h"

/* After so many batches the other sockets and the timers get their turn. */
#define BATCHES_IN_A_ROW 4

/* A session that does not fetch keeps at most this many bytes waiting, beside
 * the configured number of messages. */
#define INBOX_MAX_BYTES (64u * 1024 * 1024)

/* One datagram on its way. */
struct arrival {
    const struct wsn_datagram *datagram;
    struct wsn_port *port;
    struct wsn_head head;
    bool is_message;
    bool wants_answer; /* an inform that somebody takes */
};

/* ---- scanning: no lock -------------------------------------------------- */

static enum wsn_stat stat_of_scan(enum wsn_scan scan)
{
    switch (scan) {
    case WSN_SCAN_BAD_VERSION:
        return WSN_STAT_IN_BAD_VERSIONS;
    case WSN_SCAN_BAD_TYPE:
        return WSN_STAT_DROP_WRONG_PDU_TYPE;
    case WSN_SCAN_TRUNCATED:
        return WSN_STAT_IN_ASN_PARSE_ERRS;
    default:
        return WSN_STAT_DROP_MALFORMED;
    }
}

static void scan(struct arrival *arrival, struct wsn_port *port,
                 const struct wsn_datagram *datagram)
{
    enum wsn_scan result = WSN_SCAN_TRUNCATED;

    arrival->datagram = datagram;
    arrival->port = port;
    arrival->wants_answer = false;
    wsn_dump(WSN_DUMP_RECEIVED, &datagram->peer, datagram->bytes,
             datagram->len);
    if (!datagram->truncated)
        result =
            wsn_message_scan(datagram->bytes, datagram->len, &arrival->head);
    arrival->is_message = result == WSN_SCAN_OK;
    if (!arrival->is_message)
        wsn_stats_count(stat_of_scan(result));
}

/* ---- routing: the engine's lock is held --------------------------------- */

/* A v1 trap has no request id; the application gets a generated one. */
static smiINT32 request_id_of(const struct arrival *arrival)
{
    return arrival->head.pdu_type == SNMP_PDU_V1TRAP ? wsn_request_id_next()
                                                     : arrival->head.request_id;
}

/* A new item around a copy of the datagram, or NULL and a count. */
static struct wsn_item *item_of(const struct arrival *arrival,
                                enum wsn_item_kind kind)
{
    struct wsn_item *item = wsn_item_new(kind, request_id_of(arrival),
                                         &arrival->head, arrival->datagram);

    if (item == NULL)
        wsn_stats_count(WSN_STAT_DROP_NO_MEMORY);
    return item;
}

static bool has_room(const struct wsn_session *session,
                     const struct arrival *arrival)
{
    if (wsn_inbox_has_room(&session->inbox, arrival->head.message_len,
                           wsn_db_get(WSN_DB_TRAP_QUEUE_MAX), INBOX_MAX_BYTES))
        return true;
    wsn_stats_count(WSN_STAT_DROP_QUEUE_FULL);
    return false;
}

/* The response takes the place of the request in the request's item. */
static void complete(struct wsn_engine *engine, struct wsn_request *request,
                     struct wsn_received *response, struct wsn_list *deliveries)
{
    struct wsn_item *item = &request->item;
    HSNMP_ENTITY sent_from = item->parties.src;

    wsn_requests_remove(&engine->requests, request);
    item->received = response;
    item->kind = WSN_ITEM_RESPONSE;
    item->parties.src = item->parties.dst;
    item->parties.dst = sent_from;
    wsn_stats_count(WSN_STAT_RESPONSES_MATCHED);
    wsn_delivery_add(deliveries, item, item->session);
}

static enum wsn_stat stat_of_mismatch(enum wsn_match match)
{
    switch (match) {
    case WSN_MATCH_OTHER_SOURCE:
        return WSN_STAT_DROP_WRONG_SOURCE;
    case WSN_MATCH_OTHER_VERSION:
        return WSN_STAT_DROP_WRONG_VERSION;
    case WSN_MATCH_OTHER_COMMUNITY:
        return WSN_STAT_DROP_WRONG_COMMUNITY;
    default:
        return WSN_STAT_DROP_UNMATCHED;
    }
}

static void route_response(struct arrival *arrival, struct wsn_list *deliveries)
{
    struct wsn_engine *engine = arrival->port->engine;
    struct wsn_request *request = NULL;
    struct wsn_received *response;
    struct wsn_arrived arrived = {arrival->port, &arrival->datagram->peer,
                                  wsn_db_get(WSN_DB_RELAXED_SOURCE) != 0};
    enum wsn_match match = wsn_requests_match(&engine->requests, &arrival->head,
                                              &arrived, &request);

    if (match != WSN_MATCH) {
        wsn_stats_count(stat_of_mismatch(match));
        return;
    }
    response = wsn_received_new(&arrival->head, arrival->datagram);
    if (response != NULL)
        complete(engine, request, response, deliveries);
    else
        wsn_stats_count(WSN_STAT_DROP_NO_MEMORY);
}

/* A copy for one session, if it has room; true when it was added to
 * deliveries. */
static bool offer(struct wsn_session *session,
                  const struct wsn_registration *registration,
                  const struct arrival *arrival, struct wsn_list *deliveries)
{
    struct wsn_item *item;

    if (!has_room(session, arrival))
        return false;
    item = item_of(arrival, WSN_ITEM_NOTIFICATION);
    if (item == NULL)
        return false;
    /* Seen from the receiver: the agent is the source. */
    item->parties.src = registration->parties.dst;
    item->parties.dst = registration->parties.src;
    item->parties.context = registration->parties.context;
    wsn_parties_pin(&item->parties);
    wsn_stats_count(WSN_STAT_TRAPS_DELIVERED);
    wsn_delivery_add(deliveries, item, session);
    return true;
}

/* Offers it to everybody who has registered for it. */
static bool offer_all(const struct arrival *arrival,
                      const struct wsn_notification *notification,
                      struct wsn_list *deliveries)
{
    const struct wsn_registration *registration;
    struct wsn_subscriber *subscriber;
    struct wsn_list subscribers;
    bool is_taken = false;

    wsn_list_init(&subscribers);
    wsn_registry_match(&arrival->port->engine->registry, notification,
                       &subscribers);
    if (wsn_list_is_empty(&subscribers))
        wsn_stats_count(WSN_STAT_TRAPS_UNCLAIMED);
    while ((subscriber =
                wsn_registry_take_match(&subscribers, &registration)) != NULL)
        is_taken |=
            offer(WSN_CONTAINER(subscriber, struct wsn_session, subscriber),
                  registration, arrival, deliveries);
    return is_taken;
}

static void route_to_registry(struct arrival *arrival,
                              struct wsn_list *deliveries)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    struct wsn_notification notification = {
        &arrival->datagram->peer, arrival->head.community,
        arrival->head.community_len, ids, 0};
    bool is_taken;

    if (!wsn_coexist_trap_oid(&arrival->head, ids, &notification.n_ids))
        notification.n_ids = 0; /* only a registration for all matches */
    wsn_stats_count(WSN_STAT_TRAPS_IN);
    is_taken = offer_all(arrival, &notification, deliveries);
    arrival->wants_answer =
        is_taken && arrival->head.pdu_type == SNMP_PDU_INFORM;
}

static void route_to_listener(struct arrival *arrival,
                              struct wsn_list *deliveries)
{
    struct wsn_port *port = arrival->port;
    struct wsn_item *item;

    if (port->is_retired || !has_room(port->session, arrival))
        return;
    item = item_of(arrival, WSN_ITEM_REQUEST);
    if (item == NULL)
        return;
    item->parties.dst = port->entity;
    wsn_parties_pin(&item->parties);
    wsn_delivery_add(deliveries, item, port->session);
}

static bool is_notification(smiINT type)
{
    return type == SNMP_PDU_V1TRAP || type == SNMP_PDU_TRAP ||
           type == SNMP_PDU_INFORM;
}

/* Each kind of socket accepts its own kinds of messages only. */
static void route(struct arrival *arrival, struct wsn_list *deliveries)
{
    smiINT type = arrival->head.pdu_type;
    enum wsn_udp_use use = arrival->port->udp.use;

    if (type == SNMP_PDU_RESPONSE && use != WSN_UDP_TRAP)
        route_response(arrival, deliveries);
    else if (is_notification(type) && use == WSN_UDP_TRAP)
        route_to_registry(arrival, deliveries);
    else if (type != SNMP_PDU_RESPONSE && use == WSN_UDP_AGENT)
        route_to_listener(arrival, deliveries);
    else
        wsn_stats_count(WSN_STAT_DROP_WRONG_PDU_TYPE);
}

/* ---- batches ------------------------------------------------------------ */

/*
 * "A Response-PDU is generated ... and transmitted" by the entity that
 * receives an Inform (RFC 3416, 4.2.7), from the address it came to.
 */
static void answer_inform(const struct arrival *arrival)
{
    const struct wsn_datagram *datagram = arrival->datagram;
    struct wsn_packet *answer =
        wsn_packet_new(&datagram->peer, &datagram->local, datagram->bytes,
                       arrival->head.message_len);

    if (answer == NULL)
        return; /* the sender will repeat it */
    wsn_message_answer_inform(answer->bytes, &arrival->head);
    wsn_dump(WSN_DUMP_SENT, &datagram->peer, answer->bytes, answer->len);
    if (wsn_udp_send(&arrival->port->udp, &datagram->peer, &datagram->local,
                     answer->bytes, answer->len) == WSN_OK) {
        wsn_stats_count(WSN_STAT_INFORMS_ANSWERED);
        wsn_stats_count(WSN_STAT_OUT_PKTS);
    }
    wsn_packet_free(answer);
}

static void process_batch(struct wsn_port *port, int n)
{
    struct wsn_engine *engine = port->engine;
    struct arrival arrivals[WSN_UDP_BATCH_MAX];
    struct wsn_list deliveries;

    wsn_list_init(&deliveries);
    wsn_stats_add(WSN_STAT_IN_PKTS, (uint64_t)n);
    for (int i = 0; i < n; i++)
        scan(&arrivals[i], port, wsn_udp_batch_at(engine->batch, i));
    wsn_lock_take(&engine->lock);
    for (int i = 0; i < n; i++)
        if (arrivals[i].is_message)
            route(&arrivals[i], &deliveries);
    wsn_lock_give(&engine->lock);
    for (int i = 0; i < n; i++)
        if (arrivals[i].wants_answer)
            answer_inform(&arrivals[i]);
    wsn_delivery_run(engine, &deliveries);
}

static bool engine_is_stopping(struct wsn_engine *engine)
{
    bool is_stopping;

    wsn_lock_take(&engine->lock);
    is_stopping = engine->is_stopping;
    wsn_lock_give(&engine->lock);
    return is_stopping;
}

static void receive(struct wsn_port *port)
{
    struct wsn_engine *engine = port->engine;
    int n = 0;

    for (int round = 0; round < BATCHES_IN_A_ROW; round++) {
        n = wsn_udp_recv(&port->udp, engine->batch);
        if (n <= 0)
            break;
        port->pause_ms = 0;
        process_batch(port, n);
        if (n < WSN_UDP_BATCH_MAX || engine_is_stopping(engine))
            break;
    }
    wsn_port_take_counters(port);
    if (n < 0)
        wsn_port_pause(port, wsn_clock_ms());
}

void wsn_receiver_on_event(void *arg, unsigned what)
{
    struct wsn_port *port = arg;
    struct wsn_engine *engine = port->engine;

    if ((what & WSN_LOOP_WRITE) != 0)
        wsn_port_flush(port);
    if ((what & WSN_LOOP_READ) != 0)
        receive(port);
    wsn_turn_settle(engine);
}
