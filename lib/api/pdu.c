/*
 * pdu.c - SnmpCreatePdu and what can be done with a PDU.
 */
#include "core/pdu.h"

#include "api/api.h"
#include "codec/pdu.h"
#include "codec/varbinds.h"
#include "core/retry.h"
#include "core/vbl.h"

/* Pins an optional list.  False, with the error recorded, for a bad handle;
 * NULL is no list. */
static bool pin_list(HSNMP_VBL handle, void *blame,
                     struct wsn_vbl_object **ret_vbl)
{
    *ret_vbl = NULL;
    if (handle == NULL)
        return true;
    *ret_vbl = wsn_api_pin(handle, WSN_VBL, blame);
    return *ret_vbl != NULL;
}

/* ---- creation ----------------------------------------------------------- */

static HSNMP_PDU create(HSNMP_SESSION session, const struct wsn_pdu *pdu,
                        HSNMP_VBL varbindlist)
{
    struct wsn_vbl_object *vbl;
    HSNMP_PDU handle = NULL;

    if (!pin_list(varbindlist, session, &vbl))
        return NULL;
    if (!wsn_pdu_type_is_creatable(pdu->type))
        (void)wsn_fail(session, SNMPAPI_PDU_INVALID);
    else
        handle =
            wsn_api_publish(session, WSN_PDU, wsn_pdu_object_new(pdu, vbl));
    wsn_handle_unpin(varbindlist);
    return handle;
}

/* The error fields are not looked at before the PDU is sent. */
HSNMP_PDU SNMPAPI_CALL SnmpCreatePdu(HSNMP_SESSION session, smiINT PDU_type,
                                     smiINT32 request_id, smiINT error_status,
                                     smiINT error_index, HSNMP_VBL varbindlist)
{
    struct wsn_pdu pdu = {.type = PDU_type != 0 ? PDU_type : SNMP_PDU_GETNEXT,
                          .request_id = request_id,
                          .error_status = error_status,
                          .error_index = error_index};
    struct wsn_session *object = wsn_api_enter_with(session, WSN_SESSION);
    HSNMP_PDU handle;

    if (object == NULL)
        return NULL;
    if (request_id == 0)
        pdu.request_id = wsn_retry_unused_id(object);
    handle = create(session, &pdu, varbindlist);
    wsn_handle_unpin(session);
    return handle;
}

/* The copy has its own list: changes of the original's do not show in it. */
HSNMP_PDU SNMPAPI_CALL SnmpDuplicatePdu(HSNMP_SESSION session, HSNMP_PDU PDU)
{
    struct wsn_pdu_object *object;
    HSNMP_PDU handle = NULL;
    struct wsn_pdu pdu;

    if (wsn_api_enter_with(session, WSN_SESSION) == NULL)
        return NULL;
    object = wsn_api_pin(PDU, WSN_PDU, session);
    if (object != NULL) {
        wsn_pdu_object_snapshot(object, &pdu);
        handle = wsn_api_publish(session, WSN_PDU,
                                 wsn_pdu_object_from_received(&pdu));
        wsn_handle_unpin(PDU);
    }
    wsn_handle_unpin(session);
    return handle;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpFreePdu(HSNMP_PDU PDU)
{
    return wsn_api_release(PDU, WSN_PDU);
}

/* ---- the fields --------------------------------------------------------- */

/*
 * The list handed out is a new one, of the session that the PDU belongs to,
 * whether the PDU was received or made here.  Takes varbinds; NULL on failure.
 */
static HSNMP_VBL publish_list(HSNMP_PDU PDU, struct wsn_pdu_object *object,
                              struct wsn_varbinds *varbinds)
{
    void *session = wsn_handle_owner(PDU);
    wsn_err err = SNMPAPI_SESSION_INVALID;
    void *list = NULL;

    if (session == NULL)
        wsn_varbinds_unref(varbinds);
    else
        err = wsn_api_make_handle(session, WSN_VBL,
                                  wsn_pdu_object_list(object, varbinds), &list);
    if (err == WSN_OK)
        return list;
    /* The PDU ends with its session. */
    (void)wsn_fail(PDU, err == SNMPAPI_SESSION_INVALID ? SNMPAPI_PDU_INVALID
                                                       : err);
    return NULL;
}

/* False when none of them is wanted. */
static bool give_numbers(const struct wsn_pdu *pdu, smiLPINT PDU_type,
                         smiLPINT32 request_id, smiLPINT error_status,
                         smiLPINT error_index)
{
    if (PDU_type != NULL)
        *PDU_type = pdu->type;
    if (request_id != NULL)
        *request_id = pdu->request_id;
    if (error_status != NULL)
        *error_status = pdu->error_status;
    if (error_index != NULL)
        *error_index = pdu->error_index;
    return PDU_type != NULL || request_id != NULL || error_status != NULL ||
           error_index != NULL;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpGetPduData(HSNMP_PDU PDU, smiLPINT PDU_type,
                                           smiLPINT32 request_id,
                                           smiLPINT error_status,
                                           smiLPINT error_index,
                                           LPHSNMP_VBL varbindlist)
{
    struct wsn_pdu_object *object = wsn_api_enter_with(PDU, WSN_PDU);
    HSNMP_VBL list = NULL;
    struct wsn_pdu pdu;
    bool has_numbers;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    wsn_pdu_object_snapshot(object, &pdu);
    if (varbindlist != NULL)
        list = publish_list(PDU, object, pdu.varbinds);
    else
        wsn_varbinds_unref(pdu.varbinds);
    wsn_handle_unpin(PDU);
    if (varbindlist != NULL && list == NULL)
        return SNMPAPI_FAILURE;
    has_numbers =
        give_numbers(&pdu, PDU_type, request_id, error_status, error_index);
    if (varbindlist != NULL)
        *varbindlist = list;
    else if (!has_numbers)
        return wsn_fail(PDU, SNMPAPI_NOOP);
    return SNMPAPI_SUCCESS;
}

static SNMPAPI_STATUS change(HSNMP_PDU PDU, struct wsn_pdu_object *object,
                             struct wsn_pdu_change *changes, HSNMP_VBL list)
{
    wsn_err err;

    if (!pin_list(list, PDU, &changes->vbl))
        return SNMPAPI_FAILURE;
    err = wsn_pdu_object_change(object, changes);
    wsn_handle_unpin(list);
    return wsn_api_status(PDU, err);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpSetPduData(HSNMP_PDU PDU,
                                           const smiINT *PDU_type,
                                           const smiINT32 *request_id,
                                           const smiINT *non_repeaters,
                                           const smiINT *max_repetitions,
                                           const HSNMP_VBL *varbindlist)
{
    struct wsn_pdu_object *object = wsn_api_enter_with(PDU, WSN_PDU);
    struct wsn_pdu_change changes = {.type = PDU_type,
                                     .request_id = request_id,
                                     .non_repeaters = non_repeaters,
                                     .max_repetitions = max_repetitions,
                                     .has_vbl = varbindlist != NULL};
    SNMPAPI_STATUS status;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    if (PDU_type == NULL && request_id == NULL && non_repeaters == NULL &&
        max_repetitions == NULL && varbindlist == NULL)
        status = wsn_fail(PDU, SNMPAPI_NOOP);
    else
        status = change(PDU, object, &changes,
                        varbindlist != NULL ? *varbindlist : NULL);
    wsn_handle_unpin(PDU);
    return status;
}
