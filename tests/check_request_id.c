/*
 * check_request_id.c - generated request ids.
 */
#include "core/request_id.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

/* ---- where chance comes from -------------------------------------------- */

enum source { FROM_CALL, FROM_DEVICE, FROM_CLOCK, SOURCES };

static enum source source;

/* The system's, which there is not everywhere, or a failure of it. */
ssize_t getrandom(void *buffer, size_t size, unsigned flags);

ssize_t getrandom(void *buffer, size_t size, unsigned flags)
{
    FILE *device = source == FROM_CALL ? fopen("/dev/urandom", "r") : NULL;
    size_t n;

    (void)flags;
    if (device == NULL)
        return -1;
    n = fread(buffer, 1, size, device);
    (void)fclose(device);
    return (ssize_t)n;
}

/* While the device cannot be opened, or anything else. */
static int32_t next_without_device(void)
{
    struct rlimit limit;
    struct rlimit none;
    int32_t id;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = limit;
    none.rlim_cur = 0;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    id = wsn_request_id_next();
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    return id;
}

START_TEST(ids_are_positive_and_follow_each_other)
{
    int32_t before = wsn_request_id_next();

    ck_assert_int_gt(before, 0);
    for (int i = 0; i < 100000; i++) {
        int32_t next = wsn_request_id_next();

        ck_assert_int_eq(next, before == INT32_MAX ? 1 : before + 1);
        before = next;
    }
}
END_TEST

#define THREADS 4
#define IDS 100000

static pthread_barrier_t all_ready;

static void *take_ids(void *arg)
{
    int32_t *ids = arg;

    (void)pthread_barrier_wait(&all_ready);
    for (int i = 0; i < IDS; i++)
        ids[i] = wsn_request_id_next();
    return NULL;
}

static int order(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;

    return x < y ? -1 : x > y;
}

START_TEST(threads_never_get_the_same_id)
{
    static int32_t ids[THREADS * IDS];
    pthread_t thread[THREADS];

    ck_assert_int_eq(pthread_barrier_init(&all_ready, NULL, THREADS), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&thread[i], NULL, take_ids, ids + i * IDS), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(thread[i], NULL), 0);
    (void)pthread_barrier_destroy(&all_ready);
    qsort(ids, THREADS * IDS, sizeof ids[0], order);
    ck_assert_int_gt(ids[0], 0);
    for (int i = 1; i < THREADS * IDS; i++)
        ck_assert_int_ne(ids[i - 1], ids[i]);
}
END_TEST

/* The first id of a process that has none yet. */
static int32_t first_id_of_a_process(void)
{
    int32_t id = 0;
    int ends[2];
    pid_t child;

    ck_assert_int_eq(pipe(ends), 0);
    child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        id = source == FROM_CLOCK ? next_without_device()
                                  : wsn_request_id_next();
        _exit(write(ends[1], &id, sizeof id) == (ssize_t)sizeof id ? 0 : 1);
    }
    ck_assert_int_eq(read(ends[0], &id, sizeof id), (ssize_t)sizeof id);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    close(ends[0]);
    close(ends[1]);
    return id;
}

/* Who can guess an id can forge a response.  That eight random starts lie
 * within a thousand of each other happens once in 10^40 runs.  Without any
 * source they still differ from process to process. */
START_TEST(the_start_is_random)
{
    int32_t first;
    bool differ = false;

    source = (enum source)_i;
    first = first_id_of_a_process();
    for (int i = 0; i < 7; i++) {
        int64_t distance = (int64_t)first_id_of_a_process() - first;

        differ = differ || distance < -1000 || distance > 1000;
    }
    ck_assert(differ);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *ids = tcase_create("ids");

    suite_add_tcase(suite, ids);
    /* First, while this process itself has not started, even without fork. */
    tcase_add_loop_test(ids, the_start_is_random, 0, SOURCES);
    tcase_add_test(ids, ids_are_positive_and_follow_each_other);
    tcase_add_test(ids, threads_never_get_the_same_id);
}

SUITE_MAIN("core/request_id", fill)
