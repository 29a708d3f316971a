/*
 * table.c - see table.h.
 */
#include "table.h"

#include <stddef.h>

#include "base/alloc.h"

#define KIND_BITS 2
#if UINTPTR_MAX > 0xffffffff
#define INDEX_BITS 24
#define GENERATION_BITS 24
#else
#define INDEX_BITS 20
#define GENERATION_BITS 9
#endif

#define MASK(bits) (((uint32_t)1 << (bits)) - 1)
#define NO_SLOT UINT32_MAX
#define SLOTS_AT_FIRST 64
/* So many slots rest before one is used again. */
#define SLOTS_AT_REST 32

struct slot {
    void *thing; /* NULL: free */
    uint32_t generation;
    uint32_t next_free;
    enum wc_kind kind;
};

static struct slot *slots;
static uint32_t slots_room;
static uint32_t slots_used; /* slots from here on were never used */
static uint32_t n_free;
static uint32_t first_free = NO_SLOT;
static uint32_t last_free = NO_SLOT;

static uintptr_t handle_of(uint32_t index)
{
    const struct slot *slot = &slots[index];

    /* The index is stored plus one: no handle looks like a small number. */
    return ((uintptr_t)slot->generation << (INDEX_BITS + KIND_BITS)) |
           ((uintptr_t)(index + 1) << KIND_BITS) | (uintptr_t)slot->kind;
}

static struct slot *slot_of(enum wc_kind kind, uintptr_t handle)
{
    uint32_t index = (uint32_t)(handle >> KIND_BITS) & MASK(INDEX_BITS);
    struct slot *slot;

    if (index == 0 || index > slots_used)
        return NULL;
    slot = &slots[index - 1];
    if (slot->thing == NULL || slot->kind != kind ||
        handle_of(index - 1) != handle)
        return NULL;
    return slot;
}

static int grow(void)
{
    uint32_t room = slots_room == 0 ? SLOTS_AT_FIRST : slots_room * 2;
    struct slot *more;

    if (slots_room >= MASK(INDEX_BITS) / 2)
        return -1;
    more = wsn_realloc(slots, room * sizeof *slots);
    if (more == NULL)
        return -1;
    slots = more;
    slots_room = room;
    return 0;
}

static uint32_t fresh_slot(void)
{
    if (slots_used == slots_room && grow() != 0)
        return NO_SLOT;
    slots[slots_used].generation = 1;
    return slots_used++;
}

static uint32_t rested_slot(void)
{
    uint32_t index = first_free;

    if (index == NO_SLOT)
        return NO_SLOT;
    first_free = slots[index].next_free;
    if (first_free == NO_SLOT)
        last_free = NO_SLOT;
    n_free--;
    return index;
}

static uint32_t take_slot(void)
{
    uint32_t index = n_free > SLOTS_AT_REST ? rested_slot() : fresh_slot();

    return index != NO_SLOT ? index : rested_slot();
}

uintptr_t wc_table_add(enum wc_kind kind, void *thing)
{
    uint32_t index = take_slot();

    if (index == NO_SLOT)
        return 0;
    slots[index].thing = thing;
    slots[index].kind = kind;
    return handle_of(index);
}

void *wc_table_find(enum wc_kind kind, uintptr_t handle)
{
    struct slot *slot = slot_of(kind, handle);

    return slot != NULL ? slot->thing : NULL;
}

void *wc_table_remove(enum wc_kind kind, uintptr_t handle)
{
    struct slot *slot = slot_of(kind, handle);
    uint32_t index;
    void *thing;

    if (slot == NULL)
        return NULL;
    index = (uint32_t)(slot - slots);
    thing = slot->thing;
    slot->thing = NULL;
    slot->generation = (slot->generation + 1) & MASK(GENERATION_BITS);
    slot->next_free = NO_SLOT;
    if (last_free == NO_SLOT)
        first_free = index;
    else
        slots[last_free].next_free = index;
    last_free = index;
    n_free++;
    return thing;
}
