/*
 * get_callback.c - asks an SNMP agent for one value, told by a callback.
 *
 *     cc get_callback.c -o get_callback $(pkg-config --cflags --libs winsnmp)
 *     ./get_callback 127.0.0.1 161 public 1.3.6.1.2.1.1.5.0
 *
 * prints a text or number, such as "1.3.6.1.2.1.1.5.0 = myhost", and ends with
 * 0, or with 1 if there was no answer.  The callback runs on a thread of the
 * library, while the main thread waits for an event.  get_window.c does the
 * same with a window and a message loop.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>

static HANDLE done; /* an event: the callback has done its work */
static int result = 1;

static void die(const char *fn)
{
    fprintf(stderr, "%s failed, error %u\n", fn,
            (unsigned)SnmpGetLastError(NULL));
    exit(1);
}

static void print_value(const smiOID *name, const smiVALUE *value)
{
    char text[MAXOBJIDSTRSIZE];

    SnmpOidToStr(name, sizeof(text), text);
    if (value->syntax == SNMP_SYNTAX_OCTETS)
        printf("%s = %.*s\n", text, (int)value->value.string.len,
               value->value.string.ptr);
    else
        printf("%s = %u\n", text, (unsigned)value->value.uNumber);
}

static void receive(HSNMP_SESSION session)
{
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    HSNMP_VBL list;
    smiINT status = 0;
    smiOID name;
    smiVALUE value;

    if (!SnmpRecvMsg(session, &from, &to, &context, &pdu) ||
        !SnmpGetPduData(pdu, NULL, NULL, &status, NULL, &list))
        return;
    if (status != SNMP_ERROR_NOERROR)
        printf("the agent says: error %d\n", (int)status);
    else if (SnmpGetVb(list, 1, &name, &value))
        print_value(&name, &value);
    result = 0;
}

/* event is 0 for an answer, otherwise the error that befell the request. */
static SNMPAPI_STATUS CALLBACK on_answer(HSNMP_SESSION session, HWND window,
                                         UINT message, WPARAM event,
                                         LPARAM request_id, LPVOID data)
{
    (void)window, (void)message, (void)request_id, (void)data;
    if (event == 0)
        receive(session);
    else
        fprintf(stderr, "get_callback: error %u\n", (unsigned)event);
    SetEvent(done);
    return SNMPAPI_SUCCESS;
}

static void send_get(HSNMP_SESSION session, char **argv)
{
    HSNMP_ENTITY agent = SnmpStrToEntity(session, argv[1]);
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    smiOCTETS community;
    smiOID name;

    if (!agent || !SnmpSetPort(agent, (UINT)atoi(argv[2])))
        die("SnmpStrToEntity or SnmpSetPort");
    if (!SnmpStrToOid(argv[4], &name))
        die("SnmpStrToOid");
    community.len = (smiUINT32)strlen(argv[3]);
    community.ptr = (smiLPBYTE)argv[3];
    pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0,
                        SnmpCreateVbl(session, &name, NULL));
    context = SnmpStrToContext(session, &community);
    if (!SnmpSendMsg(session, NULL, agent, context, pdu))
        die("SnmpSendMsg");
}

int main(int argc, char **argv)
{
    smiUINT32 major, minor, level, translate, retransmit;
    HSNMP_SESSION session;

    if (argc != 5) {
        fprintf(stderr, "usage: get_callback ADDRESS PORT COMMUNITY OID\n");
        return 1;
    }
    if (!SnmpStartup(&major, &minor, &level, &translate, &retransmit))
        die("SnmpStartup");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    done = CreateEvent(NULL, TRUE, FALSE, NULL);
    session = SnmpCreateSession(NULL, 0, on_answer, NULL);
    if (!session)
        die("SnmpCreateSession");
    send_get(session, argv);
    WaitForSingleObject(done, INFINITE);
    SnmpCleanup(); /* frees every object that is left */
    return result;
}
