/*
 * util_oid.c - SnmpUtilOid*: object identifiers with memory of their own.
 */
#include <assert.h>
#include <string.h>
#include <winbase.h>

#include "mgmt/error.h"
#include "mgmt/memory.h"
#include "snmp.h"

/* memcpy wants no null pointer, not even for no bytes. */
static void copy_ids(UINT *to, const UINT *from, UINT n)
{
    if (n > 0)
        memcpy(to, from, n * sizeof *to);
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidCpy(AsnObjectIdentifier *pOidDst,
                                      AsnObjectIdentifier *pOidSrc)
{
    void *ids = NULL;
    UINT len;

    if (pOidDst == NULL || pOidSrc == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    len = pOidSrc->ids == NULL ? 0 : pOidSrc->idLength;
    if (!wsn_mgmt_array(len, sizeof *pOidSrc->ids, &ids))
        return SNMPAPI_ERROR;
    assert(ids != NULL || len == 0);
    copy_ids(ids, pOidSrc->ids, len);
    pOidDst->ids = ids;
    pOidDst->idLength = len;
    return SNMPAPI_NOERROR;
}

/* Both may be the same: the source's pointer is read after the move. */
static SNMPAPI append(AsnObjectIdentifier *dst, const AsnObjectIdentifier *src)
{
    UINT added = src->idLength;
    UINT len = dst->idLength + added;
    UINT *ids = SnmpUtilMemReAlloc(dst->ids, len * (UINT)sizeof *ids);

    if (ids == NULL)
        return SNMPAPI_ERROR;
    dst->ids = ids;
    copy_ids(ids + dst->idLength, src->ids, added);
    dst->idLength = len;
    return SNMPAPI_NOERROR;
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidAppend(AsnObjectIdentifier *pOidDst,
                                         AsnObjectIdentifier *pOidSrc)
{
    if (pOidDst == NULL || pOidSrc == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    if (pOidSrc->idLength == 0)
        return SNMPAPI_NOERROR;
    if (pOidDst->idLength > SNMP_MAX_OID_LEN ||
        pOidSrc->idLength > SNMP_MAX_OID_LEN - pOidDst->idLength)
        return wsn_mgmt_fail(SNMP_BERAPI_OVERFLOW);
    return append(pOidDst, pOidSrc);
}

static UINT least(UINT a, UINT b)
{
    return a < b ? a : b;
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidNCmp(AsnObjectIdentifier *pOid1,
                                       AsnObjectIdentifier *pOid2, UINT nSubIds)
{
    UINT len1;
    UINT len2;

    if (pOid1 == NULL || pOid2 == NULL)
        return (pOid1 != NULL) - (pOid2 != NULL);
    len1 = least(pOid1->idLength, nSubIds);
    len2 = least(pOid2->idLength, nSubIds);
    for (UINT i = 0; i < len1 && i < len2; i++)
        if (pOid1->ids[i] != pOid2->ids[i])
            return pOid1->ids[i] < pOid2->ids[i] ? -1 : 1;
    return (len1 > len2) - (len1 < len2);
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidCmp(AsnObjectIdentifier *pOid1,
                                      AsnObjectIdentifier *pOid2)
{
    return SnmpUtilOidNCmp(pOid1, pOid2, UINT_MAX);
}

VOID SNMP_FUNC_TYPE SnmpUtilOidFree(AsnObjectIdentifier *pOid)
{
    if (pOid == NULL)
        return;
    SnmpUtilMemFree(pOid->ids);
    pOid->ids = NULL;
    pOid->idLength = 0;
}
