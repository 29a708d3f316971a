/*
 * registry.h - who wants which notification.
 *
 * A registration is a filter of one session: agent address, community and a
 * prefix of the notification's OID, each of them optional.  Guarded by the
 * engine's lock; handles in it are pinned.
 */
#ifndef WSN_CORE_REGISTRY_H
#define WSN_CORE_REGISTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/list.h"
#include "core/parties.h"
#include "winsnmp_types.h"

struct wsn_addr;
struct wsn_context;
struct wsn_entity;
struct wsn_session;

struct wsn_registration {
    struct wsn_list node;
    struct wsn_parties parties; /* pinned; src never filters */
    const struct wsn_entity *src;
    const struct wsn_entity *dst;
    const struct wsn_context *context;
    bool has_pattern; /* NULL and an empty pattern are not the same */
    size_t n_ids;
    smiUINT32 ids[];
};

/*
 * A registration, or NULL when memory is short.  parties are handles that the
 * caller has pinned, and are pinned once more; pattern NULL: every
 * notification. [any]
 */
struct wsn_registration *
wsn_registration_new(const struct wsn_parties *parties, smiLPCOID pattern);

/* Takes registration; unpins its parties. [any] */
void wsn_registration_free(struct wsn_registration *registration);

/* Whether one of list lets through everything that candidate would. [lock] */
bool wsn_registry_covers(const struct wsn_list *list,
                         const struct wsn_registration *candidate);

/* The registration of list with the same arguments, or NULL: addresses,
 * communities and OIDs are compared by value. [lock] */
struct wsn_registration *
wsn_registry_find(const struct wsn_list *list,
                  const struct wsn_registration *like);

/* A notification as registrations see it. */
struct wsn_notification {
    const struct wsn_addr *sender;
    const unsigned char *community;
    size_t community_len;
    const smiUINT32 *ids;
    size_t n_ids;
};

/* The first registration of list that lets it through, or NULL. [lock] */
struct wsn_registration *
wsn_registry_match(const struct wsn_list *list,
                   const struct wsn_notification *notification);

#endif
