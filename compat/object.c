/*
 * object.c - see object.h.
 */
#include "object.h"

#include <assert.h>

#include "base/alloc.h"

void wc_object_init(struct wc_object *object, const struct wc_object_kind *kind)
{
    object->kind = kind;
    object->n_refs = 1;
    wsn_list_init(&object->waiters);
    wsn_list_init(&object->in_owner);
    wsn_list_init(&object->in_names);
    object->name = NULL;
}

void wc_object_pin(struct wc_object *object)
{
    object->n_refs++;
}

void wc_object_unpin(struct wc_object *object)
{
    assert(object->n_refs > 0);
    if (--object->n_refs > 0)
        return;
    assert(wsn_list_is_empty(&object->waiters));
    wsn_list_remove(&object->in_owner);
    wsn_list_remove(&object->in_names);
    wsn_free(object->name);
    object->kind->free(object);
}
