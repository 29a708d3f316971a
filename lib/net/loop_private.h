/*
 * loop_private.h - what the two files that talk to libevent share: loop.c and,
 * above it, watch.c.
 */
#ifndef WSN_NET_LOOP_PRIVATE_H
#define WSN_NET_LOOP_PRIVATE_H

#include <event2/event.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "base/lock.h"
#include "net/inside.h"
#include "net/lend.h"
#include "net/loop.h"
#include "net/wake.h"

struct wsn_loop {
    _Atomic unsigned refs; /* the loop's own, and one of each holder */
    struct wsn_loop_handlers handlers;
    struct event_base *base;
    bool attached; /* base is the host's */
    bool started;
    bool detached; /* [loop] nobody waits for the thread */
    bool ended;    /* on_end has been called; read after the thread's end */
    pthread_t thread;
    struct wsn_lock starting; /* held until the thread may run */
    struct event *wake_event;
    struct event *timer_event;
    struct event *guest_event; /* the end of a guest's time */
    uint64_t due_ms;           /* [loop] when on_timer is to be called */
    struct wsn_lend lend;
    struct wsn_list watches;
    struct wsn_wake wake;
    atomic_bool stopping;
};

/* A descriptor that is watched; see watch.c. */
struct wsn_watch {
    struct wsn_list node;
    struct wsn_loop *loop;
    struct event *event;
    int fd;
    void (*fn)(void *arg, unsigned what);
    void *arg;
};

/* Before a handler is called.  False when the loop is ending and none may be
 * called any more.  [loop] */
bool wsn_loop_enter(struct wsn_loop *loop, struct wsn_inside *frame);

/* After it; may free loop. [loop] */
void wsn_loop_leave(struct wsn_loop *loop, const struct wsn_inside *frame);

#endif
