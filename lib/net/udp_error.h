/*
 * udp_error.h - what the errno values of sockets mean to an application.
 *
 * The documentation of WinSNMP lists the transport codes of each call; these
 * tables choose among them.  Pure functions, used by udp.c alone.
 */
#ifndef WSN_NET_UDP_ERROR_H
#define WSN_NET_UDP_ERROR_H

#include <stdbool.h>

#include "base/err.h"
#include "net/udp.h"

/* The code for a socket of that use which call could not open. [any] */
wsn_err wsn_udp_open_error(enum wsn_udp_use use, enum wsn_udp_call call,
                           int error);

/* The code for a datagram that could not be sent. [any] */
wsn_err wsn_udp_send_error(int error);

/*
 * Whether a socket may report error on behalf of an earlier datagram, because
 * a router or the peer's host sent an ICMP message about it.  Reporting one
 * clears it. [any]
 */
bool wsn_udp_may_be_anothers(int error);

#endif
