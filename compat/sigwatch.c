/*
 * sigwatch.c - see sigwatch.h.
 */
#include "sigwatch.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "base/lock.h"

static const int watched[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};

#define N_WATCHED (sizeof watched / sizeof *watched)

/* Guards starting and the watchers. */
static struct wsn_lock lock = WSN_LOCK_INITIALIZER;
static wc_signal_watcher *watchers[WC_N_WATCHES];
static bool is_started;

static int pipe_fds[2] = {-1, -1};
static pid_t owner; /* the process with the watching thread */

/* ---- In the signal handler ------------------------------------------- */

/* Ends the process as the signal would have done. */
static void obey(int signal_number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t one;

    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(signal_number, &action, NULL);
    (void)sigemptyset(&one);
    (void)sigaddset(&one, signal_number);
    (void)pthread_sigmask(SIG_UNBLOCK, &one, NULL);
    (void)raise(signal_number);
}

static void on_signal(int signal_number)
{
    int saved_errno = errno;
    unsigned char byte = (unsigned char)signal_number;

    /* After a fork nobody reads: the child lives as if never watched. */
    if (getpid() != owner)
        obey(signal_number);
    /* A full pipe holds enough signals already. */
    else if (write(pipe_fds[1], &byte, 1) < 0)
        errno = saved_errno;
}

/* ---- On the watching thread ------------------------------------------ */

static bool tell(int signal_number)
{
    int i;

    for (i = 0; i < WC_N_WATCHES; i++) {
        wc_signal_watcher *watcher;

        wsn_lock_take(&lock);
        /* cppcheck-suppress assignBoolToPointer; a function that returns one */
        watcher = watchers[i];
        wsn_lock_give(&lock);
        if (watcher != NULL && watcher(signal_number))
            return true;
    }
    return false;
}

static void *watch(void *unused)
{
    unsigned char byte;
    ssize_t n;

    (void)unused;
    while ((n = read(pipe_fds[0], &byte, 1)) == 1 || errno == EINTR) {
        if (n == 1 && !tell(byte))
            obey(byte);
    }
    return NULL;
}

/* ---- Starting -------------------------------------------------------- */

static bool open_pipe(void)
{
    int i;

    if (pipe(pipe_fds) != 0)
        return false;
    for (i = 0; i < 2; i++)
        (void)fcntl(pipe_fds[i], F_SETFD, FD_CLOEXEC);
    (void)fcntl(pipe_fds[1], F_SETFL, O_NONBLOCK);
    return true;
}

static void close_pipe(void)
{
    (void)close(pipe_fds[0]);
    (void)close(pipe_fds[1]);
}

/* The thread itself must not be interrupted. */
static bool start_thread(void)
{
    pthread_attr_t attributes;
    pthread_t ignored;
    sigset_t all;
    sigset_t before;
    int code;

    if (pthread_attr_init(&attributes) != 0)
        return false;
    (void)pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    code = pthread_create(&ignored, &attributes, watch, NULL);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)pthread_attr_destroy(&attributes);
    return code == 0;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    struct sigaction before;
    size_t i;

    (void)sigfillset(&action.sa_mask);
    for (i = 0; i < N_WATCHED; i++) {
        if (sigaction(watched[i], NULL, &before) == 0 &&
            before.sa_handler != SIG_IGN)
            (void)sigaction(watched[i], &action, NULL);
    }
}

static bool start(void)
{
    if (!open_pipe())
        return false;
    owner = getpid();
    if (start_thread()) {
        catch_signals();
        return true;
    }
    close_pipe();
    return false;
}

bool wc_signals_watch(enum wc_watch which, wc_signal_watcher *watcher)
{
    bool is_good = true;

    wsn_lock_take(&lock);
    if (watcher != NULL && !is_started)
        is_good = is_started = start();
    if (is_good)
        watchers[which] = watcher;
    wsn_lock_give(&lock);
    return is_good;
}
