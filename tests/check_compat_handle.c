/*
 * check_compat_handle.c - handles, names, and calls that must fail.
 */
#include <windows.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

static HANDLE manual_set(void)
{
    return CreateEvent(NULL, TRUE, TRUE, NULL);
}

static HANDLE auto_set(void)
{
    return CreateEvent(NULL, FALSE, TRUE, NULL);
}

static HANDLE mutex_free(void)
{
    return CreateMutex(NULL, FALSE, NULL);
}

static HANDLE closed(void)
{
    HANDLE event = manual_set();

    ck_assert(CloseHandle(event));
    return event;
}

START_TEST(mutex_belongs_to_a_thread)
{
    HANDLE mutex = CreateMutex(NULL, TRUE, NULL);
    HANDLE free_one = mutex_free();

    ck_assert(!ReleaseMutex(free_one));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_OWNER);
    ck_assert_uint_eq(WaitForSingleObject(mutex, 0), WAIT_OBJECT_0);
    ck_assert(ReleaseMutex(mutex));
    ck_assert(ReleaseMutex(mutex));
    ck_assert(!ReleaseMutex(mutex));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_OWNER);
    /* An owned mutex may be closed for good. */
    ck_assert_uint_eq(WaitForSingleObject(mutex, 0), WAIT_OBJECT_0);
    ck_assert(CloseHandle(mutex));
}
END_TEST

static const struct {
    LONG initial;
    LONG maximum;
} bad_counts[] = {{-1, 5}, {0, 0}, {0, -1}, {6, 5}};

START_TEST(bad_semaphores)
{
    ck_assert_ptr_null(CreateSemaphore(NULL, bad_counts[_i].initial,
                                       bad_counts[_i].maximum, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
}
END_TEST

START_TEST(semaphore_is_bounded)
{
    HANDLE semaphore = CreateSemaphore(NULL, 1, 3, NULL);
    LONG previous = -7;

    ck_assert(!ReleaseSemaphore(semaphore, 3, &previous));
    ck_assert_uint_eq(GetLastError(), ERROR_TOO_MANY_POSTS);
    ck_assert(!ReleaseSemaphore(semaphore, 0x7fffffff, &previous));
    ck_assert(!ReleaseSemaphore(semaphore, 0, &previous));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_int_eq(previous, -7);
    ck_assert(ReleaseSemaphore(semaphore, 2, &previous));
    ck_assert_int_eq(previous, 1);
}
END_TEST

START_TEST(handles_are_checked)
{
    HANDLE stale = closed();
    HANDLE bad[4] = {NULL, INVALID_HANDLE_VALUE, (HANDLE)(ULONG_PTR)0x12345678,
                     stale};
    int i;

    for (i = 0; i < 4; i++) {
        SetLastError(0);
        ck_assert(!CloseHandle(bad[i]));
        ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
        ck_assert(!SetEvent(bad[i]));
        ck_assert(!ResetEvent(bad[i]));
        ck_assert(!PulseEvent(bad[i]));
        ck_assert(!ReleaseMutex(bad[i]));
        ck_assert(!ReleaseSemaphore(bad[i], 1, NULL));
        ck_assert_uint_eq(ResumeThread(bad[i]), (DWORD)-1);
        ck_assert_uint_eq(GetThreadId(bad[i]), 0);
        ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    }
    ck_assert(!SetEvent(mutex_free()));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!ReleaseMutex(manual_set()));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
}
END_TEST

START_TEST(stale_handles_stay_stale)
{
    HANDLE old[100];
    HANDLE young[200];
    int i;

    for (i = 0; i < 100; i++)
        old[i] = manual_set();
    for (i = 0; i < 100; i++)
        ck_assert(CloseHandle(old[i]));
    /* Enough to live where the old ones lived. */
    for (i = 0; i < 200; i++)
        young[i] = manual_set();
    for (i = 0; i < 100; i++) {
        ck_assert(!ResetEvent(old[i]));
        ck_assert(!CloseHandle(old[i]));
        ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    }
    for (i = 0; i < 200; i++) {
        ck_assert_uint_eq(WaitForSingleObject(young[i], 0), WAIT_OBJECT_0);
        ck_assert(CloseHandle(young[i]));
    }
}
END_TEST

/* ---- Names and copies ------------------------------------------------ */

START_TEST(names)
{
    HANDLE first = CreateEvent(NULL, TRUE, FALSE, "SnmpManager");
    HANDLE second;
    HANDLE third;

    ck_assert_uint_eq(GetLastError(), ERROR_SUCCESS);
    second = CreateEvent(NULL, FALSE, FALSE, "SnmpManager");
    ck_assert_ptr_nonnull(second);
    ck_assert_uint_eq(GetLastError(), ERROR_ALREADY_EXISTS);
    third = OpenEvent(EVENT_ALL_ACCESS, FALSE, "SnmpManager");
    ck_assert(SetEvent(third));
    ck_assert_uint_eq(WaitForSingleObject(first, 0), WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForSingleObject(second, 0), WAIT_OBJECT_0);
    ck_assert_ptr_null(CreateMutex(NULL, FALSE, "SnmpManager"));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert_ptr_null(OpenSemaphore(0, FALSE, "SnmpManager"));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert_ptr_null(OpenEvent(0, FALSE, "snmpmanager"));
    ck_assert_uint_eq(GetLastError(), ERROR_FILE_NOT_FOUND);
    ck_assert(CloseHandle(first));
    ck_assert(CloseHandle(second));
    ck_assert(CloseHandle(third));
    ck_assert_ptr_null(OpenEvent(0, FALSE, "SnmpManager"));
    ck_assert_uint_eq(GetLastError(), ERROR_FILE_NOT_FOUND);
}
END_TEST

START_TEST(named_mutex_is_not_taken_twice)
{
    HANDLE first = CreateMutex(NULL, TRUE, "only one");
    HANDLE second = CreateMutex(NULL, TRUE, "only one");

    ck_assert_uint_eq(GetLastError(), ERROR_ALREADY_EXISTS);
    ck_assert(ReleaseMutex(second));
    ck_assert(!ReleaseMutex(first));
    ck_assert(CloseHandle(first));
    ck_assert(CloseHandle(second));
}
END_TEST

START_TEST(duplicates)
{
    HANDLE process = GetCurrentProcess();
    HANDLE event = auto_set();
    HANDLE copy = NULL;
    HANDLE moved = NULL;

    ck_assert(DuplicateHandle(process, event, process, &copy, 0, FALSE, 0));
    ck_assert_ptr_ne(copy, event);
    ck_assert_uint_eq(WaitForSingleObject(copy, 0), WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    ck_assert(DuplicateHandle(process, event, process, &moved, 0, FALSE,
                              DUPLICATE_CLOSE_SOURCE));
    ck_assert(!CloseHandle(event));
    ck_assert(SetEvent(moved));
    ck_assert_uint_eq(WaitForSingleObject(copy, 0), WAIT_OBJECT_0);
    ck_assert(CloseHandle(copy));
    ck_assert(CloseHandle(moved));
    ck_assert(!DuplicateHandle(process, event, process, &copy, 0, FALSE, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *errors = tcase_create("errors");
    TCase *handles = tcase_create("handles");

    tcase_add_test(errors, mutex_belongs_to_a_thread);
    tcase_add_loop_test(errors, bad_semaphores, 0, N_OF(bad_counts));
    tcase_add_test(errors, semaphore_is_bounded);
    tcase_add_test(errors, handles_are_checked);
    suite_add_tcase(suite, errors);
    tcase_add_test(handles, stale_handles_stay_stale);
    tcase_add_test(handles, names);
    tcase_add_test(handles, named_mutex_is_not_taken_twice);
    tcase_add_test(handles, duplicates);
    suite_add_tcase(suite, handles);
}

SUITE_MAIN("compat/handle", suite_fill)
