/*
 * dispatcher.h - the one lock of this room.
 *
 * It guards handles, objects, waits, threads, queues, windows, classes and
 * timers.  It is a leaf: nothing is called under it that could call back or
 * block.  So whatever a call tests and changes, it does in one step.
 */
#ifndef WC_DISPATCHER_H
#define WC_DISPATCHER_H

#include "base/lock.h"

extern struct wsn_lock wc_dispatcher;

static inline void wc_enter(void)
{
    wsn_lock_take(&wc_dispatcher);
}

static inline void wc_leave(void)
{
    wsn_lock_give(&wc_dispatcher);
}

#endif
