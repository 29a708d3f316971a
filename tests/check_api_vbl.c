/*
 * check_api_vbl.c - variable-binding lists.
 */
#include <string.h>

#include "support/api.h"

static smiUINT32 ids_first[] = {1, 3, 6, 1, 1};
static smiUINT32 ids_second[] = {1, 3, 6, 1, 2};
static smiUINT32 ids_third[] = {1, 3, 6, 1, 3};
static smiOID names[] = {{5, ids_first}, {5, ids_second}, {5, ids_third}};

static smiVALUE int_value(smiINT number)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_INT};

    value.value.sNumber = number;
    return value;
}

static smiVALUE text_value(smiUINT32 syntax, char *text)
{
    smiVALUE value = {.syntax = syntax};

    value.value.string.len = (smiUINT32)strlen(text);
    value.value.string.ptr = (smiLPBYTE)text;
    return value;
}

/* A list of the three names with the values 1, 2, 3. */
static HSNMP_VBL new_list(void)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);

    for (smiUINT32 i = 0; i < 3; i++) {
        smiVALUE value = int_value((smiINT)i + 1);

        ck_assert_uint_eq(SnmpSetVb(vbl, 0, &names[i], &value), i + 1);
    }
    return vbl;
}

static void free_binding(smiOID *name, smiVALUE *value)
{
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)name),
                      SNMPAPI_SUCCESS);
    /* As programs do, whatever the syntax. */
    (void)SnmpFreeDescriptor(value->syntax, &value->value.string);
}

/* Binding index has the last sub-identifier id and the INTEGER number. */
static void assert_binding(HSNMP_VBL vbl, smiUINT32 index, smiUINT32 id,
                           smiINT number)
{
    smiOID name;
    smiVALUE value;

    ck_assert_uint_eq(SnmpGetVb(vbl, index, &name, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.len, 5);
    ck_assert_uint_eq(name.ptr[4], id);
    ck_assert_uint_eq(value.syntax, SNMP_SYNTAX_INT);
    ck_assert_int_eq(value.value.sNumber, number);
    free_binding(&name, &value);
}

static void assert_null_binding(HSNMP_VBL vbl, smiUINT32 index)
{
    static const smiVALUE nothing;
    smiVALUE value;

    memset(&value, 0xff, sizeof value);
    ck_assert_uint_eq(SnmpGetVb(vbl, index, NULL, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(value.syntax, SNMP_SYNTAX_NULL);
    ck_assert_mem_eq(&value.value, &nothing.value, sizeof value.value);
}

/* ---- creation ----------------------------------------------------------- */

START_TEST(without_a_name_the_list_is_empty)
{
    smiVALUE rubbish = {.syntax = 0x99};
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, &rubbish);

    ck_assert_ptr_nonnull(vbl);
    ASSERT_FAILS_IN(session, SnmpCountVbl(vbl), SNMPAPI_NOOP);
    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(without_a_value_it_is_null)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, &names[0], NULL);

    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    assert_null_binding(vbl, 1);
}
END_TEST

START_TEST(name_and_value_are_copied)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 7};
    char text[] = "some text";
    smiOID name = {5, ids};
    smiVALUE value = text_value(SNMP_SYNTAX_OCTETS, text);
    HSNMP_VBL vbl = SnmpCreateVbl(session, &name, &value);

    memset(ids, 0xff, sizeof ids);
    memset(text, '?', sizeof text);
    memset(&name, 0xff, sizeof name);
    memset(&value, 0xff, sizeof value);
    ck_assert_uint_eq(SnmpGetVb(vbl, 1, &name, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.ptr[4], 7);
    ck_assert_uint_eq(value.value.string.len, 9);
    ck_assert_str_eq((char *)value.value.string.ptr, "some text");
    free_binding(&name, &value);
}
END_TEST

/* ---- reading ------------------------------------------------------------ */

START_TEST(bindings_are_counted_from_1)
{
    HSNMP_VBL vbl = new_list();

    ck_assert_uint_eq(SnmpCountVbl(vbl), 3);
    for (smiUINT32 i = 1; i <= 3; i++)
        assert_binding(vbl, i, i, (smiINT)i);
}
END_TEST

START_TEST(no_such_binding)
{
    static const smiUINT32 indexes[] = {0, 4, 0x7fffffff, 0xffffffff};
    HSNMP_VBL vbl = new_list();
    HSNMP_VBL empty = SnmpCreateVbl(session, NULL, NULL);
    smiOID name = {42, NULL};
    smiVALUE value = {.syntax = 42};

    ASSERT_FAILS_IN(session, SnmpGetVb(vbl, indexes[_i], &name, &value),
                    SNMPAPI_INDEX_INVALID);
    ASSERT_FAILS_IN(session, SnmpGetVb(vbl, indexes[_i], NULL, NULL),
                    SNMPAPI_INDEX_INVALID);
    ASSERT_FAILS_IN(session, SnmpDeleteVb(vbl, indexes[_i]),
                    SNMPAPI_INDEX_INVALID);
    ASSERT_FAILS_IN(session, SnmpDeleteVb(empty, indexes[_i]),
                    SNMPAPI_INDEX_INVALID);
    if (indexes[_i] != 0)
        ASSERT_FAILS_IN(session,
                        SnmpSetVb(vbl, indexes[_i], &names[0], &value),
                        SNMPAPI_INDEX_INVALID);
    ASSERT_FAILS_IN(session, SnmpGetVb(empty, 1, &name, &value),
                    SNMPAPI_INDEX_INVALID);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 3);
    ck_assert_uint_eq(name.len, 42);
    ck_assert_uint_eq(value.syntax, 42);
}
END_TEST

START_TEST(one_of_name_and_value_is_enough)
{
    HSNMP_VBL vbl = new_list();
    smiVALUE value;
    smiOID name;

    ck_assert_uint_eq(SnmpGetVb(vbl, 2, &name, NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.ptr[4], 2);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpGetVb(vbl, 2, NULL, &value), SNMPAPI_SUCCESS);
    ck_assert_int_eq(value.value.sNumber, 2);
    ASSERT_FAILS_IN(session, SnmpGetVb(vbl, 2, NULL, NULL), SNMPAPI_NOOP);
}
END_TEST

START_TEST(what_was_read_outlives_list_and_session)
{
    HSNMP_SESSION other = open_session();
    char text[] = "kept";
    smiVALUE value = text_value(SNMP_SYNTAX_OCTETS, text);
    HSNMP_VBL vbl = SnmpCreateVbl(other, &names[2], &value);
    smiOID name;

    ck_assert_uint_eq(SnmpGetVb(vbl, 1, &name, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.ptr[4], 3);
    ck_assert_str_eq((char *)value.value.string.ptr, "kept");
    /* A printer manager ends the string itself. */
    value.value.string.ptr[value.value.string.len] = 0;
    free_binding(&name, &value);
}
END_TEST

/* ---- changing ----------------------------------------------------------- */

START_TEST(index_0_appends)
{
    HSNMP_VBL vbl = new_list();
    smiVALUE value = int_value(4);

    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &names[1], &value), 4);
    assert_binding(vbl, 4, 2, 4);
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &names[1], NULL), 5);
    assert_null_binding(vbl, 5);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 0, NULL, &value),
                    SNMPAPI_OID_INVALID);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 0, NULL, NULL),
                    SNMPAPI_OID_INVALID);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 5);
}
END_TEST

START_TEST(other_indexes_replace)
{
    HSNMP_VBL vbl = new_list();
    smiVALUE value = int_value(20);

    ck_assert_uint_eq(SnmpSetVb(vbl, 2, &names[2], &value), 2);
    assert_binding(vbl, 2, 3, 20);
    value = int_value(30);
    ck_assert_uint_eq(SnmpSetVb(vbl, 2, NULL, &value), 2);
    assert_binding(vbl, 2, 3, 30);
    ck_assert_uint_eq(SnmpSetVb(vbl, 2, &names[0], NULL), 2);
    assert_null_binding(vbl, 2);
    ck_assert_uint_eq(SnmpSetVb(vbl, 1, NULL, NULL), 1);
    assert_null_binding(vbl, 1);
    assert_binding(vbl, 3, 3, 3);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 3);
}
END_TEST

START_TEST(the_empty_list_has_no_binding_to_replace)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);

    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 1, &names[0], NULL),
                    SNMPAPI_INDEX_INVALID);
}
END_TEST

START_TEST(deletion_moves_the_rest_down)
{
    HSNMP_VBL vbl = new_list();

    ck_assert_uint_eq(SnmpDeleteVb(vbl, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 2);
    assert_binding(vbl, 1, 2, 2);
    assert_binding(vbl, 2, 3, 3);
    ck_assert_uint_eq(SnmpDeleteVb(vbl, 2), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpDeleteVb(vbl, 1), SNMPAPI_SUCCESS);
    /* Empty, but alive. */
    ASSERT_FAILS_IN(session, SnmpCountVbl(vbl), SNMPAPI_NOOP);
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &names[0], NULL), 1);
    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(a_duplicate_goes_its_own_way)
{
    HSNMP_VBL vbl = new_list();
    HSNMP_VBL copy = SnmpDuplicateVbl(session, vbl);
    smiVALUE value = int_value(20);

    ck_assert_ptr_nonnull(copy);
    ck_assert_uint_eq(SnmpSetVb(vbl, 2, NULL, &value), 2);
    ck_assert_uint_eq(SnmpDeleteVb(copy, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 3);
    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCountVbl(copy), 2);
    assert_binding(copy, 1, 2, 2);
}
END_TEST

START_TEST(a_duplicate_belongs_to_the_session_that_is_named)
{
    HSNMP_SESSION other = open_session();
    HSNMP_VBL vbl = new_list();
    HSNMP_VBL copy = SnmpDuplicateVbl(other, vbl);

    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeVbl(copy), SNMPAPI_VBL_INVALID);
    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(an_empty_list_is_duplicated)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);
    HSNMP_VBL copy = SnmpDuplicateVbl(session, vbl);

    ck_assert_ptr_nonnull(copy);
    ck_assert_uint_eq(SnmpSetVb(copy, 0, &names[0], NULL), 1);
    ASSERT_FAILS_IN(session, SnmpCountVbl(vbl), SNMPAPI_NOOP);
}
END_TEST

/* ---- handles, memory, no start-up --------------------------------------- */

START_TEST(bad_handles_are_refused)
{
    void *bad[BAD_HANDLES];
    smiVALUE value = {.syntax = 42};
    smiOID name = {42, NULL};

    bad_handles(WSN_VBL, bad);
    ASSERT_FAILS(SnmpFreeVbl(bad[_i]), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS(SnmpCountVbl(bad[_i]), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS(SnmpGetVb(bad[_i], 1, &name, &value), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS(SnmpGetVb(bad[_i], 0, NULL, NULL), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS(SnmpSetVb(bad[_i], 0, NULL, &value), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS(SnmpDeleteVb(bad[_i], 0), SNMPAPI_VBL_INVALID);
    ASSERT_FAILS_IN(session, SnmpDuplicateVbl(session, bad[_i]),
                    SNMPAPI_VBL_INVALID);
    ck_assert_uint_eq(name.len, 42);
    ck_assert_uint_eq(value.syntax, 42);
}
END_TEST

START_TEST(bad_sessions_are_refused_first)
{
    void *bad[BAD_HANDLES];
    smiVALUE value = {.syntax = 0x99};

    bad_handles(WSN_SESSION, bad);
    ASSERT_FAILS(SnmpCreateVbl(bad[_i], &sysdescr, &value),
                 SNMPAPI_SESSION_INVALID);
    ASSERT_FAILS(SnmpDuplicateVbl(bad[_i], NULL), SNMPAPI_SESSION_INVALID);
}
END_TEST

START_TEST(the_second_free_is_refused)
{
    HSNMP_VBL vbl = new_list();
    HSNMP_PDU pdu = new_pdu(0, vbl);

    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeVbl(vbl), SNMPAPI_VBL_INVALID);
    /* A wrong kind is somebody's, so its session hears of it. */
    ASSERT_FAILS_IN(session, SnmpFreeVbl(pdu), SNMPAPI_VBL_INVALID);
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(a_shortage_of_memory_leaves_nothing_behind)
{
    char text[] = "text";
    smiVALUE value = text_value(SNMP_SYNTAX_OCTETS, text);
    smiVALUE got = {.syntax = 42};
    smiOID name = {42, NULL};
    SNMPAPI_STATUS status;
    HSNMP_VBL copy;
    HSNMP_VBL vbl;

    ASSERT_SURVIVES_SHORTAGE(vbl, SnmpCreateVbl(session, &names[0], &value));
    ASSERT_SURVIVES_SHORTAGE(copy, SnmpDuplicateVbl(session, vbl));
    ASSERT_SURVIVES_SHORTAGE(status, SnmpSetVb(copy, 0, &names[1], &value));
    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    ck_assert_uint_eq(SnmpCountVbl(copy), 2);
    ASSERT_SURVIVES_SHORTAGE(status, SnmpGetVb(copy, 2, &name, &got));
    ck_assert_str_eq((char *)got.value.string.ptr, "text");
    free_binding(&name, &got);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    void *any = names;
    smiVALUE value = {.syntax = 42};

    ASSERT_FAILS(SnmpCreateVbl(any, NULL, NULL), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpDuplicateVbl(any, any), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpFreeVbl(any), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpCountVbl(any), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpGetVb(any, 1, NULL, &value), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpSetVb(any, 1, NULL, &value), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpDeleteVb(any, 1), SNMPAPI_NOT_INITIALIZED);
    ck_assert_uint_eq(value.syntax, 42);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *creation = started_case(suite, "creation");
    TCase *reading = started_case(suite, "reading");
    TCase *changing = started_case(suite, "changing");
    TCase *handles = started_case(suite, "handles");
    TCase *stopped = stopped_case(suite);

    tcase_add_test(creation, without_a_name_the_list_is_empty);
    tcase_add_test(creation, without_a_value_it_is_null);
    tcase_add_test(creation, name_and_value_are_copied);
    tcase_add_test(reading, bindings_are_counted_from_1);
    tcase_add_loop_test(reading, no_such_binding, 0, 4);
    tcase_add_test(reading, one_of_name_and_value_is_enough);
    tcase_add_test(reading, what_was_read_outlives_list_and_session);
    tcase_add_test(changing, index_0_appends);
    tcase_add_test(changing, other_indexes_replace);
    tcase_add_test(changing, the_empty_list_has_no_binding_to_replace);
    tcase_add_test(changing, deletion_moves_the_rest_down);
    tcase_add_test(changing, a_duplicate_goes_its_own_way);
    tcase_add_test(changing, a_duplicate_belongs_to_the_session_that_is_named);
    tcase_add_test(changing, an_empty_list_is_duplicated);
    tcase_add_loop_test(handles, bad_handles_are_refused, 0, BAD_HANDLES);
    tcase_add_loop_test(handles, bad_sessions_are_refused_first, 0,
                        BAD_HANDLES);
    tcase_add_test(handles, the_second_free_is_refused);
    tcase_add_test(handles, a_shortage_of_memory_leaves_nothing_behind);
    tcase_add_test(stopped, nothing_works_without_start_up);
}

SUITE_MAIN("api/vbl", fill)
