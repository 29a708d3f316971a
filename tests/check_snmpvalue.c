/*
 * check_snmpvalue.c - snmp.h: values and variable bindings with memory of
 * their own.
 */
#include <string.h>

#include "support/asn.h"

/* ---- bytes -------------------------------------------------------------- */

START_TEST(bytes_are_copied)
{
    BYTE bytes[] = {1, 0, 2};
    AsnOctetString octets = {bytes, 3, FALSE};
    AsnOctetString copy;

    ck_assert_int_eq(SnmpUtilOctetsCpy(&copy, &octets), SNMPAPI_NOERROR);
    ck_assert(copy.dynamic);
    ck_assert_int_eq(SnmpUtilOctetsCmp(&copy, &octets), 0);
    ck_assert_int_eq(copy.stream[3], 0);
    SnmpUtilOctetsFree(&copy);
    ck_assert_ptr_null(copy.stream);
    SnmpUtilOctetsFree(&octets); /* these bytes are nobody's */
    ck_assert_ptr_null(octets.stream);
    ck_assert_int_eq(bytes[2], 2);
    SnmpUtilOctetsFree(NULL);
}
END_TEST

START_TEST(bytes_are_compared)
{
    BYTE low[] = {'a', 'b', 0x7f};
    BYTE high[] = {'a', 'b', 0x80, 0};
    AsnOctetString a = {low, 3, FALSE};
    AsnOctetString b = {high, 4, FALSE};
    AsnOctetString none = DEFINE_NULLOCTETS();

    ck_assert_int_lt(SnmpUtilOctetsCmp(&a, &b), 0);
    ck_assert_int_gt(SnmpUtilOctetsCmp(&b, &a), 0);
    ck_assert_int_eq(SnmpUtilOctetsNCmp(&a, &b, 2), 0);
    ck_assert_int_lt(SnmpUtilOctetsNCmp(&a, &b, 3), 0);
    ck_assert_int_gt(SnmpUtilOctetsCmp(&a, &none), 0);
    a.length = 2;
    ck_assert_int_lt(SnmpUtilOctetsNCmp(&a, &b, 3), 0);
}
END_TEST

/* ---- values ------------------------------------------------------------- */

static BYTE four[] = {192, 0, 2, 1};

/* A value of each type; the ones with memory refer to constants. */
static AsnAny value_of(BYTE type)
{
    AsnAny any;

    memset(&any, 0, sizeof any);
    any.asnType = type;
    switch (type) {
    case ASN_OCTETSTRING:
    case ASN_BITS:
    case ASN_IPADDRESS:
    case ASN_OPAQUE:
    case ASN_SEQUENCE:
        any.asnValue.string.stream = four;
        any.asnValue.string.length = sizeof four;
        break;
    case ASN_OBJECTIDENTIFIER:
        any.asnValue.object = sysdescr;
        break;
    case ASN_COUNTER64:
        any.asnValue.counter64.QuadPart = UINT64_MAX - 1;
        break;
    default:
        any.asnValue.unsigned32 = 4000000000u;
    }
    return any;
}

static const struct {
    BYTE type;
    bool has_memory;
    const char *line;
} types[] = {
    {ASN_INTEGER32, false, "Integer32 -294967296\n"},
    {ASN_COUNTER32, false, "Counter32 4000000000\n"},
    {ASN_GAUGE32, false, "Gauge32 4000000000\n"},
    {ASN_TIMETICKS, false, "TimeTicks 4000000000\n"},
    {ASN_UINTEGER32, false, "UInteger32 4000000000\n"},
    {ASN_COUNTER64, false, "Counter64 18446744073709551614\n"},
    {ASN_NULL, false, "NULL\n"},
    {SNMP_EXCEPTION_NOSUCHOBJECT, false, "NOSUCHOBJECT\n"},
    {SNMP_EXCEPTION_NOSUCHINSTANCE, false, "NOSUCHINSTANCE\n"},
    {SNMP_EXCEPTION_ENDOFMIBVIEW, false, "ENDOFMIBVIEW\n"},
    {ASN_OCTETSTRING, true, "String <0xc0><0x00><0x02><0x01>\n"},
    {ASN_BITS, true, "Bits <0xc0><0x00><0x02><0x01>\n"},
    {ASN_OPAQUE, true, "Opaque <0xc0><0x00><0x02><0x01>\n"},
    {ASN_SEQUENCE, true, "Sequence <0xc0><0x00><0x02><0x01>\n"},
    {ASN_IPADDRESS, true, "IpAddress 192.0.2.1\n"},
    {ASN_OBJECTIDENTIFIER, true, "ObjectID 1.3.6.1.2.1.1.1.0\n"},
    {0x99, false, "Unknown 0x99\n"},
};

START_TEST(a_value_is_copied)
{
    AsnAny any = value_of(types[_i].type);
    AsnAny copy;

    ck_assert_int_eq(SnmpUtilAsnAnyCpy(&copy, &any), SNMPAPI_NOERROR);
    ck_assert_int_eq(copy.asnType, types[_i].type);
    if (any.asnType == ASN_OBJECTIDENTIFIER) {
        ck_assert_ptr_ne(copy.asnValue.object.ids, sysdescr_ids);
        ck_assert_int_eq(SnmpUtilOidCmp(&copy.asnValue.object, &sysdescr), 0);
    } else if (types[_i].has_memory) {
        ck_assert_ptr_ne(copy.asnValue.string.stream, four);
        ck_assert_mem_eq(copy.asnValue.string.stream, four, 4);
    } else {
        ck_assert_mem_eq(&copy.asnValue, &any.asnValue, 8);
    }
    SnmpUtilAsnAnyFree(&copy);
    ck_assert_int_eq(copy.asnType, ASN_NULL);
    SnmpUtilAsnAnyFree(&copy);
    SnmpUtilAsnAnyFree(NULL);
}
END_TEST

static void print_any(void *any)
{
    SnmpUtilPrintAsnAny(any);
}

START_TEST(a_value_is_printed)
{
    AsnAny any = value_of(types[_i].type);
    char text[128];

    printed(print_any, &any, text, sizeof text);
    ck_assert_str_eq(text, types[_i].line);
}
END_TEST

START_TEST(what_is_printed_steers_no_terminal)
{
    BYTE bytes[] = "up \033[2J\xc3\xa4";
    AsnAny any = value_of(ASN_OCTETSTRING);
    char text[128];

    any.asnValue.string.stream = bytes;
    any.asnValue.string.length = sizeof bytes - 1;
    printed(print_any, &any, text, sizeof text);
    ck_assert_str_eq(text, "String up <0x1b>[2J<0xc3><0xa4>\n");
    printed(print_any, NULL, text, sizeof text);
    ck_assert_str_eq(text, "");
}
END_TEST

/* ---- variable bindings -------------------------------------------------- */

/* One of each type. */
static SnmpVarBindList list_of_all(SnmpVarBind *room)
{
    SnmpVarBindList list = {room, (UINT)N(types)};

    for (int i = 0; i < N(types); i++) {
        room[i].name = sysdescr;
        room[i].value = value_of(types[i].type);
    }
    return list;
}

START_TEST(a_list_is_copied)
{
    SnmpVarBind room[N(types)];
    SnmpVarBindList list = list_of_all(room);
    SnmpVarBindList copy;

    ck_assert_int_eq(SnmpUtilVarBindListCpy(&copy, &list), SNMPAPI_NOERROR);
    ck_assert_uint_eq(copy.len, list.len);
    for (UINT i = 0; i < copy.len; i++) {
        ck_assert_ptr_ne(copy.list[i].name.ids, sysdescr_ids);
        ck_assert_int_eq(copy.list[i].value.asnType, room[i].value.asnType);
    }
    SnmpUtilVarBindListFree(&copy);
    ck_assert_ptr_null(copy.list);
    ck_assert_uint_eq(copy.len, 0);
    ck_assert_int_eq(SnmpUtilVarBindListCpy(&list, &copy), SNMPAPI_NOERROR);
    ck_assert_ptr_null(list.list);
}
END_TEST

/* Whichever allocation fails, nothing is lost and nothing is changed. */
START_TEST(a_list_without_memory)
{
    SnmpVarBind room[N(types)];
    SnmpVarBindList list = list_of_all(room);
    SnmpVarBindList copy = {NULL, 77};
    int failures = 0;

    for (long n = 0; copy.len == 77; n++) {
        allow(n);
        if (!SnmpUtilVarBindListCpy(&copy, &list)) {
            failures++;
            ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
            ck_assert_int_eq(n_in_use, 0);
        }
        allow_all();
    }
    ck_assert_int_gt(failures, N(types));
    SnmpUtilVarBindListFree(&copy);
}
END_TEST

START_TEST(nothing_given)
{
    AsnAny any = value_of(ASN_NULL);
    SnmpVarBind binding = {DEFINE_NULLOID(), {ASN_NULL, {0}}};
    SnmpVarBindList list = {NULL, 0};
    AsnOctetString octets = DEFINE_NULLOCTETS();

    ck_assert(!SnmpUtilOidCpy(NULL, &sysdescr));
    ck_assert(!SnmpUtilOidCpy(&sysdescr, NULL));
    ck_assert(!SnmpUtilOidAppend(NULL, &sysdescr));
    ck_assert(!SnmpUtilOctetsCpy(&octets, NULL));
    ck_assert(!SnmpUtilAsnAnyCpy(NULL, &any));
    ck_assert(!SnmpUtilVarBindCpy(&binding, NULL));
    ck_assert(!SnmpUtilVarBindListCpy(NULL, &list));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_int_eq(SnmpUtilOidCmp(NULL, NULL), 0);
    ck_assert_int_gt(SnmpUtilOidCmp(&sysdescr, NULL), 0);
    ck_assert_int_lt(SnmpUtilOctetsCmp(NULL, &octets), 0);
    SnmpUtilVarBindFree(NULL);
    SnmpUtilVarBindListFree(NULL);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *value = tcase_create("value");

    tcase_add_checked_fixture(value, NULL, allow_all);
    tcase_add_test(value, bytes_are_copied);
    tcase_add_test(value, bytes_are_compared);
    tcase_add_loop_test(value, a_value_is_copied, 0, N(types));
    tcase_add_loop_test(value, a_value_is_printed, 0, N(types));
    tcase_add_test(value, what_is_printed_steers_no_terminal);
    tcase_add_test(value, a_list_is_copied);
    tcase_add_test(value, a_list_without_memory);
    tcase_add_test(value, nothing_given);
    suite_add_tcase(suite, value);
}

SUITE_MAIN("mgmt/snmpvalue", fill)
