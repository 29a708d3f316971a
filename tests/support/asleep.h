/*
 * asleep.h - for tests of compat/: watches other threads without sleeping.
 */
#ifndef WSN_TESTS_SUPPORT_ASLEEP_H
#define WSN_TESTS_SUPPORT_ASLEEP_H

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>

#include "dispatcher.h"
#include "thread.h"
#include "wait.h"

/* Long enough for any machine; a test that needs it has failed. */
#define SOON_MS 20000

/* Is the thread asleep, with nothing having ended its wait yet? */
static inline bool is_asleep(DWORD thread_id)
{
    const struct wc_thread *thread;
    bool asleep;

    wc_enter();
    thread = wc_thread_find(thread_id);
    asleep = thread != NULL && thread->wait != NULL && !thread->wait->is_over;
    wc_leave();
    return asleep;
}

static inline bool comes_to_sleep(DWORD thread_id)
{
    ULONGLONG end_ms = GetTickCount64() + SOON_MS;

    while (!is_asleep(thread_id)) {
        if (GetTickCount64() > end_ms)
            return false;
        (void)sched_yield();
    }
    return true;
}

/* Afterwards the calling thread has the descriptor that a sleeper needs. */
static inline void sleep_once(void)
{
    (void)WaitForSingleObject(GetCurrentThread(), 1);
}

static inline int count_descriptors(void)
{
    int n = 0;
    int fd;

    for (fd = 0; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) != -1)
            n++;
    return n;
}

#endif
