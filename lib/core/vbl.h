/*
 * vbl.h - the object behind a variable-binding list handle.
 *
 * A PDU refers to the list object it was made with, so later changes of the
 * list show in the PDU until it is sent: SnmpDeleteVb is documented as the way
 * to drop the binding that an agent refused before the same PDU is sent again.
 * Hence an object of its own, counted, around the copy-on-write body of
 * codec/varbinds.h.  A small lock guards the body pointer, so that two threads
 * with one list cannot corrupt it; it is never held by callers.
 */
#ifndef WSN_CORE_VBL_H
#define WSN_CORE_VBL_H

#include <stdatomic.h>
#include <stddef.h>

#include "base/err.h"
#include "base/lock.h"
#include "winsnmp_types.h"

struct wsn_varbinds;

/* To be looked into by vbl.c only. */
struct wsn_vbl_object {
    _Atomic size_t references;
    struct wsn_lock lock;
    struct wsn_varbinds *body; /* guarded by lock */
    struct wsn_varbinds *home; /* whose block this is in; NULL: its own */
};

/* A list object with one reference.  Takes body (NULL: empty) in any case;
 * returns NULL when memory is short. [any] */
struct wsn_vbl_object *wsn_vbl_object_new(struct wsn_varbinds *body);

/* Makes vbl, which is in the block of home, a list object with one reference.
 * Takes body and a reference to home. [any] */
void wsn_vbl_object_init(struct wsn_vbl_object *vbl, struct wsn_varbinds *body,
                         struct wsn_varbinds *home);

/* One more reference; returns vbl.  NULL is allowed. [any] */
struct wsn_vbl_object *wsn_vbl_object_ref(struct wsn_vbl_object *vbl);

/* Gives a reference back; the last destroys the object.  NULL is allowed.
 * Takes void * because the handle table calls it. [any] */
void wsn_vbl_object_unref(void *vbl);

/* The bindings as they are now, with a reference for the caller; NULL is the
 * empty list. [lock] */
struct wsn_varbinds *wsn_vbl_object_snapshot(struct wsn_vbl_object *vbl);

/* Number of bindings. [lock] */
size_t wsn_vbl_object_count(struct wsn_vbl_object *vbl);

/*
 * Changes, index from 0, name and value copied.  name NULL keeps the old name
 * (replace only); value NULL stands for SNMP_SYNTAX_NULL.  Append tells the
 * new number of bindings.  Errors: SNMPAPI_INDEX_INVALID, _OID_INVALID,
 * _SYNTAX_INVALID, _ALLOC_ERROR. [lock]
 */
wsn_err wsn_vbl_object_append(struct wsn_vbl_object *vbl, smiLPCOID name,
                              smiLPCVALUE value, size_t *ret_count);
wsn_err wsn_vbl_object_replace(struct wsn_vbl_object *vbl, size_t index,
                               smiLPCOID name, smiLPCVALUE value);
wsn_err wsn_vbl_object_delete(struct wsn_vbl_object *vbl, size_t index);

#endif
