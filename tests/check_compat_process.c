/*
 * check_compat_process.c - pipes and children.
 */
#include <windows.h>

#include <signal.h>

#include "support/asleep.h"
#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* ---- Pipes ----------------------------------------------------------- */

static HANDLE read_end;
static HANDLE write_end;

static void open_pipe(void)
{
    SECURITY_ATTRIBUTES security = {sizeof security, NULL, TRUE};

    ck_assert(CreatePipe(&read_end, &write_end, &security, 0));
}

START_TEST(a_pipe_carries_bytes)
{
    char text[8] = "";
    DWORD n = 0;

    open_pipe();
    ck_assert(WriteFile(write_end, "abc", 3, &n, NULL));
    ck_assert_uint_eq(n, 3);
    ck_assert(ReadFile(read_end, text, sizeof text, &n, NULL));
    ck_assert_uint_eq(n, 3);
    ck_assert_str_eq(text, "abc");
    ck_assert(CloseHandle(write_end));
    ck_assert(!ReadFile(read_end, text, sizeof text, &n, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_BROKEN_PIPE);
    ck_assert_uint_eq(n, 0);
    ck_assert(CloseHandle(read_end));
    ck_assert(!ReadFile(read_end, text, sizeof text, &n, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
}
END_TEST

/* The signal of the host does not end the process, now or later. */
START_TEST(a_pipe_without_reader_is_an_error)
{
    DWORD n = 1;
    sigset_t pending;

    open_pipe();
    ck_assert(CloseHandle(read_end));
    ck_assert(!WriteFile(write_end, "abc", 3, &n, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_BROKEN_PIPE);
    ck_assert_uint_eq(n, 0);
    ck_assert_int_eq(sigpending(&pending), 0);
    ck_assert_int_eq(sigismember(&pending, SIGPIPE), 0);
    ck_assert(CloseHandle(write_end));
}
END_TEST

START_TEST(handles_have_flags)
{
    HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);
    DWORD flags;

    open_pipe();
    ck_assert(GetHandleInformation(read_end, &flags));
    ck_assert_uint_eq(flags, HANDLE_FLAG_INHERIT);
    ck_assert(SetHandleInformation(read_end, HANDLE_FLAG_INHERIT, 0));
    ck_assert(GetHandleInformation(read_end, &flags));
    ck_assert_uint_eq(flags, 0);
    ck_assert(GetHandleInformation(write_end, &flags));
    ck_assert_uint_eq(flags, HANDLE_FLAG_INHERIT);
    ck_assert(SetHandleInformation(event, HANDLE_FLAG_INHERIT, 0));
    ck_assert(CloseHandle(event));
    ck_assert(!SetHandleInformation(event, HANDLE_FLAG_INHERIT, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!SetHandleInformation(read_end, 2, 0));
    ck_assert(!CreatePipe(NULL, &write_end, NULL, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
}
END_TEST

/* ---- Children -------------------------------------------------------- */

static PROCESS_INFORMATION start(const char *line, LPSTARTUPINFO startup)
{
    PROCESS_INFORMATION child = {0};
    char copy[256];

    strcpy(copy, line);
    ck_assert_msg(CreateProcess(NULL, copy, NULL, NULL, TRUE, 0, NULL, NULL,
                                startup, &child),
                  "%s: %u", line, (unsigned)GetLastError());
    ck_assert_uint_ne(child.dwProcessId, 0);
    return child;
}

static PROCESS_INFORMATION start_plain(const char *line)
{
    return start(line, &(STARTUPINFO){.cb = sizeof(STARTUPINFO)});
}

static DWORD exit_code(const PROCESS_INFORMATION *child)
{
    DWORD code = 0;

    ck_assert(GetExitCodeProcess(child->hProcess, &code));
    return code;
}

static DWORD end_of(const PROCESS_INFORMATION *child)
{
    DWORD code;

    ck_assert_uint_eq(WaitForSingleObject(child->hProcess, SOON_MS),
                      WAIT_OBJECT_0);
    ck_assert_uint_eq(WaitForSingleObject(child->hThread, 0), WAIT_OBJECT_0);
    code = exit_code(child);
    ck_assert(CloseHandle(child->hProcess));
    ck_assert(CloseHandle(child->hThread));
    return code;
}

static const struct {
    const char *line;
    DWORD code;
} ends[] = {
    {"true", 0},
    {"sh -c \"exit 7\"", 7},
    {"/bin/sh -c \"test \\\"$1\\\" = \\\"a b\\\"\" sh \"a b\"", 0},
    {"sh -c \"kill -9 $$\"", 128 + 9},
};

START_TEST(a_child_has_an_exit_code)
{
    PROCESS_INFORMATION child = start_plain(ends[_i].line);

    ck_assert_uint_eq(end_of(&child), ends[_i].code);
}
END_TEST

/* Reads all that comes until the last writer has gone. */
static void expect_text(HANDLE from, const char *expected)
{
    char text[256];
    DWORD size = 0;
    DWORD n;

    while (ReadFile(from, text + size, sizeof text - 1 - size, &n, NULL))
        size += n;
    ck_assert_uint_eq(GetLastError(), ERROR_BROKEN_PIPE);
    text[size] = '\0';
    ck_assert_str_eq(text, expected);
}

/* What programs do that want the output of another. */
START_TEST(a_child_writes_into_a_pipe)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;
    int n_descriptors;

    sleep_once();
    n_descriptors = count_descriptors();
    open_pipe();
    ck_assert(SetHandleInformation(read_end, HANDLE_FLAG_INHERIT, 0));
    startup.hStdOutput = write_end;
    startup.hStdError = write_end;
    child = start("sh -c \"read x; echo out; echo err >&2\"", &startup);
    ck_assert(CloseHandle(write_end));
    expect_text(read_end, "out\nerr\n");
    ck_assert(CloseHandle(read_end));
    ck_assert_uint_eq(end_of(&child), 0);
    ck_assert_int_eq(count_descriptors(), n_descriptors);
}
END_TEST

START_TEST(a_child_reads_from_a_pipe)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;
    HANDLE output;

    open_pipe();
    output = read_end;
    startup.hStdOutput = write_end;
    open_pipe();
    startup.hStdInput = read_end;
    startup.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    child = start("cat", &startup);
    ck_assert(CloseHandle(startup.hStdOutput));
    ck_assert(CloseHandle(startup.hStdInput));
    ck_assert(WriteFile(write_end, "to and fro", 10, NULL, NULL));
    ck_assert(CloseHandle(write_end));
    expect_text(output, "to and fro");
    ck_assert(CloseHandle(output));
    ck_assert_uint_eq(end_of(&child), 0);
}
END_TEST

START_TEST(a_child_may_have_an_environment_of_its_own)
{
    char block[] = "A=one\0B=two\0";
    char line[] = "sh -c \"test $A-$B = one-two\"";
    STARTUPINFO startup = {.cb = sizeof startup};
    PROCESS_INFORMATION child;

    ck_assert(CreateProcess("/bin/sh", line, NULL, NULL, FALSE, 0, block, NULL,
                            &startup, &child));
    ck_assert_uint_eq(end_of(&child), 0);
}
END_TEST

START_TEST(a_child_can_be_ended)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;

    open_pipe();
    startup.hStdInput = read_end;
    child = start("cat", &startup);
    ck_assert_uint_eq(exit_code(&child), STILL_ACTIVE);
    ck_assert_uint_eq(WaitForSingleObject(child.hProcess, 0), WAIT_TIMEOUT);
    ck_assert(TerminateProcess(child.hProcess, 5));
    ck_assert_uint_eq(WaitForSingleObject(child.hProcess, SOON_MS),
                      WAIT_OBJECT_0);
    ck_assert(!TerminateProcess(child.hProcess, 6));
    ck_assert_uint_eq(GetLastError(), ERROR_ACCESS_DENIED);
    ck_assert_uint_eq(end_of(&child), 5);
    ck_assert(CloseHandle(read_end));
    ck_assert(CloseHandle(write_end));
}
END_TEST

START_TEST(many_children_are_awaited_together)
{
    PROCESS_INFORMATION children[10];
    HANDLE handles[10];

    for (int i = 0; i < 10; i++) {
        children[i] = start_plain("sh -c \"exit 3\"");
        handles[i] = children[i].hProcess;
    }
    ck_assert_uint_eq(WaitForMultipleObjects(10, handles, TRUE, SOON_MS),
                      WAIT_OBJECT_0);
    for (int i = 0; i < 10; i++)
        ck_assert_uint_eq(end_of(&children[i]), 3);
}
END_TEST

START_TEST(a_child_may_have_a_directory_of_its_own)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;
    char line[] = "pwd";

    open_pipe();
    startup.hStdOutput = write_end;
    ck_assert(CreateProcess(NULL, line, NULL, NULL, TRUE, 0, NULL, "/",
                            &startup, &child));
    ck_assert(CloseHandle(write_end));
    expect_text(read_end, "/\n");
    ck_assert(CloseHandle(read_end));
    ck_assert_uint_eq(end_of(&child), 0);
}
END_TEST

/* ---- Suspended ones -------------------------------------------------- */

static PROCESS_INFORMATION start_suspended(const char *command)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES,
                           .hStdOutput = write_end};
    PROCESS_INFORMATION child;
    char line[64];

    strcpy(line, command);
    ck_assert(CreateProcess(NULL, line, NULL, NULL, TRUE, CREATE_SUSPENDED,
                            NULL, "/", &startup, &child));
    return child;
}

/* Would it run, it would have closed its end and ended. */
START_TEST(a_child_may_be_suspended)
{
    PROCESS_INFORMATION child;

    open_pipe();
    child = start_suspended("pwd");
    ck_assert_uint_ne(child.dwProcessId, 0);
    ck_assert_uint_eq(exit_code(&child), STILL_ACTIVE);
    ck_assert_uint_eq(WaitForSingleObject(child.hProcess, 20), WAIT_TIMEOUT);
    ck_assert(CloseHandle(write_end));
    ck_assert_uint_eq(ResumeThread(child.hThread), 1);
    ck_assert_uint_eq(ResumeThread(child.hThread), 0);
    expect_text(read_end, "/\n");
    ck_assert(CloseHandle(read_end));
    ck_assert_uint_eq(end_of(&child), 0);
}
END_TEST

/* Its standard handles are all that a suspended child keeps open. */
START_TEST(a_suspended_child_holds_no_pipe_of_others)
{
    PROCESS_INFORMATION child;
    HANDLE foreign_read;
    HANDLE foreign_write;
    char byte;
    DWORD n;

    open_pipe();
    foreign_read = read_end;
    foreign_write = write_end;
    open_pipe();
    child = start_suspended("true");
    ck_assert(CloseHandle(foreign_write));
    ck_assert(!ReadFile(foreign_read, &byte, 1, &n, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_BROKEN_PIPE);
    ck_assert_uint_eq(ResumeThread(child.hThread), 1);
    ck_assert_uint_eq(end_of(&child), 0);
    ck_assert(CloseHandle(foreign_read));
    ck_assert(CloseHandle(read_end));
    ck_assert(CloseHandle(write_end));
}
END_TEST

START_TEST(a_suspended_child_can_be_ended)
{
    PROCESS_INFORMATION child;
    int n_descriptors;

    sleep_once();
    open_pipe();
    n_descriptors = count_descriptors();
    child = start_suspended("true");
    ck_assert(TerminateProcess(child.hProcess, 9));
    ck_assert_uint_eq(WaitForSingleObject(child.hProcess, SOON_MS),
                      WAIT_OBJECT_0);
    ck_assert_uint_eq(ResumeThread(child.hThread), 1);
    ck_assert_uint_eq(end_of(&child), 9);
    ck_assert_int_eq(count_descriptors(), n_descriptors);
    ck_assert(CloseHandle(read_end));
    ck_assert(CloseHandle(write_end));
}
END_TEST

START_TEST(only_threads_are_resumed)
{
    HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);

    ck_assert_uint_eq(ResumeThread(event), (DWORD)-1);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(CloseHandle(event));
    ck_assert_uint_eq(ResumeThread(event), (DWORD)-1);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
}
END_TEST

/* ---- Others ---------------------------------------------------------- */

/* A child goes on, and is reaped, when nobody wants to know. */
START_TEST(handles_may_be_closed_at_once)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES};
    PROCESS_INFORMATION child;

    open_pipe();
    startup.hStdOutput = write_end;
    child = start("echo alive", &startup);
    ck_assert(CloseHandle(child.hProcess));
    ck_assert(CloseHandle(child.hThread));
    ck_assert(CloseHandle(write_end));
    expect_text(read_end, "alive\n");
    ck_assert(CloseHandle(read_end));
}
END_TEST

static void expect_failure(const char *application, const char *line,
                           DWORD flags, const char *directory, DWORD code)
{
    STARTUPINFO startup = {.cb = sizeof startup};
    PROCESS_INFORMATION child;
    char copy[64] = "";

    memset(&child, 0x5a, sizeof child);
    if (line != NULL)
        strcpy(copy, line);
    ck_assert(!CreateProcess(application, line != NULL ? copy : NULL, NULL,
                             NULL, FALSE, flags, NULL, directory, &startup,
                             &child));
    ck_assert_uint_eq(GetLastError(), code);
    ck_assert_uint_eq(child.dwProcessId, 0x5a5a5a5a);
}

START_TEST(what_cannot_be_executed_says_why)
{
    DWORD flags = _i == 0 ? 0 : CREATE_SUSPENDED;

    expect_failure(NULL, "there-is-no-such a", flags, NULL,
                   ERROR_FILE_NOT_FOUND);
    expect_failure("/there/is/no/such", NULL, flags, NULL,
                   ERROR_FILE_NOT_FOUND);
    expect_failure("/dev", NULL, flags, NULL, ERROR_ACCESS_DENIED);
    expect_failure("/dev/null/such", NULL, flags, NULL, ERROR_PATH_NOT_FOUND);
    expect_failure(NULL, "", flags, NULL, ERROR_FILE_NOT_FOUND);
    expect_failure(NULL, "true", flags, "/there/is/no/such", ERROR_DIRECTORY);
    expect_failure(NULL, "true", flags, "/dev/null", ERROR_DIRECTORY);
}
END_TEST

START_TEST(what_cannot_be_started_says_why)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES,
                           .hStdOutput = (HANDLE)(LONG_PTR)0x1234};
    PROCESS_INFORMATION child;
    char line[] = "true";
    DWORD code;

    expect_failure(NULL, NULL, 0, NULL, ERROR_INVALID_PARAMETER);
    ck_assert(!CreateProcess(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL,
                             &startup, &child));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!GetExitCodeProcess(startup.hStdOutput, &code));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!TerminateProcess(GetStdHandle(STD_OUTPUT_HANDLE), 1));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(GetExitCodeProcess(GetCurrentProcess(), &code));
    ck_assert_uint_eq(code, STILL_ACTIVE);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("process");

    tcase_add_test(tcase, a_pipe_carries_bytes);
    tcase_add_test(tcase, a_pipe_without_reader_is_an_error);
    tcase_add_test(tcase, handles_have_flags);
    tcase_add_loop_test(tcase, a_child_has_an_exit_code, 0, N_OF(ends));
    tcase_add_test(tcase, a_child_writes_into_a_pipe);
    tcase_add_test(tcase, a_child_reads_from_a_pipe);
    tcase_add_test(tcase, a_child_may_have_an_environment_of_its_own);
    tcase_add_test(tcase, a_child_may_have_a_directory_of_its_own);
    tcase_add_test(tcase, a_child_may_be_suspended);
    tcase_add_test(tcase, a_suspended_child_holds_no_pipe_of_others);
    tcase_add_test(tcase, a_suspended_child_can_be_ended);
    tcase_add_test(tcase, only_threads_are_resumed);
    tcase_add_test(tcase, a_child_can_be_ended);
    tcase_add_test(tcase, many_children_are_awaited_together);
    tcase_add_test(tcase, handles_may_be_closed_at_once);
    tcase_add_loop_test(tcase, what_cannot_be_executed_says_why, 0, 2);
    tcase_add_test(tcase, what_cannot_be_started_says_why);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/process", fill)
