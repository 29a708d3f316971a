#!/bin/sh
# neighbours.sh - a process may hold this library and another one with Win32
# functions: FreeRDP's WinPR, which has those of kernel32, and unixODBC.  Each
# keeps its own, whichever the linker sees first.

. "${top_srcdir:-.}/tests/support/tap.sh"
. "$srcdir/tests/support/netsnmp.sh"

library=$builddir/.libs
[ -f "$library/libwinsnmp.so" ] || skip_all 'no shared library was built'

# ---- our half of each program ------------------------------------------------

# A request to a port where nobody is, awaited with an event; a message to a
# window; and what becomes of the event of somebody else.  The headers of two
# Win32 layers cannot meet in one file.
cat >"$work/ours.c" <<'END'
#include <winsnmp.h>
#include <stdint.h>

static HANDLE answered;

static SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION session, HWND window,
                                        UINT message, WPARAM event,
                                        LPARAM id, LPVOID data)
{
    (void)session, (void)window, (void)message, (void)id;
    *(WPARAM *)data = event;
    SetEvent(answered);
    return SNMPAPI_SUCCESS;
}

static int ask(void)
{
    WPARAM event = 0;
    smiBYTE name[] = "public";
    smiOCTETS community = {6, name};
    smiUINT32 n;
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;
    HSNMP_PDU pdu;

    answered = CreateEvent(NULL, TRUE, FALSE, NULL);
    if (!SnmpStartup(&n, &n, &n, &n, &n))
        return 1;
    session = SnmpCreateSession(NULL, 0, on_event, &event);
    agent = SnmpStrToEntity(session, "127.0.0.1");
    SnmpSetPort(agent, 9);
    SnmpSetTimeout(agent, 5);
    SnmpSetRetry(agent, 0);
    pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, 0);
    if (!SnmpSendMsg(session, 0, agent, SnmpStrToContext(session, &community),
                     pdu) ||
        WaitForSingleObject(answered, 20000) != WAIT_OBJECT_0)
        return 2;
    SnmpCleanup();
    return CloseHandle(answered) && event == SNMPAPI_TL_TIMEOUT ? 0 : 3;
}

static int post(void)
{
    MSG message;
    WNDCLASS info = {0};
    HWND window;

    info.lpfnWndProc = DefWindowProc;
    info.lpszClassName = "neighbour";
    RegisterClass(&info);
    window = CreateWindow("neighbour", "", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL,
                          NULL, NULL);
    return PostMessage(window, WM_USER, 7, 0) &&
                   GetMessage(&message, window, 0, 0) > 0 && message.wParam == 7
               ? 0
               : 4;
}

int ours(void)
{
    int code = ask();

    return code != 0 ? code : post();
}

/* A handle of somebody else is none of ours. */
int refuses(void *foreign)
{
    return WaitForSingleObject(foreign, 0) == WAIT_FAILED &&
           GetLastError() == ERROR_INVALID_HANDLE && !CloseHandle(foreign);
}

void set_error(unsigned code)
{
    SetLastError(code);
}

unsigned error(void)
{
    return GetLastError();
}

uintptr_t address(void)
{
    return (uintptr_t)&CreateEventA;
}
END

cat >"$work/ours.h" <<'END'
#include <stdint.h>
int ours(void);
int refuses(void *foreign);
void set_error(unsigned code);
unsigned error(void);
uintptr_t address(void);
END

# Linked in both orders.  built PACKAGE - builds $work/PACKAGE.c into $work/first and $work/last.
built()
{
    flags=$(pkg-config --cflags "$1") && libraries=$(pkg-config --libs "$1") &&
        ${CC:-cc} -Wall -Wextra -Werror $ours -c "$work/ours.c" \
            -o "$work/ours.o" &&
        ${CC:-cc} -Wall -I "$work" $flags -c "$work/$1.c" -o "$work/$1.o" ||
        return 1
    own="-L $library -Wl,-rpath,$library -lwinsnmp"
    ${CC:-cc} "$work/ours.o" "$work/$1.o" -Wl,--no-as-needed $own \
        $libraries -pthread -o "$work/first" &&
        ${CC:-cc} "$work/ours.o" "$work/$1.o" -Wl,--no-as-needed $libraries \
            $own -pthread -o "$work/last"
}

# exported LIBRARY - its names, by the dynamic linker's symbols.
exported()
{
    "${NM:-nm}" -D --defined-only "$1" |
        awk '{ sub(/@.*/, "", $NF); print $NF }' | LC_ALL=C sort -u
}

# The library of that name that the program was linked with.
has_no_common_name()
{
    theirs=$(ldd "$work/first" | awk -v name="lib$1." '
        index($1, name) == 1 { print $3 }')
    [ -f "$theirs" ] || return 1
    exported "$theirs" >"$work/theirs"
    exported "$library/libwinsnmp.so" >"$work/ours"
    [ -s "$work/theirs" ] && [ -s "$work/ours" ] || return 1
    comm -12 "$work/ours" "$work/theirs" >"$work/common"
    cat "$work/common"
    [ ! -s "$work/common" ]
}

# neighbour PACKAGE NAME
neighbour()
{
    if ! pkg-config --exists "$1"; then
        skip "$2 is not installed"
        return
    fi
    check "a program is built with $2" built "$1"
    for order in first last; do
        check "each has its own, ours $order" gives 0 timeout 60 "$work/$order"
    done
    check 'no symbol is in both' has_no_common_name "$1"
    rm -f "$work/first" "$work/last"
}

# ---- WinPR ---------------------------------------------------------------------

cat >"$work/winpr2.c" <<'END'
#include "ours.h"
#include <winpr/error.h>
#include <winpr/handle.h>
#include <winpr/synch.h>
#include <winpr/thread.h>

static DWORD WINAPI set(LPVOID event)
{
    SetEvent(event);
    return 5;
}

static int theirs(HANDLE event)
{
    HANDLE thread = CreateThread(NULL, 0, set, event, 0, NULL);
    DWORD code = 0;

    if (WaitForSingleObject(event, 20000) != WAIT_OBJECT_0 ||
        WaitForSingleObject(thread, 20000) != WAIT_OBJECT_0)
        return 10;
    GetExitCodeThread(thread, &code);
    return CloseHandle(thread) && code == 5 ? 0 : 11;
}

int main(void)
{
    HANDLE event = CreateEventA(NULL, TRUE, FALSE, NULL);
    int code = ours();

    if (code == 0)
        code = theirs(event);
    if (code == 0)
        code = ours();
    if (code != 0)
        return code;
    if (!refuses(event) || WaitForSingleObject(event, 0) != WAIT_OBJECT_0)
        return 12;
    set_error(6);
    SetLastError(7);
    if (error() != 6 || GetLastError() != 7)
        return 13;
    if (address() == (uintptr_t)&CreateEventA)
        return 14;
    return CloseHandle(event) ? 0 : 15;
}
END
if pkg-config --exists winpr3; then
    mv "$work/winpr2.c" "$work/winpr3.c"
    neighbour winpr3 "FreeRDP's WinPR"
else
    neighbour winpr2 "FreeRDP's WinPR"
fi

# ---- unixODBC --------------------------------------------------------------------

cat >"$work/odbc.c" <<'END'
#include "ours.h"
#include <stddef.h>
#include <sql.h>
#include <sqlext.h>

static int theirs(SQLHENV environment)
{
    SQLCHAR name[100], attributes[100];
    SQLSMALLINT n, m;
    SQLHDBC connection;
    SQLRETURN code = SQLDrivers(environment, SQL_FETCH_FIRST, name, sizeof name,
                                &n, attributes, sizeof attributes, &m);

    if (code != SQL_NO_DATA && !SQL_SUCCEEDED(code))
        return 10;
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, environment,
                                      &connection)))
        return 11;
    code = SQLConnect(connection, (SQLCHAR *)"nowhere", SQL_NTS, NULL, 0, NULL,
                      0);
    SQLFreeHandle(SQL_HANDLE_DBC, connection);
    return code == SQL_ERROR ? 0 : 12;
}

int main(void)
{
    SQLHENV environment;
    int code = ours();

    if (code != 0)
        return code;
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE,
                                      &environment)))
        return 13;
    SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (void *)SQL_OV_ODBC3, 0);
    code = theirs(environment);
    if (code == 0)
        code = ours();
    if (code == 0 && !refuses(environment))
        code = 14;
    SQLFreeHandle(SQL_HANDLE_ENV, environment);
    return code;
}
END
neighbour odbc unixODBC

finish
