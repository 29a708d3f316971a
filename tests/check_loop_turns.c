/*
 * check_loop_turns.c - threads that run a loop in place of its own.
 */
#include <sched.h>
#include <stdatomic.h>

#include "net/loop_private.h"
#include "support/loop_fixture.h"

static atomic_bool is_rung;

/* A loop on a thread of its own, with a watch that step is taken for. */
static void begin(void (*step)(struct fixture *f))
{
    new_loop(&fixture, OWN_THREAD);
    fixture.when_ready = step;
    start_loop(&fixture);
    run_inside(&fixture, watch_pipe);
}

/* Until a turn is granted, and over. */
static void take_turn(uint64_t most_ms)
{
    uint64_t end_ms = wsn_clock_ms() + PATIENCE_MS;

    while (!wsn_loop_take_turn(fixture.loop, most_ms, &is_rung)) {
        ck_assert_uint_lt(wsn_clock_ms(), end_ms);
        (void)sched_yield();
    }
}

/* ---- one thread --------------------------------------------------------- */

START_TEST(the_first_try_is_refused_and_answered)
{
    begin(drain);
    ck_assert(!wsn_loop_take_turn(fixture.loop, UINT64_MAX, &is_rung));
    wait_for(&fixture, &fixture.n_frees, 1);
    stop_loop(&fixture);
}
END_TEST

START_TEST(a_turn_ends_when_its_time_is_over)
{
    begin(drain);
    take_turn(0);
    take_turn(20);
    ck_assert_int_eq(read_counter(&fixture.n_ready), 0);
    stop_loop(&fixture);
}
END_TEST

static atomic_bool was_test_thread;
static pthread_t test_thread;

static void note_thread(struct fixture *f)
{
    drain(f);
    atomic_store(&was_test_thread, pthread_equal(pthread_self(), test_thread));
}

START_TEST(the_loops_thread_goes_on_when_the_guest_stays_away)
{
    test_thread = pthread_self();
    begin(note_thread);
    take_turn(0);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    ck_assert(!atomic_load(&was_test_thread));
    go_round(&fixture);
    stop_loop(&fixture);
}
END_TEST

START_TEST(a_loop_that_is_kept_grants_no_turn)
{
    begin(drain);
    take_turn(0);
    wsn_loop_keep(fixture.loop);
    wsn_loop_keep(fixture.loop);
    for (int i = 0; i < 100; i++)
        ck_assert(!wsn_loop_take_turn(fixture.loop, 0, &is_rung));
    go_round(&fixture);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    stop_loop(&fixture);
}
END_TEST

START_TEST(a_hosts_loop_grants_no_turn)
{
    new_loop(&fixture, ATTACHED);
    start_loop(&fixture);
    for (int i = 0; i < 100; i++)
        ck_assert(!wsn_loop_take_turn(fixture.loop, 0, &is_rung));
    go_round(&fixture);
    stop_loop(&fixture);
}
END_TEST

static void try_turn_inside(struct fixture *f)
{
    ck_assert(!wsn_loop_take_turn(f->loop, UINT64_MAX, &is_rung));
}

START_TEST(there_are_no_turns_inside_a_handler)
{
    begin(drain);
    run_inside(&fixture, try_turn_inside);
    stop_loop(&fixture);
}
END_TEST

START_TEST(who_was_rung_does_not_wait)
{
    begin(drain);
    atomic_store(&is_rung, true);
    for (int i = 0; i < 100; i++)
        take_turn(UINT64_MAX);
    stop_loop(&fixture);
}
END_TEST

START_TEST(a_stopped_loop_that_is_held_grants_no_turn)
{
    begin(drain);
    take_turn(0);
    wsn_loop_hold(fixture.loop);
    stop_loop(&fixture);
    for (int i = 0; i < 100; i++)
        ck_assert(!wsn_loop_take_turn(fixture.loop, UINT64_MAX, &is_rung));
    wsn_loop_wake(fixture.loop);
    wsn_loop_release(fixture.loop);
}
END_TEST

/* ---- threads that wait in turns ------------------------------------------
 */

static atomic_bool is_over;
static atomic_int n_by_guests;
static atomic_int n_guests;
static _Thread_local bool is_guest;

static void *wait_in_turns(void *arg)
{
    is_guest = true;
    while (!atomic_load(&is_over))
        if (!wsn_loop_take_turn(fixture.loop, UINT64_MAX, &is_rung))
            (void)sched_yield();
    atomic_fetch_sub(&n_guests, 1);
    return arg;
}

static void count_guests(struct fixture *f)
{
    drain(f);
    atomic_fetch_add(&n_by_guests, is_guest);
}

static void start_guests(pthread_t *guests, int n)
{
    atomic_store(&is_over, false);
    atomic_store(&n_by_guests, 0);
    atomic_store(&n_guests, n);
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(pthread_create(&guests[i], NULL, wait_in_turns, NULL),
                         0);
}

/* Each wake lets one out of its turn; another may be about to begin one. */
static void end_guests(const pthread_t *guests, int n)
{
    atomic_store(&is_over, true);
    while (atomic_load(&n_guests) > 0) {
        wsn_loop_wake(fixture.loop);
        (void)sched_yield();
    }
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(pthread_join(guests[i], NULL), 0);
}

START_TEST(a_guest_calls_the_handlers)
{
    uint64_t end_ms = wsn_clock_ms() + PATIENCE_MS;
    pthread_t guest;

    begin(count_guests);
    start_guests(&guest, 1);
    for (int i = 1; atomic_load(&n_by_guests) == 0; i++) {
        ck_assert_uint_lt(wsn_clock_ms(), end_ms);
        make_ready(&fixture);
        wait_for(&fixture, &fixture.n_ready, i);
    }
    end_guests(&guest, 1);
    stop_loop(&fixture);
}
END_TEST

/* Asking for the loop and keeping it at the same time. */
static void *ask_once(void *arg)
{
    (void)wsn_loop_take_turn(fixture.loop, 0, &is_rung);
    return arg;
}

START_TEST(a_loop_that_is_asked_for_and_kept_runs_on)
{
    for (int i = 0; i < 500; i++) {
        pthread_t guest;

        new_loop(&fixture, OWN_THREAD);
        start_loop(&fixture);
        ck_assert_int_eq(pthread_create(&guest, NULL, ask_once, NULL), 0);
        for (int k = i % 50; k > 0; k--)
            (void)wsn_clock_ms();
        wsn_loop_keep(fixture.loop);
        ck_assert_int_eq(pthread_join(guest, NULL), 0);
        go_round(&fixture);
        stop_loop(&fixture);
    }
}
END_TEST

#define GUESTS 3
#define ROUNDS 2000

START_TEST(nothing_is_lost_among_guests)
{
    pthread_t guests[GUESTS];

    begin(count_guests);
    start_guests(guests, GUESTS);
    for (int i = 1; i <= ROUNDS; i++) {
        make_ready(&fixture);
        wait_for(&fixture, &fixture.n_ready, i);
    }
    end_guests(guests, GUESTS);
    ck_assert_int_eq(read_counter(&fixture.n_ready), ROUNDS);
    stop_loop(&fixture);
}
END_TEST

static void stop_if_guest(struct fixture *f)
{
    drain(f);
    if (!is_guest)
        return;
    atomic_store(&is_over, true);
    wsn_loop_stop(f->loop);
}

START_TEST(a_handler_in_a_turn_may_stop_the_loop)
{
    uint64_t end_ms = wsn_clock_ms() + PATIENCE_MS;
    pthread_t guest;

    begin(stop_if_guest);
    start_guests(&guest, 1);
    for (int i = 1; !atomic_load(&is_over); i++) {
        ck_assert_uint_lt(wsn_clock_ms(), end_ms);
        make_ready(&fixture);
        wait_for(&fixture, &fixture.n_ready, i);
    }
    ck_assert_int_eq(pthread_join(guest, NULL), 0);
    clean_up(&fixture);
}
END_TEST

/* ---- turns that end because the loop is kept ------------------------------
 */

static bool has_guest(void)
{
    struct wsn_lend *lend = &fixture.loop->lend;
    bool has;

    wsn_lock_take(&lend->lock);
    has = wsn_lend_is_guest(lend);
    wsn_lock_give(&lend->lock);
    return has;
}

/* Odd while the guest is in its long turn, or about to find that it is refused
 * one. */
static atomic_uint epoch;

/* What it has rung itself when it was refused a turn is seen to in a short one,
 * so that nothing ends the long one but what the test does. */
static void *wait_one_turn(void *arg)
{
    bool is_through;

    is_guest = true;
    do {
        while (!wsn_loop_take_turn(fixture.loop, 0, &is_rung))
            (void)sched_yield();
        (void)atomic_fetch_add(&epoch, 1);
        is_through = wsn_loop_take_turn(fixture.loop, UINT64_MAX, &is_rung);
        (void)atomic_fetch_add(&epoch, 1);
    } while (!is_through);
    return arg;
}

static bool is_in_long_turn(void)
{
    unsigned before = atomic_load(&epoch);

    return before % 2 == 1 && has_guest() && atomic_load(&epoch) == before;
}

/* Afterwards it has the turn, and nothing to do in it. */
static pthread_t start_guest(void)
{
    uint64_t end_ms = wsn_clock_ms() + PATIENCE_MS;
    pthread_t guest;

    atomic_store(&epoch, 0);
    ck_assert_int_eq(pthread_create(&guest, NULL, wait_one_turn, NULL), 0);
    while (!is_in_long_turn()) {
        ck_assert_uint_lt(wsn_clock_ms(), end_ms);
        (void)sched_yield();
    }
    atomic_store(&n_by_guests, 0);
    return guest;
}

static void note_guest(struct fixture *f)
{
    (void)f;
    atomic_fetch_add(&n_by_guests, is_guest);
}

START_TEST(a_wake_that_ends_a_turn_is_for_the_keeper)
{
    pthread_t guest;
    int n;

    begin(drain);
    fixture.when_woken = note_guest;
    guest = start_guest();
    n = read_counter(&fixture.n_wakes);
    wsn_loop_keep(fixture.loop);
    wait_for(&fixture, &fixture.n_wakes, n + 1);
    ck_assert_int_eq(pthread_join(guest, NULL), 0);
    ck_assert_int_eq(atomic_load(&n_by_guests), 0);
    stop_loop(&fixture);
}
END_TEST

/* Kept, but nobody has been told yet: what comes meanwhile ends the turn. */
START_TEST(what_gets_ready_then_is_for_the_keeper)
{
    pthread_t guest;

    begin(count_guests);
    guest = start_guest();
    ck_assert(wsn_lend_keep(&fixture.loop->lend));
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    ck_assert_int_eq(pthread_join(guest, NULL), 0);
    ck_assert_int_eq(atomic_load(&n_by_guests), 0);
    go_round(&fixture);
    stop_loop(&fixture);
}
END_TEST

#define SHORT_MS 100

static void arm(struct fixture *f)
{
    f->armed_at_ms = wsn_clock_ms();
    wsn_loop_arm(f->loop, SHORT_MS);
}

/* False on a machine so busy that it was due before the loop was kept. */
static bool keep_before_it_is_due(void)
{
    bool is_in_time;
    pthread_t guest;

    begin(drain);
    fixture.when_due = note_guest;
    run_inside(&fixture, arm);
    guest = start_guest();
    ck_assert(wsn_lend_keep(&fixture.loop->lend));
    is_in_time = wsn_clock_ms() < fixture.armed_at_ms + SHORT_MS;
    wait_for(&fixture, &fixture.n_timers, 1);
    wsn_loop_wake(fixture.loop); /* it may have been due before that turn */
    ck_assert_int_eq(pthread_join(guest, NULL), 0);
    if (is_in_time)
        ck_assert_int_eq(atomic_load(&n_by_guests), 0);
    stop_loop(&fixture);
    return is_in_time;
}

START_TEST(what_is_due_then_is_for_the_keeper)
{
    for (int tries = 1; !keep_before_it_is_due(); tries++)
        ck_assert_int_lt(tries, 20);
}
END_TEST

/* ---- cancellation ---------------------------------------------------------
 */

static atomic_bool went_on;

static void *wake_when_cancelled(void *arg)
{
    (void)pthread_cancel(pthread_self());
    wsn_loop_wake(fixture.loop);
    atomic_store(&went_on, true);
    pthread_testcancel();
    return arg;
}

/* It may do so with a lock held, which must not end with it. */
START_TEST(a_thread_is_not_cancelled_while_it_wakes)
{
    pthread_t thread;
    void *result;
    int n;

    begin(drain);
    n = read_counter(&fixture.n_wakes);
    atomic_store(&went_on, false);
    ck_assert_int_eq(pthread_create(&thread, NULL, wake_when_cancelled, NULL),
                     0);
    ck_assert_int_eq(pthread_join(thread, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    ck_assert(atomic_load(&went_on));
    wait_for(&fixture, &fixture.n_wakes, n + 1);
    stop_loop(&fixture);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("turns");

    tcase_add_test(tcase, the_first_try_is_refused_and_answered);
    tcase_add_test(tcase, a_turn_ends_when_its_time_is_over);
    tcase_add_test(tcase, the_loops_thread_goes_on_when_the_guest_stays_away);
    tcase_add_test(tcase, a_loop_that_is_kept_grants_no_turn);
    tcase_add_test(tcase, a_hosts_loop_grants_no_turn);
    tcase_add_test(tcase, there_are_no_turns_inside_a_handler);
    tcase_add_test(tcase, who_was_rung_does_not_wait);
    tcase_add_test(tcase, a_stopped_loop_that_is_held_grants_no_turn);
    tcase_add_test(tcase, a_loop_that_is_asked_for_and_kept_runs_on);
    tcase_add_test(tcase, a_guest_calls_the_handlers);
    tcase_add_test(tcase, nothing_is_lost_among_guests);
    tcase_add_test(tcase, a_handler_in_a_turn_may_stop_the_loop);
    tcase_add_test(tcase, a_wake_that_ends_a_turn_is_for_the_keeper);
    tcase_add_test(tcase, what_gets_ready_then_is_for_the_keeper);
    tcase_add_test(tcase, what_is_due_then_is_for_the_keeper);
    tcase_add_test(tcase, a_thread_is_not_cancelled_while_it_wakes);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("net/loop_turns", fill)
