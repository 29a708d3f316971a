/*
 * packet.c - see packet.h.
 */
#include "net/packet.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

struct wsn_packet *wsn_packet_init(void *room, const struct wsn_addr *peer,
                                   const struct wsn_addr *local,
                                   const void *bytes, size_t len)
{
    struct wsn_packet *packet = room;

    wsn_list_init(&packet->node);
    packet->peer = *peer;
    if (local != NULL)
        packet->local = *local;
    else
        wsn_addr_init(WSN_FAMILY_NONE, 0, &packet->local);
    packet->len = len;
    if (len != 0)
        memcpy(packet->bytes, bytes, len);
    return packet;
}

struct wsn_packet *wsn_packet_new(const struct wsn_addr *peer,
                                  const struct wsn_addr *local,
                                  const void *bytes, size_t len)
{
    void *room;

    if (len > SIZE_MAX - sizeof(struct wsn_packet))
        return NULL;
    room = wsn_alloc(sizeof(struct wsn_packet) + len);
    return room != NULL ? wsn_packet_init(room, peer, local, bytes, len) : NULL;
}

void wsn_packet_free(struct wsn_packet *packet)
{
    wsn_free(packet);
}

void wsn_packet_free_all(struct wsn_list *packets)
{
    struct wsn_list *node;

    while ((node = wsn_list_pop_front(packets)) != NULL)
        wsn_packet_free(wsn_packet_of(node));
}
