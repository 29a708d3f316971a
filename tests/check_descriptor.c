/*
 * check_descriptor.c - the set of memory handed to applications.
 */
#include "core/descriptor.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "support/suite.h"

static void free_all(void)
{
    wsn_descriptor_free_all();
    ck_assert_uint_eq(wsn_descriptor_count(), 0);
}

/* ---- blocks ------------------------------------------------------------- */

START_TEST(octets_are_copied_and_followed_by_a_nul)
{
    char bytes[] = {'a', '\0', 'b'};
    unsigned char *copy = wsn_descriptor_octets(bytes, sizeof bytes);

    memset(bytes, '?', sizeof bytes);
    ck_assert_mem_eq(copy, "a\0b", 4);
    copy[3] = 0; /* programs end it themselves */
    ck_assert(wsn_descriptor_free(copy));
}
END_TEST

START_TEST(no_octets_are_an_empty_string)
{
    unsigned char *copy = wsn_descriptor_octets(NULL, 0);

    ck_assert_ptr_nonnull(copy);
    ck_assert_str_eq((char *)copy, "");
    ck_assert(wsn_descriptor_free(copy));
}
END_TEST

START_TEST(sub_identifiers_are_copied)
{
    uint32_t ids[] = {1, 3, 0xffffffff};
    uint32_t *copy = wsn_descriptor_oid(ids, 3);

    ck_assert_ptr_ne(copy, ids);
    ck_assert_mem_eq(copy, ids, sizeof ids);
    ck_assert(wsn_descriptor_free(copy));
}
END_TEST

START_TEST(a_block_is_freed_once)
{
    unsigned char *block = wsn_descriptor_octets("x", 1);

    ck_assert_uint_eq(wsn_descriptor_count(), 1);
    ck_assert(wsn_descriptor_free(block));
    ck_assert_uint_eq(wsn_descriptor_count(), 0);
    ck_assert(!wsn_descriptor_free(block));
}
END_TEST

START_TEST(other_addresses_are_refused_unseen)
{
    static char literal[] = "literal";
    unsigned char *block = wsn_descriptor_octets("0123456789abcdef", 16);
    char *heap = malloc(16);
    void *foreign[] = {NULL,          literal,          heap,
                       block + 1,     block + 16,       block - 16,
                       (void *)(uintptr_t)1, (void *)(uintptr_t)0xdeadbeef,
                       (void *)(intptr_t)-1};

    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        ck_assert_msg(!wsn_descriptor_free(foreign[i]), "%zu", i);
    free(heap);
    ck_assert(wsn_descriptor_free(block));
}
END_TEST

START_TEST(before_the_first_block_all_is_refused)
{
    char stack[1];

    ck_assert(!wsn_descriptor_free(stack));
    wsn_descriptor_free_all();
    ck_assert(!wsn_descriptor_free(stack));
}
END_TEST

/* ---- many --------------------------------------------------------------- */

#define MANY 20000

/* Repeatable: each run sees the same order. */
static size_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

START_TEST(many_blocks_are_told_apart_in_any_order)
{
    static unsigned char *block[MANY];
    uint32_t random = 1;

    for (size_t i = 0; i < MANY; i++) {
        block[i] = wsn_descriptor_octets(&i, sizeof i);
        /* However crowded it is, a search for another address ends. */
        ck_assert(!wsn_descriptor_free(&i));
    }
    ck_assert_uint_eq(wsn_descriptor_count(), MANY);
    for (size_t left = MANY; left > 0; left--) {
        size_t i = next_random(&random) % left;

        ck_assert(wsn_descriptor_free(block[i]));
        ck_assert_uint_eq(wsn_descriptor_count(), left - 1);
        block[i] = block[left - 1];
    }
}
END_TEST

/* Removal from a crowded table must not hide those behind. */
START_TEST(blocks_come_and_go)
{
    static unsigned char *block[512];
    uint32_t random = 7;

    memset(block, 0, sizeof block);
    for (int round = 0; round < 100000; round++) {
        size_t i = next_random(&random) % 512;

        if (block[i] == NULL) {
            block[i] = wsn_descriptor_octets(&i, sizeof i);
            ck_assert_ptr_nonnull(block[i]);
            continue;
        }
        ck_assert_mem_eq(block[i], &i, sizeof i);
        ck_assert(wsn_descriptor_free(block[i]));
        block[i] = NULL;
    }
}
END_TEST

START_TEST(everything_is_freed_at_once)
{
    unsigned char *last = NULL;

    for (int i = 0; i < 1000; i++)
        last = wsn_descriptor_octets("x", 1);
    wsn_descriptor_free_all();
    ck_assert_uint_eq(wsn_descriptor_count(), 0);
    ck_assert(!wsn_descriptor_free(last));
    last = wsn_descriptor_octets("y", 1);
    ck_assert(wsn_descriptor_free(last));
}
END_TEST

static bool begins_anew(unsigned char *block_of_parent)
{
    unsigned char *block;

    wsn_descriptor_abandon_all();
    if (wsn_descriptor_count() != 0 || wsn_descriptor_free(block_of_parent))
        return false;
    block = wsn_descriptor_octets("x", 1);
    return block != NULL && wsn_descriptor_free(block);
}

START_TEST(the_child_of_a_fork_begins_anew)
{
    unsigned char *block = wsn_descriptor_octets("x", 1);
    int status = -1;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(begins_anew(block) ? 0 : 1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert(wsn_descriptor_free(block));
}
END_TEST

/* ---- shortage ----------------------------------------------------------- */

static unsigned allocations_left;

static bool may_alloc(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    return allocations_left > 0 && allocations_left-- > 0;
}

static void freed(void *arg)
{
    (void)arg;
}

static const struct wsn_alloc_hook shortage = {may_alloc, freed, NULL};

START_TEST(a_shortage_registers_nothing)
{
    unsigned char *block;

    /* Neither the block nor the table; the block alone; both. */
    for (unsigned allowed = 0; allowed < 2; allowed++) {
        allocations_left = allowed;
        wsn_alloc_set_hook(&shortage);
        block = wsn_descriptor_octets("x", 1);
        wsn_alloc_set_hook(NULL);
        ck_assert_ptr_null(block);
        ck_assert_uint_eq(wsn_descriptor_count(), 0);
    }
    allocations_left = 2;
    wsn_alloc_set_hook(&shortage);
    block = wsn_descriptor_octets("x", 1);
    wsn_alloc_set_hook(NULL);
    ck_assert(wsn_descriptor_free(block));
}
END_TEST

START_TEST(a_length_that_cannot_be_is_refused)
{
    uint32_t id = 1;

    ck_assert_ptr_null(wsn_descriptor_octets(&id, SIZE_MAX));
    ck_assert_ptr_null(wsn_descriptor_octets(&id, SIZE_MAX - 2));
    ck_assert_ptr_null(wsn_descriptor_oid(&id, SIZE_MAX / 2));
}
END_TEST

/* ---- threads ------------------------------------------------------------ */

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

START_TEST(threads_do_not_disturb_each_other)
{
    static uint32_t data = 42;
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(
            pthread_create(&thread[i], NULL, make_and_free, &data), 0);
    for (int i = 0; i < THREADS; i++) {
        void *refused;

        ck_assert_int_eq(pthread_join(thread[i], &refused), 0);
        ck_assert_ptr_null(refused);
    }
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

static void fill(Suite *suite)
{
    TCase *blocks = tcase_create("blocks");

    tcase_add_checked_fixture(blocks, NULL, free_all);
    suite_add_tcase(suite, blocks);
    tcase_add_test(blocks, octets_are_copied_and_followed_by_a_nul);
    tcase_add_test(blocks, no_octets_are_an_empty_string);
    tcase_add_test(blocks, sub_identifiers_are_copied);
    tcase_add_test(blocks, a_block_is_freed_once);
    tcase_add_test(blocks, other_addresses_are_refused_unseen);
    tcase_add_test(blocks, before_the_first_block_all_is_refused);
    tcase_add_test(blocks, many_blocks_are_told_apart_in_any_order);
    tcase_add_test(blocks, blocks_come_and_go);
    tcase_add_test(blocks, everything_is_freed_at_once);
    tcase_add_test(blocks, the_child_of_a_fork_begins_anew);
    tcase_add_test(blocks, a_shortage_registers_nothing);
    tcase_add_test(blocks, a_length_that_cannot_be_is_refused);
    tcase_add_test(blocks, threads_do_not_disturb_each_other);
    tcase_add_test(blocks, of_two_threads_one_frees);
}

SUITE_MAIN("core/descriptor", fill)
