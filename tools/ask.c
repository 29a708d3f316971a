/*
 * ask.c - see ask.h.
 */
#include "ask.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "print.h"
#include "tool.h"

#define ADDRESS_BYTES 128
#define WM_ANSWER WM_USER

static HSNMP_SESSION session;
static HSNMP_ENTITY agent;
static HSNMP_CONTEXT community;
static HWND window; /* is told of answers, and never shown */
static const char *host;

/* ---- opening ------------------------------------------------------------ */

/* The first IPv4 address, where more agents listen; without one the first. */
static const struct addrinfo *preferred(const struct addrinfo *found)
{
    for (const struct addrinfo *info = found; info != NULL;
         info = info->ai_next)
        if (info->ai_family == AF_INET)
            return info;
    return found;
}

/* SnmpStrToEntity takes addresses only: makes one of a name. */
static void resolve(const char *name, char address[ADDRESS_BYTES])
{
    struct addrinfo hints;
    struct addrinfo *found;
    const struct addrinfo *one;

    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_DGRAM;
    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        tool_die_usage("no such host", name);
    one = preferred(found);
    if (getnameinfo(one->ai_addr, one->ai_addrlen, address, ADDRESS_BYTES,
                    NULL, 0, NI_NUMERICHOST) != 0)
        tool_die_usage("no address of", name);
    freeaddrinfo(found);
}

static HSNMP_ENTITY entity_of(const struct partner *partner)
{
    char address[ADDRESS_BYTES];
    HSNMP_ENTITY entity;

    resolve(partner->host, address);
    entity = SnmpStrToEntity(session, address);
    if (entity == SNMPAPI_FAILURE)
        tool_die("SnmpStrToEntity");
    if (SnmpSetPort(entity, partner->port) == SNMPAPI_FAILURE)
        tool_die("SnmpSetPort");
    SnmpSetTimeout(entity, partner->timeout_cs);
    SnmpSetRetry(entity, partner->retries);
    return entity;
}

HSNMP_SESSION ask_open(const struct partner *partner)
{
    window = CreateWindow("STATIC", "", 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL);
    session = SnmpOpen(window, WM_ANSWER);
    if (session == SNMPAPI_FAILURE)
        tool_die("SnmpOpen");
    host = partner->host;
    agent = entity_of(partner);
    community = tool_context(session, partner->community);
    return session;
}

/* ---- errors ------------------------------------------------------------- */

static const char *error_name(int status)
{
    static const char *const names[] = {"noError",
                                        "tooBig",
                                        "noSuchName",
                                        "badValue",
                                        "readOnly",
                                        "genErr",
                                        "noAccess",
                                        "wrongType",
                                        "wrongLength",
                                        "wrongEncoding",
                                        "wrongValue",
                                        "noCreation",
                                        "inconsistentValue",
                                        "resourceUnavailable",
                                        "commitFailed",
                                        "undoFailed",
                                        "authorizationError",
                                        "notWritable",
                                        "inconsistentName"};

    if (status < 0 || status >= (int)(sizeof names / sizeof names[0]))
        return "unknown error";
    return names[status];
}

void ask_report_error(int status, int index, HSNMP_VBL list)
{
    char text[MAXOBJIDSTRSIZE] = "";
    smiOID name;

    if (index > 0 &&
        SnmpGetVb(list, (smiUINT32)index, &name, NULL) != SNMPAPI_FAILURE) {
        SnmpOidToStr(&name, sizeof text, text);
        tool_free_oid(&name);
    }
    fprintf(stderr, "%s: the agent says %s (%d)%s%s\n", tool_name,
            error_name(status), status, *text == '\0' ? "" : " about ", text);
}

/* The request came to nothing. */
static _Noreturn void die_unanswered(void)
{
    SNMPAPI_STATUS error = SnmpGetLastError(session);

    if (error == SNMPAPI_TL_TIMEOUT)
        fprintf(stderr, "%s: time-out: no answer from %s\n", tool_name, host);
    else if (error == SNMPAPI_TL_UNDELIVERABLE)
        fprintf(stderr, "%s: %s cannot be reached\n", tool_name, host);
    else
        tool_die("SnmpRecvMsg");
    exit(1);
}

/* ---- asking ------------------------------------------------------------- */

void ask_send(smiINT type, smiINT third, smiINT fourth, HSNMP_VBL list)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session, type, 0, third, fourth, list);

    if (pdu == SNMPAPI_FAILURE)
        tool_die("SnmpCreatePdu");
    if (SnmpSendMsg(session, NULL, agent, community, pdu) == SNMPAPI_FAILURE) {
        if (SnmpGetLastError(session) == SNMPAPI_OPERATION_INVALID)
            tool_die_usage("impossible in this version of SNMP", "-v 1");
        tool_die("SnmpSendMsg");
    }
    SnmpFreePdu(pdu);
}

static HSNMP_PDU receive(void)
{
    HSNMP_ENTITY from;
    HSNMP_ENTITY to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    MSG message;

    (void)GetMessage(&message, window, WM_ANSWER, WM_ANSWER);
    if (SnmpRecvMsg(session, &from, &to, &context, &pdu) == SNMPAPI_FAILURE)
        die_unanswered();
    SnmpFreeContext(context);
    SnmpFreeEntity(to);
    SnmpFreeEntity(from);
    return pdu;
}

int ask_request(smiINT type, smiINT third, smiINT fourth, HSNMP_VBL list,
                HSNMP_VBL *ret_answer, int *ret_index)
{
    smiINT status = 0;
    smiINT index = 0;
    HSNMP_PDU pdu;

    ask_send(type, third, fourth, list);
    SnmpFreeVbl(list);
    pdu = receive();
    if (SnmpGetPduData(pdu, NULL, NULL, &status, &index, ret_answer) ==
        SNMPAPI_FAILURE)
        tool_die("SnmpGetPduData");
    SnmpFreePdu(pdu);
    *ret_index = (int)index;
    return (int)status;
}

int ask(smiINT type, HSNMP_VBL list, bool as_json)
{
    HSNMP_VBL answer;
    int index;
    int status = ask_request(type, 0, 0, list, &answer, &index);

    if (status != SNMP_ERROR_NOERROR) {
        ask_report_error(status, index, answer);
    } else if (as_json) {
        print_json_list(stdout, answer, "\n");
        putchar('\n');
    } else {
        print_list(stdout, answer, "");
    }
    SnmpFreeVbl(answer);
    return status == SNMP_ERROR_NOERROR ? 0 : 2;
}
