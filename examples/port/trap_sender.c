/* trap_sender.c : sends a trap with a text.  The callback has nothing to do.
 *
 * usage: trap_sender destination port community trap-oid text
 */
#include <stdio.h>
#include <WinSNMP.h>

#define N_VARBINDS 3

static SNMPAPI_STATUS CALLBACK DoNothing(HSNMP_SESSION hSession, HWND hWnd,
                                         UINT wMsg, WPARAM wParam,
                                         LPARAM lParam, LPVOID lpClientData)
{
    UNREFERENCED_PARAMETER(hSession);
    UNREFERENCED_PARAMETER(hWnd);
    UNREFERENCED_PARAMETER(wMsg);
    UNREFERENCED_PARAMETER(wParam);
    UNREFERENCED_PARAMETER(lParam);
    UNREFERENCED_PARAMETER(lpClientData);
    return SNMPAPI_SUCCESS;
}

static void Fail(LPCSTR lpszFunction)
{
    CHAR szMessage[MAX_PATH];

    wsprintf(szMessage, "%s: error %lu\n", lpszFunction,
             SnmpGetLastError(NULL));
    OutputDebugString(szMessage);
    fputs(szMessage, stderr);
    ExitProcess(1);
}

static HSNMP_VBL CreateVarbinds(HSNMP_SESSION hSession, LPSTR lpszTrap,
                                LPSTR lpszText)
{
    static LPCSTR lpszNames[N_VARBINDS] = {
        "1.3.6.1.2.1.1.3.0", "1.3.6.1.6.3.1.1.4.1.0", "1.3.6.1.2.1.1.6.0"};
    smiVALUE values[N_VARBINDS] = {{0}};
    HSNMP_VBL hVbl = SnmpCreateVbl(hSession, NULL, NULL);
    smiOID name;
    int i;

    values[0].syntax = SNMP_SYNTAX_TIMETICKS;
    values[0].value.uNumber = GetTickCount() / 10;
    values[1].syntax = SNMP_SYNTAX_OID;
    if (SnmpStrToOid(lpszTrap, &values[1].value.oid) == SNMPAPI_FAILURE)
        Fail("SnmpStrToOid");
    values[2].syntax = SNMP_SYNTAX_OCTETS;
    values[2].value.string.len = lstrlen(lpszText);
    values[2].value.string.ptr = (smiLPBYTE)lpszText;
    for (i = 0; i < N_VARBINDS; i++) {
        SnmpStrToOid(lpszNames[i], &name);
        if (SnmpSetVb(hVbl, 0, &name, &values[i]) == SNMPAPI_FAILURE)
            Fail("SnmpSetVb");
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
    }
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&values[1].value.oid);
    return hVbl;
}

int __cdecl main(int argc, char *argv[])
{
    smiUINT32 nMajor, nMinor, nLevel, nTranslate, nRetransmit;
    HSNMP_SESSION hSession;
    HSNMP_ENTITY hSource, hDestination;
    HSNMP_CONTEXT hContext;
    HSNMP_PDU hPdu;
    HSNMP_VBL hVbl;
    smiOCTETS community;

    if (argc != 6)
        return 1;
    if (SnmpStartup(&nMajor, &nMinor, &nLevel, &nTranslate, &nRetransmit) ==
        SNMPAPI_FAILURE)
        Fail("SnmpStartup");
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    SnmpSetRetransmitMode(SNMPAPI_OFF);
    hSession = SnmpCreateSession(NULL, 0, DoNothing, NULL);
    if (hSession == SNMPAPI_FAILURE)
        Fail("SnmpCreateSession");
    hSource = SnmpStrToEntity(hSession, "0.0.0.0");
    hDestination = SnmpStrToEntity(hSession, argv[1]);
    if (!SnmpSetPort(hDestination, atoi(argv[2])))
        Fail("SnmpSetPort");
    community.len = strlen(argv[3]);
    community.ptr = (smiLPBYTE)argv[3];
    hContext = SnmpStrToContext(hSession, &community);
    hVbl = CreateVarbinds(hSession, argv[4], argv[5]);
    hPdu = SnmpCreatePdu(hSession, SNMP_PDU_TRAP, 0, 0, 0, hVbl);
    if (SnmpSendMsg(hSession, hSource, hDestination, hContext, hPdu) ==
        SNMPAPI_FAILURE)
        Fail("SnmpSendMsg");
    SnmpFreeVbl(hVbl);
    SnmpFreePdu(hPdu);
    SnmpFreeContext(hContext);
    SnmpFreeEntity(hDestination);
    SnmpFreeEntity(hSource);
    SnmpClose(hSession);
    SnmpCleanup();
    return 0;
}
