/*
 * fail_once.h - memory of which one allocation is refused, and a count of the
 * blocks that are in use.
 */
#ifndef WSN_TESTS_SUPPORT_FAIL_ONCE_H
#define WSN_TESTS_SUPPORT_FAIL_ONCE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/alloc.h"

static _Atomic long n_asked;
static _Atomic long n_blocks;
static long n_fails; /* this one fails, of all threads' */

static inline bool fail_once(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    if (atomic_fetch_add(&n_asked, 1) + 1 == n_fails)
        return false;
    n_blocks++;
    return true;
}

static inline void forget(void *arg)
{
    (void)arg;
    n_blocks--;
}

static const struct wsn_alloc_hook fail_once_hook = {fail_once, forget, NULL};

#endif
