/*
 * check_conf_process.c - the local database belongs to a process: two of them
 * with different files mean different agents by the same name.  And one
 * process talks both versions at once.
 *
 * The agents are sockets of the test that look at what arrives; community
 * and version are where they stand in any short message.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"
#include "winsnmp.h"

#define PATIENCE_MS 20000

/* ---- agents -----------------------------------------------------------------
 */

static int open_agent(unsigned *ret_port)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    socklen_t len = sizeof name;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    ck_assert_int_ge(fd, 0);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&name, sizeof name), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&name, &len), 0);
    *ret_port = ntohs(name.sin_port);
    return fd;
}

/* 30 len 02 01 VERSION 04 len COMMUNITY ... */
static void expect(int agent, int version, const char *community)
{
    struct pollfd ready = {.fd = agent, .events = POLLIN};
    unsigned char bytes[512];
    ssize_t n;

    ck_assert_int_eq(poll(&ready, 1, PATIENCE_MS), 1);
    n = recv(agent, bytes, sizeof bytes, 0);
    ck_assert_int_gt(n, (ssize_t)(7 + strlen(community)));
    ck_assert_int_eq(bytes[4], version);
    ck_assert_uint_eq(bytes[6], strlen(community));
    ck_assert_mem_eq(bytes + 7, community, strlen(community));
}

/* ---- a manager in a process of its own
 * ---------------------------------------- */

static SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION session, HWND window,
                                        UINT message, WPARAM w, LPARAM l,
                                        LPVOID data)
{
    (void)session;
    (void)window;
    (void)message;
    (void)w;
    (void)l;
    (void)data;
    return SNMPAPI_SUCCESS;
}

static bool ask(HSNMP_SESSION session, const char *agent, char *community)
{
    smiOCTETS octets = {(smiUINT32)strlen(community), (smiLPBYTE)community};
    HSNMP_ENTITY entity = SnmpStrToEntity(session, agent);
    HSNMP_CONTEXT context = SnmpStrToContext(session, &octets);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, NULL);

    return SnmpSendMsg(session, NULL, entity, context, pdu) == SNMPAPI_SUCCESS;
}

static bool be_manager(const char *conf)
{
    char domain[] = "lab";
    HSNMP_SESSION session;

    setenv("WINSNMP_CONF", conf, 1);
    if (!SnmpStartup(NULL, NULL, NULL, NULL, NULL))
        return false;
    session = SnmpCreateSession(NULL, 0, on_event, NULL);
    return ask(session, "agent", domain) && SnmpCleanup() == SNMPAPI_SUCCESS;
}

static pid_t start_manager(const char *conf)
{
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(be_manager(conf) ? 0 : 1);
    return child;
}

static void expect_success(pid_t child)
{
    int status = 0;

    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void write_conf(char *path, unsigned port, const char *version,
                       const char *community)
{
    int fd = mkstemp(path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_gt(dprintf(fd,
                             "[library]\ntranslate_mode = translated\n"
                             "[entity agent]\naddress = 127.0.0.1\n"
                             "port = %u\nversion = %s\nretries = 0\n"
                             "[context lab]\ncommunity = %s\n",
                             port, version, community),
                     0);
    close(fd);
}

START_TEST(each_process_has_its_own_names)
{
    char first[] = "/tmp/winsnmp-first-XXXXXX";
    char second[] = "/tmp/winsnmp-second-XXXXXX";
    unsigned ports[2];
    int agents[2] = {open_agent(&ports[0]), open_agent(&ports[1])};
    pid_t managers[2];

    write_conf(first, ports[0], "1", "alpha");
    write_conf(second, ports[1], "2c", "beta");
    managers[0] = start_manager(first);
    managers[1] = start_manager(second);
    expect(agents[0], 0, "alpha");
    expect(agents[1], 1, "beta");
    expect_success(managers[0]);
    expect_success(managers[1]);
    unlink(first);
    unlink(second);
}
END_TEST

/* ---- one process, both versions
 * -------------------------------------------------- */

static HSNMP_ENTITY entity_of(HSNMP_SESSION session, smiUINT32 mode,
                              unsigned port)
{
    HSNMP_ENTITY entity;

    ck_assert(SnmpSetTranslateMode(mode));
    entity = SnmpStrToEntity(session, "127.0.0.1");
    ck_assert(SnmpSetPort(entity, port) && SnmpSetRetry(entity, 0));
    return entity;
}

START_TEST(one_process_talks_both_versions)
{
    smiBYTE octets[] = {'p', 'u', 'b'};
    smiOCTETS community = {sizeof octets, octets};
    unsigned port;
    int agent = open_agent(&port);
    HSNMP_ENTITY v1;
    HSNMP_ENTITY v2;
    HSNMP_SESSION session;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;

    setenv("WINSNMP_CONF", "/dev/null", 1);
    ck_assert(SnmpStartup(NULL, NULL, NULL, NULL, NULL));
    session = SnmpCreateSession(NULL, 0, on_event, NULL);
    v1 = entity_of(session, SNMPAPI_UNTRANSLATED_V1, port);
    v2 = entity_of(session, SNMPAPI_UNTRANSLATED_V2, port);
    context = SnmpStrToContext(session, &community);
    pdu = SnmpCreatePdu(session, SNMP_PDU_GETNEXT, 0, 0, 0, NULL);
    for (int i = 0; i < 3; i++) {
        ck_assert(SnmpSendMsg(session, NULL, v1, context, pdu));
        expect(agent, 0, "pub");
        ck_assert(SnmpSendMsg(session, NULL, v2, context, pdu));
        expect(agent, 1, "pub");
    }
    ck_assert(SnmpCleanup());
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("processes");

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, each_process_has_its_own_names);
    tcase_add_test(tcase, one_process_talks_both_versions);
}

SUITE_MAIN("core/conf", fill)
