/*
 * message.c - SnmpSendMsg, SnmpRecvMsg, SnmpCancelMsg.
 */
#include "api/api.h"

#include "codec/message.h"
#include "codec/pdu.h"
#include "core/context.h"
#include "core/entity.h"
#include "core/item.h"
#include "core/mail.h"
#include "core/outgoing.h"
#include "core/pdu.h"
#include "core/reception.h"
#include "core/retry.h"
#include "core/sender.h"
#include "core/session.h"

/* ---- sending ------------------------------------------------------------ */

static void address(struct wsn_mail *mail,
                    const struct wsn_api_message *message,
                    const struct wsn_pdu *pdu)
{
    bool is_notification =
        pdu->type == SNMP_PDU_TRAP || pdu->type == SNMP_PDU_INFORM;

    mail->parties.src = message->src_handle;
    mail->parties.dst = message->dst_handle;
    mail->parties.context = message->context_handle;
    mail->version = message->dst->version;
    wsn_entity_destination(message->dst, is_notification, &mail->to);
    wsn_addr_unmap(&mail->to);
    mail->from = message->dst->via;
}

static void fill_in(struct wsn_mail *mail,
                    const struct wsn_api_message *message,
                    const struct wsn_pdu *pdu)
{
    address(mail, message, pdu);
    mail->type = pdu->type;
    mail->request_id = pdu->request_id;
    mail->error_status = pdu->error_status;
    mail->error_index = pdu->error_index;
    mail->varbinds = pdu->varbinds;
    mail->awaits_response = wsn_pdu_awaits_response(pdu->type);
    mail->timeout_cs = wsn_entity_timeout_cs(message->dst);
    mail->retries = atomic_load(&message->dst->retries);
}

/* Everything is captured now: the application may free all of it as soon as
 * the call returns. */
static wsn_err send_now(struct wsn_session *session,
                        const struct wsn_api_message *message)
{
    struct wsn_mail mail;
    struct wsn_draft draft;
    struct wsn_pdu pdu;
    wsn_err err;

    wsn_pdu_object_snapshot(message->pdu, &pdu);
    err = wsn_outgoing_write(message->src, message->dst, message->context, &pdu,
                             &draft);
    if (err == WSN_OK) {
        fill_in(&mail, message, &pdu);
        mail.bytes = draft.bytes;
        mail.len = draft.len;
        err = wsn_sender_send(session, &mail);
        wsn_draft_fini(&draft);
    }
    wsn_varbinds_unref(pdu.varbinds);
    return err;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpSendMsg(HSNMP_SESSION session,
                                        HSNMP_ENTITY srcEntity,
                                        HSNMP_ENTITY dstEntity,
                                        HSNMP_CONTEXT context, HSNMP_PDU PDU)
{
    struct wsn_api_message message = {.src_handle = srcEntity,
                                      .dst_handle = dstEntity,
                                      .context_handle = context,
                                      .pdu_handle = PDU};
    struct wsn_session *object = wsn_api_enter_with(session, WSN_SESSION);
    SNMPAPI_STATUS status = SNMPAPI_FAILURE;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    if (wsn_api_pin_message(session, &message)) {
        status = wsn_api_status(session, send_now(object, &message));
        wsn_api_unpin_message(&message);
    }
    wsn_handle_unpin(session);
    return status;
}

/* ---- receiving ---------------------------------------------------------- */

static bool wants_nothing(const struct wsn_reception *reception)
{
    return reception->ret_src == NULL && reception->ret_dst == NULL &&
           reception->ret_context == NULL && reception->ret_pdu == NULL;
}

/* The code of a failed request is the result, and its handles are delivered
 * all the same: the program finds out what failed and may send it again. */
static wsn_err receive(struct wsn_session *session,
                       const struct wsn_reception *reception)
{
    struct wsn_item *item;
    wsn_err err;

    if (wants_nothing(reception))
        return SNMPAPI_NOOP;
    item = wsn_inbox_take(&session->inbox);
    if (item == NULL)
        return SNMPAPI_NOOP;
    err = wsn_reception_open(session->handle, item, reception);
    if (err != WSN_OK) {
        wsn_inbox_put_back(&session->inbox, item);
        return err;
    }
    err = item->status;
    wsn_item_free(item);
    return err;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpRecvMsg(HSNMP_SESSION session,
                                        LPHSNMP_ENTITY srcEntity,
                                        LPHSNMP_ENTITY dstEntity,
                                        LPHSNMP_CONTEXT context,
                                        LPHSNMP_PDU PDU)
{
    struct wsn_reception reception = {srcEntity, dstEntity, context, PDU};
    struct wsn_session *object = wsn_api_enter_with(session, WSN_SESSION);
    SNMPAPI_STATUS status;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    status = wsn_api_status(session, receive(object, &reception));
    wsn_handle_unpin(session);
    return status;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpCancelMsg(HSNMP_SESSION session, smiINT32 reqId)
{
    struct wsn_session *object = wsn_api_enter_with(session, WSN_SESSION);
    SNMPAPI_STATUS status;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    status = wsn_api_status(session, wsn_retry_cancel(object, reqId));
    wsn_handle_unpin(session);
    return status;
}
