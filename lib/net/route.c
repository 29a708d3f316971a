/*
 * route.c - see route.h.
 */
#include "net/route.h"

#include <sys/socket.h>
#include <unistd.h>

#ifndef SOCK_CLOEXEC
#define SOCK_CLOEXEC 0 /* the socket lives for a moment only */
#endif

/* Connecting a datagram socket only binds it: no packet leaves. */
static bool ask(int fd, const struct sockaddr_storage *to, socklen_t len,
                struct wsn_addr *ret_local)
{
    struct sockaddr_storage local;
    socklen_t local_len = sizeof local;

    return connect(fd, (const struct sockaddr *)to, len) == 0 &&
           getsockname(fd, (struct sockaddr *)&local, &local_len) == 0 &&
           wsn_addr_from_sockaddr(&local, local_len, ret_local);
}

bool wsn_route_local(const struct wsn_addr *destination,
                     struct wsn_addr *ret_local)
{
    struct sockaddr_storage to;
    socklen_t len = wsn_addr_to_sockaddr(destination, &to);
    bool found;
    int fd;

    if (len == 0)
        return false;
    fd = socket(to.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    found = ask(fd, &to, len, ret_local);
    (void)close(fd);
    return found;
}
