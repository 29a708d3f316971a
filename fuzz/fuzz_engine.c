/*
 * fuzz_engine.c - datagrams to the sockets of a running library: the one that
 * waits for an answer, the trap port and the port of an agent.  Everything
 * stays on the loopback interface and in this thread, whose event loop the
 * library uses.
 *
 * An input is one octet of switches, then records: where to (one octet), a
 * length (two), the datagram.
 */
#include "fuzz.h"

#include <arpa/inet.h>
#include <event2/event.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/handle.h"
#include "core/descriptor.h"
#include "core/object.h"
#include "winsnmp_posix.h"

#define REQUEST_ID 1
#define RECORDS_MAX 16
#define VARIABLES_MAX 64
#define TURNS_MAX 1000

#define MUST(call) FUZZ_CHECK((call) != SNMPAPI_FAILURE)

enum target { TO_MANAGER, TO_TRAPS, TO_AGENT, TO_MANAGER_FROM_OTHER, TARGETS };

static struct event_base *host;
static HSNMP_SESSION session;
static HSNMP_CONTEXT context;
static HSNMP_ENTITY agent;    /* listens */
static HSNMP_ENTITY peers[2]; /* where the peer is: version 1 and 2c */
static int peer;              /* answers requests */
static int other;             /* does not */
static in_port_t ports[TARGETS];
static size_t entities_at_rest;

/* ---- the library -------------------------------------------------------- */

static int socket_of(in_port_t *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    FUZZ_CHECK(fd >= 0);
    FUZZ_CHECK(bind(fd, (struct sockaddr *)&address, len) == 0);
    FUZZ_CHECK(getsockname(fd, (struct sockaddr *)&address, &len) == 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

static HSNMP_ENTITY entity_at(in_port_t port)
{
    HSNMP_ENTITY entity = SnmpStrToEntity(session, "127.0.0.1");

    FUZZ_CHECK(entity != NULL);
    MUST(SnmpSetPort(entity, port));
    return entity;
}

/* The sender of a message may get an answer. */
static void answer(HSNMP_ENTITY to, HSNMP_CONTEXT with, HSNMP_PDU pdu)
{
    smiINT type = SNMP_PDU_RESPONSE;

    MUST(SnmpSetPduData(pdu, &type, NULL, NULL, NULL, NULL));
    (void)SnmpSendMsg(session, agent, to, with, pdu);
}

static void look_at_variables(HSNMP_VBL vbl)
{
    SNMPAPI_STATUS n = SnmpCountVbl(vbl);

    for (smiUINT32 i = 1; i <= n && i <= VARIABLES_MAX; i++) {
        smiOID name;
        smiVALUE value;

        MUST(SnmpGetVb(vbl, i, &name, &value));
        MUST(SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name));
        if (value.syntax == SNMP_SYNTAX_OID)
            MUST(SnmpFreeDescriptor(value.syntax,
                                    (smiLPOPAQUE)&value.value.oid));
        else if (value.syntax == SNMP_SYNTAX_OCTETS ||
                 value.syntax == SNMP_SYNTAX_IPADDR ||
                 value.syntax == SNMP_SYNTAX_NSAPADDR ||
                 value.syntax == SNMP_SYNTAX_OPAQUE)
            MUST(SnmpFreeDescriptor(value.syntax, &value.value.string));
    }
}

static void look_at(HSNMP_PDU pdu)
{
    HSNMP_VBL vbl;
    smiINT type;

    MUST(SnmpGetPduData(pdu, &type, NULL, NULL, NULL, &vbl));
    look_at_variables(vbl);
    MUST(SnmpFreeVbl(vbl));
}

static SNMPAPI_STATUS CALLBACK on_message(HSNMP_SESSION of, HWND window,
                                          UINT message, WPARAM what, LPARAM id,
                                          LPVOID data)
{
    HSNMP_ENTITY src;
    HSNMP_ENTITY dst;
    HSNMP_CONTEXT with;
    HSNMP_PDU pdu;

    (void)window;
    (void)message;
    (void)what;
    (void)id;
    (void)data;
    if (SnmpRecvMsg(of, &src, &dst, &with, &pdu) == SNMPAPI_FAILURE)
        return SNMPAPI_SUCCESS;
    look_at(pdu);
    if (dst == agent)
        answer(src, with, pdu);
    if (src != NULL)
        MUST(SnmpFreeEntity(src));
    if (dst != NULL)
        MUST(SnmpFreeEntity(dst));
    MUST(SnmpFreeContext(with));
    MUST(SnmpFreePdu(pdu));
    return SNMPAPI_SUCCESS;
}

static void listen_somewhere(void)
{
    int fd = socket_of(&ports[TO_AGENT]);

    (void)close(fd);
    agent = entity_at(ports[TO_AGENT]);
    MUST(SnmpListen(agent, SNMPAPI_ON));
}

static void start(void)
{
    smiOCTETS community = {6, (smiLPBYTE)(uintptr_t) "public"};
    in_port_t unused;
    UINT port;

    setenv("WINSNMP_CONF", "/dev/null", 1);
    setenv("WINSNMP_TRAP_PORT", "0", 1);
    host = event_base_new();
    MUST(SnmpStartup(NULL, NULL, NULL, NULL, NULL));
    MUST(SnmpPosixSetEventBase(host));
    MUST(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2));
    session = SnmpCreateSession(NULL, 0, on_message, NULL);
    context = SnmpStrToContext(session, &community);
    peer = socket_of(&unused);
    peers[1] = entity_at(unused);
    MUST(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1));
    peers[0] = entity_at(unused);
    MUST(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2));
    other = socket_of(&unused);
    listen_somewhere();
    MUST(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON));
    MUST(SnmpPosixGetTrapPort(&port));
    ports[TO_TRAPS] = (in_port_t)port;
    entities_at_rest = wsn_handle_count(WSN_ENTITY);
}

/* ---- one input ---------------------------------------------------------- */

/* Sends a request and learns where from. */
static void ask(unsigned version)
{
    static smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
    smiOID name = {9, ids};
    HSNMP_VBL vbl = SnmpCreateVbl(session, &name, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, REQUEST_ID, 0, 0, vbl);
    struct sockaddr_in from;
    socklen_t len = sizeof from;
    char octet;

    MUST(SnmpSendMsg(session, NULL, peers[version], context, pdu));
    MUST(SnmpFreePdu(pdu));
    MUST(SnmpFreeVbl(vbl));
    FUZZ_CHECK(recvfrom(peer, &octet, 1, 0, (struct sockaddr *)&from, &len) ==
               1);
    ports[TO_MANAGER] = ports[TO_MANAGER_FROM_OTHER] = ntohs(from.sin_port);
}

static bool send_record(struct fuzz_input *input)
{
    unsigned target = fuzz_octet(input) % TARGETS;
    size_t len = fuzz_short(input);
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons(ports[target])};
    uint8_t *bytes = fuzz_block(input, len, &len);
    int fd = target == TO_MANAGER_FROM_OTHER ? other : peer;
    bool sent;

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sent = sendto(fd, bytes, len, 0, (struct sockaddr *)&to, sizeof to) >= 0;
    free(bytes);
    return sent;
}

static uint64_t received(void)
{
    SNMPPOSIX_STATS stats;

    MUST(SnmpPosixGetStats(&stats, sizeof stats));
    return stats.inPkts;
}

static void turn_until(uint64_t n)
{
    for (int i = 0; i < TURNS_MAX && received() < n; i++)
        (void)event_base_loop(host, EVLOOP_NONBLOCK);
    FUZZ_CHECK(received() == n);
    (void)event_base_loop(host, EVLOOP_NONBLOCK);
}

static void drain(int fd)
{
    char octet;

    while (recv(fd, &octet, 1, MSG_DONTWAIT) >= 0)
        continue;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct fuzz_input input = {bytes, len};
    uint64_t n;

    if (host == NULL)
        start();
    n = received();
    ask(fuzz_octet(&input) & 1);
    for (int i = 0; i < RECORDS_MAX && input.left > 0; i++)
        n += send_record(&input);
    turn_until(n);
    /* Whether it is outstanding depends on the input. */
    (void)SnmpCancelMsg(session, REQUEST_ID);
    drain(peer);
    drain(other);
    FUZZ_CHECK(wsn_handle_count(WSN_PDU) == 0);
    FUZZ_CHECK(wsn_handle_count(WSN_VBL) == 0);
    FUZZ_CHECK(wsn_handle_count(WSN_CONTEXT) == 1);
    FUZZ_CHECK(wsn_handle_count(WSN_ENTITY) == entities_at_rest);
    FUZZ_CHECK(wsn_descriptor_count() == 0);
    return 0;
}
