/*
 * coexist.h - between SNMPv1 messages and the SNMPv2 view of applications
 * (RFC 1908 section 3, RFC 2089, RFC 3584 sections 3 and 4).
 *
 * An application only ever sees SNMPv2 PDUs.  Towards a version 1 entity they
 * are translated here on the way out, and v1 traps on the way in.  Pure
 * functions; any thread.
 */
#ifndef WSN_CODEC_COEXIST_H
#define WSN_CODEC_COEXIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "codec/ber.h"
#include "codec/message.h"
#include "codec/pdu.h"
#include "winsnmp_types.h"

/*
 * Checks, translates and writes out->pdu as wsn_message_encode() does.  The
 * PDU is not changed.  Errors: SNMPAPI_PDU_INVALID (wsn_pdu_check()),
 * SNMPAPI_OPERATION_INVALID (version 1 has nothing like it: an INFORM, a
 * Counter64 in a SET or TRAP, a trap whose OID has no v1 form),
 * SNMPAPI_TL_PDU_TOO_BIG. [any]
 */
wsn_err wsn_coexist_encode(const struct wsn_outgoing *out,
                           unsigned char *buffer, size_t size,
                           size_t *ret_start);

/*
 * The PDU an application shall see, in one allocation.  A v1 trap becomes
 *
 *   sysUpTime.0, snmpTrapOID.0, its own variables, snmpTrapEnterprise.0
 *
 * with generated_id as its request id; the enterprise is always last, as the
 * documentation promises.  rfc3584 adds snmpTrapAddress.0 and
 * snmpTrapCommunity.0 before it unless the trap has them.  The list of a v1
 * tooBig response is empty.  Everything else is wsn_message_decode().
 * Errors: SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_coexist_decode(const struct wsn_head *head, bool rfc3584,
                           smiINT32 generated_id, struct wsn_pdu *ret_pdu);

/*
 * What kind of notification it is: the snmpTrapOID a v1 trap translates to,
 * or the second variable's value of a v2c trap or inform.  False when the
 * message is no notification or has no such value. [any]
 */
bool wsn_coexist_trap_oid(const struct wsn_head *head,
                          smiUINT32 ids[MAXOBJIDSIZE], size_t *ret_len);

/*
 * Steps on in the variables of a scanned message, behind the next value of
 * snmpTrapCommunity.0, which is a community of somebody; false when there is
 * none any more. [any]
 */
bool wsn_coexist_next_community(struct wsn_ber_reader *list,
                                struct wsn_ber *ret_value);

#endif
