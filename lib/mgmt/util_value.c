/*
 * util_value.c - SnmpUtilOctets*, SnmpUtilAsnAny*: values with memory of
 * their own.
 */
#include <assert.h>
#include <string.h>
#include <winbase.h>

#include "mgmt/error.h"
#include "mgmt/memory.h"
#include "mgmt/value.h"
#include "snmp.h"

/* ---- bytes ------------------------------------------------------------- */

/* A NUL that length does not count follows: programs print such bytes. */
BOOL wsn_mgmt_octets(const void *bytes, size_t len, AsnOctetString *ret_octets)
{
    void *stream = NULL;

    if (len > UINT_MAX - 1)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    if (!wsn_mgmt_array(len + 1, 1, &stream))
        return FALSE;
    assert(stream != NULL);
    if (len > 0)
        memcpy(stream, bytes, len);
    ret_octets->stream = stream;
    ret_octets->length = (UINT)len;
    ret_octets->dynamic = TRUE;
    return TRUE;
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilOctetsCpy(AsnOctetString *pOctetsDst,
                                         AsnOctetString *pOctetsSrc)
{
    if (pOctetsDst == NULL || pOctetsSrc == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    return wsn_mgmt_octets(pOctetsSrc->stream,
                           pOctetsSrc->stream == NULL ? 0 : pOctetsSrc->length,
                           pOctetsDst);
}

static UINT least(UINT a, UINT b)
{
    return a < b ? a : b;
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilOctetsNCmp(AsnOctetString *pOctets1,
                                          AsnOctetString *pOctets2, UINT nChars)
{
    int order = 0;
    UINT len1;
    UINT len2;

    if (pOctets1 == NULL || pOctets2 == NULL)
        return (pOctets1 != NULL) - (pOctets2 != NULL);
    len1 = least(pOctets1->length, nChars);
    len2 = least(pOctets2->length, nChars);
    if (len1 > 0 && len2 > 0)
        order = memcmp(pOctets1->stream, pOctets2->stream, least(len1, len2));
    return order != 0 ? order : (len1 > len2) - (len1 < len2);
}

SNMPAPI SNMP_FUNC_TYPE SnmpUtilOctetsCmp(AsnOctetString *pOctets1,
                                         AsnOctetString *pOctets2)
{
    return SnmpUtilOctetsNCmp(pOctets1, pOctets2, UINT_MAX);
}

VOID SNMP_FUNC_TYPE SnmpUtilOctetsFree(AsnOctetString *pOctets)
{
    if (pOctets == NULL)
        return;
    if (pOctets->dynamic)
        SnmpUtilMemFree(pOctets->stream);
    memset(pOctets, 0, sizeof *pOctets);
}

/* ---- values ------------------------------------------------------------ */

enum wsn_asn_kind wsn_mgmt_kind(BYTE type)
{
    switch (type) {
    case ASN_OCTETSTRING:
    case ASN_BITS:
    case ASN_SEQUENCE:
    case ASN_IPADDRESS:
    case ASN_OPAQUE:
    case ASN_APPLICATION | ASN_PRIMITIVE | 0x05: /* NsapAddress (RFC 1442) */
        return WSN_ASN_OCTETS;
    case ASN_OBJECTIDENTIFIER:
        return WSN_ASN_OID;
    case ASN_INTEGER32:
        return WSN_ASN_SIGNED;
    case ASN_COUNTER32:
    case ASN_GAUGE32:
    case ASN_TIMETICKS:
    case ASN_UINTEGER32:
        return WSN_ASN_UNSIGNED;
    case ASN_COUNTER64:
        return WSN_ASN_COUNTER64;
    case ASN_NULL:
    case SNMP_EXCEPTION_NOSUCHOBJECT:
    case SNMP_EXCEPTION_NOSUCHINSTANCE:
    case SNMP_EXCEPTION_ENDOFMIBVIEW:
        return WSN_ASN_EMPTY;
    default:
        return WSN_ASN_UNKNOWN;
    }
}

/* What needs no memory is copied as it is. */
SNMPAPI SNMP_FUNC_TYPE SnmpUtilAsnAnyCpy(AsnAny *pAnyDst, AsnAny *pAnySrc)
{
    AsnAny copy;
    SNMPAPI status = SNMPAPI_NOERROR;

    if (pAnyDst == NULL || pAnySrc == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    copy = *pAnySrc;
    if (wsn_mgmt_kind(copy.asnType) == WSN_ASN_OCTETS)
        status =
            SnmpUtilOctetsCpy(&copy.asnValue.string, &pAnySrc->asnValue.string);
    else if (wsn_mgmt_kind(copy.asnType) == WSN_ASN_OID)
        status =
            SnmpUtilOidCpy(&copy.asnValue.object, &pAnySrc->asnValue.object);
    if (status == SNMPAPI_NOERROR)
        *pAnyDst = copy;
    return status;
}

VOID SNMP_FUNC_TYPE SnmpUtilAsnAnyFree(AsnAny *pAny)
{
    if (pAny == NULL)
        return;
    if (wsn_mgmt_kind(pAny->asnType) == WSN_ASN_OCTETS)
        SnmpUtilOctetsFree(&pAny->asnValue.string);
    else if (wsn_mgmt_kind(pAny->asnType) == WSN_ASN_OID)
        SnmpUtilOidFree(&pAny->asnValue.object);
    memset(pAny, 0, sizeof *pAny);
    pAny->asnType = ASN_NULL;
}
