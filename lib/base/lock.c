/*
 * lock.c - where threads sleep; see lock.h.
 *
 * The sleepers of all locks share a few places, chosen by the lock's address.
 * A thread that cannot have a lock marks it "awaited" while it holds the
 * mutex of its place, and sleeps; whoever gives an awaited lock takes that
 * mutex too before it wakes the place, so that no wake-up is lost.  Threads
 * that share a place by chance wake, find their own lock still taken, and
 * sleep again.
 */
#include "base/lock.h"

#include <pthread.h>
#include <stdint.h>

#define PLACES 16

/* A lock is held for tens of nanoseconds: it is worth looking again. */
#define LOOKS_BEFORE_SLEEP 40

#ifdef WSN_DEBUG
_Thread_local unsigned wsn_locks_held;
#endif

struct place {
    pthread_mutex_t mutex;
    pthread_cond_t cond;
};

#define PLACE                                               \
    {                                                       \
        PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER \
    }
#define FOUR_PLACES PLACE, PLACE, PLACE, PLACE

/* Apart from each other: a thread on its way to sleep at the second gives a
 * lock, which may wake a sleeper at the first. */
static struct place for_locks[PLACES] = {FOUR_PLACES, FOUR_PLACES, FOUR_PLACES,
                                         FOUR_PLACES};
static struct place for_news[PLACES] = {FOUR_PLACES, FOUR_PLACES, FOUR_PLACES,
                                        FOUR_PLACES};

static struct place *place_of(struct place *places, const struct wsn_lock *lock)
{
    uintptr_t address = (uintptr_t)lock;

    /* The closest to each other, those of shards, are 64 bytes apart. */
    return &places[(address >> 6 ^ address >> 10) % PLACES];
}

/* The wait of a thread that may be cancelled meanwhile: it must not end with
 * the place's mutex. */
static void sleep_at(struct place *place)
{
    int state;

    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
    (void)pthread_cond_wait(&place->cond, &place->mutex);
    (void)pthread_setcancelstate(state, NULL);
}

static void wake_all(struct place *place)
{
    (void)pthread_mutex_lock(&place->mutex);
    (void)pthread_cond_broadcast(&place->cond);
    (void)pthread_mutex_unlock(&place->mutex);
}

/* Looks for a while whether lock becomes free. */
static void watch(const struct wsn_lock *lock)
{
    for (int i = 0; i < LOOKS_BEFORE_SLEEP; i++)
        if (atomic_load_explicit(&lock->state, memory_order_relaxed) ==
            WSN_LOCK_FREE)
            return;
}

void wsn_lock_take_slowly(struct wsn_lock *lock)
{
    struct place *place = place_of(for_locks, lock);
    unsigned expected = WSN_LOCK_FREE;

    watch(lock);
    if (atomic_compare_exchange_strong_explicit(
            &lock->state, &expected, WSN_LOCK_TAKEN, memory_order_acquire,
            memory_order_relaxed))
        return;
    (void)pthread_mutex_lock(&place->mutex);
    /* Taken as "awaited": there may be other sleepers, who knows. */
    while (atomic_exchange_explicit(&lock->state, WSN_LOCK_AWAITED,
                                    memory_order_acquire) != WSN_LOCK_FREE)
        sleep_at(place);
    (void)pthread_mutex_unlock(&place->mutex);
}

void wsn_lock_wake(struct wsn_lock *lock)
{
    wake_all(place_of(for_locks, lock));
}

void wsn_lock_wait(struct wsn_lock *lock)
{
    struct place *place = place_of(for_news, lock);

    (void)pthread_mutex_lock(&place->mutex);
    wsn_lock_give(lock);
    sleep_at(place);
    (void)pthread_mutex_unlock(&place->mutex);
    wsn_lock_take(lock);
}

void wsn_lock_notify(struct wsn_lock *lock)
{
    wake_all(place_of(for_news, lock));
}

void wsn_lock_abandon_all(void)
{
    for (int i = 0; i < PLACES; i++) {
        (void)pthread_mutex_init(&for_locks[i].mutex, NULL);
        (void)pthread_cond_init(&for_locks[i].cond, NULL);
        (void)pthread_mutex_init(&for_news[i].mutex, NULL);
        (void)pthread_cond_init(&for_news[i].cond, NULL);
    }
}
