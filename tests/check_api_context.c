/*
 * check_api_context.c - communities in and out.
 */
#include <string.h>

#include "support/api.h"

struct community {
    smiUINT32 len;
    const char *bytes;
};

static const struct community communities[] = {
    {6, "public"}, {1, "x"}, {3, "a\0b"}, {2, "\0\0"}, {4, "\xff\x80 \n"}};

static smiOCTETS octets_of(const void *bytes, smiUINT32 len)
{
    smiOCTETS octets = {len, NULL};

    if (bytes != NULL) {
        octets.ptr = malloc(len + 1);
        ck_assert_ptr_nonnull(octets.ptr);
        memcpy(octets.ptr, bytes, len);
    }
    return octets;
}

START_TEST(what_goes_in_comes_out)
{
    smiOCTETS in = octets_of(communities[_i].bytes, communities[_i].len);
    HSNMP_CONTEXT context = SnmpStrToContext(session, &in);
    smiOCTETS out = {42, NULL};

    ck_assert_ptr_nonnull(context);
    /* The program's memory is the program's, at once. */
    memset(in.ptr, '?', in.len);
    free(in.ptr);
    ck_assert_uint_eq(SnmpContextToStr(context, &out), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(out.len, communities[_i].len);
    ck_assert_mem_eq(out.ptr, communities[_i].bytes, out.len);
    /* Programs print it as a string, or end it themselves. */
    ck_assert_uint_eq(out.ptr[out.len], 0);
    out.ptr[out.len] = 0;
    ck_assert_uint_eq(SnmpFreeContext(context), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &out),
                      SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(no_community_is_no_context)
{
    smiBYTE byte = 'x';
    smiOCTETS empty = {0, &byte};
    smiOCTETS nowhere = {6, NULL};
    smiOCTETS huge = {65536, &byte}; /* not looked at */

    ASSERT_FAILS_IN(session, SnmpStrToContext(session, NULL),
                    SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS_IN(session, SnmpStrToContext(session, &empty),
                    SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS_IN(session, SnmpStrToContext(session, &nowhere),
                    SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS_IN(session, SnmpStrToContext(session, &huge),
                    SNMPAPI_CONTEXT_INVALID);
}
END_TEST

START_TEST(the_longest_community)
{
    static smiBYTE bytes[65535];
    smiOCTETS in = {sizeof bytes, bytes};
    smiOCTETS out = {42, NULL};
    HSNMP_CONTEXT context;

    bytes[sizeof bytes - 1] = 'x';
    context = SnmpStrToContext(session, &in);
    ck_assert_ptr_nonnull(context);
    ck_assert_uint_eq(SnmpContextToStr(context, &out), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(out.len, sizeof bytes);
    ck_assert_uint_eq(out.ptr[out.len - 1], 'x');
    ck_assert_uint_eq(out.ptr[out.len], 0);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &out),
                      SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(an_unknown_name_is_a_community)
{
    smiOCTETS out = {0, NULL};
    HSNMP_CONTEXT context;

    SnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    context = new_context();
    ck_assert_uint_eq(SnmpContextToStr(context, &out), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(out.len, 6);
    ck_assert_str_eq((char *)out.ptr, "public");
}
END_TEST

START_TEST(no_output_is_noop)
{
    HSNMP_CONTEXT context = new_context();

    ASSERT_FAILS_IN(session, SnmpContextToStr(context, NULL), SNMPAPI_NOOP);
}
END_TEST

START_TEST(equal_communities_have_different_handles)
{
    HSNMP_CONTEXT first = new_context();
    HSNMP_CONTEXT second = new_context();

    ck_assert_ptr_ne(first, second);
    ck_assert_uint_eq(SnmpFreeContext(first), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeContext(first), SNMPAPI_CONTEXT_INVALID);
    ck_assert_uint_eq(SnmpFreeContext(second), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(bad_handles_are_refused)
{
    void *bad[BAD_HANDLES];
    smiOCTETS out = {42, NULL};

    bad_handles(WSN_CONTEXT, bad);
    ASSERT_FAILS(SnmpContextToStr(bad[_i], &out), SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS(SnmpContextToStr(bad[_i], NULL), SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS(SnmpFreeContext(bad[_i]), SNMPAPI_CONTEXT_INVALID);
    ck_assert_uint_eq(out.len, 42);
}
END_TEST

START_TEST(bad_sessions_are_refused_before_the_string)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_SESSION, bad);
    ASSERT_FAILS(SnmpStrToContext(bad[_i], NULL), SNMPAPI_SESSION_INVALID);
}
END_TEST

START_TEST(a_shortage_of_memory_leaves_nothing_behind)
{
    smiBYTE bytes[] = "public";
    smiOCTETS in = {6, bytes};
    smiOCTETS out = {42, NULL};
    HSNMP_CONTEXT context;
    SNMPAPI_STATUS status;

    ASSERT_SURVIVES_SHORTAGE(context, SnmpStrToContext(session, &in));
    ASSERT_SURVIVES_SHORTAGE(status, SnmpContextToStr(context, &out));
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &out),
                      SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    smiBYTE bytes[] = "public";
    smiOCTETS octets = {6, bytes};

    ASSERT_FAILS(SnmpStrToContext(bytes, &octets), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpContextToStr(bytes, &octets), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpFreeContext(bytes), SNMPAPI_NOT_INITIALIZED);
    ck_assert_ptr_eq(octets.ptr, bytes);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *contexts = started_case(suite, "contexts");
    TCase *stopped = stopped_case(suite);

    tcase_add_loop_test(contexts, what_goes_in_comes_out, 0, N(communities));
    tcase_add_test(contexts, no_community_is_no_context);
    tcase_add_test(contexts, the_longest_community);
    tcase_add_test(contexts, an_unknown_name_is_a_community);
    tcase_add_test(contexts, no_output_is_noop);
    tcase_add_test(contexts, equal_communities_have_different_handles);
    tcase_add_loop_test(contexts, bad_handles_are_refused, 0, BAD_HANDLES);
    tcase_add_loop_test(contexts, bad_sessions_are_refused_before_the_string,
                        0, BAD_HANDLES);
    tcase_add_test(contexts, a_shortage_of_memory_leaves_nothing_behind);
    tcase_add_test(stopped, nothing_works_without_start_up);
}

SUITE_MAIN("api/context", fill)
