/*
 * snmp.h - the SNMP utility interface: object identifiers, values and lists
 * of variable bindings with memory of their own, and the entry points of an
 * extension agent.
 *
 * Names, values and prototypes are those of the public Windows header.  One
 * thing differs: on 64-bit Windows the structures are packed to 4 bytes,
 * here they have their natural layout, so that an smiOID of winsnmp.h may be
 * used as an AsnObjectIdentifier.
 *
 * The functions need no start-up and may be called from any thread.  Those
 * that return SNMPAPI give SNMPAPI_NOERROR or SNMPAPI_ERROR; GetLastError
 * then tells SNMP_MEM_ALLOC_ERROR, SNMP_BERAPI_OVERFLOW or
 * ERROR_INVALID_PARAMETER (an argument is NULL).  A failed call changes
 * nothing.  The Free functions take NULL.
 */
#ifndef _INC_SNMP
#define _INC_SNMP

#if defined(WSN_INTERNAL) || defined(WINSNMP_MINIMAL)
#include <windef.h>
#else
#include <windows.h>
#endif

#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Types ---------------------------------------------------------- */

/* length bytes at stream, which is to be freed if dynamic is TRUE. */
typedef struct {
    BYTE *stream;
    UINT length;
    BOOL dynamic;
} AsnOctetString;

/* idLength sub-identifiers at ids. */
typedef struct {
    UINT idLength;
    UINT *ids;
} AsnObjectIdentifier;

typedef LONG AsnInteger32;
typedef ULONG AsnUnsigned32;
typedef ULARGE_INTEGER AsnCounter64;
typedef AsnUnsigned32 AsnCounter32;
typedef AsnUnsigned32 AsnGauge32;
typedef AsnUnsigned32 AsnTimeticks;
typedef AsnOctetString AsnBits;
typedef AsnOctetString AsnSequence;
typedef AsnOctetString AsnImplicitSequence;
typedef AsnOctetString AsnIPAddress;
typedef AsnOctetString AsnNetworkAddress;
typedef AsnOctetString AsnDisplayString;
typedef AsnOctetString AsnOpaque;

/* A value; asnType (ASN_*) says which member is meant. */
typedef struct {
    BYTE asnType;
    union {
        AsnInteger32 number;      /* ASN_INTEGER32 */
        AsnUnsigned32 unsigned32; /* ASN_UINTEGER32 */
        AsnCounter64 counter64;
        AsnOctetString string;
        AsnBits bits;
        AsnObjectIdentifier object;
        AsnSequence sequence;
        AsnIPAddress address; /* 4 bytes, network order */
        AsnCounter32 counter;
        AsnGauge32 gauge;
        AsnTimeticks ticks;
        AsnOpaque arbitrary;
    } asnValue;
} AsnAny;

typedef AsnObjectIdentifier AsnObjectName;
typedef AsnAny AsnObjectSyntax;

typedef struct {
    AsnObjectName name;
    AsnObjectSyntax value;
} SnmpVarBind;

/* len bindings at list. */
typedef struct {
    SnmpVarBind *list;
    UINT len;
} SnmpVarBindList;

/* ---- Constants ------------------------------------------------------ */

/* winsnmp.h has the same words, spelt alike: it may come before or after. */
#ifndef _INC_WINSNMP
#define ASN_UNIVERSAL (0x00)
#define ASN_APPLICATION (0x40)
#define ASN_CONTEXT (0x80)
#define ASN_PRIVATE (0xc0)
#define ASN_PRIMITIVE (0x00)
#define ASN_CONSTRUCTOR (0x20)

#define SNMP_PDU_GET (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x0)
#define SNMP_PDU_GETNEXT (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x1)
#define SNMP_PDU_RESPONSE (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x2)
#define SNMP_PDU_SET (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x3)
#define SNMP_PDU_V1TRAP (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x4)
#define SNMP_PDU_GETBULK (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x5)
#define SNMP_PDU_INFORM (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x6)
#define SNMP_PDU_TRAP (ASN_CONTEXT | ASN_CONSTRUCTOR | 0x7)
#endif

#define ASN_INTEGER (ASN_UNIVERSAL | ASN_PRIMITIVE | 0x02)
#define ASN_BITS (ASN_UNIVERSAL | ASN_PRIMITIVE | 0x03)
#define ASN_OCTETSTRING (ASN_UNIVERSAL | ASN_PRIMITIVE | 0x04)
#define ASN_NULL (ASN_UNIVERSAL | ASN_PRIMITIVE | 0x05)
#define ASN_OBJECTIDENTIFIER (ASN_UNIVERSAL | ASN_PRIMITIVE | 0x06)
#define ASN_INTEGER32 ASN_INTEGER
#define ASN_SEQUENCE (ASN_UNIVERSAL | ASN_CONSTRUCTOR | 0x10)
#define ASN_SEQUENCEOF ASN_SEQUENCE
#define ASN_IPADDRESS (ASN_APPLICATION | ASN_PRIMITIVE | 0x00)
#define ASN_COUNTER32 (ASN_APPLICATION | ASN_PRIMITIVE | 0x01)
#define ASN_GAUGE32 (ASN_APPLICATION | ASN_PRIMITIVE | 0x02)
#define ASN_TIMETICKS (ASN_APPLICATION | ASN_PRIMITIVE | 0x03)
#define ASN_OPAQUE (ASN_APPLICATION | ASN_PRIMITIVE | 0x04)
#define ASN_COUNTER64 (ASN_APPLICATION | ASN_PRIMITIVE | 0x06)
#define ASN_UINTEGER32 (ASN_APPLICATION | ASN_PRIMITIVE | 0x07)
#define ASN_RFC2578_UNSIGNED32 ASN_GAUGE32

#define SNMP_EXCEPTION_NOSUCHOBJECT (ASN_CONTEXT | ASN_PRIMITIVE | 0x00)
#define SNMP_EXCEPTION_NOSUCHINSTANCE (ASN_CONTEXT | ASN_PRIMITIVE | 0x01)
#define SNMP_EXCEPTION_ENDOFMIBVIEW (ASN_CONTEXT | ASN_PRIMITIVE | 0x02)

/* what an extension agent is asked */
#define SNMP_EXTENSION_GET SNMP_PDU_GET
#define SNMP_EXTENSION_GET_NEXT SNMP_PDU_GETNEXT
#define SNMP_EXTENSION_GET_BULK SNMP_PDU_GETBULK
#define SNMP_EXTENSION_SET_TEST (ASN_PRIVATE | ASN_CONSTRUCTOR | 0x0)
#define SNMP_EXTENSION_SET_COMMIT SNMP_PDU_SET
#define SNMP_EXTENSION_SET_UNDO (ASN_PRIVATE | ASN_CONSTRUCTOR | 0x1)
#define SNMP_EXTENSION_SET_CLEANUP (ASN_PRIVATE | ASN_CONSTRUCTOR | 0x2)

/* error-status of a response (RFC 3416, 3) */
#define SNMP_ERRORSTATUS_NOERROR 0
#define SNMP_ERRORSTATUS_TOOBIG 1
#define SNMP_ERRORSTATUS_NOSUCHNAME 2
#define SNMP_ERRORSTATUS_BADVALUE 3
#define SNMP_ERRORSTATUS_READONLY 4
#define SNMP_ERRORSTATUS_GENERR 5
#define SNMP_ERRORSTATUS_NOACCESS 6
#define SNMP_ERRORSTATUS_WRONGTYPE 7
#define SNMP_ERRORSTATUS_WRONGLENGTH 8
#define SNMP_ERRORSTATUS_WRONGENCODING 9
#define SNMP_ERRORSTATUS_WRONGVALUE 10
#define SNMP_ERRORSTATUS_NOCREATION 11
#define SNMP_ERRORSTATUS_INCONSISTENTVALUE 12
#define SNMP_ERRORSTATUS_RESOURCEUNAVAILABLE 13
#define SNMP_ERRORSTATUS_COMMITFAILED 14
#define SNMP_ERRORSTATUS_UNDOFAILED 15
#define SNMP_ERRORSTATUS_AUTHORIZATIONERROR 16
#define SNMP_ERRORSTATUS_NOTWRITABLE 17
#define SNMP_ERRORSTATUS_INCONSISTENTNAME 18

/* generic-trap of an SNMPv1 trap (RFC 1157, 4.1.6) */
#define SNMP_GENERICTRAP_COLDSTART 0
#define SNMP_GENERICTRAP_WARMSTART 1
#define SNMP_GENERICTRAP_LINKDOWN 2
#define SNMP_GENERICTRAP_LINKUP 3
#define SNMP_GENERICTRAP_AUTHFAILURE 4
#define SNMP_GENERICTRAP_EGPNEIGHLOSS 5
#define SNMP_GENERICTRAP_ENTERSPECIFIC 6

#define SNMP_ACCESS_NONE 0
#define SNMP_ACCESS_NOTIFY 1
#define SNMP_ACCESS_READ_ONLY 2
#define SNMP_ACCESS_READ_WRITE 3
#define SNMP_ACCESS_READ_CREATE 4

#define SNMP_LOG_SILENT 0x0
#define SNMP_LOG_FATAL 0x1
#define SNMP_LOG_ERROR 0x2
#define SNMP_LOG_WARNING 0x3
#define SNMP_LOG_TRACE 0x4
#define SNMP_LOG_VERBOSE 0x5

#define SNMP_OUTPUT_TO_CONSOLE 0x1
#define SNMP_OUTPUT_TO_LOGFILE 0x2
#define SNMP_OUTPUT_TO_EVENTLOG 0x4
#define SNMP_OUTPUT_TO_DEBUGGER 0x8

#define DEFAULT_SNMP_PORT_UDP 161
#define DEFAULT_SNMP_PORT_IPX 36879
#define DEFAULT_SNMPTRAP_PORT_UDP 162
#define DEFAULT_SNMPTRAP_PORT_IPX 36880

#define SNMP_MAX_OID_LEN 128

/* what GetLastError returns */
#define SNMP_MEM_ALLOC_ERROR 1
#define SNMP_BERAPI_INVALID_LENGTH 10
#define SNMP_BERAPI_INVALID_TAG 11
#define SNMP_BERAPI_OVERFLOW 12
#define SNMP_BERAPI_SHORT_BUFFER 13
#define SNMP_BERAPI_INVALID_OBJELEM 14
#define SNMP_PDUAPI_UNRECOGNIZED_PDU 20
#define SNMP_PDUAPI_INVALID_ES 21
#define SNMP_PDUAPI_INVALID_GT 22
#define SNMP_AUTHAPI_INVALID_VERSION 30
#define SNMP_AUTHAPI_INVALID_MSG_TYPE 31
#define SNMP_AUTHAPI_TRIV_AUTH_FAILED 32

#define SNMPAPI INT
#define SNMP_FUNC_TYPE WINAPI

#define SNMPAPI_NOERROR TRUE
#define SNMPAPI_ERROR FALSE

#define DEFINE_SIZEOF(Array) (sizeof(Array) / sizeof((Array)[0]))
#define DEFINE_OID(SubIdArray) {DEFINE_SIZEOF(SubIdArray), (SubIdArray)}
#define DEFINE_NULLOID() {0, NULL}
#define DEFINE_NULLOCTETS() {NULL, 0, FALSE}

/* ---- Object identifiers --------------------------------------------- */

/* A copy at *pOidDst, for SnmpUtilOidFree; what was there is not freed. */
SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidCpy(AsnObjectIdentifier *pOidDst,
                                      AsnObjectIdentifier *pOidSrc);

/* Appends; the memory of pOidDst must be SnmpUtilMemAlloc's, or NULL.  More
 * than SNMP_MAX_OID_LEN sub-identifiers are SNMP_BERAPI_OVERFLOW. */
SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidAppend(AsnObjectIdentifier *pOidDst,
                                         AsnObjectIdentifier *pOidSrc);

/* Compare two, or their first nSubIds sub-identifiers: negative, 0 or
 * positive.  Of two that begin alike the shorter one is smaller. */
SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidNCmp(AsnObjectIdentifier *pOid1,
                                       AsnObjectIdentifier *pOid2,
                                       UINT nSubIds);
SNMPAPI SNMP_FUNC_TYPE SnmpUtilOidCmp(AsnObjectIdentifier *pOid1,
                                      AsnObjectIdentifier *pOid2);

/* Frees the sub-identifiers and clears the structure. */
VOID SNMP_FUNC_TYPE SnmpUtilOidFree(AsnObjectIdentifier *pOid);

/*
 * Dotted text in a buffer of the thread, valid until its next call of either;
 * "<null oid>" if there is none, the end cut to "..." beyond 256 bytes.
 */
LPSTR SNMP_FUNC_TYPE SnmpUtilOidToA(AsnObjectIdentifier *Oid);
LPSTR SNMP_FUNC_TYPE SnmpUtilIdsToA(UINT *Ids, UINT IdLength);

/* Writes dotted text to standard output. */
VOID SNMP_FUNC_TYPE SnmpUtilPrintOid(AsnObjectIdentifier *Oid);

/* ---- Values and variable bindings ----------------------------------- */

/* Compare bytes, or the first nChars: negative, 0 or positive. */
SNMPAPI SNMP_FUNC_TYPE SnmpUtilOctetsCmp(AsnOctetString *pOctets1,
                                         AsnOctetString *pOctets2);
SNMPAPI SNMP_FUNC_TYPE SnmpUtilOctetsNCmp(AsnOctetString *pOctets1,
                                          AsnOctetString *pOctets2,
                                          UINT nChars);

/* Copies for the Free functions below; what the destination held is not
 * freed. */
SNMPAPI SNMP_FUNC_TYPE SnmpUtilOctetsCpy(AsnOctetString *pOctetsDst,
                                         AsnOctetString *pOctetsSrc);
SNMPAPI SNMP_FUNC_TYPE SnmpUtilAsnAnyCpy(AsnAny *pAnyDst, AsnAny *pAnySrc);
SNMPAPI SNMP_FUNC_TYPE SnmpUtilVarBindCpy(SnmpVarBind *pVbDst,
                                          SnmpVarBind *pVbSrc);
SNMPAPI SNMP_FUNC_TYPE SnmpUtilVarBindListCpy(SnmpVarBindList *pVblDst,
                                              SnmpVarBindList *pVblSrc);

/* Free what the structure refers to, the array of a list included, and clear
 * it.  Bytes are freed if dynamic is TRUE. */
VOID SNMP_FUNC_TYPE SnmpUtilOctetsFree(AsnOctetString *pOctets);
VOID SNMP_FUNC_TYPE SnmpUtilAsnAnyFree(AsnAny *pAny);
VOID SNMP_FUNC_TYPE SnmpUtilVarBindFree(SnmpVarBind *pVb);
VOID SNMP_FUNC_TYPE SnmpUtilVarBindListFree(SnmpVarBindList *pVbl);

/* Writes the type and the value to standard output, as one line. */
VOID SNMP_FUNC_TYPE SnmpUtilPrintAsnAny(AsnAny *pAny);

/* ---- Memory --------------------------------------------------------- */

/* The allocator of everything here.  New bytes, those of a block that has
 * grown included, are zero.  NULL when there is no memory. */
LPVOID SNMP_FUNC_TYPE SnmpUtilMemAlloc(UINT nBytes);
LPVOID SNMP_FUNC_TYPE SnmpUtilMemReAlloc(LPVOID pMem, UINT nBytes);
VOID SNMP_FUNC_TYPE SnmpUtilMemFree(LPVOID pMem);

/* ---- The service ---------------------------------------------------- */

/* Hundredths of a second since the library was loaded. */
DWORD SNMP_FUNC_TYPE SnmpSvcGetUptime(void);

/* Which messages of SnmpUtilDbgPrint are written (SNMP_LOG_*, at first
 * SNMP_LOG_SILENT), and where (SNMP_OUTPUT_TO_*, at first the console, which
 * is standard error; the event log is syslog). */
VOID SNMP_FUNC_TYPE SnmpSvcSetLogLevel(INT nLogLevel);
VOID SNMP_FUNC_TYPE SnmpSvcSetLogType(INT nLogType);

VOID WINAPIV SnmpUtilDbgPrint(INT nLogLevel, LPSTR szFormat, ...);

#define SNMPDBG(_x_)

/* ---- What an extension agent defines -------------------------------- */

BOOL SNMP_FUNC_TYPE SnmpExtensionInit(
    DWORD dwUptimeReference, HANDLE *phSubagentTrapEvent,
    AsnObjectIdentifier *pFirstSupportedRegion);
BOOL SNMP_FUNC_TYPE
SnmpExtensionInitEx(AsnObjectIdentifier *pNextSupportedRegion);
BOOL SNMP_FUNC_TYPE SnmpExtensionMonitor(LPVOID pAgentMgmtData);
BOOL SNMP_FUNC_TYPE SnmpExtensionQuery(BYTE bPduType,
                                       SnmpVarBindList *pVarBindList,
                                       AsnInteger32 *pErrorStatus,
                                       AsnInteger32 *pErrorIndex);
BOOL SNMP_FUNC_TYPE SnmpExtensionQueryEx(UINT nRequestType, UINT nTransactionId,
                                         SnmpVarBindList *pVarBindList,
                                         AsnOctetString *pContextInfo,
                                         AsnInteger32 *pErrorStatus,
                                         AsnInteger32 *pErrorIndex);
BOOL SNMP_FUNC_TYPE SnmpExtensionTrap(AsnObjectIdentifier *pEnterpriseOid,
                                      AsnInteger32 *pGenericTrapId,
                                      AsnInteger32 *pSpecificTrapId,
                                      AsnTimeticks *pTimeStamp,
                                      SnmpVarBindList *pVarBindList);
VOID SNMP_FUNC_TYPE SnmpExtensionClose(void);

typedef BOOL(SNMP_FUNC_TYPE *PFNSNMPEXTENSIONINIT)(
    DWORD dwUpTimeReference, HANDLE *phSubagentTrapEvent,
    AsnObjectIdentifier *pFirstSupportedRegion);
typedef BOOL(SNMP_FUNC_TYPE *PFNSNMPEXTENSIONINITEX)(
    AsnObjectIdentifier *pNextSupportedRegion);
typedef BOOL(SNMP_FUNC_TYPE *PFNSNMPEXTENSIONMONITOR)(LPVOID pAgentMgmtData);
typedef BOOL(SNMP_FUNC_TYPE *PFNSNMPEXTENSIONQUERY)(
    BYTE bPduType, SnmpVarBindList *pVarBindList, AsnInteger32 *pErrorStatus,
    AsnInteger32 *pErrorIndex);
typedef BOOL(SNMP_FUNC_TYPE *PFNSNMPEXTENSIONQUERYEX)(
    UINT nRequestType, UINT nTransactionId, SnmpVarBindList *pVarBindList,
    AsnOctetString *pContextInfo, AsnInteger32 *pErrorStatus,
    AsnInteger32 *pErrorIndex);
typedef BOOL(SNMP_FUNC_TYPE *PFNSNMPEXTENSIONTRAP)(
    AsnObjectIdentifier *pEnterpriseOid, AsnInteger32 *pGenericTrapId,
    AsnInteger32 *pSpecificTrapId, AsnTimeticks *pTimeStamp,
    SnmpVarBindList *pVarBindList);
typedef VOID(SNMP_FUNC_TYPE *PFNSNMPEXTENSIONCLOSE)(void);

/* ---- Old names ------------------------------------------------------ */

#ifndef SNMPSTRICT

#define SNMP_oidcpy SnmpUtilOidCpy
#define SNMP_oidappend SnmpUtilOidAppend
#define SNMP_oidncmp SnmpUtilOidNCmp
#define SNMP_oidcmp SnmpUtilOidCmp
#define SNMP_oidfree SnmpUtilOidFree

#define SNMP_CopyVarBindList SnmpUtilVarBindListCpy
#define SNMP_FreeVarBindList SnmpUtilVarBindListFree
#define SNMP_CopyVarBind SnmpUtilVarBindCpy
#define SNMP_FreeVarBind SnmpUtilVarBindFree

#define SNMP_printany SnmpUtilPrintAsnAny

#define SNMP_free SnmpUtilMemFree
#define SNMP_malloc SnmpUtilMemAlloc
#define SNMP_realloc SnmpUtilMemReAlloc

#define SNMP_DBG_free SnmpUtilMemFree
#define SNMP_DBG_malloc SnmpUtilMemAlloc
#define SNMP_DBG_realloc SnmpUtilMemReAlloc

#define ASN_RFC1155_IPADDRESS ASN_IPADDRESS
#define ASN_RFC1155_COUNTER ASN_COUNTER32
#define ASN_RFC1155_GAUGE ASN_GAUGE32
#define ASN_RFC1155_TIMETICKS ASN_TIMETICKS
#define ASN_RFC1155_OPAQUE ASN_OPAQUE
#define ASN_RFC1213_DISPSTRING ASN_OCTETSTRING

#define ASN_RFC1157_GETREQUEST SNMP_PDU_GET
#define ASN_RFC1157_GETNEXTREQUEST SNMP_PDU_GETNEXT
#define ASN_RFC1157_GETRESPONSE SNMP_PDU_RESPONSE
#define ASN_RFC1157_SETREQUEST SNMP_PDU_SET
#define ASN_RFC1157_TRAP SNMP_PDU_V1TRAP

#define ASN_CONTEXTSPECIFIC ASN_CONTEXT
#define ASN_PRIMATIVE ASN_PRIMITIVE

#define RFC1157VarBindList SnmpVarBindList
#define RFC1157VarBind SnmpVarBind
#define AsnInteger AsnInteger32
#define AsnCounter AsnCounter32
#define AsnGauge AsnGauge32
#define ASN_UNSIGNED32 ASN_UINTEGER32

#endif

#ifdef __cplusplus
}
#endif

#ifdef __GNUC__
#pragma GCC visibility pop
#endif

#endif
