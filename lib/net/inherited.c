/*
 * inherited.c - see inherited.h.
 */
#include "net/inherited.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define FIRST_FD 3
#define MOST_FDS 1024 /* whatever the environment says */

/* A decimal number from the environment, or -1. */
static long number_from(const char *name)
{
    const char *text = getenv(name);
    char *end;
    long number;

    if (text == NULL || *text == '\0')
        return -1;
    errno = 0;
    number = strtol(text, &end, 10);
    return errno == 0 && *end == '\0' ? number : -1;
}

static int count(void)
{
    long n;

    /* The variables are inherited too: by then they are for somebody else. */
    if (number_from("LISTEN_PID") != (long)getpid())
        return 0;
    n = number_from("LISTEN_FDS");
    return n < 0 || n > MOST_FDS ? 0 : (int)n;
}

static bool is_udp(int fd)
{
    int type = 0;
    socklen_t len = sizeof type;

    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &len) == 0 &&
           type == SOCK_DGRAM;
}

static bool has_family(int fd, enum wsn_family family)
{
    struct sockaddr_storage name;
    socklen_t len = sizeof name;
    struct wsn_addr addr;

    return getsockname(fd, (struct sockaddr *)&name, &len) == 0 &&
           wsn_addr_from_sockaddr(&name, len, &addr) && addr.family == family;
}

int wsn_inherited_udp(enum wsn_family family)
{
    int n = count();

    for (int fd = FIRST_FD; fd < FIRST_FD + n; fd++)
        if (is_udp(fd) && has_family(fd, family))
            return fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FD);
    return -1;
}
