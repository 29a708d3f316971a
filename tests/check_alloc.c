/*
 * check_alloc.c - the library's memory and the door for tests.
 */
#include "base/alloc.h"

#include <stdint.h>
#include <string.h>

#include "support/suite.h"

/* What the hook was told; may_pass allocations succeed. */
struct ledger {
    unsigned may_pass;
    unsigned asked;
    unsigned freed;
    size_t last_size;
};

static struct ledger ledger;

static bool ask(void *arg, size_t size)
{
    struct ledger *book = arg;

    book->asked++;
    book->last_size = size;
    return book->asked <= book->may_pass;
}

static void tell(void *arg)
{
    ((struct ledger *)arg)->freed++;
}

static const struct wsn_alloc_hook hook = {ask, tell, &ledger};

static void open_ledger(void)
{
    memset(&ledger, 0, sizeof ledger);
    ledger.may_pass = 1000;
    wsn_alloc_set_hook(&hook);
}

static void close_ledger(void)
{
    wsn_alloc_set_hook(NULL);
}

START_TEST(nothing_is_still_a_block)
{
    void *a = wsn_alloc(0);
    void *b = wsn_zalloc(0);
    void *c = wsn_alloc_array(0, 8);

    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    ck_assert_ptr_nonnull(c);
    ck_assert_ptr_ne(a, b);
    wsn_free(a);
    wsn_free(b);
    wsn_free(c);
}
END_TEST

START_TEST(zeroed_memory_is_zero)
{
    static const unsigned char zeros[300];
    unsigned char *block = wsn_zalloc(sizeof zeros);

    ck_assert_ptr_nonnull(block);
    ck_assert_mem_eq(block, zeros, sizeof zeros);
    wsn_free(block);
}
END_TEST

static const struct {
    size_t n;
    size_t item_size;
} overflows[] = {
    {SIZE_MAX, 2},
    {2, SIZE_MAX},
    {SIZE_MAX / 2 + 1, 2},
    {SIZE_MAX / 24 + 1, 24},
    {(size_t)1 << (sizeof(size_t) * 4), (size_t)1 << (sizeof(size_t) * 4)},
};

START_TEST(a_product_that_overflows_is_refused)
{
    ck_assert_ptr_null(
        wsn_alloc_array(overflows[_i].n, overflows[_i].item_size));
    ck_assert_uint_eq(ledger.asked, 0);
}
END_TEST

START_TEST(an_array_has_room_for_its_items)
{
    uint64_t *array = wsn_alloc_array(10, sizeof *array);

    ck_assert_ptr_nonnull(array);
    ck_assert_uint_eq(ledger.last_size, 80);
    memset(array, 0xff, 80);
    wsn_free(array);
}
END_TEST

START_TEST(an_aligned_block_is_aligned)
{
    for (size_t alignment = 64; alignment <= 65536; alignment *= 2) {
        unsigned char *block = wsn_alloc_aligned(alignment, 100);

        ck_assert_ptr_nonnull(block);
        ck_assert_uint_eq((uintptr_t)block % alignment, 0);
        memset(block, 0xff, 100);
        wsn_free(block);
    }
    ck_assert_uint_eq(ledger.asked, ledger.freed);
}
END_TEST

START_TEST(a_block_out_of_a_larger_one_is_in_the_books)
{
    ledger.may_pass = 1;
    ck_assert(wsn_alloc_may_cut(10));
    ck_assert_uint_eq(ledger.last_size, 10);
    ck_assert(!wsn_alloc_may_cut(10));
    wsn_alloc_note_returned();
    ck_assert_uint_eq(ledger.freed, 1);
}
END_TEST

START_TEST(a_resize_keeps_the_content)
{
    char *block = wsn_realloc(NULL, 4);
    char *larger;

    ck_assert_ptr_nonnull(block);
    memcpy(block, "abc", 4);
    larger = wsn_realloc(block, 4000);
    ck_assert_ptr_nonnull(larger);
    ck_assert_str_eq(larger, "abc");
    wsn_free(larger);
}
END_TEST

START_TEST(a_failed_resize_leaves_the_block)
{
    char *block = wsn_alloc(4);

    ck_assert_ptr_nonnull(block);
    memcpy(block, "abc", 4);
    ledger.may_pass = 1;
    ck_assert_ptr_null(wsn_realloc(block, 4000));
    ck_assert_str_eq(block, "abc");
    wsn_free(block);
    ck_assert_uint_eq(ledger.freed, 1);
}
END_TEST

START_TEST(each_kind_of_allocation_can_fail)
{
    ledger.may_pass = 0;
    ck_assert_ptr_null(wsn_alloc(1));
    ck_assert_ptr_null(wsn_zalloc(1));
    ck_assert_ptr_null(wsn_alloc_array(1, 1));
    ck_assert_ptr_null(wsn_alloc_aligned(64, 1));
    ck_assert_ptr_null(wsn_realloc(NULL, 1));
    ck_assert_uint_eq(ledger.asked, 5);
}
END_TEST

START_TEST(the_books_balance)
{
    void *a = wsn_alloc(1);
    void *b = wsn_zalloc(1);
    void *c = wsn_realloc(wsn_realloc(NULL, 1), 2);

    ck_assert(a != NULL && b != NULL && c != NULL);
    wsn_free(a);
    wsn_free(b);
    wsn_free(c);
    wsn_free(NULL);
    ck_assert_uint_eq(ledger.asked, 4); /* a resized block is asked for twice */
    ck_assert_uint_eq(ledger.freed, 3);
}
END_TEST

START_TEST(without_the_hook_nobody_is_told)
{
    wsn_alloc_set_hook(NULL);
    wsn_free(wsn_alloc(1));
    ck_assert(wsn_alloc_may_cut(1));
    wsn_alloc_note_returned();
    ck_assert_uint_eq(ledger.asked, 0);
    ck_assert_uint_eq(ledger.freed, 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("alloc");

    tcase_add_checked_fixture(tcase, open_ledger, close_ledger);
    tcase_add_test(tcase, nothing_is_still_a_block);
    tcase_add_test(tcase, zeroed_memory_is_zero);
    tcase_add_loop_test(tcase, a_product_that_overflows_is_refused, 0,
                        sizeof overflows / sizeof *overflows);
    tcase_add_test(tcase, an_array_has_room_for_its_items);
    tcase_add_test(tcase, an_aligned_block_is_aligned);
    tcase_add_test(tcase, a_block_out_of_a_larger_one_is_in_the_books);
    tcase_add_test(tcase, a_resize_keeps_the_content);
    tcase_add_test(tcase, a_failed_resize_leaves_the_block);
    tcase_add_test(tcase, each_kind_of_allocation_can_fail);
    tcase_add_test(tcase, the_books_balance);
    tcase_add_test(tcase, without_the_hook_nobody_is_told);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/alloc", fill)
