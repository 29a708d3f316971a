/*
 * check_loop.c - the loop at work: wakes, the timer and watches.  Every test
 * runs on a thread of its own and on a host's event base.
 */
#include "net/loop.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "support/loop_fixture.h"
#include "support/suite.h"
#include "winsnmp_types.h"

/* ---- waking ----------------------------------------------------------- */

START_TEST(many_wakes_are_one_call)
{
    int i;

    new_loop(&fixture, _i);
    for (i = 0; i < 1000; i++)
        wsn_loop_wake(fixture.loop);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_wakes, 1);
    wsn_loop_wake(fixture.loop);
    wait_for(&fixture, &fixture.n_wakes, 2);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_wakes, 2);
}
END_TEST

START_TEST(a_wake_inside_the_handler_is_not_lost)
{
    new_loop(&fixture, _i);
    fixture.when_woken = wake_again;
    start_loop(&fixture);
    wsn_loop_wake(fixture.loop);
    wait_for(&fixture, &fixture.n_wakes, 100);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_wakes, 100);
}
END_TEST

#define WAKERS 4
#define WAKES 20000

static atomic_int work_put;
static int work_seen;

static void *put_work(void *arg)
{
    struct wsn_loop *loop = arg;
    int i;

    for (i = 0; i < WAKES; i++) {
        atomic_fetch_add_explicit(&work_put, 1, memory_order_relaxed);
        wsn_loop_wake(loop);
    }
    return NULL;
}

static void see_work(struct fixture *f)
{
    int put = atomic_load_explicit(&work_put, memory_order_relaxed);

    (void)f;
    pthread_mutex_lock(&lock);
    work_seen = put;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

START_TEST(no_wake_is_lost_among_threads)
{
    pthread_t threads[WAKERS];
    int i;

    new_loop(&fixture, _i);
    atomic_store(&work_put, 0);
    work_seen = 0;
    fixture.when_woken = see_work;
    start_loop(&fixture);
    for (i = 0; i < WAKERS; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, put_work, fixture.loop), 0);
    wait_for(&fixture, &work_seen, WAKERS * WAKES);
    for (i = 0; i < WAKERS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    stop_loop(&fixture);
}
END_TEST

/* ---- the timer -------------------------------------------------------- */

static void arm_20_ms(struct fixture *f)
{
    f->armed_at_ms = wsn_clock_ms();
    wsn_loop_arm(f->loop, 20);
}

/* The base's own idea of the time must not make a later timer early. */
static void arm_20_ms_after_work(struct fixture *f)
{
    uint64_t begin = wsn_clock_ms();

    while (wsn_clock_ms() < begin + 40)
        continue;
    arm_20_ms(f);
}

static void (*const arming[])(struct fixture *f) = {arm_20_ms,
                                                    arm_20_ms_after_work};

START_TEST(the_timer_is_not_early)
{
    new_loop(&fixture, _i % N_MODES);
    start_loop(&fixture);
    run_inside(&fixture, arming[_i / N_MODES]);
    wait_for(&fixture, &fixture.n_timers, 1);
    ck_assert_uint_ge(fixture.due_at_ms, fixture.armed_at_ms + 20);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 1);
}
END_TEST

static void arm_twice(struct fixture *f)
{
    wsn_loop_arm(f->loop, UINT64_MAX);
    wsn_loop_arm(f->loop, 0);
}

START_TEST(arming_replaces_what_was_armed)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, arm_twice);
    wait_for(&fixture, &fixture.n_timers, 1);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 1);
}
END_TEST

static void arm_and_disarm(struct fixture *f)
{
    wsn_loop_disarm(f->loop);
    wsn_loop_arm(f->loop, 0);
    wsn_loop_disarm(f->loop);
}

START_TEST(a_disarmed_timer_is_silent)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, arm_and_disarm);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 0);
}
END_TEST

static void arm_again(struct fixture *f)
{
    if (read_counter(&f->n_timers) < 9)
        wsn_loop_arm(f->loop, 0);
}

START_TEST(the_timer_may_be_armed_by_its_handler)
{
    new_loop(&fixture, _i);
    fixture.when_due = arm_again;
    start_loop(&fixture);
    run_inside(&fixture, arm_20_ms);
    wait_for(&fixture, &fixture.n_timers, 10);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 10);
}
END_TEST

/* ---- watches ---------------------------------------------------------- */

START_TEST(a_watch_is_called_for_as_long_as_there_is_something)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, watch_pipe);
    go_round(&fixture);
    ck_assert_int_eq(read_counter(&fixture.n_ready), 0);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 3);
    stop_loop(&fixture);
    ck_assert_uint_eq(fixture.what, WSN_LOOP_READ);
}
END_TEST

START_TEST(a_watch_may_be_set_before_the_start)
{
    new_loop(&fixture, _i);
    fixture.when_ready = drain;
    watch_pipe(&fixture);
    make_ready(&fixture);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_ready, 1);
}
END_TEST

static void watch_both_ways(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_watch(f->loop, f->fds[1],
                                     WSN_LOOP_READ | WSN_LOOP_WRITE, on_ready,
                                     f, &f->watch),
                      WSN_OK);
}

START_TEST(a_watch_says_what_there_is)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, watch_both_ways);
    wait_for(&fixture, &fixture.n_ready, 1);
    stop_loop(&fixture);
    ck_assert_uint_eq(fixture.what, WSN_LOOP_WRITE);
}
END_TEST

static void pause_watch(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_rewatch(f->watch, 0), WSN_OK);
}

static void resume_watch(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_rewatch(f->watch, WSN_LOOP_READ), WSN_OK);
}

START_TEST(a_watch_can_pause)
{
    int n;

    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, watch_pipe);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    run_inside(&fixture, pause_watch);
    n = read_counter(&fixture.n_ready);
    go_round(&fixture);
    ck_assert_int_eq(read_counter(&fixture.n_ready), n);
    run_inside(&fixture, resume_watch);
    wait_for(&fixture, &fixture.n_ready, n + 1);
    stop_loop(&fixture);
}
END_TEST

START_TEST(a_watch_may_end_itself)
{
    new_loop(&fixture, _i);
    fixture.when_ready = unwatch;
    start_loop(&fixture);
    run_inside(&fixture, watch_pipe);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_ready, 1);
}
END_TEST

static void on_other(void *arg, unsigned what)
{
    struct fixture *f = arg;

    (void)what;
    count(&f->n_others);
}

static void watch_twice(struct fixture *f)
{
    watch_pipe(f);
    ck_assert_uint_eq(wsn_loop_watch(f->loop, f->fds[1], WSN_LOOP_WRITE,
                                     on_other, f, &f->other),
                      WSN_OK);
    make_ready(f);
}

static void unwatch_other(struct fixture *f)
{
    wsn_loop_unwatch(f->other);
    f->other = NULL;
    drain(f);
}

START_TEST(a_watch_may_end_another_that_is_ready_too)
{
    int n;

    new_loop(&fixture, _i);
    fixture.when_ready = unwatch_other;
    start_loop(&fixture);
    run_inside(&fixture, watch_twice);
    wait_for(&fixture, &fixture.n_ready, 1);
    n = read_counter(&fixture.n_others);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_others, n);
    ck_assert_int_eq(fixture.n_ready, 1);
}
END_TEST

START_TEST(what_cannot_be_watched_is_refused)
{
    struct wsn_watch *watch;

    new_loop(&fixture, _i);
    close(fixture.fds[0]);
    ck_assert_uint_eq(wsn_loop_watch(fixture.loop, fixture.fds[0],
                                     WSN_LOOP_READ, on_ready, &fixture, &watch),
                      SNMPAPI_TL_RESOURCE_ERROR);
    stop_loop(&fixture);
}
END_TEST

static void fill_waking(Suite *suite)
{
    TCase *tcase = tcase_create("waking");

    tcase_add_loop_test(tcase, many_wakes_are_one_call, 0, N_MODES);
    tcase_add_loop_test(tcase, a_wake_inside_the_handler_is_not_lost, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, no_wake_is_lost_among_threads, 0, N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill_timer(Suite *suite)
{
    TCase *tcase = tcase_create("timer");

    tcase_add_loop_test(tcase, the_timer_is_not_early, 0, 2 * N_MODES);
    tcase_add_loop_test(tcase, arming_replaces_what_was_armed, 0, N_MODES);
    tcase_add_loop_test(tcase, a_disarmed_timer_is_silent, 0, N_MODES);
    tcase_add_loop_test(tcase, the_timer_may_be_armed_by_its_handler, 0,
                        N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill_watches(Suite *suite)
{
    TCase *tcase = tcase_create("watches");

    tcase_add_loop_test(
        tcase, a_watch_is_called_for_as_long_as_there_is_something, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_be_set_before_the_start, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_says_what_there_is, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_can_pause, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_end_itself, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_end_another_that_is_ready_too, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, what_cannot_be_watched_is_refused, 0, N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill(Suite *suite)
{
    fill_waking(suite);
    fill_timer(suite);
    fill_watches(suite);
}

SUITE_MAIN("net/loop", fill)
