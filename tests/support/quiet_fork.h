/*
 * quiet_fork.h - a fork of a process whose other threads are all asleep.
 *
 * The allocators of sanitizers do not see to it that none of their locks is
 * held at a fork, as that of the C library does (compiler-rt does since LLVM
 * 17): the child of a process with a busy thread may wait for ever in its
 * next malloc().
 */
#ifndef WSN_TESTS_SUPPORT_QUIET_FORK_H
#define WSN_TESTS_SUPPORT_QUIET_FORK_H

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/waiting.h"

/* The state in /proc/self/task/ID/stat, behind the name in brackets. */
static inline char state_of_thread(const char *id)
{
    char path[64];
    char text[128] = "";
    const char *end;
    int fd;

    (void)snprintf(path, sizeof path, "/proc/self/task/%.20s/stat", id);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 'X'; /* it has ended */
    if (read(fd, text, sizeof text - 1) < 0)
        text[0] = '\0';
    (void)close(fd);
    end = strrchr(text, ')');
    return end != NULL && end[1] == ' ' ? end[2] : 'X';
}

/* Does every thread but this one, the first, sleep?  Yes where the system
 * does not tell. */
static inline bool others_sleep(void)
{
    DIR *tasks = opendir("/proc/self/task");
    const struct dirent *task;
    bool all = true;

    if (tasks == NULL)
        return true;
    while ((task = readdir(tasks)) != NULL)
        if (task->d_name[0] != '.' &&
            strtol(task->d_name, NULL, 10) != (long)getpid())
            all &= strchr("SXZ", state_of_thread(task->d_name)) != NULL;
    (void)closedir(tasks);
    return all;
}

static inline pid_t quiet_fork(void)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (!others_sleep() && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    return fork();
}

#endif
