/*
 * handle.c - slots, generations and the two counts; see handle.h.
 *
 * A slot's state is one 64-bit word, so that a pin is one compare-and-swap
 * that checks generation, type and liveness at once:
 *
 *   63        40 39    36  35  34                                   0
 *  +------------+--------+----+--------------------------------------+
 *  | generation |  type  |live|                 pins                 |
 *  +------------+--------+----+--------------------------------------+
 *
 * The object pointer is written before the state that makes it live and is
 * read only by holders of a pin.  Slots live in chunks that never move and
 * are never given back.  Free slots are reused in the order they were freed,
 * and not before a thousand of them wait: a second free of a handle must not
 * hit the next object.
 */
#include "base/handle.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/lock.h"

/* How the parts are packed into the pointer value. */
#if UINTPTR_MAX > 0xffffffffu
#define INDEX_BITS 32
#define GENERATION_BITS 24
#else
#define INDEX_BITS 18
#define GENERATION_BITS 11
#endif
#define INDEX_MASK (((uintptr_t)1 << INDEX_BITS) - 1)
#define GENERATION_MASK (((uintptr_t)1 << GENERATION_BITS) - 1)

#define PIN_ONE UINT64_C(1)
#define PIN_MASK ((UINT64_C(1) << 35) - 1)
#define LIVE (UINT64_C(1) << 35)
#define TYPE_SHIFT 36
#define STATE_GENERATION_SHIFT 40

/* Slots come in chunks; the directory has room for as many as there may be
 * handles at a time (16 million, or what the index can tell apart). */
#define CHUNK_BITS 9
#define CHUNK_SLOTS (1u << CHUNK_BITS)
#define MOST_SLOTS_BITS (INDEX_BITS < 24 ? INDEX_BITS : 24)
#define CHUNKS (1u << (MOST_SLOTS_BITS - CHUNK_BITS))
#define WAIT_BEFORE_REUSE 1024u

#define NO_SLOT 0u /* numbers start at 1; slot 0 is never used */
#define MANY_REFERENCES UINT32_MAX

struct slot {
    _Atomic uint64_t state;
    void *object;
    /* The rest is guarded by the table's lock. */
    uint32_t references; /* the application's; sticks at MANY_REFERENCES */
    uint32_t owner;      /* slot number; NO_SLOT: none, or it is closed */
    uint32_t first_owned;
    uint32_t next; /* among the owner's objects, or among the free slots */
    uint32_t previous;
};

static struct table {
    struct wsn_lock lock;
    _Atomic(struct slot *) chunk[CHUNKS];
    uint32_t handed_out; /* slots that were ever used */
    uint32_t free_first;
    uint32_t free_last;
    uint32_t free_count;
    wsn_handle_destroy_fn destroy[WSN_HANDLE_TYPES];
    size_t count[WSN_HANDLE_TYPES];
} table = {.lock = WSN_LOCK_INITIALIZER};

/* ---- numbers and handles ------------------------------------------------ */

static struct slot *slot_at(uint32_t number)
{
    uint32_t k = number >> CHUNK_BITS;
    struct slot *chunk;

    if (k >= CHUNKS)
        return NULL;
    chunk = atomic_load_explicit(&table.chunk[k], memory_order_acquire);
    return chunk == NULL ? NULL : chunk + (number & (CHUNK_SLOTS - 1));
}

static uint32_t number_of(void *handle)
{
    return (uint32_t)((uintptr_t)handle & INDEX_MASK);
}

static uint32_t generation_of_state(uint64_t state)
{
    return (uint32_t)(state >> STATE_GENERATION_SHIFT);
}

static unsigned type_of_state(uint64_t state)
{
    return (unsigned)(state >> TYPE_SHIFT) & 0xf;
}

static uint64_t state_of(uint32_t generation, unsigned type)
{
    return (uint64_t)generation << STATE_GENERATION_SHIFT |
           (uint64_t)type << TYPE_SHIFT;
}

static void *handle_of(uint32_t number, uint64_t state)
{
    uintptr_t value = number;

    value |= (uintptr_t)generation_of_state(state) << INDEX_BITS;
    value |= (uintptr_t)type_of_state(state) << (INDEX_BITS + GENERATION_BITS);
    return (void *)value;
}

/* The state (without pins) that a live handle of this value must show. */
static uint64_t live_state_of(void *handle)
{
    uintptr_t value = (uintptr_t)handle;
    uint32_t generation =
        (uint32_t)((value >> INDEX_BITS) & GENERATION_MASK);
    unsigned type = (unsigned)(value >> (INDEX_BITS + GENERATION_BITS));

    return state_of(generation, type) | LIVE;
}

static unsigned type_of(void *handle)
{
    return (unsigned)((uintptr_t)handle >> (INDEX_BITS + GENERATION_BITS));
}

static struct slot *slot_of(void *handle)
{
    uint32_t number = number_of(handle);

    return number == NO_SLOT ? NULL : slot_at(number);
}

static bool is_live(const struct slot *slot, void *handle)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    return (state & ~PIN_MASK) == live_state_of(handle);
}

/* The slot of a live handle of that type, or NULL. */
static struct slot *live_slot_of(void *handle, unsigned type)
{
    struct slot *slot;

    if (type_of(handle) != type || type >= WSN_HANDLE_TYPES)
        return NULL;
    slot = slot_of(handle);
    return slot != NULL && is_live(slot, handle) ? slot : NULL;
}

/* ---- free slots (table's lock held) ------------------------------------- */

static void put_into_free_list(uint32_t number, struct slot *slot)
{
    slot->next = NO_SLOT;
    if (table.free_last == NO_SLOT)
        table.free_first = number;
    else
        slot_at(table.free_last)->next = number;
    table.free_last = number;
    table.free_count++;
}

static uint32_t take_from_free_list(void)
{
    uint32_t number = table.free_first;

    table.free_first = slot_at(number)->next;
    if (table.free_first == NO_SLOT)
        table.free_last = NO_SLOT;
    table.free_count--;
    return number;
}

/* The chunk of slot number, made if it is the first of it. */
static bool has_chunk(uint32_t number)
{
    uint32_t k = number >> CHUNK_BITS;
    struct slot *chunk;

    if (k >= CHUNKS)
        return false;
    if (atomic_load_explicit(&table.chunk[k], memory_order_relaxed) != NULL)
        return true;
    chunk = wsn_zalloc(sizeof *chunk * CHUNK_SLOTS);
    if (chunk == NULL)
        return false;
    atomic_store_explicit(&table.chunk[k], chunk, memory_order_release);
    return true;
}

/* A slot that was never used, or NO_SLOT. */
static uint32_t take_fresh_slot(void)
{
    if (!has_chunk(table.handed_out + 1))
        return NO_SLOT;
    return ++table.handed_out;
}

static uint32_t take_slot(void)
{
    uint32_t number = NO_SLOT;

    if (table.free_count < WAIT_BEFORE_REUSE)
        number = take_fresh_slot();
    if (number == NO_SLOT && table.free_count > 0)
        number = take_from_free_list();
    return number;
}

/* ---- owners (table's lock held) ----------------------------------------- */

static void link_to_owner(uint32_t number, struct slot *slot, uint32_t owner)
{
    slot->owner = owner;
    slot->previous = NO_SLOT;
    slot->next = NO_SLOT;
    if (owner == NO_SLOT)
        return;
    slot->next = slot_at(owner)->first_owned;
    if (slot->next != NO_SLOT)
        slot_at(slot->next)->previous = number;
    slot_at(owner)->first_owned = number;
}

static void unlink_from_owner(struct slot *slot)
{
    if (slot->owner == NO_SLOT)
        return;
    if (slot->previous != NO_SLOT)
        slot_at(slot->previous)->next = slot->next;
    else
        slot_at(slot->owner)->first_owned = slot->next;
    if (slot->next != NO_SLOT)
        slot_at(slot->next)->previous = slot->previous;
    slot->owner = NO_SLOT;
}

/* ---- death (table's lock held) ------------------------------------------ */

/* What is left to destroy once the lock is free. */
struct corpse {
    unsigned type;
    void *object;
};

static struct corpse bury(uint32_t number, struct slot *slot)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    struct corpse corpse = {type_of_state(state), slot->object};
    uint32_t generation =
        (generation_of_state(state) + 1) & (uint32_t)GENERATION_MASK;

    unlink_from_owner(slot);
    slot->object = NULL;
    /* Generation 0 never is: it would make small handle values. */
    atomic_store_explicit(&slot->state,
                          state_of(generation != 0 ? generation : 1, 0),
                          memory_order_release);
    put_into_free_list(number, slot);
    table.count[corpse.type]--;
    return corpse;
}

/* Clears "live"; true when nobody pins the object, so that it is to be
 * buried now. */
static bool end_life(struct slot *slot)
{
    uint64_t before = atomic_fetch_and(&slot->state, ~LIVE);

    slot->references = 0;
    return (before & PIN_MASK) == 0;
}

static void destroy(struct corpse corpse)
{
    if (corpse.object != NULL)
        table.destroy[corpse.type](corpse.object);
}

/* ---- the interface ------------------------------------------------------ */

void wsn_handle_set_type(unsigned type, wsn_handle_destroy_fn fn)
{
    assert(type > 0 && type < WSN_HANDLE_TYPES);
    wsn_lock_take(&table.lock);
    table.destroy[type] = fn;
    wsn_lock_give(&table.lock);
}

void *wsn_handle_pin(void *handle, unsigned type)
{
    struct slot *slot;
    uint64_t wanted;
    uint64_t state;

    if (type_of(handle) != type)
        return NULL;
    slot = slot_of(handle);
    if (slot == NULL)
        return NULL;
    wanted = live_state_of(handle);
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    do {
        if ((state & ~PIN_MASK) != wanted)
            return NULL;
    } while (!atomic_compare_exchange_weak_explicit(
        &slot->state, &state, state + PIN_ONE, memory_order_acquire,
        memory_order_relaxed));
    return slot->object;
}

void wsn_handle_pin_again(void *handle)
{
    if (handle != NULL)
        (void)atomic_fetch_add_explicit(&slot_of(handle)->state, PIN_ONE,
                                        memory_order_relaxed);
}

void wsn_handle_unpin(void *handle)
{
    struct corpse corpse;
    struct slot *slot;
    uint64_t before;

    if (handle == NULL)
        return;
    slot = slot_of(handle);
    before = atomic_fetch_sub_explicit(&slot->state, PIN_ONE,
                                       memory_order_acq_rel);
    assert((before & PIN_MASK) != 0);
    if ((before & (LIVE | PIN_MASK)) != PIN_ONE)
        return;
    wsn_lock_take(&table.lock);
    corpse = bury(number_of(handle), slot);
    wsn_lock_give(&table.lock);
    destroy(corpse);
}

void *wsn_handle_object(void *handle)
{
    return slot_of(handle)->object;
}

static bool owner_is_gone(const struct wsn_publish *item)
{
    struct slot *slot;

    if (item->owner == NULL)
        return false;
    slot = slot_of(item->owner);
    return slot == NULL || !is_live(slot, item->owner);
}

/* Takes a slot for a new object; its handle is not valid yet. */
static bool prepare(struct wsn_publish *item)
{
    uint32_t number = take_slot();
    struct slot *slot;
    uint64_t state;

    if (number == NO_SLOT)
        return false;
    slot = slot_at(number);
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    if (generation_of_state(state) == 0)
        state = state_of(1, 0); /* used for the first time */
    state = state_of(generation_of_state(state), item->type);
    atomic_store_explicit(&slot->state, state, memory_order_relaxed);
    item->handle = handle_of(number, state);
    return true;
}

static void undo_prepare(struct wsn_publish *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].again == NULL && items[i].handle != NULL)
            put_into_free_list(number_of(items[i].handle),
                               slot_of(items[i].handle));
        items[i].handle = NULL;
    }
}

static void bring_to_life(const struct wsn_publish *item)
{
    uint32_t number = number_of(item->handle);
    struct slot *slot = slot_at(number);

    slot->object = item->object;
    slot->references = 1;
    slot->first_owned = NO_SLOT;
    link_to_owner(number, slot,
                  item->owner == NULL ? NO_SLOT : number_of(item->owner));
    table.count[item->type]++;
    (void)atomic_fetch_or_explicit(&slot->state, LIVE, memory_order_release);
}

static void add_reference(void *handle)
{
    struct slot *slot = slot_of(handle);

    if (slot->references != MANY_REFERENCES)
        slot->references++;
    (void)atomic_fetch_or_explicit(&slot->state, LIVE, memory_order_release);
}

static bool find_orphans(struct wsn_publish *items, size_t n)
{
    bool found = false;

    for (size_t i = 0; i < n; i++) {
        items[i].handle = items[i].again;
        if (items[i].again == NULL ||
            slot_of(items[i].again)->owner != NO_SLOT)
            continue;
        items[i].handle = NULL;
        found = true;
    }
    return found;
}

static enum wsn_publish_result publish(struct wsn_publish *items, size_t n)
{
    if (find_orphans(items, n))
        return WSN_PUBLISH_ORPHAN;
    for (size_t i = 0; i < n; i++) {
        if (items[i].again != NULL)
            continue;
        if (owner_is_gone(&items[i])) {
            undo_prepare(items, n);
            return WSN_PUBLISH_OWNER_GONE;
        }
        if (!prepare(&items[i])) {
            undo_prepare(items, n);
            return WSN_PUBLISH_NO_MEMORY;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (items[i].again != NULL)
            add_reference(items[i].again);
        else
            bring_to_life(&items[i]);
    }
    return WSN_PUBLISHED;
}

enum wsn_publish_result wsn_handle_publish(struct wsn_publish *items, size_t n)
{
    enum wsn_publish_result result;

    wsn_lock_take(&table.lock);
    result = publish(items, n);
    wsn_lock_give(&table.lock);
    return result;
}

bool wsn_handle_release(void *handle, unsigned type)
{
    struct corpse corpse = {0, NULL};
    struct slot *slot;

    wsn_lock_take(&table.lock);
    slot = live_slot_of(handle, type);
    if (slot != NULL && slot->references != MANY_REFERENCES &&
        --slot->references == 0 && end_life(slot))
        corpse = bury(number_of(handle), slot);
    wsn_lock_give(&table.lock);
    destroy(corpse);
    return slot != NULL;
}

bool wsn_handle_kill(void *handle, unsigned type)
{
    struct corpse corpse = {0, NULL};
    struct slot *slot;

    wsn_lock_take(&table.lock);
    slot = live_slot_of(handle, type);
    if (slot != NULL && end_life(slot))
        corpse = bury(number_of(handle), slot);
    wsn_lock_give(&table.lock);
    destroy(corpse);
    return slot != NULL;
}

/* Kills up to max objects of owner; returns how many were looked at, and in
 * ret_corpses those that are to be destroyed now. */
static size_t sweep_some(struct slot *owner, struct corpse *corpses,
                         size_t max, size_t *ret_corpses)
{
    size_t seen = 0;

    *ret_corpses = 0;
    for (; seen < max && owner->first_owned != NO_SLOT; seen++) {
        uint32_t number = owner->first_owned;
        struct slot *slot = slot_at(number);
        uint64_t before;

        unlink_from_owner(slot);
        before = atomic_fetch_and(&slot->state, ~LIVE);
        slot->references = 0;
        /* One that was dead already is buried by its last unpin. */
        if ((before & LIVE) != 0 && (before & PIN_MASK) == 0)
            corpses[(*ret_corpses)++] = bury(number, slot);
    }
    return seen;
}

void wsn_handle_sweep(void *owner)
{
    struct corpse corpses[64];
    size_t seen;

    do {
        size_t n;

        wsn_lock_take(&table.lock);
        seen = sweep_some(slot_of(owner), corpses,
                          sizeof corpses / sizeof *corpses, &n);
        wsn_lock_give(&table.lock);
        for (size_t i = 0; i < n; i++)
            destroy(corpses[i]);
    } while (seen > 0);
}

void *wsn_handle_owner(void *handle)
{
    void *owner = NULL;
    struct slot *slot;

    wsn_lock_take(&table.lock);
    slot = live_slot_of(handle, type_of(handle));
    if (slot != NULL && slot->owner != NO_SLOT)
        owner = handle_of(slot->owner,
                          atomic_load(&slot_at(slot->owner)->state));
    wsn_lock_give(&table.lock);
    return owner;
}

size_t wsn_handle_count(unsigned type)
{
    size_t count;

    wsn_lock_take(&table.lock);
    count = table.count[type];
    wsn_lock_give(&table.lock);
    return count;
}

void wsn_handle_abandon_all(void)
{
    /* The parent's other threads do not exist here: one may have held the
     * lock when it forked. */
    (void)wsn_lock_init(&table.lock);
    table.free_first = table.free_last = NO_SLOT;
    table.free_count = 0;
    for (uint32_t number = 1; number <= table.handed_out; number++) {
        struct slot *slot = slot_at(number);

        slot->owner = NO_SLOT;
        slot->references = 0;
        (void)bury(number, slot);
    }
    for (unsigned type = 0; type < WSN_HANDLE_TYPES; type++)
        table.count[type] = 0;
}
