/*
 * varbinds_text.h - a variable-binding list as one line of text, for
 * comparing lists in tests:
 *
 *   [{"oid": "1.3.6.1", "type": "INTEGER", "value": 7}, ...]
 */
#ifndef WSN_TESTS_SUPPORT_VARBINDS_TEXT_H
#define WSN_TESTS_SUPPORT_VARBINDS_TEXT_H

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "codec/oid.h"
#include "codec/value.h"
#include "codec/varbinds.h"

static inline const char *syntax_text(smiUINT32 syntax)
{
    switch (syntax) {
    case SNMP_SYNTAX_INT:
        return "INTEGER";
    case SNMP_SYNTAX_BITS:
        return "BITS";
    case SNMP_SYNTAX_OCTETS:
        return "OCTET STRING";
    case SNMP_SYNTAX_NULL:
        return "NULL";
    case SNMP_SYNTAX_OID:
        return "OID";
    case SNMP_SYNTAX_IPADDR:
        return "IpAddress";
    case SNMP_SYNTAX_CNTR32:
        return "Counter32";
    case SNMP_SYNTAX_GAUGE32:
        return "Gauge32";
    case SNMP_SYNTAX_TIMETICKS:
        return "TimeTicks";
    case SNMP_SYNTAX_OPAQUE:
        return "Opaque";
    case SNMP_SYNTAX_NSAPADDR:
        return "NsapAddress";
    case SNMP_SYNTAX_CNTR64:
        return "Counter64";
    case SNMP_SYNTAX_UINT32:
        return "UInteger32";
    case SNMP_SYNTAX_NOSUCHOBJECT:
        return "noSuchObject";
    case SNMP_SYNTAX_NOSUCHINSTANCE:
        return "noSuchInstance";
    case SNMP_SYNTAX_ENDOFMIBVIEW:
        return "endOfMibView";
    default:
        return "?";
    }
}

static inline void print_hex(FILE *out, const unsigned char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        fprintf(out, "%02x", at[i]);
}

static inline void print_oid(FILE *out, const smiOID *oid)
{
    char text[MAXOBJIDSTRSIZE];

    wsn_oid_to_text(oid->ptr, oid->len, text, sizeof text);
    fputs(text, out);
}

static inline void print_value(FILE *out, const smiVALUE *value)
{
    switch (wsn_value_kind(value->syntax)) {
    case WSN_VALUE_INT:
        fprintf(out, ", \"value\": %d", value->value.sNumber);
        break;
    case WSN_VALUE_UINT:
        fprintf(out, ", \"value\": %u", value->value.uNumber);
        break;
    case WSN_VALUE_CNTR64:
        fprintf(out, ", \"value\": %" PRIu64,
                (uint64_t)value->value.hNumber.hipart << 32 |
                    value->value.hNumber.lopart);
        break;
    case WSN_VALUE_OCTETS:
        /* Lists promise memory and a NUL even for no octets. */
        ck_assert_ptr_nonnull(value->value.string.ptr);
        ck_assert_int_eq(value->value.string.ptr[value->value.string.len], 0);
        fputs(", \"value\": \"", out);
        print_hex(out, value->value.string.ptr, value->value.string.len);
        fputc('"', out);
        break;
    case WSN_VALUE_OID:
        fputs(", \"value\": \"", out);
        print_oid(out, &value->value.oid);
        fputc('"', out);
        break;
    default:
        break;
    }
}

static inline void print_varbinds(FILE *out, const struct wsn_varbinds *body)
{
    fputc('[', out);
    for (size_t i = 0; i < wsn_varbinds_count(body); i++) {
        const struct wsn_varbind *entry = wsn_varbinds_at(body, i);

        fputs(i == 0 ? "{\"oid\": \"" : ", {\"oid\": \"", out);
        print_oid(out, &entry->name);
        fprintf(out, "\", \"type\": \"%s\"", syntax_text(entry->value.syntax));
        print_value(out, &entry->value);
        fputc('}', out);
    }
    fputc(']', out);
}

/* The caller frees. */
static inline char *varbinds_text(const struct wsn_varbinds *body)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);

    ck_assert_ptr_nonnull(out);
    print_varbinds(out, body);
    fclose(out);
    return text;
}

static inline void varbinds_assert(const struct wsn_varbinds *body,
                                   const char *wanted)
{
    char *text = varbinds_text(body);

    ck_assert_str_eq(text, wanted);
    free(text);
}

#endif
