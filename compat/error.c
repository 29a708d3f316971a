/*
 * error.c - see error.h; also the clock of GetTickCount.
 */
#include "error.h"

#include "winbase.h"

#include "base/clock.h"

static _Thread_local DWORD last_error;

BOOL wc_fail(DWORD code)
{
    last_error = code;
    return FALSE;
}

DWORD WINAPI GetLastError(void)
{
    return last_error;
}

VOID WINAPI SetLastError(DWORD code)
{
    last_error = code;
}

DWORD WINAPI GetTickCount(void)
{
    return (DWORD)wsn_clock_ms();
}

ULONGLONG WINAPI GetTickCount64(void)
{
    return wsn_clock_ms();
}
