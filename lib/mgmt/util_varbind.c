/*
 * util_varbind.c - SnmpUtilVarBind*: variable bindings and lists of them.
 */
#include <string.h>
#include <winbase.h>

#include "mgmt/error.h"
#include "mgmt/memory.h"
#include "snmp.h"

SNMPAPI SNMP_FUNC_TYPE SnmpUtilVarBindCpy(SnmpVarBind *pVbDst,
                                          SnmpVarBind *pVbSrc)
{
    SnmpVarBind copy;

    if (pVbDst == NULL || pVbSrc == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    if (!SnmpUtilOidCpy(&copy.name, &pVbSrc->name))
        return SNMPAPI_ERROR;
    if (!SnmpUtilAsnAnyCpy(&copy.value, &pVbSrc->value)) {
        SnmpUtilOidFree(&copy.name);
        return SNMPAPI_ERROR;
    }
    *pVbDst = copy;
    return SNMPAPI_NOERROR;
}

VOID SNMP_FUNC_TYPE SnmpUtilVarBindFree(SnmpVarBind *pVb)
{
    if (pVb == NULL)
        return;
    SnmpUtilOidFree(&pVb->name);
    SnmpUtilAsnAnyFree(&pVb->value);
}

static SNMPAPI copy_all(SnmpVarBindList *to, const SnmpVarBindList *from)
{
    for (UINT i = 0; i < from->len; i++) {
        if (!SnmpUtilVarBindCpy(&to->list[i], &from->list[i])) {
            SnmpUtilVarBindListFree(to);
            return SNMPAPI_ERROR;
        }
        to->len++;
    }
    return SNMPAPI_NOERROR;
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilVarBindListCpy(SnmpVarBindList *pVblDst,
                                              SnmpVarBindList *pVblSrc)
{
    SnmpVarBindList copy = {NULL, 0};
    void *list = NULL;

    if (pVblDst == NULL || pVblSrc == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    if (!wsn_mgmt_array(pVblSrc->len, sizeof *copy.list, &list))
        return SNMPAPI_ERROR;
    copy.list = list;
    if (!copy_all(&copy, pVblSrc))
        return SNMPAPI_ERROR;
    *pVblDst = copy;
    return SNMPAPI_NOERROR;
}

VOID SNMP_FUNC_TYPE SnmpUtilVarBindListFree(SnmpVarBindList *pVbl)
{
    if (pVbl == NULL)
        return;
    for (UINT i = 0; i < pVbl->len; i++)
        SnmpUtilVarBindFree(&pVbl->list[i]);
    SnmpUtilMemFree(pVbl->list);
    pVbl->list = NULL;
    pVbl->len = 0;
}
