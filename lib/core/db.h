/*
 * db.h - the local database: process-wide settings and friendly names.
 *
 * Settings are atomic numbers: one of them is read at a time, by any thread.
 * Names are filled in by core/config.c before the start-up is in force and
 * emptied at tear-down; a lock of the database guards them, because a call
 * may still look one up during a tear-down.
 */
#ifndef WSN_CORE_DB_H
#define WSN_CORE_DB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "net/addr.h"

enum wsn_db_setting {
    WSN_DB_TRANSLATE_MODE,  /* SNMPAPI_TRANSLATED, _UNTRANSLATED_V1, _V2 */
    WSN_DB_RETRANSMIT_MODE, /* SNMPAPI_ON, SNMPAPI_OFF */
    WSN_DB_TIMEOUT_CS,      /* of new entities, and where one says 0 */
    WSN_DB_RETRIES,         /* of new entities */
    WSN_DB_TRAP_PORT,       /* 0: any free one */
    WSN_DB_TRAP_QUEUE_MAX,  /* notifications kept for one session */

    /* switches: 0 or 1 */
    WSN_DB_RELAXED_SOURCE,    /* a response may come from another address */
    WSN_DB_TRAP_PROFILE_3584, /* more varbinds in a translated SNMPv1 trap */
    WSN_DB_SESSION_WITHOUT_NOTIFICATION,
    WSN_DB_CALLBACK_RESULT_IGNORE, /* a callback's failure closes nothing */
    WSN_DB_STRICT_CONTEXT,         /* translated mode knows its contexts only */
    WSN_DB_DNS,                    /* translated mode asks for host names */
    WSN_DB_LOG_SECRETS,            /* communities in the log */

    WSN_DB_SETTINGS
};

extern _Atomic uint32_t wsn_db_values[WSN_DB_SETTINGS];

/* True while the calling thread uses the library as if nothing had been set;
 * see api/plain.h. */
extern _Thread_local bool wsn_db_is_plain;

/* The settings that are its own then. [any] */
uint32_t wsn_db_get_plain(enum wsn_db_setting setting);

/* The setting in force. [any] */
static inline uint32_t wsn_db_get(enum wsn_db_setting setting)
{
    if ((setting == WSN_DB_TRANSLATE_MODE ||
         setting == WSN_DB_TRAP_PROFILE_3584) &&
        wsn_db_is_plain)
        return wsn_db_get_plain(setting);
    return atomic_load_explicit(&wsn_db_values[setting], memory_order_relaxed);
}

/* Changes a setting; the caller has checked the value. [any] */
static inline void wsn_db_set(enum wsn_db_setting setting, uint32_t value)
{
    atomic_store_explicit(&wsn_db_values[setting], value, memory_order_relaxed);
}

/* Back to the built-in settings, no names: at tear-down, and before a
 * configuration is read. [any] */
void wsn_db_reset(void);

/* In the child of a fork: as wsn_db_reset, whoever held the lock. */
void wsn_db_abandon_all(void);

/* Longer ones are no names; the terminating NUL is counted. */
#define WSN_DB_NAME_SIZE 64
#define WSN_DB_ADDRESS_SIZE 256
#define WSN_DB_COMMUNITY_SIZE 256

struct wsn_db_entity {
    char name[WSN_DB_NAME_SIZE];
    char address[WSN_DB_ADDRESS_SIZE]; /* literal or host name */
    uint16_t port;                     /* 0: not configured */
    unsigned version;                  /* WSN_V1 or WSN_V2C */
    uint32_t timeout_cs;
    uint32_t retries;
    bool has_timeout;
    bool has_retries;
};

struct wsn_db_context {
    char name[WSN_DB_NAME_SIZE];
    char community[WSN_DB_COMMUNITY_SIZE];
};

/* Adds or replaces a name.  False when memory is short. [any] */
bool wsn_db_put_entity(const struct wsn_db_entity *entity);
bool wsn_db_put_context(const struct wsn_db_context *context);

/* Copies out what is known of a name; false when it is unknown. [any] */
bool wsn_db_find_entity(const char *name, struct wsn_db_entity *ret_entity);
bool wsn_db_find_context(const void *name, size_t len,
                         struct wsn_db_context *ret_context);

/* The same the other way round: what has that literal address (whatever the
 * port), that community. [any] */
bool wsn_db_find_address(const struct wsn_addr *addr,
                         struct wsn_db_entity *ret_entity);
bool wsn_db_find_community(const void *community, size_t len,
                           struct wsn_db_context *ret_context);

#endif
