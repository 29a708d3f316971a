/*
 * oid.h - object identifiers: order, dotted text, and BER.
 *
 * 1.3.6.1 is held as an array of 32-bit sub-identifiers; on the wire the
 * first two share one number (X.690 section 8.19).  Pure functions; any
 * thread.
 */
#ifndef WSN_CODEC_OID_H
#define WSN_CODEC_OID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "codec/ber.h"
#include "winsnmp_types.h"

/* X.690 section 8.19.4: the first number on the wire is 40 * X + Y. */
#define WSN_OID_ARC_WIDTH 40
#define WSN_OID_ARC_LAST 2

/* Whether BER can carry the two as the first ones. */
static inline bool wsn_oid_is_valid_pair(const smiUINT32 *ids)
{
    return ids[0] == WSN_OID_ARC_LAST ||
           (ids[0] < WSN_OID_ARC_LAST && ids[1] < WSN_OID_ARC_WIDTH);
}

/* oid has memory, 2 to 128 sub-ids, and a first pair that BER can carry. */
static inline bool wsn_oid_is_valid(smiLPCOID oid)
{
    return oid != NULL && oid->ptr != NULL && oid->len >= 2 &&
           oid->len <= MAXOBJIDSIZE && wsn_oid_is_valid_pair(oid->ptr);
}

/* Lexicographic order of unsigned sub-ids: exactly -1, 0 or 1. [any] */
int wsn_oid_compare(const smiUINT32 *x, size_t xlen, const smiUINT32 *y,
                    size_t ylen);

/* Whether ids starts with (or equals) prefix. [any] */
bool wsn_oid_has_prefix(const smiUINT32 *ids, size_t len,
                        const smiUINT32 *prefix, size_t prefix_len);

/* Whether two arrays of sub-ids are the same. [any] */
bool wsn_oid_is_equal(const smiUINT32 *x, size_t xlen, const smiUINT32 *y,
                      size_t ylen);

/*
 * Reads dotted decimal text: one leading dot is tolerated, because working
 * programs pass it; no trailing dot, blank or sign.  Never reads behind
 * MAXOBJIDSTRSIZE bytes of a text that has no NUL.  ids is scratch memory on
 * failure.  Errors: SNMPAPI_OID_INVALID. [any]
 */
wsn_err wsn_oid_from_text(const char *text, smiUINT32 ids[MAXOBJIDSIZE],
                          smiUINT32 *ret_len);

/*
 * Writes dotted decimal text without a leading dot: at most size - 1
 * characters and a NUL (nothing when size is 0).  Returns the bytes the whole
 * text needs with its NUL; more than size means it was cut. [any]
 */
size_t wsn_oid_to_text(const smiUINT32 *ids, size_t len, char *text,
                       size_t size);

/*
 * Counts the sub-ids in a BER body.  0: empty, cut or over-long numbers, or
 * more than 128 sub-ids.  Up to five superfluous octets 0x80 in front of a
 * number are tolerated, though X.690 section 8.19.2 forbids them: agents that
 * send them exist. [any]
 */
size_t wsn_oid_ber_count(const unsigned char *body, size_t len);

/*
 * The same for an OID that is a value and not a name: there an empty body
 * counts as 0.0, because that is how some agents send it. [any]
 */
size_t wsn_oid_ber_count_value(const unsigned char *body, size_t len);

/*
 * Reads a body that one of the two accepted into ids, which has room for that
 * many.  Returns how many it wrote. [any]
 */
size_t wsn_oid_ber_read(const unsigned char *body, size_t len, smiUINT32 *ids);

/* Writes an OBJECT IDENTIFIER element of at least two sub-ids. [any] */
void wsn_oid_ber_write(struct wsn_ber_writer *writer, const smiUINT32 *ids,
                       size_t len);

#endif
