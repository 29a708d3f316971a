/*
 * message.c - see message.h.
 */
#include "codec/message.h"

#include <string.h>

#include "codec/oid.h"
#include "codec/varbinds_wire.h"

/* ---- Scanning ----------------------------------------------------------- */

static inline bool take_int32(struct wsn_ber_reader *reader,
                              smiINT32 *ret_number)
{
    struct wsn_ber element;

    return wsn_ber_expect(reader, WSN_BER_INTEGER, &element) &&
           wsn_ber_int32(&element, ret_number);
}

static bool take_time(struct wsn_ber_reader *reader, smiUINT32 *ret_ticks)
{
    struct wsn_ber element;

    if (!wsn_ber_expect(reader, WSN_BER_TIMETICKS, &element) ||
        !wsn_ber_is_unsigned(&element, sizeof *ret_ticks))
        return false;
    *ret_ticks = (smiUINT32)wsn_ber_unsigned(&element);
    return true;
}

/* Which PDUs there are: RFC 1157 section 4.1, RFC 3416 section 3. */
static bool is_type_of(unsigned tag, int version)
{
    switch (tag) {
    case SNMP_PDU_GET:
    case SNMP_PDU_GETNEXT:
    case SNMP_PDU_RESPONSE:
    case SNMP_PDU_SET:
        return true;
    case SNMP_PDU_V1TRAP:
        return version == WSN_V1;
    case SNMP_PDU_GETBULK:
    case SNMP_PDU_INFORM:
    case SNMP_PDU_TRAP:
        return version == WSN_V2C;
    default:
        return false;
    }
}

/*
 * SNMPv1 has no exceptions, and a SET cannot store one; elsewhere in a
 * request they are values nobody looks at (RFC 3416 section 3).
 */
static bool allows_exceptions(const struct wsn_head *head)
{
    return head->version != WSN_V1 && head->pdu_type != SNMP_PDU_SET;
}

/* By value: whoever calls it keeps its reader in registers. */
static bool scan_varbinds(struct wsn_ber_reader pdu, struct wsn_head *head)
{
    return wsn_ber_expect(&pdu, WSN_BER_SEQUENCE, &head->varbinds) &&
           wsn_ber_is_at_end(&pdu) &&
           wsn_varbinds_scan(&head->varbinds, allows_exceptions(head),
                             &head->size);
}

static bool scan_enterprise(struct wsn_ber_reader *pdu, struct wsn_head *head)
{
    if (!wsn_ber_expect(pdu, WSN_BER_OID, &head->enterprise))
        return false;
    head->n_enterprise_ids =
        wsn_oid_ber_count_value(head->enterprise.body, head->enterprise.len);
    return head->n_enterprise_ids > 0;
}

static bool scan_agent_addr(struct wsn_ber_reader *pdu, struct wsn_head *head)
{
    struct wsn_ber element;

    if (!wsn_ber_expect(pdu, WSN_BER_IPADDR, &element) ||
        element.len != WSN_IPADDR_LEN)
        return false;
    memcpy(head->agent_addr, element.body, WSN_IPADDR_LEN);
    return true;
}

/* The trap must have an snmpTrapOID: enterprise.0.specific when generic 6. */
static bool is_translatable(const struct wsn_head *head)
{
    if (head->generic != SNMP_TRAP_ENTERPRISESPECIFIC)
        return head->generic >= SNMP_TRAP_COLDSTART &&
               head->generic < SNMP_TRAP_ENTERPRISESPECIFIC;
    return head->specific >= 0 && head->n_enterprise_ids + 2 <= MAXOBJIDSIZE;
}

static bool scan_v1_trap(struct wsn_ber_reader *pdu, struct wsn_head *head)
{
    head->error_offset = 0;
    head->request_id = 0;
    head->error_status = 0;
    head->error_index = 0;
    return scan_enterprise(pdu, head) && scan_agent_addr(pdu, head) &&
           take_int32(pdu, &head->generic) &&
           take_int32(pdu, &head->specific) && is_translatable(head) &&
           take_time(pdu, &head->timestamp) && scan_varbinds(*pdu, head);
}

static bool scan_plain_pdu(struct wsn_ber_reader *pdu,
                           const unsigned char *bytes, struct wsn_head *head)
{
    if (!take_int32(pdu, &head->request_id))
        return false;
    head->error_offset = (size_t)(pdu->next - bytes);
    return take_int32(pdu, &head->error_status) &&
           take_int32(pdu, &head->error_index) && scan_varbinds(*pdu, head);
}

/* The PDU is the last of the message's three members. */
static enum wsn_scan scan_pdu(struct wsn_ber_reader *message,
                              const unsigned char *bytes, struct wsn_head *head)
{
    struct wsn_ber_reader inner;
    struct wsn_ber pdu;
    bool is_good;

    head->pdu_offset = (size_t)(message->next - bytes);
    if (!wsn_ber_next(message, &pdu) || !wsn_ber_is_at_end(message))
        return WSN_SCAN_MALFORMED;
    if (!is_type_of(pdu.tag, head->version))
        return WSN_SCAN_BAD_TYPE;
    head->pdu_type = (smiINT)pdu.tag;
    inner = wsn_ber_enter(&pdu);
    is_good = pdu.tag == SNMP_PDU_V1TRAP ? scan_v1_trap(&inner, head)
                                         : scan_plain_pdu(&inner, bytes, head);
    return is_good ? WSN_SCAN_OK : WSN_SCAN_MALFORMED;
}

static enum wsn_scan scan_community(struct wsn_ber_reader *message,
                                    struct wsn_head *head)
{
    struct wsn_ber element;
    smiINT32 version;

    if (!take_int32(message, &version))
        return WSN_SCAN_MALFORMED;
    if (version != WSN_V1 && version != WSN_V2C)
        return WSN_SCAN_BAD_VERSION;
    if (!wsn_ber_expect(message, WSN_BER_OCTETS, &element))
        return WSN_SCAN_MALFORMED;
    head->version = version;
    head->community = element.body;
    head->community_len = element.len;
    return WSN_SCAN_OK;
}

/* Whether there is nothing but the beginning of a good tag and length. */
static bool is_cut_head(const struct wsn_ber_reader *reader)
{
    size_t left = (size_t)(reader->end - reader->next);
    unsigned first;

    if (left == 0 || reader->next[0] != WSN_BER_SEQUENCE)
        return false;
    if (left == 1)
        return true;
    first = reader->next[1]; /* 0x81 to 0x88: so many more follow */
    return first > WSN_BER_LONG_FORM && first <= WSN_BER_LONG_FORM + 8 &&
           first - WSN_BER_LONG_FORM > left - 2;
}

/* Why bytes do not begin with a frame: the rest of it may be missing. */
static enum wsn_scan blame_frame(const unsigned char *bytes, size_t len)
{
    struct wsn_ber_reader reader = {bytes, bytes + len};
    unsigned tag;
    uint64_t claimed;

    if (is_cut_head(&reader))
        return WSN_SCAN_TRUNCATED;
    if (!wsn_ber_read_head(&reader, &tag, &claimed) || tag != WSN_BER_SEQUENCE)
        return WSN_SCAN_MALFORMED;
    return WSN_SCAN_TRUNCATED; /* fewer octets are left than it claims */
}

static enum wsn_scan scan_body(struct wsn_ber_reader message,
                               const unsigned char *bytes,
                               struct wsn_head *head)
{
    enum wsn_scan result = scan_community(&message, head);

    return result == WSN_SCAN_OK ? scan_pdu(&message, bytes, head) : result;
}

enum wsn_scan wsn_message_scan(const unsigned char *bytes, size_t len,
                               struct wsn_head *head)
{
    struct wsn_ber_reader reader = {bytes, bytes + len};
    struct wsn_ber frame;

    if (!wsn_ber_expect(&reader, WSN_BER_SEQUENCE, &frame))
        return blame_frame(bytes, len);
    head->message_len = (size_t)(reader.next - bytes);
    head->has_trailing = head->message_len < len;
    return scan_body(wsn_ber_enter(&frame), bytes, head);
}

void wsn_head_rebase(struct wsn_head *head, const unsigned char *from,
                     const unsigned char *to)
{
    head->community = to + (head->community - from);
    head->varbinds.body = to + (head->varbinds.body - from);
    if (head->pdu_type == SNMP_PDU_V1TRAP)
        head->enterprise.body = to + (head->enterprise.body - from);
}

/* ---- Decoding ----------------------------------------------------------- */

static wsn_err decode_varbinds(const struct wsn_head *head,
                               struct wsn_varbinds **ret_varbinds)
{
    struct wsn_varbinds_builder builder;
    wsn_err err;

    if (head->size.n_varbinds == 0) {
        *ret_varbinds = NULL;
        return WSN_OK;
    }
    err = wsn_varbinds_build(&head->size, &builder);
    if (err != WSN_OK)
        return err;
    wsn_varbinds_read(&head->varbinds, &builder);
    *ret_varbinds = builder.body;
    return WSN_OK;
}

static smiINT at_least_zero(smiINT number)
{
    return number < 0 ? 0 : number;
}

wsn_err wsn_message_decode(const struct wsn_head *head, struct wsn_pdu *ret_pdu)
{
    struct wsn_pdu pdu;
    wsn_err err = decode_varbinds(head, &pdu.varbinds);

    if (err != WSN_OK)
        return err;
    pdu.type = head->pdu_type;
    pdu.request_id = head->request_id;
    pdu.error_status = head->error_status;
    pdu.error_index = head->error_index;
    if (pdu.type == SNMP_PDU_GETBULK) {
        pdu.error_status = at_least_zero(pdu.error_status);
        pdu.error_index = at_least_zero(pdu.error_index);
    }
    *ret_pdu = pdu;
    return WSN_OK;
}

/* ---- Encoding ----------------------------------------------------------- */

void wsn_message_write_pdu(struct wsn_ber_writer *writer,
                           const struct wsn_pdu *pdu, unsigned flags)
{
    const unsigned char *end = writer->next;

    wsn_varbinds_write(writer, pdu->varbinds, flags);
    wsn_ber_write_int32(writer, WSN_BER_INTEGER, pdu->error_index);
    wsn_ber_write_int32(writer, WSN_BER_INTEGER, pdu->error_status);
    wsn_ber_write_int32(writer, WSN_BER_INTEGER, pdu->request_id);
    wsn_ber_wrap(writer, (unsigned)pdu->type, end);
}

void wsn_message_writer_init(struct wsn_ber_writer *writer,
                             unsigned char *buffer, size_t size)
{
    size_t unused = size > WSN_MESSAGE_MAX ? size - WSN_MESSAGE_MAX : 0;

    wsn_ber_writer_init(writer, buffer + unused, size - unused);
}

wsn_err wsn_message_finish(struct wsn_ber_writer *writer,
                           const struct wsn_outgoing *out,
                           const unsigned char *buffer, size_t size,
                           size_t *ret_start)
{
    wsn_ber_write_octets(writer, WSN_BER_OCTETS, out->community,
                         out->community_len);
    wsn_ber_write_int32(writer, WSN_BER_INTEGER, out->version);
    wsn_ber_wrap(writer, WSN_BER_SEQUENCE, buffer + size);
    if (writer->is_full)
        return SNMPAPI_TL_PDU_TOO_BIG;
    *ret_start = (size_t)(writer->next - buffer);
    return WSN_OK;
}

wsn_err wsn_message_encode(const struct wsn_outgoing *out,
                           unsigned char *buffer, size_t size,
                           size_t *ret_start)
{
    smiINT type = out->pdu->type;
    bool is_answer = type == SNMP_PDU_RESPONSE || type == SNMP_PDU_TRAP;
    struct wsn_ber_writer writer;

    wsn_message_writer_init(&writer, buffer, size);
    wsn_message_write_pdu(&writer, out->pdu,
                          is_answer ? 0 : WSN_WRITE_NULL_EXCEPTIONS);
    return wsn_message_finish(&writer, out, buffer, size, ret_start);
}

/* ---- Answering ---------------------------------------------------------- */

void wsn_message_answer_inform(unsigned char *bytes,
                               const struct wsn_head *head)
{
    struct wsn_ber_reader reader = {bytes + head->error_offset,
                                    bytes + head->message_len};
    struct wsn_ber field;

    bytes[head->pdu_offset] = SNMP_PDU_RESPONSE;
    for (int i = 0; i < 2 && wsn_ber_next(&reader, &field); i++)
        memset(bytes + (field.body - bytes), 0, field.len);
}
