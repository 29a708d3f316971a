/*
 * sendmessage.c - see sendmessage.h; also SendMessage and its relatives.
 */
#include "sendmessage.h"

#include <stdbool.h>

#include "dispatcher.h"
#include "error.h"
#include "send.h"
#include "thread.h"
#include "wait.h"
#include "window.h"
#include "winproc.h"

#include "base/alloc.h"

/* ---- The receiver's side -------------------------------------------- */

static void serve(struct wc_thread *self, struct wc_send *send)
{
    LRESULT result = 0;
    bool is_served;

    send->outer = self->serving;
    self->serving = send;
    wc_leave();
    is_served = wc_window_call(send->window, send->message, send->wparam,
                               send->lparam, &result);
    wc_enter();
    self->serving = send->outer;
    wc_send_answer(send, is_served, result);
    wc_send_unpin(send);
}

void wc_sends_serve(struct wc_thread *self)
{
    struct wsn_list *node;

    while ((node = wsn_list_pop_front(&self->queue.sent)) != NULL)
        serve(self, WSN_CONTAINER(node, struct wc_send, in_sent));
}

/* ---- The sender's side ---------------------------------------------- */

static void await_answer(struct wc_thread *self, const struct wc_send *send,
                         bool serves_others, uint64_t deadline_ms)
{
    struct wc_wait wait;
    UINT mask = WC_QS_NUDGE | (serves_others ? QS_SENDMESSAGE : 0);

    for (;;) {
        self->queue.changed &= ~WC_QS_NUDGE;
        if (serves_others) {
            wc_sends_serve(self);
            self->queue.changed &= ~(UINT)QS_SENDMESSAGE;
        }
        if (send->is_answered)
            return;
        wc_wait_init(&wait, self);
        wait.mask = mask;
        if (wc_wait_run(&wait, deadline_ms) == WAIT_TIMEOUT)
            return;
    }
}

/* Returns an ERROR_ code. */
static DWORD outcome(const struct wc_send *send, LRESULT *ret_result)
{
    if (!send->is_answered)
        return ERROR_TIMEOUT;
    if (send->has_failed)
        return ERROR_INVALID_WINDOW_HANDLE;
    *ret_result = send->result;
    return ERROR_SUCCESS;
}

/* A message too late to be served is not served at all. */
static void withdraw_unserved(struct wc_send *send)
{
    if (wsn_list_is_empty(&send->in_sent))
        return;
    wsn_list_remove(&send->in_sent);
    wc_send_unpin(send);
}

/* Hands send (taken) to the thread of the window; returns an ERROR_ code. */
static DWORD hand_over(struct wc_send *send, struct wc_thread *receiver)
{
    wsn_list_push_back(&receiver->queue.sent, &send->in_sent);
    wc_thread_notify(receiver, QS_SENDMESSAGE);
    return ERROR_SUCCESS;
}

static DWORD hand_over_and_await(struct wc_send *send,
                                 struct wc_thread *receiver,
                                 struct wc_thread *self, UINT flags,
                                 uint64_t deadline_ms, LRESULT *ret_result)
{
    DWORD code;

    send->n_refs++;
    send->sender = self;
    wsn_list_push_back(&self->awaited, &send->in_awaited);
    (void)hand_over(send, receiver);
    await_answer(self, send, (flags & SMTO_BLOCK) == 0, deadline_ms);
    code = outcome(send, ret_result);
    withdraw_unserved(send);
    wc_send_forsake(send);
    return code;
}

/* What is sent to one window, and how. */
struct wish {
    HWND window;
    UINT message;
    WPARAM wparam;
    LPARAM lparam;
    UINT flags; /* SMTO_ */
    DWORD timeout_ms;
    bool wants_answer;
};

/* The window belongs to another thread: returns an ERROR_ code. */
static DWORD send_across(const struct wish *wish, struct wc_thread *self,
                         LRESULT *ret_result)
{
    uint64_t deadline_ms = wc_deadline(wish->timeout_ms);
    struct wc_send *send =
        wc_send_new(wish->window, wish->message, wish->wparam, wish->lparam);
    const struct wc_window *target;
    DWORD code = ERROR_INVALID_WINDOW_HANDLE;

    if (send == NULL)
        return ERROR_NOT_ENOUGH_MEMORY;
    wc_enter();
    target = wc_window_find(wish->window);
    if (target == NULL)
        wc_send_unpin(send);
    else if (wish->wants_answer)
        code = hand_over_and_await(send, target->owner, self, wish->flags,
                                   deadline_ms, ret_result);
    else
        code = hand_over(send, target->owner);
    wc_leave();
    return code;
}

static DWORD owner_id(HWND window)
{
    const struct wc_window *found;
    DWORD id;

    wc_enter();
    found = wc_window_peek(window);
    id = found != NULL ? found->owner->id : 0;
    wc_leave();
    return id;
}

static bool send_one(const struct wish *wish, LRESULT *ret_result)
{
    struct wc_thread *self = wc_thread_with_queue();
    DWORD code = ERROR_SUCCESS;

    if (self == NULL)
        code = ERROR_NOT_ENOUGH_MEMORY;
    else if (owner_id(wish->window) != self->id)
        code = send_across(wish, self, ret_result);
    else if (!wc_window_call(wish->window, wish->message, wish->wparam,
                             wish->lparam, ret_result))
        code = ERROR_INVALID_WINDOW_HANDLE;
    if (code != ERROR_SUCCESS)
        wc_fail(code);
    return code == ERROR_SUCCESS;
}

/* ---- To everybody --------------------------------------------------- */

static size_t count_windows(void)
{
    struct wsn_list *node;
    size_t n = 0;

    for (node = wc_windows.next; node != &wc_windows; node = node->next)
        n++;
    return n;
}

/* The top-level windows of this moment: owned, NULL when memory is short. */
static HWND *snapshot(size_t *ret_n)
{
    struct wsn_list *node;
    HWND *windows;
    size_t n = 0;

    wc_enter();
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): handles are pointers */
    windows = wsn_alloc_array(count_windows(), sizeof *windows);
    if (windows != NULL)
        for (node = wc_windows.next; node != &wc_windows; node = node->next) {
            const struct wc_window *window =
                WSN_CONTAINER(node, struct wc_window, in_windows);

            if (wc_window_is_top_level(window))
                windows[n++] = window->handle;
        }
    wc_leave();
    *ret_n = n;
    return windows;
}

static bool send_all(const struct wish *wish)
{
    struct wish one = *wish;
    LRESULT ignored;
    size_t n;
    HWND *windows = snapshot(&n);
    size_t i;

    for (i = 0; i < n; i++) {
        one.window = windows[i];
        (void)send_one(&one, &ignored);
    }
    wsn_free(windows);
    return windows != NULL;
}

static bool send_it(const struct wish *wish, LRESULT *ret_result)
{
    if (wish->window != HWND_BROADCAST)
        return send_one(wish, ret_result);
    *ret_result = 1;
    return send_all(wish);
}

/* ---- Win32 ---------------------------------------------------------- */

LRESULT WINAPI SendMessageA(HWND window, UINT message, WPARAM wparam,
                            LPARAM lparam)
{
    struct wish wish = {window, message, wparam, lparam, 0, INFINITE, true};
    LRESULT result = 0;

    return send_it(&wish, &result) ? result : 0;
}

LRESULT WINAPI SendMessageTimeoutA(HWND window, UINT message, WPARAM wparam,
                                   LPARAM lparam, UINT flags, UINT timeout_ms,
                                   PDWORD_PTR ret_result)
{
    struct wish wish = {window, message,    wparam, lparam,
                        flags,  timeout_ms, true};
    LRESULT result = 0;

    if (!send_it(&wish, &result))
        return 0;
    if (ret_result != NULL)
        *ret_result = (DWORD_PTR)result;
    return 1;
}

BOOL WINAPI SendNotifyMessageA(HWND window, UINT message, WPARAM wparam,
                               LPARAM lparam)
{
    struct wish wish = {window, message, wparam, lparam, 0, INFINITE, false};
    LRESULT ignored = 0;

    return send_it(&wish, &ignored);
}

BOOL WINAPI ReplyMessage(LRESULT result)
{
    struct wc_thread *self = wc_thread_peek_self();
    bool is_serving;

    if (self == NULL)
        return FALSE;
    wc_enter();
    is_serving = self->serving != NULL;
    if (is_serving)
        wc_send_answer(self->serving, true, result);
    wc_leave();
    return is_serving;
}

BOOL WINAPI InSendMessage(void)
{
    const struct wc_thread *self = wc_thread_peek_self();

    return self != NULL && self->serving != NULL;
}
