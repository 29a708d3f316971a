/*
 * udp_send.c - the sending half of udp.h.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#if defined(HAVE_SENDMMSG) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* sendmmsg */
#endif

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>

#include "base/lock.h"
#include "net/packet.h"
#include "net/sockopt.h"
#include "net/udp.h"
#include "net/udp_error.h"
#include "net/udp_private.h"
#include "winsnmp_types.h"

#define FLAGS (MSG_DONTWAIT | MSG_NOSIGNAL)

#ifndef HAVE_SENDMMSG
struct mmsghdr {
    struct msghdr msg_hdr;
    unsigned msg_len;
};
#endif

/* What a header refers to. */
struct letter {
    struct sockaddr_storage address;
    struct wsn_control control;
    struct iovec iov;
};

/* ---- writing the address ----------------------------------------------- */

/* Dresses addr for the socket's family; false when it does not fit. */
static bool fit_to(const struct wsn_udp *udp, struct wsn_addr *addr)
{
    wsn_addr_unmap(addr);
    if (udp->dual_stack)
        wsn_addr_map(addr);
    return addr->family == udp->bound.family;
}

/* A socket bound to one address sends from it without being told. */
static void put_source(const struct wsn_udp *udp, const struct wsn_addr *from,
                       struct letter *letter, struct msghdr *msg)
{
    struct wsn_addr source = *from;

    if (wsn_addr_is_any(&udp->bound) && fit_to(udp, &source) &&
        !wsn_addr_is_any(&source))
        wsn_sockopt_put_source(msg, &letter->control, &source);
}

/* sendmsg() takes an iovec that could be written to, but only reads it. */
static void *readable(const void *bytes)
{
    return (void *)(uintptr_t)bytes;
}

/* Fills in letter and msg; false when to is not of the socket's family. */
static bool address(const struct wsn_udp *udp, const struct wsn_addr *to,
                    const struct wsn_addr *from, struct letter *letter,
                    struct msghdr *msg)
{
    struct wsn_addr peer = *to;

    if (!fit_to(udp, &peer))
        return false;
    memset(msg, 0, sizeof *msg);
    msg->msg_name = &letter->address;
    msg->msg_namelen = wsn_addr_to_sockaddr(&peer, &letter->address);
    msg->msg_iov = &letter->iov;
    msg->msg_iovlen = 1;
    if (from != NULL && from->family != WSN_FAMILY_NONE)
        put_source(udp, from, letter, msg);
    return true;
}

/* ---- cancellation ------------------------------------------------------- */

/* Calls that send are where a thread ends that is cancelled: it would take a
 * lock with it that the caller may hold. */
static int begin_sending(void)
{
    int state;

    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    return state;
}

static void end_sending(int state)
{
    (void)pthread_setcancelstate(state, &state);
}

/* ---- one datagram ------------------------------------------------------- */

/* sendto() has less to copy, and there is mostly nothing more to say. */
static ssize_t send_now(int fd, const struct msghdr *msg)
{
    if (msg->msg_control != NULL)
        return sendmsg(fd, msg, FLAGS);
    return sendto(fd, msg->msg_iov->iov_base, msg->msg_iov->iov_len, FLAGS,
                  msg->msg_name, msg->msg_namelen);
}

static bool send_once(const struct wsn_udp *udp, const struct msghdr *msg)
{
    ssize_t n;

    do {
        if (wsn_udp_is_faulty(WSN_UDP_CALL_SENDMSG))
            n = -1;
        else
            n = send_now(udp->fd, msg);
    } while (n < 0 && errno == EINTR);
    return n >= 0;
}

static wsn_err send_message(struct wsn_udp *udp, const struct msghdr *msg)
{
    int error = 0;
    int i;

    for (i = 0; i < WSN_UDP_PENDING_ERRORS_MAX; i++) {
        if (send_once(udp, msg))
            return WSN_OK;
        error = errno;
        if (!wsn_udp_may_be_anothers(error))
            break;
        wsn_udp_drain_errors(udp);
    }
    return wsn_udp_send_error(error);
}

wsn_err wsn_udp_send(struct wsn_udp *udp, const struct wsn_addr *to,
                     const struct wsn_addr *from, const void *bytes, size_t len)
{
    struct letter letter;
    struct msghdr msg;
    wsn_err err;
    int state;

    if (!address(udp, to, from, &letter, &msg))
        return SNMPAPI_TL_NOT_SUPPORTED;
    letter.iov.iov_base = readable(bytes);
    letter.iov.iov_len = len;
    state = begin_sending();
    err = send_message(udp, &msg);
    end_sending(state);
    return err;
}

/* ---- several ------------------------------------------------------------ */

/* How many of n the system has sent in one call; 0 when it has to be tried
 * with the first alone, which tells what is wrong. */
static unsigned send_at_once(const struct wsn_udp *udp, struct mmsghdr *headers,
                             unsigned n)
{
    int sent = -1;

#ifdef HAVE_SENDMMSG
    if (!wsn_udp_is_faulty(WSN_UDP_CALL_SENDMMSG))
        sent = sendmmsg(udp->fd, headers, n, FLAGS);
#else
    (void)udp, (void)headers, (void)n;
#endif
    return sent > 0 ? (unsigned)sent : 0;
}

static size_t send_messages(struct wsn_udp *udp, struct mmsghdr *headers,
                            unsigned n, wsn_err *ret_err)
{
    unsigned sent = 0;

    *ret_err = WSN_OK;
    while (sent < n && *ret_err == WSN_OK) {
        unsigned now = send_at_once(udp, &headers[sent], n - sent);

        if (now == 0)
            *ret_err = send_message(udp, &headers[sent].msg_hdr);
        sent += now != 0 ? now : *ret_err == WSN_OK;
    }
    return sent;
}

size_t wsn_udp_send_packets(struct wsn_udp *udp,
                            const struct wsn_packet *const *packets, size_t n,
                            wsn_err *ret_err)
{
    struct letter letters[WSN_UDP_SEND_MAX];
    struct mmsghdr headers[WSN_UDP_SEND_MAX];
    size_t sent;
    unsigned i;
    int state;

    for (i = 0; i < n && i < WSN_UDP_SEND_MAX; i++) {
        const struct wsn_packet *packet = packets[i];

        if (!address(udp, &packet->peer, &packet->local, &letters[i],
                     &headers[i].msg_hdr))
            break;
        letters[i].iov.iov_base = readable(packet->bytes);
        letters[i].iov.iov_len = packet->len;
    }
    if (i == 0) {
        *ret_err = SNMPAPI_TL_NOT_SUPPORTED;
        return 0;
    }
    state = begin_sending();
    sent = send_messages(udp, headers, i, ret_err);
    end_sending(state);
    return sent;
}

void wsn_udp_wait_for_room(const struct wsn_udp *udp, int time_ms)
{
    struct pollfd wanted = {.fd = udp->fd, .events = POLLOUT};
    int state;

    WSN_ASSERT_UNLOCKED();
    state = begin_sending();
    (void)poll(&wanted, 1, time_ms);
    end_sending(state);
}
