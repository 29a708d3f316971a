/*
 * descriptor.c - copies in blocks that are recognised again; see descriptor.h.
 */
#include "core/descriptor.h"

#include <string.h>

#include "base/alloc.h"
#include "base/slab.h"
#include "core/descriptor_set.h"

/* Room for a terminator of any character type. */
#define SLACK_BYTES 4u

/* A small block counts as one memory request, though there is none. */
static void *make(size_t size)
{
    void *block;

    if (size > WSN_SLAB_MOST_BYTES)
        return wsn_descriptor_set_make(size);
    if (!wsn_alloc_may_cut(size))
        return NULL;
    block = wsn_slab_take(size);
    if (block != NULL)
        return block;
    wsn_alloc_note_returned();
    return wsn_descriptor_set_make(size);
}

/* A block of size bytes that begins with the len bytes at start. */
static void *copy(const void *start, size_t len, size_t size)
{
    void *block = make(size);

    if (block != NULL && len != 0)
        memcpy(block, start, len);
    return block;
}

unsigned char *wsn_descriptor_octets(const void *bytes, size_t len)
{
    unsigned char *block;

    if (len > SIZE_MAX - SLACK_BYTES)
        return NULL;
    block = copy(bytes, len, len + SLACK_BYTES);
    if (block != NULL)
        memset(block + len, 0, SLACK_BYTES);
    return block;
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
