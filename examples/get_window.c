/*
 * get_window.c - asks an SNMP agent for one value, told by a window message.
 *
 *     cc get_window.c -o get_window $(pkg-config --cflags --libs winsnmp)
 *     ./get_window 127.0.0.1 161 public 1.3.6.1.2.1.1.5.0
 *
 * prints a text or number, such as "1.3.6.1.2.1.1.5.0 = myhost", and ends with
 * 0, or with 1 if there was no answer.  get_callback.c needs no window.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>

#define WM_SNMP (WM_USER + 1)
static HSNMP_SESSION session;

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

static void receive(void)
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
        die("SnmpRecvMsg"); /* error 108: no answer */
    if (status != SNMP_ERROR_NOERROR)
        printf("the agent says: error %d\n", (int)status);
    else if (SnmpGetVb(list, 1, &name, &value))
        print_value(&name, &value);
}

static LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM wParam,
                                   LPARAM lParam)
{
    if (message != WM_SNMP)
        return DefWindowProc(window, message, wParam, lParam);
    receive();
    PostQuitMessage(0);
    return 0;
}

static HWND create_window(void)
{
    WNDCLASS info;

    memset(&info, 0, sizeof(info));
    info.lpfnWndProc = on_message;
    info.lpszClassName = TEXT("get_window");
    if (RegisterClass(&info) == 0)
        die("RegisterClass");
    return CreateWindow(info.lpszClassName, TEXT(""), WS_OVERLAPPEDWINDOW, 0, 0,
                        0, 0, NULL, NULL, NULL, NULL);
}

static void send_get(char **argv)
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
    MSG message;

    if (argc != 5) {
        fprintf(stderr, "usage: get_window ADDRESS PORT COMMUNITY OID\n");
        return 1;
    }
    if (!SnmpStartup(&major, &minor, &level, &translate, &retransmit))
        die("SnmpStartup");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    session = SnmpOpen(create_window(), WM_SNMP);
    if (!session)
        die("SnmpOpen");
    send_get(argv);
    while (GetMessage(&message, NULL, 0, 0) > 0)
        DispatchMessage(&message);
    SnmpCleanup(); /* frees every object that is left */
    return 0;
}
