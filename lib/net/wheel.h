/*
 * wheel.h - many deadlines, one of which is next: a hashed timing wheel.
 *
 * 1,024 slots of 10 ms, the unit in which WinSNMP counts its policies.  A
 * deadline is rounded up to the next slot, so a timer is never early and at
 * most one slot late; timers more than one turn (10.24 s) ahead share the
 * slots and are passed over until their turn comes.
 *
 *        tick: the first slot that has not been expired yet
 *         v
 *   ... [ ][x][ ][ ][xxx][ ] ...      busy: one bit for each slot with an x
 *
 * Arming and disarming are two pointer writes each.  The wheel knows no
 * clock: every caller says what time it is.  Not locked; its owner guards it.
 */
#ifndef WSN_NET_WHEEL_H
#define WSN_NET_WHEEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"

#define WSN_WHEEL_SLOTS 1024u
#define WSN_WHEEL_SLOT_MS 10u

/* Embedded in what waits for a deadline. */
struct wsn_timer {
    struct wsn_list node;
    uint64_t deadline_ms;
};

struct wsn_wheel {
    struct wsn_list slots[WSN_WHEEL_SLOTS];
    /* A bit may outlive the last timer of its slot; the next look clears. */
    uint64_t busy[WSN_WHEEL_SLOTS / 64];
    uint64_t tick;
};

/* An empty wheel whose time begins at now_ms. [lock] */
void wsn_wheel_init(struct wsn_wheel *wheel, uint64_t now_ms);

/* A timer that is in no wheel; to be called before the first remove. [any] */
void wsn_timer_init(struct wsn_timer *timer);

/*
 * Borrows timer until it is removed or expired.  It must not be in a list.
 * A deadline that has passed is met by the next expire. [lock]
 */
void wsn_wheel_add(struct wsn_wheel *wheel, struct wsn_timer *timer,
                   uint64_t deadline_ms);

/*
 * Takes timer out of the wheel, or out of the list that expire put it in;
 * harmless when it is in neither. [lock]
 */
void wsn_wheel_remove(struct wsn_wheel *wheel, struct wsn_timer *timer);

/*
 * Moves the timers whose slot has come to the end of ret_expired, earlier
 * slots first.  A clock that steps back moves nothing; one that jumps ahead
 * by hours costs no more than a look at each timer for each turn in which
 * something was due. [lock]
 */
void wsn_wheel_expire(struct wsn_wheel *wheel, uint64_t now_ms,
                      struct wsn_list *ret_expired);

/*
 * When to call expire next: never after a timer's slot, possibly before it
 * when the timer is more than one turn ahead.  False when the wheel is
 * empty. [lock]
 */
bool wsn_wheel_next(struct wsn_wheel *wheel, uint64_t *ret_deadline_ms);

#endif
