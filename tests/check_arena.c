/*
 * check_arena.c - the bump allocator.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "support/suite.h"

#define ROOM 256

static alignas(max_align_t) char memory[ROOM];
static struct wsn_arena arena;
static int blocks; /* that the arena holds beyond the first chunk */
static bool is_short;

static bool may_alloc(void *arg, size_t size)
{
    bool may = !is_short && size < SIZE_MAX / 2;

    (void)arg;
    blocks += may;
    return may;
}

static void freed(void *arg)
{
    (void)arg;
    blocks--;
}

static const struct wsn_alloc_hook hook = {may_alloc, freed, NULL};

static void make_arena(void)
{
    blocks = 0;
    is_short = false;
    wsn_alloc_set_hook(&hook);
    wsn_arena_init(&arena, memory, sizeof memory);
}

static void end_arena(void)
{
    wsn_arena_fini(&arena);
    ck_assert_int_eq(blocks, 0);
    wsn_alloc_set_hook(NULL);
}

static bool is_inside(const void *block)
{
    uintptr_t at = (uintptr_t)block;

    return at >= (uintptr_t)memory && at < (uintptr_t)(memory + ROOM);
}

START_TEST(the_callers_memory_comes_first)
{
    char *a = wsn_arena_alloc(&arena, ROOM / 2);
    char *b = wsn_arena_alloc(&arena, ROOM / 2);

    ck_assert(is_inside(a));
    ck_assert(is_inside(b));
    ck_assert_int_eq(blocks, 0);
    ck_assert(!is_inside(wsn_arena_alloc(&arena, 1)));
    ck_assert_int_eq(blocks, 1);
}
END_TEST

START_TEST(it_may_have_no_memory_of_its_own)
{
    struct wsn_arena bare;
    char *block;

    wsn_arena_init(&bare, NULL, 0);
    block = wsn_arena_alloc(&bare, 10);
    ck_assert_ptr_nonnull(block);
    memset(block, 1, 10);
    wsn_arena_fini(&bare);
}
END_TEST

START_TEST(every_block_is_aligned)
{
    for (size_t size = 0; size < 100; size++) {
        char *block = wsn_arena_alloc(&arena, size);

        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % alignof(max_align_t), 0);
        memset(block, 1, size);
    }
}
END_TEST

START_TEST(memory_that_is_not_aligned_is_used_all_the_same)
{
    struct wsn_arena odd;
    char *block;

    wsn_arena_init(&odd, memory + 1, ROOM - 1);
    block = wsn_arena_alloc(&odd, 1);
    ck_assert(is_inside(block));
    ck_assert_uint_eq((uintptr_t)block % alignof(max_align_t), 0);
    wsn_arena_fini(&odd);
}
END_TEST

#define BLOCKS 500

START_TEST(blocks_do_not_overlap)
{
    unsigned char *kept[BLOCKS];

    for (size_t i = 0; i < BLOCKS; i++) {
        kept[i] = wsn_arena_alloc(&arena, i);
        ck_assert_ptr_nonnull(kept[i]);
        memset(kept[i], (int)(i & 0xff), i);
    }
    for (size_t i = 0; i < BLOCKS; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_uint_eq(kept[i][j], i & 0xff);
}
END_TEST

START_TEST(a_large_block_is_no_problem)
{
    char *block = wsn_arena_alloc(&arena, 100000);

    ck_assert_ptr_nonnull(block);
    memset(block, 1, 100000);
}
END_TEST

START_TEST(impossible_sizes_are_refused)
{
    ck_assert_ptr_null(wsn_arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(wsn_arena_alloc(&arena, SIZE_MAX - 16));
    ck_assert(is_inside(wsn_arena_alloc(&arena, 1)));
}
END_TEST

START_TEST(a_shortage_changes_nothing)
{
    char *block;

    is_short = true;
    ck_assert_ptr_null(wsn_arena_alloc(&arena, ROOM + 1));
    block = wsn_arena_alloc(&arena, ROOM);
    ck_assert(is_inside(block));
    ck_assert_ptr_null(wsn_arena_alloc(&arena, 1));
    is_short = false;
    ck_assert_ptr_nonnull(wsn_arena_alloc(&arena, 1));
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("arena");

    tcase_add_checked_fixture(tcase, make_arena, end_arena);
    tcase_add_test(tcase, the_callers_memory_comes_first);
    tcase_add_test(tcase, it_may_have_no_memory_of_its_own);
    tcase_add_test(tcase, every_block_is_aligned);
    tcase_add_test(tcase, memory_that_is_not_aligned_is_used_all_the_same);
    tcase_add_test(tcase, blocks_do_not_overlap);
    tcase_add_test(tcase, a_large_block_is_no_problem);
    tcase_add_test(tcase, impossible_sizes_are_refused);
    tcase_add_test(tcase, a_shortage_changes_nothing);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/arena", fill)
