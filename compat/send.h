/*
 * send.h - messages sent from thread to thread, and their answers.
 *
 * The record of a sent message has two holders: the thread that has to serve
 * it and, unless nobody waits, the thread that awaits the answer.  Either may
 * end first.  Guarded by the dispatcher lock.
 */
#ifndef WC_SEND_H
#define WC_SEND_H

#include <stdbool.h>

#include "winuser.h"

#include "base/list.h"

struct wc_thread;

struct wc_send {
    struct wsn_list in_sent;    /* in the receiver's queue, until served */
    struct wsn_list in_awaited; /* of the sender */
    struct wc_send *outer;      /* what the receiver was serving before */
    struct wc_thread *sender;   /* NULL: nobody waits for the answer */
    unsigned n_refs;
    HWND window;
    UINT message;
    WPARAM wparam;
    LPARAM lparam;
    bool is_answered;
    bool has_failed;
    LRESULT result;
};

/* One reference, which is the receiver's; NULL when memory is short. [any] */
struct wc_send *wc_send_new(HWND window, UINT message, WPARAM wparam,
                            LPARAM lparam);

/* May free send. [lock] */
void wc_send_unpin(struct wc_send *send);

/* The first answer counts; who waits for it is told. [lock] */
void wc_send_answer(struct wc_send *send, bool is_served, LRESULT result);

/* The sender no longer waits, and gives up its reference. [lock] */
void wc_send_forsake(struct wc_send *send);

/* window goes: what was sent to it is answered with 0. [lock] */
void wc_sends_purge(struct wc_thread *thread, HWND window);

/* thread ends: answers all that was sent to it, awaits nothing. [lock] */
void wc_sends_drop(struct wc_thread *thread);

#endif
