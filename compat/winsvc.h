/*
 * winsvc.h - services that run in the foreground.
 *
 * StartServiceCtrlDispatcher runs the services' main functions at once, as
 * init systems like it; SIGTERM and SIGINT become SERVICE_CONTROL_STOP.
 * Installing services is the init system's business: there is no service
 * control manager to open, and the functions that need one say so.
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

/* ---- The service control manager, which there is none of ------------- */

#define SERVICES_ACTIVE_DATABASEA "ServicesActive"
#define SERVICES_FAILED_DATABASEA "ServicesFailed"
#define SERVICES_ACTIVE_DATABASE SERVICES_ACTIVE_DATABASEA
#define SERVICES_FAILED_DATABASE SERVICES_FAILED_DATABASEA

#define SC_MANAGER_CONNECT 0x0001
#define SC_MANAGER_CREATE_SERVICE 0x0002
#define SC_MANAGER_ENUMERATE_SERVICE 0x0004
#define SC_MANAGER_LOCK 0x0008
#define SC_MANAGER_QUERY_LOCK_STATUS 0x0010
#define SC_MANAGER_MODIFY_BOOT_CONFIG 0x0020
#define SC_MANAGER_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | 0x3F)

#define SERVICE_QUERY_CONFIG 0x0001
#define SERVICE_CHANGE_CONFIG 0x0002
#define SERVICE_QUERY_STATUS 0x0004
#define SERVICE_ENUMERATE_DEPENDENTS 0x0008
#define SERVICE_START 0x0010
#define SERVICE_STOP 0x0020
#define SERVICE_PAUSE_CONTINUE 0x0040
#define SERVICE_INTERROGATE 0x0080
#define SERVICE_USER_DEFINED_CONTROL 0x0100
#define SERVICE_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | 0x1FF)

#define SERVICE_BOOT_START 0x00000000
#define SERVICE_SYSTEM_START 0x00000001
#define SERVICE_AUTO_START 0x00000002
#define SERVICE_DEMAND_START 0x00000003
#define SERVICE_DISABLED 0x00000004

#define SERVICE_ERROR_IGNORE 0x00000000
#define SERVICE_ERROR_NORMAL 0x00000001
#define SERVICE_ERROR_SEVERE 0x00000002
#define SERVICE_ERROR_CRITICAL 0x00000003

#define SERVICE_NO_CHANGE 0xFFFFFFFF
#define SERVICE_ACTIVE 0x00000001
#define SERVICE_INACTIVE 0x00000002
#define SERVICE_STATE_ALL (SERVICE_ACTIVE | SERVICE_INACTIVE)

#define SERVICE_CONFIG_DESCRIPTION 1
#define SERVICE_CONFIG_FAILURE_ACTIONS 2
#define SERVICE_CONFIG_DELAYED_AUTO_START_INFO 3

DECLARE_HANDLE(SC_HANDLE);
typedef SC_HANDLE *LPSC_HANDLE;

typedef enum _SC_STATUS_TYPE { SC_STATUS_PROCESS_INFO = 0 } SC_STATUS_TYPE;

typedef struct _SERVICE_STATUS_PROCESS {
    DWORD dwServiceType;
    DWORD dwCurrentState;
    DWORD dwControlsAccepted;
    DWORD dwWin32ExitCode;
    DWORD dwServiceSpecificExitCode;
    DWORD dwCheckPoint;
    DWORD dwWaitHint;
    DWORD dwProcessId;
    DWORD dwServiceFlags;
} SERVICE_STATUS_PROCESS, *LPSERVICE_STATUS_PROCESS;

typedef struct _QUERY_SERVICE_CONFIGA {
    DWORD dwServiceType;
    DWORD dwStartType;
    DWORD dwErrorControl;
    LPSTR lpBinaryPathName;
    LPSTR lpLoadOrderGroup;
    DWORD dwTagId;
    LPSTR lpDependencies;
    LPSTR lpServiceStartName;
    LPSTR lpDisplayName;
} QUERY_SERVICE_CONFIGA, *LPQUERY_SERVICE_CONFIGA;

typedef struct _ENUM_SERVICE_STATUSA {
    LPSTR lpServiceName;
    LPSTR lpDisplayName;
    SERVICE_STATUS ServiceStatus;
} ENUM_SERVICE_STATUSA, *LPENUM_SERVICE_STATUSA;

typedef struct _SERVICE_DESCRIPTIONA {
    LPSTR lpDescription;
} SERVICE_DESCRIPTIONA, *LPSERVICE_DESCRIPTIONA;

typedef struct _SERVICE_DELAYED_AUTO_START_INFO {
    BOOL fDelayedAutostart;
} SERVICE_DELAYED_AUTO_START_INFO, *LPSERVICE_DELAYED_AUTO_START_INFO;

typedef enum _SC_ACTION_TYPE {
    SC_ACTION_NONE = 0,
    SC_ACTION_RESTART = 1,
    SC_ACTION_REBOOT = 2,
    SC_ACTION_RUN_COMMAND = 3
} SC_ACTION_TYPE;

typedef struct _SC_ACTION {
    SC_ACTION_TYPE Type;
    DWORD Delay;
} SC_ACTION, *LPSC_ACTION;

typedef struct _SERVICE_FAILURE_ACTIONSA {
    DWORD dwResetPeriod;
    LPSTR lpRebootMsg;
    LPSTR lpCommand;
    DWORD cActions;
    SC_ACTION *lpsaActions;
} SERVICE_FAILURE_ACTIONSA, *LPSERVICE_FAILURE_ACTIONSA;

/*
 * Returns NULL.  The last error is ERROR_DATABASE_DOES_NOT_EXIST; but
 * ERROR_INVALID_NAME for a database that Windows has not either, and
 * RPC_S_SERVER_UNAVAILABLE for another machine.
 */
SC_HANDLE WINAPI OpenSCManagerA(LPCSTR machine, LPCSTR database, DWORD access)
    WC_SYMBOL(OpenSCManagerA);

/*
 * No value is a handle of theirs, so all of these fail with
 * ERROR_INVALID_HANDLE and write nothing.
 */
SC_HANDLE WINAPI CreateServiceA(SC_HANDLE manager, LPCSTR name,
                                LPCSTR display_name, DWORD access, DWORD type,
                                DWORD start, DWORD error_control, LPCSTR path,
                                LPCSTR group, LPDWORD ret_tag,
                                LPCSTR dependencies, LPCSTR account,
                                LPCSTR password) WC_SYMBOL(CreateServiceA);
SC_HANDLE WINAPI OpenServiceA(SC_HANDLE manager, LPCSTR name, DWORD access)
    WC_SYMBOL(OpenServiceA);
BOOL WINAPI CloseServiceHandle(SC_HANDLE handle) WC_SYMBOL(CloseServiceHandle);
BOOL WINAPI DeleteService(SC_HANDLE service) WC_SYMBOL(DeleteService);
BOOL WINAPI StartServiceA(SC_HANDLE service, DWORD argc, LPCSTR *argv)
    WC_SYMBOL(StartServiceA);
BOOL WINAPI ControlService(SC_HANDLE service, DWORD control,
                           LPSERVICE_STATUS ret_status)
    WC_SYMBOL(ControlService);
BOOL WINAPI QueryServiceStatus(SC_HANDLE service, LPSERVICE_STATUS ret_status)
    WC_SYMBOL(QueryServiceStatus);
BOOL WINAPI QueryServiceStatusEx(SC_HANDLE service, SC_STATUS_TYPE level,
                                 LPBYTE ret_status, DWORD room,
                                 LPDWORD ret_needed)
    WC_SYMBOL(QueryServiceStatusEx);
BOOL WINAPI QueryServiceConfigA(SC_HANDLE service,
                                LPQUERY_SERVICE_CONFIGA ret_config, DWORD room,
                                LPDWORD ret_needed)
    WC_SYMBOL(QueryServiceConfigA);
BOOL WINAPI QueryServiceConfig2A(SC_HANDLE service, DWORD level,
                                 LPBYTE ret_config, DWORD room,
                                 LPDWORD ret_needed)
    WC_SYMBOL(QueryServiceConfig2A);
BOOL WINAPI ChangeServiceConfigA(SC_HANDLE service, DWORD type, DWORD start,
                                 DWORD error_control, LPCSTR path, LPCSTR group,
                                 LPDWORD ret_tag, LPCSTR dependencies,
                                 LPCSTR account, LPCSTR password,
                                 LPCSTR display_name)
    WC_SYMBOL(ChangeServiceConfigA);
BOOL WINAPI ChangeServiceConfig2A(SC_HANDLE service, DWORD level, LPVOID config)
    WC_SYMBOL(ChangeServiceConfig2A);
BOOL WINAPI EnumDependentServicesA(SC_HANDLE service, DWORD state,
                                   LPENUM_SERVICE_STATUSA ret_services,
                                   DWORD room, LPDWORD ret_needed,
                                   LPDWORD ret_count)
    WC_SYMBOL(EnumDependentServicesA);
BOOL WINAPI EnumServicesStatusA(SC_HANDLE manager, DWORD type, DWORD state,
                                LPENUM_SERVICE_STATUSA ret_services, DWORD room,
                                LPDWORD ret_needed, LPDWORD ret_count,
                                LPDWORD resume) WC_SYMBOL(EnumServicesStatusA);

typedef QUERY_SERVICE_CONFIGA QUERY_SERVICE_CONFIG, *LPQUERY_SERVICE_CONFIG;
typedef ENUM_SERVICE_STATUSA ENUM_SERVICE_STATUS, *LPENUM_SERVICE_STATUS;
typedef SERVICE_DESCRIPTIONA SERVICE_DESCRIPTION, *LPSERVICE_DESCRIPTION;
typedef SERVICE_FAILURE_ACTIONSA SERVICE_FAILURE_ACTIONS;
typedef LPSERVICE_FAILURE_ACTIONSA LPSERVICE_FAILURE_ACTIONS;
#define OpenSCManager OpenSCManagerA
#define CreateService CreateServiceA
#define OpenService OpenServiceA
#define StartService StartServiceA
#define QueryServiceConfig QueryServiceConfigA
#define QueryServiceConfig2 QueryServiceConfig2A
#define ChangeServiceConfig ChangeServiceConfigA
#define ChangeServiceConfig2 ChangeServiceConfig2A
#define EnumDependentServices EnumDependentServicesA
#define EnumServicesStatus EnumServicesStatusA

#ifdef __cplusplus
}
#endif

#endif
