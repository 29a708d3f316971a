/*
 * scarce.h - memory that runs out after so many allocations, whichever thread
 * makes them.
 */
#ifndef WSN_TESTS_SUPPORT_SCARCE_H
#define WSN_TESTS_SUPPORT_SCARCE_H

#include <stdatomic.h>

#include "base/alloc.h"

#define N(table) ((int)(sizeof(table) / sizeof((table)[0])))

static _Atomic long left;     /* allocations that succeed */
static _Atomic long n_in_use; /* blocks not given back */

static inline bool may_alloc(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    if (left-- <= 0)
        return false;
    n_in_use++;
    return true;
}

static inline void freed(void *arg)
{
    (void)arg;
    n_in_use--;
}

static const struct wsn_alloc_hook hook = {may_alloc, freed, NULL};

static inline void allow(long n)
{
    left = n;
    n_in_use = 0;
    wsn_alloc_set_hook(&hook);
}

static inline void allow_all(void)
{
    wsn_alloc_set_hook(NULL);
}

#endif
