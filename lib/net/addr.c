/*
 * addr.c - see addr.h.
 */
#include "net/addr.h"

#include <netinet/in.h>
#include <string.h>

static const unsigned char mapped_prefix[12] = {0, 0, 0, 0, 0,    0,
                                                0, 0, 0, 0, 0xff, 0xff};

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

/* Both in the same clothes. */
static bool same_host(const struct wsn_addr *a, const struct wsn_addr *b)
{
    return a->family == b->family && a->scope_id == b->scope_id &&
           memcmp(a->host, b->host, sizeof a->host) == 0;
}

bool wsn_addr_equal_host(const struct wsn_addr *a, const struct wsn_addr *b)
{
    struct wsn_addr x, y;

    if (a->family == b->family)
        return same_host(a, b);
    x = unmapped(a);
    y = unmapped(b);
    return same_host(&x, &y);
}

bool wsn_addr_equal(const struct wsn_addr *a, const struct wsn_addr *b)
{
    return a->port == b->port && wsn_addr_equal_host(a, b);
}

static bool is_zero(const unsigned char *octets, size_t n)
{
    static const unsigned char zeros[WSN_ADDR_IPV6_BYTES];

    return memcmp(octets, zeros, n) == 0;
}

bool wsn_addr_is_any(const struct wsn_addr *addr)
{
    const unsigned char *host = addr->host;

    if (wsn_addr_is_mapped(addr))
        return is_zero(host + sizeof mapped_prefix, WSN_ADDR_IPV4_BYTES);
    return (addr->family == WSN_FAMILY_IPV4 ||
            addr->family == WSN_FAMILY_IPV6) &&
           is_zero(host, sizeof addr->host);
}

/* Two words of eight octets each, multiplied by odd numbers without a pattern;
 * the upper half of a product depends on all of the lower. */
uint32_t wsn_addr_hash_host(const struct wsn_addr *addr)
{
    struct wsn_addr plain = unmapped(addr);
    uint64_t words[2];

    memcpy(words, plain.host, sizeof words);
    words[0] = (words[0] ^ words[0] >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    words[1] = (words[1] ^ words[0] >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return (uint32_t)((words[0] ^ words[1]) >> 32);
}

/* ---- the edge --------------------------------------------------------- */

/* Written in its place, for the reason of wsn_addr_init().  A pointer to a
 * sockaddr_storage may be cast to "each protocol-specific address structure"
 * (POSIX, <sys/socket.h>). */
static socklen_t to_sockaddr_in(const struct wsn_addr *addr,
                                struct sockaddr_storage *ret_address)
{
    struct sockaddr_in *in = (struct sockaddr_in *)ret_address;

    memset(in, 0, sizeof *in);
    in->sin_family = AF_INET;
    in->sin_port = htons(addr->port);
    memcpy(&in->sin_addr, addr->host, sizeof in->sin_addr);
    return (socklen_t)sizeof *in;
}

static socklen_t to_sockaddr_in6(const struct wsn_addr *addr,
                                 struct sockaddr_storage *ret_address)
{
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)ret_address;

    memset(in6, 0, sizeof *in6);
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(addr->port);
    in6->sin6_scope_id = addr->scope_id;
    memcpy(&in6->sin6_addr, addr->host, sizeof in6->sin6_addr);
    return (socklen_t)sizeof *in6;
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
    wsn_addr_init(WSN_FAMILY_IPV4, ntohs(in.sin_port), ret_addr);
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
    wsn_addr_init(WSN_FAMILY_IPV6, ntohs(in6.sin6_port), ret_addr);
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
