/*
 * addr_resolve.c - host names into addresses; see addr.h.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#include "net/addr.h"
#include "winsnmp_types.h"

static bool from_info(const struct addrinfo *info, int family,
                      struct wsn_addr *ret_addr)
{
    struct sockaddr_storage address;

    for (; info != NULL; info = info->ai_next) {
        if (info->ai_family != family || info->ai_addrlen > sizeof address)
            continue;
        memcpy(&address, info->ai_addr, info->ai_addrlen);
        return wsn_addr_from_sockaddr(&address, info->ai_addrlen, ret_addr);
    }
    return false;
}

static int look_up(const char *name, int flags, struct addrinfo **ret_info)
{
    struct addrinfo hints;

    memset(&hints, 0, sizeof hints);
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = flags;
    return getaddrinfo(name, NULL, &hints, ret_info);
}

/* "1.2.3", "0x7f.1", "010.1.1.1": numbers the resolver would guess at. */
static bool is_loose_number(const char *name)
{
    struct addrinfo *info;

    if (look_up(name, AI_NUMERICHOST, &info) != 0)
        return false;
    freeaddrinfo(info);
    return true;
}

wsn_err wsn_addr_resolve(const char *name, struct wsn_addr *ret_addr)
{
    struct addrinfo *info;
    bool found;
    int error;

    if (wsn_addr_parse(name, ret_addr))
        return WSN_OK;
    if (name == NULL || name[0] == '\0' || is_loose_number(name))
        return SNMPAPI_ENTITY_UNKNOWN;
    error = look_up(name, 0, &info);
    if (error == EAI_MEMORY)
        return SNMPAPI_ALLOC_ERROR;
    if (error != 0)
        return SNMPAPI_ENTITY_UNKNOWN;
    found = from_info(info, AF_INET, ret_addr) ||
            from_info(info, AF_INET6, ret_addr);
    freeaddrinfo(info);
    return found ? WSN_OK : SNMPAPI_ENTITY_UNKNOWN;
}
