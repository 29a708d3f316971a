/*
 * check_handle_threads.c - many threads at the handle table.
 */
#include "base/handle.h"

#include <pthread.h>
#include <stdatomic.h>

#include "support/suite.h"

#define KIND 3
#define OTHER_KIND 4

struct thing {
    _Atomic int deaths;
};

static void destroy(void *object)
{
    (void)atomic_fetch_add(&((struct thing *)object)->deaths, 1);
}

static void prepare(void)
{
    for (unsigned type = 1; type < WSN_HANDLE_TYPES; type++)
        wsn_handle_set_type(type, destroy);
}

static void *publish(struct thing *thing, unsigned type, void *owner)
{
    struct wsn_publish item = {.type = type, .object = thing, .owner = owner};

    ck_assert_int_eq(wsn_handle_publish(&item, 1), WSN_PUBLISHED);
    ck_assert_ptr_nonnull(item.handle);
    return item.handle;
}

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
        struct wsn_publish item = {.type = KIND, .object = &own};

        failures += wsn_handle_pin(shared_handle, OTHER_KIND) != &shared_thing;
        failures += wsn_handle_publish(&item, 1) != WSN_PUBLISHED;
        failures += wsn_handle_pin(item.handle, KIND) != &own;
        failures += !wsn_handle_release(item.handle, KIND);
        failures += wsn_handle_pin(item.handle, KIND) != NULL;
        wsn_handle_unpin(item.handle);
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

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("threads");

    tcase_add_checked_fixture(tcase, prepare, NULL);
    tcase_add_test(tcase, many_threads_use_the_table);
    tcase_add_test(tcase, one_release_counts);
    tcase_add_test(tcase, one_kill_counts);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/handle, threads", fill)
