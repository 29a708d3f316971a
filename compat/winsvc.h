/*
 * winsvc.h - services that run in the foreground.
 *
 * StartServiceCtrlDispatcher runs the services' main functions at once, as
 * init systems like it; SIGTERM and SIGINT become SERVICE_CONTROL_STOP.
 * Installing services is the init system's business and not offered.
 */
#ifndef WINSNMP_WINSVC_H
#define WINSNMP_WINSVC_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SERVICE_WIN32_OWN_PROCESS 0x00000010
#define SERVICE_WIN32_SHARE_PROCESS 0x00000020
#define SERVICE_WIN32 (SERVICE_WIN32_OWN_PROCESS | SERVICE_WIN32_SHARE_PROCESS)
#define SERVICE_INTERACTIVE_PROCESS 0x00000100

#define SERVICE_CONTROL_STOP 0x00000001
#define SERVICE_CONTROL_PAUSE 0x00000002
#define SERVICE_CONTROL_CONTINUE 0x00000003
#define SERVICE_CONTROL_INTERROGATE 0x00000004
#define SERVICE_CONTROL_SHUTDOWN 0x00000005

#define SERVICE_STOPPED 0x00000001
#define SERVICE_START_PENDING 0x00000002
#define SERVICE_STOP_PENDING 0x00000003
#define SERVICE_RUNNING 0x00000004
#define SERVICE_CONTINUE_PENDING 0x00000005
#define SERVICE_PAUSE_PENDING 0x00000006
#define SERVICE_PAUSED 0x00000007

#define SERVICE_ACCEPT_STOP 0x00000001
#define SERVICE_ACCEPT_PAUSE_CONTINUE 0x00000002
#define SERVICE_ACCEPT_SHUTDOWN 0x00000004

DECLARE_HANDLE(SERVICE_STATUS_HANDLE);

typedef struct _SERVICE_STATUS {
    DWORD dwServiceType;
    DWORD dwCurrentState;
    DWORD dwControlsAccepted;
    DWORD dwWin32ExitCode;
    DWORD dwServiceSpecificExitCode;
    DWORD dwCheckPoint;
    DWORD dwWaitHint;
} SERVICE_STATUS, *LPSERVICE_STATUS;

typedef VOID(WINAPI *LPSERVICE_MAIN_FUNCTIONA)(DWORD argc, LPSTR *argv);
typedef VOID(WINAPI *LPHANDLER_FUNCTION)(DWORD control);
typedef DWORD(WINAPI *LPHANDLER_FUNCTION_EX)(DWORD control, DWORD event_type,
                                             LPVOID event_data, LPVOID context);

typedef struct _SERVICE_TABLE_ENTRYA {
    LPSTR lpServiceName;
    LPSERVICE_MAIN_FUNCTIONA lpServiceProc;
} SERVICE_TABLE_ENTRYA, *LPSERVICE_TABLE_ENTRYA;

/*
 * Runs the services of the table, which ends with an entry of NULLs, each on
 * a thread of its own; at most 16.  Returns when all have stopped: each has
 * set the state SERVICE_STOPPED, or has ended without registering a handler.
 */
BOOL WINAPI StartServiceCtrlDispatcherA(CONST SERVICE_TABLE_ENTRYA *table)
    WC_SYMBOL(StartServiceCtrlDispatcherA);

/* Handlers are called on the thread of the dispatcher. */
SERVICE_STATUS_HANDLE WINAPI
RegisterServiceCtrlHandlerA(LPCSTR name, LPHANDLER_FUNCTION handler)
    WC_SYMBOL(RegisterServiceCtrlHandlerA);
SERVICE_STATUS_HANDLE WINAPI RegisterServiceCtrlHandlerExA(
    LPCSTR name, LPHANDLER_FUNCTION_EX handler, LPVOID context)
    WC_SYMBOL(RegisterServiceCtrlHandlerExA);
BOOL WINAPI SetServiceStatus(SERVICE_STATUS_HANDLE service,
                             LPSERVICE_STATUS status)
    WC_SYMBOL(SetServiceStatus);

typedef SERVICE_TABLE_ENTRYA SERVICE_TABLE_ENTRY, *LPSERVICE_TABLE_ENTRY;
typedef LPSERVICE_MAIN_FUNCTIONA LPSERVICE_MAIN_FUNCTION;
#define StartServiceCtrlDispatcher StartServiceCtrlDispatcherA
#define RegisterServiceCtrlHandler RegisterServiceCtrlHandlerA
#define RegisterServiceCtrlHandlerEx RegisterServiceCtrlHandlerExA

#ifdef __cplusplus
}
#endif

#endif
