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

/* Whether a start-up is in force; process.c changes it. */
extern _Atomic bool wsn_api_started;

/*
 * Records code as the last error of the thread, of the process and, if object
 * (any handle or anything else) is a live session or owned by one, of that
 * session.  Returns SNMPAPI_FAILURE. [any]
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

/* Records that some handle is not one of that type, for the session of blame:
 * any handle of the call, or anything else.  Returns NULL. [any] */
void *wsn_api_refuse(unsigned type, void *blame);

/* wsn_handle_pin(), with the failure recorded as wsn_api_refuse() does.  NULL
 * on failure. [any] */
static inline void *wsn_api_pin(void *handle, unsigned type, void *blame)
{
    void *object = wsn_handle_pin(handle, type);

    return object != NULL ? object : wsn_api_refuse(type, blame);
}

/* How most functions begin: wsn_api_enter(), then the first handle pinned.
 * NULL on failure. [any] */
static inline void *wsn_api_enter_with(void *handle, unsigned type)
{
    return wsn_api_enter() ? wsn_api_pin(handle, type, handle) : NULL;
}

/* The whole of a function that frees a handle. [any] */
SNMPAPI_STATUS wsn_api_release(void *handle, unsigned type);

/*
 * A new handle for object, which the table owns from now on, created for
 * session.  object NULL means that memory was short.  On failure destroys the
 * object.  Errors: SNMPAPI_ALLOC_ERROR, SNMPAPI_SESSION_INVALID. [any]
 */
wsn_err wsn_api_make_handle(void *session, unsigned type, void *object,
                            void **ret_handle);

/* The same for a session that the call names, with the failure recorded for
 * it.  NULL on failure. [any] */
void *wsn_api_publish(void *session, unsigned type, void *object);

/*
 * Publishes items for the same session, all or none.  On failure destroys
 * every object that is not NULL, records the error and returns false.
 * [any]
 */
bool wsn_api_publish_all(void *session, struct wsn_publish *items, size_t n);

struct wsn_context;
struct wsn_entity;
struct wsn_pdu_object;

/* What SnmpSendMsg and SnmpEncodeMsg are given. */
struct wsn_api_message {
    HSNMP_ENTITY src_handle; /* may be NULL */
    HSNMP_ENTITY dst_handle;
    HSNMP_CONTEXT context_handle;
    HSNMP_PDU pdu_handle;
    struct wsn_entity *src; /* NULL without src_handle */
    struct wsn_entity *dst;
    struct wsn_context *context;
    struct wsn_pdu_object *pdu;
};

/* Pins the four handles and fills in the objects; the failure is recorded for
 * session and leaves nothing pinned. [any] */
bool wsn_api_pin_message(void *session, struct wsn_api_message *message);

/* Gives the pins back. [any] */
void wsn_api_unpin_message(const struct wsn_api_message *message);

/* Retransmission was switched off: requests under way wait for nothing any
 * more.  In process.c. [any] */
void wsn_api_retransmit_off(void);

#endif
