/*
 * check_descriptor.c - memory handed to applications, and recognised.
 */
#include "core/descriptor.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/poison.h"
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

/* Nor is any address near a block, whatever its length. */
START_TEST(only_the_start_of_a_block_frees_it)
{
    static const unsigned char bytes[300];

    for (size_t len = 0; len < sizeof bytes; len += 7) {
        unsigned char *block = wsn_descriptor_octets(bytes, len);
        uintptr_t start = (uintptr_t)block;
        size_t accepted = 0;

        for (uintptr_t i = start - 40000; i != start + 40000; i++)
            accepted += i != start && wsn_descriptor_free((void *)i);
        ck_assert_uint_eq(accepted, 0);
        ck_assert_uint_eq(wsn_descriptor_count(), 1);
        ck_assert(wsn_descriptor_free(block));
    }
}
END_TEST

/* A program that frees it twice should not free its next descriptor. */
START_TEST(a_freed_block_is_not_the_next_one)
{
    static const unsigned char bytes[200];

    for (size_t len = 0; len < sizeof bytes; len++) {
        unsigned char *freed = wsn_descriptor_octets(bytes, len);

        ck_assert(wsn_descriptor_free(freed));
        for (int i = 0; i < 12; i++) {
            unsigned char *next = wsn_descriptor_octets(bytes, len);

            ck_assert_ptr_ne(next, freed);
            ck_assert(!wsn_descriptor_free(freed));
            ck_assert(wsn_descriptor_free(next));
        }
    }
}
END_TEST

#ifdef WSN_HAS_POISON
/* A program that touches what is not its own is found out as with malloc. */
START_TEST(what_is_not_in_use_is_guarded)
{
    static const unsigned char bytes[300];

    for (size_t len = 0; len < sizeof bytes; len++) {
        unsigned char *block = wsn_descriptor_octets(bytes, len);

        ck_assert_ptr_null(__asan_region_is_poisoned(block, len + 4));
        ck_assert(__asan_address_is_poisoned(block + len + 4));
        ck_assert(__asan_address_is_poisoned(block - 1));
        ck_assert(wsn_descriptor_free(block));
        ck_assert(__asan_address_is_poisoned(block));
        ck_assert(__asan_address_is_poisoned(block + len));
    }
}
END_TEST
#endif

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

#define MOST_OCTETS 600
#define OF_EACH 6

/* Octets of one value, which depends on their number. */
static unsigned char *octets_of(size_t len)
{
    unsigned char bytes[MOST_OCTETS];

    memset(bytes, (int)(len % 255 + 1), sizeof bytes);
    return wsn_descriptor_octets(bytes, len);
}

static bool are_octets_of(size_t len, const unsigned char *octets)
{
    for (size_t i = 0; i < len; i++)
        if (octets[i] != len % 255 + 1)
            return false;
    return memcmp(octets + len, "\0\0\0\0", 4) == 0;
}

/* Each can be written to as far as its terminator. */
START_TEST(blocks_of_all_lengths_stand_side_by_side)
{
    static unsigned char *block[OF_EACH][MOST_OCTETS];

    for (size_t k = 0; k < OF_EACH; k++)
        for (size_t len = 0; len < MOST_OCTETS; len++)
            block[k][len] = octets_of(len);
    ck_assert_uint_eq(wsn_descriptor_count(), OF_EACH * MOST_OCTETS);
    for (size_t k = 0; k < OF_EACH; k++)
        for (size_t len = MOST_OCTETS; len-- > 0;) {
            ck_assert(are_octets_of(len, block[k][len]));
            memset(block[k][len], 0xff, len + 4);
            ck_assert(wsn_descriptor_free(block[k][len]));
            ck_assert(!wsn_descriptor_free(block[k][len]));
        }
}
END_TEST

#define VERY_MANY 200000

/* More than there is room for in what is searched first. */
START_TEST(there_may_be_very_many)
{
    static unsigned char *block[VERY_MANY];
    static const unsigned char bytes[230];
    size_t good = 0;

    for (size_t i = 0; i < VERY_MANY; i++) {
        block[i] = wsn_descriptor_octets(bytes, sizeof bytes);
        memcpy(block[i], &i, sizeof i);
    }
    ck_assert_uint_eq(wsn_descriptor_count(), VERY_MANY);
    for (size_t i = 0; i < VERY_MANY; i++)
        good += memcmp(block[i], &i, sizeof i) == 0 &&
                !wsn_descriptor_free(block[i] + 16) &&
                wsn_descriptor_free(block[i]);
    ck_assert_uint_eq(good, VERY_MANY);
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
    unsigned char *block[2000];

    for (size_t i = 0; i < 2000; i++)
        block[i] = octets_of(i % MOST_OCTETS);
    wsn_descriptor_free_all();
    ck_assert_uint_eq(wsn_descriptor_count(), 0);
    for (size_t i = 0; i < 2000; i++)
        ck_assert(!wsn_descriptor_free(block[i]));
    block[0] = wsn_descriptor_octets("y", 1);
    ck_assert(wsn_descriptor_free(block[0]));
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
    unsigned char *small = octets_of(1);
    unsigned char *large = octets_of(MOST_OCTETS);
    int status = -1;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(begins_anew(small) && begins_anew(large) ? 0 : 1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert(wsn_descriptor_free(small));
    ck_assert(wsn_descriptor_free(large));
}
END_TEST

/* ---- shortage ----------------------------------------------------------- */

static size_t allocations_left;
static size_t blocks_in_use;

static bool may_alloc(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    if (allocations_left == 0)
        return false;
    allocations_left--;
    blocks_in_use++;
    return true;
}

static void freed(void *arg)
{
    (void)arg;
    blocks_in_use--;
}

static void allow(size_t allocations)
{
    static const struct wsn_alloc_hook shortage = {may_alloc, freed, NULL};

    allocations_left = allocations;
    wsn_alloc_set_hook(&shortage);
}

static unsigned char *make_with(size_t allocations, size_t len)
{
    unsigned char *block;

    allow(allocations);
    block = octets_of(len);
    allow(0);
    return block;
}

/* Of short octets and of long ones; the first in the process, or not. */
START_TEST(a_shortage_registers_nothing)
{
    size_t len = _i == 0 ? 1 : MOST_OCTETS;
    unsigned char *block = NULL;

    blocks_in_use = 0;
    for (size_t allowed = 0; block == NULL; allowed++) {
        ck_assert_uint_eq(wsn_descriptor_count(), 0);
        ck_assert_uint_eq(blocks_in_use, 0);
        block = make_with(allowed, len);
        ck_assert(block == NULL || allowed > 0);
    }
    ck_assert_ptr_null(make_with(0, len));
    ck_assert_uint_eq(wsn_descriptor_count(), 1);
    ck_assert(wsn_descriptor_free(block));
    ck_assert_ptr_null(make_with(0, len));
    wsn_descriptor_free_all();
    wsn_alloc_set_hook(NULL);
    ck_assert_uint_eq(blocks_in_use, 0);
}
END_TEST

/* A block and what it is in, of each length there is. */
#define MAY_STAY 16

START_TEST(a_burst_does_not_stay)
{
    static unsigned char *block[MANY];
    uint32_t random = 3;

    blocks_in_use = 0;
    allow(SIZE_MAX);
    for (size_t i = 0; i < MANY; i++)
        block[i] = octets_of(i % 200);
    for (size_t left = MANY; left > 0; left--) {
        size_t i = next_random(&random) % left;

        ck_assert(wsn_descriptor_free(block[i]));
        block[i] = block[left - 1];
    }
    ck_assert_uint_le(blocks_in_use, MAY_STAY);
    wsn_descriptor_free_all();
    wsn_alloc_set_hook(NULL);
    ck_assert_uint_eq(blocks_in_use, 0);
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
    tcase_add_test(blocks, only_the_start_of_a_block_frees_it);
    tcase_add_test(blocks, a_freed_block_is_not_the_next_one);
#ifdef WSN_HAS_POISON
    tcase_add_test(blocks, what_is_not_in_use_is_guarded);
#endif
    tcase_add_test(blocks, before_the_first_block_all_is_refused);
    tcase_add_test(blocks, many_blocks_are_told_apart_in_any_order);
    tcase_add_test(blocks, blocks_of_all_lengths_stand_side_by_side);
    tcase_add_test(blocks, there_may_be_very_many);
    tcase_add_test(blocks, blocks_come_and_go);
    tcase_add_test(blocks, everything_is_freed_at_once);
    tcase_add_test(blocks, the_child_of_a_fork_begins_anew);
    tcase_add_loop_test(blocks, a_shortage_registers_nothing, 0, 2);
    tcase_add_test(blocks, a_burst_does_not_stay);
    tcase_add_test(blocks, a_length_that_cannot_be_is_refused);
}

SUITE_MAIN("core/descriptor", fill)
