/*
 * check_api_fork.c - what the child of a fork finds.
 */
#include <sys/wait.h>
#include <unistd.h>

#include "support/quiet_fork.h"
#include "support/scene.h"

/* The result of a test in the child: 0 is good. */
static void expect_good_child(pid_t child)
{
    int status = 0;

    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}

/* One exchange with the peer of the parent, with what the child makes. */
static bool can_ask(void)
{
    HSNMP_SESSION of = SnmpCreateSession(NULL, 0, events_callback, &events);
    HSNMP_ENTITY dst = SnmpStrToEntity(of, "127.0.0.1");
    smiBYTE name[] = "public";
    smiOCTETS octets = {6, name};
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    size_t n = events_count(&events);

    context = SnmpStrToContext(of, &octets);
    (void)SnmpSetPort(dst, peer_port(peer));
    (void)SnmpSetTimeout(dst, 5);
    (void)SnmpSetRetry(dst, 100);
    if (send_pdu(of, SNMP_PDU_GETNEXT, 4, NULL, dst) != SNMPAPI_SUCCESS)
        return false;
    while (events_count(&events) == n && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    return SnmpRecvMsg(of, &dst, NULL, NULL, NULL) == SNMPAPI_SUCCESS;
}

/* A program starts up, becomes a daemon, opens its first session. */
static int go_on_as_a_daemon(void)
{
    if (!can_ask())
        return 1;
    return SnmpCleanup() == SNMPAPI_SUCCESS ? 0 : 2;
}

START_TEST(a_daemon_goes_on)
{
    pid_t child;

    setenv("WINSNMP_CONF", "/dev/null", 1);
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    events_init(&events);
    peer = peer_new("127.0.0.1");
    child = quiet_fork();
    if (child == 0)
        _exit(go_on_as_a_daemon());
    expect_good_child(child);
    ck_assert(can_ask()); /* so does the parent */
}
END_TEST

/* One with sessions has none of them, and has to start up again. */
static int begin_anew(void)
{
    smiUINT32 mode;

    if (SnmpGetTranslateMode(&mode) != SNMPAPI_FAILURE ||
        SnmpGetLastError(NULL) != SNMPAPI_NOT_INITIALIZED)
        return 1;
    if (SnmpClose(session) != SNMPAPI_FAILURE ||
        SnmpCleanup() != SNMPAPI_FAILURE)
        return 2;
    if (SnmpStartup(NULL, NULL, NULL, NULL, NULL) != SNMPAPI_SUCCESS)
        return 3;
    if (SnmpFreeEntity(agent) != SNMPAPI_FAILURE ||
        SnmpGetLastError(NULL) != SNMPAPI_ENTITY_INVALID)
        return 4;
    if (!can_ask())
        return 5;
    return SnmpCleanup() == SNMPAPI_SUCCESS ? 0 : 6;
}

START_TEST(a_child_of_a_busy_program_begins_anew)
{
    pid_t child;

    scene_begin(_i);
    set_policy(agent, 5, 100);
    peer_script(peer, PEER_DROP, 10);
    send_get(1);
    child = quiet_fork();
    if (child == 0)
        _exit(begin_anew());
    expect_good_child(child);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, 1); /* the parent has noticed nothing */
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "fork");

    tcase_add_test(tcase, a_daemon_goes_on);
    tcase_add_loop_test(tcase, a_child_of_a_busy_program_begins_anew, 0,
                        N_MODES);
}

SUITE_MAIN("api/fork", fill)
