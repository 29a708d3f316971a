// polled.cpp : loads the library by its name and polls for the response.
//
// usage: polled agent port community oid

#include <iostream>
#include <windows.h>
#include <winsnmp.h>

using std::cerr;
using std::cout;
using std::endl;

// The functions, found at run time.
static HMODULE hWinSnmp;

template <typename F> static bool Find(F &pfn, const char *pszName)
{
    pfn = (F)GetProcAddress(hWinSnmp, pszName);
    if (!pfn)
        cerr << pszName << ": error " << GetLastError() << endl;
    return pfn != NULL;
}

#define DECLARE(name) static decltype(&name) p##name
DECLARE(SnmpStartup);
DECLARE(SnmpCleanup);
DECLARE(SnmpCreateSession);
DECLARE(SnmpClose);
DECLARE(SnmpStrToEntity);
DECLARE(SnmpSetPort);
DECLARE(SnmpStrToContext);
DECLARE(SnmpStrToOid);
DECLARE(SnmpCreateVbl);
DECLARE(SnmpCreatePdu);
DECLARE(SnmpSendMsg);
DECLARE(SnmpRecvMsg);
DECLARE(SnmpGetPduData);
DECLARE(SnmpGetVb);
DECLARE(SnmpGetLastError);

static bool Load()
{
    hWinSnmp = LoadLibrary("wsnmp32.dll");
    return hWinSnmp && Find(pSnmpStartup, "SnmpStartup") &&
           Find(pSnmpCleanup, "SnmpCleanup") &&
           Find(pSnmpCreateSession, "SnmpCreateSession") &&
           Find(pSnmpClose, "SnmpClose") &&
           Find(pSnmpStrToEntity, "SnmpStrToEntity") &&
           Find(pSnmpSetPort, "SnmpSetPort") &&
           Find(pSnmpStrToContext, "SnmpStrToContext") &&
           Find(pSnmpStrToOid, "SnmpStrToOid") &&
           Find(pSnmpCreateVbl, "SnmpCreateVbl") &&
           Find(pSnmpCreatePdu, "SnmpCreatePdu") &&
           Find(pSnmpSendMsg, "SnmpSendMsg") &&
           Find(pSnmpRecvMsg, "SnmpRecvMsg") &&
           Find(pSnmpGetPduData, "SnmpGetPduData") &&
           Find(pSnmpGetVb, "SnmpGetVb") &&
           Find(pSnmpGetLastError, "SnmpGetLastError");
}

static bool Poll(HSNMP_SESSION session, HSNMP_PDU *pdu)
{
    HSNMP_ENTITY src, dst;
    HSNMP_CONTEXT context;

    for (int i = 0; i < 2000; i++) {
        if (pSnmpRecvMsg(session, &src, &dst, &context, pdu) == SNMPAPI_SUCCESS)
            return true;
        if (pSnmpGetLastError(session) != SNMPAPI_NOOP)
            return false;
        Sleep(10);
    }
    return false;
}

int main(int argc, char **argv)
{
    smiUINT32 a, b, c, d, e;
    HSNMP_PDU pdu;
    HSNMP_VBL vbl;
    smiOID oid;
    smiVALUE value;

    if (argc != 5 || !Load() ||
        pSnmpStartup(&a, &b, &c, &d, &e) != SNMPAPI_SUCCESS)
        return 1;
    HSNMP_SESSION session = pSnmpCreateSession(0, 0, nullptr, nullptr);
    if (!session) {
        cerr << "session creation failed: " << pSnmpGetLastError(0) << endl;
        return 2;
    }
    HSNMP_ENTITY agent = pSnmpStrToEntity(session, argv[1]);
    pSnmpSetPort(agent, atoi(argv[2]));
    smiOCTETS community = {(smiUINT32)strlen(argv[3]), (smiLPBYTE)argv[3]};
    HSNMP_CONTEXT context = pSnmpStrToContext(session, &community);
    pSnmpStrToOid(argv[4], &oid);
    vbl = pSnmpCreateVbl(session, &oid, nullptr);
    pdu = pSnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0, vbl);
    int result = 1;
    if (pSnmpSendMsg(session, 0, agent, context, pdu) && Poll(session, &pdu) &&
        pSnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &vbl) &&
        pSnmpGetVb(vbl, 1, &oid, &value) &&
        value.syntax == SNMP_SYNTAX_OCTETS) {
        cout << (char *)value.value.string.ptr << endl;
        result = 0;
    }
    pSnmpClose(session);
    pSnmpCleanup();
    FreeLibrary(hWinSnmp);
    return result;
}
