/*
 * outbox.c - see outbox.h.
 */
#include "core/outbox.h"

#include "base/clock.h"
#include "core/engine.h"
#include "core/port.h"
#include "core/stats.h"
#include "core/unsent.h"
#include "net/packet.h"

/* Callbacks that take so long in a turn of the loop take long. */
#define LONG_MS 10

/* Packets that leave by the same port. */
struct group {
    struct wsn_port *port;
    const struct wsn_packet *packets[WSN_UDP_SEND_MAX];
    size_t n;
};

/* ---- what cannot be sent ------------------------------------------------ */

static void fail(struct wsn_engine *engine, const struct wsn_packet *packet,
                 wsn_err err)
{
    struct wsn_request *request = wsn_request_of_packet(packet);

    wsn_requests_remove(&engine->requests, request);
    request->item.status = err;
    wsn_list_push_back(&engine->failures, &request->item.node);
}

/* The loop sends it when there is room.  Without memory for a copy it is a
 * datagram lost; there may be another try. */
static void keep_for_later(struct wsn_port *port,
                           const struct wsn_packet *packet)
{
    struct wsn_unsent *unsent =
        wsn_unsent_of_request(wsn_request_of_packet(packet));

    if (unsent != NULL)
        wsn_list_push_back(&port->unsent, &unsent->node);
}

/* ---- sending ------------------------------------------------------------ */

static void transmit(struct wsn_engine *engine, const struct group *group)
{
    size_t done = 0;

    while (done < group->n) {
        wsn_err err;
        size_t sent = wsn_udp_send_packets(
            &group->port->udp, &group->packets[done], group->n - done, &err);

        wsn_stats_add(WSN_STAT_OUT_PKTS, sent);
        done += sent;
        if (err == WSN_UDP_AGAIN)
            keep_for_later(group->port, group->packets[done++]);
        else if (err != WSN_OK)
            fail(engine, group->packets[done++], err);
    }
}

/* Takes out the first packet and those behind it that leave by its port. */
static void gather(struct wsn_engine *engine, struct group *ret_group)
{
    struct wsn_list *packets = &engine->outbox.packets;

    ret_group->n = 0;
    while (!wsn_list_is_empty(packets) && ret_group->n < WSN_UDP_SEND_MAX) {
        struct wsn_packet *packet = wsn_packet_of(packets->next);
        struct wsn_request *request = wsn_request_of_packet(packet);
        struct wsn_port *port = NULL;
        wsn_err err = wsn_port_choose(engine, request->item.parties.src,
                                      packet->peer.family, &port);

        if (ret_group->n > 0 && port != ret_group->port)
            return;
        wsn_list_remove(&packet->node);
        if (err != WSN_OK) {
            fail(engine, packet, err);
        } else {
            request->sent_from = port;
            ret_group->port = port;
            ret_group->packets[ret_group->n++] = packet;
        }
    }
}

/* They are sent later than they were entered: their time-outs begin now. */
static void wait_anew(struct wsn_engine *engine, uint64_t now_ms)
{
    struct wsn_list *packets = &engine->outbox.packets;

    for (struct wsn_list *node = packets->next; node != packets;
         node = node->next)
        wsn_requests_wait_again(&engine->requests,
                                wsn_request_of_packet(wsn_packet_of(node)),
                                now_ms);
}

static void send_since(struct wsn_engine *engine, uint64_t now_ms)
{
    struct group group;

    if (now_ms != engine->outbox.since_ms)
        wait_anew(engine, now_ms);
    engine->outbox.n_put = 0;
    do {
        gather(engine, &group);
        transmit(engine, &group);
    } while (group.n > 0);
}

bool wsn_outbox_takes(const struct wsn_engine *engine)
{
    return engine->calling != NULL &&
           (engine->more_calls || engine->outbox.n_put > 0) &&
           engine->outbox.n_trials == 0 && wsn_loop_is_current(engine->loop);
}

void wsn_outbox_put(struct wsn_engine *engine, struct wsn_request *request)
{
    struct wsn_outbox *outbox = &engine->outbox;

    if (outbox->n_put++ == 0)
        outbox->since_ms = outbox->turn_ms;
    wsn_list_push_back(&outbox->packets, &request->packet->node);
    if (outbox->n_put >= WSN_UDP_SEND_MAX)
        send_since(engine, wsn_clock_ms());
}

void wsn_outbox_send(struct wsn_engine *engine)
{
    if (engine->outbox.n_put > 0)
        send_since(engine, wsn_clock_ms());
}

void wsn_outbox_send_due(struct wsn_engine *engine)
{
    struct wsn_outbox *outbox = &engine->outbox;

    if (outbox->n_put == 0)
        return;
    outbox->turn_ms = wsn_clock_ms();
    if (outbox->turn_ms != outbox->since_ms)
        send_since(engine, outbox->turn_ms);
}

void wsn_outbox_flush(struct wsn_engine *engine)
{
    wsn_lock_take(&engine->lock);
    wsn_outbox_send(engine);
    wsn_lock_give(&engine->lock);
}

void wsn_outbox_drain(struct wsn_engine *engine)
{
    wsn_outbox_flush(engine);
    wsn_port_drain_all(engine);
}

void wsn_outbox_begin_turn(struct wsn_engine *engine, uint64_t now_ms)
{
    engine->outbox.turn_ms = now_ms;
}

void wsn_outbox_end_turn(struct wsn_engine *engine, uint64_t spent_ms)
{
    struct wsn_outbox *outbox = &engine->outbox;

    wsn_lock_take(&engine->lock);
    if (spent_ms >= LONG_MS)
        outbox->n_trials = WSN_OUTBOX_TRIALS;
    else if (outbox->n_trials > 0)
        outbox->n_trials--;
    wsn_outbox_send(engine);
    wsn_lock_give(&engine->lock);
}
