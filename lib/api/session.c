/*
 * session.c - SnmpOpen, SnmpCreateSession, SnmpClose.
 */
#include "core/session.h"

#include "api/api.h"
#include "api/process.h"
#include "core/db.h"
#include "core/engine.h"
#include "core/manager.h"
#include "core/session_end.h"

/* "WM_USER and above": what a window may receive as its own messages. */
#define FIRST_MESSAGE 0x0400u
#define LAST_MESSAGE 0xffffu

static bool is_message(UINT message)
{
    return message >= FIRST_MESSAGE && message <= LAST_MESSAGE;
}

/* ---- making one ------------------------------------------------------------
 */

/* Gives session its handle and its place in the engine.  Once it has that, a
 * clean-up on another thread may close and free it at any time. */
static wsn_err enlist(struct wsn_session *session, HSNMP_SESSION *ret_handle)
{
    void *handle;
    wsn_err err;

    if (wsn_handle_publish_new(WSN_SESSION, session, NULL, &handle) !=
        WSN_PUBLISHED) {
        wsn_session_free(session);
        return SNMPAPI_ALLOC_ERROR;
    }
    session->handle = handle;
    err = wsn_manager_attach(session->engine, session);
    if (err == WSN_OK)
        *ret_handle = handle;
    else
        (void)wsn_handle_kill(handle, WSN_SESSION);
    return err;
}

static wsn_err create(const struct wsn_target *target,
                      HSNMP_SESSION *ret_handle)
{
    struct wsn_engine *engine;
    struct wsn_session *session;
    wsn_err err = wsn_process_engine(&engine);

    if (err != WSN_OK)
        return err;
    session = wsn_session_new(engine, target);
    wsn_engine_unref(engine);
    return session == NULL ? SNMPAPI_ALLOC_ERROR : enlist(session, ret_handle);
}

static HSNMP_SESSION open_session(const struct wsn_target *target)
{
    HSNMP_SESSION handle = NULL;
    wsn_err err = create(target, &handle);

    if (err != WSN_OK)
        (void)wsn_fail(NULL, err);
    return handle;
}

/* ---- the interface ----------------------------------------------------------
 */

/* The documentation lists no code of its own for a bad message number here. */
static wsn_err check_open(const struct wsn_target *target)
{
    if (!wsn_notify_is_window(target->window))
        return SNMPAPI_HWND_INVALID;
    return is_message(target->message) ? WSN_OK : SNMPAPI_OTHER_ERROR;
}

HSNMP_SESSION SNMPAPI_CALL SnmpOpen(HWND hWnd, UINT wMsg)
{
    struct wsn_target target = {hWnd, wMsg, NULL, NULL};
    wsn_err err;

    if (!wsn_api_enter())
        return NULL;
    err = check_open(&target);
    if (err != WSN_OK) {
        (void)wsn_fail(NULL, err);
        return NULL;
    }
    return open_session(&target);
}

static wsn_err check_create(const struct wsn_target *target)
{
    if (target->callback != NULL)
        return WSN_OK; /* hWnd and wMsg are only handed back to it */
    if (target->window == NULL && target->message == 0)
        return wsn_db_get(WSN_DB_SESSION_WITHOUT_NOTIFICATION)
                   ? WSN_OK
                   : SNMPAPI_OPERATION_INVALID;
    if (!wsn_notify_is_window(target->window))
        return SNMPAPI_HWND_INVALID;
    return is_message(target->message) ? WSN_OK : SNMPAPI_MESSAGE_INVALID;
}

HSNMP_SESSION SNMPAPI_CALL SnmpCreateSession(HWND hWnd, UINT wMsg,
                                             SNMPAPI_CALLBACK fCallBack,
                                             LPVOID lpClientData)
{
    struct wsn_target target = {hWnd, wMsg, fCallBack, lpClientData};
    wsn_err err;

    if (!wsn_api_enter())
        return NULL;
    err = check_create(&target);
    if (err != WSN_OK) {
        (void)wsn_fail(NULL, err);
        return NULL;
    }
    return open_session(&target);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpClose(HSNMP_SESSION session)
{
    struct wsn_session *object = wsn_api_enter_with(session, WSN_SESSION);
    bool was_open;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    /* From here on every other call gets SNMPAPI_SESSION_INVALID. */
    was_open = wsn_handle_kill(session, WSN_SESSION);
    if (was_open)
        wsn_session_end(object);
    wsn_handle_unpin(session);
    return was_open ? SNMPAPI_SUCCESS : wsn_fail(NULL, SNMPAPI_SESSION_INVALID);
}
