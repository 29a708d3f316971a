// callback_event.cpp : walks a subtree; the callback only sets an event.
//
// usage: callback_event agent port community oid

#include <winsock2.h>
#include <windows.h>
#include <winsnmp.h>
#include <conio.h>
#include <map>
#include <process.h>
#include <stdio.h>
#include <string>
#include <tchar.h>

class CManager {
  public:
    CManager()
        : m_hEvent(::CreateEvent(NULL, TRUE, FALSE, _T("SnmpManager"))),
          m_hSession(NULL), m_hAgent(NULL), m_hContext(NULL)
    {
        ::InitializeCriticalSection(&m_cs);
    }
    ~CManager()
    {
        SnmpClose(m_hSession);
        ::CloseHandle(m_hEvent);
        ::DeleteCriticalSection(&m_cs);
    }

    BOOL Open(LPCSTR lpszAgent, UINT nPort, LPCSTR lpszCommunity);
    BOOL Walk(LPCSTR lpszOid);
    void Print();

  private:
    static SNMPAPI_STATUS CALLBACK Callback(HSNMP_SESSION, HWND, UINT, WPARAM,
                                            LPARAM, LPVOID);
    HSNMP_VBL GetNext(smiLPCOID pOid);
    HSNMP_VBL Receive();

    HANDLE m_hEvent;
    HSNMP_SESSION m_hSession;
    HSNMP_ENTITY m_hAgent;
    HSNMP_CONTEXT m_hContext;
    CRITICAL_SECTION m_cs;
    std::map<std::string, DWORD> m_mapSyntaxes;
};

// Without CALLBACK, as it is often seen.
SNMPAPI_STATUS CManager::Callback(HSNMP_SESSION, HWND, UINT, WPARAM, LPARAM,
                                  LPVOID lpClientData)
{
    ::SetEvent(static_cast<CManager *>(lpClientData)->m_hEvent);
    return SNMPAPI_SUCCESS;
}

BOOL CManager::Open(LPCSTR lpszAgent, UINT nPort, LPCSTR lpszCommunity)
{
    smiOCTETS community;

    m_hSession = SnmpCreateSession(NULL, NULL, Callback, this);
    if (m_hSession == SNMPAPI_FAILURE)
        return FALSE;
    m_hAgent = SnmpStrToEntity(m_hSession, lpszAgent);
    if (m_hAgent == NULL || !SnmpSetPort(m_hAgent, nPort))
        return FALSE;
    community.ptr = (smiLPBYTE)lpszCommunity;
    community.len = lstrlen(lpszCommunity);
    m_hContext = SnmpStrToContext(m_hSession, &community);
    return m_hContext != NULL;
}

HSNMP_VBL CManager::Receive()
{
    HSNMP_ENTITY hSrc, hDst;
    HSNMP_CONTEXT hContext;
    HSNMP_PDU hPdu;
    HSNMP_VBL hVbl = NULL;
    smiINT nError = 0;

    if (!SnmpRecvMsg(m_hSession, &hSrc, &hDst, &hContext, &hPdu))
        return NULL;
    // The handles of a response are those of its request.
    if (hSrc == m_hAgent && hContext == m_hContext)
        SnmpGetPduData(hPdu, NULL, NULL, &nError, NULL, &hVbl);
    SnmpFreeEntity(hSrc);
    SnmpFreeEntity(hDst);
    SnmpFreeContext(hContext);
    SnmpFreePdu(hPdu);
    return nError == SNMP_ERROR_NOERROR ? hVbl : NULL;
}

HSNMP_VBL CManager::GetNext(smiLPCOID pOid)
{
    HSNMP_VBL hVbl = SnmpCreateVbl(m_hSession, pOid, NULL);
    HSNMP_PDU hPdu =
        SnmpCreatePdu(m_hSession, SNMP_PDU_GETNEXT, 1, NULL, NULL, hVbl);
    SNMPAPI_STATUS status;

    ::ResetEvent(m_hEvent);
    status = SnmpSendMsg(m_hSession, NULL, m_hAgent, m_hContext, hPdu);
    SnmpFreeVbl(hVbl);
    SnmpFreePdu(hPdu);
    if (status == SNMPAPI_FAILURE ||
        ::WaitForSingleObject(m_hEvent, 20000) != WAIT_OBJECT_0)
        return NULL;
    return Receive();
}

BOOL CManager::Walk(LPCSTR lpszOid)
{
    smiOID root, oid;
    smiVALUE value;
    smiINT nCompare = 0;
    HSNMP_VBL hVbl;

    if (SnmpStrToOid(lpszOid, &root) == SNMPAPI_FAILURE)
        return FALSE;
    oid = root;
    while ((hVbl = GetNext(&oid)) != NULL) {
        char szOid[MAXOBJIDSTRSIZE];

        if (!SnmpGetVb(hVbl, 1, &oid, &value))
            return FALSE;
        SnmpFreeVbl(hVbl);
        SnmpOidCompare(&oid, &root, root.len, &nCompare);
        if (nCompare != 0 || value.syntax == SNMP_SYNTAX_ENDOFMIBVIEW)
            return TRUE;
        SnmpOidToStr(&oid, sizeof(szOid), szOid);
        ::EnterCriticalSection(&m_cs);
        m_mapSyntaxes[szOid] = value.syntax;
        ::LeaveCriticalSection(&m_cs);
        if (value.syntax == SNMP_SYNTAX_OCTETS)
            SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &value.value.string);
    }
    return FALSE;
}

void CManager::Print()
{
    for (std::map<std::string, DWORD>::const_iterator it =
             m_mapSyntaxes.begin();
         it != m_mapSyntaxes.end(); ++it) {
        CHAR szLine[200];

        sprintf_s(szLine, sizeof(szLine), "%s %lu", it->first.c_str(),
                  it->second);
        puts(szLine);
    }
}

static unsigned __stdcall ThreadProc(void *pParam)
{
    TCHAR **argv = (TCHAR **)pParam;
    CManager manager;

    if (!manager.Open(argv[1], _ttoi(argv[2]), argv[3]) ||
        !manager.Walk(argv[4]))
        return 1;
    manager.Print();
    return 0;
}

int _tmain(int argc, TCHAR *argv[])
{
    smiUINT32 nMajor, nMinor, nLevel, nTranslate, nRetransmit;
    DWORD dwExitCode = 1;
    HANDLE hThread;

    if (argc != 5)
        return 1;
    SnmpStartup(&nMajor, &nMinor, &nLevel, &nTranslate, &nRetransmit);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1);
    hThread = (HANDLE)_beginthreadex(NULL, 0, ThreadProc, argv, 0, NULL);
    if (hThread != NULL) {
        WaitForSingleObject(hThread, INFINITE);
        GetExitCodeThread(hThread, &dwExitCode);
        CloseHandle(hThread);
    }
    SnmpCleanup();
    return (int)dwExitCode;
}
