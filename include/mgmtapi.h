/*
 * mgmtapi.h - the SNMP management interface: requests that wait for their
 * answer, names of objects, and traps in SNMPv1 terms.
 *
 * Names, values and prototypes are those of the public Windows header.  The
 * protocol is SNMPv1.  The functions start the WinSNMP library themselves
 * and leave the settings of the program alone.
 *
 * A function that fails returns FALSE or NULL, and GetLastError gives the
 * reason.  All of them can fail with SNMP_MEM_ALLOC_ERROR and
 * ERROR_INVALID_PARAMETER (an argument is NULL); the comments list the rest.
 * A failed call changes nothing.
 *
 * SnmpMgrRequest waits, so it must not be called in a notification function
 * of the WinSNMP library, nor by the thread that runs the program's event
 * base if the library uses that one.
 */
#ifndef _INC_MGMTAPI
#define _INC_MGMTAPI

#include "snmp.h"
#if !defined(WSN_INTERNAL) && !defined(WINSNMP_MINIMAL)
#include <winsock.h>
#endif

#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* what GetLastError returns */
#define SNMP_MGMTAPI_TIMEOUT 40
#define SNMP_MGMTAPI_SELECT_FDERRORS 41
#define SNMP_MGMTAPI_TRAP_ERRORS 42
#define SNMP_MGMTAPI_TRAP_DUPINIT 43
#define SNMP_MGMTAPI_NOTRAPS 44
#define SNMP_MGMTAPI_AGAIN 45
#define SNMP_MGMTAPI_INVALID_CTL 46
#define SNMP_MGMTAPI_INVALID_SESSION 47
#define SNMP_MGMTAPI_INVALID_BUFFER 48

/* control codes */
#define MGMCTL_SETAGENTPORT 0x01

typedef PVOID LPSNMP_MGR_SESSION;

/* ---- Requests ------------------------------------------------------- */

/*
 * Opens a session with an agent, given by an IPv4 or IPv6 address or the
 * name of a host.  An answer is waited for nTimeOut milliseconds, twice as
 * long after each of nRetries repetitions.  Errors: 11001 (no such host),
 * SNMP_MGMTAPI_SELECT_FDERRORS (the library cannot be started).
 */
LPSNMP_MGR_SESSION SNMP_FUNC_TYPE SnmpMgrOpen(LPSTR lpAgentAddress,
                                              LPSTR lpAgentCommunity,
                                              INT nTimeOut, INT nRetries);

/*
 * MGMCTL_SETAGENTPORT: sets the agent's UDP port to the UINT at lpvInBuffer.
 * The other buffers are not used.  Errors: SNMP_MGMTAPI_INVALID_CTL,
 * SNMP_MGMTAPI_INVALID_SESSION, SNMP_MGMTAPI_INVALID_BUFFER,
 * SNMP_MGMTAPI_AGAIN.
 */
BOOL SNMP_FUNC_TYPE SnmpMgrCtl(LPSNMP_MGR_SESSION session, DWORD dwCtlCode,
                               LPVOID lpvInBuffer, DWORD cbInBuffer,
                               LPVOID lpvOUTBuffer, DWORD cbOUTBuffer,
                               LPDWORD lpcbBytesReturned);

/*
 * Closes a session, or for NULL ends the reception of traps.  Errors:
 * SNMP_MGMTAPI_INVALID_SESSION, SNMP_MGMTAPI_AGAIN (another thread uses it).
 */
BOOL SNMP_FUNC_TYPE SnmpMgrClose(LPSNMP_MGR_SESSION session);

/*
 * Sends an SNMP_PDU_GET, _GETNEXT or _SET and waits.  When the agent has
 * answered, fills in the error status and index, puts the list of the answer
 * in place of variableBindings, whose memory must be SnmpUtilMemAlloc's, and
 * returns TRUE.  Errors: SNMP_MGMTAPI_TIMEOUT, SNMP_MGMTAPI_SELECT_FDERRORS
 * (it cannot be sent), SNMP_MGMTAPI_INVALID_SESSION, SNMP_MGMTAPI_AGAIN,
 * SNMP_MGMTAPI_INVALID_BUFFER (a binding is not valid),
 * SNMP_PDUAPI_UNRECOGNIZED_PDU.
 */
SNMPAPI SNMP_FUNC_TYPE SnmpMgrRequest(LPSNMP_MGR_SESSION session,
                                      BYTE requestType,
                                      SnmpVarBindList *variableBindings,
                                      AsnInteger32 *errorStatus,
                                      AsnInteger32 *errorIndex);

/* ---- Names ---------------------------------------------------------- */

/*
 * Reads names of MIB-II and numbers, such as "system.sysUpTime.0".  Text that
 * begins with a dot begins at the root, other text at mib-2.  Free the
 * result with SnmpUtilOidFree.  Errors: SNMP_BERAPI_INVALID_OBJELEM,
 * SNMP_BERAPI_OVERFLOW.
 */
BOOL SNMP_FUNC_TYPE SnmpMgrStrToOid(LPSTR string, AsnObjectIdentifier *oid);

/*
 * The reverse: text for SnmpUtilMemFree, below mib-2 without a leading dot.
 * Error: SNMP_BERAPI_INVALID_OBJELEM (an empty one), SNMP_BERAPI_OVERFLOW.
 */
BOOL SNMP_FUNC_TYPE SnmpMgrOidToStr(AsnObjectIdentifier *oid, LPSTR *string);

/* ---- Traps ---------------------------------------------------------- */

/*
 * Begins to receive traps at UDP port 162, or the configured one.  The event
 * is set when one has come: reset it, then take traps until there is none.
 * It belongs to the library.  Errors: SNMP_MGMTAPI_TRAP_DUPINIT (it is done
 * already), SNMP_MGMTAPI_TRAP_ERRORS (the port cannot be had).
 */
BOOL SNMP_FUNC_TYPE SnmpMgrTrapListen(HANDLE *phTrapAvailable);

/*
 * Take the next trap.  Outputs that are NULL are left out; enterprise,
 * addresses, community and variableBindings are to be freed.  A sender with
 * IPv6 has an address of 16 bytes.  SNMPv2c notifications are shown as
 * SNMPv1 traps (RFC 3584, 3.2).  Errors: SNMP_MGMTAPI_NOTRAPS,
 * SNMP_MGMTAPI_TRAP_ERRORS (not receiving).
 */
BOOL SNMP_FUNC_TYPE SnmpMgrGetTrap(AsnObjectIdentifier *enterprise,
                                   AsnNetworkAddress *IPAddress,
                                   AsnInteger32 *genericTrap,
                                   AsnInteger32 *specificTrap,
                                   AsnTimeticks *timeStamp,
                                   SnmpVarBindList *variableBindings);
BOOL SNMP_FUNC_TYPE SnmpMgrGetTrapEx(
    AsnObjectIdentifier *enterprise, AsnNetworkAddress *agentAddress,
    AsnNetworkAddress *sourceAddress, AsnInteger32 *genericTrap,
    AsnInteger32 *specificTrap, AsnOctetString *community,
    AsnTimeticks *timeStamp, SnmpVarBindList *variableBindings);

#ifdef __cplusplus
}
#endif

#ifdef __GNUC__
#pragma GCC visibility pop
#endif

#endif
