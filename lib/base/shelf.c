/*
 * shelf.c - which chunk blocks are taken from; see shelf.h.
 */
#include "base/shelf.h"

struct wsn_shelf wsn_shelves[WSN_SHELVES];

/* The units of a block of each length. */
static const uint8_t units_of[WSN_SHELF_LENGTHS] = {1, 2, 3, 4, 6, 8, 12, 16};

const uint8_t wsn_shelf_length_for[WSN_SHELF_MOST_UNITS + 1] = {
    0, 0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7};

static struct wsn_chunk *new_chunk(struct wsn_shelf *shelf, unsigned length)
{
    struct wsn_chunk *chunk =
        wsn_chunk_new((size_t)(shelf - wsn_shelves), units_of[length]);

    if (chunk != NULL)
        chunk->length = (uint8_t)length;
    return chunk;
}

static struct wsn_chunk *other_chunk(struct wsn_shelf *shelf, unsigned length)
{
    struct wsn_list *with_room = &shelf->with_room[length];
    struct wsn_list *first;

    if (with_room->next == NULL)
        wsn_list_init(with_room);
    first = wsn_list_pop_front(with_room);
    return first != NULL ? WSN_CONTAINER(first, struct wsn_chunk, link)
                         : new_chunk(shelf, length);
}

struct wsn_chunk *wsn_shelf_refill(struct wsn_shelf *shelf, unsigned length)
{
    struct wsn_chunk *chunk = shelf->current[length];

    if (chunk != NULL) {
        wsn_chunk_cut(chunk);
        if (wsn_chunk_n_free(chunk) != 0)
            return chunk;
        chunk->is_current = false;
    }
    chunk = other_chunk(shelf, length);
    if (chunk != NULL)
        chunk->is_current = true;
    shelf->current[length] = chunk;
    return chunk;
}

struct wsn_chunk *wsn_shelf_settle(struct wsn_shelf *shelf,
                                   struct wsn_chunk *chunk)
{
    if (wsn_chunk_n_used(chunk) == 0) {
        wsn_chunk_take_out(chunk);
        return chunk;
    }
    /* It was full.  At the end it waits longest for its next use. */
    if (wsn_chunk_n_free(chunk) == 1)
        wsn_list_push_back(&shelf->with_room[chunk->length], &chunk->link);
    return NULL;
}

void wsn_shelf_take_out(struct wsn_shelf *shelf, struct wsn_chunk *chunk)
{
    if (chunk->is_current)
        shelf->current[chunk->length] = NULL;
    wsn_chunk_take_out(chunk);
}
