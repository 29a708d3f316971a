/*
 * check_api_pdu.c - PDUs: their fields and their lists.
 */
#include <string.h>

#include "support/api.h"

struct fields {
    smiINT type;
    smiINT32 request_id;
    smiINT error_status;
    smiINT error_index;
};

static struct fields fields_of(HSNMP_PDU pdu)
{
    struct fields fields;

    memset(&fields, 0xff, sizeof fields);
    ck_assert_uint_eq(SnmpGetPduData(pdu, &fields.type, &fields.request_id,
                                     &fields.error_status,
                                     &fields.error_index, NULL),
                      SNMPAPI_SUCCESS);
    return fields;
}

static void assert_fields(HSNMP_PDU pdu, smiINT type, smiINT32 request_id,
                          smiINT error_status, smiINT error_index)
{
    struct fields fields = fields_of(pdu);

    ck_assert_int_eq(fields.type, type);
    ck_assert_int_eq(fields.request_id, request_id);
    ck_assert_int_eq(fields.error_status, error_status);
    ck_assert_int_eq(fields.error_index, error_index);
}

/* A new handle each time, of a list that is nobody else's. */
static HSNMP_VBL list_of(HSNMP_PDU pdu)
{
    HSNMP_VBL vbl = NULL;

    ck_assert_uint_eq(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    ck_assert_ptr_nonnull(vbl);
    return vbl;
}

static smiUINT32 length_of(HSNMP_PDU pdu)
{
    HSNMP_VBL vbl = list_of(pdu);
    smiUINT32 count = SnmpCountVbl(vbl);

    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
    return count;
}

/* ---- creation ----------------------------------------------------------- */

static const smiINT types[] = {
    SNMP_PDU_GET,     SNMP_PDU_GETNEXT, SNMP_PDU_RESPONSE, SNMP_PDU_SET,
    SNMP_PDU_GETBULK, SNMP_PDU_INFORM,  SNMP_PDU_TRAP};

START_TEST(fields_are_kept_as_given)
{
    static const smiINT32 ids[] = {1, -1, 2147483647, -2147483647 - 1};

    for (int i = 0; i < N(ids); i++) {
        HSNMP_PDU pdu =
            SnmpCreatePdu(session, types[_i], ids[i], -3, 40000, NULL);

        /* Whether they may be sent is decided when they are. */
        assert_fields(pdu, types[_i], ids[i], -3, 40000);
        ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    }
}
END_TEST

START_TEST(zeroes_are_defaults)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session, 0, 0, 0, 0, NULL);
    struct fields fields = fields_of(pdu);

    ck_assert_int_gt(fields.request_id, 0);
    assert_fields(pdu, SNMP_PDU_GETNEXT, fields.request_id, 0, 0);
    ck_assert_uint_eq(length_of(pdu), 0);
}
END_TEST

START_TEST(generated_ids_differ)
{
    struct fields first = fields_of(new_pdu(SNMP_PDU_GET, NULL));
    struct fields second = fields_of(new_pdu(SNMP_PDU_GET, NULL));

    ck_assert_int_ne(first.request_id, second.request_id);
}
END_TEST

/* Programs use one id for everything. */
START_TEST(equal_ids_are_legal)
{
    HSNMP_PDU first = SnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0, NULL);
    HSNMP_PDU second = SnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0, NULL);

    ck_assert_ptr_nonnull(second);
    ck_assert_ptr_ne(first, second);
}
END_TEST

static const smiINT bad_types[] = {SNMP_PDU_V1TRAP, 0xa8, 1, -1, 99, 0x30,
                                   0x1a0};

START_TEST(other_types_are_refused)
{
    ASSERT_FAILS_IN(session,
                    SnmpCreatePdu(session, bad_types[_i], 1, 0, 0, NULL),
                    SNMPAPI_PDU_INVALID);
}
END_TEST

/* ---- the list ----------------------------------------------------------- */

START_TEST(the_list_may_be_freed_first)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, vbl);

    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(length_of(pdu), 1);
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(the_list_outlives_the_pdu)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, vbl);
    HSNMP_VBL read = list_of(pdu);

    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    ck_assert_uint_eq(SnmpCountVbl(read), 1);
}
END_TEST

/* So that a refused binding can be deleted and the PDU sent again. */
START_TEST(later_changes_of_the_list_show_in_the_pdu)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, vbl);

    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &sysdescr, NULL), 2);
    ck_assert_uint_eq(length_of(pdu), 2);
    ck_assert_uint_eq(SnmpDeleteVb(vbl, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpDeleteVb(vbl, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(length_of(pdu), 0);
}
END_TEST

START_TEST(the_list_read_from_a_pdu_is_a_copy)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, vbl);
    HSNMP_VBL first = list_of(pdu);
    HSNMP_VBL second = list_of(pdu);

    ck_assert_ptr_ne(first, vbl);
    ck_assert_ptr_ne(first, second);
    ck_assert_uint_eq(SnmpDeleteVb(first, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCountVbl(second), 1);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    ck_assert_uint_eq(length_of(pdu), 1);
    ck_assert_uint_eq(SnmpFreeVbl(first), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeVbl(second), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(the_list_read_belongs_to_the_session_of_the_pdu)
{
    HSNMP_SESSION other = open_session();
    HSNMP_PDU pdu = SnmpCreatePdu(other, SNMP_PDU_GET, 1, 0, 0, NULL);
    HSNMP_VBL vbl = list_of(pdu);

    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeVbl(vbl), SNMPAPI_VBL_INVALID);
}
END_TEST

/* ---- changing ----------------------------------------------------------- */

START_TEST(each_field_is_changed_alone)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GETBULK, 1, 2, 3, NULL);
    smiINT non_repeaters = 5;
    smiINT repetitions = 6;
    smiINT32 id = 7;

    ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, &id, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    assert_fields(pdu, SNMP_PDU_GETBULK, 7, 2, 3);
    ck_assert_uint_eq(
        SnmpSetPduData(pdu, NULL, NULL, &non_repeaters, NULL, NULL),
        SNMPAPI_SUCCESS);
    assert_fields(pdu, SNMP_PDU_GETBULK, 7, 5, 3);
    ck_assert_uint_eq(
        SnmpSetPduData(pdu, NULL, NULL, NULL, &repetitions, NULL),
        SNMPAPI_SUCCESS);
    assert_fields(pdu, SNMP_PDU_GETBULK, 7, 5, 6);
    /* 0 is a value like any other. */
    id = 0;
    ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, &id, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    assert_fields(pdu, SNMP_PDU_GETBULK, 0, 5, 6);
}
END_TEST

START_TEST(error_fields_of_other_types_cannot_be_changed)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, 1, 2, 3, NULL);
    smiINT number = 9;

    ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, NULL, &number, &number, NULL),
                      SNMPAPI_SUCCESS);
    assert_fields(pdu, SNMP_PDU_RESPONSE, 1, 2, 3);
}
END_TEST

START_TEST(the_new_type_decides_what_the_fields_mean)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 1, 2, 3, NULL);
    smiINT bulk = SNMP_PDU_GETBULK;
    smiINT set = SNMP_PDU_SET;
    smiINT number = 9;

    ck_assert_uint_eq(SnmpSetPduData(pdu, &bulk, NULL, NULL, &number, NULL),
                      SNMPAPI_SUCCESS);
    assert_fields(pdu, SNMP_PDU_GETBULK, 1, 2, 9);
    /* Error fields must be zero, or no former bulk PDU could be sent. */
    ck_assert_uint_eq(SnmpSetPduData(pdu, &set, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    assert_fields(pdu, SNMP_PDU_SET, 1, 0, 0);
}
END_TEST

START_TEST(lists_are_put_in_and_taken_away)
{
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, NULL);
    HSNMP_VBL vbl = new_vbl();
    HSNMP_VBL none = NULL;

    ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &sysdescr, NULL), 2);
    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(length_of(pdu), 2);
    ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &none),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(length_of(pdu), 0);
}
END_TEST

START_TEST(a_failed_change_changes_nothing)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GETBULK, 1, 2, 3, vbl);
    HSNMP_VBL bad[] = {(HSNMP_VBL)(uintptr_t)0xdead, pdu, session};
    smiINT get = SNMP_PDU_GET;
    smiINT none = 0;
    smiINT number = 9;

    for (int i = 0; i < N(bad_types); i++)
        ASSERT_FAILS_IN(session,
                        SnmpSetPduData(pdu, &bad_types[i], &number, &number,
                                       &number, NULL),
                        SNMPAPI_PDU_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpSetPduData(pdu, &none, &number, NULL, NULL, NULL),
                    SNMPAPI_PDU_INVALID);
    for (int i = 0; i < N(bad); i++)
        ASSERT_FAILS_IN(
            session,
            SnmpSetPduData(pdu, &get, &number, &number, &number, &bad[i]),
            SNMPAPI_VBL_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpSetPduData(pdu, NULL, NULL, NULL, NULL, NULL),
                    SNMPAPI_NOOP);
    assert_fields(pdu, SNMP_PDU_GETBULK, 1, 2, 3);
    ck_assert_uint_eq(length_of(pdu), 1);
}
END_TEST

START_TEST(a_duplicate_goes_its_own_way)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GETBULK, 1, 2, 3, vbl);
    HSNMP_PDU copy = SnmpDuplicatePdu(session, pdu);
    HSNMP_PDU again;
    smiINT32 id = 7;

    ck_assert_ptr_nonnull(copy);
    ck_assert_ptr_ne(copy, pdu);
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &sysdescr, NULL), 2);
    ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, &id, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    assert_fields(copy, SNMP_PDU_GETBULK, 1, 2, 3);
    ck_assert_uint_eq(length_of(copy), 1);
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    again = SnmpDuplicatePdu(session, copy);
    ck_assert_uint_eq(SnmpFreePdu(copy), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(length_of(again), 1);
}
END_TEST

START_TEST(a_duplicate_belongs_to_the_session_that_is_named)
{
    HSNMP_SESSION other = open_session();
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, NULL);
    HSNMP_PDU copy = SnmpDuplicatePdu(other, pdu);

    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreePdu(copy), SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
}
END_TEST

/* ---- reading ------------------------------------------------------------ */

START_TEST(any_subset_of_the_fields_may_be_read)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, 1, 2, 3, vbl);

    for (unsigned wanted = 1; wanted < 32; wanted++) {
        struct fields got = {42, 42, 42, 42};
        HSNMP_VBL list = NULL;

        ck_assert_uint_eq(
            SnmpGetPduData(pdu, wanted & 1 ? &got.type : NULL,
                           wanted & 2 ? &got.request_id : NULL,
                           wanted & 4 ? &got.error_status : NULL,
                           wanted & 8 ? &got.error_index : NULL,
                           wanted & 16 ? &list : NULL),
            SNMPAPI_SUCCESS);
        ck_assert_int_eq(got.type, wanted & 1 ? SNMP_PDU_RESPONSE : 42);
        ck_assert_int_eq(got.request_id, wanted & 2 ? 1 : 42);
        ck_assert_int_eq(got.error_status, wanted & 4 ? 2 : 42);
        ck_assert_int_eq(got.error_index, wanted & 8 ? 3 : 42);
        ck_assert(wanted & 16 ? SnmpFreeVbl(list) == SNMPAPI_SUCCESS
                              : list == NULL);
    }
    ASSERT_FAILS_IN(session,
                    SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, NULL),
                    SNMPAPI_NOOP);
}
END_TEST

/* ---- handles, memory, no start-up --------------------------------------- */

START_TEST(bad_handles_are_refused)
{
    void *bad[BAD_HANDLES];
    smiINT number = 42;
    HSNMP_VBL vbl = bad;

    bad_handles(WSN_PDU, bad);
    ASSERT_FAILS(SnmpFreePdu(bad[_i]), SNMPAPI_PDU_INVALID);
    ASSERT_FAILS(SnmpGetPduData(bad[_i], &number, &number, &number, &number,
                                &vbl),
                 SNMPAPI_PDU_INVALID);
    ASSERT_FAILS(SnmpGetPduData(bad[_i], NULL, NULL, NULL, NULL, NULL),
                 SNMPAPI_PDU_INVALID);
    ASSERT_FAILS(SnmpSetPduData(bad[_i], NULL, &number, NULL, NULL, NULL),
                 SNMPAPI_PDU_INVALID);
    ASSERT_FAILS(SnmpSetPduData(bad[_i], NULL, NULL, NULL, NULL, NULL),
                 SNMPAPI_PDU_INVALID);
    ASSERT_FAILS_IN(session, SnmpDuplicatePdu(session, bad[_i]),
                    SNMPAPI_PDU_INVALID);
    ck_assert_int_eq(number, 42);
    ck_assert_ptr_eq(vbl, bad);
}
END_TEST

START_TEST(bad_lists_are_refused)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_VBL, bad);
    if (bad[_i] == NULL)
        return; /* no list at all is fine */
    ASSERT_FAILS_IN(session,
                    SnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0, bad[_i]),
                    SNMPAPI_VBL_INVALID);
}
END_TEST

START_TEST(bad_sessions_are_refused_first)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_SESSION, bad);
    ASSERT_FAILS(SnmpCreatePdu(bad[_i], 99, 1, 0, 0, bad),
                 SNMPAPI_SESSION_INVALID);
    ASSERT_FAILS(SnmpDuplicatePdu(bad[_i], NULL), SNMPAPI_SESSION_INVALID);
}
END_TEST

START_TEST(the_second_free_is_refused)
{
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, NULL);

    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    /* Meanwhile another one is made. */
    (void)new_pdu(SNMP_PDU_GET, NULL);
    ASSERT_FAILS(SnmpFreePdu(pdu), SNMPAPI_PDU_INVALID);
}
END_TEST

START_TEST(a_shortage_of_memory_leaves_nothing_behind)
{
    HSNMP_VBL vbl = new_vbl();
    HSNMP_VBL list = NULL;
    HSNMP_PDU pdu;
    HSNMP_PDU copy;
    SNMPAPI_STATUS status;

    ASSERT_SURVIVES_SHORTAGE(
        pdu, SnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0, vbl));
    ASSERT_SURVIVES_SHORTAGE(copy, SnmpDuplicatePdu(session, pdu));
    ASSERT_SURVIVES_SHORTAGE(
        status, SnmpGetPduData(copy, NULL, NULL, NULL, NULL, &list));
    ck_assert_uint_eq(SnmpCountVbl(list), 1);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    smiINT number = 42;
    void *any = &number;

    ASSERT_FAILS(SnmpCreatePdu(any, 0, 0, 0, 0, NULL),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpGetPduData(any, &number, NULL, NULL, NULL, NULL),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpSetPduData(any, &number, NULL, NULL, NULL, NULL),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpDuplicatePdu(any, any), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpFreePdu(any), SNMPAPI_NOT_INITIALIZED);
    ck_assert_int_eq(number, 42);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *creation = started_case(suite, "creation");
    TCase *lists = started_case(suite, "lists");
    TCase *changing = started_case(suite, "changing");
    TCase *handles = started_case(suite, "handles");
    TCase *stopped = stopped_case(suite);

    tcase_add_loop_test(creation, fields_are_kept_as_given, 0, N(types));
    tcase_add_test(creation, zeroes_are_defaults);
    tcase_add_test(creation, generated_ids_differ);
    tcase_add_test(creation, equal_ids_are_legal);
    tcase_add_loop_test(creation, other_types_are_refused, 0, N(bad_types));
    tcase_add_test(lists, the_list_may_be_freed_first);
    tcase_add_test(lists, the_list_outlives_the_pdu);
    tcase_add_test(lists, later_changes_of_the_list_show_in_the_pdu);
    tcase_add_test(lists, the_list_read_from_a_pdu_is_a_copy);
    tcase_add_test(lists, the_list_read_belongs_to_the_session_of_the_pdu);
    tcase_add_test(changing, each_field_is_changed_alone);
    tcase_add_test(changing, error_fields_of_other_types_cannot_be_changed);
    tcase_add_test(changing, the_new_type_decides_what_the_fields_mean);
    tcase_add_test(changing, lists_are_put_in_and_taken_away);
    tcase_add_test(changing, a_failed_change_changes_nothing);
    tcase_add_test(changing, a_duplicate_goes_its_own_way);
    tcase_add_test(changing, a_duplicate_belongs_to_the_session_that_is_named);
    tcase_add_test(changing, any_subset_of_the_fields_may_be_read);
    tcase_add_loop_test(handles, bad_handles_are_refused, 0, BAD_HANDLES);
    tcase_add_loop_test(handles, bad_lists_are_refused, 0, BAD_HANDLES);
    tcase_add_loop_test(handles, bad_sessions_are_refused_first, 0,
                        BAD_HANDLES);
    tcase_add_test(handles, the_second_free_is_refused);
    tcase_add_test(handles, a_shortage_of_memory_leaves_nothing_behind);
    tcase_add_test(stopped, nothing_works_without_start_up);
}

SUITE_MAIN("api/pdu", fill)
