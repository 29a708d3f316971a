/*
 * alloc.h - the one place where the library obtains memory.
 *
 * Everything here may be called from any thread.  A test may install a hook
 * that counts allocations or makes the n-th one fail; without a hook the cost
 * is one relaxed load, made here, because every message needs a dozen of them.
 */
#ifndef WSN_BASE_ALLOC_H
#define WSN_BASE_ALLOC_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/*
 * What a test wants to know of the library's memory.
 * may_alloc: asked before each allocation; false makes it fail.
 * freed: told of each block given back.
 */
struct wsn_alloc_hook {
    bool (*may_alloc)(void *arg, size_t size);
    void (*freed)(void *arg);
    void *arg;
};

/* Installs hook (borrowed until replaced), or removes it with NULL. */
void wsn_alloc_set_hook(const struct wsn_alloc_hook *hook);

/* The hook installed, for this file only. */
extern _Atomic(const struct wsn_alloc_hook *) wsn_alloc_hook_in_force;

static inline bool wsn_alloc_has_hook(void)
{
    return atomic_load_explicit(&wsn_alloc_hook_in_force,
                                memory_order_relaxed) != NULL;
}

/* Asks the hook, or tells it; for this file only. */
bool wsn_alloc_is_allowed(size_t size);
void wsn_alloc_tell_freed(void);

/*
 * For who cuts blocks out of larger ones made here, so that a test sees each
 * of them: false if a block must not be made; and that one was given back.
 */
static inline bool wsn_alloc_may_cut(size_t size)
{
    return !wsn_alloc_has_hook() || wsn_alloc_is_allowed(size);
}

static inline void wsn_alloc_note_returned(void)
{
    if (wsn_alloc_has_hook())
        wsn_alloc_tell_freed();
}

/* Returns uninitialised memory, or NULL. size 0 is asked for as 1. */
static inline void *wsn_alloc(size_t size)
{
    if (wsn_alloc_has_hook() && !wsn_alloc_is_allowed(size))
        return NULL;
    return malloc(size != 0 ? size : 1);
}

/* The same, at a multiple of alignment, which is a power of two. */
void *wsn_alloc_aligned(size_t alignment, size_t size);

/* Returns zeroed memory, or NULL. */
void *wsn_zalloc(size_t size);

/* Returns uninitialised room for n items, or NULL (also on overflow). */
void *wsn_alloc_array(size_t n, size_t item_size);

/* Resizes; on failure returns NULL and leaves block as it was. */
void *wsn_realloc(void *block, size_t size);

/* Gives block back; NULL is allowed. */
void wsn_free(void *block);

#endif
