/*
 * check_clock_jumps.c - what happens after minutes: the clock of the library
 * is the test's, and goes forward when it is told to.
 */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "support/scene.h"

#define MINUTE_MS UINT64_C(60000)

static _Atomic uint64_t jumped_ms;

/* Takes the place of the one in lib/base/clock.c. */
uint64_t wsn_clock_ms(void)
{
    struct timespec time;

    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000 +
           atomic_load(&jumped_ms);
}

/* ---- requests that have no time-out ------------------------------------- */

/* The loop sleeps by the clock of the system: something that is due soon must
 * make it look at ours. */
#define SOON_CS 100

/* Nobody answers either of them.  Was the clock forward before the second one
 * was due? */
static bool send_without_and_with_time_out(uint64_t between_ms)
{
    uint64_t begin_ms;
    bool is_in_time;

    scene_begin(MODE_OWN_THREAD);
    peer_script(peer, PEER_DROP, 2);
    set_policy(agent, SOON_CS, 0);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_OFF), SNMPAPI_SUCCESS);
    send_get(1);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_ON), SNMPAPI_SUCCESS);
    begin_ms = now_ms();
    send_get(2);
    atomic_fetch_add(&jumped_ms, between_ms);
    is_in_time = now_ms() - begin_ms < SOON_CS * 10;
    ck_assert_uint_eq(events_wait(&events, 1).wparam, SNMPAPI_TL_TIMEOUT);
    ck_assert_uint_eq(receive().error, SNMPAPI_TL_TIMEOUT);
    return is_in_time;
}

START_TEST(after_nine_minutes_a_response_is_still_waited_for)
{
    (void)send_without_and_with_time_out(9 * MINUTE_MS);
    ck_assert_uint_eq(SnmpCancelMsg(session, 1), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(after_ten_minutes_it_is_forgotten_without_a_word)
{
    if (!send_without_and_with_time_out(11 * MINUTE_MS))
        return; /* too slow a machine to see it */
    ck_assert_uint_eq(SnmpCancelMsg(session, 1), SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_PDU_INVALID);
    expect_nothing(session);
    ck_assert_uint_eq(events_count(&events), 1);
}
END_TEST

/* ---- time-outs all at once ---------------------------------------------- */

static atomic_bool is_inside;

static SNMPAPI_STATUS CALLBACK end_thread(HSNMP_SESSION of, HWND window,
                                          UINT message, WPARAM what, LPARAM id,
                                          LPVOID data)
{
    (void)of;
    (void)window;
    (void)message;
    (void)what;
    (void)id;
    (void)data;
    atomic_store(&is_inside, true);
    pthread_exit(NULL);
}

/* The first callback ends its thread: the others are never called, but nothing
 * waits for them, and nothing of them is left. */
START_TEST(what_is_to_be_delivered_ends_with_the_thread)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    HSNMP_SESSION ending;

    scene_begin(MODE_OWN_THREAD);
    peer_script(peer, PEER_DROP, 100);
    ending = SnmpCreateSession(NULL, 0, end_thread, NULL);
    set_policy(agent, 1000, 0);
    for (smiINT32 id = 1; id <= 5; id++)
        ck_assert_uint_eq(send_pdu(ending, SNMP_PDU_GET, id, NULL, agent),
                          SNMPAPI_SUCCESS);
    set_policy(agent, SOON_CS, 0);
    ck_assert_uint_eq(send_pdu(ending, SNMP_PDU_GET, 6, NULL, agent),
                      SNMPAPI_SUCCESS);
    atomic_fetch_add(&jumped_ms, MINUTE_MS);
    while (!atomic_load(&is_inside))
        (void)sched_yield();
    ck_assert_uint_eq(SnmpClose(ending), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    /* The thread may still be at it. */
    while (count_everything() != 0 && now_ms() < end_ms)
        (void)sched_yield();
    ck_assert_uint_eq(count_everything(), 0);
}
END_TEST

/* ---- lines that say the same -------------------------------------------- */

static char said[128];

static void keep(int level, const char *line, void *data)
{
    (void)level;
    (void)data;
    (void)snprintf(said, sizeof said, "%s", line);
}

START_TEST(a_line_left_out_is_counted_the_next_time)
{
    wsn_log_set_sink(keep, NULL);
    for (int i = 0; i < 8; i++)
        wsn_log(WSN_LOG_WARNING, "the same");
    ck_assert_str_eq(said, "the same");
    atomic_fetch_add(&jumped_ms, MINUTE_MS);
    wsn_log(WSN_LOG_WARNING, "the same");
    ck_assert_str_eq(said, "the same (7 times more meanwhile)");
    wsn_log_set_sink(NULL, NULL);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "requests");

    tcase_add_test(tcase, after_nine_minutes_a_response_is_still_waited_for);
    tcase_add_test(tcase, after_ten_minutes_it_is_forgotten_without_a_word);
    tcase_add_test(tcase, what_is_to_be_delivered_ends_with_the_thread);
    tcase = tcase_create("log");
    tcase_add_test(tcase, a_line_left_out_is_counted_the_next_time);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("clock jumps", fill)
