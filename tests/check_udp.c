/*
 * check_udp.c - UDP sockets on the loopback interface.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "net/udp.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "support/suite.h"
#include "winsnmp_types.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))
#define PATIENCE_MS 20000

static struct wsn_udp_batch *batch;

static struct wsn_addr address(const char *text, uint16_t port)
{
    struct wsn_addr addr;

    ck_assert_msg(wsn_addr_parse(text, &addr), "%s", text);
    addr.port = port;
    return addr;
}

static wsn_err try_open(enum wsn_udp_use use, const char *text, uint16_t port,
                        struct wsn_udp *ret_udp)
{
    struct wsn_addr bind_to = address(text, port);

    return wsn_udp_open(use, &bind_to, ret_udp);
}

static void open_udp(enum wsn_udp_use use, const char *text,
                     struct wsn_udp *ret_udp)
{
    ck_assert_uint_eq(try_open(use, text, 0, ret_udp), WSN_OK);
}

/* Machines without IPv6 exist; a test of it has nothing to say there. */
static bool has_ipv6(void)
{
    struct wsn_udp udp;

    if (try_open(WSN_UDP_MANAGER, "::1", 0, &udp) != WSN_OK)
        return false;
    wsn_udp_close(&udp);
    return true;
}

static void wait_readable(const struct wsn_udp *udp)
{
    struct pollfd item = {udp->fd, POLLIN, 0};

    ck_assert_int_eq(poll(&item, 1, PATIENCE_MS), 1);
}

/* Waits for datagrams; errors of others may make the socket readable, too. */
static int receive(struct wsn_udp *udp)
{
    int n;

    do {
        wait_readable(udp);
        n = wsn_udp_recv(udp, batch);
        ck_assert_int_ge(n, 0);
    } while (n == 0);
    return n;
}

static const struct wsn_datagram *receive_one(struct wsn_udp *udp)
{
    ck_assert_int_eq(receive(udp), 1);
    return wsn_udp_batch_at(batch, 0);
}

static void send_text(struct wsn_udp *udp, const struct wsn_addr *to,
                      const char *text)
{
    ck_assert_uint_eq(wsn_udp_send(udp, to, NULL, text, strlen(text)), WSN_OK);
}

static void assert_text(const struct wsn_datagram *datagram, const char *text)
{
    ck_assert_uint_eq(datagram->len, strlen(text));
    ck_assert_mem_eq(datagram->bytes, text, strlen(text));
    ck_assert(!datagram->truncated);
}

static int lowest_free_fd(void)
{
    int fd = dup(STDOUT_FILENO);

    ck_assert_int_ge(fd, 0);
    close(fd);
    return fd;
}

/* ---- faults ----------------------------------------------------------- */

static enum wsn_udp_call faulty_call;
static int fault;
static int faults_left;

static int fail_maybe(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    if (call != faulty_call || faults_left == 0)
        return 0;
    faults_left--;
    return fault;
}

static const struct wsn_udp_faults faults = {fail_maybe, NULL};

static void inject(enum wsn_udp_call call, int error, int times)
{
    faulty_call = call;
    fault = error;
    faults_left = times;
    wsn_udp_set_faults(&faults);
}

#define FOR_EVER 1000000

static void set_up(void)
{
    batch = wsn_udp_batch_new();
    ck_assert_ptr_nonnull(batch);
}

static void tear_down(void)
{
    wsn_udp_set_faults(NULL);
    wsn_udp_batch_free(batch);
}

/* Receives one by one in every second run, as where recvmmsg() is missing. */
static void choose_receiver(int i)
{
    if (i % 2 == 1)
        inject(WSN_UDP_CALL_RECVMMSG, ENOSYS, 1);
}

/* ---- there and back --------------------------------------------------- */

static const char *const hosts[] = {"127.0.0.1", "127.0.0.1", "::1", "::1"};

START_TEST(a_datagram_goes_there_and_back)
{
    const struct wsn_datagram *datagram;
    struct wsn_udp manager;
    struct wsn_udp agent;

    if (strcmp(hosts[_i], "::1") == 0 && !has_ipv6())
        return;
    open_udp(WSN_UDP_MANAGER, hosts[_i], &manager);
    open_udp(WSN_UDP_AGENT, hosts[_i], &agent);
    ck_assert_uint_ne(agent.bound.port, 0);
    choose_receiver(_i);
    send_text(&manager, &agent.bound, "request");
    datagram = receive_one(&agent);
    assert_text(datagram, "request");
    ck_assert(wsn_addr_equal(&datagram->peer, &manager.bound));
    ck_assert(wsn_addr_equal(&datagram->local, &agent.bound));
    ck_assert_uint_eq(
        wsn_udp_send(&agent, &datagram->peer, &datagram->local, "response", 8),
        WSN_OK);
    datagram = receive_one(&manager);
    assert_text(datagram, "response");
    ck_assert(wsn_addr_equal(&datagram->peer, &agent.bound));
    wsn_udp_close(&manager);
    wsn_udp_close(&agent);
}
END_TEST

#ifdef __linux__
struct wildcard {
    const char *any;
    const char *host;
};

static const struct wildcard wildcards[] = {
    {"0.0.0.0", "127.0.0.1"}, {"0.0.0.0", "127.0.0.2"}, {"::", "::1"}};

START_TEST(a_wildcard_socket_answers_from_where_it_was_asked)
{
    const struct wsn_datagram *datagram;
    struct wsn_udp manager;
    struct wsn_udp agent;
    struct wsn_addr asked;

    if (strcmp(wildcards[_i].any, "::") == 0 && !has_ipv6())
        return;
    open_udp(WSN_UDP_MANAGER, wildcards[_i].any, &manager);
    open_udp(WSN_UDP_AGENT, wildcards[_i].any, &agent);
    asked = address(wildcards[_i].host, agent.bound.port);
    send_text(&manager, &asked, "request");
    datagram = receive_one(&agent);
    ck_assert(wsn_addr_equal(&datagram->local, &asked));
    ck_assert_uint_eq(
        wsn_udp_send(&agent, &datagram->peer, &datagram->local, "x", 1),
        WSN_OK);
    datagram = receive_one(&manager);
    ck_assert(wsn_addr_equal(&datagram->peer, &asked));
    wsn_udp_close(&manager);
    wsn_udp_close(&agent);
}
END_TEST
#endif

START_TEST(a_manager_need_not_know_its_own_address)
{
    const struct wsn_datagram *datagram;
    struct wsn_udp manager;
    struct wsn_udp agent;
    struct wsn_addr to;

    open_udp(WSN_UDP_MANAGER, "0.0.0.0", &manager);
    open_udp(WSN_UDP_AGENT, "127.0.0.1", &agent);
    to = address("127.0.0.1", manager.bound.port);
    send_text(&agent, &to, "x");
    datagram = receive_one(&manager);
    ck_assert_int_eq(datagram->local.family, WSN_FAMILY_NONE);
    ck_assert_uint_eq(datagram->local.port, manager.bound.port);
    wsn_udp_close(&manager);
    wsn_udp_close(&agent);
}
END_TEST

START_TEST(an_empty_datagram_is_a_datagram)
{
    const struct wsn_datagram *datagram;
    struct wsn_udp udp;

    choose_receiver(_i);
    open_udp(WSN_UDP_AGENT, "127.0.0.1", &udp);
    ck_assert_uint_eq(wsn_udp_send(&udp, &udp.bound, NULL, NULL, 0), WSN_OK);
    datagram = receive_one(&udp);
    ck_assert_uint_eq(datagram->len, 0);
    ck_assert(wsn_addr_equal(&datagram->peer, &udp.bound));
    ck_assert_int_eq(wsn_udp_recv(&udp, batch), 0);
    wsn_udp_close(&udp);
}
END_TEST

struct limit {
    const char *host;
    size_t max_len;
};

/* 2^16 - 1 without the UDP header and, in IPv4, without the IP header. */
static const struct limit limits[] = {{"127.0.0.1", 65507}, {"::1", 65527}};

START_TEST(the_largest_datagram_passes_and_a_larger_one_is_too_big)
{
    static unsigned char bytes[65536];
    const struct wsn_datagram *datagram;
    size_t len = limits[_i].max_len;
    struct wsn_udp udp;
    size_t i;

    if (strcmp(limits[_i].host, "::1") == 0 && !has_ipv6())
        return;
    for (i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 31);
    open_udp(WSN_UDP_MANAGER, limits[_i].host, &udp);
    ck_assert_uint_eq(wsn_udp_send(&udp, &udp.bound, NULL, bytes, len + 1),
                      SNMPAPI_TL_PDU_TOO_BIG);
    ck_assert_uint_eq(wsn_udp_send(&udp, &udp.bound, NULL, bytes, 65536),
                      SNMPAPI_TL_PDU_TOO_BIG);
    ck_assert_uint_eq(wsn_udp_send(&udp, &udp.bound, NULL, bytes, len), WSN_OK);
    datagram = receive_one(&udp);
    ck_assert_uint_eq(datagram->len, len);
    ck_assert_int_eq(memcmp(datagram->bytes, bytes, len), 0);
    ck_assert(!datagram->truncated);
    ck_assert_uint_eq(atomic_load(&udp.unreachable), 0);
    wsn_udp_close(&udp);
}
END_TEST

START_TEST(many_datagrams_come_in_batches_and_in_order)
{
    enum { MANY = WSN_UDP_BATCH_MAX + 36 };
    struct wsn_udp udp;
    unsigned char i;
    unsigned char seen = 0;
    int n;

    choose_receiver(_i);
    open_udp(WSN_UDP_AGENT, "127.0.0.1", &udp);
    for (i = 0; i < MANY; i++)
        ck_assert_uint_eq(wsn_udp_send(&udp, &udp.bound, NULL, &i, 1), WSN_OK);
    while ((n = wsn_udp_recv(&udp, batch)) > 0) {
        ck_assert_int_eq(n, seen == 0 ? WSN_UDP_BATCH_MAX : 36);
        for (i = 0; i < n; i++)
            ck_assert_uint_eq(wsn_udp_batch_at(batch, i)->bytes[0], seen++);
    }
    ck_assert_int_eq(n, 0);
    ck_assert_uint_eq(seen, MANY);
    wsn_udp_close(&udp);
}
END_TEST

START_TEST(mapped_destinations_are_plain_ones)
{
    struct wsn_udp udp;
    struct wsn_addr to;

    open_udp(WSN_UDP_AGENT, "127.0.0.1", &udp);
    to = address("::ffff:127.0.0.1", udp.bound.port);
    send_text(&udp, &to, "x");
    assert_text(receive_one(&udp), "x");
    wsn_udp_close(&udp);
}
END_TEST

START_TEST(foreign_families_are_not_carried)
{
    struct wsn_addr ipx = address("0000000A:00C0FFEE0001", 36879);
    struct wsn_addr ipv6 = address("::1", 161);
    struct wsn_udp udp;

    open_udp(WSN_UDP_MANAGER, "127.0.0.1", &udp);
    ck_assert_uint_eq(wsn_udp_send(&udp, &ipx, NULL, "x", 1),
                      SNMPAPI_TL_NOT_SUPPORTED);
    ck_assert_uint_eq(wsn_udp_send(&udp, &ipv6, NULL, "x", 1),
                      SNMPAPI_TL_NOT_SUPPORTED);
    wsn_udp_close(&udp);
}
END_TEST

/* ---- options ---------------------------------------------------------- */

static void assert_private(int fd)
{
    ck_assert_int_ne(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
    ck_assert_int_ne(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
}

START_TEST(a_socket_blocks_nobody_and_is_not_inherited)
{
    struct wsn_udp udp;

    open_udp((enum wsn_udp_use)_i, "127.0.0.1", &udp);
    assert_private(udp.fd);
    ck_assert_int_ge(udp.rcvbuf_bytes, 64 * 1024);
    ck_assert_int_eq(wsn_udp_recv(&udp, batch), 0);
    wsn_udp_close(&udp);
    ck_assert_int_eq(udp.fd, -1);
    wsn_udp_close(&udp);
}
END_TEST

static const wsn_err taken[] = {SNMPAPI_TL_OTHER, SNMPAPI_TL_IN_USE,
                                SNMPAPI_TL_OTHER};

START_TEST(a_port_belongs_to_one_socket)
{
    struct wsn_udp first;
    struct wsn_udp second;
    int fd;

    open_udp(WSN_UDP_AGENT, "127.0.0.1", &first);
    fd = lowest_free_fd();
    ck_assert_uint_eq(
        try_open((enum wsn_udp_use)_i, "127.0.0.1", first.bound.port, &second),
        taken[_i]);
    ck_assert_uint_eq(
        try_open((enum wsn_udp_use)_i, "0.0.0.0", first.bound.port, &second),
        taken[_i]);
    ck_assert_int_eq(lowest_free_fd(), fd);
    wsn_udp_close(&first);
}
END_TEST

START_TEST(ipv4_and_ipv6_have_a_port_each)
{
    struct wsn_udp ipv4;
    struct wsn_udp ipv6;

    if (!has_ipv6())
        return;
    open_udp(WSN_UDP_TRAP, "::", &ipv6);
    /* Somebody else may have the IPv4 port; it must not be us. */
    if (try_open(WSN_UDP_TRAP, "127.0.0.1", ipv6.bound.port, &ipv4) == WSN_OK) {
        send_text(&ipv4, &ipv4.bound, "x");
        assert_text(receive_one(&ipv4), "x");
        wsn_udp_close(&ipv4);
    }
    ck_assert_int_eq(wsn_udp_recv(&ipv6, batch), 0);
    wsn_udp_close(&ipv6);
}
END_TEST

/* ---- inherited sockets ------------------------------------------------ */

static int bound_socket(int domain, int type, const char *text)
{
    struct wsn_addr addr = address(text, 0);
    struct sockaddr_storage storage;
    socklen_t len = wsn_addr_to_sockaddr(&addr, &storage);
    int fd = socket(domain, type, 0);
    int off = 0;

    ck_assert_int_ge(fd, 0);
    if (domain == AF_INET6)
        ck_assert_int_eq(
            setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off), 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&storage, len), 0);
    return fd;
}

START_TEST(an_inherited_socket_is_as_good_as_an_own_one)
{
    int fd = bound_socket(AF_INET, SOCK_DGRAM, "127.0.0.1");
    struct wsn_udp udp;

    ck_assert_uint_eq(wsn_udp_adopt(fd, WSN_UDP_TRAP, &udp), WSN_OK);
    ck_assert_int_eq(udp.fd, fd);
    ck_assert_uint_ne(udp.bound.port, 0);
    assert_private(fd);
    send_text(&udp, &udp.bound, "trap");
    assert_text(receive_one(&udp), "trap");
    wsn_udp_close(&udp);
}
END_TEST

START_TEST(an_inherited_socket_may_carry_both_families)
{
    const struct wsn_datagram *datagram;
    struct wsn_udp manager;
    struct wsn_udp both;
    struct wsn_addr asked;

    if (!has_ipv6())
        return;
    ck_assert_uint_eq(wsn_udp_adopt(bound_socket(AF_INET6, SOCK_DGRAM, "::"),
                                    WSN_UDP_AGENT, &both),
                      WSN_OK);
    open_udp(WSN_UDP_MANAGER, "127.0.0.1", &manager);
    asked = address("127.0.0.1", both.bound.port);
    send_text(&manager, &asked, "request");
    datagram = receive_one(&both);
    ck_assert_int_eq(datagram->peer.family, WSN_FAMILY_IPV4);
    ck_assert(wsn_addr_equal(&datagram->peer, &manager.bound));
    ck_assert_int_eq(datagram->local.family, WSN_FAMILY_IPV4);
    ck_assert_uint_eq(
        wsn_udp_send(&both, &datagram->peer, &datagram->local, "x", 1), WSN_OK);
    datagram = receive_one(&manager);
    ck_assert(wsn_addr_equal(&datagram->peer, &asked));
    wsn_udp_close(&manager);
    wsn_udp_close(&both);
}
END_TEST

static void assert_not_adopted(int fd)
{
    struct wsn_udp udp;

    ck_assert_uint_eq(wsn_udp_adopt(fd, WSN_UDP_TRAP, &udp),
                      SNMPAPI_TL_NOT_INITIALIZED);
    ck_assert_uint_eq(wsn_udp_adopt(fd, WSN_UDP_AGENT, &udp), SNMPAPI_TL_OTHER);
    ck_assert_uint_eq(wsn_udp_adopt(fd, WSN_UDP_MANAGER, &udp),
                      SNMPAPI_TL_OTHER);
    ck_assert_int_eq(close(fd), 0);
}

START_TEST(what_is_no_bound_udp_socket_is_not_adopted)
{
    struct wsn_udp udp;
    int fds[2];

    assert_not_adopted(bound_socket(AF_INET, SOCK_STREAM, "127.0.0.1"));
    assert_not_adopted(socket(AF_INET, SOCK_DGRAM, 0));
    assert_not_adopted(socket(AF_UNIX, SOCK_DGRAM, 0));
    ck_assert_int_eq(pipe(fds), 0);
    assert_not_adopted(fds[0]);
    assert_not_adopted(fds[1]);
    ck_assert_uint_eq(wsn_udp_adopt(-1, WSN_UDP_TRAP, &udp),
                      SNMPAPI_TL_NOT_INITIALIZED);
}
END_TEST

/* ---- what errors mean ------------------------------------------------- */

struct open_case {
    enum wsn_udp_use use;
    int error;
    wsn_err of_socket;
    wsn_err of_bind;
};

static const struct open_case open_cases[] = {
    {WSN_UDP_MANAGER, EMFILE, SNMPAPI_TL_RESOURCE_ERROR,
     SNMPAPI_TL_RESOURCE_ERROR},
    {WSN_UDP_MANAGER, ENFILE, SNMPAPI_TL_RESOURCE_ERROR,
     SNMPAPI_TL_RESOURCE_ERROR},
    {WSN_UDP_MANAGER, ENOBUFS, SNMPAPI_TL_RESOURCE_ERROR,
     SNMPAPI_TL_RESOURCE_ERROR},
    {WSN_UDP_MANAGER, ENOMEM, SNMPAPI_TL_RESOURCE_ERROR,
     SNMPAPI_TL_RESOURCE_ERROR},
    {WSN_UDP_MANAGER, EAFNOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED,
     SNMPAPI_TL_NOT_SUPPORTED},
    {WSN_UDP_MANAGER, EPROTONOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED,
     SNMPAPI_TL_NOT_SUPPORTED},
    {WSN_UDP_MANAGER, ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE,
     SNMPAPI_TL_NOT_AVAILABLE},
    {WSN_UDP_MANAGER, EACCES, SNMPAPI_TL_OTHER, SNMPAPI_TL_OTHER},
    {WSN_UDP_TRAP, EADDRINUSE, SNMPAPI_TL_IN_USE, SNMPAPI_TL_IN_USE},
    {WSN_UDP_TRAP, EACCES, SNMPAPI_TL_NOT_INITIALIZED,
     SNMPAPI_TL_NOT_INITIALIZED},
    {WSN_UDP_TRAP, EPERM, SNMPAPI_TL_NOT_INITIALIZED,
     SNMPAPI_TL_NOT_INITIALIZED},
    {WSN_UDP_TRAP, EMFILE, SNMPAPI_TL_NOT_INITIALIZED,
     SNMPAPI_TL_NOT_INITIALIZED},
    {WSN_UDP_TRAP, ENOMEM, SNMPAPI_TL_NOT_INITIALIZED,
     SNMPAPI_TL_NOT_INITIALIZED},
    {WSN_UDP_TRAP, ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE,
     SNMPAPI_TL_NOT_AVAILABLE},
    {WSN_UDP_TRAP, EAFNOSUPPORT, SNMPAPI_TL_NOT_AVAILABLE,
     SNMPAPI_TL_NOT_AVAILABLE},
    {WSN_UDP_TRAP, EADDRNOTAVAIL, SNMPAPI_TL_NOT_INITIALIZED,
     SNMPAPI_TL_NOT_INITIALIZED},
    {WSN_UDP_AGENT, EMFILE, SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_OTHER},
    {WSN_UDP_AGENT, EAFNOSUPPORT, SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_OTHER},
    {WSN_UDP_AGENT, EADDRINUSE, SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_OTHER},
    {WSN_UDP_AGENT, EACCES, SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_OTHER},
    {WSN_UDP_AGENT, EADDRNOTAVAIL, SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_OTHER},
};

START_TEST(a_socket_that_cannot_be_opened_says_why)
{
    const struct open_case *c = &open_cases[_i];
    struct wsn_udp udp;
    int fd = lowest_free_fd();

    inject(WSN_UDP_CALL_SOCKET, c->error, 1);
    ck_assert_uint_eq(try_open(c->use, "127.0.0.1", 0, &udp), c->of_socket);
    inject(WSN_UDP_CALL_BIND, c->error, 1);
    ck_assert_uint_eq(try_open(c->use, "127.0.0.1", 0, &udp), c->of_bind);
    ck_assert_int_eq(lowest_free_fd(), fd);
}
END_TEST

static const wsn_err no_ipx[] = {SNMPAPI_TL_NOT_SUPPORTED,
                                 SNMPAPI_TL_NOT_AVAILABLE,
                                 SNMPAPI_TL_RESOURCE_ERROR};

START_TEST(there_is_no_ipx)
{
    struct wsn_udp udp;

    ck_assert_uint_eq(
        try_open((enum wsn_udp_use)_i, "0000000A:00C0FFEE0001", 0, &udp),
        no_ipx[_i]);
}
END_TEST

struct send_case {
    int error;
    wsn_err code;
};

static const struct send_case send_cases[] = {
    {EMSGSIZE, SNMPAPI_TL_PDU_TOO_BIG},
    {ENOBUFS, SNMPAPI_TL_RESOURCE_ERROR},
    {ENOMEM, SNMPAPI_TL_RESOURCE_ERROR},
    {ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE},
    {EAFNOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED},
    {EPROTONOSUPPORT, SNMPAPI_TL_NOT_SUPPORTED},
    {EINVAL, SNMPAPI_TL_INVALID_PARAM},
    {EDESTADDRREQ, SNMPAPI_TL_INVALID_PARAM},
    {EADDRNOTAVAIL, SNMPAPI_TL_SRC_INVALID},
    {ENETUNREACH, SNMPAPI_TL_UNDELIVERABLE},
    {EHOSTUNREACH, SNMPAPI_TL_UNDELIVERABLE},
    {EAGAIN, WSN_UDP_AGAIN},
    {EWOULDBLOCK, WSN_UDP_AGAIN},
    {EPERM, SNMPAPI_TL_OTHER},
    {EACCES, SNMPAPI_TL_OTHER},
    {ECONNREFUSED, SNMPAPI_TL_OTHER},
    {EIO, SNMPAPI_TL_OTHER},
};

START_TEST(a_datagram_that_cannot_be_sent_says_why)
{
    struct wsn_udp udp;

    open_udp(WSN_UDP_MANAGER, "127.0.0.1", &udp);
    inject(WSN_UDP_CALL_SENDMSG, send_cases[_i].error, FOR_EVER);
    ck_assert_uint_eq(wsn_udp_send(&udp, &udp.bound, NULL, "x", 1),
                      send_cases[_i].code);
    wsn_udp_close(&udp);
}
END_TEST

START_TEST(again_is_no_code_of_the_application)
{
    ck_assert_uint_gt(WSN_UDP_AGAIN, 0xffff);
}
END_TEST

/* Errors that belong to another datagram, or to nobody. */
static const int passing_errors[] = {EINTR, ECONNREFUSED, EHOSTUNREACH,
                                     ENETUNREACH};

START_TEST(a_passing_error_is_not_ours)
{
    struct wsn_udp udp;

    open_udp(WSN_UDP_MANAGER, "127.0.0.1", &udp);
    inject(WSN_UDP_CALL_SENDMSG, passing_errors[_i], 1);
    send_text(&udp, &udp.bound, "x");
    ck_assert_int_eq(faults_left, 0);
    wait_readable(&udp);
#ifdef HAVE_RECVMMSG
    inject(WSN_UDP_CALL_RECVMMSG, passing_errors[_i], 1);
#else
    inject(WSN_UDP_CALL_RECVMSG, passing_errors[_i], 1);
#endif
    ck_assert_int_eq(wsn_udp_recv(&udp, batch), 1);
    ck_assert_int_eq(faults_left, 0);
    wsn_udp_close(&udp);
}
END_TEST

static const int lasting_errors[] = {ENOMEM, ENOBUFS, EBADF, ECONNREFUSED};

START_TEST(a_lasting_error_is_reported)
{
    struct wsn_udp udp;

    open_udp(WSN_UDP_MANAGER, "127.0.0.1", &udp);
    send_text(&udp, &udp.bound, "x");
    wait_readable(&udp);
#ifdef HAVE_RECVMMSG
    inject(WSN_UDP_CALL_RECVMMSG, lasting_errors[_i], FOR_EVER);
#else
    inject(WSN_UDP_CALL_RECVMSG, lasting_errors[_i], FOR_EVER);
#endif
    ck_assert_int_eq(wsn_udp_recv(&udp, batch), -1);
    wsn_udp_set_faults(NULL);
    ck_assert_int_eq(wsn_udp_recv(&udp, batch), 1);
    wsn_udp_close(&udp);
}
END_TEST

static bool refuse(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    return false;
}

static void ignore(void *arg)
{
    (void)arg;
}

START_TEST(short_memory_gives_no_batch)
{
    static const struct wsn_alloc_hook hook = {refuse, ignore, NULL};

    wsn_alloc_set_hook(&hook);
    ck_assert_ptr_null(wsn_udp_batch_new());
    wsn_alloc_set_hook(NULL);
    wsn_udp_batch_free(NULL);
}
END_TEST

/* ---- bad neighbours --------------------------------------------------- */

/* Nobody else can have the port of udp, so this address is deaf. */
static struct wsn_addr deaf_neighbour(const struct wsn_udp *udp)
{
    const char *host =
        udp->bound.family == WSN_FAMILY_IPV6 ? "::1" : "127.0.0.9";
    struct wsn_addr addr = address(host, udp->bound.port);

    /* IPv6 has one loopback address; port 1 has been free since 1988. */
    if (udp->bound.family == WSN_FAMILY_IPV6)
        addr.port = 1;
    return addr;
}

static const char *const refusing_hosts[] = {"127.0.0.1", "::1"};

START_TEST(a_refusing_host_does_not_disturb_the_others)
{
    enum { ROUNDS = 200 };
    const char *host = refusing_hosts[_i];
    struct wsn_udp manager;
    struct wsn_udp agent;
    struct wsn_addr deaf;
    int received = 0;
    int i;

    if (strcmp(host, "::1") == 0 && !has_ipv6())
        return;
    open_udp(WSN_UDP_MANAGER, host, &manager);
    open_udp(WSN_UDP_AGENT, host, &agent);
    deaf = deaf_neighbour(&agent);
    for (i = 0; i < ROUNDS; i++) {
        send_text(&manager, &deaf, "anybody?");
        send_text(&manager, &agent.bound, "request");
    }
    while (received < ROUNDS)
        received += receive(&agent);
    ck_assert_int_eq(received, ROUNDS);
    ck_assert_int_eq(wsn_udp_recv(&manager, batch), 0);
    send_text(&agent, &manager.bound, "response");
    assert_text(receive_one(&manager), "response");
    wsn_udp_close(&manager);
    wsn_udp_close(&agent);
}
END_TEST

#ifdef HAVE_LINUX_ERRQUEUE_H
START_TEST(refusals_are_counted_and_leave_the_socket_quiet)
{
    struct pollfd item;
    struct wsn_udp manager;
    struct wsn_udp agent;
    struct wsn_addr deaf;

    open_udp(WSN_UDP_MANAGER, "127.0.0.1", &manager);
    open_udp(WSN_UDP_AGENT, "127.0.0.1", &agent);
    deaf = deaf_neighbour(&agent);
    send_text(&manager, &deaf, "anybody?");
    wait_readable(&manager);
    ck_assert_int_eq(wsn_udp_recv(&manager, batch), 0);
    ck_assert_uint_eq(atomic_load(&manager.unreachable), 1);
    item.fd = manager.fd;
    item.events = POLLIN;
    ck_assert_int_eq(poll(&item, 1, 0), 0);
    wsn_udp_close(&manager);
    wsn_udp_close(&agent);
}
END_TEST
#endif

#ifdef HAVE_SO_RXQ_OVFL
START_TEST(what_the_kernel_drops_is_counted)
{
    enum { SENT = 1000 };
    int small = 4096;
    unsigned received = 0;
    struct wsn_udp udp;
    int n;
    int i;

    open_udp(WSN_UDP_TRAP, "127.0.0.1", &udp);
    ck_assert_int_eq(
        setsockopt(udp.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
    for (i = 0; i < SENT; i++)
        send_text(&udp, &udp.bound, "flood");
    while ((n = wsn_udp_recv(&udp, batch)) > 0)
        received += (unsigned)n;
    ck_assert_uint_lt(received, SENT);
    /* The count comes with the next datagram that is not dropped. */
    send_text(&udp, &udp.bound, "last");
    assert_text(receive_one(&udp), "last");
    ck_assert_uint_eq(atomic_load(&udp.kernel_drops) + received, SENT);
    wsn_udp_close(&udp);
}
END_TEST
#endif

/* ---- many threads ----------------------------------------------------- */

#define SENDERS 4
#define SENDS 80

struct sending {
    struct wsn_udp *udp;
    struct wsn_addr to;
    struct wsn_addr deaf;
    int failed;
};

static void *send_many(void *arg)
{
    struct sending *sending = arg;
    int i;

    for (i = 0; i < SENDS; i++) {
        (void)wsn_udp_send(sending->udp, &sending->deaf, NULL, "x", 1);
        if (wsn_udp_send(sending->udp, &sending->to, NULL, "x", 1) != WSN_OK)
            sending->failed++;
    }
    return NULL;
}

START_TEST(any_number_of_threads_may_send)
{
    struct sending sendings[SENDERS];
    pthread_t threads[SENDERS];
    struct wsn_udp manager;
    struct wsn_udp agent;
    int received = 0;
    int failed = 0;
    int i;

    open_udp(WSN_UDP_MANAGER, "127.0.0.1", &manager);
    open_udp(WSN_UDP_AGENT, "127.0.0.1", &agent);
    for (i = 0; i < SENDERS; i++) {
        sendings[i].udp = &manager;
        sendings[i].to = agent.bound;
        sendings[i].deaf = deaf_neighbour(&agent);
        sendings[i].failed = 0;
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, send_many, &sendings[i]), 0);
    }
    for (i = 0; i < SENDERS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
        failed += sendings[i].failed;
    }
    while (received < SENDERS * SENDS - failed)
        received += receive(&agent);
    /* Four refusals in a row may be one's lot, but not as a rule. */
    ck_assert_int_le(failed, SENDERS * SENDS / 100);
    wsn_udp_close(&manager);
    wsn_udp_close(&agent);
}
END_TEST

static TCase *new_tcase(const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    return tcase;
}

static void fill_exchange(Suite *suite)
{
    TCase *tcase = new_tcase("exchange");

    tcase_add_loop_test(tcase, a_datagram_goes_there_and_back, 0, N(hosts));
#ifdef __linux__
    tcase_add_loop_test(tcase,
                        a_wildcard_socket_answers_from_where_it_was_asked, 0,
                        N(wildcards));
#endif
    tcase_add_test(tcase, a_manager_need_not_know_its_own_address);
    tcase_add_loop_test(tcase, an_empty_datagram_is_a_datagram, 0, 2);
    tcase_add_loop_test(tcase,
                        the_largest_datagram_passes_and_a_larger_one_is_too_big,
                        0, N(limits));
    tcase_add_loop_test(tcase, many_datagrams_come_in_batches_and_in_order, 0,
                        2);
    tcase_add_test(tcase, mapped_destinations_are_plain_ones);
    tcase_add_test(tcase, foreign_families_are_not_carried);
    suite_add_tcase(suite, tcase);
}

static void fill_opening(Suite *suite)
{
    TCase *tcase = new_tcase("opening");

    tcase_add_loop_test(tcase, a_socket_blocks_nobody_and_is_not_inherited, 0,
                        3);
    tcase_add_loop_test(tcase, a_port_belongs_to_one_socket, 0, N(taken));
    tcase_add_test(tcase, ipv4_and_ipv6_have_a_port_each);
    tcase_add_test(tcase, an_inherited_socket_is_as_good_as_an_own_one);
    tcase_add_test(tcase, an_inherited_socket_may_carry_both_families);
    tcase_add_test(tcase, what_is_no_bound_udp_socket_is_not_adopted);
    suite_add_tcase(suite, tcase);
}

static void fill_errors(Suite *suite)
{
    TCase *tcase = new_tcase("errors");

    tcase_add_loop_test(tcase, a_socket_that_cannot_be_opened_says_why, 0,
                        N(open_cases));
    tcase_add_loop_test(tcase, there_is_no_ipx, 0, N(no_ipx));
    tcase_add_loop_test(tcase, a_datagram_that_cannot_be_sent_says_why, 0,
                        N(send_cases));
    tcase_add_test(tcase, again_is_no_code_of_the_application);
    tcase_add_loop_test(tcase, a_passing_error_is_not_ours, 0,
                        N(passing_errors));
    tcase_add_loop_test(tcase, a_lasting_error_is_reported, 0,
                        N(lasting_errors));
    tcase_add_test(tcase, short_memory_gives_no_batch);
    suite_add_tcase(suite, tcase);
}

static void fill_neighbours(Suite *suite)
{
    TCase *tcase = new_tcase("neighbours");

    tcase_add_loop_test(tcase, a_refusing_host_does_not_disturb_the_others, 0,
                        N(refusing_hosts));
#ifdef HAVE_LINUX_ERRQUEUE_H
    tcase_add_test(tcase, refusals_are_counted_and_leave_the_socket_quiet);
#endif
#ifdef HAVE_SO_RXQ_OVFL
    tcase_add_test(tcase, what_the_kernel_drops_is_counted);
#endif
    tcase_add_test(tcase, any_number_of_threads_may_send);
    suite_add_tcase(suite, tcase);
}

static void fill(Suite *suite)
{
    fill_exchange(suite);
    fill_opening(suite);
    fill_errors(suite);
    fill_neighbours(suite);
}

SUITE_MAIN("net/udp", fill)
