/*
 * convert.h - between the lists of this interface and those of the WinSNMP
 * library.  The room's own; the library is started.
 */
#ifndef WSN_MGMT_CONVERT_H
#define WSN_MGMT_CONVERT_H

#include "snmp.h"
#include "winsnmp.h"

/*
 * A list of session with copies of all bindings, for SnmpFreeVbl; NULL, with
 * the error recorded, when one is not valid (SNMP_MGMTAPI_INVALID_BUFFER) or
 * memory is short. [any]
 */
HSNMP_VBL wsn_mgmt_list_to_vbl(HSNMP_SESSION session,
                               const SnmpVarBindList *list);

/* A copy of the bindings of vbl, for SnmpUtilVarBindListFree; FALSE, with the
 * error recorded, when memory is short. [any] */
BOOL wsn_mgmt_list_from_vbl(HSNMP_VBL vbl, SnmpVarBindList *ret_list);

#endif
