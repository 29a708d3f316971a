/*
 * pdu.c - see pdu.h.
 */
#include "core/pdu.h"

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/lock.h"
#include "codec/pdu.h"
#include "codec/varbinds.h"
#include "core/vbl.h"

struct wsn_pdu_object {
    struct wsn_lock lock;
    /* The rest is guarded by it. */
    struct wsn_pdu pdu;         /* its varbinds only count without a vbl */
    struct wsn_vbl_object *vbl; /* or NULL */
    /* This never changes: whose block it is in; NULL: its own.  If its
     * bindings are these, the PDU has one reference for both. */
    struct wsn_varbinds *home;
};

/* What is in front of the bindings of a received PDU. */
struct front {
    struct wsn_pdu_object object;
    struct wsn_vbl_object list; /* the first that is asked for */
    atomic_bool is_list_taken;
};

static void init(struct wsn_pdu_object *object, const struct wsn_pdu *pdu,
                 struct wsn_varbinds *home)
{
    wsn_lock_init(&object->lock);
    object->pdu = *pdu;
    object->vbl = NULL;
    object->home = home;
}

static struct wsn_pdu_object *new_object(const struct wsn_pdu *pdu)
{
    struct wsn_pdu_object *object = wsn_alloc(sizeof *object);

    if (object != NULL)
        init(object, pdu, NULL);
    return object;
}

struct wsn_pdu_object *wsn_pdu_object_new(const struct wsn_pdu *pdu,
                                          struct wsn_vbl_object *vbl)
{
    struct wsn_pdu_object *object = new_object(pdu);

    if (object == NULL)
        return NULL;
    object->pdu.varbinds = NULL;
    object->vbl = wsn_vbl_object_ref(vbl);
    return object;
}

struct wsn_pdu_object *wsn_pdu_object_from_received(struct wsn_pdu *pdu)
{
    struct wsn_pdu_object *object = new_object(pdu);

    if (object == NULL)
        wsn_varbinds_unref(pdu->varbinds);
    pdu->varbinds = NULL;
    return object;
}

size_t wsn_pdu_object_front(void)
{
    return sizeof(struct front);
}

struct wsn_pdu_object *wsn_pdu_object_around(struct wsn_pdu *pdu)
{
    struct front *front;

    if (pdu->varbinds == NULL)
        return wsn_pdu_object_from_received(pdu);
    front = wsn_varbinds_front(pdu->varbinds);
    init(&front->object, pdu, pdu->varbinds);
    atomic_init(&front->is_list_taken, false);
    pdu->varbinds = NULL;
    return &front->object;
}

struct wsn_vbl_object *wsn_pdu_object_list(struct wsn_pdu_object *object,
                                           struct wsn_varbinds *varbinds)
{
    struct front *front;

    if (object->home == NULL)
        return wsn_vbl_object_new(varbinds);
    front = wsn_varbinds_front(object->home);
    if (atomic_exchange_explicit(&front->is_list_taken, true,
                                 memory_order_relaxed))
        return wsn_vbl_object_new(varbinds);
    wsn_vbl_object_init(&front->list, varbinds, wsn_varbinds_ref(object->home));
    return &front->list;
}

/* The bindings that are to be given back when they are no longer the PDU's. */
static struct wsn_varbinds *own_varbinds(const struct wsn_pdu_object *object)
{
    return object->pdu.varbinds != object->home ? object->pdu.varbinds : NULL;
}

void wsn_pdu_object_free(void *argument)
{
    struct wsn_pdu_object *object = argument;

    if (object == NULL)
        return;
    wsn_vbl_object_unref(object->vbl);
    wsn_varbinds_unref(own_varbinds(object));
    if (object->home != NULL)
        wsn_varbinds_unref(object->home);
    else
        wsn_free(object);
}

void wsn_pdu_object_snapshot(struct wsn_pdu_object *object,
                             struct wsn_pdu *ret_pdu)
{
    struct wsn_vbl_object *vbl;

    wsn_lock_take(&object->lock);
    *ret_pdu = object->pdu;
    if (ret_pdu->varbinds != NULL)
        (void)wsn_varbinds_ref(ret_pdu->varbinds);
    vbl = wsn_vbl_object_ref(object->vbl);
    wsn_lock_give(&object->lock);
    /* Never two locks at once: the list is asked afterwards. */
    if (vbl != NULL)
        ret_pdu->varbinds = wsn_vbl_object_snapshot(vbl);
    wsn_vbl_object_unref(vbl);
}

/*
 * The error fields of other types cannot be changed once the PDU exists, and
 * must be zero to be sent; so a former GETBULK leaves nothing behind in them.
 */
static void change_fields(struct wsn_pdu *pdu,
                          const struct wsn_pdu_change *change)
{
    bool was_bulk = pdu->type == SNMP_PDU_GETBULK;

    if (change->type != NULL)
        pdu->type = *change->type;
    if (change->request_id != NULL)
        pdu->request_id = *change->request_id;
    if (pdu->type == SNMP_PDU_GETBULK) {
        if (change->non_repeaters != NULL)
            pdu->error_status = *change->non_repeaters;
        if (change->max_repetitions != NULL)
            pdu->error_index = *change->max_repetitions;
    } else if (was_bulk) {
        pdu->error_status = 0;
        pdu->error_index = 0;
    }
}

wsn_err wsn_pdu_object_change(struct wsn_pdu_object *object,
                              const struct wsn_pdu_change *change)
{
    struct wsn_vbl_object *old_vbl = NULL;
    struct wsn_varbinds *old_varbinds = NULL;

    if (change->type != NULL && !wsn_pdu_type_is_creatable(*change->type))
        return SNMPAPI_PDU_INVALID;
    wsn_lock_take(&object->lock);
    change_fields(&object->pdu, change);
    if (change->has_vbl) {
        old_vbl = object->vbl;
        old_varbinds = own_varbinds(object);
        object->vbl = wsn_vbl_object_ref(change->vbl);
        object->pdu.varbinds = NULL;
    }
    wsn_lock_give(&object->lock);
    wsn_vbl_object_unref(old_vbl);
    wsn_varbinds_unref(old_varbinds);
    return WSN_OK;
}
