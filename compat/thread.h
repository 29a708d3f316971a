/*
 * thread.h - what the room knows of a thread, from its first call on.
 *
 * A thread of the program gets its record when it first needs one, whoever
 * started it, and loses it when it ends: its windows die, its mutexes are
 * abandoned, its queue is dropped.  Guarded by the dispatcher lock.
 */
#ifndef WC_THREAD_H
#define WC_THREAD_H

#include "bell.h"
#include "object.h"
#include "queue.h"
#include "winuser.h"

#include "base/list.h"

struct wc_send;
struct wc_wait;

/* The handle that means the calling thread, whichever it is. */
#define WC_CURRENT_THREAD ((HANDLE)(LONG_PTR)-2)

struct wc_thread {
    struct wc_object object;
    struct wsn_list in_threads; /* in the list of living threads */
    DWORD id;
    DWORD exit_code; /* counts when it has ended */
    bool has_ended;
    unsigned n_suspends;
    LPTHREAD_START_ROUTINE start; /* NULL: not started by CreateThread */
    LPVOID parameter;

    struct wc_bell bell;
    bool is_watched;      /* a foreign loop polls the bell */
    struct wc_wait *wait; /* not NULL while it sleeps */
    struct wc_queue queue;
    DWORD message_time_ms; /* of the message last retrieved */

    struct wsn_list owned;   /* struct wc_object that must be released */
    struct wsn_list windows; /* struct wc_window it owns */
    struct wsn_list awaited; /* struct wc_send whose answer it awaits */
    struct wc_send *serving; /* sent message being served, innermost */
};

/* The calling thread's record; NULL when memory is short. [any] */
struct wc_thread *wc_thread_self(void);

/* The same if it has one already. [any] */
struct wc_thread *wc_thread_peek_self(void);

/* The calling thread's record, and from now on it has a queue. [any] */
struct wc_thread *wc_thread_with_queue(void);

/* The living thread with this number, or NULL. [lock] */
struct wc_thread *wc_thread_find(DWORD id);

/* ---- For CreateThread ----------------------------------------------- */

extern const struct wc_object_kind wc_thread_kind;

/* The record of a thread that is to be; NULL when memory is short. [any] */
struct wc_thread *wc_thread_new(void);

/*
 * The calling thread gets record, which ends with it; false when the host is
 * out of memory. [any]
 */
bool wc_thread_adopt(struct wc_thread *record);

/* Ends all that dies with the thread; may free its record. [any] */
void wc_thread_end(struct wc_thread *thread);

#endif
