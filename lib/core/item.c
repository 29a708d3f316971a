/*
 * item.c - see item.h.
 */
#include "core/item.h"

#include <stdalign.h>

#include "base/alloc.h"
#include "codec/varbinds.h"
#include "core/received.h"

_Static_assert(sizeof(struct wsn_item) % alignof(struct wsn_received) == 0,
               "a message fits behind its item");

void wsn_item_init(struct wsn_item *item, smiINT32 request_id)
{
    wsn_list_init(&item->node);
    item->kind = WSN_ITEM_FAILURE;
    item->status = WSN_OK;
    item->request_id = request_id;
    item->parties = (struct wsn_parties){NULL, NULL, NULL};
    item->session = NULL;
    item->received = NULL;
    item->varbinds = NULL;
}

struct wsn_item *wsn_item_new(enum wsn_item_kind kind, smiINT32 request_id,
                              const struct wsn_head *head,
                              const struct wsn_datagram *datagram)
{
    struct wsn_item *item = wsn_alloc(sizeof *item + wsn_received_size(head));

    if (item == NULL)
        return NULL;
    wsn_item_init(item, request_id);
    item->kind = kind;
    item->received = wsn_received_init(item + 1, head, datagram);
    return item;
}

void wsn_item_free(struct wsn_item *item)
{
    wsn_parties_unpin(&item->parties);
    if (item->kind == WSN_ITEM_RESPONSE)
        wsn_free(item->received);
    wsn_varbinds_unref(item->varbinds);
    wsn_free(item);
}

void wsn_item_free_all(struct wsn_list *items)
{
    struct wsn_list *node;

    while ((node = wsn_list_pop_front(items)) != NULL)
        wsn_item_free(wsn_item_of(node));
}
