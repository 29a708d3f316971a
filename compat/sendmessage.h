/*
 * sendmessage.h - serving the messages that other threads have sent.
 */
#ifndef WC_SENDMESSAGE_H
#define WC_SENDMESSAGE_H

struct wc_thread;

/*
 * Calls the windows for which messages were sent to self, the calling
 * thread, until none is left.  The lock is free during the calls. [lock]
 */
void wc_sends_serve(struct wc_thread *self);

#endif
