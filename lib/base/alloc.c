/*
 * alloc.c - malloc with overflow checks and a door for tests.
 */
#include "base/alloc.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

static _Atomic(const struct wsn_alloc_hook *) hook_in_force;

void wsn_alloc_set_hook(const struct wsn_alloc_hook *hook)
{
    atomic_store(&hook_in_force, hook);
}

static bool may_alloc(size_t size)
{
    const struct wsn_alloc_hook *hook =
        atomic_load_explicit(&hook_in_force, memory_order_relaxed);

    return hook == NULL || hook->may_alloc(hook->arg, size);
}

static size_t at_least_one(size_t size)
{
    return size != 0 ? size : 1;
}

void *wsn_alloc(size_t size)
{
    return may_alloc(size) ? malloc(at_least_one(size)) : NULL;
}

void *wsn_zalloc(size_t size)
{
    return may_alloc(size) ? calloc(1, at_least_one(size)) : NULL;
}

void *wsn_alloc_array(size_t n, size_t item_size)
{
    if (item_size != 0 && n > SIZE_MAX / item_size)
        return NULL;
    return wsn_alloc(n * item_size);
}

void *wsn_realloc(void *block, size_t size)
{
    if (block == NULL)
        return wsn_alloc(size);
    /* A resized block is still one block: the hook is asked, not told. */
    return may_alloc(size) ? realloc(block, at_least_one(size)) : NULL;
}

void wsn_free(void *block)
{
    const struct wsn_alloc_hook *hook =
        atomic_load_explicit(&hook_in_force, memory_order_relaxed);

    if (block != NULL && hook != NULL)
        hook->freed(hook->arg);
    free(block);
}
