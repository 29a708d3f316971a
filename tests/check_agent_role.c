/*
 * check_agent_role.c - what comes to the port of an agent and what leaves it.
 */
#include "core/entity.h"
#include "support/manager.h"

/* ---- what comes --------------------------------------------------------- */

static const struct {
    int version;
    smiINT type;
    smiINT seen_as;
} kinds[] = {
    {V1, SNMP_PDU_GET, SNMP_PDU_GET},
    {V1, SNMP_PDU_GETNEXT, SNMP_PDU_GETNEXT},
    {V1, SNMP_PDU_SET, SNMP_PDU_SET},
    {V1, SNMP_PDU_V1TRAP, SNMP_PDU_TRAP},
    {V2C, SNMP_PDU_GET, SNMP_PDU_GET},
    {V2C, SNMP_PDU_GETNEXT, SNMP_PDU_GETNEXT},
    {V2C, SNMP_PDU_GETBULK, SNMP_PDU_GETBULK},
    {V2C, SNMP_PDU_SET, SNMP_PDU_SET},
    {V2C, SNMP_PDU_INFORM, SNMP_PDU_INFORM},
    {V2C, SNMP_PDU_TRAP, SNMP_PDU_TRAP},
};

static void assert_sender(const struct received *got, int version, int fd)
{
    struct wsn_entity *sender = wsn_handle_pin(got->src, WSN_ENTITY);
    char text[64];

    ck_assert_ptr_nonnull(sender);
    ck_assert_int_eq(sender->version, version);
    if (type_of(got->pdu) != SNMP_PDU_TRAP) /* they are not answered */
        ck_assert_uint_eq(sender->port, port_of(fd));
    wsn_handle_unpin(got->src);
    ck_assert_uint_eq(SnmpEntityToStr(got->src, sizeof text, text), 10);
    ck_assert_str_eq(text, "127.0.0.1");
}

static void assert_community(HSNMP_CONTEXT of)
{
    smiOCTETS community;

    ck_assert_uint_eq(SnmpContextToStr(of, &community), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(community.len, 6);
    ck_assert_mem_eq(community.ptr, "public", 6);
    (void)SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
}

START_TEST(every_kind_of_request_is_delivered)
{
    int row = _i / N_MODES;
    struct received got;
    struct wire wire;
    HSNMP_ENTITY own;
    UINT port;
    int fd;

    scene_begin(_i % N_MODES);
    own = listening_at("127.0.0.1", &port);
    fd = manager_at("127.0.0.1");
    if (kinds[row].type == SNMP_PDU_V1TRAP)
        wire = v1_trap();
    else
        wire = message(kinds[row].version, kinds[row].type, ID, 0, 0,
                       SNMP_SYNTAX_INT);
    send_to(fd, "127.0.0.1", port, &wire);
    got = receive_nth(1);
    ck_assert_ptr_eq(got.dst, own);
    ck_assert_int_eq(type_of(got.pdu), kinds[row].seen_as);
    if (kinds[row].type == SNMP_PDU_V1TRAP)
        ck_assert_int_ne(id_of(got.pdu), 0);
    else
        ck_assert_int_eq(id_of(got.pdu), ID);
    assert_sender(&got, kinds[row].version, fd);
    assert_community(got.context);
    received_free(&got);
    expect_nothing(session);
    ck_assert_uint_eq(SnmpFreeEntity(own), SNMPAPI_SUCCESS);
    (void)close(fd);
}
END_TEST

/* The fields of a GETBULK are its own; 0 and negative ids are ids. */
static const int32_t ids[] = {0, 1, -1, INT32_MAX, INT32_MIN};

START_TEST(ids_and_fields_arrive_as_they_are)
{
    int32_t id = ids[_i / N_MODES];
    smiINT non_repeaters = 0;
    smiINT max_repetitions = 0;
    struct received got;
    struct wire wire =
        message(V2C, SNMP_PDU_GETBULK, id, 3, 40, SNMP_SYNTAX_NULL);
    struct wire expected =
        message(V2C, SNMP_PDU_RESPONSE, id, 0, 0, SNMP_SYNTAX_NULL);
    UINT port;
    int fd;

    scene_begin(_i % N_MODES);
    (void)listening_at("127.0.0.1", &port);
    fd = manager_at("127.0.0.1");
    send_to(fd, "127.0.0.1", port, &wire);
    got = receive_nth(1);
    ck_assert_uint_eq(SnmpGetPduData(got.pdu, NULL, NULL, &non_repeaters,
                                     &max_repetitions, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(non_repeaters, 3);
    ck_assert_int_eq(max_repetitions, 40);
    answer(&got);
    expect_answer(fd, "127.0.0.1", port, &expected);
    (void)close(fd);
}
END_TEST

/* Behind each of them a good request, so that it is known what came first. */
static const struct {
    int version;
    smiINT type;
    size_t counter;
} refused[] = {
    {V1, SNMP_PDU_GETBULK, STAT(dropWrongPduType)},
    {V1, SNMP_PDU_RESPONSE, STAT(dropUnmatched)},
    {V2C, SNMP_PDU_RESPONSE, STAT(dropUnmatched)},
    {2, SNMP_PDU_GET, STAT(inBadVersions)},
    {V2C, 0xa8, STAT(dropWrongPduType)}, /* a report */
};

START_TEST(what_is_no_request_is_counted_and_dropped)
{
    int row = _i / N_MODES;
    struct wire bad = message(refused[row].version, refused[row].type, ID, 0, 0,
                              SNMP_SYNTAX_NULL);
    struct wire good = get_message(V2C, 7);
    struct received got;
    UINT port;
    int fd;

    scene_begin(_i % N_MODES);
    (void)listening_at("127.0.0.1", &port);
    fd = manager_at("127.0.0.1");
    send_to(fd, "127.0.0.1", port, &bad);
    send_to(fd, "127.0.0.1", port, &good);
    got = receive_nth(1);
    ck_assert_int_eq(id_of(got.pdu), 7);
    expect_nothing(session);
    ck_assert(stat_reaches(refused[row].counter, 1));
    ck_assert_uint_eq(stats_now().inPkts, 2);
    (void)close(fd);
}
END_TEST

/* ---- what leaves -------------------------------------------------------- */

static const struct {
    const char *listens_at;
    smiUINT32 how;
    const char *asked_at[3];
} addresses[] = {
    {"127.0.0.1", SNMPLISTEN_USEENTITY_ADDR, {"127.0.0.1", NULL}},
    {"127.0.0.2", SNMPLISTEN_USEENTITY_ADDR, {"127.0.0.2", NULL}},
    {"0.0.0.0",
     SNMPLISTEN_USEENTITY_ADDR,
     {"127.0.0.2", "127.0.0.1", "127.3.2.1"}},
    {"127.0.0.1", SNMPLISTEN_ALL_ADDR, {"127.0.0.2", "127.0.0.1", "127.3.2.1"}},
    {"::1", SNMPLISTEN_USEENTITY_ADDR, {"::1", NULL}},
    {"::", SNMPLISTEN_USEENTITY_ADDR, {"::1", NULL}},
    {"::1", SNMPLISTEN_ALL_ADDR, {"::1", NULL}},
    {"::ffff:127.0.0.1", SNMPLISTEN_USEENTITY_ADDR, {"127.0.0.1", NULL}},
    {"::ffff:127.0.0.1",
     SNMPLISTEN_ALL_ADDR,
     {"127.0.0.2", "127.0.0.1", "127.3.2.1"}},
};

START_TEST(it_answers_from_the_address_asked)
{
    int row = _i / N_MODES;
    HSNMP_ENTITY own;
    UINT port;

    if (strchr(addresses[row].listens_at, ':') != NULL && !has_ipv6())
        return;
    scene_begin(_i % N_MODES);
    own = agent_of(session, addresses[row].listens_at, &port);
    ck_assert_uint_eq(SnmpListenEx(own, SNMPAPI_ON, addresses[row].how),
                      SNMPAPI_SUCCESS);
    for (size_t i = 0; i < 3 && addresses[row].asked_at[i] != NULL; i++)
        ask_and_answer(own, addresses[row].asked_at[i], port, i + 1);
}
END_TEST

static const char *const told_at[] = {"127.0.0.1", "127.0.0.2", "127.3.2.1",
                                      "::1"};

/* The trap port takes all addresses, too. */
START_TEST(an_inform_is_confirmed_from_the_address_told)
{
    const char *address = told_at[_i / N_MODES];
    bool is_v6 = strchr(address, ':') != NULL;
    struct wire inform =
        message(V2C, SNMP_PDU_INFORM, ID, 0, 0, SNMP_SYNTAX_NULL);
    struct wire expected =
        message(V2C, SNMP_PDU_RESPONSE, ID, 0, 0, SNMP_SYNTAX_NULL);
    UINT port;
    int fd;

    if (is_v6 && !has_ipv6())
        return;
    scene_begin(_i % N_MODES);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    fd = manager_at(is_v6 ? "::1" : "127.0.0.1");
    send_to(fd, address, port, &inform);
    expect_answer(fd, address, port, &expected);
    (void)close(fd);
}
END_TEST

/* What an agent says in SNMPv2c, and what a manager of SNMPv1 hears. */
static const struct {
    smiINT status;
    smiINT index;
    smiUINT32 syntax;
    smiINT v1_status;
    smiINT v1_index;
    smiUINT32 v1_syntax;
} answers[] = {
    {0, 0, SNMP_SYNTAX_INT, 0, 0, SNMP_SYNTAX_INT},
    {SNMP_ERROR_TOOBIG, 0, SNMP_SYNTAX_NULL, 1, 0, SNMP_SYNTAX_NULL},
    {SNMP_ERROR_GENERR, 1, SNMP_SYNTAX_NULL, 5, 1, SNMP_SYNTAX_NULL},
    {SNMP_ERROR_NOACCESS, 1, SNMP_SYNTAX_NULL, 2, 1, SNMP_SYNTAX_NULL},
    {SNMP_ERROR_WRONGTYPE, 1, SNMP_SYNTAX_NULL, 3, 1, SNMP_SYNTAX_NULL},
    {SNMP_ERROR_WRONGVALUE, 1, SNMP_SYNTAX_NULL, 3, 1, SNMP_SYNTAX_NULL},
    {SNMP_ERROR_NOCREATION, 1, SNMP_SYNTAX_NULL, 2, 1, SNMP_SYNTAX_NULL},
    {SNMP_ERROR_COMMITFAILED, 1, SNMP_SYNTAX_NULL, 5, 1, SNMP_SYNTAX_NULL},
    {SNMP_ERROR_NOTWRITABLE, 1, SNMP_SYNTAX_NULL, 2, 1, SNMP_SYNTAX_NULL},
    {0, 0, SNMP_SYNTAX_NOSUCHOBJECT, 2, 1, SNMP_SYNTAX_NULL},
    {0, 0, SNMP_SYNTAX_NOSUCHINSTANCE, 2, 1, SNMP_SYNTAX_NULL},
    {0, 0, SNMP_SYNTAX_ENDOFMIBVIEW, 2, 1, SNMP_SYNTAX_NULL},
    {0, 0, SNMP_SYNTAX_CNTR64, 2, 1, SNMP_SYNTAX_NULL},
};

static void expect_translation(int row, int version, size_t n)
{
    struct wire question = get_message(version, ID);
    struct wire expected =
        version == V2C
            ? message(V2C, SNMP_PDU_RESPONSE, ID, answers[row].status,
                      answers[row].index, answers[row].syntax)
            : message(V1, SNMP_PDU_RESPONSE, ID, answers[row].v1_status,
                      answers[row].v1_index, answers[row].v1_syntax);
    struct received got;
    UINT port;
    int fd = manager_at("127.0.0.1");
    HSNMP_ENTITY own = listening_at("127.0.0.1", &port);

    send_to(fd, "127.0.0.1", port, &question);
    got = receive_nth(n);
    ck_assert_uint_eq(answer_as(&got, own, answers[row].status,
                                answers[row].index, answers[row].syntax),
                      SNMPAPI_SUCCESS);
    expect_answer(fd, "127.0.0.1", port, &expected);
    (void)close(fd);
}

START_TEST(answers_are_translated_for_v1_managers)
{
    int row = _i / N_MODES;

    scene_begin(_i % N_MODES);
    expect_translation(row, V2C, 1);
    expect_translation(row, V1, 2);
}
END_TEST

/* A session may also answer when it does not listen any more. */
START_TEST(an_answer_after_the_end_leaves_from_elsewhere)
{
    struct wire question = get_message(V2C, ID);
    struct received got;
    struct place from;
    HSNMP_ENTITY own;
    UINT port;
    int fd;

    scene_begin(_i);
    own = listening_at("127.0.0.1", &port);
    fd = manager_at("127.0.0.1");
    send_to(fd, "127.0.0.1", port, &question);
    got = receive_nth(1);
    ck_assert_uint_eq(SnmpListen(own, SNMPAPI_OFF), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(answer_as(&got, own, 0, 0, SNMP_SYNTAX_NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_gt(next_at(fd, &from).len, 0);
    ck_assert_uint_ne((UINT)atoi(strrchr(text_of(&from), ' ')), port);
    (void)close(fd);
}
END_TEST

/* A program that is agent and manager at once: what it has asked is answered
 * at the socket from which it asked, and at no other. */
static void expect_one_way_back(HSNMP_ENTITY src, UINT other_port, size_t n)
{
    struct wire reply =
        message(V2C, SNMP_PDU_RESPONSE, ID, 0, 0, SNMP_SYNTAX_NULL);

    peer_script(peer, PEER_DROP, 1);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, ID, src, agent),
                      SNMPAPI_SUCCESS);
    ck_assert(peer_wait(peer, n));
    peer_send(peer, "127.0.0.1", (uint16_t)other_port, reply.at, reply.len);
    ck_assert(stat_reaches(STAT(dropUnmatched), n));
    expect_nothing(session);
    peer_send_back(peer, n - 1, reply.at, reply.len);
    ck_assert_uint_eq(events_wait(&events, n).wparam, 0);
    expect_response(session, ID);
}

START_TEST(an_answer_comes_where_was_asked)
{
    HSNMP_ENTITY own;
    struct place asked_from;
    UINT port;

    scene_begin(_i);
    own = listening_at("127.0.0.1", &port);
    expect_one_way_back(manager, port, 1);
    memcpy(&asked_from.address, &peer_record(peer, 0)->from,
           sizeof asked_from.address);
    expect_one_way_back(own, (UINT)atoi(strrchr(text_of(&asked_from), ' ')), 2);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *coming = scene_case(suite, "coming");
    TCase *leaving = scene_case(suite, "leaving");

#define EACH(tcase, test, n) tcase_add_loop_test(tcase, test, 0, (n)*N_MODES)
    EACH(coming, every_kind_of_request_is_delivered, N(kinds));
    EACH(coming, ids_and_fields_arrive_as_they_are, N(ids));
    EACH(coming, what_is_no_request_is_counted_and_dropped, N(refused));
    EACH(leaving, it_answers_from_the_address_asked, N(addresses));
    EACH(leaving, an_inform_is_confirmed_from_the_address_told, N(told_at));
    EACH(leaving, answers_are_translated_for_v1_managers, N(answers));
    EACH(leaving, an_answer_after_the_end_leaves_from_elsewhere, 1);
    EACH(leaving, an_answer_comes_where_was_asked, 1);
}

SUITE_MAIN("the agent role", fill)
