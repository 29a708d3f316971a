/*
 * alloc.c - malloc with overflow checks and a door for tests.
 */
#include "base/alloc.h"

#include <stdint.h>

_Atomic(const struct wsn_alloc_hook *) wsn_alloc_hook_in_force;

void wsn_alloc_set_hook(const struct wsn_alloc_hook *hook)
{
    atomic_store(&wsn_alloc_hook_in_force, hook);
}

static const struct wsn_alloc_hook *hook_in_force(void)
{
    return atomic_load_explicit(&wsn_alloc_hook_in_force,
                                memory_order_relaxed);
}

bool wsn_alloc_is_allowed(size_t size)
{
    const struct wsn_alloc_hook *hook = hook_in_force();

    return hook == NULL || hook->may_alloc(hook->arg, size);
}

void *wsn_zalloc(size_t size)
{
    return wsn_alloc_is_allowed(size) ? calloc(1, size != 0 ? size : 1) : NULL;
}

void *wsn_alloc_aligned(size_t alignment, size_t size)
{
    void *block;

    if (!wsn_alloc_is_allowed(size) ||
        posix_memalign(&block, alignment, size != 0 ? size : 1) != 0)
        return NULL;
    return block;
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
    return wsn_alloc_is_allowed(size) ? realloc(block, size != 0 ? size : 1)
                                      : NULL;
}

void wsn_alloc_tell_freed(void)
{
    const struct wsn_alloc_hook *hook = hook_in_force();

    if (hook != NULL)
        hook->freed(hook->arg);
}

void wsn_free(void *block)
{
    if (block != NULL)
        wsn_alloc_note_returned();
    free(block);
}
