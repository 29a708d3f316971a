// win_main.cpp : a program without a console of its own, that starts in
// WinMain. It asks for one value and is told of it by a window message.
//
// usage: win_main agent port community oid
//
#include "windows.h"
#include "winsnmp.h"
#include <stdio.h>
#include <tchar.h>

#define WM_SNMP (WM_USER + 1)

static HSNMP_SESSION g_hSession;

// Writes where a parent that started us with a pipe reads.
static void Say(LPCSTR lpText)
{
    DWORD dwWritten;

    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), lpText, lstrlen(lpText),
              &dwWritten, NULL);
    WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), "\n", 1, &dwWritten, NULL);
}

static BOOL Receive()
{
    HSNMP_ENTITY hSrc, hDst;
    HSNMP_CONTEXT hContext;
    HSNMP_PDU hPdu;
    HSNMP_VBL hVbl;
    smiOID oid;
    smiVALUE value;

    if (SnmpRecvMsg(g_hSession, &hSrc, &hDst, &hContext, &hPdu) !=
        SNMPAPI_SUCCESS)
        return FALSE;
    SnmpGetPduData(hPdu, NULL, NULL, NULL, NULL, &hVbl);
    if (SnmpGetVb(hVbl, 1, &oid, &value) != SNMPAPI_SUCCESS ||
        value.syntax != SNMP_SYNTAX_OCTETS)
        return FALSE;
    Say((LPCSTR)value.value.string.ptr);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, (smiLPOPAQUE)&value.value.string);
    SnmpFreeVbl(hVbl);
    SnmpFreePdu(hPdu);
    return TRUE;
}

LRESULT CALLBACK WndProc(HWND hWnd, UINT uMsg, WPARAM wParam, LPARAM lParam)
{
    if (uMsg != WM_SNMP)
        return DefWindowProc(hWnd, uMsg, wParam, lParam);
    PostQuitMessage(wParam == 0 && Receive() ? 0 : 1);
    return 0;
}

static BOOL Send(LPSTR lpAgent, int nPort, LPSTR lpCommunity, LPSTR lpOid)
{
    smiOCTETS community = {(smiUINT32)strlen(lpCommunity),
                           (smiLPBYTE)lpCommunity};
    smiOID oid;

    if (SnmpStrToOid(lpOid, &oid) == SNMPAPI_FAILURE)
        return FALSE;
    HSNMP_ENTITY hAgent = SnmpStrToEntity(g_hSession, lpAgent);
    SnmpSetPort(hAgent, nPort);
    HSNMP_CONTEXT hContext = SnmpStrToContext(g_hSession, &community);
    HSNMP_VBL hVbl = SnmpCreateVbl(g_hSession, &oid, NULL);
    HSNMP_PDU hPdu =
        SnmpCreatePdu(g_hSession, SNMP_PDU_GET, 0, 0, 0, hVbl);
    return SnmpSendMsg(g_hSession, NULL, hAgent, hContext, hPdu) ==
           SNMPAPI_SUCCESS;
}

int APIENTRY _tWinMain(_In_ HINSTANCE hInstance, _In_opt_ HINSTANCE,
                       _In_ LPTSTR lpCmdLine, _In_ int nCmdShow)
{
    char szAgent[64], szCommunity[64], szOid[128];
    smiUINT32 n;
    int nPort;
    MSG msg;

    // The whole line has the program's name, the other one has not.
    if (hInstance != GetModuleHandle(NULL) || nCmdShow != SW_SHOWDEFAULT ||
        strstr(GetCommandLine(), lpCmdLine) == NULL ||
        lstrlen(GetCommandLine()) == lstrlen(lpCmdLine))
        return 3;
    if (sscanf(lpCmdLine, "%63s %d %63s %127s", szAgent, &nPort, szCommunity,
               szOid) != 4)
        return 2;

    WNDCLASS wc = {0};
    wc.lpfnWndProc = WndProc;
    wc.hInstance = hInstance;
    wc.lpszClassName = _T("WinMainWindow");
    RegisterClass(&wc);
    HWND hWnd = CreateWindow(_T("WinMainWindow"), _T(""), 0, 0, 0, 0, 0, NULL,
                             NULL, hInstance, NULL);

    SnmpStartup(&n, &n, &n, &n, &n);
    g_hSession = SnmpCreateSession(hWnd, WM_SNMP, NULL, NULL);
    if (g_hSession == SNMPAPI_FAILURE ||
        !Send(szAgent, nPort, szCommunity, szOid))
        return 1;
    while (GetMessage(&msg, NULL, 0, 0) > 0)
        DispatchMessage(&msg);
    SnmpClose(g_hSession);
    SnmpCleanup();
    return (int)msg.wParam;
}
