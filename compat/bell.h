/*
 * bell.h - a thread's doorbell: the descriptor on which it sleeps.
 *
 * Only the owner opens, sleeps and silences; anybody may ring.  All fields
 * are guarded by the dispatcher lock.  A ring while the bell already rings
 * costs nothing, so a burst of events costs one system call.
 */
#ifndef WC_BELL_H
#define WC_BELL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct wc_bell {
    int read_fd;  /* -1 until the owner first sleeps */
    int write_fd; /* the same descriptor where one serves both ends */
    bool rung;    /* a byte is in the pipe */
    void (*diverted)(void *arg); /* called instead of ringing; NULL: rings */
    void *diverted_arg;
    atomic_bool was_rung; /* since it was diverted */
};

/* "Never", for deadlines. */
#define WC_FOREVER UINT64_MAX

void wc_bell_init(struct wc_bell *bell);
void wc_bell_fini(struct wc_bell *bell);

/* Opens the descriptor unless it is open; false when none is left. [lock] */
bool wc_bell_open(struct wc_bell *bell);

/* Makes the descriptor readable. [lock] */
void wc_bell_ring(struct wc_bell *bell);

/* Makes it unreadable again. [lock] */
void wc_bell_silence(struct wc_bell *bell);

/*
 * Until wc_bell_restore() the first ring sets was_rung and calls fn(arg)
 * instead, unless it is the owner who rings; fn is called with the lock held.
 * Restoring tells whether there was a ring. [lock]
 */
void wc_bell_divert(struct wc_bell *bell, void (*fn)(void *arg), void *arg);
bool wc_bell_restore(struct wc_bell *bell);

/*
 * Sleeps until the bell rings or the clock reaches deadline_ms, possibly
 * less; the lock is free meanwhile. [lock]
 */
void wc_bell_doze(struct wc_bell *bell, uint64_t deadline_ms);

#endif
