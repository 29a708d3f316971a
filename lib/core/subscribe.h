/*
 * subscribe.h - what a session wants to hear without having asked: the
 * notifications of its registrations, the requests to its agent entities.
 */
#ifndef WSN_CORE_SUBSCRIBE_H
#define WSN_CORE_SUBSCRIBE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "core/parties.h"
#include "winsnmp_types.h"

struct wsn_engine;
struct wsn_list;
struct wsn_session;

/*
 * Registers session for the notifications that parties and pattern (NULL: any)
 * let through; the first registration of the process opens the trap ports.  A
 * registration that another of the session covers has no effect.  parties
 * are pinned by the caller.  Errors: SNMPAPI_SESSION_INVALID, _ALLOC_ERROR,
 * SNMPAPI_TL_IN_USE, _NOT_INITIALIZED, _NOT_AVAILABLE. [any]
 */
wsn_err wsn_subscribe(struct wsn_session *session,
                      const struct wsn_parties *parties, smiLPCOID pattern);

/* Undoes the registration made with equal arguments, if there is one; the
 * last one closes the trap ports.  Errors: SNMPAPI_ALLOC_ERROR. [any] */
wsn_err wsn_unsubscribe(struct wsn_session *session,
                        const struct wsn_parties *parties, smiLPCOID pattern);

/* The port number on which notifications are received, or 0. [any] */
uint16_t wsn_subscribe_port(struct wsn_engine *engine);

/*
 * Opens the port of entity (pinned by the caller) and gives requests to it to
 * session; all_addresses: on every address of its family.  Errors:
 * SNMPAPI_ENTITY_INVALID (it, or its session, has ended meanwhile),
 * SNMPAPI_NOOP (it listens already), SNMPAPI_ALLOC_ERROR,
 * SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_OTHER. [any]
 */
wsn_err wsn_listen(struct wsn_session *session, HSNMP_ENTITY entity,
                   bool all_addresses);

/* Closes the port of entity; SNMPAPI_NOOP when it has none. [any] */
wsn_err wsn_unlisten(struct wsn_engine *engine, HSNMP_ENTITY entity);

/*
 * Ends everything of a closing session.  The registrations taken out are
 * moved to ret_registrations, to be freed without the lock; the ports that
 * close are added to ret_retired, see wsn_port_retire(). [lock]
 */
void wsn_subscribe_end(struct wsn_session *session,
                       struct wsn_list *ret_registrations,
                       struct wsn_list *ret_retired);

/* Frees a list of registrations. [any] */
void wsn_subscribe_free_all(struct wsn_list *registrations);

#endif
