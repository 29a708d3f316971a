/*
 * check_compat_idle.c - what threads do while they wait for a message.
 */
#include <windows.h>

#include <pthread.h>
#include <stdatomic.h>

#include "idle.h"
#include "support/asleep.h"
#include "support/suite.h"

#define NUMBER (WM_USER + 1)
#define PATIENCE_MS 20000

/* Turns, which a test scripts and looks at afterwards. */
static struct {
    DWORD of_thread; /* the id of whom to post to */
    atomic_int n_turns;
    atomic_int n_interrupts;
    atomic_int n_held; /* less those that were released */
    atomic_bool is_refused;
    HANDLE waits;       /* a turn is under way */
    HANDLE interrupted; /* ends it */
} turns;

/* Work that posts to the waiting thread at once. */
static bool post(void *arg, uint64_t most_ms, const atomic_bool *is_rung)
{
    ck_assert(!atomic_load(is_rung));
    ck_assert_uint_gt(most_ms, 0);
    ck_assert_ptr_eq(arg, &turns);
    ck_assert(PostThreadMessage(turns.of_thread, NUMBER, 0, 0));
    atomic_fetch_add(&turns.n_turns, 1);
    return true;
}

/* Work that waits until it is interrupted, or refuses. */
static bool linger(void *arg, uint64_t most_ms, const atomic_bool *is_rung)
{
    (void)arg;
    (void)most_ms;
    atomic_fetch_add(&turns.n_turns, 1);
    if (atomic_load(&turns.is_refused))
        return false;
    ck_assert(SetEvent(turns.waits));
    while (WaitForSingleObject(turns.interrupted, 1) != WAIT_OBJECT_0 &&
           !atomic_load(is_rung))
        continue;
    return true;
}

static void note_interrupt(void *arg)
{
    (void)arg;
    atomic_fetch_add(&turns.n_interrupts, 1);
}

/* The same without a call of the room itself, for an interrupt comes with its
 * lock held. */
static bool spin(void *arg, uint64_t most_ms, const atomic_bool *is_rung)
{
    (void)arg;
    (void)most_ms;
    atomic_fetch_add(&turns.n_turns, 1);
    (void)SetEvent(turns.waits);
    while (!atomic_load(is_rung))
        (void)sched_yield();
    return true;
}

/* Work that waits for something itself, as a program's log function may. */
static bool nap_and_spin(void *arg, uint64_t most_ms,
                         const atomic_bool *is_rung)
{
    Sleep(1);
    (void)MsgWaitForMultipleObjects(0, NULL, FALSE, 1, QS_ALLINPUT);
    return spin(arg, most_ms, is_rung);
}

static void hold(void *arg)
{
    ck_assert_ptr_eq(arg, &turns);
    atomic_fetch_add(&turns.n_held, 1);
}

static void release(void *arg)
{
    ck_assert_ptr_eq(arg, &turns);
    atomic_fetch_sub(&turns.n_held, 1);
}

static void offer(bool (*take_turn)(void *arg, uint64_t most_ms,
                                    const atomic_bool *is_rung))
{
    struct wc_idle idle = {take_turn, note_interrupt, hold, release, &turns};
    MSG message;

    (void)PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE); /* makes a queue */
    turns.of_thread = GetCurrentThreadId();
    turns.waits = CreateEvent(NULL, FALSE, FALSE, NULL);
    turns.interrupted = CreateEvent(NULL, FALSE, FALSE, NULL);
    wc_idle_offer(&idle);
}

static void expect_message(void)
{
    MSG message;

    ck_assert_int_eq(GetMessage(&message, NULL, 0, 0), TRUE);
    ck_assert_uint_eq(message.message, NUMBER);
}

START_TEST(a_thread_makes_its_own_messages)
{
    int i;

    offer(post);
    for (i = 1; i <= 100; i++) {
        expect_message();
        ck_assert_int_eq(atomic_load(&turns.n_turns), i);
        ck_assert_int_eq(atomic_load(&turns.n_held), 0);
    }
    ck_assert_int_eq(atomic_load(&turns.n_interrupts), 0);
}
END_TEST

START_TEST(what_waits_already_comes_first)
{
    offer(post);
    ck_assert(PostThreadMessage(turns.of_thread, NUMBER, 0, 0));
    expect_message();
    ck_assert_int_eq(atomic_load(&turns.n_turns), 0);
}
END_TEST

START_TEST(who_waits_for_something_else_takes_no_turn)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);

    offer(post);
    ck_assert_uint_eq(WaitForSingleObject(event, 5), WAIT_TIMEOUT);
    Sleep(5);
    ck_assert_int_eq(atomic_load(&turns.n_turns), 0);
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(1, &event, FALSE, INFINITE, QS_ALLINPUT),
        WAIT_OBJECT_0 + 1);
    ck_assert_int_eq(atomic_load(&turns.n_turns), 1);
}
END_TEST

START_TEST(a_turn_ends_with_the_wait)
{
    offer(linger);
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(0, NULL, FALSE, 30, QS_ALLINPUT),
        WAIT_TIMEOUT);
    ck_assert_int_ge(atomic_load(&turns.n_turns), 1);
}
END_TEST

static DWORD WINAPI post_from_elsewhere(LPVOID arg)
{
    (void)arg;
    if (WaitForSingleObject(turns.waits, PATIENCE_MS) != WAIT_OBJECT_0)
        return 1;
    return PostThreadMessage(turns.of_thread, NUMBER, 0, 0) ? 0 : 2;
}

static void expect_success(HANDLE thread)
{
    DWORD code = 99;

    ck_assert_uint_eq(WaitForSingleObject(thread, PATIENCE_MS), WAIT_OBJECT_0);
    ck_assert(GetExitCodeThread(thread, &code));
    ck_assert_uint_eq(code, 0);
}

/* Work that cannot be had after all, when somebody has posted meanwhile. */
static bool refuse_when_rung(void *arg, uint64_t most_ms,
                             const atomic_bool *is_rung)
{
    (void)spin(arg, most_ms, is_rung);
    return false;
}

static bool (*const interrupted[])(void *, uint64_t, const atomic_bool *) = {
    spin, refuse_when_rung};

/* Nothing was rung but the turn, even if that has come to nothing. */
START_TEST(others_interrupt_a_turn)
{
    HANDLE other;

    offer(interrupted[_i]);
    other = CreateThread(NULL, 0, post_from_elsewhere, NULL, 0, NULL);
    expect_message();
    ck_assert_int_eq(atomic_load(&turns.n_turns), 1);
    ck_assert_int_eq(atomic_load(&turns.n_interrupts), 1);
    expect_success(other);
}
END_TEST

START_TEST(work_that_waits_leaves_the_wait_outside_alone)
{
    HANDLE other;

    offer(nap_and_spin);
    other = CreateThread(NULL, 0, post_from_elsewhere, NULL, 0, NULL);
    expect_message();
    expect_success(other);
}
END_TEST

START_TEST(what_is_withdrawn_is_not_taken)
{
    offer(post);
    wc_idle_withdraw(&turns.waits); /* somebody else's: nothing happens */
    expect_message();
    wc_idle_withdraw(&turns);
    ck_assert(PostThreadMessage(turns.of_thread, NUMBER, 0, 0));
    expect_message();
    ck_assert_uint_eq(MsgWaitForMultipleObjects(0, NULL, FALSE, 5, QS_ALLINPUT),
                      WAIT_TIMEOUT);
    ck_assert_int_eq(atomic_load(&turns.n_turns), 1);
}
END_TEST

static bool withdraw_inside(void *arg, uint64_t most_ms,
                            const atomic_bool *is_rung)
{
    wc_idle_withdraw(arg);
    return post(arg, most_ms, is_rung);
}

START_TEST(a_turn_may_withdraw_itself)
{
    offer(withdraw_inside);
    expect_message();
    ck_assert(PostThreadMessage(turns.of_thread, NUMBER, 0, 0));
    expect_message();
    ck_assert_int_eq(atomic_load(&turns.n_turns), 1);
}
END_TEST

static DWORD WINAPI call_when_asleep(LPVOID arg)
{
    (void)arg;
    if (!comes_to_sleep(turns.of_thread))
        return 1;
    while (atomic_load(&turns.n_turns) < 1)
        (void)sched_yield();
    atomic_store(&turns.is_refused, false);
    while (WaitForSingleObject(turns.waits, 0) != WAIT_OBJECT_0) {
        wc_idle_call();
        (void)sched_yield();
    }
    (void)SetEvent(turns.interrupted);
    return PostThreadMessage(turns.of_thread, NUMBER, 0, 0) ? 0 : 2;
}

START_TEST(who_was_refused_tries_again_when_called)
{
    HANDLE other;

    atomic_store(&turns.is_refused, true);
    offer(linger);
    other = CreateThread(NULL, 0, call_when_asleep, NULL, 0, NULL);
    expect_message();
    ck_assert_int_ge(atomic_load(&turns.n_turns), 2);
    expect_success(other);
}
END_TEST

/* ---- cancellation ------------------------------------------------------- */

static atomic_bool was_told;

/* Work in which a thread could be cancelled.  So it could in an assertion,
 * which writes to a pipe: there is none on that thread. */
static bool spin_and_test(void *arg, uint64_t most_ms,
                          const atomic_bool *is_rung)
{
    (void)arg;
    (void)most_ms;
    atomic_fetch_add(&turns.n_turns, 1);
    while (!atomic_load(is_rung)) {
        pthread_testcancel();
        (void)sched_yield();
    }
    return true;
}

static void hold_quietly(void *arg)
{
    (void)arg;
    atomic_fetch_add(&turns.n_held, 1);
}

static void release_quietly(void *arg)
{
    (void)arg;
    atomic_fetch_sub(&turns.n_held, 1);
}

static void *wait_in_a_turn(void *arg)
{
    MSG message;

    (void)PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE); /* makes a queue */
    turns.of_thread = GetCurrentThreadId();
    atomic_store(&was_told, GetMessage(&message, NULL, 0, 0) == TRUE);
    pthread_testcancel();
    return arg;
}

START_TEST(a_thread_is_not_cancelled_in_a_turn)
{
    static const struct wc_idle idle = {spin_and_test, note_interrupt,
                                        hold_quietly, release_quietly, NULL};
    pthread_t thread;
    void *result;

    wc_idle_offer(&idle);
    ck_assert_int_eq(pthread_create(&thread, NULL, wait_in_a_turn, NULL), 0);
    while (atomic_load(&turns.n_turns) == 0)
        (void)sched_yield();
    ck_assert_int_eq(pthread_cancel(thread), 0);
    ck_assert(PostThreadMessage(turns.of_thread, NUMBER, 0, 0));
    ck_assert_int_eq(pthread_join(thread, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    ck_assert(atomic_load(&was_told));
    ck_assert_int_eq(atomic_load(&turns.n_held), 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("idle");

    tcase_add_test(tcase, a_thread_makes_its_own_messages);
    tcase_add_test(tcase, what_waits_already_comes_first);
    tcase_add_test(tcase, who_waits_for_something_else_takes_no_turn);
    tcase_add_test(tcase, a_turn_ends_with_the_wait);
    tcase_add_loop_test(tcase, others_interrupt_a_turn, 0,
                        sizeof interrupted / sizeof *interrupted);
    tcase_add_test(tcase, work_that_waits_leaves_the_wait_outside_alone);
    tcase_add_test(tcase, what_is_withdrawn_is_not_taken);
    tcase_add_test(tcase, a_turn_may_withdraw_itself);
    tcase_add_test(tcase, who_was_refused_tries_again_when_called);
    tcase_add_test(tcase, a_thread_is_not_cancelled_in_a_turn);
    tcase_set_timeout(tcase, 60);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/idle", fill)
