/*
 * slot.c - chunks of slots and the list of free ones; see slot.h.
 */
#include "base/slot.h"

#include "base/alloc.h"

#define WAIT_BEFORE_REUSE 1024u

_Atomic(struct wsn_slot *) wsn_slot_chunks[WSN_CHUNKS];

static struct {
    uint32_t handed_out; /* slots that were ever used */
    uint32_t first;
    uint32_t last;
    uint32_t count;
} free_slots;

void wsn_slot_give(uint32_t number)
{
    wsn_slot_at(number)->next = WSN_NO_SLOT;
    if (free_slots.last == WSN_NO_SLOT)
        free_slots.first = number;
    else
        wsn_slot_at(free_slots.last)->next = number;
    free_slots.last = number;
    free_slots.count++;
}

static uint32_t take_used(void)
{
    uint32_t number = free_slots.first;

    free_slots.first = wsn_slot_at(number)->next;
    if (free_slots.first == WSN_NO_SLOT)
        free_slots.last = WSN_NO_SLOT;
    free_slots.count--;
    return number;
}

/* Whether the chunk of slot number is there, made if it is the first of it. */
static bool has_chunk(uint32_t number)
{
    uint32_t k = number >> WSN_CHUNK_BITS;
    struct wsn_slot *chunk;

    if (k >= WSN_CHUNKS)
        return false;
    if (atomic_load_explicit(&wsn_slot_chunks[k], memory_order_relaxed) != NULL)
        return true;
    chunk = wsn_zalloc(sizeof *chunk * WSN_CHUNK_SLOTS);
    if (chunk == NULL)
        return false;
    atomic_store_explicit(&wsn_slot_chunks[k], chunk, memory_order_release);
    return true;
}

/* A slot that was never used, or WSN_NO_SLOT. */
static uint32_t take_fresh(void)
{
    if (!has_chunk(free_slots.handed_out + 1))
        return WSN_NO_SLOT;
    return ++free_slots.handed_out;
}

uint32_t wsn_slot_take(void)
{
    uint32_t number = WSN_NO_SLOT;

    if (free_slots.count < WAIT_BEFORE_REUSE)
        number = take_fresh();
    if (number == WSN_NO_SLOT && free_slots.count > 0)
        number = take_used();
    return number;
}

uint32_t wsn_slot_handed_out(void)
{
    return free_slots.handed_out;
}

void wsn_slot_forget_free(void)
{
    free_slots.first = WSN_NO_SLOT;
    free_slots.last = WSN_NO_SLOT;
    free_slots.count = 0;
}
