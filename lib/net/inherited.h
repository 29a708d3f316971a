/*
 * inherited.h - sockets that the process was started with.
 *
 * A service manager binds the privileged port and passes the socket on:
 * descriptors 3 to 3 + $LISTEN_FDS - 1, if $LISTEN_PID is this process
 * (sd_listen_fds(3)).  So a trap receiver needs no privilege of its own.
 */
#ifndef WSN_NET_INHERITED_H
#define WSN_NET_INHERITED_H

#include "net/addr.h"

/*
 * A new descriptor for the first inherited UDP socket of that family, or -1.
 * The caller closes it; the socket itself stays, so that it can be asked for
 * again. [any, lock]
 */
int wsn_inherited_udp(enum wsn_family family);

#endif
