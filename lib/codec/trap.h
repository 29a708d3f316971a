/*
 * trap.h - SNMPv1 Trap-PDUs to and from SNMPv2 traps (RFC 1908 section 3.1.2,
 * RFC 2089 section 3.3, RFC 3584 sections 3.1 and 3.2).
 *
 * The room's own, for coexist.c.  Pure functions; any thread.
 */
#ifndef WSN_CODEC_TRAP_H
#define WSN_CODEC_TRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "codec/ber.h"
#include "codec/message.h"
#include "codec/pdu.h"
#include "codec/value.h"
#include "winsnmp_types.h"

/*
 * The snmpTrapOID of a scanned v1 trap: one of the six standard ones, or
 * enterprise.0.specific.  Returns its sub-ids; ids has room for them. [any]
 */
size_t wsn_trap_oid(const struct wsn_head *head, smiUINT32 *ids);

/*
 * The SNMPv2 trap that a scanned v1 trap stands for; see
 * wsn_coexist_decode().  Errors: SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_trap_read(const struct wsn_head *head, bool rfc3584,
                      smiINT32 generated_id, struct wsn_pdu *ret_pdu);

/*
 * Writes the v1 Trap-PDU for an SNMPv2 trap that wsn_pdu_check() accepted
 * for version 1.  agent_addr serves when the trap has no snmpTrapAddress.0.
 * Errors: SNMPAPI_OPERATION_INVALID, before anything is written. [any]
 */
wsn_err wsn_trap_write(struct wsn_ber_writer *writer, const struct wsn_pdu *pdu,
                       const unsigned char agent_addr[WSN_IPADDR_LEN]);

#endif
