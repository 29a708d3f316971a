/*
 * descriptor_set.h - the large blocks among those handed to the application.
 *
 * Each is in a set keyed by its address, in parts with a lock each.  Part of
 * core/descriptor.c; nobody else includes this.
 */
#ifndef WSN_CORE_DESCRIPTOR_SET_H
#define WSN_CORE_DESCRIPTOR_SET_H

#include <stdbool.h>
#include <stddef.h>

/* Registers block, which is from wsn_alloc(), and returns it; NULL, and block
 * freed, when memory is short. [any] */
void *wsn_descriptor_set_add(void *block);

/* Frees a block of the set.  False, and nothing touched, for any other
 * address. [any] */
bool wsn_descriptor_set_free(void *block);

/* Frees every block, and the set itself. [any] */
void wsn_descriptor_set_free_all(void);

/* Number of blocks. [any] */
size_t wsn_descriptor_set_count(void);

/* In the child of a fork: forgets all blocks; their memory is lost. */
void wsn_descriptor_set_abandon_all(void);

/* The same, but only of parts that another thread was busy with. */
void wsn_descriptor_set_abandon_held(void);

#endif
