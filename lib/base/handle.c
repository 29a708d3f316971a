/*
 * handle.c - owners, references, life and death; see handle.h and slot.h.
 */
#include "base/handle.h"

#include <assert.h>

#include "base/lock.h"

#define MANY_REFERENCES UINT32_MAX

static wsn_handle_destroy_fn destroy_fns[WSN_HANDLE_TYPES];

/* The slot of a live handle of that type, and its shard locked; or NULL. */
static struct wsn_slot *lock_live(void *handle, unsigned type)
{
    struct wsn_slot *slot = wsn_slot_of(handle);

    if (slot == NULL || wsn_slot_handle_type(handle) != type)
        return NULL;
    wsn_lock_take(&slot->shard->lock);
    if (wsn_slot_is_live(slot, handle))
        return slot;
    wsn_lock_give(&slot->shard->lock);
    return NULL;
}

/* ---- owners (the shard's lock held) ------------------------------------- */

static struct wsn_slot *owner_of(const struct wsn_slot *slot)
{
    return atomic_load_explicit(&slot->owner, memory_order_relaxed);
}

static void set_owner(struct wsn_slot *slot, struct wsn_slot *owner)
{
    atomic_store_explicit(&slot->owner, owner, memory_order_relaxed);
}

static void link_to_owner(struct wsn_slot *slot, struct wsn_slot *owner)
{
    set_owner(slot, owner);
    slot->previous = NULL;
    slot->next = NULL;
    if (owner == NULL)
        return;
    assert(slot->shard == owner->shard);
    slot->next = owner->first_owned;
    if (slot->next != NULL)
        slot->next->previous = slot;
    owner->first_owned = slot;
}

static void unlink_from_owner(struct wsn_slot *slot)
{
    struct wsn_slot *owner = owner_of(slot);

    if (owner == NULL)
        return;
    if (slot->previous != NULL)
        slot->previous->next = slot->next;
    else
        owner->first_owned = slot->next;
    if (slot->next != NULL)
        slot->next->previous = slot->previous;
    set_owner(slot, NULL);
}

/* ---- death (the shard's lock held) -------------------------------------- */

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
        destroy_fns[corpse.type](corpse.object);
}

void wsn_handle_set_type(unsigned type, wsn_handle_destroy_fn fn)
{
    assert(type > 0 && type < WSN_HANDLE_TYPES);
    destroy_fns[type] = fn;
}

/* Nobody can reach the object any more. */
void wsn_handle_end_dead(struct wsn_slot *slot)
{
    struct corpse corpse;

    wsn_lock_take(&slot->shard->lock);
    corpse = bury(slot);
    wsn_lock_give(&slot->shard->lock);
    destroy(corpse);
}

/* ---- making handles (the shard's lock held) ------------------------------ */

static bool is_gone(void *owner)
{
    struct wsn_slot *slot = wsn_slot_of(owner);

    return slot == NULL || !wsn_slot_is_live(slot, owner);
}

/* Takes a slot for an object of type; the handle is not valid yet. */
static struct wsn_slot *prepare(struct wsn_shard *shard, unsigned type,
                                void **ret_handle)
{
    struct wsn_slot *slot = wsn_slot_take(shard);
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

static enum wsn_publish_result publish_new(struct wsn_shard *shard,
                                           unsigned type, void *object,
                                           void *owner, void **ret_handle)
{
    struct wsn_slot *slot;

    if (owner != NULL && is_gone(owner))
        return WSN_PUBLISH_OWNER_GONE;
    slot = prepare(shard, type, ret_handle);
    if (slot == NULL)
        return WSN_PUBLISH_NO_MEMORY;
    bring_to_life(slot, object, owner);
    return WSN_PUBLISHED;
}

static void undo_prepare(struct wsn_publish *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].again != NULL || items[i].handle == NULL)
            continue;
        wsn_slot_give(wsn_slot_known(items[i].handle));
        items[i].handle = NULL;
    }
}

/* The handles of the new ones are NULL before. */
static bool prepare_all(struct wsn_shard *shard, struct wsn_publish *items,
                        size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct wsn_publish *item = &items[i];

        if (item->again == NULL &&
            prepare(shard, item->type, &item->handle) == NULL) {
            undo_prepare(items, n);
            return false;
        }
    }
    return true;
}

/* ---- giving again -------------------------------------------------------- */

/* Its session is closed. */
static bool is_orphan(void *handle)
{
    return owner_of(wsn_slot_known(handle)) == NULL;
}

/* Not for one that has just become an orphan: its session was swept, and will
 * not be again.  The application sees that it closed the session.  The lock of
 * the handle's shard is held. */
static void add_reference(void *handle)
{
    struct wsn_slot *slot = wsn_slot_known(handle);

    if (is_orphan(handle))
        return;
    if (slot->references != MANY_REFERENCES)
        slot->references++;
    (void)atomic_fetch_or_explicit(&slot->state, WSN_LIVE,
                                   memory_order_release);
}

static bool is_in(const struct wsn_shard *shard, void *handle)
{
    return wsn_slot_known(handle)->shard == shard;
}

/* ---- publishing several ---------------------------------------------------
 */

/* Sets the handles of what is to be given again; false if one is an orphan. */
static bool show_again(struct wsn_publish *items, size_t n)
{
    bool all = true;

    for (size_t i = 0; i < n; i++) {
        void *again = items[i].again;

        items[i].handle = again;
        if (again == NULL || !is_orphan(again))
            continue;
        items[i].handle = NULL;
        all = false;
    }
    return all;
}

/* All new ones, and what is to be given again of this shard; or none.  The
 * shard's lock is held. */
static enum wsn_publish_result publish(struct wsn_shard *shard, void *owner,
                                       struct wsn_publish *items, size_t n)
{
    if (owner != NULL && is_gone(owner))
        return WSN_PUBLISH_OWNER_GONE;
    if (!prepare_all(shard, items, n))
        return WSN_PUBLISH_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const struct wsn_publish *item = &items[i];

        if (item->again == NULL)
            bring_to_life(wsn_slot_known(item->handle), item->object, owner);
        else if (is_in(shard, item->again))
            add_reference(item->again);
    }
    return WSN_PUBLISHED;
}

/* What is to be given again of other shards: an application sends by one
 * session what it made with another.  Nothing can go wrong any more. */
static void refer_elsewhere(const struct wsn_shard *shard,
                            const struct wsn_publish *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        void *again = items[i].again;
        struct wsn_lock *lock;

        if (again == NULL || is_in(shard, again))
            continue;
        lock = &wsn_slot_known(again)->shard->lock;
        wsn_lock_take(lock);
        add_reference(again);
        wsn_lock_give(lock);
    }
}

/* ---- references -----------------------------------------------------------
 */

static struct wsn_shard *shard_for(void *owner)
{
    struct wsn_slot *slot = owner == NULL ? NULL : wsn_slot_of(owner);

    return slot != NULL ? slot->shard : wsn_shard_next();
}

enum wsn_publish_result wsn_handle_publish(void *owner,
                                           struct wsn_publish *items, size_t n)
{
    struct wsn_shard *shard = shard_for(owner);
    enum wsn_publish_result result;

    if (!show_again(items, n))
        return WSN_PUBLISH_ORPHAN;
    wsn_lock_take(&shard->lock);
    result = publish(shard, owner, items, n);
    wsn_lock_give(&shard->lock);
    if (result == WSN_PUBLISHED)
        refer_elsewhere(shard, items, n);
    return result;
}

static enum wsn_publish_result publish_in(struct wsn_shard *shard,
                                          unsigned type, void *object,
                                          void *owner, void **ret_handle)
{
    enum wsn_publish_result result;

    wsn_lock_take(&shard->lock);
    result = publish_new(shard, type, object, owner, ret_handle);
    wsn_lock_give(&shard->lock);
    return result;
}

/* What has no owner may be in any shard: one without room is passed over. */
enum wsn_publish_result wsn_handle_publish_new(unsigned type, void *object,
                                               void *owner, void **ret_handle)
{
    enum wsn_publish_result result = WSN_PUBLISH_NO_MEMORY;

    for (unsigned turns = owner != NULL ? 1 : WSN_SHARDS;
         turns > 0 && result == WSN_PUBLISH_NO_MEMORY; turns--)
        result = publish_in(shard_for(owner), type, object, owner, ret_handle);
    return result;
}

bool wsn_handle_release(void *handle, unsigned type)
{
    struct wsn_slot *slot = lock_live(handle, type);
    struct corpse corpse = {0, NULL};

    if (slot == NULL)
        return false;
    if (slot->references != MANY_REFERENCES && --slot->references == 0 &&
        end_life(slot))
        corpse = bury(slot);
    wsn_lock_give(&slot->shard->lock);
    destroy(corpse);
    return true;
}

bool wsn_handle_kill(void *handle, unsigned type)
{
    struct wsn_slot *slot = lock_live(handle, type);
    struct corpse corpse = {0, NULL};

    if (slot == NULL)
        return false;
    if (end_life(slot))
        corpse = bury(slot);
    wsn_lock_give(&slot->shard->lock);
    destroy(corpse);
    return true;
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
    struct wsn_slot *slot = wsn_slot_known(owner);
    struct corpse corpses[64];
    size_t seen;

    do {
        size_t n;

        wsn_lock_take(&slot->shard->lock);
        seen = sweep_some(slot, corpses, sizeof corpses / sizeof *corpses, &n);
        wsn_lock_give(&slot->shard->lock);
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
    wsn_lock_take(&slot->shard->lock);
    if (owner_of(slot) != NULL && is_there(slot, handle))
        owner = wsn_slot_handle(
            owner_of(slot),
            atomic_load_explicit(&owner_of(slot)->state, memory_order_relaxed));
    wsn_lock_give(&slot->shard->lock);
    return owner;
}

/* ---- all of them --------------------------------------------------------- */

static bool is_counted(const struct wsn_slot *slot, unsigned type)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    return slot->object != NULL &&
           (type == WSN_ANY_TYPE || wsn_slot_type(state) == type);
}

static size_t count_in(const struct wsn_slot *chunk, unsigned type)
{
    size_t count = 0;

    wsn_lock_take(&chunk->shard->lock);
    for (uint32_t i = 0; i < WSN_CHUNK_SLOTS; i++)
        count += is_counted(&chunk[i], type);
    wsn_lock_give(&chunk->shard->lock);
    return count;
}

size_t wsn_handle_count(unsigned type)
{
    const struct wsn_slot *chunk;
    size_t count = 0;

    for (uint32_t k = 0; (chunk = wsn_slot_chunk(k)) != NULL; k++)
        count += count_in(chunk, type);
    return count;
}

/* All slots are free then, also those that were never used; but those that the
 * forking thread has pinned are free with its last unpin, of nothing. */
static void abandon(struct wsn_slot *slot)
{
    uint64_t state = atomic_load_explicit(&slot->state, memory_order_relaxed);

    set_owner(slot, NULL);
    slot->first_owned = NULL;
    slot->references = 0;
    slot->object = NULL;
    if ((state & WSN_PIN_MASK) == 0)
        (void)bury(slot);
    else
        atomic_store_explicit(&slot->state, state & ~WSN_LIVE,
                              memory_order_relaxed);
}

void wsn_handle_abandon_all(void)
{
    struct wsn_slot *chunk;

    wsn_shards_reset();
    for (uint32_t k = 0; (chunk = wsn_slot_chunk(k)) != NULL; k++)
        for (uint32_t i = k == 0; i < WSN_CHUNK_SLOTS; i++)
            abandon(&chunk[i]);
}
