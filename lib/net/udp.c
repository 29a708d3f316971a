/*
 * udp.c - see udp.h.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#if defined(HAVE_RECVMMSG) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* recvmmsg */
#endif

#include "net/udp.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/lock.h"
#include "net/sockopt.h"
#include "net/udp_drops.h"
#include "net/udp_error.h"
#include "net/udp_private.h"
#include "winsnmp_types.h"

#define RECEIVE_BYTES (4 * 1024 * 1024)

/* How often a released port is tried at once, and then once in a millisecond:
 * somebody else may have taken it meanwhile. */
#define RELEASE_TRIES 200
#define RELEASE_WAITS_MS 100

#ifndef HAVE_RECVMMSG
struct mmsghdr {
    struct msghdr msg_hdr;
    unsigned msg_len;
};
#endif

/* ---- faults ----------------------------------------------------------- */

static _Atomic(const struct wsn_udp_faults *) faults_in_force;

void wsn_udp_set_faults(const struct wsn_udp_faults *faults)
{
    atomic_store(&faults_in_force, faults);
}

bool wsn_udp_is_faulty(enum wsn_udp_call call)
{
    const struct wsn_udp_faults *faults =
        atomic_load_explicit(&faults_in_force, memory_order_relaxed);
    int error = faults != NULL ? faults->fail(faults->arg, call) : 0;

    if (error != 0)
        errno = error;
    return error != 0;
}

/* ---- errors of earlier datagrams --------------------------------------- */

void wsn_udp_drain_errors(struct wsn_udp *udp)
{
    unsigned n = 0;

    if (udp->use == WSN_UDP_MANAGER)
        n = wsn_sockopt_drain_errors(udp->fd);
    if (n != 0)
        (void)atomic_fetch_add_explicit(&udp->unreachable, n,
                                        memory_order_relaxed);
}

/* ---- closing ---------------------------------------------------------- */

/* Closing is where a thread ends that is cancelled: it would take a lock with
 * it that the caller may hold. */
static void drop(int fd)
{
    int state;

    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    (void)close(fd);
    (void)pthread_setcancelstate(state, &state);
}

/* ---- opening ---------------------------------------------------------- */

static int domain_of(enum wsn_family family)
{
    return family == WSN_FAMILY_IPV6 ? AF_INET6 : AF_INET;
}

/* A non-blocking socket that no child inherits; -1 with errno set. */
static int make_socket(enum wsn_family family)
{
    int fd;

    if (family != WSN_FAMILY_IPV4 && family != WSN_FAMILY_IPV6) {
        errno = EAFNOSUPPORT;
        return -1;
    }
    if (wsn_udp_is_faulty(WSN_UDP_CALL_SOCKET))
        return -1;
#if defined(SOCK_CLOEXEC) && defined(SOCK_NONBLOCK)
    fd = socket(domain_of(family), SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
                IPPROTO_UDP);
#else
    fd = socket(domain_of(family), SOCK_DGRAM, IPPROTO_UDP);
    if (fd >= 0 && !wsn_sockopt_make_private(fd)) {
        drop(fd);
        fd = -1;
    }
#endif
    return fd;
}

static bool bind_socket(int fd, const struct wsn_addr *bind_to)
{
    struct sockaddr_storage address;
    socklen_t len = wsn_addr_to_sockaddr(bind_to, &address);
    int on = 1;

    if (wsn_udp_is_faulty(WSN_UDP_CALL_BIND))
        return false;
    /* IPv4 has a socket of its own; neither depends on the other. */
    if (bind_to->family == WSN_FAMILY_IPV6 &&
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on) != 0)
        return false;
#ifdef SO_EXCLBIND
    /* Elsewhere a port is exclusive unless one asks for something else. */
    (void)setsockopt(fd, SOL_SOCKET, SO_EXCLBIND, &on, sizeof on);
#endif
    return bind(fd, (struct sockaddr *)&address, len) == 0;
}

/* Where fd is bound, if it is. */
static bool bound_address(int fd, struct wsn_addr *ret_bound)
{
    struct sockaddr_storage address;
    socklen_t len = sizeof address;

    return getsockname(fd, (struct sockaddr *)&address, &len) == 0 &&
           wsn_addr_from_sockaddr(&address, len, ret_bound) &&
           ret_bound->port != 0;
}

/* From here on nothing can fail. */
static void set_up(struct wsn_udp *udp, int fd, enum wsn_udp_use use,
                   const struct wsn_addr *bound)
{
    udp->fd = fd;
    udp->use = use;
    udp->is_adopted = false;
    udp->bound = *bound;
    udp->dual_stack =
        bound->family == WSN_FAMILY_IPV6 && wsn_sockopt_takes_ipv4(fd);
    udp->drops_seen = 0;
    atomic_init(&udp->drops_seen, 0);
    atomic_init(&udp->kernel_drops, 0);
    atomic_init(&udp->unreachable, 0);
    udp->rcvbuf_bytes = wsn_sockopt_widen(fd, RECEIVE_BYTES);
    wsn_sockopt_want_drops(fd);
    if (use == WSN_UDP_MANAGER)
        wsn_sockopt_want_errors(fd, bound->family);
    else
        wsn_sockopt_want_local(fd, bound->family);
}

wsn_err wsn_udp_open(enum wsn_udp_use use, const struct wsn_addr *bind_to,
                     struct wsn_udp *ret_udp)
{
    struct wsn_addr bound;
    int fd = make_socket(bind_to->family);

    if (fd < 0)
        return wsn_udp_open_error(use, WSN_UDP_CALL_SOCKET, errno);
    if (!bind_socket(fd, bind_to) || !bound_address(fd, &bound)) {
        int error = errno;

        drop(fd);
        return wsn_udp_open_error(use, WSN_UDP_CALL_BIND, error);
    }
    set_up(ret_udp, fd, use, &bound);
    return WSN_OK;
}

wsn_err wsn_udp_adopt(int fd, enum wsn_udp_use use, struct wsn_udp *ret_udp)
{
    struct wsn_addr bound;

    if (!wsn_sockopt_is_udp(fd) || !bound_address(fd, &bound) ||
        !wsn_sockopt_make_private(fd))
        return wsn_udp_open_error(use, WSN_UDP_CALL_BIND, EINVAL);
    set_up(ret_udp, fd, use, &bound);
    ret_udp->is_adopted = true;
    return WSN_OK;
}

void wsn_udp_close(struct wsn_udp *udp)
{
    if (udp->fd >= 0)
        drop(udp->fd);
    udp->fd = -1;
}

bool wsn_udp_release_port(struct wsn_udp *udp)
{
    int unbound = make_socket(udp->bound.family);
    bool is_released;

    if (unbound < 0)
        return false;
    is_released = dup2(unbound, udp->fd) >= 0;
    if (is_released)
        (void)fcntl(udp->fd, F_SETFD, FD_CLOEXEC);
    drop(unbound);
    return is_released;
}

/* A thread that holds the port may have been put off its processor, on a busy
 * machine for some milliseconds.  A port that somebody else has may have been
 * adopted from him; nothing is waited for then. */
static bool give_way(const struct wsn_udp *udp, int tries)
{
    if (tries < RELEASE_TRIES)
        (void)sched_yield();
    else if (udp->is_adopted || tries >= RELEASE_TRIES + RELEASE_WAITS_MS)
        return false;
    else
        (void)poll(NULL, 0, 1);
    return true;
}

/* Soon, because no call of those that hold the port blocks. */
void wsn_udp_await_release(const struct wsn_udp *udp)
{
    int probe;
    int tries = 0;

    WSN_ASSERT_UNLOCKED();
    probe = make_socket(udp->bound.family);
    if (probe < 0)
        return;
    while (!bind_socket(probe, &udp->bound) && errno == EADDRINUSE &&
           give_way(udp, tries))
        tries++;
    drop(probe);
}

/* ---- receiving -------------------------------------------------------- */

/* What the system writes for one datagram, besides its bytes. */
struct slot {
    struct sockaddr_storage name;
    struct wsn_control control;
    struct iovec iov;
};

struct wsn_udp_batch {
    int n;           /* datagrams held */
    bool one_by_one; /* the system has no recvmmsg() after all */
    struct mmsghdr headers[WSN_UDP_BATCH_MAX];
    struct slot slots[WSN_UDP_BATCH_MAX];
    struct wsn_datagram datagrams[WSN_UDP_BATCH_MAX];
    unsigned char bytes[WSN_UDP_BATCH_MAX][WSN_UDP_DATAGRAM_BYTES];
};

/* Makes the i-th header ready for a datagram, or for the next one. */
static void ready_header(struct wsn_udp_batch *batch, int i)
{
    struct slot *slot = &batch->slots[i];
    struct msghdr *msg = &batch->headers[i].msg_hdr;

    memset(msg, 0, sizeof *msg);
    msg->msg_name = &slot->name;
    msg->msg_namelen = sizeof slot->name;
    msg->msg_iov = &slot->iov;
    msg->msg_iovlen = 1;
    msg->msg_control = slot->control.bytes;
    msg->msg_controllen = sizeof slot->control.bytes;
}

struct wsn_udp_batch *wsn_udp_batch_new(void)
{
    struct wsn_udp_batch *batch = wsn_alloc(sizeof *batch);
    int i;

    if (batch == NULL)
        return NULL;
    batch->n = 0;
    batch->one_by_one = false;
    for (i = 0; i < WSN_UDP_BATCH_MAX; i++) {
        batch->slots[i].iov.iov_base = batch->bytes[i];
        batch->slots[i].iov.iov_len = sizeof batch->bytes[i];
        ready_header(batch, i);
    }
    return batch;
}

void wsn_udp_batch_free(struct wsn_udp_batch *batch)
{
    wsn_free(batch);
}

const struct wsn_datagram *wsn_udp_batch_at(const struct wsn_udp_batch *batch,
                                            int i)
{
    assert(i >= 0 && i < batch->n);
    return &batch->datagrams[i];
}

/* One datagram into the i-th header; false with errno set. */
static bool receive_one(const struct wsn_udp *udp, struct wsn_udp_batch *batch,
                        int i)
{
    ssize_t n;

    do {
        if (wsn_udp_is_faulty(WSN_UDP_CALL_RECVMSG))
            n = -1;
        else
            n = recvmsg(udp->fd, &batch->headers[i].msg_hdr, MSG_DONTWAIT);
    } while (n < 0 && errno == EINTR);
    if (n >= 0)
        batch->headers[i].msg_len = (unsigned)n;
    return n >= 0;
}

static int receive_one_by_one(const struct wsn_udp *udp,
                              struct wsn_udp_batch *batch)
{
    int n = 0;

    while (n < WSN_UDP_BATCH_MAX && receive_one(udp, batch, n))
        n++;
    return n != 0 ? n : -1;
}

#ifdef HAVE_RECVMMSG
static int receive_at_once(const struct wsn_udp *udp,
                           struct wsn_udp_batch *batch)
{
    int n;

    do {
        if (wsn_udp_is_faulty(WSN_UDP_CALL_RECVMMSG))
            n = -1;
        else
            n = recvmmsg(udp->fd, batch->headers, WSN_UDP_BATCH_MAX,
                         MSG_DONTWAIT, NULL);
    } while (n < 0 && errno == EINTR);
    return n;
}
#endif

/* Fills the headers of batch; -1 with errno set when there is nothing. */
static int receive(const struct wsn_udp *udp, struct wsn_udp_batch *batch)
{
#ifdef HAVE_RECVMMSG
    if (!batch->one_by_one) {
        int n = receive_at_once(udp, batch);

        if (n > 0 || errno != ENOSYS)
            return n;
        batch->one_by_one = true;
    }
#endif
    return receive_one_by_one(udp, batch);
}

/* Completes what the control messages said of where a datagram was sent to. */
static void complete_local(const struct wsn_udp *udp, struct wsn_addr *local)
{
    if (local->family == WSN_FAMILY_NONE && !wsn_addr_is_any(&udp->bound))
        *local = udp->bound;
    wsn_addr_unmap(local);
    local->port = udp->bound.port;
}

/* Turns the i-th header into a datagram; sets *drops if it tells them. */
static void read_header(const struct wsn_udp *udp, struct wsn_udp_batch *batch,
                        int i, uint32_t *drops)
{
    struct msghdr *msg = &batch->headers[i].msg_hdr;
    struct wsn_datagram *datagram = &batch->datagrams[i];

    wsn_sockopt_read(msg, &datagram->local, drops);
    complete_local(udp, &datagram->local);
    datagram->bytes = batch->bytes[i];
    datagram->len = batch->headers[i].msg_len;
    datagram->truncated = (msg->msg_flags & MSG_TRUNC) != 0;
    wsn_addr_init(WSN_FAMILY_NONE, 0, &datagram->peer);
    (void)wsn_addr_from_sockaddr(&batch->slots[i].name, msg->msg_namelen,
                                 &datagram->peer);
    wsn_addr_unmap(&datagram->peer);
}

static int fill_batch(struct wsn_udp *udp, struct wsn_udp_batch *batch, int n)
{
    uint32_t drops = atomic_load(&udp->drops_seen);
    int i;

    batch->n = n;
    for (i = 0; i < n; i++) {
        read_header(udp, batch, i, &drops);
        ready_header(batch, i);
    }
    /* It only grows from one datagram to the next. */
    wsn_udp_note_drops(udp, drops);
    return n;
}

int wsn_udp_recv(struct wsn_udp *udp, struct wsn_udp_batch *batch)
{
    int error = 0;
    int i;

    batch->n = 0;
    for (i = 0; i < WSN_UDP_PENDING_ERRORS_MAX; i++) {
        int n = receive(udp, batch);

        if (n > 0)
            return fill_batch(udp, batch, n);
        error = errno;
        /* Queued errors alone make a socket look readable, too. */
        wsn_udp_drain_errors(udp);
        if (!wsn_udp_may_be_anothers(error))
            break;
    }
    return error == EAGAIN || error == EWOULDBLOCK ? 0 : -1;
}
