/*
 * processthreadsapi.h - other processes, and pipes to talk to them.
 *
 * A child inherits the standard handles, or those of STARTUPINFO, and nothing
 * else: a handle is a number of this process.  Programs, paths and variables
 * are those of the host.
 */
#ifndef WINSNMP_PROCESSTHREADSAPI_H
#define WINSNMP_PROCESSTHREADSAPI_H

#include "winbase.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Pipes ----------------------------------------------------------- */

#define HANDLE_FLAG_INHERIT 0x00000001

/*
 * Ends for ReadFile, WriteFile and CloseHandle.  Reading fails with
 * ERROR_BROKEN_PIPE when all writers have gone.  size is ignored.
 */
BOOL WINAPI CreatePipe(LPHANDLE ret_read, LPHANDLE ret_write,
                       LPSECURITY_ATTRIBUTES security, DWORD size)
    WC_SYMBOL(CreatePipe);

/* Of no effect: a child gets the handles that STARTUPINFO names. */
BOOL WINAPI SetHandleInformation(HANDLE handle, DWORD mask, DWORD flags)
    WC_SYMBOL(SetHandleInformation);
BOOL WINAPI GetHandleInformation(HANDLE handle, LPDWORD ret_flags)
    WC_SYMBOL(GetHandleInformation);

/* ---- Processes ------------------------------------------------------- */

#define STARTF_USESHOWWINDOW 0x00000001
#define STARTF_USESTDHANDLES 0x00000100

/* About windows and consoles: of no effect. */
#define DETACHED_PROCESS 0x00000008
#define CREATE_NEW_CONSOLE 0x00000010
#define NORMAL_PRIORITY_CLASS 0x00000020
#define CREATE_NEW_PROCESS_GROUP 0x00000200
#define CREATE_NO_WINDOW 0x08000000

typedef struct _STARTUPINFOA {
    DWORD cb;
    LPSTR lpReserved;
    LPSTR lpDesktop;
    LPSTR lpTitle;
    DWORD dwX;
    DWORD dwY;
    DWORD dwXSize;
    DWORD dwYSize;
    DWORD dwXCountChars;
    DWORD dwYCountChars;
    DWORD dwFillAttribute;
    DWORD dwFlags;
    WORD wShowWindow;
    WORD cbReserved2;
    BYTE *lpReserved2;
    HANDLE hStdInput;
    HANDLE hStdOutput;
    HANDLE hStdError;
} STARTUPINFOA, *LPSTARTUPINFOA;

typedef struct _PROCESS_INFORMATION {
    HANDLE hProcess;
    HANDLE hThread; /* another handle of the process */
    DWORD dwProcessId;
    DWORD dwThreadId;
} PROCESS_INFORMATION, *PPROCESS_INFORMATION, *LPPROCESS_INFORMATION;

/*
 * command is taken apart as the C library of Windows does it.  A program
 * without a slash is looked for in PATH, unless it comes from application; a
 * relative one is relative to this process's directory, not to the child's.
 * With CREATE_SUSPENDED the child waits, having all it needs, for ResumeThread;
 * if the file then turns out to be no program, its exit code is 127.
 */
BOOL WINAPI CreateProcessA(LPCSTR application, LPSTR command,
                           LPSECURITY_ATTRIBUTES process_security,
                           LPSECURITY_ATTRIBUTES thread_security, BOOL inherit,
                           DWORD flags, LPVOID environment, LPCSTR directory,
                           LPSTARTUPINFOA startup,
                           LPPROCESS_INFORMATION ret_information)
    WC_SYMBOL(CreateProcessA);

/* A child that a signal ended has the code 128 and the signal's number. */
BOOL WINAPI GetExitCodeProcess(HANDLE process, LPDWORD ret_exit_code)
    WC_SYMBOL(GetExitCodeProcess);
BOOL WINAPI TerminateProcess(HANDLE process, UINT exit_code)
    WC_SYMBOL(TerminateProcess);

typedef STARTUPINFOA STARTUPINFO;
typedef LPSTARTUPINFOA LPSTARTUPINFO;
#define CreateProcess CreateProcessA

#ifdef __cplusplus
}
#endif

#endif
