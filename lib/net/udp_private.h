/*
 * udp_private.h - what udp.c and udp_send.c share; nobody else includes this.
 */
#ifndef WSN_NET_UDP_PRIVATE_H
#define WSN_NET_UDP_PRIVATE_H

#include <stdbool.h>

#include "net/udp.h"

/* How often in a row somebody else's error is taken off a socket. */
#define WSN_UDP_PENDING_ERRORS_MAX 4

/* True, with errno set, when a test wants this call to fail. [any] */
bool wsn_udp_is_faulty(enum wsn_udp_call call);

/* Counts the errors of earlier datagrams that wait at a manager's socket, and
 * takes them off it. [any] */
void wsn_udp_drain_errors(struct wsn_udp *udp);

#endif
