// callback_recv.cpp : asks one value; the callback receives the response.
//
// usage: callback_recv agent port community oid

#include <SDKDDKVer.h>
#include <stdio.h>
#include <tchar.h>
#include <Windows.h>
#include <WinSnmp.h>

#include <string>

using namespace std;

static volatile LONG g_bDone = FALSE;
static string g_strResult;

static string ValueToString(smiLPVALUE pValue)
{
    char szText[MAXOBJIDSTRSIZE];
    ULARGE_INTEGER counter;

    switch (pValue->syntax) {
    case SNMP_SYNTAX_INT:
        sprintf_s(szText, "%ld", pValue->value.sNumber);
        return szText;
    case SNMP_SYNTAX_CNTR32:
    case SNMP_SYNTAX_GAUGE32:
    case SNMP_SYNTAX_TIMETICKS:
        _ultoa_s(pValue->value.uNumber, szText, _countof(szText), 10);
        return szText;
    case SNMP_SYNTAX_CNTR64:
        counter.LowPart = pValue->value.hNumber.lopart;
        counter.HighPart = pValue->value.hNumber.hipart;
        sprintf_s(szText, "%I64u", counter.QuadPart);
        return szText;
    case SNMP_SYNTAX_OID:
        SnmpOidToStr(&pValue->value.oid, sizeof(szText), szText);
        return szText;
    case SNMP_SYNTAX_OCTETS:
        // The library ends strings with a NUL.
        return string((char *)pValue->value.string.ptr,
                      pValue->value.string.len);
    default:
        return "?";
    }
}

SNMPAPI_STATUS CALLBACK OnSnmp(HSNMP_SESSION hSession, HWND hWnd, UINT wMsg,
                               WPARAM wParam, LPARAM lParam,
                               LPVOID lpClientData)
{
    HSNMP_ENTITY hSrc = NULL, hDst = NULL;
    HSNMP_CONTEXT hContext = NULL;
    HSNMP_PDU hPdu = NULL;
    HSNMP_VBL hVbl = NULL;
    smiINT iError = 0;
    smiOID oid;
    smiVALUE value;

    UNREFERENCED_PARAMETER(hWnd);
    UNREFERENCED_PARAMETER(wMsg);
    UNREFERENCED_PARAMETER(lParam);
    if (wParam == SNMPAPI_TL_TIMEOUT)
        g_strResult = "timeout";
    if (SnmpRecvMsg(hSession, &hSrc, &hDst, &hContext, &hPdu) ==
            SNMPAPI_SUCCESS &&
        SnmpGetPduData(hPdu, NULL, NULL, &iError, NULL, &hVbl) ==
            SNMPAPI_SUCCESS) {
        if (iError != SNMP_ERROR_NOERROR)
            g_strResult = "agent error";
        else if (SnmpGetVb(hVbl, 1, &oid, &value) == SNMPAPI_SUCCESS) {
            g_strResult = ValueToString(&value);
            SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
            SnmpFreeDescriptor(value.syntax, &value.value.string);
        }
        SnmpFreeVbl(hVbl);
        SnmpFreePdu(hPdu);
        SnmpFreeEntity(hSrc);
        SnmpFreeEntity(hDst);
        SnmpFreeContext(hContext);
    }
    *(volatile LONG *)lpClientData = TRUE;
    return SNMPAPI_SUCCESS;
}

int _tmain(int argc, _TCHAR *argv[])
{
    // One variable does for all that nobody reads.
    smiUINT32 dummy;
    HSNMP_SESSION hSession;

    if (argc < 5) {
        _tprintf(_T("usage: callback_recv agent port community oid\n"));
        return 1;
    }
    if (SnmpStartup(&dummy, &dummy, &dummy, &dummy, &dummy) == SNMPAPI_FAILURE)
        return 1;
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    hSession = SnmpCreateSession(NULL, 0, OnSnmp, (LPVOID)&g_bDone);
    if (hSession == SNMPAPI_FAILURE) {
        _tprintf(_T("no session, error %lu\n"),
                 (unsigned long)SnmpGetLastError(NULL));
        return 1;
    }

    HSNMP_ENTITY hAgent = SnmpStrToEntity(hSession, argv[1]);
    SnmpSetPort(hAgent, _ttoi(argv[2]));
    smiOCTETS community = {(smiUINT32)_tcslen(argv[3]), (smiLPBYTE)argv[3]};
    HSNMP_CONTEXT hContext = SnmpStrToContext(hSession, &community);
    smiOID oid;
    SnmpStrToOid(argv[4], &oid);
    HSNMP_VBL hVbl = SnmpCreateVbl(hSession, &oid, NULL);
    HSNMP_PDU hPdu =
        SnmpCreatePdu(hSession, SNMP_PDU_GET, NULL, NULL, NULL, hVbl);
    SNMPAPI_STATUS status = SnmpSendMsg(hSession, NULL, hAgent, hContext, hPdu);
    // Nobody needs them any more.
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    SnmpFreeVbl(hVbl);
    SnmpFreePdu(hPdu);
    SnmpFreeEntity(hAgent);
    SnmpFreeContext(hContext);

    for (int i = 0; status == SNMPAPI_SUCCESS && !g_bDone && i < 2000; i++)
        Sleep(10);
    SnmpClose(hSession);
    SnmpCleanup();
    _tprintf(_T("%s\n"), g_strResult.c_str());
    return g_bDone && g_strResult != "timeout" ? 0 : 1;
}
