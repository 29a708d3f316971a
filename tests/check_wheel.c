/*
 * check_wheel.c - the timing wheel, held against a model: the same timers in
 * a plain array.
 */
#include "net/wheel.h"

#include <stdlib.h>

#include "support/suite.h"

#define TURN_MS ((uint64_t)WSN_WHEEL_SLOTS * WSN_WHEEL_SLOT_MS)
#define N_TIMERS 300
#define START_MS 123457

static struct wsn_wheel wheel;

static unsigned count(struct wsn_list *list)
{
    struct wsn_list *node;
    unsigned n = 0;

    for (node = list->next; node != list; node = node->next)
        n++;
    return n;
}

static struct wsn_timer *timer_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_timer, node);
}

static unsigned expire(uint64_t now_ms)
{
    struct wsn_list expired;
    unsigned n;

    wsn_list_init(&expired);
    wsn_wheel_expire(&wheel, now_ms, &expired);
    n = count(&expired);
    while (wsn_list_pop_front(&expired) != NULL)
        continue;
    return n;
}

static void add(struct wsn_timer *timer, uint64_t deadline_ms)
{
    wsn_timer_init(timer);
    wsn_wheel_add(&wheel, timer, deadline_ms);
}

START_TEST(an_empty_wheel_has_nothing_to_say)
{
    uint64_t next;

    wsn_wheel_init(&wheel, START_MS);
    ck_assert(!wsn_wheel_next(&wheel, &next));
    ck_assert_uint_eq(expire(START_MS + 10 * TURN_MS), 0);
    ck_assert(!wsn_wheel_next(&wheel, &next));
}
END_TEST

/* Distance of the deadline from the start, in ms. */
static const uint64_t distances[] = {0,
                                     1,
                                     9,
                                     10,
                                     11,
                                     2000,
                                     TURN_MS - 11,
                                     TURN_MS - 10,
                                     TURN_MS,
                                     TURN_MS + 1,
                                     5 * TURN_MS,
                                     5 * TURN_MS + 3,
                                     86400000};

START_TEST(a_timer_is_never_early_and_at_most_a_slot_late)
{
    uint64_t deadline = START_MS + distances[_i];
    struct wsn_timer timer;
    uint64_t now = START_MS;
    uint64_t next;

    wsn_wheel_init(&wheel, START_MS);
    add(&timer, deadline);
    while (wsn_wheel_next(&wheel, &next)) {
        ck_assert_uint_lt(next, deadline + WSN_WHEEL_SLOT_MS);
        /* Whoever follows the wheel's advice makes progress. */
        ck_assert(next > now || now == START_MS);
        now = next > now ? next : now + 1;
        ck_assert_uint_eq(expire(now), !wsn_wheel_next(&wheel, &next));
    }
    ck_assert_uint_ge(now, deadline);
    ck_assert_uint_lt(now, deadline + WSN_WHEEL_SLOT_MS);
}
END_TEST

START_TEST(a_deadline_in_the_past_is_met_next)
{
    struct wsn_timer timer;
    uint64_t next;

    wsn_wheel_init(&wheel, START_MS);
    ck_assert_uint_eq(expire(START_MS + 1000), 0);
    add(&timer, 5);
    ck_assert(wsn_wheel_next(&wheel, &next));
    ck_assert_uint_le(next, START_MS + 1000 + WSN_WHEEL_SLOT_MS);
    ck_assert_uint_eq(expire(next), 1);
}
END_TEST

START_TEST(a_clock_that_steps_back_expires_nothing)
{
    struct wsn_timer timer;

    wsn_wheel_init(&wheel, START_MS);
    ck_assert_uint_eq(expire(START_MS + 5000), 0);
    add(&timer, START_MS + 6000);
    ck_assert_uint_eq(expire(START_MS), 0);
    ck_assert_uint_eq(expire(0), 0);
    ck_assert_uint_eq(expire(START_MS + 6010), 1);
}
END_TEST

START_TEST(removing_is_harmless_at_any_time)
{
    struct wsn_timer timer;
    struct wsn_list expired;
    uint64_t next;

    wsn_timer_init(&timer);
    wsn_list_init(&expired);
    wsn_wheel_init(&wheel, 0);
    wsn_wheel_remove(&wheel, &timer);
    wsn_wheel_add(&wheel, &timer, 500);
    wsn_wheel_remove(&wheel, &timer);
    wsn_wheel_remove(&wheel, &timer);
    ck_assert(!wsn_wheel_next(&wheel, &next));
    ck_assert_uint_eq(expire(1000), 0);
    /* Due, collected, and then taken out of the collection. */
    wsn_wheel_add(&wheel, &timer, 1500);
    wsn_wheel_expire(&wheel, 2000, &expired);
    ck_assert_uint_eq(count(&expired), 1);
    wsn_wheel_remove(&wheel, &timer);
    ck_assert(wsn_list_is_empty(&expired));
}
END_TEST

START_TEST(a_removed_neighbour_does_not_hide_a_timer)
{
    struct wsn_timer one;
    struct wsn_timer other;
    uint64_t next;

    wsn_wheel_init(&wheel, 0);
    add(&one, 500);
    add(&other, 500);
    wsn_wheel_remove(&wheel, &one);
    ck_assert(wsn_wheel_next(&wheel, &next));
    ck_assert_uint_eq(next, 500);
    ck_assert_uint_eq(expire(500), 1);
}
END_TEST

START_TEST(expired_timers_come_in_order)
{
    static struct wsn_timer timers[N_TIMERS];
    struct wsn_list expired;
    struct wsn_list *node;
    uint64_t last = 0;
    unsigned i;

    /* A jump over several turns, in which slots are met more than once. */
    wsn_list_init(&expired);
    wsn_wheel_init(&wheel, 0);
    for (i = 0; i < N_TIMERS; i++)
        add(&timers[i], (uint64_t)(i * 7919 % N_TIMERS) * 997);
    wsn_wheel_expire(&wheel, (uint64_t)N_TIMERS * 997, &expired);
    ck_assert_uint_eq(count(&expired), N_TIMERS);
    for (node = expired.next; node != &expired; node = node->next) {
        uint64_t tick = (timer_of(node)->deadline_ms + WSN_WHEEL_SLOT_MS - 1) /
                        WSN_WHEEL_SLOT_MS;

        ck_assert_uint_ge(tick, last);
        last = tick;
    }
}
END_TEST

START_TEST(expire_appends_to_what_the_caller_has)
{
    struct wsn_timer timers[2];
    struct wsn_list expired;

    wsn_list_init(&expired);
    wsn_wheel_init(&wheel, 0);
    add(&timers[0], 10);
    add(&timers[1], 20);
    wsn_wheel_expire(&wheel, 10, &expired);
    wsn_wheel_expire(&wheel, 20, &expired);
    ck_assert_ptr_eq(expired.next, &timers[0].node);
    ck_assert_ptr_eq(expired.prev, &timers[1].node);
}
END_TEST

START_TEST(a_jump_to_the_end_of_time_ends)
{
    struct wsn_timer near;
    struct wsn_timer far;
    uint64_t next;

    wsn_wheel_init(&wheel, 0);
    add(&near, 2000);
    add(&far, UINT64_MAX / 2);
    ck_assert_uint_eq(expire(UINT64_MAX / 2 - 1000), 1);
    ck_assert_uint_eq(expire(UINT64_MAX / 2 + WSN_WHEEL_SLOT_MS), 1);
    ck_assert(!wsn_wheel_next(&wheel, &next));
}
END_TEST

/* ---- the model -------------------------------------------------------- */

struct model_timer {
    struct wsn_timer timer;
    bool armed;
};

static struct model_timer model[N_TIMERS];
static uint64_t seed;

static uint64_t roll(uint64_t sides)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (seed >> 33) % sides;
}

static void model_toggle(uint64_t now)
{
    static const uint64_t reach[] = {50, 3000, TURN_MS, 10 * TURN_MS};
    struct model_timer *m = &model[roll(N_TIMERS)];

    if (m->armed)
        wsn_wheel_remove(&wheel, &m->timer);
    else
        wsn_wheel_add(&wheel, &m->timer, now + roll(reach[roll(4)]));
    m->armed = !m->armed;
}

static void model_expire(uint64_t now)
{
    struct wsn_list expired;
    struct wsn_list *node;
    unsigned i;

    wsn_list_init(&expired);
    wsn_wheel_expire(&wheel, now, &expired);
    while ((node = wsn_list_pop_front(&expired)) != NULL) {
        struct model_timer *m =
            WSN_CONTAINER(node, struct model_timer, timer.node);

        ck_assert(m->armed);
        ck_assert_uint_le(m->timer.deadline_ms, now);
        m->armed = false;
    }
    for (i = 0; i < N_TIMERS; i++)
        if (model[i].armed)
            ck_assert_uint_gt(model[i].timer.deadline_ms + WSN_WHEEL_SLOT_MS,
                              now);
}

static void model_next(uint64_t now)
{
    bool any = false;
    uint64_t next;
    unsigned i;

    for (i = 0; i < N_TIMERS; i++)
        any = any || model[i].armed;
    ck_assert_int_eq(wsn_wheel_next(&wheel, &next), any);
    for (i = 0; any && i < N_TIMERS; i++) {
        uint64_t deadline = model[i].timer.deadline_ms;

        /* A deadline of this very slot may be met at the start of the next. */
        deadline = deadline > now ? deadline : now;
        if (model[i].armed)
            ck_assert_uint_lt(next, deadline + 2 * WSN_WHEEL_SLOT_MS);
    }
}

START_TEST(random_use_agrees_with_the_model)
{
    static const uint64_t steps[] = {1, 15, 400, TURN_MS / 2, 30 * TURN_MS};
    uint64_t now = START_MS;
    unsigned i;

    seed = (uint64_t)_i + 1;
    for (i = 0; i < N_TIMERS; i++) {
        wsn_timer_init(&model[i].timer);
        model[i].armed = false;
    }
    wsn_wheel_init(&wheel, now);
    for (i = 0; i < 3000; i++) {
        model_toggle(now);
        if (roll(4) != 0)
            continue;
        model_next(now);
        now += roll(steps[roll(100) == 0 ? 4 : roll(4)]) + 1;
        model_expire(now);
    }
}
END_TEST

START_TEST(a_million_timers_are_no_trouble)
{
    enum { N = 1000000 };
    struct wsn_timer *timers = calloc(N, sizeof *timers);
    unsigned expired = 0;
    uint64_t now;
    unsigned i;

    ck_assert_ptr_nonnull(timers);
    wsn_wheel_init(&wheel, 0);
    for (i = 0; i < N; i++)
        add(&timers[i], i % 5000);
    for (i = 0; i < N; i += 2)
        wsn_wheel_remove(&wheel, &timers[i]);
    for (now = 0; now <= 5000; now += WSN_WHEEL_SLOT_MS)
        expired += expire(now);
    ck_assert_uint_eq(expired, N / 2);
    free(timers);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("wheel");

    tcase_add_test(tcase, an_empty_wheel_has_nothing_to_say);
    tcase_add_loop_test(tcase, a_timer_is_never_early_and_at_most_a_slot_late,
                        0, (int)(sizeof distances / sizeof *distances));
    tcase_add_test(tcase, a_deadline_in_the_past_is_met_next);
    tcase_add_test(tcase, a_clock_that_steps_back_expires_nothing);
    tcase_add_test(tcase, removing_is_harmless_at_any_time);
    tcase_add_test(tcase, a_removed_neighbour_does_not_hide_a_timer);
    tcase_add_test(tcase, expired_timers_come_in_order);
    tcase_add_test(tcase, expire_appends_to_what_the_caller_has);
    tcase_add_test(tcase, a_jump_to_the_end_of_time_ends);
    tcase_add_loop_test(tcase, random_use_agrees_with_the_model, 0, 20);
    tcase_add_test(tcase, a_million_timers_are_no_trouble);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("net/wheel", fill)
