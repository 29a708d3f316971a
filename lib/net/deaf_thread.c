/*
 * deaf_thread.c - see deaf_thread.h.
 */
#include "net/deaf_thread.h"

#include <signal.h>
#include <stddef.h>

#define STACK_BYTES_MIN ((size_t)256 * 1024)

/* The default attributes, but a stack that callbacks can live on. */
static int create(pthread_t *ret_thread, void *(*fn)(void *arg), void *arg)
{
    pthread_attr_t attr;
    size_t stack_bytes;
    int error = pthread_attr_init(&attr);

    if (error != 0)
        return error;
    if (pthread_attr_getstacksize(&attr, &stack_bytes) == 0 &&
        stack_bytes < STACK_BYTES_MIN)
        (void)pthread_attr_setstacksize(&attr, STACK_BYTES_MIN);
    error = pthread_create(ret_thread, &attr, fn, arg);
    (void)pthread_attr_destroy(&attr);
    return error;
}

/* Signals are the application's: our thread must never run its handlers. */
int wsn_deaf_thread_start(pthread_t *ret_thread, void *(*fn)(void *arg),
                          void *arg)
{
    sigset_t all;
    sigset_t before;
    int error;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    error = create(ret_thread, fn, arg);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}
