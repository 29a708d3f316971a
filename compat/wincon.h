/*
 * wincon.h - the standard handles and what a user types to end a program.
 *
 * There is always a console: the process's standard input, output and error,
 * be they a terminal, a pipe or a file.
 */
#ifndef WINSNMP_WINCON_H
#define WINSNMP_WINCON_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STD_INPUT_HANDLE ((DWORD)-10)
#define STD_OUTPUT_HANDLE ((DWORD)-11)
#define STD_ERROR_HANDLE ((DWORD)-12)

typedef struct _OVERLAPPED *LPOVERLAPPED; /* nobody defines it: only NULL */

HANDLE WINAPI GetStdHandle(DWORD which) WC_SYMBOL(GetStdHandle);
BOOL WINAPI AllocConsole(void) WC_SYMBOL(AllocConsole);
BOOL WINAPI FreeConsole(void) WC_SYMBOL(FreeConsole);

/* For the standard handles and pipes; bytes are passed as they are. */
BOOL WINAPI WriteFile(HANDLE handle, LPCVOID bytes, DWORD size,
                      LPDWORD ret_written, LPOVERLAPPED overlapped)
    WC_SYMBOL(WriteFile);
BOOL WINAPI ReadFile(HANDLE handle, LPVOID ret_bytes, DWORD room,
                     LPDWORD ret_read, LPOVERLAPPED overlapped)
    WC_SYMBOL(ReadFile);
BOOL WINAPI WriteConsoleA(HANDLE handle, CONST VOID *text, DWORD length,
                          LPDWORD ret_written, LPVOID reserved)
    WC_SYMBOL(WriteConsoleA);

/* ---- Ctrl+C and its like --------------------------------------------- */

#define CTRL_C_EVENT 0        /* SIGINT */
#define CTRL_BREAK_EVENT 1    /* SIGQUIT */
#define CTRL_CLOSE_EVENT 2    /* SIGTERM and SIGHUP */
#define CTRL_LOGOFF_EVENT 5   /* never comes */
#define CTRL_SHUTDOWN_EVENT 6 /* never comes */

typedef BOOL(WINAPI *PHANDLER_ROUTINE)(DWORD event);

/*
 * Handlers run on a thread of the library, the latest first, until one
 * returns TRUE; otherwise the signal ends the process.  After TRUE the
 * process goes on, also after CTRL_CLOSE_EVENT.  A handler of NULL with add
 * TRUE makes the process ignore Ctrl+C.
 */
BOOL WINAPI SetConsoleCtrlHandler(PHANDLER_ROUTINE handler, BOOL add)
    WC_SYMBOL(SetConsoleCtrlHandler);

#define WriteConsole WriteConsoleA

#ifdef __cplusplus
}
#endif

#endif
