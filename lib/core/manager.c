/*
 * manager.c - see manager.h.
 */
#include "core/manager.h"

#include "base/handle.h"
#include "core/engine.h"
#include "core/lending.h"
#include "core/object.h"
#include "core/port.h"
#include "core/receiver.h"
#include "core/session.h"
#include "core/session_end.h"
#include "core/turn.h"

static void on_end(void *arg)
{
    struct wsn_engine *engine = arg;

    wsn_port_free_all(engine);
    wsn_engine_unref(engine);
}

wsn_err wsn_manager_new(struct event_base *host, struct wsn_engine **ret_engine)
{
    struct wsn_loop_handlers handlers = {wsn_turn_on_wake, wsn_turn_on_timer,
                                         wsn_lending_on_free, on_end, NULL};

    return wsn_engine_new(host, &handlers, wsn_receiver_on_event, ret_engine);
}

wsn_err wsn_manager_start(struct wsn_engine *engine)
{
    wsn_err err = wsn_loop_start(engine->loop);

    if (err == WSN_OK)
        wsn_lending_begin(engine);
    return err;
}

/* Callbacks are called on the loop's own thread. */
static void enlist(struct wsn_engine *engine, struct wsn_session *session)
{
    wsn_list_push_back(&engine->sessions, &session->of_engine);
    if (session->target.callback != NULL)
        wsn_loop_keep(engine->loop);
}

wsn_err wsn_manager_attach(struct wsn_engine *engine,
                           struct wsn_session *session)
{
    wsn_err err = WSN_OK;

    wsn_lock_take(&engine->lock);
    if (engine->is_stopping)
        err = SNMPAPI_NOT_INITIALIZED;
    else
        enlist(engine, session);
    wsn_lock_give(&engine->lock);
    return err;
}

bool wsn_manager_has_sessions(struct wsn_engine *engine)
{
    bool has;

    wsn_lock_take(&engine->lock);
    has = !wsn_list_is_empty(&engine->sessions);
    wsn_lock_give(&engine->lock);
    return has;
}

static struct wsn_session *session_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_session, of_engine);
}

static void begin_stopping(struct wsn_engine *engine)
{
    wsn_lock_take(&engine->lock);
    engine->is_stopping = true;
    wsn_outbox_send(engine);
    wsn_lock_give(&engine->lock);
    wsn_port_drain_all(engine);
}

/* A session to close, pinned, or NULL. */
static struct wsn_session *next_session(struct wsn_engine *engine)
{
    struct wsn_session *session = NULL;

    wsn_lock_take(&engine->lock);
    if (!wsn_list_is_empty(&engine->sessions)) {
        session = session_of(engine->sessions.next);
        wsn_list_remove(&session->of_engine);
        wsn_handle_pin_again(session->handle);
    }
    wsn_lock_give(&engine->lock);
    return session;
}

void wsn_manager_stop(struct wsn_engine *engine)
{
    struct wsn_session *session;

    begin_stopping(engine);
    while ((session = next_session(engine)) != NULL) {
        HSNMP_SESSION handle = session->handle;

        if (wsn_handle_kill(handle, WSN_SESSION))
            wsn_session_end_now(session);
        wsn_handle_unpin(handle);
    }
    wsn_lock_take(&engine->lock);
    engine->has_ended = true;
    wsn_lock_give(&engine->lock);
    wsn_lending_end(engine);
    wsn_loop_stop(engine->loop);
}
