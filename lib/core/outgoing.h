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

/* Most messages are shorter than this (RFC 3417, 3.2 recommends 1472), and
 * threads may have small stacks. */
#define WSN_DRAFT_BYTES 2048

/* A message that has been written. */
struct wsn_draft {
    const unsigned char *bytes;
    size_t len;
    unsigned char *block; /* of a long one, else NULL */
    unsigned char room[WSN_DRAFT_BYTES];
};

/*
 * Writes the message for dst, in its version, into ret_draft, which is the
 * caller's to give back, and must stay where it is, after success.  src may be
 * NULL.  Errors: SNMPAPI_PDU_INVALID, SNMPAPI_OPERATION_INVALID (no such thing
 * in SNMPv1), SNMPAPI_TL_PDU_TOO_BIG, SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_outgoing_write(const struct wsn_entity *src,
                           const struct wsn_entity *dst,
                           const struct wsn_context *context,
                           const struct wsn_pdu *pdu,
                           struct wsn_draft *ret_draft);

/* Gives back what the draft holds beside itself. [any] */
void wsn_draft_fini(struct wsn_draft *draft);

#endif
