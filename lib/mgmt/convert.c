/*
 * convert.c - see convert.h.  The syntaxes of both interfaces have the same
 * numbers: the tags of the wire.
 */
#include "mgmt/convert.h"

#include <assert.h>
#include <stdbool.h>

#include "mgmt/error.h"
#include "mgmt/memory.h"
#include "mgmt/value.h"
#include "mgmtapi.h"

/* ---- to the library ---------------------------------------------------- */

static smiOID borrow_oid(const AsnObjectIdentifier *oid)
{
    return (smiOID){.len = oid->idLength, .ptr = oid->ids};
}

static bool borrow_value(const AsnAny *any, smiVALUE *ret_value)
{
    ret_value->syntax = any->asnType;
    switch (wsn_mgmt_kind(any->asnType)) {
    case WSN_ASN_SIGNED:
        ret_value->value.sNumber = any->asnValue.number;
        return true;
    case WSN_ASN_UNSIGNED:
        ret_value->value.uNumber = any->asnValue.unsigned32;
        return true;
    case WSN_ASN_COUNTER64:
        ret_value->value.hNumber.hipart = any->asnValue.counter64.u.HighPart;
        ret_value->value.hNumber.lopart = any->asnValue.counter64.u.LowPart;
        return true;
    case WSN_ASN_OCTETS:
        ret_value->value.string.len = any->asnValue.string.length;
        ret_value->value.string.ptr = any->asnValue.string.stream;
        return true;
    case WSN_ASN_OID:
        ret_value->value.oid = borrow_oid(&any->asnValue.object);
        return true;
    case WSN_ASN_EMPTY:
        return true;
    default:
        return false;
    }
}

static bool add(HSNMP_VBL vbl, const SnmpVarBind *binding)
{
    smiOID name = borrow_oid(&binding->name);
    smiVALUE value;

    return borrow_value(&binding->value, &value) &&
           SnmpSetVb(vbl, 0, &name, &value) != SNMPAPI_FAILURE;
}

HSNMP_VBL wsn_mgmt_list_to_vbl(HSNMP_SESSION session,
                               const SnmpVarBindList *list)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);

    for (UINT i = 0; vbl != NULL && i < list->len; i++) {
        if (!add(vbl, &list->list[i])) {
            (void)wsn_mgmt_fail_as(SNMP_MGMTAPI_INVALID_BUFFER);
            (void)SnmpFreeVbl(vbl);
            return NULL;
        }
    }
    if (vbl == NULL)
        (void)wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    return vbl;
}

/* ---- from the library -------------------------------------------------- */

static BOOL copy_oid(const smiOID *from, AsnObjectIdentifier *ret_oid)
{
    AsnObjectIdentifier oid = {.idLength = from->len, .ids = from->ptr};

    return SnmpUtilOidCpy(ret_oid, &oid);
}

static BOOL copy_value(const smiVALUE *from, AsnAny *ret_any)
{
    assert(ret_any != NULL); /* there is a list if it has a value */
    ret_any->asnType = (BYTE)from->syntax;
    switch (wsn_mgmt_kind(ret_any->asnType)) {
    case WSN_ASN_SIGNED:
        ret_any->asnValue.number = from->value.sNumber;
        return TRUE;
    case WSN_ASN_UNSIGNED:
        ret_any->asnValue.unsigned32 = from->value.uNumber;
        return TRUE;
    case WSN_ASN_COUNTER64:
        ret_any->asnValue.counter64.u.HighPart = from->value.hNumber.hipart;
        ret_any->asnValue.counter64.u.LowPart = from->value.hNumber.lopart;
        return TRUE;
    case WSN_ASN_OCTETS:
        return wsn_mgmt_octets(from->value.string.ptr, from->value.string.len,
                               &ret_any->asnValue.string);
    case WSN_ASN_OID:
        return copy_oid(&from->value.oid, &ret_any->asnValue.object);
    default:
        return TRUE;
    }
}

static void free_smi(smiOID *name, smiVALUE *value)
{
    enum wsn_asn_kind kind = wsn_mgmt_kind((BYTE)value->syntax);

    (void)SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)name);
    if (kind == WSN_ASN_OCTETS || kind == WSN_ASN_OID)
        (void)SnmpFreeDescriptor(value->syntax, &value->value.string);
}

/* The binding is zero before; what a failure leaves there can be freed. */
static BOOL copy_binding(HSNMP_VBL vbl, UINT index, SnmpVarBind *ret_binding)
{
    smiOID name;
    smiVALUE value;
    BOOL is_done;

    if (SnmpGetVb(vbl, index, &name, &value) == SNMPAPI_FAILURE)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    is_done = copy_oid(&name, &ret_binding->name);
    if (is_done && !copy_value(&value, &ret_binding->value)) {
        ret_binding->value.asnType = ASN_NULL;
        is_done = FALSE;
    }
    free_smi(&name, &value);
    return is_done;
}

BOOL wsn_mgmt_list_from_vbl(HSNMP_VBL vbl, SnmpVarBindList *ret_list)
{
    SnmpVarBindList list = {NULL, 0};
    UINT n = SnmpCountVbl(vbl); /* 0 of an empty one */
    void *room = NULL;

    if (!wsn_mgmt_array(n, sizeof *list.list, &room))
        return FALSE;
    list.list = room;
    while (list.len < n) {
        list.len++;
        if (!copy_binding(vbl, list.len, &list.list[list.len - 1])) {
            SnmpUtilVarBindListFree(&list);
            return FALSE;
        }
    }
    *ret_list = list;
    return TRUE;
}
