/*
 * registry.h - who wants which notification.
 *
 * A registration is a filter of one session: agent address, community and a
 * prefix of the notification's OID, each of them optional.  The registry holds
 * those of all sessions in a hash table by pattern and agent, so that a
 * notification is compared with registrations it is likely to suit, however
 * many there are.  Guarded by the engine's lock; handles in it are pinned.
 */
#ifndef WSN_CORE_REGISTRY_H
#define WSN_CORE_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/list.h"
#include "core/parties.h"
#include "winsnmp_types.h"

struct wsn_addr;
struct wsn_context;
struct wsn_entity;

/* The registry's part of a session. */
struct wsn_subscriber {
    struct wsn_list registrations; /* in the order they were made */
    struct wsn_list of_matches;
    const struct wsn_registration *match; /* see wsn_registry_match() */
};

struct wsn_registration {
    struct wsn_list node;      /* in its subscriber's registrations */
    struct wsn_list same_hash; /* in the registry */
    struct wsn_subscriber *subscriber;
    uint64_t serial; /* the order they were made in */
    uint32_t hash;
    struct wsn_parties parties; /* pinned; src never filters */
    const struct wsn_entity *src;
    const struct wsn_entity *dst;
    const struct wsn_context *context;
    bool has_pattern; /* NULL and an empty pattern are not the same */
    size_t n_ids;
    smiUINT32 ids[];
};

#define WSN_REGISTRY_BUCKETS 1024u

struct wsn_registry {
    size_t n;
    uint64_t last_serial;
    size_t n_of_length[MAXOBJIDSIZE + 1]; /* by the length of the pattern */
    size_t n_of_agents;                   /* those for one agent only */
    struct wsn_list buckets[WSN_REGISTRY_BUCKETS];
};

/* An empty registry. [any] */
void wsn_registry_init(struct wsn_registry *registry);

/* A subscriber without registrations. [any] */
void wsn_subscriber_init(struct wsn_subscriber *subscriber);

/*
 * A registration, or NULL when memory is short.  parties are handles that the
 * caller has pinned, and are pinned once more; pattern NULL: every
 * notification. [any]
 */
struct wsn_registration *wsn_registration_new(const struct wsn_parties *parties,
                                              smiLPCOID pattern);

/* Takes registration; unpins its parties. [any] */
void wsn_registration_free(struct wsn_registration *registration);

/* Gives a registration to subscriber; borrowed until it is removed. [lock] */
void wsn_registry_add(struct wsn_registry *registry,
                      struct wsn_subscriber *subscriber,
                      struct wsn_registration *registration);

/* Takes a registration out. [lock] */
void wsn_registry_remove(struct wsn_registry *registry,
                         struct wsn_registration *registration);

/* Whether one of subscriber's lets through everything that candidate would.
 * [lock] */
bool wsn_registry_covers(const struct wsn_subscriber *subscriber,
                         const struct wsn_registration *candidate);

/* The registration of subscriber with the same arguments, or NULL: addresses,
 * communities and OIDs are compared by value. [lock] */
struct wsn_registration *
wsn_registry_find(const struct wsn_subscriber *subscriber,
                  const struct wsn_registration *like);

/* A notification as registrations see it. */
struct wsn_notification {
    const struct wsn_addr *sender;
    const unsigned char *community;
    size_t community_len;
    const smiUINT32 *ids;
    size_t n_ids;
};

/*
 * Adds every subscriber with a registration that lets it through to the end
 * of ret_subscribers, each with the first such as its match: for
 * wsn_registry_take_match(). [lock]
 */
void wsn_registry_match(struct wsn_registry *registry,
                        const struct wsn_notification *notification,
                        struct wsn_list *ret_subscribers);

/* Takes the next subscriber and its match out of that list; NULL when it is
 * empty. [lock] */
struct wsn_subscriber *
wsn_registry_take_match(struct wsn_list *subscribers,
                        const struct wsn_registration **ret_match);

#endif
