/*
 * util.c - object identifiers, descriptors, and messages as bytes.
 */
#include <string.h>

#include "api/api.h"
#include "codec/coexist.h"
#include "codec/message.h"
#include "codec/oid.h"
#include "codec/value.h"
#include "codec/varbinds.h"
#include "core/context.h"
#include "core/db.h"
#include "core/descriptor.h"
#include "core/outgoing.h"
#include "core/pdu.h"
#include "core/request_id.h"

/* ---- object identifiers ------------------------------------------------- */

/* Gives the application its own copy. */
static SNMPAPI_STATUS give_oid(const smiUINT32 *ids, smiUINT32 len,
                               smiLPOID dstOID)
{
    smiUINT32 *copy;

    if (dstOID == NULL)
        return wsn_fail(NULL, SNMPAPI_NOOP);
    copy = wsn_descriptor_oid(ids, len);
    if (copy == NULL)
        return wsn_fail(NULL, SNMPAPI_ALLOC_ERROR);
    dstOID->len = len;
    dstOID->ptr = copy;
    return len;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpStrToOid(LPCSTR string, smiLPOID dstOID)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    smiUINT32 len = 0;

    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (string == NULL || wsn_oid_from_text(string, ids, &len) != WSN_OK)
        return wsn_fail(NULL, SNMPAPI_OID_INVALID);
    return give_oid(ids, len, dstOID);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpOidToStr(smiLPCOID srcOID, smiUINT32 size,
                                         LPSTR string)
{
    size_t len;

    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (srcOID == NULL || !wsn_oid_is_valid(srcOID))
        return wsn_fail(NULL, SNMPAPI_OID_INVALID);
    if (size == 0)
        return wsn_fail(NULL, SNMPAPI_SIZE_INVALID);
    if (string == NULL)
        return wsn_fail(NULL, SNMPAPI_NOOP);
    len = wsn_oid_to_text(srcOID->ptr, srcOID->len, string, size);
    if (len > size)
        return wsn_fail(NULL, SNMPAPI_OUTPUT_TRUNCATED);
    return (SNMPAPI_STATUS)len;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpOidCopy(smiLPCOID srcOID, smiLPOID dstOID)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (srcOID == NULL || !wsn_oid_is_valid(srcOID))
        return wsn_fail(NULL, SNMPAPI_OID_INVALID);
    return give_oid(srcOID->ptr, srcOID->len, dstOID);
}

/* An object identifier without sub-identifiers is legal here, and here only. */
static bool is_comparable(smiLPCOID oid)
{
    return oid != NULL && oid->len <= MAXOBJIDSIZE &&
           (oid->len == 0 || oid->ptr != NULL);
}

static smiUINT32 cut_to(smiUINT32 len, smiUINT32 maxlen)
{
    return maxlen != 0 && len > maxlen ? maxlen : len;
}

/*
 * maxlen bounds the sub-identifiers compared; 0 is no bound.  The parameter
 * is documented as "less than" 128, the error as "greater than" it: 128 will
 * do.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpOidCompare(smiLPCOID xOID, smiLPCOID yOID,
                                           smiUINT32 maxlen, smiLPINT result)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (!is_comparable(xOID) || !is_comparable(yOID))
        return wsn_fail(NULL, SNMPAPI_OID_INVALID);
    if (maxlen > MAXOBJIDSIZE)
        return wsn_fail(NULL, SNMPAPI_SIZE_INVALID);
    if (result == NULL)
        return wsn_fail(NULL, SNMPAPI_NOOP);
    *result = wsn_oid_compare(xOID->ptr, cut_to(xOID->len, maxlen), yOID->ptr,
                              cut_to(yOID->len, maxlen));
    return SNMPAPI_SUCCESS;
}

/* ---- descriptors -------------------------------------------------------- */

/* smiOID and smiOCTETS begin alike: a length, then a pointer.  As the
 * descriptor may be either, its pointer is handled as bytes. */
static void *pointer_of(smiLPOPAQUE descriptor)
{
    void *pointer;

    memcpy(&pointer, &descriptor->ptr, sizeof pointer);
    return pointer;
}

static void clear(smiLPOPAQUE descriptor)
{
    void *nothing = NULL;

    memcpy(&descriptor->ptr, &nothing, sizeof nothing);
    descriptor->len = 0;
}

static bool has_memory(smiUINT32 syntax)
{
    enum wsn_value_kind kind = wsn_value_kind(syntax);

    return kind == WSN_VALUE_OCTETS || kind == WSN_VALUE_OID;
}

/*
 * The syntax only says whether there is something to free: programs free
 * object identifiers as octets.  Their length is not believed either.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeDescriptor(smiUINT32 syntax,
                                               smiLPOPAQUE descriptor)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (!has_memory(syntax))
        return wsn_fail(NULL, SNMPAPI_SYNTAX_INVALID);
    if (descriptor == NULL || !wsn_descriptor_free(pointer_of(descriptor)))
        return wsn_fail(NULL, SNMPAPI_OPERATION_INVALID);
    clear(descriptor);
    return SNMPAPI_SUCCESS;
}

/* ---- messages ----------------------------------------------------------- */

/* Of all that can be wrong with a PDU, SnmpEncodeMsg has one code. */
static wsn_err encode(const struct wsn_api_message *message,
                      smiLPOCTETS msgBufDesc)
{
    struct wsn_draft draft;
    struct wsn_pdu pdu;
    smiOCTETS copy;
    wsn_err err;

    wsn_pdu_object_snapshot(message->pdu, &pdu);
    err = wsn_outgoing_write(message->src, message->dst, message->context, &pdu,
                             &draft);
    wsn_varbinds_unref(pdu.varbinds);
    if (err != WSN_OK)
        return err == SNMPAPI_ALLOC_ERROR ? err : SNMPAPI_PDU_INVALID;
    copy.len = (smiUINT32)draft.len;
    copy.ptr = wsn_descriptor_octets(draft.bytes, draft.len);
    wsn_draft_fini(&draft);
    if (copy.ptr == NULL)
        return SNMPAPI_ALLOC_ERROR;
    *msgBufDesc = copy;
    return WSN_OK;
}

static SNMPAPI_STATUS encode_for(HSNMP_SESSION session,
                                 struct wsn_api_message *message,
                                 smiLPOCTETS msgBufDesc)
{
    wsn_err err;

    if (!wsn_api_pin_message(session, message))
        return SNMPAPI_FAILURE;
    err = msgBufDesc == NULL ? SNMPAPI_NOOP : encode(message, msgBufDesc);
    wsn_api_unpin_message(message);
    return err == WSN_OK ? msgBufDesc->len : wsn_fail(session, err);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpEncodeMsg(HSNMP_SESSION session,
                                          HSNMP_ENTITY srcEntity,
                                          HSNMP_ENTITY dstEntity,
                                          HSNMP_CONTEXT context, HSNMP_PDU pdu,
                                          smiLPOCTETS msgBufDesc)
{
    struct wsn_api_message message = {.src_handle = srcEntity,
                                      .dst_handle = dstEntity,
                                      .context_handle = context,
                                      .pdu_handle = pdu};
    SNMPAPI_STATUS status;

    if (wsn_api_enter_with(session, WSN_SESSION) == NULL)
        return SNMPAPI_FAILURE;
    status = encode_for(session, &message, msgBufDesc);
    wsn_handle_unpin(session);
    return status;
}

static wsn_err scan(smiLPCOCTETS bytes, struct wsn_head *ret_head)
{
    if (bytes == NULL || bytes->ptr == NULL || bytes->len == 0)
        return SNMPAPI_MESSAGE_INVALID;
    switch (wsn_message_scan(bytes->ptr, bytes->len, ret_head)) {
    case WSN_SCAN_OK:
        ret_head->size.n_front = wsn_pdu_object_front();
        return WSN_OK;
    case WSN_SCAN_TRUNCATED:
        return SNMPAPI_OUTPUT_TRUNCATED;
    case WSN_SCAN_BAD_VERSION:
    case WSN_SCAN_MALFORMED:
    case WSN_SCAN_BAD_TYPE:
    default:
        return SNMPAPI_MESSAGE_INVALID;
    }
}

/* The PDU of a message as the application sees it; NULL without memory. */
static struct wsn_pdu_object *pdu_of(const struct wsn_head *head)
{
    bool is_v1_trap = head->pdu_type == SNMP_PDU_V1TRAP;
    struct wsn_pdu pdu;

    if (wsn_coexist_decode(head, wsn_db_get(WSN_DB_TRAP_PROFILE_3584) != 0,
                           is_v1_trap ? wsn_request_id_next() : 0,
                           &pdu) != WSN_OK)
        return NULL;
    return wsn_pdu_object_around(&pdu);
}

static bool decode(HSNMP_SESSION session, smiLPCOCTETS bytes,
                   struct wsn_publish items[2], size_t *ret_len)
{
    struct wsn_head head;
    wsn_err err = scan(bytes, &head);

    if (err != WSN_OK) {
        (void)wsn_fail(session, err);
        return false;
    }
    items[0].type = WSN_CONTEXT;
    items[0].object = wsn_context_new(head.community, head.community_len);
    items[1].type = WSN_PDU;
    items[1].object = pdu_of(&head);
    *ret_len = head.message_len;
    return wsn_api_publish_all(session, items, 2);
}

static SNMPAPI_STATUS decode_for(HSNMP_SESSION session,
                                 LPHSNMP_CONTEXT context, LPHSNMP_PDU pdu,
                                 smiLPCOCTETS bytes)
{
    struct wsn_publish items[2] = {{.again = NULL}, {.again = NULL}};
    size_t len = 0;

    if (context == NULL)
        return wsn_fail(session, SNMPAPI_CONTEXT_INVALID);
    if (pdu == NULL)
        return wsn_fail(session, SNMPAPI_PDU_INVALID);
    if (!decode(session, bytes, items, &len))
        return SNMPAPI_FAILURE;
    *context = items[0].handle;
    *pdu = items[1].handle;
    return (SNMPAPI_STATUS)len;
}

/* A community message does not hold addresses: the entities become 0. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpDecodeMsg(HSNMP_SESSION session,
                                          LPHSNMP_ENTITY srcEntity,
                                          LPHSNMP_ENTITY dstEntity,
                                          LPHSNMP_CONTEXT context,
                                          LPHSNMP_PDU pdu,
                                          smiLPCOCTETS msgBufDesc)
{
    SNMPAPI_STATUS len;

    if (wsn_api_enter_with(session, WSN_SESSION) == NULL)
        return SNMPAPI_FAILURE;
    len = decode_for(session, context, pdu, msgBufDesc);
    wsn_handle_unpin(session);
    if (len != SNMPAPI_FAILURE && srcEntity != NULL)
        *srcEntity = NULL;
    if (len != SNMPAPI_FAILURE && dstEntity != NULL)
        *dstEntity = NULL;
    return len;
}
