/*
 * slab.c - what is not done for each block; see slab.h.
 */
#include "base/slab.h"

bool wsn_slab_give_far(uintptr_t address)
{
    uintptr_t key;
    struct wsn_chunk_place *place =
        wsn_chunk_find_far(wsn_chunk_base(address), &key);

    return place != NULL && wsn_slab_give_at(place, key, address);
}

/* ---- all of them -------------------------------------------------------- */

/* The chunk in a place, and the lock of its shelf held; or NULL. */
static struct wsn_chunk *hold(struct wsn_chunk_place *place,
                              struct wsn_shelf **ret_shelf)
{
    uintptr_t key = wsn_chunk_key(place);
    struct wsn_shelf *shelf;

    if (key == 0)
        return NULL;
    shelf = &wsn_shelves[wsn_chunk_shelf(key, wsn_chunk_base(key))];
    wsn_lock_take(&shelf->lock);
    if (wsn_chunk_key(place) == key) {
        *ret_shelf = shelf;
        return place->chunk;
    }
    wsn_lock_give(&shelf->lock);
    return NULL;
}

static size_t count_in(struct wsn_chunk_place *place)
{
    struct wsn_shelf *shelf;
    const struct wsn_chunk *chunk = hold(place, &shelf);
    size_t count;

    if (chunk == NULL)
        return 0;
    count = wsn_chunk_n_used(chunk);
    wsn_lock_give(&shelf->lock);
    return count;
}

static size_t give_all_in(struct wsn_chunk_place *place)
{
    struct wsn_shelf *shelf;
    struct wsn_chunk *chunk = hold(place, &shelf);
    size_t count;

    if (chunk == NULL)
        return 0;
    count = wsn_chunk_n_used(chunk);
    wsn_shelf_take_out(shelf, chunk);
    wsn_lock_give(&shelf->lock);
    wsn_chunk_free(chunk);
    return count;
}

static size_t sum(size_t (*of)(struct wsn_chunk_place *place))
{
    size_t total = 0;

    for (size_t i = 0; i < WSN_CHUNK_PLACES; i++)
        total += of(&wsn_chunk_places[i]);
    return total;
}

size_t wsn_slab_give_all(void)
{
    return sum(give_all_in);
}

size_t wsn_slab_count(void)
{
    return sum(count_in);
}

/* ---- in the child of a fork --------------------------------------------- */

static void empty(struct wsn_shelf *shelf)
{
    static const struct wsn_shelf nothing;

    *shelf = nothing;
}

void wsn_slab_abandon_all(void)
{
    /* Another thread of the parent may have held a lock. */
    for (size_t i = 0; i < WSN_SHELVES; i++)
        empty(&wsn_shelves[i]);
    wsn_chunk_abandon_all();
}

void wsn_slab_abandon_held(void)
{
    for (size_t i = 0; i < WSN_SHELVES; i++) {
        if (!wsn_lock_is_held(&wsn_shelves[i].lock))
            continue;
        wsn_chunk_abandon(i);
        empty(&wsn_shelves[i]);
    }
}
