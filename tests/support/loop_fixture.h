/*
 * loop_fixture.h - a loop for the suites about it, on a thread of its own or
 * on a host's event base, and handlers that count and take the test's steps.
 */
#ifndef WSN_TESTS_SUPPORT_LOOP_FIXTURE_H
#define WSN_TESTS_SUPPORT_LOOP_FIXTURE_H

#include <event2/event.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "net/loop.h"
#include "support/suite.h"

enum mode { OWN_THREAD, ATTACHED, N_MODES };

#define PATIENCE_MS 20000

/* A loop, and what its handlers have seen and are to do. */
struct fixture {
    struct event_base *host;
    struct wsn_loop *loop;
    struct wsn_watch *watch;
    struct wsn_watch *other;
    int fds[2]; /* a pipe */
    int n_wakes;
    int n_timers;
    int n_ready;
    int n_others;
    int n_frees;
    int n_ends;
    int n_after_end;
    unsigned what;
    uint64_t armed_at_ms;
    uint64_t due_at_ms;
    sigset_t mask;
    bool inside;
    void (*when_woken)(struct fixture *f);
    void (*when_due)(struct fixture *f);
    void (*when_ready)(struct fixture *f);
    void (*when_ended)(struct fixture *f);
};

static struct fixture fixture;

/* Guards the counters, because the test's thread waits for them. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static inline void count(int *counter)
{
    pthread_mutex_lock(&lock);
    ++*counter;
    fixture.n_after_end += fixture.n_ends > 0 && counter != &fixture.n_ends;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static inline int read_counter(const int *counter)
{
    int n;

    pthread_mutex_lock(&lock);
    n = *counter;
    pthread_mutex_unlock(&lock);
    return n;
}

static inline void do_if(void (*step)(struct fixture *f), struct fixture *f)
{
    if (step != NULL)
        step(f);
}

static inline void on_wake(void *arg)
{
    struct fixture *f = arg;

    do_if(f->when_woken, f);
    count(&f->n_wakes);
}

static inline void on_timer(void *arg)
{
    struct fixture *f = arg;

    f->due_at_ms = wsn_clock_ms();
    do_if(f->when_due, f);
    count(&f->n_timers);
}

static inline void on_ready(void *arg, unsigned what)
{
    struct fixture *f = arg;

    f->what = what;
    do_if(f->when_ready, f);
    count(&f->n_ready);
}

static inline void on_end(void *arg)
{
    struct fixture *f = arg;

    do_if(f->when_ended, f);
    count(&f->n_ends);
}

static inline void on_free(void *arg)
{
    struct fixture *f = arg;

    count(&f->n_frees);
}

static const struct wsn_loop_handlers handlers = {on_wake, on_timer, on_free,
                                                  on_end, &fixture};

/* ---- fixtures --------------------------------------------------------- */

static inline void new_loop(struct fixture *f, int mode)
{
    memset(f, 0, sizeof *f);
    ck_assert_int_eq(pipe(f->fds), 0);
    if (mode == ATTACHED) {
        f->host = event_base_new();
        ck_assert_ptr_nonnull(f->host);
    }
    ck_assert_uint_eq(wsn_loop_new(f->host, &handlers, &f->loop), WSN_OK);
}

static inline void start_loop(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_start(f->loop), WSN_OK);
}

static inline void wait_on_condition(const int *counter, int n)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    pthread_mutex_lock(&lock);
    while (*counter < n)
        ck_assert_int_eq(pthread_cond_timedwait(&changed, &lock, &until), 0);
    pthread_mutex_unlock(&lock);
}

/* Until a handler has been called n times. */
static inline void wait_for(struct fixture *f, const int *counter, int n)
{
    if (f->host == NULL) {
        wait_on_condition(counter, n);
        return;
    }
    while (read_counter(counter) < n)
        ck_assert_int_eq(event_base_loop(f->host, EVLOOP_ONCE), 0);
}

/* Lets the loop go round often enough for whatever is due to be called. */
static inline void go_round(struct fixture *f)
{
    int i;

    for (i = 0; i < 3; i++) {
        int n = read_counter(&f->n_wakes);

        wsn_loop_wake(f->loop);
        wait_for(f, &f->n_wakes, n + 1);
    }
}

/* Runs step on the loop's thread, and waits until it has run. */
static inline void run_inside(struct fixture *f,
                              void (*step)(struct fixture *f))
{
    int n = read_counter(&f->n_wakes);

    pthread_mutex_lock(&lock);
    f->when_woken = step;
    pthread_mutex_unlock(&lock);
    wsn_loop_wake(f->loop);
    wait_for(f, &f->n_wakes, n + 1);
    f->when_woken = NULL;
}

static inline void clean_up(struct fixture *f)
{
    wait_for(f, &f->n_ends, 1);
    ck_assert_int_eq(f->n_ends, 1);
    ck_assert_int_eq(f->n_after_end, 0);
    close(f->fds[0]);
    close(f->fds[1]);
    if (f->host != NULL)
        event_base_free(f->host);
}

static inline void stop_loop(struct fixture *f)
{
    wsn_loop_stop(f->loop);
    ck_assert_int_eq(read_counter(&f->n_ends), 1);
    clean_up(f);
}

static inline void make_ready(struct fixture *f)
{
    ck_assert_int_eq(write(f->fds[1], "x", 1), 1);
}

static inline void drain(struct fixture *f)
{
    char c;

    ck_assert_int_eq(read(f->fds[0], &c, 1), 1);
}

/* ---- steps that several tests take ------------------------------------- */

static inline void wake_again(struct fixture *f)
{
    if (read_counter(&f->n_wakes) < 99)
        wsn_loop_wake(f->loop);
}

static inline void watch_pipe(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_watch(f->loop, f->fds[0], WSN_LOOP_READ,
                                     on_ready, f, &f->watch),
                      WSN_OK);
}

static inline void unwatch(struct fixture *f)
{
    wsn_loop_unwatch(f->watch);
    wsn_loop_unwatch(NULL);
    f->watch = NULL;
}

#endif
