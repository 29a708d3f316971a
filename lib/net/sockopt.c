/*
 * sockopt.c - see sockopt.h.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
/* Packet info (RFC 3542) and its kin are outside POSIX. */
#undef _POSIX_C_SOURCE
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define __APPLE_USE_RFC_3542

#include "net/sockopt.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>

#ifdef HAVE_LINUX_ERRQUEUE_H
#include <time.h>

#include <linux/errqueue.h>
#endif

/* BSD's default holds 9,216 bytes, which is less than one datagram. */
#define SEND_BYTES (128 * 1024)
#define RECEIVE_BYTES_MIN (64 * 1024)

static bool set_int(int fd, int level, int name, int value)
{
    return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

static int get_int(int fd, int level, int name)
{
    int value = 0;
    socklen_t len = sizeof value;

    if (getsockopt(fd, level, name, &value, &len) != 0)
        return 0;
    return value;
}

bool wsn_sockopt_is_udp(int fd)
{
    if (get_int(fd, SOL_SOCKET, SO_TYPE) != SOCK_DGRAM)
        return false;
#ifdef SO_PROTOCOL
    return get_int(fd, SOL_SOCKET, SO_PROTOCOL) == IPPROTO_UDP;
#else
    return true;
#endif
}

bool wsn_sockopt_takes_ipv4(int fd)
{
    int is_ipv6_only = 1;
    socklen_t len = sizeof is_ipv6_only;

    return getsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &is_ipv6_only, &len) ==
               0 &&
           is_ipv6_only == 0;
}

void wsn_sockopt_want_local(int fd, enum wsn_family family)
{
    if (family == WSN_FAMILY_IPV6) {
#ifdef IPV6_RECVPKTINFO
        (void)set_int(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
#endif
        return;
    }
#if defined(IP_PKTINFO)
    (void)set_int(fd, IPPROTO_IP, IP_PKTINFO, 1);
#elif defined(IP_RECVDSTADDR)
    (void)set_int(fd, IPPROTO_IP, IP_RECVDSTADDR, 1);
#endif
}

void wsn_sockopt_want_drops(int fd)
{
#ifdef HAVE_SO_RXQ_OVFL
    (void)set_int(fd, SOL_SOCKET, SO_RXQ_OVFL, 1);
#else
    (void)fd;
#endif
}

void wsn_sockopt_want_errors(int fd, enum wsn_family family)
{
#ifdef HAVE_LINUX_ERRQUEUE_H
    if (family == WSN_FAMILY_IPV6)
        (void)set_int(fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
    else
        (void)set_int(fd, IPPROTO_IP, IP_RECVERR, 1);
#else
    (void)fd;
    (void)family;
#endif
}

int wsn_sockopt_widen(int fd, int receive_bytes)
{
    int bytes = receive_bytes;

    /* Linux grants what it can; BSD refuses what is more than its limit. */
    while (bytes > RECEIVE_BYTES_MIN &&
           !set_int(fd, SOL_SOCKET, SO_RCVBUF, bytes))
        bytes /= 2;
    if (get_int(fd, SOL_SOCKET, SO_SNDBUF) < SEND_BYTES)
        (void)set_int(fd, SOL_SOCKET, SO_SNDBUF, SEND_BYTES);
    return get_int(fd, SOL_SOCKET, SO_RCVBUF);
}

bool wsn_sockopt_make_private(int fd)
{
    int status = fcntl(fd, F_GETFL);
    int flags = fcntl(fd, F_GETFD);

    return status >= 0 && flags >= 0 &&
           fcntl(fd, F_SETFL, status | O_NONBLOCK) == 0 &&
           fcntl(fd, F_SETFD, flags | FD_CLOEXEC) == 0;
}

/* ---- control messages ------------------------------------------------- */

static void local_from(enum wsn_family family, const void *host,
                       size_t host_len, struct wsn_addr *ret_local)
{
    wsn_addr_init(family, 0, ret_local);
    memcpy(ret_local->host, host, host_len);
}

/* The data behind cmsg is not aligned for its type: copy it out. */
static void read_ipv4(const struct cmsghdr *cmsg, struct wsn_addr *local)
{
#if defined(IP_PKTINFO)
    struct in_pktinfo in;

    if (cmsg->cmsg_type != IP_PKTINFO || cmsg->cmsg_len < CMSG_LEN(sizeof in))
        return;
    memcpy(&in, CMSG_DATA(cmsg), sizeof in);
    /* Of a broadcast, spec_dst is the address to answer from. */
    local_from(WSN_FAMILY_IPV4, &in.ipi_spec_dst, sizeof in.ipi_spec_dst,
               local);
#elif defined(IP_RECVDSTADDR)
    if (cmsg->cmsg_type == IP_RECVDSTADDR &&
        cmsg->cmsg_len >= CMSG_LEN(sizeof(struct in_addr)))
        local_from(WSN_FAMILY_IPV4, CMSG_DATA(cmsg), sizeof(struct in_addr),
                   local);
#else
    (void)cmsg;
    (void)local;
#endif
}

static void read_ipv6(const struct cmsghdr *cmsg, struct wsn_addr *local)
{
#ifdef IPV6_PKTINFO
    struct in6_pktinfo in6;

    if (cmsg->cmsg_type != IPV6_PKTINFO ||
        cmsg->cmsg_len < CMSG_LEN(sizeof in6))
        return;
    memcpy(&in6, CMSG_DATA(cmsg), sizeof in6);
    /* Nobody can answer from a multicast group. */
    if (IN6_IS_ADDR_MULTICAST(&in6.ipi6_addr))
        return;
    local_from(WSN_FAMILY_IPV6, &in6.ipi6_addr, sizeof in6.ipi6_addr, local);
    wsn_addr_set_scope(local, (uint32_t)in6.ipi6_ifindex);
#else
    (void)cmsg;
    (void)local;
#endif
}

static void read_socket_level(const struct cmsghdr *cmsg, uint32_t *drops)
{
#ifdef HAVE_SO_RXQ_OVFL
    if (cmsg->cmsg_type == SO_RXQ_OVFL &&
        cmsg->cmsg_len >= CMSG_LEN(sizeof *drops))
        memcpy(drops, CMSG_DATA(cmsg), sizeof *drops);
#else
    (void)cmsg;
    (void)drops;
#endif
}

/* CMSG_NXTHDR wants a msghdr that is not const, though it only reads. */
static struct cmsghdr *next_cmsg(struct msghdr *msg, struct cmsghdr *cmsg)
{
    return cmsg == NULL ? CMSG_FIRSTHDR(msg) : CMSG_NXTHDR(msg, cmsg);
}

void wsn_sockopt_read(struct msghdr *msg, struct wsn_addr *ret_local,
                      uint32_t *drops)
{
    struct cmsghdr *cmsg = NULL;

    wsn_addr_init(WSN_FAMILY_NONE, 0, ret_local);
    while ((cmsg = next_cmsg(msg, cmsg)) != NULL) {
        if (cmsg->cmsg_level == IPPROTO_IP)
            read_ipv4(cmsg, ret_local);
        else if (cmsg->cmsg_level == IPPROTO_IPV6)
            read_ipv6(cmsg, ret_local);
        else if (cmsg->cmsg_level == SOL_SOCKET)
            read_socket_level(cmsg, drops);
    }
}

#if defined(IP_PKTINFO) || defined(IP_SENDSRCADDR) || defined(IPV6_PKTINFO)
/* The one control message of msg. */
static void put(struct msghdr *msg, struct wsn_control *control, int level,
                int type, const void *data, size_t len)
{
    struct cmsghdr *cmsg;

    memset(control, 0, sizeof *control);
    msg->msg_control = control->bytes;
    msg->msg_controllen = CMSG_SPACE(len);
    cmsg = CMSG_FIRSTHDR(msg);
    assert(cmsg != NULL); /* control has room for any of them */
    cmsg->cmsg_level = level;
    cmsg->cmsg_type = type;
    cmsg->cmsg_len = CMSG_LEN(len);
    memcpy(CMSG_DATA(cmsg), data, len);
}
#endif

static void put_ipv4(struct msghdr *msg, struct wsn_control *control,
                     const struct wsn_addr *from)
{
#if defined(IP_PKTINFO)
    struct in_pktinfo in;

    memset(&in, 0, sizeof in);
    memcpy(&in.ipi_spec_dst, from->host, sizeof in.ipi_spec_dst);
    put(msg, control, IPPROTO_IP, IP_PKTINFO, &in, sizeof in);
#elif defined(IP_SENDSRCADDR)
    put(msg, control, IPPROTO_IP, IP_SENDSRCADDR, from->host,
        WSN_ADDR_IPV4_BYTES);
#else
    (void)msg;
    (void)control;
    (void)from;
#endif
}

static void put_ipv6(struct msghdr *msg, struct wsn_control *control,
                     const struct wsn_addr *from)
{
#ifdef IPV6_PKTINFO
    struct in6_pktinfo in6;

    memset(&in6, 0, sizeof in6);
    memcpy(&in6.ipi6_addr, from->host, sizeof in6.ipi6_addr);
    in6.ipi6_ifindex = from->scope_id;
    put(msg, control, IPPROTO_IPV6, IPV6_PKTINFO, &in6, sizeof in6);
#else
    (void)msg;
    (void)control;
    (void)from;
#endif
}

void wsn_sockopt_put_source(struct msghdr *msg, struct wsn_control *control,
                            const struct wsn_addr *from)
{
    if (from->family == WSN_FAMILY_IPV6)
        put_ipv6(msg, control, from);
    else
        put_ipv4(msg, control, from);
}

/* ---- the queue of errors ---------------------------------------------- */

#ifdef HAVE_LINUX_ERRQUEUE_H
static bool is_icmp(const struct cmsghdr *cmsg)
{
    struct sock_extended_err error;

    if (cmsg->cmsg_len < CMSG_LEN(sizeof error) ||
        !((cmsg->cmsg_level == IPPROTO_IP && cmsg->cmsg_type == IP_RECVERR) ||
          (cmsg->cmsg_level == IPPROTO_IPV6 &&
           cmsg->cmsg_type == IPV6_RECVERR)))
        return false;
    memcpy(&error, CMSG_DATA(cmsg), sizeof error);
    return error.ee_origin == SO_EE_ORIGIN_ICMP ||
           error.ee_origin == SO_EE_ORIGIN_ICMP6;
}

/* Takes one error off the queue; false when there is none. */
static bool take_error(int fd, bool *ret_icmp)
{
    struct wsn_control control;
    struct cmsghdr *cmsg = NULL;
    struct msghdr msg;
    char octet;
    struct iovec room = {&octet, sizeof octet};

    /* Nobody asks which bytes were refused: they are cut off.  There is room
     * for one, since emulators ignore a call without any. */
    memset(&msg, 0, sizeof msg);
    msg.msg_iov = &room;
    msg.msg_iovlen = 1;
    msg.msg_control = control.bytes;
    msg.msg_controllen = sizeof control.bytes;
    if (recvmsg(fd, &msg, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
        return false;
    *ret_icmp = false;
    while ((cmsg = next_cmsg(&msg, cmsg)) != NULL)
        *ret_icmp = *ret_icmp || is_icmp(cmsg);
    return true;
}

/* The system makes the socket readable again while there are more, and a
 * flood of them must not keep the thread here. */
#define ERRORS_IN_A_ROW 1024

unsigned wsn_sockopt_drain_errors(int fd)
{
    unsigned n_icmp = 0;
    bool icmp;

    for (int i = 0; i < ERRORS_IN_A_ROW && take_error(fd, &icmp); i++)
        n_icmp += icmp;
    return n_icmp;
}
#else
unsigned wsn_sockopt_drain_errors(int fd)
{
    (void)fd;
    return 0;
}
#endif
