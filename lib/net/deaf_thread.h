/*
 * deaf_thread.h - a thread that no signal of the application is handled on.
 */
#ifndef WSN_NET_DEAF_THREAD_H
#define WSN_NET_DEAF_THREAD_H

#include <pthread.h>

/*
 * Starts fn(arg) on a thread with all signals blocked and a stack that
 * callbacks can live on, to be joined or detached.  0 or an errno value.
 * [any]
 */
int wsn_deaf_thread_start(pthread_t *ret_thread, void *(*fn)(void *arg),
                          void *arg);

#endif
