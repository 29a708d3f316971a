/*
 * check_api_send.c - what SnmpSendMsg, SnmpRecvMsg and SnmpCancelMsg refuse,
 * and with which code.
 */
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/scene.h"

static HSNMP_PDU get_pdu;

static void begin(void)
{
    scene_begin(MODE_OWN_THREAD);
    get_pdu = new_pdu(SNMP_PDU_GET, new_vbl());
}

#define SEND(src, dst, ctx, pdu) \
    SnmpSendMsg(session, (src), (dst), (ctx), (pdu))

/* Nothing that failed was sent: the next request is the peer's first. */
static void expect_nothing_was_sent(void)
{
    send_get(0x7777);
    (void)events_wait(&events, 1);
    ck_assert_uint_eq(peer_count(peer), 1);
    ck_assert_uint_eq(stats_now().outPkts, 1);
}

/* ---- handles ------------------------------------------------------------ */

START_TEST(sessions_are_checked_first)
{
    void *bad[BAD_HANDLES];
    HSNMP_ENTITY entity = UNTOUCHED;

    bad_handles(WSN_SESSION, bad);
    for (int i = 0; i < BAD_HANDLES; i++) {
        if (bad[i] == session)
            continue;
        ASSERT_FAILS(SnmpSendMsg(bad[i], NULL, NULL, NULL, NULL),
                     SNMPAPI_SESSION_INVALID);
        ASSERT_FAILS(SnmpRecvMsg(bad[i], &entity, NULL, NULL, NULL),
                     SNMPAPI_SESSION_INVALID);
        ASSERT_FAILS(SnmpRecvMsg(bad[i], NULL, NULL, NULL, NULL),
                     SNMPAPI_SESSION_INVALID);
        ASSERT_FAILS(SnmpCancelMsg(bad[i], 1), SNMPAPI_SESSION_INVALID);
    }
    ck_assert_ptr_eq(entity, UNTOUCHED);
}
END_TEST

START_TEST(both_entities_must_be_entities)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_ENTITY, bad);
    for (int i = 0; i < BAD_HANDLES; i++) {
        ASSERT_FAILS_IN(session, SEND(manager, bad[i], NULL, NULL),
                        SNMPAPI_ENTITY_INVALID);
        if (bad[i] != NULL)
            ASSERT_FAILS_IN(session, SEND(bad[i], agent, NULL, NULL),
                            SNMPAPI_ENTITY_INVALID);
    }
    expect_nothing_was_sent();
}
END_TEST

START_TEST(the_context_must_be_a_context)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_CONTEXT, bad);
    for (int i = 0; i < BAD_HANDLES; i++)
        ASSERT_FAILS_IN(session, SEND(manager, agent, bad[i], NULL),
                        SNMPAPI_CONTEXT_INVALID);
    expect_nothing_was_sent();
}
END_TEST

START_TEST(the_pdu_must_be_a_pdu)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_PDU, bad);
    for (int i = 0; i < BAD_HANDLES; i++)
        ASSERT_FAILS_IN(session, SEND(manager, agent, context, bad[i]),
                        SNMPAPI_PDU_INVALID);
    expect_nothing_was_sent();
}
END_TEST

START_TEST(objects_of_another_session_may_be_used)
{
    HSNMP_SESSION other = open_session();
    HSNMP_ENTITY dst = SnmpStrToEntity(other, "127.0.0.1");

    SnmpSetPort(dst, peer_port(peer));
    ck_assert_uint_eq(SEND(manager, dst, context, get_pdu), SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ASSERT_FAILS_IN(session, SEND(manager, dst, context, get_pdu),
                    SNMPAPI_ENTITY_INVALID);
}
END_TEST

/* ---- contents ----------------------------------------------------------- */

static smiUINT32 uptime_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
static smiUINT32 trap_oid_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static smiOID uptime = {9, uptime_ids};
static smiOID trap_oid = {11, trap_oid_ids};

static const smiVALUE ticks = {SNMP_SYNTAX_TIMETICKS, {.uNumber = 1}};
static const smiVALUE counter64 = {SNMP_SYNTAX_CNTR64, {.hNumber = {1, 2}}};
static const smiVALUE exception = {SNMP_SYNTAX_ENDOFMIBVIEW, {0}};

static void append(HSNMP_VBL vbl, smiOID *name, const smiVALUE *value)
{
    smiVALUE copy = *value;

    ck_assert_uint_ne(SnmpSetVb(vbl, 0, name, &copy), 0);
}

static HSNMP_VBL notification_vbl(void)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);
    smiVALUE value = {.syntax = SNMP_SYNTAX_OID};

    value.value.oid = sysdescr;
    append(vbl, &uptime, &ticks);
    append(vbl, &trap_oid, &value);
    return vbl;
}

static HSNMP_VBL vbl_with(const smiVALUE *value)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);

    append(vbl, &sysdescr, value);
    return vbl;
}

static HSNMP_VBL empty_vbl(void)
{
    return SnmpCreateVbl(session, NULL, NULL);
}

static HSNMP_VBL vbl_with_exception(void)
{
    return vbl_with(&exception);
}

static HSNMP_VBL vbl_with_counter64(void)
{
    return vbl_with(&counter64);
}

static HSNMP_VBL only_uptime(void)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, NULL, NULL);

    append(vbl, &uptime, &ticks);
    return vbl;
}

static HSNMP_VBL trap_with_counter64(void)
{
    HSNMP_VBL vbl = notification_vbl();

    append(vbl, &sysdescr, &counter64);
    return vbl;
}

static const struct {
    smiINT type;
    smiINT status;
    smiINT index;
    HSNMP_VBL (*vbl)(void);
    SNMPAPI_STATUS code_v1; /* SNMPAPI_SUCCESS: it is sent */
    SNMPAPI_STATUS code_v2c;
} contents[] = {
    {SNMP_PDU_GET, 1, 0, new_vbl, SNMPAPI_PDU_INVALID, SNMPAPI_PDU_INVALID},
    {SNMP_PDU_GET, 0, 1, new_vbl, SNMPAPI_PDU_INVALID, SNMPAPI_PDU_INVALID},
    {SNMP_PDU_GETNEXT, 0, -1, new_vbl, SNMPAPI_PDU_INVALID,
     SNMPAPI_PDU_INVALID},
    {SNMP_PDU_SET, 5, 0, new_vbl, SNMPAPI_PDU_INVALID, SNMPAPI_PDU_INVALID},
    {SNMP_PDU_GETBULK, -1, 0, new_vbl, SNMPAPI_PDU_INVALID,
     SNMPAPI_PDU_INVALID},
    {SNMP_PDU_GETBULK, 0, -1, new_vbl, SNMPAPI_PDU_INVALID,
     SNMPAPI_PDU_INVALID},
    {SNMP_PDU_GETBULK, 0, 10, new_vbl, SNMPAPI_SUCCESS, SNMPAPI_SUCCESS},
    {SNMP_PDU_RESPONSE, 2, 1, new_vbl, SNMPAPI_SUCCESS, SNMPAPI_SUCCESS},
    {SNMP_PDU_GET, 0, 0, empty_vbl, SNMPAPI_SUCCESS, SNMPAPI_SUCCESS},
    {SNMP_PDU_SET, 0, 0, empty_vbl, SNMPAPI_SUCCESS, SNMPAPI_SUCCESS},
    {SNMP_PDU_TRAP, 0, 0, empty_vbl, SNMPAPI_PDU_INVALID, SNMPAPI_PDU_INVALID},
    {SNMP_PDU_TRAP, 0, 0, only_uptime, SNMPAPI_PDU_INVALID,
     SNMPAPI_PDU_INVALID},
    {SNMP_PDU_TRAP, 0, 0, new_vbl, SNMPAPI_PDU_INVALID, SNMPAPI_PDU_INVALID},
    {SNMP_PDU_TRAP, 1, 0, notification_vbl, SNMPAPI_PDU_INVALID,
     SNMPAPI_PDU_INVALID},
    {SNMP_PDU_TRAP, 0, 0, notification_vbl, SNMPAPI_SUCCESS, SNMPAPI_SUCCESS},
    {SNMP_PDU_INFORM, 0, 0, new_vbl, SNMPAPI_PDU_INVALID, SNMPAPI_PDU_INVALID},
    {SNMP_PDU_INFORM, 0, 0, notification_vbl, SNMPAPI_OPERATION_INVALID,
     SNMPAPI_SUCCESS},
    {SNMP_PDU_SET, 0, 0, vbl_with_exception, SNMPAPI_PDU_INVALID,
     SNMPAPI_PDU_INVALID},
    {SNMP_PDU_GET, 0, 0, vbl_with_exception, SNMPAPI_SUCCESS, SNMPAPI_SUCCESS},
    {SNMP_PDU_SET, 0, 0, vbl_with_counter64, SNMPAPI_OPERATION_INVALID,
     SNMPAPI_SUCCESS},
    {SNMP_PDU_GET, 0, 0, vbl_with_counter64, SNMPAPI_SUCCESS, SNMPAPI_SUCCESS},
    {SNMP_PDU_TRAP, 0, 0, trap_with_counter64, SNMPAPI_OPERATION_INVALID,
     SNMPAPI_SUCCESS},
};

static void expect_code(HSNMP_ENTITY dst, HSNMP_PDU pdu, SNMPAPI_STATUS code)
{
    if (code != SNMPAPI_SUCCESS) {
        ASSERT_FAILS_IN(session, SEND(manager, dst, context, pdu), code);
        return;
    }
    ck_assert_uint_eq(SEND(manager, dst, context, pdu), SNMPAPI_SUCCESS);
    ck_assert(peer_wait(peer, 1));
}

static void check_content(int i, smiUINT32 mode, SNMPAPI_STATUS code)
{
    HSNMP_ENTITY dst;

    SnmpSetTranslateMode(mode);
    dst = entity_at("127.0.0.1", peer);
    expect_code(dst,
                SnmpCreatePdu(session, contents[i].type, 1, contents[i].status,
                              contents[i].index, contents[i].vbl()),
                code);
}

START_TEST(contents_are_checked_for_version_1)
{
    check_content(_i, SNMPAPI_UNTRANSLATED_V1, contents[_i].code_v1);
}
END_TEST

START_TEST(contents_are_checked_for_version_2)
{
    check_content(_i, SNMPAPI_UNTRANSLATED_V2, contents[_i].code_v2c);
}
END_TEST

START_TEST(a_pdu_without_list_goes_out_with_an_empty_one)
{
    ck_assert_uint_eq(
        SEND(manager, agent, context, new_pdu(SNMP_PDU_GET, NULL)),
        SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
}
END_TEST

/* The mode in which an entity was made is what counts. */
START_TEST(an_entity_keeps_its_version)
{
    static const smiUINT32 modes[] = {SNMPAPI_UNTRANSLATED_V1,
                                      SNMPAPI_UNTRANSLATED_V2};
    HSNMP_ENTITY entities[2];

    for (size_t v = 0; v < 2; v++) {
        SnmpSetTranslateMode(modes[v]);
        entities[v] = entity_at("127.0.0.1", peer);
    }
    for (size_t v = 0; v < 2; v++) {
        SnmpSetTranslateMode(modes[1 - v]);
        ck_assert_uint_eq(SEND(manager, entities[v], context, get_pdu),
                          SNMPAPI_SUCCESS);
        /* The answer is in the version of the question. */
        ck_assert_uint_eq(events_wait(&events, v + 1).wparam, 0);
        ck_assert_uint_eq(peer_record(peer, v)->bytes[4], v);
    }
}
END_TEST

/* The octets of the message around those of the value. */
#define AROUND 50

static const struct {
    smiUINT32 len;
    SNMPAPI_STATUS code;
} sizes[] = {{65000, SNMPAPI_SUCCESS},
             {65507 - AROUND, SNMPAPI_SUCCESS},
             {65508 - AROUND, SNMPAPI_TL_PDU_TOO_BIG},
             {65507, SNMPAPI_TL_PDU_TOO_BIG},
             {65508, SNMPAPI_TL_PDU_TOO_BIG},
             {200000, SNMPAPI_TL_PDU_TOO_BIG}};

START_TEST(a_message_must_fit_into_a_datagram)
{
    static smiBYTE octets[200000];
    smiVALUE value = {.syntax = SNMP_SYNTAX_OCTETS};
    HSNMP_PDU pdu;

    value.value.string.len = sizes[_i].len;
    value.value.string.ptr = octets;
    pdu = SnmpCreatePdu(session, SNMP_PDU_SET, 1, 0, 0, vbl_with(&value));
    expect_code(agent, pdu, sizes[_i].code);
    if (sizes[_i].code != SNMPAPI_SUCCESS)
        expect_nothing_was_sent();
}
END_TEST

/* ---- what the system refuses -------------------------------------------- */

static const struct {
    const char *address;
    SNMPAPI_STATUS code;
} refused[] = {
    {"0000000A:00C0FFEE0001", SNMPAPI_TL_NOT_SUPPORTED}, /* IPX */
    {"255.255.255.255", SNMPAPI_TL_OTHER}, /* not without SO_BROADCAST */
};

START_TEST(a_refusal_is_known_at_once)
{
    ASSERT_FAILS_IN(
        session,
        SEND(manager, new_entity(refused[_i].address), context, get_pdu),
        refused[_i].code);
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, id_of(get_pdu)),
                    SNMPAPI_PDU_INVALID);
    expect_nothing_was_sent();
}
END_TEST

/* Whether this machine has no way to the addresses of documentation. */
static bool has_no_route(void)
{
    struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(161)};
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);
    bool has_none;

    if (fd < 0)
        return false;
    to.sin6_addr.s6_addr[0] = 0x20;
    to.sin6_addr.s6_addr[1] = 0x01;
    to.sin6_addr.s6_addr[2] = 0x0d;
    to.sin6_addr.s6_addr[3] = 0xb8;
    to.sin6_addr.s6_addr[15] = 1;
    has_none = connect(fd, (const struct sockaddr *)&to, sizeof to) != 0 &&
               (errno == ENETUNREACH || errno == EHOSTUNREACH);
    (void)close(fd);
    return has_none;
}

START_TEST(an_unreachable_destination_is_reported_later)
{
    HSNMP_ENTITY nowhere = new_entity("2001:db8::1");
    struct event event;
    struct received got;

    ck_assert_uint_eq(SEND(manager, nowhere, context, get_pdu),
                      SNMPAPI_SUCCESS);
    event = events_wait(&events, 1);
    ck_assert_uint_eq(event.wparam, SNMPAPI_TL_UNDELIVERABLE);
    ck_assert_int_eq(event.lparam, id_of(get_pdu));
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_TL_UNDELIVERABLE);
    ck_assert_ptr_eq(got.src, manager);
    ck_assert_ptr_eq(got.dst, nowhere);
    ck_assert_ptr_eq(got.context, context);
    ck_assert_int_eq(type_of(got.pdu), SNMP_PDU_GET);
    received_free(&got);
    expect_nothing(session);
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, id_of(get_pdu)),
                    SNMPAPI_PDU_INVALID);
}
END_TEST

START_TEST(a_shortage_sends_nothing)
{
    SNMPAPI_STATUS status;

    ASSERT_SURVIVES_SHORTAGE(status, SEND(manager, agent, context, get_pdu));
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    ck_assert_uint_eq(peer_count(peer), 1);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    HSNMP_PDU pdu = UNTOUCHED;

    ASSERT_FAILS(SnmpSendMsg(NULL, NULL, NULL, NULL, NULL),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpRecvMsg(NULL, NULL, NULL, NULL, &pdu),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpCancelMsg(NULL, 1), SNMPAPI_NOT_INITIALIZED);
    ck_assert_ptr_eq(pdu, UNTOUCHED);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *handles = tcase_create("handles");
    TCase *content = tcase_create("content");
    TCase *refusals = tcase_create("refusals");

    tcase_add_checked_fixture(handles, begin, scene_end);
    tcase_add_checked_fixture(content, begin, scene_end);
    tcase_add_checked_fixture(refusals, begin, scene_end);
    tcase_add_test(handles, sessions_are_checked_first);
    tcase_add_test(handles, both_entities_must_be_entities);
    tcase_add_test(handles, the_context_must_be_a_context);
    tcase_add_test(handles, the_pdu_must_be_a_pdu);
    tcase_add_test(handles, objects_of_another_session_may_be_used);
    tcase_add_loop_test(content, contents_are_checked_for_version_1, 0,
                        N(contents));
    tcase_add_loop_test(content, contents_are_checked_for_version_2, 0,
                        N(contents));
    tcase_add_test(content, a_pdu_without_list_goes_out_with_an_empty_one);
    tcase_add_test(content, an_entity_keeps_its_version);
    tcase_add_loop_test(content, a_message_must_fit_into_a_datagram, 0,
                        N(sizes));
    tcase_add_loop_test(refusals, a_refusal_is_known_at_once, 0, N(refused));
    if (has_no_route())
        tcase_add_test(refusals, an_unreachable_destination_is_reported_later);
    tcase_add_test(refusals, a_shortage_sends_nothing);
    suite_add_tcase(suite, handles);
    suite_add_tcase(suite, content);
    suite_add_tcase(suite, refusals);
    tcase_add_test(stopped_case(suite), nothing_works_without_start_up);
}

SUITE_MAIN("api/send", fill)
