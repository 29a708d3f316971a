/*
 * error.h - how a function of the companion interfaces reports failure: as
 * Win32 functions do, by a code for GetLastError.  The room's own.
 */
#ifndef WSN_MGMT_ERROR_H
#define WSN_MGMT_ERROR_H

#include <windef.h>

/* Records code for the thread and returns FALSE. [any] */
BOOL wsn_mgmt_fail(DWORD code);

/*
 * The same after a failure of the WinSNMP library: SNMP_MEM_ALLOC_ERROR if
 * memory was short, otherwise code. [any]
 */
BOOL wsn_mgmt_fail_as(DWORD code);

#endif
