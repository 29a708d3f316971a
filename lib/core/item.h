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
#include "net/packet.h"
#include "winsnmp_types.h"

struct wsn_session;

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

#endif
