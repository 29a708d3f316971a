/*
 * memory.h - arrays from SnmpUtilMemAlloc, whose sizes are UINTs.  The
 * room's own.
 */
#ifndef WSN_MGMT_MEMORY_H
#define WSN_MGMT_MEMORY_H

#include <limits.h>
#include <stddef.h>

#include "mgmt/error.h"
#include "snmp.h"

/* Room for n items, zero, at *ret_items; NULL for none.  FALSE, with the
 * error recorded, when there is no memory. [any] */
static inline BOOL wsn_mgmt_array(size_t n, size_t item_size, void **ret_items)
{
    void *items = NULL;

    if (n > UINT_MAX / item_size)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    if (n > 0) {
        items = SnmpUtilMemAlloc((UINT)(n * item_size));
        if (items == NULL)
            return FALSE;
    }
    *ret_items = items;
    return TRUE;
}

#endif
