/*
 * descriptor.c - copies in blocks that are recognised again; see descriptor.h.
 */
#include "core/descriptor.h"

#include "base/alloc.h"
#include "base/slab.h"
#include "core/descriptor_set.h"

/* Room for a terminator of any character type. */
#define SLACK_BYTES 4u

/* Known only when it is filled: then another thread may free all blocks. */
static void *copy_large(const void *start, size_t len, size_t size)
{
    void *block = wsn_alloc(size);

    if (block == NULL)
        return NULL;
    wsn_slab_fill(block, start, len, size);
    return wsn_descriptor_set_add(block);
}

/* A block of size bytes that begins with the len bytes at start, and ends with
 * zeros.  A small one counts as one memory request, though there is none. */
static inline void *copy(const void *start, size_t len, size_t size)
{
    void *block;

    if (size > WSN_SLAB_MOST_BYTES)
        return copy_large(start, len, size);
    if (!wsn_alloc_may_cut(size))
        return NULL;
    block = wsn_slab_take(start, len, size);
    if (block != NULL)
        return block;
    wsn_alloc_note_returned();
    return copy_large(start, len, size);
}

unsigned char *wsn_descriptor_octets(const void *bytes, size_t len)
{
    if (len > SIZE_MAX - SLACK_BYTES)
        return NULL;
    return copy(bytes, len, len + SLACK_BYTES);
}

uint32_t *wsn_descriptor_oid(const uint32_t *subids, size_t n)
{
    size_t size = n * sizeof *subids;

    return n <= SIZE_MAX / sizeof *subids ? copy(subids, size, size) : NULL;
}

bool wsn_descriptor_free(void *block)
{
    if (!wsn_slab_give(block))
        return wsn_descriptor_set_free(block);
    wsn_alloc_note_returned();
    return true;
}

void wsn_descriptor_free_all(void)
{
    for (size_t n = wsn_slab_give_all(); n > 0; n--)
        wsn_alloc_note_returned();
    wsn_descriptor_set_free_all();
}

size_t wsn_descriptor_count(void)
{
    return wsn_slab_count() + wsn_descriptor_set_count();
}

void wsn_descriptor_abandon_all(void)
{
    wsn_slab_abandon_all();
    wsn_descriptor_set_abandon_all();
}

void wsn_descriptor_abandon_held(void)
{
    wsn_slab_abandon_held();
    wsn_descriptor_set_abandon_held();
}
