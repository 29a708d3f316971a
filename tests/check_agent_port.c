/*
 * check_agent_port.c - several agents in one process, agents that live in a
 * callback, and ports that close while requests come.
 */
#include "support/manager.h"

/* ---- more than one agent ------------------------------------------------ */

START_TEST(a_port_has_one_listener)
{
    HSNMP_ENTITY own;
    HSNMP_ENTITY other;
    UINT port;

    scene_begin(_i);
    own = listening_at("127.0.0.1", &port);
    other = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(other, port), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpListen(other, SNMPAPI_ON), SNMPAPI_TL_OTHER);
    ck_assert_uint_eq(SnmpSetPort(other, port), SNMPAPI_SUCCESS);
    ask_and_answer(own, "127.0.0.1", port, 1);
    ck_assert_uint_eq(SnmpListen(own, SNMPAPI_OFF), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpListen(other, SNMPAPI_ON), SNMPAPI_SUCCESS);
    ask_and_answer(other, "127.0.0.1", port, 2);
}
END_TEST

START_TEST(one_session_may_have_two_agents)
{
    HSNMP_ENTITY own[2];
    UINT port[2];

    scene_begin(_i);
    own[0] = listening_at("127.0.0.1", &port[0]);
    own[1] = listening_at("127.0.0.1", &port[1]);
    for (size_t n = 1; n <= 6; n++)
        ask_and_answer(own[n % 2], "127.0.0.1", port[n % 2], n);
    ck_assert_uint_eq(SnmpListen(own[0], SNMPAPI_OFF), SNMPAPI_SUCCESS);
    ask_and_answer(own[1], "127.0.0.1", port[1], 7);
}
END_TEST

/* Whoever made the entity hears, and nobody else. */
START_TEST(requests_go_to_the_owner_of_the_entity)
{
    struct wire question = get_message(V2C, ID);
    HSNMP_SESSION other;
    HSNMP_ENTITY own;
    HSNMP_ENTITY others;
    struct received got;
    UINT port;
    UINT others_port;
    int fd;

    scene_begin(_i);
    other = SnmpCreateSession(NULL, 0, events_callback, &events);
    own = listening_at("127.0.0.1", &port);
    others = agent_of(other, "127.0.0.1", &others_port);
    ck_assert_uint_eq(SnmpListen(others, SNMPAPI_ON), SNMPAPI_SUCCESS);
    fd = manager_at("127.0.0.1");
    send_to(fd, "127.0.0.1", others_port, &question);
    ck_assert_ptr_eq(events_wait(&events, 1).session, other);
    expect_nothing(session);
    got = receive_from(other);
    ck_assert_ptr_eq(got.dst, others);
    received_free(&got);
    ask_and_answer(own, "127.0.0.1", port, 2);
    expect_nothing(other);
    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ck_assert(is_free("127.0.0.1", others_port));
    ask_and_answer(own, "127.0.0.1", port, 3);
    (void)close(fd);
}
END_TEST

/* ---- callbacks, and the end ------------------------------------------- */

static HSNMP_ENTITY ending; /* listens */

static SNMPAPI_STATUS by_off(void)
{
    return SnmpListen(ending, SNMPAPI_OFF);
}

static SNMPAPI_STATUS by_free(void)
{
    return SnmpFreeEntity(ending);
}

static SNMPAPI_STATUS by_close(void)
{
    return SnmpClose(session);
}

static SNMPAPI_STATUS by_cleanup(void)
{
    return SnmpCleanup();
}

static SNMPAPI_STATUS (*const ends[])(void) = {by_off, by_free, by_close,
                                               by_cleanup};

static struct {
    SNMPAPI_STATUS (*end)(void);
    UINT port;
    SNMPAPI_STATUS status;
    bool was_free;
} inside;

static SNMPAPI_STATUS end_inside(struct events *of, const struct event *event)
{
    (void)of;
    (void)event;
    inside.status = inside.end();
    inside.was_free = is_free("127.0.0.1", inside.port);
    return SNMPAPI_SUCCESS;
}

/* Many agents are nothing but a callback. */
static SNMPAPI_STATUS answer_inside(struct events *of,
                                    const struct event *event)
{
    struct received got = receive_from(event->session);

    (void)of;
    inside.status = got.error;
    if (got.error != SNMPAPI_SUCCESS)
        return SNMPAPI_SUCCESS;
    inside.status = answer_as(&got, got.dst, 0, 0, SNMP_SYNTAX_NULL);
    received_free(&got);
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_may_answer)
{
    struct wire expected;
    struct wire question;
    UINT port;
    int fd;

    scene_begin(_i);
    events.inside = answer_inside;
    (void)listening_at("127.0.0.1", &port);
    fd = manager_at("127.0.0.1");
    for (int32_t id = 1; id <= 100; id++) {
        question = get_message(id % 2, id);
        expected =
            message(id % 2, SNMP_PDU_RESPONSE, id, 0, 0, SNMP_SYNTAX_NULL);
        send_to(fd, "127.0.0.1", port, &question);
        expect_answer(fd, "127.0.0.1", port, &expected);
        (void)events_wait(&events, (size_t)id);
        ck_assert_uint_eq(inside.status, SNMPAPI_SUCCESS);
    }
    (void)close(fd);
}
END_TEST

START_TEST(the_port_is_free_at_once_inside_a_callback)
{
    struct wire question = get_message(V2C, ID);
    int fd;

    scene_begin(_i % N_MODES);
    inside.end = ends[_i / N_MODES];
    events.inside = end_inside;
    ending = agent_of(session, "127.0.0.1", &inside.port);
    ck_assert_uint_eq(SnmpListen(ending, SNMPAPI_ON), SNMPAPI_SUCCESS);
    fd = manager_at("127.0.0.1");
    send_to(fd, "127.0.0.1", inside.port, &question);
    (void)events_wait(&events, 1);
    ck_assert_uint_eq(inside.status, SNMPAPI_SUCCESS);
    ck_assert(inside.was_free);
    (void)close(fd);
}
END_TEST

/* What waits in the queue is still received, with an entity of its own. */
START_TEST(a_request_outlives_its_agent)
{
    struct wire question = get_message(V2C, ID);
    struct received got;
    HSNMP_ENTITY own;
    UINT port;
    char text[32];
    int fd;

    scene_begin(_i);
    own = listening_at("127.0.0.1", &port);
    fd = manager_at("127.0.0.1");
    send_to(fd, "127.0.0.1", port, &question);
    (void)events_wait(&events, 1);
    ck_assert_uint_eq(SnmpFreeEntity(own), SNMPAPI_SUCCESS);
    ck_assert(is_free("127.0.0.1", port));
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_int_eq(id_of(got.pdu), ID);
    ck_assert_uint_eq(SnmpEntityToStr(got.dst, sizeof text, text), 10);
    ck_assert_str_eq(text, "127.0.0.1");
    received_free(&got);
    (void)close(fd);
}
END_TEST

START_TEST(a_port_opens_and_closes_under_load)
{
    struct wire question = get_message(V2C, ID);
    HSNMP_ENTITY own;
    UINT port;
    int fd;

    scene_begin(_i);
    own = agent_of(session, "127.0.0.1", &port);
    fd = manager_at("127.0.0.1");
    for (int i = 0; i < 200; i++) {
        ck_assert_uint_eq(SnmpListen(own, SNMPAPI_ON), SNMPAPI_SUCCESS);
        send_to(fd, "127.0.0.1", port, &question);
        ck_assert_uint_eq(SnmpListen(own, SNMPAPI_OFF), SNMPAPI_SUCCESS);
        ck_assert(is_free("127.0.0.1", port));
    }
    (void)close(fd);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *states = scene_case(suite, "states");
    TCase *ports = scene_case(suite, "ports");

#define EACH(tcase, test, n) tcase_add_loop_test(tcase, test, 0, (n)*N_MODES)
    EACH(states, a_port_has_one_listener, 1);
    EACH(states, one_session_may_have_two_agents, 1);
    EACH(states, requests_go_to_the_owner_of_the_entity, 1);
    EACH(ports, a_callback_may_answer, 1);
    EACH(ports, the_port_is_free_at_once_inside_a_callback, N(ends));
    EACH(ports, a_request_outlives_its_agent, 1);
    EACH(ports, a_port_opens_and_closes_under_load, 1);
}

SUITE_MAIN("the ports of agents", fill)
