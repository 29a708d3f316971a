/*
 * delivery.c - see delivery.h.
 *
 * "One notification per queued item, issued after the item is retrievable":
 * the application may fetch it inside the callback, in another thread before
 * the callback runs, or never.
 */
#include "core/delivery.h"

#include <pthread.h>

#include "base/clock.h"
#include "base/handle.h"
#include "base/log.h"
#include "core/db.h"
#include "core/engine.h"
#include "core/notify.h"
#include "core/object.h"
#include "core/session.h"
#include "core/session_end.h"

void wsn_delivery_add(struct wsn_list *deliveries, struct wsn_item *item,
                      struct wsn_session *session)
{
    item->session = session;
    wsn_handle_pin_again(session->handle);
    wsn_list_push_back(deliveries, &item->node);
}

/* From here to end_call() SnmpClose waits for us. */
static bool begin_call(struct wsn_engine *engine, struct wsn_session *session,
                       bool more_calls)
{
    bool is_open;

    wsn_lock_take(&engine->lock);
    is_open = !session->is_closing;
    if (is_open)
        engine->calling = session;
    engine->more_calls = more_calls;
    wsn_lock_give(&engine->lock);
    return is_open;
}

static void end_call(struct wsn_engine *engine)
{
    wsn_lock_take(&engine->lock);
    engine->calling = NULL;
    wsn_outbox_send_due(engine);
    if (engine->waiting_for_quiet > 0)
        wsn_lock_notify(&engine->lock);
    wsn_lock_give(&engine->lock);
}

/* Application code that is about to run, and what would be delivered next. */
struct call {
    struct wsn_engine *engine;
    const struct wsn_session *session;
    struct wsn_list *rest;
};

static void drop(struct wsn_item *item)
{
    HSNMP_SESSION handle = item->session->handle;

    wsn_item_free(item);
    wsn_handle_unpin(handle);
}

/* A callback that ends our thread must not leave SnmpClose waiting for it,
 * nor keep sessions from ending. */
static void abandon(void *arg)
{
    const struct call *call = arg;
    struct wsn_list *node;

    end_call(call->engine);
    wsn_outbox_flush(call->engine);
    wsn_handle_unpin(call->session->handle);
    while ((node = wsn_list_pop_front(call->rest)) != NULL)
        drop(wsn_item_of(node));
}

static SNMPAPI_STATUS run(struct call *call, wsn_err event, smiINT32 request_id)
{
    const struct wsn_session *session = call->session;
    SNMPAPI_STATUS result;

    pthread_cleanup_push(abandon, call);
    result = wsn_notify(&session->target, session->handle, event, request_id);
    pthread_cleanup_pop(0);
    return result;
}

/* Once is enough: a program that does it does it all the time. */
static void warn_once(SNMPAPI_STATUS result)
{
    static atomic_bool has_warned;

    if (atomic_exchange(&has_warned, true))
        return;
    wsn_log(WSN_LOG_WARNING,
            "a callback returned %u instead of SNMPAPI_SUCCESS, so its session "
            "is closed as SnmpClose would; to keep such sessions set "
            "callback_result = ignore in winsnmp.conf or "
            "WINSNMP_CALLBACK_RESULT=ignore in the environment",
            (unsigned)result);
}

/* "If the application returns any other value, the implementation acts as if
 * SnmpClose had been called for that session." */
static void obey_refusal(struct wsn_session *session, SNMPAPI_STATUS result)
{
    if (wsn_db_get(WSN_DB_CALLBACK_RESULT_IGNORE))
        return;
    if (!wsn_handle_kill(session->handle, WSN_SESSION))
        return; /* the callback has closed it itself */
    warn_once(result);
    wsn_session_end(session);
}

/*
 * A callback is not called in the middle of somebody's GetMessage.  Its session
 * has come while this turn of the loop was under way, and there is no other:
 * the loop's own thread is next.
 */
static bool is_out_of_place(struct wsn_engine *engine,
                            const struct wsn_session *session)
{
    return session->target.callback != NULL && wsn_loop_is_lent(engine->loop);
}

/* Leaves item to the loop's next turn. */
static void defer(struct wsn_engine *engine, struct wsn_item *item)
{
    struct wsn_session *session = item->session;
    HSNMP_SESSION handle = session->handle;
    bool is_closing;

    wsn_lock_take(&engine->lock);
    is_closing = session->is_closing;
    if (!is_closing)
        wsn_list_push_back(&engine->failures, &item->node);
    wsn_lock_give(&engine->lock);
    if (is_closing)
        wsn_item_free(item);
    wsn_handle_unpin(handle);
    wsn_loop_wake(engine->loop);
}

static void deliver(struct wsn_engine *engine, struct wsn_item *item,
                    struct wsn_list *rest)
{
    struct wsn_session *session = item->session;
    struct call call = {engine, session, rest};
    HSNMP_SESSION handle = session->handle;
    wsn_err event = item->status;
    smiINT32 request_id = item->request_id;
    SNMPAPI_STATUS result = SNMPAPI_SUCCESS;

    if (!begin_call(engine, session, !wsn_list_is_empty(rest))) {
        wsn_item_free(item);
    } else {
        if (wsn_inbox_put(&session->inbox, item))
            result = run(&call, event, request_id);
        else
            wsn_item_free(item);
        end_call(engine);
        if (result != SNMPAPI_SUCCESS)
            obey_refusal(session, result);
    }
    wsn_handle_unpin(handle);
}

void wsn_delivery_run(struct wsn_engine *engine, struct wsn_list *deliveries)
{
    struct wsn_list *node;
    uint64_t begin_ms;

    WSN_ASSERT_UNLOCKED();
    if (wsn_list_is_empty(deliveries))
        return;
    begin_ms = wsn_clock_ms();
    wsn_outbox_begin_turn(engine, begin_ms);
    while ((node = wsn_list_pop_front(deliveries)) != NULL) {
        struct wsn_item *item = wsn_item_of(node);

        if (is_out_of_place(engine, item->session))
            defer(engine, item);
        else
            deliver(engine, item, deliveries);
    }
    wsn_outbox_end_turn(engine, wsn_clock_ms() - begin_ms);
}
