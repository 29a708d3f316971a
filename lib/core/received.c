/*
 * received.c - see received.h.
 */
#include "core/received.h"

#include <string.h>

#include "base/alloc.h"
#include "core/pdu.h"
#include "net/udp.h"

size_t wsn_received_size(const struct wsn_head *head)
{
    return sizeof(struct wsn_received) + head->message_len;
}

struct wsn_received *wsn_received_init(void *room, const struct wsn_head *head,
                                       const struct wsn_datagram *datagram)
{
    struct wsn_received *received = room;

    received->head = *head;
    received->peer = datagram->peer;
    received->local = datagram->local;
    memcpy(received->bytes, datagram->bytes, head->message_len);
    wsn_head_rebase(&received->head, datagram->bytes, received->bytes);
    received->head.size.n_front = wsn_pdu_object_front();
    return received;
}

struct wsn_received *wsn_received_new(const struct wsn_head *head,
                                      const struct wsn_datagram *datagram)
{
    void *room = wsn_alloc(wsn_received_size(head));

    return room != NULL ? wsn_received_init(room, head, datagram) : NULL;
}
