/*
 * api.h - what every exported function uses.
 *
 * An exported function does one job: check that the library is started, then
 * its handles and arguments from left to right, call core or codec, unpin,
 * and record why it failed.  It does not decide anything else.
 */
#ifndef WSN_API_API_H
#define WSN_API_API_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/handle.h"
#include "core/object.h"
#include "winsnmp.h"

/* Whether a start-up is in force; startup.c changes it. */
extern _Atomic bool wsn_api_started;

/*
 * Records code as the last error of the thread, of the process and, if object
 * (any handle or anything else) is a live session or owned by one, of that
 * session.  Returns SNMPAPI_FAILURE. [any, lock]
 */
SNMPAPI_STATUS wsn_fail(void *object, wsn_err code);

/* First line of every function: false, with the error recorded, when no
 * start-up is in force. [any] */
static inline bool wsn_api_enter(void)
{
    if (atomic_load_explicit(&wsn_api_started, memory_order_acquire))
        return true;
    (void)wsn_fail(NULL, SNMPAPI_NOT_INITIALIZED);
    return false;
}

/* Last line of a function with a status: records an error unless it is 0. */
static inline SNMPAPI_STATUS wsn_api_status(void *object, wsn_err err)
{
    return err == WSN_OK ? SNMPAPI_SUCCESS : wsn_fail(object, err);
}

/* The error code for a handle that is not a live one of that type. [any] */
wsn_err wsn_api_invalid_code(unsigned type);

/*
 * wsn_handle_pin(), with the failure recorded: against the session of
 * context_handle (any handle of the call, may be NULL).  NULL on failure.
 * [any]
 */
void *wsn_api_pin(void *handle, unsigned type, void *context_handle);

/* The whole of SnmpFreeX. [any] */
SNMPAPI_STATUS wsn_api_release(void *handle, unsigned type);

/*
 * A new handle for object, which the table owns from now on, created for
 * session (pinned by the caller).  object NULL means that memory was short.
 * On failure destroys the object, records SNMPAPI_ALLOC_ERROR or
 * SNMPAPI_SESSION_INVALID and returns NULL. [any, lock]
 */
void *wsn_api_publish(void *session, unsigned type, void *object);

/* Retransmission was switched off: requests under way wait for nothing any
 * more.  In startup.c. [any, lock] */
void wsn_api_retransmit_off(void);

#endif
