/*
 * check_api_util.c - object identifiers and descriptors.
 */
#include <string.h>

#include "support/api.h"

/* ---- SnmpStrToOid and SnmpOidToStr -------------------------------------- */

struct text {
    const char *text;
    const char *printed; /* NULL: as text */
    smiUINT32 len;
};

static const struct text texts[] = {
    {"1.3", NULL, 2},
    {"0.39", NULL, 2},
    {"2.999", NULL, 2},
    {"1.3.6.1.2.1.1.3.0", NULL, 9},
    {".1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.3.0", 9},
    {"1.3.06.001", "1.3.6.1", 4},
    {"1.3.4294967295", NULL, 3}};

START_TEST(text_becomes_an_oid_and_text_again)
{
    const char *printed =
        texts[_i].printed != NULL ? texts[_i].printed : texts[_i].text;
    smiUINT32 size = (smiUINT32)strlen(printed) + 1;
    char text[64];
    smiOID oid = {42, NULL};

    ck_assert_uint_eq(SnmpStrToOid(texts[_i].text, &oid), texts[_i].len);
    ck_assert_uint_eq(oid.len, texts[_i].len);
    ck_assert_uint_eq(SnmpOidToStr(&oid, sizeof text, text), size);
    ck_assert_str_eq(text, printed);
    ck_assert_uint_eq(SnmpOidToStr(&oid, size, text), size);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
                      SNMPAPI_SUCCESS);
}
END_TEST

static const char *const bad_texts[] = {
    NULL,    "",     ".",     "1",       "1.",         "1..3",   "a.b",
    "3.1",   "1.40", "0.40",  "1.3.",    "..1.3",      " 1.3",   "1.3 ",
    "1.-3",  "+1.3", "1.0x3", "1.3.x",   "1.3.4294967296", "1,3",
    "1.3\n", "sysDescr.0"};

START_TEST(other_text_is_no_oid)
{
    smiOID oid = {42, NULL};

    ASSERT_FAILS(SnmpStrToOid(bad_texts[_i], &oid), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpStrToOid(bad_texts[_i], NULL), SNMPAPI_OID_INVALID);
    ck_assert_uint_eq(oid.len, 42);
    ck_assert_ptr_null(oid.ptr);
}
END_TEST

/* "1.3" and then more of ".7" until there are n sub-identifiers. */
static char *text_of(int n)
{
    char *text = malloc(4 + (size_t)n * 2);

    ck_assert_ptr_nonnull(text);
    memcpy(text, "1.3", 4);
    for (int i = 2; i < n; i++)
        memcpy(text + 3 + (i - 2) * 2, ".7", 3);
    return text;
}

START_TEST(an_oid_has_128_sub_identifiers_at_most)
{
    char *longest = text_of(128);
    char *too_long = text_of(129);
    char printed[MAXOBJIDSTRSIZE];
    smiOID oid;

    ck_assert_uint_eq(SnmpStrToOid(longest, &oid), 128);
    ck_assert_uint_eq(SnmpOidToStr(&oid, sizeof printed, printed),
                      strlen(longest) + 1);
    ck_assert_str_eq(printed, longest);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    ASSERT_FAILS(SnmpStrToOid(too_long, &oid), SNMPAPI_OID_INVALID);
    free(longest);
    free(too_long);
}
END_TEST

START_TEST(the_text_has_an_end)
{
    char text[MAXOBJIDSTRSIZE + 8];
    smiOID oid = {42, NULL};

    /* Leading zeroes make a short OID long. */
    memset(text, '0', sizeof text);
    memcpy(text, "1.3.", 4);
    text[MAXOBJIDSTRSIZE - 1] = '\0';
    ck_assert_uint_eq(SnmpStrToOid(text, &oid), 3);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    text[MAXOBJIDSTRSIZE - 1] = '0';
    text[MAXOBJIDSTRSIZE] = '\0';
    ASSERT_FAILS(SnmpStrToOid(text, &oid), SNMPAPI_OID_INVALID);
}
END_TEST

static smiUINT32 many_ids[129] = {1, 3, 6, 1};
static smiUINT32 ids_from_3[] = {3, 1};
static const smiOID no_oids[] = {
    {0, many_ids}, {1, many_ids}, {129, many_ids}, {4, NULL}, {2, ids_from_3}};

START_TEST(what_is_no_oid_is_not_printed_or_copied)
{
    char text[8] = "as was";
    smiOID copy = {42, NULL};

    ASSERT_FAILS(SnmpOidToStr(&no_oids[_i], 8, text), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidToStr(&no_oids[_i], 0, NULL), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCopy(&no_oids[_i], &copy), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCopy(&no_oids[_i], NULL), SNMPAPI_OID_INVALID);
    ck_assert_str_eq(text, "as was");
    ck_assert_uint_eq(copy.len, 42);
}
END_TEST

struct cut {
    smiUINT32 size;
    SNMPAPI_STATUS code;
    const char *left;
};

/* "1.3.6" needs 6. */
static const struct cut cuts[] = {
    {5, SNMPAPI_OUTPUT_TRUNCATED, "1.3."},
    {1, SNMPAPI_OUTPUT_TRUNCATED, ""},
    {0, SNMPAPI_SIZE_INVALID, "??????"}};

START_TEST(a_short_buffer_is_filled_and_reported)
{
    smiOID oid = {3, many_ids};
    char text[8] = "??????";

    ASSERT_FAILS(SnmpOidToStr(&oid, cuts[_i].size, text), cuts[_i].code);
    ck_assert_str_eq(text, cuts[_i].left);
}
END_TEST

START_TEST(missing_outputs_and_inputs)
{
    smiOID oid = {3, many_ids};
    char text[8];

    ASSERT_FAILS(SnmpStrToOid("1.3", NULL), SNMPAPI_NOOP);
    ASSERT_FAILS(SnmpOidCopy(&oid, NULL), SNMPAPI_NOOP);
    ASSERT_FAILS(SnmpOidToStr(&oid, 8, NULL), SNMPAPI_NOOP);
    ASSERT_FAILS(SnmpOidToStr(&oid, 0, NULL), SNMPAPI_SIZE_INVALID);
    ASSERT_FAILS(SnmpOidToStr(NULL, 8, text), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCopy(NULL, &oid), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&oid, &oid, 0, NULL), SNMPAPI_NOOP);
}
END_TEST

START_TEST(a_copy_is_independent)
{
    smiUINT32 ids[] = {1, 3, 6, 1};
    smiOID oid = {4, ids};
    smiOID copy = {42, NULL};

    ck_assert_uint_eq(SnmpOidCopy(&oid, &copy), 4);
    ids[3] = 7;
    ck_assert_uint_eq(copy.len, 4);
    ck_assert_uint_eq(copy.ptr[3], 1);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&copy),
                      SNMPAPI_SUCCESS);
}
END_TEST

/* ---- SnmpOidCompare ----------------------------------------------------- */

static smiUINT32 ids_136[] = {1, 3, 6};
static smiUINT32 ids_1361[] = {1, 3, 6, 1};
static smiUINT32 ids_137[] = {1, 3, 7};
static smiUINT32 ids_big[] = {1, 3, 0xffffffff};

struct comparison {
    smiOID x;
    smiOID y;
    smiUINT32 maxlen;
    smiINT result;
};

static const struct comparison comparisons[] = {
    {{3, ids_136}, {4, ids_1361}, 0, -1},
    {{3, ids_136}, {4, ids_1361}, 3, 0},
    {{3, ids_136}, {4, ids_1361}, 4, -1},
    {{3, ids_136}, {4, ids_1361}, 128, -1},
    {{3, ids_137}, {4, ids_1361}, 2, 0},
    {{3, ids_137}, {4, ids_1361}, 0, 1},
    {{0, NULL}, {0, NULL}, 0, 0},
    {{0, NULL}, {0, NULL}, 5, 0},
    {{0, NULL}, {1, ids_136}, 0, -1},
    {{0, NULL}, {1, ids_136}, 1, -1},
    {{3, ids_big}, {3, ids_136}, 0, 1}, /* sub-identifiers are unsigned */
    {{3, ids_136}, {3, ids_136}, 0, 0},
    {{3, ids_136}, {3, ids_136}, 100, 0},
    {{128, many_ids}, {128, many_ids}, 128, 0}};

START_TEST(oids_are_compared_both_ways)
{
    const struct comparison *c = &comparisons[_i];
    smiINT result = 42;

    ck_assert_uint_eq(SnmpOidCompare(&c->x, &c->y, c->maxlen, &result),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(result, c->result);
    result = 42;
    ck_assert_uint_eq(SnmpOidCompare(&c->y, &c->x, c->maxlen, &result),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(result, -c->result);
}
END_TEST

START_TEST(what_cannot_be_compared)
{
    static const smiOID nowhere = {1, NULL};
    static const smiOID long_oid = {129, many_ids};
    smiOID oid = {3, ids_136};
    smiINT result = 42;

    ASSERT_FAILS(SnmpOidCompare(NULL, &oid, 0, &result), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&oid, NULL, 0, &result), SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&nowhere, &oid, 0, &result),
                 SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&oid, &nowhere, 0, &result),
                 SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&long_oid, &oid, 3, &result),
                 SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&oid, &long_oid, 129, NULL),
                 SNMPAPI_OID_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&oid, &oid, 129, &result),
                 SNMPAPI_SIZE_INVALID);
    ASSERT_FAILS(SnmpOidCompare(&oid, &oid, 0xffffffff, NULL),
                 SNMPAPI_SIZE_INVALID);
    ck_assert_int_eq(result, 42);
}
END_TEST

/* ---- SnmpFreeDescriptor ------------------------------------------------- */

static smiOID new_oid(void)
{
    smiOID oid;

    ck_assert_uint_eq(SnmpStrToOid("1.3.6.1", &oid), 4);
    return oid;
}

START_TEST(a_freed_descriptor_is_cleared_and_refused)
{
    smiOID oid = new_oid();
    smiOID copy = oid;

    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(oid.len, 0);
    ck_assert_ptr_null(oid.ptr);
    ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
                 SNMPAPI_OPERATION_INVALID);
    ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&copy),
                 SNMPAPI_OPERATION_INVALID);
    ck_assert_uint_eq(copy.len, 4);
}
END_TEST

/* A widely copied wrapper frees object identifiers as octets. */
static const smiUINT32 memory_syntaxes[] = {
    SNMP_SYNTAX_BITS,   SNMP_SYNTAX_OCTETS, SNMP_SYNTAX_OID,
    SNMP_SYNTAX_IPADDR, SNMP_SYNTAX_OPAQUE, SNMP_SYNTAX_NSAPADDR};

START_TEST(any_syntax_with_memory_frees)
{
    smiOID oid = new_oid();

    oid.len = 0x12345678; /* not believed */
    ck_assert_uint_eq(
        SnmpFreeDescriptor(memory_syntaxes[_i], (smiLPOPAQUE)&oid),
        SNMPAPI_SUCCESS);
    ck_assert_ptr_null(oid.ptr);
}
END_TEST

static const smiUINT32 other_syntaxes[] = {
    SNMP_SYNTAX_INT,          SNMP_SYNTAX_NULL,
    SNMP_SYNTAX_CNTR32,       SNMP_SYNTAX_GAUGE32,
    SNMP_SYNTAX_TIMETICKS,    SNMP_SYNTAX_CNTR64,
    SNMP_SYNTAX_UINT32,       SNMP_SYNTAX_NOSUCHOBJECT,
    SNMP_SYNTAX_ENDOFMIBVIEW, SNMP_SYNTAX_SEQUENCE,
    0,                        0xffffffff};

START_TEST(other_syntaxes_free_nothing)
{
    smiOID oid = new_oid();

    ASSERT_FAILS(SnmpFreeDescriptor(other_syntaxes[_i], (smiLPOPAQUE)&oid),
                 SNMPAPI_SYNTAX_INVALID);
    ASSERT_FAILS(SnmpFreeDescriptor(other_syntaxes[_i], NULL),
                 SNMPAPI_SYNTAX_INVALID);
    ck_assert_uint_eq(oid.len, 4);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
                      SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(memory_of_the_program_is_refused)
{
    static smiBYTE bytes[16];
    smiBYTE *heap = malloc(16);
    smiOID oid = new_oid();
    smiOCTETS foreign[] = {
        {16, bytes},
        {16, heap},
        {0, NULL},
        {1, (smiLPBYTE)(oid.ptr + 1)}, /* inside a block of the library */
        {1, (smiLPBYTE)oid.ptr + 1},
        {0xffffffff, (smiLPBYTE)(uintptr_t)1}};

    for (int i = 0; i < N(foreign); i++) {
        smiOCTETS before = foreign[i];

        ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &foreign[i]),
                     SNMPAPI_OPERATION_INVALID);
        ck_assert_uint_eq(foreign[i].len, before.len);
        ck_assert_ptr_eq(foreign[i].ptr, before.ptr);
    }
    ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, NULL),
                 SNMPAPI_OPERATION_INVALID);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
                      SNMPAPI_SUCCESS);
    free(heap);
}
END_TEST

/* A shipped product passes &value.string.ptr. */
START_TEST(the_address_of_the_wrong_member_is_refused)
{
    smiOID oid = new_oid();
    struct {
        smiOCTETS octets;
        void *behind;
        void *more;
    } wrong = {{4, (smiLPBYTE)oid.ptr}, NULL, NULL};

    ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS,
                                    (smiLPOPAQUE)(void *)&wrong.octets.ptr),
                 SNMPAPI_OPERATION_INVALID);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
                      SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(the_clean_up_frees_what_is_left)
{
    smiOID oid;

    start();
    oid = new_oid();
    stop();
    start();
    ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid),
                 SNMPAPI_OPERATION_INVALID);
    stop();
}
END_TEST

/* ---- memory, no start-up ------------------------------------------------ */

START_TEST(a_shortage_of_memory_leaves_nothing_behind)
{
    SNMPAPI_STATUS status;
    smiOID oid;

    ASSERT_SURVIVES_SHORTAGE(status, SnmpStrToOid("1.3.6.1", &oid));
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    ASSERT_SURVIVES_SHORTAGE(status, SnmpOidCopy(&sysdescr, &oid));
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    smiOID oid = {4, many_ids};
    smiOCTETS octets = {1, (smiLPBYTE)many_ids};
    char text[8] = "as was";
    smiINT result = 42;

    ASSERT_FAILS(SnmpStrToOid("1.3", &oid), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpOidToStr(&oid, 8, text), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpOidCopy(&oid, &oid), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpOidCompare(&oid, &oid, 0, &result),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets),
                 SNMPAPI_NOT_INITIALIZED);
    ck_assert_uint_eq(oid.len, 4);
    ck_assert_str_eq(text, "as was");
    ck_assert_int_eq(result, 42);
}
END_TEST

static void fill_oids(TCase *oids)
{
    tcase_add_loop_test(oids, text_becomes_an_oid_and_text_again, 0, N(texts));
    tcase_add_loop_test(oids, other_text_is_no_oid, 0, N(bad_texts));
    tcase_add_test(oids, an_oid_has_128_sub_identifiers_at_most);
    tcase_add_test(oids, the_text_has_an_end);
    tcase_add_loop_test(oids, what_is_no_oid_is_not_printed_or_copied, 0,
                        N(no_oids));
    tcase_add_loop_test(oids, a_short_buffer_is_filled_and_reported, 0,
                        N(cuts));
    tcase_add_test(oids, missing_outputs_and_inputs);
    tcase_add_test(oids, a_copy_is_independent);
    tcase_add_loop_test(oids, oids_are_compared_both_ways, 0, N(comparisons));
    tcase_add_test(oids, what_cannot_be_compared);
}

static void fill_descriptors(TCase *descriptors)
{
    tcase_add_test(descriptors, a_freed_descriptor_is_cleared_and_refused);
    tcase_add_loop_test(descriptors, any_syntax_with_memory_frees, 0,
                        N(memory_syntaxes));
    tcase_add_loop_test(descriptors, other_syntaxes_free_nothing, 0,
                        N(other_syntaxes));
    tcase_add_test(descriptors, memory_of_the_program_is_refused);
    tcase_add_test(descriptors, the_address_of_the_wrong_member_is_refused);
}

static void fill(Suite *suite)
{
    TCase *oids = started_case(suite, "object identifiers");
    TCase *stopped = stopped_case(suite);

    fill_oids(oids);
    tcase_add_test(oids, a_shortage_of_memory_leaves_nothing_behind);
    fill_descriptors(started_case(suite, "descriptors"));
    tcase_add_test(stopped, the_clean_up_frees_what_is_left);
    tcase_add_test(stopped, nothing_works_without_start_up);
}

SUITE_MAIN("api/util", fill)
