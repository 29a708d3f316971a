/*
 * check_api_register.c - SnmpRegister: who receives which notification.
 */
#include <errno.h>

#include "net/udp.h"
#include "support/bytes.h"
#include "support/scene.h"

/* coldStart of SNMPv1 and of SNMPv2c (RFC 1157, 4.1.6; RFC 3418), and one of
 * an enterprise, 1.3.6.1.4.1.8072.3 with specific-trap 17. */
#define V1_COLD_START                                                       \
    "30 30 02 01 00 04 06 70 75 62 6c 69 63 a4 23 06 0c 2b 06 01 04 01 82 " \
    "37 01 01 03 01 01 40 04 c0 00 02 01 02 01 00 02 01 00 43 05 00 ff ff " \
    "ff ff 30 00"
#define V1_ENTERPRISE                                                       \
    "30 3a 02 01 00 04 06 70 75 62 6c 69 63 a4 2d 06 08 2b 06 01 04 01 bf " \
    "08 03 40 04 c0 00 02 01 02 01 06 02 01 11 43 01 64 30 12 30 10 06 0a " \
    "2b 06 01 04 01 bf 08 03 01 00 04 02 68 69"
#define V2C_COLD_START                                                      \
    "30 40 02 01 01 04 06 70 75 62 6c 69 63 a7 33 02 01 63 02 01 00 02 01 " \
    "00 30 28 30 0d 06 08 2b 06 01 02 01 01 03 00 43 01 64 30 17 06 0a 2b " \
    "06 01 06 03 01 01 04 01 00 06 09 2b 06 01 06 03 01 01 05 01"
#define V2C_INFORM                                                          \
    "30 40 02 01 01 04 06 70 75 62 6c 69 63 a6 33 02 01 63 02 01 00 02 01 " \
    "00 30 28 30 0d 06 08 2b 06 01 02 01 01 03 00 43 01 64 30 17 06 0a 2b " \
    "06 01 06 03 01 01 04 01 00 06 09 2b 06 01 06 03 01 01 05 01"
/* The community is "secret". */
#define V2C_SECRET                                                          \
    "30 40 02 01 01 04 06 73 65 63 72 65 74 a7 33 02 01 63 02 01 00 02 01 " \
    "00 30 28 30 0d 06 08 2b 06 01 02 01 01 03 00 43 01 64 30 17 06 0a 2b " \
    "06 01 06 03 01 01 04 01 00 06 09 2b 06 01 06 03 01 01 05 01"

static UINT trap_port;

static void wish(HSNMP_SESSION of, HSNMP_ENTITY src, HSNMP_ENTITY dst,
                 HSNMP_CONTEXT community, smiLPCOID oid, smiUINT32 state)
{
    ck_assert_uint_eq(SnmpRegister(of, src, dst, community, oid, state),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&trap_port), SNMPAPI_SUCCESS);
}

static void begin(int mode)
{
    scene_begin(mode);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
}

static void begin_with_all(int mode)
{
    begin(mode);
    wish(session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
}

static void emit_from(struct peer *from, const char *hex)
{
    struct bytes bytes = bytes_from_hex(hex);

    peer_send(from, "127.0.0.1", (uint16_t)trap_port, bytes.at, bytes.len);
    bytes_free(&bytes);
}

static void emit(const char *hex)
{
    emit_from(peer, hex);
}

/* ---- contents ----------------------------------------------------------- */

static smiUINT32 uptime_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
static smiUINT32 trap_oid_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static smiUINT32 enterprise_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0};
static smiUINT32 cold_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1};
static smiUINT32 ms_ids[] = {1, 3, 6, 1, 4, 1, 311, 1, 1, 3, 1, 1};
static smiUINT32 specific_ids[] = {1, 3, 6, 1, 4, 1, 8072, 3, 0, 17};
static smiUINT32 netsnmp_ids[] = {1, 3, 6, 1, 4, 1, 8072, 3};
static smiUINT32 own_ids[] = {1, 3, 6, 1, 4, 1, 8072, 3, 1, 0};
#define OID(ids)                           \
    {                                      \
        sizeof(ids) / sizeof *(ids), (ids) \
    }
static smiOID uptime = OID(uptime_ids);
static smiOID trap_oid = OID(trap_oid_ids);
static smiOID enterprise = OID(enterprise_ids);
static smiOID cold = OID(cold_ids);
static smiOID ms = OID(ms_ids);
static smiOID specific = OID(specific_ids);
static smiOID netsnmp = OID(netsnmp_ids);
static smiOID own = OID(own_ids);

static void expect_oid(const smiOID *is, const smiOID *wanted)
{
    ck_assert_uint_eq(is->len, wanted->len);
    ck_assert_mem_eq(is->ptr, wanted->ptr, wanted->len * sizeof(smiUINT32));
}

/* Variable i has that name; its value, still to be freed. */
static smiVALUE value_of(HSNMP_VBL vbl, smiUINT32 i, const smiOID *name,
                         smiUINT32 syntax)
{
    smiOID its_name;
    smiVALUE value;

    ck_assert_uint_eq(SnmpGetVb(vbl, i, &its_name, &value), SNMPAPI_SUCCESS);
    expect_oid(&its_name, name);
    ck_assert_uint_eq(value.syntax, syntax);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&its_name);
    return value;
}

static void expect_oid_at(HSNMP_VBL vbl, smiUINT32 i, const smiOID *name,
                          const smiOID *wanted)
{
    smiVALUE value = value_of(vbl, i, name, SNMP_SYNTAX_OID);

    expect_oid(&value.value.oid, wanted);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&value.value.oid);
}

static HSNMP_VBL vbl_of(HSNMP_PDU pdu, smiUINT32 n)
{
    HSNMP_VBL vbl = NULL;
    smiINT status = 42;
    smiINT index = 42;

    ck_assert_uint_eq(SnmpGetPduData(pdu, NULL, NULL, &status, &index, &vbl),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(index, 0);
    ck_assert_uint_eq(SnmpCountVbl(vbl), n);
    return vbl;
}

/* The next item is a notification; what it comes from and with. */
static struct received expect_trap(HSNMP_SESSION of, smiINT type)
{
    struct received got = receive_from(of);
    smiOCTETS community;
    char address[64];

    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_int_eq(type_of(got.pdu), type);
    ck_assert_uint_gt(SnmpEntityToStr(got.src, sizeof address, address), 0);
    ck_assert_str_eq(address, "127.0.0.1"); /* whatever the agent-addr says */
    ck_assert_uint_gt(SnmpEntityToStr(got.dst, sizeof address, address), 0);
    ck_assert_str_eq(address, "127.0.0.1");
    ck_assert_uint_eq(SnmpContextToStr(got.context, &community),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(community.len, 6);
    ck_assert_mem_eq(community.ptr, "public", 6);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
    return got;
}

START_TEST(a_version_1_trap_has_the_enterprise_last)
{
    struct received got;
    struct event event;
    HSNMP_VBL vbl;

    begin_with_all(_i);
    emit(V1_COLD_START);
    event = events_wait(&events, 1);
    got = expect_trap(session, SNMP_PDU_TRAP);
    ck_assert_int_ne(id_of(got.pdu), 0);
    ck_assert_uint_eq(event.wparam, 0);
    ck_assert_int_eq(event.lparam, id_of(got.pdu));
    vbl = vbl_of(got.pdu, 3);
    ck_assert_uint_eq(
        value_of(vbl, 1, &uptime, SNMP_SYNTAX_TIMETICKS).value.uNumber,
        4294967295u);
    expect_oid_at(vbl, 2, &trap_oid, &cold);
    expect_oid_at(vbl, 3, &enterprise, &ms);
    received_free(&got);
}
END_TEST

START_TEST(a_version_1_trap_keeps_its_own_variables)
{
    struct received got;
    smiVALUE value;
    HSNMP_VBL vbl;

    begin_with_all(_i);
    emit(V1_ENTERPRISE);
    (void)events_wait(&events, 1);
    got = expect_trap(session, SNMP_PDU_TRAP);
    vbl = vbl_of(got.pdu, 4);
    expect_oid_at(vbl, 2, &trap_oid, &specific);
    value = value_of(vbl, 3, &own, SNMP_SYNTAX_OCTETS);
    ck_assert_uint_eq(value.value.string.len, 2);
    ck_assert_mem_eq(value.value.string.ptr, "hi", 2);
    expect_oid_at(vbl, 4, &enterprise, &netsnmp);
    received_free(&got);
}
END_TEST

START_TEST(a_version_2_trap_comes_as_it_is)
{
    struct received got;
    HSNMP_VBL vbl;

    begin_with_all(_i);
    emit(V2C_COLD_START);
    ck_assert_int_eq(events_wait(&events, 1).lparam, 99);
    got = expect_trap(session, SNMP_PDU_TRAP);
    ck_assert_int_eq(id_of(got.pdu), 99);
    vbl = vbl_of(got.pdu, 2);
    ck_assert_uint_eq(
        value_of(vbl, 1, &uptime, SNMP_SYNTAX_TIMETICKS).value.uNumber, 100);
    expect_oid_at(vbl, 2, &trap_oid, &cold);
    received_free(&got);
    ck_assert_uint_eq(peer_count(peer), 0); /* traps are not answered */
}
END_TEST

/* ---- informs ------------------------------------------------------------ */

START_TEST(an_inform_is_answered_once)
{
    struct received got;
    struct bytes answer = bytes_from_hex(V2C_INFORM);
    HSNMP_SESSION other;

    begin_with_all(_i);
    other = SnmpCreateSession(NULL, 0, events_callback, &events);
    wish(other, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    emit(V2C_INFORM);
    (void)events_wait(&events, 2);
    got = expect_trap(session, SNMP_PDU_INFORM);
    ck_assert_int_eq(id_of(got.pdu), 99);
    received_free(&got);
    got = expect_trap(other, SNMP_PDU_INFORM);
    ck_assert(peer_wait(peer, 1));
    answer.at[13] = 0xa2;
    ck_assert_uint_eq(peer_record(peer, 0)->len, answer.len);
    ck_assert_mem_eq(peer_record(peer, 0)->bytes, answer.at, answer.len);
    bytes_free(&answer);
    ck_assert_uint_eq(stats_now().informsAnswered, 1);
    /* the program may answer too: the source is where the inform came from */
    ck_assert_uint_eq(send_pdu(other, SNMP_PDU_RESPONSE, 99, got.dst, got.src),
                      SNMPAPI_SUCCESS);
    ck_assert(peer_wait(peer, 2));
    received_free(&got);
}
END_TEST

START_TEST(an_inform_that_nobody_wants_is_not_answered)
{
    begin(_i);
    wish(session, NULL, NULL, NULL, &specific, SNMPAPI_ON);
    emit(V2C_INFORM);
    emit(V1_ENTERPRISE);
    (void)events_wait(&events, 1);
    received_free(&(struct received){receive().src, NULL, new_context(),
                                     new_pdu(0, NULL), 0});
    ck_assert_uint_eq(peer_count(peer), 0);
    ck_assert_uint_eq(stats_now().trapsUnclaimed, 1);
    ck_assert_uint_eq(stats_now().trapsIn, 2);
    ck_assert_uint_eq(stats_now().informsAnswered, 0);
}
END_TEST

/* ---- filters ------------------------------------------------------------ */

START_TEST(each_session_gets_its_own_copy)
{
    HSNMP_SESSION other;
    struct received one;
    struct received two;

    begin_with_all(_i);
    other = SnmpCreateSession(NULL, 0, events_callback, &events);
    wish(other, NULL, NULL, NULL, &cold, SNMPAPI_ON);
    wish(other, NULL, NULL, NULL, &trap_oid, SNMPAPI_ON);
    emit(V1_COLD_START);
    (void)events_wait(&events, 2);
    one = expect_trap(session, SNMP_PDU_TRAP);
    two = expect_trap(other, SNMP_PDU_TRAP);
    ck_assert_ptr_ne(one.src, two.src);
    ck_assert_ptr_ne(one.context, two.context);
    expect_nothing(session);
    expect_nothing(other);
    received_free(&one);
    received_free(&two);
}
END_TEST

/* A registration that names handles has them delivered. */
START_TEST(the_handles_of_a_registration_come_back)
{
    struct received got;

    begin(_i);
    wish(session, manager, agent, context, &cold, SNMPAPI_ON);
    emit(V2C_COLD_START);
    (void)events_wait(&events, 1);
    got = receive();
    ck_assert_ptr_eq(got.src, agent);
    ck_assert_ptr_eq(got.dst, manager);
    ck_assert_ptr_eq(got.context, context);
    received_free(&got);
    ck_assert_uint_eq(SnmpFreeEntity(agent), SNMPAPI_SUCCESS);
}
END_TEST

/* A handle that cannot come back is replaced by one of the receiver's. */
START_TEST(a_registration_outlives_the_owner_of_its_entity)
{
    HSNMP_SESSION owner;
    HSNMP_ENTITY theirs;
    struct received got;

    begin(_i);
    owner = open_session();
    theirs = SnmpStrToEntity(owner, "127.0.0.1");
    wish(session, NULL, theirs, NULL, NULL, SNMPAPI_ON);
    ck_assert_uint_eq(SnmpClose(owner), SNMPAPI_SUCCESS);
    emit(V2C_COLD_START);
    (void)events_wait(&events, 1);
    got = expect_trap(session, SNMP_PDU_TRAP);
    ck_assert_ptr_ne(got.src, theirs);
    received_free(&got);
}
END_TEST

START_TEST(senders_and_communities_are_told_apart)
{
    struct peer *elsewhere;

    begin(_i);
    elsewhere = peer_new("127.0.0.2");
    wish(session, NULL, agent, context, NULL, SNMPAPI_ON);
    emit_from(elsewhere, V2C_COLD_START);
    emit(V2C_SECRET);
    emit(V1_ENTERPRISE);
    (void)events_wait(&events, 1);
    ck_assert(stat_reaches(STAT(trapsUnclaimed), 2));
    received_free(&(struct received){receive().src, NULL, new_context(),
                                     new_pdu(0, NULL), 0});
    expect_nothing(session);
    peer_free(elsewhere);
}
END_TEST

/* ---- what is not wanted ------------------------------------------------- */

static const struct {
    const char *hex;
    size_t counter;
} noise[] = {
    /* a response, and a request */
    {"30 26 02 01 00 04 06 70 75 62 6c 69 63 a2 19 02 01 01 02 01 00 02 01 "
     "00 30 0e 30 0c 06 08 2b 06 01 02 01 01 01 00 05 00",
     STAT(dropWrongPduType)},
    {"30 26 02 01 00 04 06 70 75 62 6c 69 63 a0 19 02 01 01 02 01 00 02 01 "
     "00 30 0e 30 0c 06 08 2b 06 01 02 01 01 01 00 05 00",
     STAT(dropWrongPduType)},
    {"30 03 02 01 07", STAT(inBadVersions)},
    {"30 80", STAT(dropMalformed)},
    {"", STAT(dropMalformed)},
    {"30 03 02 01", STAT(inAsnParseErrs)},
    /* generic-trap 7 */
    {"30 30 02 01 00 04 06 70 75 62 6c 69 63 a4 23 06 0c 2b 06 01 04 01 82 "
     "37 01 01 03 01 01 40 04 c0 00 02 01 02 01 07 02 01 00 43 05 00 ff ff "
     "ff ff 30 00",
     STAT(dropMalformed)},
};

static uint64_t bad_datagrams(void)
{
    SNMPPOSIX_STATS stats = stats_now();

    return stats.dropWrongPduType + stats.inBadVersions + stats.inAsnParseErrs +
           stats.dropMalformed;
}

START_TEST(noise_is_dropped_and_counted)
{
    begin_with_all(MODE_OWN_THREAD);
    emit(noise[_i].hex);
    emit(V2C_COLD_START);
    ck_assert_int_eq(events_wait(&events, 1).lparam, 99);
    ck_assert_uint_eq(bad_datagrams(), 1);
    ck_assert(stat_reaches(noise[_i].counter, 1));
    ck_assert_uint_eq(peer_count(peer), 0);
}
END_TEST

static void forget_environment(void)
{
    unsetenv("WINSNMP_TRAP_QUEUE_MAX");
}

START_TEST(a_session_that_does_not_fetch_keeps_a_bounded_number)
{
    setenv("WINSNMP_TRAP_QUEUE_MAX", "10", 1);
    begin_with_all(_i);
    for (int i = 0; i < 10; i++)
        emit(V2C_COLD_START);
    (void)events_wait(&events, 10);
    for (int i = 0; i < 20; i++)
        emit(V2C_COLD_START);
    ck_assert(stat_reaches(STAT(dropQueueFull), 20));
    ck_assert_uint_eq(stats_now().trapsDelivered, 10);
    send_get(1); /* responses are not bounded */
    ck_assert_int_eq(events_wait(&events, 11).lparam, 1);
}
END_TEST

/* ---- the port ----------------------------------------------------------- */

static atomic_uint n_binds;

/* The second is that for IPv6. */
static int refuse_the_second_bind(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    return call == WSN_UDP_CALL_BIND && atomic_fetch_add(&n_binds, 1) == 1
               ? EADDRINUSE
               : 0;
}

/* A trap from an IPv6 address arrives, whatever went wrong at first. */
static void hear_by_ipv6(int mode, const struct wsn_udp_faults *faults)
{
    struct bytes bytes = bytes_from_hex(V2C_COLD_START);
    struct peer *sender = peer_new("::1");

    begin(mode);
    wsn_udp_set_faults(faults);
    wish(session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    wsn_udp_set_faults(NULL);
    peer_send(sender, "::1", (uint16_t)trap_port, bytes.at, bytes.len);
    (void)events_wait(&events, 1);
    bytes_free(&bytes);
    peer_free(sender);
}

START_TEST(a_port_that_somebody_has_for_ipv6_is_not_chosen)
{
    static const struct wsn_udp_faults clash = {refuse_the_second_bind, NULL};

    atomic_store(&n_binds, 0);
    hear_by_ipv6(_i, &clash);
    ck_assert_uint_eq(atomic_load(&n_binds), 4);
}
END_TEST

static atomic_uint n_sockets;

static int refuse_the_first_socket(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    return call == WSN_UDP_CALL_SOCKET && atomic_fetch_add(&n_sockets, 1) == 0
               ? EAFNOSUPPORT
               : 0;
}

START_TEST(a_host_of_ipv6_alone_receives)
{
    static const struct wsn_udp_faults no_ipv4 = {refuse_the_first_socket,
                                                  NULL};

    atomic_store(&n_sockets, 0);
    hear_by_ipv6(_i, &no_ipv4);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *contents = scene_case(suite, "contents");
    TCase *filters = scene_case(suite, "filters");
    TCase *port = scene_case(suite, "port");

    tcase_add_checked_fixture(filters, NULL, forget_environment);
#define EACH(tcase, test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(contents, a_version_1_trap_has_the_enterprise_last);
    EACH(contents, a_version_1_trap_keeps_its_own_variables);
    EACH(contents, a_version_2_trap_comes_as_it_is);
    EACH(contents, an_inform_is_answered_once);
    EACH(contents, an_inform_that_nobody_wants_is_not_answered);
    EACH(filters, each_session_gets_its_own_copy);
    EACH(filters, the_handles_of_a_registration_come_back);
    EACH(filters, a_registration_outlives_the_owner_of_its_entity);
    EACH(filters, senders_and_communities_are_told_apart);
    tcase_add_loop_test(filters, noise_is_dropped_and_counted, 0, N(noise));
    EACH(filters, a_session_that_does_not_fetch_keeps_a_bounded_number);
    EACH(port, a_port_that_somebody_has_for_ipv6_is_not_chosen);
    EACH(port, a_host_of_ipv6_alone_receives);
}

SUITE_MAIN("api/register", fill)
