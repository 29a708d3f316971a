/*
 * addr.h - a transport address as a plain value.
 *
 * Text goes in and out in the three literal forms that WinSNMP entities use:
 *
 *   IPv4   192.0.2.1             four decimal numbers, no shorter form
 *   IPv6   2001:db8::1           RFC 4291 in, RFC 5952 out
 *          fe80::1%eth0          a scope by name or index, link-local only
 *   IPX    0000000A:00C0FFEE0001 network and node; also with '.' or '-'
 *
 * struct sockaddr is met only at the edge, where the sockets are.  Everything
 * here is a pure function on its arguments and may be called from any thread,
 * except that resolve may block and the scope forms ask the system for the
 * names of its interfaces.
 */
#ifndef WSN_NET_ADDR_H
#define WSN_NET_ADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

#include "base/err.h"

enum wsn_family {
    WSN_FAMILY_NONE,
    WSN_FAMILY_IPV4,
    WSN_FAMILY_IPV6,
    WSN_FAMILY_IPX
};

#define WSN_ADDR_IPV4_BYTES 4
#define WSN_ADDR_IPV6_BYTES 16
#define WSN_ADDR_IPX_BYTES 10

/* The longest text of any address, its scope and NUL included. */
#define WSN_ADDR_TEXT_BYTES 80

struct wsn_addr {
    enum wsn_family family;
    uint32_t scope_id;      /* interface of a link-local IPv6 address, or 0 */
    uint16_t port;          /* host byte order */
    unsigned char host[16]; /* network byte order; unused bytes are zero */
};

/* Makes *ret_addr the wildcard address of family, or no address.  In its place
 * and here, because several are made for each datagram, and a processor waits
 * when it is to copy what was written in pieces just before. [any] */
static inline void wsn_addr_init(enum wsn_family family, uint16_t port,
                                 struct wsn_addr *ret_addr)
{
    /* Padding too, so that a copy in a packet holds no stale stack bytes. */
    memset(ret_addr, 0, sizeof *ret_addr);
    ret_addr->family = family;
    ret_addr->port = port;
}

/* The wildcard address of family. [any] */
static inline struct wsn_addr wsn_addr_any(enum wsn_family family,
                                           uint16_t port)
{
    struct wsn_addr addr;

    wsn_addr_init(family, port, &addr);
    return addr;
}

/*
 * Reads one of the literal forms, and nothing else: no name, no port, no
 * blanks.  False (text may be NULL) leaves ret_addr as it was; the port of
 * a good address is 0. [any]
 */
bool wsn_addr_parse(const char *text, struct wsn_addr *ret_addr);

/*
 * Writes the canonical literal, without port, as far as size allows: at most
 * size - 1 characters and a NUL, nothing when size is 0.  Returns the room
 * that the whole text needs, its NUL included. [any]
 */
size_t wsn_addr_print(const struct wsn_addr *addr, char *text, size_t size);

/* Whether host, scope and port agree.  ::ffff:a.b.c.d equals a.b.c.d. [any] */
bool wsn_addr_equal(const struct wsn_addr *a, const struct wsn_addr *b);

/* The same without the port. [any] */
bool wsn_addr_equal_host(const struct wsn_addr *a, const struct wsn_addr *b);

/* Whether addr is 0.0.0.0, :: or ::ffff:0.0.0.0. [any] */
bool wsn_addr_is_any(const struct wsn_addr *addr);

/* Addresses with the same host have equal hashes, whatever their ports. [any] */
uint32_t wsn_addr_hash_host(const struct wsn_addr *addr);

/* Whether addr is an IPv4 address in IPv6 clothes, ::ffff:a.b.c.d. [any] */
bool wsn_addr_is_mapped(const struct wsn_addr *addr);

/* Whether addr means something on one link only, so has a scope. [any] */
bool wsn_addr_is_link_local(const struct wsn_addr *addr);

/*
 * Sets the scope of a link-local address.  Elsewhere a scope says nothing,
 * and must not make two equal addresses differ: it is set to 0. [any]
 */
void wsn_addr_set_scope(struct wsn_addr *addr, uint32_t scope_id);

/* Turns ::ffff:a.b.c.d into a.b.c.d; other addresses stay. [any] */
void wsn_addr_unmap(struct wsn_addr *addr);

/* Turns a.b.c.d into ::ffff:a.b.c.d; other addresses stay. [any] */
void wsn_addr_map(struct wsn_addr *addr);

/* The length of the socket address; 0 when sockets cannot carry addr. [any] */
socklen_t wsn_addr_to_sockaddr(const struct wsn_addr *addr,
                               struct sockaddr_storage *ret_address);

/* False unless address is a whole IPv4 or IPv6 socket address. [any] */
bool wsn_addr_from_sockaddr(const struct sockaddr_storage *address,
                            socklen_t len, struct wsn_addr *ret_addr);

/*
 * Looks up a host name, or reads a literal; IPv4 is preferred.  The port is
 * 0.  Asks the system's resolver and may block as long as that does.
 * SNMPAPI_ENTITY_UNKNOWN, SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_addr_resolve(const char *name, struct wsn_addr *ret_addr);

#endif
