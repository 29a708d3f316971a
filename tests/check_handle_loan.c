/*
 * check_handle_loan.c - what one session made and another receives.
 */
#include <string.h>

#include "support/things.h"

/*
 * Two sessions, and what the second is to be given: an object of the first
 * again, and a new one.  They share a shard or, as sessions that are made one
 * after the other, they do not; both are tested.
 */
struct loan {
    struct thing lender_thing, thing, borrower_thing, novelty;
    void *lender, *lent, *borrower;
    struct wsn_publish items[2];
};

static const int distances[] = {1, WSN_SHARDS};

static void lend(struct loan *loan, int distance)
{
    struct wsn_shard *shards[2];

    memset(loan, 0, sizeof *loan);
    loan->lender = publish(&loan->lender_thing, OTHER_KIND, NULL);
    for (int i = 1; i < distance; i++)
        ck_assert(wsn_handle_kill(
            publish(&loan->borrower_thing, OTHER_KIND, NULL), OTHER_KIND));
    loan->borrower_thing.deaths = 0;
    loan->borrower = publish(&loan->borrower_thing, OTHER_KIND, NULL);
    shards[0] = wsn_slot_known(loan->lender)->shard;
    shards[1] = wsn_slot_known(loan->borrower)->shard;
    ck_assert_int_eq(shards[0] == shards[1], distance == WSN_SHARDS);
    loan->lent = publish(&loan->thing, KIND, loan->lender);
    loan->items[0] = (struct wsn_publish){.type = KIND, .again = loan->lent};
    loan->items[1] =
        (struct wsn_publish){.type = KIND, .object = &loan->novelty};
    ck_assert_ptr_nonnull(wsn_handle_pin(loan->lent, KIND));
}

static enum wsn_publish_result publish_loan(struct loan *loan)
{
    return wsn_handle_publish(loan->borrower, loan->items, 2);
}

static void close_lender(struct loan *loan)
{
    ck_assert_ptr_nonnull(wsn_handle_pin(loan->lender, OTHER_KIND));
    ck_assert(wsn_handle_kill(loan->lender, OTHER_KIND));
    wsn_handle_sweep(loan->lender);
    wsn_handle_unpin(loan->lender);
}

/* What was lent has so many references, and is lost with the last of them and
 * the pin that lend() has made; then nothing is left. */
static void end_loan(struct loan *loan, int references)
{
    for (int i = 0; i < references; i++)
        ck_assert(wsn_handle_release(loan->lent, KIND));
    ck_assert(!wsn_handle_release(loan->lent, KIND));
    ck_assert_int_eq(loan->thing.deaths, 0);
    wsn_handle_unpin(loan->lent);
    ck_assert_int_eq(loan->thing.deaths, 1);
    (void)wsn_handle_kill(loan->lender, OTHER_KIND);
    (void)wsn_handle_kill(loan->borrower, OTHER_KIND);
    ck_assert_uint_eq(wsn_handle_count(WSN_ANY_TYPE), 0);
}

static void end_refused(struct loan *loan, int references)
{
    ck_assert_ptr_null(loan->items[1].handle);
    ck_assert_int_eq(loan->novelty.deaths, 0);
    end_loan(loan, references);
}

START_TEST(a_handle_of_another_session_is_given_again)
{
    struct loan loan;

    lend(&loan, distances[_i]);
    ck_assert_int_eq(publish_loan(&loan), WSN_PUBLISHED);
    ck_assert_ptr_eq(loan.items[0].handle, loan.lent);
    ck_assert_ptr_eq(wsn_handle_owner(loan.lent), loan.lender);
    ck_assert_ptr_eq(wsn_handle_owner(loan.items[1].handle), loan.borrower);
    ck_assert(wsn_handle_release(loan.items[1].handle, KIND));
    ck_assert_int_eq(loan.novelty.deaths, 1);
    end_loan(&loan, 2);
}
END_TEST

START_TEST(a_freed_handle_of_another_session_is_revived)
{
    struct loan loan;

    lend(&loan, distances[_i]);
    ck_assert(wsn_handle_release(loan.lent, KIND));
    ck_assert(!is_valid(loan.lent, KIND));
    ck_assert_int_eq(publish_loan(&loan), WSN_PUBLISHED);
    ck_assert(is_valid(loan.lent, KIND));
    ck_assert(wsn_handle_release(loan.items[1].handle, KIND));
    end_loan(&loan, 1);
}
END_TEST

START_TEST(nothing_is_given_to_a_closed_session)
{
    struct loan loan;

    lend(&loan, distances[_i]);
    ck_assert(wsn_handle_kill(loan.borrower, OTHER_KIND));
    ck_assert_int_eq(publish_loan(&loan), WSN_PUBLISH_OWNER_GONE);
    end_refused(&loan, 1);
}
END_TEST

START_TEST(what_could_not_be_given_is_not_revived)
{
    struct loan loan;

    lend(&loan, distances[_i]);
    ck_assert(wsn_handle_release(loan.lent, KIND));
    ck_assert(wsn_handle_kill(loan.borrower, OTHER_KIND));
    ck_assert_int_eq(publish_loan(&loan), WSN_PUBLISH_OWNER_GONE);
    ck_assert(!is_valid(loan.lent, KIND));
    end_refused(&loan, 0);
}
END_TEST

START_TEST(an_orphan_does_not_spoil_the_others)
{
    struct loan loan;
    struct thing thing = {0};
    struct wsn_publish items[3];

    lend(&loan, distances[_i]);
    close_lender(&loan);
    items[0] = loan.items[0];
    items[1] = loan.items[1];
    items[2] = (struct wsn_publish){
        .type = KIND, .again = publish(&thing, KIND, loan.borrower)};
    ck_assert_ptr_nonnull(wsn_handle_pin(items[2].again, KIND));
    ck_assert_int_eq(wsn_handle_publish(loan.borrower, items, 3),
                     WSN_PUBLISH_ORPHAN);
    ck_assert_ptr_null(items[0].handle);
    ck_assert_ptr_null(items[1].handle);
    ck_assert_ptr_eq(items[2].handle, items[2].again);
    wsn_handle_unpin(items[2].again);
    ck_assert(wsn_handle_release(items[2].again, KIND));
    ck_assert(!is_valid(items[2].again, KIND)); /* it had one reference */
    end_refused(&loan, 0);
}
END_TEST

/* More than a shard has without new memory. */
#define MANY 2000

START_TEST(nothing_is_given_when_memory_is_short)
{
    static void *fillers[MANY];
    struct thing filler = {0};
    struct loan loan;
    int n = 0;

    lend(&loan, distances[_i]);
    wsn_alloc_set_hook(&shortage);
    while (n < MANY && wsn_handle_publish_new(KIND, &filler, loan.borrower,
                                              &fillers[n]) == WSN_PUBLISHED)
        n++;
    ck_assert_int_lt(n, MANY);
    ck_assert_int_eq(publish_loan(&loan), WSN_PUBLISH_NO_MEMORY);
    wsn_alloc_set_hook(NULL);
    while (n > 0)
        ck_assert(wsn_handle_release(fillers[--n], KIND));
    end_refused(&loan, 1);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("two sessions");
    int n = sizeof(distances) / sizeof(*distances);

    tcase_add_checked_fixture(tcase, prepare, NULL);
    tcase_add_loop_test(tcase, a_handle_of_another_session_is_given_again, 0,
                        n);
    tcase_add_loop_test(tcase, a_freed_handle_of_another_session_is_revived, 0,
                        n);
    tcase_add_loop_test(tcase, nothing_is_given_to_a_closed_session, 0, n);
    tcase_add_loop_test(tcase, what_could_not_be_given_is_not_revived, 0, n);
    tcase_add_loop_test(tcase, an_orphan_does_not_spoil_the_others, 0, n);
    tcase_add_loop_test(tcase, nothing_is_given_when_memory_is_short, 0, n);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/handle, two sessions", fill)
