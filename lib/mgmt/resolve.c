/*
 * resolve.c - see resolve.h.
 */
#include "mgmt/resolve.h"

#include <netdb.h>
#include <stddef.h>
#include <sys/socket.h>

static bool resolve(const char *name, int family, char *address)
{
    struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_DGRAM};
    struct addrinfo *found = NULL;
    bool is_done;

    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        return false;
    is_done = getnameinfo(found->ai_addr, found->ai_addrlen, address,
                          WSN_RESOLVE_SIZE, NULL, 0, NI_NUMERICHOST) == 0;
    freeaddrinfo(found);
    return is_done;
}

bool wsn_mgmt_resolve(const char *name, char address[WSN_RESOLVE_SIZE])
{
    return name[0] != '\0' && (resolve(name, AF_INET, address) ||
                               resolve(name, AF_INET6, address));
}
