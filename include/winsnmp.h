/*
 * winsnmp.h - the WinSNMP 2.0 interface.
 *
 * Names, values, structure layouts and prototypes are those of the public
 * Windows header, so a program written for Windows compiles unchanged.  The
 * behaviour follows Microsoft's WinSNMP documentation; what that leaves to
 * the wire follows RFC 1157 (SNMPv1), RFC 1901 and RFC 3416 (SNMPv2c).
 *
 * Results come in three kinds:
 *   status  SNMPAPI_SUCCESS or SNMPAPI_FAILURE;
 *   handle  a new object, or 0 on failure;
 *   count   a positive number, or 0 on failure.
 * After a failure SnmpGetLastError tells the reason.  A failed call changes
 * nothing and leaves its outputs alone.
 *
 * Every call except SnmpGetLastError and the start-up functions can fail
 * with SNMPAPI_NOT_INITIALIZED (no start-up in force), SNMPAPI_ALLOC_ERROR
 * (no memory) and SNMPAPI_OTHER_ERROR; the comments below list the rest.
 * Outputs may be NULL when not wanted; a call all of whose outputs are NULL
 * fails with SNMPAPI_NOOP, except the two start-up functions.
 *
 * Objects belong to the session they were created for, may be used with any
 * session, and end with their Free call, with SnmpClose of their session or
 * with the final clean-up.  A dead handle is recognised, never followed.
 */
#ifndef _INC_WINSNMP
#define _INC_WINSNMP

#include "winsnmp_types.h"

#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Start-up, clean-up, sessions ----------------------------------- */

/*
 * Starts the library; needed before anything else.  Reports version 2.0, the
 * support level and the modes in force; NULL outputs are skipped.  However
 * often called, one SnmpCleanup undoes it.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpStartup(smiLPUINT32 nMajorVersion,
                                        smiLPUINT32 nMinorVersion,
                                        smiLPUINT32 nLevel,
                                        smiLPUINT32 nTranslateMode,
                                        smiLPUINT32 nRetransmitMode);

/*
 * The same for one of several modules in a process: each success is undone
 * by one SnmpCleanupEx.  Errors: TL_RESOURCE_ERROR, TL_NOT_INITIALIZED.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpStartupEx(smiLPUINT32 nMajorVersion,
                                          smiLPUINT32 nMinorVersion,
                                          smiLPUINT32 nLevel,
                                          smiLPUINT32 nTranslateMode,
                                          smiLPUINT32 nRetransmitMode);
typedef SNMPAPI_STATUS(SNMPAPI_CALL *PFNSNMPSTARTUPEX)(smiLPUINT32, smiLPUINT32,
                                                       smiLPUINT32, smiLPUINT32,
                                                       smiLPUINT32);

/*
 * Undo start-up.  With the last one every session is closed, every object
 * and descriptor freed.  SnmpCleanupEx without a matching SnmpStartupEx
 * fails with OTHER_ERROR.  Both may be called in a notification function.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpCleanup(void);
SNMPAPI_STATUS SNMPAPI_CALL SnmpCleanupEx(void);
typedef SNMPAPI_STATUS(SNMPAPI_CALL *PFNSNMPCLEANUPEX)(void);

/*
 * Opens a session that posts wMsg to hWnd, with the wParam and lParam of
 * SNMPAPI_CALLBACK.  Returns a handle for SnmpClose.  Error: HWND_INVALID.
 */
HSNMP_SESSION SNMPAPI_CALL SnmpOpen(HWND hWnd, UINT wMsg);

/*
 * Opens a session that calls fCallBack, or posts to hWnd if that is NULL.
 * lpClientData is handed through.  Returns a handle for SnmpClose.  Errors:
 * HWND_INVALID, MESSAGE_INVALID, OPERATION_INVALID (neither way given).
 */
HSNMP_SESSION SNMPAPI_CALL SnmpCreateSession(HWND hWnd, UINT wMsg,
                                             SNMPAPI_CALLBACK fCallBack,
                                             LPVOID lpClientData);

/*
 * Closes a session with its requests, registrations, agent ports and
 * objects; afterwards nothing is notified for it.  What SnmpSendMsg accepted
 * has been sent.  May be called in the session's own notification function.
 * Error: SESSION_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpClose(HSNMP_SESSION session);

/*
 * The reason of the last failure: of that session, or for NULL of the
 * calling thread (of the process if the thread has had none).  Success does
 * not reset it.  Never fails and works at any time.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetLastError(HSNMP_SESSION session);

/* ---- Communication -------------------------------------------------- */

/*
 * Sends PDU to dstEntity and returns at once; all arguments may be freed
 * afterwards.  The answer, or its failure, is notified.  srcEntity may be
 * NULL; a listening one sends from its port.  Version, time-out and retries
 * are dstEntity's.  Errors: SESSION_INVALID, ENTITY_INVALID, CONTEXT_INVALID,
 * PDU_INVALID, OPERATION_INVALID (not for that entity's version), TL_*.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpSendMsg(HSNMP_SESSION session,
                                        HSNMP_ENTITY srcEntity,
                                        HSNMP_ENTITY dstEntity,
                                        HSNMP_CONTEXT context, HSNMP_PDU PDU);

/*
 * Takes the session's next message; never waits.  srcEntity is its sender.
 * Each handle delivered is to be freed.  Errors: SESSION_INVALID, NOOP
 * (nothing there), TL_* (a request failed: the outputs identify it and are
 * to be freed as well).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpRecvMsg(HSNMP_SESSION session,
                                        LPHSNMP_ENTITY srcEntity,
                                        LPHSNMP_ENTITY dstEntity,
                                        LPHSNMP_CONTEXT context,
                                        LPHSNMP_PDU PDU);

/*
 * Asks for (state SNMPAPI_ON) or declines (SNMPAPI_OFF) traps and informs
 * that come from dstEntity, carry context and have a trap OID beginning with
 * notification; NULL stands for any.  The first registration opens the trap
 * port, UDP 162.  Errors: SESSION_INVALID, ENTITY_INVALID, CONTEXT_INVALID,
 * OID_INVALID, TL_NOT_INITIALIZED (not permitted), TL_IN_USE,
 * TL_NOT_AVAILABLE.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpRegister(
    HSNMP_SESSION session, HSNMP_ENTITY srcEntity, HSNMP_ENTITY dstEntity,
    HSNMP_CONTEXT context, smiLPCOID notification, smiUINT32 state);

/*
 * Forgets the session's oldest outstanding request with that id: neither its
 * answer nor its time-out is notified.  Errors: SESSION_INVALID, PDU_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpCancelMsg(HSNMP_SESSION session,
                                          smiINT32 reqId);

/*
 * Begins (SNMPAPI_ON) or ends (SNMPAPI_OFF) receiving requests at the
 * entity's address and port, for the session the entity belongs to.
 * SnmpListenEx with SNMPLISTEN_ALL_ADDR uses every address of the host.
 * Errors: ENTITY_INVALID, MODE_INVALID, NOOP (already so),
 * TL_RESOURCE_ERROR, TL_OTHER (the port cannot be had).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpListen(HSNMP_ENTITY hEntity,
                                       SNMPAPI_STATUS lStatus);
SNMPAPI_STATUS SNMPAPI_CALL SnmpListenEx(HSNMP_ENTITY hEntity,
                                         SNMPAPI_STATUS lStatus,
                                         smiUINT32 nUseEntityAddr);

/* ---- Entities and contexts ------------------------------------------ */

/*
 * An entity from a literal IPv4, IPv6 or IPX address; in translated mode
 * also from a configured name or a host name.  The mode fixes its version,
 * its port is 161.  Free it with SnmpFreeEntity.  Errors: SESSION_INVALID,
 * ENTITY_UNKNOWN.
 */
HSNMP_ENTITY SNMPAPI_CALL SnmpStrToEntity(HSNMP_SESSION session, LPCSTR string);

/*
 * Writes the entity's address (translated mode: its name, if it has one)
 * into size bytes at string.  Returns the bytes written, NUL included.
 * Errors: ENTITY_INVALID, OUTPUT_TRUNCATED.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpEntityToStr(HSNMP_ENTITY entity, smiUINT32 size,
                                            LPSTR string);

/* Frees an entity; requests under way keep theirs.  Error: ENTITY_INVALID. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeEntity(HSNMP_ENTITY entity);

/*
 * Sets the UDP port, 1 to 65535.  Errors: ENTITY_INVALID, OPERATION_INVALID
 * (the entity listens), OTHER_ERROR (no such port).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetPort(HSNMP_ENTITY hEntity, UINT nPort);

/*
 * A context from a community, or in translated mode a configured name; the
 * bytes are copied and may hold NUL.  Free it with SnmpFreeContext.  Errors:
 * SESSION_INVALID, CONTEXT_INVALID (none or empty), CONTEXT_UNKNOWN.
 */
HSNMP_CONTEXT SNMPAPI_CALL SnmpStrToContext(HSNMP_SESSION session,
                                            smiLPCOCTETS string);

/*
 * The community or name of a context; free the bytes with
 * SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS).  Error: CONTEXT_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpContextToStr(HSNMP_CONTEXT context,
                                             smiLPOCTETS string);

/* Frees a context.  Error: CONTEXT_INVALID. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeContext(HSNMP_CONTEXT context);

/* ---- Local database -------------------------------------------------- */

/*
 * How SnmpStrToEntity, SnmpStrToContext and their reverses read strings:
 * SNMPAPI_TRANSLATED or SNMPAPI_UNTRANSLATED_V1/_V2.  One setting per
 * process.  Error of Set: MODE_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetTranslateMode(smiLPUINT32 nTranslateMode);
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetTranslateMode(smiUINT32 nTranslateMode);

/*
 * Whether the library carries out time-outs and retries (SNMPAPI_ON) or
 * leaves them to the application (SNMPAPI_OFF, which also stops those under
 * way).  One setting per process.  Error of Set: MODE_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetRetransmitMode(smiLPUINT32 nRetransmitMode);
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetRetransmitMode(smiUINT32 nRetransmitMode);

/*
 * The time-out, in hundredths of a second, of requests to this entity; 0
 * means the library's default.  The actual time-out is reported as 0.
 * Errors: ENTITY_INVALID, Get also NOOP.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetTimeout(HSNMP_ENTITY hEntity,
                                           smiLPTIMETICKS nPolicyTimeout,
                                           smiLPTIMETICKS nActualTimeout);
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetTimeout(HSNMP_ENTITY hEntity,
                                           smiTIMETICKS nPolicyTimeout);

/*
 * How often a request to this entity is sent again at most.  The actual
 * count is reported as 0.  Errors: ENTITY_INVALID, Get also NOOP.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetRetry(HSNMP_ENTITY hEntity,
                                         smiLPUINT32 nPolicyRetry,
                                         smiLPUINT32 nActualRetry);
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetRetry(HSNMP_ENTITY hEntity,
                                         smiUINT32 nPolicyRetry);

/* Tells who made this implementation.  Error: NOOP (NULL given). */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetVendorInfo(smiLPVENDORINFO vendorInfo);

/* ---- PDUs ------------------------------------------------------------ */

/*
 * A PDU.  PDU_type 0 means SNMP_PDU_GETNEXT; request_id 0 lets the library
 * choose one; for SNMP_PDU_GETBULK error_status and error_index hold
 * non-repeaters and max-repetitions; varbindlist may be 0 and may be freed
 * at once.  Free it with SnmpFreePdu.  Errors: SESSION_INVALID, PDU_INVALID
 * (type), VBL_INVALID.
 */
HSNMP_PDU SNMPAPI_CALL SnmpCreatePdu(HSNMP_SESSION session, smiINT PDU_type,
                                     smiINT32 request_id, smiINT error_status,
                                     smiINT error_index, HSNMP_VBL varbindlist);

/*
 * The fields of a PDU.  varbindlist receives a new list for SnmpFreeVbl.
 * Errors: PDU_INVALID, NOOP.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetPduData(HSNMP_PDU PDU, smiLPINT PDU_type,
                                           smiLPINT32 request_id,
                                           smiLPINT error_status,
                                           smiLPINT error_index,
                                           LPHSNMP_VBL varbindlist);

/*
 * Changes the fields whose pointer is not NULL; non_repeaters and
 * max_repetitions count for SNMP_PDU_GETBULK only.  Errors: PDU_INVALID,
 * VBL_INVALID, NOOP (all NULL).
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetPduData(HSNMP_PDU PDU,
                                           const smiINT *PDU_type,
                                           const smiINT32 *request_id,
                                           const smiINT *non_repeaters,
                                           const smiINT *max_repetitions,
                                           const HSNMP_VBL *varbindlist);

/* A copy with its own list, for SnmpFreePdu.  Errors as SnmpCreatePdu. */
HSNMP_PDU SNMPAPI_CALL SnmpDuplicatePdu(HSNMP_SESSION session, HSNMP_PDU PDU);

/* Frees a PDU, not the lists handed out.  Error: PDU_INVALID. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpFreePdu(HSNMP_PDU PDU);

/* ---- Variable bindings, numbered from 1 ------------------------------ */

/*
 * A list with one binding, or none if name is NULL; a NULL value stands for
 * SNMP_SYNTAX_NULL.  Both are copied.  Free it with SnmpFreeVbl.  Errors:
 * SESSION_INVALID, OID_INVALID, SYNTAX_INVALID.
 */
HSNMP_VBL SNMPAPI_CALL SnmpCreateVbl(HSNMP_SESSION session, smiLPCOID name,
                                     smiLPCVALUE value);

/* A copy for SnmpFreeVbl.  Errors: SESSION_INVALID, VBL_INVALID. */
HSNMP_VBL SNMPAPI_CALL SnmpDuplicateVbl(HSNMP_SESSION session, HSNMP_VBL vbl);

/* Frees a list; a PDU made with it keeps it.  Error: VBL_INVALID. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeVbl(HSNMP_VBL vbl);

/* The number of bindings.  Errors: VBL_INVALID, NOOP (it is empty). */
SNMPAPI_STATUS SNMPAPI_CALL SnmpCountVbl(HSNMP_VBL vbl);

/*
 * Copies binding index out.  name->ptr and the bytes or sub-identifiers of
 * value are for SnmpFreeDescriptor.  Errors: VBL_INVALID, INDEX_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetVb(HSNMP_VBL vbl, smiUINT32 index,
                                      smiLPOID name, smiLPVALUE value);

/*
 * Appends a binding (index 0) or replaces one; a NULL name keeps the old
 * name, a NULL value becomes SNMP_SYNTAX_NULL.  Returns the binding's index.
 * Errors: VBL_INVALID, INDEX_INVALID, OID_INVALID, SYNTAX_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetVb(HSNMP_VBL vbl, smiUINT32 index,
                                      smiLPCOID name, smiLPCVALUE value);

/* Removes a binding; later ones move down.  Errors as SnmpGetVb. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpDeleteVb(HSNMP_VBL vbl, smiUINT32 index);

/* ---- Utilities ------------------------------------------------------- */

/*
 * Frees what ptr of a descriptor filled by the library points to and clears
 * the descriptor; an smiOID is passed cast.  Memory not of the library is
 * refused.  Errors: SYNTAX_INVALID, OPERATION_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeDescriptor(smiUINT32 syntax,
                                               smiLPOPAQUE descriptor);

/*
 * The message SnmpSendMsg would send, as bytes for SnmpFreeDescriptor.
 * Returns their number.  Errors: SESSION_INVALID, ENTITY_INVALID,
 * CONTEXT_INVALID, PDU_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpEncodeMsg(HSNMP_SESSION session,
                                          HSNMP_ENTITY srcEntity,
                                          HSNMP_ENTITY dstEntity,
                                          HSNMP_CONTEXT context, HSNMP_PDU pdu,
                                          smiLPOCTETS msgBufDesc);

/*
 * Decodes a message into a new context and PDU; the entities become 0.
 * Returns the bytes used.  Errors: SESSION_INVALID, OUTPUT_TRUNCATED (bytes
 * are missing), MESSAGE_INVALID, and ENTITY_, CONTEXT_ or PDU_INVALID for a
 * missing output.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpDecodeMsg(
    HSNMP_SESSION session, LPHSNMP_ENTITY srcEntity, LPHSNMP_ENTITY dstEntity,
    LPHSNMP_CONTEXT context, LPHSNMP_PDU pdu, smiLPCOCTETS msgBufDesc);

/*
 * Dotted text to an object identifier of 2 to 128 sub-identifiers, for
 * SnmpFreeDescriptor(SNMP_SYNTAX_OID).  Returns their number.  Error:
 * OID_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpStrToOid(LPCSTR string, smiLPOID dstOID);

/*
 * The dotted text in size bytes at string; MAXOBJIDSTRSIZE always suffice.
 * Returns the bytes written, NUL included.  Errors: SIZE_INVALID (size 0),
 * OID_INVALID, OUTPUT_TRUNCATED.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpOidToStr(smiLPCOID srcOID, smiUINT32 size,
                                         LPSTR string);

/* A copy for SnmpFreeDescriptor; returns its length.  Error: OID_INVALID. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpOidCopy(smiLPCOID srcOID, smiLPOID dstOID);

/*
 * Compares two object identifiers, or their first maxlen (1 to 128)
 * sub-identifiers; *result is negative, 0 or positive.  Errors: OID_INVALID,
 * SIZE_INVALID.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpOidCompare(smiLPCOID xOID, smiLPCOID yOID,
                                           smiUINT32 maxlen, smiLPINT result);

#ifdef __cplusplus
}
#endif

#ifdef __GNUC__
#pragma GCC visibility pop
#endif

/*
 * For C++ programs that pass the host's `unsigned long`, which is wider than
 * Windows' where it has 64 bits.  Opt-in, because &SnmpStartup then needs a
 * type to be meant.
 */
#if defined(__cplusplus) && defined(WINSNMP_ULONG_OVERLOADS)
inline SNMPAPI_STATUS winsnmp_startup(
    SNMPAPI_STATUS(SNMPAPI_CALL *start)(smiLPUINT32, smiLPUINT32, smiLPUINT32,
                                        smiLPUINT32, smiLPUINT32),
    unsigned long *const outputs[5])
{
    smiUINT32 values[5];
    SNMPAPI_STATUS status =
        start(&values[0], &values[1], &values[2], &values[3], &values[4]);

    for (int i = 0; i < 5 && status == SNMPAPI_SUCCESS; i++) {
        if (outputs[i])
            *outputs[i] = values[i];
    }
    return status;
}

inline SNMPAPI_STATUS SnmpStartup(unsigned long *major, unsigned long *minor,
                                  unsigned long *level,
                                  unsigned long *translate,
                                  unsigned long *retransmit)
{
    unsigned long *const outputs[5] = {major, minor, level, translate,
                                       retransmit};

    return winsnmp_startup(SnmpStartup, outputs);
}

inline SNMPAPI_STATUS SnmpStartupEx(unsigned long *major, unsigned long *minor,
                                    unsigned long *level,
                                    unsigned long *translate,
                                    unsigned long *retransmit)
{
    unsigned long *const outputs[5] = {major, minor, level, translate,
                                       retransmit};

    return winsnmp_startup(SnmpStartupEx, outputs);
}
#endif

#endif
