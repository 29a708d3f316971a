/*
 * check_api_order.c - which of several mistakes is told: handles from left to
 * right come first, then the other arguments from left to right, then what
 * the object is doing.
 */
#include "support/api.h"
#include "support/free_port.h"

#define BAD ((void *)(uintptr_t)0xdead)

static smiUINT32 ids[] = {1, 3, 6};
static const smiOID bad_name = {1, ids};
static const smiVALUE bad_value = {.syntax = 0x99};
static const smiINT bad_type = 99;

START_TEST(a_window_is_looked_at_before_its_message)
{
    ASSERT_FAILS(SnmpOpen(BAD, 0), SNMPAPI_HWND_INVALID);
    ASSERT_FAILS(SnmpCreateSession(BAD, 0, NULL, NULL), SNMPAPI_HWND_INVALID);
    ASSERT_FAILS(SnmpCreateSession(BAD, 0xffffffff, NULL, NULL),
                 SNMPAPI_HWND_INVALID);
}
END_TEST

START_TEST(a_list_is_looked_at_before_the_type)
{
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, NULL);
    HSNMP_VBL bad = BAD;

    ASSERT_FAILS_IN(session, SnmpCreatePdu(session, bad_type, 1, 0, 0, bad),
                    SNMPAPI_VBL_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpSetPduData(pdu, &bad_type, NULL, NULL, NULL, &bad),
                    SNMPAPI_VBL_INVALID);
}
END_TEST

START_TEST(an_index_is_looked_at_before_name_and_value)
{
    HSNMP_VBL vbl = new_vbl();

    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 2, &bad_name, &bad_value),
                    SNMPAPI_INDEX_INVALID);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 2, NULL, &bad_value),
                    SNMPAPI_INDEX_INVALID);
    ASSERT_FAILS_IN(session, SnmpGetVb(vbl, 2, NULL, NULL),
                    SNMPAPI_INDEX_INVALID);
}
END_TEST

START_TEST(a_name_is_looked_at_before_its_value)
{
    HSNMP_VBL vbl = new_vbl();

    ASSERT_FAILS_IN(session, SnmpCreateVbl(session, &bad_name, &bad_value),
                    SNMPAPI_OID_INVALID);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 0, &bad_name, &bad_value),
                    SNMPAPI_OID_INVALID);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 0, NULL, &bad_value),
                    SNMPAPI_OID_INVALID);
    ASSERT_FAILS_IN(session, SnmpSetVb(vbl, 1, &bad_name, &bad_value),
                    SNMPAPI_OID_INVALID);
}
END_TEST

/* The first of the four that is bad, and what is told of it. */
static const SNMPAPI_STATUS registration_codes[] = {
    SNMPAPI_ENTITY_INVALID, SNMPAPI_ENTITY_INVALID, SNMPAPI_CONTEXT_INVALID,
    SNMPAPI_OID_INVALID};

START_TEST(a_registration_is_looked_at_from_left_to_right)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");
    HSNMP_ENTITY src = _i > 0 ? entity : BAD;
    HSNMP_ENTITY dst = _i > 1 ? entity : BAD;
    HSNMP_CONTEXT context = _i > 2 ? new_context() : BAD;
    smiOID empty = {0, ids};

    ASSERT_FAILS_IN(session,
                    SnmpRegister(session, src, dst, context, &empty, 1),
                    registration_codes[_i]);
    ASSERT_FAILS_IN(session,
                    SnmpRegister(session, src, dst, context, &empty, 0),
                    registration_codes[_i]);
    ASSERT_FAILS(SnmpRegister(BAD, src, dst, context, &empty, 1),
                 SNMPAPI_SESSION_INVALID);
}
END_TEST

START_TEST(what_is_asked_is_looked_at_before_what_is_done)
{
    HSNMP_ENTITY agent = new_entity("127.0.0.1");

    ck_assert_uint_eq(SnmpSetPort(agent, free_port("127.0.0.1")),
                      SNMPAPI_SUCCESS);
    ASSERT_FAILS_IN(session, SnmpListenEx(agent, SNMPAPI_OFF, 2),
                    SNMPAPI_MODE_INVALID);
    ck_assert_uint_eq(SnmpListen(agent, SNMPAPI_ON), SNMPAPI_SUCCESS);
    ASSERT_FAILS_IN(session, SnmpSetPort(agent, 0), SNMPAPI_OTHER_ERROR);
    ASSERT_FAILS_IN(session, SnmpListen(agent, 2), SNMPAPI_MODE_INVALID);
    ASSERT_FAILS_IN(session, SnmpListenEx(agent, SNMPAPI_ON, 2),
                    SNMPAPI_MODE_INVALID);
}
END_TEST

START_TEST(outputs_of_a_message_are_looked_at_before_its_octets)
{
    HSNMP_CONTEXT context = BAD;

    ASSERT_FAILS_IN(session,
                    SnmpDecodeMsg(session, NULL, NULL, NULL, NULL, NULL),
                    SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpDecodeMsg(session, NULL, NULL, &context, NULL, NULL),
                    SNMPAPI_PDU_INVALID);
    ck_assert_ptr_eq(context, BAD);
}
END_TEST

/* What the PDU says, before the way that it would go. */
START_TEST(a_pdu_is_looked_at_before_its_way)
{
    HSNMP_ENTITY ipx = new_entity("0000000A:00C0FFEE0001");
    HSNMP_PDU bad = SnmpCreatePdu(session, SNMP_PDU_GET, 1, 1, 0, NULL);
    HSNMP_CONTEXT context = new_context();

    ASSERT_FAILS_IN(session, SnmpSendMsg(session, NULL, ipx, context, bad),
                    SNMPAPI_PDU_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpSendMsg(session, NULL, ipx, context,
                                new_pdu(SNMP_PDU_GET, NULL)),
                    SNMPAPI_TL_NOT_SUPPORTED);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *order = started_case(suite, "order");

    tcase_add_test(order, a_window_is_looked_at_before_its_message);
    tcase_add_test(order, a_list_is_looked_at_before_the_type);
    tcase_add_test(order, an_index_is_looked_at_before_name_and_value);
    tcase_add_test(order, a_name_is_looked_at_before_its_value);
    tcase_add_loop_test(order, a_registration_is_looked_at_from_left_to_right,
                        0, N(registration_codes));
    tcase_add_test(order, what_is_asked_is_looked_at_before_what_is_done);
    tcase_add_test(order, outputs_of_a_message_are_looked_at_before_its_octets);
    tcase_add_test(order, a_pdu_is_looked_at_before_its_way);
}

SUITE_MAIN("api/order", fill)
