/*
 * value.c - see value.h.
 */
#include "codec/value.h"

#include "codec/oid.h"

const unsigned char wsn_value_kinds[256] = {
    [SNMP_SYNTAX_INT] = WSN_VALUE_INT,
    [SNMP_SYNTAX_CNTR32] = WSN_VALUE_UINT,
    [SNMP_SYNTAX_GAUGE32] = WSN_VALUE_UINT,
    [SNMP_SYNTAX_TIMETICKS] = WSN_VALUE_UINT,
    [SNMP_SYNTAX_UINT32] = WSN_VALUE_UINT,
    [SNMP_SYNTAX_CNTR64] = WSN_VALUE_CNTR64,
    [SNMP_SYNTAX_BITS] = WSN_VALUE_OCTETS,
    [SNMP_SYNTAX_OCTETS] = WSN_VALUE_OCTETS,
    [SNMP_SYNTAX_IPADDR] = WSN_VALUE_OCTETS,
    [SNMP_SYNTAX_OPAQUE] = WSN_VALUE_OCTETS,
    [SNMP_SYNTAX_NSAPADDR] = WSN_VALUE_OCTETS,
    [SNMP_SYNTAX_OID] = WSN_VALUE_OID,
    [SNMP_SYNTAX_NULL] = WSN_VALUE_EMPTY,
    [SNMP_SYNTAX_NOSUCHOBJECT] = WSN_VALUE_EMPTY,
    [SNMP_SYNTAX_NOSUCHINSTANCE] = WSN_VALUE_EMPTY,
    [SNMP_SYNTAX_ENDOFMIBVIEW] = WSN_VALUE_EMPTY};

static void write_octets(struct wsn_ber_writer *writer, smiUINT32 syntax,
                         const smiOCTETS *octets)
{
    if (syntax == SNMP_SYNTAX_BITS)
        syntax = SNMP_SYNTAX_OCTETS;
    wsn_ber_write_octets(writer, syntax, octets->ptr, octets->len);
}

static uint64_t join(const smiCNTR64 *halves)
{
    return (uint64_t)halves->hipart << 32 | halves->lopart;
}

void wsn_value_write(struct wsn_ber_writer *writer, const smiVALUE *value)
{
    smiUINT32 syntax = value->syntax;

    switch (wsn_value_kind(syntax)) {
    case WSN_VALUE_INT:
        wsn_ber_write_int32(writer, syntax, value->value.sNumber);
        break;
    case WSN_VALUE_UINT:
        wsn_ber_write_uint64(writer, syntax, value->value.uNumber);
        break;
    case WSN_VALUE_CNTR64:
        wsn_ber_write_uint64(writer, syntax, join(&value->value.hNumber));
        break;
    case WSN_VALUE_OCTETS:
        write_octets(writer, syntax, &value->value.string);
        break;
    case WSN_VALUE_OID:
        wsn_oid_ber_write(writer, value->value.oid.ptr, value->value.oid.len);
        break;
    default:
        wsn_ber_write_head(writer, syntax, 0);
        break;
    }
}
