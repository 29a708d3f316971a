/*
 * check_handle_threads.c - many threads at the handle table.
 */
#include <pthread.h>

#include "support/things.h"

#define THREADS 8
#define ROUNDS 20000

static struct thing shared_thing;
static void *shared_handle;
static _Atomic int winners;

static void run_threads(void *(*start)(void *))
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, start, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

/* Objects of its own, and pins of the one that all share. */
static void *hammer(void *arg)
{
    struct thing own = {0};
    int failures = 0;

    (void)arg;
    for (int i = 0; i < ROUNDS; i++) {
        void *handle = NULL;

        failures += wsn_handle_pin(shared_handle, OTHER_KIND) != &shared_thing;
        failures +=
            wsn_handle_publish_new(KIND, &own, NULL, &handle) != WSN_PUBLISHED;
        failures += wsn_handle_pin(handle, KIND) != &own;
        failures += !wsn_handle_release(handle, KIND);
        failures += wsn_handle_pin(handle, KIND) != NULL;
        wsn_handle_unpin(handle);
        wsn_handle_unpin(shared_handle);
        failures += atomic_load(&own.deaths) != i + 1;
    }
    return failures == 0 ? NULL : &shared_thing;
}

START_TEST(many_threads_use_the_table)
{
    pthread_t threads[THREADS];
    void *complaint;

    shared_handle = publish(&shared_thing, OTHER_KIND, NULL);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, hammer, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], &complaint), 0);
        ck_assert_ptr_null(complaint);
    }
    ck_assert_int_eq(shared_thing.deaths, 0);
    ck_assert(wsn_handle_release(shared_handle, OTHER_KIND));
    ck_assert_int_eq(shared_thing.deaths, 1);
    ck_assert_uint_eq(wsn_handle_count(KIND), 0);
}
END_TEST

/* Pins while it can; the thread whose release counts is a winner. */
static void *pin_until_dead(void *arg)
{
    (void)arg;
    for (int i = 0; i < ROUNDS / 100; i++)
        if (wsn_handle_pin(shared_handle, KIND) != NULL)
            wsn_handle_unpin(shared_handle);
    winners += wsn_handle_release(shared_handle, KIND);
    return NULL;
}

static void *kill_it(void *arg)
{
    (void)arg;
    winners += wsn_handle_kill(shared_handle, KIND);
    return NULL;
}

static void race_to_the_end(void *(*start)(void *))
{
    for (int round = 0; round < 50; round++) {
        shared_thing.deaths = 0;
        winners = 0;
        shared_handle = publish(&shared_thing, KIND, NULL);
        run_threads(start);
        ck_assert_int_eq(winners, 1);
        ck_assert_int_eq(shared_thing.deaths, 1);
    }
}

START_TEST(one_release_counts)
{
    race_to_the_end(pin_until_dead);
}
END_TEST

START_TEST(one_kill_counts)
{
    race_to_the_end(kill_it);
}
END_TEST

/* ---- sessions that lend each other --------------------------------------- */

static struct wsn_publish to_lend;

/* Gives what is lent to a session of its own, again and again, until its owner
 * is closed; returns a complaint, or NULL. */
static void *borrow(void *arg)
{
    struct thing own = {0};
    void *owner = publish(&own, OTHER_KIND, NULL);
    enum wsn_publish_result result = WSN_PUBLISHED;

    (void)arg;
    for (int i = 0; result == WSN_PUBLISHED; i++) {
        struct wsn_publish item = to_lend;

        result = wsn_handle_publish(owner, &item, 1);
        if (i % 2 == 0)
            (void)wsn_handle_release(to_lend.again, KIND);
    }
    return wsn_handle_kill(owner, OTHER_KIND) && own.deaths == 1 &&
                   result == WSN_PUBLISH_ORPHAN
               ? NULL
               : &shared_thing;
}

/* However a delivery to one session meets the end of the other: the object
 * dies once, when its last pin goes. */
START_TEST(what_is_lent_dies_once)
{
    for (int round = 0; round < 20; round++) {
        struct thing lender_thing = {0};
        void *lender = publish(&lender_thing, OTHER_KIND, NULL);
        pthread_t threads[THREADS];
        void *complaint;

        shared_thing.deaths = 0;
        to_lend = (struct wsn_publish){
            .type = KIND, .again = publish(&shared_thing, KIND, lender)};
        ck_assert_ptr_nonnull(wsn_handle_pin(to_lend.again, KIND));
        for (int i = 0; i < THREADS; i++)
            ck_assert_int_eq(pthread_create(&threads[i], NULL, borrow, NULL),
                             0);
        ck_assert_ptr_nonnull(wsn_handle_pin(lender, OTHER_KIND));
        ck_assert(wsn_handle_kill(lender, OTHER_KIND));
        wsn_handle_sweep(lender);
        wsn_handle_unpin(lender);
        for (int i = 0; i < THREADS; i++) {
            ck_assert_int_eq(pthread_join(threads[i], &complaint), 0);
            ck_assert_ptr_null(complaint);
        }
        ck_assert(!wsn_handle_release(to_lend.again, KIND));
        ck_assert_int_eq(shared_thing.deaths, 0);
        wsn_handle_unpin(to_lend.again);
        ck_assert_int_eq(shared_thing.deaths, 1);
        ck_assert_uint_eq(wsn_handle_count(WSN_ANY_TYPE), 0);
    }
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("threads");

    tcase_add_checked_fixture(tcase, prepare, NULL);
    tcase_add_test(tcase, many_threads_use_the_table);
    tcase_add_test(tcase, one_release_counts);
    tcase_add_test(tcase, one_kill_counts);
    tcase_add_test(tcase, what_is_lent_dies_once);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/handle, threads", fill)
