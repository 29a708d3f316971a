/*
 * message.c - posting, fetching and dispatching messages.
 *
 * Order of retrieval, as documented for GetMessage: sent messages are served
 * first, then come posted ones, then the request to quit, then timers.
 */
#include "atom.h"
#include "dispatcher.h"
#include "error.h"
#include "filter.h"
#include "queue.h"
#include "sendmessage.h"
#include "thread.h"
#include "timer.h"
#include "wait.h"
#include "window.h"
#include "winproc.h"

/* ---- Posting -------------------------------------------------------- */

static MSG new_message(HWND window, UINT number, WPARAM wparam, LPARAM lparam)
{
    MSG message = {0};

    message.hwnd = window;
    message.message = number;
    message.wParam = wparam;
    message.lParam = lparam;
    message.time = GetTickCount();
    return message;
}

/* Returns an ERROR_ code. */
static DWORD post_to_thread(struct wc_thread *thread, const MSG *message)
{
    DWORD code = wc_queue_push(&thread->queue, message);

    if (code == ERROR_SUCCESS)
        wc_thread_notify(thread, QS_POSTMESSAGE | QS_ALLPOSTMESSAGE);
    return code;
}

static DWORD post_to_window(const MSG *message)
{
    const struct wc_window *window = wc_window_peek(message->hwnd);

    return window != NULL ? post_to_thread(window->owner, message)
                          : ERROR_INVALID_WINDOW_HANDLE;
}

static DWORD post_to_all(MSG *message)
{
    struct wsn_list *node;
    DWORD code = ERROR_SUCCESS;

    for (node = wc_windows.next; node != &wc_windows; node = node->next) {
        const struct wc_window *window =
            WSN_CONTAINER(node, struct wc_window, in_windows);

        message->hwnd = window->handle;
        if (wc_window_is_top_level(window) &&
            post_to_thread(window->owner, message) != ERROR_SUCCESS)
            code = ERROR_NOT_ENOUGH_QUOTA;
    }
    return code;
}

BOOL WINAPI PostMessageA(HWND window, UINT message, WPARAM wparam,
                         LPARAM lparam)
{
    MSG posted = new_message(window, message, wparam, lparam);
    DWORD code;

    /* "If NULL, it behaves like PostThreadMessage to the current thread". */
    if (window == NULL)
        (void)wc_thread_with_queue();
    wc_enter();
    if (window == HWND_BROADCAST)
        code = post_to_all(&posted);
    else if (window != NULL)
        code = post_to_window(&posted);
    else if (wc_thread_peek_self() != NULL)
        code = post_to_thread(wc_thread_peek_self(), &posted);
    else
        code = ERROR_NOT_ENOUGH_MEMORY;
    wc_leave();
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}

BOOL WINAPI PostThreadMessageA(DWORD thread_id, UINT message, WPARAM wparam,
                               LPARAM lparam)
{
    MSG posted = new_message(NULL, message, wparam, lparam);
    struct wc_thread *thread;
    DWORD code = ERROR_INVALID_THREAD_ID;

    wc_enter();
    thread = wc_thread_find(thread_id);
    if (thread != NULL && thread->queue.is_made)
        code = post_to_thread(thread, &posted);
    wc_leave();
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}

VOID WINAPI PostQuitMessage(int exit_code)
{
    struct wc_thread *self = wc_thread_with_queue();

    if (self == NULL)
        return;
    wc_enter();
    self->queue.must_quit = true;
    self->queue.exit_code = exit_code;
    wc_thread_notify(self, QS_POSTMESSAGE | QS_ALLPOSTMESSAGE);
    wc_leave();
}

/* ---- Fetching ------------------------------------------------------- */

static bool get_quit(struct wc_queue *queue, bool is_taken, MSG *ret_message)
{
    if (!queue->must_quit)
        return false;
    *ret_message = new_message(NULL, WM_QUIT, (WPARAM)queue->exit_code, 0);
    if (is_taken)
        queue->must_quit = false;
    return true;
}

static bool lets_all_through(const struct wc_filter *filter)
{
    return filter->window == NULL && filter->first == 0 && filter->last == 0;
}

/* From here on only what comes later counts as new input of these kinds. */
static void forget_changes(struct wc_queue *queue,
                           const struct wc_filter *filter, UINT kinds)
{
    queue->changed &= ~kinds | WC_QS_NUDGE;
    if ((kinds & QS_POSTMESSAGE) != 0 && lets_all_through(filter))
        queue->changed &= ~(UINT)QS_ALLPOSTMESSAGE;
}

/* Serves what was sent, then looks for a message; kinds are QS_ bits. */
static bool look(struct wc_thread *self, const struct wc_filter *filter,
                 UINT kinds, bool is_taken, MSG *ret_message)
{
    struct wc_queue *queue = &self->queue;

    wc_sends_serve(self);
    forget_changes(queue, filter, kinds | QS_SENDMESSAGE);
    if ((kinds & QS_POSTMESSAGE) != 0 &&
        (wc_queue_get(queue, filter, is_taken, ret_message) ||
         get_quit(queue, is_taken, ret_message)))
        return true;
    if ((kinds & QS_TIMER) == 0)
        return false;
    (void)wc_timers_look(self);
    if (wc_timers_get(self, filter, is_taken, ret_message))
        return true;
    queue->changed &= ~(UINT)QS_TIMER; /* seen, and not what was wanted */
    return false;
}

static bool fetch(struct wc_thread *self, const struct wc_filter *filter,
                  UINT kinds, bool is_taken, MSG *ret_message)
{
    bool found = look(self, filter, kinds, is_taken, ret_message);

    if (found && is_taken)
        self->message_time_ms = ret_message->time;
    if (!found && self->is_watched)
        wc_thread_settle(self);
    return found;
}

static void await_input(struct wc_thread *self)
{
    struct wc_wait wait;

    wc_wait_init(&wait, self);
    wait.mask = QS_ALLINPUT;
    (void)wc_wait_run(&wait, WC_FOREVER);
}

/* A request to quit is delivered even to who asks for a dead window's. */
static bool may_fetch(const struct wc_thread *self,
                      const struct wc_filter *filter)
{
    return filter->window == NULL || filter->window == WC_NO_WINDOW ||
           self->queue.must_quit || wc_window_find(filter->window) != NULL;
}

BOOL WINAPI GetMessageA(LPMSG ret_message, HWND window, UINT first, UINT last)
{
    struct wc_thread *self = wc_thread_with_queue();
    struct wc_filter filter = {window, first, last};
    bool found = false;
    MSG message;

    if (self == NULL || ret_message == NULL) {
        wc_fail(self != NULL ? ERROR_NOACCESS : ERROR_NOT_ENOUGH_MEMORY);
        return -1;
    }
    wc_enter();
    while (may_fetch(self, &filter) &&
           !(found = fetch(self, &filter, QS_ALLINPUT, true, &message)))
        await_input(self);
    wc_leave();
    if (!found)
        return -1;
    *ret_message = message;
    return message.message != WM_QUIT;
}

BOOL WINAPI PeekMessageA(LPMSG ret_message, HWND window, UINT first, UINT last,
                         UINT flags)
{
    struct wc_thread *self = wc_thread_with_queue();
    struct wc_filter filter = {window, first, last};
    UINT kinds = flags >> 16 != 0 ? flags >> 16 & QS_ALLINPUT : QS_ALLINPUT;
    bool found;
    MSG message;

    if (self == NULL || ret_message == NULL)
        return wc_fail(self != NULL ? ERROR_NOACCESS : ERROR_NOT_ENOUGH_MEMORY);
    wc_enter();
    found = may_fetch(self, &filter) &&
            fetch(self, &filter, kinds, (flags & PM_REMOVE) != 0, &message);
    wc_leave();
    if (found)
        *ret_message = message;
    return found;
}

LONG WINAPI GetMessageTime(void)
{
    const struct wc_thread *self = wc_thread_peek_self();

    return self != NULL ? (LONG)self->message_time_ms : 0;
}

DWORD WINAPI GetQueueStatus(UINT flags)
{
    struct wc_thread *self = wc_thread_with_queue();
    UINT changed;
    UINT available;

    if (self == NULL)
        return 0;
    wc_enter();
    (void)wc_timers_look(self);
    changed = self->queue.changed & flags & ~WC_QS_NUDGE;
    available = wc_queue_available(&self->queue) & flags;
    self->queue.changed &= ~changed;
    wc_leave();
    return (DWORD)MAKELONG(changed, available);
}

int WINAPI WcGetQueueFd(void)
{
    struct wc_thread *self = wc_thread_with_queue();
    int fd = -1;

    if (self == NULL)
        return -1;
    wc_enter();
    if (wc_bell_open(&self->bell)) {
        self->is_watched = true;
        wc_thread_settle(self);
        fd = self->bell.read_fd;
    }
    wc_leave();
    return fd;
}

/* ---- Dispatching ---------------------------------------------------- */

BOOL WINAPI TranslateMessage(CONST MSG *message)
{
    (void)message; /* there is no keyboard */
    return FALSE;
}

static LRESULT dispatch_timer(const MSG *message)
{
    struct wc_thread *self = wc_thread_with_queue();
    TIMERPROC procedure = NULL;

    wc_enter();
    if (self != NULL)
        procedure = wc_timers_procedure(&self->queue.timers, message);
    wc_leave();
    WSN_ASSERT_UNLOCKED();
    if (procedure != NULL)
        procedure(message->hwnd, WM_TIMER, message->wParam, GetTickCount());
    return 0;
}

LRESULT WINAPI DispatchMessageA(CONST MSG *message)
{
    LRESULT result = 0;

    if (message == NULL)
        return 0;
    if (message->message == WM_TIMER && message->lParam != 0)
        return dispatch_timer(message);
    if (message->hwnd != NULL)
        (void)wc_window_call(message->hwnd, message->message, message->wParam,
                             message->lParam, &result);
    return result;
}

UINT WINAPI RegisterWindowMessageA(LPCSTR name)
{
    ATOM atom;

    wc_enter();
    atom = wc_atom_add(name);
    wc_leave();
    return atom;
}
