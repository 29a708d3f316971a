/*
 * check_api_listen.c - the agent's role: SnmpListen and SnmpListenEx.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <unistd.h>

#include "core/engine.h"
#include "core/session.h"
#include "support/free_port.h"
#include "support/scene.h"

static HSNMP_SESSION asker; /* a manager in the same process */
static struct events answers;
static HSNMP_ENTITY self; /* the agent entity, of session */
static UINT port;

/* ---- ports -------------------------------------------------------------- */

/* Binds a port of an IPv4 address; 0: any.  -1 when it is taken. */
static int bind_at(const char *address, UINT number, UINT *ret_number)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)number)};
    socklen_t len = sizeof at;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(inet_pton(AF_INET, address, &at.sin_addr), 1);
    if (bind(fd, (const struct sockaddr *)&at, sizeof at) != 0) {
        (void)close(fd);
        return -1;
    }
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &len), 0);
    *ret_number = ntohs(at.sin_port);
    return fd;
}

static bool is_free(const char *address, UINT number)
{
    UINT bound;
    int fd = bind_at(address, number, &bound);

    if (fd >= 0)
        (void)close(fd);
    return fd >= 0;
}

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

/* Sets a port that is free, and listens there. */
static void listen_somewhere(HSNMP_ENTITY entity, smiUINT32 all)
{
    for (int tries = 0; tries < 20; tries++) {
        port = free_port("0.0.0.0");
        ck_assert_uint_eq(SnmpSetPort(entity, port), SNMPAPI_SUCCESS);
        if (SnmpListenEx(entity, SNMPAPI_ON, all) == SNMPAPI_SUCCESS)
            return;
        ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_TL_OTHER);
    }
    ck_abort_msg("no port is free");
}

static void begin(int mode)
{
    scene_begin(mode);
    events_init(&answers);
    asker = SnmpCreateSession(NULL, 0, events_callback, &answers);
    ck_assert_ptr_nonnull(asker);
    self = new_entity("127.0.0.1");
}

static void end(void)
{
    scene_end();
    events_fini(&answers);
}

/* asker's entity for the agent at an address. */
static HSNMP_ENTITY target_at(const char *address)
{
    HSNMP_ENTITY target = SnmpStrToEntity(asker, address);

    ck_assert_ptr_nonnull(target);
    ck_assert_uint_eq(SnmpSetPort(target, port), SNMPAPI_SUCCESS);
    return target;
}

/* ---- requests and responses --------------------------------------------- */

/* Answers what session has been asked. */
static void answer(smiINT32 id)
{
    struct received got = receive();
    HSNMP_PDU response;
    HSNMP_VBL vbl = NULL;

    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_ptr_eq(got.dst, self);
    ck_assert_int_eq(id_of(got.pdu), id);
    ck_assert_uint_eq(SnmpGetPduData(got.pdu, NULL, NULL, NULL, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    response = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, id, 0, 0, vbl);
    ck_assert_uint_eq(
        SnmpSendMsg(session, self, got.src, got.context, response),
        SNMPAPI_SUCCESS);
    SnmpFreePdu(response);
    SnmpFreeVbl(vbl);
    received_free(&got);
}

/* asker accepts an answer only from the address and port that it asked. */
static void exchange(const char *address, smiINT32 id)
{
    size_t n_asked = events_count(&events);
    size_t n_answered = events_count(&answers);
    struct event event;

    ck_assert_uint_eq(
        send_pdu(asker, SNMP_PDU_GET, id, NULL, target_at(address)),
        SNMPAPI_SUCCESS);
    event = events_wait(&events, n_asked + 1);
    ck_assert_uint_eq(event.wparam, 0);
    ck_assert_int_eq(event.lparam, id);
    answer(id);
    ck_assert_uint_eq(events_wait(&answers, n_answered + 1).wparam, 0);
    expect_response(asker, id);
}

START_TEST(a_request_arrives_and_its_response_returns)
{
    begin(_i);
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    exchange("127.0.0.1", 5);
    exchange("127.0.0.1", -6);
}
END_TEST

static const char *const names[] = {"127.0.0.1", "127.0.0.2", "127.3.2.1"};

/* The response leaves from the address that was asked. */
START_TEST(every_address_answers_as_itself)
{
    begin(_i % N_MODES);
    listen_somewhere(self, SNMPLISTEN_ALL_ADDR);
    exchange(names[_i / N_MODES], 5);
}
END_TEST

START_TEST(one_address_is_only_that)
{
    begin(_i);
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    ck_assert(!is_free("127.0.0.1", port));
    ck_assert(is_free("127.0.0.2", port));
}
END_TEST

START_TEST(the_manager_is_shown_with_its_port)
{
    struct received got;
    static const unsigned char get[] = {
        0x30, 0x26, 0x02, 0x01, 0x00, 0x04, 0x06, 'p',  'u',  'b',
        'l',  'i',  'c',  0xa0, 0x19, 0x02, 0x01, 0x01, 0x02, 0x01,
        0x00, 0x02, 0x01, 0x00, 0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08,
        0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x01, 0x00, 0x05, 0x00};

    begin(_i);
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    peer_send(peer, "127.0.0.1", (uint16_t)port, get, sizeof get);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_RESPONSE, 1, got.dst, got.src),
                      SNMPAPI_SUCCESS);
    ck_assert(peer_wait(peer, 1)); /* it went to the peer's own port */
    ck_assert_uint_eq(peer_record(peer, 0)->bytes[4], 0); /* in version 1 */
    ck_assert_uint_eq(peer_record(peer, 0)->bytes[13], 0xa2);
    received_free(&got);
}
END_TEST

static const smiINT types[] = {SNMP_PDU_GET, SNMP_PDU_GETNEXT, SNMP_PDU_SET,
                               SNMP_PDU_GETBULK};

START_TEST(each_kind_of_request_arrives)
{
    struct received got;

    begin(MODE_OWN_THREAD);
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    ck_assert_uint_eq(
        send_pdu(asker, types[_i], 5, NULL, target_at("127.0.0.1")),
        SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_int_eq(type_of(got.pdu), types[_i]);
    received_free(&got);
}
END_TEST

/* The library answers nothing by itself, whatever comes. */
static const char *const noise[] = {
    "",
    "\x30",
    "\x30\x03\x02\x01\x03",
    "garbage, and more of it",
    /* GETBULK in version 1 */
    "0&\x02\x01\x00\x04\x06"
    "public\xa5\x19\x02\x01\x01\x02\x01\x00\x02\x01\x00"
    "0\x0e"
    "0\x0c\x06\x08+\x06\x01\x02\x01\x01\x01\x00\x05\x00",
};
static const size_t noise_len[] = {0, 1, 5, 23, 40};

START_TEST(noise_is_not_answered)
{
    begin(MODE_OWN_THREAD);
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    peer_send(peer, "127.0.0.1", (uint16_t)port, noise[_i], noise_len[_i]);
    exchange("127.0.0.1", 5);
    ck_assert_uint_eq(events_count(&events), 1);
    ck_assert_uint_eq(peer_count(peer), 0);
}
END_TEST

/* A program that is agent and manager with one entity. */
START_TEST(what_listens_may_ask_over_the_other_family)
{
    HSNMP_ENTITY far_away;

    scene_begin_at(_i, "::1");
    events_init(&answers);
    self = new_entity("127.0.0.1");
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    far_away = entity_at("::1", peer);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 5, self, far_away),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    expect_response(session, 5);
}
END_TEST

/* Requests go to the session that made the entity. */
START_TEST(the_owner_is_asked)
{
    HSNMP_ENTITY theirs;

    begin(_i);
    theirs = SnmpStrToEntity(asker, "127.0.0.1");
    listen_somewhere(theirs, SNMPLISTEN_USEENTITY_ADDR);
    ck_assert_uint_eq(
        send_pdu(session, SNMP_PDU_GET, 5, NULL, target_at("127.0.0.1")),
        SNMPAPI_SUCCESS);
    ck_assert_int_eq(events_wait(&answers, 1).lparam, 5);
    expect_nothing(session);
}
END_TEST

/* ---- the end ------------------------------------------------------------ */

static void by_off(void)
{
    ck_assert_uint_eq(SnmpListen(self, SNMPAPI_OFF), SNMPAPI_SUCCESS);
}

static void by_free(void)
{
    ck_assert_uint_eq(SnmpFreeEntity(self), SNMPAPI_SUCCESS);
}

static void by_close(void)
{
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
}

static void by_clean_up(void)
{
    modes_pause();
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}

static void (*const ends[])(void) = {by_off, by_free, by_close, by_clean_up};

START_TEST(the_port_is_free_at_once)
{
    begin(_i % N_MODES);
    listen_somewhere(self, (smiUINT32)(_i / N_MODES) % 2);
    exchange("127.0.0.1", 5);
    ck_assert(!is_free("127.0.0.1", port));
    ends[_i / N_MODES]();
    ck_assert(is_free("127.0.0.1", port));
    ck_assert(is_free("0.0.0.0", port));
}
END_TEST

/* A delivery has given one more reference. */
START_TEST(only_the_last_reference_ends_it)
{
    struct received got;

    begin(_i);
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    ck_assert_uint_eq(
        send_pdu(asker, SNMP_PDU_GET, 5, NULL, target_at("127.0.0.1")),
        SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_ptr_eq(got.dst, self);
    ck_assert_uint_eq(SnmpFreeEntity(self), SNMPAPI_SUCCESS);
    ck_assert(!is_free("127.0.0.1", port));
    ck_assert_uint_eq(SnmpFreeEntity(self), SNMPAPI_SUCCESS);
    ck_assert(is_free("127.0.0.1", port));
}
END_TEST

START_TEST(it_may_listen_again_elsewhere)
{
    begin(_i);
    for (smiINT32 id = 1; id <= 20; id++) {
        listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
        exchange("127.0.0.1", id);
        by_off();
    }
}
END_TEST

/* ---- refusals ----------------------------------------------------------- */

START_TEST(what_cannot_listen_is_refused)
{
    void *bad[BAD_HANDLES];
    UINT taken;
    int fd;

    begin(MODE_OWN_THREAD);
    bad_handles(WSN_ENTITY, bad);
    for (int i = 0; i < BAD_HANDLES; i++) {
        ASSERT_FAILS(SnmpListen(bad[i], 7), SNMPAPI_ENTITY_INVALID);
        ASSERT_FAILS(SnmpListenEx(bad[i], 1, 7), SNMPAPI_ENTITY_INVALID);
    }
    ASSERT_FAILS(SnmpListen(self, 2), SNMPAPI_MODE_INVALID);
    ASSERT_FAILS(SnmpListen(self, 0xffffffff), SNMPAPI_MODE_INVALID);
    ASSERT_FAILS(SnmpListenEx(self, 2, 0), SNMPAPI_MODE_INVALID);
    ASSERT_FAILS(SnmpListenEx(self, 1, 2), SNMPAPI_MODE_INVALID);
    ASSERT_FAILS_IN(session, SnmpListen(self, SNMPAPI_OFF), SNMPAPI_NOOP);
    fd = bind_at("127.0.0.1", 0, &taken);
    SnmpSetPort(self, taken);
    ASSERT_FAILS_IN(session, SnmpListen(self, SNMPAPI_ON), SNMPAPI_TL_OTHER);
    ASSERT_FAILS_IN(session, SnmpListenEx(self, SNMPAPI_ON, 1),
                    SNMPAPI_TL_OTHER);
    (void)close(fd);
    ASSERT_FAILS(SnmpListen(new_entity("192.0.2.1"), SNMPAPI_ON),
                 SNMPAPI_TL_OTHER);
    ASSERT_FAILS(SnmpListen(new_entity("0000000A:00C0FFEE0001"), SNMPAPI_ON),
                 SNMPAPI_TL_RESOURCE_ERROR);
}
END_TEST

/* Another thread has just begun to close its session: it ends with that. */
START_TEST(what_is_about_to_end_does_not_listen)
{
    struct wsn_session *object;

    begin(MODE_OWN_THREAD);
    object = wsn_handle_pin(session, WSN_SESSION);
    ck_assert_ptr_nonnull(object);
    wsn_lock_take(&object->engine->lock);
    object->is_closing = true;
    wsn_lock_give(&object->engine->lock);
    wsn_handle_unpin(session);
    ASSERT_FAILS_IN(session, SnmpListen(self, SNMPAPI_ON),
                    SNMPAPI_ENTITY_INVALID);
}
END_TEST

START_TEST(what_listens_keeps_its_port)
{
    begin(_i);
    listen_somewhere(self, SNMPLISTEN_USEENTITY_ADDR);
    ASSERT_FAILS_IN(session, SnmpListen(self, SNMPAPI_ON), SNMPAPI_NOOP);
    ASSERT_FAILS_IN(session, SnmpListenEx(self, SNMPAPI_ON, 1), SNMPAPI_NOOP);
    ASSERT_FAILS_IN(session, SnmpSetPort(self, 1161),
                    SNMPAPI_OPERATION_INVALID);
    exchange("127.0.0.1", 5);
    by_off();
    ASSERT_FAILS_IN(session, SnmpListen(self, SNMPAPI_OFF), SNMPAPI_NOOP);
    ck_assert_uint_eq(SnmpSetPort(self, 1161), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(a_shortage_opens_no_port)
{
    SNMPAPI_STATUS status;

    begin(_i);
    port = free_port("127.0.0.1");
    SnmpSetPort(self, port);
    ASSERT_SURVIVES_SHORTAGE(status, SnmpListen(self, SNMPAPI_ON));
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
    exchange("127.0.0.1", 5);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    ASSERT_FAILS(SnmpListen(NULL, 7), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpListenEx(NULL, 7, 7), SNMPAPI_NOT_INITIALIZED);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("listen");

    tcase_add_checked_fixture(tcase, NULL, end);
#define EACH(test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(a_request_arrives_and_its_response_returns);
    tcase_add_loop_test(tcase, every_address_answers_as_itself, 0,
                        N_MODES * N(names));
    EACH(one_address_is_only_that);
    EACH(the_manager_is_shown_with_its_port);
    tcase_add_loop_test(tcase, each_kind_of_request_arrives, 0, N(types));
    tcase_add_loop_test(tcase, noise_is_not_answered, 0, N(noise));
    EACH(the_owner_is_asked);
    if (has_ipv6())
        EACH(what_listens_may_ask_over_the_other_family);
    tcase_add_loop_test(tcase, the_port_is_free_at_once, 0, N_MODES * N(ends));
    EACH(only_the_last_reference_ends_it);
    EACH(it_may_listen_again_elsewhere);
    tcase_add_test(tcase, what_cannot_listen_is_refused);
    tcase_add_test(tcase, what_is_about_to_end_does_not_listen);
    EACH(what_listens_keeps_its_port);
    EACH(a_shortage_opens_no_port);
    suite_add_tcase(suite, tcase);
    tcase_add_test(stopped_case(suite), nothing_works_without_start_up);
}

SUITE_MAIN("api/listen", fill)
