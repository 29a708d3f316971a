/*
 * service.c - see winsvc.h.
 *
 * The dispatcher waits for two events, like a program would: a signal has
 * come, or a service has changed.
 */
#include <stdbool.h>

#include "error.h"
#include "sigwatch.h"
#include "wincrt.h"
#include "winsvc.h"

#include "base/lock.h"

#define MAX_SERVICES 16
#define MAX_NAME 257

struct service {
    char name[MAX_NAME];
    LPSERVICE_MAIN_FUNCTIONA main;
    LPHANDLER_FUNCTION handler;
    LPHANDLER_FUNCTION_EX handler_ex;
    LPVOID context;
    unsigned run;  /* the dispatcher's, so that late threads are known */
    bool was_told; /* that it shall stop */
    bool is_over;
};

/* Guards all that follow, except the events while the dispatcher runs. */
static struct wsn_lock lock = WSN_LOCK_INITIALIZER;
static struct service services[MAX_SERVICES];
static unsigned n_services;
static unsigned n_runs;
static bool is_dispatching;

static HANDLE must_stop; /* a signal has come */
static HANDLE changed;   /* a service may be over */

/* ---- What a service does --------------------------------------------- */

/* "If the service type is OWN_PROCESS, the name is ignored." */
static struct service *find_by_name(LPCSTR name)
{
    unsigned i;

    for (i = 0; i < n_services; i++) {
        if (n_services == 1 || _stricmp(services[i].name, name) == 0)
            return &services[i];
    }
    return NULL;
}

static struct service *find_by_handle(SERVICE_STATUS_HANDLE handle)
{
    unsigned i;

    for (i = 0; i < n_services; i++) {
        if ((void *)handle == &services[i])
            return &services[i];
    }
    return NULL;
}

static SERVICE_STATUS_HANDLE enter_handler(LPCSTR name,
                                           LPHANDLER_FUNCTION handler,
                                           LPHANDLER_FUNCTION_EX handler_ex,
                                           LPVOID context)
{
    struct service *service;

    wsn_lock_take(&lock);
    service = find_by_name(name != NULL ? name : "");
    if (service != NULL) {
        service->handler = handler;
        service->handler_ex = handler_ex;
        service->context = context;
    }
    wsn_lock_give(&lock);
    if (service == NULL)
        wc_fail(ERROR_SERVICE_DOES_NOT_EXIST);
    else
        (void)SetEvent(changed); /* it can be told now */
    return (SERVICE_STATUS_HANDLE)(void *)service;
}

SERVICE_STATUS_HANDLE WINAPI
RegisterServiceCtrlHandlerA(LPCSTR name, LPHANDLER_FUNCTION handler)
{
    return enter_handler(name, handler, NULL, NULL);
}

SERVICE_STATUS_HANDLE WINAPI RegisterServiceCtrlHandlerExA(
    LPCSTR name, LPHANDLER_FUNCTION_EX handler, LPVOID context)
{
    return enter_handler(name, NULL, handler, context);
}

BOOL WINAPI SetServiceStatus(SERVICE_STATUS_HANDLE service,
                             LPSERVICE_STATUS status)
{
    struct service *found;

    if (status == NULL)
        return wc_fail(ERROR_INVALID_DATA);
    wsn_lock_take(&lock);
    found = find_by_handle(service);
    if (found != NULL) {
        found->is_over |= status->dwCurrentState == SERVICE_STOPPED;
    }
    wsn_lock_give(&lock);
    if (found == NULL)
        return wc_fail(ERROR_INVALID_HANDLE);
    (void)SetEvent(changed);
    return TRUE;
}

/* ---- The threads of the services ------------------------------------- */

static DWORD WINAPI run_service(LPVOID parameter)
{
    struct service *service = parameter;
    LPSTR arguments[] = {service->name, NULL};
    unsigned run = service->run;

    service->main(1, arguments);
    wsn_lock_take(&lock);
    /* Without a handler it will never hear that it shall stop. */
    if (service->run == run && service->handler == NULL &&
        service->handler_ex == NULL)
        service->is_over = true;
    wsn_lock_give(&lock);
    (void)SetEvent(changed);
    return 0;
}

static bool start_service(struct service *service)
{
    HANDLE thread = CreateThread(NULL, 0, run_service, service, 0, NULL);

    return thread != NULL && CloseHandle(thread);
}

/* ---- The dispatcher -------------------------------------------------- */

static bool on_signal(int signal_number)
{
    (void)signal_number;
    return SetEvent(must_stop) != FALSE;
}

static void control(const struct service *service, DWORD code)
{
    if (service->handler_ex != NULL)
        (void)service->handler_ex(code, 0, NULL, service->context);
    else if (service->handler != NULL)
        service->handler(code);
}

static bool can_be_told(const struct service *service)
{
    return !service->is_over && !service->was_told &&
           (service->handler != NULL || service->handler_ex != NULL);
}

/* A service that is still starting is told when it has a handler. */
static void stop_all(void)
{
    unsigned i;

    for (i = 0; i < n_services; i++) {
        struct service now;
        bool tells;

        wsn_lock_take(&lock);
        now = services[i];
        tells = can_be_told(&now);
        services[i].was_told |= tells;
        wsn_lock_give(&lock);
        if (tells)
            control(&now, SERVICE_CONTROL_STOP);
    }
}

static bool all_are_over(void)
{
    unsigned n_over = 0;
    unsigned i;

    wsn_lock_take(&lock);
    for (i = 0; i < n_services; i++)
        n_over += services[i].is_over;
    wsn_lock_give(&lock);
    return n_over == n_services;
}

static void dispatch(void)
{
    HANDLE events[2];
    bool stops = false;

    events[0] = must_stop;
    events[1] = changed;
    while (!all_are_over()) {
        stops |=
            WaitForMultipleObjects(2, events, FALSE, INFINITE) == WAIT_OBJECT_0;
        if (stops)
            stop_all();
    }
}

/* Copies the table; the number of services, 0 when it is no good. */
static unsigned enter_services(CONST SERVICE_TABLE_ENTRYA *table)
{
    unsigned n = 0;

    memset(services, 0, sizeof services);
    n_runs++;
    for (; table != NULL && table->lpServiceName != NULL; table++) {
        if (n == MAX_SERVICES || table->lpServiceProc == NULL ||
            strlen(table->lpServiceName) >= MAX_NAME)
            return 0;
        strcpy(services[n].name, table->lpServiceName);
        services[n].run = n_runs;
        services[n++].main = table->lpServiceProc;
    }
    return n;
}

/* Returns an error code. */
static DWORD begin(CONST SERVICE_TABLE_ENTRYA *table)
{
    DWORD code = NO_ERROR;

    wsn_lock_take(&lock);
    if (is_dispatching)
        code = ERROR_SERVICE_ALREADY_RUNNING;
    else if ((n_services = enter_services(table)) == 0)
        code = ERROR_INVALID_DATA;
    else
        is_dispatching = true;
    wsn_lock_give(&lock);
    return code;
}

static void end(void)
{
    (void)wc_signals_watch(WC_WATCH_SERVICE, NULL);
    wsn_lock_take(&lock);
    is_dispatching = false;
    wsn_lock_give(&lock);
}

/* The events live as long as the process: a late thread may set them. */
static bool make_events(void)
{
    if (must_stop == NULL)
        must_stop = CreateEvent(NULL, FALSE, FALSE, NULL);
    else
        (void)ResetEvent(must_stop); /* that was meant for the last ones */
    if (changed == NULL)
        changed = CreateEvent(NULL, FALSE, FALSE, NULL);
    return must_stop != NULL && changed != NULL;
}

static void start_all(void)
{
    unsigned i;

    for (i = 0; i < n_services; i++) {
        if (start_service(&services[i]))
            continue;
        wsn_lock_take(&lock);
        services[i].is_over = true;
        wsn_lock_give(&lock);
    }
}

BOOL WINAPI StartServiceCtrlDispatcherA(CONST SERVICE_TABLE_ENTRYA *table)
{
    DWORD code = begin(table);

    if (code != NO_ERROR)
        return wc_fail(code);
    if (!make_events() || !wc_signals_watch(WC_WATCH_SERVICE, on_signal)) {
        end();
        return wc_fail(ERROR_NOT_ENOUGH_MEMORY);
    }
    start_all();
    dispatch();
    end();
    return TRUE;
}
