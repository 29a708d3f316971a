/*
 * item.h - one thing to be received: a response, a notification, a request to
 * an agent, or the end of a request that failed.
 *
 * Moved from the engine to a session's inbox and from there to the
 * application, never shared; whoever has it may read and write it.
 */
#ifndef WSN_CORE_ITEM_H
#define WSN_CORE_ITEM_H

#include "base/err.h"
#include "base/list.h"
#include "core/parties.h"
#include "winsnmp_types.h"

struct wsn_datagram;
struct wsn_head;
struct wsn_received;
struct wsn_session;
struct wsn_varbinds;

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
     * from the message. */
    struct wsn_parties parties;
    struct wsn_session *session; /* pinned while the item travels */
    /* What arrived; NULL for a failure, which is a request (request.h). */
    struct wsn_received *received;
    /* Of a failure whose octets do not say what the application built, the
     * variables, else NULL. */
    struct wsn_varbinds *varbinds;
};

/* Makes room a failure with no parties; it gets the kind RESPONSE when a
 * response arrives, in a block that is freed with it. [any] */
void wsn_item_init(struct wsn_item *item, smiINT32 request_id);

/* A new item with no parties, and the message of datagram in the same block;
 * head is its scan.  NULL when memory is short. [any] */
struct wsn_item *wsn_item_new(enum wsn_item_kind kind, smiINT32 request_id,
                              const struct wsn_head *head,
                              const struct wsn_datagram *datagram);

/* Takes item, which is in no list. [any] */
void wsn_item_free(struct wsn_item *item);

/* Takes every item of a list. [any] */
void wsn_item_free_all(struct wsn_list *items);

/* The item that holds node. [any] */
static inline struct wsn_item *wsn_item_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_item, node);
}

#endif
