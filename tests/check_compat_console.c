/*
 * check_compat_console.c - standard handles, keys and Ctrl+C.
 *
 * The cases change the process's descriptors and signals; each runs in a
 * process of its own, or puts the descriptors back.
 */
#define _XOPEN_SOURCE 700
#include <conio.h>
#include <windows.h>

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "support/suite.h"

/* ---- Descriptors in the place of the standard ones ------------------- */

static int saved_fds[3];

static void replace(int standard_fd, int fd)
{
    (void)fflush(stdout);
    saved_fds[standard_fd] = dup(standard_fd);
    ck_assert_int_eq(dup2(fd, standard_fd), standard_fd);
}

static void put_back(int standard_fd)
{
    (void)fflush(stdout);
    (void)dup2(saved_fds[standard_fd], standard_fd);
    (void)close(saved_fds[standard_fd]);
}

/* A pipe that holds text, as standard input; the end is the result. */
static int type(const char *text)
{
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    ck_assert_int_eq(write(fds[1], text, strlen(text)), (int)strlen(text));
    replace(STDIN_FILENO, fds[0]);
    (void)close(fds[0]);
    return fds[1];
}

/* ---- Standard handles ------------------------------------------------ */

START_TEST(written_to_output)
{
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
    DWORD n = 77;
    char text[16] = "";
    int fds[2];
    BOOL wrote;

    ck_assert_int_eq(pipe(fds), 0);
    replace(STDOUT_FILENO, fds[1]);
    wrote = AllocConsole() && WriteConsole(output, "con", 3, &n, NULL) &&
            WriteFile(output, "file", 4, NULL, NULL) && FreeConsole();
    put_back(STDOUT_FILENO);
    ck_assert(wrote);
    ck_assert_uint_eq(n, 3);
    ck_assert_int_eq(read(fds[0], text, sizeof text), 7);
    ck_assert_str_eq(text, "confile");
}
END_TEST

START_TEST(read_from_input)
{
    int end = type("ab");
    char text[8] = "";
    DWORD n = 77;

    ck_assert(
        ReadFile(GetStdHandle(STD_INPUT_HANDLE), text, sizeof text, &n, NULL));
    ck_assert_uint_eq(n, 2);
    ck_assert_str_eq(text, "ab");
    (void)close(end);
    ck_assert(
        ReadFile(GetStdHandle(STD_INPUT_HANDLE), text, sizeof text, &n, NULL));
    ck_assert_uint_eq(n, 0);
    put_back(STDIN_FILENO);
}
END_TEST

START_TEST(no_such_handle)
{
    HANDLE event = CreateEvent(NULL, TRUE, TRUE, NULL);
    DWORD n = 77;

    ck_assert_ptr_eq(GetStdHandle(5), INVALID_HANDLE_VALUE);
    ck_assert(!WriteFile(event, "x", 1, &n, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert_uint_eq(n, 0);
    ck_assert(!ReadFile(INVALID_HANDLE_VALUE, &n, 1, NULL, NULL));
    ck_assert(!ReadFile(NULL, &n, 1, NULL, NULL));
    ck_assert(!WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), NULL, 1, &n, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert(CloseHandle(event));
}
END_TEST

START_TEST(pipe_without_reader)
{
    BOOL wrote;
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    (void)close(fds[0]);
    (void)signal(SIGPIPE, SIG_IGN);
    replace(STDOUT_FILENO, fds[1]);
    wrote = WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), "x", 1, NULL, NULL);
    put_back(STDOUT_FILENO);
    ck_assert(!wrote);
    ck_assert_uint_eq(GetLastError(), ERROR_BROKEN_PIPE);
}
END_TEST

START_TEST(debug_output)
{
    char text[16] = "";
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    replace(STDERR_FILENO, fds[1]);
    (void)unsetenv("WINSNMP_DEBUG");
    OutputDebugString("nobody hears");
    (void)setenv("WINSNMP_DEBUG", "1", 1);
    OutputDebugString("heard");
    OutputDebugString(NULL);
    put_back(STDERR_FILENO);
    ck_assert_int_eq(read(fds[0], text, sizeof text), 5);
    ck_assert_str_eq(text, "heard");
}
END_TEST

/* ---- Keys ------------------------------------------------------------ */

START_TEST(keys_from_a_pipe)
{
    int end = type("q\xFF");

    ck_assert(_kbhit());
    ck_assert_int_eq(_getch(), 'q');
    ck_assert_int_eq(getch(), 0xFF);
    ck_assert(!_kbhit());
    (void)close(end);
    ck_assert(kbhit());
    ck_assert_int_eq(_getch(), EOF);
    put_back(STDIN_FILENO);
}
END_TEST

/* A terminal whose other side is the result; -1 where there is none. */
static int open_terminal(int *ret_far)
{
    int far = posix_openpt(O_RDWR | O_NOCTTY);
    const char *name;

    *ret_far = far;
    if (far < 0 || grantpt(far) != 0 || unlockpt(far) != 0 ||
        (name = ptsname(far)) == NULL)
        return -1;
    return open(name, O_RDWR | O_NOCTTY);
}

START_TEST(keys_from_a_terminal)
{
    struct termios before;
    struct termios after;
    int far;
    int near = open_terminal(&far);
    int first;

    if (near < 0)
        return; /* such as in a jail without terminals */
    ck_assert_int_eq(tcgetattr(near, &before), 0);
    replace(STDIN_FILENO, near);
    ck_assert(!_kbhit());
    /* No Enter is needed, and Enter itself is '\r'. */
    ck_assert_int_eq(write(far, "x\r", 2), 2);
    first = _getch();
    ck_assert_int_eq(first, 'x');
    ck_assert_int_eq(tcgetattr(near, &after), 0);
    ck_assert_uint_eq(after.c_lflag, before.c_lflag);
    ck_assert_uint_eq(after.c_iflag, before.c_iflag);
    put_back(STDIN_FILENO);
    (void)close(near);
    (void)close(far);
}
END_TEST

START_TEST(keys_are_shown)
{
    char text[16] = "";
    int fds[2];
    int end = type("k");

    ck_assert_int_eq(pipe(fds), 0);
    replace(STDOUT_FILENO, fds[1]);
    ck_assert(_getche() == 'k' && _putch('!') == '!' && _cputs("text") == 0);
    put_back(STDOUT_FILENO);
    put_back(STDIN_FILENO);
    (void)close(end);
    ck_assert_int_eq(read(fds[0], text, sizeof text), 6);
    ck_assert_str_eq(text, "k!text");
}
END_TEST

START_TEST(no_key_is_down)
{
    ck_assert_int_eq(GetKeyState(VK_ESCAPE), 0);
    ck_assert_int_eq(GetAsyncKeyState('Q'), 0);
}
END_TEST

/* ---- Ctrl+C ---------------------------------------------------------- */

static HANDLE told;
static DWORD events[4];
static volatile LONG n_events;

static BOOL take(DWORD event)
{
    events[InterlockedIncrement(&n_events) - 1] = event;
    return SetEvent(told);
}

static BOOL WINAPI take_all(DWORD event)
{
    return take(event);
}

static BOOL WINAPI take_none(DWORD event)
{
    (void)take(event);
    return FALSE;
}

static void expect_event(int signal_number, DWORD event)
{
    LONG before = n_events;

    ck_assert_int_eq(kill(getpid(), signal_number), 0);
    ck_assert_uint_eq(WaitForSingleObject(told, 20000), WAIT_OBJECT_0);
    ck_assert_int_eq(n_events, before + 1);
    ck_assert_uint_eq(events[before], event);
}

static void start_telling(void)
{
    told = CreateEvent(NULL, FALSE, FALSE, NULL);
    n_events = 0;
}

/* Runs body in a process of its own; the result is its wait status. */
static int status_of(void (*body)(void))
{
    pid_t pid = fork();
    int status = 0;

    ck_assert_int_ge(pid, 0);
    if (pid == 0) {
        (void)signal(SIGINT, SIG_DFL);
        (void)signal(SIGQUIT, SIG_DFL);
        (void)signal(SIGTERM, SIG_DFL);
        body();
        _exit(99);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return status;
}

static void take_signals(void)
{
    start_telling();
    ck_assert(SetConsoleCtrlHandler(take_all, TRUE));
    expect_event(SIGINT, CTRL_C_EVENT);
    expect_event(SIGQUIT, CTRL_BREAK_EVENT);
    expect_event(SIGTERM, CTRL_CLOSE_EVENT);
    ck_assert(SetConsoleCtrlHandler(take_none, TRUE));
    ck_assert(SetConsoleCtrlHandler(NULL, TRUE));
    (void)kill(getpid(), SIGINT); /* now ignored */
    ck_assert(SetConsoleCtrlHandler(take_none, FALSE));
    ck_assert(!SetConsoleCtrlHandler(take_none, FALSE));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    expect_event(SIGTERM, CTRL_CLOSE_EVENT);
    _exit(0);
}

START_TEST(handlers_take_signals)
{
    int status = status_of(take_signals);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

/* A handler that declines leaves the signal to end the process. */
static void decline(void)
{
    start_telling();
    ck_assert(SetConsoleCtrlHandler(take_none, TRUE));
    (void)kill(getpid(), SIGTERM);
    (void)WaitForSingleObject(CreateEvent(NULL, TRUE, FALSE, NULL), 20000);
}

START_TEST(declined_signals_end_the_process)
{
    int status = status_of(decline);

    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
}
END_TEST

static void keep_ignoring(void)
{
    (void)signal(SIGINT, SIG_IGN);
    start_telling();
    ck_assert(SetConsoleCtrlHandler(take_all, TRUE));
    (void)kill(getpid(), SIGINT);
    expect_event(SIGTERM, CTRL_CLOSE_EVENT);
    _exit(0);
}

/* As in "nohup" or in a shell's background. */
START_TEST(ignored_signals_stay_ignored)
{
    int status = status_of(keep_ignoring);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

static void leave(void)
{
    ExitProcess(42);
}

START_TEST(exit_process)
{
    int status = status_of(leave);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 42);
}
END_TEST

/* After a fork the child is an ordinary process. */
static void fork_and_signal(void)
{
    int status = 0;
    pid_t pid;

    start_telling();
    ck_assert(SetConsoleCtrlHandler(take_all, TRUE));
    pid = fork();
    if (pid == 0) {
        (void)raise(SIGTERM);
        _exit(98);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
    ck_assert_int_eq(n_events, 0);
    _exit(0);
}

START_TEST(a_child_is_not_watched)
{
    int status = status_of(fork_and_signal);

    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *handles = tcase_create("handles");
    TCase *keys = tcase_create("keys");
    TCase *signals = tcase_create("signals");

    tcase_add_test(handles, written_to_output);
    tcase_add_test(handles, read_from_input);
    tcase_add_test(handles, no_such_handle);
    tcase_add_test(handles, pipe_without_reader);
    tcase_add_test(handles, debug_output);
    suite_add_tcase(suite, handles);

    tcase_add_test(keys, keys_from_a_pipe);
    tcase_add_test(keys, keys_from_a_terminal);
    tcase_add_test(keys, keys_are_shown);
    tcase_add_test(keys, no_key_is_down);
    suite_add_tcase(suite, keys);

    tcase_add_test(signals, handlers_take_signals);
    tcase_add_test(signals, declined_signals_end_the_process);
    tcase_add_test(signals, ignored_signals_stay_ignored);
    tcase_add_test(signals, a_child_is_not_watched);
    tcase_add_test(signals, exit_process);
    suite_add_tcase(suite, signals);
}

SUITE_MAIN("compat/console", fill)
