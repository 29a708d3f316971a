/*
 * check_sequences.c - the canonical ways to ask, from start-up to clean-up,
 * each call with its result: a manager, one whose agent is silent, and the
 * codec alone.  Each both with a thread of the library's and in the program's
 * loop.
 */
#include "support/roles.h"

static void free_oid(smiLPOID oid)
{
    assert_ok(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)(void *)oid));
    ck_assert_uint_eq(oid->len, 0);
    ck_assert_ptr_null(oid->ptr);
}

/* Of one entry, sysDescr.0 without a value. */
static HSNMP_VBL question(void)
{
    smiOID name;
    HSNMP_VBL vbl;

    ck_assert_uint_eq(SnmpStrToOid("1.3.6.1.2.1.1.1.0", &name), 9);
    vbl = SnmpCreateVbl(session, &name, NULL);
    ck_assert_ptr_nonnull(vbl);
    free_oid(&name);
    return vbl;
}

/* A Get is on its way; its PDU and list are gone already. */
static smiINT32 ask(HSNMP_ENTITY manager, HSNMP_ENTITY agent,
                    HSNMP_CONTEXT context)
{
    HSNMP_VBL vbl = question();
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, vbl);
    smiINT32 id = 0;

    ck_assert_ptr_nonnull(pdu);
    assert_ok(SnmpGetPduData(pdu, NULL, &id, NULL, NULL, NULL));
    ck_assert_int_gt(id, 0);
    assert_ok(SnmpSendMsg(session, manager, agent, context, pdu));
    assert_ok(SnmpFreeVbl(vbl));
    assert_ok(SnmpFreePdu(pdu));
    return id;
}

static void assert_nothing_to_receive(void)
{
    struct received got;

    ASSERT_FAILS_IN(
        session,
        SnmpRecvMsg(session, &got.src, &got.dst, &got.context, &got.pdu),
        SNMPAPI_NOOP);
}

/* ---- a manager -------------------------------------------------------------
 */

static void assert_is_question(HSNMP_VBL vbl)
{
    char text[MAXOBJIDSTRSIZE];
    smiVALUE value;
    smiOID name;

    ck_assert_uint_eq(SnmpCountVbl(vbl), 1);
    assert_ok(SnmpGetVb(vbl, 1, &name, &value));
    ck_assert_uint_eq(SnmpOidToStr(&name, sizeof text, text), 18);
    ck_assert_str_eq(text, "1.3.6.1.2.1.1.1.0");
    ck_assert_uint_eq(value.syntax, SNMP_SYNTAX_NULL);
    free_oid(&name);
}

START_TEST(a_manager_with_a_callback)
{
    HSNMP_ENTITY manager;
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT context;
    smiINT32 told_id;
    HSNMP_VBL vbl;

    begin(_i);
    manager = new_entity("127.0.0.1");
    agent = entity_at_port(peer_port(peer));
    assert_ok(SnmpSetTimeout(agent, 500));
    assert_ok(SnmpSetRetry(agent, 3));
    context = new_context();
    for (size_t n = 1; n <= 3; n++) {
        smiINT32 id = ask(manager, agent, context);
        struct received got = receive_when_told(n, &told_id);

        /* The very handles, and the originals serve again. */
        ck_assert_int_eq(told_id, id);
        ck_assert_ptr_eq(got.src, agent);
        ck_assert_ptr_eq(got.dst, manager);
        ck_assert_ptr_eq(got.context, context);
        assert_type(got.pdu, SNMP_PDU_RESPONSE, id);
        vbl = list_of(got.pdu);
        assert_is_question(vbl);
        assert_ok(SnmpFreeVbl(vbl));
        free_received(&got);
    }
    assert_nothing_to_receive();
    assert_ok(SnmpFreeContext(context));
    assert_ok(SnmpFreeEntity(agent));
    assert_ok(SnmpFreeEntity(manager));
    assert_nothing_left();
    assert_ok(SnmpClose(session));
    modes_pause();
    assert_ok(SnmpCleanup());
}
END_TEST

/* ---- a silent agent
 * ---------------------------------------------------------- */

/* Never early, and always the same octets. */
static void assert_three_transmissions(uint64_t since_ms)
{
    const struct peer_record *first;

    ck_assert(peer_wait(peer, 3)); /* it may hear of the last a bit later */
    ck_assert_uint_eq(peer_count(peer), 3);
    first = peer_record(peer, 0);
    for (size_t i = 1; i < 3; i++) {
        const struct peer_record *again = peer_record(peer, i);

        ck_assert_uint_ge(again->at_ms, since_ms + 100 * i);
        ck_assert_uint_eq(again->len, first->len);
        ck_assert_mem_eq(again->bytes, first->bytes, first->len);
    }
}

START_TEST(a_manager_of_a_silent_agent)
{
    HSNMP_ENTITY manager;
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT context;
    struct received got;
    struct event event;
    uint64_t since_ms;
    smiINT32 id;

    begin(_i);
    manager = new_entity("127.0.0.1");
    agent = entity_at_port(peer_port(peer));
    context = new_context();
    peer_script(peer, PEER_DROP, 3);
    assert_ok(SnmpSetTimeout(agent, 10));
    assert_ok(SnmpSetRetry(agent, 2));
    since_ms = now_ms();
    id = ask(manager, agent, context);
    event = events_wait(&events, 1);
    ck_assert_uint_eq(event.wparam, SNMPAPI_TL_TIMEOUT);
    ck_assert_int_eq(event.lparam, id);
    ck_assert_uint_ge(event.at_ms, since_ms + 300);
    assert_three_transmissions(since_ms);
    ASSERT_FAILS_IN(
        session,
        SnmpRecvMsg(session, &got.src, &got.dst, &got.context, &got.pdu),
        SNMPAPI_TL_TIMEOUT);
    /* As it was sent. */
    ck_assert_ptr_eq(got.src, manager);
    ck_assert_ptr_eq(got.dst, agent);
    ck_assert_ptr_eq(got.context, context);
    assert_type(got.pdu, SNMP_PDU_GET, id);
    assert_is_question(list_of(got.pdu));
    free_received(&got);
    assert_nothing_to_receive();
    ck_assert_uint_eq(events_count(&events), 1);
}
END_TEST

/* ---- the codec alone
 * ------------------------------------------------------------------ */

START_TEST(the_codec_alone)
{
    HSNMP_CONTEXT context;
    HSNMP_ENTITY dst;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;
    smiOCTETS message;
    struct received got = {&events, &events, NULL, NULL};
    SNMPAPI_STATUS len;

    begin(_i);
    dst = new_entity("127.0.0.1");
    context = new_context();
    vbl = question();
    pdu = SnmpCreatePdu(session, SNMP_PDU_GETNEXT, 5, 0, 0, vbl);
    len = SnmpEncodeMsg(session, NULL, dst, context, pdu, &message);
    ck_assert_uint_eq(len, 40);
    ck_assert_uint_eq(message.len, len);
    ck_assert_uint_eq(SnmpDecodeMsg(session, &got.src, &got.dst, &got.context,
                                    &got.pdu, &message),
                      len);
    assert_ok(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message));
    ck_assert_ptr_null(got.src);
    ck_assert_ptr_null(got.dst);
    assert_type(got.pdu, SNMP_PDU_GETNEXT, 5);
    assert_ok(SnmpFreeVbl(vbl));
    vbl = list_of(got.pdu);
    assert_is_question(vbl);
    assert_ok(SnmpFreeVbl(vbl));
    assert_ok(SnmpFreePdu(pdu));
    assert_ok(SnmpFreePdu(got.pdu));
    assert_ok(SnmpFreeContext(context));
    assert_ok(SnmpFreeContext(got.context));
    assert_ok(SnmpFreeEntity(dst));
    assert_nothing_left();
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("sequences");

    tcase_add_checked_fixture(tcase, NULL, end);
    tcase_add_loop_test(tcase, a_manager_with_a_callback, 0, N_MODES);
    tcase_add_loop_test(tcase, a_manager_of_a_silent_agent, 0, N_MODES);
    tcase_add_loop_test(tcase, the_codec_alone, 0, N_MODES);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("canonical sequences of managers", fill)
