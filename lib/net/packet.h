/*
 * packet.h - the currency of the engine: one datagram in one block.
 *
 * A packet has one owner at a time and is moved, never shared: who passes it
 * on sets its own variable to NULL.  The bytes are an exact-size copy, so
 * that a read past the datagram is a read past the block.
 */
#ifndef WSN_NET_PACKET_H
#define WSN_NET_PACKET_H

#include <stddef.h>

#include "base/list.h"
#include "net/addr.h"

struct wsn_packet {
    struct wsn_list node;
    struct wsn_addr peer;  /* where it came from, or where it goes */
    struct wsn_addr local; /* the address at our end; family may be NONE */
    size_t len;
    unsigned char bytes[];
};

/*
 * Copies len bytes (bytes may be NULL when len is 0); local may be NULL.
 * Returns a packet owned by the caller, or NULL when memory is short. [any]
 */
struct wsn_packet *wsn_packet_new(const struct wsn_addr *peer,
                                  const struct wsn_addr *local,
                                  const void *bytes, size_t len);

/* The same in the caller's memory, sizeof(struct wsn_packet) + len bytes
 * aligned for a pointer. [any] */
struct wsn_packet *wsn_packet_init(void *room, const struct wsn_addr *peer,
                                   const struct wsn_addr *local,
                                   const void *bytes, size_t len);

/* Takes packet, which is in no list; NULL is allowed. [any] */
void wsn_packet_free(struct wsn_packet *packet);

/* Takes every packet of a list. [any] */
void wsn_packet_free_all(struct wsn_list *packets);

/* The packet that holds node. [any] */
static inline struct wsn_packet *wsn_packet_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_packet, node);
}

#endif
