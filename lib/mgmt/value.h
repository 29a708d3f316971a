/*
 * value.h - what the types of AsnAny have in common.  The room's own.
 */
#ifndef WSN_MGMT_VALUE_H
#define WSN_MGMT_VALUE_H

#include <stddef.h>

#include "snmp.h"

enum wsn_asn_kind {
    WSN_ASN_UNKNOWN,
    WSN_ASN_EMPTY,
    WSN_ASN_SIGNED,
    WSN_ASN_UNSIGNED,
    WSN_ASN_COUNTER64,
    WSN_ASN_OCTETS,
    WSN_ASN_OID
};

/* Which member of asnValue holds a value of that type. [any] */
enum wsn_asn_kind wsn_mgmt_kind(BYTE type);

/* A copy of len bytes, for SnmpUtilOctetsFree.  FALSE, with the error
 * recorded, when memory is short. [any] */
BOOL wsn_mgmt_octets(const void *bytes, size_t len, AsnOctetString *ret_octets);

#endif
