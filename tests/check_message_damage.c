/*
 * check_message_damage.c - nothing a peer sends does harm.
 */
#include "support/bytes.h"
#include "support/damage.h"
#include "support/golden.h"
#include "support/message_parts.h"
#include "support/suite.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

static const char *const messages[] = {
    GOLDEN_V1_GET,     GOLDEN_V1_GETNEXT,         GOLDEN_V2C_GETBULK,
    GOLDEN_V2C_TRAP,   GOLDEN_V2C_TOO_BIG,        GOLDEN_V2C_RESPONSE,
    GOLDEN_V2C_INFORM, GOLDEN_V1_TRAP_COLD_START, GOLDEN_V1_TRAP_SPECIFIC,
};

START_TEST(damaged_messages_do_no_harm)
{
    struct bytes bytes = bytes_from_hex(messages[_i]);

    damage(&bytes);
    bytes_free(&bytes);
}
END_TEST

/* Messages that are odd to begin with. */
static const struct parts odd[] = {
    {.version = "02 04 00 00 00 01"},
    {.community = "04 81 03 61 00 62"},
    {.tag = SNMP_PDU_GETBULK, .fields = "02 01 01 02 01 ff 02 01 ff"},
    {.tag = SNMP_PDU_GET, .value = "80 00"},
    {.list = "30 82 00 08 30 84 00 00 00 02 06 00"},
    {.name = "06 0b 88 37 8f ff ff ff 7f 90 80 80 00"},
    {.value = "06 00"},
    {.value = "40 10 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a"},
    {.value = "46 09 00 ff ff ff ff ff ff ff ff"},
    {.value = "44 07 9f 78 04 41 20 00 00"},
    {.version = "02 01 00", .value = "46 01 01"},
    {.version = "02 01 00",
     .tag = SNMP_PDU_V1TRAP,
     .fields = "06 00 40 04 0a 00 00 01 02 01 06 02 04 7f ff ff ff 43 04 ff "
               "ff ff ff"},
};

START_TEST(damaged_odd_messages_do_no_harm)
{
    struct bytes bytes = assemble(&odd[_i]);

    damage(&bytes);
    bytes_free(&bytes);
}
END_TEST

START_TEST(every_beginning_of_a_message_is_refused)
{
    struct bytes bytes = bytes_from_hex(messages[_i]);

    for (size_t len = 0; len < bytes.len; len++) {
        struct bytes part = bytes_copy(bytes.at, len);
        struct wsn_head head;
        enum wsn_scan result = wsn_message_scan(part.at, part.len, &head);

        ck_assert_int_eq(result,
                         len == 0 ? WSN_SCAN_MALFORMED : WSN_SCAN_TRUNCATED);
        bytes_free(&part);
    }
    bytes_free(&bytes);
}
END_TEST

/* ---- Sizes ---------------------------------------------------------- */

/* A response whose only name and value have that many sub-ids. */
static enum wsn_scan scan_long_oid(size_t name_len, size_t value_len)
{
    /* The first octet holds two sub-ids. */
    static const unsigned char oid[MAXOBJIDSIZE] = {0x2b};
    unsigned char buffer[1024];
    const unsigned char *end = buffer + sizeof buffer;
    struct wsn_ber_writer writer;
    struct wsn_head head;
    struct bytes bytes;
    enum wsn_scan result;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    wsn_ber_write_octets(&writer, WSN_BER_OID, oid, value_len - 1);
    wsn_ber_write_octets(&writer, WSN_BER_OID, oid, name_len - 1);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    put_hex(&writer, "02 01 01 02 01 00 02 01 00", NULL);
    wsn_ber_wrap(&writer, SNMP_PDU_RESPONSE, end);
    put_hex(&writer, "02 01 01 04 00", NULL);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    bytes = bytes_copy(writer.next, (size_t)(end - writer.next));
    result = wsn_message_scan(bytes.at, bytes.len, &head);
    bytes_free(&bytes);
    return result;
}

START_TEST(oids_have_at_most_128_sub_ids)
{
    ck_assert_int_eq(scan_long_oid(128, 128), WSN_SCAN_OK);
    ck_assert_int_eq(scan_long_oid(129, 2), WSN_SCAN_MALFORMED);
    ck_assert_int_eq(scan_long_oid(2, 129), WSN_SCAN_MALFORMED);
}
END_TEST

START_TEST(thousands_of_variables_decode_in_one_block)
{
    enum { N = 9300 };
    static unsigned char buffer[WSN_MESSAGE_MAX];
    static const smiUINT32 ids[] = {1, 3};
    const unsigned char *end = buffer + sizeof buffer;
    struct wsn_ber_writer writer;
    struct wsn_head head;
    struct wsn_pdu pdu;
    struct bytes bytes;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    for (int i = 0; i < N; i++) {
        const unsigned char *entry_end = writer.next;

        wsn_ber_write_head(&writer, WSN_BER_NULL, 0);
        wsn_oid_ber_write(&writer, ids, 2);
        wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, entry_end);
    }
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    put_hex(&writer, "02 01 01 02 01 00 02 01 00", NULL);
    wsn_ber_wrap(&writer, SNMP_PDU_RESPONSE, end);
    put_hex(&writer, "02 01 01 04 00", NULL);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    ck_assert(!writer.is_full);
    bytes = bytes_copy(writer.next, (size_t)(end - writer.next));
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(head.size.n_varbinds, N);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_count(pdu.varbinds), N);
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
}
END_TEST

START_TEST(nested_sequences_are_refused_without_recursion)
{
    static unsigned char buffer[WSN_MESSAGE_MAX];
    const unsigned char *end = buffer + sizeof buffer;
    struct wsn_ber_writer writer;
    struct wsn_head head;
    struct bytes bytes;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    for (int i = 0; i < 2000; i++)
        wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    put_hex(&writer, "06 01 2b", NULL);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    put_hex(&writer, "02 01 01 02 01 00 02 01 00", NULL);
    wsn_ber_wrap(&writer, SNMP_PDU_RESPONSE, end);
    put_hex(&writer, "02 01 01 04 00", NULL);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    ck_assert(!writer.is_full);
    bytes = bytes_copy(writer.next, (size_t)(end - writer.next));
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head),
                     WSN_SCAN_MALFORMED);
    bytes_free(&bytes);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *harm = tcase_create("damage");
    TCase *sizes = tcase_create("sizes");

    tcase_add_loop_test(harm, damaged_messages_do_no_harm, 0,
                        N_CASES(messages));
    tcase_add_loop_test(harm, damaged_odd_messages_do_no_harm, 0, N_CASES(odd));
    tcase_add_loop_test(harm, every_beginning_of_a_message_is_refused, 0,
                        N_CASES(messages));
    suite_add_tcase(suite, harm);

    tcase_add_test(sizes, oids_have_at_most_128_sub_ids);
    tcase_add_test(sizes, thousands_of_variables_decode_in_one_block);
    tcase_add_test(sizes, nested_sequences_are_refused_without_recursion);
    suite_add_tcase(suite, sizes);
}

SUITE_MAIN("codec/message_damage", suite_fill)
