/*
 * vbl.c - SnmpCreateVbl and what can be done with a list.
 *
 * The interface counts bindings from 1, the library from 0.
 */
#include "core/vbl.h"

#include <string.h>

#include "api/api.h"
#include "codec/value.h"
#include "codec/varbinds.h"
#include "core/descriptor.h"

/* ---- creation ----------------------------------------------------------- */

/* Without a name the list is empty, whatever value says. */
static wsn_err create(smiLPCOID name, smiLPCVALUE value,
                      struct wsn_varbinds **ret_body)
{
    return name == NULL ? WSN_OK : wsn_varbinds_append(ret_body, name, value);
}

HSNMP_VBL SNMPAPI_CALL SnmpCreateVbl(HSNMP_SESSION session, smiLPCOID name,
                                     smiLPCVALUE value)
{
    struct wsn_varbinds *body = NULL;
    HSNMP_VBL handle = NULL;
    wsn_err err;

    if (wsn_api_enter_with(session, WSN_SESSION) == NULL)
        return NULL;
    err = create(name, value, &body);
    if (err != WSN_OK)
        (void)wsn_fail(session, err);
    else
        handle = wsn_api_publish(session, WSN_VBL, wsn_vbl_object_new(body));
    wsn_handle_unpin(session);
    return handle;
}

HSNMP_VBL SNMPAPI_CALL SnmpDuplicateVbl(HSNMP_SESSION session, HSNMP_VBL vbl)
{
    struct wsn_vbl_object *object;
    HSNMP_VBL handle = NULL;

    if (wsn_api_enter_with(session, WSN_SESSION) == NULL)
        return NULL;
    object = wsn_api_pin(vbl, WSN_VBL, session);
    if (object != NULL) {
        handle = wsn_api_publish(
            session, WSN_VBL,
            wsn_vbl_object_new(wsn_vbl_object_snapshot(object)));
        wsn_handle_unpin(vbl);
    }
    wsn_handle_unpin(session);
    return handle;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeVbl(HSNMP_VBL vbl)
{
    return wsn_api_release(vbl, WSN_VBL);
}

/* ---- reading ------------------------------------------------------------ */

/* Results are 32 bits wide, and a count of 0 is an error. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpCountVbl(HSNMP_VBL vbl)
{
    struct wsn_vbl_object *object = wsn_api_enter_with(vbl, WSN_VBL);
    size_t count;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    count = wsn_vbl_object_count(object);
    wsn_handle_unpin(vbl);
    return count != 0 ? (SNMPAPI_STATUS)count : wsn_fail(vbl, SNMPAPI_NOOP);
}

static bool copy_oid(const smiOID *oid, smiLPOID ret_oid)
{
    smiUINT32 *ids = wsn_descriptor_oid(oid->ptr, oid->len);

    if (ids == NULL)
        return false;
    ret_oid->len = oid->len;
    ret_oid->ptr = ids;
    return true;
}

static bool copy_octets(const smiOCTETS *octets, smiLPOCTETS ret_octets)
{
    unsigned char *bytes = wsn_descriptor_octets(octets->ptr, octets->len);

    if (bytes == NULL)
        return false;
    ret_octets->len = octets->len;
    ret_octets->ptr = bytes;
    return true;
}

/* The application's own copy of value and of what it points to. */
static bool copy_value(const smiVALUE *value, smiLPVALUE ret_value)
{
    bool is_copied = true;

    switch (wsn_value_kind(value->syntax)) {
    case WSN_VALUE_OCTETS:
        is_copied = copy_octets(&value->value.string, &ret_value->value.string);
        break;
    case WSN_VALUE_OID:
        is_copied = copy_oid(&value->value.oid, &ret_value->value.oid);
        break;
    case WSN_VALUE_EMPTY:
        /* Programs print the member they expect, whatever the syntax. */
        memset(&ret_value->value, 0, sizeof ret_value->value);
        break;
    case WSN_VALUE_INT:
    case WSN_VALUE_UINT:
    case WSN_VALUE_CNTR64:
    case WSN_VALUE_UNKNOWN:
    default:
        ret_value->value = value->value;
        break;
    }
    if (is_copied)
        ret_value->syntax = value->syntax;
    return is_copied;
}

/* Copies a binding out: both parts, or none.  Member by member: a copy of the
 * whole, changed and copied again, costs a processor more than the rest. */
static wsn_err copy_out(const struct wsn_varbind *varbind, smiLPOID name,
                        smiLPVALUE value)
{
    smiOID copy = {0, NULL};

    if (name != NULL && !copy_oid(&varbind->name, &copy))
        return SNMPAPI_ALLOC_ERROR;
    if (value != NULL && !copy_value(&varbind->value, value)) {
        if (name != NULL)
            (void)wsn_descriptor_free(copy.ptr);
        return SNMPAPI_ALLOC_ERROR;
    }
    if (name != NULL) {
        name->len = copy.len;
        name->ptr = copy.ptr;
    }
    return WSN_OK;
}

static wsn_err read_binding(const struct wsn_varbinds *body, smiUINT32 index,
                            smiLPOID name, smiLPVALUE value)
{
    if (index == 0 || index > wsn_varbinds_count(body))
        return SNMPAPI_INDEX_INVALID;
    if (name == NULL && value == NULL)
        return SNMPAPI_NOOP;
    return copy_out(wsn_varbinds_at(body, index - 1), name, value);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpGetVb(HSNMP_VBL vbl, smiUINT32 index,
                                      smiLPOID name, smiLPVALUE value)
{
    struct wsn_vbl_object *object = wsn_api_enter_with(vbl, WSN_VBL);
    struct wsn_varbinds *body;
    wsn_err err;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    body = wsn_vbl_object_snapshot(object);
    wsn_handle_unpin(vbl);
    err = read_binding(body, index, name, value);
    wsn_varbinds_unref(body);
    return wsn_api_status(vbl, err);
}

/* ---- changing ----------------------------------------------------------- */

static wsn_err set(struct wsn_vbl_object *vbl, smiUINT32 index, smiLPCOID name,
                   smiLPCVALUE value, size_t *ret_index)
{
    if (index == 0)
        return wsn_vbl_object_append(vbl, name, value, ret_index);
    *ret_index = index;
    return wsn_vbl_object_replace(vbl, index - 1, name, value);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpSetVb(HSNMP_VBL vbl, smiUINT32 index,
                                      smiLPCOID name, smiLPCVALUE value)
{
    struct wsn_vbl_object *object = wsn_api_enter_with(vbl, WSN_VBL);
    size_t set_index = 0;
    wsn_err err;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    err = set(object, index, name, value, &set_index);
    wsn_handle_unpin(vbl);
    return err == WSN_OK ? (SNMPAPI_STATUS)set_index : wsn_fail(vbl, err);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpDeleteVb(HSNMP_VBL vbl, smiUINT32 index)
{
    struct wsn_vbl_object *object = wsn_api_enter_with(vbl, WSN_VBL);
    wsn_err err;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    err = index == 0 ? SNMPAPI_INDEX_INVALID
                     : wsn_vbl_object_delete(object, index - 1);
    wsn_handle_unpin(vbl);
    return wsn_api_status(vbl, err);
}
