/*
 * error.c - see error.h.
 */
#include "mgmt/error.h"

#include <stdbool.h>
#include <winbase.h>

#include "snmp.h"
#include "winsnmp.h"

BOOL wsn_mgmt_fail(DWORD code)
{
    SetLastError(code);
    return FALSE;
}

BOOL wsn_mgmt_fail_as(DWORD code)
{
    bool is_memory = SnmpGetLastError(NULL) == SNMPAPI_ALLOC_ERROR;

    return wsn_mgmt_fail(is_memory ? SNMP_MEM_ALLOC_ERROR : code);
}
