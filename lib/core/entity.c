/*
 * entity.c - see entity.h.
 */
#include "core/entity.h"

#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "codec/pdu.h"
#include "core/db.h"
#include "net/loop.h"
#include "winsnmp_types.h"

static struct wsn_entity *new_entity(const struct wsn_addr *addr, int version,
                                     const char *name)
{
    size_t name_size = name == NULL ? 0 : strlen(name) + 1;
    struct wsn_entity *entity = wsn_alloc(sizeof *entity + name_size);

    if (entity == NULL)
        return NULL;
    entity->addr = *addr;
    entity->addr.port = 0;
    entity->version = version;
    entity->name = NULL;
    wsn_addr_init(WSN_FAMILY_NONE, 0, &entity->via);
    if (name != NULL)
        entity->name = memcpy(entity + 1, name, name_size);
    atomic_init(&entity->port, addr->port);
    atomic_init(&entity->timeout_cs, wsn_db_get(WSN_DB_TIMEOUT_CS));
    atomic_init(&entity->retries, wsn_db_get(WSN_DB_RETRIES));
    atomic_init(&entity->listening, false);
    return entity;
}

struct wsn_entity *wsn_entity_new(const struct wsn_addr *addr, int version)
{
    return new_entity(addr, version, NULL);
}

struct wsn_entity *wsn_entity_dup(const struct wsn_entity *entity)
{
    struct wsn_entity *copy =
        new_entity(&entity->addr, entity->version, entity->name);

    if (copy == NULL)
        return NULL;
    copy->via = entity->via;
    atomic_init(&copy->port, atomic_load(&entity->port));
    atomic_init(&copy->timeout_cs, atomic_load(&entity->timeout_cs));
    atomic_init(&copy->retries, atomic_load(&entity->retries));
    return copy;
}

void wsn_entity_free(void *entity)
{
    wsn_free(entity);
}

/* ---- from text ---------------------------------------------------------- */

/* What the database says about an address makes an entity of it. */
static struct wsn_entity *from_entry(const struct wsn_db_entity *entry,
                                     struct wsn_addr addr)
{
    struct wsn_entity *entity;

    addr.port = entry->port;
    entity = new_entity(&addr, entry->version, entry->name);
    if (entity == NULL)
        return NULL;
    if (entry->has_timeout)
        atomic_init(&entity->timeout_cs, entry->timeout_cs);
    if (entry->has_retries)
        atomic_init(&entity->retries, entry->retries);
    return entity;
}

/*
 * The resolver may take seconds.  In a callback that would hold up every
 * session of the process, and time-outs would come late: there only what
 * needs no resolver is known.
 */
static wsn_err look_up(const char *name, struct wsn_addr *ret_addr)
{
    static atomic_bool has_warned;

    if (wsn_addr_parse(name, ret_addr))
        return WSN_OK;
    if (!wsn_loop_is_handling())
        return wsn_addr_resolve(name, ret_addr);
    if (!atomic_exchange(&has_warned, true))
        wsn_log(WSN_LOG_WARNING,
                "host names are not looked up inside a callback, which would "
                "hold up every session: call SnmpStrToEntity in another "
                "thread, or give the address");
    return SNMPAPI_ENTITY_UNKNOWN;
}

/* Translated mode: a name of the database, a literal, a host name. */
static wsn_err from_name(const char *text, struct wsn_entity **ret_entity)
{
    struct wsn_db_entity entry;
    struct wsn_addr addr;
    wsn_err err;

    if (wsn_db_find_entity(text, &entry)) {
        err = look_up(entry.address, &addr);
        if (err == WSN_OK)
            *ret_entity = from_entry(&entry, addr);
        return err;
    }
    if (!wsn_addr_parse(text, &addr)) {
        if (!wsn_db_get(WSN_DB_DNS))
            return SNMPAPI_ENTITY_UNKNOWN;
        err = look_up(text, &addr);
        if (err != WSN_OK)
            return err;
    }
    if (wsn_db_find_address(&addr, &entry))
        *ret_entity = from_entry(&entry, addr);
    else
        *ret_entity = wsn_entity_new(&addr, WSN_V1);
    return WSN_OK;
}

static wsn_err from_literal(const char *text, int version,
                            struct wsn_entity **ret_entity)
{
    struct wsn_addr addr;

    if (!wsn_addr_parse(text, &addr))
        return SNMPAPI_ENTITY_UNKNOWN;
    *ret_entity = wsn_entity_new(&addr, version);
    return WSN_OK;
}

wsn_err wsn_entity_from_text(const char *text, struct wsn_entity **ret_entity)
{
    uint32_t mode = wsn_db_get(WSN_DB_TRANSLATE_MODE);
    struct wsn_entity *entity = NULL;
    wsn_err err;

    if (text == NULL || text[0] == '\0')
        return SNMPAPI_ENTITY_UNKNOWN;
    if (mode == SNMPAPI_TRANSLATED)
        err = from_name(text, &entity);
    else
        err = from_literal(
            text, mode == SNMPAPI_UNTRANSLATED_V2 ? WSN_V2C : WSN_V1, &entity);
    if (err != WSN_OK)
        return err;
    if (entity == NULL)
        return SNMPAPI_ALLOC_ERROR;
    *ret_entity = entity;
    return WSN_OK;
}

/* ---- what is asked of an entity ----------------------------------------- */

void wsn_entity_destination(const struct wsn_entity *entity,
                            bool is_notification, struct wsn_addr *ret_addr)
{
    uint32_t port = atomic_load_explicit(&entity->port, memory_order_relaxed);

    if (port == 0)
        port = is_notification ? WSN_PORT_TRAP : WSN_PORT_REQUEST;
    *ret_addr = entity->addr;
    ret_addr->port = (uint16_t)port;
}

uint32_t wsn_entity_timeout_cs(const struct wsn_entity *entity)
{
    uint32_t timeout_cs =
        atomic_load_explicit(&entity->timeout_cs, memory_order_relaxed);

    return timeout_cs != 0 ? timeout_cs : wsn_db_get(WSN_DB_TIMEOUT_CS);
}

static size_t copy_text(const char *from, char *text, size_t size)
{
    size_t len = strlen(from);

    if (size > 0) {
        size_t fits = len < size ? len : size - 1;

        memcpy(text, from, fits);
        text[fits] = '\0';
    }
    return len + 1;
}

size_t wsn_entity_to_text(const struct wsn_entity *entity, char *text,
                          size_t size)
{
    struct wsn_db_entity entry;

    if (wsn_db_get(WSN_DB_TRANSLATE_MODE) == SNMPAPI_TRANSLATED) {
        if (entity->name != NULL)
            return copy_text(entity->name, text, size);
        if (wsn_db_find_address(&entity->addr, &entry))
            return copy_text(entry.name, text, size);
    }
    return wsn_addr_print(&entity->addr, text, size);
}
