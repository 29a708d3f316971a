/*
 * printer.c - see winspool.h.
 */
#include <stdbool.h>

#include "error.h"
#include "winspool.h"

static bool is_level(DWORD level)
{
    return level == 1 || level == 2 || level == 4 || level == 5;
}

static BOOL give_none(DWORD level, LPDWORD ret_needed, LPDWORD ret_count)
{
    if (ret_needed == NULL || ret_count == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (!is_level(level))
        return wc_fail(ERROR_INVALID_LEVEL);
    *ret_needed = 0;
    *ret_count = 0;
    return TRUE;
}

BOOL WINAPI EnumPrintersA(DWORD flags, LPSTR name, DWORD level,
                          LPBYTE ret_printers, DWORD room, LPDWORD ret_needed,
                          LPDWORD ret_count)
{
    (void)flags;
    (void)name;
    (void)ret_printers;
    (void)room;
    return give_none(level, ret_needed, ret_count);
}

BOOL WINAPI EnumPrintersW(DWORD flags, LPWSTR name, DWORD level,
                          LPBYTE ret_printers, DWORD room, LPDWORD ret_needed,
                          LPDWORD ret_count)
{
    (void)flags;
    (void)name;
    (void)ret_printers;
    (void)room;
    return give_none(level, ret_needed, ret_count);
}
