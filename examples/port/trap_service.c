/* trap_service.c : a service that writes down the traps it receives.
 *
 * usage: trap_service [-console]
 */
#include <windows.h>
#include <winsnmp.h>
#include <stdio.h>
#include <tchar.h>

#define SERVICE_NAME _T("TrapService")

static SERVICE_STATUS g_Status;
static SERVICE_STATUS_HANDLE g_hStatus;
static HANDLE g_hStop;

static void WriteLine(LPCSTR lpszText)
{
    HANDLE hOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    char szLine[1024];
    SYSTEMTIME now;
    DWORD dwWritten;
    int n;

    GetLocalTime(&now);
    n = wsprintf(szLine, "%04u-%02u-%02u %s\n", now.wYear, now.wMonth, now.wDay,
                 lpszText);
    WriteFile(hOutput, szLine, n, &dwWritten, NULL);
}

static void WriteTrap(HSNMP_ENTITY hSrc, HSNMP_CONTEXT hContext, HSNMP_VBL hVbl)
{
    char szSource[64] = "", szOid[MAXOBJIDSTRSIZE] = "", szLine[1000];
    smiOCTETS community = {0, NULL};
    smiVALUE value;
    smiOID oid;

    SnmpEntityToStr(hSrc, sizeof(szSource), (LPSTR)szSource);
    SnmpContextToStr(hContext, &community);
    if (SnmpGetVb(hVbl, 2, &oid, &value) == SNMPAPI_SUCCESS &&
        value.syntax == SNMP_SYNTAX_OID) {
        SnmpOidToStr(&value.value.oid, sizeof(szOid), szOid);
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&value.value.oid);
    }
    _snprintf(szLine, sizeof(szLine), "%s %s %s, %lu varbinds", szSource,
              (char *)community.ptr, szOid, SnmpCountVbl(hVbl));
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
    WriteLine(szLine);
}

static SNMPAPI_STATUS CALLBACK OnTrap(HSNMP_SESSION hSession, HWND hWnd,
                                      UINT wMsg, WPARAM wParam, LPARAM lParam,
                                      LPVOID lpClientData)
{
    HSNMP_ENTITY hSrc, hDst;
    HSNMP_CONTEXT hContext;
    HSNMP_PDU hPdu;
    HSNMP_VBL hVbl;
    smiINT nType = 0;

    (void)hWnd, (void)wMsg, (void)wParam, (void)lParam, (void)lpClientData;
    if (!SnmpRecvMsg(hSession, &hSrc, &hDst, &hContext, &hPdu))
        return SNMPAPI_SUCCESS;
    SnmpGetPduData(hPdu, &nType, NULL, NULL, NULL, &hVbl);
    if (nType == SNMP_PDU_TRAP)
        WriteTrap(hSrc, hContext, hVbl);
    SnmpFreeVbl(hVbl);
    SnmpFreePdu(hPdu);
    SnmpFreeContext(hContext);
    SnmpFreeEntity(hSrc);
    SnmpFreeEntity(hDst);
    return SNMPAPI_SUCCESS;
}

static void SetState(DWORD dwState, DWORD dwExitCode)
{
    g_Status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
    g_Status.dwCurrentState = dwState;
    g_Status.dwControlsAccepted =
        dwState == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP : 0;
    g_Status.dwWin32ExitCode = dwExitCode;
    if (g_hStatus != NULL)
        SetServiceStatus(g_hStatus, &g_Status);
}

static VOID WINAPI Handler(DWORD dwControl)
{
    if (dwControl == SERVICE_CONTROL_STOP ||
        dwControl == SERVICE_CONTROL_SHUTDOWN) {
        SetState(SERVICE_STOP_PENDING, NO_ERROR);
        SetEvent(g_hStop);
    }
}

static BOOL Run(void)
{
    smiUINT32 nMajor, nMinor, nLevel, nTranslate, nRetransmit;
    HSNMP_SESSION hSession;

    if (!SnmpStartup(&nMajor, &nMinor, &nLevel, &nTranslate, &nRetransmit))
        return FALSE;
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    hSession = SnmpCreateSession(NULL, 0, OnTrap, NULL);
    if (!SnmpRegister(hSession, NULL, NULL, NULL, NULL, SNMPAPI_ON)) {
        SnmpCleanup();
        return FALSE;
    }
    SetState(SERVICE_RUNNING, NO_ERROR);
    WriteLine("running");
    WaitForSingleObject(g_hStop, INFINITE);
    SnmpRegister(hSession, NULL, NULL, NULL, NULL, SNMPAPI_OFF);
    SnmpClose(hSession);
    SnmpCleanup();
    WriteLine("stopped");
    return TRUE;
}

static VOID WINAPI ServiceMain(DWORD argc, LPTSTR *argv)
{
    UNREFERENCED_PARAMETER(argc);
    UNREFERENCED_PARAMETER(argv);
    g_hStatus = RegisterServiceCtrlHandler(SERVICE_NAME, Handler);
    if (g_hStatus == NULL)
        return;
    SetState(SERVICE_START_PENDING, NO_ERROR);
    SetState(SERVICE_STOPPED, Run() ? NO_ERROR : ERROR_GEN_FAILURE);
}

static BOOL WINAPI OnCtrl(DWORD dwEvent)
{
    UNREFERENCED_PARAMETER(dwEvent);
    return SetEvent(g_hStop);
}

int _tmain(int argc, _TCHAR *argv[])
{
    SERVICE_TABLE_ENTRY table[] = {{SERVICE_NAME, ServiceMain}, {NULL, NULL}};

    g_hStop = CreateEvent(NULL, TRUE, FALSE, NULL);
    if (argc > 1 && _tcsicmp(argv[1], _T("-console")) == 0) {
        SetConsoleCtrlHandler(OnCtrl, TRUE);
        return Run() ? 0 : 1;
    }
    if (!StartServiceCtrlDispatcher(table)) {
        _tprintf(_T("not started as a service: error %lu\n"),
                 (unsigned long)GetLastError());
        return 1;
    }
    return g_Status.dwWin32ExitCode == NO_ERROR ? 0 : 1;
}
