/*
 * check_api_session.c - SnmpOpen, SnmpCreateSession, SnmpClose, and what a
 * callback may do to its session.
 */
#include <windows.h>

#include "support/scene.h"

/* ---- creation ----------------------------------------------------------- */

static HWND new_window(void)
{
    HWND window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                               NULL, NULL, NULL);

    ck_assert_ptr_nonnull(window);
    return window;
}

static HWND dead_window(void)
{
    HWND window = new_window();

    ck_assert(DestroyWindow(window));
    return window;
}

static HWND no_window(void)
{
    return NULL;
}

static HWND nonsense(void)
{
    return (HWND)(uintptr_t)0xdead;
}

static const struct {
    HWND (*window)(void);
    UINT message;
    SNMPAPI_STATUS open; /* SnmpOpen's code */
    SNMPAPI_STATUS create;
} refusals[] = {
    {no_window, 0, SNMPAPI_HWND_INVALID, SNMPAPI_OPERATION_INVALID},
    {no_window, WM_USER, SNMPAPI_HWND_INVALID, SNMPAPI_HWND_INVALID},
    {nonsense, WM_USER, SNMPAPI_HWND_INVALID, SNMPAPI_HWND_INVALID},
    {dead_window, WM_USER, SNMPAPI_HWND_INVALID, SNMPAPI_HWND_INVALID},
    {new_window, 0, SNMPAPI_OTHER_ERROR, SNMPAPI_MESSAGE_INVALID},
    {new_window, 0x3ff, SNMPAPI_OTHER_ERROR, SNMPAPI_MESSAGE_INVALID},
    {new_window, 0x10000, SNMPAPI_OTHER_ERROR, SNMPAPI_MESSAGE_INVALID},
};

START_TEST(a_session_needs_somebody_to_notify)
{
    static int client;
    HWND window = refusals[_i].window();
    UINT message = refusals[_i].message;

    start();
    ASSERT_FAILS(SnmpOpen(window, message), refusals[_i].open);
    ASSERT_FAILS(SnmpCreateSession(window, message, NULL, NULL),
                 refusals[_i].create);
    ASSERT_FAILS(SnmpCreateSession(window, message, NULL, &client),
                 refusals[_i].create);
}
END_TEST

static const UINT messages[] = {WM_USER, WM_USER + 1, 0x7fff, 0xc000, 0xffff};

START_TEST(messages_from_wm_user_upward_are_taken)
{
    HWND window = new_window();
    HSNMP_SESSION opened;

    start();
    opened = SnmpOpen(window, messages[_i]);
    ck_assert_ptr_nonnull(opened);
    ck_assert_uint_eq(SnmpClose(opened), SNMPAPI_SUCCESS);
    opened = SnmpCreateSession(window, messages[_i], NULL, NULL);
    ck_assert_ptr_nonnull(opened);
    ck_assert(DestroyWindow(window));
    ck_assert_uint_eq(SnmpClose(opened), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(a_shortage_opens_nothing)
{
    HSNMP_SESSION opened;

    start();
    ASSERT_SURVIVES_SHORTAGE(opened,
                             SnmpCreateSession(NULL, 0, on_event, NULL));
    ck_assert_uint_eq(SnmpClose(opened), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(what_is_no_session_cannot_be_closed)
{
    void *bad[BAD_HANDLES];

    start();
    bad_handles(WSN_SESSION, bad);
    for (int i = 0; i < BAD_HANDLES; i++)
        if (bad[i] != session)
            ASSERT_FAILS(SnmpClose(bad[i]), SNMPAPI_SESSION_INVALID);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpClose(session), SNMPAPI_SESSION_INVALID);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    ASSERT_FAILS(SnmpOpen(NULL, 0), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpCreateSession(NULL, 0, NULL, NULL),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpCreateSession(NULL, 0, on_event, NULL),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpClose(NULL), SNMPAPI_NOT_INITIALIZED);
}
END_TEST

#define CYCLES 2000

START_TEST(sessions_come_and_go)
{
    HSNMP_SESSION first = NULL;
    int wrongs = 0;

    scene_begin(_i);
    for (int i = 0; i < CYCLES; i++) {
        HSNMP_SESSION opened = open_session();

        if (first == NULL)
            first = opened;
        else
            wrongs += opened == first;
        wrongs += SnmpClose(opened) != SNMPAPI_SUCCESS;
        wrongs += SnmpClose(first) != SNMPAPI_FAILURE;
    }
    ck_assert_int_eq(wrongs, 0);
}
END_TEST

/* ---- callbacks ---------------------------------------------------------- */

START_TEST(a_callback_is_handed_what_was_given)
{
    struct event event;
    HSNMP_SESSION other;

    scene_begin(_i);
    other = SnmpCreateSession((HWND)(uintptr_t)0x1234, 77, events_callback,
                              &events);
    ck_assert_ptr_nonnull(other);
    ck_assert_uint_eq(send_pdu(other, SNMP_PDU_GET, 5, NULL, agent),
                      SNMPAPI_SUCCESS);
    event = events_wait(&events, 1);
    ck_assert_ptr_eq(event.session, other);
    ck_assert_ptr_eq(event.window, (HWND)(uintptr_t)0x1234);
    ck_assert_uint_eq(event.message, 77);
    expect_response(other, 5);
    expect_nothing(session);
}
END_TEST

static SNMPAPI_STATUS close_myself(struct events *of, const struct event *event)
{
    if (SnmpClose(event->session) == SNMPAPI_SUCCESS &&
        SnmpClose(event->session) == SNMPAPI_FAILURE)
        of->arg = of;
    return SNMPAPI_SUCCESS;
}

static SNMPAPI_STATUS return_0(struct events *of, const struct event *event)
{
    (void)of;
    (void)event;
    return SNMPAPI_FAILURE;
}

static SNMPAPI_STATUS return_42(struct events *of, const struct event *event)
{
    (void)of;
    (void)event;
    return 42;
}

static SNMPAPI_STATUS (*const endings[])(struct events *,
                                         const struct event *) = {
    close_myself, return_0, return_42};

static bool closes_soon(HSNMP_SESSION of)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    do {
        (void)SnmpCancelMsg(of, 99);
    } while (SnmpGetLastError(NULL) != SNMPAPI_SESSION_INVALID &&
             now_ms() < end_ms);
    return now_ms() < end_ms;
}

/* The callback ends its session while more responses wait. */
static void expect_one_call(int mode, int ending)
{
    HSNMP_SESSION other;

    scene_begin(mode);
    events.inside = endings[ending];
    peer_script(peer, PEER_DROP, 5);
    for (smiINT32 id = 1; id <= 5; id++)
        send_get(id);
    for (size_t i = 0; i < 5; i++)
        peer_answer(peer, i);
    (void)events_wait(&events, 1);
    ck_assert_ptr_eq(events.arg, ending == 0 ? &events : NULL);
    ck_assert(stat_reaches(STAT(inPkts), 5));
    ck_assert(closes_soon(session));
    ASSERT_FAILS(SnmpClose(session), SNMPAPI_SESSION_INVALID);
    other = open_session(); /* the library lives on */
    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_count(&events), 1);
    modes_end();
    ck_assert_uint_eq(events_count(&events), 1);
    ck_assert_uint_eq(count_everything(), 0);
}

START_TEST(a_callback_may_end_its_session)
{
    expect_one_call(_i % N_MODES, _i / N_MODES);
}
END_TEST

static void forget_environment(void)
{
    unsetenv("WINSNMP_CALLBACK_RESULT");
    unsetenv("WINSNMP_SESSION_WITHOUT_NOTIFICATION");
}

START_TEST(what_a_callback_returns_may_be_ignored)
{
    setenv("WINSNMP_CALLBACK_RESULT", "ignore", 1);
    scene_begin(_i);
    events.inside = return_0;
    send_get(1);
    (void)events_wait(&events, 1);
    send_get(2);
    (void)events_wait(&events, 2);
    expect_response(session, 1);
    expect_response(session, 2);
}
END_TEST

static _Atomic int is_inside;
static _Atomic int is_over;

/* Until somebody else closes the session. */
static void await_the_end_of(HSNMP_SESSION of)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    is_inside = 1;
    while (SnmpCancelMsg(of, 99) == SNMPAPI_FAILURE &&
           SnmpGetLastError(NULL) != SNMPAPI_SESSION_INVALID &&
           now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
}

static SNMPAPI_STATUS outlive(struct events *of, const struct event *event)
{
    (void)of;
    await_the_end_of(event->session);
    (void)poll(NULL, 0, 10); /* a close that does not wait returns now */
    is_over = 1;
    return SNMPAPI_SUCCESS;
}

/* Returns whether the callback was over when the session was closed. */
static void *close_it(void *arg)
{
    return SnmpClose(session) == SNMPAPI_SUCCESS && is_over ? arg : NULL;
}

/* Closes the session while its callback is inside; it must wait for that. */
static void close_meanwhile(SNMPAPI_STATUS (*inside)(struct events *,
                                                     const struct event *))
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    pthread_t closer;
    void *result;

    is_inside = is_over = 0;
    events.inside = inside;
    send_get(1);
    while (!is_inside && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    ck_assert_int_eq(is_inside, 1);
    ck_assert_int_eq(pthread_create(&closer, NULL, close_it, &is_over), 0);
    ck_assert_int_eq(pthread_join(closer, &result), 0);
    ck_assert_ptr_eq(result, &is_over);
    ck_assert_uint_eq(events_count(&events), 1);
}

START_TEST(a_close_waits_for_the_callback)
{
    scene_begin(_i);
    close_meanwhile(outlive);
}
END_TEST

/* What a callback finds of its session when that is being closed. */
static struct {
    HSNMP_PDU pdu;
    HSNMP_VBL vbl;
    SNMPAPI_STATUS status;
    SNMPAPI_STATUS code;
} left;

static SNMPAPI_STATUS look(struct events *of, const struct event *event)
{
    (void)of;
    await_the_end_of(event->session);
    left.status = SnmpGetPduData(left.pdu, NULL, NULL, NULL, NULL, &left.vbl);
    left.code = SnmpGetLastError(NULL);
    is_over = 1;
    return SNMPAPI_SUCCESS;
}

START_TEST(a_session_that_ends_has_no_lists_any_more)
{
    scene_begin(_i);
    left.pdu = new_pdu(SNMP_PDU_GET, new_vbl());
    left.vbl = UNTOUCHED;
    close_meanwhile(look);
    ck_assert_uint_eq(left.status, SNMPAPI_FAILURE);
    ck_assert_uint_eq(left.code, SNMPAPI_PDU_INVALID);
    ck_assert_ptr_eq(left.vbl, UNTOUCHED);
}
END_TEST

/* ---- the end of a session ----------------------------------------------- */

START_TEST(a_message_that_was_accepted_is_sent_before_the_end)
{
    scene_begin(_i);
    for (smiINT32 id = 1; id <= 50; id++)
        send_get(id);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    modes_end();
    ck_assert(peer_wait(peer, 50));
}
END_TEST

/* The loop's thread may still be letting go of the answer it was looking at. */
static bool nothing_is_left(void)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (count_everything() != 0 && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    return count_everything() == 0;
}

START_TEST(nothing_is_heard_after_the_end)
{
    size_t n;

    scene_begin(_i);
    set_policy(agent, 1, 5);
    for (smiINT32 id = 1; id <= 40; id++) {
        peer_script(peer, PEER_DELAY, (unsigned)id);
        send_get(id);
    }
    (void)events_wait(&events, 5);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    n = events_count(&events);
    ck_assert(stat_reaches(STAT(inPkts), 40));
    ck_assert(nothing_is_left());
    ck_assert_uint_eq(events_count(&events), n);
}
END_TEST

START_TEST(what_a_session_made_ends_with_it)
{
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;
    smiOCTETS octets;

    scene_begin(_i);
    vbl = new_vbl();
    pdu = new_pdu(SNMP_PDU_GET, vbl);
    ck_assert_uint_eq(SnmpContextToStr(context, &octets), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeVbl(vbl), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS(SnmpFreePdu(pdu), SNMPAPI_PDU_INVALID);
    ASSERT_FAILS(SnmpFreeEntity(agent), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpFreeContext(context), SNMPAPI_CONTEXT_INVALID);
    ck_assert_mem_eq(octets.ptr, "public", 6); /* descriptors live on */
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets),
                      SNMPAPI_SUCCESS);
}
END_TEST

/* ---- no notification at all --------------------------------------------- */

START_TEST(a_session_may_be_polled_if_that_is_allowed)
{
    HSNMP_SESSION polled;
    struct received got;
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    setenv("WINSNMP_SESSION_WITHOUT_NOTIFICATION", "on", 1);
    scene_begin(_i);
    polled = SnmpCreateSession(NULL, 0, NULL, NULL);
    ck_assert_ptr_nonnull(polled);
    ck_assert_uint_eq(send_pdu(polled, SNMP_PDU_GET, 5, manager, agent),
                      SNMPAPI_SUCCESS);
    do {
        got = receive_from(polled);
        if (got.error == SNMPAPI_NOOP)
            (void)poll(NULL, 0, 1);
    } while (got.error == SNMPAPI_NOOP && now_ms() < end_ms);
    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_int_eq(id_of(got.pdu), 5);
    received_free(&got);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *creation = scene_case(suite, "creation");
    TCase *callbacks = scene_case(suite, "callbacks");
    TCase *ends = scene_case(suite, "ends");

    tcase_add_checked_fixture(callbacks, NULL, forget_environment);
    tcase_add_loop_test(creation, a_session_needs_somebody_to_notify, 0,
                        N(refusals));
    tcase_add_loop_test(creation, messages_from_wm_user_upward_are_taken, 0,
                        N(messages));
    tcase_add_test(creation, a_shortage_opens_nothing);
    tcase_add_test(creation, what_is_no_session_cannot_be_closed);
    tcase_add_test(creation, nothing_works_without_start_up);
#define EACH(tcase, test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(creation, sessions_come_and_go);
    EACH(callbacks, a_callback_is_handed_what_was_given);
    tcase_add_loop_test(callbacks, a_callback_may_end_its_session, 0,
                        N_MODES * N(endings));
    EACH(callbacks, what_a_callback_returns_may_be_ignored);
    EACH(callbacks, a_close_waits_for_the_callback);
    EACH(callbacks, a_session_that_ends_has_no_lists_any_more);
    EACH(callbacks, a_session_may_be_polled_if_that_is_allowed);
    EACH(ends, a_message_that_was_accepted_is_sent_before_the_end);
    EACH(ends, nothing_is_heard_after_the_end);
    EACH(ends, what_a_session_made_ends_with_it);
}

SUITE_MAIN("api/session", fill)
