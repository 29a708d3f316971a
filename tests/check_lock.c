/*
 * check_lock.c - mutual exclusion, waiting and waking, with many threads on
 * few locks.
 */
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

#include "base/lock.h"
#include "support/suite.h"

#define THREADS 8
#define ROUNDS 20000
#define LOCKS 3

/* Counters that are only right if the locks exclude. */
static struct {
    struct wsn_lock lock;
    unsigned long value;
} counters[LOCKS];

static void *count_up(void *arg)
{
    (void)arg;
    for (unsigned i = 0; i < ROUNDS; i++) {
        unsigned which = i % LOCKS;

        wsn_lock_take(&counters[which].lock);
        counters[which].value++;
        wsn_lock_give(&counters[which].lock);
    }
    return NULL;
}

static void run(void *(*body)(void *), int n)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < n; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, body, NULL), 0);
    for (int i = 0; i < n; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

START_TEST(no_two_threads_hold_it)
{
    unsigned long sum = 0;

    run(count_up, THREADS);
    for (int i = 0; i < LOCKS; i++)
        sum += counters[i].value;
    ck_assert_uint_eq(sum, (unsigned long)THREADS * ROUNDS);
}
END_TEST

/* A ball that the threads pass round: each waits for its turn. */
static struct wsn_lock table = WSN_LOCK_INITIALIZER;
static unsigned turn;
static unsigned seats;

static void *play(void *arg)
{
    unsigned seat;

    (void)arg;
    wsn_lock_take(&table);
    seat = seats++;
    for (unsigned i = 0; i < 200; i++) {
        while (turn % THREADS != seat)
            wsn_lock_wait(&table);
        turn++;
        wsn_lock_notify(&table);
    }
    wsn_lock_give(&table);
    return NULL;
}

START_TEST(every_waiter_hears_the_news)
{
    run(play, THREADS);
    ck_assert_uint_eq(turn, THREADS * 200);
}
END_TEST

/* A lock that is held until the main thread gives it: the others sleep. */
static struct wsn_lock gate = WSN_LOCK_INITIALIZER;
static atomic_uint at_gate;
static unsigned passed;

static void *pass_gate(void *arg)
{
    (void)arg;
    atomic_fetch_add(&at_gate, 1);
    wsn_lock_take(&gate);
    passed++;
    wsn_lock_give(&gate);
    return NULL;
}

START_TEST(sleepers_get_it_when_it_is_given)
{
    pthread_t threads[THREADS];

    wsn_lock_take(&gate);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, pass_gate, NULL), 0);
    while (atomic_load(&at_gate) < THREADS)
        sched_yield();
    /* All are on their way; a sleeper has marked the lock. */
    while (atomic_load(&gate.state) != WSN_LOCK_AWAITED)
        sched_yield();
    ck_assert_uint_eq(passed, 0);
    wsn_lock_give(&gate);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_uint_eq(passed, THREADS);
}
END_TEST

START_TEST(a_cancelled_sleeper_leaves_nothing_locked)
{
    pthread_t thread;

    wsn_lock_take(&gate);
    ck_assert_int_eq(pthread_create(&thread, NULL, pass_gate, NULL), 0);
    while (atomic_load(&gate.state) != WSN_LOCK_AWAITED)
        sched_yield();
    ck_assert_int_eq(pthread_cancel(thread), 0);
    wsn_lock_give(&gate);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    wsn_lock_take(&gate);
    wsn_lock_give(&gate);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("lock");

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, no_two_threads_hold_it);
    tcase_add_test(tcase, every_waiter_hears_the_news);
    tcase_add_test(tcase, sleepers_get_it_when_it_is_given);
    tcase_add_test(tcase, a_cancelled_sleeper_leaves_nothing_locked);
}

SUITE_MAIN("base/lock", fill)
