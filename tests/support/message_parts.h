/*
 * message_parts.h - messages put together from hex, with one part unlike
 * the others.
 */
#ifndef WSN_TESTS_SUPPORT_MESSAGE_PARTS_H
#define WSN_TESTS_SUPPORT_MESSAGE_PARTS_H

#include <check.h>
#include <string.h>

#include "codec/ber.h"
#include "support/bytes.h"
#include "winsnmp_types.h"

/*
 * A message made of default parts, except those given as hex:
 * version, community: elements; fields: what precedes the list in the PDU;
 * list: the list element; name, value: elements of its only entry.
 */
struct parts {
    const char *version;
    const char *community;
    unsigned tag;
    const char *fields;
    const char *list;
    const char *name;
    const char *value;
    const char *behind_pdu;
};

static inline void put_hex(struct wsn_ber_writer *writer, const char *hex,
                           const char *otherwise)
{
    struct bytes bytes = bytes_from_hex(hex == NULL ? otherwise : hex);
    unsigned char *at = wsn_ber_reserve(writer, bytes.len);

    ck_assert_ptr_nonnull(at);
    memcpy(at, bytes.at, bytes.len);
    bytes_free(&bytes);
}

static inline void put_list(struct wsn_ber_writer *writer,
                            const struct parts *parts)
{
    const unsigned char *end = writer->next;

    if (parts->list != NULL) {
        put_hex(writer, parts->list, NULL);
        return;
    }
    put_hex(writer, parts->value, "05 00");
    put_hex(writer, parts->name, "06 08 2b 06 01 02 01 01 01 00");
    wsn_ber_wrap(writer, WSN_BER_SEQUENCE, end);
    wsn_ber_wrap(writer, WSN_BER_SEQUENCE, end);
}

static inline struct bytes assemble(const struct parts *parts)
{
    static unsigned char buffer[2048];
    const unsigned char *end = buffer + sizeof buffer;
    const unsigned char *pdu_end;
    struct wsn_ber_writer writer;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    put_hex(&writer, parts->behind_pdu, "");
    pdu_end = writer.next;
    put_list(&writer, parts);
    put_hex(&writer, parts->fields, "02 01 01 02 01 00 02 01 00");
    wsn_ber_wrap(&writer, parts->tag == 0 ? SNMP_PDU_RESPONSE : parts->tag,
                 pdu_end);
    put_hex(&writer, parts->community, "04 06 70 75 62 6c 69 63");
    put_hex(&writer, parts->version, "02 01 01");
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    return bytes_copy(writer.next, (size_t)(end - writer.next));
}

#endif
