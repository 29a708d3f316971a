/*
 * received.h - a message that has arrived: what its scan found, where it came
 * from, and its bytes, in one block.
 *
 * It is scanned once, by the loop; whoever fetches it only decodes.  Moved
 * with its item, never shared.
 */
#ifndef WSN_CORE_RECEIVED_H
#define WSN_CORE_RECEIVED_H

#include <stddef.h>

#include "codec/message.h"
#include "net/addr.h"

struct wsn_datagram;

struct wsn_received {
    struct wsn_head head; /* refers to bytes, and has room for a PDU's object */
    struct wsn_addr peer;
    struct wsn_addr local;
    unsigned char bytes[]; /* head.message_len of them */
};

/* The room that the message needs; head is its scan. [any] */
size_t wsn_received_size(const struct wsn_head *head);

/* Copies the message of datagram, from which head was scanned, into room of
 * that size, aligned for a pointer. [any] */
struct wsn_received *wsn_received_init(void *room, const struct wsn_head *head,
                                       const struct wsn_datagram *datagram);

/* The same in a block of its own, for wsn_free(); NULL when memory is short.
 * [any] */
struct wsn_received *wsn_received_new(const struct wsn_head *head,
                                      const struct wsn_datagram *datagram);

#endif
