#!/bin/sh
# win32_values.sh - the constants and structures of compat are those of
# Windows.
#
# A program compiled with our headers writes down every number that they
# define, and the layouts that programs may rely on; the cross compiler then
# holds these against mingw-w64's headers, without running anything.

. "${top_srcdir:-.}/tests/support/tap.sh"

cross=${MINGW_CC:-x86_64-w64-mingw32-gcc}
command -v "$cross" >/dev/null 2>&1 || skip_all "$cross is not installed"

# Of Windows 7, which GetVersion says it is.
theirs="$cross -std=gnu11 -D_WIN32_WINNT=0x0601 -fsyntax-only"

# What differs on purpose: paths are those of the host, and sockets are, too.
differs='INVALID_SOCKET|INADDR_NONE|errno|WINVER|_WIN32_WINNT'

# Macros that are numbers: no parameters, no text, and no pointers.
cd "$srcdir/compat" || exit 1
sed -n '/^compat_public_headers/,/[^\\]$/s|.*compat/\([A-Za-z0-9]*\.h\).*|\1|p' \
    Makefile.inc >"$work/headers"
sed -n -e :join -e '/\\$/{N;s/\\\n//;b join' -e '}' \
    -e '/HANDLE)\|HWND)\|(HKEY/d' \
    -e 's/^#define \([A-Z_][A-Za-z0-9_]*\) \{1,\}[-(0-9].*/\1/p' \
    $(cat "$work/headers") | grep -vxE "$differs" | sort -u >"$work/constants"
cd "$OLDPWD" || exit 1
[ "$(wc -l <"$work/constants")" -gt 300 ]
report $? 'our headers were understood'

structures='SYSTEMTIME FILETIME OSVERSIONINFOA OSVERSIONINFOEXA
    SERVICE_STATUS SERVICE_TABLE_ENTRYA LARGE_INTEGER ULARGE_INTEGER POINT
    SIZE RECT MSG WNDCLASSA WNDCLASSEXA CREATESTRUCTA SECURITY_ATTRIBUTES
    STARTUPINFOA PROCESS_INFORMATION WIN32_FIND_DATAA
    SERVICE_STATUS_PROCESS QUERY_SERVICE_CONFIGA ENUM_SERVICE_STATUSA
    SERVICE_DESCRIPTIONA SERVICE_FAILURE_ACTIONSA SC_ACTION
    SERVICE_DELAYED_AUTO_START_INFO PRINTER_INFO_1A PRINTER_INFO_2W
    PRINTER_INFO_4W PRINTER_INFO_5A
    DWORD LONG ULONG UINT INT BOOL WORD BYTE SHORT LONGLONG ULONGLONG HANDLE
    WPARAM LPARAM LRESULT LONG_PTR SIZE_T HRESULT'
members='PRINTER_INFO_2W.Attributes SYSTEMTIME.wDayOfWeek SYSTEMTIME.wMilliseconds
    OSVERSIONINFOEXA.wProductType OSVERSIONINFOA.szCSDVersion
    SERVICE_STATUS_PROCESS.dwProcessId QUERY_SERVICE_CONFIGA.lpDisplayName
    ENUM_SERVICE_STATUSA.ServiceStatus SERVICE_STATUS.dwWaitHint SERVICE_STATUS.dwCurrentState
    LARGE_INTEGER.HighPart FILETIME.dwHighDateTime MSG.lParam MSG.time
    WNDCLASSA.lpszClassName WNDCLASSEXA.hIconSm CREATESTRUCTA.lpszClass
    CREATESTRUCTA.lpCreateParams STARTUPINFOA.dwFlags
    STARTUPINFOA.hStdError PROCESS_INFORMATION.dwThreadId
    WIN32_FIND_DATAA.nFileSizeLow WIN32_FIND_DATAA.cFileName'

includes='#include <winsock2.h>
#include <windows.h>
#include <winsvc.h>
#include <strsafe.h>
#include <stddef.h>
#include <stdio.h>'

{
    printf '%s\n' "$includes" 'int main(void) {'
    # As 32 bits: negative ones have other types here and there.  Some are for
    # hosts of 32 bits only.
    while read -r name; do
        echo "#ifdef $name"
        printf 'printf("_Static_assert((unsigned)(%s) == %%uu, \\"%s\\");\\n",' \
            "$name" "$name"
        printf '(unsigned)(%s));\n#endif\n' "$name"
    done <"$work/constants"
    for type in $structures; do
        printf 'printf("_Static_assert(sizeof(%s) == %%u, \\"%s\\");\\n",' \
            "$type" "$type"
        echo "(unsigned)sizeof($type));"
    done
    for member in $members; do
        where="offsetof(${member%%.*}, ${member#*.})"
        printf 'printf("_Static_assert(%s == %%u, \\"%s\\");\\n",' \
            "$where" "$where"
        echo "(unsigned)$where);"
    done
    printf '%s\n' 'return 0;' '}'
} >"$work/write.c"

written()
{
    ${CC:-cc} -I "$srcdir/compat" -o "$work/write" "$work/write.c" &&
        {
            echo "$includes"
            "$work/write"
        } >"$work/facts.c"
}
check 'our values can be written down' written

# The layouts are those of 64-bit Windows.
cat >"$work/wide.c" <<'TEXT'
_Static_assert(sizeof(void *) == 8, "64 bits");
TEXT
if ${CC:-cc} -fsyntax-only "$work/wide.c" 2>/dev/null; then
    check 'they are those of Windows' $theirs "$work/facts.c"
else
    skip 'this host has no pointers of 64 bits'
fi

sed 's/(unsigned)(WM_TIMER) == 275u/(unsigned)(WM_TIMER) == 276u/' \
    "$work/facts.c" >"$work/wrong.c"
! cmp -s "$work/facts.c" "$work/wrong.c" &&
    ! $theirs "$work/wrong.c" 2>/dev/null
report $? 'a wrong value would be noticed'

finish
