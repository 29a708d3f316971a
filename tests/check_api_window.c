/*
 * check_api_window.c - sessions that notify a window.
 */
#include <windows.h>

#include "support/scene.h"

static HWND window;
static HSNMP_SESSION opened;

static void begin(int mode)
{
    scene_begin(mode);
    window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL,
                          NULL, NULL);
    ck_assert_ptr_nonnull(window);
    opened = SnmpOpen(window, WM_USER + 1);
    ck_assert_ptr_nonnull(opened);
}

static void ask(HSNMP_SESSION of, smiINT32 id)
{
    ck_assert_uint_eq(send_pdu(of, SNMP_PDU_GET, id, manager, agent),
                      SNMPAPI_SUCCESS);
}

/* The next message of this thread's queue. */
static MSG get_message(void)
{
    struct pollfd fd = {WcGetQueueFd(), POLLIN, 0};
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    MSG message;

    while (!PeekMessage(&message, NULL, 0, 0, PM_REMOVE)) {
        ck_assert_uint_lt(now_ms(), end_ms);
        (void)poll(&fd, 1, 100);
    }
    return message;
}

static void expect_no_message(void)
{
    MSG message;

    ck_assert(!PeekMessage(&message, NULL, 0, 0, PM_REMOVE));
}

START_TEST(a_message_says_what_a_callback_is_told)
{
    MSG message;

    begin(_i);
    ask(opened, -5);
    message = get_message();
    ck_assert_ptr_eq(message.hwnd, window);
    ck_assert_uint_eq(message.message, WM_USER + 1);
    ck_assert_uint_eq(message.wParam, 0);
    ck_assert_int_eq(message.lParam, -5);
    expect_response(opened, -5);
    expect_nothing(opened);
    expect_no_message();
    ck_assert_uint_eq(SnmpClose(opened), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(a_time_out_is_a_message)
{
    MSG message;
    struct received got;

    begin(_i);
    set_policy(agent, 1, 0);
    peer_script(peer, PEER_DROP, 1);
    ask(opened, 6);
    message = get_message();
    ck_assert_uint_eq(message.wParam, SNMPAPI_TL_TIMEOUT);
    ck_assert_int_eq(message.lParam, 6);
    got = receive_from(opened);
    ck_assert_uint_eq(got.error, SNMPAPI_TL_TIMEOUT);
    ck_assert_int_eq(id_of(got.pdu), 6);
}
END_TEST

/* GetMessage sleeps until the library posts. */
START_TEST(a_message_wakes_its_thread)
{
    MSG message;

    begin(_i);
    peer_script(peer, PEER_DELAY, 50);
    ask(opened, 6);
    ck_assert_int_eq(GetMessage(&message, window, 0, 0), TRUE);
    ck_assert_int_eq(message.lParam, 6);
    expect_response(opened, 6);
}
END_TEST

static LRESULT CALLBACK receive_there(HWND where, UINT message, WPARAM wparam,
                                      LPARAM lparam)
{
    if (message != WM_USER + 1)
        return DefWindowProc(where, message, wparam, lparam);
    expect_response(opened, (smiINT32)lparam);
    return 1;
}

START_TEST(a_window_procedure_may_receive)
{
    WNDCLASS wc = {.lpfnWndProc = receive_there,
                   .lpszClassName = "receives there"};
    MSG message;

    scene_begin(_i);
    (void)RegisterClass(&wc);
    window = CreateWindow(wc.lpszClassName, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                          NULL, NULL, NULL);
    opened = SnmpCreateSession(window, WM_USER + 1, NULL, NULL);
    ck_assert_ptr_nonnull(opened);
    for (smiINT32 id = 1; id <= 20; id++) {
        ask(opened, id);
        message = get_message();
        ck_assert_int_eq(DispatchMessage(&message), 1);
    }
    ck_assert(DestroyWindow(window));
}
END_TEST

#define SESSIONS 100

START_TEST(many_sessions_share_a_window)
{
    HSNMP_SESSION sessions[SESSIONS];
    bool seen[SESSIONS] = {false};

    begin(_i);
    for (UINT i = 0; i < SESSIONS; i++) {
        sessions[i] = SnmpOpen(window, WM_USER + 100 + i);
        ck_assert_ptr_nonnull(sessions[i]);
        ask(sessions[i], 1000 + (smiINT32)i);
    }
    for (UINT i = 0; i < SESSIONS; i++) {
        MSG message = get_message();
        UINT which = message.message - WM_USER - 100;

        ck_assert_uint_lt(which, SESSIONS);
        ck_assert(!seen[which]);
        seen[which] = true;
        ck_assert_int_eq(message.lParam, 1000 + (LPARAM)which);
        expect_response(sessions[which], 1000 + (smiINT32)which);
        ck_assert_uint_eq(SnmpClose(sessions[which]), SNMPAPI_SUCCESS);
    }
    expect_no_message();
}
END_TEST

/* Programs destroy their window, then free, then close. */
START_TEST(a_session_outlives_its_window)
{
    struct received got;
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    begin(_i);
    peer_script(peer, PEER_DELAY, 30);
    ask(opened, 7);
    ck_assert(DestroyWindow(window));
    do {
        got = receive_from(opened); /* nobody tells us when */
    } while (got.error == SNMPAPI_NOOP && now_ms() < end_ms);
    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_int_eq(id_of(got.pdu), 7);
    received_free(&got);
    ck_assert_uint_eq(SnmpClose(opened), SNMPAPI_SUCCESS);
}
END_TEST

#define MANY 12000 /* more than a queue holds */

START_TEST(a_full_queue_loses_no_item)
{
    int n = 0;

    begin(MODE_OWN_THREAD);
    set_policy(agent, 20, 1000);
    for (smiINT32 id = 1; id <= MANY; id++)
        ask(opened, id);
    ck_assert(stat_reaches(STAT(responsesMatched), MANY));
    for (uint64_t end_ms = now_ms() + PATIENCE_MS;
         n < MANY && now_ms() < end_ms;) {
        HSNMP_PDU pdu = NULL;

        if (SnmpRecvMsg(opened, NULL, NULL, NULL, &pdu) != SNMPAPI_SUCCESS)
            continue;
        n++;
        (void)SnmpFreePdu(pdu);
    }
    ck_assert_int_eq(n, MANY);
    expect_nothing(opened);
}
END_TEST

START_TEST(nothing_is_posted_after_the_end)
{
    begin(_i);
    for (smiINT32 id = 1; id <= 20; id++) {
        peer_script(peer, PEER_DELAY, 20);
        ask(opened, id);
    }
    ck_assert_uint_eq(SnmpClose(opened), SNMPAPI_SUCCESS);
    while (PeekMessage(&(MSG){0}, NULL, 0, 0, PM_REMOVE))
        continue;
    ck_assert(stat_reaches(STAT(inPkts), 20));
    expect_no_message();
}
END_TEST

static void end(void)
{
    if (window != NULL)
        (void)DestroyWindow(window);
    window = NULL;
    scene_end();
}

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("window");

    tcase_add_checked_fixture(tcase, NULL, end);
#define EACH(test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(a_message_says_what_a_callback_is_told);
    EACH(a_time_out_is_a_message);
    EACH(a_message_wakes_its_thread);
    EACH(a_window_procedure_may_receive);
    EACH(many_sessions_share_a_window);
    EACH(a_session_outlives_its_window);
    EACH(nothing_is_posted_after_the_end);
    tcase_add_test(tcase, a_full_queue_loses_no_item);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("api/window", fill)
