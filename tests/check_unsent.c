/*
 * check_unsent.c - messages that wait because the socket has no room, and
 * cannot be sent when it has.
 */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>

#include "net/udp.h"
#include "support/manager.h"

/* ---- a socket without room ---------------------------------------------- */

static atomic_bool is_full;
static atomic_int error_then; /* 0: all is well then */
static atomic_int n_then;

static int refuse(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    if (call != WSN_UDP_CALL_SENDMSG)
        return 0;
    if (atomic_load(&is_full))
        return EAGAIN;
    atomic_fetch_add(&n_then, 1);
    return atomic_load(&error_then);
}

/* Until there_is_room() nothing can be sent; then error is what comes of it. */
static void there_is_no_room(int error)
{
    static const struct wsn_udp_faults faults = {refuse, NULL};

    atomic_store(&is_full, true);
    atomic_store(&error_then, error);
    atomic_store(&n_then, 0);
    wsn_udp_set_faults(&faults);
}

static void there_is_room(void)
{
    atomic_store(&is_full, false);
}

static void end(void)
{
    wsn_udp_set_faults(NULL);
    scene_end();
}

/* No request comes to its time-out: what ends it is the failure. */
static void begin(int mode)
{
    scene_begin(mode);
    set_policy(agent, 1000000, 3);
}

static void send_one(smiINT type, smiINT32 id)
{
    ck_assert_uint_eq(send_pdu(session, type, id, manager, agent),
                      SNMPAPI_SUCCESS);
}

/* The next thing that happens is an answer to that. */
static void expect_all_works(smiINT32 id)
{
    size_t n = events_count(&events);

    wsn_udp_set_faults(NULL);
    send_get(id);
    ck_assert_int_eq((smiINT32)events_wait(&events, n + 1).lparam, id);
    expect_response(session, id);
}

static void expect_failure(HSNMP_SESSION of, size_t n, SNMPAPI_STATUS code)
{
    struct event event = events_wait(&events, n);
    struct received got = receive_from(of);

    ck_assert_ptr_eq(event.session, of);
    ck_assert_uint_eq(event.wparam, code);
    ck_assert_uint_eq(got.error, code);
    ck_assert_int_eq((smiINT32)event.lparam, id_of(got.pdu));
    ck_assert_ptr_eq(got.dst, agent);
    received_free(&got);
}

/* ---- what is refused is delivered --------------------------------------- */

struct refusal {
    int error;
    SNMPAPI_STATUS code;
};

static const struct refusal refusals[] = {
    {ENETUNREACH, SNMPAPI_TL_UNDELIVERABLE},
    {EHOSTUNREACH, SNMPAPI_TL_UNDELIVERABLE},
    {EMSGSIZE, SNMPAPI_TL_PDU_TOO_BIG},
    {EPERM, SNMPAPI_TL_OTHER},
    {ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE},
    {ENOBUFS, SNMPAPI_TL_RESOURCE_ERROR},
};

/* One that awaits a response and one that does not. */
static const smiINT types[] = {SNMP_PDU_GET, SNMP_PDU_RESPONSE};

START_TEST(a_refusal_is_delivered)
{
    const struct refusal *refusal = &refusals[_i / N_MODES / N(types)];

    begin(_i % N_MODES);
    there_is_no_room(refusal->error);
    send_one(types[_i / N_MODES % N(types)], 5);
    expect_nothing(session);
    there_is_room();
    expect_failure(session, 1, refusal->code);
    expect_nothing(session);
    ASSERT_FAILS(SnmpCancelMsg(session, 5), SNMPAPI_PDU_INVALID);
    expect_all_works(6);
    ck_assert_uint_eq(peer_count(peer), 1);
}
END_TEST

START_TEST(each_refusal_is_delivered)
{
    begin(_i);
    there_is_no_room(ENETUNREACH);
    for (smiINT32 id = 1; id <= 20; id++)
        send_one(types[id % 2], id);
    there_is_room();
    for (size_t n = 1; n <= 20; n++)
        expect_failure(session, n, SNMPAPI_TL_UNDELIVERABLE);
    expect_all_works(21);
}
END_TEST

START_TEST(what_is_not_refused_is_sent)
{
    begin(_i);
    there_is_no_room(0);
    send_one(SNMP_PDU_RESPONSE, 1);
    send_one(SNMP_PDU_GET, 2);
    there_is_room();
    (void)events_wait(&events, 1);
    expect_response(session, 2);
    ck_assert(peer_wait(peer, 2));
    expect_all_works(3);
}
END_TEST

/* ---- what has ended meanwhile ------------------------------------------- */

static bool is_tried(int n)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (atomic_load(&n_then) < n && now_ms() < end_ms)
        (void)sched_yield();
    return atomic_load(&n_then) >= n;
}

START_TEST(a_cancelled_request_does_not_fail)
{
    begin(_i);
    there_is_no_room(EPERM);
    send_one(SNMP_PDU_GET, 1);
    ck_assert_uint_eq(SnmpCancelMsg(session, 1), SNMPAPI_SUCCESS);
    there_is_room();
    ck_assert(is_tried(1));
    expect_all_works(2);
}
END_TEST

/* SnmpClose waits a while for room, and gives up. */
START_TEST(a_closed_session_hears_nothing)
{
    HSNMP_SESSION other;
    size_t before;

    begin(_i % N_MODES);
    before = count_everything();
    other = SnmpCreateSession(NULL, 0, events_callback, &events);
    ck_assert_ptr_nonnull(other);
    there_is_no_room(EPERM);
    ck_assert_uint_eq(send_pdu(other, types[_i / N_MODES], 1, manager, agent),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(count_everything(), before);
    there_is_room();
    ck_assert(is_tried(1));
    expect_all_works(2);
}
END_TEST

START_TEST(entities_may_be_freed_meanwhile)
{
    HSNMP_ENTITY passing;
    struct received got;

    begin(_i % N_MODES);
    passing = entity_at("127.0.0.1", peer);
    there_is_no_room(EPERM);
    ck_assert_uint_eq(
        send_pdu(session, types[_i / N_MODES], 1, manager, passing),
        SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeEntity(passing), SNMPAPI_SUCCESS);
    there_is_room();
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_TL_OTHER);
    ck_assert_ptr_eq(got.dst, passing);
    received_free(&got);
    expect_all_works(2);
}
END_TEST

/* The last try is made when the port closes. */
START_TEST(a_port_that_closes_says_what_is_refused)
{
    HSNMP_ENTITY own;
    UINT port;

    begin(_i % N_MODES);
    own = listening_at("127.0.0.1", &port);
    there_is_no_room(EPERM);
    ck_assert_uint_eq(send_pdu(session, types[_i / N_MODES], 1, own, agent),
                      SNMPAPI_SUCCESS);
    modes_pause();
    there_is_room();
    ck_assert_uint_eq(SnmpListen(own, SNMPAPI_OFF), SNMPAPI_SUCCESS);
    modes_run();
    expect_failure(session, 1, SNMPAPI_TL_OTHER);
    expect_all_works(2);
}
END_TEST

static int refuse_for_a_while(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    if (call != WSN_UDP_CALL_SENDMSG)
        return 0;
    return atomic_fetch_add(&n_then, 1) < 3 ? EAGAIN : 0;
}

/* A quarter of a second is how long it waits. */
static bool close_a_full_port(int type)
{
    static const struct wsn_udp_faults faults = {refuse_for_a_while, NULL};
    HSNMP_ENTITY own;
    uint64_t begin_ms;
    UINT port;

    begin(MODE_HOST);
    own = listening_at("127.0.0.1", &port);
    modes_pause();
    atomic_store(&n_then, 0);
    wsn_udp_set_faults(&faults);
    ck_assert_uint_eq(send_pdu(session, types[type], 1, own, agent),
                      SNMPAPI_SUCCESS);
    begin_ms = now_ms();
    ck_assert_uint_eq(SnmpListen(own, SNMPAPI_OFF), SNMPAPI_SUCCESS);
    return now_ms() - begin_ms < 250;
}

START_TEST(a_port_that_closes_waits_for_room)
{
    try_until_in_time(close_a_full_port, _i);
    ck_assert(peer_wait(peer, 1));
    modes_run();
}
END_TEST

/* The second time it takes longer than who closes waits. */
static int refuse_and_dawdle(void *arg, enum wsn_udp_call call)
{
    uint64_t end_ms = now_ms() + 300;
    int n;

    (void)arg;
    if (call != WSN_UDP_CALL_SENDMSG)
        return 0;
    n = atomic_fetch_add(&n_then, 1);
    while (n == 1 && now_ms() < end_ms)
        continue;
    return n < 2 ? EAGAIN : 0;
}

START_TEST(who_closes_looks_once_more_at_the_end)
{
    static const struct wsn_udp_faults faults = {refuse_and_dawdle, NULL};

    begin(MODE_HOST);
    modes_pause();
    atomic_store(&n_then, 0);
    wsn_udp_set_faults(&faults);
    ck_assert_uint_eq(send_pdu(session, types[_i], 1, manager, agent),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ck_assert(peer_wait(peer, 1));
}
END_TEST

static HSNMP_ENTITY leaving;

static void *stop_listening(void *arg)
{
    (void)SnmpListen(leaving, SNMPAPI_OFF);
    return arg;
}

/* The first time another thread closes the port just then. */
static int refuse_and_close(void *arg, enum wsn_udp_call call)
{
    pthread_t other;

    (void)arg;
    if (call != WSN_UDP_CALL_SENDMSG || atomic_fetch_add(&n_then, 1) != 0)
        return 0;
    ck_assert_int_eq(pthread_create(&other, NULL, stop_listening, NULL), 0);
    ck_assert_int_eq(pthread_join(other, NULL), 0);
    return EAGAIN;
}

START_TEST(what_waits_does_not_go_with_its_port)
{
    static const struct wsn_udp_faults faults = {refuse_and_close, NULL};
    UINT port;

    begin(_i % N_MODES);
    leaving = listening_at("127.0.0.1", &port);
    atomic_store(&n_then, 0);
    wsn_udp_set_faults(&faults);
    ck_assert_uint_eq(send_pdu(session, types[_i / N_MODES], 1, leaving, agent),
                      SNMPAPI_SUCCESS);
    ck_assert(peer_wait(peer, 1));
}
END_TEST

/* ---- memory ------------------------------------------------------------- */

START_TEST(short_memory_is_told_at_once)
{
    SNMPAPI_STATUS sent;
    size_t before;
    HSNMP_PDU pdu;

    begin(_i % N_MODES);
    expect_all_works(1); /* so that the loop has nothing to do meanwhile */
    pdu = new_pdu(types[_i / N_MODES], new_vbl());
    before = count_everything();
    there_is_no_room(0);
    ASSERT_SURVIVES_SHORTAGE(
        sent, SnmpSendMsg(session, manager, agent, context, pdu));
    ck_assert_uint_eq(count_everything(), before);
    there_is_room();
    ck_assert(peer_wait(peer, 2));
}
END_TEST

static void fill(Suite *suite)
{
    TCase *refused = ended_case(suite, "refused", end);
    TCase *ended = ended_case(suite, "ended", end);
    TCase *memory = ended_case(suite, "memory", end);

#define EACH(tcase, test, n) tcase_add_loop_test(tcase, test, 0, (n)*N_MODES)
    EACH(refused, a_refusal_is_delivered, N(refusals) * N(types));
    EACH(refused, each_refusal_is_delivered, 1);
    EACH(refused, what_is_not_refused_is_sent, 1);
    EACH(ended, a_cancelled_request_does_not_fail, 1);
    EACH(ended, a_closed_session_hears_nothing, N(types));
    EACH(ended, entities_may_be_freed_meanwhile, N(types));
    EACH(ended, a_port_that_closes_says_what_is_refused, N(types));
    tcase_add_loop_test(ended, a_port_that_closes_waits_for_room, 0, N(types));
    tcase_add_loop_test(ended, who_closes_looks_once_more_at_the_end, 0,
                        N(types));
    EACH(ended, what_waits_does_not_go_with_its_port, N(types));
    EACH(memory, short_memory_is_told_at_once, N(types));
}

SUITE_MAIN("messages that wait for room", fill)
