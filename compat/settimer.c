/*
 * settimer.c - SetTimer and KillTimer.
 */
#include "dispatcher.h"
#include "error.h"
#include "thread.h"
#include "timer.h"
#include "window.h"

/* The thread whose queue the timers of window are in. */
static struct wc_thread *thread_for(HWND window, struct wc_thread *self)
{
    const struct wc_window *found;

    if (window == NULL)
        return self;
    found = wc_window_find(window);
    return found != NULL ? found->owner : NULL;
}

UINT_PTR WINAPI SetTimer(HWND window, UINT_PTR id, UINT period_ms,
                         TIMERPROC procedure)
{
    struct wc_thread *self = wc_thread_with_queue();
    struct wc_thread *thread;
    UINT_PTR result = 0;

    if (self == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return 0;
    }
    wc_enter();
    thread = thread_for(window, self);
    if (thread != NULL)
        result = wc_timer_start(thread, window, id, period_ms, procedure);
    wc_leave();
    return result;
}

BOOL WINAPI KillTimer(HWND window, UINT_PTR id)
{
    struct wc_thread *self = wc_thread_with_queue();
    struct wc_thread *thread;
    bool was_there;

    if (self == NULL)
        return wc_fail(ERROR_NOT_ENOUGH_MEMORY);
    wc_enter();
    thread = thread_for(window, self);
    was_there = thread != NULL && wc_timer_kill(thread, window, id);
    wc_leave();
    return was_there;
}
