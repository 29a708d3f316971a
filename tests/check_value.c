/*
 * check_value.c - what an application may hand over, and how it travels.
 */
#include "codec/value.h"

#include "support/bytes.h"
#include "support/suite.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* ---- Syntaxes ------------------------------------------------------- */

START_TEST(sixteen_syntaxes_exist_and_no_others)
{
    static const smiUINT32 known[] = {
        0x02, 0x03, 0x04, 0x05, 0x06, 0x40, 0x41, 0x42,
        0x43, 0x44, 0x45, 0x46, 0x47, 0x80, 0x81, 0x82,
    };
    smiUINT32 next = 0;

    for (smiUINT32 syntax = 0; syntax < 0x200; syntax++) {
        bool is_known =
            next < sizeof known / sizeof known[0] && known[next] == syntax;

        next += is_known;
        ck_assert_msg((wsn_value_kind(syntax) != WSN_VALUE_UNKNOWN) == is_known,
                      "0x%x", syntax);
    }
    ck_assert_int_eq(wsn_value_kind(0xffffffff), WSN_VALUE_UNKNOWN);
    ck_assert_int_eq(wsn_value_kind(0x102), WSN_VALUE_UNKNOWN);
}
END_TEST

START_TEST(version_1_lacks_counter64_and_the_exceptions)
{
    int n = 0;

    for (smiUINT32 syntax = 0; syntax < 0x100; syntax++)
        n += wsn_value_is_v2(syntax);
    ck_assert_int_eq(n, 4);
    ck_assert(wsn_value_is_v2(SNMP_SYNTAX_CNTR64));
    ck_assert(wsn_value_is_v2(SNMP_SYNTAX_NOSUCHOBJECT));
    ck_assert(wsn_value_is_v2(SNMP_SYNTAX_NOSUCHINSTANCE));
    ck_assert(wsn_value_is_v2(SNMP_SYNTAX_ENDOFMIBVIEW));
}
END_TEST

/* ---- Checks --------------------------------------------------------- */

START_TEST(numbers_and_empty_values_are_always_good)
{
    static const smiUINT32 syntaxes[] = {
        SNMP_SYNTAX_INT,
        SNMP_SYNTAX_NULL,
        SNMP_SYNTAX_CNTR32,
        SNMP_SYNTAX_GAUGE32,
        SNMP_SYNTAX_TIMETICKS,
        SNMP_SYNTAX_CNTR64,
        SNMP_SYNTAX_UINT32,
        SNMP_SYNTAX_NOSUCHOBJECT,
        SNMP_SYNTAX_NOSUCHINSTANCE,
    };
    smiVALUE value;

    for (int i = 0; i < N_CASES(syntaxes); i++) {
        memset(&value, 0xff, sizeof value);
        value.syntax = syntaxes[i];
        ck_assert_uint_eq(wsn_value_check(&value), WSN_OK);
    }
}
END_TEST

static const struct octets_case {
    smiUINT32 syntax;
    smiUINT32 len;
    bool has_memory;
    wsn_err err;
} octets_cases[] = {
    {SNMP_SYNTAX_OCTETS, 4, true, WSN_OK},
    {SNMP_SYNTAX_OCTETS, 0, true, WSN_OK},
    {SNMP_SYNTAX_OCTETS, 0, false, WSN_OK},
    {SNMP_SYNTAX_OCTETS, 1, false, SNMPAPI_ALLOC_ERROR},
    {SNMP_SYNTAX_BITS, 4, true, WSN_OK},
    {SNMP_SYNTAX_BITS, 4, false, SNMPAPI_ALLOC_ERROR},
    {SNMP_SYNTAX_OPAQUE, 0, false, WSN_OK},
    {SNMP_SYNTAX_NSAPADDR, 4, true, WSN_OK},
    {SNMP_SYNTAX_IPADDR, 4, true, WSN_OK},
    {SNMP_SYNTAX_IPADDR, 4, false, SNMPAPI_ALLOC_ERROR},
    {SNMP_SYNTAX_IPADDR, 0, true, SNMPAPI_SYNTAX_INVALID},
    {SNMP_SYNTAX_IPADDR, 3, true, SNMPAPI_SYNTAX_INVALID},
    {SNMP_SYNTAX_IPADDR, 5, true, SNMPAPI_SYNTAX_INVALID},
    {SNMP_SYNTAX_SEQUENCE, 4, true, SNMPAPI_SYNTAX_INVALID},
    {0, 4, true, SNMPAPI_SYNTAX_INVALID},
    {0x83, 0, true, SNMPAPI_SYNTAX_INVALID},
    {0x102, 0, true, SNMPAPI_SYNTAX_INVALID},
};

START_TEST(octets_need_memory_and_addresses_four_of_them)
{
    const struct octets_case *c = &octets_cases[_i];
    unsigned char memory[8] = "octets";
    smiVALUE value = {.syntax = c->syntax};

    value.value.string.len = c->len;
    value.value.string.ptr = c->has_memory ? memory : NULL;
    ck_assert_uint_eq(wsn_value_check(&value), c->err);
}
END_TEST

static const struct oid_case {
    smiUINT32 ids[2];
    smiUINT32 len;
    bool has_memory;
    wsn_err err;
} oid_cases[] = {
    {{1, 3}, 2, true, WSN_OK},
    {{0, 0}, 2, true, WSN_OK},
    {{1, 3}, 1, true, SNMPAPI_SYNTAX_INVALID},
    {{1, 3}, 0, true, SNMPAPI_SYNTAX_INVALID},
    {{1, 3}, 0, false, SNMPAPI_SYNTAX_INVALID},
    {{1, 3}, 2, false, SNMPAPI_ALLOC_ERROR},
    {{1, 40}, 2, true, SNMPAPI_SYNTAX_INVALID},
    {{3, 0}, 2, true, SNMPAPI_SYNTAX_INVALID},
    {{1, 3}, 129, true, SNMPAPI_SYNTAX_INVALID},
};

START_TEST(oid_values_must_be_encodable)
{
    const struct oid_case *c = &oid_cases[_i];
    smiUINT32 memory[2] = {c->ids[0], c->ids[1]};
    smiVALUE value = {.syntax = SNMP_SYNTAX_OID};

    value.value.oid.len = c->len;
    value.value.oid.ptr = c->has_memory ? memory : NULL;
    ck_assert_uint_eq(wsn_value_check(&value), c->err);
}
END_TEST

/* ---- Writing -------------------------------------------------------- */

static void assert_written(const smiVALUE *value, const char *hex)
{
    unsigned char buffer[64];
    struct wsn_ber_writer writer;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    wsn_value_write(&writer, value);
    bytes_assert_hex(writer.next,
                     (size_t)(buffer + sizeof buffer - writer.next), hex);
}

START_TEST(numbers_are_written_with_their_tag)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_INT32};

    value.value.sNumber = -129;
    assert_written(&value, "02 02 ff 7f");
    value.syntax = SNMP_SYNTAX_CNTR32;
    value.value.uNumber = 4294967295U;
    assert_written(&value, "41 05 00 ff ff ff ff");
    value.syntax = SNMP_SYNTAX_UNSIGNED32;
    assert_written(&value, "42 05 00 ff ff ff ff");
    value.syntax = SNMP_SYNTAX_TIMETICKS;
    value.value.uNumber = 100;
    assert_written(&value, "43 01 64");
    value.syntax = SNMP_SYNTAX_UINT32;
    assert_written(&value, "47 01 64");
    value.syntax = SNMP_SYNTAX_CNTR64;
    value.value.hNumber.hipart = 4294967295U;
    value.value.hNumber.lopart = 4294967295U;
    assert_written(&value, "46 09 00 ff ff ff ff ff ff ff ff");
    value.value.hNumber.hipart = 1;
    value.value.hNumber.lopart = 2;
    assert_written(&value, "46 05 01 00 00 00 02");
}
END_TEST

START_TEST(octets_are_written_with_their_tag)
{
    unsigned char memory[4] = {10, 0, 0, 1};
    smiVALUE value = {.syntax = SNMP_SYNTAX_IPADDR};

    value.value.string.len = 4;
    value.value.string.ptr = memory;
    assert_written(&value, "40 04 0a 00 00 01");
    value.syntax = SNMP_SYNTAX_OPAQUE;
    assert_written(&value, "44 04 0a 00 00 01");
    value.syntax = SNMP_SYNTAX_NSAPADDR;
    assert_written(&value, "45 04 0a 00 00 01");
    /* RFC 3417 section 8: BITS are an OCTET STRING on the wire. */
    value.syntax = SNMP_SYNTAX_BITS;
    assert_written(&value, "04 04 0a 00 00 01");
    value.syntax = SNMP_SYNTAX_OCTETS;
    value.value.string.len = 0;
    value.value.string.ptr = NULL;
    assert_written(&value, "04 00");
}
END_TEST

START_TEST(oids_and_empty_values_are_written)
{
    smiUINT32 ids[3] = {2, 999, 3};
    smiVALUE value = {.syntax = SNMP_SYNTAX_OID};

    value.value.oid.len = 3;
    value.value.oid.ptr = ids;
    assert_written(&value, "06 03 88 37 03");
    value.syntax = SNMP_SYNTAX_NULL;
    assert_written(&value, "05 00");
    value.syntax = SNMP_SYNTAX_NOSUCHOBJECT;
    assert_written(&value, "80 00");
    value.syntax = SNMP_SYNTAX_NOSUCHINSTANCE;
    assert_written(&value, "81 00");
    value.syntax = SNMP_SYNTAX_ENDOFMIBVIEW;
    assert_written(&value, "82 00");
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *syntaxes = tcase_create("syntaxes");
    TCase *checks = tcase_create("checks");
    TCase *writing = tcase_create("writing");

    tcase_add_test(syntaxes, sixteen_syntaxes_exist_and_no_others);
    tcase_add_test(syntaxes, version_1_lacks_counter64_and_the_exceptions);
    suite_add_tcase(suite, syntaxes);

    tcase_add_test(checks, numbers_and_empty_values_are_always_good);
    tcase_add_loop_test(checks, octets_need_memory_and_addresses_four_of_them,
                        0, N_CASES(octets_cases));
    tcase_add_loop_test(checks, oid_values_must_be_encodable, 0,
                        N_CASES(oid_cases));
    suite_add_tcase(suite, checks);

    tcase_add_test(writing, numbers_are_written_with_their_tag);
    tcase_add_test(writing, octets_are_written_with_their_tag);
    tcase_add_test(writing, oids_and_empty_values_are_written);
    suite_add_tcase(suite, writing);
}

SUITE_MAIN("codec/value", suite_fill)
