/*
 * varbinds.c - see varbinds.h.
 *
 * A body is one block.  Room for names and values is taken from both ends of
 * its last part: sub-ids from the front, octets from the back, so nothing
 * needs padding.  Room is never given back singly.  When it runs out, the
 * entries move to a new block sized by what they really need, which is also
 * how a shared body is copied and how the leavings of replaced values go.
 */
#include "codec/varbinds.h"

#include <assert.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "codec/oid.h"
#include "codec/value.h"

/* The spare room of a new block; a typical request fits without growing. */
#define SPARE_ENTRIES 3
#define SPARE_BYTES 192

/* No part of a block is larger; so the sum of the parts cannot overflow. */
#define PART_MAX (PTRDIFF_MAX / 4)

struct wsn_varbinds {
    atomic_size_t references;
    size_t n_front; /* bytes of the block in front of this */
    size_t count;
    size_t capacity;
    smiUINT32 *ids;        /* the next free sub-id */
    unsigned char *octets; /* the octet behind the last free one */
    struct wsn_varbind entries[];
};

size_t wsn_varbinds_count(const struct wsn_varbinds *body)
{
    return body == NULL ? 0 : body->count;
}

const struct wsn_varbind *wsn_varbinds_at(const struct wsn_varbinds *body,
                                          size_t index)
{
    return index < wsn_varbinds_count(body) ? &body->entries[index] : NULL;
}

struct wsn_varbinds *wsn_varbinds_ref(struct wsn_varbinds *body)
{
    if (body != NULL)
        atomic_fetch_add_explicit(&body->references, 1, memory_order_relaxed);
    return body;
}

void wsn_varbinds_unref(struct wsn_varbinds *body)
{
    if (body != NULL && atomic_fetch_sub_explicit(&body->references, 1,
                                                  memory_order_acq_rel) == 1)
        wsn_free((char *)body - body->n_front);
}

void *wsn_varbinds_front(struct wsn_varbinds *body)
{
    return body->n_front != 0 ? (char *)body - body->n_front : NULL;
}

static bool is_shared(struct wsn_varbinds *body)
{
    return atomic_load_explicit(&body->references, memory_order_acquire) > 1;
}

/* 64 bits, because an application may claim any length. */
static uint64_t value_bytes(const smiVALUE *value)
{
    switch (wsn_value_kind(value->syntax)) {
    case WSN_VALUE_OCTETS:
        return (uint64_t)value->value.string.len + 1;
    case WSN_VALUE_OID:
        return (uint64_t)value->value.oid.len * sizeof(smiUINT32);
    default:
        return 0;
    }
}

static uint64_t name_bytes(const smiOID *name)
{
    return (uint64_t)name->len * sizeof(smiUINT32);
}

static uint64_t live_bytes(const struct wsn_varbinds *body)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < wsn_varbinds_count(body); i++)
        bytes += name_bytes(&body->entries[i].name) +
                 value_bytes(&body->entries[i].value);
    return bytes;
}

/* n_front is small. */
static struct wsn_varbinds *body_new(size_t n_front, size_t capacity,
                                     uint64_t room)
{
    size_t to_align = alignof(struct wsn_varbinds) - 1;
    struct wsn_varbinds *body;
    unsigned char *block;
    size_t size;

    n_front = (n_front + to_align) & ~to_align;
    if (capacity > PART_MAX / sizeof(struct wsn_varbind) || room > PART_MAX)
        return NULL;
    size = offsetof(struct wsn_varbinds, entries) +
           capacity * sizeof(struct wsn_varbind) + (size_t)room;
    block = wsn_alloc(n_front + size);
    if (block == NULL)
        return NULL;
    body = (struct wsn_varbinds *)(void *)(block + n_front);
    atomic_init(&body->references, 1);
    body->n_front = n_front;
    body->count = 0;
    body->capacity = capacity;
    body->ids = (smiUINT32 *)(void *)&body->entries[capacity];
    body->octets = (unsigned char *)body + size;
    return body;
}

/* Whether a body may be changed where it is, with n_more entries and their
 * bytes added. */
static bool is_writable(struct wsn_varbinds *body, size_t n_more,
                        uint64_t bytes)
{
    const unsigned char *start = (const unsigned char *)body->ids;

    return !is_shared(body) && body->capacity - body->count >= n_more &&
           (uint64_t)(body->octets - start) >= bytes;
}

static smiOID put_oid(struct wsn_varbinds *body, const smiOID *oid)
{
    smiOID copy;

    copy.len = oid->len;
    copy.ptr = body->ids;
    body->ids += copy.len;
    memcpy(copy.ptr, oid->ptr, copy.len * sizeof *copy.ptr);
    return copy;
}

static smiOCTETS put_octets(struct wsn_varbinds *body, const smiOCTETS *octets)
{
    smiOCTETS copy;

    copy.len = octets->len;
    copy.ptr = body->octets - copy.len - 1;
    body->octets = copy.ptr;
    if (copy.len > 0)
        memcpy(copy.ptr, octets->ptr, copy.len);
    copy.ptr[copy.len] = '\0';
    return copy;
}

/* from may be to itself: each part is read before it is written. */
static void put_value(struct wsn_varbinds *body, const smiVALUE *from,
                      smiVALUE *to)
{
    to->syntax = from->syntax;
    switch (wsn_value_kind(from->syntax)) {
    case WSN_VALUE_OCTETS:
        to->value.string = put_octets(body, &from->value.string);
        break;
    case WSN_VALUE_OID:
        to->value.oid = put_oid(body, &from->value.oid);
        break;
    case WSN_VALUE_EMPTY:
        memset(&to->value, 0, sizeof to->value);
        break;
    default:
        to->value = from->value;
        break;
    }
}

/* name NULL keeps the name. */
static void put_entry(struct wsn_varbinds *body, struct wsn_varbind *entry,
                      smiLPCOID name, smiLPCVALUE value)
{
    if (name != NULL)
        entry->name = put_oid(body, name);
    put_value(body, value, &entry->value);
}

/* A body with the same entries and room for n_more and their bytes; body may
 * be NULL. */
static struct wsn_varbinds *body_copy(const struct wsn_varbinds *body,
                                      size_t n_more, uint64_t bytes)
{
    size_t count = wsn_varbinds_count(body);
    uint64_t live = live_bytes(body);
    struct wsn_varbinds *copy =
        body_new(0, count + count / 2 + n_more + SPARE_ENTRIES,
                 live + live / 2 + bytes + SPARE_BYTES);

    if (copy == NULL)
        return NULL;
    for (; copy->count < count; copy->count++) {
        const struct wsn_varbind *old = &body->entries[copy->count];

        put_entry(copy, &copy->entries[copy->count], &old->name, &old->value);
    }
    return copy;
}

/* A body that may be changed: the given one if possible, else a copy. */
static inline struct wsn_varbinds *writable(struct wsn_varbinds *body,
                                            size_t n_more, uint64_t bytes)
{
    if (body != NULL && is_writable(body, n_more, bytes))
        return body;
    return body_copy(body, n_more, bytes);
}

/* Only now may the old body go: the inputs could have pointed into it. */
static void install(struct wsn_varbinds **body, struct wsn_varbinds *changed)
{
    if (*body == changed)
        return;
    wsn_varbinds_unref(*body);
    *body = changed;
}

/* Sets the entry at index, one of n_more new ones or an old one; name has been
 * checked. */
static wsn_err set(struct wsn_varbinds **body, size_t index, size_t n_more,
                   smiLPCOID name, smiLPCVALUE value)
{
    static const smiVALUE null_value = {.syntax = SNMP_SYNTAX_NULL};
    struct wsn_varbinds *changed;
    uint64_t bytes;
    wsn_err err;

    if (value == NULL)
        value = &null_value;
    err = wsn_value_check(value);
    if (err != WSN_OK)
        return err;
    bytes = (name == NULL ? 0 : name_bytes(name)) + value_bytes(value);
    changed = writable(*body, n_more, bytes);
    if (changed == NULL)
        return SNMPAPI_ALLOC_ERROR;
    put_entry(changed, &changed->entries[index], name, value);
    changed->count += n_more;
    install(body, changed);
    return WSN_OK;
}

wsn_err wsn_varbinds_append(struct wsn_varbinds **body, smiLPCOID name,
                            smiLPCVALUE value)
{
    if (!wsn_oid_is_valid(name))
        return SNMPAPI_OID_INVALID;
    return set(body, wsn_varbinds_count(*body), 1, name, value);
}

wsn_err wsn_varbinds_replace(struct wsn_varbinds **body, size_t index,
                             smiLPCOID name, smiLPCVALUE value)
{
    if (index >= wsn_varbinds_count(*body))
        return SNMPAPI_INDEX_INVALID;
    if (name != NULL && !wsn_oid_is_valid(name))
        return SNMPAPI_OID_INVALID;
    return set(body, index, 0, name, value);
}

wsn_err wsn_varbinds_delete(struct wsn_varbinds **body, size_t index)
{
    struct wsn_varbinds *changed = NULL;
    size_t count = wsn_varbinds_count(*body);

    if (index >= count)
        return SNMPAPI_INDEX_INVALID;
    if (count > 1) {
        changed = writable(*body, 0, 0);
        if (changed == NULL)
            return SNMPAPI_ALLOC_ERROR;
        memmove(&changed->entries[index], &changed->entries[index + 1],
                (count - index - 1) * sizeof changed->entries[0]);
        changed->count--;
    }
    install(body, changed);
    return WSN_OK;
}

wsn_err wsn_varbinds_build(const struct wsn_varbinds_size *size,
                           struct wsn_varbinds_builder *ret_builder)
{
    struct wsn_varbinds *body =
        body_new(size->n_front, size->n_varbinds,
                 (uint64_t)size->n_ids * sizeof(smiUINT32) + size->n_octets);

    assert(size->n_varbinds > 0);
    if (body == NULL)
        return SNMPAPI_ALLOC_ERROR;
    ret_builder->body = body;
    ret_builder->entry = body->entries;
    ret_builder->ids = body->ids;
    ret_builder->octets = body->octets - size->n_octets;
    body->count = size->n_varbinds;
    /* The builder owns all of the room. */
    body->ids += size->n_ids;
    body->octets -= size->n_octets;
    return WSN_OK;
}
