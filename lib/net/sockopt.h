/*
 * sockopt.h - what systems do differently about the same UDP socket.
 *
 * Packet info, drop counts and the queue of ICMP errors exist in several
 * dialects or not at all; this file is where the dialects end.  Nothing here
 * is required: a system without one of them has a socket that tells less.
 * Used by udp.c alone; every function may be called from any thread.
 */
#ifndef WSN_NET_SOCKOPT_H
#define WSN_NET_SOCKOPT_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "net/addr.h"

/* Room for all the control messages that one datagram may come with. */
#define WSN_CONTROL_BYTES 160

struct wsn_control {
    _Alignas(struct cmsghdr) unsigned char bytes[WSN_CONTROL_BYTES];
};

/* From now on datagrams come with the address they were sent to. [any] */
void wsn_sockopt_want_local(int fd, enum wsn_family family);

/* From now on datagrams come with the number of those dropped. [any] */
void wsn_sockopt_want_drops(int fd);

/* From now on ICMP errors are queued for wsn_sockopt_drain_errors. [any] */
void wsn_sockopt_want_errors(int fd, enum wsn_family family);

/*
 * Asks for room for receive_bytes, or as much as the system grants, and for
 * room to send one datagram of any size.  Returns what was granted. [any]
 */
int wsn_sockopt_widen(int fd, int receive_bytes);

/* Whether fd is a UDP socket. [any] */
bool wsn_sockopt_is_udp(int fd);

/* Whether fd, an IPv6 socket, carries IPv4 too. [any] */
bool wsn_sockopt_takes_ipv4(int fd);

/* Non-blocking, and closed by exec.  False with errno set. [any] */
bool wsn_sockopt_make_private(int fd);

/*
 * Reads the control messages of a received msg: where it was sent to, or no
 * address, and how many were dropped since the socket was opened, modulo
 * 2^32; *drops stays when they do not say that. [any]
 */
void wsn_sockopt_read(struct msghdr *msg, struct wsn_addr *ret_local,
                      uint32_t *drops);

/*
 * Makes msg leave from the address from, whose family is the socket's;
 * control is borrowed until msg has been sent. [any]
 */
void wsn_sockopt_put_source(struct msghdr *msg, struct wsn_control *control,
                            const struct wsn_addr *from);

/* Empties the queue of errors; returns how many came by ICMP. [any] */
unsigned wsn_sockopt_drain_errors(int fd);

#endif
