/* hidden_window.c : asks for values one after the other, driven by messages
 * to a window that is never shown.
 *
 * usage: hidden_window agent port community oid...
 */
#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>
#include <stdio.h>
#include <strsafe.h>

#define WM_NEXT (WM_USER + 1)
#define WM_SNMP (WM_USER + 2)

typedef struct tagREQUEST {
    HSNMP_SESSION hSession;
    HSNMP_ENTITY hAgent;
    HSNMP_CONTEXT hContext;
    char **lpOids;
    BOOL bFailed;
} REQUEST, *LPREQUEST;

static BOOL SendNext(LPREQUEST lpRequest)
{
    smiOID oid;
    HSNMP_VBL hVbl;
    HSNMP_PDU hPdu;
    SNMPAPI_STATUS status;

    if (SnmpStrToOid(*lpRequest->lpOids++, &oid) == SNMPAPI_FAILURE)
        return FALSE;
    hVbl = SnmpCreateVbl(lpRequest->hSession, &oid, NULL);
    hPdu = SnmpCreatePdu(lpRequest->hSession, SNMP_PDU_GET, 0, 0, 0, hVbl);
    status = SnmpSendMsg(lpRequest->hSession, NULL, lpRequest->hAgent,
                         lpRequest->hContext, hPdu);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    SnmpFreeVbl(hVbl);
    SnmpFreePdu(hPdu);
    return status == SNMPAPI_SUCCESS;
}

static void PrintFirst(HSNMP_VBL hVbl)
{
    smiOID oid;
    smiVALUE value;
    char szOid[MAXOBJIDSTRSIZE];
    char szLine[MAXOBJIDSTRSIZE + 100];

    if (!SnmpGetVb(hVbl, 1, &oid, &value))
        return;
    SnmpOidToStr(&oid, sizeof(szOid), szOid);
    if (value.syntax == SNMP_SYNTAX_OCTETS)
        StringCchPrintf(szLine, sizeof(szLine), "%s = %s", szOid,
                        value.value.string.ptr);
    else
        StringCchPrintf(szLine, sizeof(szLine), "%s = type %lu", szOid,
                        value.syntax);
    puts(szLine);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
    SnmpFreeDescriptor(value.syntax, (smiLPOPAQUE)&value.value.string);
}

static BOOL Receive(LPREQUEST lpRequest)
{
    HSNMP_ENTITY hSrc, hDst;
    HSNMP_CONTEXT hContext;
    HSNMP_PDU hPdu;
    HSNMP_VBL hVbl;
    smiINT nError = 0;

    if (!SnmpRecvMsg(lpRequest->hSession, &hSrc, &hDst, &hContext, &hPdu))
        return FALSE;
    SnmpGetPduData(hPdu, NULL, NULL, &nError, NULL, &hVbl);
    if (nError == SNMP_ERROR_NOERROR)
        PrintFirst(hVbl);
    SnmpFreeVbl(hVbl);
    SnmpFreePdu(hPdu);
    SnmpFreeContext(hContext);
    SnmpFreeEntity(hSrc);
    SnmpFreeEntity(hDst);
    return nError == SNMP_ERROR_NOERROR;
}

LRESULT CALLBACK WndProc(HWND hWnd, UINT uMsg, WPARAM wParam, LPARAM lParam)
{
    LPREQUEST lpRequest = (LPREQUEST)GetWindowLongPtr(hWnd, 0);

    switch (uMsg) {
    case WM_CREATE:
        SetWindowLongPtr(hWnd, 0,
                         (LONG_PTR)((LPCREATESTRUCT)lParam)->lpCreateParams);
        return 0;
    case WM_NEXT:
        if (*lpRequest->lpOids == NULL)
            DestroyWindow(hWnd);
        else if (!SendNext(lpRequest)) {
            lpRequest->bFailed = TRUE;
            DestroyWindow(hWnd);
        }
        return 0;
    case WM_SNMP:
        if (wParam != 0 || !Receive(lpRequest))
            lpRequest->bFailed = TRUE;
        PostMessage(hWnd, WM_NEXT, 0, 0);
        return 0;
    case WM_DESTROY:
        PostQuitMessage(lpRequest->bFailed);
        return 0;
    }
    return DefWindowProc(hWnd, uMsg, wParam, lParam);
}

static HWND MakeWindow(LPREQUEST lpRequest)
{
    WNDCLASS wc;

    ZeroMemory(&wc, sizeof(wc));
    wc.lpfnWndProc = WndProc;
    wc.cbWndExtra = sizeof(LPREQUEST);
    wc.hInstance = GetModuleHandle(NULL);
    wc.lpszClassName = "SnmpWindow";
    if (!RegisterClass(&wc))
        return NULL;
    return CreateWindow("SnmpWindow", "", WS_OVERLAPPEDWINDOW, CW_USEDEFAULT,
                        CW_USEDEFAULT, CW_USEDEFAULT, CW_USEDEFAULT, NULL, NULL,
                        wc.hInstance, lpRequest);
}

int __cdecl main(int argc, char *argv[])
{
    smiUINT32 nMajor, nMinor, nLevel, nTranslate, nRetransmit;
    smiOCTETS community;
    REQUEST request = {0};
    OSVERSIONINFO version;
    WSADATA wsaData;
    HWND hWnd;
    MSG msg;

    if (argc < 5)
        return 1;
    version.dwOSVersionInfoSize = sizeof(version);
    if (!GetVersionEx(&version) ||
        version.dwPlatformId != VER_PLATFORM_WIN32_NT ||
        WSAStartup(MAKEWORD(2, 2), &wsaData) != 0)
        return 1;
    if (!SnmpStartup(&nMajor, &nMinor, &nLevel, &nTranslate, &nRetransmit))
        return 1;
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    hWnd = MakeWindow(&request);
    request.hSession = SnmpOpen(hWnd, WM_SNMP);
    if (request.hSession == SNMPAPI_FAILURE)
        return 1;
    request.hAgent = SnmpStrToEntity(request.hSession, argv[1]);
    SnmpSetPort(request.hAgent, atoi(argv[2]));
    community.len = lstrlen(argv[3]);
    community.ptr = (smiLPBYTE)argv[3];
    request.hContext = SnmpStrToContext(request.hSession, &community);
    request.lpOids = &argv[4];
    PostMessage(hWnd, WM_NEXT, 0, 0);
    while (GetMessage(&msg, NULL, 0, 0) > 0) {
        TranslateMessage(&msg);
        DispatchMessage(&msg);
    }
    SnmpFreeContext(request.hContext);
    SnmpFreeEntity(request.hAgent);
    SnmpClose(request.hSession);
    SnmpCleanup();
    WSACleanup();
    return (int)msg.wParam;
}
