/*
 * inbox.h - what waits for SnmpRecvMsg.
 *
 * An inbox has two lists.  Time-outs stand apart and are served last, because
 * many programs act on the notification alone and never fetch them: their
 * next SnmpRecvMsg must find the message it was told of.  Guarded by the
 * inbox's own lock, so that a receiving thread never meets the engine's.
 */
#ifndef WSN_CORE_INBOX_H
#define WSN_CORE_INBOX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/list.h"
#include "base/lock.h"

struct wsn_item;

/* Time-outs that nobody fetches are kept up to this number, newest first. */
#define WSN_INBOX_MAX_TIMEOUTS 64

struct wsn_inbox {
    struct wsn_lock lock;
    struct wsn_list messages;
    struct wsn_list timeouts;
    size_t n_timeouts;
    /* Changed under the lock; read without it by has_room. */
    _Atomic size_t n_messages;
    _Atomic size_t n_bytes; /* of the messages that arrived */
    bool is_closed;
};

/* An empty inbox.  It is to be closed at the end. [any] */
void wsn_inbox_init(struct wsn_inbox *inbox);

/* Takes item; false when the inbox is closed, then the caller keeps it.
 * [any] */
bool wsn_inbox_put(struct wsn_inbox *inbox, struct wsn_item *item);

/* Returns an item that could not be delivered to its place at the head.
 * Takes it, also when the inbox is closed. [any] */
void wsn_inbox_put_back(struct wsn_inbox *inbox, struct wsn_item *item);

/* The next item, owned by the caller, or NULL. [any] */
struct wsn_item *wsn_inbox_take(struct wsn_inbox *inbox);

/* Whether one more message of len bytes fits.  What is on its way here but not
 * yet put is not counted: the bound is exceeded by a batch at most.
 * [any, lock] */
bool wsn_inbox_has_room(const struct wsn_inbox *inbox, size_t len,
                        size_t max_items, size_t max_bytes);

/* No item goes in any more; frees those inside. [any] */
void wsn_inbox_close(struct wsn_inbox *inbox);

#endif
