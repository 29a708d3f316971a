/*
 * objects.h - entities and contexts with handles, for suites of lib/core that
 * work below the exported functions.
 */
#ifndef WSN_TESTS_SUPPORT_OBJECTS_H
#define WSN_TESTS_SUPPORT_OBJECTS_H

#include <string.h>

#include "base/handle.h"
#include "codec/pdu.h"
#include "core/context.h"
#include "core/entity.h"
#include "core/object.h"
#include "net/addr.h"
#include "support/suite.h"

/* Owns every object, and is never closed. */
static void *test_owner;
static int test_owner_object;

static inline void owner_destroy(void *object)
{
    (void)object;
}

static inline void objects_begin(void)
{
    wsn_handle_set_type(WSN_SESSION, owner_destroy);
    wsn_handle_set_type(WSN_ENTITY, wsn_entity_free);
    wsn_handle_set_type(WSN_CONTEXT, wsn_context_free);
    ck_assert_int_eq(wsn_handle_publish_new(WSN_SESSION, &test_owner_object,
                                            NULL, &test_owner),
                     WSN_PUBLISHED);
}

/* What a test made and did not release is released here. */
static inline void objects_end(void)
{
    (void)wsn_handle_pin(test_owner, WSN_SESSION);
    (void)wsn_handle_kill(test_owner, WSN_SESSION);
    wsn_handle_sweep(test_owner);
    wsn_handle_unpin(test_owner);
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 0);
    ck_assert_uint_eq(wsn_handle_count(WSN_CONTEXT), 0);
}

static inline void *publish_object(unsigned type, void *object)
{
    void *handle;

    ck_assert_ptr_nonnull(object);
    ck_assert_int_eq(
        wsn_handle_publish_new(type, object, test_owner, &handle),
        WSN_PUBLISHED);
    return handle;
}

static inline struct wsn_addr addr_of(const char *text, uint16_t port)
{
    struct wsn_addr addr;

    ck_assert_msg(wsn_addr_parse(text, &addr), "no address: %s", text);
    addr.port = port;
    return addr;
}

/* NULL gives NULL. */
static inline void *entity_of(const char *text)
{
    struct wsn_addr addr;

    if (text == NULL)
        return NULL;
    addr = addr_of(text, 0);
    return publish_object(WSN_ENTITY, wsn_entity_new(&addr, WSN_V1));
}

/* NULL gives NULL. */
static inline void *context_of(const char *community)
{
    if (community == NULL)
        return NULL;
    return publish_object(WSN_CONTEXT,
                          wsn_context_new(community, strlen(community)));
}

#endif
