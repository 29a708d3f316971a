/*
 * check_trap.c - SNMPv1 Trap-PDUs to and from SNMPv2 traps.
 */
#include <string.h>

#include "base/alloc.h"
#include "codec/coexist.h"
#include "support/bytes.h"
#include "support/golden.h"
#include "support/suite.h"
#include "support/varbinds_make.h"
#include "support/varbinds_text.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

#define UP_TIME "1.3.6.1.2.1.1.3.0"
#define TRAP_OID "1.3.6.1.6.3.1.1.4.1.0"
#define TRAP_ENTERPRISE "1.3.6.1.6.3.1.1.4.3.0"
#define TRAP_ADDRESS "1.3.6.1.6.3.18.1.3.0"
#define TRAP_COMMUNITY "1.3.6.1.6.3.18.1.4.0"

static const unsigned char agent_addr[4] = {192, 0, 2, 1};

/* Scans hex, which is good, and keeps the bytes until bytes_free(). */
static struct bytes scan_hex(const char *hex, struct wsn_head *ret_head)
{
    struct bytes bytes = bytes_from_hex(hex);

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, ret_head),
                     WSN_SCAN_OK);
    return bytes;
}

/* ---- From version 1 ------------------------------------------------- */

#define COLD_START_LEADING                                             \
    "[{\"oid\": \"" UP_TIME "\", \"type\": \"TimeTicks\", \"value\": " \
    "4294967295}, {\"oid\": \"" TRAP_OID "\", \"type\": \"OID\", "     \
    "\"value\": \"1.3.6.1.6.3.1.1.5.1\"}, "
#define COLD_START_ENTERPRISE                                           \
    "{\"oid\": \"" TRAP_ENTERPRISE "\", \"type\": \"OID\", \"value\": " \
    "\"1.3.6.1.4.1.311.1.1.3.1.1\"}]"
#define COLD_START_ADDITIONS                                               \
    "{\"oid\": \"" TRAP_ADDRESS "\", \"type\": \"IpAddress\", \"value\": " \
    "\"c0000201\"}, {\"oid\": \"" TRAP_COMMUNITY "\", \"type\": "          \
    "\"OCTET STRING\", \"value\": \"7075626c6963\"}, "

static const struct read_case {
    const char *hex;
    bool rfc3584;
    const char *list;
} read_cases[] = {
    {GOLDEN_V1_TRAP_COLD_START, false,
     COLD_START_LEADING COLD_START_ENTERPRISE},
    {GOLDEN_V1_TRAP_COLD_START, true,
     COLD_START_LEADING COLD_START_ADDITIONS COLD_START_ENTERPRISE},
    {GOLDEN_V1_TRAP_SPECIFIC, false,
     "[{\"oid\": \"" UP_TIME "\", \"type\": \"TimeTicks\", \"value\": 100}, "
     "{\"oid\": \"" TRAP_OID "\", \"type\": \"OID\", \"value\": "
     "\"1.3.6.1.4.1.8072.3.0.17\"}, "
     "{\"oid\": \"1.3.6.1.4.1.8072.3.1.0\", \"type\": \"OCTET STRING\", "
     "\"value\": \"6869\"}, "
     "{\"oid\": \"" TRAP_ENTERPRISE "\", \"type\": \"OID\", \"value\": "
     "\"1.3.6.1.4.1.8072.3\"}]"},
    /* Its own snmpTrapAddress.0 and snmpTrapEnterprise.0; generic 5. */
    {"30 4b 02 01 00 04 01 78 a4 43 06 01 2b 40 04 0a 00 00 01 02 01 05 02 "
     "01 09 43 01 01 30 2f 30 11 06 09 2b 06 01 06 03 12 01 03 00 40 04 01 "
     "02 03 04 30 0f 06 0a 2b 06 01 06 03 01 01 04 03 00 06 01 2b 30 09 06 "
     "02 2b 01 02 03 01 00 00",
     true,
     "[{\"oid\": \"" UP_TIME "\", \"type\": \"TimeTicks\", \"value\": 1}, "
     "{\"oid\": \"" TRAP_OID "\", \"type\": \"OID\", \"value\": "
     "\"1.3.6.1.6.3.1.1.5.6\"}, "
     "{\"oid\": \"" TRAP_ADDRESS "\", \"type\": \"IpAddress\", \"value\": "
     "\"01020304\"}, "
     "{\"oid\": \"" TRAP_ENTERPRISE "\", \"type\": \"OID\", \"value\": "
     "\"1.3\"}, "
     "{\"oid\": \"1.3.1\", \"type\": \"INTEGER\", \"value\": 65536}, "
     "{\"oid\": \"" TRAP_COMMUNITY "\", \"type\": \"OCTET STRING\", "
     "\"value\": \"78\"}, "
     "{\"oid\": \"" TRAP_ENTERPRISE "\", \"type\": \"OID\", \"value\": "
     "\"1.3\"}]"},
    /* An empty enterprise is 0.0; specific is as large as it can be. */
    {"30 20 02 01 00 04 00 a4 19 06 00 40 04 0a 00 00 01 02 01 06 02 04 7f "
     "ff ff ff 43 04 ff ff ff ff 30 00",
     false,
     "[{\"oid\": \"" UP_TIME "\", \"type\": \"TimeTicks\", \"value\": "
     "4294967295}, "
     "{\"oid\": \"" TRAP_OID "\", \"type\": \"OID\", \"value\": "
     "\"0.0.0.2147483647\"}, "
     "{\"oid\": \"" TRAP_ENTERPRISE "\", \"type\": \"OID\", \"value\": "
     "\"0.0\"}]"},
};

START_TEST(v1_traps_are_delivered_as_snmpv2_traps)
{
    const struct read_case *c = &read_cases[_i];
    struct wsn_head head;
    struct bytes bytes = scan_hex(c->hex, &head);
    struct wsn_pdu pdu;

    ck_assert_uint_eq(wsn_coexist_decode(&head, c->rfc3584, 99, &pdu), WSN_OK);
    ck_assert_int_eq(pdu.type, SNMP_PDU_TRAP);
    ck_assert_int_eq(pdu.request_id, 99);
    ck_assert_int_eq(pdu.error_status, 0);
    ck_assert_int_eq(pdu.error_index, 0);
    varbinds_assert(pdu.varbinds, c->list);
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
}
END_TEST

/* Allows *arg allocations. */
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

START_TEST(translating_allocates_once_or_fails_cleanly)
{
    struct wsn_head head;
    struct bytes bytes = scan_hex(GOLDEN_V1_TRAP_SPECIFIC, &head);
    int left = 1;
    struct wsn_alloc_hook hook = {allow_some, ignore_free, &left};
    struct wsn_pdu pdu;

    wsn_alloc_set_hook(&hook);
    ck_assert_uint_eq(wsn_coexist_decode(&head, true, 99, &pdu), WSN_OK);
    ck_assert_int_eq(left, 0);
    wsn_varbinds_unref(pdu.varbinds);
    pdu.type = 77;
    ck_assert_uint_eq(wsn_coexist_decode(&head, true, 99, &pdu),
                      SNMPAPI_ALLOC_ERROR);
    ck_assert_int_eq(pdu.type, 77);
    wsn_alloc_set_hook(NULL);
    bytes_free(&bytes);
}
END_TEST

/* ---- Enterprises of every length ------------------------------------ */

/*
 * A trap whose enterprise has n sub-ids, two of them in the first octet;
 * n 0: no octets at all.
 */
static struct bytes long_trap(size_t n, smiINT32 generic)
{
    static unsigned char buffer[1024];
    const unsigned char *end = buffer + sizeof buffer;
    static const unsigned char oid[MAXOBJIDSIZE + 2] = {0x2b};
    struct wsn_ber_writer writer;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    wsn_ber_write_head(&writer, WSN_BER_SEQUENCE, 0);
    wsn_ber_write_uint64(&writer, WSN_BER_TIMETICKS, 1);
    wsn_ber_write_int32(&writer, WSN_BER_INTEGER, 7);
    wsn_ber_write_int32(&writer, WSN_BER_INTEGER, generic);
    wsn_ber_write_octets(&writer, WSN_BER_IPADDR, agent_addr, 4);
    wsn_ber_write_octets(&writer, WSN_BER_OID, oid, n == 0 ? 0 : n - 1);
    wsn_ber_wrap(&writer, SNMP_PDU_V1TRAP, end);
    wsn_ber_write_octets(&writer, WSN_BER_OCTETS, "public", 6);
    wsn_ber_write_int32(&writer, WSN_BER_INTEGER, WSN_V1);
    wsn_ber_wrap(&writer, WSN_BER_SEQUENCE, end);
    return bytes_copy(writer.next, (size_t)(end - writer.next));
}

/* oid_len 0: refused. */
static const struct enterprise_case {
    size_t n;
    smiINT32 generic;
    size_t oid_len;
} enterprise_cases[] = {
    {0, 6, 4},    {2, 6, 4},   {125, 6, 127}, {126, 6, 128}, {127, 6, 0},
    {128, 6, 0},  {129, 6, 0}, {0, 0, 10},    {2, 3, 10},    {127, 0, 10},
    {128, 5, 10}, {129, 5, 0}, {130, 0, 0},   {2, 7, 0},     {2, -1, 0},
};

START_TEST(enterprises_are_bounded_by_what_they_become)
{
    const struct enterprise_case *c = &enterprise_cases[_i];
    struct bytes bytes = long_trap(c->n, c->generic);
    smiUINT32 *ids = malloc(MAXOBJIDSIZE * sizeof *ids);
    struct wsn_head head;
    struct wsn_pdu pdu;
    size_t len = 77;

    if (c->oid_len == 0) {
        ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head),
                         WSN_SCAN_MALFORMED);
    } else {
        ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head),
                         WSN_SCAN_OK);
        ck_assert(wsn_coexist_trap_oid(&head, ids, &len));
        ck_assert_uint_eq(len, c->oid_len);
        ck_assert_uint_eq(wsn_coexist_decode(&head, false, 1, &pdu), WSN_OK);
        ck_assert_uint_eq(wsn_varbinds_count(pdu.varbinds), 3);
        ck_assert_uint_eq(wsn_varbinds_at(pdu.varbinds, 1)->value.value.oid.len,
                          c->oid_len);
        ck_assert_uint_eq(wsn_varbinds_at(pdu.varbinds, 2)->value.value.oid.len,
                          c->n == 0 ? 2 : c->n);
        wsn_varbinds_unref(pdu.varbinds);
    }
    free(ids);
    bytes_free(&bytes);
}
END_TEST

/* ---- To version 1 --------------------------------------------------- */

/* Sends a trap to a version 1 entity. */
static wsn_err send_trap(const struct wsn_varbinds *varbinds,
                         struct bytes *ret_bytes)
{
    static unsigned char buffer[4096];
    struct wsn_varbinds *own = NULL;
    struct wsn_pdu pdu = {.type = SNMP_PDU_TRAP, .request_id = 99};
    struct wsn_outgoing out = {.version = WSN_V1,
                               .community = "public",
                               .community_len = 6,
                               .pdu = &pdu};
    char *before = varbinds_text(varbinds);
    size_t start;
    wsn_err err;

    for (size_t i = 0; i < wsn_varbinds_count(varbinds); i++) {
        const struct wsn_varbind *entry = wsn_varbinds_at(varbinds, i);

        ck_assert_uint_eq(
            wsn_varbinds_append(&own, &entry->name, &entry->value), WSN_OK);
    }
    pdu.varbinds = own;
    memcpy(out.agent_addr, agent_addr, sizeof agent_addr);
    err = wsn_coexist_encode(&out, buffer, sizeof buffer, &start);
    varbinds_assert(own, before);
    if (err == WSN_OK)
        *ret_bytes = bytes_copy(buffer + start, sizeof buffer - start);
    wsn_varbinds_unref(own);
    free(before);
    return err;
}

static struct wsn_varbinds *trap_new(const char *oid)
{
    struct wsn_varbinds *varbinds = NULL;

    add_uint(&varbinds, UP_TIME, SNMP_SYNTAX_TIMETICKS, 100);
    add_oid(&varbinds, TRAP_OID, oid);
    return varbinds;
}

/* enterprise NULL: version 1 cannot say it. */
static const struct write_case {
    const char *oid;
    const char *with_enterprise; /* value of snmpTrapEnterprise.0 */
    const char *enterprise;
    smiINT32 generic;
    smiINT32 specific;
} write_cases[] = {
    {"1.3.6.1.6.3.1.1.5.4", NULL, "1.3.6.1.6.3.1.1.5", 3, 0},
    {"1.3.6.1.6.3.1.1.5.4", "1.3.6.1.4.1.9", "1.3.6.1.4.1.9", 3, 0},
    {"1.3.6.1.6.3.1.1.5.1", NULL, "1.3.6.1.6.3.1.1.5", 0, 0},
    {"1.3.6.1.6.3.1.1.5.6", NULL, "1.3.6.1.6.3.1.1.5", 5, 0},
    {"1.3.6.1.6.3.1.1.5.7", NULL, "1.3.6.1.6.3.1.1.5", 6, 7},
    {"1.3.6.1.6.3.1.1.5.0", NULL, "1.3.6.1.6.3.1.1.5", 6, 0},
    {"1.3.6.1.6.3.1.1.5.1.0", NULL, "1.3.6.1.6.3.1.1.5.1", 6, 0},
    {"1.3.6.1.6.3.1.1.5", NULL, "1.3.6.1.6.3.1.1", 6, 5},
    {"1.3.6.1.4.1.8072.3.0.17", NULL, "1.3.6.1.4.1.8072.3", 6, 17},
    {"1.3.6.1.4.1.8072.3.0.17", "1.3.6.1.4.1.9", "1.3.6.1.4.1.8072.3", 6, 17},
    {"1.3.6.1.4.1.8072.4.17", NULL, "1.3.6.1.4.1.8072.4", 6, 17},
    {"1.3.6.1.4.1.8072.0.0", NULL, "1.3.6.1.4.1.8072", 6, 0},
    {"1.3.6.2147483647", NULL, "1.3.6", 6, 2147483647},
    {"1.3.6.2147483648", NULL, NULL, 0, 0},
    {"1.3.6.4294967295", NULL, NULL, 0, 0},
    {"1.3.6", NULL, "1.3", 6, 6},
    {"1.3.0.6", NULL, "1.3", 6, 6},
    {"1.3", NULL, NULL, 0, 0},
    {"1.0.3", NULL, NULL, 0, 0},
    {"0.0", NULL, NULL, 0, 0},
    {"0.0.1", NULL, NULL, 0, 0},
    {"0.0.0.1", NULL, "0.0", 6, 1},
};

START_TEST(snmpv2_traps_are_split_for_version_1)
{
    const struct write_case *c = &write_cases[_i];
    struct wsn_varbinds *varbinds = trap_new(c->oid);
    smiUINT32 ids[MAXOBJIDSIZE];
    smiOID enterprise = {0, ids};
    struct bytes bytes = {NULL, 0};
    struct wsn_head head;
    char text[MAXOBJIDSTRSIZE];

    if (c->with_enterprise != NULL)
        add_oid(&varbinds, TRAP_ENTERPRISE, c->with_enterprise);
    if (c->enterprise == NULL) {
        ck_assert_uint_eq(send_trap(varbinds, &bytes),
                          SNMPAPI_OPERATION_INVALID);
    } else {
        ck_assert_uint_eq(send_trap(varbinds, &bytes), WSN_OK);
        ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head),
                         WSN_SCAN_OK);
        ck_assert_int_eq(head.pdu_type, SNMP_PDU_V1TRAP);
        ck_assert_int_eq(head.generic, c->generic);
        ck_assert_int_eq(head.specific, c->specific);
        ck_assert_uint_eq(head.timestamp, 100);
        ck_assert_mem_eq(head.agent_addr, agent_addr, 4);
        ck_assert_uint_eq(head.size.n_varbinds, 0);
        enterprise.len = (smiUINT32)wsn_oid_ber_read(head.enterprise.body,
                                                     head.enterprise.len, ids);
        wsn_oid_to_text(ids, enterprise.len, text, sizeof text);
        ck_assert_str_eq(text, c->enterprise);
    }
    bytes_free(&bytes);
    wsn_varbinds_unref(varbinds);
}
END_TEST

/* 126 + 0 + 1 sub-ids come back as they were; 127 + 1 would come back with a
 * 0 between them, and no OID is that long. */
START_TEST(the_longest_trap_oid_becomes_a_v1_trap)
{
    char oid[MAXOBJIDSTRSIZE] = "1.3";
    struct wsn_varbinds *varbinds;
    struct bytes bytes;
    struct wsn_head head;

    for (int i = 2; i < MAXOBJIDSIZE; i++)
        strcat(oid, i == MAXOBJIDSIZE - 2 ? ".0" : ".7");
    varbinds = trap_new(oid);
    ck_assert_uint_eq(send_trap(varbinds, &bytes), WSN_OK);
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    bytes_free(&bytes);
    wsn_varbinds_unref(varbinds);
    oid[strlen(oid) - 3] = '7';
    varbinds = trap_new(oid);
    ck_assert_uint_eq(send_trap(varbinds, &bytes), SNMPAPI_OPERATION_INVALID);
    wsn_varbinds_unref(varbinds);
}
END_TEST

static const char *const translated_both_ways[] = {GOLDEN_V1_TRAP_COLD_START,
                                                   GOLDEN_V1_TRAP_SPECIFIC};

START_TEST(a_v1_trap_survives_both_translations)
{
    const char *hex = translated_both_ways[_i];
    struct wsn_head head;
    struct bytes bytes = scan_hex(hex, &head);
    struct bytes again;
    struct wsn_pdu pdu;

    ck_assert_uint_eq(wsn_coexist_decode(&head, false, 99, &pdu), WSN_OK);
    ck_assert_uint_eq(send_trap(pdu.varbinds, &again), WSN_OK);
    bytes_assert_hex(again.at, again.len, hex);
    bytes_free(&again);
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
}
END_TEST

START_TEST(the_trap_address_variable_is_the_agent_address)
{
    struct wsn_varbinds *varbinds = trap_new("1.3.6.1.6.3.1.1.5.1");
    struct bytes bytes;
    struct wsn_head head;

    add_octets(&varbinds, TRAP_ADDRESS, SNMP_SYNTAX_OCTETS, "none");
    add_octets(&varbinds, TRAP_ADDRESS, SNMP_SYNTAX_IPADDR, "\x0a\x01\x02\x03");
    ck_assert_uint_eq(send_trap(varbinds, &bytes), WSN_OK);
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_mem_eq(head.agent_addr, "\x0a\x01\x02\x03", 4);
    /* It stays among the variables. */
    ck_assert_uint_eq(head.size.n_varbinds, 2);
    bytes_free(&bytes);
    wsn_varbinds_unref(varbinds);
}
END_TEST

START_TEST(all_variables_but_the_enterprise_are_kept_in_order)
{
    struct wsn_varbinds *varbinds = trap_new("1.3.6.1.4.1.9.0.1");
    struct bytes bytes;
    struct wsn_head head;
    struct wsn_pdu pdu;

    add_int(&varbinds, "1.3.1", 1);
    add_oid(&varbinds, TRAP_ENTERPRISE, "1.3.6");
    add_int(&varbinds, "1.3.2", 2);
    /* Not of the right type, but still no variable of its own. */
    add_cntr64(&varbinds, TRAP_ENTERPRISE, 7);
    ck_assert_uint_eq(send_trap(varbinds, &bytes), WSN_OK);
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    varbinds_assert(
        pdu.varbinds,
        "[{\"oid\": \"1.3.1\", \"type\": \"INTEGER\", \"value\": 1}, "
        "{\"oid\": \"1.3.2\", \"type\": \"INTEGER\", \"value\": 2}]");
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
    wsn_varbinds_unref(varbinds);
}
END_TEST

START_TEST(a_trap_with_values_version_1_lacks_cannot_go_there)
{
    static const smiUINT32 syntaxes[] = {
        SNMP_SYNTAX_CNTR64, SNMP_SYNTAX_NOSUCHOBJECT,
        SNMP_SYNTAX_NOSUCHINSTANCE, SNMP_SYNTAX_ENDOFMIBVIEW};
    struct bytes bytes;

    for (int i = 0; i < N_CASES(syntaxes); i++) {
        struct wsn_varbinds *varbinds = trap_new("1.3.6.1.6.3.1.1.5.1");

        add_empty(&varbinds, "1.3.1", syntaxes[i]);
        ck_assert_uint_eq(send_trap(varbinds, &bytes),
                          SNMPAPI_OPERATION_INVALID);
        wsn_varbinds_unref(varbinds);
    }
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *from = tcase_create("from version 1");
    TCase *to = tcase_create("to version 1");

    tcase_add_loop_test(from, v1_traps_are_delivered_as_snmpv2_traps, 0,
                        N_CASES(read_cases));
    tcase_add_test(from, translating_allocates_once_or_fails_cleanly);
    tcase_add_loop_test(from, enterprises_are_bounded_by_what_they_become, 0,
                        N_CASES(enterprise_cases));
    suite_add_tcase(suite, from);

    tcase_add_loop_test(to, snmpv2_traps_are_split_for_version_1, 0,
                        N_CASES(write_cases));
    tcase_add_test(to, the_longest_trap_oid_becomes_a_v1_trap);
    tcase_add_loop_test(to, a_v1_trap_survives_both_translations, 0,
                        N_CASES(translated_both_ways));
    tcase_add_test(to, the_trap_address_variable_is_the_agent_address);
    tcase_add_test(to, all_variables_but_the_enterprise_are_kept_in_order);
    tcase_add_test(to, a_trap_with_values_version_1_lacks_cannot_go_there);
    suite_add_tcase(suite, to);
}

SUITE_MAIN("codec/trap", suite_fill)
