/*
 * timer.c - see timer.h.
 */
#include "timer.h"

#include "error.h"
#include "filter.h"
#include "thread.h"

#include "base/alloc.h"
#include "base/clock.h"

struct wc_timer {
    struct wsn_list in_queue; /* in the thread's timers */
    HWND window;              /* NULL: the thread's own timer */
    UINT_PTR id;
    UINT period_ms;
    uint64_t due_ms;
    TIMERPROC procedure;
    bool is_due; /* has run out, and the thread knows */
};

/* Numbers for timers without a window. */
static UINT_PTR last_id;

static struct wc_timer *timer_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wc_timer, in_queue);
}

static struct wc_timer *find(struct wsn_list *timers, HWND window, UINT_PTR id)
{
    struct wsn_list *node;

    for (node = timers->next; node != timers; node = node->next) {
        struct wc_timer *timer = timer_of(node);

        if (timer->window == window && timer->id == id)
            return timer;
    }
    return NULL;
}

/* ---- One timer ------------------------------------------------------ */

static UINT sane_period(UINT period_ms)
{
    if (period_ms < USER_TIMER_MINIMUM)
        return USER_TIMER_MINIMUM;
    return period_ms < USER_TIMER_MAXIMUM ? period_ms : USER_TIMER_MAXIMUM;
}

/* The timer to (re)start; NULL when memory is short. */
static struct wc_timer *get_or_add(struct wsn_list *timers, HWND window,
                                   UINT_PTR id)
{
    struct wc_timer *timer = find(timers, window, id);

    if (timer != NULL)
        return timer;
    timer = wsn_zalloc(sizeof *timer);
    if (timer == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    timer->window = window;
    /* "If hWnd is NULL and id is no existing timer's, a new one is made up" */
    timer->id = window != NULL ? id : ++last_id;
    wsn_list_push_back(timers, &timer->in_queue);
    return timer;
}

UINT_PTR wc_timer_start(struct wc_thread *thread, HWND window, UINT_PTR id,
                        UINT period_ms, TIMERPROC procedure)
{
    struct wc_timer *timer = get_or_add(&thread->queue.timers, window, id);

    if (timer == NULL)
        return 0;
    timer->period_ms = sane_period(period_ms);
    /* The clock has cut off up to a millisecond: never too early. */
    timer->due_ms = wsn_clock_ms() + timer->period_ms + 1;
    timer->procedure = procedure;
    timer->is_due = false;
    /* A sleeper has to work out anew how long it may sleep. */
    if (thread->wait != NULL)
        wc_bell_ring(&thread->bell);
    /* For a window's timer: "nonzero", and 0 may well be its number. */
    return timer->id != 0 ? timer->id : 1;
}

static void drop(struct wc_timer *timer)
{
    wsn_list_remove(&timer->in_queue);
    wsn_free(timer);
}

bool wc_timer_kill(struct wc_thread *thread, HWND window, UINT_PTR id)
{
    struct wc_timer *timer = find(&thread->queue.timers, window, id);

    if (timer == NULL) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return false;
    }
    drop(timer);
    return true;
}

/* ---- All of a thread ------------------------------------------------- */

uint64_t wc_timers_look(struct wc_thread *thread)
{
    struct wsn_list *timers = &thread->queue.timers;
    struct wsn_list *node;
    uint64_t now_ms = wsn_list_is_empty(timers) ? 0 : wsn_clock_ms();
    uint64_t next_ms = WC_FOREVER;

    for (node = timers->next; node != timers; node = node->next) {
        struct wc_timer *timer = timer_of(node);

        if (timer->is_due)
            continue;
        if (timer->due_ms <= now_ms) {
            timer->is_due = true;
            thread->queue.changed |= QS_TIMER;
        } else if (timer->due_ms < next_ms) {
            next_ms = timer->due_ms;
        }
    }
    return next_ms;
}

bool wc_timers_are_due(struct wsn_list *timers)
{
    struct wsn_list *node;

    for (node = timers->next; node != timers; node = node->next)
        if (timer_of(node)->is_due)
            return true;
    return false;
}

/* "Missed periods" are not made up for. */
static void restart(struct wc_timer *timer, uint64_t now_ms)
{
    uint64_t n_periods = (now_ms - timer->due_ms) / timer->period_ms + 1;

    timer->due_ms += n_periods * timer->period_ms;
    timer->is_due = false;
}

static struct wc_timer *longest_due(struct wsn_list *timers,
                                    const struct wc_filter *filter)
{
    struct wsn_list *node;
    struct wc_timer *found = NULL;

    for (node = timers->next; node != timers; node = node->next) {
        struct wc_timer *timer = timer_of(node);

        if (timer->is_due && (found == NULL || timer->due_ms < found->due_ms) &&
            wc_filter_passes(filter, timer->window, WM_TIMER))
            found = timer;
    }
    return found;
}

bool wc_timers_get(struct wc_thread *thread, const struct wc_filter *filter,
                   bool is_taken, MSG *ret_message)
{
    struct wc_timer *timer = longest_due(&thread->queue.timers, filter);
    MSG message = {0};

    if (timer == NULL)
        return false;
    message.hwnd = timer->window;
    message.message = WM_TIMER;
    message.wParam = timer->id;
    message.lParam = (LPARAM)timer->procedure;
    message.time = GetTickCount();
    *ret_message = message;
    if (is_taken)
        restart(timer, wsn_clock_ms());
    return true;
}

TIMERPROC wc_timers_procedure(struct wsn_list *timers, const MSG *message)
{
    const struct wc_timer *timer = find(timers, message->hwnd, message->wParam);

    /* Never call an address that merely came in a message. */
    if (timer == NULL || (LPARAM)timer->procedure != message->lParam)
        return NULL;
    return timer->procedure;
}

void wc_timers_purge(struct wsn_list *timers, HWND window)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, timers)
        if (timer_of(node)->window == window)
            drop(timer_of(node));
}

void wc_timers_drop(struct wsn_list *timers)
{
    while (!wsn_list_is_empty(timers))
        drop(timer_of(timers->next));
}
