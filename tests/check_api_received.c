/*
 * check_api_received.c - a PDU that was received, and the lists made of it:
 * each lives as long as its handle, whatever becomes of the others.
 */
#include <string.h>

#include "support/api.h"
#include "support/bytes.h"

/* A GET of sysDescr.0. */
#define MESSAGE                                                               \
    "30 26 02 01 00 04 06 70 75 62 6c 69 63 a0 19 02 01 01 02 01 00 02 01 00" \
    "30 0e 30 0c 06 08 2b 06 01 02 01 01 01 00 05 00"

static HSNMP_PDU receive(void)
{
    struct bytes bytes = bytes_from_hex(MESSAGE);
    smiOCTETS octets = {(smiUINT32)bytes.len, bytes.at};
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu = NULL;

    ck_assert_uint_eq(
        SnmpDecodeMsg(session, NULL, NULL, &context, &pdu, &octets), bytes.len);
    bytes_free(&bytes);
    return pdu;
}

static HSNMP_VBL list_in(HSNMP_PDU pdu)
{
    HSNMP_VBL vbl = NULL;

    ck_assert_uint_eq(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    return vbl;
}

static void assert_only_sysdescr(HSNMP_VBL vbl)
{
    smiOID name;

    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    ck_assert_uint_eq(SnmpGetVb(vbl, 1, &name, NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.len, sysdescr.len);
    ck_assert_mem_eq(name.ptr, sysdescr.ptr, 9 * sizeof(smiUINT32));
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
}

/* In which order a PDU and its three lists are freed. */
static const int orders[][4] = {
    {0, 1, 2, 3}, {1, 0, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};

/* What is left stays whole, and no change shows elsewhere. */
START_TEST(a_pdu_and_its_lists_are_freed_in_any_order)
{
    HSNMP_VBL lists[4] = {NULL};
    HSNMP_PDU pdu = receive();
    HSNMP_PDU copy;
    bool is_freed[4] = {false};

    lists[1] = list_in(pdu);
    lists[2] = list_in(pdu);
    copy = SnmpDuplicatePdu(session, pdu);
    lists[3] = list_in(copy);
    ck_assert_uint_eq(SnmpSetVb(lists[1], 0, &sysdescr, NULL), 2);
    ck_assert_uint_eq(SnmpDeleteVb(lists[1], 2), SNMPAPI_SUCCESS);
    for (int i = 0; i < 4; i++) {
        int which = orders[_i][i];

        is_freed[which] = true;
        ck_assert_uint_eq(which == 0 ? SnmpFreePdu(pdu)
                                     : SnmpFreeVbl(lists[which]),
                          SNMPAPI_SUCCESS);
        for (int k = 1; k < 4; k++)
            if (!is_freed[k])
                assert_only_sysdescr(lists[k]);
    }
    lists[0] = list_in(copy);
    assert_only_sysdescr(lists[0]);
}
END_TEST

/* One that was received may get another list before it is sent on. */
START_TEST(a_received_pdu_takes_another_list)
{
    HSNMP_VBL empty = SnmpCreateVbl(session, NULL, NULL);
    HSNMP_PDU pdu = receive();
    HSNMP_VBL first;

    first = list_in(pdu);
    for (int i = 0; i < 2; i++) {
        HSNMP_VBL list;

        ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &empty),
                          SNMPAPI_SUCCESS);
        list = list_in(pdu);
        ck_assert_uint_eq(SnmpCountVbl(list), 0);
        ck_assert_uint_eq(SnmpSetPduData(pdu, NULL, NULL, NULL, NULL, &first),
                          SNMPAPI_SUCCESS);
        list = list_in(pdu);
        assert_only_sysdescr(list);
    }
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    assert_only_sysdescr(first);
}
END_TEST

/* Programs print the member that they expect, whatever the syntax. */
START_TEST(a_value_without_contents_is_zero)
{
    static const smiVALUE nothing;
    HSNMP_VBL vbl = list_in(receive());
    smiVALUE value;

    memset(&value, 0xff, sizeof value);
    ck_assert_uint_eq(SnmpGetVb(vbl, 1, NULL, &value), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(value.syntax, SNMP_SYNTAX_NULL);
    ck_assert_mem_eq(&value.value, &nothing.value, sizeof value.value);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *received = started_case(suite, "received");

    tcase_add_loop_test(received, a_pdu_and_its_lists_are_freed_in_any_order, 0,
                        N(orders));
    tcase_add_test(received, a_received_pdu_takes_another_list);
    tcase_add_test(received, a_value_without_contents_is_zero);
}

SUITE_MAIN("api/received", fill)
