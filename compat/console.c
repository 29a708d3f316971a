/*
 * console.c - see wincon.h.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#include "error.h"
#include "sigwatch.h"
#include "wincon.h"

#include "base/lock.h"

/* ---- The standard handles -------------------------------------------- */

/*
 * Their two lowest bits are set, which no handle of an object or a window
 * has; they are those of a Windows console.
 */
#define HANDLE_OF(fd) ((HANDLE)(ULONG_PTR)((unsigned)(fd)*4 + 3))

/* The descriptor behind handle, or -1 and the last error. */
static int fd_of(HANDLE handle)
{
    int fd;

    for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (handle == HANDLE_OF(fd))
            return fd;
    }
    wc_fail(ERROR_INVALID_HANDLE);
    return -1;
}

HANDLE WINAPI GetStdHandle(DWORD which)
{
    switch (which) {
    case STD_INPUT_HANDLE:
        return HANDLE_OF(STDIN_FILENO);
    case STD_OUTPUT_HANDLE:
        return HANDLE_OF(STDOUT_FILENO);
    case STD_ERROR_HANDLE:
        return HANDLE_OF(STDERR_FILENO);
    default:
        wc_fail(ERROR_INVALID_HANDLE);
        return INVALID_HANDLE_VALUE;
    }
}

BOOL WINAPI AllocConsole(void)
{
    return TRUE;
}

BOOL WINAPI FreeConsole(void)
{
    return TRUE;
}

static BOOL fail_by_errno(DWORD otherwise)
{
    if (errno == EBADF)
        return wc_fail(ERROR_INVALID_HANDLE);
    return wc_fail(errno == EPIPE ? ERROR_BROKEN_PIPE : otherwise);
}

BOOL WINAPI WriteFile(HANDLE handle, LPCVOID bytes, DWORD size,
                      LPDWORD ret_written, LPOVERLAPPED overlapped)
{
    int fd = fd_of(handle);
    DWORD done = 0;

    if (ret_written != NULL)
        *ret_written = 0;
    if (fd < 0)
        return FALSE;
    if (overlapped != NULL || (bytes == NULL && size > 0))
        return wc_fail(ERROR_INVALID_PARAMETER);
    while (done < size) {
        ssize_t n = write(fd, (const char *)bytes + done, size - done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_by_errno(ERROR_WRITE_FAULT);
        done += (DWORD)n;
        if (ret_written != NULL)
            *ret_written = done;
    }
    return TRUE;
}

/* At the end of a file it succeeds and reads nothing. */
BOOL WINAPI ReadFile(HANDLE handle, LPVOID ret_bytes, DWORD room,
                     LPDWORD ret_read, LPOVERLAPPED overlapped)
{
    int fd = fd_of(handle);
    ssize_t n;

    if (ret_read != NULL)
        *ret_read = 0;
    if (fd < 0)
        return FALSE;
    if (overlapped != NULL || (ret_bytes == NULL && room > 0))
        return wc_fail(ERROR_INVALID_PARAMETER);
    do
        n = read(fd, ret_bytes, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return fail_by_errno(ERROR_READ_FAULT);
    if (ret_read != NULL)
        *ret_read = (DWORD)n;
    return TRUE;
}

BOOL WINAPI WriteConsoleA(HANDLE handle, CONST VOID *text, DWORD length,
                          LPDWORD ret_written, LPVOID reserved)
{
    (void)reserved;
    return WriteFile(handle, text, length, ret_written, NULL);
}

/* ---- Handlers -------------------------------------------------------- */

#define MAX_HANDLERS 32

/* Guards the two that follow. */
static struct wsn_lock lock = WSN_LOCK_INITIALIZER;
static PHANDLER_ROUTINE handlers[MAX_HANDLERS];
static unsigned n_handlers;
static bool ignores_ctrl_c;

static DWORD event_of(int signal_number)
{
    if (signal_number == SIGINT)
        return CTRL_C_EVENT;
    return signal_number == SIGQUIT ? CTRL_BREAK_EVENT : CTRL_CLOSE_EVENT;
}

/* The handlers as they are now, so that none runs under the lock. */
static unsigned copy_handlers(PHANDLER_ROUTINE ret_handlers[MAX_HANDLERS],
                              bool *ret_ignores)
{
    unsigned n;

    wsn_lock_take(&lock);
    n = n_handlers;
    memcpy(ret_handlers, handlers, sizeof handlers);
    *ret_ignores = ignores_ctrl_c;
    wsn_lock_give(&lock);
    return n;
}

static bool on_signal(int signal_number)
{
    DWORD event = event_of(signal_number);
    PHANDLER_ROUTINE copy[MAX_HANDLERS];
    bool ignores;
    unsigned n = copy_handlers(copy, &ignores);

    if (event == CTRL_C_EVENT && ignores)
        return true;
    while (n > 0) {
        if (copy[--n](event))
            return true;
    }
    return false;
}

static BOOL add_handler(PHANDLER_ROUTINE handler)
{
    bool has_room;

    wsn_lock_take(&lock);
    has_room = n_handlers < MAX_HANDLERS;
    if (has_room)
        handlers[n_handlers++] = handler;
    wsn_lock_give(&lock);
    return has_room || wc_fail(ERROR_NOT_ENOUGH_MEMORY);
}

static BOOL remove_handler(PHANDLER_ROUTINE handler)
{
    unsigned i;

    wsn_lock_take(&lock);
    for (i = n_handlers; i > 0 && handlers[i - 1] != handler; i--)
        continue;
    if (i > 0) {
        n_handlers--;
        memmove(&handlers[i - 1], &handlers[i],
                (n_handlers - (i - 1)) * sizeof *handlers);
    }
    wsn_lock_give(&lock);
    return i > 0 || wc_fail(ERROR_INVALID_PARAMETER);
}

static BOOL ignore_ctrl_c(bool ignores)
{
    wsn_lock_take(&lock);
    ignores_ctrl_c = ignores;
    wsn_lock_give(&lock);
    return TRUE;
}

BOOL WINAPI SetConsoleCtrlHandler(PHANDLER_ROUTINE handler, BOOL add)
{
    if (add && !wc_signals_watch(WC_WATCH_CONSOLE, on_signal))
        return wc_fail(ERROR_NOT_ENOUGH_MEMORY);
    if (handler == NULL)
        return ignore_ctrl_c(add != FALSE);
    return add ? add_handler(handler) : remove_handler(handler);
}
