/*
 * varbinds_wire.c - see varbinds_wire.h.
 */
#include "codec/varbinds_wire.h"

#include <string.h>

#include "codec/oid.h"
#include "codec/value.h"

/* ---- Reading ------------------------------------------------------------ */

static bool scan_octets(const struct wsn_ber *value,
                        struct wsn_varbinds_size *size)
{
    /* BIT STRING has no place in SNMP: BITS travel as OCTET STRING. */
    if (value->tag == SNMP_SYNTAX_BITS)
        return false;
    size->n_octets += value->len + 1;
    return true;
}

static bool scan_oid(const struct wsn_ber *value,
                     struct wsn_varbinds_size *size)
{
    size_t count = wsn_oid_ber_count_value(value->body, value->len);

    size->n_ids += count;
    return count > 0;
}

static bool scan_value(const struct wsn_ber *value, bool allow_exceptions,
                       struct wsn_varbinds_size *size)
{
    int32_t number;

    switch (wsn_value_kind(value->tag)) {
    case WSN_VALUE_INT:
        return wsn_ber_int32(value, &number);
    case WSN_VALUE_UINT:
        return wsn_ber_is_unsigned(value, sizeof(smiUINT32));
    case WSN_VALUE_CNTR64:
        return wsn_ber_is_unsigned(value, sizeof(uint64_t));
    case WSN_VALUE_OCTETS:
        return scan_octets(value, size);
    case WSN_VALUE_OID:
        return scan_oid(value, size);
    case WSN_VALUE_EMPTY:
        return value->len == 0 &&
               (allow_exceptions || !wsn_value_is_exception(value->tag));
    default:
        return false;
    }
}

/* Splits the next entry off a list.  False when its frame is not exactly a
 * name and a value. */
static inline bool split_entry(struct wsn_ber_reader *list,
                               struct wsn_varbind_view *ret_view)
{
    struct wsn_ber_reader inner;
    struct wsn_ber frame;

    if (!wsn_ber_expect(list, WSN_BER_SEQUENCE, &frame))
        return false;
    inner = wsn_ber_enter(&frame);
    return wsn_ber_expect(&inner, WSN_BER_OID, &ret_view->name) &&
           wsn_ber_next(&inner, &ret_view->value) && wsn_ber_is_at_end(&inner);
}

bool wsn_varbinds_scan(const struct wsn_ber *list, bool allow_exceptions,
                       struct wsn_varbinds_size *ret_size)
{
    struct wsn_ber_reader reader = wsn_ber_enter(list);
    struct wsn_varbinds_size size = {0};
    struct wsn_varbind_view view;

    for (; !wsn_ber_is_at_end(&reader); size.n_varbinds++) {
        size_t n_ids;

        if (!split_entry(&reader, &view))
            return false;
        n_ids = wsn_oid_ber_count(view.name.body, view.name.len);
        if (n_ids == 0 || !scan_value(&view.value, allow_exceptions, &size))
            return false;
        size.n_ids += n_ids;
    }
    *ret_size = size;
    return true;
}

smiOID wsn_varbinds_read_oid(struct wsn_varbinds_builder *builder,
                             const unsigned char *body, size_t len)
{
    smiOID oid;

    oid.ptr = builder->ids;
    oid.len = (smiUINT32)wsn_oid_ber_read(body, len, oid.ptr);
    builder->ids += oid.len;
    return oid;
}

smiOCTETS wsn_varbinds_read_octets(struct wsn_varbinds_builder *builder,
                                   const unsigned char *body, size_t len)
{
    smiOCTETS octets;

    octets.ptr = builder->octets;
    octets.len = (smiUINT32)len;
    if (len > 0)
        memcpy(octets.ptr, body, len);
    octets.ptr[len] = '\0';
    builder->octets += len + 1;
    return octets;
}

static smiCNTR64 split(uint64_t counter)
{
    smiCNTR64 halves;

    halves.hipart = (smiUINT32)(counter >> 32);
    halves.lopart = (smiUINT32)counter;
    return halves;
}

/* The scan has seen this value, so nothing here can fail. */
static void read_value(const struct wsn_ber *wire,
                       struct wsn_varbinds_builder *builder, smiVALUE *value)
{
    memset(value, 0, sizeof *value);
    value->syntax = wire->tag;
    switch (wsn_value_kind(wire->tag)) {
    case WSN_VALUE_INT:
        (void)wsn_ber_int32(wire, &value->value.sNumber);
        break;
    case WSN_VALUE_UINT:
        value->value.uNumber = (smiUINT32)wsn_ber_unsigned(wire);
        break;
    case WSN_VALUE_CNTR64:
        value->value.hNumber = split(wsn_ber_unsigned(wire));
        break;
    case WSN_VALUE_OCTETS:
        value->value.string =
            wsn_varbinds_read_octets(builder, wire->body, wire->len);
        break;
    case WSN_VALUE_OID:
        value->value.oid =
            wsn_varbinds_read_oid(builder, wire->body, wire->len);
        break;
    default:
        break;
    }
}

void wsn_varbinds_read(const struct wsn_ber *list,
                       struct wsn_varbinds_builder *builder)
{
    struct wsn_ber_reader reader = wsn_ber_enter(list);

    while (!wsn_ber_is_at_end(&reader)) {
        struct wsn_varbind *entry = builder->entry++;
        struct wsn_varbind_view view = wsn_varbind_next_checked(&reader);

        entry->name =
            wsn_varbinds_read_oid(builder, view.name.body, view.name.len);
        read_value(&view.value, builder, &entry->value);
    }
}

/* ---- Writing ------------------------------------------------------------ */

static bool is_nulled(smiUINT32 syntax, unsigned flags)
{
    return (flags & WSN_WRITE_NULL_ALL) != 0 ||
           ((flags & WSN_WRITE_NULL_CNTR64) != 0 &&
            syntax == SNMP_SYNTAX_CNTR64) ||
           ((flags & WSN_WRITE_NULL_EXCEPTIONS) != 0 &&
            wsn_value_is_exception(syntax));
}

void wsn_varbind_write(struct wsn_ber_writer *writer,
                       const struct wsn_varbind *varbind, unsigned flags)
{
    const unsigned char *end = writer->next;

    if (flags != 0 && is_nulled(varbind->value.syntax, flags))
        wsn_ber_write_head(writer, WSN_BER_NULL, 0);
    else
        wsn_value_write(writer, &varbind->value);
    wsn_oid_ber_write(writer, varbind->name.ptr, varbind->name.len);
    wsn_ber_wrap(writer, WSN_BER_SEQUENCE, end);
}

void wsn_varbinds_write(struct wsn_ber_writer *writer,
                        const struct wsn_varbinds *body, unsigned flags)
{
    const unsigned char *end = writer->next;
    const struct wsn_varbind *entries = wsn_varbinds_at(body, 0);

    for (size_t i = wsn_varbinds_count(body); i > 0; i--)
        wsn_varbind_write(writer, &entries[i - 1], flags);
    wsn_ber_wrap(writer, WSN_BER_SEQUENCE, end);
}
