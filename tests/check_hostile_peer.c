/*
 * check_hostile_peer.c - answers that are not quite right.
 *
 * "Its source transport address shall be identical to the destination
 * transport address that the original request message was sent to" (RFC 1157,
 * 4.1), and the id, the version and the community are the request's: what is
 * not is counted and dropped, and the request goes on waiting.
 */
#include "support/account.h"
#include "support/scene.h"

#define ID 0x12345678

static const struct {
    const char *name;
    enum peer_act act;
    unsigned arg;
    bool is_accepted;
    size_t counter; /* what counts it; there is one to count */
} rows[] = {
    {"ok", PEER_REPLY, 0, true, STAT(responsesMatched)},
    {"other-port", PEER_OTHER_PORT, 0, false, STAT(dropWrongSource)},
    {"other-addr", PEER_OTHER_ADDRESS, 0, false, STAT(dropWrongSource)},
    {"bad-community", PEER_WRONG_COMMUNITY, 0, false, STAT(dropWrongCommunity)},
    {"bad-version", PEER_WRONG_VERSION, 0, false, STAT(dropWrongVersion)},
    {"bad-reqid", PEER_WRONG_ID, 0, false, STAT(dropUnmatched)},
    {"alias-reqid", PEER_ALIAS_ID, 0, false, STAT(dropMalformed)},
    {"pdu-get", PEER_PDU_TYPE, SNMP_PDU_GET, false, STAT(dropWrongPduType)},
    {"pdu-report", PEER_PDU_TYPE, 0xa8, false, STAT(dropWrongPduType)},
    {"pdu-trap2", PEER_PDU_TYPE, SNMP_PDU_TRAP, false, STAT(dropWrongPduType)},
    {"pdu-inform", PEER_PDU_TYPE, SNMP_PDU_INFORM, false,
     STAT(dropWrongPduType)},
    {"other-oid", PEER_OTHER_OID, 0, true, STAT(responsesMatched)},
    {"trailing", PEER_TRAILING, 0, true, STAT(responsesMatched)},
    {"es-99", PEER_ERROR_99, 0, true, STAT(responsesMatched)},
    {"truncated", PEER_TRUNCATED, 0, false, STAT(inAsnParseErrs)},
    {"garbage-then-ok", PEER_GARBAGE_THEN_REPLY, 0, true,
     STAT(responsesMatched)},
    {"badid-then-ok", PEER_WRONG_THEN_REPLY, 0, true, STAT(dropUnmatched)},
    {"duplicate", PEER_DUPLICATE, 2, true, STAT(dropUnmatched)},
};

static uint64_t dropped(const SNMPPOSIX_STATS *stats)
{
    return stats->dropUnmatched + stats->dropWrongSource +
           stats->dropWrongCommunity + stats->dropWrongVersion +
           stats->dropWrongPduType + stats->dropMalformed +
           stats->inAsnParseErrs + stats->inBadVersions;
}

/* Every datagram that came was a response or was dropped for one reason. */
static void expect_books_to_balance(void)
{
    SNMPPOSIX_STATS stats = stats_now();

    ck_assert_uint_eq(stats.inPkts, stats.responsesMatched + dropped(&stats));
}

static void ask(int row, smiTIMETICKS timeout_cs, smiUINT32 retries)
{
    set_policy(agent, timeout_cs, retries);
    peer_script(peer, rows[row].act, rows[row].arg);
    send_get(ID);
}

/* Was the machine so slow that nobody was waiting any more when the answer
 * came?  Then it could not be seen what was wrong with it. */
static bool was_too_late(int row)
{
    SNMPPOSIX_STATS stats;

    ck_assert(stat_reaches(STAT(inPkts), 1));
    do
        stats = stats_now();
    while (stats.inPkts > stats.responsesMatched + dropped(&stats));
    return rows[row].counter != STAT(dropUnmatched) && stats.dropUnmatched > 0;
}

#define LONG_CS 300

/* Asks, if need be a second time with patience. */
static struct event ask_in_time(int row, int mode)
{
    smiTIMETICKS timeout_cs = rows[row].is_accepted ? LONG_CS * 10 : 5;
    struct event event;

    for (;;) {
        scene_begin(mode);
        ask(row, timeout_cs, 0);
        event = events_wait(&events, 1);
        if (timeout_cs >= LONG_CS || !was_too_late(row))
            return event;
        scene_end();
        timeout_cs = LONG_CS;
    }
}

/* Under which name a row is counted; the first one is a good answer. */
static const char *peers_seen(int row, int mode)
{
    if (row == 0)
        return "honest peers heard";
    return mode == MODE_HOST ? "hostile peers seen through, in a program's loop"
                             : "hostile peers seen through";
}

/* The bad answer is all there is. */
START_TEST(the_strict_column)
{
    int row = _i / N_MODES;
    const char *seen = peers_seen(row, _i % N_MODES);
    struct event event;

    account_tried(seen, 1);
    event = ask_in_time(row, _i % N_MODES);

    ck_assert_msg(event.wparam ==
                      (rows[row].is_accepted ? 0 : SNMPAPI_TL_TIMEOUT),
                  "%s: wParam is %u", rows[row].name, (unsigned)event.wparam);
    ck_assert_msg(stat_reaches(rows[row].counter, 1), "%s is not counted",
                  rows[row].name);
    if (rows[row].is_accepted)
        expect_response(session, ID);
    else
        ck_assert_uint_eq(receive().error, SNMPAPI_TL_TIMEOUT);
    expect_nothing(session);
    ck_assert_uint_eq(events_count(&events), 1);
    expect_books_to_balance();
    account_held(seen, 1);
}
END_TEST

/* The answer to the repetition is good. */
START_TEST(a_bad_answer_kills_no_request)
{
    int row = _i / N_MODES;

    scene_begin(_i % N_MODES);
    ask(row, 3, 100);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, ID);
    expect_nothing(session);
    ck_assert_uint_ge(peer_count(peer), rows[row].is_accepted ? 1 : 2);
    ck_assert_uint_eq(stats_now().responsesMatched, 1);
}
END_TEST

START_TEST(the_same_over_version_1)
{
    int row = _i / N_MODES;
    HSNMP_ENTITY old;

    scene_begin(_i % N_MODES);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    old = entity_at("127.0.0.1", peer);
    set_policy(old, 3, 100);
    peer_script(peer, rows[row].act, rows[row].arg);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, ID, manager, old),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    ck_assert(stat_reaches(rows[row].counter, 1));
    expect_response(session, ID);
}
END_TEST

START_TEST(noise_is_counted)
{
    scene_begin(_i);
    peer_script(peer, PEER_GARBAGE_THEN_REPLY, 0);
    send_get(ID);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    ck_assert_uint_eq(stats_now().inAsnParseErrs + stats_now().dropMalformed,
                      2);
    ck_assert_uint_eq(stats_now().inPkts, 3);
}
END_TEST

START_TEST(an_unknown_error_is_delivered_as_it_came)
{
    struct received got;
    smiINT status = 0;
    smiINT index = 0;

    scene_begin(_i);
    peer_script(peer, PEER_ERROR_99, 0);
    send_get(ID);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_uint_eq(
        SnmpGetPduData(got.pdu, NULL, NULL, &status, &index, NULL),
        SNMPAPI_SUCCESS);
    ck_assert_int_eq(status, 99);
    ck_assert_int_eq(index, 77);
    received_free(&got);
}
END_TEST

/* Nobody is there: the schedule goes on, and ends as a time-out. */
START_TEST(a_closed_port_is_a_time_out)
{
    scene_begin(_i);
    peer_free(peer);
    peer = NULL;
    set_policy(agent, 3, 1);
    send_get(ID);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, SNMPAPI_TL_TIMEOUT);
    ck_assert_uint_eq(receive().error, SNMPAPI_TL_TIMEOUT);
#ifdef __linux__
    ck_assert(stat_reaches(STAT(icmpUnreachable), 1));
#endif
    expect_nothing(session);
}
END_TEST

static void forget_environment(void)
{
    unsetenv("WINSNMP_RELAXED_SOURCE");
}

/* For agents that answer from another of their addresses. */
static const enum peer_act sources[] = {PEER_OTHER_PORT, PEER_OTHER_ADDRESS};

START_TEST(the_source_may_be_left_unchecked)
{
    setenv("WINSNMP_RELAXED_SOURCE", "on", 1);
    scene_begin(_i % N_MODES);
    peer_script(peer, sources[_i / N_MODES], 0);
    send_get(ID);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, ID);
    ck_assert_uint_eq(peer_count(peer), 1);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "hostile peer");

    tcase_add_checked_fixture(tcase, NULL, forget_environment);
    tcase_add_loop_test(tcase, the_strict_column, 0, N_MODES * N(rows));
    tcase_add_loop_test(tcase, a_bad_answer_kills_no_request, 0,
                        N_MODES * N(rows));
    tcase_add_loop_test(tcase, the_same_over_version_1, 0, N_MODES * N(rows));
    tcase_add_loop_test(tcase, noise_is_counted, 0, N_MODES);
    tcase_add_loop_test(tcase, an_unknown_error_is_delivered_as_it_came, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, a_closed_port_is_a_time_out, 0, N_MODES);
    tcase_add_loop_test(tcase, the_source_may_be_left_unchecked, 0,
                        N_MODES * N(sources));
}

SUITE_MAIN("hostile peer", fill)
