/*
 * outgoing.h - what SnmpSendMsg and SnmpEncodeMsg share: from objects to the
 * bytes of a message.
 */
#ifndef WSN_CORE_OUTGOING_H
#define WSN_CORE_OUTGOING_H

#include <stddef.h>

#include "base/err.h"

struct wsn_context;
struct wsn_entity;
struct wsn_pdu;

/*
 * Writes the message for dst, in its version, to the end of buffer (size bytes
 * long; WSN_MESSAGE_MAX suffice) and tells where it starts.  src may be NULL.
 * Errors: SNMPAPI_PDU_INVALID, SNMPAPI_OPERATION_INVALID (no such thing in
 * SNMPv1), SNMPAPI_TL_PDU_TOO_BIG. [any]
 */
wsn_err wsn_outgoing_encode(const struct wsn_entity *src,
                            const struct wsn_entity *dst,
                            const struct wsn_context *context,
                            const struct wsn_pdu *pdu, unsigned char *buffer,
                            size_t size, size_t *ret_start);

#endif
