/*
 * wait.h - how threads sleep, and what ends their sleep.
 *
 * A waiting thread hangs a link on every object it waits for.  Whoever makes
 * an object signaled, or puts something in the thread's queue, ends the wait
 * on the waiter's behalf, under the lock: so "wait for all" and "released
 * exactly one thread" are single steps, and the sleeper is rung once.
 */
#ifndef WC_WAIT_H
#define WC_WAIT_H

#include <stdbool.h>
#include <stdint.h>

#include "object.h"
#include "winbase.h"

struct wc_thread;
struct wc_wait;

struct wc_wait_link {
    struct wsn_list in_waiters;
    struct wc_wait *wait;
};

struct wc_wait {
    struct wc_thread *thread;
    struct wc_wait *outer; /* in whose turn this one is; mostly NULL */
    struct wc_object *objects[MAXIMUM_WAIT_OBJECTS];
    struct wc_wait_link links[MAXIMUM_WAIT_OBJECTS];
    DWORD n;
    bool needs_all;
    UINT mask; /* QS_ bits that (also) end the wait, with WAIT_OBJECT_0 + n */
    bool is_over;
    DWORD result;
};

/* Starts a wait of thread for no object yet. */
void wc_wait_init(struct wc_wait *wait, struct wc_thread *thread);

/* The deadline of a Win32 time-out. [any] */
uint64_t wc_deadline(DWORD timeout_ms);

/*
 * Waits until deadline_ms at the latest (0: only tests).  Returns a WAIT_
 * code.  The lock is free while the thread sleeps. [lock]
 */
DWORD wc_wait_run(struct wc_wait *wait, uint64_t deadline_ms);

/* Object has become signaled: ends the waits that it can end. [lock] */
void wc_object_notify(struct wc_object *object);

/* Something has come for thread: bits are QS_ bits. [lock] */
void wc_thread_notify(struct wc_thread *thread, UINT bits);

/*
 * The calling thread has looked: its bell goes on ringing only for a foreign
 * loop that still has something to see. [lock]
 */
void wc_thread_settle(struct wc_thread *thread);

#endif
