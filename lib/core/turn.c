/*
 * turn.c - see turn.h.
 */
#include "core/turn.h"

#include "base/clock.h"
#include "core/delivery.h"
#include "core/engine.h"
#include "core/item.h"
#include "core/port.h"
#include "core/retry.h"

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

void wsn_turn_settle(struct wsn_engine *engine)
{
    deliver_failures(engine);
    wsn_port_settle_all(engine, wsn_clock_ms());
    set_timer(engine);
    if (has_failures(engine))
        wsn_loop_wake(engine->loop);
}

void wsn_turn_on_wake(void *arg)
{
    wsn_turn_settle(arg);
}

void wsn_turn_on_timer(void *arg)
{
    struct wsn_engine *engine = arg;

    engine->timer_ms = WSN_NEVER;
    wsn_retry_run(engine);
    wsn_turn_settle(engine);
}
