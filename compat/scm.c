/*
 * scm.c - see winsvc.h: the functions that talk to a service control manager.
 *
 * The host's init system cannot be asked in these terms, so there is nothing
 * to open.  Of the codes that OpenSCManager is documented to give,
 * ERROR_DATABASE_DOES_NOT_EXIST says just that: a program prints it when asked
 * to install itself, and takes a service that it looks for as not running.
 */
#include <stdbool.h>

#include "error.h"
#include "wincrt.h"
#include "winsvc.h"

static bool is_local(LPCSTR machine)
{
    return machine == NULL || *machine == '\0';
}

static bool is_database(LPCSTR name)
{
    return name == NULL || _stricmp(name, SERVICES_ACTIVE_DATABASEA) == 0 ||
           _stricmp(name, SERVICES_FAILED_DATABASEA) == 0;
}

SC_HANDLE WINAPI OpenSCManagerA(LPCSTR machine, LPCSTR database, DWORD access)
{
    (void)access;
    if (!is_local(machine))
        wc_fail(RPC_S_SERVER_UNAVAILABLE);
    else if (!is_database(database))
        wc_fail(ERROR_INVALID_NAME);
    else
        wc_fail(ERROR_DATABASE_DOES_NOT_EXIST);
    return NULL;
}

/* ---- What needs a handle --------------------------------------------- */

/* They do not look at what they are given. */
#pragma GCC diagnostic ignored "-Wunused-parameter"

static BOOL refuse(void)
{
    return wc_fail(ERROR_INVALID_HANDLE);
}

static SC_HANDLE refuse_handle(void)
{
    (void)refuse();
    return NULL;
}

SC_HANDLE WINAPI CreateServiceA(SC_HANDLE manager, LPCSTR name,
                                LPCSTR display_name, DWORD access, DWORD type,
                                DWORD start, DWORD error_control, LPCSTR path,
                                LPCSTR group, LPDWORD ret_tag,
                                LPCSTR dependencies, LPCSTR account,
                                LPCSTR password)
{
    return refuse_handle();
}

SC_HANDLE WINAPI OpenServiceA(SC_HANDLE manager, LPCSTR name, DWORD access)
{
    return refuse_handle();
}

BOOL WINAPI CloseServiceHandle(SC_HANDLE handle)
{
    return refuse();
}

BOOL WINAPI DeleteService(SC_HANDLE service)
{
    return refuse();
}

BOOL WINAPI StartServiceA(SC_HANDLE service, DWORD argc, LPCSTR *argv)
{
    return refuse();
}

BOOL WINAPI ControlService(SC_HANDLE service, DWORD control,
                           LPSERVICE_STATUS ret_status)
{
    return refuse();
}

BOOL WINAPI QueryServiceStatus(SC_HANDLE service, LPSERVICE_STATUS ret_status)
{
    return refuse();
}

BOOL WINAPI QueryServiceStatusEx(SC_HANDLE service, SC_STATUS_TYPE level,
                                 LPBYTE ret_status, DWORD room,
                                 LPDWORD ret_needed)
{
    return refuse();
}

BOOL WINAPI QueryServiceConfigA(SC_HANDLE service,
                                LPQUERY_SERVICE_CONFIGA ret_config, DWORD room,
                                LPDWORD ret_needed)
{
    return refuse();
}

BOOL WINAPI QueryServiceConfig2A(SC_HANDLE service, DWORD level,
                                 LPBYTE ret_config, DWORD room,
                                 LPDWORD ret_needed)
{
    return refuse();
}

BOOL WINAPI ChangeServiceConfigA(SC_HANDLE service, DWORD type, DWORD start,
                                 DWORD error_control, LPCSTR path, LPCSTR group,
                                 LPDWORD ret_tag, LPCSTR dependencies,
                                 LPCSTR account, LPCSTR password,
                                 LPCSTR display_name)
{
    return refuse();
}

BOOL WINAPI ChangeServiceConfig2A(SC_HANDLE service, DWORD level, LPVOID config)
{
    return refuse();
}

BOOL WINAPI EnumDependentServicesA(SC_HANDLE service, DWORD state,
                                   LPENUM_SERVICE_STATUSA ret_services,
                                   DWORD room, LPDWORD ret_needed,
                                   LPDWORD ret_count)
{
    return refuse();
}

BOOL WINAPI EnumServicesStatusA(SC_HANDLE manager, DWORD type, DWORD state,
                                LPENUM_SERVICE_STATUSA ret_services, DWORD room,
                                LPDWORD ret_needed, LPDWORD ret_count,
                                LPDWORD resume)
{
    return refuse();
}
