/*
 * descriptor_set.c - a set of addresses, in parts; see descriptor_set.h.
 *
 * Each part is an open-addressing table with linear probing.  Removal closes
 * the gap by moving later entries back, so there are no tombstones and a
 * search ends at the first empty place.
 */
#include "core/descriptor_set.h"

#include <stdalign.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/lock.h"

#define PARTS 16u
#define PART_BITS 4
#define FIRST_ROOM 64u

struct part {
    alignas(64) struct wsn_lock lock; /* parts do not share a cache line */
    void **place;                     /* NULL: empty */
    size_t room;                      /* 0 or a power of two */
    size_t used;
};

#define PART {.lock = WSN_LOCK_INITIALIZER}
#define FOUR_PARTS PART, PART, PART, PART

static struct part parts[PARTS] = {FOUR_PARTS, FOUR_PARTS, FOUR_PARTS,
                                   FOUR_PARTS};

/* Fibonacci hashing: spreads addresses that differ in few bits. */
static size_t hash(const void *block)
{
    uint64_t product = (uintptr_t)block * UINT64_C(0x9e3779b97f4a7c15);

    return (size_t)(product >> 32);
}

static struct part *part_of(size_t hashed)
{
    return &parts[hashed % PARTS];
}

static size_t home_of(const struct part *part, size_t hashed)
{
    return (hashed >> PART_BITS) & (part->room - 1);
}

/* ---- one part (its lock held) ------------------------------------------- */

static size_t next_place(const struct part *part, size_t i)
{
    return (i + 1) & (part->room - 1);
}

/* Where block is, or the empty place where it would be. */
static size_t find(const struct part *part, const void *block, size_t hashed)
{
    size_t i = home_of(part, hashed);

    while (part->place[i] != NULL && part->place[i] != block)
        i = next_place(part, i);
    return i;
}

static bool grow(struct part *part)
{
    struct part bigger = {.room = part->room ? part->room * 2 : FIRST_ROOM};

    if (bigger.room > SIZE_MAX / sizeof *bigger.place)
        return false;
    bigger.place = wsn_zalloc(bigger.room * sizeof *bigger.place);
    if (bigger.place == NULL)
        return false;
    for (size_t i = 0; i < part->room; i++) {
        void *block = part->place[i];

        if (block != NULL)
            bigger.place[find(&bigger, block, hash(block))] = block;
    }
    wsn_free(part->place);
    part->place = bigger.place;
    part->room = bigger.room;
    return true;
}

static bool add(struct part *part, void *block, size_t hashed)
{
    /* At most half full, so that searches stay short. */
    if (part->used >= part->room / 2 && !grow(part))
        return false;
    part->place[find(part, block, hashed)] = block;
    part->used++;
    return true;
}

/* Whether an entry at from may move back to the gap: its search must still
 * pass there, so its home must not lie behind the gap. */
static bool may_fill(const struct part *part, size_t gap, size_t from)
{
    size_t mask = part->room - 1;
    size_t home = home_of(part, hash(part->place[from]));

    return ((from - home) & mask) >= ((from - gap) & mask);
}

static void close_gap(struct part *part, size_t gap)
{
    size_t i = next_place(part, gap);

    for (; part->place[i] != NULL; i = next_place(part, i)) {
        if (!may_fill(part, gap, i))
            continue;
        part->place[gap] = part->place[i];
        gap = i;
    }
    part->place[gap] = NULL;
}

static bool take_out(struct part *part, const void *block, size_t hashed)
{
    size_t i;

    if (part->room == 0)
        return false;
    i = find(part, block, hashed);
    if (part->place[i] == NULL)
        return false;
    close_gap(part, i);
    part->used--;
    return true;
}

/* ---- the interface ------------------------------------------------------ */

void *wsn_descriptor_set_add(void *block)
{
    size_t hashed = hash(block);
    struct part *part = part_of(hashed);
    bool done;

    wsn_lock_take(&part->lock);
    done = add(part, block, hashed);
    wsn_lock_give(&part->lock);
    if (done)
        return block;
    wsn_free(block);
    return NULL;
}

bool wsn_descriptor_set_free(void *block)
{
    size_t hashed = hash(block);
    struct part *part = part_of(hashed);
    bool known;

    if (block == NULL)
        return false;
    wsn_lock_take(&part->lock);
    known = take_out(part, block, hashed);
    wsn_lock_give(&part->lock);
    if (known)
        wsn_free(block);
    return known;
}

static void free_part(struct part *part)
{
    void **place;
    size_t room;

    wsn_lock_take(&part->lock);
    place = part->place;
    room = part->room;
    part->place = NULL;
    part->room = 0;
    part->used = 0;
    wsn_lock_give(&part->lock);
    for (size_t i = 0; i < room; i++)
        wsn_free(place[i]);
    wsn_free(place);
}

void wsn_descriptor_set_free_all(void)
{
    for (size_t p = 0; p < PARTS; p++)
        free_part(&parts[p]);
}

size_t wsn_descriptor_set_count(void)
{
    size_t count = 0;

    for (size_t p = 0; p < PARTS; p++) {
        wsn_lock_take(&parts[p].lock);
        count += parts[p].used;
        wsn_lock_give(&parts[p].lock);
    }
    return count;
}

static void abandon(struct part *part)
{
    part->place = NULL;
    part->room = 0;
    part->used = 0;
    /* Another thread of the parent may have held it. */
    wsn_lock_init(&part->lock);
}

void wsn_descriptor_set_abandon_all(void)
{
    for (size_t p = 0; p < PARTS; p++)
        abandon(&parts[p]);
}

void wsn_descriptor_set_abandon_held(void)
{
    for (size_t p = 0; p < PARTS; p++)
        if (wsn_lock_is_held(&parts[p].lock))
            abandon(&parts[p]);
}
