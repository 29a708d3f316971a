/*
 * spawn.c - see spawn.h.
 *
 * The child says through a pipe what kept it from starting; when it starts,
 * the pipe is closed.  A child that is suspended has done all but the last
 * step: it says so and reads from another pipe.  Between fork and exec only
 * functions that are safe in a signal handler are called.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#if defined(HAVE_CLOSE_RANGE) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* close_range */
#endif

#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "stream.h"

#include "base/alloc.h"

#define NULL_DEVICE "/dev/null"
#define DEFAULT_PATH "/usr/local/bin:/usr/bin:/bin"

/* What shells give for a program that cannot be run. */
#define CODE_OF_NO_PROGRAM 127

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* Where the host cannot close a range: that many are looked at. */
#define MAX_CLOSED 4096

extern char **environ;

/* ---- The file of the program ----------------------------------------- */

/* 0 when it can be executed, else an errno code. */
static int test_program(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return errno;
    if (!S_ISREG(status.st_mode))
        return EACCES;
    return access(path, X_OK) == 0 ? 0 : errno;
}

/* Looks for name in the directories of PATH; takes the first that will do. */
static int find_program(const char *name, char *ret_path, size_t room)
{
    const char *from = getenv("PATH");
    int error = ENOENT;

    if (*name == '\0')
        return ENOENT;
    if (from == NULL)
        from = DEFAULT_PATH;
    for (;;) {
        size_t length = strcspn(from, ":");
        int n =
            snprintf(ret_path, room, "%.*s/%s", length > 0 ? (int)length : 1,
                     length > 0 ? from : ".", name);

        int found = n > 0 && (size_t)n < room ? test_program(ret_path) : ENOENT;

        if (found == 0)
            return 0;
        if (found == EACCES)
            error = EACCES;
        if (from[length] == '\0')
            return error;
        from += length + 1;
    }
}

/* The child may have another directory than this process. */
static int make_absolute(const char *path, char *ret_path, size_t room)
{
    size_t length = 0;

    if (*path != '/') {
        if (getcwd(ret_path, room) == NULL)
            return errno;
        length = strlen(ret_path);
        ret_path[length++] = '/';
    }
    if (strlen(path) >= room - length)
        return ENAMETOOLONG;
    strcpy(ret_path + length, path);
    return 0;
}

static int resolve(const struct wc_spawn *spawn, char *ret_path, size_t room)
{
    char found[PATH_MAX];
    const char *path = spawn->path;
    int error;

    if (path == NULL && strchr(spawn->arguments[0], '/') != NULL)
        path = spawn->arguments[0];
    if (path == NULL) {
        error = find_program(spawn->arguments[0], found, sizeof found);
        path = found;
    } else {
        error = test_program(path);
    }
    return error == 0 ? make_absolute(path, ret_path, room) : error;
}

/* ---- In the child ---------------------------------------------------- */

/* Handlers of the program would run with its memory and its descriptors. */
static void drop_handlers(void)
{
    struct sigaction action;
    int i;

    for (i = 1; i <= SIGRTMAX; i++) {
        if (sigaction(i, NULL, &action) != 0 || action.sa_handler == SIG_IGN ||
            action.sa_handler == SIG_DFL)
            continue;
        action.sa_handler = SIG_DFL;
        action.sa_flags = 0;
        (void)sigaction(i, &action, NULL);
    }
}

static void close_range_of(int first, int last)
{
    int fd;

#ifdef HAVE_CLOSE_RANGE
    if (first > last || close_range((unsigned)first, (unsigned)last, 0) == 0)
        return;
#endif
    for (fd = first; fd <= last && fd < MAX_CLOSED; fd++)
        (void)close(fd);
}

static void close_others(int one, int other)
{
    int low = one < other ? one : other;
    int high = one < other ? other : one;

    if (low < 0)
        low = high;
    close_range_of(WC_N_STANDARD, low - 1);
    close_range_of(low + 1, high - 1);
    close_range_of(high + 1, INT_MAX);
}

static bool set_standard(const struct wc_spawn *spawn)
{
    int i;

    for (i = 0; spawn->has_fds && i < WC_N_STANDARD; i++) {
        int fd = spawn->fds[i];

        if (fd < 0)
            fd = open(NULL_DEVICE, i == 0 ? O_RDONLY : O_WRONLY);
        if (fd < 0 || (fd != i && dup2(fd, i) < 0))
            return false;
    }
    return true;
}

static bool prepare(const struct wc_spawn *spawn)
{
    return set_standard(spawn) &&
           (spawn->directory == NULL || chdir(spawn->directory) == 0);
}

static void report(int fd, int error)
{
    while (write(fd, &error, sizeof error) < 0 && errno == EINTR)
        continue;
}

/* False when the parent has gone. */
static bool await_go(int fd)
{
    char byte;
    ssize_t n;

    do
        n = read(fd, &byte, 1);
    while (n < 0 && errno == EINTR);
    return n == 1;
}

/* What the child needs of both pipes. */
struct ends {
    int report;
    int go; /* -1: it is not suspended */
};

static _Noreturn void run(const struct wc_spawn *spawn, const char *path,
                          const struct ends *ends, const sigset_t *signals)
{
    drop_handlers();
    (void)pthread_sigmask(SIG_SETMASK, signals, NULL);
    if (!prepare(spawn)) {
        report(ends->report, errno);
        _exit(CODE_OF_NO_PROGRAM);
    }
    close_others(ends->report, ends->go);
    if (ends->go >= 0) {
        report(ends->report, 0);
        if (!await_go(ends->go))
            _exit(CODE_OF_NO_PROGRAM);
    }
    (void)execve(path, spawn->arguments,
                 spawn->variables != NULL ? spawn->variables : environ);
    report(ends->report, errno);
    _exit(CODE_OF_NO_PROGRAM);
}

/* ---- In the parent --------------------------------------------------- */

static void close_pair(int fds[2])
{
    int i;

    for (i = 0; i < 2; i++) {
        if (fds[i] >= 0)
            (void)close(fds[i]);
        fds[i] = -1;
    }
}

/* Closed on exec, and out of the way of the standard descriptors. */
static bool make_pair(int ret_fds[2])
{
    int low[2];

    if (pipe(low) != 0)
        return false;
    ret_fds[0] = fcntl(low[0], F_DUPFD_CLOEXEC, WC_N_STANDARD);
    ret_fds[1] = fcntl(low[1], F_DUPFD_CLOEXEC, WC_N_STANDARD);
    close_pair(low);
    if (ret_fds[0] >= 0 && ret_fds[1] >= 0)
        return true;
    close_pair(ret_fds);
    return false;
}

/* What the child reports; 0 when it has started or stands by. */
static int await_report(int fd)
{
    int error = 0;
    ssize_t n;

    do
        n = read(fd, &error, sizeof error);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof error ? error : 0;
}

static void reap(pid_t pid)
{
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

/* The child with all signals blocked until it has dropped the handlers. */
static pid_t fork_and_run(const struct wc_spawn *spawn, const char *path,
                          const struct ends *ends)
{
    sigset_t all;
    sigset_t before;
    pid_t pid;

    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    pid = fork();
    if (pid == 0)
        run(spawn, path, ends, &before);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pid;
}

/* Both pipes, and the child at their other ends. */
static int start(const struct wc_spawn *spawn, const char *path, pid_t *ret_pid,
                 int report_fds[2], struct wc_spawn_wait *wait)
{
    struct ends ends;
    int error = 0;

    wsn_lock_take(&wc_inheritance);
    if (!make_pair(report_fds) ||
        (spawn->is_suspended && !make_pair(wait->fds))) {
        error = EMFILE;
    } else {
        ends.report = report_fds[1];
        ends.go = wait->fds[0];
        *ret_pid = fork_and_run(spawn, path, &ends);
        error = *ret_pid < 0 ? errno : 0;
    }
    wsn_lock_give(&wc_inheritance);
    return error;
}

int wc_spawn(const struct wc_spawn *spawn, pid_t *ret_pid,
             struct wc_spawn_wait *ret_wait)
{
    struct wc_spawn_wait wait = {{-1, -1}};
    int report_fds[2] = {-1, -1};
    char path[PATH_MAX];
    pid_t pid = -1;
    int error = resolve(spawn, path, sizeof path);

    if (error != 0)
        return error;
    error = start(spawn, path, &pid, report_fds, &wait);
    if (error == 0) {
        (void)close(report_fds[1]);
        report_fds[1] = -1;
        error = await_report(report_fds[0]);
        if (error != 0)
            reap(pid);
    }
    close_pair(report_fds);
    if (error != 0) {
        close_pair(wait.fds);
        return error;
    }
    *ret_pid = pid;
    *ret_wait = wait;
    return 0;
}

/*
 * The reading end stays open here until then: writing to a child that was
 * killed would bring a signal otherwise.
 */
bool wc_spawn_resume(struct wc_spawn_wait *wait)
{
    if (wait->fds[1] < 0)
        return false;
    while (write(wait->fds[1], "", 1) < 0 && errno == EINTR)
        continue;
    close_pair(wait->fds);
    return true;
}

void wc_spawn_wait_fini(struct wc_spawn_wait *wait)
{
    close_pair(wait->fds);
}
