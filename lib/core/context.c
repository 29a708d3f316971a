/*
 * context.c - see context.h.
 */
#include "core/context.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "core/db.h"
#include "core/descriptor.h"
#include "winsnmp_types.h"

/* The most a datagram can hold. */
#define OCTETS_MAX 65535u

/* One block: the struct, the octets and their NUL, the name and its NUL. */
static struct wsn_context *new_context(const void *octets, size_t len,
                                       const char *name)
{
    size_t name_size = name == NULL ? 0 : strlen(name) + 1;
    struct wsn_context *context;

    if (len > SIZE_MAX - sizeof *context - 1 - name_size)
        return NULL;
    context = wsn_alloc(sizeof *context + len + 1 + name_size);
    if (context == NULL)
        return NULL;
    context->len = len;
    if (len != 0)
        memcpy(context->octets, octets, len);
    context->octets[len] = 0;
    context->name = NULL;
    if (name != NULL)
        context->name = memcpy(context->octets + len + 1, name, name_size);
    return context;
}

struct wsn_context *wsn_context_new(const void *octets, size_t len)
{
    return new_context(octets, len, NULL);
}

/*
 * In translated mode a string that names nothing in the database is taken for
 * a community, because most hosts have no database; only the switch asks for
 * the documented SNMPAPI_CONTEXT_UNKNOWN.
 */
static wsn_err from_name(const void *octets, size_t len,
                         struct wsn_context **ret_context)
{
    struct wsn_db_context entry;

    if (wsn_db_find_context(octets, len, &entry))
        *ret_context = new_context(entry.community, strlen(entry.community),
                                   entry.name);
    else if (wsn_db_get(WSN_DB_STRICT_CONTEXT))
        return SNMPAPI_CONTEXT_UNKNOWN;
    else
        *ret_context = wsn_context_new(octets, len);
    return WSN_OK;
}

wsn_err wsn_context_from_octets(const void *octets, size_t len,
                                struct wsn_context **ret_context)
{
    struct wsn_context *context = NULL;
    wsn_err err = WSN_OK;

    if (len == 0 || len > OCTETS_MAX)
        return SNMPAPI_CONTEXT_INVALID;
    if (wsn_db_get(WSN_DB_TRANSLATE_MODE) == SNMPAPI_TRANSLATED)
        err = from_name(octets, len, &context);
    else
        context = wsn_context_new(octets, len);
    if (err != WSN_OK)
        return err;
    if (context == NULL)
        return SNMPAPI_ALLOC_ERROR;
    *ret_context = context;
    return WSN_OK;
}

static unsigned char *copy_text(const char *text, uint32_t *ret_len)
{
    *ret_len = (uint32_t)strlen(text);
    return wsn_descriptor_octets(text, *ret_len);
}

unsigned char *wsn_context_to_octets(const struct wsn_context *context,
                                     uint32_t *ret_len)
{
    struct wsn_db_context entry;

    if (wsn_db_get(WSN_DB_TRANSLATE_MODE) == SNMPAPI_TRANSLATED) {
        if (context->name != NULL)
            return copy_text(context->name, ret_len);
        if (wsn_db_find_community(context->octets, context->len, &entry))
            return copy_text(entry.name, ret_len);
    }
    *ret_len = (uint32_t)context->len;
    return wsn_descriptor_octets(context->octets, context->len);
}

struct wsn_context *wsn_context_dup(const struct wsn_context *context)
{
    return new_context(context->octets, context->len, context->name);
}

void wsn_context_free(void *context)
{
    wsn_free(context);
}
