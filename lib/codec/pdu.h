/*
 * pdu.h - a protocol data unit, and the rules it must obey to be sent.
 *
 * Pure functions; any thread.
 */
#ifndef WSN_CODEC_PDU_H
#define WSN_CODEC_PDU_H

#include <stdbool.h>

#include "base/err.h"
#include "codec/varbinds.h"
#include "winsnmp_types.h"

/* The version numbers a message carries. */
enum wsn_version { WSN_V1 = 0, WSN_V2C = 1 };

struct wsn_pdu {
    smiINT type; /* SNMP_PDU_... */
    smiINT32 request_id;
    smiINT error_status; /* GETBULK: non-repeaters */
    smiINT error_index;  /* GETBULK: max-repetitions */
    struct wsn_varbinds *varbinds;
};

/*
 * Whether an application may make such a PDU.  SNMP_PDU_V1TRAP is not among
 * them: traps are always SNMPv2 traps here and translated on the way. [any]
 */
bool wsn_pdu_type_is_creatable(smiINT type);

/* Whether a message of this type is answered by a Response. [any] */
bool wsn_pdu_awaits_response(smiINT type);

/*
 * Whether pdu may be sent to an entity of this version: error fields are zero
 * except in RESPONSE and GETBULK, GETBULK has no negative fields, SET carries
 * no exceptions, and a TRAP or INFORM has its two leading variables.
 *
 * Towards version 2c a notification needs only two variables, of any name and
 * type: working trap senders put other names there, and the receiver is the
 * judge.  A TRAP for version 1 is rebuilt from the two, so they must be
 * sysUpTime.0 and snmpTrapOID.0 (RFC 3416 section 4.2.6) with their types.
 * Errors: SNMPAPI_PDU_INVALID. [any]
 */
wsn_err wsn_pdu_check(const struct wsn_pdu *pdu, int version);

#endif
