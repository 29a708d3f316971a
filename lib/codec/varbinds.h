/*
 * varbinds.h - the body of a variable-binding list.
 *
 *   one block: { references, count, ... | entries | sub-ids ->  <- octets }
 *
 * In front of that the block of a decoded list may have room for what is made
 * around it, which then goes with the list's last reference.
 *
 * Bodies are counted and shared: a PDU, a duplicate and a message in flight
 * hold the same one.  A shared body is never changed; whoever changes it gets
 * a copy first.  The empty list is the NULL pointer everywhere.
 *
 * Names and values point into the body itself.  Octets have a NUL behind
 * their last byte and a pointer even when there are none, because programs
 * treat them as C strings.
 *
 * Counting is atomic; everything else is the caller's to serialise.
 */
#ifndef WSN_CODEC_VARBINDS_H
#define WSN_CODEC_VARBINDS_H

#include <stddef.h>

#include "base/err.h"
#include "winsnmp_types.h"

struct wsn_varbind {
    smiOID name;
    smiVALUE value;
};

struct wsn_varbinds;

/* How many entries; 0 for NULL. [any] */
size_t wsn_varbinds_count(const struct wsn_varbinds *body);

/*
 * The entry at index (from 0), borrowed until the body changes or goes; the
 * entries behind it follow it in memory.  NULL when there is none. [any]
 */
const struct wsn_varbind *wsn_varbinds_at(const struct wsn_varbinds *body,
                                          size_t index);

/* One more reference to the same body, which is returned. [any] */
struct wsn_varbinds *wsn_varbinds_ref(struct wsn_varbinds *body);

/* Gives a reference back; the last one frees. NULL is allowed. [any] */
void wsn_varbinds_unref(struct wsn_varbinds *body);

/* The room in front of body, aligned for pointers and counters; NULL when there
 * is none. [any] */
void *wsn_varbinds_front(struct wsn_varbinds *body);

/*
 * The three changes.  *body is changed in place when nobody shares it and
 * there is room, else it is replaced by a copy and the old one gets its
 * reference back.  A failed call changes nothing.  name and value are copied
 * and may point into the body; value NULL stands for SNMP_SYNTAX_NULL.
 * Errors: SNMPAPI_OID_INVALID for name, those of wsn_value_check(),
 * SNMPAPI_INDEX_INVALID, SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_varbinds_append(struct wsn_varbinds **body, smiLPCOID name,
                            smiLPCVALUE value);

/* name NULL keeps the name. [any] */
wsn_err wsn_varbinds_replace(struct wsn_varbinds **body, size_t index,
                             smiLPCOID name, smiLPCVALUE value);

/* The last entry's removal leaves NULL, the empty list. [any] */
wsn_err wsn_varbinds_delete(struct wsn_varbinds **body, size_t index);

/* What a list of known content needs. */
struct wsn_varbinds_size {
    size_t n_varbinds;
    size_t n_ids;    /* of all names and values together */
    size_t n_octets; /* likewise, and one more for the NUL of each value */
    size_t n_front;  /* bytes of room in front of the list, if it has any */
};

/* Where a decoder writes a list whose size it has measured. */
struct wsn_varbinds_builder {
    struct wsn_varbinds *body;
    struct wsn_varbind *entry;
    smiUINT32 *ids;
    unsigned char *octets;
};

/*
 * Allocates a body of exactly that size in one block.  The caller fills all
 * of the entries, sub-ids and octets, moving the three pointers on, before
 * anybody else sees ret_builder->body, which it owns.  size->n_varbinds is
 * not 0.  Errors: SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_varbinds_build(const struct wsn_varbinds_size *size,
                           struct wsn_varbinds_builder *ret_builder);

#endif
