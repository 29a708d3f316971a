/*
 * check_compat_oom.c - the Win32 layer when memory runs out: every call
 * fails with a reason, nothing is left locked, and afterwards all works.
 */
#include <windows.h>

#include <pthread.h>
#include <stdatomic.h>

#include "base/alloc.h"

#include "support/account.h"
#include "support/suite.h"

#define N_STEPS 10
#define SHORTAGES "allocations refused to Win32 calls, all explained"

/* Lets n allocations pass and refuses the next one only. */
static _Atomic long n_until_refusal;

static bool may_alloc(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    return atomic_fetch_sub(&n_until_refusal, 1) != 0;
}

static void freed(void *arg)
{
    (void)arg;
}

static const struct wsn_alloc_hook hook = {may_alloc, freed, NULL};

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wparam,
                                  LPARAM lparam)
{
    return DefWindowProc(window, message, wparam, lparam);
}

static DWORD WINAPI send_to(LPVOID window)
{
    return SendNotifyMessage(window, WM_USER, 0, 0);
}

/* A failure must have said why. */
static BOOL because(BOOL done, BOOL *is_explained)
{
    if (!done && GetLastError() == ERROR_SUCCESS)
        *is_explained = FALSE;
    SetLastError(ERROR_SUCCESS);
    return done;
}

static ATOM register_own_class(void)
{
    WNDCLASS info;

    memset(&info, 0, sizeof info);
    info.lpfnWndProc = procedure;
    info.lpszClassName = "Short of memory";
    return RegisterClass(&info);
}

static void use_window(HWND window, BOOL *is_explained)
{
    HANDLE thread;
    MSG message;
    int i;

    for (i = 0; i < 40; i++)
        (void)because(PostMessage(window, WM_USER, 0, 0), is_explained);
    (void)because(SetTimer(window, 1, 10, NULL) != 0, is_explained);
    thread = CreateThread(NULL, 0, send_to, window, 0, NULL);
    if (because(thread != NULL, is_explained)) {
        (void)WaitForSingleObject(thread, INFINITE);
        (void)CloseHandle(thread);
    }
    while (PeekMessage(&message, NULL, 0, 0, PM_REMOVE))
        (void)DispatchMessage(&message);
    (void)DestroyWindow(window);
}

/* Runs in a thread of its own, so that the thread's record is new as well. */
static void *use_everything(void *ret_is_explained)
{
    BOOL *is_explained = ret_is_explained;
    HANDLE event;
    HANDLE mutex;
    HANDLE semaphore;
    HWND window;

    SetLastError(ERROR_SUCCESS);
    event = CreateEvent(NULL, TRUE, TRUE, "an event");
    if (because(event != NULL, is_explained))
        (void)because(WaitForSingleObject(event, 0) != WAIT_FAILED,
                      is_explained);
    mutex = CreateMutex(NULL, TRUE, "a mutex");
    (void)because(mutex != NULL, is_explained);
    semaphore = CreateSemaphore(NULL, 1, 1, NULL);
    (void)because(semaphore != NULL, is_explained);
    (void)because(register_own_class() != 0, is_explained);
    window = CreateWindow("Short of memory", "title", 0, 0, 0, 0, 0,
                          HWND_MESSAGE, NULL, NULL, NULL);
    if (because(window != NULL, is_explained))
        use_window(window, is_explained);
    (void)UnregisterClass("Short of memory", NULL);
    if (event != NULL)
        (void)CloseHandle(event);
    if (mutex != NULL)
        (void)CloseHandle(mutex);
    if (semaphore != NULL)
        (void)CloseHandle(semaphore);
    return NULL;
}

static BOOL run(long n)
{
    BOOL is_explained = TRUE;
    pthread_t thread;

    ck_assert_int_eq(
        pthread_create(&thread, NULL, use_everything, &is_explained), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_msg(is_explained, "refusing allocation %ld", n);
    return atomic_load(&n_until_refusal) < 0;
}

START_TEST(each_allocation_fails_once)
{
    long n = 0;
    BOOL was_refused;

    wsn_alloc_set_hook(&hook);
    do {
        atomic_store(&n_until_refusal, n);
        was_refused = run(n);
        account_tried(SHORTAGES, was_refused);
        account_held(SHORTAGES, was_refused);
        n++;
    } while (was_refused);
    wsn_alloc_set_hook(NULL);
    ck_assert_int_gt(n, N_STEPS); /* the case has met allocations at all */
    ck_assert_ptr_null(FindWindowEx(HWND_MESSAGE, NULL, NULL, NULL));
    ck_assert_ptr_null(OpenEvent(0, FALSE, "an event"));
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *oom = tcase_create("oom");

    tcase_add_test(oom, each_allocation_fails_once);
    suite_add_tcase(suite, oom);
}

SUITE_MAIN("compat/oom", suite_fill)
