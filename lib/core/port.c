/*
 * port.c - see port.h.
 */
#include "core/port.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/handle.h"
#include "base/log.h"
#include "core/engine.h"
#include "core/stats.h"
#include "core/unsent.h"
#include "net/packet.h"
#include "net/udp_drops.h"

#define FIRST_PAUSE_MS 10
#define LONGEST_PAUSE_MS 1000
#define LONGEST_DRAIN_MS 250

static struct wsn_port *port_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_port, node);
}

static struct wsn_port *port_new(struct wsn_engine *engine)
{
    struct wsn_port *port = wsn_zalloc(sizeof *port);

    if (port == NULL)
        return NULL;
    wsn_list_init(&port->node);
    wsn_list_init(&port->of_closer);
    wsn_list_init(&port->unsent);
    port->engine = engine;
    return port;
}

wsn_err wsn_port_open(struct wsn_engine *engine, enum wsn_udp_use use,
                      const struct wsn_addr *bind_to,
                      struct wsn_port **ret_port)
{
    struct wsn_port *port = port_new(engine);
    wsn_err err;

    if (port == NULL)
        return SNMPAPI_ALLOC_ERROR;
    err = wsn_udp_open(use, bind_to, &port->udp);
    if (err != WSN_OK) {
        wsn_free(port);
        return err;
    }
    *ret_port = port;
    return WSN_OK;
}

wsn_err wsn_port_adopt(struct wsn_engine *engine, enum wsn_udp_use use, int fd,
                       struct wsn_port **ret_port)
{
    struct wsn_port *port = port_new(engine);
    wsn_err err;

    if (port == NULL)
        return SNMPAPI_ALLOC_ERROR;
    err = wsn_udp_adopt(fd, use, &port->udp);
    if (err != WSN_OK) {
        wsn_free(port);
        return err;
    }
    *ret_port = port;
    return WSN_OK;
}

void wsn_port_add(struct wsn_port *port)
{
    port->wants_loop = true;
    wsn_list_push_back(&port->engine->ports, &port->node);
}

/* The engine's socket for requests to that family, opened when first needed. */
static wsn_err manager_port(struct wsn_engine *engine, enum wsn_family family,
                            struct wsn_port **ret_port)
{
    struct wsn_port **place = &engine->manager[family == WSN_FAMILY_IPV6];
    wsn_err err = WSN_OK;

    if (family != WSN_FAMILY_IPV4 && family != WSN_FAMILY_IPV6)
        return SNMPAPI_TL_NOT_SUPPORTED;
    if (*place == NULL) {
        struct wsn_addr any = wsn_addr_any(family, 0);

        err = wsn_port_open(engine, WSN_UDP_MANAGER, &any, place);
        if (err == WSN_OK)
            wsn_port_add(*place);
    }
    if (err == WSN_OK)
        *ret_port = *place;
    return err;
}

struct wsn_port *wsn_port_of_entity(struct wsn_engine *engine,
                                    HSNMP_ENTITY entity)
{
    for (struct wsn_list *node = engine->ports.next; node != &engine->ports;
         node = node->next)
        if (port_of(node)->entity == entity)
            return port_of(node);
    return NULL;
}

static bool carries(const struct wsn_port *port, enum wsn_family family)
{
    return port->udp.dual_stack || port->udp.bound.family == family;
}

/* A source that listens sends from where it listens, so that the other side
 * sees the address it knows; any other source is only a name. */
wsn_err wsn_port_choose(struct wsn_engine *engine, HSNMP_ENTITY src,
                        enum wsn_family family, struct wsn_port **ret_port)
{
    struct wsn_port *port = NULL;

    if (src != NULL)
        port = wsn_port_of_entity(engine, src);
    if (port == NULL || !carries(port, family))
        return manager_port(engine, family, ret_port);
    *ret_port = port;
    return WSN_OK;
}

/* ---- the loop's side ------------------------------------------------------
 */

void wsn_port_free(struct wsn_port *port)
{
    wsn_udp_close(&port->udp);
    wsn_unsent_free_all(&port->unsent);
    wsn_handle_unpin(port->entity);
    wsn_free(port);
}

/* Moves the retired ports that no sender uses any more to ret_ports. */
static void take_idle_retired(struct wsn_engine *engine,
                              struct wsn_list *ret_ports)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &engine->retired) {
        if (port_of(node)->users > 0)
            continue;
        wsn_list_remove(node);
        wsn_list_push_back(ret_ports, node);
    }
}

static void free_retired(struct wsn_engine *engine)
{
    struct wsn_list idle;
    struct wsn_list *node;

    wsn_list_init(&idle);
    wsn_lock_take(&engine->lock);
    take_idle_retired(engine, &idle);
    wsn_lock_give(&engine->lock);
    while ((node = wsn_list_pop_front(&idle)) != NULL) {
        wsn_loop_unwatch(port_of(node)->watch);
        wsn_port_free(port_of(node));
    }
}

static unsigned interest_of(const struct wsn_port *port)
{
    unsigned what = wsn_list_is_empty(&port->unsent) ? 0 : WSN_LOOP_WRITE;

    return port->resume_ms == 0 ? what | WSN_LOOP_READ : what;
}

/* A port that cannot be watched is tried afresh when its pause ends. */
static void watch(struct wsn_port *port, unsigned what, uint64_t now_ms)
{
    wsn_err err;

    if (port->watch != NULL)
        err = wsn_loop_rewatch(port->watch, what);
    else
        err = wsn_loop_watch(port->engine->loop, port->udp.fd, what,
                             port->engine->on_port_event, port, &port->watch);
    if (err == WSN_OK) {
        port->watched = what;
        return;
    }
    wsn_loop_unwatch(port->watch);
    port->watch = NULL;
    wsn_log(WSN_LOG_ERROR, "cannot watch a socket; trying again");
    wsn_port_pause(port, now_ms);
}

/* The first port that is not watched for what it should be, or NULL. */
static struct wsn_port *next_to_watch(struct wsn_engine *engine,
                                      uint64_t now_ms, unsigned *ret_what)
{
    struct wsn_list *node;

    for (node = engine->ports.next; node != &engine->ports; node = node->next) {
        struct wsn_port *port = port_of(node);

        port->wants_loop = false;
        if (port->resume_ms <= now_ms)
            port->resume_ms = 0;
        *ret_what = interest_of(port);
        if (port->watch == NULL ? port->resume_ms == 0
                                : port->watched != *ret_what)
            return port;
    }
    return NULL;
}

/* Watching is done without the lock; only this thread frees ports, so that
 * a port found under the lock is still there. */
static void watch_ports(struct wsn_engine *engine, uint64_t now_ms)
{
    struct wsn_port *port;
    unsigned what = 0;

    do {
        wsn_lock_take(&engine->lock);
        port = next_to_watch(engine, now_ms, &what);
        wsn_lock_give(&engine->lock);
        if (port != NULL)
            watch(port, what, now_ms);
    } while (port != NULL);
}

void wsn_port_settle_all(struct wsn_engine *engine, uint64_t now_ms)
{
    free_retired(engine);
    watch_ports(engine, now_ms);
}

uint64_t wsn_port_next_resume(struct wsn_engine *engine)
{
    uint64_t first_ms = WSN_NEVER;

    for (struct wsn_list *node = engine->ports.next; node != &engine->ports;
         node = node->next) {
        uint64_t resume_ms = port_of(node)->resume_ms;

        if (resume_ms != 0 && resume_ms < first_ms)
            first_ms = resume_ms;
    }
    return first_ms;
}

void wsn_port_pause(struct wsn_port *port, uint64_t now_ms)
{
    port->pause_ms = port->pause_ms == 0 ? FIRST_PAUSE_MS : 2 * port->pause_ms;
    if (port->pause_ms > LONGEST_PAUSE_MS)
        port->pause_ms = LONGEST_PAUSE_MS;
    port->resume_ms = now_ms + port->pause_ms;
}

/* ---- sending ---------------------------------------------------------------
 */

wsn_err wsn_port_transmit(struct wsn_port *port,
                          const struct wsn_packet *packet)
{
    bool has_local = packet->local.family != WSN_FAMILY_NONE;
    wsn_err err = wsn_udp_send(&port->udp, &packet->peer,
                               has_local ? &packet->local : NULL, packet->bytes,
                               packet->len);

    if (err == WSN_OK)
        wsn_stats_count(WSN_STAT_OUT_PKTS);
    return err;
}

/* Never blocks, so it may be done under the lock.  What is done with is moved
 * to ret_done, to be freed without it. */
static void flush(struct wsn_port *port, struct wsn_list *ret_done)
{
    struct wsn_list *node;

    while (!port->is_retired &&
           (node = wsn_list_pop_front(&port->unsent)) != NULL) {
        struct wsn_unsent *unsent = wsn_unsent_of(node);
        wsn_err err = wsn_port_transmit(port, unsent->packet);

        if (err == WSN_UDP_AGAIN) {
            wsn_list_push_front(&port->unsent, node);
            return;
        }
        if (err != WSN_OK)
            wsn_unsent_fail(port->engine, unsent, err);
        wsn_list_push_back(ret_done, node);
    }
}

void wsn_port_flush(struct wsn_port *port)
{
    struct wsn_list done;

    wsn_list_init(&done);
    wsn_lock_take(&port->engine->lock);
    flush(port, &done);
    wsn_lock_give(&port->engine->lock);
    wsn_unsent_free_all(&done);
}

/* Flushes every port; returns one whose socket is full, in use, or NULL. */
static struct wsn_port *flush_all(struct wsn_engine *engine)
{
    struct wsn_port *full = NULL;
    struct wsn_list done;

    wsn_list_init(&done);
    wsn_lock_take(&engine->lock);
    for (struct wsn_list *node = engine->ports.next; node != &engine->ports;
         node = node->next) {
        flush(port_of(node), &done);
        if (!wsn_list_is_empty(&port_of(node)->unsent))
            full = port_of(node);
    }
    if (full != NULL)
        full->users++;
    wsn_lock_give(&engine->lock);
    wsn_unsent_free_all(&done);
    return full;
}

static void stop_using(struct wsn_port *port)
{
    struct wsn_engine *engine = port->engine;
    struct wsn_port *orphan;
    bool must_wake;

    wsn_lock_take(&engine->lock);
    must_wake = port->is_retired;
    orphan = wsn_port_leave(port);
    wsn_lock_give(&engine->lock);
    if (orphan != NULL)
        wsn_port_free(orphan);
    if (must_wake)
        wsn_engine_wake(engine);
}

void wsn_port_drain_all(struct wsn_engine *engine)
{
    uint64_t now_ms = wsn_clock_ms();
    uint64_t end_ms = now_ms + LONGEST_DRAIN_MS;
    struct wsn_port *full;

    /* The last look comes after the last wait, however long that was. */
    while ((full = flush_all(engine)) != NULL) {
        bool is_over = now_ms >= end_ms;

        if (!is_over)
            wsn_udp_wait_for_room(&full->udp, (int)(end_ms - now_ms));
        stop_using(full);
        if (is_over)
            return;
        now_ms = wsn_clock_ms();
    }
}

/* ---- the end ----------------------------------------------------------------
 */

void wsn_port_take_counters(struct wsn_port *port)
{
    struct wsn_udp *udp = &port->udp;

    wsn_stats_add(WSN_STAT_DROP_KERNEL, atomic_exchange(&udp->kernel_drops, 0));
    wsn_stats_add(WSN_STAT_ICMP_UNREACHABLE,
                  atomic_exchange(&udp->unreachable, 0));
}

static void count_drops(struct wsn_port *port)
{
    wsn_udp_look_for_drops(&port->udp);
    wsn_port_take_counters(port);
}

void wsn_port_count_drops_all(struct wsn_engine *engine)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    wsn_lock_take(&engine->lock);
    WSN_LIST_FOR_EACH(node, ahead, &engine->ports)
        count_drops(port_of(node));
    wsn_lock_give(&engine->lock);
}

void wsn_port_retire(struct wsn_port *port, struct wsn_list *ret_retired)
{
    struct wsn_list done;

    wsn_list_init(&done);
    flush(port, &done);
    wsn_list_splice_back(&port->unsent, &done); /* freed with the port */
    count_drops(port);
    port->is_retired = true;
    wsn_list_remove(&port->node);
    wsn_list_push_back(&port->engine->retired, &port->node);
    if (!wsn_udp_release_port(&port->udp))
        return; /* nothing to wait for */
    port->users++;
    port->engine->n_releasing++;
    wsn_list_push_back(ret_retired, &port->of_closer);
}

static void end_release(struct wsn_port *port)
{
    struct wsn_engine *engine = port->engine;

    wsn_lock_take(&engine->lock);
    engine->n_releasing--;
    wsn_lock_notify(&engine->lock);
    wsn_lock_give(&engine->lock);
    stop_using(port);
}

/* Others wait for us: a thread that is cancelled goes on to the end. */
void wsn_port_await_release(struct wsn_list *retired)
{
    struct wsn_list *node;
    int state;

    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    while ((node = wsn_list_pop_front(retired)) != NULL) {
        struct wsn_port *port = WSN_CONTAINER(node, struct wsn_port, of_closer);

        wsn_udp_await_release(&port->udp);
        end_release(port);
    }
    (void)pthread_setcancelstate(state, &state);
}

void wsn_port_await_others(struct wsn_engine *engine)
{
    while (engine->n_releasing > 0)
        wsn_lock_wait(&engine->lock);
}

struct wsn_port *wsn_port_leave(struct wsn_port *port)
{
    port->users--;
    return port->is_orphan && port->users == 0 ? port : NULL;
}

static struct wsn_port *take_any(struct wsn_engine *engine)
{
    struct wsn_list *node = wsn_list_pop_front(&engine->ports);

    if (node == NULL)
        node = wsn_list_pop_front(&engine->retired);
    return node == NULL ? NULL : port_of(node);
}

void wsn_port_free_all(struct wsn_engine *engine)
{
    struct wsn_port *port;

    do {
        bool is_used = false;

        wsn_lock_take(&engine->lock);
        engine->manager[0] = engine->manager[1] = NULL;
        engine->trap[0] = engine->trap[1] = NULL;
        port = take_any(engine);
        wsn_lock_give(&engine->lock);
        if (port == NULL)
            break;
        wsn_loop_unwatch(port->watch);
        wsn_lock_take(&engine->lock);
        port->watch = NULL;
        port->is_orphan = true;
        is_used = port->users > 0;
        wsn_lock_give(&engine->lock);
        if (!is_used)
            wsn_port_free(port);
    } while (port != NULL);
}
