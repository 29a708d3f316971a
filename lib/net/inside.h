/*
 * inside.h - the loops whose handlers the calling thread is in.
 *
 * A handler may run another loop's, so there may be several, innermost first.
 * Each is a frame on the thread's stack.  Part of loop.h.
 */
#ifndef WSN_NET_INSIDE_H
#define WSN_NET_INSIDE_H

#include <stdbool.h>

struct wsn_loop;

struct wsn_inside {
    const struct wsn_loop *loop;
    struct wsn_inside *outer;
};

/* The thread goes into loop; frame is borrowed until it leaves. [any] */
void wsn_inside_enter(struct wsn_inside *frame, const struct wsn_loop *loop);

/* It leaves the innermost one, which frame stands for. [any] */
void wsn_inside_leave(const struct wsn_inside *frame);

/* Is it inside loop, which is compared and not looked into? [any] */
bool wsn_inside_is(const struct wsn_loop *loop);

/* Is it inside any? [any] */
bool wsn_inside_any(void);

#endif
