/*
 * proc.h - how many descriptors and threads the process has.
 */
#ifndef WSN_TESTS_SUPPORT_PROC_H
#define WSN_TESTS_SUPPORT_PROC_H

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>

#include "support/waiting.h"

static inline int count_fds(void)
{
    int n = 0;

    for (int fd = 0; fd < 1024; fd++)
        n += fcntl(fd, F_GETFD) != -1;
    return n;
}

/* 0 where the system does not tell. */
static inline int count_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int n = -2; /* . and .. */

    if (tasks == NULL)
        return 0;
    while (readdir(tasks) != NULL)
        n++;
    (void)closedir(tasks);
    return n;
}

/* Are there n threads, or fewer?  One that was joined may be listed a moment
 * longer: it may have been counted in n, too. */
static inline bool threads_fall_to(int n)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (count_threads() > n && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    return count_threads() <= n;
}

#endif
