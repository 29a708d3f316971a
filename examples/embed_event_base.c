/*
 * embed_event_base.c - SNMP inside a program that has its own libevent loop.
 *
 *     cc embed_event_base.c -o embed_event_base \
 *         $(pkg-config --cflags --libs winsnmp)
 *     ./embed_event_base 127.0.0.1 161 public 3
 *
 * asks the agent three times how long it has been up and prints
 *
 *     1: up 1:00:05:53.09
 *     2: up 1:00:05:53.29
 *     3: up 1:00:05:53.49
 *
 * (days:hours:minutes:seconds).  It ends with 0, or with 1 if an answer did
 * not come.  There is one thread only: the library's sockets and timers are
 * events of the program's loop, and the callback is called from there, as the
 * program's own timer is.
 */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>
#include <winsnmp_posix.h>

static const struct timeval interval = {0, 200000};

static struct event_base *base;
static HSNMP_SESSION session;
static HSNMP_ENTITY agent;
static HSNMP_CONTEXT community;
static int wanted, asked, answered, failed;

static void die(const char *fn)
{
    unsigned error = (unsigned)SnmpGetLastError(NULL);

    fprintf(stderr, "embed_event_base: %s failed, error %u\n", fn, error);
    exit(1);
}

static void print_up_time(const smiVALUE *value)
{
    unsigned t = value->value.uNumber;

    if (value->syntax == SNMP_SYNTAX_TIMETICKS)
        printf("%d: up %u:%02u:%02u:%02u.%02u\n", answered, t / 8640000,
               t / 360000 % 24, t / 6000 % 60, t / 100 % 60, t % 100);
}

static void show(HSNMP_PDU pdu)
{
    HSNMP_VBL list;
    smiOID name;
    smiVALUE value;

    if (!SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &list))
        die("SnmpGetPduData");
    if (SnmpGetVb(list, 1, &name, &value)) {
        print_up_time(&value);
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
    }
    SnmpFreeVbl(list);
}

/* Called by the library when an answer, or the lack of one, is there. */
static SNMPAPI_STATUS CALLBACK on_answer(HSNMP_SESSION hSession, HWND hWnd,
                                         UINT wMsg, WPARAM wParam,
                                         LPARAM lParam, LPVOID lpClientData)
{
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;

    (void)hWnd, (void)wMsg, (void)wParam, (void)lParam, (void)lpClientData;
    answered++;
    if (SnmpRecvMsg(hSession, &from, &to, &context, &pdu))
        show(pdu);
    else
        failed = 1;
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
    SnmpFreeEntity(to);
    SnmpFreeEntity(from);
    if (failed || answered == wanted)
        event_base_loopbreak(base);
    return SNMPAPI_SUCCESS;
}

/* Called by libevent: asks for sysUpTime.0. */
static void on_timer(evutil_socket_t fd, short what, void *timer)
{
    static smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    smiOID up_time = {9, ids};
    HSNMP_VBL list = SnmpCreateVbl(session, &up_time, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, list);

    (void)fd, (void)what;
    if (!SnmpSendMsg(session, NULL, agent, community, pdu))
        die("SnmpSendMsg");
    SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
    asked++;
    if (asked < wanted)
        event_add((struct event *)timer, &interval);
}

static void start_snmp(char *address, int port, char *name)
{
    smiUINT32 major, minor, level, translate, retransmit;
    smiOCTETS octets;

    if (!SnmpStartup(&major, &minor, &level, &translate, &retransmit))
        die("SnmpStartup");
    if (!SnmpPosixSetEventBase(base))
        die("SnmpPosixSetEventBase");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    session = SnmpCreateSession(NULL, 0, on_answer, NULL);
    if (!session)
        die("SnmpCreateSession");
    agent = SnmpStrToEntity(session, address);
    if (!agent || !SnmpSetPort(agent, (UINT)port))
        die("SnmpStrToEntity or SnmpSetPort");
    SnmpSetTimeout(agent, 100); /* hundredths of a second */
    octets.len = (smiUINT32)strlen(name);
    octets.ptr = (smiLPBYTE)name;
    community = SnmpStrToContext(session, &octets);
}

int main(int argc, char **argv)
{
    struct event *timer;

    if (argc != 5) {
        fprintf(stderr, "usage: embed_event_base HOST PORT COMMUNITY COUNT\n");
        return 1;
    }
    wanted = atoi(argv[4]);
    base = event_base_new();
    timer = evtimer_new(base, on_timer, event_self_cbarg());
    if (base == NULL || timer == NULL)
        die("libevent");
    start_snmp(argv[1], atoi(argv[2]), argv[3]);
    event_active(timer, EV_TIMEOUT, 0);
    event_base_dispatch(base);
    SnmpCleanup();
    event_free(timer);
    event_base_free(base);
    return failed;
}
