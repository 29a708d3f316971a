/*
 * waiting.h - waiting for what other threads do, up to a deadline; and a
 * record of a session's notifications.
 */
#ifndef WSN_TESTS_SUPPORT_WAITING_H
#define WSN_TESTS_SUPPORT_WAITING_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "support/suite.h"
#include "winsnmp.h"

/* Long enough for any machine; a test that needs it has failed. */
#define PATIENCE_MS 20000

/* Monotonic. */
static inline uint64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* A lock and a condition with a deadline. */
struct waiting {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

static inline void waiting_init(struct waiting *waiting)
{
    pthread_condattr_t attributes;

    (void)pthread_mutex_init(&waiting->mutex, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&waiting->changed, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

static inline void waiting_fini(struct waiting *waiting)
{
    (void)pthread_cond_destroy(&waiting->changed);
    (void)pthread_mutex_destroy(&waiting->mutex);
}

static inline void waiting_lock(struct waiting *waiting)
{
    (void)pthread_mutex_lock(&waiting->mutex);
}

static inline void waiting_unlock(struct waiting *waiting)
{
    (void)pthread_mutex_unlock(&waiting->mutex);
}

static inline void waiting_tell(struct waiting *waiting)
{
    (void)pthread_cond_broadcast(&waiting->changed);
}

/* Waits, with the lock held, until *counter is n or more; false when that
 * does not happen in time. */
static inline bool waiting_until(struct waiting *waiting, const size_t *counter,
                                 size_t n)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    struct timespec end = {.tv_sec = (time_t)(end_ms / 1000),
                           .tv_nsec = (long)(end_ms % 1000) * 1000000};

    while (*counter < n)
        if (pthread_cond_timedwait(&waiting->changed, &waiting->mutex, &end) !=
            0)
            break;
    return *counter >= n;
}

/* ---- notifications of a session -------------------------------------------
 */

#define EVENTS_MAX 4096

struct event {
    HSNMP_SESSION session;
    HWND window;
    UINT message;
    WPARAM wparam;
    LPARAM lparam;
    uint64_t at_ms;
};

/* What a session's callback was told.  Give it to SnmpCreateSession as the
 * client data of events_callback. */
struct events {
    struct waiting waiting;
    size_t n;
    struct event list[EVENTS_MAX];
    /* Done inside the callback, if set; its result is the callback's. */
    SNMPAPI_STATUS (*inside)(struct events *events, const struct event *event);
    void *arg;
};

static inline void events_init(struct events *events)
{
    memset(events, 0, sizeof *events);
    waiting_init(&events->waiting);
}

static inline void events_fini(struct events *events)
{
    waiting_fini(&events->waiting);
}

static inline SNMPAPI_STATUS CALLBACK events_callback(HSNMP_SESSION of,
                                                      HWND hwnd, UINT msg,
                                                      WPARAM wparam,
                                                      LPARAM lparam,
                                                      LPVOID data)
{
    struct events *events = data;
    struct event event = {of, hwnd, msg, wparam, lparam, now_ms()};
    SNMPAPI_STATUS status = SNMPAPI_SUCCESS;

    if (events->inside != NULL)
        status = events->inside(events, &event);
    waiting_lock(&events->waiting);
    if (events->n < EVENTS_MAX)
        events->list[events->n] = event;
    events->n++;
    waiting_tell(&events->waiting);
    waiting_unlock(&events->waiting);
    return status;
}

static inline size_t events_count(struct events *events)
{
    size_t n;

    waiting_lock(&events->waiting);
    n = events->n;
    waiting_unlock(&events->waiting);
    return n;
}

/* Waits for the n-th notification (from 1) and returns it. */
static inline struct event events_wait(struct events *events, size_t n)
{
    struct event event;
    bool came;

    waiting_lock(&events->waiting);
    came = waiting_until(&events->waiting, &events->n, n);
    event = events->list[n - 1];
    waiting_unlock(&events->waiting);
    ck_assert_msg(came, "notification %u has not come", (unsigned)n);
    return event;
}

#endif
