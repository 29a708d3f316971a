/*
 * slot.c - chunks of slots and the list of free ones; see slot.h.
 */
#include "base/slot.h"

#include "base/alloc.h"

#define WAIT_BEFORE_REUSE 1024u

_Atomic(struct wsn_slot *) wsn_slot_chunks[WSN_CHUNKS];

static struct {
    uint32_t handed_out; /* slots that were ever used */
    uint32_t count;
    struct wsn_slot *first;
    struct wsn_slot *last;
} free_slots;

void wsn_slot_give(struct wsn_slot *slot)
{
    slot->next = NULL;
    if (free_slots.last == NULL)
        free_slots.first = slot;
    else
        free_slots.last->next = slot;
    free_slots.last = slot;
    free_slots.count++;
}

static struct wsn_slot *take_used(void)
{
    struct wsn_slot *slot = free_slots.first;

    if (slot == NULL)
        return NULL;
    free_slots.first = slot->next;
    if (free_slots.first == NULL)
        free_slots.last = NULL;
    free_slots.count--;
    return slot;
}

static struct wsn_slot *make_chunk(uint32_t k)
{
    struct wsn_slot *chunk = wsn_zalloc(sizeof *chunk * WSN_CHUNK_SLOTS);

    if (chunk == NULL)
        return NULL;
    for (uint32_t i = 0; i < WSN_CHUNK_SLOTS; i++)
        chunk[i].number = (k << WSN_CHUNK_BITS) + i;
    atomic_store_explicit(&wsn_slot_chunks[k], chunk, memory_order_release);
    return chunk;
}

struct wsn_slot *wsn_slot_at(uint32_t number)
{
    struct wsn_slot *chunk = atomic_load_explicit(
        &wsn_slot_chunks[number >> WSN_CHUNK_BITS], memory_order_relaxed);

    return chunk + (number & (WSN_CHUNK_SLOTS - 1));
}

/* A slot that was never used, or NULL.  A chunk is made for its first. */
static struct wsn_slot *take_fresh(void)
{
    uint32_t number = free_slots.handed_out + 1;
    uint32_t k = number >> WSN_CHUNK_BITS;

    if (k >= WSN_CHUNKS)
        return NULL;
    if (atomic_load_explicit(&wsn_slot_chunks[k], memory_order_relaxed) ==
            NULL &&
        make_chunk(k) == NULL)
        return NULL;
    free_slots.handed_out = number;
    return wsn_slot_at(number);
}

struct wsn_slot *wsn_slot_take(void)
{
    struct wsn_slot *slot = NULL;

    if (free_slots.count < WAIT_BEFORE_REUSE)
        slot = take_fresh();
    return slot != NULL ? slot : take_used();
}

uint32_t wsn_slot_handed_out(void)
{
    return free_slots.handed_out;
}

void wsn_slot_forget_free(void)
{
    free_slots.first = NULL;
    free_slots.last = NULL;
    free_slots.count = 0;
}
