/*
 * service.c - SnmpSvc*, SnmpUtilDbgPrint: what an extension agent has from
 * the service that runs it.  Here the process itself is the service.
 */
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <syslog.h>

#include "base/clock.h"
#include "snmp.h"

#define MESSAGE_SIZE 1024

static _Atomic INT level_in_force = SNMP_LOG_SILENT;
static _Atomic INT outputs = SNMP_OUTPUT_TO_CONSOLE;

/* ---- uptime ------------------------------------------------------------ */

/* When the library was loaded; without such help from the compiler, when
 * this was first asked. */
static _Atomic uint64_t started_ms;

#if defined(__GNUC__)
#define AT_LOAD __attribute__((constructor))
#else
#define AT_LOAD
#endif

AT_LOAD static void note_start(void)
{
    uint64_t unset = 0;

    (void)atomic_compare_exchange_strong(&started_ms, &unset, wsn_clock_ms());
}

DWORD SNMP_FUNC_TYPE SnmpSvcGetUptime(void)
{
    note_start();
    return (DWORD)((wsn_clock_ms() - atomic_load(&started_ms)) / WSN_MS_PER_CS);
}

/* ---- messages ---------------------------------------------------------- */

VOID SNMP_FUNC_TYPE SnmpSvcSetLogLevel(INT nLogLevel)
{
    atomic_store(&level_in_force, nLogLevel);
}

VOID SNMP_FUNC_TYPE SnmpSvcSetLogType(INT nLogType)
{
    atomic_store(&outputs, nLogType);
}

static int priority_of(INT level)
{
    switch (level) {
    case SNMP_LOG_FATAL:
        return LOG_CRIT;
    case SNMP_LOG_ERROR:
        return LOG_ERR;
    case SNMP_LOG_WARNING:
        return LOG_WARNING;
    case SNMP_LOG_TRACE:
        return LOG_INFO;
    default:
        return LOG_DEBUG;
    }
}

/* A file and a debugger have no better place than standard error. */
static void put(INT level, const char *message)
{
    INT to = atomic_load(&outputs);

    if ((to & SNMP_OUTPUT_TO_EVENTLOG) != 0)
        syslog(priority_of(level), "%s", message);
    if ((to & ~SNMP_OUTPUT_TO_EVENTLOG) != 0)
        (void)fputs(message, stderr);
}

VOID WINAPIV SnmpUtilDbgPrint(INT nLogLevel, LPSTR szFormat, ...)
{
    char message[MESSAGE_SIZE];
    va_list args;

    if (szFormat == NULL || nLogLevel <= SNMP_LOG_SILENT ||
        nLogLevel > atomic_load(&level_in_force))
        return;
    va_start(args, szFormat);
    (void)vsnprintf(message, sizeof message, szFormat, args);
    va_end(args);
    put(nLogLevel, message);
}
