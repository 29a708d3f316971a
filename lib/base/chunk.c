/*
 * chunk.c - making chunks, finding them, and cutting blocks; see chunk.h.
 */
#include "base/chunk.h"

#include "base/alloc.h"
#include "base/poison.h"

/* The rest is for malloc's own, so that chunks can lie side by side. */
#define USED_BYTES (WSN_CHUNK_BYTES - 64)

/* A chunk is in one of so many places. */
#define REACH 8u

/* How many blocks are free at least before one is used again, and how many
 * are cut at a time. */
#define RESTING 16u

struct wsn_chunk_place wsn_chunk_places[WSN_CHUNK_PLACES];

static atomic_bool is_crowded; /* a chunk found no place */

/* ---- places ------------------------------------------------------------- */

static struct wsn_chunk_place *place_at(uintptr_t base, size_t i)
{
    size_t home = (size_t)(wsn_chunk_home(base) - wsn_chunk_places);

    return &wsn_chunk_places[(home + i) % WSN_CHUNK_PLACES];
}

struct wsn_chunk_place *wsn_chunk_find_far(uintptr_t base, uintptr_t *ret_key)
{
    for (size_t i = 1; i < REACH; i++) {
        struct wsn_chunk_place *place = place_at(base, i);
        uintptr_t key = wsn_chunk_key(place);

        if (key != 0 && wsn_chunk_base(key) == base) {
            *ret_key = key;
            return place;
        }
    }
    return NULL;
}

/* Who finds the key waits for the lock of the shelf, which the caller holds,
 * before reading the rest. */
static bool enter(struct wsn_chunk *chunk, size_t shelf)
{
    uintptr_t base = (uintptr_t)chunk->bytes;

    for (size_t i = 0; i < REACH; i++) {
        struct wsn_chunk_place *place = place_at(base, i);
        uintptr_t expected = 0;

        if (atomic_compare_exchange_strong(&place->key, &expected,
                                           base | (shelf + 1))) {
            place->chunk = chunk;
            chunk->place = place;
            return true;
        }
    }
    return false;
}

/* ---- chunks ------------------------------------------------------------- */

void wsn_chunk_free(struct wsn_chunk *chunk)
{
    wsn_unpoison(chunk->bytes, USED_BYTES);
    wsn_free(chunk->bytes);
    wsn_free(chunk);
}

void wsn_chunk_cut(struct wsn_chunk *chunk)
{
    for (unsigned i = 0; i < RESTING && chunk->n_cut < chunk->n_blocks; i++) {
        unsigned unit = (unsigned)chunk->n_cut * chunk->units;

        chunk->ring[chunk->end & chunk->ring_mask] = (uint16_t)unit;
        chunk->end++;
        chunk->n_cut++;
    }
    if (chunk->n_cut == chunk->n_blocks)
        chunk->low = 0;
}

/* What a ring of a power of two needs. */
static size_t ring_for(size_t n)
{
    size_t size = 1;

    while (size < n)
        size *= 2;
    return size;
}

static struct wsn_chunk *make(unsigned units)
{
    size_t n_blocks = USED_BYTES / WSN_CHUNK_UNIT_BYTES / units;
    size_t ring = ring_for(n_blocks);
    struct wsn_chunk *chunk =
        wsn_zalloc(sizeof *chunk + ring * sizeof chunk->ring[0]);

    if (chunk == NULL)
        return NULL;
    chunk->bytes = wsn_alloc_aligned(WSN_CHUNK_BYTES, USED_BYTES);
    if (chunk->bytes == NULL) {
        wsn_free(chunk);
        return NULL;
    }
    wsn_poison(chunk->bytes, USED_BYTES);
    chunk->units = (uint16_t)units;
    chunk->n_blocks = (uint16_t)n_blocks;
    chunk->ring_mask = (uint32_t)(ring - 1);
    chunk->low = RESTING;
    wsn_list_init(&chunk->link);
    wsn_chunk_cut(chunk);
    return chunk;
}

struct wsn_chunk *wsn_chunk_new(size_t shelf, unsigned units)
{
    struct wsn_chunk *chunk;

    if (atomic_load_explicit(&is_crowded, memory_order_relaxed))
        return NULL;
    chunk = make(units);
    if (chunk == NULL)
        return NULL;
    if (enter(chunk, shelf))
        return chunk;
    /* Until another has gone: or every block would try in vain. */
    atomic_store(&is_crowded, true);
    wsn_chunk_free(chunk);
    return NULL;
}

void wsn_chunk_take_out(struct wsn_chunk *chunk)
{
    wsn_list_remove(&chunk->link);
    chunk->place->chunk = NULL;
    atomic_store(&chunk->place->key, 0);
    atomic_store(&is_crowded, false);
}

void wsn_chunk_abandon(size_t shelf)
{
    for (size_t i = 0; i < WSN_CHUNK_PLACES; i++) {
        uintptr_t key = wsn_chunk_key(&wsn_chunk_places[i]);

        if (key != 0 && wsn_chunk_shelf(key, wsn_chunk_base(key)) == shelf)
            atomic_init(&wsn_chunk_places[i].key, 0);
    }
}

void wsn_chunk_abandon_all(void)
{
    for (size_t i = 0; i < WSN_CHUNK_PLACES; i++)
        atomic_init(&wsn_chunk_places[i].key, 0);
    atomic_init(&is_crowded, false);
}
