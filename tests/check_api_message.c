/*
 * check_api_message.c - SnmpSendMsg, SnmpRecvMsg and SnmpCancelMsg with an
 * agent that answers.
 */
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/scene.h"

/* ---- the handles of a response ------------------------------------------ */

START_TEST(a_response_comes_with_the_handles_it_was_asked_with)
{
    struct event event;
    struct received got;

    scene_begin(_i);
    send_get(77);
    event = events_wait(&events, 1);
    ck_assert_ptr_eq(event.session, session);
    ck_assert_uint_eq(event.wparam, 0);
    ck_assert_int_eq(event.lparam, 77);
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_ptr_eq(got.src, agent);
    ck_assert_ptr_eq(got.dst, manager);
    ck_assert_ptr_eq(got.context, context);
    ck_assert_int_eq(type_of(got.pdu), SNMP_PDU_RESPONSE);
    ck_assert_int_eq(id_of(got.pdu), 77);
    expect_nothing(session);
    received_free(&got);
    received_free(
        &(struct received){agent, manager, context, new_pdu(0, NULL), 0});
    ASSERT_FAILS(SnmpFreeEntity(agent), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpFreeEntity(manager), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpFreeContext(context), SNMPAPI_CONTEXT_INVALID);
}
END_TEST

/* Programs free the received handles each time, or never. */
START_TEST(each_delivery_is_one_more_reference)
{
    scene_begin(_i);
    for (smiINT32 id = 1; id <= 3; id++) {
        send_get(id);
        (void)events_wait(&events, (size_t)id);
        (void)receive();
    }
    for (int i = 0; i < 4; i++) {
        ck_assert_uint_eq(SnmpFreeEntity(agent), SNMPAPI_SUCCESS);
        ck_assert_uint_eq(SnmpFreeEntity(manager), SNMPAPI_SUCCESS);
        ck_assert_uint_eq(SnmpFreeContext(context), SNMPAPI_SUCCESS);
    }
    ASSERT_FAILS(SnmpFreeEntity(agent), SNMPAPI_ENTITY_INVALID);
}
END_TEST

START_TEST(handles_freed_right_after_sending_are_revived)
{
    struct received got;
    smiUINT32 retries;

    scene_begin(_i);
    peer_script(peer, PEER_DELAY, 50);
    send_get(5);
    ck_assert_uint_eq(SnmpFreeEntity(agent), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeEntity(manager), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeContext(context), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpGetRetry(agent, &retries, NULL), SNMPAPI_ENTITY_INVALID);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_ptr_eq(got.src, agent);
    ck_assert_ptr_eq(got.dst, manager);
    ck_assert_ptr_eq(got.context, context);
    send_get(6); /* received handles can be sent with */
    (void)events_wait(&events, 2);
    expect_response(session, 6);
    received_free(&got);
    ASSERT_FAILS(SnmpFreeEntity(agent), SNMPAPI_ENTITY_INVALID);
}
END_TEST

START_TEST(a_request_without_source_is_answered_without_destination)
{
    struct received got;

    scene_begin(_i);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 5, NULL, agent),
                      SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_ptr_eq(got.src, agent);
    ck_assert_ptr_null(got.dst);
    received_free(&got);
}
END_TEST

/* "127.0.0.1" and foreign addresses are common sources of remote requests. */
START_TEST(the_source_is_only_a_name)
{
    HSNMP_ENTITY foreign;
    struct received got;

    scene_begin(_i);
    foreign = new_entity("192.0.2.1");
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 5, foreign, agent),
                      SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_ptr_eq(got.dst, foreign);
    received_free(&got);
}
END_TEST

START_TEST(handles_of_a_session_that_is_closed_are_replaced)
{
    HSNMP_SESSION owner;
    HSNMP_ENTITY theirs;
    struct received got;

    scene_begin(_i);
    owner = open_session();
    theirs = SnmpStrToEntity(owner, "127.0.0.1");
    SnmpSetPort(theirs, peer_port(peer));
    peer_script(peer, PEER_DELAY, 50);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 5, manager, theirs),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpClose(owner), SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_ptr_ne(got.src, theirs);
    ck_assert_ptr_eq(got.dst, manager);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 6, manager, got.src),
                      SNMPAPI_SUCCESS);
    (void)events_wait(&events, 2);
    expect_response(session, 6);
    received_free(&got);
}
END_TEST

/* ---- the outputs of SnmpRecvMsg ----------------------------------------- */

START_TEST(outputs_that_are_not_wanted_are_not_made)
{
    HSNMP_ENTITY src = NULL;
    HSNMP_CONTEXT received_context = NULL;
    HSNMP_PDU pdu = NULL;

    scene_begin(_i);
    for (smiINT32 id = 1; id <= 3; id++)
        send_get(id);
    (void)events_wait(&events, 3);
    ck_assert_uint_eq(SnmpRecvMsg(session, NULL, NULL, &received_context, &pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_ptr_eq(received_context, context);
    ck_assert_int_eq(id_of(pdu), 1);
    ck_assert_uint_eq(SnmpRecvMsg(session, &src, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_ptr_eq(src, agent);
    ck_assert_uint_eq(SnmpRecvMsg(session, NULL, NULL, NULL, &pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(id_of(pdu), 3);
    ck_assert_uint_eq(SnmpFreeContext(context), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeEntity(agent), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeEntity(manager), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeEntity(manager), SNMPAPI_ENTITY_INVALID);
}
END_TEST

START_TEST(no_output_at_all_takes_nothing)
{
    scene_begin(_i);
    ASSERT_FAILS_IN(session, SnmpRecvMsg(session, NULL, NULL, NULL, NULL),
                    SNMPAPI_NOOP);
    send_get(9);
    (void)events_wait(&events, 1);
    ASSERT_FAILS_IN(session, SnmpRecvMsg(session, NULL, NULL, NULL, NULL),
                    SNMPAPI_NOOP);
    expect_response(session, 9);
}
END_TEST

START_TEST(an_empty_queue_leaves_the_outputs)
{
    scene_begin(_i);
    expect_nothing(session);
    send_get(9);
    (void)events_wait(&events, 1);
    expect_response(session, 9);
    expect_nothing(session);
}
END_TEST

START_TEST(a_shortage_loses_no_message)
{
    struct received got;
    SNMPAPI_STATUS status;

    scene_begin(_i);
    send_get(9);
    (void)events_wait(&events, 1);
    ASSERT_SURVIVES_SHORTAGE(status, SnmpRecvMsg(session, &got.src, &got.dst,
                                                 &got.context, &got.pdu));
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
    ck_assert_int_eq(id_of(got.pdu), 9);
    received_free(&got);
    expect_nothing(session);
}
END_TEST

/* ---- on the wire -------------------------------------------------------- */

START_TEST(the_peer_sees_what_is_encoded)
{
    HSNMP_PDU pdu;
    smiOCTETS octets;
    smiUINT32 len;

    scene_begin(_i);
    pdu = new_pdu(SNMP_PDU_GETBULK, new_vbl());
    len = SnmpEncodeMsg(session, manager, agent, context, pdu, &octets);
    ck_assert_uint_gt(len, 0);
    ck_assert_uint_eq(SnmpSendMsg(session, manager, agent, context, pdu),
                      SNMPAPI_SUCCESS);
    ck_assert(peer_wait(peer, 1));
    ck_assert_uint_eq(peer_record(peer, 0)->len, len);
    ck_assert_mem_eq(peer_record(peer, 0)->bytes, octets.ptr, len);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets),
                      SNMPAPI_SUCCESS);
}
END_TEST

static const struct {
    const char *address;
    const char *entity;
} places[] = {
    {"127.0.0.1", "0.0.0.0"}, /* this host */
    {"127.0.0.2", "127.0.0.2"},
    {"127.0.0.1", "::ffff:127.0.0.1"},
    {"::1", "::1"}, /* these two where there is IPv6 */
    {"::1", "::"},
};

#define N_IPV4_PLACES 3

static bool has_ipv6(void)
{
    struct sockaddr_in6 loopback = {.sin6_family = AF_INET6,
                                    .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(AF_INET6, SOCK_DGRAM, 0);
    bool has = fd >= 0 && bind(fd, (const struct sockaddr *)&loopback,
                               sizeof loopback) == 0;

    if (fd >= 0)
        (void)close(fd);
    return has;
}

START_TEST(a_peer_is_reached_by_each_of_its_names)
{
    int place = _i / N_MODES;
    HSNMP_ENTITY other;

    scene_begin_at(_i % N_MODES, places[place].address);
    other = entity_at(places[place].entity, peer);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 3, manager, other),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, 3);
}
END_TEST

/* An INFORM is answered like a request. */
START_TEST(an_inform_is_acknowledged)
{
    smiUINT32 uptime_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    smiUINT32 trap_oid_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
    smiOID uptime = {9, uptime_ids};
    smiOID trap_oid = {11, trap_oid_ids};
    smiVALUE ticks = {.syntax = SNMP_SYNTAX_TIMETICKS};
    smiVALUE kind = {.syntax = SNMP_SYNTAX_OID, .value.oid = trap_oid};
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;

    scene_begin(_i);
    set_policy(agent, 3, 100);
    peer_script(peer, PEER_DROP, 2);
    vbl = SnmpCreateVbl(session, &uptime, &ticks);
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &trap_oid, &kind), 2);
    pdu = SnmpCreatePdu(session, SNMP_PDU_INFORM, 8, 0, 0, vbl);
    ck_assert_uint_eq(SnmpSendMsg(session, manager, agent, context, pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, 8);
    ck_assert_uint_ge(peer_count(peer), 3);
}
END_TEST

/* ---- SnmpCancelMsg ------------------------------------------------------ */

/* Before it is repeated. */
static bool send_and_cancel(int mode)
{
    uint64_t sent_ms = now_ms();
    SNMPAPI_STATUS status;

    scene_begin(mode);
    set_policy(agent, 30, 1);
    peer_script(peer, PEER_DROP, 1);
    send_get(5);
    status = SnmpCancelMsg(session, 5);
    if (now_ms() - sent_ms >= 300)
        return false;
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
    return true;
}

START_TEST(what_is_cancelled_is_over)
{
    try_until_in_time(send_and_cancel, _i);
    ck_assert(peer_wait(peer, 1));
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, 5), SNMPAPI_PDU_INVALID);
    set_policy(agent, 3000, 0);
    peer_script(peer, PEER_DELAY, 800); /* longer than all its tries */
    send_get(6);
    ck_assert_int_eq(events_wait(&events, 1).lparam, 6);
    expect_response(session, 6);
    expect_nothing(session);
}
END_TEST

START_TEST(the_response_to_what_is_cancelled_is_dropped)
{
    scene_begin(_i);
    peer_script(peer, PEER_DROP, 1);
    send_get(5);
    ck_assert_uint_eq(SnmpCancelMsg(session, 5), SNMPAPI_SUCCESS);
    peer_answer(peer, 0);
    ck_assert(stat_reaches(STAT(dropUnmatched), 1));
    expect_nothing(session);
    ck_assert_uint_eq(events_count(&events), 0);
}
END_TEST

START_TEST(only_what_is_outstanding_can_be_cancelled)
{
    HSNMP_SESSION other;

    scene_begin(_i);
    other = open_session();
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, 1), SNMPAPI_PDU_INVALID);
    send_get(2);
    (void)events_wait(&events, 1);
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, 2), SNMPAPI_PDU_INVALID);
    expect_response(session, 2);
    peer_script(peer, PEER_DROP, 1);
    send_get(3);
    ASSERT_FAILS_IN(other, SnmpCancelMsg(other, 3), SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(SnmpCancelMsg(session, 3), SNMPAPI_SUCCESS);
    set_policy(agent, 1, 0);
    peer_script(peer, PEER_DROP, 1);
    send_get(4);
    ck_assert_uint_eq(events_wait(&events, 2).wparam, SNMPAPI_TL_TIMEOUT);
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, 4), SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_RESPONSE, 6, manager, agent),
                      SNMPAPI_SUCCESS);
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, 6), SNMPAPI_PDU_INVALID);
}
END_TEST

START_TEST(of_equal_ids_the_oldest_is_cancelled)
{
    struct received got;
    HSNMP_ENTITY second;

    scene_begin(_i);
    second = entity_at("127.0.0.1", peer);
    peer_script(peer, PEER_DROP, 2);
    send_get(1);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 1, manager, second),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCancelMsg(session, 1), SNMPAPI_SUCCESS);
    peer_answer(peer, 0);
    peer_answer(peer, 1);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_ptr_eq(got.src, second);
    received_free(&got);
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, 1), SNMPAPI_PDU_INVALID);
}
END_TEST

/* ---- inside the callback ------------------------------------------------ */

#define STEPS 50

/* Receives, and asks the next until STEPS are done. */
static SNMPAPI_STATUS walk_on(struct events *of, const struct event *event)
{
    struct received got = receive_from(event->session);
    smiINT32 id = (smiINT32)event->lparam;

    (void)of;
    if (got.error != SNMPAPI_SUCCESS || id_of(got.pdu) != id)
        return SNMPAPI_FAILURE;
    received_free(&got);
    if (id < STEPS)
        send_get(id + 1);
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_may_receive_and_send)
{
    scene_begin(_i);
    events.inside = walk_on;
    send_get(1);
    ck_assert_int_eq(events_wait(&events, STEPS).lparam, STEPS);
    ck_assert_uint_eq(peer_count(peer), STEPS);
    expect_nothing(session);
}
END_TEST

static SNMPAPI_STATUS cancel_the_other(struct events *of,
                                       const struct event *event)
{
    of->arg = SnmpCancelMsg(event->session, 2) == SNMPAPI_SUCCESS ? of : NULL;
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_may_cancel)
{
    scene_begin(_i);
    events.inside = cancel_the_other;
    peer_script(peer, PEER_DROP, 1);
    send_get(2);
    send_get(1);
    ck_assert_int_eq(events_wait(&events, 1).lparam, 1);
    ck_assert_ptr_eq(events.arg, &events);
    ASSERT_FAILS_IN(session, SnmpCancelMsg(session, 2), SNMPAPI_PDU_INVALID);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *handles = scene_case(suite, "handles");
    TCase *outputs = scene_case(suite, "outputs");
    TCase *requests = scene_case(suite, "on the wire");
    TCase *cancel = scene_case(suite, "cancel");
    TCase *inside = scene_case(suite, "inside the callback");

#define EACH(tcase, test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(handles, a_response_comes_with_the_handles_it_was_asked_with);
    EACH(handles, each_delivery_is_one_more_reference);
    EACH(handles, handles_freed_right_after_sending_are_revived);
    EACH(handles, a_request_without_source_is_answered_without_destination);
    EACH(handles, the_source_is_only_a_name);
    EACH(handles, handles_of_a_session_that_is_closed_are_replaced);
    EACH(outputs, outputs_that_are_not_wanted_are_not_made);
    EACH(outputs, no_output_at_all_takes_nothing);
    EACH(outputs, an_empty_queue_leaves_the_outputs);
    EACH(outputs, a_shortage_loses_no_message);
    EACH(requests, the_peer_sees_what_is_encoded);
    tcase_add_loop_test(requests, a_peer_is_reached_by_each_of_its_names, 0,
                        N_MODES * (has_ipv6() ? N(places) : N_IPV4_PLACES));
    EACH(requests, an_inform_is_acknowledged);
    EACH(cancel, what_is_cancelled_is_over);
    EACH(cancel, the_response_to_what_is_cancelled_is_dropped);
    EACH(cancel, only_what_is_outstanding_can_be_cancelled);
    EACH(cancel, of_equal_ids_the_oldest_is_cancelled);
    EACH(inside, a_callback_may_receive_and_send);
    EACH(inside, a_callback_may_cancel);
}

SUITE_MAIN("api/message", fill)
