/*
 * check_handle.c - the handle table: kinds, generations, the two counts and
 * owners.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "support/things.h"

#define N(table) (sizeof(table) / sizeof *(table))

static enum wsn_publish_result again(void *handle)
{
    struct wsn_publish item = {.again = handle};
    enum wsn_publish_result result = wsn_handle_publish(NULL, &item, 1);

    ck_assert_ptr_eq(item.handle, result == WSN_PUBLISHED ? handle : NULL);
    return result;
}

/* ---- values ----------------------------------------------------------------
 */

START_TEST(a_handle_is_of_one_kind)
{
    struct thing thing = {0};
    void *handle = publish(&thing, KIND, NULL);

    ck_assert_ptr_eq(wsn_handle_pin(handle, KIND), &thing);
    ck_assert_ptr_eq(wsn_handle_object(handle), &thing);
    wsn_handle_unpin(handle);
    for (unsigned type = 0; type < 2 * WSN_HANDLE_TYPES; type++) {
        if (type == KIND)
            continue;
        ck_assert_ptr_null(wsn_handle_pin(handle, type));
        ck_assert(!wsn_handle_release(handle, type));
        ck_assert(!wsn_handle_kill(handle, type));
    }
    ck_assert(wsn_handle_release(handle, KIND));
    ck_assert_int_eq(thing.deaths, 1);
}
END_TEST

START_TEST(a_handle_is_neither_small_nor_an_address)
{
    struct thing thing = {0};
    void *handle = publish(&thing, KIND, NULL);

    ck_assert_uint_gt((uintptr_t)handle, 0xffff);
    ck_assert_ptr_ne(handle, (void *)&thing);
    ck_assert_ptr_ne(handle, (void *)(intptr_t)-1);
    ck_assert(wsn_handle_release(handle, KIND));
}
END_TEST

/* 0 if value is no handle of any type. */
static int wrongs_of(void *value)
{
    int wrongs = wsn_handle_owner(value) != NULL;

    for (unsigned type = 0; type < 2 * WSN_HANDLE_TYPES; type++) {
        wrongs += wsn_handle_pin(value, type) != NULL;
        wrongs += wsn_handle_release(value, type);
        wrongs += wsn_handle_kill(value, type);
    }
    return wrongs;
}

START_TEST(garbage_is_no_handle)
{
    static struct thing memory;
    struct thing thing = {0};
    void *handle = publish(&thing, KIND, NULL);
    int wrongs = wrongs_of(&memory);

    for (uintptr_t small = 0; small < 5000; small++)
        wrongs += wrongs_of((void *)small);
    for (intptr_t below = -5000; below < 0; below++)
        wrongs += wrongs_of((void *)below);
    for (unsigned bit = 0; bit < 8 * sizeof handle; bit++)
        wrongs += wrongs_of((void *)((uintptr_t)handle ^ (uintptr_t)1 << bit));
    ck_assert_int_eq(wrongs, 0);
    ck_assert_int_eq(thing.deaths, 0);
    ck_assert(wsn_handle_release(handle, KIND));
}
END_TEST

START_TEST(random_values_are_no_handles)
{
    uint64_t random = UINT64_C(0x9e3779b97f4a7c15);
    struct thing thing = {0};
    void *handle = publish(&thing, KIND, NULL);
    int wrongs = 0;

    for (int i = 0; i < 100000; i++) {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        if ((void *)(uintptr_t)random != handle)
            wrongs += wrongs_of((void *)(uintptr_t)random);
    }
    ck_assert_int_eq(wrongs, 0);
    ck_assert(wsn_handle_release(handle, KIND));
}
END_TEST

#define CYCLES 70000

static int compare_values(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (void *const *)a;
    uintptr_t y = (uintptr_t) * (void *const *)b;

    return (x > y) - (x < y);
}

START_TEST(a_stale_handle_never_comes_back)
{
    static void *stale[CYCLES];
    struct thing owner_thing = {0};
    struct thing thing = {0};
    void *owner = publish(&owner_thing, OTHER_KIND, NULL);
    int wrongs = 0;

    for (size_t i = 0; i < CYCLES; i++) {
        struct wsn_publish item = {.type = KIND, .object = &thing};

        wrongs += wsn_handle_publish(owner, &item, 1) != WSN_PUBLISHED;
        stale[i] = item.handle;
        wrongs += !wsn_handle_release(stale[i], KIND);
        wrongs += wsn_handle_release(stale[i], KIND);
        wrongs += is_valid(stale[i / 2], KIND);
    }
    for (size_t i = 0; i < CYCLES; i++)
        wrongs += is_valid(stale[i], KIND);
    qsort(stale, CYCLES, sizeof *stale, compare_values);
    for (size_t i = 1; i < CYCLES; i++)
        wrongs += stale[i - 1] == stale[i];
    ck_assert_int_eq(wrongs, 0);
    ck_assert_int_eq(thing.deaths, CYCLES);
    ck_assert(wsn_handle_release(owner, OTHER_KIND));
}
END_TEST

/* A program that frees twice must not hit what it made in between. */
START_TEST(a_slot_is_not_reused_at_once)
{
    struct thing things[200] = {{0}};
    void *handles[200];
    void *owner = publish(&things[0], OTHER_KIND, NULL);
    void *freed = publish(&things[0], KIND, owner);

    ck_assert(wsn_handle_release(freed, KIND));
    for (size_t i = 0; i < N(handles); i++) {
        handles[i] = publish(&things[i], KIND, owner);
        ck_assert_ptr_ne(handles[i], freed);
        ck_assert(!wsn_handle_release(freed, KIND));
    }
    for (size_t i = 0; i < N(handles); i++)
        ck_assert(wsn_handle_release(handles[i], KIND));
    ck_assert(wsn_handle_release(owner, OTHER_KIND));
}
END_TEST

/* ---- references and pins ------------------------------------------------ */

START_TEST(each_reference_is_released_once)
{
    struct thing thing = {0};
    void *handle = publish(&thing, KIND, NULL);
    void *owner = publish(&thing, OTHER_KIND, NULL);
    void *owned = publish(&thing, KIND, owner);

    ck_assert_ptr_eq(wsn_handle_pin(owned, KIND), &thing);
    ck_assert_int_eq(again(owned), WSN_PUBLISHED);
    ck_assert_int_eq(again(owned), WSN_PUBLISHED);
    wsn_handle_unpin(owned);
    for (int i = 0; i < 3; i++) {
        ck_assert(is_valid(owned, KIND));
        ck_assert_int_eq(thing.deaths, 0);
        ck_assert(wsn_handle_release(owned, KIND));
    }
    ck_assert_int_eq(thing.deaths, 1);
    ck_assert(!is_valid(owned, KIND));
    ck_assert(!wsn_handle_release(owned, KIND));
    ck_assert(wsn_handle_release(handle, KIND));
    ck_assert(wsn_handle_release(owner, OTHER_KIND));
}
END_TEST

START_TEST(a_pin_keeps_the_object_but_not_the_handle)
{
    struct thing thing = {0};
    void *handle = publish(&thing, KIND, NULL);

    ck_assert_ptr_eq(wsn_handle_pin(handle, KIND), &thing);
    wsn_handle_pin_again(handle);
    ck_assert(wsn_handle_release(handle, KIND));
    ck_assert(!is_valid(handle, KIND));
    ck_assert_ptr_eq(wsn_handle_object(handle), &thing);
    wsn_handle_unpin(handle);
    ck_assert_int_eq(thing.deaths, 0);
    ck_assert_uint_eq(wsn_handle_count(KIND), 1);
    wsn_handle_unpin(handle);
    ck_assert_int_eq(thing.deaths, 1);
    ck_assert_uint_eq(wsn_handle_count(KIND), 0);
}
END_TEST

START_TEST(null_is_pinned_and_unpinned_without_effect)
{
    wsn_handle_pin_again(NULL);
    wsn_handle_unpin(NULL);
    ck_assert_ptr_null(wsn_handle_pin(NULL, KIND));
}
END_TEST

START_TEST(a_delivery_revives_the_same_handle)
{
    struct thing owner_thing = {0};
    struct thing thing = {0};
    void *owner = publish(&owner_thing, OTHER_KIND, NULL);
    void *handle = publish(&thing, KIND, owner);

    ck_assert_ptr_eq(wsn_handle_pin(handle, KIND), &thing);
    ck_assert(wsn_handle_release(handle, KIND));
    ck_assert(!is_valid(handle, KIND));
    ck_assert_int_eq(again(handle), WSN_PUBLISHED);
    wsn_handle_unpin(handle);
    ck_assert(is_valid(handle, KIND));
    ck_assert_int_eq(thing.deaths, 0);
    ck_assert_ptr_eq(wsn_handle_owner(handle), owner);
    ck_assert(wsn_handle_release(handle, KIND));
    ck_assert_int_eq(thing.deaths, 1);
    ck_assert(wsn_handle_release(owner, OTHER_KIND));
}
END_TEST

START_TEST(a_kill_ends_every_reference)
{
    struct thing owner_thing = {0};
    struct thing thing = {0};
    void *owner = publish(&owner_thing, OTHER_KIND, NULL);
    void *handle = publish(&thing, KIND, owner);

    ck_assert_ptr_eq(wsn_handle_pin(handle, KIND), &thing);
    ck_assert_int_eq(again(handle), WSN_PUBLISHED);
    ck_assert(wsn_handle_kill(handle, KIND));
    ck_assert(!wsn_handle_kill(handle, KIND));
    ck_assert(!wsn_handle_release(handle, KIND));
    ck_assert_int_eq(thing.deaths, 0);
    wsn_handle_unpin(handle);
    ck_assert_int_eq(thing.deaths, 1);
    ck_assert(wsn_handle_kill(owner, OTHER_KIND));
    ck_assert_int_eq(owner_thing.deaths, 1);
}
END_TEST

/* ---- owners ------------------------------------------------------------- */

#define OWNED 200

START_TEST(what_a_session_owns_dies_with_it)
{
    struct thing owner_thing = {0};
    struct thing things[OWNED] = {{0}};
    void *handles[OWNED];
    void *owner = publish(&owner_thing, OTHER_KIND, NULL);

    for (size_t i = 0; i < OWNED; i++)
        handles[i] = publish(&things[i], KIND, owner);
    ck_assert_ptr_nonnull(wsn_handle_pin(handles[7], KIND));
    ck_assert_ptr_nonnull(wsn_handle_pin(handles[8], KIND));
    ck_assert(wsn_handle_release(handles[8], KIND));
    ck_assert(wsn_handle_release(handles[9], KIND));
    ck_assert_ptr_nonnull(wsn_handle_pin(owner, OTHER_KIND));
    ck_assert(wsn_handle_kill(owner, OTHER_KIND));
    wsn_handle_sweep(owner);
    for (size_t i = 0; i < OWNED; i++) {
        ck_assert(!is_valid(handles[i], KIND));
        ck_assert_int_eq(things[i].deaths, i != 7 && i != 8);
    }
    ck_assert_int_eq(again(handles[7]), WSN_PUBLISH_ORPHAN);
    ck_assert_int_eq(again(handles[8]), WSN_PUBLISH_ORPHAN);
    wsn_handle_unpin(handles[7]);
    wsn_handle_unpin(handles[8]);
    wsn_handle_unpin(owner);
    ck_assert_int_eq(things[7].deaths + things[8].deaths, 2);
    ck_assert_int_eq(owner_thing.deaths, 1);
    ck_assert_uint_eq(wsn_handle_count(KIND), 0);
}
END_TEST

START_TEST(nobody_owns_for_the_dead)
{
    struct thing things[2] = {{0}};
    void *owner = publish(&things[0], OTHER_KIND, NULL);
    struct wsn_publish items[2] = {{.type = KIND, .object = &things[1]},
                                   {.type = KIND, .object = &things[1]}};

    ck_assert(wsn_handle_kill(owner, OTHER_KIND));
    ck_assert_int_eq(wsn_handle_publish(owner, items, 2),
                     WSN_PUBLISH_OWNER_GONE);
    ck_assert_uint_eq(wsn_handle_count(KIND), 0);
    ck_assert_int_eq(things[1].deaths, 0);
}
END_TEST

START_TEST(publishing_nothing_does_nothing)
{
    ck_assert_int_eq(wsn_handle_publish(NULL, NULL, 0), WSN_PUBLISHED);
    ck_assert_uint_eq(wsn_handle_count(WSN_ANY_TYPE), 0);
}
END_TEST

/* ---- shortage ----------------------------------------------------------- */

#define TRIPLES 20000

START_TEST(all_are_published_or_none)
{
    static struct wsn_publish items[TRIPLES][3];
    struct thing owner_thing = {0};
    struct thing thing = {0};
    void *owner = publish(&owner_thing, OTHER_KIND, NULL);
    /* With it, the places at hand are not a multiple of three. */
    void *beside = publish(&owner_thing, OTHER_KIND, owner);
    void *last;
    size_t n;

    wsn_alloc_set_hook(&shortage);
    for (n = 0; n < TRIPLES; n++) {
        for (int i = 0; i < 3; i++)
            items[n][i] = (struct wsn_publish){.type = KIND, .object = &thing};
        if (wsn_handle_publish(owner, items[n], 3) != WSN_PUBLISHED)
            break;
    }
    /* A place was there, and was given back when there was no other. */
    ck_assert_int_eq(wsn_handle_publish_new(KIND, &thing, owner, &last),
                     WSN_PUBLISHED);
    wsn_alloc_set_hook(NULL);
    ck_assert(wsn_handle_release(last, KIND));
    thing.deaths = 0;
    ck_assert_uint_gt(n, 0);
    ck_assert_uint_lt(n, TRIPLES);
    ck_assert_uint_eq(wsn_handle_count(KIND), 3 * n);
    for (int i = 0; i < 3; i++)
        ck_assert_ptr_null(items[n][i].handle);
    ck_assert_int_eq(wsn_handle_publish(owner, items[n], 3), WSN_PUBLISHED);
    ck_assert_int_eq(thing.deaths, 0);
    for (size_t i = 0; i <= n; i++)
        for (int k = 0; k < 3; k++)
            ck_assert(wsn_handle_release(items[i][k].handle, KIND));
    ck_assert_int_eq(thing.deaths, 3 * ((int)n + 1));
    ck_assert(wsn_handle_release(beside, OTHER_KIND));
    ck_assert(wsn_handle_release(owner, OTHER_KIND));
}
END_TEST

/* Only the first shard has places, and no memory is left for others. */
START_TEST(a_session_is_made_where_there_is_room)
{
    struct thing thing = {0};
    void *handles[2 * WSN_SHARDS];

    handles[0] = publish(&thing, KIND, NULL);
    wsn_alloc_set_hook(&shortage);
    for (size_t i = 1; i < N(handles); i++)
        ck_assert_int_eq(
            wsn_handle_publish_new(KIND, &thing, NULL, &handles[i]),
            WSN_PUBLISHED);
    wsn_alloc_set_hook(NULL);
    for (size_t i = 0; i < N(handles); i++)
        ck_assert(wsn_handle_release(handles[i], KIND));
}
END_TEST

/* More than there are places. */
#define REUSES 5000

/* As if other threads had held all locks when the process forked.  There is no
 * memory for other places than those of the lost handles. */
START_TEST(the_child_of_a_fork_has_no_handles)
{
    struct thing thing = {0};
    void *handles[2 * WSN_SHARDS];
    int wrongs = 0;

    for (size_t i = 0; i < N(handles); i++)
        handles[i] = publish(&thing, KIND, NULL);
    for (size_t i = 0; i < WSN_SHARDS; i++)
        atomic_store(&wsn_shards[i].lock.state, WSN_LOCK_TAKEN);
    wsn_handle_abandon_all();
    ck_assert_uint_eq(wsn_handle_count(WSN_ANY_TYPE), 0);
    wsn_alloc_set_hook(&shortage);
    for (size_t i = 0; i < REUSES; i++) {
        void *newer = publish(&thing, KIND, NULL);

        for (size_t k = 0; k < N(handles); k++)
            wrongs += newer == handles[k] || is_valid(handles[k], KIND);
        wrongs += !wsn_handle_release(newer, KIND);
    }
    wsn_alloc_set_hook(NULL);
    ck_assert_int_eq(wrongs, 0);
}
END_TEST

/* As in a callback that forks, in the child, when it returns. */
START_TEST(the_child_of_a_fork_unpins_what_it_pinned)
{
    struct thing things[2] = {{0}};
    void *owner = publish(&things[0], OTHER_KIND, NULL);
    void *owned = publish(&things[1], KIND, owner);
    void *newer;

    ck_assert_ptr_nonnull(wsn_handle_pin(owner, OTHER_KIND));
    ck_assert_ptr_nonnull(wsn_handle_pin(owned, KIND));
    wsn_handle_abandon_all();
    ck_assert_uint_eq(wsn_handle_count(WSN_ANY_TYPE), 0);
    ck_assert(!is_valid(owner, OTHER_KIND));
    ck_assert(!is_valid(owned, KIND));
    wsn_handle_sweep(owner);
    wsn_handle_unpin(owned);
    wsn_handle_unpin(owner);
    ck_assert(!is_valid(owner, OTHER_KIND));
    ck_assert_int_eq(things[0].deaths + things[1].deaths, 0); /* forgotten */
    newer = publish(&things[0], KIND, NULL);
    ck_assert(wsn_handle_release(newer, KIND));
    ck_assert_int_eq(things[0].deaths, 1);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("handle");

    tcase_add_checked_fixture(tcase, prepare, NULL);
    tcase_add_test(tcase, a_handle_is_of_one_kind);
    tcase_add_test(tcase, a_handle_is_neither_small_nor_an_address);
    tcase_add_test(tcase, garbage_is_no_handle);
    tcase_add_test(tcase, random_values_are_no_handles);
    tcase_add_test(tcase, a_stale_handle_never_comes_back);
    tcase_add_test(tcase, a_slot_is_not_reused_at_once);
    tcase_add_test(tcase, each_reference_is_released_once);
    tcase_add_test(tcase, a_pin_keeps_the_object_but_not_the_handle);
    tcase_add_test(tcase, null_is_pinned_and_unpinned_without_effect);
    tcase_add_test(tcase, a_delivery_revives_the_same_handle);
    tcase_add_test(tcase, a_kill_ends_every_reference);
    tcase_add_test(tcase, what_a_session_owns_dies_with_it);
    tcase_add_test(tcase, nobody_owns_for_the_dead);
    tcase_add_test(tcase, publishing_nothing_does_nothing);
    tcase_add_test(tcase, all_are_published_or_none);
    tcase_add_test(tcase, the_child_of_a_fork_has_no_handles);
    tcase_add_test(tcase, the_child_of_a_fork_unpins_what_it_pinned);
    tcase_add_test(tcase, a_session_is_made_where_there_is_room);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/handle", fill)
