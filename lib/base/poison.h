/*
 * poison.h - memory that must not be touched, for the address sanitizer.
 *
 * Who keeps blocks inside larger ones says which parts are nobody's, and an
 * application's overrun or use after free is found as if malloc had made
 * them.  Compiled for use these are nothing.  Pure: no lock.
 */
#ifndef WSN_BASE_POISON_H
#define WSN_BASE_POISON_H

#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#define WSN_HAS_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WSN_HAS_POISON 1
#endif
#endif

#ifdef WSN_HAS_POISON

#include <sanitizer/asan_interface.h>

/* What to leave free behind a block, so that its overrun hits poison. */
#define WSN_POISON_GAP_BYTES 16u

/* Nobody may touch the size bytes at start. [any] */
static inline void wsn_poison(void *start, size_t size)
{
    __asan_poison_memory_region(start, size);
}

/* They may be touched again. [any] */
static inline void wsn_unpoison(void *start, size_t size)
{
    __asan_unpoison_memory_region(start, size);
}

#else

#define WSN_POISON_GAP_BYTES 0u

static inline void wsn_poison(void *start, size_t size)
{
    (void)start;
    (void)size;
}

static inline void wsn_unpoison(void *start, size_t size)
{
    (void)start;
    (void)size;
}

#endif

#endif
