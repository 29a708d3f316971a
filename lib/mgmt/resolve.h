/*
 * resolve.h - from the name of a host to its address.  The room's own.
 */
#ifndef WSN_MGMT_RESOLVE_H
#define WSN_MGMT_RESOLVE_H

#include <stdbool.h>

/* Room for the text of any address, its zone and the NUL. */
#define WSN_RESOLVE_SIZE 128

/*
 * Writes the literal address of name, itself a literal address or the name
 * of a host: an IPv4 address if there is one, as on Windows.  False when
 * there is none.  May wait for a name server. [any]
 */
bool wsn_mgmt_resolve(const char *name, char address[WSN_RESOLVE_SIZE]);

#endif
