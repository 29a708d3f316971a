/*
 * descriptor.h - memory handed to the application, freed by
 * SnmpFreeDescriptor.
 *
 * Programs give SnmpFreeDescriptor literals, their own buffers, the address
 * of the wrong member and the same descriptor twice.  So small blocks, which
 * nearly all are, come from base/slab.h, and large ones are in a set keyed by
 * their address; what neither knows is refused without being looked at.  The
 * set is split, each part with its own lock, as the slabs are; blocks belong
 * to the process, survive SnmpClose and end at tear-down.
 */
#ifndef WSN_CORE_DESCRIPTOR_H
#define WSN_CORE_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A registered copy of len bytes; NULL when memory is short.  A few zero bytes
 * follow, because programs treat octets as a string or write the terminator
 * themselves at [len]; so the result is never NULL for len 0. [any]
 */
unsigned char *wsn_descriptor_octets(const void *bytes, size_t len);

/* A registered copy of n sub-identifiers; NULL when memory is short.
 * [any] */
uint32_t *wsn_descriptor_oid(const uint32_t *subids, size_t n);

/* Frees a registered block.  False, and nothing touched, for any other
 * address. [any] */
bool wsn_descriptor_free(void *block);

/* Frees every registered block and the set itself. [any] */
void wsn_descriptor_free_all(void);

/* Number of registered blocks. [any] */
size_t wsn_descriptor_count(void);

/* In the child of a fork: forgets all blocks; their memory is lost. */
void wsn_descriptor_abandon_all(void);

/* The same, but only of blocks among which another thread of the parent was
 * making or freeing one at that moment. */
void wsn_descriptor_abandon_held(void);

#endif
