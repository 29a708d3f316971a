/*
 * check_mgmttrap.c - mgmtapi.h: traps, in the terms of SNMPv1.
 */
#include <stdlib.h>
#include <string.h>

#include "mgmtapi.h"
#include "support/bytes.h"
#include "support/peer.h"
#include "support/scarce.h"
#include "support/suite.h"
#include "support/waiting.h"
#include "winbase.h"
#include "winsnmp.h"
#include "winsnmp_posix.h"

static struct peer *peer;
static HANDLE available;
static UINT port;

/* ---- a process that receives ---------------------------------------- */

static void set_up(void)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
    setenv("WINSNMP_TRAP_PORT", "0", 1);
}

static void tear_down(void)
{
    allow_all();
    ck_assert(SnmpMgrClose(NULL));
    if (peer != NULL)
        peer_free(peer);
    peer = NULL;
}

static void begin_at(const char *address)
{
    peer = peer_new(address);
    ck_assert(SnmpMgrTrapListen(&available));
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(WaitForSingleObject(available, 0), WAIT_TIMEOUT);
}

static void begin(void)
{
    begin_at("127.0.0.1");
}

static void send_to(const char *address, const char *hex)
{
    struct bytes bytes = bytes_from_hex(hex);

    peer_send(peer, address, (uint16_t)port, bytes.at, bytes.len);
    bytes_free(&bytes);
}

static void send_hex(const char *hex)
{
    send_to("127.0.0.1", hex);
}

/* As the documentation wants it: wait, reset, then take. */
static void wait_for_one(void)
{
    ck_assert_uint_eq(WaitForSingleObject(available, PATIENCE_MS),
                      WAIT_OBJECT_0);
    ck_assert(ResetEvent(available));
}

static void expect_none(DWORD code)
{
    AsnInteger32 generic = 77;

    SetLastError(0);
    ck_assert(!SnmpMgrGetTrap(NULL, NULL, &generic, NULL, NULL, NULL));
    ck_assert_uint_eq(GetLastError(), code);
    ck_assert_int_eq(generic, 77);
}

/* ---- what comes ------------------------------------------------------- */

/* Each from 127.0.0.1, with the community "public", the time 4200 and, if
 * there are variables, "here" in sysLocation.0. */
static const struct {
    const char *name;
    const char *hex;
    const char *enterprise;
    BYTE agent[4];
    AsnInteger32 generic;
    AsnInteger32 specific;
    UINT n;
} traps[] = {
    {"an SNMPv1 trap of an enterprise",
     "30 3c 02 01 00 04 06 70 75 62 6c 69 63 a4 2f 06 09 2b 06 01 "
     "04 01 bf 08 ce 0f 40 04 c0 00 02 07 02 01 06 02 01 07 43 02 "
     "10 68 30 12 30 10 06 08 2b 06 01 02 01 01 06 00 04 04 68 65 "
     "72 65",
     "1.3.6.1.4.1.8072.9999",
     {192, 0, 2, 7},
     6,
     7,
     1},
    {"an SNMPv1 coldStart without variables",
     "30 2a 02 01 00 04 06 70 75 62 6c 69 63 a4 1d 06 09 2b 06 01 "
     "04 01 bf 08 ce 0f 40 04 c0 00 02 07 02 01 00 02 01 00 43 02 "
     "10 68 30 00",
     "1.3.6.1.4.1.8072.9999",
     {192, 0, 2, 7},
     0,
     0,
     0},
    {"the greatest specific trap, no address",
     "30 3f 02 01 00 04 06 70 75 62 6c 69 63 a4 32 06 09 2b 06 01 "
     "04 01 bf 08 ce 0f 40 04 00 00 00 00 02 01 06 02 04 7f ff ff "
     "ff 43 02 10 68 30 12 30 10 06 08 2b 06 01 02 01 01 06 00 04 "
     "04 68 65 72 65",
     "1.3.6.1.4.1.8072.9999",
     {0, 0, 0, 0},
     6,
     2147483647,
     1},
    {"an SNMPv2 linkDown",
     "30 53 02 01 01 04 06 70 75 62 6c 69 63 a7 46 02 01 09 02 01 "
     "00 02 01 00 30 3b 30 0e 06 08 2b 06 01 02 01 01 03 00 43 02 "
     "10 68 30 17 06 0a 2b 06 01 06 03 01 01 04 01 00 06 09 2b 06 "
     "01 06 03 01 01 05 03 30 10 06 08 2b 06 01 02 01 01 06 00 04 "
     "04 68 65 72 65",
     "1.3.6.1.6.3.1.1.5",
     {127, 0, 0, 1},
     2,
     0,
     1},
    {"an SNMPv2 linkUp with its enterprise",
     "30 6c 02 01 01 04 06 70 75 62 6c 69 63 a7 5f 02 01 09 02 01 "
     "00 02 01 00 30 54 30 0e 06 08 2b 06 01 02 01 01 03 00 43 02 "
     "10 68 30 17 06 0a 2b 06 01 06 03 01 01 04 01 00 06 09 2b 06 "
     "01 06 03 01 01 05 04 30 10 06 08 2b 06 01 02 01 01 06 00 04 "
     "04 68 65 72 65 30 17 06 0a 2b 06 01 06 03 01 01 04 03 00 06 "
     "09 2b 06 01 04 01 bf 08 ce 0f",
     "1.3.6.1.4.1.8072.9999",
     {127, 0, 0, 1},
     3,
     0,
     1},
    {"an SNMPv2 trap of an enterprise",
     "30 55 02 01 01 04 06 70 75 62 6c 69 63 a7 48 02 01 09 02 01 "
     "00 02 01 00 30 3d 30 0e 06 08 2b 06 01 02 01 01 03 00 43 02 "
     "10 68 30 19 06 0a 2b 06 01 06 03 01 01 04 01 00 06 0b 2b 06 "
     "01 04 01 bf 08 ce 0f 00 07 30 10 06 08 2b 06 01 02 01 01 06 "
     "00 04 04 68 65 72 65",
     "1.3.6.1.4.1.8072.9999",
     {127, 0, 0, 1},
     6,
     7,
     1},
    {"the same without the zero, with an address",
     "30 67 02 01 01 04 06 70 75 62 6c 69 63 a7 5a 02 01 09 02 01 "
     "00 02 01 00 30 4f 30 0e 06 08 2b 06 01 02 01 01 03 00 43 02 "
     "10 68 30 18 06 0a 2b 06 01 06 03 01 01 04 01 00 06 0a 2b 06 "
     "01 04 01 bf 08 ce 0f 07 30 11 06 09 2b 06 01 06 03 12 01 03 "
     "00 40 04 c0 00 02 09 30 10 06 08 2b 06 01 02 01 01 06 00 04 "
     "04 68 65 72 65",
     "1.3.6.1.4.1.8072.9999",
     {192, 0, 2, 9},
     6,
     7,
     1},
    {"an inform",
     "30 55 02 01 01 04 06 70 75 62 6c 69 63 a6 48 02 01 09 02 01 "
     "00 02 01 00 30 3d 30 0e 06 08 2b 06 01 02 01 01 03 00 43 02 "
     "10 68 30 19 06 0a 2b 06 01 06 03 01 01 04 01 00 06 0b 2b 06 "
     "01 04 01 bf 08 ce 0f 00 07 30 10 06 08 2b 06 01 02 01 01 06 "
     "00 04 04 68 65 72 65",
     "1.3.6.1.4.1.8072.9999",
     {127, 0, 0, 1},
     6,
     7,
     1},
};

static const char not_a_trap[] =
    "30 2a 02 01 01 04 06 70 75 62 6c 69 63 a7 1d 02 01 09 02 01 "
    "00 02 01 00 30 12 30 10 06 08 2b 06 01 02 01 01 06 00 04 04 "
    "68 65 72 65";

/* An SNMPv2 linkDown with sysLocation.0 = Counter64 0x0102030405. */
static const char with_counter64[] =
    "30 54 02 01 01 04 06 70 75 62 6c 69 63 a7 47 02 01 09 02 01 "
    "00 02 01 00 30 3c 30 0e 06 08 2b 06 01 02 01 01 03 00 43 02 "
    "10 68 30 17 06 0a 2b 06 01 06 03 01 01 04 01 00 06 09 2b 06 "
    "01 06 03 01 01 05 03 30 11 06 08 2b 06 01 02 01 01 06 00 46 "
    "05 01 02 03 04 05";

static void expect_here(const SnmpVarBindList *list, UINT n)
{
    ck_assert_uint_eq(list->len, n);
    if (n == 0)
        return;
    ck_assert_str_eq(SnmpUtilOidToA(&list->list[0].name), "1.3.6.1.2.1.1.6.0");
    ck_assert_int_eq(list->list[0].value.asnType, ASN_OCTETSTRING);
    ck_assert_str_eq((const char *)list->list[0].value.asnValue.string.stream,
                     "here");
}

static void expect_octets(AsnOctetString *octets, const void *bytes, UINT len)
{
    ck_assert_uint_eq(octets->length, len);
    ck_assert_mem_eq(octets->stream, bytes, len);
    ck_assert(octets->dynamic);
    SnmpUtilOctetsFree(octets);
}

START_TEST(all_of_a_trap)
{
    static const BYTE loopback[] = {127, 0, 0, 1};
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent, source;
    AsnInteger32 generic, specific;
    AsnOctetString community;
    AsnTimeticks time_stamp;
    SnmpVarBindList list;

    begin();
    send_hex(traps[_i].hex);
    wait_for_one();
    ck_assert_msg(SnmpMgrGetTrapEx(&enterprise, &agent, &source, &generic,
                                   &specific, &community, &time_stamp, &list),
                  "%s: %u", traps[_i].name, GetLastError());
    ck_assert_str_eq(SnmpUtilOidToA(&enterprise), traps[_i].enterprise);
    SnmpUtilOidFree(&enterprise);
    expect_octets(&agent, traps[_i].agent, 4);
    expect_octets(&source, loopback, 4);
    ck_assert_int_eq(generic, traps[_i].generic);
    ck_assert_int_eq(specific, traps[_i].specific);
    expect_octets(&community, "public", 6);
    ck_assert_uint_eq(time_stamp, 4200);
    expect_here(&list, traps[_i].n);
    SnmpUtilVarBindListFree(&list);
    expect_none(SNMP_MGMTAPI_NOTRAPS);
}
END_TEST

START_TEST(the_short_form)
{
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent;
    AsnInteger32 generic, specific;
    AsnTimeticks time_stamp;
    SnmpVarBindList list;

    begin();
    send_hex(traps[0].hex);
    wait_for_one();
    ck_assert(SnmpMgrGetTrap(&enterprise, &agent, &generic, &specific,
                             &time_stamp, &list));
    ck_assert_str_eq(SnmpUtilOidToA(&enterprise), traps[0].enterprise);
    SnmpUtilOidFree(&enterprise);
    expect_octets(&agent, traps[0].agent, 4);
    ck_assert_int_eq(generic, 6);
    ck_assert_int_eq(specific, 7);
    ck_assert_uint_eq(time_stamp, 4200);
    expect_here(&list, 1);
    SnmpUtilVarBindListFree(&list);
}
END_TEST

/* They come in their order; outputs that nobody wants cost nothing. */
START_TEST(one_after_the_other)
{
    AsnInteger32 generic;
    int n = 0;

    begin();
    for (int i = 0; i < N(traps); i++) {
        send_hex(traps[i].hex);
        if (i == 3)
            send_hex(not_a_trap);
    }
    while (n < N(traps)) {
        wait_for_one();
        while (SnmpMgrGetTrap(NULL, NULL, &generic, NULL, NULL, NULL))
            ck_assert_int_eq(generic, traps[n++].generic);
        ck_assert_uint_eq(GetLastError(), SNMP_MGMTAPI_NOTRAPS);
    }
}
END_TEST

/* SNMPv1 has no such value, but a variable binding has room for it. */
START_TEST(a_counter64_arrives)
{
    SnmpVarBindList got;

    begin();
    send_hex(with_counter64);
    wait_for_one();
    ck_assert(SnmpMgrGetTrap(NULL, NULL, NULL, NULL, NULL, &got));
    ck_assert_uint_eq(got.len, 1);
    ck_assert_int_eq(got.list[0].value.asnType, ASN_COUNTER64);
    ck_assert_uint_eq(got.list[0].value.asnValue.counter64.u.HighPart, 1);
    ck_assert_uint_eq(got.list[0].value.asnValue.counter64.u.LowPart,
                      0x02030405);
    SnmpUtilVarBindListFree(&got);
}
END_TEST

START_TEST(a_sender_with_ipv6)
{
    static const BYTE loopback[16] = {[15] = 1};
    static const BYTE unknown[4] = {0};
    AsnNetworkAddress agent, source;

    begin_at("::1");
    send_to("::1", traps[3].hex);
    wait_for_one();
    ck_assert(
        SnmpMgrGetTrapEx(NULL, &agent, &source, NULL, NULL, NULL, NULL, NULL));
    expect_octets(&agent, unknown, 4);
    expect_octets(&source, loopback, 16);
}
END_TEST

/* ---- beginning and ending ----------------------------------------------- */

START_TEST(listening_is_for_one)
{
    HANDLE second = NULL;

    begin();
    ck_assert(!SnmpMgrTrapListen(&second));
    ck_assert_uint_eq(GetLastError(), SNMP_MGMTAPI_TRAP_DUPINIT);
    ck_assert_ptr_null(second);
    ck_assert(SnmpMgrClose(NULL));
    expect_none(SNMP_MGMTAPI_TRAP_ERRORS);
    ck_assert(SnmpMgrTrapListen(&second));
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    available = second;
    send_hex(traps[0].hex);
    wait_for_one();
    ck_assert(SnmpMgrGetTrap(NULL, NULL, NULL, NULL, NULL, NULL));
}
END_TEST

START_TEST(nobody_listens)
{
    smiUINT32 mode;

    expect_none(SNMP_MGMTAPI_TRAP_ERRORS);
    ck_assert(!SnmpMgrTrapListen(NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    begin();
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_SUCCESS);
    ck_assert(SnmpMgrClose(NULL));
    ck_assert(SnmpMgrClose(NULL));
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_FAILURE);
}
END_TEST

/* The port belongs to somebody else. */
START_TEST(the_port_is_taken)
{
    char number[16];
    smiUINT32 mode;

    peer = peer_new("127.0.0.1");
    (void)snprintf(number, sizeof number, "%u", peer_port(peer));
    setenv("WINSNMP_TRAP_PORT", number, 1);
    ck_assert(!SnmpMgrTrapListen(&available));
    ck_assert_uint_eq(GetLastError(), SNMP_MGMTAPI_TRAP_ERRORS);
    ck_assert_uint_eq(SnmpGetTranslateMode(&mode), SNMPAPI_FAILURE);
    set_up();
    ck_assert(SnmpMgrTrapListen(&available));
}
END_TEST

/* A program that listens with WinSNMP as well gets its own copy, without the
 * variables that the other interface has had added for itself. */
START_TEST(beside_a_listener_of_its_own)
{
    struct events *events = calloc(1, sizeof *events);
    HSNMP_SESSION session;
    HSNMP_PDU pdu;
    HSNMP_VBL vbl;

    ck_assert_ptr_nonnull(events);
    events_init(events);
    begin();
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    session = SnmpCreateSession(NULL, 0, events_callback, events);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    send_hex(traps[0].hex);
    wait_for_one();
    (void)events_wait(events, 1);
    ck_assert(SnmpMgrGetTrap(NULL, NULL, NULL, NULL, NULL, NULL));
    ck_assert_uint_eq(SnmpRecvMsg(session, NULL, NULL, NULL, &pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &vbl),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCountVbl(vbl), 4);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    send_hex(traps[1].hex); /* the other one goes on */
    wait_for_one();
    ck_assert(SnmpMgrGetTrap(NULL, NULL, NULL, NULL, NULL, NULL));
    events_fini(events);
    free(events);
}
END_TEST

/* ---- memory that runs out ----------------------------------------------- */

/* However much there is, a trap comes whole or not at all. */
/* Whatever is missing, the next attempt works. */
START_TEST(listening_without_memory)
{
    bool is_done = false;
    long n = 0;

    while (!is_done) {
        allow(n++);
        is_done = SnmpMgrTrapListen(&available);
        allow_all();
        if (!is_done)
            ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
    }
    ck_assert_int_gt(n, 5);
    ck_assert_uint_eq(WaitForSingleObject(available, 0), WAIT_TIMEOUT);
}
END_TEST

START_TEST(a_trap_without_memory)
{
    AsnObjectIdentifier enterprise;
    SnmpVarBindList list;
    bool is_done = false;
    int failures = 0;

    begin();
    for (long n = 0; !is_done; n++) {
        send_hex(traps[0].hex);
        wait_for_one();
        allow(n);
        is_done = SnmpMgrGetTrap(&enterprise, NULL, NULL, NULL, NULL, &list);
        if (!is_done)
            ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
        allow_all();
        failures += !is_done;
        while (!is_done && SnmpMgrGetTrap(NULL, NULL, NULL, NULL, NULL, NULL))
            continue;
    }
    ck_assert_int_gt(failures, 10);
    expect_here(&list, 1);
    SnmpUtilVarBindListFree(&list);
    SnmpUtilOidFree(&enterprise);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("traps");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, all_of_a_trap, 0, N(traps));
    tcase_add_test(tcase, the_short_form);
    tcase_add_test(tcase, one_after_the_other);
    tcase_add_test(tcase, a_counter64_arrives);
    tcase_add_test(tcase, a_sender_with_ipv6);
    tcase_add_test(tcase, listening_is_for_one);
    tcase_add_test(tcase, nobody_listens);
    tcase_add_test(tcase, the_port_is_taken);
    tcase_add_test(tcase, beside_a_listener_of_its_own);
    tcase_add_test(tcase, a_trap_without_memory);
    tcase_add_test(tcase, listening_without_memory);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("mgmt/traps", fill)
