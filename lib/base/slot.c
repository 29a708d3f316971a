/*
 * slot.c - chunks of slots and the lists of free ones; see slot.h.
 */
#include "base/slot.h"

#include "base/alloc.h"

#define WAIT_BEFORE_REUSE 1024u

_Atomic(struct wsn_slot *) wsn_slot_chunks[WSN_CHUNKS];
struct wsn_shard wsn_shards[WSN_SHARDS];

static _Atomic unsigned n_turns;

struct wsn_shard *wsn_shard_next(void)
{
    unsigned turn =
        atomic_fetch_add_explicit(&n_turns, 1, memory_order_relaxed);

    return &wsn_shards[turn % WSN_SHARDS];
}

/* ---- chunks ------------------------------------------------------------- */

static void number(struct wsn_slot *chunk, uint32_t k)
{
    for (uint32_t i = 0; i < WSN_CHUNK_SLOTS; i++)
        chunk[i].number = (k << WSN_CHUNK_BITS) + i;
}

/* Puts chunk into the first place from k on that is free, and numbers it.
 * Returns the place, or WSN_CHUNKS if all are taken. */
static uint32_t install(struct wsn_slot *chunk, uint32_t k)
{
    for (; k < WSN_CHUNKS; k++) {
        struct wsn_slot *expected = NULL;

        if (wsn_slot_chunk(k) != NULL)
            continue;
        number(chunk, k);
        if (atomic_compare_exchange_strong_explicit(
                &wsn_slot_chunks[k], &expected, chunk, memory_order_release,
                memory_order_relaxed))
            break;
    }
    return k;
}

static struct wsn_slot *make_chunk(struct wsn_shard *shard)
{
    struct wsn_slot *chunk;

    if (wsn_slot_chunk(WSN_CHUNKS - 1) != NULL)
        return NULL; /* no place */
    chunk = wsn_zalloc(sizeof *chunk * WSN_CHUNK_SLOTS);
    for (uint32_t i = 0; chunk != NULL && i < WSN_CHUNK_SLOTS; i++)
        chunk[i].shard = shard;
    return chunk;
}

/* The number of the first slot of a new chunk, or 0. */
static uint32_t add_chunk(struct wsn_shard *shard)
{
    struct wsn_slot *chunk = make_chunk(shard);
    uint32_t k;

    if (chunk == NULL)
        return 0;
    /* The places before the shard's newest chunk are taken. */
    k = install(chunk, shard->newest >> WSN_CHUNK_BITS);
    if (k == WSN_CHUNKS) {
        wsn_free(chunk);
        return 0;
    }
    return k == 0 ? 1 : k << WSN_CHUNK_BITS; /* slot 0 is never used */
}

/* ---- free slots --------------------------------------------------------- */

void wsn_slot_give(struct wsn_slot *slot)
{
    struct wsn_shard *shard = slot->shard;

    slot->next = NULL;
    if (shard->last_free == NULL)
        shard->first_free = slot;
    else
        shard->last_free->next = slot;
    shard->last_free = slot;
    shard->n_free++;
}

static struct wsn_slot *take_used(struct wsn_shard *shard)
{
    struct wsn_slot *slot = shard->first_free;

    if (slot == NULL)
        return NULL;
    shard->first_free = slot->next;
    if (shard->first_free == NULL)
        shard->last_free = NULL;
    shard->n_free--;
    return slot;
}

/* Whether the newest slot is the last of its chunk, or there is no chunk. */
static bool is_chunk_used_up(const struct wsn_shard *shard)
{
    return shard->newest == 0 || (shard->newest + 1) % WSN_CHUNK_SLOTS == 0;
}

/* A slot that was never used, or NULL. */
static struct wsn_slot *take_fresh(struct wsn_shard *shard)
{
    uint32_t number =
        is_chunk_used_up(shard) ? add_chunk(shard) : shard->newest + 1;

    if (number == 0)
        return NULL;
    shard->newest = number;
    return wsn_slot_chunk(number >> WSN_CHUNK_BITS) + number % WSN_CHUNK_SLOTS;
}

struct wsn_slot *wsn_slot_take(struct wsn_shard *shard)
{
    struct wsn_slot *slot = NULL;

    if (shard->n_free < WAIT_BEFORE_REUSE)
        slot = take_fresh(shard);
    return slot != NULL ? slot : take_used(shard);
}

void wsn_shards_reset(void)
{
    static const struct wsn_shard nothing;

    /* The parent's other threads do not exist here: one may have held the
     * lock when it forked. */
    for (size_t i = 0; i < WSN_SHARDS; i++)
        wsn_shards[i] = nothing;
}
