/*
 * idle.h - what a thread does while it waits for a message.
 *
 * Messages come from somewhere: from a loop, say, that waits for packets on a
 * thread of its own and posts.  Whoever has such a loop may offer turns of it
 * here.  A thread that would sleep until a message comes takes one instead,
 * and finds the message in its queue without ever having been woken.
 */
#ifndef WC_IDLE_H
#define WC_IDLE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct wc_thread;

struct wc_idle {
    /*
     * Waits, most_ms at most (UINT64_MAX: for ever), for something to do and
     * does it; does not wait if *is_rung, which is set before an interrupt.
     * False at once when somebody else is at it, or there is nothing to be had
     * any more.  No lock is held.
     */
    bool (*take_turn)(void *arg, uint64_t most_ms, const atomic_bool *is_rung);
    /* The turn must not wait any longer.  Must not block. [lock] */
    void (*interrupt)(void *arg);
    /* A thread that has seen the offer keeps arg while it uses it; neither may
     * block. [lock] */
    void (*hold)(void *arg);
    void (*release)(void *arg);
    void *arg;
};

/* From now on threads that wait take turns; replaces what was offered. [any] */
void wc_idle_offer(const struct wc_idle *idle);

/* They begin no more, if it is arg's turns that are offered; one may be under
 * way. [any] */
void wc_idle_withdraw(void *arg);

/* A turn can be had: whoever was refused one tries again. [any] */
void wc_idle_call(void);

/* In the child of a fork: nothing is offered, and nobody holds the lock. */
void wc_idle_abandon(void);

/*
 * A turn for thread, the calling one, whose wait goes on until deadline_ms at
 * the latest.  False when it could not have one: it is to sleep.  The lock is
 * free meanwhile. [lock]
 */
bool wc_idle_doze(struct wc_thread *thread, uint64_t deadline_ms);

/* The wait of thread is over: it wants no turn any more. [lock] */
void wc_idle_leave(const struct wc_thread *thread);

#endif
