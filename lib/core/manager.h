/*
 * manager.h - the session manager: starts and stops an engine, and has its
 * sessions.
 */
#ifndef WSN_CORE_MANAGER_H
#define WSN_CORE_MANAGER_H

#include <stdbool.h>

#include "base/err.h"

struct event_base;
struct wsn_engine;
struct wsn_session;

/*
 * An engine whose loop is not running yet; host NULL: with a thread of its
 * own.  Errors: SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_RESOURCE_ERROR. [any]
 */
wsn_err wsn_manager_new(struct event_base *host,
                        struct wsn_engine **ret_engine);

/* Errors: SNMPAPI_TL_NOT_INITIALIZED (no thread to be had). [any] */
wsn_err wsn_manager_start(struct wsn_engine *engine);

/* Adds a new session; SNMPAPI_NOT_INITIALIZED when the engine is stopping.
 * [any] */
wsn_err wsn_manager_attach(struct wsn_engine *engine,
                           struct wsn_session *session);

/* Whether any session is open. [any] */
bool wsn_manager_has_sessions(struct wsn_engine *engine);

/* Ends every session and the loop.  The caller's reference stays.  On the
 * loop's own thread the loop ends when the caller has returned to it. [any] */
void wsn_manager_stop(struct wsn_engine *engine);

#endif
