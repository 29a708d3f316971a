/*
 * windestroy.c - see windestroy.h; also DestroyWindow.
 */
#include "windestroy.h"

#include "dispatcher.h"
#include "error.h"
#include "send.h"
#include "thread.h"
#include "timer.h"
#include "window.h"
#include "winproc.h"

/* A child or owned window of this thread that still has to be destroyed. */
static HWND next_victim(HWND window)
{
    const struct wc_window *found;
    struct wsn_list *node;
    HWND victim = NULL;

    wc_enter();
    found = wc_window_peek(window);
    if (found != NULL)
        for (node = found->children.next;
             node != &found->children && victim == NULL; node = node->next) {
            const struct wc_window *child =
                WSN_CONTAINER(node, struct wc_window, in_parent);

            if (!child->is_dying && child->owner == found->owner)
                victim = child->handle;
        }
    wc_leave();
    return victim;
}

/* What is queued for a window goes with it. */
static void empty_queue(struct wc_thread *owner, HWND window)
{
    wc_queue_purge(&owner->queue, window);
    wc_timers_purge(&owner->queue.timers, window);
    wc_sends_purge(owner, window);
}

void wc_window_bury(HWND window)
{
    struct wc_window *found;

    (void)wc_window_call(window, WM_NCDESTROY, 0, 0, NULL);
    wc_enter();
    found = wc_window_peek(window);
    if (found != NULL) {
        empty_queue(found->owner, window);
        wc_window_drop(found);
    }
    wc_leave();
}

/* "WM_DESTROY is sent first to the window, then to its children". */
static void destroy(HWND window)
{
    HWND victim;

    (void)wc_window_call(window, WM_DESTROY, 0, 0, NULL);
    while ((victim = next_victim(window)) != NULL)
        (void)DestroyWindow(victim);
    wc_window_bury(window);
}

BOOL WINAPI DestroyWindow(HWND window)
{
    struct wc_window *found;
    bool was_dying = false;
    bool is_ours = false;

    wc_enter();
    found = wc_window_find(window);
    if (found != NULL && found->owner == wc_thread_peek_self()) {
        is_ours = true;
        was_dying = found->is_dying;
        found->is_dying = true;
    }
    wc_leave();
    if (found == NULL)
        return FALSE;
    /* "A thread cannot use it to destroy a window of a different thread". */
    if (!is_ours)
        return wc_fail(ERROR_ACCESS_DENIED);
    if (!was_dying)
        destroy(window);
    return TRUE;
}
