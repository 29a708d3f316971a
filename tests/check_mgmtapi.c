/*
 * check_mgmtapi.c - mgmtapi.h: requests that wait.
 */
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "support/mgmt.h"

/* ---- requests -------------------------------------------------------- */

static const BYTE request_types[] = {SNMP_PDU_GET, SNMP_PDU_GETNEXT,
                                     SNMP_PDU_SET};

/* Where the PDU of a message with the community "public" begins. */
#define PDU_AT 13

START_TEST(the_answer_takes_the_place_of_the_request)
{
    const struct peer_record *record;
    UINT *ids;

    begin(20000, 0);
    ids = add_null()->name.ids;
    ids[7] = 4;
    ck_assert(SnmpMgrRequest(manager, request_types[_i], &list, &error_status,
                             &error_index));
    ck_assert_int_eq(error_status, SNMP_ERRORSTATUS_NOERROR);
    ck_assert_int_eq(error_index, 0);
    ck_assert_uint_eq(list.len, 1);
    ck_assert_ptr_ne(list.list[0].name.ids, ids);
    ck_assert_str_eq(SnmpUtilOidToA(&list.list[0].name), "1.3.6.1.2.1.1.4.0");
    ck_assert_int_eq(list.list[0].value.asnType, ASN_NULL);
    record = peer_record(peer, 0);
    ck_assert_mem_eq(record->bytes + 2, "\2\1\0\4\6public", PDU_AT - 2);
    ck_assert_int_eq(record->bytes[PDU_AT], request_types[_i]);
}
END_TEST

/* Values of every type, there and back. */
static const BYTE value_types[] = {
    ASN_INTEGER32,        ASN_OCTETSTRING, ASN_NULL,
    ASN_OBJECTIDENTIFIER, ASN_IPADDRESS,   ASN_COUNTER32,
    ASN_GAUGE32,          ASN_TIMETICKS,   ASN_OPAQUE,
};

static AsnAny value_of(BYTE type)
{
    static BYTE four[] = {192, 0, 2, 1};
    static UINT ids[] = {1, 3, 6, 1, UINT_MAX};
    AsnAny any;

    memset(&any, 0, sizeof any);
    any.asnType = type;
    if (type == ASN_OBJECTIDENTIFIER) {
        any.asnValue.object.ids = ids;
        any.asnValue.object.idLength = 5;
    } else if (type == ASN_OCTETSTRING || type == ASN_IPADDRESS ||
               type == ASN_OPAQUE) {
        any.asnValue.string.stream = four;
        any.asnValue.string.length = sizeof four;
    } else if (type != ASN_NULL) {
        any.asnValue.unsigned32 = 4000000000u;
    }
    return any;
}

START_TEST(a_value_goes_there_and_back)
{
    AsnAny sent = value_of(value_types[_i]);
    AsnAny *came;

    begin(20000, 0);
    (void)add(&sent);
    ck_assert(SnmpMgrRequest(manager, SNMP_PDU_SET, &list, &error_status,
                             &error_index));
    came = &list.list[0].value;
    ck_assert_int_eq(came->asnType, sent.asnType);
    if (sent.asnType == ASN_OBJECTIDENTIFIER)
        ck_assert_str_eq(SnmpUtilOidToA(&came->asnValue.object),
                         "1.3.6.1.4294967295");
    else if (sent.asnValue.string.length == 4)
        ck_assert_int_eq(
            SnmpUtilOctetsCmp(&came->asnValue.string, &sent.asnValue.string),
            0);
    else
        ck_assert_uint_eq(came->asnValue.unsigned32, sent.asnValue.unsigned32);
}
END_TEST

/* SNMPv1 has no such values. */
START_TEST(a_counter64_cannot_be_sent)
{
    AsnAny value;

    memset(&value, 0, sizeof value);
    value.asnType = ASN_COUNTER64;
    value.asnValue.counter64.u.HighPart = 1;
    begin(20000, 0);
    (void)add(&value);
    SetLastError(0);
    ck_assert(!SnmpMgrRequest(manager, SNMP_PDU_SET, &list, &error_status,
                              &error_index));
    ck_assert_uint_ne(GetLastError(), 0);
    ck_assert_uint_eq(peer_count(peer), 0);
}
END_TEST

START_TEST(an_error_of_the_agent_is_an_answer)
{
    SnmpVarBind *before;

    begin(20000, 0);
    before = add_null();
    peer_script(peer, PEER_ERROR_99, 0);
    ck_assert(get());
    ck_assert_int_eq(error_status, 99);
    ck_assert_int_eq(error_index, 77);
    ck_assert_ptr_eq(list.list, before);
    ck_assert_uint_eq(list.len, 1);
}
END_TEST

START_TEST(no_binding_at_all)
{
    begin(20000, 0);
    ck_assert(get());
    ck_assert_uint_eq(list.len, 0);
}
END_TEST

/* ---- patience -------------------------------------------------------- */

#define SHORT_MS 40

START_TEST(each_wait_is_twice_as_long)
{
    uint64_t since_ms;

    begin(SHORT_MS, 2);
    (void)add_null();
    peer_script(peer, PEER_DROP, 3);
    since_ms = now_ms();
    get_fails(SNMP_MGMTAPI_TIMEOUT);
    ck_assert_uint_ge(now_ms() - since_ms, SHORT_MS * 7);
    ck_assert(peer_wait(peer, 3));
    ck_assert_uint_ge(peer_record(peer, 1)->at_ms - since_ms, SHORT_MS);
    ck_assert_uint_ge(peer_record(peer, 2)->at_ms - since_ms, SHORT_MS * 3);
    ck_assert_uint_eq(peer_record(peer, 0)->len, peer_record(peer, 2)->len);
    ck_assert_mem_eq(peer_record(peer, 0)->bytes, peer_record(peer, 2)->bytes,
                     peer_record(peer, 0)->len);
    ck_assert_uint_eq(list.len, 1);
}
END_TEST

START_TEST(a_repetition_is_answered)
{
    begin(SHORT_MS, 20);
    (void)add_null();
    peer_script(peer, PEER_DROP, 2);
    ck_assert(get());
    ck_assert(peer_wait(peer, 3));
}
END_TEST

/* The answer to the first message comes after the second one was sent. */
START_TEST(a_late_answer_counts)
{
    begin(SHORT_MS, 20);
    (void)add_null();
    peer_script(peer, PEER_DELAY, SHORT_MS * 2);
    peer_script(peer, PEER_DROP, 20);
    ck_assert(get());
}
END_TEST

/* What comes when nobody waits is not taken for the next answer. */
START_TEST(an_answer_that_is_too_late_is_forgotten)
{
    begin(SHORT_MS, 0);
    add_null()->name.ids[7] = 2;
    peer_script(peer, PEER_DROP, 1);
    get_fails(SNMP_MGMTAPI_TIMEOUT);
    peer_answer(peer, 0);
    ck_assert(SnmpMgrClose(manager));
    manager = open_at(loopback, 20000, 0);
    peer_answer(peer, 0);
    peer_script(peer, PEER_WRONG_THEN_REPLY, 0);
    peer_script(peer, PEER_DUPLICATE, 3);
    list.list[0].name.ids[7] = 4;
    ck_assert(get());
    list.list[0].name.ids[7] = 5;
    ck_assert(get());
    list.list[0].name.ids[7] = 6;
    ck_assert(get());
    ck_assert_uint_eq(list.list[0].name.ids[7], 6);
}
END_TEST

/* ---- beside a program of its own ------------------------------------- */

static void write_config(const char *path)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    (void)fputs("[context public]\ncommunity = secret\n"
                "[entity 127.0.0.1]\naddress = 192.0.2.1\nversion = 2c\n",
                file);
    ck_assert_int_eq(fclose(file), 0);
}

static const smiUINT32 modes[] = {SNMPAPI_TRANSLATED, SNMPAPI_UNTRANSLATED_V1,
                                  SNMPAPI_UNTRANSLATED_V2};

/* Neither the version nor the community nor the address follows the mode,
 * and the mode stays. */
START_TEST(the_settings_of_the_program_do_not_count)
{
    char path[] = "/tmp/check_mgmtapi.XXXXXX";
    smiUINT32 mode = 99;
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    (void)close(fd);
    write_config(path);
    setenv("WINSNMP_CONF", path, 1);
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    (void)unlink(path);
    ck_assert_uint_eq(SnmpSetTranslateMode(modes[_i]), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_OFF), SNMPAPI_SUCCESS);
    begin(20000, 0);
    (void)add_null();
    ck_assert(get());
    ck_assert_mem_eq(peer_record(peer, 0)->bytes + 2, "\2\1\0\4\6public", 11);
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(mode, modes[_i]);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    ck_assert(get()); /* its own start-up is still in force */
}
END_TEST

START_TEST(the_library_is_started_while_it_is_needed)
{
    LPSNMP_MGR_SESSION second;
    smiUINT32 mode;

    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_FAILURE);
    begin(20000, 0);
    second = open_at(loopback, 20000, 0);
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert(SnmpMgrClose(second));
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert(SnmpMgrClose(manager));
    manager = NULL;
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_NOT_INITIALIZED);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *request = new_case(suite, "request");
    TCase *patience = new_case(suite, "patience");
    TCase *beside = new_case(suite, "beside");

    tcase_add_loop_test(request, the_answer_takes_the_place_of_the_request, 0,
                        N(request_types));
    tcase_add_loop_test(request, a_value_goes_there_and_back, 0,
                        N(value_types));
    tcase_add_test(request, a_counter64_cannot_be_sent);
    tcase_add_test(request, an_error_of_the_agent_is_an_answer);
    tcase_add_test(request, no_binding_at_all);
    tcase_add_test(patience, each_wait_is_twice_as_long);
    tcase_add_test(patience, a_repetition_is_answered);
    tcase_add_test(patience, a_late_answer_counts);
    tcase_add_test(patience, an_answer_that_is_too_late_is_forgotten);
    tcase_add_loop_test(beside, the_settings_of_the_program_do_not_count, 0,
                        N(modes));
    tcase_add_test(beside, the_library_is_started_while_it_is_needed);
}

SUITE_MAIN("mgmt/mgmtapi", fill)
