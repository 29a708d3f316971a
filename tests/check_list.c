/*
 * check_list.c - the intrusive list.
 */
#include "base/list.h"

#include "support/suite.h"

struct thing {
    int number;
    struct wsn_list node;
};

#define THINGS 5

static struct wsn_list head;
static struct wsn_list other;
static struct thing things[THINGS];

static void make_list(void)
{
    wsn_list_init(&head);
    wsn_list_init(&other);
    for (int i = 0; i < THINGS; i++) {
        things[i].number = i;
        wsn_list_init(&things[i].node);
    }
}

static void push(struct wsn_list *list, int first, int last)
{
    for (int i = first; i <= last; i++)
        wsn_list_push_back(list, &things[i].node);
}

static int pop(struct wsn_list *list)
{
    struct wsn_list *node = wsn_list_pop_front(list);

    return node == NULL ? -1 : WSN_CONTAINER(node, struct thing, node)->number;
}

/* The numbers of list from the front as digits, and the same backwards. */
static void expect(struct wsn_list *list, const char *digits)
{
    struct wsn_list *node = list->next;
    size_t n = 0;

    for (; node != list; node = node->next, n++) {
        ck_assert_ptr_eq(node->next->prev, node);
        ck_assert_int_eq('0' + WSN_CONTAINER(node, struct thing, node)->number,
                         digits[n]);
    }
    ck_assert_int_eq(digits[n], '\0');
    ck_assert_int_eq(wsn_list_is_empty(list), n == 0);
}

START_TEST(a_new_list_is_empty)
{
    expect(&head, "");
    ck_assert_int_eq(pop(&head), -1);
}
END_TEST

START_TEST(the_front_is_popped_first)
{
    push(&head, 1, 3);
    wsn_list_push_front(&head, &things[0].node);
    expect(&head, "0123");
    for (int i = 0; i <= 3; i++)
        ck_assert_int_eq(pop(&head), i);
    ck_assert_int_eq(pop(&head), -1);
}
END_TEST

START_TEST(a_popped_element_is_in_no_list)
{
    push(&head, 0, 1);
    ck_assert_int_eq(pop(&head), 0);
    ck_assert(wsn_list_is_empty(&things[0].node));
    wsn_list_push_back(&other, &things[0].node);
    expect(&head, "1");
    expect(&other, "0");
}
END_TEST

START_TEST(any_element_can_be_removed)
{
    push(&head, 0, 4);
    wsn_list_remove(&things[2].node);
    expect(&head, "0134");
    wsn_list_remove(&things[0].node);
    wsn_list_remove(&things[4].node);
    expect(&head, "13");
    wsn_list_remove(&things[1].node);
    wsn_list_remove(&things[3].node);
    expect(&head, "");
}
END_TEST

START_TEST(removing_twice_is_harmless)
{
    push(&head, 0, 2);
    wsn_list_remove(&things[1].node);
    wsn_list_remove(&things[1].node);
    expect(&head, "02");
}
END_TEST

START_TEST(a_place_can_be_named)
{
    push(&head, 0, 1);
    wsn_list_insert_after(&things[0].node, &things[4].node);
    expect(&head, "041");
}
END_TEST

/* How many elements each of the two lists has. */
static const struct {
    int to;
    int from;
    const char *result;
} splices[] = {{0, 0, ""}, {2, 0, "01"}, {0, 2, "01"}, {2, 3, "01234"}};

START_TEST(a_splice_moves_all)
{
    push(&head, 0, splices[_i].to - 1);
    push(&other, splices[_i].to, splices[_i].to + splices[_i].from - 1);
    wsn_list_splice_back(&head, &other);
    expect(&head, splices[_i].result);
    expect(&other, "");
}
END_TEST

START_TEST(a_walk_may_remove_what_it_meets)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    push(&head, 0, 4);
    WSN_LIST_FOR_EACH(node, ahead, &head)
    {
        if (WSN_CONTAINER(node, struct thing, node)->number % 2 == 0)
            wsn_list_remove(node);
    }
    expect(&head, "13");
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("list");

    tcase_add_checked_fixture(tcase, make_list, NULL);
    tcase_add_test(tcase, a_new_list_is_empty);
    tcase_add_test(tcase, the_front_is_popped_first);
    tcase_add_test(tcase, a_popped_element_is_in_no_list);
    tcase_add_test(tcase, any_element_can_be_removed);
    tcase_add_test(tcase, removing_twice_is_harmless);
    tcase_add_test(tcase, a_place_can_be_named);
    tcase_add_loop_test(tcase, a_splice_moves_all, 0,
                        sizeof splices / sizeof *splices);
    tcase_add_test(tcase, a_walk_may_remove_what_it_meets);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/list", fill)
