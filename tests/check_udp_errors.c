/*
 * check_udp_errors.c - what goes wrong with UDP sockets, what it is called,
 * and whom it must not disturb.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#ifdef HAVE_SO_RXQ_OVFL
#define _GNU_SOURCE /* for SO_RXQ_OVFL */
#endif

#include "net/udp.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>

#include "base/alloc.h"
#include "net/udp_drops.h"
#include "support/suite.h"
#include "support/udp_make.h"
#include "winsnmp_types.h"

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
/* Emulators refuse the option. */
static bool counts_drops(const struct wsn_udp *udp)
{
    int is_on = 0;
    socklen_t len = sizeof is_on;

    return getsockopt(udp->fd, SOL_SOCKET, SO_RXQ_OVFL, &is_on, &len) == 0 &&
           is_on != 0;
}

START_TEST(what_the_kernel_drops_is_counted)
{
    enum { SENT = 1000 };
    int small = 4096;
    unsigned received = 0;
    struct wsn_udp udp;
    int n;
    int i;

    open_udp(WSN_UDP_TRAP, "127.0.0.1", &udp);
    if (!counts_drops(&udp)) {
        wsn_udp_close(&udp);
        return;
    }
    ck_assert_int_eq(
        setsockopt(udp.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
    for (i = 0; i < SENT; i++)
        send_text(&udp, &udp.bound, "flood");
    while ((n = wsn_udp_recv(&udp, batch)) > 0)
        received += (unsigned)n;
    ck_assert_uint_lt(received, SENT);
#ifdef HAVE_SO_MEMINFO
    wsn_udp_look_for_drops(&udp);
    ck_assert_uint_eq(atomic_load(&udp.kernel_drops) + received, SENT);
#endif
    /* At the latest the count comes with the next datagram. */
    send_text(&udp, &udp.bound, "last");
    assert_text(receive_one(&udp), "last");
    wsn_udp_look_for_drops(&udp);
    wsn_udp_note_drops(&udp, 0); /* an old count, that comes late */
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
    fill_errors(suite);
    fill_neighbours(suite);
}

SUITE_MAIN("net/udp_errors", fill)
