/*
 * check_api_overlap.c - calls that end something in the middle of calls that
 * use it.  A system call is where the middle is: it runs what a test wants
 * another thread to do just then.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/udp.h"
#include "support/api.h"
#include "support/free_port.h"

#define PATIENCE_MS 20000

/* ---- in the middle of a send ------------------------------------------- */

/* More than the library makes in one call. */
#define TRIES 10

static void (*_Atomic act_in_the_middle)(void); /* once */
static int error_of_send;
static atomic_int n_failures; /* how many times */

static int in_the_middle(void *arg, enum wsn_udp_call call)
{
    void (*act)(void);

    (void)arg;
    if (call != WSN_UDP_CALL_SENDMSG)
        return 0;
    act = atomic_exchange(&act_in_the_middle, NULL);
    if (act != NULL)
        act();
    return atomic_fetch_sub(&n_failures, 1) > 0 ? error_of_send : 0;
}

static void during_send(void (*act)(void), int error, int times)
{
    static const struct wsn_udp_faults faults = {in_the_middle, NULL};

    atomic_store(&act_in_the_middle, act);
    error_of_send = error;
    atomic_store(&n_failures, times);
    wsn_udp_set_faults(&faults);
}

/* ---- one who is sent to ------------------------------------------------ */

static int peer_fd;
static uint16_t peer_port;
static HSNMP_ENTITY peer;

static uint16_t port_of(const struct sockaddr_in *address)
{
    return ntohs(address->sin_port);
}

static int open_loopback(uint16_t *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    ck_assert_int_ge(fd, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, len), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    *ret_port = port_of(&address);
    return fd;
}

static HSNMP_ENTITY entity_at(uint16_t port)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");

    ck_assert_uint_eq(SnmpSetPort(entity, port), SNMPAPI_SUCCESS);
    return entity;
}

static void set_up(void)
{
    start();
    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_ON), SNMPAPI_SUCCESS);
    peer_fd = open_loopback(&peer_port);
    peer = entity_at(peer_port);
}

static void tear_down(void)
{
    wsn_udp_set_faults(NULL);
    (void)SnmpCleanup();
    (void)close(peer_fd);
    ck_assert_uint_eq(count_everything(), 0);
}

/* The port that the next datagram comes from. */
static uint16_t receive_at_peer(void)
{
    struct pollfd item = {peer_fd, POLLIN, 0};
    struct sockaddr_in from;
    socklen_t len = sizeof from;
    char bytes[512];

    ck_assert_int_eq(poll(&item, 1, PATIENCE_MS), 1);
    ck_assert_int_gt(recvfrom(peer_fd, bytes, sizeof bytes, 0,
                              (struct sockaddr *)&from, &len),
                     0);
    return port_of(&from);
}

static void skip_what_has_come(void)
{
    struct pollfd item = {peer_fd, POLLIN, 0};

    while (poll(&item, 1, 0) == 1)
        (void)receive_at_peer();
}

static SNMPAPI_STATUS send_from(HSNMP_ENTITY source, smiINT type)
{
    HSNMP_VBL vbl = new_vbl();

    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &sysdescr, NULL), 2);
    return SnmpSendMsg(session, source, peer, new_context(),
                       new_pdu(type, vbl));
}

static void close_it(void)
{
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
}

static void clean_up(void)
{
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}

static HSNMP_ENTITY listener;

static void stop_listening(void)
{
    ck_assert_uint_eq(SnmpListen(listener, SNMPAPI_OFF), SNMPAPI_SUCCESS);
}

/* ---- ends of sessions and of everything -------------------------------- */

struct overlap {
    void (*act)(void);
    int error;
    smiINT type;
};

static const struct overlap overlaps[] = {
    {close_it, 0, SNMP_PDU_GET},
    {close_it, EHOSTUNREACH, SNMP_PDU_GET},
    {close_it, EAGAIN, SNMP_PDU_GET},
    {close_it, EMSGSIZE, SNMP_PDU_GET},
    {close_it, 0, SNMP_PDU_TRAP},
    {close_it, EHOSTUNREACH, SNMP_PDU_TRAP},
    {close_it, EAGAIN, SNMP_PDU_TRAP},
    {clean_up, 0, SNMP_PDU_GET},
    {clean_up, EHOSTUNREACH, SNMP_PDU_GET},
    {clean_up, EAGAIN, SNMP_PDU_GET},
    {clean_up, EMSGSIZE, SNMP_PDU_GET},
    {clean_up, EHOSTUNREACH, SNMP_PDU_TRAP},
    {clean_up, EAGAIN, SNMP_PDU_TRAP},
};

static atomic_int n_timeouts;

static SNMPAPI_STATUS CALLBACK count_timeouts(HSNMP_SESSION of, HWND hwnd,
                                              UINT msg, WPARAM wparam,
                                              LPARAM lparam, LPVOID data)
{
    (void)of;
    (void)hwnd;
    (void)msg;
    (void)lparam;
    (void)data;
    if (wparam == SNMPAPI_TL_TIMEOUT)
        atomic_fetch_add(&n_timeouts, 1);
    return SNMPAPI_SUCCESS;
}

/* A new session is told of the end of its request. */
static void everything_works(void)
{
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_ON), SNMPAPI_SUCCESS);
    session = SnmpCreateSession(NULL, 0, count_timeouts, NULL);
    peer = entity_at(peer_port);
    ck_assert_uint_eq(SnmpSetTimeout(peer, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(peer, 0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(send_from(NULL, SNMP_PDU_GET), SNMPAPI_SUCCESS);
    while (atomic_load(&n_timeouts) == 0)
        (void)sched_yield();
}

START_TEST(end_during_send)
{
    const struct overlap *overlap = &overlaps[_i];
    HSNMP_SESSION ended = session;

    atomic_store(&n_timeouts, 0);
    during_send(overlap->act, overlap->error, TRIES);
    ck_assert_uint_eq(send_from(NULL, overlap->type), overlap->error == EMSGSIZE
                                                          ? SNMPAPI_FAILURE
                                                          : SNMPAPI_SUCCESS);
    ck_assert_uint_eq(count_everything(), 0);
    wsn_udp_set_faults(NULL);
    everything_works();
    ASSERT_FAILS(SnmpClose(ended), SNMPAPI_SESSION_INVALID);
}
END_TEST

/* ---- a socket without room --------------------------------------------- */

/* False if it took so long that it may have given up. */
static bool send_and_clean_up(void)
{
    uint64_t begin_ms = wsn_clock_ms();

    during_send(NULL, EAGAIN, 20);
    ck_assert_uint_eq(send_from(NULL, SNMP_PDU_TRAP), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    return wsn_clock_ms() - begin_ms < 250;
}

START_TEST(close_sends_what_was_accepted)
{
    for (int tries = 1; !send_and_clean_up(); tries++) {
        ck_assert_int_lt(tries, 5);
        tear_down();
        set_up();
    }
    (void)receive_at_peer();
}
END_TEST

START_TEST(close_gives_up_on_a_socket_that_stays_full)
{
    during_send(NULL, EAGAIN, INT32_MAX);
    ck_assert_uint_eq(send_from(NULL, SNMP_PDU_TRAP), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}
END_TEST

/* ---- a source that stops listening ------------------------------------- */

static void listen_somewhere(uint16_t *ret_port)
{
    *ret_port = free_port("127.0.0.1");
    listener = entity_at(*ret_port);
    ck_assert_uint_eq(SnmpListen(listener, SNMPAPI_ON), SNMPAPI_SUCCESS);
}

START_TEST(repetition_outlives_its_port)
{
    uint16_t port;

    listen_somewhere(&port);
    ck_assert_uint_eq(SnmpSetTimeout(peer, 10), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(peer, 100), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(send_from(listener, SNMP_PDU_GET), SNMPAPI_SUCCESS);
    stop_listening();
    ck_assert_uint_eq(receive_at_peer(), port);
    skip_what_has_come(); /* on a busy machine repetitions, too */
    ck_assert_uint_ne(receive_at_peer(), port);
    ck_assert_uint_ne(receive_at_peer(), port);
}
END_TEST

START_TEST(listening_ends_during_send)
{
    uint16_t port;

    listen_somewhere(&port);
    during_send(stop_listening, 0, 0);
    ck_assert_uint_eq(send_from(listener, SNMP_PDU_RESPONSE), SNMPAPI_SUCCESS);
    (void)receive_at_peer();
    ck_assert_uint_eq(SnmpListen(listener, SNMPAPI_ON), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(full_port_stops_listening)
{
    uint16_t port;

    listen_somewhere(&port);
    during_send(NULL, EAGAIN, 1);
    ck_assert_uint_eq(send_from(listener, SNMP_PDU_RESPONSE), SNMPAPI_SUCCESS);
    stop_listening();
    ck_assert_uint_eq(receive_at_peer(), port);
}
END_TEST

/* ---- start-ups inside the end of another ------------------------------- */

static atomic_bool is_inside;

static SNMPAPI_STATUS CALLBACK start_twice(HSNMP_SESSION of, HWND hwnd,
                                           UINT msg, WPARAM wparam,
                                           LPARAM lparam, LPVOID data)
{
    smiUINT32 mode;

    (void)of;
    (void)hwnd;
    (void)msg;
    (void)wparam;
    (void)lparam;
    (void)data;
    atomic_store(&is_inside, true);
    while (SnmpGetTranslateMode(&mode) == SNMPAPI_SUCCESS)
        (void)sched_yield();
    for (int i = 0; i < 2; i++) {
        ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                          SNMPAPI_SUCCESS);
        ck_assert_ptr_nonnull(open_session());
        ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    }
    return SNMPAPI_SUCCESS;
}

START_TEST(start_ups_inside_an_end)
{
    atomic_store(&is_inside, false);
    session = SnmpCreateSession(NULL, 0, start_twice, NULL);
    ck_assert_ptr_nonnull(session);
    ck_assert_uint_eq(SnmpSetTimeout(peer, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(peer, 0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(send_from(NULL, SNMP_PDU_GET), SNMPAPI_SUCCESS);
    while (!atomic_load(&is_inside))
        (void)sched_yield();
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpCleanup(), SNMPAPI_NOT_INITIALIZED);
}
END_TEST

/* ---- a callback that does not return ----------------------------------- */

static SNMPAPI_STATUS CALLBACK end_thread(HSNMP_SESSION of, HWND hwnd, UINT msg,
                                          WPARAM wparam, LPARAM lparam,
                                          LPVOID data)
{
    (void)of;
    (void)hwnd;
    (void)msg;
    (void)wparam;
    (void)lparam;
    (void)data;
    atomic_store(&is_inside, true);
    pthread_exit(NULL);
}

/* What was on its way to the application is lost, but nobody waits for it. */
START_TEST(callback_ends_its_thread)
{
    HSNMP_SESSION first;

    set_up();
    atomic_store(&is_inside, false);
    first = session;
    session = SnmpCreateSession(NULL, 0, end_thread, NULL);
    ck_assert_uint_eq(SnmpSetTimeout(peer, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(peer, 0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(send_from(NULL, SNMP_PDU_GET), SNMPAPI_SUCCESS);
    while (!atomic_load(&is_inside))
        (void)sched_yield();
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpClose(first), SNMPAPI_SUCCESS);
    clean_up();
    atomic_store(&n_timeouts, 0);
    everything_works();
    clean_up();
    (void)close(peer_fd);
}
END_TEST

static TCase *new_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    suite_add_tcase(suite, tcase);
    return tcase;
}

static void fill(Suite *suite)
{
    TCase *tcase = new_case(suite, "an end during a send");

    tcase_add_loop_test(tcase, end_during_send, 0, N(overlaps));
    tcase = new_case(suite, "a socket without room");
    tcase_add_test(tcase, close_sends_what_was_accepted);
    tcase_add_test(tcase, close_gives_up_on_a_socket_that_stays_full);
    tcase = new_case(suite, "a source that stops listening");
    tcase_add_test(tcase, repetition_outlives_its_port);
    tcase_add_test(tcase, listening_ends_during_send);
    tcase_add_test(tcase, full_port_stops_listening);
    tcase = new_case(suite, "an end within an end");
    tcase_add_test(tcase, start_ups_inside_an_end);
    tcase = tcase_create("a callback that does not return");
    tcase_add_test(tcase, callback_ends_its_thread);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("api/overlap", fill)
