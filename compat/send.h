/*
 * send.h - messages sent from thread to thread, and their answers.
 *
 * The record of a sent message has two holders: the thread that has to serve
 * it and, unless nobody waits, the thread that awaits the answer.  Either may
 * end first.  Guarded by the dispatcher lock.
 */
#ifndef WC_SEND_H
#define WC_SEND_H

#include "winuser.h"

struct wc_thread;

/*
 * Calls the windows for which messages were sent to self, the calling
 * thread, until none is left.  The lock is free during the calls. [lock]
 */
void wc_sends_serve(struct wc_thread *self);

/* window goes: what was sent to it is answered with 0. [lock] */
void wc_sends_purge(struct wc_thread *thread, HWND window);

/* thread ends: answers all that was sent to it, awaits nothing. [lock] */
void wc_sends_drop(struct wc_thread *thread);

#endif
