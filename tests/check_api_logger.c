/*
 * check_api_logger.c - SnmpPosixSetLogger, datagrams in the log, and that no
 * community ever gets there.
 */
#include <errno.h>
#include <stdio.h>

#include "net/udp.h"
#include "support/scene.h"

#define SECRET "hidden-Word"
#define HEX " 68 69 64 64 65 6e 2d 57 6f 72 64"
#define MASKED " ** ** ** ** ** ** ** ** ** ** **"

/* ---- what was logged ---------------------------------------------------- */

static struct book {
    struct waiting waiting;
    size_t lines;
    size_t used;
    char text[1 << 20];
} book;

static void SNMPAPI_CALL note(int level, const char *line, void *data)
{
    struct book *into = data;
    size_t len = strlen(line);

    ck_assert_int_ge(level, SNMPPOSIX_LOG_ERROR);
    ck_assert_int_le(level, SNMPPOSIX_LOG_PACKETS);
    waiting_lock(&into->waiting);
    if (into->used + len + 2 < sizeof into->text) {
        memcpy(into->text + into->used, line, len);
        into->used += len;
        into->text[into->used++] = '\n';
        into->text[into->used] = '\0';
    }
    into->lines++;
    waiting_tell(&into->waiting);
    waiting_unlock(&into->waiting);
}

static void open_book(void)
{
    memset(&book, 0, sizeof book);
    waiting_init(&book.waiting);
    ck_assert_uint_eq(SnmpPosixSetLogger(note, &book), SNMPAPI_SUCCESS);
}

/* Nobody writes to it after this. */
static void close_book(void)
{
    ck_assert_uint_eq(SnmpPosixSetLogger(NULL, NULL), SNMPAPI_SUCCESS);
}

static void assert_has(const char *text)
{
    ck_assert_msg(strstr(book.text, text) != NULL, "\"%s\" is not in:\n%s",
                  text, book.text);
}

static void assert_has_not(const char *text)
{
    ck_assert_msg(strstr(book.text, text) == NULL, "\"%s\" is in:\n%s", text,
                  book.text);
}

/* ---- a life with a secret ----------------------------------------------- */

static HSNMP_CONTEXT secret_context(void)
{
    smiBYTE name[] = SECRET;
    smiOCTETS octets = {sizeof SECRET - 1, name};
    HSNMP_CONTEXT made = SnmpStrToContext(session, &octets);

    ck_assert_ptr_nonnull(made);
    return made;
}

static void begin_secretly(int mode, const char *level, const char *secrets)
{
    setenv("WINSNMP_LOG", level, 1);
    setenv("WINSNMP_LOG_SECRETS", secrets, 1);
    open_book();
    scene_begin(mode);
    context = secret_context();
}

/* A broken message with the community in it, to the trap port. */
static void send_noise(UINT port)
{
    peer_send(peer, "127.0.0.1", (uint16_t)port, "0\x20\x02\x01\x01\x04\x0b"
                                                 SECRET,
              18);
    ck_assert(stat_reaches(STAT(inAsnParseErrs), 1));
}

static void notify_ourselves(smiINT type, smiINT32 id, UINT port)
{
    HSNMP_ENTITY self = new_entity("127.0.0.1");
    smiUINT32 up_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    smiUINT32 trap_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
    smiUINT32 cold_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1};
    smiUINT32 community_ids[] = {1, 3, 6, 1, 6, 3, 18, 1, 4, 0};
    smiBYTE secret[] = SECRET;
    smiOID up = {9, up_ids}, trap = {11, trap_ids};
    smiOID community = {10, community_ids};
    smiVALUE value = {SNMP_SYNTAX_TIMETICKS, {0}};
    HSNMP_VBL vbl = SnmpCreateVbl(session, &up, &value);
    HSNMP_PDU pdu;

    value.syntax = SNMP_SYNTAX_OID;
    value.value.oid.len = 10;
    value.value.oid.ptr = cold_ids;
    ck_assert_uint_ne(SnmpSetVb(vbl, 0, &trap, &value), SNMPAPI_FAILURE);
    value.syntax = SNMP_SYNTAX_OCTETS;
    value.value.string.len = sizeof SECRET - 1;
    value.value.string.ptr = secret;
    ck_assert_uint_ne(SnmpSetVb(vbl, 0, &community, &value), SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpSetPort(self, port), SNMPAPI_SUCCESS);
    pdu = SnmpCreatePdu(session, type, id, 0, 0, vbl);
    ck_assert_uint_eq(SnmpSendMsg(session, NULL, self, context, pdu),
                      SNMPAPI_SUCCESS);
}

/* A response, a repetition, a time-out, a trap, an inform, noise. */
static void live(void)
{
    UINT port = 0;

    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    send_get(11);
    (void)events_wait(&events, 1);
    set_policy(agent, 1, 1);
    peer_script(peer, PEER_DROP, 2);
    send_get(12);
    (void)events_wait(&events, 2);
    notify_ourselves(SNMP_PDU_TRAP, 13, port);
    (void)events_wait(&events, 3);
    notify_ourselves(SNMP_PDU_INFORM, 14, port);
    (void)events_wait(&events, 5);
    send_noise(port);
}

static const char *const levels[] = {"none", "error", "warning",
                                     "info", "debug", "packets"};

START_TEST(no_level_shows_a_community)
{
    const char *level = levels[_i / N_MODES];

    begin_secretly(_i % N_MODES, level, "no");
    live();
    close_book();
    assert_has_not(SECRET);
    assert_has_not("68 69 64");
    if (strcmp(level, "packets") == 0)
        assert_has(MASKED);
    else
        ck_assert_uint_eq(book.lines, 0);
}
END_TEST

/* Where each goes when no port was chosen, and when one was. */
static const struct {
    smiINT type;
    UINT chosen;
    UINT port;
} ports[] = {{SNMP_PDU_GET, 0, 161},      {SNMP_PDU_GETNEXT, 0, 161},
             {SNMP_PDU_GETBULK, 0, 161},  {SNMP_PDU_SET, 0, 161},
             {SNMP_PDU_RESPONSE, 0, 161}, {SNMP_PDU_TRAP, 0, 162},
             {SNMP_PDU_INFORM, 0, 162},   {SNMP_PDU_TRAP, 161, 161},
             {SNMP_PDU_INFORM, 161, 161}, {SNMP_PDU_GET, 162, 162}};

static int refuse(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    return call == WSN_UDP_CALL_SENDMSG ? EPERM : 0;
}

/* Nothing leaves: somebody may be at these ports. */
START_TEST(each_kind_has_its_port)
{
    static const struct wsn_udp_faults faults = {refuse, NULL};
    HSNMP_ENTITY dst;
    HSNMP_VBL vbl;
    char to[64];

    begin_secretly(MODE_OWN_THREAD, "packets", "no");
    dst = new_entity("127.0.0.1");
    if (ports[_i].chosen != 0)
        ck_assert_uint_eq(SnmpSetPort(dst, ports[_i].chosen), SNMPAPI_SUCCESS);
    vbl = new_vbl();
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &sysdescr, NULL), 2);
    wsn_udp_set_faults(&faults);
    ASSERT_FAILS(SnmpSendMsg(session, NULL, dst, context,
                             new_pdu(ports[_i].type, vbl)),
                 SNMPAPI_TL_OTHER);
    wsn_udp_set_faults(NULL);
    close_book();
    snprintf(to, sizeof to, "to 127.0.0.1 port %u, ", ports[_i].port);
    assert_has(to);
}
END_TEST

START_TEST(datagrams_are_shown_on_request)
{
    char to[64];

    begin_secretly(_i, "packets", "no");
    live();
    close_book();
    snprintf(to, sizeof to, "to 127.0.0.1 port %u, 45 octets, ",
             (unsigned)peer_port(peer));
    assert_has(to);
    snprintf(to, sizeof to, "from 127.0.0.1 port %u, 45 octets, ",
             (unsigned)peer_port(peer));
    assert_has(to);
    assert_has("SNMPv2c GetRequest, request id 11: 30 2b 02 01 01 04 0b" MASKED
               " a0 19 02 01 0b 02 01 00");
    assert_has("SNMPv2c Response, request id 11: ");
    assert_has("SNMPv2c SNMPv2-Trap, request id 13: ");
    assert_has("SNMPv2c InformRequest, request id 14: ");
    assert_has("SNMPv2c Response, request id 14: ");
    assert_has("18 octets, no SNMP message\n");
}
END_TEST

static const struct {
    smiINT type;
    const char *name;
} types[] = {{SNMP_PDU_GET, "GetRequest"},
             {SNMP_PDU_GETNEXT, "GetNextRequest"},
             {SNMP_PDU_SET, "SetRequest"},
             {SNMP_PDU_GETBULK, "GetBulkRequest"}};

START_TEST(each_type_has_its_name)
{
    char shown[64];

    begin_secretly(MODE_OWN_THREAD, "packets", "no");
    set_policy(agent, 3000, 0);
    ck_assert_uint_eq(send_pdu(session, types[_i].type, 21, NULL, agent),
                      SNMPAPI_SUCCESS);
    (void)events_wait(&events, 1);
    close_book();
    snprintf(shown, sizeof shown, "SNMPv2c %s, request id 21: ",
             types[_i].name);
    assert_has(shown);
}
END_TEST

START_TEST(a_trap_of_version_1_has_its_name)
{
    static const unsigned char cold_start[] =
        "\x30\x29\x02\x01\x00\x04\x06public\xa4\x1c\x06\x05\x2b\x06\x01\x04"
        "\x01\x40\x04\x7f\x00\x00\x01\x02\x01\x00\x02\x01\x00\x43\x05\x00"
        "\xff\xff\xff\xff\x30\x00";
    UINT port = 0;

    begin_secretly(MODE_OWN_THREAD, "packets", "no");
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    peer_send(peer, "127.0.0.1", (uint16_t)port, cold_start,
              sizeof cold_start - 1);
    (void)events_wait(&events, 1);
    close_book();
    assert_has("SNMPv1 Trap-PDU");
}
END_TEST

/* The repetition is a datagram, too. */
START_TEST(repetitions_are_shown)
{
    const char *found;
    int n = 0;

    begin_secretly(_i, "packets", "no");
    live();
    close_book();
    for (found = book.text;
         (found = strstr(found, "GetRequest, request id 12:")) != NULL; found++)
        n++;
    ck_assert_int_eq(n, 2);
}
END_TEST

START_TEST(secrets_need_a_switch_of_their_own)
{
    begin_secretly(_i, "packets", "yes");
    live();
    close_book();
    assert_has("SNMPv2c GetRequest, request id 11: 30 2b 02 01 01 04 0b" HEX);
    assert_has_not("**");
    assert_has("no SNMP message\n");
}
END_TEST

/* ---- the function ------------------------------------------------------- */

START_TEST(a_logger_needs_no_start_up_and_outlives_one)
{
    setenv("WINSNMP_TIMEOUT", "never", 1);
    open_book();
    (void)wsn_fail(NULL, NO_CODE);
    start();
    stop();
    unsetenv("WINSNMP_TIMEOUT");
    assert_has("WINSNMP_TIMEOUT: not understood, ignored\n");
    ck_assert_uint_eq(book.lines, 1);
    setenv("WINSNMP_RETRIES", "always", 1);
    start();
    stop();
    unsetenv("WINSNMP_RETRIES");
    ck_assert_uint_eq(book.lines, 2);
    close_book();
}
END_TEST

/* It may call the library: no lock of it is held. */
static void SNMPAPI_CALL use_library(int level, const char *line, void *data)
{
    SNMPPOSIX_STATS stats;
    HSNMP_CONTEXT made = secret_context();

    ck_assert_uint_eq(SnmpFreeContext(made), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixGetStats(&stats, sizeof stats), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCancelMsg(session, 99), SNMPAPI_FAILURE);
    note(level, line, data);
}

START_TEST(a_logger_may_call_the_library)
{
    begin_secretly(_i, "packets", "no");
    ck_assert_uint_eq(SnmpPosixSetLogger(use_library, &book), SNMPAPI_SUCCESS);
    live();
    close_book();
    assert_has("GetRequest, request id 11");
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "logger");

    tcase_add_loop_test(tcase, no_level_shows_a_community, 0,
                        N(levels) * N_MODES);
#define EACH(test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(datagrams_are_shown_on_request);
    tcase_add_loop_test(tcase, each_type_has_its_name, 0, N(types));
    tcase_add_loop_test(tcase, each_kind_has_its_port, 0, N(ports));
    tcase_add_test(tcase, a_trap_of_version_1_has_its_name);
    EACH(repetitions_are_shown);
    EACH(secrets_need_a_switch_of_their_own);
    EACH(a_logger_may_call_the_library);
    tcase_add_test(stopped_case(suite),
                   a_logger_needs_no_start_up_and_outlives_one);
}

SUITE_MAIN("api/logger", fill)
