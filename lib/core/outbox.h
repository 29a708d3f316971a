/*
 * outbox.h - requests that callbacks make, until a few can be sent at once.
 *
 * A system call for several datagrams takes a fifth less time than one for
 * each.  A callback after which more callbacks are due is not the last to ask
 * something; so what it asks waits until enough has gathered, the callbacks
 * have run or a millisecond has passed.  No answer is missed meanwhile: it
 * would not be delivered before the callbacks have run, either.  A message is
 * on its way at the latest when its session is closed.
 *
 * But the other side may act on a message, and a callback may wait for that.
 * So nothing is put off where callbacks take long: they are watched for some
 * turns of the loop first, and again after a turn in which they did.
 *
 * Part of the engine, guarded by its lock.
 */
#ifndef WSN_CORE_OUTBOX_H
#define WSN_CORE_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/list.h"

struct wsn_engine;
struct wsn_request;

struct wsn_outbox {
    struct wsn_list packets; /* of outstanding requests, which own them */
    size_t n_put;            /* since it was emptied */
    uint64_t since_ms;       /* the first of them */
    uint64_t turn_ms;        /* when the callback that runs began; or before */
    unsigned n_trials;       /* swift turns to come before anything waits */
};

#define WSN_OUTBOX_TRIALS 8

/* Empty.  Here, because the engine, which has it, is below. */
static inline void wsn_outbox_init(struct wsn_outbox *outbox)
{
    wsn_list_init(&outbox->packets);
    outbox->n_put = 0;
    outbox->turn_ms = 0;
    outbox->n_trials = WSN_OUTBOX_TRIALS;
}

/* Whether a request had better wait: not if it is made in no callback, or in
 * the last one for now.  One that waits is entered as of turn_ms, for asking
 * the clock takes its time, too. [lock] */
bool wsn_outbox_takes(const struct wsn_engine *engine);

/* Keeps request, which has been entered so, to be sent soon. [lock] */
void wsn_outbox_put(struct wsn_engine *engine, struct wsn_request *request);

/* Callbacks will run from now on. [loop] */
void wsn_outbox_begin_turn(struct wsn_engine *engine, uint64_t now_ms);

/* Sends if it is time.  For who has run a callback. [loop, lock] */
void wsn_outbox_send_due(struct wsn_engine *engine);

/* Callbacks have run, for spent_ms all together: sends what there is. [loop] */
void wsn_outbox_end_turn(struct wsn_engine *engine, uint64_t spent_ms);

/* Sends what there is.  What cannot be sent is delivered as a failure at the
 * end of the loop's turn; the loop is to be woken. [lock] */
void wsn_outbox_send(struct wsn_engine *engine);

/* The same for who does not have the lock. [any] */
void wsn_outbox_flush(struct wsn_engine *engine);

/* The same, and what ports had no room for as well: before something ends.
 * Waits as wsn_port_drain_all() does. [any] */
void wsn_outbox_drain(struct wsn_engine *engine);

#endif
