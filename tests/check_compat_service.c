/*
 * check_compat_service.c - services in the foreground, and the threads of
 * Microsoft's C library.
 *
 * A service catches signals, so each runs in a process of its own.
 */
#include <process.h>
#include <windows.h>

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"

#define LIMIT_MS 20000

static int status_of(void (*body)(void))
{
    pid_t pid = fork();
    int status = 0;

    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        (void)signal(SIGINT, SIG_DFL);
        (void)signal(SIGTERM, SIG_DFL);
        body();
        _exit(99);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* ---- A service as the textbooks have it ------------------------------ */

static SERVICE_STATUS_HANDLE service;
static HANDLE stop;
static LONG volatile n_controls;

static void report(SERVICE_STATUS_HANDLE handle, DWORD state)
{
    SERVICE_STATUS status;

    ZeroMemory(&status, sizeof status);
    status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
    status.dwCurrentState = state;
    status.dwControlsAccepted = SERVICE_ACCEPT_STOP;
    ck_assert(SetServiceStatus(handle, &status));
}

static VOID WINAPI on_control(DWORD control)
{
    ck_assert_uint_eq(control, SERVICE_CONTROL_STOP);
    InterlockedIncrement(&n_controls);
    report(service, SERVICE_STOP_PENDING);
    (void)SetEvent(stop);
}

static VOID WINAPI run(DWORD argc, LPSTR *argv)
{
    ck_assert_uint_eq(argc, 1);
    ck_assert_str_eq(argv[0], "Trap Service");
    service = RegisterServiceCtrlHandler("Trap Service", on_control);
    ck_assert_ptr_nonnull(service);
    stop = CreateEvent(NULL, TRUE, FALSE, NULL);
    report(service, SERVICE_RUNNING);
    (void)kill(getpid(), SIGTERM);
    ck_assert_uint_eq(WaitForSingleObject(stop, LIMIT_MS), WAIT_OBJECT_0);
    report(service, SERVICE_STOPPED);
}

static char service_name[] = "Trap Service";
static char other_name[] = "Other";

static void run_until_signal(void)
{
    SERVICE_TABLE_ENTRY table[] = {{service_name, run}, {NULL, NULL}};

    ck_assert(StartServiceCtrlDispatcher(table));
    ck_assert_int_eq(n_controls, 1);
    /* Afterwards there may be another. */
    ck_assert(StartServiceCtrlDispatcher(table));
    ck_assert_int_eq(n_controls, 2);
    _exit(0);
}

START_TEST(sigterm_stops_it)
{
    ck_assert_int_eq(status_of(run_until_signal), 0);
}
END_TEST

/* ---- Two of them, with a context ------------------------------------- */

static DWORD WINAPI on_control_ex(DWORD control, DWORD event_type,
                                  LPVOID event_data, LPVOID context)
{
    (void)event_type;
    (void)event_data;
    if (control != SERVICE_CONTROL_STOP)
        return ERROR_CALL_NOT_IMPLEMENTED;
    report(*(SERVICE_STATUS_HANDLE *)context, SERVICE_STOPPED);
    return NO_ERROR;
}

static SERVICE_STATUS_HANDLE both[2];
static LONG volatile n_running;

static void run_either(SERVICE_STATUS_HANDLE *handle, LPCSTR name)
{
    *handle = RegisterServiceCtrlHandlerEx(name, on_control_ex, handle);
    report(*handle, SERVICE_RUNNING);
    if (InterlockedIncrement(&n_running) == 2)
        (void)kill(getpid(), SIGINT);
}

static VOID WINAPI run_first(DWORD argc, LPSTR *argv)
{
    (void)argc;
    run_either(&both[0], argv[0]);
}

static VOID WINAPI run_second(DWORD argc, LPSTR *argv)
{
    (void)argc;
    run_either(&both[1], argv[0]);
}

static void run_both(void)
{
    SERVICE_TABLE_ENTRY table[] = {
        {service_name, run_first}, {other_name, run_second}, {NULL, NULL}};

    ck_assert(StartServiceCtrlDispatcher(table));
    ck_assert_ptr_ne(both[0], both[1]);
    _exit(0);
}

/* Their main functions have returned; they run until they are stopped. */
START_TEST(sigint_stops_all)
{
    ck_assert_int_eq(status_of(run_both), 0);
}
END_TEST

/* ---- A signal before the service can hear it ------------------------- */

static VOID WINAPI on_early_control(DWORD control)
{
    ck_assert_uint_eq(control, SERVICE_CONTROL_STOP);
    ck_assert_uint_eq(WaitForSingleObject(stop, LIMIT_MS), WAIT_OBJECT_0);
    report(service, SERVICE_STOPPED);
}

static VOID WINAPI run_late(DWORD argc, LPSTR *argv)
{
    (void)argc;
    stop = CreateEvent(NULL, TRUE, FALSE, NULL);
    (void)kill(getpid(), SIGTERM);
    service = RegisterServiceCtrlHandler(argv[0], on_early_control);
    (void)SetEvent(stop); /* the handle is stored now */
}

static void run_signalled_early(void)
{
    SERVICE_TABLE_ENTRY table[] = {{service_name, run_late}, {NULL, NULL}};

    ck_assert(StartServiceCtrlDispatcher(table));
    _exit(0);
}

START_TEST(an_early_signal_is_kept)
{
    ck_assert_int_eq(status_of(run_signalled_early), 0);
}
END_TEST

/* ---- What cannot be -------------------------------------------------- */

static VOID WINAPI run_nothing(DWORD argc, LPSTR *argv)
{
    SERVICE_TABLE_ENTRY table[] = {{argv[0], run_nothing}, {NULL, NULL}};

    (void)argc;
    ck_assert(!StartServiceCtrlDispatcher(table));
    ck_assert_uint_eq(GetLastError(), ERROR_SERVICE_ALREADY_RUNNING);
    ck_assert(!SetServiceStatus(NULL, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_DATA);
}

static void run_without_handler(void)
{
    SERVICE_TABLE_ENTRY table[] = {{service_name, run_nothing}, {NULL, NULL}};

    ck_assert(StartServiceCtrlDispatcher(table));
    _exit(0);
}

START_TEST(without_handler_it_just_ends)
{
    ck_assert_int_eq(status_of(run_without_handler), 0);
}
END_TEST

START_TEST(bad_tables)
{
    SERVICE_TABLE_ENTRY no_function[] = {{service_name, NULL}, {NULL, NULL}};
    SERVICE_TABLE_ENTRY empty[] = {{NULL, NULL}};
    SERVICE_STATUS status = {0};

    ck_assert(!StartServiceCtrlDispatcher(NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_DATA);
    ck_assert(!StartServiceCtrlDispatcher(empty));
    ck_assert(!StartServiceCtrlDispatcher(no_function));
    ck_assert_ptr_null(RegisterServiceCtrlHandler("x", on_control));
    ck_assert_uint_eq(GetLastError(), ERROR_SERVICE_DOES_NOT_EXIST);
    ck_assert(!SetServiceStatus(NULL, &status));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
}
END_TEST

/* ---- Threads --------------------------------------------------------- */

static unsigned __stdcall add_one(void *number)
{
    return *(unsigned *)number + 1;
}

static unsigned __stdcall end_early(void *unused)
{
    (void)unused;
    _endthreadex(55);
}

START_TEST(beginthreadex)
{
    unsigned number = 41;
    unsigned id = 0;
    HANDLE threads[2];
    DWORD code = 0;

    threads[0] = (HANDLE)_beginthreadex(NULL, 0, add_one, &number, 0, &id);
    threads[1] = (HANDLE)_beginthreadex(NULL, 0, end_early, NULL, 0, NULL);
    ck_assert_uint_eq(WaitForMultipleObjects(2, threads, TRUE, LIMIT_MS),
                      WAIT_OBJECT_0);
    ck_assert_uint_ne(id, 0);
    ck_assert(GetExitCodeThread(threads[0], &code));
    ck_assert_uint_eq(code, 42);
    ck_assert(GetExitCodeThread(threads[1], &code));
    ck_assert_uint_eq(code, 55);
    ck_assert(CloseHandle(threads[0]));
    ck_assert(CloseHandle(threads[1]));
    ck_assert_uint_eq(_beginthreadex(NULL, 0, NULL, NULL, 0, NULL), 0);
    ck_assert_int_eq(errno, EINVAL);
}
END_TEST

static HANDLE may_end;
static HANDLE observed;

static void __cdecl wait_a_while(void *ends_itself)
{
    (void)WaitForSingleObject(may_end, LIMIT_MS);
    if (ends_itself != NULL)
        _endthread();
}

/* Its own handle is closed when it ends. */
static void begin_and_end(void *ends_itself)
{
    HANDLE thread;

    may_end = CreateEvent(NULL, TRUE, FALSE, NULL);
    thread = (HANDLE)_beginthread(wait_a_while, 0, ends_itself);
    ck_assert(DuplicateHandle(GetCurrentProcess(), thread, GetCurrentProcess(),
                              &observed, 0, FALSE, DUPLICATE_SAME_ACCESS));
    (void)SetEvent(may_end);
    ck_assert_uint_eq(WaitForSingleObject(observed, LIMIT_MS), WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForSingleObject(thread, 0), WAIT_FAILED);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(CloseHandle(observed));
    ck_assert(CloseHandle(may_end));
}

START_TEST(beginthread)
{
    begin_and_end(NULL);
    begin_and_end(&may_end);
    ck_assert_uint_eq(_beginthread(NULL, 0, NULL), (uintptr_t)-1);
    ck_assert_int_eq(_getpid(), getpid());
}
END_TEST

static void fill(Suite *suite)
{
    TCase *services = tcase_create("services");
    TCase *threads = tcase_create("threads");

    tcase_add_test(services, sigterm_stops_it);
    tcase_add_test(services, sigint_stops_all);
    tcase_add_test(services, an_early_signal_is_kept);
    tcase_add_test(services, without_handler_it_just_ends);
    tcase_add_test(services, bad_tables);
    suite_add_tcase(suite, services);

    tcase_add_test(threads, beginthreadex);
    tcase_add_test(threads, beginthread);
    suite_add_tcase(suite, threads);
}

SUITE_MAIN("compat/service", fill)
