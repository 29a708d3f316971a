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

struct wsn_registration *wsn_registration_new(const struct wsn_parties *parties,
                                              smiLPCOID pattern)
{
    size_t n = pattern == NULL ? 0 : pattern->len;
    struct wsn_registration *registration =
        wsn_zalloc(sizeof *registration + n * sizeof registration->ids[0]);

    if (registration == NULL)
        return NULL;
    wsn_list_init(&registration->node);
    wsn_list_init(&registration->same_hash);
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

/* ---- questions ---------------------------------------------------------- */

/* "fe80::1" without a link is that address on whatever link. */
static bool is_agent(const struct wsn_entity *agent,
                     const struct wsn_addr *sender)
{
    struct wsn_addr addr = *sender;

    if (agent->addr.scope_id == 0)
        addr.scope_id = 0;
    return wsn_addr_equal_host(&agent->addr, &addr);
}

/* Whether wide lets through everything that narrow would. */
static bool covers(const struct wsn_registration *wide,
                   const struct wsn_registration *narrow)
{
    if (wide->dst != NULL &&
        (narrow->dst == NULL || !is_agent(wide->dst, &narrow->dst->addr)))
        return false;
    if (wide->context != NULL && !same_context(wide->context, narrow->context))
        return false;
    return !wide->has_pattern || (narrow->has_pattern &&
                                  has_prefix(wide, narrow->ids, narrow->n_ids));
}

static struct wsn_registration *of_node(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_registration, node);
}

bool wsn_registry_covers(const struct wsn_subscriber *subscriber,
                         const struct wsn_registration *candidate)
{
    const struct wsn_list *list = &subscriber->registrations;

    for (struct wsn_list *node = list->next; node != list; node = node->next)
        if (covers(of_node(node), candidate))
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
wsn_registry_find(const struct wsn_subscriber *subscriber,
                  const struct wsn_registration *like)
{
    const struct wsn_list *list = &subscriber->registrations;

    for (struct wsn_list *node = list->next; node != list; node = node->next)
        if (is_like(of_node(node), like))
            return of_node(node);
    return NULL;
}

static bool lets_through(const struct wsn_registration *registration,
                         const struct wsn_notification *what)
{
    if (registration->dst != NULL && !is_agent(registration->dst, what->sender))
        return false;
    if (registration->context != NULL &&
        !same_community(registration->context, what->community,
                        what->community_len))
        return false;
    return !registration->has_pattern ||
           has_prefix(registration, what->ids, what->n_ids);
}

/* ---- the table ---------------------------------------------------------- */

#define HASH_OF_NOTHING UINT32_C(2166136261) /* FNV-1a, a sub-id at a time */

static uint32_t hash_on(uint32_t hash, smiUINT32 id)
{
    return (hash ^ id) * UINT32_C(16777619);
}

static uint32_t hash_of(const struct wsn_registration *registration)
{
    uint32_t hash = HASH_OF_NOTHING;

    for (size_t i = 0; i < registration->n_ids; i++)
        hash = hash_on(hash, registration->ids[i]);
    if (registration->dst != NULL)
        hash = hash_on(hash, wsn_addr_hash_host(&registration->dst->addr));
    return hash;
}

static struct wsn_list *bucket_of(struct wsn_registry *registry, uint32_t hash)
{
    return &registry->buckets[(hash ^ hash >> 16) % WSN_REGISTRY_BUCKETS];
}

void wsn_registry_init(struct wsn_registry *registry)
{
    memset(registry, 0, sizeof *registry);
    for (size_t i = 0; i < WSN_REGISTRY_BUCKETS; i++)
        wsn_list_init(&registry->buckets[i]);
}

void wsn_subscriber_init(struct wsn_subscriber *subscriber)
{
    wsn_list_init(&subscriber->registrations);
    wsn_list_init(&subscriber->of_matches);
    subscriber->match = NULL;
}

void wsn_registry_add(struct wsn_registry *registry,
                      struct wsn_subscriber *subscriber,
                      struct wsn_registration *registration)
{
    registration->subscriber = subscriber;
    registration->serial = ++registry->last_serial;
    registration->hash = hash_of(registration);
    wsn_list_push_back(&subscriber->registrations, &registration->node);
    wsn_list_push_back(bucket_of(registry, registration->hash),
                       &registration->same_hash);
    registry->n_of_length[registration->n_ids]++;
    registry->n_of_agents += registration->dst != NULL;
    registry->n++;
}

void wsn_registry_remove(struct wsn_registry *registry,
                         struct wsn_registration *registration)
{
    wsn_list_remove(&registration->node);
    wsn_list_remove(&registration->same_hash);
    registry->n_of_length[registration->n_ids]--;
    registry->n_of_agents -= registration->dst != NULL;
    registry->n--;
}

/* ---- matching ----------------------------------------------------------- */

static void note_match(const struct wsn_registration *registration,
                       struct wsn_list *ret_subscribers)
{
    struct wsn_subscriber *subscriber = registration->subscriber;

    if (subscriber->match == NULL)
        wsn_list_push_back(ret_subscribers, &subscriber->of_matches);
    if (subscriber->match == NULL ||
        registration->serial < subscriber->match->serial)
        subscriber->match = registration;
}

static void match_hash(struct wsn_registry *registry, uint32_t hash,
                       const struct wsn_notification *notification,
                       struct wsn_list *ret_subscribers)
{
    const struct wsn_list *bucket = bucket_of(registry, hash);

    for (struct wsn_list *node = bucket->next; node != bucket;
         node = node->next) {
        const struct wsn_registration *registration =
            WSN_CONTAINER(node, struct wsn_registration, same_hash);

        if (registration->hash == hash &&
            lets_through(registration, notification))
            note_match(registration, ret_subscribers);
    }
}

/* Every prefix of the OID may be a pattern, for the sender or for anybody. */
void wsn_registry_match(struct wsn_registry *registry,
                        const struct wsn_notification *notification,
                        struct wsn_list *ret_subscribers)
{
    bool may_be_for_sender = registry->n_of_agents > 0;
    uint32_t sender =
        may_be_for_sender ? wsn_addr_hash_host(notification->sender) : 0;
    uint32_t hash = HASH_OF_NOTHING;

    for (size_t len = 0; len <= notification->n_ids; len++) {
        if (len > 0)
            hash = hash_on(hash, notification->ids[len - 1]);
        if (registry->n_of_length[len] == 0)
            continue;
        match_hash(registry, hash, notification, ret_subscribers);
        if (may_be_for_sender)
            match_hash(registry, hash_on(hash, sender), notification,
                       ret_subscribers);
    }
}

struct wsn_subscriber *
wsn_registry_take_match(struct wsn_list *subscribers,
                        const struct wsn_registration **ret_match)
{
    struct wsn_list *node = wsn_list_pop_front(subscribers);
    struct wsn_subscriber *subscriber;

    if (node == NULL)
        return NULL;
    subscriber = WSN_CONTAINER(node, struct wsn_subscriber, of_matches);
    *ret_match = subscriber->match;
    subscriber->match = NULL;
    return subscriber;
}
