/*
 * lending.c - see lending.h.
 */
#include "core/lending.h"

#include "compat/idle.h"
#include "core/engine.h"

static bool take_turn(void *loop, uint64_t most_ms, const atomic_bool *is_rung)
{
    return wsn_loop_take_turn(loop, most_ms, is_rung);
}

static void interrupt(void *loop)
{
    wsn_loop_wake(loop);
}

static void hold(void *loop)
{
    wsn_loop_hold(loop);
}

static void release(void *loop)
{
    wsn_loop_release(loop);
}

void wsn_lending_begin(struct wsn_engine *engine)
{
    struct wc_idle idle = {take_turn, interrupt, hold, release, engine->loop};

    wc_idle_offer(&idle);
}

void wsn_lending_end(struct wsn_engine *engine)
{
    wc_idle_withdraw(engine->loop);
}

void wsn_lending_on_free(void *engine)
{
    (void)engine;
    wc_idle_call();
}

void wsn_lending_abandon(void)
{
    wc_idle_abandon();
}
