/*
 * check_loop_end.c - how the loop ends, what it leaves behind, and on which
 * thread its handlers are.  Every test runs on a thread of its own and on a
 * host's event base, unless it says otherwise.
 */
#include "net/loop.h"

#include <dirent.h>
#include <event2/event.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "support/loop_fixture.h"
#include "support/suite.h"
#include "winsnmp_types.h"

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
                                                  do_nothing, do_nothing, NULL};

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
    int before = open_descriptors();
    uint64_t until;
    int i;

    for (i = 0; i < 300; i++) {
        new_loop(&fixture, _i);
        fixture.when_woken = stop_inside;
        wsn_loop_wake(fixture.loop);
        start_loop(&fixture);
        clean_up(&fixture);
    }
    /* Own threads close the last descriptors after their last call. */
    until = wsn_clock_ms() + PATIENCE_MS;
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
    fill_place(suite);
    fill_stopping(suite);
    fill_resources(suite);
}

SUITE_MAIN("net/loop_end", fill)
