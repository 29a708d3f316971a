/*
 * registry.c - see registry.h.
 */
#include "core/registry.h"

#include <string.h>

#include "base/alloc.h"
#include "base/handle.h"
#include "codec/oid.h"
#include "core/context.h"
#include "core/entity.h"

static const void *object_of(void *handle)
{
    return handle == NULL ? NULL : wsn_handle_object(handle);
}

struct wsn_registration *
wsn_registration_new(const struct wsn_parties *parties, smiLPCOID pattern)
{
    size_t n = pattern == NULL ? 0 : pattern->len;
    struct wsn_registration *registration =
        wsn_zalloc(sizeof *registration + n * sizeof registration->ids[0]);

    if (registration == NULL)
        return NULL;
    wsn_list_init(&registration->node);
    registration->parties = *parties;
    registration->src = object_of(parties->src);
    registration->dst = object_of(parties->dst);
    registration->context = object_of(parties->context);
    registration->has_pattern = pattern != NULL;
    registration->n_ids = n;
    if (n > 0)
        memcpy(registration->ids, pattern->ptr, n * sizeof(smiUINT32));
    wsn_parties_pin(parties);
    return registration;
}

void wsn_registration_free(struct wsn_registration *registration)
{
    wsn_parties_unpin(&registration->parties);
    wsn_free(registration);
}

/* ---- values behind the handles ------------------------------------------ */

static bool same_entity(const struct wsn_entity *a, const struct wsn_entity *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return wsn_addr_equal_host(&a->addr, &b->addr);
}

static bool same_community(const struct wsn_context *context,
                           const unsigned char *octets, size_t len)
{
    return context->len == len && memcmp(context->octets, octets, len) == 0;
}

static bool same_context(const struct wsn_context *a,
                         const struct wsn_context *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return same_community(a, b->octets, b->len);
}

static bool has_prefix(const struct wsn_registration *registration,
                       const smiUINT32 *ids, size_t n_ids)
{
    return wsn_oid_has_prefix(ids, n_ids, registration->ids,
                              registration->n_ids);
}

/* ---- questions ----------------------------------------------------------- */

/* Whether wide lets through everything that narrow would. */
static bool covers(const struct wsn_registration *wide,
                   const struct wsn_registration *narrow)
{
    if (wide->dst != NULL && !same_entity(wide->dst, narrow->dst))
        return false;
    if (wide->context != NULL && !same_context(wide->context, narrow->context))
        return false;
    return !wide->has_pattern ||
           (narrow->has_pattern &&
            has_prefix(wide, narrow->ids, narrow->n_ids));
}

bool wsn_registry_covers(const struct wsn_list *list,
                         const struct wsn_registration *candidate)
{
    for (struct wsn_list *node = list->next; node != list;
         node = node->next)
        if (covers(WSN_CONTAINER(node, struct wsn_registration, node),
                   candidate))
            return true;
    return false;
}

static bool is_like(const struct wsn_registration *a,
                    const struct wsn_registration *b)
{
    return same_entity(a->src, b->src) && same_entity(a->dst, b->dst) &&
           same_context(a->context, b->context) &&
           a->has_pattern == b->has_pattern &&
           wsn_oid_compare(a->ids, a->n_ids, b->ids, b->n_ids) == 0;
}

struct wsn_registration *
wsn_registry_find(const struct wsn_list *list,
                  const struct wsn_registration *like)
{
    for (struct wsn_list *node = list->next; node != list; node = node->next) {
        struct wsn_registration *registration =
            WSN_CONTAINER(node, struct wsn_registration, node);

        if (is_like(registration, like))
            return registration;
    }
    return NULL;
}

static bool lets_through(const struct wsn_registration *registration,
                         const struct wsn_notification *what)
{
    if (registration->dst != NULL &&
        !wsn_addr_equal_host(&registration->dst->addr, what->sender))
        return false;
    if (registration->context != NULL &&
        !same_community(registration->context, what->community,
                        what->community_len))
        return false;
    return !registration->has_pattern ||
           has_prefix(registration, what->ids, what->n_ids);
}

struct wsn_registration *
wsn_registry_match(const struct wsn_list *list,
                   const struct wsn_notification *notification)
{
    for (struct wsn_list *node = list->next; node != list; node = node->next) {
        struct wsn_registration *registration =
            WSN_CONTAINER(node, struct wsn_registration, node);

        if (lets_through(registration, notification))
            return registration;
    }
    return NULL;
}
