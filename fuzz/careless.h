/*
 * careless.h - what a careless program holds and passes: handles that are
 * good, freed, of another kind or invented, and data of any shape, all as an
 * input says.  For fuzz_api.c.
 */
#ifndef WSN_FUZZ_CARELESS_H
#define WSN_FUZZ_CARELESS_H

#include <stdbool.h>

#include "core/object.h"
#include "fuzz.h"
#include "winsnmp.h"

#define SLOTS 16
#define KINDS (WSN_VBL + 1)

/* What the program holds: handles of each kind, not forgotten when freed. */
static void *slots[KINDS][SLOTS];
static unsigned n_made[KINDS];

/* The input, as a list of calls. */
struct calls {
    struct fuzz_input in;
    bool has_restarted;
};

/* ---- arguments ---------------------------------------------------------- */

/* A handle, most of the time one of the right kind. */
static inline void *handle(struct calls *calls, unsigned kind)
{
    unsigned choice = fuzz_octet(&calls->in);
    unsigned slot = choice % SLOTS;

    if (choice < 0xc0)
        return slots[kind][slot];
    if (choice < 0xe0)
        return slots[fuzz_octet(&calls->in) % KINDS][slot];
    if (choice < 0xf0)
        return (void *)((uintptr_t)slots[kind][slot] ^
                        (uintptr_t)1 << fuzz_octet(&calls->in) % 32);
    return choice < 0xf8 ? NULL : (void *)(uintptr_t)fuzz_long(&calls->in);
}

static inline void keep(unsigned kind, void *made)
{
    void **slot;

    if (made == NULL)
        return;
    slot = &slots[kind][n_made[kind]++ % SLOTS];
    /* A session nobody remembers would stay open. */
    if (kind == WSN_SESSION)
        (void)SnmpClose(*slot);
    *slot = made;
}

/* An object identifier in memory of exactly its size; ptr is for free(). */
static inline smiOID oid(struct calls *calls)
{
    smiUINT32 len = fuzz_octet(&calls->in) % 160;
    smiOID made = {len, malloc(len * sizeof(smiUINT32) + 1)};

    FUZZ_CHECK(made.ptr != NULL);
    for (smiUINT32 i = 0; i < len; i++)
        made.ptr[i] =
            i == 0 ? fuzz_octet(&calls->in) % 4 : fuzz_octet(&calls->in);
    if (len > 0 && fuzz_octet(&calls->in) == 0xff)
        made.ptr[len - 1] = fuzz_long(&calls->in);
    return made;
}

static inline smiOCTETS octets(struct calls *calls)
{
    size_t len;
    smiOCTETS made = {0, NULL};

    made.ptr = fuzz_block(&calls->in, fuzz_octet(&calls->in), &len);
    made.len = (smiUINT32)len;
    return made;
}

/* A value of any syntax, also of none; to be given to value_free(). */
static inline smiVALUE value(struct calls *calls)
{
    smiVALUE made;

    memset(&made, 0, sizeof made);
    made.syntax = fuzz_octet(&calls->in);
    switch (made.syntax) {
    case SNMP_SYNTAX_OID:
        made.value.oid = oid(calls);
        break;
    case SNMP_SYNTAX_OCTETS:
    case SNMP_SYNTAX_OPAQUE:
    case SNMP_SYNTAX_IPADDR:
    case SNMP_SYNTAX_NSAPADDR:
        made.value.string = octets(calls);
        break;
    default:
        made.value.hNumber.hipart = fuzz_long(&calls->in);
        made.value.hNumber.lopart = fuzz_long(&calls->in);
    }
    return made;
}

/* Is there memory behind a value of this syntax? */
static inline bool has_memory(smiUINT32 syntax)
{
    return syntax == SNMP_SYNTAX_OID || syntax == SNMP_SYNTAX_OCTETS ||
           syntax == SNMP_SYNTAX_OPAQUE || syntax == SNMP_SYNTAX_IPADDR ||
           syntax == SNMP_SYNTAX_NSAPADDR;
}

static inline void value_free(smiVALUE *made)
{
    if (made->syntax == SNMP_SYNTAX_OID)
        free(made->value.oid.ptr);
    else if (has_memory(made->syntax))
        free(made->value.string.ptr);
}

#endif
