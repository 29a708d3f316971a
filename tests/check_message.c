/*
 * check_message.c - whole messages, decoded and encoded.
 */
#include "codec/message.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "support/bytes.h"
#include "support/golden.h"
#include "support/message_parts.h"
#include "support/suite.h"
#include "support/varbinds_make.h"
#include "support/varbinds_text.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* ---- Golden messages ------------------------------------------------ */

static const struct golden {
    const char *hex;
    int version;
    struct wsn_pdu pdu; /* without its list */
    const char *list;
} golden[] = {
    {GOLDEN_V1_GET,
     WSN_V1,
     {SNMP_PDU_GET, 1, 0, 0, NULL},
     "[{\"oid\": \"1.3.6.1.2.1.1.1.0\", \"type\": \"NULL\"}]"},
    {GOLDEN_V2C_GETBULK,
     WSN_V2C,
     {SNMP_PDU_GETBULK, 0x01020304, 1, 10, NULL},
     "[{\"oid\": \"1.3.6.1.2.1.1.3\", \"type\": \"NULL\"}, "
     "{\"oid\": \"1.3.6.1.2.1.2.2.1.2\", \"type\": \"NULL\"}]"},
    {GOLDEN_V2C_TRAP,
     WSN_V2C,
     {SNMP_PDU_TRAP, 99, 0, 0, NULL},
     "[{\"oid\": \"1.3.6.1.2.1.1.3.0\", \"type\": \"TimeTicks\", \"value\": "
     "100}, {\"oid\": \"1.3.6.1.6.3.1.1.4.1.0\", \"type\": \"OID\", "
     "\"value\": \"1.3.6.1.6.3.1.1.5.1\"}]"},
    {GOLDEN_V2C_TOO_BIG,
     WSN_V2C,
     {SNMP_PDU_RESPONSE, -1, SNMP_ERROR_TOOBIG, 0, NULL},
     "[]"},
    {GOLDEN_V2C_RESPONSE,
     WSN_V2C,
     {SNMP_PDU_RESPONSE, 1, 2, 3, NULL},
     "[{\"oid\": \"1.3.1\", \"type\": \"INTEGER\", \"value\": -129}, "
     "{\"oid\": \"1.3.2\", \"type\": \"OCTET STRING\", \"value\": \"6869\"}, "
     "{\"oid\": \"1.3.3\", \"type\": \"NULL\"}, "
     "{\"oid\": \"1.3.4\", \"type\": \"OID\", \"value\": \"2.999.3\"}, "
     "{\"oid\": \"1.3.5\", \"type\": \"IpAddress\", \"value\": "
     "\"0a000001\"}, "
     "{\"oid\": \"1.3.6\", \"type\": \"Counter32\", \"value\": 4294967295}, "
     "{\"oid\": \"1.3.7\", \"type\": \"Gauge32\", \"value\": 7}, "
     "{\"oid\": \"1.3.8\", \"type\": \"Opaque\", \"value\": \"ff\"}, "
     "{\"oid\": \"1.3.9\", \"type\": \"Counter64\", \"value\": "
     "18446744073709551615}, "
     "{\"oid\": \"1.3.10\", \"type\": \"noSuchObject\"}, "
     "{\"oid\": \"1.3.11\", \"type\": \"endOfMibView\"}]"},
};

/* A message of pdu with community "public". */
static struct wsn_outgoing outgoing(int version, const struct wsn_pdu *pdu)
{
    struct wsn_outgoing out = {.version = version,
                               .community = "public",
                               .community_len = 6,
                               .pdu = pdu};

    return out;
}

START_TEST(golden_messages_decode_and_encode_bit_for_bit)
{
    const struct golden *c = &golden[_i];
    struct bytes bytes = bytes_from_hex(c->hex);
    unsigned char buffer[256];
    struct wsn_head head;
    struct wsn_pdu pdu;
    struct wsn_outgoing out = outgoing(c->version, &pdu);
    size_t start;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_int_eq(head.version, c->version);
    ck_assert_uint_eq(head.community_len, 6);
    ck_assert_mem_eq(head.community, "public", 6);
    ck_assert_uint_eq(head.message_len, bytes.len);
    ck_assert(!head.has_trailing);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    ck_assert_int_eq(pdu.type, c->pdu.type);
    ck_assert_int_eq(pdu.request_id, c->pdu.request_id);
    ck_assert_int_eq(pdu.error_status, c->pdu.error_status);
    ck_assert_int_eq(pdu.error_index, c->pdu.error_index);
    varbinds_assert(pdu.varbinds, c->list);
    ck_assert_uint_eq(wsn_message_encode(&out, buffer, sizeof buffer, &start),
                      WSN_OK);
    bytes_assert_hex(buffer + start, sizeof buffer - start, c->hex);
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
}
END_TEST

START_TEST(a_v1_trap_is_scanned_into_its_fields)
{
    struct bytes bytes = bytes_from_hex(GOLDEN_V1_TRAP_SPECIFIC);
    struct wsn_head head;
    struct wsn_pdu pdu;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_int_eq(head.pdu_type, SNMP_PDU_V1TRAP);
    ck_assert_uint_eq(head.n_enterprise_ids, 8);
    ck_assert_mem_eq(head.agent_addr, "\xc0\x00\x02\x01", 4);
    ck_assert_int_eq(head.generic, SNMP_TRAP_ENTERPRISESPECIFIC);
    ck_assert_int_eq(head.specific, 17);
    ck_assert_uint_eq(head.timestamp, 100);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    ck_assert_int_eq(pdu.type, SNMP_PDU_V1TRAP);
    varbinds_assert(pdu.varbinds,
                    "[{\"oid\": \"1.3.6.1.4.1.8072.3.1.0\", \"type\": "
                    "\"OCTET STRING\", \"value\": \"6869\"}]");
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
}
END_TEST

/* ---- Decoding ------------------------------------------------------- */

/* Decodes the default message with other parts. */
static struct wsn_pdu decode_parts(const struct parts *parts)
{
    struct bytes bytes = assemble(parts);
    struct wsn_head head;
    struct wsn_pdu pdu;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    bytes_free(&bytes);
    return pdu;
}

static const struct value_case {
    const char *wire;
    const char *text;
} value_cases[] = {
    {"06 00", "\"OID\", \"value\": \"0.0\""},
    {"40 00", "\"IpAddress\", \"value\": \"\""},
    {"40 05 01 02 03 04 05", "\"IpAddress\", \"value\": \"0102030405\""},
    {"04 00", "\"OCTET STRING\", \"value\": \"\""},
    {"41 04 ff ff ff ff", "\"Counter32\", \"value\": 4294967295"},
    {"42 02 80 00", "\"Gauge32\", \"value\": 32768"},
    {"43 01 ff", "\"TimeTicks\", \"value\": 255"},
    {"47 01 07", "\"UInteger32\", \"value\": 7"},
    {"45 02 01 02", "\"NsapAddress\", \"value\": \"0102\""},
    {"46 08 ff ff ff ff ff ff ff ff",
     "\"Counter64\", \"value\": 18446744073709551615"},
    {"46 05 01 00 00 00 02", "\"Counter64\", \"value\": 4294967298"},
    {"02 05 ff 80 00 00 00", "\"INTEGER\", \"value\": -2147483648"},
    {"81 00", "\"noSuchInstance\""},
};

START_TEST(tolerated_values_decode_to_what_was_meant)
{
    const struct value_case *c = &value_cases[_i];
    struct parts parts = {.value = c->wire};
    struct wsn_pdu pdu = decode_parts(&parts);
    char wanted[256];

    snprintf(wanted, sizeof wanted,
             "[{\"oid\": \"1.3.6.1.2.1.1.1.0\", \"type\": %s}]", c->text);
    varbinds_assert(pdu.varbinds, wanted);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(negative_getbulk_fields_become_zero)
{
    struct parts parts = {.tag = SNMP_PDU_GETBULK,
                          .fields = "02 01 01 02 01 ff 02 01 80"};
    struct wsn_pdu pdu = decode_parts(&parts);

    ck_assert_int_eq(pdu.error_status, 0);
    ck_assert_int_eq(pdu.error_index, 0);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(odd_error_fields_are_handed_on)
{
    struct parts parts = {.fields = "02 01 01 02 01 ff 02 01 63"};
    struct wsn_pdu pdu = decode_parts(&parts);

    ck_assert_int_eq(pdu.error_status, -1);
    ck_assert_int_eq(pdu.error_index, 99);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

/* Counts allocations, and allows *arg of them. */
static bool allow_some(void *arg, size_t size)
{
    int *left = arg;

    (void)size;
    return (*left)-- > 0;
}

static void ignore_free(void *arg)
{
    (void)arg;
}

START_TEST(decoding_allocates_once_or_fails_cleanly)
{
    struct bytes bytes = bytes_from_hex(GOLDEN_V2C_RESPONSE);
    int left = 1;
    struct wsn_alloc_hook hook = {allow_some, ignore_free, &left};
    struct wsn_pdu pdu = {.type = 77};
    struct wsn_head head;

    wsn_alloc_set_hook(&hook);
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    ck_assert_int_eq(left, 0);
    wsn_varbinds_unref(pdu.varbinds);
    pdu.type = 77;
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), SNMPAPI_ALLOC_ERROR);
    ck_assert_int_eq(pdu.type, 77);
    wsn_alloc_set_hook(NULL);
    bytes_free(&bytes);
}
END_TEST

/* ---- Encoding ------------------------------------------------------- */

START_TEST(a_message_fits_exactly_or_is_too_big)
{
    struct bytes wanted = bytes_from_hex(GOLDEN_V2C_TRAP);
    struct wsn_pdu pdu = {.type = SNMP_PDU_TRAP, .request_id = 99};
    struct wsn_outgoing out = outgoing(WSN_V2C, &pdu);

    add_uint(&pdu.varbinds, "1.3.6.1.2.1.1.3.0", SNMP_SYNTAX_TIMETICKS, 100);
    add_oid(&pdu.varbinds, "1.3.6.1.6.3.1.1.4.1.0", "1.3.6.1.6.3.1.1.5.1");
    for (size_t size = 0; size <= wanted.len + 1; size++) {
        unsigned char *buffer = malloc(size);
        size_t start = 77;
        wsn_err err = wsn_message_encode(&out, buffer, size, &start);

        if (size < wanted.len) {
            ck_assert_uint_eq(err, SNMPAPI_TL_PDU_TOO_BIG);
            ck_assert_uint_eq(start, 77);
        } else {
            ck_assert_uint_eq(err, WSN_OK);
            ck_assert_uint_eq(start, size - wanted.len);
            ck_assert_mem_eq(buffer + start, wanted.at, wanted.len);
        }
        free(buffer);
    }
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&wanted);
}
END_TEST

/* A response that is n octets long, with a value of almost that length. */
static wsn_err encode_of_size(size_t n)
{
    static unsigned char octets[WSN_MESSAGE_MAX];
    static unsigned char buffer[WSN_MESSAGE_MAX + 100];
    static const size_t overhead = 44;
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};
    struct wsn_pdu pdu = {.type = SNMP_PDU_RESPONSE};
    struct wsn_outgoing out = outgoing(WSN_V2C, &pdu);
    size_t start = 0;
    wsn_err err;

    value.value.string.len = (smiUINT32)(n - overhead);
    value.value.string.ptr = octets;
    add_value(&pdu.varbinds, "1.3.6", &value);
    err = wsn_message_encode(&out, buffer, sizeof buffer, &start);
    if (err == WSN_OK)
        ck_assert_uint_eq(sizeof buffer - start, n);
    wsn_varbinds_unref(pdu.varbinds);
    return err;
}

START_TEST(no_message_exceeds_what_udp_carries)
{
    ck_assert_uint_eq(encode_of_size(WSN_MESSAGE_MAX), WSN_OK);
    ck_assert_uint_eq(encode_of_size(WSN_MESSAGE_MAX + 1),
                      SNMPAPI_TL_PDU_TOO_BIG);
}
END_TEST

/* Writes pdu as the version it came in; returns the bytes written. */
static struct bytes encode(const struct wsn_head *head,
                           const struct wsn_pdu *pdu)
{
    static unsigned char buffer[4096];
    struct wsn_outgoing out = outgoing(head->version, pdu);
    size_t start;

    out.community = head->community;
    out.community_len = head->community_len;
    ck_assert_uint_eq(wsn_message_encode(&out, buffer, sizeof buffer, &start),
                      WSN_OK);
    return bytes_copy(buffer + start, sizeof buffer - start);
}

/* Around the lengths where the length itself needs more octets. */
static const smiUINT32 value_lengths[] = {0,   1,   127,  128, 255,
                                          256, 257, 1400, 3000};

START_TEST(a_value_of_any_length_comes_back)
{
    static unsigned char octets[3000];
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};
    struct wsn_head head = {.version = WSN_V2C};
    struct wsn_pdu pdu = {.type = SNMP_PDU_RESPONSE};
    const smiVALUE *got;
    struct bytes bytes;

    for (size_t i = 0; i < sizeof octets; i++)
        octets[i] = (unsigned char)(i * 7);
    value.value.string.len = value_lengths[_i];
    value.value.string.ptr = octets;
    add_value(&pdu.varbinds, "1.3.6.1", &value);
    add_int(&pdu.varbinds, "1.3.6.2", 5);
    bytes = encode(&head, &pdu);
    wsn_varbinds_unref(pdu.varbinds);
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    bytes_free(&bytes);
    ck_assert_uint_eq(wsn_varbinds_count(pdu.varbinds), 2);
    got = &wsn_varbinds_at(pdu.varbinds, 0)->value;
    ck_assert_uint_eq(got->value.string.len, value_lengths[_i]);
    ck_assert_mem_eq(got->value.string.ptr, octets, value_lengths[_i]);
    ck_assert_int_eq(wsn_varbinds_at(pdu.varbinds, 1)->value.value.sNumber, 5);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

static const struct exception_case {
    smiINT type;
    smiUINT32 sent;
} exception_cases[] = {
    {SNMP_PDU_GET, SNMP_SYNTAX_NULL},
    {SNMP_PDU_GETNEXT, SNMP_SYNTAX_NULL},
    {SNMP_PDU_GETBULK, SNMP_SYNTAX_NULL},
    {SNMP_PDU_INFORM, SNMP_SYNTAX_NULL},
    {SNMP_PDU_RESPONSE, SNMP_SYNTAX_ENDOFMIBVIEW},
    {SNMP_PDU_TRAP, SNMP_SYNTAX_ENDOFMIBVIEW},
};

START_TEST(exceptions_in_requests_are_sent_as_null)
{
    const struct exception_case *c = &exception_cases[_i];
    struct wsn_head head = {.version = WSN_V2C};
    struct wsn_pdu pdu = {.type = c->type};
    struct bytes bytes;

    add_int(&pdu.varbinds, "1.3.6", 5);
    add_empty(&pdu.varbinds, "1.3.6", SNMP_SYNTAX_ENDOFMIBVIEW);
    bytes = encode(&head, &pdu);
    wsn_varbinds_unref(pdu.varbinds);
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_at(pdu.varbinds, 0)->value.syntax,
                      SNMP_SYNTAX_INT);
    ck_assert_uint_eq(wsn_varbinds_at(pdu.varbinds, 1)->value.syntax, c->sent);
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
}
END_TEST

/* ---- Informs -------------------------------------------------------- */

START_TEST(an_inform_is_answered_in_place)
{
    struct bytes bytes = bytes_from_hex(GOLDEN_V2C_INFORM);
    struct bytes copy = bytes_copy(bytes.at, bytes.len);
    struct wsn_head head;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    wsn_message_answer_inform(copy.at, &head);
    bytes_assert_hex(copy.at, copy.len, GOLDEN_V2C_INFORM_ANSWER);
    ck_assert_int_eq(wsn_message_scan(copy.at, copy.len, &head), WSN_SCAN_OK);
    ck_assert_int_eq(head.pdu_type, SNMP_PDU_RESPONSE);
    ck_assert_int_eq(head.request_id, 0x102);
    bytes_free(&copy);
    bytes_free(&bytes);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *whole = tcase_create("golden");
    TCase *decoding = tcase_create("decoding");
    TCase *encoding = tcase_create("encoding");

    tcase_add_loop_test(whole, golden_messages_decode_and_encode_bit_for_bit, 0,
                        N_CASES(golden));
    tcase_add_test(whole, a_v1_trap_is_scanned_into_its_fields);
    suite_add_tcase(suite, whole);

    tcase_add_loop_test(decoding, tolerated_values_decode_to_what_was_meant, 0,
                        N_CASES(value_cases));
    tcase_add_test(decoding, negative_getbulk_fields_become_zero);
    tcase_add_test(decoding, odd_error_fields_are_handed_on);
    tcase_add_test(decoding, decoding_allocates_once_or_fails_cleanly);
    suite_add_tcase(suite, decoding);

    tcase_add_test(encoding, a_message_fits_exactly_or_is_too_big);
    tcase_add_test(encoding, no_message_exceeds_what_udp_carries);
    tcase_add_loop_test(encoding, a_value_of_any_length_comes_back, 0,
                        N_CASES(value_lengths));
    tcase_add_loop_test(encoding, exceptions_in_requests_are_sent_as_null, 0,
                        N_CASES(exception_cases));
    tcase_add_test(encoding, an_inform_is_answered_in_place);
    suite_add_tcase(suite, encoding);
}

SUITE_MAIN("codec/message", suite_fill)
