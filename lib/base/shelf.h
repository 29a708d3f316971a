/*
 * shelf.h - some of the chunks, by the length of their blocks.
 *
 * Of each length a shelf has one current chunk, from which blocks are taken
 * until it is full.  A chunk that is not current is full or is in a list, and
 * one that becomes empty is freed: so at most the current one is empty.  Part
 * of base/slab.h; nobody else includes this.  A shelf's lock guards all of it,
 * and its chunks.
 */
#ifndef WSN_BASE_SHELF_H
#define WSN_BASE_SHELF_H

#include <stdalign.h>

#include "base/chunk.h"
#include "base/lock.h"

#define WSN_SHELF_LENGTHS 8u
#define WSN_SHELF_MOST_UNITS 16u

#define WSN_SHELF_BITS 4
#define WSN_SHELVES (1u << WSN_SHELF_BITS)

/* All zero is right: a free lock, no chunks. */
struct wsn_shelf {
    alignas(64) struct wsn_lock lock; /* shelves do not share a cache line */
    struct wsn_chunk *current[WSN_SHELF_LENGTHS];
    struct wsn_list with_room[WSN_SHELF_LENGTHS]; /* zero: never used */
};

extern struct wsn_shelf wsn_shelves[WSN_SHELVES];

/* The number of the length that so many units need. */
extern const uint8_t wsn_shelf_length_for[WSN_SHELF_MOST_UNITS + 1];

/* Finds a chunk with a free block, which is then the current one; NULL
 * without memory.  For when the current one has few or there is none. [lock] */
struct wsn_chunk *wsn_shelf_refill(struct wsn_shelf *shelf, unsigned length);

/* To be called when a block was given back to a chunk that is not current.
 * Returns the chunk if the caller is to free it. [lock] */
struct wsn_chunk *wsn_shelf_settle(struct wsn_shelf *shelf,
                                   struct wsn_chunk *chunk);

/* Takes a chunk out, whatever is in use of it. [lock] */
void wsn_shelf_take_out(struct wsn_shelf *shelf, struct wsn_chunk *chunk);

#endif
