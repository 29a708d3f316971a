/*
 * check_api_vbl_values.c - what may be put into a variable-binding list.
 */
#include <string.h>

#include "support/api.h"

static smiUINT32 ids_first[] = {1, 3, 6, 1, 1};
static smiUINT32 ids_third[] = {1, 3, 6, 1, 3};
static const smiOID first_name = {5, ids_first};

/* A list with the bindings 1.3.6.1.1 = 1 and 1.3.6.1.1 = 2. */
static HSNMP_VBL new_list(void)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_INT};
    HSNMP_VBL vbl;

    value.value.sNumber = 1;
    vbl = SnmpCreateVbl(session, &first_name, &value);
    value.value.sNumber = 2;
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &first_name, &value), 2);
    return vbl;
}

static void assert_unchanged(HSNMP_VBL vbl)
{
    smiVALUE value;
    smiOID name;

    ck_assert_uint_eq(SnmpCountVbl(vbl), 2);
    ck_assert_uint_eq(SnmpGetVb(vbl, 2, &name, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.len, 5);
    ck_assert_mem_eq(name.ptr, ids_first, sizeof ids_first);
    ck_assert_int_eq(value.value.sNumber, 2);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
}

/* ---- what is no name or no value ---------------------------------------- */

static smiUINT32 ids_of_129[129] = {1, 3};
static smiUINT32 ids_of_128[128] = {1, 3};
static smiUINT32 ids_from_3[] = {3, 1};
static smiUINT32 ids_1_40[] = {1, 40};
static smiUINT32 ids_0_40[] = {0, 40};

static const smiOID bad_names[] = {
    {0, ids_first}, {1, ids_first},  {129, ids_of_129}, {5, NULL},
    {2, ids_from_3}, {2, ids_1_40}, {2, ids_0_40},     {0xffffffff, ids_first}};

START_TEST(bad_names_are_refused)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_NULL};
    HSNMP_VBL vbl = new_list();

    ASSERT_FAILS_IN(session, SnmpCreateVbl(session, &bad_names[_i], &value),
                    SNMPAPI_OID_INVALID);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 0, &bad_names[_i], &value),
                    SNMPAPI_OID_INVALID);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 2, &bad_names[_i], &value),
                    SNMPAPI_OID_INVALID);
    assert_unchanged(vbl);
}
END_TEST

START_TEST(the_longest_name_is_accepted)
{
    smiOID longest = {128, ids_of_128};
    HSNMP_VBL vbl = SnmpCreateVbl(session, &longest, NULL);
    smiOID name;

    ck_assert_uint_eq(SnmpGetVb(vbl, 1, &name, NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.len, 128);
    ck_assert_mem_eq(name.ptr, ids_of_128, sizeof ids_of_128);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name),
                      SNMPAPI_SUCCESS);
}
END_TEST

struct bad_value {
    smiVALUE value;
    SNMPAPI_STATUS code;
};

static smiBYTE four_bytes[5] = {127, 0, 0, 1, 0};

static const struct bad_value bad_values[] = {
    {{.syntax = 0x30}, SNMPAPI_SYNTAX_INVALID},
    {{.syntax = 0}, SNMPAPI_SYNTAX_INVALID},
    {{.syntax = 0x99}, SNMPAPI_SYNTAX_INVALID},
    {{.syntax = 0x48}, SNMPAPI_SYNTAX_INVALID},
    {{.syntax = 0x83}, SNMPAPI_SYNTAX_INVALID},
    {{.syntax = 0x102}, SNMPAPI_SYNTAX_INVALID},
    {{SNMP_SYNTAX_IPADDR, {.string = {5, four_bytes}}},
     SNMPAPI_SYNTAX_INVALID},
    {{SNMP_SYNTAX_IPADDR, {.string = {3, four_bytes}}},
     SNMPAPI_SYNTAX_INVALID},
    {{SNMP_SYNTAX_IPADDR, {.string = {0, NULL}}}, SNMPAPI_SYNTAX_INVALID},
    {{SNMP_SYNTAX_OID, {.oid = {1, ids_first}}}, SNMPAPI_SYNTAX_INVALID},
    {{SNMP_SYNTAX_OID, {.oid = {129, ids_of_129}}}, SNMPAPI_SYNTAX_INVALID},
    {{SNMP_SYNTAX_OCTETS, {.string = {6, NULL}}}, SNMPAPI_ALLOC_ERROR},
    {{SNMP_SYNTAX_OPAQUE, {.string = {6, NULL}}}, SNMPAPI_ALLOC_ERROR},
    {{SNMP_SYNTAX_IPADDR, {.string = {4, NULL}}}, SNMPAPI_ALLOC_ERROR},
    {{SNMP_SYNTAX_OID, {.oid = {5, NULL}}}, SNMPAPI_ALLOC_ERROR}};

START_TEST(bad_values_are_refused)
{
    const struct bad_value *bad = &bad_values[_i];
    HSNMP_VBL vbl = new_list();

    ASSERT_FAILS_IN(session, SnmpCreateVbl(session, &first_name, &bad->value),
                    bad->code);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 0, &first_name, &bad->value),
                    bad->code);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 2, &first_name, &bad->value),
                    bad->code);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 2, NULL, &bad->value), bad->code);
    assert_unchanged(vbl);
}
END_TEST

/* ---- every syntax ------------------------------------------------------- */

static const smiVALUE values[] = {
    {SNMP_SYNTAX_INT, {.sNumber = -1}},
    {SNMP_SYNTAX_INT32, {.sNumber = -2147483647 - 1}},
    {SNMP_SYNTAX_BITS, {.string = {2, four_bytes}}},
    {SNMP_SYNTAX_OCTETS, {.string = {5, four_bytes}}},
    {SNMP_SYNTAX_OCTETS, {.string = {0, NULL}}},
    {SNMP_SYNTAX_NULL, {.empty = 0}},
    {SNMP_SYNTAX_OID, {.oid = {5, ids_third}}},
    {SNMP_SYNTAX_IPADDR, {.string = {4, four_bytes}}},
    {SNMP_SYNTAX_CNTR32, {.uNumber = 0xffffffff}},
    {SNMP_SYNTAX_GAUGE32, {.uNumber = 0x80000000}},
    {SNMP_SYNTAX_UNSIGNED32, {.uNumber = 1}},
    {SNMP_SYNTAX_TIMETICKS, {.uNumber = 0}},
    {SNMP_SYNTAX_OPAQUE, {.string = {4, four_bytes}}},
    {SNMP_SYNTAX_NSAPADDR, {.string = {3, four_bytes}}},
    {SNMP_SYNTAX_CNTR64, {.hNumber = {0xffffffff, 1}}},
    {SNMP_SYNTAX_UINT32, {.uNumber = 7}},
    {SNMP_SYNTAX_NOSUCHOBJECT, {.empty = 0}},
    {SNMP_SYNTAX_NOSUCHINSTANCE, {.empty = 0}},
    {SNMP_SYNTAX_ENDOFMIBVIEW, {.empty = 0}}};

static void assert_same_octets(const smiOCTETS *got, const smiOCTETS *wanted)
{
    ck_assert_uint_eq(got->len, wanted->len);
    ck_assert_ptr_nonnull(got->ptr); /* even for no octets */
    ck_assert_ptr_ne(got->ptr, wanted->ptr);
    if (wanted->len > 0)
        ck_assert_mem_eq(got->ptr, wanted->ptr, wanted->len);
    ck_assert_uint_eq(got->ptr[got->len], 0);
}

static void assert_same_value(const smiVALUE *got, const smiVALUE *wanted)
{
    ck_assert_uint_eq(got->syntax, wanted->syntax);
    switch (wanted->syntax) {
    case SNMP_SYNTAX_BITS:
    case SNMP_SYNTAX_OCTETS:
    case SNMP_SYNTAX_IPADDR:
    case SNMP_SYNTAX_OPAQUE:
    case SNMP_SYNTAX_NSAPADDR:
        assert_same_octets(&got->value.string, &wanted->value.string);
        break;
    case SNMP_SYNTAX_OID:
        ck_assert_uint_eq(got->value.oid.len, wanted->value.oid.len);
        ck_assert_mem_eq(got->value.oid.ptr, wanted->value.oid.ptr,
                         wanted->value.oid.len * sizeof(smiUINT32));
        break;
    case SNMP_SYNTAX_CNTR64:
        ck_assert_uint_eq(got->value.hNumber.hipart,
                          wanted->value.hNumber.hipart);
        ck_assert_uint_eq(got->value.hNumber.lopart,
                          wanted->value.hNumber.lopart);
        break;
    default:
        ck_assert_uint_eq(got->value.uNumber, wanted->value.uNumber);
        break;
    }
}

static bool has_memory(smiUINT32 syntax)
{
    return syntax == SNMP_SYNTAX_BITS || syntax == SNMP_SYNTAX_OCTETS ||
           syntax == SNMP_SYNTAX_OID || syntax == SNMP_SYNTAX_IPADDR ||
           syntax == SNMP_SYNTAX_OPAQUE || syntax == SNMP_SYNTAX_NSAPADDR;
}

START_TEST(every_syntax_comes_back)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, &first_name, &values[_i]);
    smiVALUE value;

    ck_assert_ptr_nonnull(vbl);
    memset(&value, 0xff, sizeof value);
    ck_assert_uint_eq(SnmpGetVb(vbl, 1, NULL, &value), SNMPAPI_SUCCESS);
    assert_same_value(&value, &values[_i]);
    if (has_memory(value.syntax))
        ck_assert_uint_eq(
            SnmpFreeDescriptor(value.syntax, &value.value.string),
            SNMPAPI_SUCCESS);
    else
        ASSERT_FAILS(SnmpFreeDescriptor(value.syntax, &value.value.string),
                     SNMPAPI_SYNTAX_INVALID);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *refused = started_case(suite, "refused");
    TCase *accepted = started_case(suite, "accepted");

    tcase_add_loop_test(refused, bad_names_are_refused, 0, N(bad_names));
    tcase_add_loop_test(refused, bad_values_are_refused, 0, N(bad_values));
    tcase_add_test(accepted, the_longest_name_is_accepted);
    tcase_add_loop_test(accepted, every_syntax_comes_back, 0, N(values));
}

SUITE_MAIN("api/vbl values", fill)
