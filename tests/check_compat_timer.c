/*
 * check_compat_timer.c - time-outs of waits, and WM_TIMER.
 */
#include <windows.h>

#include <signal.h>
#include <sys/time.h>

#include "support/asleep.h"
#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* ---- Time-outs ------------------------------------------------------- */

static HANDLE auto_unset(void)
{
    return CreateEvent(NULL, FALSE, FALSE, NULL);
}

static volatile sig_atomic_t n_alarms;

static void on_alarm(int signal_number)
{
    (void)signal_number;
    n_alarms++;
}

static void alarm_storm(long period_us)
{
    struct sigaction action = {0};
    struct itimerval timer = {{0, 0}, {0, 0}};

    action.sa_handler = on_alarm;
    ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
    timer.it_value.tv_usec = period_us;
    timer.it_interval.tv_usec = period_us;
    ck_assert_int_eq(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

static const DWORD patience_ms[] = {1, 2, 15, 100};

static void wait_out(DWORD timeout_ms)
{
    HANDLE event = auto_unset();
    ULONGLONG start_ms = GetTickCount64();

    ck_assert_uint_eq(WaitForSingleObject(event, timeout_ms), WAIT_TIMEOUT);
    ck_assert_uint_ge(GetTickCount64() - start_ms, timeout_ms);
    start_ms = GetTickCount64();
    Sleep(timeout_ms);
    ck_assert_uint_ge(GetTickCount64() - start_ms, timeout_ms);
    ck_assert(CloseHandle(event));
}

START_TEST(never_too_early)
{
    wait_out(patience_ms[_i]);
}
END_TEST

START_TEST(signals_do_not_end_a_wait)
{
    alarm_storm(500);
    wait_out(100);
    alarm_storm(0);
    ck_assert_int_gt(n_alarms, 0);
}
END_TEST

START_TEST(no_descriptor_per_object)
{
    static HANDLE events[10000];
    int before;
    int i;

    sleep_once();
    before = count_descriptors();
    for (i = 0; i < 10000; i++) {
        events[i] = auto_unset();
        ck_assert_ptr_nonnull(events[i]);
    }
    ck_assert_uint_eq(WaitForMultipleObjects(64, events, FALSE, 1),
                      WAIT_TIMEOUT);
    ck_assert_int_eq(count_descriptors(), before);
    for (i = 0; i < 10000; i++)
        ck_assert(CloseHandle(events[i]));
}
END_TEST

/* ---- Timers ---------------------------------------------------------- */

static HWND new_window(void)
{
    HWND window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                               NULL, NULL, NULL);

    ck_assert_ptr_nonnull(window);
    return window;
}

/* Leaves nothing behind, where the cases share one process. */
static void tidy(void)
{
    HWND window;
    MSG message;

    while ((window = FindWindowEx(HWND_MESSAGE, NULL, "Message", NULL)))
        (void)DestroyWindow(window);
    while (PeekMessage(&message, NULL, 0, 0, PM_REMOVE))
        if (message.message == WM_TIMER)
            (void)KillTimer(NULL, message.wParam);
}

/* Returns when another timer of this thread has run out. */
static void await_timer(void)
{
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(0, NULL, FALSE, SOON_MS, QS_TIMER),
        WAIT_OBJECT_0);
}

START_TEST(timer_ticks)
{
    HWND window = new_window();
    ULONGLONG start_ms = GetTickCount64();
    MSG message;
    int i;

    ck_assert_uint_ne(SetTimer(window, 3, 10, NULL), 0);
    for (i = 1; i <= 5; i++) {
        ck_assert_int_eq(GetMessage(&message, NULL, 0, 0), TRUE);
        ck_assert_ptr_eq(message.hwnd, window);
        ck_assert_uint_eq(message.message, WM_TIMER);
        ck_assert_uint_eq(message.wParam, 3);
        ck_assert_int_eq(message.lParam, 0);
        ck_assert_uint_ge(GetTickCount64() - start_ms, 10 * (unsigned)i);
    }
    ck_assert(KillTimer(window, 3));
    ck_assert(!KillTimer(window, 3));
    ck_assert(!PeekMessage(&message, NULL, 0, 0, PM_REMOVE));
}
END_TEST

START_TEST(timer_waits_for_all_else)
{
    HWND window = new_window();
    MSG message;

    ck_assert_uint_ne(SetTimer(window, 1, 10, NULL), 0);
    await_timer();
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    PostQuitMessage(0);
    ck_assert(GetMessage(&message, NULL, 0, 0));
    ck_assert_uint_eq(message.message, WM_USER);
    ck_assert(!GetMessage(&message, NULL, 0, 0));
    ck_assert(GetMessage(&message, NULL, 0, 0));
    ck_assert_uint_eq(message.message, WM_TIMER);
}
END_TEST

START_TEST(missed_periods_are_one_message)
{
    HWND quick = new_window();
    HWND slow = new_window();
    ULONGLONG start_ms = GetTickCount64();
    unsigned n = 0;
    MSG message;

    ck_assert_uint_ne(SetTimer(quick, 1, 10, NULL), 0);
    ck_assert_uint_ne(SetTimer(slow, 2, 100, NULL), 0);
    ck_assert(GetMessage(&message, slow, 0, 0));
    ck_assert(KillTimer(slow, 2));
    ck_assert(PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE));
    while (PeekMessage(&message, NULL, 0, 0, PM_REMOVE))
        n++;
    /* At least ten periods are over; the first nine left one message. */
    ck_assert_uint_ge(n, 1);
    ck_assert_uint_le(n, 1 + (GetTickCount64() - start_ms - 100) / 10 + 1);
}
END_TEST

START_TEST(setting_again_replaces)
{
    HWND window = new_window();
    MSG message;

    ck_assert_uint_ne(SetTimer(window, 1, 10, NULL), 0);
    await_timer();
    ck_assert_uint_ne(SetTimer(window, 1, 1000000, NULL), 0);
    ck_assert(!PeekMessage(&message, NULL, 0, 0, PM_REMOVE));
    ck_assert(KillTimer(window, 1));
    ck_assert(!KillTimer(window, 1));
}
END_TEST

static HWND ticked_window;
static UINT_PTR ticked_id;
static int n_ticks;

static VOID CALLBACK on_tick(HWND window, UINT message, UINT_PTR id,
                             DWORD time_ms)
{
    (void)time_ms;
    ticked_window = window;
    ticked_id = id;
    n_ticks += message == WM_TIMER;
}

START_TEST(procedures_are_called)
{
    HWND window = new_window();
    UINT_PTR own = SetTimer(NULL, 0, 10, on_tick);
    MSG message;

    n_ticks = 0;
    ck_assert_uint_ne(own, 0);
    ck_assert(GetMessage(&message, NULL, 0, 0));
    ck_assert_ptr_null(message.hwnd);
    (void)DispatchMessage(&message);
    ck_assert_int_eq(n_ticks, 1);
    ck_assert_uint_eq(ticked_id, own);
    ck_assert_uint_eq(SetTimer(NULL, own, 1000000, on_tick), own);
    ck_assert(KillTimer(NULL, own));
    ck_assert_uint_ne(SetTimer(window, 8, 10, on_tick), 0);
    ck_assert(GetMessage(&message, NULL, 0, 0));
    (void)DispatchMessage(&message);
    ck_assert_int_eq(n_ticks, 2);
    ck_assert_ptr_eq(ticked_window, window);
    ck_assert_uint_eq(ticked_id, 8);
}
END_TEST

START_TEST(invented_procedures_are_not_called)
{
    HWND window = new_window();
    MSG message;

    ck_assert(PostMessage(window, WM_TIMER, 1, (LPARAM)0x1234));
    ck_assert(GetMessage(&message, NULL, 0, 0));
    ck_assert_int_eq(DispatchMessage(&message), 0);
}
END_TEST

START_TEST(timers_go_with_their_window)
{
    HWND window = new_window();
    MSG message;

    ck_assert_uint_ne(SetTimer(window, 1, 10, NULL), 0);
    await_timer();
    ck_assert(DestroyWindow(window));
    ck_assert(!PeekMessage(&message, NULL, 0, 0, PM_REMOVE));
    ck_assert_uint_eq(SetTimer(window, 1, 10, NULL), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
    ck_assert(!KillTimer(window, 1));
}
END_TEST

START_TEST(filters_hold_for_timers)
{
    HWND window = new_window();
    HWND other = new_window();
    MSG message;

    ck_assert_uint_ne(SetTimer(window, 1, 10, NULL), 0);
    ck_assert_uint_ne(SetTimer(other, 2, 30, NULL), 0);
    await_timer();
    ck_assert(!PeekMessage(&message, NULL, WM_USER, WM_APP, PM_REMOVE));
    ck_assert(
        !PeekMessage(&message, NULL, 0, 0, PM_REMOVE | PM_QS_SENDMESSAGE));
    ck_assert(GetMessage(&message, other, 0, 0));
    ck_assert_uint_eq(message.wParam, 2);
    ck_assert(PeekMessage(&message, NULL, WM_TIMER, WM_TIMER, PM_REMOVE));
    ck_assert_uint_eq(message.wParam, 1);
}
END_TEST

START_TEST(msgwait_sees_timers)
{
    HWND window = new_window();

    ck_assert_uint_ne(SetTimer(window, 1, 20, NULL), 0);
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(0, NULL, FALSE, 1, QS_POSTMESSAGE),
        WAIT_TIMEOUT);
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(0, NULL, FALSE, SOON_MS, QS_TIMER),
        WAIT_OBJECT_0);
    ck_assert_uint_eq(HIWORD(GetQueueStatus(QS_TIMER)), QS_TIMER);
}
END_TEST

struct other_queue {
    HWND window;
    HANDLE ready;
};

static DWORD WINAPI own_a_window(LPVOID parameter)
{
    struct other_queue *other = parameter;
    MSG message;

    other->window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                                 NULL, NULL, NULL);
    (void)SetEvent(other->ready);
    return GetMessage(&message, NULL, 0, 0) == TRUE ? message.message : 0;
}

START_TEST(timer_for_a_sleeping_thread)
{
    struct other_queue other = {NULL, auto_unset()};
    DWORD id;
    DWORD result;
    HANDLE thread = CreateThread(NULL, 0, own_a_window, &other, 0, &id);

    ck_assert_uint_eq(WaitForSingleObject(other.ready, SOON_MS), WAIT_OBJECT_0);
    ck_assert(comes_to_sleep(id));
    ck_assert_uint_ne(SetTimer(other.window, 1, 10, NULL), 0);
    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert(GetExitCodeThread(thread, &result));
    ck_assert_uint_eq(result, WM_TIMER);
}
END_TEST

START_TEST(timers_in_a_storm_of_signals)
{
    HWND window = new_window();
    MSG message;
    int i;

    alarm_storm(500);
    ck_assert_uint_ne(SetTimer(window, 1, 10, NULL), 0);
    for (i = 0; i < 10; i++)
        ck_assert(GetMessage(&message, NULL, 0, 0));
    alarm_storm(0);
    ck_assert_int_gt(n_alarms, 0);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *timeout = tcase_create("timeout");
    TCase *timer = tcase_create("timer");

    tcase_add_loop_test(timeout, never_too_early, 0, N_OF(patience_ms));
    tcase_add_test(timeout, signals_do_not_end_a_wait);
    tcase_add_test(timeout, no_descriptor_per_object);
    suite_add_tcase(suite, timeout);
    tcase_add_checked_fixture(timer, NULL, tidy);
    tcase_add_test(timer, timer_ticks);
    tcase_add_test(timer, timer_waits_for_all_else);
    tcase_add_test(timer, missed_periods_are_one_message);
    tcase_add_test(timer, setting_again_replaces);
    tcase_add_test(timer, procedures_are_called);
    tcase_add_test(timer, invented_procedures_are_not_called);
    tcase_add_test(timer, timers_go_with_their_window);
    tcase_add_test(timer, filters_hold_for_timers);
    tcase_add_test(timer, msgwait_sees_timers);
    tcase_add_test(timer, timer_for_a_sleeping_thread);
    tcase_add_test(timer, timers_in_a_storm_of_signals);
    suite_add_tcase(suite, timer);
}

SUITE_MAIN("compat/timer", suite_fill)
