/*
 * packet.c - see packet.h.
 */
#include "net/packet.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

struct wsn_packet *wsn_packet_new(const struct wsn_addr *peer,
                                  const struct wsn_addr *local,
                                  const void *bytes, size_t len)
{
    struct wsn_packet *packet;

    if (len > SIZE_MAX - sizeof *packet)
        return NULL;
    packet = wsn_alloc(sizeof *packet + len);
    if (packet == NULL)
        return NULL;
    wsn_list_init(&packet->node);
    packet->peer = *peer;
    packet->local = local != NULL ? *local : wsn_addr_none();
    packet->len = len;
    if (len != 0)
        memcpy(packet->bytes, bytes, len);
    return packet;
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
