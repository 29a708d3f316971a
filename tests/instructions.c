/*
 * instructions.c - what instructions.sh counts the instructions of: GETs
 * asked and answered, or traps received, in batches of a fixed size.
 *
 *     valgrind --tool=callgrind --collect-atstart=no \
 *         --toggle-collect=counted ./instructions get 4000
 *
 * There is one thread only, for the library runs in this program's event loop.
 * The agent's part is not counted, nor the batches at the beginning, in which
 * memory is fetched and the dynamic linker looks up names.  So the number is
 * the same each time.
 */
#include <arpa/inet.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "winsnmp.h"
#include "winsnmp_posix.h"

#define BATCH 16
#define WARM_UP 512
#define DATAGRAM_MAX 512

void counted(void);

static struct event_base *base;
static HSNMP_SESSION session;
static HSNMP_ENTITY agent;
static HSNMP_CONTEXT community;
static smiUINT32 up_time_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
static const smiOID up_time = {9, up_time_ids};
static int fd; /* the agent's */
static unsigned long n_read, n_counted;

/* A trap with six variables: linkDown, and about which interface. */
static const unsigned char trap[] = {
    0x30, 0x81, 0x89, 0x02, 0x01, 0x01, 0x04, 0x06, 'p', 'u', 'b', 'l', 'i',
    'c', 0xa7, 0x7c, 0x02, 0x04, 0x12, 0x34, 0x56, 0x78, 0x02, 0x01, 0x00, 0x02,
    0x01, 0x00, 0x30, 0x6e,
    /* sysUpTime.0 */
    0x30, 0x10, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00,
    0x43, 0x04, 0x07, 0x5b, 0xcd, 0x15,
    /* snmpTrapOID.0 */
    0x30, 0x17, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04,
    0x01, 0x00, 0x06, 0x09, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x05,
    0x03,
    /* ifIndex.3, ifAdminStatus.3, ifOperStatus.3 */
    0x30, 0x0f, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x02, 0x02, 0x01,
    0x01, 0x03, 0x02, 0x01, 0x03, 0x30, 0x0f, 0x06, 0x0a, 0x2b, 0x06, 0x01,
    0x02, 0x01, 0x02, 0x02, 0x01, 0x07, 0x03, 0x02, 0x01, 0x01, 0x30, 0x0f,
    0x06, 0x0a, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x02, 0x02, 0x01, 0x08, 0x03,
    0x02, 0x01, 0x02,
    /* a counter of an enterprise */
    0x30, 0x0e, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x63, 0x41, 0x04,
    0x01, 0x00, 0x00, 0x00};

static void die(const char *fn)
{
    fprintf(stderr, "%s failed, error %u\n", fn,
            (unsigned)SnmpGetLastError(NULL));
    exit(1);
}

/* ---- the library's user ------------------------------------------------ */

static void ask(void)
{
    HSNMP_VBL list = SnmpCreateVbl(session, &up_time, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, list);

    if (!SnmpSendMsg(session, NULL, agent, community, pdu))
        die("SnmpSendMsg");
    SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
}

static void read_varbind(HSNMP_VBL list, smiUINT32 index)
{
    smiOID name;
    smiVALUE value;

    if (!SnmpGetVb(list, index, &name, &value))
        die("SnmpGetVb");
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
    if (value.syntax == SNMP_SYNTAX_OID)
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&value.value.oid);
}

static void receive(void)
{
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    HSNMP_VBL list;
    smiUINT32 n;

    if (!SnmpRecvMsg(session, &from, &to, &context, &pdu))
        die("SnmpRecvMsg");
    SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &list);
    n = SnmpCountVbl(list);
    for (smiUINT32 i = 1; i <= n; i++)
        read_varbind(list, i);
    SnmpFreeVbl(list);
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
    SnmpFreeEntity(to);
    SnmpFreeEntity(from);
    n_read++;
}

static SNMPAPI_STATUS CALLBACK on_arrival(HSNMP_SESSION of, HWND window,
                                          UINT message, WPARAM wparam,
                                          LPARAM lparam, LPVOID is_manager)
{
    (void)of, (void)window, (void)message, (void)wparam, (void)lparam;
    receive();
    if (is_manager != NULL)
        ask();
    return SNMPAPI_SUCCESS;
}

/* ---- the agent --------------------------------------------------------- */

/* The message ends with a null: 05 00, which becomes Counter32 0. */
static void answer_one(void)
{
    unsigned char bytes[DATAGRAM_MAX];
    struct sockaddr_in peer;
    socklen_t size = sizeof(peer);
    ssize_t len = recvfrom(fd, bytes, sizeof(bytes) - 1, 0,
                           (struct sockaddr *)&peer, &size);

    if (len < 20 || bytes[1] >= 0x7f || bytes[len - 2] != 0x05)
        die("recvfrom");
    bytes[13] = 0xa2;                     /* RESPONSE */
    bytes[1]++, bytes[14]++;              /* the lengths of message and PDU */
    bytes[len - 15]++, bytes[len - 13]++; /* of list and variable */
    bytes[len - 2] = 0x41, bytes[len - 1] = 1, bytes[len] = 0;
    if (sendto(fd, bytes, (size_t)len + 1, 0, (struct sockaddr *)&peer, size) <
        0)
        die("sendto");
}

static void answer(void)
{
    for (int i = 0; i < BATCH; i++)
        answer_one();
}

static void notify(void)
{
    for (int i = 0; i < BATCH; i++)
        if (send(fd, trap, sizeof(trap), 0) < 0)
            die("send");
}

/* ---- the run ----------------------------------------------------------- */

static UINT open_agent(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    socklen_t size = sizeof(here);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, size) != 0 ||
        getsockname(fd, (struct sockaddr *)&here, &size) != 0)
        die("bind");
    return ntohs(here.sin_port);
}

static void start(int is_manager)
{
    smiBYTE text[] = "public";
    smiOCTETS name = {6, text};

    setenv("WINSNMP_CONF", "/dev/null", 1);
    base = event_base_new();
    if (!SnmpStartup(NULL, NULL, NULL, NULL, NULL) ||
        !SnmpPosixSetEventBase(base) || !SnmpPosixSetTrapPort(0))
        die("SnmpStartup");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    session = SnmpCreateSession(NULL, 0, on_arrival, is_manager ? base : NULL);
    agent = SnmpStrToEntity(session, "127.0.0.1");
    community = SnmpStrToContext(session, &name);
    if (!session || !agent || !SnmpSetPort(agent, open_agent()))
        die("SnmpCreateSession");
}

static void listen_to_traps(void)
{
    struct sockaddr_in there = {.sin_family = AF_INET};
    UINT port = 0;

    if (!SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON) ||
        !SnmpPosixGetTrapPort(&port))
        die("SnmpRegister");
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there.sin_port = htons((in_port_t)port);
    if (connect(fd, (struct sockaddr *)&there, sizeof(there)) != 0)
        die("connect");
}

static void turn(void)
{
    event_base_loop(base, EVLOOP_ONCE);
}

/* This name is given to callgrind.  Called through the pointer, and doing
 * something at its end, it is a function in the program too. */
void counted(void)
{
    turn();
    n_counted++;
}

static void (*volatile const turn_counted)(void) = counted;

static void batches(unsigned long n, void (*peer)(void), void (*run)(void))
{
    unsigned long goal = n_read + n;

    while (n_read < goal) {
        unsigned long batch_goal = n_read + BATCH;

        peer();
        while (n_read < batch_goal)
            run();
    }
}

int main(int argc, char **argv)
{
    int is_manager = argc == 3 && strcmp(argv[1], "get") == 0;
    unsigned long n = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;

    if (n % BATCH != 0 || n == 0 || n > 100000) {
        fprintf(stderr, "usage: instructions get|trap N, N times %d\n", BATCH);
        return 2;
    }
    alarm(60);
    start(is_manager);
    if (is_manager)
        for (int i = 0; i < BATCH; i++)
            ask();
    else
        listen_to_traps();
    if (is_manager)
        turn();
    batches(WARM_UP, is_manager ? answer : notify, turn);
    batches(n, is_manager ? answer : notify, turn_counted);
    SnmpCleanup();
    event_base_free(base);
    close(fd);
    return 0;
}
