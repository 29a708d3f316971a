/*
 * matrix_process.c - failures of start-up, clean-up, sessions and modes.
 */
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include "matrix.h"
#include "support/api.h"

/* ---- start-up -------------------------------------------------------------
 */

static uintptr_t startup(void)
{
    return SnmpStartup(&out.numbers[0], &out.numbers[1], &out.numbers[2],
                       &out.numbers[3], &out.numbers[4]);
}

static uintptr_t startup_ex(void)
{
    return SnmpStartupEx(&out.numbers[0], &out.numbers[1], &out.numbers[2],
                         &out.numbers[3], &out.numbers[4]);
}

/* With no allocation, with one, ... until it succeeds; before that nothing is
 * started. */
static void start_without_memory(const struct row *row,
                                 uintptr_t (*begin)(void),
                                 SNMPAPI_STATUS (*end)(void))
{
    struct shortage shortage = {pthread_self(), 0};
    struct wsn_alloc_hook hook = {shortage_may_alloc, shortage_freed,
                                  &shortage};
    uintptr_t result = 0;
    unsigned n;

    for (n = 0; result == 0; n++) {
        shortage.left = n;
        matrix_prepare(NULL);
        wsn_alloc_set_hook(&hook);
        result = begin();
        wsn_alloc_set_hook(NULL);
        if (result != 0)
            break;
        matrix_check(row, NULL, result, "without memory");
        ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_FAILURE);
        ck_assert_uint_lt(n, 100);
    }
    ck_assert_uint_gt(n, 0);
    ck_assert_uint_eq(end(), SNMPAPI_SUCCESS);
}

void startup_without_memory(const struct row *row)
{
    start_without_memory(row, startup, SnmpCleanup);
}

void startup_ex_without_memory(const struct row *row)
{
    start_without_memory(row, startup_ex, SnmpCleanupEx);
}

#define EXIT_UNTESTED 77

/* Whatever a limit does to the process, it does to a child of it. */
static void fail_in_child(const struct row *row, void (*limit)(void),
                          uintptr_t (*begin)(void))
{
    pid_t child = fork();
    int status;

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        limit();
        matrix_prepare(NULL);
        _exit(begin() != 0 ? 0 : (int)SnmpGetLastError(NULL));
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    if (WEXITSTATUS(status) != EXIT_UNTESTED)
        ck_assert_int_eq(WEXITSTATUS(status), (int)row->code);
}

static void forbid_descriptors(void)
{
    int free_fd = dup(STDERR_FILENO);
    struct rlimit limit;

    (void)close(free_fd);
    (void)getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = (rlim_t)free_fd;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* The limit is for others than the superuser, who may be alone here. */
static void forbid_threads(void)
{
    struct rlimit limit = {0, 0};

    if (setrlimit(RLIMIT_NPROC, &limit) != 0 ||
        (geteuid() == 0 && setuid(65534) != 0))
        _exit(EXIT_UNTESTED);
}

void startup_without_thread(const struct row *row)
{
    fail_in_child(row, forbid_threads, startup);
    fail_in_child(row, forbid_descriptors, startup);
}

void startup_ex_without_descriptors(const struct row *row)
{
    fail_in_child(row, forbid_descriptors, startup_ex);
}

void startup_ex_without_thread(const struct row *row)
{
    fail_in_child(row, forbid_threads, startup_ex);
}

/* ---- clean-up ---------------------------------------------------------------
 */

void cleanup_too_often(const struct row *row)
{
    FAILS(row, NULL, SnmpCleanup());
    ck_assert_uint_ne(startup(), 0);
    ck_assert_uint_ne(startup(), 0);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    FAILS(row, NULL, SnmpCleanup());
}

void cleanup_ex_too_often(const struct row *row)
{
    FAILS(row, NULL, SnmpCleanupEx());
    ck_assert_uint_ne(startup_ex(), 0);
    ck_assert_uint_eq(SnmpCleanupEx(), SNMPAPI_SUCCESS);
    FAILS(row, NULL, SnmpCleanupEx());
    ck_assert_uint_ne(startup(), 0);
    FAILS(row, NULL, SnmpCleanupEx());
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}

/* ---- sessions
 * ------------------------------------------------------------------ */

#define WINDOW_CLASS "Matrix"

HWND matrix_window(void)
{
    WNDCLASS class = {.lpfnWndProc = DefWindowProc,
                      .lpszClassName = WINDOW_CLASS};
    HWND window;

    (void)RegisterClass(&class); /* once is enough */
    window =
        CreateWindow(WINDOW_CLASS, "", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    ck_assert_ptr_nonnull(window);
    return window;
}

static HWND destroyed_window(void)
{
    HWND window = matrix_window();

    ck_assert(DestroyWindow(window));
    return window;
}

void open_bad_window(const struct row *row)
{
    static int no_window;

    start();
    FAILS(row, NULL, SnmpOpen(NULL, WM_USER));
    FAILS(row, NULL, SnmpOpen((HWND)(void *)&no_window, WM_USER));
    FAILS(row, NULL, SnmpOpen(destroyed_window(), WM_USER));
    stop();
}

void create_bad_window(const struct row *row)
{
    static int no_window;

    start();
    FAILS(row, NULL, SnmpCreateSession(NULL, WM_USER, NULL, NULL));
    FAILS(row, NULL,
          SnmpCreateSession((HWND)(void *)&no_window, WM_USER, NULL, NULL));
    FAILS(row, NULL,
          SnmpCreateSession(destroyed_window(), WM_USER, NULL, NULL));
    stop();
}

static const UINT bad_messages[] = {0, 1, WM_USER - 1, 0x10000, UINT32_MAX};

void open_bad_message(const struct row *row)
{
    start();
    for (int i = 0; i < N(bad_messages); i++)
        FAILS(row, NULL, SnmpOpen(matrix_window(), bad_messages[i]));
    stop();
}

void create_bad_message(const struct row *row)
{
    start();
    for (int i = 0; i < N(bad_messages); i++)
        FAILS(row, NULL,
              SnmpCreateSession(matrix_window(), bad_messages[i], NULL, NULL));
    stop();
}

void create_without_notification(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpCreateSession(NULL, 0, NULL, NULL));
    FAILS(row, NULL, SnmpCreateSession(NULL, 0, NULL, &out));
    stop();
}

/* ---- modes
 * ------------------------------------------------------------------------ */

void get_mode_nowhere(const struct row *row)
{
    start();
    if (row->function[7] == 'T') /* SnmpGetTranslateMode */
        FAILS(row, NULL, SnmpGetTranslateMode(NULL));
    else
        FAILS(row, NULL, SnmpGetRetransmitMode(NULL));
    stop();
}

void set_translate_mode_unknown(const struct row *row)
{
    smiUINT32 mode;

    start();
    FAILS(row, NULL, SnmpSetTranslateMode(3));
    FAILS(row, NULL, SnmpSetTranslateMode(UINT32_MAX));
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_UNTRANSLATED_V1);
    stop();
}

void set_retransmit_mode_unknown(const struct row *row)
{
    smiUINT32 mode;

    start();
    FAILS(row, NULL, SnmpSetRetransmitMode(2));
    FAILS(row, NULL, SnmpSetRetransmitMode(UINT32_MAX));
    ck_assert_uint_eq(SnmpGetRetransmitMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, SNMPAPI_ON);
    stop();
}
