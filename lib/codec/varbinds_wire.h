/*
 * varbinds_wire.h - a variable-binding list as it travels.
 *
 *   30 len  { 30 len  06 len name  tag len value } ...
 *
 * The room's own: message.c and coexist.c share it.  Pure functions; any
 * thread.
 */
#ifndef WSN_CODEC_VARBINDS_WIRE_H
#define WSN_CODEC_VARBINDS_WIRE_H

#include <stdbool.h>

#include "codec/ber.h"
#include "codec/varbinds.h"

/* Values that are replaced by NULL while they are written. */
enum {
    WSN_WRITE_NULL_EXCEPTIONS = 1,
    WSN_WRITE_NULL_CNTR64 = 2,
    WSN_WRITE_NULL_ALL = 4
};

/* One entry, split but not decoded. */
struct wsn_varbind_view {
    struct wsn_ber name;
    struct wsn_ber value;
};

/* Splits the next entry off a list that was scanned. [any] */
static inline struct wsn_varbind_view
wsn_varbind_next_checked(struct wsn_ber_reader *list)
{
    struct wsn_varbind_view view;

    wsn_ber_enter_checked(list); /* the two end where their frame does */
    view.name = wsn_ber_next_checked(list);
    view.value = wsn_ber_next_checked(list);
    return view;
}

/*
 * Checks all entries of list and measures what they need.  False when one is
 * malformed, or is an exception and those are not allowed. [any]
 */
bool wsn_varbinds_scan(const struct wsn_ber *list, bool allow_exceptions,
                       struct wsn_varbinds_size *ret_size);

/* Decodes all entries of a scanned list to where builder stands. [any] */
void wsn_varbinds_read(const struct wsn_ber *list,
                       struct wsn_varbinds_builder *builder);

/* Moves an OID's BER body, or octets, to where builder stands. [any] */
smiOID wsn_varbinds_read_oid(struct wsn_varbinds_builder *builder,
                             const unsigned char *body, size_t len);
smiOCTETS wsn_varbinds_read_octets(struct wsn_varbinds_builder *builder,
                                   const unsigned char *body, size_t len);

/* Writes one entry; flags are WSN_WRITE_... [any] */
void wsn_varbind_write(struct wsn_ber_writer *writer,
                       const struct wsn_varbind *varbind, unsigned flags);

/* Writes a whole list with its frame. [any] */
void wsn_varbinds_write(struct wsn_ber_writer *writer,
                        const struct wsn_varbinds *body, unsigned flags);

#endif
