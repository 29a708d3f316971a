/*
 * vbl.c - see vbl.h.
 */
#include "core/vbl.h"

#include "base/alloc.h"
#include "codec/varbinds.h"

void wsn_vbl_object_init(struct wsn_vbl_object *vbl, struct wsn_varbinds *body,
                         struct wsn_varbinds *home)
{
    wsn_lock_init(&vbl->lock);
    atomic_init(&vbl->references, 1);
    vbl->body = body;
    vbl->home = home;
}

struct wsn_vbl_object *wsn_vbl_object_new(struct wsn_varbinds *body)
{
    struct wsn_vbl_object *vbl = wsn_alloc(sizeof *vbl);

    if (vbl == NULL) {
        wsn_varbinds_unref(body);
        return NULL;
    }
    wsn_vbl_object_init(vbl, body, NULL);
    return vbl;
}

struct wsn_vbl_object *wsn_vbl_object_ref(struct wsn_vbl_object *vbl)
{
    if (vbl != NULL)
        (void)atomic_fetch_add_explicit(&vbl->references, 1,
                                        memory_order_relaxed);
    return vbl;
}

void wsn_vbl_object_unref(void *object)
{
    struct wsn_vbl_object *vbl = object;
    struct wsn_varbinds *home;

    if (vbl == NULL || atomic_fetch_sub_explicit(&vbl->references, 1,
                                                 memory_order_acq_rel) != 1)
        return;
    home = vbl->home;
    wsn_varbinds_unref(vbl->body);
    if (home != NULL)
        wsn_varbinds_unref(home);
    else
        wsn_free(vbl);
}

struct wsn_varbinds *wsn_vbl_object_snapshot(struct wsn_vbl_object *vbl)
{
    struct wsn_varbinds *body;

    wsn_lock_take(&vbl->lock);
    body = vbl->body == NULL ? NULL : wsn_varbinds_ref(vbl->body);
    wsn_lock_give(&vbl->lock);
    return body;
}

size_t wsn_vbl_object_count(struct wsn_vbl_object *vbl)
{
    size_t count;

    wsn_lock_take(&vbl->lock);
    count = wsn_varbinds_count(vbl->body);
    wsn_lock_give(&vbl->lock);
    return count;
}

wsn_err wsn_vbl_object_append(struct wsn_vbl_object *vbl, smiLPCOID name,
                              smiLPCVALUE value, size_t *ret_count)
{
    size_t count;
    wsn_err err;

    wsn_lock_take(&vbl->lock);
    err = wsn_varbinds_append(&vbl->body, name, value);
    count = wsn_varbinds_count(vbl->body);
    wsn_lock_give(&vbl->lock);
    if (err == WSN_OK)
        *ret_count = count;
    return err;
}

wsn_err wsn_vbl_object_replace(struct wsn_vbl_object *vbl, size_t index,
                               smiLPCOID name, smiLPCVALUE value)
{
    wsn_err err;

    wsn_lock_take(&vbl->lock);
    err = wsn_varbinds_replace(&vbl->body, index, name, value);
    wsn_lock_give(&vbl->lock);
    return err;
}

wsn_err wsn_vbl_object_delete(struct wsn_vbl_object *vbl, size_t index)
{
    wsn_err err;

    wsn_lock_take(&vbl->lock);
    err = wsn_varbinds_delete(&vbl->body, index);
    wsn_lock_give(&vbl->lock);
    return err;
}
