/*
 * slab.h - small blocks of memory that are recognised by their address.
 *
 * For memory handed to the application, which gives back what it likes: an
 * address that is not the start of a block in use is refused without being
 * looked at.  What is known about a block is kept elsewhere, so that nothing
 * the application writes can change it.
 *
 * Blocks are cut from chunks of one size and alignment, each for blocks of
 * one length; so a chunk is found by the upper bits of an address, in a small
 * table.  Each thread takes from a shelf of its own, with a lock of its own,
 * and gives back to the shelf a block is from.  An empty chunk is freed unless
 * blocks are being taken from it.
 *
 * Taking and giving back are made here, because each variable an application
 * reads needs them once or twice.
 */
#ifndef WSN_BASE_SLAB_H
#define WSN_BASE_SLAB_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/chunk.h"
#include "base/lock.h"
#include "base/poison.h"
#include "base/shelf.h"

/* No block is larger. */
#define WSN_SLAB_MOST_BYTES 256u

/* ---- taking ------------------------------------------------------------- */

/* Each thread has one, and few share it. */
static inline struct wsn_shelf *wsn_slab_own_shelf(void)
{
    return &wsn_shelves[wsn_chunk_hash((uintptr_t)pthread_self(),
                                       WSN_SHELF_BITS)];
}

/* A block, or NULL; the lock of the shelf is held. */
static inline void *wsn_slab_take_from(struct wsn_shelf *shelf, unsigned length)
{
    struct wsn_chunk *chunk = shelf->current[length];

    if (chunk == NULL || wsn_chunk_n_free(chunk) <= chunk->low)
        chunk = wsn_shelf_refill(shelf, length);
    return chunk != NULL ? wsn_chunk_take(chunk) : NULL;
}

/* Puts the len bytes at start into a new block, and zeros up to size. */
static inline void wsn_slab_fill(void *block, const void *start, size_t len,
                                 size_t size)
{
    if (len != 0)
        memcpy(block, start, len);
    if (len != size)
        memset((unsigned char *)block + len, 0, size - len);
}

/*
 * A block of at least size bytes, filled so, aligned for any object.  NULL when
 * size is too large, memory is short, or there are very many blocks already:
 * malloc may still do. [any]
 *
 * It is filled under the lock: once that is free, another thread may give
 * all blocks back.
 */
static inline void *wsn_slab_take(const void *start, size_t len, size_t size)
{
    struct wsn_shelf *shelf = wsn_slab_own_shelf();
    size_t units = (size + WSN_POISON_GAP_BYTES + WSN_CHUNK_UNIT_BYTES - 1) /
                   WSN_CHUNK_UNIT_BYTES;
    void *block;

    if (units > WSN_SHELF_MOST_UNITS)
        return NULL;
    wsn_lock_take(&shelf->lock);
    block = wsn_slab_take_from(shelf, wsn_shelf_length_for[units]);
    if (block != NULL) {
        wsn_unpoison(block, size);
        wsn_slab_fill(block, start, len, size);
    }
    wsn_lock_give(&shelf->lock);
    return block;
}

/* ---- giving back -------------------------------------------------------- */

/* Gives back the block at offset, and perhaps its chunk; the lock of the shelf
 * is held. */
static inline bool wsn_slab_give_to(struct wsn_shelf *shelf,
                                    struct wsn_chunk *chunk, size_t offset,
                                    struct wsn_chunk **ret_surplus)
{
    if (!wsn_chunk_give(chunk, offset))
        return false;
    wsn_poison(chunk->bytes + offset,
               (size_t)chunk->units * WSN_CHUNK_UNIT_BYTES);
    if (!chunk->is_current)
        *ret_surplus = wsn_shelf_settle(shelf, chunk);
    return true;
}

/* The same, if the chunk with that key is still in its place. */
static inline bool wsn_slab_give_at(struct wsn_chunk_place *place,
                                    uintptr_t key, uintptr_t address)
{
    uintptr_t base = wsn_chunk_base(address);
    struct wsn_shelf *shelf = &wsn_shelves[wsn_chunk_shelf(key, base)];
    struct wsn_chunk *surplus = NULL;
    bool is_ours;

    wsn_lock_take(&shelf->lock);
    is_ours = wsn_chunk_key(place) == key &&
              wsn_slab_give_to(shelf, place->chunk, address - base, &surplus);
    wsn_lock_give(&shelf->lock);
    if (surplus != NULL)
        wsn_chunk_free(surplus);
    return is_ours;
}

/* For wsn_slab_give(), when the chunk is not in its first place. */
bool wsn_slab_give_far(uintptr_t address);

/* Gives block back.  False, and nothing touched, for any address that is not
 * the start of a block in use. [any] */
static inline bool wsn_slab_give(void *block)
{
    uintptr_t address = (uintptr_t)block;
    struct wsn_chunk_place *place = wsn_chunk_home(address);
    uintptr_t key = wsn_chunk_key(place);

    return wsn_chunk_shelf(key, wsn_chunk_base(address)) < WSN_SHELVES
               ? wsn_slab_give_at(place, key, address)
               : wsn_slab_give_far(address);
}

/* ---- all of them -------------------------------------------------------- */

/* Gives every block back, and returns how many were in use. [any] */
size_t wsn_slab_give_all(void);

/* Number of blocks in use. [any] */
size_t wsn_slab_count(void);

/* In the child of a fork: forgets all blocks; their memory is lost. */
void wsn_slab_abandon_all(void);

/* The same, but only of shelves that another thread was busy with. */
void wsn_slab_abandon_held(void);

#endif
