/*
 * coexist.c - see coexist.h.
 */
#include "codec/coexist.h"

#include "codec/names.h"
#include "codec/oid.h"
#include "codec/trap.h"
#include "codec/value.h"
#include "codec/varbinds_wire.h"

/* ---- Out ------------------------------------------------------------ */

/* RFC 2089 section 2.1, RFC 3584 section 4.4. */
static smiINT v1_error_status(smiINT status)
{
    switch (status) {
    case SNMP_ERROR_NOERROR:
    case SNMP_ERROR_TOOBIG:
    case SNMP_ERROR_NOSUCHNAME:
    case SNMP_ERROR_BADVALUE:
    case SNMP_ERROR_READONLY:
    case SNMP_ERROR_GENERR:
        return status;
    case SNMP_ERROR_WRONGVALUE:
    case SNMP_ERROR_WRONGENCODING:
    case SNMP_ERROR_WRONGTYPE:
    case SNMP_ERROR_WRONGLENGTH:
    case SNMP_ERROR_INCONSISTENTVALUE:
        return SNMP_ERROR_BADVALUE;
    case SNMP_ERROR_NOACCESS:
    case SNMP_ERROR_NOTWRITABLE:
    case SNMP_ERROR_NOCREATION:
    case SNMP_ERROR_INCONSISTENTNAME:
    case SNMP_ERROR_AUTHORIZATIONERROR:
        return SNMP_ERROR_NOSUCHNAME;
    default:
        return SNMP_ERROR_GENERR;
    }
}

/* Position from 1 of the first value SNMPv1 has not; 0 when all are fine. */
static size_t find_v2_value(const struct wsn_varbinds *varbinds)
{
    const struct wsn_varbind *entries = wsn_varbinds_at(varbinds, 0);

    for (size_t i = 0; i < wsn_varbinds_count(varbinds); i++)
        if (wsn_value_is_v2(entries[i].value.syntax))
            return i + 1;
    return 0;
}

/*
 * RFC 2089 section 2: an exception or a Counter64 becomes
 * noSuchName at its position, and the variables those of the request.  The
 * request is not at hand; its names are, and its values were NULL.
 */
static void write_v1_response(struct wsn_ber_writer *writer,
                              struct wsn_pdu response)
{
    size_t position = find_v2_value(response.varbinds);

    if (position != 0 && response.error_status == SNMP_ERROR_NOERROR) {
        response.error_status = SNMP_ERROR_NOSUCHNAME;
        response.error_index = (smiINT)position;
    }
    response.error_status = v1_error_status(response.error_status);
    wsn_message_write_pdu(writer, &response,
                          position != 0 ? WSN_WRITE_NULL_ALL : 0);
}

/* The values of a retrieval mean nothing, so what v1 has not can be NULL. */
static void write_v1_retrieval(struct wsn_ber_writer *writer,
                               struct wsn_pdu request)
{
    /* RFC 1908 section 3.1.1 (2). */
    if (request.type == SNMP_PDU_GETBULK) {
        request.type = SNMP_PDU_GETNEXT;
        request.error_status = 0;
        request.error_index = 0;
    }
    wsn_message_write_pdu(writer, &request,
                          WSN_WRITE_NULL_EXCEPTIONS | WSN_WRITE_NULL_CNTR64);
}

static wsn_err write_v1(struct wsn_ber_writer *writer,
                        const struct wsn_outgoing *out)
{
    const struct wsn_pdu *pdu = out->pdu;

    switch (pdu->type) {
    case SNMP_PDU_TRAP:
        return wsn_trap_write(writer, pdu, out->agent_addr);
    case SNMP_PDU_RESPONSE:
        write_v1_response(writer, *pdu);
        return WSN_OK;
    case SNMP_PDU_SET:
        if (find_v2_value(pdu->varbinds) != 0)
            return SNMPAPI_OPERATION_INVALID;
        wsn_message_write_pdu(writer, pdu, 0);
        return WSN_OK;
    case SNMP_PDU_INFORM:
        return SNMPAPI_OPERATION_INVALID;
    default:
        write_v1_retrieval(writer, *pdu);
        return WSN_OK;
    }
}

wsn_err wsn_coexist_encode(const struct wsn_outgoing *out,
                           unsigned char *buffer, size_t size,
                           size_t *ret_start)
{
    struct wsn_ber_writer writer;
    wsn_err err = wsn_pdu_check(out->pdu, out->version);

    if (err != WSN_OK)
        return err;
    if (out->version != WSN_V1)
        return wsn_message_encode(out, buffer, size, ret_start);
    wsn_message_writer_init(&writer, buffer, size);
    err = write_v1(&writer, out);
    if (err != WSN_OK)
        return err;
    return wsn_message_finish(&writer, out, buffer, size, ret_start);
}

/* ---- In ------------------------------------------------------------- */

/*
 * SNMPv1 repeats the request's variables in a tooBig response; SNMPv2, which
 * the application sees, leaves them out (RFC 3416 section 4.2.1).
 */
static bool is_v1_too_big(const struct wsn_head *head)
{
    return head->version == WSN_V1 && head->pdu_type == SNMP_PDU_RESPONSE &&
           head->error_status == SNMP_ERROR_TOOBIG;
}

wsn_err wsn_coexist_decode(const struct wsn_head *head, bool rfc3584,
                           smiINT32 generated_id, struct wsn_pdu *ret_pdu)
{
    struct wsn_head bare;

    if (head->pdu_type == SNMP_PDU_V1TRAP)
        return wsn_trap_read(head, rfc3584, generated_id, ret_pdu);
    if (!is_v1_too_big(head))
        return wsn_message_decode(head, ret_pdu);
    bare = *head;
    bare.size.n_varbinds = 0;
    return wsn_message_decode(&bare, ret_pdu);
}

static bool second_value(const struct wsn_head *head,
                         smiUINT32 ids[MAXOBJIDSIZE], size_t *ret_len)
{
    struct wsn_ber_reader list = wsn_ber_enter(&head->varbinds);
    struct wsn_varbind_view view;

    if (head->size.n_varbinds < 2)
        return false;
    (void)wsn_ber_next_checked(&list);
    view = wsn_varbind_next_checked(&list);
    if (view.value.tag != SNMP_SYNTAX_OID)
        return false;
    *ret_len = wsn_oid_ber_read(view.value.body, view.value.len, ids);
    return true;
}

bool wsn_coexist_trap_oid(const struct wsn_head *head,
                          smiUINT32 ids[MAXOBJIDSIZE], size_t *ret_len)
{
    switch (head->pdu_type) {
    case SNMP_PDU_V1TRAP:
        *ret_len = wsn_trap_oid(head, ids);
        return true;
    case SNMP_PDU_TRAP:
    case SNMP_PDU_INFORM:
        return second_value(head, ids, ret_len);
    default:
        return false;
    }
}

bool wsn_coexist_next_community(struct wsn_ber_reader *list,
                                struct wsn_ber *ret_value)
{
    const struct wsn_name *wanted = &wsn_name_trap_community;
    smiUINT32 ids[MAXOBJIDSIZE];

    while (!wsn_ber_is_at_end(list)) {
        struct wsn_varbind_view view = wsn_varbind_next_checked(list);
        size_t len = wsn_oid_ber_read(view.name.body, view.name.len, ids);

        if (wsn_oid_is_equal(ids, len, wanted->ids, wanted->len)) {
            *ret_value = view.value;
            return true;
        }
    }
    return false;
}
