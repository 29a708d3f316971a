/*
 * util_memory.c - the memory that is handed across these interfaces.
 *
 * Programs rely on new memory being zero.  For a block that grows the old
 * size must be known: it stands in front of the block.
 */
#include <stddef.h>
#include <string.h>

#include "base/alloc.h"
#include "mgmt/error.h"
#include "snmp.h"

union header {
    size_t size;
    max_align_t align;
};

static void *fail(void)
{
    (void)wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    return NULL;
}

/* The bytes behind a header that has room for size of them. */
static void *finish(union header *header, size_t old_size, size_t size)
{
    char *bytes = (char *)(header + 1);

    header->size = size;
    if (size > old_size)
        memset(bytes + old_size, 0, size - old_size);
    return bytes;
}

LPVOID SNMP_FUNC_TYPE SnmpUtilMemReAlloc(LPVOID pMem, UINT nBytes)
{
    union header *header = pMem == NULL ? NULL : (union header *)pMem - 1;
    size_t old_size = header == NULL ? 0 : header->size;
    size_t size = sizeof *header + nBytes;

    if (size < nBytes)
        return fail(); /* where size_t has 32 bits */
    header = wsn_realloc(header, size);
    return header == NULL ? fail() : finish(header, old_size, nBytes);
}

LPVOID SNMP_FUNC_TYPE SnmpUtilMemAlloc(UINT nBytes)
{
    return SnmpUtilMemReAlloc(NULL, nBytes);
}

VOID SNMP_FUNC_TYPE SnmpUtilMemFree(LPVOID pMem)
{
    if (pMem != NULL)
        wsn_free((union header *)pMem - 1);
}
