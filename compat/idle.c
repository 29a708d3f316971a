/*
 * idle.c - see idle.h.
 */
#include "idle.h"

#include <pthread.h>

#include "dispatcher.h"
#include "thread.h"

#include "base/clock.h"

/* Guarded by the dispatcher lock. */
static struct {
    struct wc_idle idle;    /* no take_turn: nothing is offered */
    unsigned n_guests;      /* threads that take a turn, or try to */
    struct wc_thread *next; /* the first that was refused one, or NULL */
} offered;

static _Thread_local bool takes_turn;

/* ---- who offers --------------------------------------------------------- */

void wc_idle_offer(const struct wc_idle *idle)
{
    wc_enter();
    offered.idle = *idle;
    wc_leave();
}

static void interrupt(void)
{
    if (offered.idle.interrupt != NULL)
        offered.idle.interrupt(offered.idle.arg);
}

static void forget(void)
{
    static const struct wc_idle none;

    offered.idle = none;
    offered.next = NULL;
}

void wc_idle_withdraw(void *arg)
{
    wc_enter();
    if (offered.idle.arg == arg) {
        interrupt();
        forget();
        while (offered.n_guests > 0 && !takes_turn)
            wsn_lock_wait(&wc_dispatcher);
    }
    wc_leave();
}

void wc_idle_call(void)
{
    wc_enter();
    if (offered.next != NULL)
        wc_bell_ring(&offered.next->bell);
    wc_leave();
}

void wc_idle_abandon(void)
{
    forget();
    offered.n_guests = 0;
    takes_turn = false;
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
static bool take_turn(const struct wc_idle *idle, uint64_t most_ms)
{
    int state;
    bool done;

    wc_leave();
    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    takes_turn = true;
    done = idle->take_turn(idle->arg, most_ms);
    takes_turn = false;
    (void)pthread_setcancelstate(state, &state);
    wc_enter();
    return done;
}

bool wc_idle_doze(struct wc_thread *thread, uint64_t deadline_ms)
{
    struct wc_idle idle = offered.idle;
    uint64_t most_ms = span_until(deadline_ms);
    bool was_rung;
    bool done;

    if (idle.take_turn == NULL || thread->is_watched || most_ms == 0)
        return false;
    offered.n_guests++;
    if (offered.next == NULL)
        offered.next = thread; /* a call may come before the refusal */
    wc_bell_divert(&thread->bell, interrupt);
    done = take_turn(&idle, most_ms);
    was_rung = wc_bell_restore(&thread->bell);
    if (done)
        wc_idle_leave(thread);
    if (--offered.n_guests == 0 && offered.idle.take_turn == NULL)
        wsn_lock_notify(&wc_dispatcher);
    return done || was_rung;
}

void wc_idle_leave(const struct wc_thread *thread)
{
    if (offered.next == thread)
        offered.next = NULL;
}
