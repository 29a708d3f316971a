/*
 * engine.c - making, counting and waking the engine; see engine.h.
 */
#include "core/engine.h"

#include "base/alloc.h"
#include "base/clock.h"

static void init_lists(struct wsn_engine *engine)
{
    wsn_list_init(&engine->sessions);
    wsn_registry_init(&engine->registry);
    wsn_list_init(&engine->failures);
    wsn_outbox_init(&engine->outbox);
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
static wsn_err make(struct wsn_engine **ret_engine)
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

wsn_err wsn_engine_new(struct event_base *host,
                       const struct wsn_loop_handlers *handlers,
                       void (*on_port_event)(void *port, unsigned what),
                       struct wsn_engine **ret_engine)
{
    struct wsn_loop_handlers own = *handlers;
    struct wsn_engine *engine;
    wsn_err err = make(&engine);

    if (err != WSN_OK)
        return err;
    own.arg = engine;
    engine->on_port_event = on_port_event;
    err = wsn_loop_new(host, &own, &engine->loop);
    if (err != WSN_OK) {
        engine_free(engine);
        return err;
    }
    atomic_init(&engine->refs, 2); /* the caller's and the loop's */
    *ret_engine = engine;
    return WSN_OK;
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
