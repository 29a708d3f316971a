/*
 * addr.c - see addr.h.
 */
#include "net/addr.h"

#include <netinet/in.h>
#include <string.h>

static const unsigned char mapped_prefix[12] = {0, 0, 0, 0, 0,    0,
                                                0, 0, 0, 0, 0xff, 0xff};

struct wsn_addr wsn_addr_none(void)
{
    return wsn_addr_any(WSN_FAMILY_NONE, 0);
}

struct wsn_addr wsn_addr_any(enum wsn_family family, uint16_t port)
{
    struct wsn_addr addr;

    /* Padding too, so that a copy in a packet holds no stale stack bytes. */
    memset(&addr, 0, sizeof addr);
    addr.family = family;
    addr.port = port;
    return addr;
}

/* fe80::/10 and ff02::/16 mean something on one link only (RFC 4007). */
bool wsn_addr_is_link_local(const struct wsn_addr *addr)
{
    if (addr->family != WSN_FAMILY_IPV6)
        return false;
    return (addr->host[0] == 0xfe && (addr->host[1] & 0xc0) == 0x80) ||
           (addr->host[0] == 0xff && (addr->host[1] & 0x0f) == 0x02);
}

void wsn_addr_set_scope(struct wsn_addr *addr, uint32_t scope_id)
{
    addr->scope_id = wsn_addr_is_link_local(addr) ? scope_id : 0;
}

bool wsn_addr_is_mapped(const struct wsn_addr *addr)
{
    return addr->family == WSN_FAMILY_IPV6 &&
           memcmp(addr->host, mapped_prefix, sizeof mapped_prefix) == 0;
}

/* ---- comparing -------------------------------------------------------- */

void wsn_addr_unmap(struct wsn_addr *addr)
{
    if (!wsn_addr_is_mapped(addr))
        return;
    addr->family = WSN_FAMILY_IPV4;
    memcpy(addr->host, addr->host + sizeof mapped_prefix, WSN_ADDR_IPV4_BYTES);
    memset(addr->host + WSN_ADDR_IPV4_BYTES, 0, sizeof mapped_prefix);
}

void wsn_addr_map(struct wsn_addr *addr)
{
    if (addr->family != WSN_FAMILY_IPV4)
        return;
    addr->family = WSN_FAMILY_IPV6;
    memcpy(addr->host + sizeof mapped_prefix, addr->host, WSN_ADDR_IPV4_BYTES);
    memcpy(addr->host, mapped_prefix, sizeof mapped_prefix);
}

static struct wsn_addr unmapped(const struct wsn_addr *addr)
{
    struct wsn_addr copy = *addr;

    wsn_addr_unmap(&copy);
    return copy;
}

bool wsn_addr_equal_host(const struct wsn_addr *a, const struct wsn_addr *b)
{
    struct wsn_addr x = unmapped(a);
    struct wsn_addr y = unmapped(b);

    return x.family == y.family && x.scope_id == y.scope_id &&
           memcmp(x.host, y.host, sizeof x.host) == 0;
}

bool wsn_addr_equal(const struct wsn_addr *a, const struct wsn_addr *b)
{
    return a->port == b->port && wsn_addr_equal_host(a, b);
}

bool wsn_addr_is_any(const struct wsn_addr *addr)
{
    struct wsn_addr plain = unmapped(addr);
    struct wsn_addr any = wsn_addr_any(plain.family, 0);

    if (plain.family != WSN_FAMILY_IPV4 && plain.family != WSN_FAMILY_IPV6)
        return false;
    return memcmp(plain.host, any.host, sizeof any.host) == 0;
}

/* FNV-1a, an octet at a time. */
static uint32_t hash_byte(uint32_t hash, unsigned octet)
{
    return (hash ^ (octet & 0xff)) * UINT32_C(16777619);
}

uint32_t wsn_addr_hash(const struct wsn_addr *addr)
{
    struct wsn_addr plain = unmapped(addr);
    uint32_t hash = UINT32_C(2166136261);
    size_t i;

    hash = hash_byte(hash, plain.port);
    hash = hash_byte(hash, plain.port >> 8);
    for (i = 0; i < sizeof plain.host; i++)
        hash = hash_byte(hash, plain.host[i]);
    return hash;
}

/* ---- the edge --------------------------------------------------------- */

static socklen_t to_sockaddr_in(const struct wsn_addr *addr,
                                struct sockaddr_storage *ret_address)
{
    struct sockaddr_in in;

    memset(&in, 0, sizeof in);
    in.sin_family = AF_INET;
    in.sin_port = htons(addr->port);
    memcpy(&in.sin_addr, addr->host, sizeof in.sin_addr);
    memcpy(ret_address, &in, sizeof in);
    return (socklen_t)sizeof in;
}

static socklen_t to_sockaddr_in6(const struct wsn_addr *addr,
                                 struct sockaddr_storage *ret_address)
{
    struct sockaddr_in6 in6;

    memset(&in6, 0, sizeof in6);
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(addr->port);
    in6.sin6_scope_id = addr->scope_id;
    memcpy(&in6.sin6_addr, addr->host, sizeof in6.sin6_addr);
    memcpy(ret_address, &in6, sizeof in6);
    return (socklen_t)sizeof in6;
}

socklen_t wsn_addr_to_sockaddr(const struct wsn_addr *addr,
                               struct sockaddr_storage *ret_address)
{
    if (addr->family == WSN_FAMILY_IPV4)
        return to_sockaddr_in(addr, ret_address);
    if (addr->family == WSN_FAMILY_IPV6)
        return to_sockaddr_in6(addr, ret_address);
    return 0;
}

static bool from_sockaddr_in(const struct sockaddr_storage *address,
                             socklen_t len, struct wsn_addr *ret_addr)
{
    struct sockaddr_in in;

    if (len < sizeof in)
        return false;
    memcpy(&in, address, sizeof in);
    *ret_addr = wsn_addr_any(WSN_FAMILY_IPV4, ntohs(in.sin_port));
    memcpy(ret_addr->host, &in.sin_addr, sizeof in.sin_addr);
    return true;
}

static bool from_sockaddr_in6(const struct sockaddr_storage *address,
                              socklen_t len, struct wsn_addr *ret_addr)
{
    struct sockaddr_in6 in6;

    if (len < sizeof in6)
        return false;
    memcpy(&in6, address, sizeof in6);
    *ret_addr = wsn_addr_any(WSN_FAMILY_IPV6, ntohs(in6.sin6_port));
    memcpy(ret_addr->host, &in6.sin6_addr, sizeof in6.sin6_addr);
    wsn_addr_set_scope(ret_addr, in6.sin6_scope_id);
    return true;
}

bool wsn_addr_from_sockaddr(const struct sockaddr_storage *address,
                            socklen_t len, struct wsn_addr *ret_addr)
{
    size_t family_end = offsetof(struct sockaddr_storage, ss_family) +
                        sizeof address->ss_family;

    if (len < family_end)
        return false;
    if (address->ss_family == AF_INET)
        return from_sockaddr_in(address, len, ret_addr);
    if (address->ss_family == AF_INET6)
        return from_sockaddr_in6(address, len, ret_addr);
    return false;
}
