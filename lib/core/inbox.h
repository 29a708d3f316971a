/*
 * inbox.h - what waits for SnmpRecvMsg.
 *
 * An item is one thing to be received: a response, a notification, a request
 * to an agent, or the end of a request that failed.  It is moved from the
 * engine to a session's inbox and from there to the application, never
 * shared.
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

#include "base/err.h"
#include "base/list.h"
#include "base/lock.h"
#include "net/packet.h"
#include "winsnmp_types.h"

struct wsn_session;

/* Handles, each pinned by the holder of the struct; NULL for "none". */
struct wsn_parties {
    HSNMP_ENTITY src;
    HSNMP_ENTITY dst;
    HSNMP_CONTEXT context;
};

/* Pins once more what the caller has pinned. [any, lock] */
void wsn_parties_pin(const struct wsn_parties *parties);

/* Gives the pins back and forgets the handles. [any] */
void wsn_parties_unpin(struct wsn_parties *parties);

enum wsn_item_kind {
    WSN_ITEM_RESPONSE,
    WSN_ITEM_FAILURE,      /* of a message that this session sent */
    WSN_ITEM_NOTIFICATION, /* trap or inform */
    WSN_ITEM_REQUEST       /* to an entity that this session listens on */
};

struct wsn_item {
    struct wsn_list node;
    enum wsn_item_kind kind;
    wsn_err status; /* SNMPAPI_TL_* of a failure, else 0 */
    smiINT32 request_id;
    /* As SnmpRecvMsg hands them out; NULL where a new object is to be made
     * from the packet. */
    struct wsn_parties parties;
    struct wsn_session *session; /* pinned while the item travels */
    struct wsn_packet *packet;   /* the message, or the failed one as sent */
    /* A failed message as the application built it: a GETBULK may have gone
     * out as a GETNEXT. */
    smiINT sent_type;
    smiINT sent_error_status;
    smiINT sent_error_index;
};

/* A new item that owns packet (taken on success only) with no parties, or
 * NULL when memory is short. [any] */
struct wsn_item *wsn_item_new(enum wsn_item_kind kind, smiINT32 request_id,
                              struct wsn_packet *packet);

/* Takes item, which is in no list. [any] */
void wsn_item_free(struct wsn_item *item);

/* Takes every item of a list. [any] */
void wsn_item_free_all(struct wsn_list *items);

/* The item that holds node. [any] */
static inline struct wsn_item *wsn_item_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_item, node);
}

/* Time-outs that nobody fetches are kept up to this number, newest first. */
#define WSN_INBOX_MAX_TIMEOUTS 64

struct wsn_inbox {
    struct wsn_lock lock;
    struct wsn_list messages;
    struct wsn_list timeouts;
    size_t n_timeouts;
    /* Changed under the lock; read without it by has_room. */
    _Atomic size_t n_messages;
    _Atomic size_t n_bytes; /* in the packets of messages */
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
