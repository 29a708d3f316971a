/*
 * handle.c - owners, references, life and death; see handle.h and slot.h.
 */
#include "base/handle.h"

#include <assert.h>

#include "base/lock.h"

#define MANY_REFERENCES UINT32_MAX

static struct table {
    struct wsn_lock lock;
    wsn_handle_destroy_fn destroy[WSN_HANDLE_TYPES];
} table = {.lock = WSN_LOCK_INITIALIZER};

/* The slot of a live handle of that type, or NULL. */
static struct wsn_slot *live_slot_of(void *handle, unsigned type)
{
    struct wsn_slot *slot = wsn_slot_of(handle);

    if (slot == NULL || wsn_slot_handle_type(handle) != type ||
        !wsn_slot_is_live(slot, handle))
        return NULL;
    return slot;
}

/* ---- owners (table's lock held) ----------------------------------------- */

static void link_to_owner(struct wsn_slot *slot, struct wsn_slot *owner)
{
    slot->owner = owner;
    slot->previous = NULL;
    slot->next = NULL;
    if (owner == NULL)
        return;
    slot->next = owner->first_owned;
    if (slot->next != NULL)
        slot->next->previous = slot;
    owner->first_owned = slot;
}

static void unlink_from_owner(struct wsn_slot *slot)
{
    if (slot->owner == NULL)
        return;
    if (slot->previous != NULL)
        slot->previous->next = slot->next;
    else
        slot->owner->first_owned = slot->next;
    if (slot->next != NULL)
        slot->next->previous = slot->previous;
    slot->owner = NULL;
}

/* ---- death (table's lock held) ------------------------------------------ */

/* What is left to destroy once the lock is free. */
struct corpse {
    unsigned type;
    void *object;
};

/* The state of a slot that waits for its next object.  Generation 0 never
 * is: it would make small handle values. */
static uint64_t vacant_state(uint64_t state)
{
    uint32_t generation =
        (wsn_slot_generation(state) + 1) & (uint32_t)WSN_SLOT_GENERATION_MASK;

    return wsn_slot_state(generation != 0 ? generation : 1, 0);
}

static struct corpse bury(struct wsn_slot *slot)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    struct corpse corpse = {wsn_slot_type(state), slot->object};

    unlink_from_owner(slot);
    slot->object = NULL;
    atomic_store_explicit(&slot->state, vacant_state(state),
                          memory_order_release);
    wsn_slot_give(slot);
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

/* Nobody can reach the object any more. */
void wsn_handle_end_dead(struct wsn_slot *slot)
{
    struct corpse corpse;

    wsn_lock_take(&table.lock);
    corpse = bury(slot);
    wsn_lock_give(&table.lock);
    destroy(corpse);
}

/* ---- publishing (table's lock held) -------------------------------------- */

static bool is_gone(void *owner)
{
    struct wsn_slot *slot = wsn_slot_of(owner);

    return slot == NULL || !wsn_slot_is_live(slot, owner);
}

/* Takes a slot for an object of type; the handle is not valid yet. */
static struct wsn_slot *prepare(unsigned type, void **ret_handle)
{
    struct wsn_slot *slot = wsn_slot_take();
    uint64_t state;

    if (slot == NULL)
        return NULL;
    state = atomic_load_explicit(&slot->state, memory_order_relaxed);
    if (state == 0)
        state = vacant_state(state); /* used for the first time */
    state = wsn_slot_state(wsn_slot_generation(state), type);
    atomic_store_explicit(&slot->state, state, memory_order_relaxed);
    *ret_handle = wsn_slot_handle(slot, state);
    return slot;
}

static void bring_to_life(struct wsn_slot *slot, void *object, void *owner)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    slot->object = object;
    slot->references = 1;
    slot->first_owned = NULL;
    link_to_owner(slot, owner == NULL ? NULL : wsn_slot_known(owner));
    /* Not live yet, so nobody else changes it. */
    atomic_store_explicit(&slot->state, state | WSN_LIVE, memory_order_release);
}

static enum wsn_publish_result publish_new(unsigned type, void *object,
                                           void *owner, void **ret_handle)
{
    struct wsn_slot *slot;

    if (owner != NULL && is_gone(owner))
        return WSN_PUBLISH_OWNER_GONE;
    slot = prepare(type, ret_handle);
    if (slot == NULL)
        return WSN_PUBLISH_NO_MEMORY;
    bring_to_life(slot, object, owner);
    return WSN_PUBLISHED;
}

static void add_reference(void *handle)
{
    struct wsn_slot *slot = wsn_slot_known(handle);

    if (slot->references != MANY_REFERENCES)
        slot->references++;
    (void)atomic_fetch_or_explicit(&slot->state, WSN_LIVE,
                                   memory_order_release);
}

/* What stands against it; sets every handle to its "again". */
static enum wsn_publish_result examine(struct wsn_publish *items, size_t n)
{
    enum wsn_publish_result result = WSN_PUBLISHED;

    for (size_t i = 0; i < n; i++) {
        struct wsn_publish *item = &items[i];

        item->handle = item->again;
        if (item->again != NULL) {
            if (wsn_slot_known(item->again)->owner != NULL)
                continue;
            item->handle = NULL;
            result = WSN_PUBLISH_ORPHAN;
        } else if (result == WSN_PUBLISHED && item->owner != NULL &&
                   is_gone(item->owner)) {
            result = WSN_PUBLISH_OWNER_GONE;
        }
    }
    return result;
}

static void undo_prepare(struct wsn_publish *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].again == NULL && items[i].handle != NULL)
            wsn_slot_give(wsn_slot_known(items[i].handle));
        items[i].handle = NULL;
    }
}

static enum wsn_publish_result publish(struct wsn_publish *items, size_t n)
{
    enum wsn_publish_result result = examine(items, n);

    if (result != WSN_PUBLISHED)
        return result;
    for (size_t i = 0; i < n; i++) {
        struct wsn_publish *item = &items[i];

        if (item->again == NULL && prepare(item->type, &item->handle) == NULL) {
            undo_prepare(items, n);
            return WSN_PUBLISH_NO_MEMORY;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (items[i].again != NULL)
            add_reference(items[i].again);
        else
            bring_to_life(wsn_slot_known(items[i].handle), items[i].object,
                          items[i].owner);
    }
    return WSN_PUBLISHED;
}

/* ---- references -----------------------------------------------------------
 */

enum wsn_publish_result wsn_handle_publish(struct wsn_publish *items, size_t n)
{
    enum wsn_publish_result result;

    wsn_lock_take(&table.lock);
    result = publish(items, n);
    wsn_lock_give(&table.lock);
    return result;
}

enum wsn_publish_result wsn_handle_publish_new(unsigned type, void *object,
                                               void *owner, void **ret_handle)
{
    enum wsn_publish_result result;

    wsn_lock_take(&table.lock);
    result = publish_new(type, object, owner, ret_handle);
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
        corpse = bury(slot);
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
        corpse = bury(slot);
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
    for (; seen < max && owner->first_owned != NULL; seen++) {
        struct wsn_slot *slot = owner->first_owned;
        uint64_t before;

        unlink_from_owner(slot);
        before = atomic_fetch_and(&slot->state, ~WSN_LIVE);
        slot->references = 0;
        /* One that was dead already is buried by its last unpin. */
        if ((before & WSN_LIVE) != 0 && (before & WSN_PIN_MASK) == 0)
            corpses[(*ret_corpses)++] = bury(slot);
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
        seen = sweep_some(wsn_slot_known(owner), corpses,
                          sizeof corpses / sizeof *corpses, &n);
        wsn_lock_give(&table.lock);
        for (size_t i = 0; i < n; i++)
            destroy(corpses[i]);
    } while (seen > 0);
}

/* A dead object that is pinned still is where it was. */
static bool is_there(const struct wsn_slot *slot, void *handle)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    return ((state & ~WSN_PIN_MASK) | WSN_LIVE) == wsn_slot_live_state(handle);
}

void *wsn_handle_owner(void *handle)
{
    struct wsn_slot *slot = wsn_slot_of(handle);
    void *owner = NULL;

    if (slot == NULL)
        return NULL;
    wsn_lock_take(&table.lock);
    if (slot->owner != NULL && is_there(slot, handle))
        owner = wsn_slot_handle(
            slot->owner,
            atomic_load_explicit(&slot->owner->state, memory_order_relaxed));
    wsn_lock_give(&table.lock);
    return owner;
}

size_t wsn_handle_count(unsigned type)
{
    size_t count = 0;

    wsn_lock_take(&table.lock);
    for (uint32_t number = 1; number <= wsn_slot_handed_out(); number++) {
        const struct wsn_slot *slot = wsn_slot_at(number);

        count += slot->object != NULL &&
                 (type == WSN_ANY_TYPE ||
                  wsn_slot_type(atomic_load_explicit(
                      &slot->state, memory_order_relaxed)) == type);
    }
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

        slot->owner = NULL;
        slot->references = 0;
        (void)bury(slot);
    }
}
