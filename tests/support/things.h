/*
 * things.h - objects for tests of the handle table, which count how often they
 * are destroyed.
 */
#ifndef TEST_THINGS_H
#define TEST_THINGS_H

#include <stdatomic.h>

#include "base/alloc.h"
#include "base/handle.h"
#include "support/suite.h"

/* Two of the types there may be. */
#define KIND 3
#define OTHER_KIND 4

struct thing {
    _Atomic int deaths;
};

static inline void destroy(void *object)
{
    (void)atomic_fetch_add(&((struct thing *)object)->deaths, 1);
}

static inline void prepare(void)
{
    for (unsigned type = 1; type < WSN_HANDLE_TYPES; type++)
        wsn_handle_set_type(type, destroy);
}

static inline void *publish(struct thing *thing, unsigned type, void *owner)
{
    void *handle;

    ck_assert_int_eq(wsn_handle_publish_new(type, thing, owner, &handle),
                     WSN_PUBLISHED);
    ck_assert_ptr_nonnull(handle);
    return handle;
}

static inline bool is_valid(void *handle, unsigned type)
{
    bool is = wsn_handle_pin(handle, type) != NULL;

    if (is)
        wsn_handle_unpin(handle);
    return is;
}

static inline bool refuse(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    return false;
}

static inline void ignore(void *arg)
{
    (void)arg;
}

static const struct wsn_alloc_hook shortage = {refuse, ignore, NULL};

#endif
