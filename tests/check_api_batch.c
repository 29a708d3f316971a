/*
 * check_api_batch.c - what callbacks ask while answers come in heaps: it may
 * leave together, but it leaves.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "support/batch.h"

/* ---- system calls ------------------------------------------------------- */

static atomic_int n_calls; /* that send */
static int refusal;        /* 0: none */
static int n_refused;      /* datagrams, not calls for several */

static int refuse(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    if (call != WSN_UDP_CALL_SENDMSG && call != WSN_UDP_CALL_SENDMMSG)
        return 0;
    (void)atomic_fetch_add(&n_calls, 1);
    if (n_refused == 0)
        return 0;
    n_refused -= call == WSN_UDP_CALL_SENDMSG;
    return refusal;
}

static void count_calls(int error, int n)
{
    static const struct wsn_udp_faults faults = {refuse, NULL};

    atomic_store(&n_calls, 0);
    refusal = error;
    n_refused = n;
    wsn_udp_set_faults(&faults);
}

/* ---- the tests ---------------------------------------------------------- */

static uint64_t first_ms, last_ms;

static void ask_and_note(int i)
{
    if (i == HEAP - 1)
        last_ms = wsn_clock_ms();
    ask_once(i);
}

static void ask_from_a_heap(int calls)
{
    begin_with(HEAP, ask_and_note);
    count_calls(0, 0);
    first_ms = wsn_clock_ms();
    turn_until(HEAP);
    receive(HEAP);
    if (first_ms == last_ms)
        ck_assert_int_eq(atomic_load(&n_calls), calls);
    answer(HEAP);
    turn_until(2 * HEAP);
    for (int i = 0; i < n_events; i++)
        ck_assert_uint_eq(events[i], 0);
}

/* Nothing waits for more than a millisecond, counted from the turn on that the
 * callbacks are in; so what a crowded machine lets them ask before and after
 * one may leave in two parts, and one that is always slower shows nothing. */
START_TEST(a_heap_leaves_together)
{
#ifdef HAVE_SENDMMSG
    const int calls = 1;
#else
    const int calls = HEAP;
#endif

    ask_from_a_heap(calls);
    for (int tries = 1; first_ms != last_ms && tries < 1000; tries++) {
        gain_trust();
        ask_from_a_heap(calls);
    }
}
END_TEST

static void ask_and_look(int i)
{
    ask(FIRST_ID + i);
    ck_assert(has_come(PATIENCE_MS));
}

START_TEST(what_a_single_callback_asks_leaves_at_once)
{
    begin_with(1, ask_and_look);
    turn_until(1);
}
END_TEST

static void let_a_millisecond_pass(void)
{
    uint64_t then_ms = wsn_clock_ms();

    while (wsn_clock_ms() <= then_ms)
        continue;
}

static void ask_and_dawdle(int i)
{
    if (i == 0) {
        ask(FIRST_ID);
        let_a_millisecond_pass();
    }
    if (i == 1)
        ck_assert(has_come(PATIENCE_MS));
}

START_TEST(nothing_waits_for_slow_callbacks)
{
    begin_with(HEAP, ask_and_dawdle);
    turn_until(HEAP);
}
END_TEST

static void dawdle(int i)
{
    uint64_t end_ms = wsn_clock_ms() + 12;

    (void)i;
    while (wsn_clock_ms() < end_ms)
        continue;
}

/* It may do so again, and wait for what the agent does. */
START_TEST(nothing_is_put_off_after_a_callback_that_dawdled)
{
    begin_with(1, dawdle);
    turn_until(1);
    n_events = 0;
    begin_with(HEAP, ask_and_look);
    turn_until(1);
}
END_TEST

static void ask_and_dawdle_long(int i)
{
    uint64_t then_ms = wsn_clock_ms();

    if (i != 0)
        return;
    ask(FIRST_ID);
    while ((last_ms = wsn_clock_ms()) < then_ms + 1200)
        continue;
}

/* False when the answer came so late that nobody waited for it any more. */
static bool ask_long_before_the_answer(void)
{
    begin_with(HEAP, ask_and_dawdle_long);
    turn_until(HEAP);
    receive(1);
    answer(1);
    turn_until(HEAP + 1);
    if (wsn_clock_ms() - last_ms >= 1000)
        return false;
    ck_assert_uint_eq(events[HEAP], 0);
    ck_assert(!has_come(0));
    return true;
}

/* Its time-out is a second. */
START_TEST(a_callback_that_dawdles_has_the_time_out_begin_anew)
{
    ck_assert_uint_eq(SnmpSetTimeout(agent, 100), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(agent, 0), SNMPAPI_SUCCESS);
    for (int tries = 1; !ask_long_before_the_answer(); tries++) {
        ck_assert_int_lt(tries, 5);
        gain_trust();
    }
}
END_TEST

static const struct {
    int error;
    SNMPAPI_STATUS status;
} refusals[] = {{ENETDOWN, SNMPAPI_TL_NOT_AVAILABLE},
                {EINVAL, SNMPAPI_TL_INVALID_PARAM},
                {EIO, SNMPAPI_TL_OTHER}};

START_TEST(what_is_refused_is_told_and_the_others_leave)
{
    begin_with(HEAP, ask_once);
    count_calls(refusals[_i].error, 1);
    turn_until(HEAP + 1);
    ck_assert_uint_eq(events[HEAP], refusals[_i].status);
    receive(HEAP - 1);
    ck_assert(!has_come(0));
}
END_TEST

START_TEST(a_full_socket_is_tried_again)
{
    begin_with(HEAP, ask_once);
    count_calls(EAGAIN, HEAP);
    turn_until(HEAP);
    while (!has_come(0))
        turn();
    receive(HEAP);
    answer(HEAP);
    turn_until(2 * HEAP);
    for (int i = 0; i < n_events; i++)
        ck_assert_uint_eq(events[i], 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("batch");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, a_heap_leaves_together);
    tcase_add_test(tcase, what_a_single_callback_asks_leaves_at_once);
    tcase_add_test(tcase, nothing_waits_for_slow_callbacks);
    tcase_add_test(tcase, nothing_is_put_off_after_a_callback_that_dawdled);
    tcase_add_test(tcase, a_callback_that_dawdles_has_the_time_out_begin_anew);
    tcase_add_loop_test(tcase, what_is_refused_is_told_and_the_others_leave, 0,
                        N(refusals));
    tcase_add_test(tcase, a_full_socket_is_tried_again);
}

SUITE_MAIN("api/batch", fill)
