/*
 * check_api_subscribe.c - SnmpRegister: registering twice, undoing, the trap
 * port, and what is refused.
 */
#include <netinet/in.h>
#include <unistd.h>

#include "support/free_port.h"
#include "support/scene.h"

/* SNMPv2c traps whose snmpTrapOID.0 is 1.3.6.1.6.3.1.1.5.N. */
static const unsigned char trap[] = {
    0x30, 0x40, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',
    'i',  'c',  0xa7, 0x33, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00, 0x02,
    0x01, 0x00, 0x30, 0x28, 0x30, 0x0d, 0x06, 0x08, 0x2b, 0x06, 0x01,
    0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x64, 0x30, 0x17, 0x06,
    0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04, 0x01, 0x00,
    0x06, 0x09, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x05, 0x01};

static smiUINT32 all_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5};
static smiUINT32 cold_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1};
static smiUINT32 warm_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 2};
static smiOID all_standard = {9, all_ids};
static smiOID cold = {10, cold_ids};
static smiOID warm = {10, warm_ids};

enum { COLD = 1, WARM = 2 };

static void begin(int mode)
{
    scene_begin(mode);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
}

static UINT port_now(void)
{
    UINT port = 70000;

    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    return port;
}

static void on(smiLPCOID oid)
{
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, oid, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
}

static void off(smiLPCOID oid)
{
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, oid, SNMPAPI_OFF),
                      SNMPAPI_SUCCESS);
}

/* A trap of that kind, with a request id. */
static void emit(unsigned char kind, unsigned char id)
{
    unsigned char bytes[sizeof trap];

    memcpy(bytes, trap, sizeof trap);
    bytes[17] = id;
    bytes[sizeof trap - 1] = kind;
    peer_send(peer, "127.0.0.1", (uint16_t)port_now(), bytes, sizeof bytes);
}

/* Which of a coldStart and a warmStart the only session is given now. */
static void expect_kinds(bool has_cold, bool has_warm)
{
    SNMPPOSIX_STATS before = stats_now();
    uint64_t n = (uint64_t)has_cold + has_warm;

    emit(COLD, 1);
    emit(WARM, 2);
    ck_assert(stat_reaches(STAT(trapsDelivered), before.trapsDelivered + n));
    ck_assert(
        stat_reaches(STAT(trapsUnclaimed), before.trapsUnclaimed + 2 - n));
    ck_assert_uint_eq(stats_now().trapsIn, before.trapsIn + 2);
}

/* ---- twice, and undone -------------------------------------------------- */

START_TEST(a_duplicate_has_no_effect)
{
    begin(_i);
    on(&cold);
    on(&cold);
    expect_kinds(true, false);
    off(&cold);
    ck_assert_uint_eq(port_now(), 0); /* nothing is registered any more */
}
END_TEST

START_TEST(what_a_broader_one_covers_has_no_effect)
{
    begin(_i);
    on(&all_standard);
    on(&cold);
    expect_kinds(true, true);
    off(&all_standard); /* the other does not spring to life */
    ck_assert_uint_eq(port_now(), 0);
}
END_TEST

START_TEST(a_broader_one_added_later_stands_beside)
{
    begin(_i);
    on(&cold);
    on(NULL);
    expect_kinds(true, true);
    off(NULL);
    expect_kinds(true, false);
    on(&warm);
    expect_kinds(true, true);
    off(&cold);
    expect_kinds(false, true);
    off(&warm);
    ck_assert_uint_eq(port_now(), 0);
}
END_TEST

START_TEST(undoing_what_was_never_done_succeeds)
{
    begin(_i);
    off(NULL);
    off(&cold);
    on(&cold);
    off(NULL);
    off(&warm);
    off(&all_standard);
    expect_kinds(true, false);
}
END_TEST

START_TEST(every_state_but_off_registers)
{
    begin(MODE_OWN_THREAD);
    ck_assert_uint_eq(
        SnmpRegister(session, NULL, NULL, NULL, &cold, 2 + (smiUINT32)_i),
        SNMPAPI_SUCCESS);
    expect_kinds(true, false);
}
END_TEST

/* Handles are compared by what they stand for. */
START_TEST(another_handle_for_the_same_undoes_it)
{
    HSNMP_ENTITY one;
    HSNMP_ENTITY two;

    begin(_i);
    one = new_entity("127.0.0.1");
    two = new_entity("127.0.0.1");
    ck_assert_uint_eq(
        SnmpRegister(session, NULL, one, context, &cold, SNMPAPI_ON),
        SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeEntity(one), SNMPAPI_SUCCESS);
    expect_kinds(true, false);
    ck_assert_uint_eq(
        SnmpRegister(session, NULL, two, new_context(), &cold, SNMPAPI_OFF),
        SNMPAPI_SUCCESS);
    ck_assert_uint_eq(port_now(), 0);
}
END_TEST

START_TEST(what_was_queued_is_still_received)
{
    struct received got;

    begin(_i);
    on(NULL);
    emit(COLD, 7);
    (void)events_wait(&events, 1);
    off(NULL);
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_int_eq(id_of(got.pdu), 7);
    received_free(&got);
}
END_TEST

/* Programs pause and resume. */
START_TEST(it_may_be_toggled)
{
    begin(_i);
    for (int i = 0; i < 50; i++) {
        on(NULL);
        emit(COLD, 1);
        (void)events_wait(&events, (size_t)i + 1);
        off(NULL);
    }
}
END_TEST

START_TEST(a_closed_session_hears_nothing)
{
    HSNMP_SESSION other;

    begin(_i);
    other = open_session();
    ck_assert_uint_eq(SnmpRegister(other, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    on(&warm);
    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    expect_kinds(false, true);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(port_now(), 0);
}
END_TEST

/* ---- the port ----------------------------------------------------------- */

/* A socket on all addresses. */
static int bind_any(uint16_t port, uint16_t *ret_port)
{
    struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(port)};
    socklen_t len = sizeof any;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    ck_assert_int_ge(fd, 0);
    if (bind(fd, (const struct sockaddr *)&any, sizeof any) != 0) {
        (void)close(fd);
        return -1;
    }
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&any, &len), 0);
    *ret_port = ntohs(any.sin_port);
    return fd;
}

START_TEST(a_port_that_is_taken_is_in_use)
{
    uint16_t port = free_port("0.0.0.0");
    int fd;

    begin(_i);
    fd = bind_any(port, &port);
    ck_assert_int_ge(fd, 0);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(port), SNMPAPI_SUCCESS);
    ASSERT_FAILS_IN(session,
                    SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                    SNMPAPI_TL_IN_USE);
    (void)close(fd);
    on(NULL);
    ck_assert_uint_eq(port_now(), port);
}
END_TEST

START_TEST(the_port_is_free_after_the_last_registration)
{
    UINT port;
    uint16_t bound = 0;
    int fd;

    begin(_i);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(free_port("0.0.0.0")),
                      SNMPAPI_SUCCESS);
    on(NULL);
    port = port_now();
    ck_assert_uint_ne(port, 0);
    ck_assert_int_lt(bind_any((uint16_t)port, &bound), 0);
    off(NULL);
    fd = bind_any((uint16_t)port, &bound);
    ck_assert_int_ge(fd, 0);
    (void)close(fd);
    on(NULL);
    port = port_now();
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    fd = bind_any((uint16_t)port, &bound);
    ck_assert_int_ge(fd, 0);
    (void)close(fd);
}
END_TEST

START_TEST(the_port_is_shared_and_fixed_while_it_is_open)
{
    HSNMP_SESSION other;

    begin(_i);
    other = open_session();
    on(NULL);
    ck_assert_uint_eq(SnmpRegister(other, NULL, NULL, NULL, &cold, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpPosixSetTrapPort(1162), SNMPAPI_OPERATION_INVALID);
    off(NULL);
    ASSERT_FAILS(SnmpPosixSetTrapPort(1162), SNMPAPI_OPERATION_INVALID);
    ck_assert_uint_eq(SnmpRegister(other, NULL, NULL, NULL, &cold, SNMPAPI_OFF),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(1162), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(port_now(), 1162);
    ASSERT_FAILS(SnmpPosixSetTrapPort(65536), SNMPAPI_SIZE_INVALID);
    ASSERT_FAILS(SnmpPosixGetTrapPort(NULL), SNMPAPI_NOOP);
}
END_TEST

/* ---- refusals ----------------------------------------------------------- */

START_TEST(handles_are_checked)
{
    void *bad[BAD_HANDLES];

    begin(MODE_OWN_THREAD);
    bad_handles(WSN_SESSION, bad);
    for (int i = 0; i < BAD_HANDLES; i++)
        if (bad[i] != session)
            ASSERT_FAILS(SnmpRegister(bad[i], NULL, NULL, NULL, NULL, 1),
                         SNMPAPI_SESSION_INVALID);
    bad_handles(WSN_ENTITY, bad);
    for (int i = 1; i < BAD_HANDLES; i++) {
        ASSERT_FAILS_IN(session,
                        SnmpRegister(session, bad[i], NULL, NULL, NULL, 1),
                        SNMPAPI_ENTITY_INVALID);
        ASSERT_FAILS_IN(session,
                        SnmpRegister(session, NULL, bad[i], NULL, NULL, 0),
                        SNMPAPI_ENTITY_INVALID);
    }
    bad_handles(WSN_CONTEXT, bad);
    for (int i = 1; i < BAD_HANDLES; i++)
        ASSERT_FAILS_IN(session,
                        SnmpRegister(session, NULL, NULL, bad[i], NULL, 1),
                        SNMPAPI_CONTEXT_INVALID);
    ck_assert_uint_eq(port_now(), 0);
}
END_TEST

static smiUINT32 long_ids[129] = {1, 3, 6};

static const struct {
    smiOID oid;
    bool is_good;
} patterns[] = {
    {{0, long_ids}, false}, {{1, NULL}, false},      {{129, long_ids}, false},
    {{1, long_ids}, true},  {{128, long_ids}, true},
};

START_TEST(patterns_have_1_to_128_ids)
{
    begin(MODE_OWN_THREAD);
    if (patterns[_i].is_good) {
        on(&patterns[_i].oid);
        return;
    }
    for (smiUINT32 state = 0; state < 2; state++)
        ASSERT_FAILS_IN(
            session,
            SnmpRegister(session, NULL, NULL, NULL, &patterns[_i].oid, state),
            SNMPAPI_OID_INVALID);
    ck_assert_uint_eq(port_now(), 0);
}
END_TEST

START_TEST(a_shortage_registers_nothing)
{
    SNMPAPI_STATUS status;

    begin(_i);
    ASSERT_SURVIVES_SHORTAGE(
        status, SnmpRegister(session, NULL, NULL, NULL, &cold, SNMPAPI_ON));
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
    expect_kinds(true, false);
    off(&cold);
    ck_assert_uint_eq(port_now(), 0);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    ASSERT_FAILS(SnmpRegister(NULL, NULL, NULL, NULL, NULL, 1),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpPosixSetTrapPort(1162), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpPosixGetTrapPort(NULL), SNMPAPI_NOT_INITIALIZED);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *undo = scene_case(suite, "undo");
    TCase *port = scene_case(suite, "port");
    TCase *refusals = scene_case(suite, "refusals");

#define EACH(tcase, test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(undo, a_duplicate_has_no_effect);
    EACH(undo, what_a_broader_one_covers_has_no_effect);
    EACH(undo, a_broader_one_added_later_stands_beside);
    EACH(undo, undoing_what_was_never_done_succeeds);
    EACH(undo, every_state_but_off_registers);
    EACH(undo, another_handle_for_the_same_undoes_it);
    EACH(undo, what_was_queued_is_still_received);
    EACH(undo, it_may_be_toggled);
    EACH(undo, a_closed_session_hears_nothing);
    EACH(port, a_port_that_is_taken_is_in_use);
    EACH(port, the_port_is_free_after_the_last_registration);
    EACH(port, the_port_is_shared_and_fixed_while_it_is_open);
    tcase_add_test(refusals, handles_are_checked);
    tcase_add_loop_test(refusals, patterns_have_1_to_128_ids, 0, N(patterns));
    EACH(refusals, a_shortage_registers_nothing);
    tcase_add_test(stopped_case(suite), nothing_works_without_start_up);
}

SUITE_MAIN("api/subscribe", fill)
