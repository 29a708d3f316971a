/*
 * check_descriptor_threads.c - many threads make and free descriptors, their
 * own and those of others.
 */
#include "core/descriptor.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "support/scale.h"
#include "support/suite.h"

#define THREADS 4
#define ROUNDS 5000

/* Makes and frees blocks, and tries each free twice. */
static void *make_and_free(void *arg)
{
    size_t refused = 0;

    for (int i = 0; i < ROUNDS; i++) {
        unsigned char *first = wsn_descriptor_octets(arg, 4);
        uint32_t *second = wsn_descriptor_oid(arg, 1);

        refused += !wsn_descriptor_free(first);
        refused += !wsn_descriptor_free(second);
    }
    return (void *)(uintptr_t)refused;
}

static void join_with_no_complaint(pthread_t thread)
{
    void *complaints;

    ck_assert_int_eq(pthread_join(thread, &complaints), 0);
    ck_assert_ptr_null(complaints);
}

START_TEST(threads_do_not_disturb_each_other)
{
    static uint32_t data = 42;
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&thread[i], NULL, make_and_free, &data), 0);
    for (int i = 0; i < THREADS; i++)
        join_with_no_complaint(thread[i]);
    ck_assert_uint_eq(wsn_descriptor_count(), 0);
}
END_TEST

static unsigned char *shared[ROUNDS];

static void *free_shared(void *arg)
{
    uintptr_t freed_here = 0;

    (void)arg;
    for (int i = 0; i < ROUNDS; i++)
        freed_here += wsn_descriptor_free(shared[i]);
    return (void *)freed_here;
}

START_TEST(of_two_threads_one_frees)
{
    pthread_t thread[2];
    uintptr_t sum = 0;

    for (int i = 0; i < ROUNDS; i++)
        shared[i] = wsn_descriptor_octets("x", 1);
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_create(&thread[i], NULL, free_shared, NULL),
                         0);
    for (int i = 0; i < 2; i++) {
        void *freed_here;

        ck_assert_int_eq(pthread_join(thread[i], &freed_here), 0);
        sum += (uintptr_t)freed_here;
    }
    ck_assert_uint_eq(sum, ROUNDS);
}
END_TEST

#define PLACES 512

static unsigned char *_Atomic place[PLACES];
static atomic_bool is_over;

/* Repeatable: each run sees the same order. */
static size_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Frees what others have put into a place, and puts its own there. */
static void *exchange(void *arg)
{
    static const unsigned char bytes[300];
    uint32_t random = (uint32_t)(uintptr_t)arg;
    uintptr_t refused = 0;

    for (int i = scaled(20 * ROUNDS); i > 0; i--) {
        size_t at = next_random(&random) % PLACES;
        size_t len = next_random(&random) % sizeof bytes;
        unsigned char *old =
            atomic_exchange(&place[at], wsn_descriptor_octets(bytes, len));

        refused += old != NULL && !wsn_descriptor_free(old);
    }
    return (void *)refused;
}

/* Tries addresses within blocks that are in use, were, or will be. */
static void *guess(void *arg)
{
    uintptr_t accepted = 0;

    (void)arg;
    while (!atomic_load(&is_over))
        for (size_t i = 0; i < PLACES; i++) {
            unsigned char *block = atomic_load(&place[i]);

            accepted += wsn_descriptor_free((void *)((uintptr_t)block + 1));
        }
    return (void *)accepted;
}

START_TEST(one_thread_frees_what_another_made)
{
    pthread_t thread[THREADS], guesser;
    size_t left = 0;

    ck_assert_int_eq(pthread_create(&guesser, NULL, guess, NULL), 0);
    for (uintptr_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&thread[i], NULL, exchange, (void *)(i + 1)), 0);
    for (int i = 0; i < THREADS; i++)
        join_with_no_complaint(thread[i]);
    atomic_store(&is_over, true);
    join_with_no_complaint(guesser);
    for (size_t i = 0; i < PLACES; i++)
        left += place[i] != NULL;
    ck_assert_uint_eq(wsn_descriptor_count(), left);
    for (size_t i = 0; i < PLACES; i++)
        ck_assert(place[i] == NULL || wsn_descriptor_free(place[i]));
}
END_TEST

static _Atomic int n_at_work;

/* Makes small and large ones, and looks at none: they may be gone. */
static void *make_and_forget(void *arg)
{
    static const unsigned char bytes[400];

    (void)arg;
    for (int i = scaled(100 * ROUNDS); i > 0; i--) {
        (void)wsn_descriptor_octets(bytes, (size_t)i * 37 % sizeof bytes);
        (void)wsn_descriptor_oid((const uint32_t[4]){1, 3, 6, 1}, 4);
    }
    n_at_work--;
    return NULL;
}

/* A program ends while its other threads are still at work. */
START_TEST(all_are_freed_while_others_are_made)
{
    pthread_t thread[THREADS];

    n_at_work = THREADS;
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&thread[i], NULL, make_and_forget, NULL), 0);
    while (n_at_work > 0)
        wsn_descriptor_free_all();
    for (int i = 0; i < THREADS; i++)
        join_with_no_complaint(thread[i]);
}
END_TEST

/* ---- fork while a thread is at work -------------------------------------- */

static int asked[2], answered[2]; /* pipes */

static int asked_before;

/* One block after the other is asked for, and between them, under a lock, the
 * room for more: stops there. */
static bool stop_there(void *arg, size_t size)
{
    char byte = 0;

    (void)arg;
    (void)size;
    return asked_before-- != 0 ||
           (write(asked[1], &byte, 1) == 1 && read(answered[0], &byte, 1) == 1);
}

static void not_told(void *arg)
{
    (void)arg;
}

/* What is asked for before it is the turn of more room. */
static const struct {
    size_t len;
    int blocks;
    int asked_before;
} work[] = {
    {200, 128, 130}, /* 127 are in the first room, which is asked for twice */
    {400, 1, 1},
};

static void *do_work(void *arg)
{
    static const unsigned char bytes[400];
    size_t which = *(const size_t *)arg;

    for (int i = 0; i < work[which].blocks; i++)
        (void)wsn_descriptor_octets(bytes, work[which].len);
    return NULL;
}

/* One that waits is ended by the alarm. */
static int go_on(void)
{
    unsigned char *block;

    (void)alarm(30);
    wsn_alloc_set_hook(NULL);
    wsn_descriptor_abandon_held();
    if (wsn_descriptor_count() != 0)
        return 1;
    block = wsn_descriptor_octets("x", 1);
    return block != NULL && wsn_descriptor_free(block) ? 0 : 2;
}

START_TEST(a_child_does_not_wait_for_a_thread_of_its_parent)
{
    static const struct wsn_alloc_hook hook = {stop_there, not_told, NULL};
    size_t which = (size_t)_i;
    pthread_t thread;
    char byte = 0;
    int status = -1;
    pid_t child;

    asked_before = work[which].asked_before;
    ck_assert(pipe(asked) == 0 && pipe(answered) == 0);
    wsn_alloc_set_hook(&hook);
    ck_assert_int_eq(pthread_create(&thread, NULL, do_work, &which), 0);
    ck_assert_int_eq(read(asked[0], &byte, 1), 1);
    child = fork();
    if (child == 0)
        _exit(go_on());
    wsn_alloc_set_hook(NULL);
    ck_assert_int_eq(write(answered[1], "y", 1), 1);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

static int keep(unsigned char *small, unsigned char *large)
{
    wsn_descriptor_abandon_held();
    return wsn_descriptor_free(small) && wsn_descriptor_free(large) ? 0 : 1;
}

START_TEST(a_child_keeps_what_nobody_was_busy_with)
{
    static const unsigned char bytes[400];
    unsigned char *small = wsn_descriptor_octets(bytes, 1);
    unsigned char *large = wsn_descriptor_octets(bytes, sizeof bytes);
    int status = -1;
    pid_t child = fork();

    if (child == 0)
        _exit(keep(small, large));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
}
END_TEST

static void free_all(void)
{
    wsn_descriptor_free_all();
    ck_assert_uint_eq(wsn_descriptor_count(), 0);
}

static void fill(Suite *suite)
{
    TCase *threads = tcase_create("threads");

    tcase_add_checked_fixture(threads, NULL, free_all);
    suite_add_tcase(suite, threads);
    tcase_add_test(threads, threads_do_not_disturb_each_other);
    tcase_add_test(threads, of_two_threads_one_frees);
    tcase_add_test(threads, one_thread_frees_what_another_made);
    tcase_add_test(threads, all_are_freed_while_others_are_made);
    tcase_add_loop_test(threads,
                        a_child_does_not_wait_for_a_thread_of_its_parent, 0, 2);
    tcase_add_test(threads, a_child_keeps_what_nobody_was_busy_with);
}

SUITE_MAIN("core/descriptor, threads", fill)
