/*
 * check_api_retry.c - time-outs and retransmission: when, how often, and what
 * the application is told of these and other failures.
 */
#include <errno.h>

#include "net/udp.h"
#include "support/scene.h"
#include "support/translate.h"

/* What a busy machine may add to a period. */
#define LATE_MS 1500

/* Sends request id and returns when. */
static uint64_t send_get_at(smiINT32 id)
{
    uint64_t at_ms = now_ms();

    send_get(id);
    return at_ms;
}

/* ---- the schedule ------------------------------------------------------- */

/* Nothing is early.  Is it not late either? */
static bool is_in_time(uint64_t ms, uint64_t least_ms)
{
    ck_assert_uint_ge(ms, least_ms);
    return ms <= least_ms + LATE_MS;
}

/* The peer may hear of the last one a moment later. */
static void expect_transmissions(size_t n)
{
    ck_assert(peer_wait(peer, n));
    ck_assert_uint_eq(peer_count(peer), n);
}

static bool transmit_three_times(int mode)
{
    uint64_t sent_ms;
    struct event event;
    bool all_in_time;

    scene_begin(mode);
    set_policy(agent, 10, 2);
    peer_script(peer, PEER_DROP, 100);
    sent_ms = send_get_at(8);
    event = events_wait(&events, 1);
    ck_assert_uint_eq(event.wparam, SNMPAPI_TL_TIMEOUT);
    ck_assert_int_eq(event.lparam, 8);
    all_in_time = is_in_time(event.at_ms - sent_ms, 300);
    expect_transmissions(3);
    for (size_t i = 0; i < 3; i++)
        all_in_time &=
            is_in_time(peer_record(peer, i)->at_ms - sent_ms, 100 * i);
    ck_assert_uint_eq(stats_now().retransmissions, 2);
    ck_assert_uint_eq(stats_now().timeouts, 1);
    return all_in_time;
}

START_TEST(transmissions_are_one_period_apart)
{
    try_until_in_time(transmit_three_times, _i);
}
END_TEST

START_TEST(a_repetition_is_the_same_message_from_the_same_port)
{
    const struct peer_record *first;
    const struct peer_record *second;

    scene_begin(_i);
    set_policy(agent, 5, 100);
    peer_script(peer, PEER_DROP, 1);
    send_get(0x01020304);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, 0x01020304);
    first = peer_record(peer, 0);
    second = peer_record(peer, 1);
    ck_assert_uint_eq(first->len, second->len);
    ck_assert_mem_eq(first->bytes, second->bytes, first->len);
    ck_assert_mem_eq(&first->from, &second->from, first->from_len);
    ck_assert_uint_eq(events_count(&events), 1);
}
END_TEST

START_TEST(no_retry_is_one_transmission)
{
    scene_begin(_i);
    set_policy(agent, 1, 0);
    peer_script(peer, PEER_DROP, 100);
    send_get(8);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, SNMPAPI_TL_TIMEOUT);
    expect_transmissions(1);
}
END_TEST

static void forget_environment(void)
{
    unsetenv("WINSNMP_TIMEOUT");
    unsetenv("WINSNMP_RETRIES");
}

static bool wait_for_the_default(int mode)
{
    smiTIMETICKS timeout_cs = 42;
    uint64_t sent_ms;

    scene_begin(mode);
    set_policy(agent, 0, 0);
    ck_assert_uint_eq(SnmpGetTimeout(agent, &timeout_cs, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(timeout_cs, 0);
    peer_script(peer, PEER_DROP, 100);
    sent_ms = send_get_at(8);
    (void)events_wait(&events, 1);
    expect_transmissions(1); /* zero retries are zero */
    return is_in_time(events_wait(&events, 1).at_ms - sent_ms, 200);
}

START_TEST(a_time_out_of_zero_is_the_default)
{
    setenv("WINSNMP_TIMEOUT", "20", 1);
    try_until_in_time(wait_for_the_default, _i);
}
END_TEST

START_TEST(the_policy_is_that_of_the_moment_of_sending)
{
    scene_begin(_i);
    set_policy(agent, 3, 1);
    peer_script(peer, PEER_DROP, 100);
    send_get(8);
    set_policy(agent, 100000, 20);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, SNMPAPI_TL_TIMEOUT);
    expect_transmissions(2);
}
END_TEST

static bool ask_a_closed_port(int mode)
{
    struct event event;
    uint64_t sent_ms;

    scene_begin(mode);
    peer_free(peer);
    peer = NULL;
    set_policy(agent, 5, 2);
    sent_ms = send_get_at(8);
    event = events_wait(&events, 1);
    ck_assert_uint_eq(event.wparam, SNMPAPI_TL_TIMEOUT);
    ck_assert_uint_eq(stats_now().retransmissions, 2);
    return is_in_time(event.at_ms - sent_ms, 150);
}

/* A datagram whose source is wrong must not keep a request alive or kill it. */
START_TEST(the_schedule_goes_on_when_the_port_is_closed)
{
    try_until_in_time(ask_a_closed_port, _i);
}
END_TEST

static const smiINT once[] = {SNMP_PDU_RESPONSE, SNMP_PDU_TRAP};

START_TEST(what_expects_no_answer_is_sent_once)
{
    smiUINT32 uptime[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    smiUINT32 trap[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
    smiOID names[] = {{9, uptime}, {11, trap}};
    smiVALUE ticks = {.syntax = SNMP_SYNTAX_TIMETICKS, .value.uNumber = 100};
    smiVALUE oid = {.syntax = SNMP_SYNTAX_OID};
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;

    scene_begin(_i % N_MODES);
    oid.value.oid = names[1];
    vbl = SnmpCreateVbl(session, &names[0], &ticks);
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &names[1], &oid), 2);
    pdu = SnmpCreatePdu(session, once[_i / N_MODES], 8, 0, 0, vbl);
    set_policy(agent, 1, 3);
    peer_script(peer, PEER_DROP, 1);
    peer_script(peer, PEER_DELAY, 150);
    ck_assert_uint_eq(SnmpSendMsg(session, manager, agent, context, pdu),
                      SNMPAPI_SUCCESS);
    set_policy(agent, 3000, 0);
    send_get(9);
    ck_assert_int_eq(events_wait(&events, 1).lparam, 9);
    ck_assert_uint_eq(peer_count(peer), 2);
}
END_TEST

/* ---- what is received of it --------------------------------------------- */

START_TEST(a_time_out_comes_with_the_request_as_it_was_sent)
{
    struct received got;

    scene_begin(_i);
    set_policy(agent, 1, 0);
    peer_script(peer, PEER_DROP, 1);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GETBULK, 8, manager, agent),
                      SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_TL_TIMEOUT);
    ck_assert_ptr_eq(got.src, manager);
    ck_assert_ptr_eq(got.dst, agent);
    ck_assert_ptr_eq(got.context, context);
    ck_assert_int_eq(type_of(got.pdu), SNMP_PDU_GETBULK);
    ck_assert_int_eq(id_of(got.pdu), 8);
    expect_nothing(session);
    set_policy(agent, 3000, 0);
    ck_assert_uint_eq(
        SnmpSendMsg(session, got.src, got.dst, got.context, got.pdu),
        SNMPAPI_SUCCESS); /* the same once more */
    ck_assert_uint_eq(events_wait(&events, 2).wparam, 0);
    expect_response(session, 8);
    received_free(&got);
}
END_TEST

/* To version 1 it went out as a GETNEXT. */
START_TEST(a_getbulk_for_version_1_comes_back_as_one)
{
    smiINT non_repeaters = 0;
    smiINT repetitions = 0;
    HSNMP_ENTITY dst;
    struct received got;

    scene_begin(_i);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    dst = entity_at("127.0.0.1", peer);
    set_policy(dst, 1, 0);
    peer_script(peer, PEER_DROP, 1);
    ck_assert_uint_eq(
        SnmpSendMsg(session, manager, dst, context,
                    SnmpCreatePdu(session, SNMP_PDU_GETBULK, 8, 3, 4,
                                  new_vbl())),
        SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_int_eq(type_of(got.pdu), SNMP_PDU_GETBULK);
    ck_assert_uint_eq(SnmpGetPduData(got.pdu, NULL, NULL, &non_repeaters,
                                     &repetitions, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(non_repeaters, 3);
    ck_assert_int_eq(repetitions, 4);
    received_free(&got);
}
END_TEST

static int unreachable(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    return call == WSN_UDP_CALL_SENDMSG ? ENETUNREACH : 0;
}

static const struct wsn_udp_faults nowhere = {unreachable, NULL};

/* What SNMPv1 says otherwise, or not at all. */
static const char *const built[][4] = {
    {SYS_UP_TIME " 43 1", TRAP_OID " 06 1.3.6.1.4.1.1.2.3", "1.3.6.1 02 5",
     NULL},
    {SYS_UP_TIME " 43 1", TRAP_OID " 06 " COLD_START,
     TRAP_ENTERPRISE " 06 1.3.6.1.4.1.1", NULL},
    {"1.3.6.1 02 5", "1.3.6.2 82", "1.3.6.3 46 1:2", NULL},
};

static HSNMP_PDU build(int row)
{
    HSNMP_VBL vbl;

    if (row == 2) {
        vbl = empty_list();
        append(vbl, "1.3.6.1", int_value(5));
        append(vbl, "1.3.6.2", empty_value(SNMP_SYNTAX_ENDOFMIBVIEW));
        append(vbl, "1.3.6.3", cntr64_value(1, 2));
        return new_pdu(SNMP_PDU_RESPONSE, vbl);
    }
    vbl = trap_list(
        1, oid_text_value(row == 0 ? "1.3.6.1.4.1.1.2.3" : COLD_START));
    if (row == 0)
        append(vbl, "1.3.6.1", int_value(5));
    else
        append(vbl, TRAP_ENTERPRISE, oid_text_value("1.3.6.1.4.1.1"));
    return new_pdu(SNMP_PDU_TRAP, vbl);
}

/* So that the program can send it again as it was. */
START_TEST(what_was_translated_fails_as_it_was_built)
{
    int row = _i / N_MODES / 2;
    HSNMP_ENTITY dst;
    HSNMP_PDU pdu;
    HSNMP_VBL vbl = NULL;
    struct received got;
    smiINT status = 7;

    scene_begin(_i % N_MODES);
    dst = entity_of_version(_i / N_MODES % 2);
    pdu = build(row);
    wsn_udp_set_faults(&nowhere);
    ck_assert_uint_eq(SnmpSendMsg(session, manager, dst, context, pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, SNMPAPI_TL_UNDELIVERABLE);
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_TL_UNDELIVERABLE);
    ck_assert_int_eq(type_of(got.pdu), type_of(pdu));
    ck_assert_int_eq(id_of(got.pdu), id_of(pdu));
    ck_assert_uint_eq(SnmpGetPduData(got.pdu, NULL, NULL, &status, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(status, 0);
    assert_list(vbl, built[row]);
    received_free(&got);
    wsn_udp_set_faults(NULL);
}
END_TEST

START_TEST(messages_are_received_before_time_outs)
{
    scene_begin(_i);
    set_policy(agent, 1, 0);
    peer_script(peer, PEER_DROP, 2);
    send_get(1);
    send_get(2);
    (void)events_wait(&events, 2);
    set_policy(agent, 3000, 0);
    send_get(3);
    (void)events_wait(&events, 3);
    expect_response(session, 3);
    for (smiINT32 id = 1; id <= 2; id++) {
        struct received got = receive();

        ck_assert_uint_eq(got.error, SNMPAPI_TL_TIMEOUT);
        ck_assert_int_eq(id_of(got.pdu), id);
        received_free(&got);
    }
    expect_nothing(session);
}
END_TEST

/* The newest are kept; each of them was notified. */
START_TEST(time_outs_that_nobody_fetches_are_bounded)
{
    scene_begin(_i);
    set_policy(agent, 1, 0);
    peer_script(peer, PEER_DROP, 1000);
    for (smiINT32 id = 1; id <= 100; id++)
        send_get(id);
    (void)events_wait(&events, 100);
    for (int i = 0; i < 64; i++) {
        struct received got = receive();

        ck_assert_uint_eq(got.error, SNMPAPI_TL_TIMEOUT);
        received_free(&got);
    }
    expect_nothing(session);
    ck_assert_uint_eq(wsn_handle_count(WSN_PDU), 0);
}
END_TEST

START_TEST(a_response_after_the_time_out_is_dropped)
{
    struct received got;

    scene_begin(_i);
    set_policy(agent, 1, 0);
    peer_script(peer, PEER_DROP, 1);
    send_get(5);
    (void)events_wait(&events, 1);
    peer_answer(peer, 0);
    ck_assert(stat_reaches(STAT(dropUnmatched), 1));
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_TL_TIMEOUT);
    expect_nothing(session);
    ck_assert_uint_eq(events_count(&events), 1);
}
END_TEST

/* ---- retransmission switched off ---------------------------------------- */

START_TEST(without_retransmission_a_response_may_take_its_time)
{
    scene_begin(_i);
    set_policy(agent, 1, 5);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_OFF), SNMPAPI_SUCCESS);
    peer_script(peer, PEER_DELAY, 150);
    send_get(5);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, 5);
    ck_assert_uint_eq(peer_count(peer), 1);
    ck_assert_uint_eq(stats_now().timeouts, 0);
}
END_TEST

/* Before the first period is over. */
static bool send_and_switch_off(int mode)
{
    uint64_t sent_ms;

    scene_begin(mode);
    set_policy(agent, 30, 1);
    peer_script(peer, PEER_DROP, 1);
    peer_script(peer, PEER_DELAY, 800); /* longer than all tries */
    sent_ms = send_get_at(5);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_OFF), SNMPAPI_SUCCESS);
    return now_ms() - sent_ms < 300;
}

START_TEST(switching_off_silences_what_is_outstanding)
{
    try_until_in_time(send_and_switch_off, _i);
    ck_assert(peer_wait(peer, 1));
    send_get(6);
    ck_assert_int_eq(events_wait(&events, 1).lparam, 6);
    expect_response(session, 6);
    ck_assert_uint_eq(peer_count(peer), 2);
    peer_answer(peer, 0);
    ck_assert_int_eq(events_wait(&events, 2).lparam, 5);
    expect_response(session, 5);
    ck_assert_uint_eq(stats_now().timeouts, 0);
}
END_TEST

START_TEST(switching_on_leaves_what_is_outstanding)
{
    scene_begin(_i);
    set_policy(agent, 2, 5);
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_OFF), SNMPAPI_SUCCESS);
    peer_script(peer, PEER_DROP, 1);
    send_get(5);
    ck_assert(peer_wait(peer, 1));
    ck_assert_uint_eq(SnmpSetRetransmitMode(SNMPAPI_ON), SNMPAPI_SUCCESS);
    set_policy(agent, 3000, 0);
    peer_script(peer, PEER_DELAY, 200);
    send_get(6);
    ck_assert_int_eq(events_wait(&events, 1).lparam, 6);
    ck_assert_uint_eq(peer_count(peer), 2);
    ck_assert_uint_eq(SnmpCancelMsg(session, 5), SNMPAPI_SUCCESS);
}
END_TEST

/* ---- many --------------------------------------------------------------- */

START_TEST(a_storm_of_time_outs_does_not_starve_a_response)
{
    scene_begin(_i);
    set_policy(agent, 5, 0);
    peer_script(peer, PEER_DROP, 1000);
    for (smiINT32 id = 1; id <= 1000; id++)
        send_get(id);
    (void)events_wait(&events, 1000);
    ck_assert_uint_eq(stats_now().outPkts, 1000);
    ck_assert_uint_eq(stats_now().timeouts, 1000);
    ck_assert_uint_eq(stats_now().retransmissions, 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *schedule = scene_case(suite, "schedule");
    TCase *received = scene_case(suite, "received");
    TCase *off = scene_case(suite, "off");

    tcase_add_checked_fixture(schedule, NULL, forget_environment);
#define EACH(tcase, test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(schedule, transmissions_are_one_period_apart);
    EACH(schedule, a_repetition_is_the_same_message_from_the_same_port);
    EACH(schedule, no_retry_is_one_transmission);
    EACH(schedule, a_time_out_of_zero_is_the_default);
    EACH(schedule, the_policy_is_that_of_the_moment_of_sending);
    EACH(schedule, the_schedule_goes_on_when_the_port_is_closed);
    tcase_add_loop_test(schedule, what_expects_no_answer_is_sent_once, 0,
                        N_MODES * N(once));
    EACH(received, a_time_out_comes_with_the_request_as_it_was_sent);
    EACH(received, a_getbulk_for_version_1_comes_back_as_one);
    tcase_add_loop_test(received, what_was_translated_fails_as_it_was_built, 0,
                        N_MODES * 2 * N(built));
    EACH(received, messages_are_received_before_time_outs);
    EACH(received, time_outs_that_nobody_fetches_are_bounded);
    EACH(received, a_response_after_the_time_out_is_dropped);
    EACH(received, a_storm_of_time_outs_does_not_starve_a_response);
    EACH(off, without_retransmission_a_response_may_take_its_time);
    EACH(off, switching_off_silences_what_is_outstanding);
    EACH(off, switching_on_leaves_what_is_outstanding);
}

SUITE_MAIN("api/retry", fill)
