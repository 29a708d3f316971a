/*
 * lock.h - the library's only lock, and its only locking rule.
 *
 *   A thread holds at most one library lock at a time, and none while it
 *   calls the application, the Win32 shim, libevent or a system call that
 *   may block.
 *
 * So there is no lock order to remember.  With WSN_DEBUG a thread-local
 * counter asserts the rule at run time.
 *
 * A lock is one word: taking a free one and giving it back is an atomic
 * instruction each, made here, because every exported function does it a few
 * times.  Only who must wait goes to lock.c and sleeps there.  Zeroed memory
 * is a free lock; there is nothing to destroy.
 */
#ifndef WSN_BASE_LOCK_H
#define WSN_BASE_LOCK_H

#include <assert.h>
#include <stdatomic.h>
#include <stdbool.h>

struct wsn_lock {
    _Atomic unsigned state; /* enum wsn_lock_state */
};

enum wsn_lock_state { WSN_LOCK_FREE, WSN_LOCK_TAKEN, WSN_LOCK_AWAITED };

/* clang-format off */
#define WSN_LOCK_INITIALIZER {WSN_LOCK_FREE}
/* clang-format on */

#ifdef WSN_DEBUG
extern _Thread_local unsigned wsn_locks_held;
#define WSN_LOCK_NOTE_TAKEN() \
    (assert(wsn_locks_held == 0), (void)wsn_locks_held++)
#define WSN_LOCK_NOTE_GIVEN() ((void)wsn_locks_held--)
/* Stands before every call that leaves the library. */
#define WSN_ASSERT_UNLOCKED() assert(wsn_locks_held == 0)
#else
#define WSN_LOCK_NOTE_TAKEN() ((void)0)
#define WSN_LOCK_NOTE_GIVEN() ((void)0)
#define WSN_ASSERT_UNLOCKED() ((void)0)
#endif

static inline void wsn_lock_init(struct wsn_lock *lock)
{
    atomic_init(&lock->state, WSN_LOCK_FREE);
}

/* Whether somebody holds it: for the child of a fork, where nobody else is. */
static inline bool wsn_lock_is_held(const struct wsn_lock *lock)
{
    return atomic_load_explicit(&lock->state, memory_order_relaxed) !=
           WSN_LOCK_FREE;
}

/* Sleeps until lock is free, and takes it: for wsn_lock_take() only. */
void wsn_lock_take_slowly(struct wsn_lock *lock);

/* Wakes who sleeps for lock: for wsn_lock_give() only. */
void wsn_lock_wake(struct wsn_lock *lock);

static inline void wsn_lock_take(struct wsn_lock *lock)
{
    unsigned expected = WSN_LOCK_FREE;

    WSN_LOCK_NOTE_TAKEN();
    if (!atomic_compare_exchange_strong_explicit(
            &lock->state, &expected, WSN_LOCK_TAKEN, memory_order_acquire,
            memory_order_relaxed))
        wsn_lock_take_slowly(lock);
}

static inline void wsn_lock_give(struct wsn_lock *lock)
{
    if (atomic_exchange_explicit(&lock->state, WSN_LOCK_FREE,
                                 memory_order_release) == WSN_LOCK_AWAITED)
        wsn_lock_wake(lock);
    WSN_LOCK_NOTE_GIVEN();
}

/*
 * Gives the lock, which the caller holds, sleeps until somebody calls
 * wsn_lock_notify() for it, and takes it again.  May return without cause:
 * the caller looks at its condition in a loop.
 */
void wsn_lock_wait(struct wsn_lock *lock);

/* Wakes every thread in wsn_lock_wait() for this lock, which the caller may
 * or may not hold. */
void wsn_lock_notify(struct wsn_lock *lock);

/* In the child of a fork: nobody sleeps here any more. */
void wsn_lock_abandon_all(void);

#endif
