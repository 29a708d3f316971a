/*
 * lock.h - the library's only mutex, and its only locking rule.
 *
 *   A thread holds at most one library lock at a time, and none while it
 *   calls the application, the Win32 shim, libevent or a system call that
 *   may block.
 *
 * So there is no lock order to remember.  With WSN_DEBUG a thread-local
 * counter asserts the rule at run time.
 */
#ifndef WSN_BASE_LOCK_H
#define WSN_BASE_LOCK_H

#include <assert.h>
#include <pthread.h>

struct wsn_lock {
    pthread_mutex_t mutex;
};

#define WSN_LOCK_INITIALIZER {PTHREAD_MUTEX_INITIALIZER}

#ifdef WSN_DEBUG
extern _Thread_local unsigned wsn_locks_held;
#define WSN_LOCK_TAKEN() (assert(wsn_locks_held == 0), (void)wsn_locks_held++)
#define WSN_LOCK_GIVEN() ((void)wsn_locks_held--)
/* Stands before every call that leaves the library. */
#define WSN_ASSERT_UNLOCKED() assert(wsn_locks_held == 0)
#else
#define WSN_LOCK_TAKEN() ((void)0)
#define WSN_LOCK_GIVEN() ((void)0)
#define WSN_ASSERT_UNLOCKED() ((void)0)
#endif

/* Returns 0 or an errno value. */
static inline int wsn_lock_init(struct wsn_lock *lock)
{
    return pthread_mutex_init(&lock->mutex, NULL);
}

static inline void wsn_lock_fini(struct wsn_lock *lock)
{
    (void)pthread_mutex_destroy(&lock->mutex);
}

static inline void wsn_lock_take(struct wsn_lock *lock)
{
    WSN_LOCK_TAKEN();
    (void)pthread_mutex_lock(&lock->mutex);
}

static inline void wsn_lock_give(struct wsn_lock *lock)
{
    (void)pthread_mutex_unlock(&lock->mutex);
    WSN_LOCK_GIVEN();
}

/* Waits on cond; the lock is free while the thread sleeps. */
static inline void wsn_lock_wait(struct wsn_lock *lock, pthread_cond_t *cond)
{
    (void)pthread_cond_wait(cond, &lock->mutex);
}

#endif
