/*
 * dissect.c - sends one message of the kind that its argument names to a
 * socket of its own, and prints what arrived there as text2pcap reads it.  For
 * dissect.sh.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "winsnmp.h"

#define PATIENCE_MS 10000
#define REQUEST_ID 4711

struct kind {
    const char *name;
    smiUINT32 mode;
    smiINT type;
    smiINT error_status; /* GETBULK: non-repeaters */
    smiINT error_index;
    void (*fill)(HSNMP_VBL list);
};

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

/* ---- variables
 * --------------------------------------------------------------- */

static void add(HSNMP_VBL list, const char *name, smiLPCVALUE value)
{
    smiOID oid;

    SnmpStrToOid(name, &oid);
    SnmpSetVb(list, 0, &oid, value);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
}

static void add_number(HSNMP_VBL list, const char *name, smiUINT32 syntax,
                       smiUINT32 number)
{
    smiVALUE value;

    value.syntax = syntax;
    value.value.uNumber = number;
    add(list, name, &value);
}

static void add_octets(HSNMP_VBL list, const char *name, smiUINT32 syntax,
                       const char *octets, smiUINT32 len)
{
    smiBYTE copy[16];
    smiVALUE value;

    memcpy(copy, octets, len);
    value.syntax = syntax;
    value.value.string.len = len;
    value.value.string.ptr = copy;
    add(list, name, &value);
}

static void add_oid(HSNMP_VBL list, const char *name, const char *text)
{
    smiVALUE value;

    value.syntax = SNMP_SYNTAX_OID;
    SnmpStrToOid(text, &value.value.oid);
    add(list, name, &value);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&value.value.oid);
}

static void add_two_names(HSNMP_VBL list)
{
    add(list, "1.3.6.1.2.1.1.3", NULL);
    add(list, "1.3.6.1.2.1.2.2.1.2", NULL);
}

static void add_values(HSNMP_VBL list)
{
    smiVALUE big;

    big.syntax = SNMP_SYNTAX_CNTR64;
    big.value.hNumber.hipart = 0xffffffffu;
    big.value.hNumber.lopart = 0xfffffffeu;
    add_number(list, "1.3.6.1.4.1.8072.9999.1", SNMP_SYNTAX_INT,
               (smiUINT32)-129);
    add_octets(list, "1.3.6.1.4.1.8072.9999.2", SNMP_SYNTAX_OCTETS, "hello", 5);
    add_oid(list, "1.3.6.1.4.1.8072.9999.3", "2.999.3.4294967295");
    add_octets(list, "1.3.6.1.4.1.8072.9999.4", SNMP_SYNTAX_IPADDR,
               "\xc0\x00\x02\x01", 4);
    add_number(list, "1.3.6.1.4.1.8072.9999.5", SNMP_SYNTAX_CNTR32,
               4294967295u);
    add_number(list, "1.3.6.1.4.1.8072.9999.6", SNMP_SYNTAX_GAUGE32,
               2147483648u);
    add_number(list, "1.3.6.1.4.1.8072.9999.7", SNMP_SYNTAX_TIMETICKS, 100);
    add(list, "1.3.6.1.4.1.8072.9999.8", &big);
}

static void add_notification(HSNMP_VBL list)
{
    add_number(list, "1.3.6.1.2.1.1.3.0", SNMP_SYNTAX_TIMETICKS, 4200);
    add_oid(list, "1.3.6.1.6.3.1.1.4.1.0", "1.3.6.1.4.1.8072.3.0.17");
    add_octets(list, "1.3.6.1.4.1.8072.3.1.0", SNMP_SYNTAX_OCTETS, "hi", 2);
}

static const struct kind kinds[] = {
    {"get", SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_GET, 0, 0, add_two_names},
    {"getnext", SNMPAPI_UNTRANSLATED_V1, SNMP_PDU_GETNEXT, 0, 0, add_two_names},
    {"getbulk", SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_GETBULK, 1, 10,
     add_two_names},
    {"getbulk-v1", SNMPAPI_UNTRANSLATED_V1, SNMP_PDU_GETBULK, 1, 10,
     add_two_names},
    {"set", SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_SET, 0, 0, add_values},
    {"response", SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_RESPONSE,
     SNMP_ERROR_NOTWRITABLE, 2, add_two_names},
    {"trap", SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_TRAP, 0, 0, add_notification},
    {"trap-v1", SNMPAPI_UNTRANSLATED_V1, SNMP_PDU_TRAP, 0, 0, add_notification},
    {"inform", SNMPAPI_UNTRANSLATED_V2, SNMP_PDU_INFORM, 0, 0,
     add_notification}};

/* ---- sending and showing
 * ------------------------------------------------------- */

static int open_socket(UINT *ret_port)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    socklen_t len = sizeof name;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&name, sizeof name) != 0 ||
        getsockname(fd, (struct sockaddr *)&name, &len) != 0)
        exit(EXIT_FAILURE);
    *ret_port = ntohs(name.sin_port);
    return fd;
}

static int send_to(const struct kind *kind, UINT port)
{
    smiBYTE octets[] = {'p', 'u', 'b', 'l', 'i', 'c'};
    smiOCTETS community = {sizeof octets, octets};
    HSNMP_SESSION session = SnmpCreateSession(NULL, 0, on_event, NULL);
    HSNMP_ENTITY there;
    HSNMP_VBL list = SnmpCreateVbl(session, NULL, NULL);

    SnmpSetTranslateMode(kind->mode);
    there = SnmpStrToEntity(session, "127.0.0.1");
    SnmpSetPort(there, port);
    kind->fill(list);
    return SnmpSendMsg(session, there, there,
                       SnmpStrToContext(session, &community),
                       SnmpCreatePdu(session, kind->type, REQUEST_ID,
                                     kind->error_status, kind->error_index,
                                     list)) == SNMPAPI_SUCCESS;
}

static int show(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    unsigned char bytes[2048];
    ssize_t n;

    if (poll(&ready, 1, PATIENCE_MS) != 1)
        return 0;
    n = recv(fd, bytes, sizeof bytes, 0);
    fputs("000000", stdout);
    for (ssize_t i = 0; i < n; i++)
        printf(" %02x", bytes[i]);
    putchar('\n');
    return n > 0;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof kinds / sizeof *kinds; i++) {
        UINT port;
        int fd;

        if (strcmp(kinds[i].name, argv[1]) != 0)
            continue;
        fd = open_socket(&port);
        if (!SnmpStartup(NULL, NULL, NULL, NULL, NULL) ||
            !send_to(&kinds[i], port) || !show(fd))
            return EXIT_FAILURE;
        return SnmpCleanup() ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    return EXIT_FAILURE;
}
