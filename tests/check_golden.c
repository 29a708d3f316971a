/*
 * check_golden.c - worked examples: messages whose octets are known, built and
 * read by the exported functions, and what transcripts of programs on Windows
 * show of their results.
 */
#include "support/bytes.h"
#include "support/golden.h"
#include "support/translate.h"

/* ---- messages of known octets ---------------------------------------------
 */

/* kind: what SnmpCreatePdu is given; names have no values. */
struct example {
    int version;
    smiINT type;
    smiINT32 id;
    smiINT status;
    smiINT index;
    const char *names[3];
    const char *hex;
};

static const struct example examples[] = {
    {0, SNMP_PDU_GET, 1, 0, 0, {"1.3.6.1.2.1.1.1.0"}, GOLDEN_V1_GET},
    {1,
     SNMP_PDU_GETBULK,
     0x01020304,
     1,
     10,
     {"1.3.6.1.2.1.1.3", "1.3.6.1.2.1.2.2.1.2"},
     GOLDEN_V2C_GETBULK},
    {0,
     SNMP_PDU_GETBULK,
     0x01020304,
     1,
     10,
     {"1.3.6.1.2.1.1.3", "1.3.6.1.2.1.2.2.1.2"},
     GOLDEN_V1_GETNEXT},
    /* the sample program's "getbulk 1 2" of three */
    {1,
     SNMP_PDU_GETBULK,
     1,
     1,
     2,
     {".1.3.6.1.2.1.1.1", ".1.3.6.1.2.1.1.2", ".1.3.6.1.2.1.1.3"},
     "30 3f 02 01 01 04 06 70 75 62 6c 69 63 a5 32 02 01 01 02 01 01 02 01 "
     "02 30 27 30 0b 06 07 2b 06 01 02 01 01 01 05 00 30 0b 06 07 2b 06 01 "
     "02 01 01 02 05 00 30 0b 06 07 2b 06 01 02 01 01 03 05 00"}};

static HSNMP_PDU pdu_of(const struct example *example)
{
    HSNMP_VBL vbl = empty_list();

    for (int i = 0; i < 3 && example->names[i] != NULL; i++)
        append(vbl, example->names[i], empty_value(SNMP_SYNTAX_NULL));
    return SnmpCreatePdu(session, example->type, example->id, example->status,
                         example->index, vbl);
}

static void assert_message(int version, HSNMP_PDU pdu, const char *hex)
{
    smiOCTETS message;
    SNMPAPI_STATUS len =
        SnmpEncodeMsg(session, NULL, entity_of_version(version), new_context(),
                      pdu, &message);

    ck_assert_uint_eq(len, message.len);
    bytes_assert_hex(message.ptr, message.len, hex);
}

START_TEST(requests_are_written)
{
    assert_message(examples[_i].version, pdu_of(&examples[_i]),
                   examples[_i].hex);
}
END_TEST

START_TEST(a_v2c_trap_is_written)
{
    HSNMP_VBL vbl = trap_list(100, oid_text_value(COLD_START));

    assert_message(1, SnmpCreatePdu(session, SNMP_PDU_TRAP, 99, 0, 0, vbl),
                   GOLDEN_V2C_TRAP);
}
END_TEST

/* As the program sees them. */
static const struct {
    const char *hex;
    smiINT type;
    smiINT32 id; /* 0: any but 0 */
    smiINT status;
    smiINT index;
    const char *entries[12];
} readings[] = {
    {GOLDEN_V1_GET, SNMP_PDU_GET, 1, 0, 0, {"1.3.6.1.2.1.1.1.0 05"}},
    {GOLDEN_V2C_GETBULK,
     SNMP_PDU_GETBULK,
     0x01020304,
     1,
     10,
     {"1.3.6.1.2.1.1.3 05", "1.3.6.1.2.1.2.2.1.2 05"}},
    {GOLDEN_V1_GETNEXT,
     SNMP_PDU_GETNEXT,
     0x01020304,
     0,
     0,
     {"1.3.6.1.2.1.1.3 05", "1.3.6.1.2.1.2.2.1.2 05"}},
    {GOLDEN_V2C_TRAP,
     SNMP_PDU_TRAP,
     99,
     0,
     0,
     {SYS_UP_TIME " 43 100", TRAP_OID " 06 " COLD_START}},
    {GOLDEN_V1_TRAP_COLD_START,
     SNMP_PDU_TRAP,
     0,
     0,
     0,
     {SYS_UP_TIME " 43 4294967295", TRAP_OID " 06 " COLD_START,
      TRAP_ENTERPRISE " 06 1.3.6.1.4.1.311.1.1.3.1.1"}},
    {GOLDEN_V1_TRAP_SPECIFIC,
     SNMP_PDU_TRAP,
     0,
     0,
     0,
     {SYS_UP_TIME " 43 100", TRAP_OID " 06 1.3.6.1.4.1.8072.3.0.17",
      "1.3.6.1.4.1.8072.3.1.0 04 68:69",
      TRAP_ENTERPRISE " 06 1.3.6.1.4.1.8072.3"}},
    {GOLDEN_V2C_TOO_BIG, SNMP_PDU_RESPONSE, -1, 1, 0, {NULL}},
    {GOLDEN_V2C_RESPONSE,
     SNMP_PDU_RESPONSE,
     1,
     2,
     3,
     {"1.3.1 02 -129", "1.3.2 04 68:69", "1.3.3 05", "1.3.4 06 2.999.3",
      "1.3.5 40 0a:00:00:01", "1.3.6 41 4294967295", "1.3.7 42 7",
      "1.3.8 44 ff", "1.3.9 46 4294967295:4294967295", "1.3.10 80",
      "1.3.11 82"}}};

START_TEST(messages_are_read)
{
    struct bytes bytes = bytes_from_hex(readings[_i].hex);
    struct decoded seen;
    struct wire wire;

    memcpy(wire.at, bytes.at, bytes.len);
    wire.len = bytes.len;
    seen = decode(&wire);
    ck_assert_int_eq(seen.type, readings[_i].type);
    if (readings[_i].id != 0)
        ck_assert_int_eq(seen.id, readings[_i].id);
    ck_assert_int_ne(seen.id, 0);
    ck_assert_int_eq(seen.error_status, readings[_i].status);
    ck_assert_int_eq(seen.error_index, readings[_i].index);
    assert_list(seen.vbl, readings[_i].entries);
    bytes_free(&bytes);
}
END_TEST

/* ---- values of known octets
 * -------------------------------------------------- */

static smiUINT32 ids_1_3[] = {1, 3};
static smiUINT32 ids_2_999_3[] = {2, 999, 3};
static smiUINT32 ids_2_max[] = {2, 4294967215u};

static const struct {
    smiVALUE value;
    const char *hex;
    const char *entry;
} values[] = {
    {{SNMP_SYNTAX_INT, {.sNumber = -129}}, "02 02 ff 7f", "1.3 02 -129"},
    {{SNMP_SYNTAX_CNTR32, {.uNumber = 4294967295u}},
     "41 05 00 ff ff ff ff",
     "1.3 41 4294967295"},
    {{SNMP_SYNTAX_CNTR64, {.hNumber = {4294967295u, 4294967295u}}},
     "46 09 00 ff ff ff ff ff ff ff ff",
     "1.3 46 4294967295:4294967295"},
    {{SNMP_SYNTAX_OID, {.oid = {2, ids_1_3}}}, "06 01 2b", "1.3 06 1.3"},
    {{SNMP_SYNTAX_OID, {.oid = {3, ids_2_999_3}}},
     "06 03 88 37 03",
     "1.3 06 2.999.3"},
    {{SNMP_SYNTAX_OID, {.oid = {2, ids_2_max}}},
     "06 05 8f ff ff ff 7f",
     "1.3 06 2.4294967215"}};

/* The value ends the message. */
START_TEST(values_are_written_and_read)
{
    struct bytes wanted = bytes_from_hex(values[_i].hex);
    const char *entries[] = {values[_i].entry, NULL};
    HSNMP_VBL vbl = empty_list();
    struct decoded seen;
    struct wire wire;
    smiOCTETS message;

    append(vbl, "1.3", values[_i].value);
    ck_assert_uint_gt(SnmpEncodeMsg(session, NULL, entity_of_version(1),
                                    new_context(), new_pdu(SNMP_PDU_SET, vbl),
                                    &message),
                      wanted.len);
    ck_assert_mem_eq(message.ptr + message.len - wanted.len, wanted.at,
                     wanted.len);
    memcpy(wire.at, message.ptr, message.len);
    wire.len = message.len;
    seen = decode(&wire);
    assert_list(seen.vbl, entries);
    bytes_free(&wanted);
}
END_TEST

/* ---- what transcripts show
 * ------------------------------------------------------ */

START_TEST(object_identifiers_have_no_leading_dot)
{
    static const char *const texts[] = {".1.3.6.1.2.1.1.3.0",
                                        "1.3.6.1.2.1.1.3.0"};
    char text[MAXOBJIDSTRSIZE];

    for (int i = 0; i < N(texts); i++) {
        smiOID oid = oid_of(texts[i]);

        ck_assert_uint_eq(oid.len, 9);
        ck_assert_uint_eq(SnmpOidToStr(&oid, sizeof text, text), 18);
        ck_assert_str_eq(text, "1.3.6.1.2.1.1.3.0");
    }
}
END_TEST

START_TEST(entities_have_no_port)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");
    char text[20];

    ck_assert_uint_eq(SnmpSetPort(entity, 1161), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpEntityToStr(entity, sizeof text, text), 10);
    ck_assert_str_eq(text, "127.0.0.1");
}
END_TEST

/* The end of a subtree, as programs find it: maxlen is that of the root. */
START_TEST(the_end_of_a_subtree_is_found)
{
    smiOID root = oid_of("1.3.6.1.2.1.1");
    smiOID inside = oid_of("1.3.6.1.2.1.1.9.1.4.8");
    smiOID behind = oid_of("1.3.6.1.2.1.2.1.0");
    smiINT order = 9;

    ck_assert_uint_eq(SnmpOidCompare(&root, &inside, root.len, &order),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(order, 0);
    ck_assert_uint_eq(SnmpOidCompare(&root, &behind, root.len, &order),
                      SNMPAPI_SUCCESS);
    ck_assert_int_lt(order, 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = started_case(suite, "messages");

    tcase_add_loop_test(tcase, requests_are_written, 0, N(examples));
    tcase_add_test(tcase, a_v2c_trap_is_written);
    tcase_add_loop_test(tcase, messages_are_read, 0, N(readings));
    tcase_add_loop_test(tcase, values_are_written_and_read, 0, N(values));
    tcase = started_case(suite, "transcripts");
    tcase_add_test(tcase, object_identifiers_have_no_leading_dot);
    tcase_add_test(tcase, entities_have_no_port);
    tcase_add_test(tcase, the_end_of_a_subtree_is_found);
}

SUITE_MAIN("worked examples", fill)
