/*
 * slot.h - the places in which the objects behind handles stand.
 *
 * A slot's state is one 64-bit word, so that a pin is one compare-and-swap
 * that checks type, generation and liveness at once.  Its upper half, the
 * stamp, is the upper part of the handle as it is:
 *
 *   63      stamp       32  31  30                                  0
 *  +------+---------------+----+-------------------------------------+
 *  | type |  generation   |live|                pins                 |
 *  +------+---------------+----+-------------------------------------+
 *  +------+---------------+---------+
 *  | type |  generation   |  index  |   a handle
 *  +------+---------------+---------+
 *
 * The object pointer is written before the state that makes it live and is
 * read only by holders of a pin.  Slots live in chunks that never move and
 * are never given back.
 *
 * Each chunk belongs to one of a few shards, whose lock guards what is not
 * atomic of its slots: threads that work with objects of different shards do
 * not wait for each other.  Part of base/handle.h; nobody else includes this.
 */
#ifndef WSN_BASE_SLOT_H
#define WSN_BASE_SLOT_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/lock.h"

/* How the parts are packed into the pointer value. */
#if UINTPTR_MAX > 0xffffffffu
#define WSN_SLOT_INDEX_BITS 32
#define WSN_SLOT_GENERATION_BITS 24
#else
#define WSN_SLOT_INDEX_BITS 18
#define WSN_SLOT_GENERATION_BITS 11
#endif
#define WSN_SLOT_INDEX_MASK (((uintptr_t)1 << WSN_SLOT_INDEX_BITS) - 1)
#define WSN_SLOT_GENERATION_MASK \
    (((uintptr_t)1 << WSN_SLOT_GENERATION_BITS) - 1)

#define WSN_PIN_ONE UINT64_C(1)
#define WSN_PIN_MASK ((UINT64_C(1) << 31) - 1)
#define WSN_LIVE (UINT64_C(1) << 31)
#define WSN_STAMP_SHIFT 32

/* Slots come in chunks, small ones, for there are some shards that have one
 * each soon.  A chunk stays with the shard it was made for, also when another
 * has no room.  The directory has room for 16 million slots, or as many as the
 * index can tell apart. */
#define WSN_CHUNK_BITS 7
#define WSN_CHUNK_SLOTS (1u << WSN_CHUNK_BITS)
#define WSN_MOST_SLOTS_BITS \
    (WSN_SLOT_INDEX_BITS < 24 ? WSN_SLOT_INDEX_BITS : 24)
#define WSN_CHUNKS (1u << (WSN_MOST_SLOTS_BITS - WSN_CHUNK_BITS))

#define WSN_SHARDS 8u

struct wsn_slot {
    _Atomic uint64_t state;
    void *object;
    struct wsn_shard *shard; /* this and the number never change */
    uint32_t number;
    /* The rest is guarded by the shard's lock. */
    uint32_t references; /* the application's; sticks at MANY_REFERENCES */
    /* NULL: none, or it is closed; may be asked for without the lock. */
    _Atomic(struct wsn_slot *) owner;
    struct wsn_slot *first_owned;
    struct wsn_slot *next; /* among the owner's objects, or the free slots */
    struct wsn_slot *previous;
};

/* All zero is right: a free lock, no slots. */
struct wsn_shard {
    alignas(64) struct wsn_lock lock; /* shards do not share a cache line */
    uint32_t newest; /* the last slot that was handed out fresh; 0: none */
    uint32_t n_free;
    struct wsn_slot *first_free;
    struct wsn_slot *last_free;
};

extern struct wsn_shard wsn_shards[WSN_SHARDS];

/* The directory of chunks; NULL where there is none yet. */
extern _Atomic(struct wsn_slot *) wsn_slot_chunks[WSN_CHUNKS];

/* The first slot of a chunk; NULL if there are no more. [any] */
static inline struct wsn_slot *wsn_slot_chunk(uint32_t k)
{
    return k == WSN_CHUNKS ? NULL
                           : atomic_load_explicit(&wsn_slot_chunks[k],
                                                  memory_order_acquire);
}

/* ---- numbers and handles ------------------------------------------------ */

/* Numbers start at 1: slot 0 is never used, so never live. */
static inline uint32_t wsn_slot_number(void *handle)
{
    return (uint32_t)((uintptr_t)handle & WSN_SLOT_INDEX_MASK);
}

static inline uint32_t wsn_slot_generation(uint64_t state)
{
    return (uint32_t)(state >> WSN_STAMP_SHIFT & WSN_SLOT_GENERATION_MASK);
}

static inline unsigned wsn_slot_type(uint64_t state)
{
    return (unsigned)(state >> (WSN_STAMP_SHIFT + WSN_SLOT_GENERATION_BITS));
}

static inline uint64_t wsn_slot_state(uint32_t generation, unsigned type)
{
    return ((uint64_t)type << WSN_SLOT_GENERATION_BITS | generation)
           << WSN_STAMP_SHIFT;
}

/* The handle of slot while it is in that state. */
static inline void *wsn_slot_handle(const struct wsn_slot *slot, uint64_t state)
{
    uintptr_t stamp = (uintptr_t)(state >> WSN_STAMP_SHIFT);

    return (void *)(stamp << WSN_SLOT_INDEX_BITS | slot->number);
}

/* The state (without pins) that a live handle of this value must show. */
static inline uint64_t wsn_slot_live_state(void *handle)
{
    uint64_t stamp = (uintptr_t)handle >> WSN_SLOT_INDEX_BITS;

    return stamp << WSN_STAMP_SHIFT | WSN_LIVE;
}

static inline unsigned wsn_slot_handle_type(void *handle)
{
    return (unsigned)((uintptr_t)handle >>
                      (WSN_SLOT_INDEX_BITS + WSN_SLOT_GENERATION_BITS));
}

/* The slot that any value names, or NULL. */
static inline struct wsn_slot *wsn_slot_of(void *handle)
{
    uint32_t number = wsn_slot_number(handle);
    uint32_t k = number >> WSN_CHUNK_BITS;
    struct wsn_slot *chunk;

    if (k >= WSN_CHUNKS)
        return NULL;
    chunk = atomic_load_explicit(&wsn_slot_chunks[k], memory_order_acquire);
    return chunk == NULL ? NULL : chunk + (number & (WSN_CHUNK_SLOTS - 1));
}

/* The slot of a handle that is known to be good. */
static inline struct wsn_slot *wsn_slot_known(void *handle)
{
    uint32_t number = wsn_slot_number(handle);
    struct wsn_slot *chunk = atomic_load_explicit(
        &wsn_slot_chunks[number >> WSN_CHUNK_BITS], memory_order_relaxed);

    return chunk + (number & (WSN_CHUNK_SLOTS - 1));
}

static inline bool wsn_slot_is_live(const struct wsn_slot *slot, void *handle)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    return (state & ~WSN_PIN_MASK) == wsn_slot_live_state(handle);
}

/* ---- free slots ---------------------------------------------------------- */

/* One of the shards, each in turn. [any] */
struct wsn_shard *wsn_shard_next(void);

/* A free slot of shard, or NULL when there is no memory for one.  They are
 * reused in the order they were freed, and not before a thousand of them wait:
 * a second free of a handle must not hit the next object. [lock] */
struct wsn_slot *wsn_slot_take(struct wsn_shard *shard);

/* Gives a slot back to its shard; nobody refers to it any more. [lock] */
void wsn_slot_give(struct wsn_slot *slot);

/* In the child of a fork: the shards have no slots, and their locks are
 * free. */
void wsn_shards_reset(void);

#endif
