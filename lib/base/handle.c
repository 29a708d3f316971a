/*
 * handle.c - owners, references, life and death; see handle.h and slot.h.
 */
#include "base/handle.h"

#include <assert.h>

#include "base/lock.h"
#include "base/slot.h"

#define MANY_REFERENCES UINT32_MAX

static struct table {
    struct wsn_lock lock;
    wsn_handle_destroy_fn destroy[WSN_HANDLE_TYPES];
    size_t count[WSN_HANDLE_TYPES];
} table = {.lock = WSN_LOCK_INITIALIZER};

/* The slot of a live handle of that type, or NULL. */
static struct wsn_slot *live_slot_of(void *handle, unsigned type)
{
    struct wsn_slot *slot;

    if (wsn_slot_handle_type(handle) != type || type >= WSN_HANDLE_TYPES)
        return NULL;
    slot = wsn_slot_of(handle);
    return slot != NULL && wsn_slot_is_live(slot, handle) ? slot : NULL;
}

/* ---- owners (table's lock held) ----------------------------------------- */

static void link_to_owner(uint32_t number, struct wsn_slot *slot,
                          uint32_t owner)
{
    slot->owner = owner;
    slot->previous = WSN_NO_SLOT;
    slot->next = WSN_NO_SLOT;
    if (owner == WSN_NO_SLOT)
        return;
    slot->next = wsn_slot_at(owner)->first_owned;
    if (slot->next != WSN_NO_SLOT)
        wsn_slot_at(slot->next)->previous = number;
    wsn_slot_at(owner)->first_owned = number;
}

static void unlink_from_owner(struct wsn_slot *slot)
{
    if (slot->owner == WSN_NO_SLOT)
        return;
    if (slot->previous != WSN_NO_SLOT)
        wsn_slot_at(slot->previous)->next = slot->next;
    else
        wsn_slot_at(slot->owner)->first_owned = slot->next;
    if (slot->next != WSN_NO_SLOT)
        wsn_slot_at(slot->next)->previous = slot->previous;
    slot->owner = WSN_NO_SLOT;
}

/* ---- death (table's lock held) ------------------------------------------ */

/* What is left to destroy once the lock is free. */
struct corpse {
    unsigned type;
    void *object;
};

static struct corpse bury(uint32_t number, struct wsn_slot *slot)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    struct corpse corpse = {wsn_slot_type(state), slot->object};
    uint32_t generation =
        (wsn_slot_generation(state) + 1) & (uint32_t)WSN_SLOT_GENERATION_MASK;

    unlink_from_owner(slot);
    slot->object = NULL;
    /* Generation 0 never is: it would make small handle values. */
    atomic_store_explicit(&slot->state,
                          wsn_slot_state(generation != 0 ? generation : 1, 0),
                          memory_order_release);
    wsn_slot_give(number);
    table.count[corpse.type]--;
    return corpse;
}

/* Clears "live"; true when nobody pins the object, so that it is to be
 * buried now. */
static bool end_life(struct wsn_slot *slot)
{
    uint64_t before = atomic_fetch_and(&slot->state, ~WSN_LIVE);

    slot->references = 0;
    return (before & WSN_PIN_MASK) == 0;
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
    struct wsn_slot *slot;
    uint64_t wanted;
    uint64_t state;

    if (wsn_slot_handle_type(handle) != type)
        return NULL;
    slot = wsn_slot_of(handle);
    if (slot == NULL)
        return NULL;
    wanted = wsn_slot_live_state(handle);
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    do {
        if ((state & ~WSN_PIN_MASK) != wanted)
            return NULL;
    } while (!atomic_compare_exchange_weak_explicit(
        &slot->state, &state, state + WSN_PIN_ONE, memory_order_acquire,
        memory_order_relaxed));
    return slot->object;
}

void wsn_handle_pin_again(void *handle)
{
    if (handle != NULL)
        (void)atomic_fetch_add_explicit(&wsn_slot_of(handle)->state,
                                        WSN_PIN_ONE, memory_order_relaxed);
}

void wsn_handle_unpin(void *handle)
{
    struct corpse corpse;
    struct wsn_slot *slot;
    uint64_t before;

    if (handle == NULL)
        return;
    slot = wsn_slot_of(handle);
    before = atomic_fetch_sub_explicit(&slot->state, WSN_PIN_ONE,
                                       memory_order_acq_rel);
    assert((before & WSN_PIN_MASK) != 0);
    if ((before & (WSN_LIVE | WSN_PIN_MASK)) != WSN_PIN_ONE)
        return;
    wsn_lock_take(&table.lock);
    corpse = bury(wsn_slot_number(handle), slot);
    wsn_lock_give(&table.lock);
    destroy(corpse);
}

void *wsn_handle_object(void *handle)
{
    return wsn_slot_of(handle)->object;
}

static bool owner_is_gone(const struct wsn_publish *item)
{
    struct wsn_slot *slot;

    if (item->owner == NULL)
        return false;
    slot = wsn_slot_of(item->owner);
    return slot == NULL || !wsn_slot_is_live(slot, item->owner);
}

/* Takes a slot for a new object; its handle is not valid yet. */
static bool prepare(struct wsn_publish *item)
{
    uint32_t number = wsn_slot_take();
    struct wsn_slot *slot;
    uint64_t state;

    if (number == WSN_NO_SLOT)
        return false;
    slot = wsn_slot_at(number);
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    if (wsn_slot_generation(state) == 0)
        state = wsn_slot_state(1, 0); /* used for the first time */
    state = wsn_slot_state(wsn_slot_generation(state), item->type);
    atomic_store_explicit(&slot->state, state, memory_order_relaxed);
    item->handle = wsn_slot_handle(number, state);
    return true;
}

static void undo_prepare(struct wsn_publish *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].again == NULL && items[i].handle != NULL)
            wsn_slot_give(wsn_slot_number(items[i].handle));
        items[i].handle = NULL;
    }
}

static void bring_to_life(const struct wsn_publish *item)
{
    uint32_t number = wsn_slot_number(item->handle);
    struct wsn_slot *slot = wsn_slot_at(number);

    slot->object = item->object;
    slot->references = 1;
    slot->first_owned = WSN_NO_SLOT;
    link_to_owner(number, slot,
                  item->owner == NULL ? WSN_NO_SLOT
                                      : wsn_slot_number(item->owner));
    table.count[item->type]++;
    (void)atomic_fetch_or_explicit(&slot->state, WSN_LIVE,
                                   memory_order_release);
}

static void add_reference(void *handle)
{
    struct wsn_slot *slot = wsn_slot_of(handle);

    if (slot->references != MANY_REFERENCES)
        slot->references++;
    (void)atomic_fetch_or_explicit(&slot->state, WSN_LIVE,
                                   memory_order_release);
}

static bool find_orphans(struct wsn_publish *items, size_t n)
{
    bool found = false;

    for (size_t i = 0; i < n; i++) {
        items[i].handle = items[i].again;
        if (items[i].again == NULL ||
            wsn_slot_of(items[i].again)->owner != WSN_NO_SLOT)
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
    struct wsn_slot *slot;

    wsn_lock_take(&table.lock);
    slot = live_slot_of(handle, type);
    if (slot != NULL && slot->references != MANY_REFERENCES &&
        --slot->references == 0 && end_life(slot))
        corpse = bury(wsn_slot_number(handle), slot);
    wsn_lock_give(&table.lock);
    destroy(corpse);
    return slot != NULL;
}

bool wsn_handle_kill(void *handle, unsigned type)
{
    struct corpse corpse = {0, NULL};
    struct wsn_slot *slot;

    wsn_lock_take(&table.lock);
    slot = live_slot_of(handle, type);
    if (slot != NULL && end_life(slot))
        corpse = bury(wsn_slot_number(handle), slot);
    wsn_lock_give(&table.lock);
    destroy(corpse);
    return slot != NULL;
}

/* Kills up to max objects of owner; returns how many were looked at, and in
 * ret_corpses those that are to be destroyed now. */
static size_t sweep_some(struct wsn_slot *owner, struct corpse *corpses,
                         size_t max, size_t *ret_corpses)
{
    size_t seen = 0;

    *ret_corpses = 0;
    for (; seen < max && owner->first_owned != WSN_NO_SLOT; seen++) {
        uint32_t number = owner->first_owned;
        struct wsn_slot *slot = wsn_slot_at(number);
        uint64_t before;

        unlink_from_owner(slot);
        before = atomic_fetch_and(&slot->state, ~WSN_LIVE);
        slot->references = 0;
        /* One that was dead already is buried by its last unpin. */
        if ((before & WSN_LIVE) != 0 && (before & WSN_PIN_MASK) == 0)
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
        seen = sweep_some(wsn_slot_of(owner), corpses,
                          sizeof corpses / sizeof *corpses, &n);
        wsn_lock_give(&table.lock);
        for (size_t i = 0; i < n; i++)
            destroy(corpses[i]);
    } while (seen > 0);
}

void *wsn_handle_owner(void *handle)
{
    void *owner = NULL;
    struct wsn_slot *slot;

    wsn_lock_take(&table.lock);
    slot = live_slot_of(handle, wsn_slot_handle_type(handle));
    if (slot != NULL && slot->owner != WSN_NO_SLOT)
        owner = wsn_slot_handle(slot->owner,
                                atomic_load(&wsn_slot_at(slot->owner)->state));
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
    wsn_lock_init(&table.lock);
    wsn_slot_forget_free();
    for (uint32_t number = 1; number <= wsn_slot_handed_out(); number++) {
        struct wsn_slot *slot = wsn_slot_at(number);

        slot->owner = WSN_NO_SLOT;
        slot->references = 0;
        (void)bury(number, slot);
    }
    for (unsigned type = 0; type < WSN_HANDLE_TYPES; type++)
        table.count[type] = 0;
}
