/*
 * check_api_encode.c - SnmpEncodeMsg and SnmpDecodeMsg.
 */
#include <string.h>

#include "support/api.h"
#include "support/bytes.h"

/* ---- messages: community "public" --------------------------------------- */

struct request {
    smiUINT32 mode;
    smiINT type;
    smiINT32 id;
    smiINT error_status;
    smiINT error_index;
    const char *names[2];
    const char *hex;
};

#define V1_GET                                                                \
    "30 26 02 01 00 04 06 70 75 62 6c 69 63 a0 19 02 01 01 02 01 00 02 01 00" \
    "30 0e 30 0c 06 08 2b 06 01 02 01 01 01 00 05 00"

static const struct request requests[] = {
    {SNMPAPI_UNTRANSLATED_V1, SNMP_PDU_GET, 1, 0, 0,
     {"1.3.6.1.2.1.1.1.0", NULL}, V1_GET},
    {SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_GETBULK, 0x01020304, 1, 10,
     {"1.3.6.1.2.1.1.3", "1.3.6.1.2.1.2.2.1.2"},
     "30 37 02 01 01 04 06 70 75 62 6c 69 63 a5 2a 02 04 01 02 03 04"
     "02 01 01 02 01 0a 30 1c 30 0b 06 07 2b 06 01 02 01 01 03 05 00"
     "30 0d 06 09 2b 06 01 02 01 02 02 01 02 05 00"},
    /* The same for a version 1 entity (RFC 1908, 3.1.1). */
    {SNMPAPI_UNTRANSLATED_V1, SNMP_PDU_GETBULK, 0x01020304, 1, 10,
     {"1.3.6.1.2.1.1.3", "1.3.6.1.2.1.2.2.1.2"},
     "30 37 02 01 00 04 06 70 75 62 6c 69 63 a1 2a 02 04 01 02 03 04"
     "02 01 00 02 01 00 30 1c 30 0b 06 07 2b 06 01 02 01 01 03 05 00"
     "30 0d 06 09 2b 06 01 02 01 02 02 01 02 05 00"},
    {SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_GET, 1, 0, 0, {NULL, NULL},
     "30 18 02 01 01 04 06 70 75 62 6c 69 63 a0 0b 02 01 01 02 01 00"
     "02 01 00 30 00"}};

static HSNMP_VBL list_of(const char *const texts_of_names[2])
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);

    for (int i = 0; i < 2 && texts_of_names[i] != NULL; i++) {
        smiOID name;

        ck_assert_uint_gt(SnmpStrToOid(texts_of_names[i], &name), 0);
        ck_assert_uint_gt(SnmpSetVb(vbl, 0, &name, NULL), 0);
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
    }
    return vbl;
}

static HSNMP_PDU pdu_of(const struct request *request)
{
    return SnmpCreatePdu(session, request->type, request->id,
                         request->error_status, request->error_index,
                         list_of(request->names));
}

START_TEST(messages_are_encoded_to_the_octet)
{
    const struct request *request = &requests[_i];
    struct bytes wanted = bytes_from_hex(request->hex);
    HSNMP_PDU pdu = pdu_of(request);
    smiOCTETS message = {42, NULL};
    HSNMP_ENTITY dst;

    SnmpSetTranslateMode(request->mode);
    dst = new_entity("127.0.0.1");
    ck_assert_uint_eq(
        SnmpEncodeMsg(session, NULL, dst, new_context(), pdu, &message),
        wanted.len);
    ck_assert_uint_eq(message.len, wanted.len);
    ck_assert_mem_eq(message.ptr, wanted.at, wanted.len);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message),
                      SNMPAPI_SUCCESS);
    bytes_free(&wanted);
}
END_TEST

static const char *const trap_names[2] = {"1.3.6.1.2.1.1.3.0",
                                          "1.3.6.1.6.3.1.1.4.1.0"};

/* coldStart after one second. */
static HSNMP_PDU new_trap(smiINT type)
{
    HSNMP_VBL vbl = list_of(trap_names);
    smiVALUE uptime = {.syntax = SNMP_SYNTAX_TIMETICKS};
    smiVALUE kind = {.syntax = SNMP_SYNTAX_OID};

    uptime.value.uNumber = 100;
    ck_assert_uint_gt(SnmpStrToOid("1.3.6.1.6.3.1.1.5.1", &kind.value.oid), 0);
    ck_assert_uint_eq(SnmpSetVb(vbl, 1, NULL, &uptime), 1);
    ck_assert_uint_eq(SnmpSetVb(vbl, 2, NULL, &kind), 2);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&kind.value.oid);
    return SnmpCreatePdu(session, type, 99, 0, 0, vbl);
}

/* The agent-addr field of a v1 coldStart trap to dst (RFC 1157, 4.1.6). */
static void assert_agent_addr(const char *src, const char *dst,
                              const smiBYTE wanted[4])
{
    HSNMP_ENTITY source = src == NULL ? NULL : new_entity(src);
    smiOCTETS message = {0, NULL};

    ck_assert_uint_gt(SnmpEncodeMsg(session, source, new_entity(dst),
                                    new_context(), new_trap(SNMP_PDU_TRAP),
                                    &message),
                      0);
    /* 30 len, version, community, a4 len, enterprise, 40 04 */
    ck_assert_uint_eq(message.ptr[13], SNMP_PDU_V1TRAP);
    ck_assert_uint_eq(message.ptr[25], SNMP_SYNTAX_IPADDR);
    ck_assert_mem_eq(message.ptr + 27, wanted, 4);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message);
}

START_TEST(a_v1_trap_names_its_source)
{
    static const smiBYTE given[] = {192, 0, 2, 1};
    static const smiBYTE loopback[] = {127, 0, 0, 1};
    static const smiBYTE none[] = {0, 0, 0, 0};

    assert_agent_addr("192.0.2.1", "127.0.0.1", given);
    assert_agent_addr("::ffff:192.0.2.1", "127.0.0.1", given);
    /* Otherwise the address that the destination sees. */
    assert_agent_addr(NULL, "127.0.0.1", loopback);
    assert_agent_addr("0.0.0.0", "127.0.0.1", loopback);
    assert_agent_addr("2001:db8::1", "127.0.0.1", loopback);
    assert_agent_addr(NULL, "::1", none);
}
END_TEST

START_TEST(what_version_1_cannot_say_is_an_invalid_pdu)
{
    HSNMP_ENTITY dst = new_entity("127.0.0.1");
    smiOCTETS message = {42, NULL};

    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, NULL, dst, new_context(),
                                  new_trap(SNMP_PDU_INFORM), &message),
                    SNMPAPI_PDU_INVALID);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    dst = new_entity("127.0.0.1");
    ck_assert_uint_gt(SnmpEncodeMsg(session, NULL, dst, new_context(),
                                    new_trap(SNMP_PDU_INFORM), &message),
                      0);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message);
}
END_TEST

static const struct request unsendable[] = {
    {SNMPAPI_UNTRANSLATED_V1, SNMP_PDU_GET, 1, 1, 0, {NULL, NULL}, NULL},
    {SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_SET, 1, 0, 1, {NULL, NULL}, NULL},
    {SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_GETBULK, 1, -1, 0, {NULL, NULL}, NULL},
    {SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_GETBULK, 1, 0, -1, {NULL, NULL}, NULL},
    {SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_TRAP, 1, 0, 0, {NULL, NULL}, NULL},
    {SNMPAPI_UNTRANSLATED_V1, SNMP_PDU_TRAP, 1, 0, 0, {"1.3.6", "1.3.7"},
     NULL}};

START_TEST(pdus_that_cannot_be_sent_are_not_encoded)
{
    HSNMP_PDU pdu = pdu_of(&unsendable[_i]);
    smiOCTETS message = {42, NULL};
    HSNMP_ENTITY dst;

    SnmpSetTranslateMode(unsendable[_i].mode);
    dst = new_entity("127.0.0.1");
    ASSERT_FAILS_IN(
        session,
        SnmpEncodeMsg(session, NULL, dst, new_context(), pdu, &message),
        SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(message.len, 42);
    ck_assert_ptr_null(message.ptr);
}
END_TEST

START_TEST(a_message_must_fit_into_a_datagram)
{
    static smiBYTE bytes[65508];
    smiVALUE value = {SNMP_SYNTAX_OCTETS, {.string = {sizeof bytes, bytes}}};
    HSNMP_VBL vbl = SnmpCreateVbl(session, &sysdescr, &value);
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_SET, vbl);
    smiOCTETS message = {42, NULL};

    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, NULL, new_entity("127.0.0.1"),
                                  new_context(), pdu, &message),
                    SNMPAPI_PDU_INVALID);
    value.value.string.len = 65000;
    ck_assert_uint_eq(SnmpSetVb(vbl, 1, NULL, &value), 1);
    ck_assert_uint_gt(SnmpEncodeMsg(session, NULL, new_entity("127.0.0.1"),
                                    new_context(), pdu, &message),
                      65000);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message);
}
END_TEST

/* From left to right: the first bad one is the one that is told. */
START_TEST(bad_handles_are_told_from_left_to_right)
{
    void *bad = (void *)(uintptr_t)0xdead;
    HSNMP_ENTITY dst = new_entity("127.0.0.1");
    HSNMP_CONTEXT context = new_context();
    HSNMP_PDU pdu = pdu_of(&requests[0]);
    smiOCTETS message = {42, NULL};

    ASSERT_FAILS(SnmpEncodeMsg(bad, bad, bad, bad, bad, NULL),
                 SNMPAPI_SESSION_INVALID);
    ASSERT_FAILS_IN(session, SnmpEncodeMsg(session, bad, dst, bad, bad, NULL),
                    SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS_IN(session, SnmpEncodeMsg(session, dst, bad, bad, bad, NULL),
                    SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, NULL, NULL, bad, bad, NULL),
                    SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, NULL, dst, bad, bad, NULL),
                    SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, NULL, dst, NULL, pdu, &message),
                    SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, dst, dst, context, bad, NULL),
                    SNMPAPI_PDU_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpEncodeMsg(session, dst, dst, context, pdu, NULL),
                    SNMPAPI_NOOP);
    ck_assert_uint_eq(message.len, 42);
    /* No pin was left behind: the handles can still be freed. */
    ck_assert_uint_eq(SnmpFreeEntity(dst), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 0);
}
END_TEST

/* ---- SnmpDecodeMsg ------------------------------------------------------ */

static smiUINT32 decode(const struct bytes *bytes, HSNMP_CONTEXT *ret_context,
                        HSNMP_PDU *ret_pdu)
{
    smiOCTETS octets = {(smiUINT32)bytes->len, bytes->at};
    HSNMP_ENTITY src = octets.ptr;
    HSNMP_ENTITY dst = octets.ptr;
    SNMPAPI_STATUS len = SnmpDecodeMsg(session, &src, &dst, ret_context,
                                       ret_pdu, &octets);

    /* There are no addresses in a message. */
    ck_assert_ptr_eq(src, len == 0 ? octets.ptr : NULL);
    ck_assert_ptr_eq(dst, len == 0 ? octets.ptr : NULL);
    return len;
}

START_TEST(what_was_encoded_is_decoded)
{
    struct bytes bytes = bytes_from_hex(V1_GET "00 01 02"); /* and more */
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;
    smiOCTETS community;
    smiINT type;
    smiINT32 id;
    HSNMP_VBL vbl;
    smiOID name;

    ck_assert_uint_eq(decode(&bytes, &context, &pdu), bytes.len - 3);
    bytes_free(&bytes);
    ck_assert_uint_eq(SnmpContextToStr(context, &community), SNMPAPI_SUCCESS);
    ck_assert_str_eq((char *)community.ptr, "public");
    ck_assert_uint_eq(SnmpGetPduData(pdu, &type, &id, NULL, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(type, SNMP_PDU_GET);
    ck_assert_int_eq(id, 1);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    ck_assert_uint_eq(SnmpGetVb(vbl, 1, &name, NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(name.len, sysdescr.len);
    ck_assert_mem_eq(name.ptr, sysdescr.ptr, 9 * sizeof(smiUINT32));
    ck_assert_uint_eq(SnmpFreeContext(context), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeVbl(vbl), SNMPAPI_SUCCESS);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
}
END_TEST

START_TEST(an_empty_community_is_received)
{
    struct bytes bytes =
        bytes_from_hex("30 12 02 01 01 04 00 a2 0b 02 01 01 02 01 00"
                       "02 01 00 30 00");
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;
    smiOCTETS community = {42, NULL};

    ck_assert_uint_eq(decode(&bytes, &context, &pdu), bytes.len);
    ck_assert_uint_eq(SnmpContextToStr(context, &community), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(community.len, 0);
    ck_assert_str_eq((char *)community.ptr, "");
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community),
                      SNMPAPI_SUCCESS);
    bytes_free(&bytes);
}
END_TEST

/* coldStart, enterprise 1.3.6.1.4.1.311.1.1.3.1.1, agent 192.0.2.1 */
#define V1_COLDSTART                                                          \
    "30 30 02 01 00 04 06 70 75 62 6c 69 63 a4 23 06 0c 2b 06 01 04 01 82 37" \
    "01 01 03 01 01 40 04 c0 00 02 01 02 01 00 02 01 00 43 05 00 ff ff ff ff" \
    "30 00"

static void assert_name(HSNMP_VBL vbl, smiUINT32 index, const char *wanted)
{
    char text[MAXOBJIDSTRSIZE];
    smiOID name;

    ck_assert_uint_eq(SnmpGetVb(vbl, index, &name, NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_gt(SnmpOidToStr(&name, sizeof text, text), 0);
    ck_assert_str_eq(text, wanted);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
}

START_TEST(a_v1_trap_is_seen_as_a_v2_trap)
{
    struct bytes bytes = bytes_from_hex(V1_COLDSTART);
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;
    HSNMP_VBL vbl = NULL;
    smiINT type = 0;
    smiINT32 id = 0;

    ck_assert_uint_eq(decode(&bytes, &context, &pdu), bytes.len);
    ck_assert_uint_eq(SnmpGetPduData(pdu, &type, &id, NULL, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(type, SNMP_PDU_TRAP);
    ck_assert_int_gt(id, 0);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 3);
    assert_name(vbl, 1, "1.3.6.1.2.1.1.3.0");
    assert_name(vbl, 2, "1.3.6.1.6.3.1.1.4.1.0");
    assert_name(vbl, 3, "1.3.6.1.6.3.1.1.4.3.0"); /* the enterprise is last */
    bytes_free(&bytes);
}
END_TEST

struct damage {
    const char *hex;
    SNMPAPI_STATUS code;
};

static const struct damage damages[] = {
    {"30", SNMPAPI_OUTPUT_TRUNCATED},
    {"30 26 02 01 00", SNMPAPI_OUTPUT_TRUNCATED},
    {"31 26 02 01 00", SNMPAPI_MESSAGE_INVALID},
    {"30 00", SNMPAPI_MESSAGE_INVALID},
    {"30 80 00 00", SNMPAPI_MESSAGE_INVALID},
    /* versions 2 and 3 */
    {"30 12 02 01 02 04 00 a2 0b 02 01 01 02 01 00 02 01 00 30 00",
     SNMPAPI_MESSAGE_INVALID},
    {"30 12 02 01 03 04 00 a2 0b 02 01 01 02 01 00 02 01 00 30 00",
     SNMPAPI_MESSAGE_INVALID},
    /* an inner length, and a PDU that does not exist */
    {"30 12 02 01 01 04 00 a2 0c 02 01 01 02 01 00 02 01 00 30 00",
     SNMPAPI_MESSAGE_INVALID},
    {"30 12 02 01 01 04 00 ab 0b 02 01 01 02 01 00 02 01 00 30 00",
     SNMPAPI_MESSAGE_INVALID},
    /* a GETBULK of version 1 */
    {"30 12 02 01 00 04 00 a5 0b 02 01 01 02 01 00 02 01 00 30 00",
     SNMPAPI_MESSAGE_INVALID}};

START_TEST(damaged_messages_make_nothing)
{
    struct bytes bytes = bytes_from_hex(damages[_i].hex);
    HSNMP_CONTEXT context = &bytes;
    HSNMP_PDU pdu = &bytes;

    ASSERT_FAILS_IN(session, decode(&bytes, &context, &pdu),
                    damages[_i].code);
    ck_assert_ptr_eq(context, &bytes);
    ck_assert_ptr_eq(pdu, &bytes);
    ck_assert_uint_eq(wsn_handle_count(WSN_CONTEXT), 0);
    ck_assert_uint_eq(wsn_handle_count(WSN_PDU), 0);
    bytes_free(&bytes);
}
END_TEST

START_TEST(every_shorter_message_is_truncated)
{
    struct bytes whole = bytes_from_hex(V1_GET);

    for (size_t len = 1; len < whole.len; len++) {
        struct bytes part = bytes_copy(whole.at, len);
        HSNMP_CONTEXT context = NULL;
        HSNMP_PDU pdu = NULL;

        ASSERT_FAILS_IN(session, decode(&part, &context, &pdu),
                        SNMPAPI_OUTPUT_TRUNCATED);
        bytes_free(&part);
    }
    bytes_free(&whole);
}
END_TEST

START_TEST(missing_arguments_of_decode)
{
    struct bytes bytes = bytes_from_hex(V1_GET);
    smiOCTETS octets = {(smiUINT32)bytes.len, bytes.at};
    smiOCTETS empty = {0, bytes.at};
    smiOCTETS nowhere = {40, NULL};
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;

    ASSERT_FAILS(SnmpDecodeMsg(NULL, NULL, NULL, NULL, NULL, NULL),
                 SNMPAPI_SESSION_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpDecodeMsg(session, NULL, NULL, NULL, NULL, &octets),
                    SNMPAPI_CONTEXT_INVALID);
    ASSERT_FAILS_IN(
        session, SnmpDecodeMsg(session, NULL, NULL, &context, NULL, &octets),
        SNMPAPI_PDU_INVALID);
    ASSERT_FAILS_IN(session,
                    SnmpDecodeMsg(session, NULL, NULL, &context, &pdu, NULL),
                    SNMPAPI_MESSAGE_INVALID);
    ASSERT_FAILS_IN(
        session, SnmpDecodeMsg(session, NULL, NULL, &context, &pdu, &empty),
        SNMPAPI_MESSAGE_INVALID);
    ASSERT_FAILS_IN(
        session, SnmpDecodeMsg(session, NULL, NULL, &context, &pdu, &nowhere),
        SNMPAPI_MESSAGE_INVALID);
    ck_assert_uint_eq(
        SnmpDecodeMsg(session, NULL, NULL, &context, &pdu, &octets),
        bytes.len);
    bytes_free(&bytes);
}
END_TEST

/* ---- memory, no start-up ------------------------------------------------ */

START_TEST(a_shortage_of_memory_leaves_nothing_behind)
{
    struct bytes bytes = bytes_from_hex(V1_GET);
    smiOCTETS octets = {(smiUINT32)bytes.len, bytes.at};
    HSNMP_ENTITY dst = new_entity("127.0.0.1");
    HSNMP_CONTEXT context = new_context();
    HSNMP_PDU pdu = pdu_of(&requests[0]);
    smiOCTETS message;
    SNMPAPI_STATUS status;

    ASSERT_SURVIVES_SHORTAGE(
        status, SnmpEncodeMsg(session, NULL, dst, context, pdu, &message));
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message);
    ASSERT_SURVIVES_SHORTAGE(
        status, SnmpDecodeMsg(session, NULL, NULL, &context, &pdu, &octets));
    bytes_free(&bytes);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    smiBYTE byte = 42;
    smiOCTETS octets = {1, &byte};
    void *any = &byte;
    HSNMP_PDU pdu = any;

    ASSERT_FAILS(SnmpEncodeMsg(any, any, any, any, any, &octets),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpDecodeMsg(any, NULL, NULL, &pdu, &pdu, &octets),
                 SNMPAPI_NOT_INITIALIZED);
    ck_assert_uint_eq(octets.len, 1);
    ck_assert_ptr_eq(pdu, any);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *messages = started_case(suite, "messages");
    TCase *stopped = stopped_case(suite);

    tcase_add_loop_test(messages, messages_are_encoded_to_the_octet, 0,
                        N(requests));
    tcase_add_test(messages, a_v1_trap_names_its_source);
    tcase_add_test(messages, what_version_1_cannot_say_is_an_invalid_pdu);
    tcase_add_loop_test(messages, pdus_that_cannot_be_sent_are_not_encoded, 0,
                        N(unsendable));
    tcase_add_test(messages, a_message_must_fit_into_a_datagram);
    tcase_add_test(messages, bad_handles_are_told_from_left_to_right);
    tcase_add_test(messages, what_was_encoded_is_decoded);
    tcase_add_test(messages, an_empty_community_is_received);
    tcase_add_test(messages, a_v1_trap_is_seen_as_a_v2_trap);
    tcase_add_loop_test(messages, damaged_messages_make_nothing, 0,
                        N(damages));
    tcase_add_test(messages, every_shorter_message_is_truncated);
    tcase_add_test(messages, missing_arguments_of_decode);
    tcase_add_test(messages, a_shortage_of_memory_leaves_nothing_behind);
    tcase_add_test(stopped, nothing_works_without_start_up);
}

SUITE_MAIN("api/encode", fill)
