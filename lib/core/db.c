/*
 * db.c - see db.h.
 */
#include "core/db.h"

#include <string.h>

#include "base/alloc.h"
#include "base/lock.h"
#include "winsnmp_types.h"

/* SNMPv1 is what every agent understands; 5 s and 3 retries are what
 * managers usually wait. */
#define BUILT_IN_SETTINGS                                  \
    {                                                      \
        [WSN_DB_TRANSLATE_MODE] = SNMPAPI_UNTRANSLATED_V1, \
        [WSN_DB_RETRANSMIT_MODE] = SNMPAPI_ON,             \
        [WSN_DB_TIMEOUT_CS] = 500,                         \
        [WSN_DB_RETRIES] = 3,                              \
        [WSN_DB_TRAP_PORT] = 162,                          \
        [WSN_DB_TRAP_QUEUE_MAX] = 10000,                   \
        [WSN_DB_DNS] = 1,                                  \
    }

_Atomic uint32_t wsn_db_values[WSN_DB_SETTINGS] = BUILT_IN_SETTINGS;

_Thread_local bool wsn_db_is_plain;

static const uint32_t built_in[WSN_DB_SETTINGS] = BUILT_IN_SETTINGS;

static struct names {
    struct wsn_lock lock;
    struct wsn_db_entity *entities;
    size_t n_entities;
    struct wsn_db_context *contexts;
    size_t n_contexts;
} names = {.lock = WSN_LOCK_INITIALIZER};

uint32_t wsn_db_get_plain(enum wsn_db_setting setting)
{
    /* NOLINTNEXTLINE(bugprone-branch-clone): a mode and "on" happen to be 1 */
    return setting == WSN_DB_TRANSLATE_MODE ? SNMPAPI_UNTRANSLATED_V1 : 1;
}

/* ---- as a whole --------------------------------------------------------- */

static void reset_settings(void)
{
    for (int i = 0; i < WSN_DB_SETTINGS; i++)
        wsn_db_set((enum wsn_db_setting)i, built_in[i]);
}

static void forget_names(void)
{
    names.entities = NULL;
    names.n_entities = 0;
    names.contexts = NULL;
    names.n_contexts = 0;
}

void wsn_db_reset(void)
{
    void *entities;
    void *contexts;

    reset_settings();
    wsn_lock_take(&names.lock);
    entities = names.entities;
    contexts = names.contexts;
    forget_names();
    wsn_lock_give(&names.lock);
    wsn_free(entities);
    wsn_free(contexts);
}

void wsn_db_abandon_all(void)
{
    reset_settings();
    forget_names();
    wsn_lock_init(&names.lock);
}

/* ---- entities ----------------------------------------------------------- */

typedef bool (*entity_test)(const struct wsn_db_entity *entry,
                            const void *wanted);

static bool has_entity_name(const struct wsn_db_entity *entry,
                            const void *name)
{
    return strcmp(entry->name, name) == 0;
}

static bool has_address(const struct wsn_db_entity *entry, const void *wanted)
{
    struct wsn_addr addr;

    return wsn_addr_parse(entry->address, &addr) &&
           wsn_addr_equal_host(&addr, wanted);
}

/* The first entry that passes; its lock held. */
static struct wsn_db_entity *search_entity(entity_test test,
                                           const void *wanted)
{
    for (size_t i = 0; i < names.n_entities; i++) {
        if (test(&names.entities[i], wanted))
            return &names.entities[i];
    }
    return NULL;
}

static bool find_entity(entity_test test, const void *wanted,
                        struct wsn_db_entity *ret_entity)
{
    const struct wsn_db_entity *entry;

    wsn_lock_take(&names.lock);
    entry = search_entity(test, wanted);
    if (entry != NULL)
        *ret_entity = *entry;
    wsn_lock_give(&names.lock);
    return entry != NULL;
}

bool wsn_db_find_entity(const char *name, struct wsn_db_entity *ret_entity)
{
    return find_entity(has_entity_name, name, ret_entity);
}

bool wsn_db_find_address(const struct wsn_addr *addr,
                         struct wsn_db_entity *ret_entity)
{
    return find_entity(has_address, addr, ret_entity);
}

static struct wsn_db_entity *add_entity(void)
{
    struct wsn_db_entity *more = wsn_realloc(
        names.entities, (names.n_entities + 1) * sizeof *names.entities);

    if (more == NULL)
        return NULL;
    names.entities = more;
    return &more[names.n_entities++];
}

bool wsn_db_put_entity(const struct wsn_db_entity *entity)
{
    struct wsn_db_entity *entry;

    wsn_lock_take(&names.lock);
    entry = search_entity(has_entity_name, entity->name);
    if (entry == NULL)
        entry = add_entity();
    if (entry != NULL)
        *entry = *entity;
    wsn_lock_give(&names.lock);
    return entry != NULL;
}

/* ---- contexts ----------------------------------------------------------- */

struct octets {
    const void *bytes;
    size_t len;
};

typedef bool (*context_test)(const struct wsn_db_context *entry,
                             struct octets wanted);

static bool is_text(const char *text, struct octets wanted)
{
    return strlen(text) == wanted.len &&
           memcmp(text, wanted.bytes, wanted.len) == 0;
}

static bool has_context_name(const struct wsn_db_context *entry,
                             struct octets name)
{
    return is_text(entry->name, name);
}

static bool has_community(const struct wsn_db_context *entry,
                          struct octets community)
{
    return is_text(entry->community, community);
}

static struct wsn_db_context *search_context(context_test test,
                                             struct octets wanted)
{
    for (size_t i = 0; i < names.n_contexts; i++) {
        if (test(&names.contexts[i], wanted))
            return &names.contexts[i];
    }
    return NULL;
}

static bool find_context(context_test test, struct octets wanted,
                         struct wsn_db_context *ret_context)
{
    const struct wsn_db_context *entry;

    wsn_lock_take(&names.lock);
    entry = search_context(test, wanted);
    if (entry != NULL)
        *ret_context = *entry;
    wsn_lock_give(&names.lock);
    return entry != NULL;
}

bool wsn_db_find_context(const void *name, size_t len,
                         struct wsn_db_context *ret_context)
{
    struct octets wanted = {name, len};

    return find_context(has_context_name, wanted, ret_context);
}

bool wsn_db_find_community(const void *community, size_t len,
                           struct wsn_db_context *ret_context)
{
    struct octets wanted = {community, len};

    return find_context(has_community, wanted, ret_context);
}

static struct wsn_db_context *add_context(void)
{
    struct wsn_db_context *more = wsn_realloc(
        names.contexts, (names.n_contexts + 1) * sizeof *names.contexts);

    if (more == NULL)
        return NULL;
    names.contexts = more;
    return &more[names.n_contexts++];
}

bool wsn_db_put_context(const struct wsn_db_context *context)
{
    struct octets name = {context->name, strlen(context->name)};
    struct wsn_db_context *entry;

    wsn_lock_take(&names.lock);
    entry = search_context(has_context_name, name);
    if (entry == NULL)
        entry = add_context();
    if (entry != NULL)
        *entry = *context;
    wsn_lock_give(&names.lock);
    return entry != NULL;
}
