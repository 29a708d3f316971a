/*
 * udp_drops.h - datagrams that the kernel had no room for.
 *
 * The kernel counts them for each socket.  It tells the count with the next
 * datagram it has room for (SO_RXQ_OVFL), and where it can be asked for it
 * (SO_MEMINFO, Linux 4.12) also those at the end of a burst are known, which
 * no datagram follows.  The same loss is told more than once, by several
 * threads, and is counted once.
 */
#ifndef WSN_NET_UDP_DROPS_H
#define WSN_NET_UDP_DROPS_H

#include <stdint.h>

struct wsn_udp;

/* The kernel's count was drops when a datagram was taken from its queue.
 * [any] */
void wsn_udp_note_drops(struct wsn_udp *udp, uint32_t drops);

/* Asks the kernel, if it can be asked. [any, lock] */
void wsn_udp_look_for_drops(struct wsn_udp *udp);

#endif
