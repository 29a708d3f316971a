/*
 * check_api_lending.c - programs whose thread waits for window messages runs
 * the library's loop meanwhile; nothing else may show of that.
 */
#include <windows.h>

#include <pthread.h>

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
    tcase_add_test(tcase, cleaning_up_does_not_wait_for_who_waits);
}

SUITE_MAIN("api/lending", fill)
