/*
 * entity.h - one end of an exchange: an address, a port, a version, a policy.
 *
 * The address and the version are fixed when the entity is made: changing the
 * translate mode is documented to affect later calls only, so one process can
 * talk SNMPv1 to one entity and SNMPv2c to the next.  What may change later
 * is atomic.  No lock.
 */
#ifndef WSN_CORE_ENTITY_H
#define WSN_CORE_ENTITY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "net/addr.h"

#define WSN_PORT_REQUEST 161 /* RFC 3417, 3.1: where agents listen */
#define WSN_PORT_TRAP 162    /* and where notification receivers do */

struct wsn_entity {
    struct wsn_addr addr; /* its port is 0: see port */
    int version;          /* WSN_V1 or WSN_V2C */
    const char *name;     /* friendly name, or NULL; lives in this block */
    /* Of the sender of a received message: the address of ours that it was
     * sent to, and from which it is answered; else none. */
    struct wsn_addr via;
    _Atomic uint32_t port; /* 0 while no port was chosen */
    _Atomic uint32_t timeout_cs; /* as the application set it; 0: default */
    _Atomic uint32_t retries;
    _Atomic bool listening; /* an agent port is open for it */
};

/*
 * An entity with the default policy, or NULL when memory is short.  A port in
 * addr counts as chosen; 0 leaves it open. [any]
 */
struct wsn_entity *wsn_entity_new(const struct wsn_addr *addr,
                                  int version);

/*
 * An entity from what the application wrote, by the rules of the translate
 * mode in force: a literal address, or in translated mode a name of the
 * database, a literal address or a host name (the last may block).  Errors:
 * SNMPAPI_ENTITY_UNKNOWN, SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_entity_from_text(const char *text, struct wsn_entity **ret_entity);

/* Another entity with the same data, never listening; NULL when memory is
 * short. [any] */
struct wsn_entity *wsn_entity_dup(const struct wsn_entity *entity);

/* Destroys an entity; NULL is allowed.  Takes void * because the handle table
 * calls it. [any] */
void wsn_entity_free(void *entity);

/* Where to send to: the chosen port, else 161, or 162 for a notification
 * (TRAP or INFORM). [any] */
void wsn_entity_destination(const struct wsn_entity *entity,
                            bool is_notification, struct wsn_addr *ret_addr);

/* The time-out to use for a request: never 0. [any] */
uint32_t wsn_entity_timeout_cs(const struct wsn_entity *entity);

/*
 * Writes the text of the entity into size bytes: in translated mode its
 * friendly name if it has one, else its address without port.  Cut to fit,
 * always NUL-terminated unless size is 0.  Returns the bytes needed, NUL
 * included. [any]
 */
size_t wsn_entity_to_text(const struct wsn_entity *entity, char *text,
                          size_t size);

#endif
