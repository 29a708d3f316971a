/*
 * route.h - which of our addresses a destination would see.
 */
#ifndef WSN_NET_ROUTE_H
#define WSN_NET_ROUTE_H

#include <stdbool.h>

#include "net/addr.h"

/*
 * The local address that packets to destination leave from.  Asks the routing
 * table; sends nothing and does not block.  False when there is no way there,
 * or it cannot be found out. [any]
 */
bool wsn_route_local(const struct wsn_addr *destination,
                     struct wsn_addr *ret_local);

#endif
