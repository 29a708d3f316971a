/*
 * idle.c - see idle.h.
 */
#include "idle.h"

#include <pthread.h>

#include "bell.h"
#include "dispatcher.h"
#include "thread.h"

#include "base/clock.h"

/* Guarded by the dispatcher lock. */
static struct {
    struct wc_idle idle;    /* no take_turn: nothing is offered */
    struct wc_thread *next; /* the first that was refused one, or NULL */
    bool is_called;         /* before it was refused */
} offered;

/* What the thread does in a turn may wait, too: not by taking another. */
static _Thread_local bool takes_turn;

/* ---- who offers --------------------------------------------------------- */

static void replace(const struct wc_idle *idle)
{
    offered.idle = *idle;
    offered.next = NULL;
    offered.is_called = false;
}

void wc_idle_offer(const struct wc_idle *idle)
{
    wc_enter();
    replace(idle);
    wc_leave();
}

static const struct wc_idle none;

void wc_idle_withdraw(void *arg)
{
    wc_enter();
    if (offered.idle.arg == arg)
        replace(&none);
    wc_leave();
}

void wc_idle_call(void)
{
    wc_enter();
    if (offered.next != NULL && offered.next->bell.diverted != NULL)
        offered.is_called = true;
    else if (offered.next != NULL)
        wc_bell_ring(&offered.next->bell);
    wc_leave();
}

void wc_idle_abandon(void)
{
    replace(&none);
    wsn_lock_init(&wc_dispatcher);
}

/* ---- who waits ---------------------------------------------------------- */

static uint64_t span_until(uint64_t deadline_ms)
{
    uint64_t now_ms;

    if (deadline_ms == WC_FOREVER)
        return UINT64_MAX;
    now_ms = wsn_clock_ms();
    return now_ms < deadline_ms ? deadline_ms - now_ms : 0;
}

/* With the lock free, and safe from cancellation: the turn is not the
 * thread's own work. */
static bool take_turn(const struct wc_idle *idle, uint64_t most_ms,
                      const atomic_bool *is_rung)
{
    int state;
    bool done;

    wc_leave();
    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    takes_turn = true;
    done = idle->take_turn(idle->arg, most_ms, is_rung);
    takes_turn = false;
    (void)pthread_setcancelstate(state, &state);
    wc_enter();
    return done;
}

static void stand_in_line(struct wc_thread *thread)
{
    if (offered.next != NULL)
        return;
    offered.next = thread;
    offered.is_called = false;
}

/* Has it been called since, before it could sleep? */
static bool was_called(const struct wc_thread *thread)
{
    bool was = offered.next == thread && offered.is_called;

    if (was)
        offered.is_called = false;
    return was;
}

bool wc_idle_doze(struct wc_thread *thread, uint64_t deadline_ms)
{
    struct wc_idle idle = offered.idle;
    uint64_t most_ms = span_until(deadline_ms);
    bool looks_again;

    if (idle.take_turn == NULL || takes_turn || thread->is_watched ||
        most_ms == 0)
        return false;
    stand_in_line(thread); /* a call may come before the refusal */
    idle.hold(idle.arg);
    wc_bell_divert(&thread->bell, idle.interrupt, idle.arg);
    looks_again = take_turn(&idle, most_ms, &thread->bell.was_rung);
    if (looks_again)
        wc_idle_leave(thread);
    looks_again |= was_called(thread);
    looks_again |= wc_bell_restore(&thread->bell);
    idle.release(idle.arg);
    return looks_again;
}

void wc_idle_leave(const struct wc_thread *thread)
{
    if (offered.next == thread)
        offered.next = NULL;
}
