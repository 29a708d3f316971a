/*
 * addr_text.c - addresses as text, and back; see addr.h.
 */
#include "net/addr.h"

#include <arpa/inet.h>
#include <assert.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#define IPX_NETWORK_DIGITS 8
#define IPX_NODE_DIGITS 12
#define GROUPS 8 /* of 16 bits in an IPv6 address */
#define MAPPED_PREFIX_BYTES 12

/* ---- reading ---------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One number of a dotted quad: "010" might mean 8, so it means nothing. */
static bool parse_quad_number(const char **text, unsigned char *ret_number)
{
    const char *c = *text;
    unsigned number = 0;

    if (!is_digit(*c) || (c[0] == '0' && is_digit(c[1])))
        return false;
    for (; is_digit(*c) && number <= 255; c++)
        number = number * 10 + (unsigned)(*c - '0');
    if (number > 255)
        return false;
    *text = c;
    *ret_number = (unsigned char)number;
    return true;
}

static bool parse_ipv4(const char *text, struct wsn_addr *ret_addr)
{
    struct wsn_addr addr = wsn_addr_any(WSN_FAMILY_IPV4, 0);
    unsigned i;

    for (i = 0; i < WSN_ADDR_IPV4_BYTES; i++) {
        if (i != 0 && *text++ != '.')
            return false;
        if (!parse_quad_number(&text, &addr.host[i]))
            return false;
    }
    if (*text != '\0')
        return false;
    *ret_addr = addr;
    return true;
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Exactly n_digits hexadecimal digits, two to a byte; NULL if not. */
static const char *parse_hex(const char *text, unsigned n_digits,
                             unsigned char *bytes)
{
    unsigned i;

    for (i = 0; i < n_digits; i++) {
        int value = hex_value(text[i]);

        if (value < 0)
            return NULL;
        bytes[i / 2] = (unsigned char)(bytes[i / 2] << 4 | value);
    }
    return text + n_digits;
}

static bool parse_ipx(const char *text, struct wsn_addr *ret_addr)
{
    struct wsn_addr addr = wsn_addr_any(WSN_FAMILY_IPX, 0);

    text = parse_hex(text, IPX_NETWORK_DIGITS, addr.host);
    if (text == NULL || *text == '\0' || strchr(":.-", *text) == NULL)
        return false;
    text = parse_hex(text + 1, IPX_NODE_DIGITS,
                     addr.host + IPX_NETWORK_DIGITS / 2);
    if (text == NULL || *text != '\0')
        return false;
    *ret_addr = addr;
    return true;
}

/* An interface index in decimal: 1 to 2^32 - 1. */
static bool parse_index(const char *text, uint32_t *ret_index)
{
    uint64_t index = 0;

    for (; is_digit(*text) && index <= UINT32_MAX; text++)
        index = index * 10 + (uint64_t)(*text - '0');
    if (*text != '\0' || index == 0 || index > UINT32_MAX)
        return false;
    *ret_index = (uint32_t)index;
    return true;
}

static bool parse_scope(const char *text, uint32_t *ret_scope_id)
{
    unsigned index;

    if (parse_index(text, ret_scope_id))
        return true;
    /* Some systems cut a longer name short instead of refusing it. */
    if (strlen(text) >= IF_NAMESIZE)
        return false;
    index = if_nametoindex(text);
    if (index == 0)
        return false;
    *ret_scope_id = index;
    return true;
}

static bool parse_ipv6(const char *text, struct wsn_addr *ret_addr)
{
    struct wsn_addr addr = wsn_addr_any(WSN_FAMILY_IPV6, 0);
    const char *percent = strchr(text, '%');
    size_t len = percent != NULL ? (size_t)(percent - text) : strlen(text);
    char literal[INET6_ADDRSTRLEN];
    uint32_t scope_id = 0;

    if (len >= sizeof literal)
        return false;
    memcpy(literal, text, len);
    literal[len] = '\0';
    if (inet_pton(AF_INET6, literal, addr.host) != 1)
        return false;
    if (percent != NULL && !parse_scope(percent + 1, &scope_id))
        return false;
    wsn_addr_set_scope(&addr, scope_id);
    *ret_addr = addr;
    return true;
}

bool wsn_addr_parse(const char *text, struct wsn_addr *ret_addr)
{
    return text != NULL &&
           (parse_ipv4(text, ret_addr) || parse_ipx(text, ret_addr) ||
            parse_ipv6(text, ret_addr));
}

/* ---- writing ---------------------------------------------------------- */

static size_t print_quad(const unsigned char *host, char *text, size_t size)
{
    int len =
        snprintf(text, size, "%u.%u.%u.%u", host[0], host[1], host[2], host[3]);

    assert(len > 0);
    return (size_t)len;
}

static unsigned group_of(const unsigned char *host, unsigned i)
{
    return (unsigned)host[2 * i] << 8 | host[2 * i + 1];
}

/* How many groups from i on are zero. */
static unsigned zero_run(const unsigned char *host, unsigned i)
{
    unsigned n = 0;

    while (i + n < GROUPS && group_of(host, i + n) == 0)
        n++;
    return n;
}

/*
 * RFC 5952 4.2: "::" stands for the longest run of zero groups, the first
 * one of several, and never for a single group.  Returns the run's length.
 */
static unsigned longest_zero_run(const unsigned char *host, unsigned *ret_start)
{
    unsigned longest = 1;
    unsigned i;

    *ret_start = GROUPS;
    for (i = 0; i < GROUPS; i++) {
        unsigned n = zero_run(host, i);

        if (n > longest) {
            longest = n;
            *ret_start = i;
        }
    }
    return longest;
}

static size_t print_groups(const unsigned char *host, char *text, size_t size)
{
    unsigned start;
    unsigned run = longest_zero_run(host, &start);
    size_t len = 0;
    unsigned i = 0;

    while (i < GROUPS) {
        if (i == start) {
            len += (size_t)snprintf(text + len, size - len, "::");
            i += run;
            continue;
        }
        len += (size_t)snprintf(text + len, size - len, "%s%x",
                                i != 0 && i != start + run ? ":" : "",
                                group_of(host, i));
        i++;
    }
    return len;
}

/* RFC 5952 5: the prefix of a mapped address is known, so it is mixed. */
static size_t print_mapped(const unsigned char *host, char *text, size_t size)
{
    size_t len = (size_t)snprintf(text, size, "::ffff:");

    return len + print_quad(host + MAPPED_PREFIX_BYTES, text + len, size - len);
}

static size_t print_scope(uint32_t scope_id, char *text, size_t size)
{
    char name[IF_NAMESIZE];

    if (scope_id == 0)
        return 0;
    if (if_indextoname(scope_id, name) != NULL)
        return (size_t)snprintf(text, size, "%%%s", name);
    return (size_t)snprintf(text, size, "%%%lu", (unsigned long)scope_id);
}

static size_t print_ipv6(const struct wsn_addr *addr, char *text, size_t size)
{
    size_t len = wsn_addr_is_mapped(addr)
                     ? print_mapped(addr->host, text, size)
                     : print_groups(addr->host, text, size);

    if (!wsn_addr_is_link_local(addr))
        return len;
    return len + print_scope(addr->scope_id, text + len, size - len);
}

static size_t print_ipx(const unsigned char *host, char *text, size_t size)
{
    size_t len = 0;
    unsigned i;

    for (i = 0; i < WSN_ADDR_IPX_BYTES; i++)
        len +=
            (size_t)snprintf(text + len, size - len, "%s%02X",
                             i == IPX_NETWORK_DIGITS / 2 ? ":" : "", host[i]);
    return len;
}

/* The whole text: size is room enough for any address. */
static size_t print_whole(const struct wsn_addr *addr, char *text, size_t size)
{
    text[0] = '\0';
    switch (addr->family) {
    case WSN_FAMILY_IPV4:
        return print_quad(addr->host, text, size);
    case WSN_FAMILY_IPV6:
        return print_ipv6(addr, text, size);
    case WSN_FAMILY_IPX:
        return print_ipx(addr->host, text, size);
    case WSN_FAMILY_NONE:
        break;
    }
    return 0;
}

size_t wsn_addr_print(const struct wsn_addr *addr, char *text, size_t size)
{
    char whole[WSN_ADDR_TEXT_BYTES];
    size_t len = print_whole(addr, whole, sizeof whole);
    size_t shown = len < size ? len : size - 1;

    assert(len < sizeof whole);
    if (size != 0) {
        memcpy(text, whole, shown);
        text[shown] = '\0';
    }
    return len + 1;
}
