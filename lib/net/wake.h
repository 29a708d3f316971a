/*
 * wake.h - a descriptor that becomes readable when somebody rings.
 *
 * However often one rings, the descriptor is written once until the loop has
 * taken notice, so a burst of work costs one system call.  Used by loop.c
 * alone.
 */
#ifndef WSN_NET_WAKE_H
#define WSN_NET_WAKE_H

#include <stdatomic.h>
#include <stdbool.h>

struct wsn_wake {
    int read_fd;
    int write_fd;     /* the same one for an eventfd */
    atomic_bool rung; /* and not yet quietened */
};

/* False, with errno set, when no descriptor can be had. [any] */
bool wsn_wake_init(struct wsn_wake *wake);

/* Whether the process may have n more descriptors just now. [any] */
bool wsn_wake_has_room(const struct wsn_wake *wake, unsigned n);

/* Nobody may be ringing. [any] */
void wsn_wake_fini(struct wsn_wake *wake);

/* Makes read_fd readable.  Never blocks, works in any thread. [any] */
void wsn_wake_ring(struct wsn_wake *wake);

/*
 * To be called before the work is looked at: what was there before a ring
 * that this call answers is visible after it. [loop]
 */
void wsn_wake_quieten(struct wsn_wake *wake);

#endif
