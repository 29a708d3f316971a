/*
 * check_sequences_agent.c - the canonical ways to tell and to be told, each
 * call with its result: a listener for traps, a sender of traps, an agent.
 * Each both with a thread of the library's and in the program's loop.
 */
#include <arpa/inet.h>
#include <netinet/in.h>

#include "support/bytes.h"
#include "support/free_port.h"
#include "support/golden.h"
#include "support/roles.h"

/* ---- a listener for traps
 * ------------------------------------------------------ */

static void send_hex(UINT port, const char *hex)
{
    struct bytes bytes = bytes_from_hex(hex);

    peer_send(peer, "127.0.0.1", (uint16_t)port, bytes.at, bytes.len);
    bytes_free(&bytes);
}

static UINT register_for_all(void)
{
    UINT port = 0;

    assert_ok(SnmpPosixSetTrapPort(0));
    assert_ok(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON));
    assert_ok(SnmpPosixGetTrapPort(&port));
    ck_assert_uint_ne(port, 0);
    return port;
}

static const struct {
    const char *hex;
    smiINT32 id; /* 0: given by the library */
    const char *entries[5];
} traps[] = {{GOLDEN_V2C_TRAP,
              99,
              {SYS_UP_TIME " 43 100", TRAP_OID " 06 " COLD_START, NULL}},
             /* Three variables and no more: as recorded on Windows. */
             {GOLDEN_V1_TRAP_COLD_START,
              0,
              {SYS_UP_TIME " 43 4294967295", TRAP_OID " 06 " COLD_START,
               TRAP_ENTERPRISE " 06 1.3.6.1.4.1.311.1.1.3.1.1", NULL}},
             {GOLDEN_V1_TRAP_SPECIFIC,
              0,
              {SYS_UP_TIME " 43 100", TRAP_OID " 06 1.3.6.1.4.1.8072.3.0.17",
               "1.3.6.1.4.1.8072.3.1.0 04 68:69",
               TRAP_ENTERPRISE " 06 1.3.6.1.4.1.8072.3", NULL}}};

/* Who sent it, and with which community. */
static void assert_sender(const struct received *got)
{
    smiOCTETS community;
    char text[20];

    ck_assert_uint_eq(SnmpEntityToStr(got->src, sizeof text, text), 10);
    ck_assert_str_eq(text, "127.0.0.1");
    assert_ok(SnmpContextToStr(got->context, &community));
    ck_assert_uint_eq(community.len, 6);
    ck_assert_str_eq((const char *)community.ptr, "public");
    assert_ok(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community));
}

START_TEST(a_listener_for_traps)
{
    UINT port;

    begin(_i);
    port = register_for_all();
    for (int i = 0; i < N(traps); i++) {
        struct received got;
        smiINT32 told_id;
        HSNMP_VBL vbl;

        send_hex(port, traps[i].hex);
        got = receive_when_told((size_t)i + 1, &told_id);
        if (traps[i].id != 0)
            ck_assert_int_eq(told_id, traps[i].id);
        ck_assert_int_ne(told_id, 0);
        assert_type(got.pdu, SNMP_PDU_TRAP, told_id);
        assert_sender(&got);
        vbl = list_of(got.pdu);
        assert_list(vbl, traps[i].entries);
        assert_ok(SnmpFreeVbl(vbl));
        free_received(&got);
    }
    assert_ok(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_OFF));
    assert_ok(SnmpClose(session));
}
END_TEST

/* ---- a sender of traps
 * ----------------------------------------------------------- */

static HSNMP_VBL cold_start_list(void)
{
    smiOID cold_start = oid_of(COLD_START);
    HSNMP_VBL vbl = trap_list(100, oid_value(cold_start.ptr, cold_start.len));

    return vbl;
}

/* The same trap in both versions; the agent is 192.0.2.1. */
#define V1_COLD_START                                                       \
    "30 28 02 01 00 04 06 70 75 62 6c 69 63 a4 1b 06 08 2b 06 01 06 03 01 " \
    "01 05 40 04 c0 00 02 01 02 01 00 02 01 00 43 01 64 30 00"

static const char *const sent_traps[] = {V1_COLD_START, GOLDEN_V2C_TRAP};

START_TEST(a_sender_of_traps)
{
    const struct peer_record *record;
    HSNMP_ENTITY manager;
    HSNMP_ENTITY agent;
    smiINT32 id = 99;
    smiINT type = SNMP_PDU_TRAP;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;

    begin(_i % N_MODES);
    assert_ok(SnmpSetTranslateMode(
        _i / N_MODES == 0 ? SNMPAPI_UNTRANSLATED_V1 : SNMPAPI_UNTRANSLATED_V2));
    agent = new_entity("192.0.2.1");
    manager = entity_at_port(peer_port(peer));
    vbl = cold_start_list();
    pdu = SnmpCreatePdu(session, SNMP_PDU_TRAP, 0, 0, 0, vbl);
    assert_ok(SnmpSetPduData(pdu, &type, &id, NULL, NULL, &vbl));
    assert_ok(SnmpSendMsg(session, agent, manager, new_context(), pdu));
    /* At once: what was accepted is on its way. */
    assert_ok(SnmpClose(session));
    ck_assert(peer_wait(peer, 1));
    record = peer_record(peer, 0);
    bytes_assert_hex(record->bytes, record->len, sent_traps[_i / N_MODES]);
}
END_TEST

/* ---- an agent
 * ---------------------------------------------------------------------- */

/* The v1 Get, answered with "hi". */
#define V1_RESPONSE                                                         \
    "30 28 02 01 00 04 06 70 75 62 6c 69 63 a2 1b 02 01 01 02 01 00 02 01 " \
    "00 30 10 30 0e 06 08 2b 06 01 02 01 01 01 00 04 02 68 69"

static UINT port_of(const struct sockaddr_storage *address)
{
    struct sockaddr_in in;

    memcpy(&in, address, sizeof in);
    return ntohs(in.sin_port);
}

static HSNMP_ENTITY listening_agent(UINT *ret_port)
{
    HSNMP_ENTITY agent = new_entity("127.0.0.1");

    *ret_port = free_port("127.0.0.1");
    assert_ok(SnmpSetPort(agent, *ret_port));
    assert_ok(SnmpListen(agent, SNMPAPI_ON));
    return agent;
}

static void answer_with_hi(HSNMP_ENTITY agent, const struct received *got,
                           smiINT32 id)
{
    smiBYTE hi[] = {'h', 'i'};
    smiVALUE value = octets_value(SNMP_SYNTAX_OCTETS, hi, 2);
    HSNMP_VBL vbl = list_of(got->pdu);
    HSNMP_PDU pdu;

    ck_assert_uint_eq(SnmpSetVb(vbl, 1, NULL, &value), 1);
    pdu = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, id, 0, 0, vbl);
    assert_ok(SnmpSendMsg(session, agent, got->src, got->context, pdu));
    assert_ok(SnmpFreePdu(pdu));
    assert_ok(SnmpFreeVbl(vbl));
}

START_TEST(an_agent)
{
    const struct peer_record *record;
    struct received got;
    HSNMP_ENTITY agent;
    smiINT32 told_id;
    UINT port;

    begin(_i);
    agent = listening_agent(&port);
    send_hex(port, GOLDEN_V1_GET);
    got = receive_when_told(1, &told_id);
    ck_assert_int_eq(told_id, 1);
    ck_assert_ptr_eq(got.dst, agent);
    assert_type(got.pdu, SNMP_PDU_GET, 1);
    assert_sender(&got);
    peer_script(peer, PEER_DROP, 1); /* it is a response: remember it only */
    answer_with_hi(agent, &got, told_id);
    ck_assert(peer_wait(peer, 1));
    record = peer_record(peer, 0);
    bytes_assert_hex(record->bytes, record->len, V1_RESPONSE);
    /* From where the manager had asked. */
    ck_assert_uint_eq(port_of(&record->from), port);
    free_received(&got);
    assert_ok(SnmpListen(agent, SNMPAPI_OFF));
    assert_ok(SnmpSetPort(agent, 1161));
    assert_ok(SnmpFreeEntity(agent));
    assert_nothing_left();
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("sequences");

    tcase_add_checked_fixture(tcase, NULL, end);
    tcase_add_loop_test(tcase, a_listener_for_traps, 0, N_MODES);
    tcase_add_loop_test(tcase, a_sender_of_traps, 0, 2 * N_MODES);
    tcase_add_loop_test(tcase, an_agent, 0, N_MODES);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("canonical sequences of traps and agents", fill)
