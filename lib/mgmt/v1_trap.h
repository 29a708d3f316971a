/*
 * v1_trap.h - an SNMPv2 notification in the terms of an SNMPv1 trap.  The
 * room's own.
 */
#ifndef WSN_MGMT_V1_TRAP_H
#define WSN_MGMT_V1_TRAP_H

#include <stdbool.h>

#include "snmp.h"

/* All that has memory is owned; zero is an empty one. */
struct wsn_v1_trap {
    AsnObjectIdentifier enterprise;
    AsnNetworkAddress agent;
    AsnNetworkAddress source;
    AsnInteger32 generic;
    AsnInteger32 specific;
    AsnOctetString community;
    AsnTimeticks time_stamp;
    SnmpVarBindList bindings;
};

/* Whether the bindings begin as those of a notification do: with
 * sysUpTime.0 and snmpTrapOID.0 (RFC 3416, 4.2.6). [any] */
bool wsn_v1_trap_can_be(const SnmpVarBindList *bindings);

/*
 * Fills in the rest from trap->bindings, which pass wsn_v1_trap_can_be, and
 * trap->source, and takes out the bindings that have gone into it.  FALSE,
 * with the error recorded, when memory is short; trap may be freed then.
 * [any]
 */
BOOL wsn_v1_trap_fill(struct wsn_v1_trap *trap);

/* Frees what is in it. [any] */
void wsn_v1_trap_free(struct wsn_v1_trap *trap);

#endif
