/*
 * arena.c - see arena.h.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>

#include "base/alloc.h"

#define CHUNK_MIN_BYTES 512

struct wsn_arena_chunk {
    struct wsn_arena_chunk *older;
    alignas(max_align_t) char memory[];
};

void wsn_arena_init(struct wsn_arena *arena, void *memory, size_t room)
{
    arena->next = memory;
    arena->end = arena->next + room;
    arena->chunks = NULL;
}

void wsn_arena_fini(struct wsn_arena *arena)
{
    while (arena->chunks != NULL) {
        struct wsn_arena_chunk *older = arena->chunks->older;

        wsn_free(arena->chunks);
        arena->chunks = older;
    }
}

static size_t padding(const char *address)
{
    size_t rest = (uintptr_t)address % alignof(max_align_t);

    return rest == 0 ? 0 : alignof(max_align_t) - rest;
}

static void *bump(struct wsn_arena *arena, size_t size)
{
    size_t left = (size_t)(arena->end - arena->next);
    size_t pad = padding(arena->next);
    char *block;

    if (pad > left || size > left - pad)
        return NULL;
    block = arena->next + pad;
    arena->next = block + size;
    return block;
}

void *wsn_arena_alloc(struct wsn_arena *arena, size_t size)
{
    void *block = bump(arena, size);
    size_t room = size > CHUNK_MIN_BYTES ? size : CHUNK_MIN_BYTES;
    struct wsn_arena_chunk *chunk;

    if (block != NULL)
        return block;
    if (room > SIZE_MAX - sizeof *chunk)
        return NULL;
    chunk = wsn_alloc(sizeof *chunk + room);
    if (chunk == NULL)
        return NULL;
    chunk->older = arena->chunks;
    arena->chunks = chunk;
    arena->next = chunk->memory;
    arena->end = chunk->memory + room;
    return bump(arena, size);
}
