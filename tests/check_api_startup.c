/*
 * check_api_startup.c - SnmpStartup, SnmpStartupEx, SnmpCleanup and
 * SnmpCleanupEx in every order.
 */
#include <sys/resource.h>
#include <unistd.h>

#include "support/proc.h"
#include "support/scene.h"

/* ---- the table of states ------------------------------------------------ */

static SNMPAPI_STATUS startup(void)
{
    return SnmpStartup(NULL, NULL, NULL, NULL, NULL);
}

static SNMPAPI_STATUS startup_ex(void)
{
    return SnmpStartupEx(NULL, NULL, NULL, NULL, NULL);
}

/* How often is started: by SnmpStartup (once at most), by SnmpStartupEx. */
struct state {
    bool startup;
    unsigned ex;
};

static const struct {
    struct state before;
    SNMPAPI_STATUS (*call)(void);
    SNMPAPI_STATUS code; /* SNMPAPI_SUCCESS, or why it fails */
    struct state after;
} transitions[] = {
    {{0, 0}, startup, SNMPAPI_SUCCESS, {1, 0}},
    {{1, 0}, startup, SNMPAPI_SUCCESS, {1, 0}},
    {{0, 1}, startup, SNMPAPI_SUCCESS, {1, 1}},
    {{0, 2}, startup, SNMPAPI_SUCCESS, {1, 2}},
    {{1, 2}, startup, SNMPAPI_SUCCESS, {1, 2}},

    {{0, 0}, startup_ex, SNMPAPI_SUCCESS, {0, 1}},
    {{1, 0}, startup_ex, SNMPAPI_SUCCESS, {1, 1}},
    {{0, 1}, startup_ex, SNMPAPI_SUCCESS, {0, 2}},
    {{1, 2}, startup_ex, SNMPAPI_SUCCESS, {1, 3}},

    {{0, 0}, SnmpCleanup, SNMPAPI_NOT_INITIALIZED, {0, 0}},
    {{1, 0}, SnmpCleanup, SNMPAPI_SUCCESS, {0, 0}},
    {{0, 1}, SnmpCleanup, SNMPAPI_SUCCESS, {0, 0}},
    {{0, 2}, SnmpCleanup, SNMPAPI_SUCCESS, {0, 1}},
    {{1, 1}, SnmpCleanup, SNMPAPI_SUCCESS, {0, 1}},
    {{1, 2}, SnmpCleanup, SNMPAPI_SUCCESS, {0, 2}},

    {{0, 0}, SnmpCleanupEx, SNMPAPI_OTHER_ERROR, {0, 0}},
    {{1, 0}, SnmpCleanupEx, SNMPAPI_OTHER_ERROR, {1, 0}},
    {{0, 1}, SnmpCleanupEx, SNMPAPI_SUCCESS, {0, 0}},
    {{0, 2}, SnmpCleanupEx, SNMPAPI_SUCCESS, {0, 1}},
    {{1, 1}, SnmpCleanupEx, SNMPAPI_SUCCESS, {1, 0}},
    {{1, 2}, SnmpCleanupEx, SNMPAPI_SUCCESS, {1, 1}},
};

static bool is_started(struct state state)
{
    return state.startup || state.ex > 0;
}

static void reach(struct state state)
{
    if (state.startup)
        ck_assert_uint_eq(startup(), SNMPAPI_SUCCESS);
    for (unsigned i = 0; i < state.ex; i++)
        ck_assert_uint_eq(startup_ex(), SNMPAPI_SUCCESS);
}

/* Undoes everything, and sees that it was as much as it should be. */
static void expect_state(struct state state)
{
    for (unsigned i = 0; i < state.ex; i++)
        ck_assert_uint_eq(SnmpCleanupEx(), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpCleanupEx(), SNMPAPI_OTHER_ERROR);
    if (state.startup)
        ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpCleanup(), SNMPAPI_NOT_INITIALIZED);
}

static void expect_session(HSNMP_SESSION before, struct state after)
{
    smiUINT32 mode;

    if (!is_started(after)) {
        ASSERT_FAILS(SnmpCancelMsg(before, 1), SNMPAPI_NOT_INITIALIZED);
        ASSERT_FAILS(SnmpGetTranslateMode(&mode), SNMPAPI_NOT_INITIALIZED);
        return;
    }
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpCancelMsg(before, 1), before != NULL
                                               ? SNMPAPI_PDU_INVALID
                                               : SNMPAPI_SESSION_INVALID);
}

START_TEST(each_call_in_each_state)
{
    struct state before = transitions[_i].before;
    HSNMP_SESSION opened = NULL;

    reach(before);
    if (is_started(before))
        opened = open_session();
    if (transitions[_i].code == SNMPAPI_SUCCESS)
        ck_assert_uint_eq(transitions[_i].call(), SNMPAPI_SUCCESS);
    else
        ASSERT_FAILS(transitions[_i].call(), transitions[_i].code);
    expect_session(opened, transitions[_i].after);
    expect_state(transitions[_i].after);
}
END_TEST

/* ---- the outputs -------------------------------------------------------- */

typedef SNMPAPI_STATUS (*start_fn)(smiLPUINT32, smiLPUINT32, smiLPUINT32,
                                   smiLPUINT32, smiLPUINT32);

static const start_fn starts[] = {SnmpStartup, SnmpStartupEx};

START_TEST(it_tells_what_it_is)
{
    smiUINT32 out[5] = {42, 42, 42, 42, 42};

    ck_assert_uint_eq(starts[_i](&out[0], &out[1], &out[2], &out[3], &out[4]),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(out[0], 2);
    ck_assert_uint_eq(out[1], 0);
    ck_assert_uint_eq(out[2], SNMPAPI_V2_SUPPORT);
    ck_assert_uint_eq(out[3], SNMPAPI_UNTRANSLATED_V1);
    ck_assert_uint_eq(out[4], SNMPAPI_ON);
}
END_TEST

START_TEST(outputs_may_be_missing)
{
    for (int given = 0; given < 5; given++) {
        smiUINT32 value = 42;
        smiLPUINT32 out[5] = {NULL};

        out[given] = &value;
        ck_assert_uint_eq(starts[_i](out[0], out[1], out[2], out[3], out[4]),
                          SNMPAPI_SUCCESS);
        ck_assert_uint_ne(value, 42);
    }
}
END_TEST

/* They are written in the order of the parameters. */
START_TEST(one_variable_may_stand_for_all)
{
    smiUINT32 value = 42;

    ck_assert_uint_eq(starts[_i](&value, &value, &value, &value, &value),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(value, SNMPAPI_ON);
}
END_TEST

/* ---- what a clean-up ends ----------------------------------------------- */

START_TEST(nothing_of_before_is_valid_after)
{
    HSNMP_SESSION old = session;
    smiOCTETS octets;
    HSNMP_VBL vbl;

    scene_begin(_i);
    old = session;
    vbl = new_vbl();
    send_get(1);
    (void)events_wait(&events, 1);
    ck_assert_uint_eq(SnmpContextToStr(context, &octets), SNMPAPI_SUCCESS);
    modes_pause();
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(count_everything(), 0);
    start();
    ASSERT_FAILS(SnmpClose(old), SNMPAPI_SESSION_INVALID);
    ASSERT_FAILS(SnmpFreeEntity(agent), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpFreeContext(context), SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS(SnmpFreeVbl(vbl), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets),
                 SNMPAPI_OPERATION_INVALID);
    ck_assert_uint_eq(stats_now().inPkts, 0);
    stop();
}
END_TEST

START_TEST(a_clean_up_discards_what_is_outstanding)
{
    scene_begin(_i);
    peer_script(peer, PEER_DROP, 1000000);
    set_policy(agent, 1, 1000);
    for (smiINT32 id = 1; id <= 500; id++)
        send_get(id);
    modes_pause();
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(count_everything(), 0);
    ck_assert_uint_eq(events_count(&events), 0);
}
END_TEST

#define RESTARTS 200

START_TEST(restarting_costs_nothing)
{
    int fds = 0;
    int threads = 0;

    for (int i = 0; i <= RESTARTS; i++) {
        scene_begin(_i);
        send_get(i + 1);
        (void)events_wait(&events, 1);
        scene_end();
        if (i == 0) {
            fds = count_fds();
            threads = count_threads();
        }
    }
    ck_assert_int_eq(count_fds(), fds);
    ck_assert(threads_fall_to(threads));
    events_init(&events); /* for the teardown */
}
END_TEST

/* ---- inside a callback -------------------------------------------------- */

static SNMPAPI_STATUS start_again(struct events *of, const struct event *event)
{
    (void)event;
    if (startup() == SNMPAPI_SUCCESS && startup_ex() == SNMPAPI_SUCCESS)
        of->arg = of;
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_may_start_up_once_more)
{
    scene_begin(_i);
    events.inside = start_again;
    send_get(1);
    (void)events_wait(&events, 1);
    ck_assert_ptr_nonnull(events.arg);
    expect_response(session, 1);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCancelMsg(session, 1), SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_PDU_INVALID);
}
END_TEST

static SNMPAPI_STATUS clean_up(struct events *of, const struct event *event)
{
    (void)event;
    if (SnmpCleanup() == SNMPAPI_SUCCESS && SnmpCleanup() == SNMPAPI_FAILURE &&
        SnmpGetLastError(NULL) == SNMPAPI_NOT_INITIALIZED)
        of->arg = of;
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_may_clean_up)
{
    scene_begin(_i);
    events.inside = clean_up;
    peer_script(peer, PEER_DROP, 10);
    for (smiINT32 id = 1; id <= 10; id++)
        send_get(id);
    for (size_t i = 0; i < 10; i++)
        peer_answer(peer, i);
    (void)events_wait(&events, 1);
    ck_assert_ptr_nonnull(events.arg);
    ASSERT_FAILS(SnmpClose(session), SNMPAPI_NOT_INITIALIZED);
    modes_end();
    ck_assert_uint_eq(events_count(&events), 1);
    start(); /* at once */
    stop();
}
END_TEST

/* Cleans up, starts up and goes on with a session of the new start-up. */
static SNMPAPI_STATUS begin_anew(struct events *of, const struct event *event)
{
    if (event->lparam != 1)
        return SNMPAPI_SUCCESS;
    if (SnmpCleanup() != SNMPAPI_SUCCESS || startup() != SNMPAPI_SUCCESS)
        return SNMPAPI_SUCCESS;
    session = SnmpCreateSession(NULL, 0, events_callback, of);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    agent = SnmpStrToEntity(session, "127.0.0.1");
    SnmpSetPort(agent, peer_port(peer));
    context = SnmpStrToContext(
        session, &(smiOCTETS){6, (smiLPBYTE)(uintptr_t) "public"});
    (void)send_pdu(session, SNMP_PDU_GET, 2, NULL, agent);
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_may_begin_anew)
{
    scene_begin(_i);
    events.inside = begin_anew;
    send_get(1);
    /* The old loop and the new one may tell of theirs at the same time. */
    ck_assert_int_eq(events_wait(&events, 2).lparam + events.list[0].lparam,
                     1 + 2);
    expect_response(session, 2);
}
END_TEST

/* ---- shortage ----------------------------------------------------------- */

START_TEST(a_start_up_without_memory_fails_and_can_be_tried_again)
{
    SNMPAPI_STATUS status;

    ASSERT_SURVIVES_SHORTAGE(status, starts[_i](NULL, NULL, NULL, NULL, NULL));
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
    expect_state((struct state){_i == 0, _i == 1});
}
END_TEST

static const SNMPAPI_STATUS codes_without_fds[] = {SNMPAPI_NOT_INITIALIZED,
                                                   SNMPAPI_TL_RESOURCE_ERROR};

START_TEST(a_start_up_without_descriptors_fails_and_can_be_tried_again)
{
    struct rlimit limit;
    rlim_t before;
    int lowest = dup(0);

    ck_assert_int_ge(lowest, 0);
    (void)close(lowest);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    before = limit.rlim_cur;
    limit.rlim_cur = (rlim_t)lowest;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    (void)wsn_fail(NULL, NO_CODE);
    ck_assert_uint_eq(starts[_i](NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_FAILURE);
    limit.rlim_cur = before;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    ck_assert_uint_eq(SnmpGetLastError(NULL), codes_without_fds[_i]);
    expect_state((struct state){false, 0});
    ck_assert_uint_eq(starts[_i](NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
}
END_TEST

static void without_configuration(void)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
}

static void undo_all(void)
{
    while (SnmpCleanup() == SNMPAPI_SUCCESS)
        continue;
}

static void fill(Suite *suite)
{
    TCase *states = tcase_create("states");
    TCase *ends = scene_case(suite, "ends");
    TCase *inside = scene_case(suite, "inside a callback");

    tcase_add_checked_fixture(states, without_configuration, undo_all);
    tcase_add_loop_test(states, each_call_in_each_state, 0, N(transitions));
    tcase_add_loop_test(states, it_tells_what_it_is, 0, 2);
    tcase_add_loop_test(states, outputs_may_be_missing, 0, 2);
    tcase_add_loop_test(states, one_variable_may_stand_for_all, 0, 2);
    tcase_add_loop_test(
        states, a_start_up_without_memory_fails_and_can_be_tried_again, 0, 2);
    tcase_add_loop_test(
        states, a_start_up_without_descriptors_fails_and_can_be_tried_again, 0,
        2);
    suite_add_tcase(suite, states);
#define EACH(tcase, test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(ends, nothing_of_before_is_valid_after);
    EACH(ends, a_clean_up_discards_what_is_outstanding);
    EACH(ends, restarting_costs_nothing);
    EACH(inside, a_callback_may_start_up_once_more);
    EACH(inside, a_callback_may_clean_up);
    EACH(inside, a_callback_may_begin_anew);
}

SUITE_MAIN("api/startup", fill)
