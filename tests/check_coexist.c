/*
 * check_coexist.c - what goes out to version 1 entities and what comes in
 * from them.  Traps have their own suite.
 */
#include "codec/coexist.h"

#include <string.h>

#include "support/bytes.h"
#include "support/golden.h"
#include "support/message_parts.h"
#include "support/suite.h"
#include "support/varbinds_make.h"
#include "support/varbinds_text.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

static unsigned char buffer[4096];

/* Encodes with community "public"; the message ends the buffer. */
static wsn_err encode(int version, const struct wsn_pdu *pdu, size_t *ret_start)
{
    struct wsn_outgoing out = {.version = version,
                               .community = "public",
                               .community_len = 6,
                               .pdu = pdu};

    return wsn_coexist_encode(&out, buffer, sizeof buffer, ret_start);
}

/* What a version 1 peer reads when pdu is sent to it; gives up the list. */
static struct wsn_pdu send_v1(struct wsn_pdu *pdu)
{
    char *before = varbinds_text(pdu->varbinds);
    struct wsn_pdu saved = *pdu;
    struct wsn_pdu received;
    struct wsn_head head;
    size_t start;

    ck_assert_uint_eq(encode(WSN_V1, pdu, &start), WSN_OK);
    ck_assert_int_eq(
        wsn_message_scan(buffer + start, sizeof buffer - start, &head),
        WSN_SCAN_OK);
    ck_assert_int_eq(head.version, WSN_V1);
    ck_assert_uint_eq(wsn_message_decode(&head, &received), WSN_OK);
    /* The application's PDU is as it was. */
    varbinds_assert(pdu->varbinds, before);
    ck_assert_int_eq(saved.type, pdu->type);
    ck_assert_int_eq(saved.error_status, pdu->error_status);
    ck_assert_int_eq(saved.error_index, pdu->error_index);
    wsn_varbinds_unref(pdu->varbinds);
    free(before);
    return received;
}

static void assert_refused(int version, struct wsn_pdu *pdu, wsn_err wanted)
{
    size_t start = 77;

    ck_assert_uint_eq(encode(version, pdu, &start), wanted);
    ck_assert_uint_eq(start, 77);
    wsn_varbinds_unref(pdu->varbinds);
}

/* ---- Requests ------------------------------------------------------- */

START_TEST(a_getbulk_goes_to_version_1_as_a_getnext)
{
    struct wsn_pdu pdu = {SNMP_PDU_GETBULK, 0x01020304, 1, 10, NULL};
    size_t start = 0;

    add_empty(&pdu.varbinds, "1.3.6.1.2.1.1.3", SNMP_SYNTAX_NULL);
    add_empty(&pdu.varbinds, "1.3.6.1.2.1.2.2.1.2", SNMP_SYNTAX_NULL);
    ck_assert_uint_eq(encode(WSN_V1, &pdu, &start), WSN_OK);
    bytes_assert_hex(buffer + start, sizeof buffer - start, GOLDEN_V1_GETNEXT);
    ck_assert_uint_eq(encode(WSN_V2C, &pdu, &start), WSN_OK);
    bytes_assert_hex(buffer + start, sizeof buffer - start, GOLDEN_V2C_GETBULK);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(a_get_is_the_same_in_version_1)
{
    struct wsn_pdu pdu = {SNMP_PDU_GET, 1, 0, 0, NULL};
    size_t start = 0;

    add_empty(&pdu.varbinds, "1.3.6.1.2.1.1.1.0", SNMP_SYNTAX_NULL);
    ck_assert_uint_eq(encode(WSN_V1, &pdu, &start), WSN_OK);
    bytes_assert_hex(buffer + start, sizeof buffer - start, GOLDEN_V1_GET);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

static const smiINT retrievals[] = {SNMP_PDU_GET, SNMP_PDU_GETNEXT,
                                    SNMP_PDU_GETBULK};

START_TEST(values_version_1_lacks_are_null_in_a_retrieval)
{
    struct wsn_pdu pdu = {.type = retrievals[_i]};

    add_cntr64(&pdu.varbinds, "1.3.1", 5);
    add_empty(&pdu.varbinds, "1.3.2", SNMP_SYNTAX_NOSUCHOBJECT);
    add_int(&pdu.varbinds, "1.3.3", 5);
    pdu = send_v1(&pdu);
    varbinds_assert(pdu.varbinds, "[{\"oid\": \"1.3.1\", \"type\": \"NULL\"}, "
                                  "{\"oid\": \"1.3.2\", \"type\": \"NULL\"}, "
                                  "{\"oid\": \"1.3.3\", \"type\": \"INTEGER\", "
                                  "\"value\": 5}]");
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(a_set_of_a_counter64_cannot_go_to_version_1)
{
    struct wsn_pdu pdu = {.type = SNMP_PDU_SET};
    size_t start;

    add_cntr64(&pdu.varbinds, "1.3.1", 5);
    ck_assert_uint_eq(encode(WSN_V2C, &pdu, &start), WSN_OK);
    assert_refused(WSN_V1, &pdu, SNMPAPI_OPERATION_INVALID);
}
END_TEST

START_TEST(a_set_keeps_obsolete_syntaxes)
{
    struct wsn_pdu pdu = {.type = SNMP_PDU_SET};

    add_uint(&pdu.varbinds, "1.3.1", SNMP_SYNTAX_UINT32, 7);
    add_octets(&pdu.varbinds, "1.3.2", SNMP_SYNTAX_NSAPADDR, "a");
    pdu = send_v1(&pdu);
    ck_assert_int_eq(pdu.type, SNMP_PDU_SET);
    varbinds_assert(pdu.varbinds,
                    "[{\"oid\": \"1.3.1\", \"type\": \"UInteger32\", "
                    "\"value\": 7}, {\"oid\": \"1.3.2\", \"type\": "
                    "\"NsapAddress\", \"value\": \"61\"}]");
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(version_1_has_no_informs)
{
    struct wsn_pdu pdu = {.type = SNMP_PDU_INFORM};
    size_t start;

    add_uint(&pdu.varbinds, "1.3.6.1.2.1.1.3.0", SNMP_SYNTAX_TIMETICKS, 1);
    add_oid(&pdu.varbinds, "1.3.6.1.6.3.1.1.4.1.0", "1.3.6.1.6.3.1.1.5.1");
    ck_assert_uint_eq(encode(WSN_V2C, &pdu, &start), WSN_OK);
    assert_refused(WSN_V1, &pdu, SNMPAPI_OPERATION_INVALID);
}
END_TEST

START_TEST(an_improper_pdu_goes_nowhere)
{
    for (int version = WSN_V1; version <= WSN_V2C; version++) {
        struct wsn_pdu get = {.type = SNMP_PDU_GET, .error_status = 1};
        struct wsn_pdu trap = {.type = SNMP_PDU_TRAP};
        struct wsn_pdu v1_trap = {.type = SNMP_PDU_V1TRAP};

        assert_refused(version, &get, SNMPAPI_PDU_INVALID);
        assert_refused(version, &trap, SNMPAPI_PDU_INVALID);
        assert_refused(version, &v1_trap, SNMPAPI_PDU_INVALID);
    }
}
END_TEST

START_TEST(a_message_that_does_not_fit_is_too_big_in_both_versions)
{
    for (int version = WSN_V1; version <= WSN_V2C; version++) {
        struct wsn_pdu pdu = {.type = SNMP_PDU_GET};
        struct wsn_outgoing out = {.version = version, .pdu = &pdu};
        unsigned char small[10];
        size_t start = 77;

        ck_assert_uint_eq(wsn_coexist_encode(&out, small, sizeof small, &start),
                          SNMPAPI_TL_PDU_TOO_BIG);
        ck_assert_uint_eq(start, 77);
    }
}
END_TEST

/* ---- Responses ------------------------------------------------------ */

static const struct status_case {
    smiINT v2c;
    smiINT v1;
} status_cases[] = {
    {SNMP_ERROR_NOERROR, SNMP_ERROR_NOERROR},
    {SNMP_ERROR_TOOBIG, SNMP_ERROR_TOOBIG},
    {SNMP_ERROR_NOSUCHNAME, SNMP_ERROR_NOSUCHNAME},
    {SNMP_ERROR_BADVALUE, SNMP_ERROR_BADVALUE},
    {SNMP_ERROR_READONLY, SNMP_ERROR_READONLY},
    {SNMP_ERROR_GENERR, SNMP_ERROR_GENERR},
    {SNMP_ERROR_NOACCESS, SNMP_ERROR_NOSUCHNAME},
    {SNMP_ERROR_WRONGTYPE, SNMP_ERROR_BADVALUE},
    {SNMP_ERROR_WRONGLENGTH, SNMP_ERROR_BADVALUE},
    {SNMP_ERROR_WRONGENCODING, SNMP_ERROR_BADVALUE},
    {SNMP_ERROR_WRONGVALUE, SNMP_ERROR_BADVALUE},
    {SNMP_ERROR_NOCREATION, SNMP_ERROR_NOSUCHNAME},
    {SNMP_ERROR_INCONSISTENTVALUE, SNMP_ERROR_BADVALUE},
    {SNMP_ERROR_RESOURCEUNAVAILABLE, SNMP_ERROR_GENERR},
    {SNMP_ERROR_COMMITFAILED, SNMP_ERROR_GENERR},
    {SNMP_ERROR_UNDOFAILED, SNMP_ERROR_GENERR},
    {SNMP_ERROR_AUTHORIZATIONERROR, SNMP_ERROR_NOSUCHNAME},
    {SNMP_ERROR_NOTWRITABLE, SNMP_ERROR_NOSUCHNAME},
    {SNMP_ERROR_INCONSISTENTNAME, SNMP_ERROR_NOSUCHNAME},
    {19, SNMP_ERROR_GENERR},
    {-1, SNMP_ERROR_GENERR},
    {2147483647, SNMP_ERROR_GENERR},
};

START_TEST(error_statuses_are_mapped_for_version_1)
{
    const struct status_case *c = &status_cases[_i];
    struct wsn_pdu pdu = {SNMP_PDU_RESPONSE, 7, c->v2c, 1, NULL};

    add_int(&pdu.varbinds, "1.3.1", 5);
    pdu = send_v1(&pdu);
    ck_assert_int_eq(pdu.request_id, 7);
    ck_assert_int_eq(pdu.error_status, c->v1);
    ck_assert_int_eq(pdu.error_index, 1);
    ck_assert_uint_eq(wsn_varbinds_at(pdu.varbinds, 0)->value.syntax,
                      SNMP_SYNTAX_INT);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

/* Puts what version 1 lacks at the second and third place. */
static struct wsn_varbinds *list_for_v2c(bool starts_with_counter)
{
    struct wsn_varbinds *body = NULL;

    add_int(&body, "1.3.1", 5);
    if (starts_with_counter)
        add_cntr64(&body, "1.3.2", 5);
    add_empty(&body, "1.3.3", SNMP_SYNTAX_ENDOFMIBVIEW);
    return body;
}

START_TEST(what_version_1_lacks_becomes_nosuchname_at_its_place)
{
    bool starts_with_counter = _i != 0;
    struct wsn_pdu pdu = {.type = SNMP_PDU_RESPONSE,
                          .varbinds = list_for_v2c(starts_with_counter)};

    pdu = send_v1(&pdu);
    ck_assert_int_eq(pdu.error_status, SNMP_ERROR_NOSUCHNAME);
    ck_assert_int_eq(pdu.error_index, 2);
    varbinds_assert(pdu.varbinds,
                    starts_with_counter
                        ? "[{\"oid\": \"1.3.1\", \"type\": \"NULL\"}, "
                          "{\"oid\": \"1.3.2\", \"type\": \"NULL\"}, "
                          "{\"oid\": \"1.3.3\", \"type\": \"NULL\"}]"
                        : "[{\"oid\": \"1.3.1\", \"type\": \"NULL\"}, "
                          "{\"oid\": \"1.3.3\", \"type\": \"NULL\"}]");
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(an_error_the_agent_reports_itself_is_kept)
{
    struct wsn_pdu pdu = {SNMP_PDU_RESPONSE, 7, SNMP_ERROR_COMMITFAILED, 1,
                          list_for_v2c(true)};

    pdu = send_v1(&pdu);
    ck_assert_int_eq(pdu.error_status, SNMP_ERROR_GENERR);
    ck_assert_int_eq(pdu.error_index, 1);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(a_response_is_unchanged_in_version_2c)
{
    struct wsn_pdu pdu = {SNMP_PDU_RESPONSE, 7, 18, 3, list_for_v2c(true)};
    struct wsn_pdu received;
    struct wsn_head head;
    size_t start = 0;
    char *text = varbinds_text(pdu.varbinds);

    ck_assert_uint_eq(encode(WSN_V2C, &pdu, &start), WSN_OK);
    ck_assert_int_eq(
        wsn_message_scan(buffer + start, sizeof buffer - start, &head),
        WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_coexist_decode(&head, false, 1, &received), WSN_OK);
    ck_assert_int_eq(received.error_status, 18);
    ck_assert_int_eq(received.error_index, 3);
    varbinds_assert(received.varbinds, text);
    wsn_varbinds_unref(received.varbinds);
    wsn_varbinds_unref(pdu.varbinds);
    free(text);
}
END_TEST

/* ---- What an application receives ----------------------------------- */

static struct wsn_pdu receive(const struct parts *parts)
{
    struct bytes bytes = assemble(parts);
    struct wsn_head head;
    struct wsn_pdu pdu;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_coexist_decode(&head, false, 99, &pdu), WSN_OK);
    bytes_free(&bytes);
    return pdu;
}

START_TEST(a_v1_toobig_response_has_no_variables)
{
    struct parts parts = {.version = "02 01 00",
                          .fields = "02 01 07 02 01 01 02 01 00"};
    struct wsn_pdu pdu = receive(&parts);

    ck_assert_int_eq(pdu.request_id, 7);
    ck_assert_int_eq(pdu.error_status, SNMP_ERROR_TOOBIG);
    ck_assert_uint_eq(wsn_varbinds_count(pdu.varbinds), 0);
    ck_assert_ptr_null(pdu.varbinds);
}
END_TEST

START_TEST(a_v2c_toobig_response_has_what_was_sent)
{
    struct parts parts = {.fields = "02 01 07 02 01 01 02 01 00"};
    struct wsn_pdu pdu = receive(&parts);

    ck_assert_uint_eq(wsn_varbinds_count(pdu.varbinds), 1);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

START_TEST(a_v1_nosuchname_is_not_turned_into_an_exception)
{
    struct parts parts = {.version = "02 01 00",
                          .fields = "02 01 07 02 01 02 02 01 01"};
    struct wsn_pdu pdu = receive(&parts);

    ck_assert_int_eq(pdu.error_status, SNMP_ERROR_NOSUCHNAME);
    ck_assert_int_eq(pdu.error_index, 1);
    ck_assert_uint_eq(wsn_varbinds_at(pdu.varbinds, 0)->value.syntax,
                      SNMP_SYNTAX_NULL);
    wsn_varbinds_unref(pdu.varbinds);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *requests = tcase_create("requests");
    TCase *responses = tcase_create("responses");
    TCase *received = tcase_create("received");

    tcase_add_test(requests, a_getbulk_goes_to_version_1_as_a_getnext);
    tcase_add_test(requests, a_get_is_the_same_in_version_1);
    tcase_add_loop_test(requests,
                        values_version_1_lacks_are_null_in_a_retrieval, 0,
                        N_CASES(retrievals));
    tcase_add_test(requests, a_set_of_a_counter64_cannot_go_to_version_1);
    tcase_add_test(requests, a_set_keeps_obsolete_syntaxes);
    tcase_add_test(requests, version_1_has_no_informs);
    tcase_add_test(requests, an_improper_pdu_goes_nowhere);
    tcase_add_test(requests,
                   a_message_that_does_not_fit_is_too_big_in_both_versions);
    suite_add_tcase(suite, requests);

    tcase_add_loop_test(responses, error_statuses_are_mapped_for_version_1, 0,
                        N_CASES(status_cases));
    tcase_add_loop_test(
        responses, what_version_1_lacks_becomes_nosuchname_at_its_place, 0, 2);
    tcase_add_test(responses, an_error_the_agent_reports_itself_is_kept);
    tcase_add_test(responses, a_response_is_unchanged_in_version_2c);
    suite_add_tcase(suite, responses);

    tcase_add_test(received, a_v1_toobig_response_has_no_variables);
    tcase_add_test(received, a_v2c_toobig_response_has_what_was_sent);
    tcase_add_test(received, a_v1_nosuchname_is_not_turned_into_an_exception);
    suite_add_tcase(suite, received);
}

SUITE_MAIN("codec/coexist", suite_fill)
