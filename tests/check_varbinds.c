/*
 * check_varbinds.c - bodies of variable-binding lists: deep copies, refusals,
 * and bounded memory.
 */
#include "codec/varbinds.h"

#include <stdint.h>

#include "support/bytes.h"
#include "support/suite.h"
#include "support/varbinds_account.h"
#include "support/varbinds_text.h"

/* ---- Content -------------------------------------------------------- */

START_TEST(the_empty_list_is_null)
{
    struct wsn_varbinds *body = NULL;

    ck_assert_uint_eq(wsn_varbinds_count(NULL), 0);
    ck_assert_ptr_null(wsn_varbinds_at(NULL, 0));
    ck_assert_ptr_null(wsn_varbinds_ref(NULL));
    wsn_varbinds_unref(NULL);
    ck_assert_uint_eq(wsn_varbinds_delete(&body, 0), SNMPAPI_INDEX_INVALID);
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 0, &name, NULL),
                      SNMPAPI_INDEX_INVALID);
    ck_assert_ptr_null(body);
}
END_TEST

START_TEST(entries_are_deep_copies)
{
    unsigned char text[] = "hello";
    smiUINT32 ids[] = {1, 3, 6, 1};
    smiOID own_name = {4, ids};
    smiVALUE value = octets_value(text);
    struct wsn_varbinds *body = NULL;

    ck_assert_uint_eq(wsn_varbinds_append(&body, &own_name, &value), WSN_OK);
    value.syntax = SNMP_SYNTAX_OID;
    value.value.oid = own_name;
    ck_assert_uint_eq(wsn_varbinds_append(&body, &own_name, &value), WSN_OK);
    memset(text, 'x', sizeof text);
    memset(ids, 0xff, sizeof ids);
    varbinds_assert(body, "[{\"oid\": \"1.3.6.1\", \"type\": \"OCTET STRING\","
                          " \"value\": \"68656c6c6f\"}, {\"oid\": \"1.3.6.1\""
                          ", \"type\": \"OID\", \"value\": \"1.3.6.1\"}]");
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(a_missing_value_is_null_and_empty_octets_have_memory)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};
    struct wsn_varbinds *body = NULL;

    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, NULL), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, &value), WSN_OK);
    varbinds_assert(body, "[{\"oid\": \"1.3.6.1\", \"type\": \"NULL\"}, "
                          "{\"oid\": \"1.3.6.1\", \"type\": \"OCTET STRING\", "
                          "\"value\": \"\"}]");
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(unused_parts_of_a_value_are_zero)
{
    static const smiCNTR64 zero = {0, 0};
    smiVALUE value;
    struct wsn_varbinds *body = NULL;

    memset(&value, 0xff, sizeof value);
    value.syntax = SNMP_SYNTAX_NULL;
    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, &value), WSN_OK);
    ck_assert_mem_eq(&wsn_varbinds_at(body, 0)->value.value.hNumber, &zero,
                     sizeof zero);
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(replace_changes_name_value_or_both)
{
    static smiUINT32 ids[] = {2, 5};
    static const smiOID other = {2, ids};
    smiVALUE value = int_value(7);
    struct wsn_varbinds *body = numbers_new(3);

    ck_assert_uint_eq(wsn_varbinds_replace(&body, 0, &other, &value), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 1, NULL, &value), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 2, &other, NULL), WSN_OK);
    varbinds_assert(
        body, "[{\"oid\": \"2.5\", \"type\": \"INTEGER\", \"value\": 7}, "
              "{\"oid\": \"1.3.6.1\", \"type\": \"INTEGER\", \"value\": 7}, "
              "{\"oid\": \"2.5\", \"type\": \"NULL\"}]");
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(delete_moves_later_entries_down)
{
    struct wsn_varbinds *body = numbers_new(4);

    ck_assert_uint_eq(wsn_varbinds_delete(&body, 1), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_delete(&body, 2), WSN_OK);
    varbinds_assert(
        body, "[{\"oid\": \"1.3.6.1\", \"type\": \"INTEGER\", \"value\": 0}, "
              "{\"oid\": \"1.3.6.1\", \"type\": \"INTEGER\", \"value\": 2}]");
    ck_assert_uint_eq(wsn_varbinds_delete(&body, 2), SNMPAPI_INDEX_INVALID);
    ck_assert_uint_eq(wsn_varbinds_delete(&body, 0), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_delete(&body, 0), WSN_OK);
    ck_assert_ptr_null(body);
}
END_TEST

START_TEST(a_list_can_be_filled_again_after_its_last_entry_went)
{
    struct wsn_varbinds *body = numbers_new(1);

    ck_assert_uint_eq(wsn_varbinds_delete(&body, 0), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, NULL), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_count(body), 1);
    wsn_varbinds_unref(body);
}
END_TEST

/* ---- Refusals ------------------------------------------------------- */

static const struct refusal_case {
    smiUINT32 name_len;
    smiUINT32 syntax;
    smiUINT32 value_len;
    wsn_err err;
} refusal_cases[] = {
    {1, SNMP_SYNTAX_NULL, 0, SNMPAPI_OID_INVALID},
    {0, SNMP_SYNTAX_NULL, 0, SNMPAPI_OID_INVALID},
    {129, SNMP_SYNTAX_NULL, 0, SNMPAPI_OID_INVALID},
    {4, SNMP_SYNTAX_SEQUENCE, 0, SNMPAPI_SYNTAX_INVALID},
    {4, SNMP_SYNTAX_IPADDR, 3, SNMPAPI_SYNTAX_INVALID},
    {4, SNMP_SYNTAX_OCTETS, 1, SNMPAPI_ALLOC_ERROR},
    {4, SNMP_SYNTAX_OCTETS, 4294967295U, SNMPAPI_ALLOC_ERROR},
    {4, SNMP_SYNTAX_OID, 2, SNMPAPI_ALLOC_ERROR},
};

START_TEST(a_refused_change_changes_nothing)
{
    const struct refusal_case *c = &refusal_cases[_i];
    smiOID bad_name = {c->name_len, name_ids};
    smiVALUE bad_value = {.syntax = c->syntax};
    struct wsn_varbinds *body = numbers_new(2);
    struct wsn_varbinds *before = body;
    char *text = varbinds_text(body);

    bad_value.value.string.len = c->value_len;
    ck_assert_uint_eq(wsn_varbinds_append(&body, &bad_name, &bad_value),
                      c->err);
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 0, &bad_name, &bad_value),
                      c->err);
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 2, &bad_name, &bad_value),
                      SNMPAPI_INDEX_INVALID);
    ck_assert_uint_eq(wsn_varbinds_append(&body, NULL, NULL),
                      SNMPAPI_OID_INVALID);
    ck_assert_ptr_eq(body, before);
    varbinds_assert(body, text);
    free(text);
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(without_memory_nothing_changes)
{
    unsigned char text[4000];
    struct wsn_varbinds *body = numbers_new(2);
    struct wsn_varbinds *shared = wsn_varbinds_ref(body);
    smiVALUE value;

    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    value = octets_value(text);
    account.is_empty = true;
    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, &value),
                      SNMPAPI_ALLOC_ERROR);
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 0, &name, NULL),
                      SNMPAPI_ALLOC_ERROR);
    ck_assert_uint_eq(wsn_varbinds_delete(&body, 0), SNMPAPI_ALLOC_ERROR);
    ck_assert_ptr_eq(body, shared);
    account.is_empty = false;
    ck_assert_uint_eq(wsn_varbinds_count(body), 2);
    wsn_varbinds_unref(shared);
    wsn_varbinds_unref(body);
}
END_TEST

/* ---- Cost ----------------------------------------------------------- */

START_TEST(a_typical_request_is_one_block)
{
    struct wsn_varbinds *body = numbers_new(3);

    ck_assert_uint_eq(account.calls, 1);
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(growth_is_amortised)
{
    struct wsn_varbinds *body = numbers_new(100000);

    ck_assert_uint_lt(account.calls, 60);
    ck_assert_int_eq(wsn_varbinds_at(body, 99999)->value.value.sNumber, 99999);
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(replacing_for_ever_needs_no_more_memory)
{
    unsigned char text[] = "a value of some length";
    smiVALUE value = octets_value(text);
    struct wsn_varbinds *body = numbers_new(2);

    for (int i = 0; i < 1000000; i++)
        if (wsn_varbinds_replace(&body, 1, &name, &value) != WSN_OK)
            ck_abort_msg("replacement %d failed", i);
    ck_assert_uint_le(account.largest, 1024);
    ck_assert_uint_eq(account.blocks, 1);
    ck_assert_uint_eq(wsn_varbinds_count(body), 2);
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(appending_and_deleting_for_ever_needs_no_more_memory)
{
    unsigned char text[] = "a value of some length";
    smiVALUE value = octets_value(text);
    struct wsn_varbinds *body = numbers_new(1);

    for (int i = 0; i < 100000; i++)
        if (wsn_varbinds_append(&body, &name, &value) != WSN_OK ||
            wsn_varbinds_delete(&body, 0) != WSN_OK)
            ck_abort_msg("round %d failed", i);
    ck_assert_uint_le(account.largest, 1024);
    ck_assert_uint_eq(wsn_varbinds_count(body), 1);
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(a_builder_gets_one_block_of_exactly_its_size)
{
    static const struct wsn_varbinds_size size = {1, 4, 3, 0};
    struct wsn_varbinds_builder builder;
    struct wsn_varbinds *body;

    ck_assert_uint_eq(wsn_varbinds_build(&size, &builder), WSN_OK);
    ck_assert_uint_eq(account.calls, 1);
    memset(builder.entry, 0, sizeof *builder.entry);
    memcpy(builder.ids, name_ids, sizeof name_ids);
    memcpy(builder.octets, "hi", 3);
    builder.entry->name.len = 4;
    builder.entry->name.ptr = builder.ids;
    builder.entry->value.syntax = SNMP_SYNTAX_OCTETS;
    builder.entry->value.value.string.len = 2;
    builder.entry->value.value.string.ptr = builder.octets;
    body = builder.body;
    /* There is no room left in it, which a change must notice. */
    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, NULL), WSN_OK);
    varbinds_assert(body, "[{\"oid\": \"1.3.6.1\", \"type\": \"OCTET STRING\","
                          " \"value\": \"6869\"}, {\"oid\": \"1.3.6.1\", "
                          "\"type\": \"NULL\"}]");
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(an_impossible_size_is_refused)
{
    static const struct wsn_varbinds_size size = {
        .n_varbinds = SIZE_MAX / sizeof(struct wsn_varbind)};
    struct wsn_varbinds_builder builder;

    ck_assert_uint_eq(wsn_varbinds_build(&size, &builder), SNMPAPI_ALLOC_ERROR);
}
END_TEST

static TCase *add_case(Suite *suite, const char *title)
{
    TCase *tcase = tcase_create(title);

    tcase_add_checked_fixture(tcase, account_open, account_close);
    suite_add_tcase(suite, tcase);
    return tcase;
}

static void suite_fill(Suite *suite)
{
    TCase *content = add_case(suite, "content");
    TCase *refusals = add_case(suite, "refusals");
    TCase *cost = add_case(suite, "cost");

    tcase_add_test(content, the_empty_list_is_null);
    tcase_add_test(content, entries_are_deep_copies);
    tcase_add_test(content,
                   a_missing_value_is_null_and_empty_octets_have_memory);
    tcase_add_test(content, unused_parts_of_a_value_are_zero);
    tcase_add_test(content, replace_changes_name_value_or_both);
    tcase_add_test(content, delete_moves_later_entries_down);
    tcase_add_test(content,
                   a_list_can_be_filled_again_after_its_last_entry_went);

    tcase_add_loop_test(refusals, a_refused_change_changes_nothing, 0,
                        N_CASES(refusal_cases));
    tcase_add_test(refusals, without_memory_nothing_changes);

    tcase_add_test(cost, a_typical_request_is_one_block);
    tcase_add_test(cost, growth_is_amortised);
    tcase_add_test(cost, replacing_for_ever_needs_no_more_memory);
    tcase_add_test(cost, appending_and_deleting_for_ever_needs_no_more_memory);
    tcase_add_test(cost, a_builder_gets_one_block_of_exactly_its_size);
    tcase_add_test(cost, an_impossible_size_is_refused);
}

SUITE_MAIN("codec/varbinds", suite_fill)
