/*
 * varbinds_make.h - variable bindings for tests, written as text.
 */
#ifndef WSN_TESTS_SUPPORT_VARBINDS_MAKE_H
#define WSN_TESTS_SUPPORT_VARBINDS_MAKE_H

#include <check.h>
#include <stdint.h>
#include <string.h>

#include "codec/oid.h"
#include "codec/varbinds.h"

static inline void add_value(struct wsn_varbinds **body, const char *name,
                             const smiVALUE *value)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    smiOID oid = {0, ids};

    ck_assert_uint_eq(wsn_oid_from_text(name, ids, &oid.len), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_append(body, &oid, value), WSN_OK);
}

/* NULL or an exception. */
static inline void add_empty(struct wsn_varbinds **body, const char *name,
                             smiUINT32 syntax)
{
    smiVALUE value = {.syntax = syntax};

    add_value(body, name, &value);
}

static inline void add_int(struct wsn_varbinds **body, const char *name,
                           smiINT number)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_INT};

    value.value.sNumber = number;
    add_value(body, name, &value);
}

static inline void add_uint(struct wsn_varbinds **body, const char *name,
                            smiUINT32 syntax, smiUINT32 number)
{
    smiVALUE value = {.syntax = syntax};

    value.value.uNumber = number;
    add_value(body, name, &value);
}

static inline void add_cntr64(struct wsn_varbinds **body, const char *name,
                              uint64_t number)
{
    smiVALUE value = {.syntax = SNMP_SYNTAX_CNTR64};

    value.value.hNumber.hipart = (smiUINT32)(number >> 32);
    value.value.hNumber.lopart = (smiUINT32)number;
    add_value(body, name, &value);
}

static inline void add_octets(struct wsn_varbinds **body, const char *name,
                              smiUINT32 syntax, const char *text)
{
    unsigned char octets[256];
    smiVALUE value = {.syntax = syntax};
    size_t len = strlen(text);

    ck_assert_uint_le(len, sizeof octets);
    memcpy(octets, text, len);
    value.value.string.len = (smiUINT32)len;
    value.value.string.ptr = octets;
    add_value(body, name, &value);
}

static inline void add_oid(struct wsn_varbinds **body, const char *name,
                           const char *text)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    smiVALUE value = {.syntax = SNMP_SYNTAX_OID};

    value.value.oid.ptr = ids;
    ck_assert_uint_eq(wsn_oid_from_text(text, ids, &value.value.oid.len),
                      WSN_OK);
    add_value(body, name, &value);
}

#endif
