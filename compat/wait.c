/*
 * wait.c - see wait.h.
 */
#include "wait.h"

#include "bell.h"
#include "idle.h"
#include "thread.h"
#include "timer.h"

#include "base/clock.h"

void wc_wait_init(struct wc_wait *wait, struct wc_thread *thread)
{
    wait->thread = thread;
    wait->n = 0;
    wait->needs_all = false;
    wait->mask = 0;
    wait->is_over = false;
    wait->result = WAIT_TIMEOUT;
}

uint64_t wc_deadline(DWORD timeout_ms)
{
    if (timeout_ms == INFINITE)
        return WC_FOREVER;
    if (timeout_ms == 0)
        return 0;
    /* The clock has cut off up to a millisecond: never wake early. */
    return wsn_clock_ms() + timeout_ms + 1;
}

/* ---- When is a wait over? ------------------------------------------- */

static bool is_signaled(const struct wc_wait *wait, DWORD i)
{
    const struct wc_object *object = wait->objects[i];

    return object->kind->is_signaled(object, wait->thread);
}

static bool acquire(const struct wc_wait *wait, DWORD i)
{
    struct wc_object *object = wait->objects[i];

    return object->kind->acquire(object, wait->thread);
}

static bool has_input(const struct wc_wait *wait)
{
    return (wait->thread->queue.changed & wait->mask) != 0;
}

static bool finish(struct wc_wait *wait, DWORD result)
{
    wait->is_over = true;
    wait->result = result;
    return true;
}

/* "The value minus WAIT_OBJECT_0 is the lowest index of those signaled". */
static bool try_any(struct wc_wait *wait)
{
    DWORD i;

    for (i = 0; i < wait->n; i++)
        if (is_signaled(wait, i))
            return finish(wait, acquire(wait, i) ? WAIT_ABANDONED_0 + i
                                                 : WAIT_OBJECT_0 + i);
    return has_input(wait) && finish(wait, WAIT_OBJECT_0 + wait->n);
}

/* "It does not modify the states until all have been set to signaled". */
static bool try_all(struct wc_wait *wait)
{
    bool was_abandoned = false;
    DWORD i;

    for (i = 0; i < wait->n; i++)
        if (!is_signaled(wait, i))
            return false;
    if (wait->mask != 0 && !has_input(wait))
        return false;
    for (i = 0; i < wait->n; i++)
        if (acquire(wait, i))
            was_abandoned = true;
    return finish(wait, was_abandoned ? WAIT_ABANDONED_0 : WAIT_OBJECT_0);
}

static bool attempt(struct wc_wait *wait)
{
    if (wait->is_over)
        return true;
    return wait->needs_all ? try_all(wait) : try_any(wait);
}

/* ---- The sleeper's side --------------------------------------------- */

static void hang_links(struct wc_wait *wait)
{
    DWORD i;

    for (i = 0; i < wait->n; i++) {
        wait->links[i].wait = wait;
        wc_object_pin(wait->objects[i]);
        wsn_list_push_back(&wait->objects[i]->waiters,
                           &wait->links[i].in_waiters);
    }
    wait->outer = wait->thread->wait;
    wait->thread->wait = wait;
}

static void take_links(struct wc_wait *wait)
{
    DWORD i;

    wait->thread->wait = wait->outer;
    for (i = 0; i < wait->n; i++) {
        wsn_list_remove(&wait->links[i].in_waiters);
        wc_object_unpin(wait->objects[i]);
    }
}

void wc_thread_settle(struct wc_thread *thread)
{
    if (thread->is_watched && wc_queue_available(&thread->queue) != 0)
        wc_bell_ring(&thread->bell);
    else
        wc_bell_silence(&thread->bell);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Timers that count for the wait and have run out become input. */
static uint64_t look_at_timers(struct wc_wait *wait)
{
    if ((wait->mask & QS_TIMER) == 0)
        return WC_FOREVER;
    return wc_timers_look(wait->thread);
}

/* Who waits for messages may rather make some. */
static void doze(struct wc_wait *wait, uint64_t deadline_ms)
{
    struct wc_thread *self = wait->thread;

    wc_bell_silence(&self->bell);
    if ((wait->mask & QS_POSTMESSAGE) == 0 || !wc_idle_doze(self, deadline_ms))
        wc_bell_doze(&self->bell, deadline_ms);
}

static void sleep_until_over(struct wc_wait *wait, uint64_t deadline_ms)
{
    for (;;) {
        uint64_t timer_ms = look_at_timers(wait);

        if (attempt(wait))
            return;
        if (deadline_ms != WC_FOREVER && wsn_clock_ms() >= deadline_ms)
            return;
        doze(wait, earlier(deadline_ms, timer_ms));
    }
}

DWORD wc_wait_run(struct wc_wait *wait, uint64_t deadline_ms)
{
    (void)look_at_timers(wait);
    if (attempt(wait) || deadline_ms == 0)
        return wait->result;
    hang_links(wait);
    sleep_until_over(wait, deadline_ms);
    wc_idle_leave(wait->thread);
    take_links(wait);
    wc_thread_settle(wait->thread);
    return wait->result;
}

/* ---- The waker's side ----------------------------------------------- */

static void end_if_over(struct wc_wait *wait)
{
    if (!wait->is_over && attempt(wait))
        wc_bell_ring(&wait->thread->bell);
}

void wc_object_notify(struct wc_object *object)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &object->waiters)
        end_if_over(WSN_CONTAINER(node, struct wc_wait_link, in_waiters)->wait);
}

void wc_thread_notify(struct wc_thread *thread, UINT bits)
{
    thread->queue.changed |= bits;
    if (thread->wait != NULL)
        end_if_over(thread->wait);
    if (thread->is_watched)
        wc_bell_ring(&thread->bell);
}
