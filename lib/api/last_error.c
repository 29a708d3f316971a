/*
 * last_error.c - SnmpGetLastError, and the one function that records.
 *
 * There are three places: of the thread, of the process, of each session.  A
 * single-threaded program sees exactly what is documented; in others no
 * thread is handed another thread's code for its own failure.  Works before
 * the first start-up and after the last clean-up.
 */
#include "api/api.h"

#include "core/session.h"

static _Thread_local wsn_err last_of_thread; /* WSN_OK: it never failed */
static _Atomic wsn_err last_of_process = SNMPAPI_SUCCESS;

/* The session that object is, or belongs to; pinned, or NULL. */
static struct wsn_session *session_of(void *object, HSNMP_SESSION *ret_handle)
{
    struct wsn_session *session = wsn_handle_pin(object, WSN_SESSION);

    *ret_handle = object;
    if (session != NULL)
        return session;
    *ret_handle = wsn_handle_owner(object);
    return wsn_handle_pin(*ret_handle, WSN_SESSION);
}

SNMPAPI_STATUS wsn_fail(void *object, wsn_err code)
{
    HSNMP_SESSION handle;
    struct wsn_session *session = session_of(object, &handle);

    last_of_thread = code;
    atomic_store(&last_of_process, code);
    if (session != NULL) {
        atomic_store(&session->last_error, code);
        wsn_handle_unpin(handle);
    }
    return SNMPAPI_FAILURE;
}

static wsn_err last_anywhere(void)
{
    return last_of_thread != WSN_OK ? last_of_thread
                                    : atomic_load(&last_of_process);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpGetLastError(HSNMP_SESSION session)
{
    struct wsn_session *object = wsn_handle_pin(session, WSN_SESSION);
    wsn_err code;

    if (object == NULL)
        return last_anywhere();
    code = atomic_load(&object->last_error);
    wsn_handle_unpin(session);
    return code;
}
