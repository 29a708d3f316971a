/*
 * send.c - see send.h.
 */
#include "send.h"

#include "thread.h"
#include "wait.h"

#include "base/alloc.h"

struct wc_send *wc_send_new(HWND window, UINT message, WPARAM wparam,
                            LPARAM lparam)
{
    struct wc_send *send = wsn_zalloc(sizeof *send);

    if (send == NULL)
        return NULL;
    wsn_list_init(&send->in_sent);
    wsn_list_init(&send->in_awaited);
    send->n_refs = 1;
    send->window = window;
    send->message = message;
    send->wparam = wparam;
    send->lparam = lparam;
    return send;
}

void wc_send_unpin(struct wc_send *send)
{
    if (--send->n_refs == 0)
        wsn_free(send);
}

/* ---- The answer ----------------------------------------------------- */

void wc_send_answer(struct wc_send *send, bool is_served, LRESULT result)
{
    if (send->is_answered)
        return;
    send->is_answered = true;
    send->has_failed = !is_served;
    send->result = result;
    if (send->sender != NULL)
        wc_thread_notify(send->sender, WC_QS_NUDGE);
}

void wc_send_forsake(struct wc_send *send)
{
    send->sender = NULL;
    wsn_list_remove(&send->in_awaited);
    wc_send_unpin(send);
}

/* ---- Nobody will serve it ------------------------------------------- */

static void refuse(struct wc_send *send)
{
    wsn_list_remove(&send->in_sent);
    wc_send_answer(send, false, 0);
    wc_send_unpin(send);
}

void wc_sends_purge(struct wc_thread *thread, HWND window)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &thread->queue.sent) {
        struct wc_send *send = WSN_CONTAINER(node, struct wc_send, in_sent);

        if (send->window == window)
            refuse(send);
    }
}

void wc_sends_drop(struct wc_thread *thread)
{
    struct wsn_list *node;
    struct wsn_list *ahead;
    struct wc_send *send;

    WSN_LIST_FOR_EACH(node, ahead, &thread->queue.sent)
        refuse(WSN_CONTAINER(node, struct wc_send, in_sent));
    while ((send = thread->serving) != NULL) {
        thread->serving = send->outer;
        refuse(send);
    }
    WSN_LIST_FOR_EACH(node, ahead, &thread->awaited)
        wc_send_forsake(WSN_CONTAINER(node, struct wc_send, in_awaited));
}
