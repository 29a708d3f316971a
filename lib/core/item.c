/*
 * item.c - see item.h.
 */
#include "core/item.h"

#include "base/alloc.h"

struct wsn_item *wsn_item_new(enum wsn_item_kind kind, smiINT32 request_id,
                              struct wsn_packet *packet)
{
    struct wsn_item *item = wsn_zalloc(sizeof *item);

    if (item == NULL)
        return NULL;
    wsn_list_init(&item->node);
    item->kind = kind;
    item->request_id = request_id;
    item->packet = packet;
    return item;
}

void wsn_item_free(struct wsn_item *item)
{
    wsn_parties_unpin(&item->parties);
    wsn_packet_free(item->packet);
    wsn_free(item);
}

void wsn_item_free_all(struct wsn_list *items)
{
    struct wsn_list *node;

    while ((node = wsn_list_pop_front(items)) != NULL)
        wsn_item_free(wsn_item_of(node));
}
