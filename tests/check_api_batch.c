/*
 * check_api_batch.c - what callbacks ask while answers come in heaps: it may
 * leave together, but it leaves.  The loop turns when the test says so.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <arpa/inet.h>
#include <errno.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/udp.h"
#include "support/api.h"
#include "winsnmp_posix.h"

#define HEAP 4
#define PATIENCE_MS 20000
#define FIRST_ID 100 /* asked by callbacks */

static struct event_base *base;
static HSNMP_ENTITY agent;
static HSNMP_CONTEXT community;

/* ---- the agent ---------------------------------------------------------- */

static struct datagram {
    unsigned char bytes[256];
    size_t len;
    struct sockaddr_in from;
} got[HEAP];
static int fd;

static int agent_socket(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    int made = socket(AF_INET, SOCK_DGRAM, 0);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(made, (struct sockaddr *)&here, sizeof here), 0);
    return made;
}

static UINT port_of(int of)
{
    struct sockaddr_in there;
    socklen_t len = sizeof there;

    ck_assert_int_eq(getsockname(of, (struct sockaddr *)&there, &len), 0);
    return ntohs(there.sin_port);
}

static bool has_come(int patience_ms)
{
    struct pollfd item = {fd, POLLIN, 0};

    return poll(&item, 1, patience_ms) == 1;
}

static void receive(int n)
{
    for (int i = 0; i < n; i++) {
        socklen_t size = sizeof got[i].from;
        ssize_t len;

        ck_assert(has_come(PATIENCE_MS));
        len = recvfrom(fd, got[i].bytes, sizeof got[i].bytes, 0,
                       (struct sockaddr *)&got[i].from, &size);
        ck_assert_int_gt(len, 14);
        got[i].len = (size_t)len;
    }
}

/* The community is "public", so the PDU's tag is the 14th octet. */
static void answer(int n)
{
    for (int i = 0; i < n; i++) {
        got[i].bytes[13] = SNMP_PDU_RESPONSE;
        ck_assert_int_gt(sendto(fd, got[i].bytes, got[i].len, 0,
                                (struct sockaddr *)&got[i].from,
                                sizeof got[i].from),
                         0);
    }
}

/* ---- the manager -------------------------------------------------------- */

static void ask_from(HSNMP_ENTITY from, smiINT32 id)
{
    HSNMP_VBL list = SnmpCreateVbl(session, &sysdescr, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, id, 0, 0, list);

    ck_assert_uint_eq(SnmpSendMsg(session, from, agent, community, pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeVbl(list), SNMPAPI_SUCCESS);
}

static void ask(smiINT32 id)
{
    ask_from(NULL, id);
}

/* What the session's callback does the i-th time it is called. */
static void (*act)(int i);
static int n_events;
static WPARAM events[4 * HEAP];

static SNMPAPI_STATUS CALLBACK on_arrival(HSNMP_SESSION of, HWND window,
                                          UINT message, WPARAM wparam,
                                          LPARAM lparam, LPVOID data)
{
    (void)of, (void)window, (void)message, (void)lparam, (void)data;
    ck_assert_int_lt(n_events, N(events));
    events[n_events] = wparam;
    act(n_events++);
    return SNMPAPI_SUCCESS;
}

static void turn(void)
{
    ck_assert_int_ge(event_base_loop(base, EVLOOP_ONCE), 0);
}

/* Until there were n events in all. */
static void turn_until(int n)
{
    while (n_events < n)
        turn();
}

static void set_up(void)
{
    smiBYTE text[] = "public";
    smiOCTETS name = {6, text};

    base = event_base_new();
    n_events = 0;
    setenv("WINSNMP_CONF", "/dev/null", 1);
    setenv("WINSNMP_DNS", "off", 1);
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixSetEventBase(base), SNMPAPI_SUCCESS);
    (void)SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    (void)SnmpSetRetransmitMode(SNMPAPI_ON);
    session = SnmpCreateSession(NULL, 0, on_arrival, NULL);
    agent = SnmpStrToEntity(session, "127.0.0.1");
    community = SnmpStrToContext(session, &name);
    fd = agent_socket();
    ck_assert_uint_eq(SnmpSetPort(agent, port_of(fd)), SNMPAPI_SUCCESS);
}

static void tear_down(void)
{
    wsn_udp_set_faults(NULL);
    (void)SnmpCleanup();
    event_base_free(base);
    (void)close(fd);
}

/* The agent has answered n requests, and the loop has not seen it yet. */
static void begin_with(int n, void (*what)(int i))
{
    act = what;
    for (int i = 0; i < n; i++)
        ask(i + 1);
    receive(n);
    answer(n);
}

/* ---- system calls ------------------------------------------------------- */

static atomic_int n_calls; /* that send */
static int refusal;        /* 0: none */
static int n_refused;      /* datagrams, not calls for several */

static int refuse(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    if (call != WSN_UDP_CALL_SENDMSG && call != WSN_UDP_CALL_SENDMMSG)
        return 0;
    (void)atomic_fetch_add(&n_calls, 1);
    if (n_refused == 0)
        return 0;
    n_refused -= call == WSN_UDP_CALL_SENDMSG;
    return refusal;
}

static void count_calls(int error, int n)
{
    static const struct wsn_udp_faults faults = {refuse, NULL};

    atomic_store(&n_calls, 0);
    refusal = error;
    n_refused = n;
    wsn_udp_set_faults(&faults);
}

/* ---- the tests ---------------------------------------------------------- */

static void ask_once(int i)
{
    if (i < HEAP)
        ask(FIRST_ID + i);
}

START_TEST(a_heap_leaves_together)
{
#ifdef HAVE_SENDMMSG
    const int calls = 1;
#else
    const int calls = HEAP;
#endif

    begin_with(HEAP, ask_once);
    count_calls(0, 0);
    turn_until(HEAP);
    receive(HEAP);
    ck_assert_int_eq(atomic_load(&n_calls), calls);
    answer(HEAP);
    turn_until(2 * HEAP);
    for (int i = 0; i < n_events; i++)
        ck_assert_uint_eq(events[i], 0);
}
END_TEST

static void ask_and_look(int i)
{
    ask(FIRST_ID + i);
    ck_assert(has_come(PATIENCE_MS));
}

START_TEST(what_a_single_callback_asks_leaves_at_once)
{
    begin_with(1, ask_and_look);
    turn_until(1);
}
END_TEST

static void let_a_millisecond_pass(void)
{
    uint64_t then_ms = wsn_clock_ms();

    while (wsn_clock_ms() <= then_ms)
        continue;
}

static void ask_and_dawdle(int i)
{
    if (i == 0) {
        ask(FIRST_ID);
        let_a_millisecond_pass();
    }
    if (i == 1)
        ck_assert(has_come(PATIENCE_MS));
}

START_TEST(nothing_waits_for_slow_callbacks)
{
    begin_with(HEAP, ask_and_dawdle);
    turn_until(HEAP);
}
END_TEST

static void ask_and_dawdle_long(int i)
{
    uint64_t then_ms = wsn_clock_ms();

    if (i != 0)
        return;
    ask(FIRST_ID);
    while (wsn_clock_ms() < then_ms + 1200)
        continue;
}

/* Its time-out is a second. */
START_TEST(a_callback_that_dawdles_has_the_time_out_begin_anew)
{
    ck_assert_uint_eq(SnmpSetTimeout(agent, 100), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(agent, 0), SNMPAPI_SUCCESS);
    begin_with(HEAP, ask_and_dawdle_long);
    turn_until(HEAP);
    receive(1);
    answer(1);
    turn_until(HEAP + 1);
    ck_assert_uint_eq(events[HEAP], 0);
    ck_assert(!has_come(0));
}
END_TEST

static void ask_and_close(int i)
{
    ask(FIRST_ID + i);
    if (i == 1)
        ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
}

static void ask_and_clean_up(int i)
{
    ask(FIRST_ID + i);
    if (i == 1)
        ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}

static void (*const endings[])(int i) = {ask_and_close, ask_and_clean_up};

START_TEST(what_was_asked_before_the_end_leaves)
{
    begin_with(HEAP, endings[_i]);
    turn_until(2);
    receive(2);
    ck_assert(!has_come(0));
}
END_TEST

static void ask_and_cancel(int i)
{
    ask(FIRST_ID + i);
    ck_assert_uint_eq(SnmpCancelMsg(session, FIRST_ID + i), SNMPAPI_SUCCESS);
    if (i == 1)
        ask(FIRST_ID + HEAP);
}

/* No answer is wanted, but the agent is to do what it is told. */
START_TEST(what_was_cancelled_has_left)
{
    begin_with(HEAP, ask_and_cancel);
    turn_until(HEAP);
    receive(HEAP);
    ck_assert(has_come(PATIENCE_MS));
}
END_TEST

START_TEST(what_was_cancelled_is_forgotten)
{
    begin_with(HEAP, ask_and_cancel);
    turn_until(HEAP);
    do {
        receive(1);
        answer(1);
    } while (has_come(0));
    turn_until(HEAP + 1);
    ck_assert_uint_eq(events[HEAP], 0);
}
END_TEST

static HSNMP_ENTITY source;

/* The source listens, and does no more when it has asked. */
static void ask_and_stop_listening(int i)
{
    if (i != 0)
        return;
    ask_from(source, FIRST_ID);
    ck_assert_uint_eq(SnmpListen(source, SNMPAPI_OFF), SNMPAPI_SUCCESS);
}

static UINT free_port(void)
{
    int other = agent_socket();
    UINT port = port_of(other);

    (void)close(other);
    return port;
}

START_TEST(it_leaves_from_where_its_source_listened)
{
    UINT port = free_port();

    source = SnmpStrToEntity(session, "127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(source, port), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpListen(source, SNMPAPI_ON), SNMPAPI_SUCCESS);
    begin_with(HEAP, ask_and_stop_listening);
    turn_until(HEAP);
    receive(1);
    ck_assert_uint_eq(ntohs(got[0].from.sin_port), port);
}
END_TEST

static atomic_bool went_on;

static void *close_cancelled(void *other)
{
    (void)pthread_cancel(pthread_self());
    (void)SnmpClose(other);
    atomic_store(&went_on, true);
    pthread_testcancel();
    return NULL;
}

static void ask_while_another_is_cancelled(int i)
{
    HSNMP_SESSION other;
    pthread_t thread;
    void *result;

    ask(FIRST_ID + i);
    if (i != 0)
        return;
    atomic_store(&went_on, false);
    other = SnmpCreateSession(NULL, 0, on_arrival, NULL);
    ck_assert_int_eq(pthread_create(&thread, NULL, close_cancelled, other), 0);
    ck_assert_int_eq(pthread_join(thread, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    ck_assert(atomic_load(&went_on));
}

/* It sends what callbacks have asked, and system calls that send are where
 * threads end that are cancelled. */
START_TEST(a_thread_may_be_cancelled_that_closes_a_session)
{
    begin_with(HEAP, ask_while_another_is_cancelled);
    turn_until(HEAP);
    receive(HEAP);
}
END_TEST

static const struct {
    int error;
    SNMPAPI_STATUS status;
} refusals[] = {{ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE},
                {EINVAL, SNMPAPI_TL_INVALID_PARAM},
                {EIO, SNMPAPI_TL_OTHER}};

START_TEST(what_is_refused_is_told_and_the_others_leave)
{
    begin_with(HEAP, ask_once);
    count_calls(refusals[_i].error, 1);
    turn_until(HEAP + 1);
    ck_assert_uint_eq(events[HEAP], refusals[_i].status);
    receive(HEAP - 1);
    ck_assert(!has_come(0));
}
END_TEST

START_TEST(a_full_socket_is_tried_again)
{
    begin_with(HEAP, ask_once);
    count_calls(EAGAIN, HEAP);
    turn_until(HEAP);
    while (!has_come(0))
        turn();
    receive(HEAP);
    answer(HEAP);
    turn_until(2 * HEAP);
    for (int i = 0; i < n_events; i++)
        ck_assert_uint_eq(events[i], 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("batch");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, a_heap_leaves_together);
    tcase_add_test(tcase, what_a_single_callback_asks_leaves_at_once);
    tcase_add_test(tcase, nothing_waits_for_slow_callbacks);
    tcase_add_test(tcase, a_callback_that_dawdles_has_the_time_out_begin_anew);
    tcase_add_loop_test(tcase, what_was_asked_before_the_end_leaves, 0,
                        N(endings));
    tcase_add_test(tcase, what_was_cancelled_has_left);
    tcase_add_test(tcase, what_was_cancelled_is_forgotten);
    tcase_add_test(tcase, it_leaves_from_where_its_source_listened);
    tcase_add_test(tcase, a_thread_may_be_cancelled_that_closes_a_session);
    tcase_add_loop_test(tcase, what_is_refused_is_told_and_the_others_leave, 0,
                        N(refusals));
    tcase_add_test(tcase, a_full_socket_is_tried_again);
}

SUITE_MAIN("api/batch", fill)
