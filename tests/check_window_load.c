/*
 * check_window_load.c - a hundred sessions that notify one window: of very
 * many requests none is forgotten, told twice or told of another session.
 */
#include <windows.h>

#include "support/scale.h"
#include "support/scene.h"

#define SESSIONS 100
#define REQUESTS 100000
#define AT_ONCE 2 /* requests of each session under way */
#define FIRST_MESSAGE (WM_USER + 100)

static HWND window;
static HSNMP_SESSION sessions[SESSIONS];
static int made[SESSIONS];
static int each;            /* requests that each session makes */
static unsigned char *ends; /* how often each request has ended */
static int wrongs;          /* an assertion each would take too long */

static void open_sessions(void)
{
    window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL,
                          NULL, NULL);
    ck_assert_ptr_nonnull(window);
    for (UINT i = 0; i < SESSIONS; i++) {
        sessions[i] = SnmpOpen(window, FIRST_MESSAGE + i);
        ck_assert_ptr_nonnull(sessions[i]);
        made[i] = 0;
    }
}

/* Nothing is left when every request has ended. */
static void close_sessions(void)
{
    ck_assert(!PeekMessage(&(MSG){0}, NULL, 0, 0, PM_REMOVE));
    for (int i = 0; i < SESSIONS; i++) {
        expect_nothing(sessions[i]);
        ck_assert_uint_eq(SnmpClose(sessions[i]), SNMPAPI_SUCCESS);
    }
    ck_assert(DestroyWindow(window));
}

/* Requests are numbered so that the number tells whose it is, and from 1:
 * the library chooses another number for 0. */
static void ask(UINT which)
{
    smiINT32 id = made[which]++ * SESSIONS + (smiINT32)which + 1;

    wrongs += send_pdu(sessions[which], SNMP_PDU_GET, id, manager, agent) !=
              SNMPAPI_SUCCESS;
}

static MSG get_message(void)
{
    MSG message;

    while (!PeekMessage(&message, window, 0, 0, PM_REMOVE))
        ck_assert_uint_eq(
            MsgWaitForMultipleObjects(0, NULL, FALSE, PATIENCE_MS, QS_ALLINPUT),
            WAIT_OBJECT_0);
    return message;
}

/* Receives the next item of a session, which must be the response id. */
static void receive_id(HSNMP_SESSION of, smiINT32 id)
{
    HSNMP_ENTITY src = NULL;
    HSNMP_ENTITY dst = NULL;
    HSNMP_CONTEXT with = NULL;
    HSNMP_PDU pdu = NULL;
    smiINT type = 0;
    smiINT32 got = -1;

    wrongs += SnmpRecvMsg(of, &src, &dst, &with, &pdu) != SNMPAPI_SUCCESS;
    (void)SnmpGetPduData(pdu, &type, &got, NULL, NULL, NULL);
    wrongs += type != SNMP_PDU_RESPONSE || got != id;
    wrongs += src != NULL && SnmpFreeEntity(src) != SNMPAPI_SUCCESS;
    wrongs += dst != NULL && SnmpFreeEntity(dst) != SNMPAPI_SUCCESS;
    wrongs += SnmpFreeContext(with) != SNMPAPI_SUCCESS;
    wrongs += SnmpFreePdu(pdu) != SNMPAPI_SUCCESS;
}

/* Receives what a message tells of; returns the session. */
static UINT serve(const MSG *message)
{
    UINT which = message->message - FIRST_MESSAGE;
    smiINT32 id = (smiINT32)message->lParam;

    if (which >= SESSIONS || id < 1 || id > each * SESSIONS)
        ck_abort_msg("message %u, request %d", message->message, (int)id);
    wrongs += message->wParam != 0;
    wrongs += (id - 1) % SESSIONS != (int)which;
    wrongs += ends[id - 1]++ != 0;
    receive_id(sessions[which], id);
    return which;
}

static void carry(int mode, int requests)
{
    each = requests > SESSIONS * AT_ONCE ? requests / SESSIONS : AT_ONCE;
    ends = calloc((size_t)each * SESSIONS, 1);
    ck_assert_ptr_nonnull(ends);
    scene_begin(mode);
    peer_lose(peer, UINT_MAX); /* the first one, and it remembers none */
    set_policy(agent, 50, 50);
    open_sessions();
    wrongs = 0;
    for (UINT i = 0; i < SESSIONS * AT_ONCE; i++)
        ask(i % SESSIONS);
    for (int ended = 0; ended < each * SESSIONS; ended++) {
        MSG message = get_message();
        UINT which = serve(&message);

        if (made[which] < each)
            ask(which);
    }
    ck_assert_int_eq(wrongs, 0);
    close_sessions();
    free(ends);
}

START_TEST(no_notification_is_lost)
{
    /* All of them with the library's own thread, which is what runs ahead of
     * the window's thread; some in the other modes. */
    carry(_i, scaled(_i == MODE_OWN_THREAD ? REQUESTS : REQUESTS / 10));
}
END_TEST

static void fill(Suite *suite)
{
    tcase_add_loop_test(scene_case(suite, "window load"),
                        no_notification_is_lost, 0, N_MODES);
}

SUITE_MAIN("window load", fill)
