/*
 * console.c - see wincon.h.
 */
#include <signal.h>
#include <stdbool.h>
#include <string.h>

#include "error.h"
#include "sigwatch.h"
#include "wincon.h"

#include "base/lock.h"

/* ---- The console ------------------------------------------------------ */

BOOL WINAPI AllocConsole(void)
{
    return TRUE;
}

BOOL WINAPI FreeConsole(void)
{
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
