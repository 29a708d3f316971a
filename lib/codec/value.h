/*
 * value.h - the syntaxes a variable may have (RFC 2578 section 7.1, RFC 3416
 * section 3), and what an application may put into an smiVALUE.
 *
 * Pure functions; any thread.
 */
#ifndef WSN_CODEC_VALUE_H
#define WSN_CODEC_VALUE_H

#include <stdbool.h>

#include "base/err.h"
#include "codec/ber.h"
#include "codec/oid.h"
#include "winsnmp_types.h"

/* An IpAddress in network order (RFC 2578 section 7.1.5). */
#define WSN_IPADDR_LEN 4

/* Which member of the union in smiVALUE a syntax uses. */
enum wsn_value_kind {
    WSN_VALUE_UNKNOWN, /* not a syntax of a variable */
    WSN_VALUE_EMPTY,   /* NULL and the three exceptions */
    WSN_VALUE_INT,     /* sNumber */
    WSN_VALUE_UINT,    /* uNumber */
    WSN_VALUE_CNTR64,  /* hNumber */
    WSN_VALUE_OCTETS,  /* string */
    WSN_VALUE_OID      /* oid */
};

/* The kind of each syntax, which is its tag on the wire: one octet. */
extern const unsigned char wsn_value_kinds[256];

static inline enum wsn_value_kind wsn_value_kind(smiUINT32 syntax)
{
    return syntax < sizeof wsn_value_kinds
               ? (enum wsn_value_kind)wsn_value_kinds[syntax]
               : WSN_VALUE_UNKNOWN;
}

/* noSuchObject, noSuchInstance or endOfMibView: they exist since SNMPv2. */
static inline bool wsn_value_is_exception(smiUINT32 syntax)
{
    return syntax >= SNMP_SYNTAX_NOSUCHOBJECT &&
           syntax <= SNMP_SYNTAX_ENDOFMIBVIEW;
}

/* What SNMPv1 has no encoding for. */
static inline bool wsn_value_is_v2(smiUINT32 syntax)
{
    return syntax == SNMP_SYNTAX_CNTR64 || wsn_value_is_exception(syntax);
}

/* The kinds that wsn_value_check() has to look into. [any] */
static inline wsn_err wsn_value_check_octets(smiUINT32 syntax,
                                             const smiOCTETS *octets)
{
    if (syntax == SNMP_SYNTAX_IPADDR && octets->len != WSN_IPADDR_LEN)
        return SNMPAPI_SYNTAX_INVALID;
    if (octets->len > 0 && octets->ptr == NULL)
        return SNMPAPI_ALLOC_ERROR;
    return WSN_OK;
}

static inline wsn_err wsn_value_check_oid(const smiOID *oid)
{
    if (oid->len > 0 && oid->ptr == NULL)
        return SNMPAPI_ALLOC_ERROR;
    return wsn_oid_is_valid(oid) ? WSN_OK : SNMPAPI_SYNTAX_INVALID;
}

/*
 * Whether an application's value may enter a list.  Errors:
 * SNMPAPI_SYNTAX_INVALID for an unknown syntax, an IpAddress that has not 4
 * octets or an OID no BER can carry; SNMPAPI_ALLOC_ERROR for a length without
 * memory.  Text of length 0 needs no memory. [any]
 */
static inline wsn_err wsn_value_check(smiLPCVALUE value)
{
    switch (wsn_value_kind(value->syntax)) {
    case WSN_VALUE_UNKNOWN:
        return SNMPAPI_SYNTAX_INVALID;
    case WSN_VALUE_OCTETS:
        return wsn_value_check_octets(value->syntax, &value->value.string);
    case WSN_VALUE_OID:
        return wsn_value_check_oid(&value->value.oid);
    default:
        return WSN_OK;
    }
}

/*
 * Writes one value as a whole element.  BITS travel as OCTET STRING (RFC 3417
 * section 8).  The value comes from a list, so it is valid. [any]
 */
void wsn_value_write(struct wsn_ber_writer *writer, const smiVALUE *value);

#endif
