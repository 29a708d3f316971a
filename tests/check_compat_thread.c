/*
 * check_compat_thread.c - threads, what ends with them, and what they share.
 */
#include <windows.h>

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "support/asleep.h"
#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))
#define N_THREADS 100

static void expect_end(HANDLE thread, DWORD expected)
{
    DWORD exit_code;

    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert(GetExitCodeThread(thread, &exit_code));
    ck_assert_uint_eq(exit_code, expected);
    ck_assert(CloseHandle(thread));
}

/* ---- Start and end --------------------------------------------------- */

static DWORD WINAPI return_it(LPVOID parameter)
{
    return (DWORD)(ULONG_PTR)parameter;
}

static DWORD WINAPI exit_with_it(LPVOID parameter)
{
    ExitThread((DWORD)(ULONG_PTR)parameter);
}

/* More than the initial size. */
static DWORD WINAPI use_stack(LPVOID parameter)
{
    unsigned char room[256 * 1024];

    FillMemory(room, sizeof room, (BYTE)(ULONG_PTR)parameter);
    return room[0];
}

static const struct {
    LPTHREAD_START_ROUTINE start;
    SIZE_T stack_size;
    DWORD exit_code;
} endings[] = {
    {return_it, 0, 0},    {return_it, 0, 0xfffffffe}, {return_it, 262144, 4},
    {return_it, 0, 259}, /* looks like STILL_ACTIVE, yet it has ended */
    {exit_with_it, 0, 5}, {use_stack, 1, 6}, /* less than the host allows */
};

START_TEST(threads_end)
{
    HANDLE thread =
        CreateThread(NULL, endings[_i].stack_size, endings[_i].start,
                     (LPVOID)(ULONG_PTR)endings[_i].exit_code, 0, NULL);

    ck_assert_ptr_nonnull(thread);
    expect_end(thread, endings[_i].exit_code);
}
END_TEST

START_TEST(suspended)
{
    DWORD id = 0;
    DWORD exit_code = 0;
    HANDLE thread = CreateThread(NULL, 0, return_it, (LPVOID)(ULONG_PTR)6,
                                 CREATE_SUSPENDED, &id);

    ck_assert_uint_eq(GetThreadId(thread), id);
    ck_assert(comes_to_sleep(id));
    ck_assert(GetExitCodeThread(thread, &exit_code));
    ck_assert_uint_eq(exit_code, STILL_ACTIVE);
    ck_assert_uint_eq(ResumeThread(thread), 1);
    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert_uint_eq(ResumeThread(thread), 0);
    expect_end(thread, 6);
}
END_TEST

START_TEST(no_start_routine)
{
    ck_assert_ptr_null(CreateThread(NULL, 0, NULL, NULL, 0, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
}
END_TEST

START_TEST(the_thread_itself)
{
    HANDLE self = NULL;
    DWORD exit_code = 0;

    ck_assert_uint_eq(GetThreadId(GetCurrentThread()), GetCurrentThreadId());
    ck_assert(GetExitCodeThread(GetCurrentThread(), &exit_code));
    ck_assert_uint_eq(exit_code, STILL_ACTIVE);
    ck_assert_uint_eq(WaitForSingleObject(GetCurrentThread(), 1), WAIT_TIMEOUT);
    ck_assert(CloseHandle(GetCurrentThread()));
    ck_assert(DuplicateHandle(GetCurrentProcess(), GetCurrentThread(),
                              GetCurrentProcess(), &self, 0, FALSE, 0));
    ck_assert_uint_eq(GetThreadId(self), GetCurrentThreadId());
    ck_assert(CloseHandle(self));
}
END_TEST

/* ---- A hundred of them ----------------------------------------------- */

struct crowd {
    HANDLE start;
    HANDLE mutex;
    CRITICAL_SECTION section;
    volatile LONG n_atomic;
    long n_by_mutex;
    long n_by_section;
};

static DWORD WINAPI join_the_crowd(LPVOID parameter)
{
    struct crowd *crowd = parameter;
    int i;

    (void)WaitForSingleObject(crowd->start, INFINITE);
    for (i = 0; i < 100; i++) {
        (void)InterlockedIncrement(&crowd->n_atomic);
        (void)WaitForSingleObject(crowd->mutex, INFINITE);
        crowd->n_by_mutex++;
        (void)ReleaseMutex(crowd->mutex);
        EnterCriticalSection(&crowd->section);
        EnterCriticalSection(&crowd->section);
        crowd->n_by_section++;
        LeaveCriticalSection(&crowd->section);
        LeaveCriticalSection(&crowd->section);
    }
    return GetCurrentThreadId();
}

START_TEST(a_hundred_threads)
{
    struct crowd crowd;
    HANDLE threads[N_THREADS];
    DWORD ids[N_THREADS];
    int before;
    int i;
    int j;

    sleep_once();
    before = count_descriptors();
    memset(&crowd, 0, sizeof crowd);
    crowd.start = CreateEvent(NULL, TRUE, FALSE, NULL);
    crowd.mutex = CreateMutex(NULL, FALSE, NULL);
    InitializeCriticalSection(&crowd.section);
    for (i = 0; i < N_THREADS; i++) {
        threads[i] = CreateThread(NULL, 0, join_the_crowd, &crowd, 0, &ids[i]);
        ck_assert_ptr_nonnull(threads[i]);
        for (j = 0; j < i; j++)
            ck_assert_uint_ne(ids[i], ids[j]);
    }
    ck_assert(SetEvent(crowd.start));
    for (i = 0; i < N_THREADS; i++)
        expect_end(threads[i], ids[i]);
    ck_assert_int_eq(crowd.n_atomic, 100 * N_THREADS);
    ck_assert_int_eq(crowd.n_by_mutex, 100 * N_THREADS);
    ck_assert_int_eq(crowd.n_by_section, 100 * N_THREADS);
    ck_assert_int_eq(count_descriptors(), before);
    DeleteCriticalSection(&crowd.section);
}
END_TEST

/* Each thread waits for its predecessor's event and sets its own. */
struct link {
    HANDLE before;
    HANDLE after;
    int n_rounds;
};

static DWORD WINAPI pass_on(LPVOID parameter)
{
    struct link *link = parameter;
    int i;

    for (i = 0; i < link->n_rounds; i++) {
        if (WaitForSingleObject(link->before, SOON_MS) != WAIT_OBJECT_0)
            return 1;
        (void)SetEvent(link->after);
    }
    return 0;
}

static void ring_of_threads(int n, int n_rounds)
{
    HANDLE events[N_THREADS];
    HANDLE threads[N_THREADS];
    struct link links[N_THREADS];
    int i;

    for (i = 0; i < n; i++)
        events[i] = CreateEvent(NULL, FALSE, i == 0, NULL);
    for (i = 0; i < n; i++) {
        links[i].before = events[i];
        links[i].after = events[(i + 1) % n];
        links[i].n_rounds = n_rounds;
        threads[i] = CreateThread(NULL, 0, pass_on, &links[i], 0, NULL);
    }
    /* Each gives up when nothing comes; all the rounds may take any time. */
    for (i = 0; i < n; i++) {
        ck_assert_uint_eq(WaitForSingleObject(threads[i], INFINITE), 0);
        expect_end(threads[i], 0);
    }
}

START_TEST(no_wakeup_is_lost)
{
    ring_of_threads(2, 20000);
    ring_of_threads(10, 2000);
}
END_TEST

static void on_alarm(int signal_number)
{
    (void)signal_number;
}

START_TEST(no_wakeup_is_lost_to_signals)
{
    struct sigaction action = {0};
    struct itimerval storm = {{0, 300}, {0, 300}};
    struct itimerval calm = {{0, 0}, {0, 0}};

    action.sa_handler = on_alarm;
    ck_assert_int_eq(sigaction(SIGALRM, &action, NULL), 0);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &storm, NULL), 0);
    ring_of_threads(4, 2000);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &calm, NULL), 0);
}
END_TEST

START_TEST(no_descriptor_left)
{
    struct rlimit limit;
    struct rlimit tight;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    tight = limit;
    tight.rlim_cur = 3;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &tight), 0);
    ring_of_threads(4, 20);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}
END_TEST

struct victim {
    HANDLE event;
    HANDLE known;
    DWORD id;
};

static void *wait_and_be_cancelled(void *parameter)
{
    struct victim *victim = parameter;

    victim->id = GetCurrentThreadId();
    (void)SetEvent(victim->known);
    (void)WaitForSingleObject(victim->event, INFINITE);
    (void)SetEvent(victim->event);
    pthread_testcancel();
    return NULL;
}

START_TEST(cancellation_waits_for_the_wait)
{
    struct victim victim = {CreateEvent(NULL, FALSE, FALSE, NULL),
                            CreateEvent(NULL, FALSE, FALSE, NULL), 0};
    pthread_t thread;
    void *result;

    ck_assert_int_eq(
        pthread_create(&thread, NULL, wait_and_be_cancelled, &victim), 0);
    ck_assert_uint_eq(WaitForSingleObject(victim.known, SOON_MS),
                      WAIT_OBJECT_0);
    ck_assert(comes_to_sleep(victim.id));
    ck_assert_int_eq(pthread_cancel(thread), 0);
    ck_assert(SetEvent(victim.event));
    ck_assert_int_eq(pthread_join(thread, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    /* It has passed the event on, and nobody hangs on the dead thread. */
    ck_assert_uint_eq(WaitForSingleObject(victim.event, SOON_MS),
                      WAIT_OBJECT_0);
}
END_TEST

/* ---- What ends with a thread ----------------------------------------- */

struct estate {
    HANDLE mutexes[2];
    HWND window;
    DWORD id;
};

static void *live_and_die(void *parameter)
{
    struct estate *estate = parameter;

    estate->id = GetCurrentThreadId();
    (void)WaitForMultipleObjects(2, estate->mutexes, TRUE, INFINITE);
    estate->window =
        CreateWindow("Message", NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    (void)SetTimer(estate->window, 1, 10, NULL);
    PostQuitMessage(1);
    (void)PostMessage(estate->window, WM_USER, 0, 0);
    return parameter;
}

START_TEST(a_thread_the_library_did_not_start)
{
    struct estate estate;
    pthread_t thread;
    int before;
    int i;

    sleep_once();
    before = count_descriptors();
    estate.mutexes[0] = CreateMutex(NULL, FALSE, NULL);
    estate.mutexes[1] = CreateMutex(NULL, FALSE, NULL);
    ck_assert_int_eq(pthread_create(&thread, NULL, live_and_die, &estate), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_ptr_nonnull(estate.window);
    ck_assert(!IsWindow(estate.window));
    ck_assert(!PostThreadMessage(estate.id, WM_USER, 0, 0));
    for (i = 0; i < 2; i++)
        ck_assert_uint_eq(WaitForSingleObject(estate.mutexes[i], 0),
                          WAIT_ABANDONED);
    ck_assert_int_eq(count_descriptors(), before);
}
END_TEST

static pthread_key_t late_key;
static volatile LONG late_windows;

static void use_it_late(void *value)
{
    HWND window =
        CreateWindow("Message", NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);

    (void)value;
    if (window != NULL && PostMessage(window, WM_USER, 0, 0))
        (void)InterlockedIncrement(&late_windows);
}

static void *leave_a_late_user(void *parameter)
{
    (void)GetCurrentThreadId();
    (void)pthread_setspecific(late_key, parameter);
    return NULL;
}

START_TEST(calls_from_destructors_of_a_thread)
{
    pthread_t thread;

    late_windows = 0;
    (void)GetCurrentThreadId();
    ck_assert_int_eq(pthread_key_create(&late_key, use_it_late), 0);
    ck_assert_int_eq(
        pthread_create(&thread, NULL, leave_a_late_user, &late_key), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_int_eq(late_windows, 1);
    ck_assert_ptr_null(FindWindow("Message", NULL));
    ck_assert_int_eq(pthread_key_delete(late_key), 0);
}
END_TEST

/* ---- What each thread has for itself ---------------------------------- */

static DWORD WINAPI spoil_last_error(LPVOID parameter)
{
    (void)SetEvent(parameter);
    SetLastError(99);
    return GetLastError();
}

START_TEST(last_error)
{
    SetLastError(7);
    expect_end(CreateThread(NULL, 0, spoil_last_error, NULL, 0, NULL), 99);
    ck_assert_uint_eq(GetLastError(), 7);
}
END_TEST

static DWORD WINAPI look_and_set(LPVOID parameter)
{
    DWORD index = *(DWORD *)parameter;
    BOOL was_empty = TlsGetValue(index) == NULL;

    return was_empty && TlsSetValue(index, parameter) &&
           TlsGetValue(index) == parameter;
}

START_TEST(thread_local_values)
{
    DWORD index = TlsAlloc();
    DWORD many[TLS_MINIMUM_AVAILABLE];
    int i;

    ck_assert_uint_ne(index, TLS_OUT_OF_INDEXES);
    ck_assert_ptr_null(TlsGetValue(index));
    ck_assert_uint_eq(GetLastError(), ERROR_SUCCESS);
    ck_assert(TlsSetValue(index, &many));
    expect_end(CreateThread(NULL, 0, look_and_set, &index, 0, NULL), TRUE);
    ck_assert_ptr_eq(TlsGetValue(index), &many);
    ck_assert(TlsFree(index));
    ck_assert(!TlsFree(index));
    ck_assert(!TlsSetValue(index, &many));
    ck_assert_ptr_null(TlsGetValue(index));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert(!TlsFree(TLS_OUT_OF_INDEXES));
    for (i = 0; i < TLS_MINIMUM_AVAILABLE; i++) {
        many[i] = TlsAlloc();
        ck_assert_uint_ne(many[i], TLS_OUT_OF_INDEXES);
        ck_assert_ptr_null(TlsGetValue(many[i]));
    }
    for (i = 0; i < TLS_MINIMUM_AVAILABLE; i++)
        ck_assert(TlsFree(many[i]));
}
END_TEST

/* ---- Critical sections and interlocked operations --------------------- */

static DWORD WINAPI try_it(LPVOID section)
{
    return (DWORD)TryEnterCriticalSection(section);
}

START_TEST(critical_section)
{
    CRITICAL_SECTION section;

    ck_assert(InitializeCriticalSectionAndSpinCount(&section, 4000));
    EnterCriticalSection(&section);
    ck_assert(TryEnterCriticalSection(&section));
    LeaveCriticalSection(&section);
    expect_end(CreateThread(NULL, 0, try_it, &section, 0, NULL), FALSE);
    LeaveCriticalSection(&section);
    DeleteCriticalSection(&section);
}
END_TEST

START_TEST(interlocked)
{
    LONG n = 10;
    PVOID p = &n;

    ck_assert_int_eq(InterlockedIncrement(&n), 11);
    ck_assert_int_eq(InterlockedDecrement(&n), 10);
    ck_assert_int_eq(InterlockedExchange(&n, 20), 10);
    ck_assert_int_eq(InterlockedExchangeAdd(&n, 5), 20);
    ck_assert_int_eq(InterlockedCompareExchange(&n, 1, 24), 25);
    ck_assert_int_eq(InterlockedCompareExchange(&n, 6, 25), 25);
    ck_assert_int_eq(InterlockedOr(&n, 1), 6);
    ck_assert_int_eq(InterlockedAnd(&n, 5), 7);
    ck_assert_int_eq(InterlockedXor(&n, 1), 5);
    ck_assert_int_eq(n, 4);
    ck_assert_ptr_eq(InterlockedExchangePointer(&p, &p), &n);
    ck_assert_ptr_eq(InterlockedCompareExchangePointer(&p, NULL, &n), &p);
    ck_assert_ptr_eq(InterlockedCompareExchangePointer(&p, NULL, &p), &p);
    ck_assert_ptr_null(p);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *life = tcase_create("life");
    TCase *crowd = tcase_create("crowd");
    TCase *own = tcase_create("own");

    tcase_add_loop_test(life, threads_end, 0, N_OF(endings));
    tcase_add_test(life, suspended);
    tcase_add_test(life, no_start_routine);
    tcase_add_test(life, the_thread_itself);
    tcase_add_test(life, a_thread_the_library_did_not_start);
    tcase_add_test(life, calls_from_destructors_of_a_thread);
    suite_add_tcase(suite, life);
    tcase_add_test(crowd, a_hundred_threads);
    tcase_add_test(crowd, no_wakeup_is_lost);
    tcase_add_test(crowd, no_wakeup_is_lost_to_signals);
    tcase_add_test(crowd, no_descriptor_left);
    tcase_add_test(crowd, cancellation_waits_for_the_wait);
    suite_add_tcase(suite, crowd);
    tcase_add_test(own, last_error);
    tcase_add_test(own, thread_local_values);
    tcase_add_test(own, critical_section);
    tcase_add_test(own, interlocked);
    suite_add_tcase(suite, own);
}

SUITE_MAIN("compat/thread", suite_fill)
