/*
 * check_compat_wait.c - events, mutexes, semaphores and what waits do.
 */
#include <windows.h>

#include "support/asleep.h"
#include "support/suite.h"

#define N_THREADS 8
#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* ---- One object, waited for three times without patience ------------- */

static HANDLE manual_unset(void)
{
    return CreateEvent(NULL, TRUE, FALSE, NULL);
}

static HANDLE manual_set(void)
{
    return CreateEvent(NULL, TRUE, TRUE, NULL);
}

static HANDLE manual_set_and_reset(void)
{
    HANDLE event = manual_set();

    ck_assert(ResetEvent(event));
    return event;
}

static HANDLE auto_unset(void)
{
    return CreateEvent(NULL, FALSE, FALSE, NULL);
}

static HANDLE auto_set(void)
{
    return CreateEvent(NULL, FALSE, TRUE, NULL);
}

static HANDLE auto_set_twice(void)
{
    HANDLE event = auto_set();

    ck_assert(SetEvent(event));
    return event;
}

static HANDLE manual_pulsed(void)
{
    HANDLE event = manual_unset();

    ck_assert(PulseEvent(event));
    return event;
}

static HANDLE semaphore_empty(void)
{
    return CreateSemaphore(NULL, 0, 5, NULL);
}

static HANDLE semaphore_two(void)
{
    return CreateSemaphore(NULL, 2, 5, NULL);
}

static HANDLE mutex_free(void)
{
    return CreateMutex(NULL, FALSE, NULL);
}

static HANDLE mutex_ours(void)
{
    return CreateMutex(NULL, TRUE, NULL);
}

static DWORD WINAPI take_and_leave(LPVOID mutex)
{
    return WaitForSingleObject(mutex, INFINITE);
}

static void run_to_end(LPTHREAD_START_ROUTINE start, LPVOID parameter)
{
    HANDLE thread = CreateThread(NULL, 0, start, parameter, 0, NULL);

    ck_assert_ptr_nonnull(thread);
    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert(CloseHandle(thread));
}

static HANDLE mutex_abandoned(void)
{
    HANDLE mutex = mutex_free();

    run_to_end(take_and_leave, mutex);
    return mutex;
}

static DWORD WINAPI do_nothing(LPVOID parameter)
{
    (void)parameter;
    return 0;
}

static HANDLE thread_suspended(void)
{
    return CreateThread(NULL, 0, do_nothing, NULL, CREATE_SUSPENDED, NULL);
}

static HANDLE thread_ended(void)
{
    HANDLE thread = CreateThread(NULL, 0, do_nothing, NULL, 0, NULL);

    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    return thread;
}

static HANDLE nothing(void)
{
    return NULL;
}

static HANDLE invalid(void)
{
    return INVALID_HANDLE_VALUE;
}

static HANDLE invented(void)
{
    return (HANDLE)(ULONG_PTR)0x12345678;
}

static HANDLE closed(void)
{
    HANDLE event = manual_set();

    ck_assert(CloseHandle(event));
    return event;
}

static const struct {
    const char *label;
    HANDLE (*make)(void);
    DWORD expected[3];
} object_rules[] = {
    {"manual unset", manual_unset, {WAIT_TIMEOUT, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"manual set", manual_set, {0, 0, 0}},
    {"manual reset",
     manual_set_and_reset,
     {WAIT_TIMEOUT, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"manual pulsed",
     manual_pulsed,
     {WAIT_TIMEOUT, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"auto unset", auto_unset, {WAIT_TIMEOUT, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"auto set", auto_set, {0, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"auto set twice", auto_set_twice, {0, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"semaphore 0",
     semaphore_empty,
     {WAIT_TIMEOUT, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"semaphore 2", semaphore_two, {0, 0, WAIT_TIMEOUT}},
    {"free mutex", mutex_free, {0, 0, 0}},
    {"our mutex", mutex_ours, {0, 0, 0}},
    {"abandoned mutex", mutex_abandoned, {WAIT_ABANDONED, 0, 0}},
    {"suspended thread",
     thread_suspended,
     {WAIT_TIMEOUT, WAIT_TIMEOUT, WAIT_TIMEOUT}},
    {"ended thread", thread_ended, {0, 0, 0}},
    {"NULL", nothing, {WAIT_FAILED, WAIT_FAILED, WAIT_FAILED}},
    {"INVALID_HANDLE_VALUE", invalid, {WAIT_FAILED, WAIT_FAILED, WAIT_FAILED}},
    {"invented", invented, {WAIT_FAILED, WAIT_FAILED, WAIT_FAILED}},
    {"closed", closed, {WAIT_FAILED, WAIT_FAILED, WAIT_FAILED}},
};

START_TEST(one_object)
{
    HANDLE object = object_rules[_i].make();
    int turn;

    for (turn = 0; turn < 3; turn++) {
        DWORD result = WaitForSingleObject(object, 0);

        ck_assert_msg(result == object_rules[_i].expected[turn],
                      "%s, wait %d: %u", object_rules[_i].label, turn, result);
        if (result == WAIT_FAILED)
            ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    }
    if (object_rules[_i].expected[0] != WAIT_FAILED)
        ck_assert(CloseHandle(object));
}
END_TEST

/* ---- Three auto-reset events at once --------------------------------- */

static const struct {
    const char *label;
    BOOL before[3];
    BOOL all;
    DWORD expected;
    BOOL after[3];
} set_rules[] = {
    {"any of none", {0, 0, 0}, FALSE, WAIT_TIMEOUT, {0, 0, 0}},
    {"any of the last", {0, 0, 1}, FALSE, WAIT_OBJECT_0 + 2, {0, 0, 0}},
    {"any: the lowest", {0, 1, 1}, FALSE, WAIT_OBJECT_0 + 1, {0, 0, 1}},
    {"any of all", {1, 1, 1}, FALSE, WAIT_OBJECT_0, {0, 1, 1}},
    {"all of none", {0, 0, 0}, TRUE, WAIT_TIMEOUT, {0, 0, 0}},
    {"all of two: nothing taken", {1, 1, 0}, TRUE, WAIT_TIMEOUT, {1, 1, 0}},
    {"all of all: all taken", {1, 1, 1}, TRUE, WAIT_OBJECT_0, {0, 0, 0}},
};

START_TEST(three_events)
{
    HANDLE events[3];
    int i;

    for (i = 0; i < 3; i++)
        events[i] = CreateEvent(NULL, FALSE, set_rules[_i].before[i], NULL);
    ck_assert_msg(WaitForMultipleObjects(3, events, set_rules[_i].all, 0) ==
                      set_rules[_i].expected,
                  "%s", set_rules[_i].label);
    for (i = 0; i < 3; i++) {
        DWORD left = set_rules[_i].after[i] ? WAIT_OBJECT_0 : WAIT_TIMEOUT;

        ck_assert_msg(WaitForSingleObject(events[i], 0) == left, "%s: %d",
                      set_rules[_i].label, i);
        ck_assert(CloseHandle(events[i]));
    }
}
END_TEST

START_TEST(bad_sets)
{
    HANDLE event = manual_set();
    HANDLE twins[2] = {event, event};
    HANDLE broken[2] = {event, NULL};
    HANDLE many[MAXIMUM_WAIT_OBJECTS + 1];
    int i;

    for (i = 0; i <= MAXIMUM_WAIT_OBJECTS; i++)
        many[i] = event;
    ck_assert_uint_eq(WaitForMultipleObjects(0, many, FALSE, 0), WAIT_FAILED);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_uint_eq(WaitForMultipleObjects(1, NULL, FALSE, 0), WAIT_FAILED);
    ck_assert_uint_eq(
        WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS + 1, many, FALSE, 0),
        WAIT_FAILED);
    ck_assert_uint_eq(
        WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS, many, FALSE, 0),
        WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForMultipleObjects(2, twins, TRUE, 0), WAIT_FAILED);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_uint_eq(WaitForMultipleObjects(2, twins, FALSE, 0),
                      WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForMultipleObjects(2, broken, FALSE, 0), WAIT_FAILED);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(CloseHandle(event));
}
END_TEST

/* ---- Sleepers -------------------------------------------------------- */

struct sleeper {
    HANDLE objects[2];
    DWORD n;
    BOOL all;
    HANDLE woke; /* semaphore */
    HANDLE thread;
    DWORD id;
};

static DWORD WINAPI sleep_and_tell(LPVOID parameter)
{
    struct sleeper *sleeper = parameter;
    DWORD result = WaitForMultipleObjects(sleeper->n, sleeper->objects,
                                          sleeper->all, INFINITE);

    (void)ReleaseSemaphore(sleeper->woke, 1, NULL);
    return result;
}

static void put_to_sleep(struct sleeper *sleeper)
{
    sleeper->thread =
        CreateThread(NULL, 0, sleep_and_tell, sleeper, 0, &sleeper->id);
    ck_assert_ptr_nonnull(sleeper->thread);
    ck_assert(comes_to_sleep(sleeper->id));
}

static DWORD result_of(struct sleeper *sleeper)
{
    DWORD result;

    ck_assert_uint_eq(WaitForSingleObject(sleeper->thread, SOON_MS),
                      WAIT_OBJECT_0);
    ck_assert(GetExitCodeThread(sleeper->thread, &result));
    ck_assert(CloseHandle(sleeper->thread));
    return result;
}

static void many_sleepers(struct sleeper *sleepers, HANDLE object, HANDLE woke)
{
    int i;

    for (i = 0; i < N_THREADS; i++) {
        sleepers[i].objects[0] = object;
        sleepers[i].n = 1;
        sleepers[i].all = FALSE;
        sleepers[i].woke = woke;
        put_to_sleep(&sleepers[i]);
    }
}

static int n_asleep(const struct sleeper *sleepers)
{
    int n = 0;
    int i;

    for (i = 0; i < N_THREADS; i++)
        n += is_asleep(sleepers[i].id);
    return n;
}

START_TEST(auto_event_wakes_one)
{
    struct sleeper sleepers[N_THREADS];
    HANDLE event = auto_unset();
    HANDLE woke = CreateSemaphore(NULL, 0, N_THREADS, NULL);
    int i;

    many_sleepers(sleepers, event, woke);
    for (i = 1; i <= N_THREADS; i++) {
        ck_assert(SetEvent(event));
        ck_assert_int_eq(n_asleep(sleepers), N_THREADS - i);
        /* The thread released has consumed it: nothing is left over. */
        ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
        ck_assert_uint_eq(WaitForSingleObject(woke, SOON_MS), WAIT_OBJECT_0);
    }
    for (i = 0; i < N_THREADS; i++)
        ck_assert_uint_eq(result_of(&sleepers[i]), WAIT_OBJECT_0);
}
END_TEST

START_TEST(manual_event_wakes_all)
{
    struct sleeper sleepers[N_THREADS];
    HANDLE event = manual_unset();
    HANDLE woke = CreateSemaphore(NULL, 0, N_THREADS, NULL);
    int i;

    many_sleepers(sleepers, event, woke);
    ck_assert(SetEvent(event));
    ck_assert_int_eq(n_asleep(sleepers), 0);
    for (i = 0; i < N_THREADS; i++)
        ck_assert_uint_eq(result_of(&sleepers[i]), WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_OBJECT_0);
}
END_TEST

START_TEST(pulse)
{
    BOOL is_manual = _i == 1;
    struct sleeper sleepers[N_THREADS];
    HANDLE event = CreateEvent(NULL, is_manual, FALSE, NULL);
    HANDLE woke = CreateSemaphore(NULL, 0, N_THREADS, NULL);
    int i;

    many_sleepers(sleepers, event, woke);
    ck_assert(PulseEvent(event));
    ck_assert_int_eq(n_asleep(sleepers), is_manual ? 0 : N_THREADS - 1);
    ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    for (i = 0; i < N_THREADS; i++)
        ck_assert(PulseEvent(event));
    for (i = 0; i < N_THREADS; i++)
        ck_assert_uint_eq(result_of(&sleepers[i]), WAIT_OBJECT_0);
}
END_TEST

START_TEST(semaphore_wakes_as_many_as_released)
{
    struct sleeper sleepers[N_THREADS];
    HANDLE semaphore = CreateSemaphore(NULL, 0, N_THREADS, NULL);
    HANDLE woke = CreateSemaphore(NULL, 0, N_THREADS, NULL);
    LONG previous = -1;
    int i;

    many_sleepers(sleepers, semaphore, woke);
    ck_assert(ReleaseSemaphore(semaphore, 3, &previous));
    ck_assert_int_eq(previous, 0);
    ck_assert_int_eq(n_asleep(sleepers), N_THREADS - 3);
    ck_assert(ReleaseSemaphore(semaphore, N_THREADS - 3, NULL));
    for (i = 0; i < N_THREADS; i++)
        ck_assert_uint_eq(result_of(&sleepers[i]), WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForSingleObject(semaphore, 0), WAIT_TIMEOUT);
}
END_TEST

START_TEST(wait_all_is_one_step)
{
    HANDLE one = auto_unset();
    HANDLE two = auto_unset();
    HANDLE woke = CreateSemaphore(NULL, 0, 1, NULL);
    struct sleeper sleeper = {{one, two}, 2, TRUE, woke, NULL, 0};

    put_to_sleep(&sleeper);
    ck_assert(SetEvent(one));
    ck_assert(is_asleep(sleeper.id));
    /* The sleeper holds nothing back: somebody else may take the event. */
    ck_assert_uint_eq(WaitForSingleObject(one, 0), WAIT_OBJECT_0);
    ck_assert(SetEvent(two));
    ck_assert(is_asleep(sleeper.id));
    ck_assert(SetEvent(one));
    ck_assert(!is_asleep(sleeper.id));
    ck_assert_uint_eq(WaitForSingleObject(one, 0), WAIT_TIMEOUT);
    ck_assert_uint_eq(WaitForSingleObject(two, 0), WAIT_TIMEOUT);
    ck_assert_uint_eq(result_of(&sleeper), WAIT_OBJECT_0);
}
END_TEST

START_TEST(closing_what_others_wait_for)
{
    HANDLE event = manual_unset();
    HANDLE other;
    HANDLE woke = CreateSemaphore(NULL, 0, 1, NULL);
    struct sleeper sleeper = {{event, NULL}, 1, FALSE, woke, NULL, 0};

    ck_assert(DuplicateHandle(GetCurrentProcess(), event, GetCurrentProcess(),
                              &other, 0, FALSE, DUPLICATE_SAME_ACCESS));
    put_to_sleep(&sleeper);
    ck_assert(CloseHandle(event));
    ck_assert(is_asleep(sleeper.id));
    ck_assert(SetEvent(other));
    ck_assert(CloseHandle(other));
    ck_assert_uint_eq(result_of(&sleeper), WAIT_OBJECT_0);
}
END_TEST

START_TEST(abandoned_among_all)
{
    HANDLE both[2] = {manual_set(), mutex_abandoned()};

    ck_assert_uint_eq(WaitForMultipleObjects(2, both, TRUE, 0),
                      WAIT_ABANDONED_0);
    ck_assert(ReleaseMutex(both[1]));
    both[1] = mutex_abandoned();
    both[0] = manual_unset();
    ck_assert_uint_eq(WaitForMultipleObjects(2, both, FALSE, 0),
                      WAIT_ABANDONED_0 + 1);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *rules = tcase_create("rules");
    TCase *sleep = tcase_create("sleep");

    tcase_add_loop_test(rules, one_object, 0, N_OF(object_rules));
    tcase_add_loop_test(rules, three_events, 0, N_OF(set_rules));
    tcase_add_test(rules, bad_sets);
    tcase_add_test(rules, abandoned_among_all);
    suite_add_tcase(suite, rules);
    tcase_add_test(sleep, auto_event_wakes_one);
    tcase_add_test(sleep, manual_event_wakes_all);
    tcase_add_loop_test(sleep, pulse, 0, 2);
    tcase_add_test(sleep, semaphore_wakes_as_many_as_released);
    tcase_add_test(sleep, wait_all_is_one_step);
    tcase_add_test(sleep, closing_what_others_wait_for);
    suite_add_tcase(suite, sleep);
}

SUITE_MAIN("compat/wait", suite_fill)
