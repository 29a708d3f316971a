/*
 * service.c - see service.h.
 *
 * setgroups and initgroups are older than POSIX and not in it.
 */
#define _DEFAULT_SOURCE
#define _BSD_SOURCE
#define _DARWIN_C_SOURCE
#define __BSD_VISIBLE 1

#include "service.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tool.h"

/* ---- the service manager ------------------------------------------------ */

/* A name that begins with @ is one of Linux's abstract sockets, spelt with a
 * NUL instead.  Returns the length, 0 if path is no name of a socket. */
static socklen_t address_of(const char *path, struct sockaddr_un *ret_address)
{
    size_t len = strlen(path);

    if ((path[0] != '/' && path[0] != '@') ||
        len >= sizeof ret_address->sun_path)
        return 0;
    memset(ret_address, 0, sizeof *ret_address);
    ret_address->sun_family = AF_UNIX;
    memcpy(ret_address->sun_path, path, len);
    if (path[0] == '@')
        ret_address->sun_path[0] = '\0';
    return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
}

void service_tell(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address;
    socklen_t len = path == NULL ? 0 : address_of(path, &address);
    int fd;

    if (len == 0)
        return;
    fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    if (fd == -1 || sendto(fd, state, strlen(state), 0,
                           (struct sockaddr *)&address, len) == -1)
        fprintf(stderr, "%s: cannot tell the service manager: %s\n", tool_name,
                strerror(errno));
    if (fd != -1)
        (void)close(fd);
}

/* ---- rights ------------------------------------------------------------- */

static _Noreturn void die_user(const char *user)
{
    fprintf(stderr, "%s: cannot become %s: %s\n", tool_name, user,
            strerror(errno));
    exit(1);
}

void service_become(const char *user)
{
    const struct passwd *entry = getpwnam(user);

    if (entry == NULL)
        tool_die_usage("no such user", user);
    if (initgroups(user, entry->pw_gid) != 0 || setgid(entry->pw_gid) != 0 ||
        setuid(entry->pw_uid) != 0)
        die_user(user);
    /* For good, or it is worth nothing. */
    errno = EPERM;
    if (entry->pw_uid != 0 && setuid(0) == 0)
        die_user(user);
}
