/*
 * context.h - a community name, binary safe.
 *
 * Never changes once made, so any thread may read it.
 */
#ifndef WSN_CORE_CONTEXT_H
#define WSN_CORE_CONTEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct wsn_context {
    const char *name; /* friendly name, or NULL; lives in this block */
    size_t len;
    unsigned char octets[]; /* the community, and a NUL behind it */
};

/* A context of len octets, copied; NULL when memory is short.  Received
 * messages may have len 0. [any] */
struct wsn_context *wsn_context_new(const void *octets, size_t len);

/*
 * A context from what the application wrote, by the rules of the translate
 * mode in force: a community, or in translated mode a name of the database,
 * else a community.  Errors: SNMPAPI_CONTEXT_INVALID (0 octets, or more than
 * any message can carry), SNMPAPI_CONTEXT_UNKNOWN (only with the switch
 * strict_context), SNMPAPI_ALLOC_ERROR. [any]
 */
wsn_err wsn_context_from_octets(const void *octets, size_t len,
                                struct wsn_context **ret_context);

/* What the application reads back: in translated mode the friendly name if
 * there is one, else the community; memory of core/descriptor.h.  NULL when
 * memory is short. [any] */
unsigned char *wsn_context_to_octets(const struct wsn_context *context,
                                     uint32_t *ret_len);

/* Another context with the same data; NULL when memory is short. [any] */
struct wsn_context *wsn_context_dup(const struct wsn_context *context);

/* Destroys a context; NULL is allowed.  Takes void * because the handle table
 * calls it. [any] */
void wsn_context_free(void *context);

#endif
