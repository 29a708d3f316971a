/*
 * arena.h - a bump allocator for data that dies together.
 *
 * The owner gives the first chunk (usually the tail of its own block), so a
 * typical object costs one malloc.  Nothing is freed singly.  Not locked.
 */
#ifndef WSN_BASE_ARENA_H
#define WSN_BASE_ARENA_H

#include <stddef.h>

struct wsn_arena_chunk;

struct wsn_arena {
    char *next;                     /* first free byte */
    char *end;                      /* end of the chunk in use */
    struct wsn_arena_chunk *chunks; /* further chunks, newest first */
};

/* Starts with the caller's memory (borrowed; room may be 0). */
void wsn_arena_init(struct wsn_arena *arena, void *memory, size_t room);

/* Gives the further chunks back; the caller's memory stays the caller's. */
void wsn_arena_fini(struct wsn_arena *arena);

/* Room for size bytes, aligned for any type; NULL when memory is short. */
void *wsn_arena_alloc(struct wsn_arena *arena, size_t size);

#endif
