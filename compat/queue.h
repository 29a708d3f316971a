/*
 * queue.h - what waits for one thread: posted messages, sent messages, its
 * timers and the request to quit.
 *
 * A queue only stores; who sleeps and who is woken is decided in wait.c.
 * Posted messages live in a ring that grows, so posting needs neither an
 * allocation nor a system call as a rule.  Guarded by the dispatcher lock.
 */
#ifndef WC_QUEUE_H
#define WC_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

#include "winuser.h"

#include "base/list.h"

struct wc_filter;

/* As on Windows; what exceeds it is refused. */
#define WC_QUEUE_MAX_POSTED 10000

/* One of our own among the QS_ bits: an answer, or leave to start, is here. */
#define WC_QS_NUDGE 0x8000u

struct wc_queue {
    MSG *ring; /* of ring_room, a power of two; NULL while none was posted */
    size_t ring_room;
    size_t first; /* index of the oldest */
    size_t n_posted;
    struct wsn_list sent;   /* struct wc_send, oldest first */
    struct wsn_list timers; /* struct wc_timer */
    bool is_made;           /* the thread has used a window function */
    bool must_quit;
    int exit_code;
    UINT changed; /* QS_ bits of what came since the thread last looked */
};

void wc_queue_init(struct wc_queue *queue);

/* Forgets the posted messages; the lists must be empty. */
void wc_queue_fini(struct wc_queue *queue);

/* Returns 0 or an ERROR_ code; message is copied. [lock] */
DWORD wc_queue_push(struct wc_queue *queue, const MSG *message);

/*
 * The oldest posted message that passes; false when there is none.
 * is_taken says whether it also leaves the queue. [lock]
 */
bool wc_queue_get(struct wc_queue *queue, const struct wc_filter *filter,
                  bool is_taken, MSG *ret_message);

/* Drops every posted message for window. [lock] */
void wc_queue_purge(struct wc_queue *queue, HWND window);

/* The QS_ bits of all that waits now. [lock] */
UINT wc_queue_available(struct wc_queue *queue);

#endif
