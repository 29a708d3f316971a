/*
 * pdu.c - see pdu.h.
 */
#include "core/pdu.h"

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
};

static struct wsn_pdu_object *new_object(const struct wsn_pdu *pdu)
{
    struct wsn_pdu_object *object = wsn_alloc(sizeof *object);

    if (object == NULL)
        return NULL;
    wsn_lock_init(&object->lock);
    object->pdu = *pdu;
    object->vbl = NULL;
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

void wsn_pdu_object_free(void *argument)
{
    struct wsn_pdu_object *object = argument;

    if (object == NULL)
        return;
    wsn_vbl_object_unref(object->vbl);
    wsn_varbinds_unref(object->pdu.varbinds);
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
        old_varbinds = object->pdu.varbinds;
        object->vbl = wsn_vbl_object_ref(change->vbl);
        object->pdu.varbinds = NULL;
    }
    wsn_lock_give(&object->lock);
    wsn_vbl_object_unref(old_vbl);
    wsn_varbinds_unref(old_varbinds);
    return WSN_OK;
}
