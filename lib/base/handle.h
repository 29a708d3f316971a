/*
 * handle.h - the table behind every handle the application holds.
 *
 * A handle is {type, generation, index} packed into a pointer value: never
 * NULL, never a small number, never an address.  Applications pass stale,
 * freed, wrong-kind and uninitialised handles, so each use is checked against
 * the slot before any memory behind it is touched.
 *
 * Every object has two counts.  Application references are what the program
 * must free: one from the creating call, one more for each delivery.  Pins
 * are what the library holds while it works with the object (a call in
 * progress, a request in flight).  The object is destroyed when both are
 * zero.  An object whose last application reference is gone but which is
 * still pinned keeps its slot, so that a delivery can revive the very same
 * handle value.
 *
 * Pinning and unpinning are lock-free, and made here: a message needs a dozen
 * of each.  Nearly all else briefly takes the lock of a shard of the table: a
 * session and what it owns are in one shard, the next session is in another. So
 * threads with sessions of their own seldom meet.  Destroy functions run
 * without a lock.  The table is never given back: a stale handle stays invalid
 * across SnmpCleanup and SnmpStartup.
 */
#ifndef WSN_BASE_HANDLE_H
#define WSN_BASE_HANDLE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/slot.h"

/* Types are 1 .. WSN_HANDLE_TYPES - 1; 0 is no type. */
#define WSN_HANDLE_TYPES 7

typedef void (*wsn_handle_destroy_fn)(void *object);

/* Says how objects of type are destroyed; called before the first publish.
 * [any] */
void wsn_handle_set_type(unsigned type, wsn_handle_destroy_fn destroy);

/* The object behind handle, pinned, or NULL when handle is not a live handle
 * of that type.  Balance with wsn_handle_unpin(). [any] */
static inline void *wsn_handle_pin(void *handle, unsigned type)
{
    struct wsn_slot *slot = wsn_slot_of(handle);
    uint64_t wanted = wsn_slot_live_state(handle);
    uint64_t state;

    if (slot == NULL || wsn_slot_handle_type(handle) != type)
        return NULL;
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    do {
        if ((state & ~WSN_PIN_MASK) != wanted)
            return NULL;
    } while (!atomic_compare_exchange_weak_explicit(
        &slot->state, &state, state + WSN_PIN_ONE, memory_order_acquire,
        memory_order_relaxed));
    return slot->object;
}

/* Another pin for a handle that the caller has pinned already; NULL is
 * allowed and does nothing. [any, lock] */
static inline void wsn_handle_pin_again(void *handle)
{
    if (handle != NULL)
        (void)atomic_fetch_add_explicit(&wsn_slot_known(handle)->state,
                                        WSN_PIN_ONE, memory_order_relaxed);
}

/* What the last unpin of a dead object does: for wsn_handle_unpin() only. */
void wsn_handle_end_dead(struct wsn_slot *slot);

/* Gives a pin back; the last one of a dead object destroys it.  NULL is
 * allowed and does nothing. [any] */
static inline void wsn_handle_unpin(void *handle)
{
    struct wsn_slot *slot;
    uint64_t before;

    if (handle == NULL)
        return;
    slot = wsn_slot_known(handle);
    before = atomic_fetch_sub_explicit(&slot->state, WSN_PIN_ONE,
                                       memory_order_acq_rel);
    assert((before & WSN_PIN_MASK) != 0);
    if ((before & (WSN_LIVE | WSN_PIN_MASK)) == WSN_PIN_ONE)
        wsn_handle_end_dead(slot);
}

/* The object behind a handle that the caller has pinned. [any, lock] */
static inline void *wsn_handle_object(void *handle)
{
    return wsn_slot_known(handle)->object;
}

enum wsn_publish_result {
    WSN_PUBLISHED,
    WSN_PUBLISH_NO_MEMORY,
    WSN_PUBLISH_OWNER_GONE, /* the owner's handle died meanwhile */
    WSN_PUBLISH_ORPHAN      /* a handle to deliver again has lost its owner */
};

/*
 * One handle to hand to the application: either a new one for object
 * (again == NULL), or one more application reference to again, which the
 * caller has pinned.
 */
struct wsn_publish {
    void *again;
    unsigned type;
    void *object;
    void *handle; /* out: what to give to the application */
};

/*
 * Publishes all n items or none.  The new objects are owned by the object
 * behind owner (NULL: by nobody), and on success the table owns them.
 *
 * WSN_PUBLISH_ORPHAN: the owner of at least one "again" is closed; such items
 * have handle == NULL afterwards, the others handle == again; publish a copy
 * instead.  If it is closed a moment later, the handle dies in the
 * application's hands as all of that owner's do. [any]
 */
enum wsn_publish_result wsn_handle_publish(void *owner,
                                           struct wsn_publish *items, size_t n);

/* The same for one new object, as most are; ret_handle is written on success
 * only. [any] */
enum wsn_publish_result wsn_handle_publish_new(unsigned type, void *object,
                                               void *owner, void **ret_handle);

/* Drops one application reference; the last makes the handle invalid.  False
 * when handle is not a live handle of that type. [any] */
bool wsn_handle_release(void *handle, unsigned type);

/* Makes the handle invalid whatever references the application has.  True for
 * exactly one caller. [any] */
bool wsn_handle_kill(void *handle, unsigned type);

/* Kills every object owned by the object behind owner (pinned by the caller,
 * killed before): pinned ones die with their last pin. [any] */
void wsn_handle_sweep(void *owner);

/* The owner of an object of any type that is live, or pinned by the caller;
 * NULL when it has none, or no longer. [any] */
void *wsn_handle_owner(void *handle);

/* Number of objects of type, or of any, that exist, live or pinned: counted one
 * by one, shard after shard, for tests. [any] */
#define WSN_ANY_TYPE 0U
size_t wsn_handle_count(unsigned type);

/* In the child of a fork: forgets all objects (their memory is lost) and makes
 * every handle of the parent invalid.  What the forking thread has pinned it
 * may unpin as ever. */
void wsn_handle_abandon_all(void);

#endif
