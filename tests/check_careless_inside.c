/*
 * check_careless_inside.c - programs that do in a notification function what
 * they had better not: each act inside each kind of notification, in both
 * ways to run.  Nothing hangs, nothing is heard afterwards of what was ended,
 * and the library starts again.
 */
#include <errno.h>
#include <stdatomic.h>

#include "net/udp.h"
#include "support/free_port.h"
#include "support/scene.h"

/* ---- kinds of notifications --------------------------------------------- */

static const unsigned char v2c_trap[] = {
    0x30, 0x40, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',
    'i',  'c',  0xa7, 0x33, 0x02, 0x01, 0x63, 0x02, 0x01, 0x00, 0x02,
    0x01, 0x00, 0x30, 0x28, 0x30, 0x0d, 0x06, 0x08, 0x2b, 0x06, 0x01,
    0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x64, 0x30, 0x17, 0x06,
    0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04, 0x01, 0x00,
    0x06, 0x09, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x05, 0x01};

static const unsigned char v1_get[] = {
    0x30, 0x26, 0x02, 0x01, 0x00, 0x04, 0x06, 'p',  'u',  'b',
    'l',  'i',  'c',  0xa0, 0x19, 0x02, 0x01, 0x01, 0x02, 0x01,
    0x00, 0x02, 0x01, 0x00, 0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08,
    0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x01, 0x00, 0x05, 0x00};

static uint16_t trap_port;
static uint16_t agent_port;

static void cause_response(void)
{
    send_get(1);
}

static void cause_timeout(void)
{
    peer_script(peer, PEER_DROP, 1);
    set_policy(agent, 1, 0);
    send_get(1);
}

/* A datagram that the transport gives back. */
static int refuse_to_send(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    return call == WSN_UDP_CALL_SENDMSG ? ENETUNREACH : 0;
}

static void cause_failure(void)
{
    static const struct wsn_udp_faults faults = {refuse_to_send, NULL};

    set_policy(agent, 1, 0);
    wsn_udp_set_faults(&faults);
    send_get(1);
}

static void cause_trap(void)
{
    peer_send(peer, "127.0.0.1", trap_port, v2c_trap, sizeof v2c_trap);
}

static void cause_request(void)
{
    peer_send(peer, "127.0.0.1", agent_port, v1_get, sizeof v1_get);
}

static void (*const causes[])(void) = {
    cause_response, cause_timeout, cause_failure, cause_trap, cause_request};

/* ---- acts --------------------------------------------------------------- */

static HSNMP_SESSION bystander;
static atomic_bool is_ended; /* nothing may be heard any more */

static void end_session(void)
{
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    atomic_store(&is_ended, true);
    ASSERT_FAILS(SnmpClose(session), SNMPAPI_SESSION_INVALID);
}

static void end_bystander(void)
{
    ck_assert_uint_eq(SnmpClose(bystander), SNMPAPI_SUCCESS);
}

static void end_all(void)
{
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    atomic_store(&is_ended, true);
    ASSERT_FAILS(SnmpCleanup(), SNMPAPI_NOT_INITIALIZED);
}

static void cancel_others(void)
{
    for (smiINT32 id = 1; id < 10; id++)
        (void)SnmpCancelMsg(session, id);
}

static void start_once_more(void)
{
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
}

static void block(void)
{
    (void)poll(NULL, 0, 100);
}

static void receive_too_much(void)
{
    for (int i = 0; i < 10; i++) {
        struct received got = receive_from(session);

        if (got.error == SNMPAPI_SUCCESS)
            received_free(&got);
    }
}

static void stop_everything(void)
{
    (void)SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_OFF);
    (void)SnmpListen(manager, SNMPAPI_OFF);
    (void)SnmpFreeEntity(manager);
    (void)SnmpFreeEntity(agent);
    (void)SnmpFreeContext(context);
}

static void flood(void)
{
    for (smiINT32 id = 100; id < 150; id++)
        (void)send_pdu(session, SNMP_PDU_GET, id, NULL, agent);
}

static void end_thread(void)
{
    atomic_store(&is_ended, true);
    pthread_exit(NULL);
}

static void (*const acts[])(void) = {end_session,      end_bystander,   end_all,
                                     cancel_others,    start_once_more, block,
                                     receive_too_much, stop_everything, flood,
                                     end_thread};

/* ---- each with each ----------------------------------------------------- */

#define COMBINATIONS (N_MODES * N(causes) * N(acts))

static void (*act)(void);
static atomic_uint n_heard_after_the_end;
static bool is_acting; /* the loop's thread only */
static atomic_bool has_acted;

static SNMPAPI_STATUS CALLBACK careless(HSNMP_SESSION of, HWND window,
                                        UINT message, WPARAM what, LPARAM id,
                                        LPVOID data)
{
    (void)of;
    (void)window;
    (void)message;
    (void)what;
    (void)id;
    (void)data;
    if (atomic_load(&is_ended))
        (void)atomic_fetch_add(&n_heard_after_the_end, 1);
    wsn_udp_set_faults(NULL);
    if (!is_acting) {
        is_acting = true;
        if (act == end_thread)
            atomic_store(&has_acted, true);
        act();
        atomic_store(&has_acted, true);
    }
    return SNMPAPI_SUCCESS;
}

static void set_the_scene(int mode)
{
    UINT port = 0;

    setenv("WINSNMP_TRAP_PORT", "0", 1);
    scene_begin(mode);
    /* The scene's own session records; another one is careless. */
    bystander = session;
    session = SnmpCreateSession(NULL, 0, careless, NULL);
    manager = SnmpStrToEntity(session, "127.0.0.1");
    agent_port = free_port("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(manager, agent_port), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpListen(manager, SNMPAPI_ON), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    trap_port = (uint16_t)port;
}

static bool becomes_true(atomic_bool *flag)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (!atomic_load(flag) && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    return atomic_load(flag);
}

/* The last of them may go on the loop's thread, with what it used. */
static void assert_nothing_left(void)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (count_everything() != 0 && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    ck_assert_uint_eq(count_everything(), 0);
}

static void begin_again(void)
{
    start();
    stop();
    assert_nothing_left();
}

START_TEST(each_act_inside_each_notification)
{
    int mode = _i % N_MODES;
    int cause = _i / N_MODES % N(causes);

    act = acts[_i / N_MODES / N(causes)];
    /* A thread of the program's own may not end inside its event loop. */
    if (act == end_thread && mode == MODE_HOST)
        return;
    set_the_scene(mode);
    causes[cause]();
    ck_assert_msg(becomes_true(&has_acted), "cause %d", cause);
    /* More of the same, which may or may not be heard. */
    for (int i = 0; i < 5; i++)
        cause_trap();
    modes_end();
    ck_assert_uint_eq(atomic_load(&n_heard_after_the_end), 0);
    assert_nothing_left();
    begin_again();
}
END_TEST

static void end(void)
{
    wsn_udp_set_faults(NULL);
    scene_end();
}

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("inside a notification");

    tcase_add_checked_fixture(tcase, NULL, end);
    tcase_add_loop_test(tcase, each_act_inside_each_notification, 0,
                        COMBINATIONS);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("careless programs inside", fill)
