/*
 * wait.c - see wait.h; also the wait functions of Win32.
 */
#include "wait.h"

#include <sched.h>

#include "bell.h"
#include "dispatcher.h"
#include "error.h"
#include "handle.h"
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

/* ---- Win32 ---------------------------------------------------------- */

/* "The array cannot contain duplicate handles if bWaitAll is TRUE." */
static bool has_twins(const struct wc_wait *wait)
{
    DWORD i;
    DWORD j;

    for (i = 1; i < wait->n; i++)
        for (j = 0; j < i; j++)
            if (wait->objects[i] == wait->objects[j])
                return true;
    return false;
}

static bool find_objects(struct wc_wait *wait, DWORD n, CONST HANDLE *handles)
{
    for (wait->n = 0; wait->n < n; wait->n++) {
        struct wc_object *object = wc_handle_find(handles[wait->n], NULL);

        if (object == NULL)
            return false;
        wait->objects[wait->n] = object;
    }
    if (wait->needs_all && has_twins(wait)) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return false;
    }
    return true;
}

static DWORD wait_for(DWORD n, CONST HANDLE *handles, bool needs_all,
                      DWORD timeout_ms, UINT mask, bool counts_old_input)
{
    struct wc_thread *self = wc_thread_self();
    uint64_t deadline_ms = wc_deadline(timeout_ms);
    struct wc_wait wait;
    DWORD result = WAIT_FAILED;

    if (self == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return WAIT_FAILED;
    }
    wc_wait_init(&wait, self);
    /* All of no objects is no reason to end a wait. */
    wait.needs_all = needs_all && n > 0;
    wc_enter();
    if (find_objects(&wait, n, handles)) {
        wait.mask = mask;
        if (counts_old_input)
            self->queue.changed |= wc_queue_available(&self->queue) & mask;
        result = wc_wait_run(&wait, deadline_ms);
    }
    wc_leave();
    return result;
}

DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, CONST HANDLE *handles,
                                      BOOL wait_all, DWORD timeout_ms,
                                      BOOL alertable)
{
    (void)alertable;
    if (count == 0 || count > MAXIMUM_WAIT_OBJECTS || handles == NULL) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
    }
    return wait_for(count, handles, wait_all != FALSE, timeout_ms, 0, false);
}

DWORD WINAPI WaitForMultipleObjects(DWORD count, CONST HANDLE *handles,
                                    BOOL wait_all, DWORD timeout_ms)
{
    return WaitForMultipleObjectsEx(count, handles, wait_all, timeout_ms,
                                    FALSE);
}

DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD timeout_ms,
                                   BOOL alertable)
{
    return WaitForMultipleObjectsEx(1, &handle, FALSE, timeout_ms, alertable);
}

DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD timeout_ms)
{
    return WaitForMultipleObjectsEx(1, &handle, FALSE, timeout_ms, FALSE);
}

DWORD WINAPI MsgWaitForMultipleObjectsEx(DWORD count, CONST HANDLE *handles,
                                         DWORD timeout_ms, DWORD wake_mask,
                                         DWORD flags)
{
    /* One place of the 64 is for the queue. */
    if (count >= MAXIMUM_WAIT_OBJECTS || (count > 0 && handles == NULL)) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
    }
    (void)wc_thread_with_queue();
    return wait_for(count, handles, (flags & MWMO_WAITALL) != 0, timeout_ms,
                    wake_mask & 0xffff & ~WC_QS_NUDGE,
                    (flags & MWMO_INPUTAVAILABLE) != 0);
}

DWORD WINAPI MsgWaitForMultipleObjects(DWORD count, CONST HANDLE *handles,
                                       BOOL wait_all, DWORD timeout_ms,
                                       DWORD wake_mask)
{
    return MsgWaitForMultipleObjectsEx(count, handles, timeout_ms, wake_mask,
                                       wait_all ? MWMO_WAITALL : 0);
}

BOOL WINAPI WaitMessage(void)
{
    return MsgWaitForMultipleObjectsEx(0, NULL, INFINITE, QS_ALLINPUT, 0) !=
           WAIT_FAILED;
}

DWORD WINAPI SleepEx(DWORD timeout_ms, BOOL alertable)
{
    (void)alertable;
    if (timeout_ms == 0)
        (void)sched_yield();
    else
        (void)wait_for(0, NULL, false, timeout_ms, 0, false);
    return 0;
}

VOID WINAPI Sleep(DWORD timeout_ms)
{
    (void)SleepEx(timeout_ms, FALSE);
}
