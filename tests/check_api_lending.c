/*
 * check_api_lending.c - programs whose thread waits for window messages runs
 * the library's loop meanwhile; nothing else may show of that.
 */
#include <windows.h>

#include <errno.h>
#include <pthread.h>
#include <sched.h>

#include "core/engine.h"
#include "core/session.h"
#include "net/loop_private.h"
#include "net/udp.h"
#include "support/scene.h"

#define NUMBER (WM_USER + 3)
#define PUMPED 200

static HWND window;
static HSNMP_SESSION windowed;

/* A started library with one session, which has no callback. */
static void start_again(void)
{
    modes_begin(MODE_OWN_THREAD);
    window = CreateWindow("STATIC", "", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    session = windowed = SnmpOpen(window, NUMBER);
    ck_assert_ptr_nonnull(windowed);
    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2),
                      SNMPAPI_SUCCESS);
    manager = new_entity("127.0.0.1");
    agent = entity_at("127.0.0.1", peer);
    context = new_context();
}

static void begin(void)
{
    events_init(&events);
    peer = peer_new("127.0.0.1");
    start_again();
}

static void expect_message(smiINT32 id)
{
    MSG message;

    ck_assert_int_eq(GetMessage(&message, window, 0, 0), TRUE);
    ck_assert_uint_eq(message.message, NUMBER);
    ck_assert_int_eq((smiINT32)message.lParam, id);
}

static void pump(void)
{
    for (smiINT32 id = 1; id <= PUMPED; id++) {
        send_get(id);
        expect_message(id);
        expect_response(windowed, id);
    }
}

START_TEST(one_after_the_other)
{
    begin();
    pump();
}
END_TEST

START_TEST(many_at_a_time)
{
    begin();
    for (smiINT32 id = 1; id <= PUMPED; id++)
        send_get(id);
    for (smiINT32 id = 1; id <= PUMPED; id++) {
        MSG message;

        ck_assert_int_eq(GetMessage(&message, window, 0, 0), TRUE);
        expect_response(windowed, (smiINT32)message.lParam);
    }
}
END_TEST

START_TEST(a_time_out_comes_although_nobody_else_is_there)
{
    begin();
    pump();
    set_policy(agent, 5, 1);
    peer_script(peer, PEER_DROP, 2);
    send_get(1000);
    expect_message(1000);
    ck_assert_uint_eq(receive_from(windowed).error, SNMPAPI_TL_TIMEOUT);
}
END_TEST

/* Without waiting for messages: the answer is fetched when it is there. */
START_TEST(a_program_that_stops_waiting_is_served_on)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    HSNMP_PDU pdu = NULL;

    begin();
    pump();
    send_get(1000);
    while (!SnmpRecvMsg(windowed, NULL, NULL, NULL, &pdu)) {
        ck_assert_uint_lt(now_ms(), end_ms);
        (void)poll(NULL, 0, 1);
    }
    ck_assert_int_eq(id_of(pdu), 1000);
}
END_TEST

static pthread_t told_on;

static SNMPAPI_STATUS CALLBACK tell_window(HSNMP_SESSION of, HWND none,
                                           UINT number, WPARAM event, LPARAM id,
                                           LPVOID data)
{
    (void)of, (void)none, (void)number, (void)event, (void)data;
    told_on = pthread_self();
    (void)PostMessage(window, NUMBER, 0, id);
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_is_not_called_in_the_middle_of_a_wait)
{
    HSNMP_SESSION called;

    begin();
    pump();
    called = SnmpCreateSession(NULL, 0, tell_window, NULL);
    ck_assert_ptr_nonnull(called);
    for (smiINT32 id = 1; id <= PUMPED; id++) {
        ck_assert_uint_eq(send_pdu(called, SNMP_PDU_GET, id, manager, agent),
                          SNMPAPI_SUCCESS);
        expect_message(id);
        ck_assert(!pthread_equal(told_on, pthread_self()));
        expect_response(called, id);
    }
    pump();
}
END_TEST

/* ---- a callback that comes in the middle of a turn ---------------------- */

#define CALLBACKS 5

static pthread_t waiter; /* for window messages */
static atomic_bool is_done;
static atomic_int n_called;
static atomic_int n_out_of_place; /* calls on its thread, or not in order */

static SNMPAPI_STATUS CALLBACK note_call(HSNMP_SESSION of, HWND none,
                                         UINT number, WPARAM event, LPARAM id,
                                         LPVOID data)
{
    int n = atomic_fetch_add(&n_called, 1) + 1;

    (void)of, (void)none, (void)number, (void)data;
    if (pthread_equal(pthread_self(), waiter) || id != 1000 + n ||
        event != SNMPAPI_TL_UNDELIVERABLE)
        atomic_fetch_add(&n_out_of_place, 1);
    if (n == CALLBACKS)
        (void)PostMessage(window, NUMBER, 0, 2000);
    return SNMPAPI_SUCCESS;
}

/* Failures are delivered at the end of whatever the loop does just now. */
static void *fail_with_callbacks(void *arg)
{
    HSNMP_SESSION called = SnmpCreateSession(NULL, 0, note_call, NULL);

    ck_assert_ptr_nonnull(called);
    for (smiINT32 n = 1; n <= CALLBACKS; n++)
        ck_assert_uint_eq(
            send_pdu(called, SNMP_PDU_GET, 1000 + n, manager, agent),
            SNMPAPI_SUCCESS);
    atomic_store(&is_done, true);
    return arg;
}

/* The first time that the waiter itself receives. */
static int in_the_middle(void *arg, enum wsn_udp_call call)
{
    static atomic_bool has_begun;
    bool is_waiter = pthread_equal(pthread_self(), waiter);
    pthread_t other;

    (void)arg;
    if (call == WSN_UDP_CALL_SENDMSG && !is_waiter)
        return EHOSTUNREACH;
    if ((call != WSN_UDP_CALL_RECVMSG && call != WSN_UDP_CALL_RECVMMSG) ||
        !is_waiter || atomic_exchange(&has_begun, true))
        return 0;
    ck_assert_int_eq(pthread_create(&other, NULL, fail_with_callbacks, NULL),
                     0);
    ck_assert_int_eq(pthread_join(other, NULL), 0);
    return 0;
}

START_TEST(a_turn_under_way_leaves_callbacks_to_the_loops_thread)
{
    static const struct wsn_udp_faults faults = {in_the_middle, NULL};
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    begin();
    pump();
    waiter = pthread_self();
    wsn_udp_set_faults(&faults);
    for (smiINT32 id = 1; !atomic_load(&is_done); id++) {
        ck_assert_uint_lt(now_ms(), end_ms);
        send_get(id);
        expect_message(id);
        expect_response(windowed, id);
    }
    expect_message(2000);
    wsn_udp_set_faults(NULL);
    ck_assert_int_eq(atomic_load(&n_called), CALLBACKS);
    ck_assert_int_eq(atomic_load(&n_out_of_place), 0);
    pump();
}
END_TEST

/* ---- cancellation ------------------------------------------------------- */

/* Until somebody waits in the loop. */
static bool comes_a_guest(void)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    struct wsn_session *object = wsn_handle_pin(windowed, WSN_SESSION);
    struct wsn_lend *lend = &object->engine->loop->lend;
    bool has = false;

    while (!has && now_ms() < end_ms) {
        wsn_lock_take(&lend->lock);
        has = wsn_lend_is_guest(lend);
        wsn_lock_give(&lend->lock);
        (void)sched_yield();
    }
    wsn_handle_unpin(windowed);
    return has;
}

static atomic_bool went_on;

static void *interrupt_when_cancelled(void *arg)
{
    ck_assert(comes_a_guest());
    (void)pthread_cancel(pthread_self());
    (void)PostMessage(window, NUMBER, 0, 77);
    atomic_store(&went_on, true);
    pthread_testcancel();
    return arg;
}

START_TEST(a_thread_is_not_cancelled_while_it_interrupts_a_turn)
{
    pthread_t other;
    void *result;

    begin();
    ck_assert_int_eq(
        pthread_create(&other, NULL, interrupt_when_cancelled, NULL), 0);
    expect_message(77);
    ck_assert_int_eq(pthread_join(other, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    ck_assert(atomic_load(&went_on));
    pump();
}
END_TEST

static atomic_uint of_thread;

static void *wait_for_a_message(void *arg)
{
    MSG message;

    (void)PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE); /* makes a queue */
    atomic_store(&of_thread, GetCurrentThreadId());
    /* An assertion may be where it is cancelled: it writes to a pipe. */
    atomic_store(&went_on, GetMessage(&message, NULL, 0, 0) == TRUE);
    pthread_testcancel();
    return arg;
}

START_TEST(a_thread_that_is_cancelled_in_a_turn_takes_nothing_with_it)
{
    pthread_t other;
    void *result;

    begin();
    ck_assert_int_eq(pthread_create(&other, NULL, wait_for_a_message, NULL), 0);
    ck_assert(comes_a_guest());
    ck_assert_int_eq(pthread_cancel(other), 0);
    ck_assert(PostThreadMessage(atomic_load(&of_thread), NUMBER, 0, 0));
    ck_assert_int_eq(pthread_join(other, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    ck_assert(atomic_load(&went_on));
    pump();
}
END_TEST

/* ---- the end ------------------------------------------------------------ */

static void *clean_up(void *arg)
{
    (void)SnmpCleanup();
    (void)PostMessage(window, NUMBER, 0, 77);
    return arg;
}

START_TEST(cleaning_up_does_not_wait_for_who_waits)
{
    pthread_t other;

    begin();
    pump();
    ck_assert_int_eq(pthread_create(&other, NULL, clean_up, NULL), 0);
    expect_message(77);
    ck_assert_int_eq(pthread_join(other, NULL), 0);
    start_again();
    pump();
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "lending");

    tcase_add_test(tcase, one_after_the_other);
    tcase_add_test(tcase, many_at_a_time);
    tcase_add_test(tcase, a_time_out_comes_although_nobody_else_is_there);
    tcase_add_test(tcase, a_program_that_stops_waiting_is_served_on);
    tcase_add_test(tcase, a_callback_is_not_called_in_the_middle_of_a_wait);
    tcase_add_test(tcase,
                   a_turn_under_way_leaves_callbacks_to_the_loops_thread);
    tcase_add_test(tcase, a_thread_is_not_cancelled_while_it_interrupts_a_turn);
    tcase_add_test(tcase,
                   a_thread_that_is_cancelled_in_a_turn_takes_nothing_with_it);
    tcase_add_test(tcase, cleaning_up_does_not_wait_for_who_waits);
}

SUITE_MAIN("api/lending", fill)
