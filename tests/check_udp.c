/*
 * check_udp.c - UDP sockets on the loopback interface: what is sent arrives,
 * and a socket is what it was opened for.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "net/udp.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "support/suite.h"
#include "support/udp_make.h"
#include "winsnmp_types.h"

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

START_TEST(a_released_port_is_free_though_the_descriptor_lives)
{
    struct wsn_udp first;
    struct wsn_udp second;

    if (strcmp(hosts[_i], "::1") == 0 && !has_ipv6())
        return;
    open_udp(WSN_UDP_AGENT, hosts[_i], &first);
    ck_assert(wsn_udp_release_port(&first));
    wsn_udp_await_release(&first);
    assert_private(first.fd);
    ck_assert_int_eq(wsn_udp_recv(&first, batch), 0);
    ck_assert_uint_eq(
        try_open(WSN_UDP_TRAP, hosts[_i], first.bound.port, &second), WSN_OK);
    ck_assert_int_ne(first.fd, second.fd);
    wsn_udp_close(&first);
    wsn_udp_close(&second);
}
END_TEST

/* As a thread in the middle of a call that has no processor for a while. */
static void *hold_for_a_while(void *fd)
{
    uint64_t end_ms = wsn_clock_ms() + 15;

    while (wsn_clock_ms() < end_ms)
        (void)sched_yield();
    (void)close(*(int *)fd);
    return NULL;
}

/* False when it was waited for as long as promised, and the holder had no
 * processor all that time. */
static bool wait_for_a_released_port(void)
{
    struct wsn_udp first;
    struct wsn_udp second;
    pthread_t holder;
    uint64_t waited_ms;
    wsn_err err;
    int held;

    open_udp(WSN_UDP_AGENT, "127.0.0.1", &first);
    held = dup(first.fd);
    ck_assert_int_eq(pthread_create(&holder, NULL, hold_for_a_while, &held), 0);
    ck_assert(wsn_udp_release_port(&first));
    waited_ms = wsn_clock_ms();
    wsn_udp_await_release(&first);
    waited_ms = wsn_clock_ms() - waited_ms;
    err = try_open(WSN_UDP_TRAP, "127.0.0.1", first.bound.port, &second);
    ck_assert_int_eq(pthread_join(holder, NULL), 0);
    wsn_udp_close(&first);
    if (err != WSN_OK && waited_ms >= 100)
        return false;
    ck_assert_uint_eq(err, WSN_OK);
    wsn_udp_close(&second);
    return true;
}

START_TEST(a_released_port_is_waited_for)
{
    for (int tries = 1; !wait_for_a_released_port(); tries++)
        ck_assert_int_lt(tries, 5);
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
    tcase_add_loop_test(tcase,
                        a_released_port_is_free_though_the_descriptor_lives, 0,
                        N(hosts));
    tcase_add_test(tcase, a_released_port_is_waited_for);
    tcase_add_test(tcase, ipv4_and_ipv6_have_a_port_each);
    tcase_add_test(tcase, an_inherited_socket_is_as_good_as_an_own_one);
    tcase_add_test(tcase, an_inherited_socket_may_carry_both_families);
    tcase_add_test(tcase, what_is_no_bound_udp_socket_is_not_adopted);
    suite_add_tcase(suite, tcase);
}

static void fill(Suite *suite)
{
    fill_exchange(suite);
    fill_opening(suite);
}

SUITE_MAIN("net/udp", fill)
