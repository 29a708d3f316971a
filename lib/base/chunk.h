/*
 * chunk.h - the memory that small blocks are cut from.
 *
 * A chunk is of one size and alignment, and all its blocks are of one length.
 * What is known about it is kept outside of it:
 *
 *   is_begun   for each unit of 16 bytes, whether a block in use begins there
 *   ring       the free blocks, in the order in which they will be used
 *
 * Blocks enter the ring when they are cut, some at a time, and when they were
 * given back.  As long as the chunk is not nearly full, a few others are used
 * before a block is used again: a program that gives it back twice, which is
 * mostly done soon, is told so and does not free what it was given since.  More
 * than these few are not cut without need, for what is used again should still
 * be in the processor's cache.
 *
 * A chunk is found by its address in a table of places.  Part of base/slab.h,
 * whose shelves guard their chunks; nobody else includes this.
 */
#ifndef WSN_BASE_CHUNK_H
#define WSN_BASE_CHUNK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/list.h"

#define WSN_CHUNK_SIZE_BITS 15
#define WSN_CHUNK_BYTES ((size_t)1 << WSN_CHUNK_SIZE_BITS)

/* Blocks begin at multiples of this, which do for any object. */
#define WSN_CHUNK_UNIT_BYTES 16u
#define WSN_CHUNK_UNITS (WSN_CHUNK_BYTES / WSN_CHUNK_UNIT_BYTES)

#define WSN_CHUNK_PLACE_BITS 10
#define WSN_CHUNK_PLACES (1u << WSN_CHUNK_PLACE_BITS)

/* Numbers of blocks are those of their first unit. */
struct wsn_chunk {
    unsigned char *bytes;
    uint32_t first; /* in the ring; this and end only grow, and wrap */
    uint32_t end;
    uint32_t ring_mask;
    uint32_t low;    /* with so few free blocks, or less, look for more */
    bool is_current; /* blocks are taken from here */
    uint8_t length;  /* which one, for the shelf */
    uint16_t units;  /* of each block */
    uint16_t n_blocks;
    uint16_t n_cut;
    struct wsn_chunk_place *place;
    struct wsn_list link; /* among those with room that are not current */
    uint8_t is_begun[WSN_CHUNK_UNITS];
    uint16_t ring[];
};

/*
 * A chunk's address, with the number of its shelf, counted from 1, in the
 * low bits.  It is read without a lock, to know which shelf's lock guards the
 * rest, and once more under that lock.
 */
struct wsn_chunk_place {
    _Atomic uintptr_t key; /* 0: free */
    struct wsn_chunk *chunk;
};

extern struct wsn_chunk_place wsn_chunk_places[WSN_CHUNK_PLACES];

/* ---- places ------------------------------------------------------------- */

/* Fibonacci hashing: spreads numbers that differ in few bits. */
static inline size_t wsn_chunk_hash(uintptr_t number, int bits)
{
    return (size_t)(number * UINT64_C(0x9e3779b97f4a7c15) >> (64 - bits));
}

static inline uintptr_t wsn_chunk_base(uintptr_t address)
{
    return address & ~(uintptr_t)(WSN_CHUNK_BYTES - 1);
}

/* Where to look first for the chunk of address. */
static inline struct wsn_chunk_place *wsn_chunk_home(uintptr_t address)
{
    return &wsn_chunk_places[wsn_chunk_hash(address >> WSN_CHUNK_SIZE_BITS,
                                            WSN_CHUNK_PLACE_BITS)];
}

static inline uintptr_t wsn_chunk_key(const struct wsn_chunk_place *place)
{
    return atomic_load_explicit(&place->key, memory_order_relaxed);
}

/* The shelf that key tells, counted from 0; a large number if key is not that
 * of the chunk at base. */
static inline size_t wsn_chunk_shelf(uintptr_t key, uintptr_t base)
{
    return (key ^ base) - 1;
}

/* Looks for the chunk at base elsewhere; NULL if there is none. */
struct wsn_chunk_place *wsn_chunk_find_far(uintptr_t base, uintptr_t *ret_key);

/* ---- chunks ------------------------------------------------------------- */

/* A chunk in its place, some blocks cut; NULL without memory or place.  The
 * lock of the shelf is held. */
struct wsn_chunk *wsn_chunk_new(size_t shelf, unsigned units);

/* Takes chunk out of its place; the lock of its shelf is held. */
void wsn_chunk_take_out(struct wsn_chunk *chunk);

/* Frees a chunk without a place. */
void wsn_chunk_free(struct wsn_chunk *chunk);

/* In the child of a fork: all places are free, or those of one shelf. */
void wsn_chunk_abandon_all(void);
void wsn_chunk_abandon(size_t shelf);

/* Cuts some more blocks, if there are any left to cut. */
void wsn_chunk_cut(struct wsn_chunk *chunk);

static inline uint32_t wsn_chunk_n_free(const struct wsn_chunk *chunk)
{
    return chunk->end - chunk->first;
}

static inline uint32_t wsn_chunk_n_used(const struct wsn_chunk *chunk)
{
    return chunk->n_cut - wsn_chunk_n_free(chunk);
}

/* ---- blocks ------------------------------------------------------------- */

/* Takes a block; there is one. */
static inline void *wsn_chunk_take(struct wsn_chunk *chunk)
{
    size_t unit = chunk->ring[chunk->first & chunk->ring_mask];

    chunk->first++;
    chunk->is_begun[unit] = true;
    return chunk->bytes + unit * WSN_CHUNK_UNIT_BYTES;
}

/* Gives the block back that begins at offset; false if none in use does. */
static inline bool wsn_chunk_give(struct wsn_chunk *chunk, size_t offset)
{
    size_t unit = offset / WSN_CHUNK_UNIT_BYTES;

    if (offset % WSN_CHUNK_UNIT_BYTES != 0 || !chunk->is_begun[unit])
        return false;
    chunk->is_begun[unit] = false;
    chunk->ring[chunk->end & chunk->ring_mask] = (uint16_t)unit;
    chunk->end++;
    return true;
}

#endif
