/*
 * check_loop.c - the loop, on a thread of its own and on a host's event base.
 *
 * Every test runs in both modes unless its name says otherwise.  Waiting is
 * done on a condition (own thread) or by running the host's base.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "net/loop.h"

#include <dirent.h>
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "support/suite.h"
#include "winsnmp_types.h"

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
    int n_ends;
    int n_after_end;
    unsigned what;
    uint64_t armed_at_ms;
    uint64_t due_at_ms;
    sigset_t mask;
    bool inside;
    pthread_t thread;
    void (*when_woken)(struct fixture *f);
    void (*when_due)(struct fixture *f);
    void (*when_ready)(struct fixture *f);
    void (*when_ended)(struct fixture *f);
};

static struct fixture fixture;

/* Guards the counters, because the test's thread waits for them. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void count(int *counter)
{
    pthread_mutex_lock(&lock);
    ++*counter;
    fixture.n_after_end += fixture.n_ends > 0 && counter != &fixture.n_ends;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

static int read_counter(const int *counter)
{
    int n;

    pthread_mutex_lock(&lock);
    n = *counter;
    pthread_mutex_unlock(&lock);
    return n;
}

static void do_if(void (*step)(struct fixture *f), struct fixture *f)
{
    if (step != NULL)
        step(f);
}

static void on_wake(void *arg)
{
    struct fixture *f = arg;

    do_if(f->when_woken, f);
    count(&f->n_wakes);
}

static void on_timer(void *arg)
{
    struct fixture *f = arg;

    f->due_at_ms = wsn_clock_ms();
    do_if(f->when_due, f);
    count(&f->n_timers);
}

static void on_ready(void *arg, unsigned what)
{
    struct fixture *f = arg;

    f->what = what;
    do_if(f->when_ready, f);
    count(&f->n_ready);
}

static void on_other(void *arg, unsigned what)
{
    struct fixture *f = arg;

    (void)what;
    count(&f->n_others);
}

static void on_end(void *arg)
{
    struct fixture *f = arg;

    do_if(f->when_ended, f);
    count(&f->n_ends);
}

static const struct wsn_loop_handlers handlers = {on_wake, on_timer, on_end,
                                                  &fixture};

/* ---- fixtures --------------------------------------------------------- */

static void new_loop(struct fixture *f, int mode)
{
    memset(f, 0, sizeof *f);
    ck_assert_int_eq(pipe(f->fds), 0);
    if (mode == ATTACHED) {
        f->host = event_base_new();
        ck_assert_ptr_nonnull(f->host);
    }
    ck_assert_uint_eq(wsn_loop_new(f->host, &handlers, &f->loop), WSN_OK);
}

static void start_loop(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_start(f->loop), WSN_OK);
}

static void wait_on_condition(const int *counter, int n)
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
static void wait_for(struct fixture *f, const int *counter, int n)
{
    if (f->host == NULL) {
        wait_on_condition(counter, n);
        return;
    }
    while (read_counter(counter) < n)
        ck_assert_int_eq(event_base_loop(f->host, EVLOOP_ONCE), 0);
}

/* Lets the loop go round often enough for whatever is due to be called. */
static void go_round(struct fixture *f)
{
    int i;

    for (i = 0; i < 3; i++) {
        int n = read_counter(&f->n_wakes);

        wsn_loop_wake(f->loop);
        wait_for(f, &f->n_wakes, n + 1);
    }
}

/* Runs step on the loop's thread, and waits until it has run. */
static void run_inside(struct fixture *f, void (*step)(struct fixture *f))
{
    int n = read_counter(&f->n_wakes);

    pthread_mutex_lock(&lock);
    f->when_woken = step;
    pthread_mutex_unlock(&lock);
    wsn_loop_wake(f->loop);
    wait_for(f, &f->n_wakes, n + 1);
    f->when_woken = NULL;
}

static void clean_up(struct fixture *f)
{
    wait_for(f, &f->n_ends, 1);
    ck_assert_int_eq(f->n_ends, 1);
    ck_assert_int_eq(f->n_after_end, 0);
    close(f->fds[0]);
    close(f->fds[1]);
    if (f->host != NULL)
        event_base_free(f->host);
}

static void stop_loop(struct fixture *f)
{
    wsn_loop_stop(f->loop);
    ck_assert_int_eq(read_counter(&f->n_ends), 1);
    clean_up(f);
}

static void make_ready(struct fixture *f)
{
    ck_assert_int_eq(write(f->fds[1], "x", 1), 1);
}

static void drain(struct fixture *f)
{
    char c;

    ck_assert_int_eq(read(f->fds[0], &c, 1), 1);
}

/* ---- waking ----------------------------------------------------------- */

START_TEST(many_wakes_are_one_call)
{
    int i;

    new_loop(&fixture, _i);
    for (i = 0; i < 1000; i++)
        wsn_loop_wake(fixture.loop);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_wakes, 1);
    wsn_loop_wake(fixture.loop);
    wait_for(&fixture, &fixture.n_wakes, 2);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_wakes, 2);
}
END_TEST

static void wake_again(struct fixture *f)
{
    if (read_counter(&f->n_wakes) < 99)
        wsn_loop_wake(f->loop);
}

START_TEST(a_wake_inside_the_handler_is_not_lost)
{
    new_loop(&fixture, _i);
    fixture.when_woken = wake_again;
    start_loop(&fixture);
    wsn_loop_wake(fixture.loop);
    wait_for(&fixture, &fixture.n_wakes, 100);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_wakes, 100);
}
END_TEST

#define WAKERS 4
#define WAKES 20000

static atomic_int work_put;
static int work_seen;

static void *put_work(void *arg)
{
    struct wsn_loop *loop = arg;
    int i;

    for (i = 0; i < WAKES; i++) {
        atomic_fetch_add_explicit(&work_put, 1, memory_order_relaxed);
        wsn_loop_wake(loop);
    }
    return NULL;
}

static void see_work(struct fixture *f)
{
    int put = atomic_load_explicit(&work_put, memory_order_relaxed);

    (void)f;
    pthread_mutex_lock(&lock);
    work_seen = put;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

START_TEST(no_wake_is_lost_among_threads)
{
    pthread_t threads[WAKERS];
    int i;

    new_loop(&fixture, _i);
    atomic_store(&work_put, 0);
    work_seen = 0;
    fixture.when_woken = see_work;
    start_loop(&fixture);
    for (i = 0; i < WAKERS; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, put_work, fixture.loop), 0);
    wait_for(&fixture, &work_seen, WAKERS * WAKES);
    for (i = 0; i < WAKERS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    stop_loop(&fixture);
}
END_TEST

/* ---- the timer -------------------------------------------------------- */

static void arm_20_ms(struct fixture *f)
{
    f->armed_at_ms = wsn_clock_ms();
    wsn_loop_arm(f->loop, 20);
}

/* The base's own idea of the time must not make a later timer early. */
static void arm_20_ms_after_work(struct fixture *f)
{
    uint64_t begin = wsn_clock_ms();

    while (wsn_clock_ms() < begin + 40)
        continue;
    arm_20_ms(f);
}

static void (*const arming[])(struct fixture *f) = {arm_20_ms,
                                                    arm_20_ms_after_work};

START_TEST(the_timer_is_not_early)
{
    new_loop(&fixture, _i % N_MODES);
    start_loop(&fixture);
    run_inside(&fixture, arming[_i / N_MODES]);
    wait_for(&fixture, &fixture.n_timers, 1);
    ck_assert_uint_ge(fixture.due_at_ms, fixture.armed_at_ms + 20);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 1);
}
END_TEST

static void arm_twice(struct fixture *f)
{
    wsn_loop_arm(f->loop, UINT64_MAX);
    wsn_loop_arm(f->loop, 0);
}

START_TEST(arming_replaces_what_was_armed)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, arm_twice);
    wait_for(&fixture, &fixture.n_timers, 1);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 1);
}
END_TEST

static void arm_and_disarm(struct fixture *f)
{
    wsn_loop_disarm(f->loop);
    wsn_loop_arm(f->loop, 0);
    wsn_loop_disarm(f->loop);
}

START_TEST(a_disarmed_timer_is_silent)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, arm_and_disarm);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 0);
}
END_TEST

static void arm_again(struct fixture *f)
{
    if (read_counter(&f->n_timers) < 9)
        wsn_loop_arm(f->loop, 0);
}

START_TEST(the_timer_may_be_armed_by_its_handler)
{
    new_loop(&fixture, _i);
    fixture.when_due = arm_again;
    start_loop(&fixture);
    run_inside(&fixture, arm_20_ms);
    wait_for(&fixture, &fixture.n_timers, 10);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_timers, 10);
}
END_TEST

/* ---- watches ---------------------------------------------------------- */

static void watch_pipe(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_watch(f->loop, f->fds[0], WSN_LOOP_READ,
                                     on_ready, f, &f->watch),
                      WSN_OK);
}

START_TEST(a_watch_is_called_for_as_long_as_there_is_something)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, watch_pipe);
    go_round(&fixture);
    ck_assert_int_eq(read_counter(&fixture.n_ready), 0);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 3);
    stop_loop(&fixture);
    ck_assert_uint_eq(fixture.what, WSN_LOOP_READ);
}
END_TEST

START_TEST(a_watch_may_be_set_before_the_start)
{
    new_loop(&fixture, _i);
    fixture.when_ready = drain;
    watch_pipe(&fixture);
    make_ready(&fixture);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_ready, 1);
}
END_TEST

static void watch_both_ways(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_watch(f->loop, f->fds[1],
                                     WSN_LOOP_READ | WSN_LOOP_WRITE, on_ready,
                                     f, &f->watch),
                      WSN_OK);
}

START_TEST(a_watch_says_what_there_is)
{
    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, watch_both_ways);
    wait_for(&fixture, &fixture.n_ready, 1);
    stop_loop(&fixture);
    ck_assert_uint_eq(fixture.what, WSN_LOOP_WRITE);
}
END_TEST

static void pause_watch(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_rewatch(f->watch, 0), WSN_OK);
}

static void resume_watch(struct fixture *f)
{
    ck_assert_uint_eq(wsn_loop_rewatch(f->watch, WSN_LOOP_READ), WSN_OK);
}

START_TEST(a_watch_can_pause)
{
    int n;

    new_loop(&fixture, _i);
    start_loop(&fixture);
    run_inside(&fixture, watch_pipe);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    run_inside(&fixture, pause_watch);
    n = read_counter(&fixture.n_ready);
    go_round(&fixture);
    ck_assert_int_eq(read_counter(&fixture.n_ready), n);
    run_inside(&fixture, resume_watch);
    wait_for(&fixture, &fixture.n_ready, n + 1);
    stop_loop(&fixture);
}
END_TEST

static void unwatch(struct fixture *f)
{
    wsn_loop_unwatch(f->watch);
    wsn_loop_unwatch(NULL);
    f->watch = NULL;
}

START_TEST(a_watch_may_end_itself)
{
    new_loop(&fixture, _i);
    fixture.when_ready = unwatch;
    start_loop(&fixture);
    run_inside(&fixture, watch_pipe);
    make_ready(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_ready, 1);
}
END_TEST

static void watch_twice(struct fixture *f)
{
    watch_pipe(f);
    ck_assert_uint_eq(wsn_loop_watch(f->loop, f->fds[1], WSN_LOOP_WRITE,
                                     on_other, f, &f->other),
                      WSN_OK);
    make_ready(f);
}

static void unwatch_other(struct fixture *f)
{
    wsn_loop_unwatch(f->other);
    f->other = NULL;
    drain(f);
}

START_TEST(a_watch_may_end_another_that_is_ready_too)
{
    int n;

    new_loop(&fixture, _i);
    fixture.when_ready = unwatch_other;
    start_loop(&fixture);
    run_inside(&fixture, watch_twice);
    wait_for(&fixture, &fixture.n_ready, 1);
    n = read_counter(&fixture.n_others);
    go_round(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_others, n);
    ck_assert_int_eq(fixture.n_ready, 1);
}
END_TEST

/* ---- where am I ------------------------------------------------------- */

static void note_inside(struct fixture *f)
{
    f->inside = wsn_loop_is_current(f->loop);
}

START_TEST(a_handler_knows_that_it_is_inside)
{
    new_loop(&fixture, _i);
    fixture.when_ended = note_inside;
    start_loop(&fixture);
    ck_assert(!wsn_loop_is_current(fixture.loop));
    ck_assert(!wsn_loop_is_current(NULL));
    run_inside(&fixture, note_inside);
    ck_assert(fixture.inside);
    ck_assert(!wsn_loop_is_current(fixture.loop));
    fixture.inside = false;
    stop_loop(&fixture);
    ck_assert(fixture.inside);
}
END_TEST

static void do_nothing(void *arg)
{
    (void)arg;
}

static struct wsn_loop *other_loop;
static bool inside_other;

static void note_inside_other(struct fixture *f)
{
    (void)f;
    inside_other = wsn_loop_is_current(other_loop);
}

START_TEST(two_loops_are_told_apart)
{
    static const struct wsn_loop_handlers idle = {do_nothing, do_nothing,
                                                  do_nothing, NULL};

    new_loop(&fixture, _i);
    ck_assert_uint_eq(wsn_loop_new(fixture.host, &idle, &other_loop), WSN_OK);
    ck_assert_uint_eq(wsn_loop_start(other_loop), WSN_OK);
    inside_other = true;
    start_loop(&fixture);
    run_inside(&fixture, note_inside_other);
    ck_assert(!inside_other);
    wsn_loop_stop(other_loop);
    go_round(&fixture);
    stop_loop(&fixture);
}
END_TEST

static void note_mask(struct fixture *f)
{
    pthread_sigmask(SIG_SETMASK, NULL, &f->mask);
}

START_TEST(the_own_thread_leaves_signals_to_others)
{
    static const int signals[] = {SIGINT,  SIGTERM, SIGALRM, SIGCHLD,
                                  SIGUSR1, SIGPIPE, SIGPROF};
    sigset_t before;
    sigset_t after;
    size_t i;

    pthread_sigmask(SIG_SETMASK, NULL, &before);
    new_loop(&fixture, OWN_THREAD);
    start_loop(&fixture);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    run_inside(&fixture, note_mask);
    for (i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        ck_assert_int_eq(sigismember(&fixture.mask, signals[i]), 1);
        ck_assert_int_eq(sigismember(&after, signals[i]),
                         sigismember(&before, signals[i]));
    }
    stop_loop(&fixture);
}
END_TEST

/* ---- stopping --------------------------------------------------------- */

START_TEST(a_loop_that_never_started_ends_too)
{
    new_loop(&fixture, _i);
    watch_pipe(&fixture);
    wsn_loop_arm(fixture.loop, 0);
    make_ready(&fixture);
    stop_loop(&fixture);
    ck_assert_int_eq(fixture.n_ready + fixture.n_timers + fixture.n_wakes, 0);
}
END_TEST

static void stop_inside(struct fixture *f)
{
    wsn_loop_stop(f->loop);
    ck_assert(wsn_loop_is_current(f->loop));
    ck_assert_int_eq(read_counter(&f->n_ends), 0);
}

/* Everything is due when the loop is stopped from its first handler. */
static void make_everything_due(struct fixture *f)
{
    watch_pipe(f);
    make_ready(f);
    wsn_loop_arm(f->loop, 0);
    wsn_loop_wake(f->loop);
}

static void assert_host_alive(struct fixture *f)
{
    struct timeval none = {0, 0};

    if (f->host == NULL)
        return;
    /* Nothing of ours is left in it, and it still works. */
    ck_assert_int_eq(event_base_loop(f->host, EVLOOP_NONBLOCK), 1);
    ck_assert_int_eq(event_base_loopexit(f->host, &none), 0);
    ck_assert_int_eq(event_base_loop(f->host, EVLOOP_NO_EXIT_ON_EMPTY), 0);
}

START_TEST(the_wake_handler_may_stop_the_loop)
{
    new_loop(&fixture, _i);
    fixture.when_woken = stop_inside;
    wsn_loop_wake(fixture.loop);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ends, 1);
    ck_assert_int_eq(fixture.n_wakes, 1);
    assert_host_alive(&fixture);
    clean_up(&fixture);
}
END_TEST

START_TEST(the_timer_handler_may_stop_the_loop)
{
    new_loop(&fixture, _i);
    fixture.when_due = stop_inside;
    wsn_loop_arm(fixture.loop, 1);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ends, 1);
    ck_assert_int_eq(fixture.n_timers, 1);
    assert_host_alive(&fixture);
    clean_up(&fixture);
}
END_TEST

START_TEST(a_watch_may_stop_the_loop)
{
    new_loop(&fixture, _i);
    fixture.when_ready = stop_inside;
    watch_pipe(&fixture);
    make_ready(&fixture);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ends, 1);
    ck_assert_int_eq(fixture.n_ready, 1);
    assert_host_alive(&fixture);
    clean_up(&fixture);
}
END_TEST

static void unwatch_and_stop(struct fixture *f)
{
    unwatch(f);
    stop_inside(f);
}

START_TEST(a_watch_may_end_itself_and_the_loop)
{
    new_loop(&fixture, _i);
    fixture.when_ready = unwatch_and_stop;
    watch_pipe(&fixture);
    make_ready(&fixture);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ends, 1);
    clean_up(&fixture);
}
END_TEST

START_TEST(whoever_stops_first_is_the_last_to_be_called)
{
    new_loop(&fixture, _i);
    fixture.when_woken = stop_inside;
    fixture.when_due = stop_inside;
    fixture.when_ready = stop_inside;
    make_everything_due(&fixture);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ends, 1);
    ck_assert_int_eq(fixture.n_ready + fixture.n_timers + fixture.n_wakes, 1);
    clean_up(&fixture);
}
END_TEST

START_TEST(a_busy_loop_can_be_stopped_from_outside)
{
    new_loop(&fixture, _i);
    watch_pipe(&fixture);
    make_ready(&fixture);
    fixture.when_woken = wake_again;
    wsn_loop_wake(fixture.loop);
    start_loop(&fixture);
    wait_for(&fixture, &fixture.n_ready, 1);
    stop_loop(&fixture);
}
END_TEST

START_TEST(the_owner_may_give_its_watches_up_in_the_last_call)
{
    new_loop(&fixture, _i);
    fixture.when_ended = unwatch;
    watch_pipe(&fixture);
    start_loop(&fixture);
    stop_loop(&fixture);
    ck_assert_ptr_null(fixture.watch);
}
END_TEST

/* ---- resources -------------------------------------------------------- */

/* -1 where the system does not tell. */
static int open_descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int n = 0;

    if (dir == NULL)
        return -1;
    while (readdir(dir) != NULL)
        n++;
    closedir(dir);
    return n;
}

START_TEST(a_thousand_loops_leave_nothing_open)
{
    int before = open_descriptors();
    int i;

    for (i = 0; i < 1000; i++) {
        new_loop(&fixture, _i);
        watch_pipe(&fixture);
        start_loop(&fixture);
        wsn_loop_wake(fixture.loop);
        stop_loop(&fixture);
    }
    ck_assert_int_eq(open_descriptors(), before);
}
END_TEST

START_TEST(loops_that_end_themselves_leave_nothing_open)
{
    uint64_t until = wsn_clock_ms() + PATIENCE_MS;
    int before = open_descriptors();
    int i;

    for (i = 0; i < 300; i++) {
        new_loop(&fixture, _i);
        fixture.when_woken = stop_inside;
        wsn_loop_wake(fixture.loop);
        start_loop(&fixture);
        clean_up(&fixture);
    }
    /* Own threads close the last descriptors after their last call. */
    while (open_descriptors() != before) {
        ck_assert_uint_lt(wsn_clock_ms(), until);
        sched_yield();
    }
}
END_TEST

#define FDS_MAX 64

START_TEST(no_descriptor_is_inherited)
{
    bool is_old[FDS_MAX];
    int n_new = 0;
    int fd;

    for (fd = 0; fd < FDS_MAX; fd++)
        is_old[fd] = fcntl(fd, F_GETFD) >= 0;
    new_loop(&fixture, OWN_THREAD);
    is_old[fixture.fds[0]] = true;
    is_old[fixture.fds[1]] = true;
    for (fd = 0; fd < FDS_MAX; fd++) {
        int flags = fcntl(fd, F_GETFD);

        if (flags < 0 || is_old[fd])
            continue;
        ck_assert_int_ne(flags & FD_CLOEXEC, 0);
        n_new++;
    }
    ck_assert_int_gt(n_new, 0);
    stop_loop(&fixture);
}
END_TEST

static void limit_descriptors(int n, struct rlimit *ret_before)
{
    struct rlimit limit;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, ret_before), 0);
    limit = *ret_before;
    limit.rlim_cur = (rlim_t)n;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

START_TEST(short_descriptors_give_no_loop)
{
    int lowest = dup(STDOUT_FILENO);
    struct wsn_loop *loop = NULL;
    wsn_err err = SNMPAPI_TL_RESOURCE_ERROR;
    struct rlimit before;
    int extra;

    close(lowest);
    /* One more at a time, until there are enough. */
    for (extra = 0; err != WSN_OK && extra < 20; extra++) {
        limit_descriptors(lowest + extra, &before);
        err = wsn_loop_new(NULL, &handlers, &loop);
        ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
        ck_assert(err == WSN_OK || err == SNMPAPI_TL_RESOURCE_ERROR);
    }
    ck_assert_int_gt(extra, 1);
    ck_assert_uint_eq(err, WSN_OK);
    wsn_loop_stop(loop);
}
END_TEST

static bool refuse(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    return false;
}

static void ignore(void *arg)
{
    (void)arg;
}

static const struct wsn_alloc_hook no_memory = {refuse, ignore, NULL};

START_TEST(short_memory_gives_no_loop_and_no_watch)
{
    struct wsn_loop *loop;
    struct wsn_watch *watch;

    new_loop(&fixture, _i);
    wsn_alloc_set_hook(&no_memory);
    ck_assert_uint_eq(wsn_loop_new(fixture.host, &handlers, &loop),
                      SNMPAPI_ALLOC_ERROR);
    ck_assert_uint_eq(wsn_loop_watch(fixture.loop, fixture.fds[0],
                                     WSN_LOOP_READ, on_ready, &fixture, &watch),
                      SNMPAPI_ALLOC_ERROR);
    wsn_alloc_set_hook(NULL);
    stop_loop(&fixture);
}
END_TEST

START_TEST(what_cannot_be_watched_is_refused)
{
    struct wsn_watch *watch;

    new_loop(&fixture, _i);
    close(fixture.fds[0]);
    ck_assert_uint_eq(wsn_loop_watch(fixture.loop, fixture.fds[0],
                                     WSN_LOOP_READ, on_ready, &fixture, &watch),
                      SNMPAPI_TL_RESOURCE_ERROR);
    stop_loop(&fixture);
}
END_TEST

static void fill_waking(Suite *suite)
{
    TCase *tcase = tcase_create("waking");

    tcase_add_loop_test(tcase, many_wakes_are_one_call, 0, N_MODES);
    tcase_add_loop_test(tcase, a_wake_inside_the_handler_is_not_lost, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, no_wake_is_lost_among_threads, 0, N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill_timer(Suite *suite)
{
    TCase *tcase = tcase_create("timer");

    tcase_add_loop_test(tcase, the_timer_is_not_early, 0, 2 * N_MODES);
    tcase_add_loop_test(tcase, arming_replaces_what_was_armed, 0, N_MODES);
    tcase_add_loop_test(tcase, a_disarmed_timer_is_silent, 0, N_MODES);
    tcase_add_loop_test(tcase, the_timer_may_be_armed_by_its_handler, 0,
                        N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill_watches(Suite *suite)
{
    TCase *tcase = tcase_create("watches");

    tcase_add_loop_test(
        tcase, a_watch_is_called_for_as_long_as_there_is_something, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_be_set_before_the_start, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_says_what_there_is, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_can_pause, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_end_itself, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_end_another_that_is_ready_too, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, what_cannot_be_watched_is_refused, 0, N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill_stopping(Suite *suite)
{
    TCase *tcase = tcase_create("stopping");

    tcase_add_loop_test(tcase, a_loop_that_never_started_ends_too, 0, N_MODES);
    tcase_add_loop_test(tcase, the_wake_handler_may_stop_the_loop, 0, N_MODES);
    tcase_add_loop_test(tcase, the_timer_handler_may_stop_the_loop, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_stop_the_loop, 0, N_MODES);
    tcase_add_loop_test(tcase, a_watch_may_end_itself_and_the_loop, 0, N_MODES);
    tcase_add_loop_test(tcase, whoever_stops_first_is_the_last_to_be_called, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, a_busy_loop_can_be_stopped_from_outside, 0,
                        N_MODES);
    tcase_add_loop_test(
        tcase, the_owner_may_give_its_watches_up_in_the_last_call, 0, N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill_place(Suite *suite)
{
    TCase *tcase = tcase_create("place");

    tcase_add_loop_test(tcase, a_handler_knows_that_it_is_inside, 0, N_MODES);
    tcase_add_loop_test(tcase, two_loops_are_told_apart, 0, N_MODES);
    tcase_add_test(tcase, the_own_thread_leaves_signals_to_others);
    suite_add_tcase(suite, tcase);
}

static void fill_resources(Suite *suite)
{
    TCase *tcase = tcase_create("resources");

    tcase_add_loop_test(tcase, a_thousand_loops_leave_nothing_open, 0, N_MODES);
    tcase_add_loop_test(tcase, loops_that_end_themselves_leave_nothing_open, 0,
                        N_MODES);
    tcase_add_test(tcase, no_descriptor_is_inherited);
    tcase_add_test(tcase, short_descriptors_give_no_loop);
    tcase_add_loop_test(tcase, short_memory_gives_no_loop_and_no_watch, 0,
                        N_MODES);
    suite_add_tcase(suite, tcase);
}

static void fill(Suite *suite)
{
    fill_waking(suite);
    fill_timer(suite);
    fill_watches(suite);
    fill_place(suite);
    fill_stopping(suite);
    fill_resources(suite);
}

SUITE_MAIN("net/loop", fill)
