/*
 * wake.c - see wake.h.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "net/wake.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>
#ifdef HAVE_EVENTFD
#include <sys/eventfd.h>
#endif

#ifdef HAVE_EVENTFD
static bool open_fds(int fds[2])
{
    fds[0] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    fds[1] = fds[0];
    return fds[0] >= 0;
}
#else
static bool make_private(int fd)
{
    return fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
           fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

static bool open_fds(int fds[2])
{
    if (pipe(fds) != 0)
        return false;
    if (make_private(fds[0]) && make_private(fds[1]))
        return true;
    (void)close(fds[0]);
    (void)close(fds[1]);
    return false;
}
#endif

bool wsn_wake_init(struct wsn_wake *wake)
{
    int fds[2];

    if (!open_fds(fds))
        return false;
    wake->read_fd = fds[0];
    wake->write_fd = fds[1];
    atomic_init(&wake->rung, false);
    return true;
}

bool wsn_wake_has_room(const struct wsn_wake *wake, unsigned n)
{
    bool enough;
    int fd;

    if (n == 0)
        return true;
    fd = fcntl(wake->read_fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0)
        return false;
    /* As deep as n: each level holds one descriptor. */
    enough = wsn_wake_has_room(wake, n - 1);
    (void)close(fd);
    return enough;
}

void wsn_wake_fini(struct wsn_wake *wake)
{
    (void)close(wake->read_fd);
    if (wake->write_fd != wake->read_fd)
        (void)close(wake->write_fd);
}

void wsn_wake_ring(struct wsn_wake *wake)
{
    /* Eight bytes are what an eventfd takes; a pipe does not mind. */
    const uint64_t one = 1;
    int state;

    if (atomic_exchange(&wake->rung, true))
        return;
    /* The caller may hold a lock, which a thread that is cancelled in write()
     * would take with it. */
    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    while (write(wake->write_fd, &one, sizeof one) < 0 && errno == EINTR)
        continue;
    (void)pthread_setcancelstate(state, &state);
}

/*
 * First the descriptor, then the flag: a ring between the two finds the flag
 * set, and its work is looked at after this.  The other way round its byte
 * would be eaten and the flag would stay set for ever.
 */
void wsn_wake_quieten(struct wsn_wake *wake)
{
    uint64_t count;

    while (read(wake->read_fd, &count, sizeof count) < 0 && errno == EINTR)
        continue;
    (void)atomic_exchange(&wake->rung, false);
}
