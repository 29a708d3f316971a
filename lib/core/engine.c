/*
 * engine.c - life and death of the engine and of its sessions; see engine.h.
 */
#include "core/engine.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/handle.h"
#include "core/delivery.h"
#include "core/object.h"
#include "core/port.h"
#include "core/retry.h"
#include "core/session.h"
#include "core/subscribe.h"

static struct wsn_session *session_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_session, of_engine);
}

/* ---- the loop's handlers ----------------------------------------------------
 */

bool wsn_engine_arm(struct wsn_engine *engine, uint64_t deadline_ms)
{
    if (deadline_ms >= engine->armed_ms)
        return false;
    engine->armed_ms = deadline_ms;
    return true;
}

void wsn_engine_wake(struct wsn_engine *engine)
{
    /* Each handler settles when it ends, so the loop's thread need not. */
    if (wsn_loop_is_current(engine->loop))
        return;
    wsn_lock_take(&engine->lock);
    if (!engine->has_ended)
        wsn_loop_wake(engine->loop);
    wsn_lock_give(&engine->lock);
}

static uint64_t next_deadline(struct wsn_engine *engine, uint64_t now_ms)
{
    uint64_t next_ms = wsn_port_next_resume(engine);
    uint64_t wheel_ms;

    if (!wsn_list_is_empty(&engine->requests.due))
        return now_ms;
    if (wsn_wheel_next(&engine->requests.wheel, &wheel_ms) &&
        wheel_ms < next_ms)
        next_ms = wheel_ms;
    return next_ms;
}

/*
 * The timer is set again only when it has fired or must fire earlier.  One
 * that stands too early, because its request was answered, fires once in
 * vain: cheaper than moving it with every response.
 */
static void set_timer(struct wsn_engine *engine)
{
    uint64_t now_ms = wsn_clock_ms();
    uint64_t next_ms;

    wsn_lock_take(&engine->lock);
    next_ms = next_deadline(engine, now_ms);
    if (engine->timer_ms < next_ms)
        next_ms = engine->timer_ms;
    engine->armed_ms = next_ms;
    wsn_lock_give(&engine->lock);
    if (next_ms == engine->timer_ms)
        return;
    engine->timer_ms = next_ms;
    wsn_loop_arm(engine->loop, next_ms > now_ms ? next_ms - now_ms : 0);
}

static void deliver_failures(struct wsn_engine *engine)
{
    struct wsn_list deliveries;
    struct wsn_list *node;

    wsn_list_init(&deliveries);
    wsn_lock_take(&engine->lock);
    while ((node = wsn_list_pop_front(&engine->failures)) != NULL)
        wsn_delivery_add(&deliveries, wsn_item_of(node),
                         wsn_item_of(node)->session);
    wsn_lock_give(&engine->lock);
    wsn_delivery_run(engine, &deliveries);
}

/* Failures that the application caused while it was told of failures wait for
 * the next turn: it may send again at once, for ever. */
static bool has_failures(struct wsn_engine *engine)
{
    bool has;

    wsn_lock_take(&engine->lock);
    has = !wsn_list_is_empty(&engine->failures);
    wsn_lock_give(&engine->lock);
    return has;
}

void wsn_engine_settle(struct wsn_engine *engine)
{
    deliver_failures(engine);
    wsn_port_settle_all(engine, wsn_clock_ms());
    set_timer(engine);
    if (has_failures(engine))
        wsn_loop_wake(engine->loop);
}

static void on_wake(void *arg)
{
    wsn_engine_settle(arg);
}

static void on_timer(void *arg)
{
    struct wsn_engine *engine = arg;

    engine->timer_ms = WSN_NEVER;
    wsn_retry_run(engine);
    wsn_engine_settle(engine);
}

static void on_end(void *arg)
{
    struct wsn_engine *engine = arg;

    wsn_port_free_all(engine);
    wsn_engine_unref(engine);
}

/* ---- the engine --------------------------------------------------------- */

static void init_lists(struct wsn_engine *engine)
{
    wsn_list_init(&engine->sessions);
    wsn_registry_init(&engine->registry);
    wsn_list_init(&engine->failures);
    wsn_list_init(&engine->ports);
    wsn_list_init(&engine->retired);
    engine->timer_ms = WSN_NEVER;
    engine->armed_ms = WSN_NEVER;
}

static void engine_free(struct wsn_engine *engine)
{
    wsn_requests_fini(&engine->requests);
    wsn_udp_batch_free(engine->batch);
    wsn_free(engine);
}

/* An engine that lacks nothing but its loop. */
static wsn_err engine_new(struct wsn_engine **ret_engine)
{
    struct wsn_engine *engine = wsn_zalloc(sizeof *engine);
    wsn_err err;

    if (engine == NULL)
        return SNMPAPI_ALLOC_ERROR;
    init_lists(engine);
    err = wsn_requests_init(&engine->requests, wsn_clock_ms());
    engine->batch = err == WSN_OK ? wsn_udp_batch_new() : NULL;
    if (engine->batch == NULL) {
        engine_free(engine);
        return SNMPAPI_ALLOC_ERROR;
    }
    *ret_engine = engine;
    return WSN_OK;
}

wsn_err wsn_engine_new(struct event_base *host, struct wsn_engine **ret_engine)
{
    struct wsn_engine *engine;
    struct wsn_loop_handlers handlers = {on_wake, on_timer, on_end, NULL};
    wsn_err err = engine_new(&engine);

    if (err != WSN_OK)
        return err;
    handlers.arg = engine;
    err = wsn_loop_new(host, &handlers, &engine->loop);
    if (err != WSN_OK) {
        engine_free(engine);
        return err;
    }
    atomic_init(&engine->refs, 2); /* the caller's and the loop's */
    *ret_engine = engine;
    return WSN_OK;
}

wsn_err wsn_engine_start(struct wsn_engine *engine)
{
    return wsn_loop_start(engine->loop);
}

struct wsn_engine *wsn_engine_ref(struct wsn_engine *engine)
{
    (void)atomic_fetch_add(&engine->refs, 1);
    return engine;
}

void wsn_engine_unref(struct wsn_engine *engine)
{
    if (atomic_fetch_sub(&engine->refs, 1) == 1)
        engine_free(engine);
}

/* ---- sessions ----------------------------------------------------------- */

wsn_err wsn_engine_attach(struct wsn_engine *engine,
                          struct wsn_session *session)
{
    wsn_err err = WSN_OK;

    wsn_lock_take(&engine->lock);
    if (engine->is_stopping)
        err = SNMPAPI_NOT_INITIALIZED;
    else
        wsn_list_push_back(&engine->sessions, &session->of_engine);
    wsn_lock_give(&engine->lock);
    return err;
}

bool wsn_engine_has_sessions(struct wsn_engine *engine)
{
    bool has;

    wsn_lock_take(&engine->lock);
    has = !wsn_list_is_empty(&engine->sessions);
    wsn_lock_give(&engine->lock);
    return has;
}

/* Moves what is outstanding to ret_items. */
static void take_outstanding(struct wsn_session *session,
                             struct wsn_list *ret_items)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_list *node;
    struct wsn_list *ahead;

    while (!wsn_list_is_empty(&session->requests)) {
        struct wsn_request *request = WSN_CONTAINER(
            session->requests.next, struct wsn_request, of_session);

        wsn_requests_remove(&engine->requests, request);
        wsn_list_push_back(ret_items, &request->item.node);
    }
    WSN_LIST_FOR_EACH(node, ahead, &engine->failures) {
        if (wsn_item_of(node)->session != session)
            continue;
        wsn_list_remove(node);
        wsn_list_push_back(ret_items, node);
    }
}

static void wait_until_quiet(struct wsn_session *session)
{
    struct wsn_engine *engine = session->engine;

    if (wsn_loop_is_current(engine->loop))
        return; /* its own callback: that ends after us */
    engine->waiting_for_quiet++;
    while (engine->calling == session)
        wsn_lock_wait(&engine->lock);
    engine->waiting_for_quiet--;
}

static void close_session(struct wsn_session *session)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_list items;
    struct wsn_list registrations;

    wsn_list_init(&items);
    wsn_list_init(&registrations);
    wsn_lock_take(&engine->lock);
    session->is_closing = true;
    wsn_list_remove(&session->of_engine);
    take_outstanding(session, &items);
    wsn_subscribe_end(session, &registrations);
    wait_until_quiet(session);
    wsn_lock_give(&engine->lock);
    wsn_inbox_close(&session->inbox);
    wsn_item_free_all(&items);
    wsn_subscribe_free_all(&registrations);
    wsn_handle_sweep(session->handle);
    wsn_engine_wake(engine);
}

/* A message that SnmpSendMsg accepted must not be lost because the socket had
 * no room for it: programs send, close and exit. */
void wsn_engine_close_session(struct wsn_session *session)
{
    wsn_port_drain_all(session->engine);
    close_session(session);
}

static void begin_stopping(struct wsn_engine *engine)
{
    wsn_lock_take(&engine->lock);
    engine->is_stopping = true;
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

void wsn_engine_stop(struct wsn_engine *engine)
{
    struct wsn_session *session;

    begin_stopping(engine);
    while ((session = next_session(engine)) != NULL) {
        HSNMP_SESSION handle = session->handle;

        if (wsn_handle_kill(handle, WSN_SESSION))
            close_session(session);
        wsn_handle_unpin(handle);
    }
    wsn_lock_take(&engine->lock);
    engine->has_ended = true;
    wsn_lock_give(&engine->lock);
    wsn_loop_stop(engine->loop);
}
