/*
 * pdu.h - the object behind a PDU handle.
 *
 * The fields of a PDU and the list object it was made with (see core/vbl.h
 * for why it is not a copy).  A received PDU and a duplicate have bindings of
 * their own instead.  A small lock guards the fields; callers never hold it.
 */
#ifndef WSN_CORE_PDU_H
#define WSN_CORE_PDU_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "winsnmp_types.h"

struct wsn_pdu;
struct wsn_pdu_object;
struct wsn_varbinds;
struct wsn_vbl_object;

/* A PDU object with the fields of pdu (its varbinds are ignored) and a
 * reference to vbl (NULL: no list); NULL when memory is short. [any] */
struct wsn_pdu_object *wsn_pdu_object_new(const struct wsn_pdu *pdu,
                                          struct wsn_vbl_object *vbl);

/* A PDU object with the fields and the bindings of pdu.  Takes the reference
 * of pdu->varbinds in any case and leaves NULL there; returns NULL when
 * memory is short. [any] */
struct wsn_pdu_object *wsn_pdu_object_from_received(struct wsn_pdu *pdu);

/* The room that a PDU object needs in front of the bindings it is received
 * with. */
size_t wsn_pdu_object_front(void);

/*
 * The same, but the object is in the block of the bindings if there are any:
 * nobody else has them, and they were made with that room in front.  A list
 * that is made of the PDU is there as well. [any]
 */
struct wsn_pdu_object *wsn_pdu_object_around(struct wsn_pdu *pdu);

/* A new list object with varbinds, which were a snapshot of object and are
 * taken in any case; NULL when memory is short. [any] */
struct wsn_vbl_object *wsn_pdu_object_list(struct wsn_pdu_object *object,
                                           struct wsn_varbinds *varbinds);

/* Destroys a PDU object; NULL is allowed.  Takes void * because the handle
 * table calls it. [any] */
void wsn_pdu_object_free(void *object);

/* The fields and bindings as they are now; ret_pdu->varbinds is a reference
 * for the caller to give back. [lock] */
void wsn_pdu_object_snapshot(struct wsn_pdu_object *object,
                             struct wsn_pdu *ret_pdu);

/* What SnmpSetPduData changes: fields whose pointer is NULL stay. */
struct wsn_pdu_change {
    const smiINT *type;
    const smiINT32 *request_id;
    const smiINT *non_repeaters; /* the last two only in a GETBULK */
    const smiINT *max_repetitions;
    bool has_vbl;
    struct wsn_vbl_object *vbl; /* borrowed; NULL: no list from now on */
};

/* Applies the change completely, or not at all with SNMPAPI_PDU_INVALID (no
 * such type). [lock] */
wsn_err wsn_pdu_object_change(struct wsn_pdu_object *object,
                              const struct wsn_pdu_change *change);

#endif
