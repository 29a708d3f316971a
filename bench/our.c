/*
 * our.c - see our.h.
 */
#include "our.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE_CS 6000 /* longer than any program runs */

void our_die(const char *function)
{
    fprintf(stderr, "%s failed, error %u\n", function,
            (unsigned)SnmpGetLastError(NULL));
    exit(1);
}

void our_start(void)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
    if (!SnmpStartup(NULL, NULL, NULL, NULL, NULL))
        our_die("SnmpStartup");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
}

HSNMP_SESSION our_session(SNMPAPI_CALLBACK callback, void *data)
{
    HSNMP_SESSION session = SnmpCreateSession(NULL, 0, callback, data);

    if (!session)
        our_die("SnmpCreateSession");
    return session;
}

SNMPAPI_STATUS CALLBACK our_on_nothing(HSNMP_SESSION session, HWND hwnd,
                                       UINT message, WPARAM wparam,
                                       LPARAM lparam, LPVOID data)
{
    (void)session, (void)hwnd, (void)message, (void)wparam, (void)lparam;
    (void)data;
    return SNMPAPI_SUCCESS;
}

HSNMP_CONTEXT our_community(HSNMP_SESSION session)
{
    smiBYTE name[] = "public";
    smiOCTETS octets = {sizeof(name) - 1, name};
    HSNMP_CONTEXT community = SnmpStrToContext(session, &octets);

    if (!community)
        our_die("SnmpStrToContext");
    return community;
}

HSNMP_ENTITY our_agent(HSNMP_SESSION session, uint32_t host, long port)
{
    char text[32];
    HSNMP_ENTITY agent;

    snprintf(text, sizeof(text), "127.%u.%u.%u", (unsigned)(host >> 16 & 255),
             (unsigned)(host >> 8 & 255), (unsigned)(host & 255));
    agent = SnmpStrToEntity(session, text);
    if (!agent || !SnmpSetPort(agent, (UINT)port))
        our_die("SnmpStrToEntity");
    SnmpSetTimeout(agent, PATIENCE_CS);
    return agent;
}

HWND our_window(void)
{
    WNDCLASS info;
    HWND window;

    memset(&info, 0, sizeof(info));
    info.lpfnWndProc = DefWindowProc;
    info.lpszClassName = TEXT("bench");
    RegisterClass(&info);
    window = CreateWindow(info.lpszClassName, TEXT(""), 0, 0, 0, 0, 0,
                          HWND_MESSAGE, NULL, NULL, NULL);
    if (window == NULL)
        our_die("CreateWindow");
    return window;
}

static void read_varbind(HSNMP_VBL list, smiUINT32 index)
{
    smiOID name;
    smiVALUE value;

    if (!SnmpGetVb(list, index, &name, &value))
        our_die("SnmpGetVb");
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
    if (value.syntax == SNMP_SYNTAX_OID || value.syntax == SNMP_SYNTAX_OCTETS ||
        value.syntax == SNMP_SYNTAX_IPADDR)
        SnmpFreeDescriptor(value.syntax, &value.value.string); /* or .oid */
}

unsigned our_receive(HSNMP_SESSION session)
{
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    HSNMP_VBL list = 0;
    smiUINT32 n;

    if (!SnmpRecvMsg(session, &from, &to, &context, &pdu))
        return 0;
    if (!SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &list))
        our_die("SnmpGetPduData");
    n = SnmpCountVbl(list);
    for (smiUINT32 i = 1; i <= n; i++)
        read_varbind(list, i);
    SnmpFreeVbl(list);
    SnmpFreePdu(pdu);
    SnmpFreeContext(context);
    SnmpFreeEntity(to);
    SnmpFreeEntity(from);
    return n;
}
