/*
 * engine.h - what one start-up has: sockets, outstanding requests, sessions.
 *
 * One engine serves a start-up.  It is an ordinary counted object: a new
 * start-up may make another while the first still unwinds on its own thread.
 * The work is done by the files around it, each of which is one way the data
 * walks:
 *
 *   sender      application -> socket or outbox
 *   outbox      outbox -> socket, a few at once
 *   receiver    socket -> delivery            [loop]
 *   retry       timer -> socket or delivery   [loop]
 *   delivery    inbox and notification        [loop]
 *   subscribe   registrations and agent ports
 *   turn        the end of every handler      [loop]
 *   manager     start, sessions, stop
 *
 * The engine's lock guards all of its fields that are not marked otherwise,
 * and the engine's part of sessions, requests, registrations and ports.
 */
#ifndef WSN_CORE_ENGINE_H
#define WSN_CORE_ENGINE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/list.h"
#include "base/lock.h"
#include "core/outbox.h"
#include "core/registry.h"
#include "core/request.h"
#include "net/loop.h"
#include "net/udp.h"

struct event_base;
struct wsn_port;
struct wsn_session;

/* One socket each for IPv4 and IPv6. */
#define WSN_FAMILIES 2

#define WSN_NEVER UINT64_MAX

struct wsn_engine {
    _Atomic unsigned refs;
    struct wsn_loop *loop;                            /* never changes */
    void (*on_port_event)(void *port, unsigned what); /* never changes */
    struct wsn_udp_batch *batch; /* the loop's thread only */
    uint64_t timer_ms;           /* the loop's thread only: when it fires */

    struct wsn_lock lock;
    struct wsn_list sessions;
    struct wsn_registry registry;
    struct wsn_requests requests;
    struct wsn_list failures; /* items that wait for the loop's next turn */
    struct wsn_outbox outbox;
    struct wsn_list ports;
    struct wsn_list retired; /* ports that wait for the loop to free them */
    unsigned n_releasing;    /* of those: their numbers may not be free yet */
    struct wsn_port *manager[WSN_FAMILIES];
    struct wsn_port *trap[WSN_FAMILIES];
    struct wsn_session *calling; /* its application code is running */
    bool more_calls;             /* others are due behind that one */
    unsigned waiting_for_quiet;
    uint64_t armed_ms; /* the loop looks at the timers then at the latest */
    bool is_stopping;
    bool has_ended; /* the loop may be gone */
};

/*
 * An engine whose loop is not running yet; host NULL: with a thread of its
 * own.  handlers get the engine as their arg, on_port_event the port that is
 * ready: what they do is decided above.  The second reference is the loop's.
 * Errors: SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_RESOURCE_ERROR. [any]
 */
wsn_err wsn_engine_new(struct event_base *host,
                       const struct wsn_loop_handlers *handlers,
                       void (*on_port_event)(void *port, unsigned what),
                       struct wsn_engine **ret_engine);

/* One more reference; returns engine. [any] */
struct wsn_engine *wsn_engine_ref(struct wsn_engine *engine);

/* Gives a reference back. [any] */
void wsn_engine_unref(struct wsn_engine *engine);

/* Makes the loop look at failures, ports and timers soon; on the loop's own
 * thread it does so anyway. [any] */
void wsn_engine_wake(struct wsn_engine *engine);

/* Notes that something is due at deadline_ms; true when the loop must be
 * woken for it. [lock] */
bool wsn_engine_arm(struct wsn_engine *engine, uint64_t deadline_ms);

#endif
