/*
 * loop.h - the thread that waits, and the only user of libevent.
 *
 * A loop runs either on a thread and an event base of its own, or on an event
 * base that the application runs.  In both cases one thread at a time touches
 * libevent; everybody else may only call wake, which writes to a descriptor.
 * So the base needs no locks of libevent's.  That thread is the loop's own or
 * the host's, or one of the application that has a turn (lend.h): "the loop's
 * thread" is whichever it is.
 *
 *   any thread     put work somewhere, wsn_loop_wake() ----.
 *                                                          v
 *   loop's thread  [ wait ] --> on_wake, on_timer, watches --> [ wait ]
 *                                     | wsn_loop_stop()
 *                                     v
 *                                   on_end, the last call of all
 *
 * Handlers may call everything here, stop and unwatch of themselves included.
 * No library lock may be held when a handler or this file is entered, wake
 * excepted.
 */
#ifndef WSN_NET_LOOP_H
#define WSN_NET_LOOP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "net/inside.h"

struct event_base;
struct wsn_loop;
struct wsn_watch;

#define WSN_LOOP_READ 1u
#define WSN_LOOP_WRITE 2u

/* The timer goes off after this at the latest; its owner then looks again. */
#define WSN_LOOP_ARM_MAX_MS 86400000u

/*
 * What the owner does on the loop's thread; all of them are required.
 * on_wake:  at least once after each wsn_loop_wake(), many wakes may share it.
 * on_timer: the armed time has passed.
 * on_free:  somebody who was refused a turn may try again now; on the loop's
 *           own thread, while nobody runs the loop.
 * on_end:   the last call ever made.  The watches are silent already and may
 *           be given up here; whatever arg points to may be freed.
 */
struct wsn_loop_handlers {
    void (*on_wake)(void *arg);
    void (*on_timer)(void *arg);
    void (*on_free)(void *arg);
    void (*on_end)(void *arg);
    void *arg;
};

/*
 * A loop on host (borrowed, used from its own thread only), or with a base
 * and a thread of its own when host is NULL.  It does nothing yet, but may be
 * given watches.  To be ended by wsn_loop_stop().
 * SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_RESOURCE_ERROR. [any]
 */
wsn_err wsn_loop_new(struct event_base *host,
                     const struct wsn_loop_handlers *handlers,
                     struct wsn_loop **ret_loop);

/*
 * Starts the thread, with all signals blocked, or joins the host's base (on
 * the host's thread, or while its base does not run).  When it fails the loop
 * is as before.  SNMPAPI_TL_NOT_INITIALIZED, SNMPAPI_TL_RESOURCE_ERROR. [any]
 */
wsn_err wsn_loop_start(struct wsn_loop *loop);

/* Has on_wake called soon; the first of many wakes does the work. [any] */
void wsn_loop_wake(struct wsn_loop *loop);

/*
 * Whether the caller is inside a handler of loop, or is its own thread.  loop
 * is compared, not looked into. [any]
 */
static inline bool wsn_loop_is_current(const struct wsn_loop *loop)
{
    return wsn_inside_is(loop);
}

/* Whether the caller is inside a handler of any loop, which waits meanwhile.
 * [any] */
static inline bool wsn_loop_is_handling(void)
{
    return wsn_inside_any();
}

/*
 * Calls fn for as long as fd is ready for what; fn is told for which part of
 * it.  fd is borrowed until the watch is given up.  Also allowed before the
 * start.  SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_RESOURCE_ERROR. [loop]
 */
wsn_err wsn_loop_watch(struct wsn_loop *loop, int fd, unsigned what,
                       void (*fn)(void *arg, unsigned what), void *arg,
                       struct wsn_watch **ret_watch);

/*
 * From now on watches for what; 0 pauses.  When it fails the watch is
 * paused.  SNMPAPI_TL_RESOURCE_ERROR. [loop]
 */
wsn_err wsn_loop_rewatch(struct wsn_watch *watch, unsigned what);

/* Gives the watch up; fn is not called again.  NULL is allowed. [loop] */
void wsn_loop_unwatch(struct wsn_watch *watch);

/*
 * Has on_timer called once, not before after_ms have passed (but after
 * WSN_LOOP_ARM_MAX_MS at the latest).  Replaces what was armed.  [loop]
 */
void wsn_loop_arm(struct wsn_loop *loop, uint64_t after_ms);

/* Takes back what was armed; harmless when nothing was. [loop] */
void wsn_loop_disarm(struct wsn_loop *loop);

/* Keeps the memory of loop, and what waking needs: whoever holds it may wake it
 * and ask for turns after it was stopped, too. [any, lock] */
void wsn_loop_hold(struct wsn_loop *loop);

/* Gives that back. [any, lock] */
void wsn_loop_release(struct wsn_loop *loop);

/*
 * Runs a loop that has a thread of its own on the calling one instead: waits
 * for something to do, most_ms at most (UINT64_MAX: for ever), and does it.
 * It does not wait if *is_rung; who sets that wakes the loop afterwards.
 * False at once when the loop is stopped or somebody else is at it; if it is
 * the loop's own thread, it has been asked to step back, and on_free is going
 * to be called.  The caller holds loop.  Handlers run in it, and may stop it.
 * [any]
 */
bool wsn_loop_take_turn(struct wsn_loop *loop, uint64_t most_ms,
                        const atomic_bool *is_rung);

/* Whether the loop is run in such a turn. [loop] */
bool wsn_loop_is_lent(const struct wsn_loop *loop);

/* From now on only the loop's own thread runs it; a turn of somebody else's
 * that is under way calls no handler any more. [any] */
void wsn_loop_keep(struct wsn_loop *loop);

/*
 * Takes loop; to be called once, also when it was never started.
 *
 * Own thread: from elsewhere it waits until on_end has returned and the
 * thread has ended; from inside a handler it returns at once, and the thread
 * ends by itself when the handler returns.  Host's base: on_end is called at
 * once, or at the end of the handler that the caller is in; the base runs on.
 * After the call only handlers that are still running may touch loop. [any]
 */
void wsn_loop_stop(struct wsn_loop *loop);

#endif
