/*
 * lending.c - see lending.h.
 */
#include "core/lending.h"

#include "core/engine.h"
#include "compat/idle.h"

static bool take_turn(void *arg, uint64_t most_ms)
{
    const struct wsn_engine *engine = arg;

    return wsn_loop_take_turn(engine->loop, most_ms);
}

static void interrupt(void *arg)
{
    const struct wsn_engine *engine = arg;

    wsn_loop_wake(engine->loop);
}

void wsn_lending_begin(struct wsn_engine *engine)
{
    struct wc_idle idle = {take_turn, interrupt, engine};

    wc_idle_offer(&idle);
}

void wsn_lending_end(struct wsn_engine *engine)
{
    wc_idle_withdraw(engine);
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
