/*
 * mutex.h - the one thing a thread's end has to do with mutexes.
 */
#ifndef WC_MUTEX_H
#define WC_MUTEX_H

struct wc_thread;

/* thread ends: whoever gets one of its mutexes next is told. [lock] */
void wc_mutexes_abandon(struct wc_thread *thread);

#endif
