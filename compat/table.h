/*
 * table.h - numbers for things, so that a program's handle can be checked.
 *
 * A handle is {generation, index, kind} packed into a pointer's value.  The
 * two lowest bits are the kind (objects have 0 there, as on Windows).  The
 * generation changes when a slot is freed, and the slot longest free is used
 * first, so a stale handle is recognised instead of hitting its successor.
 * Guarded by the dispatcher lock.
 */
#ifndef WC_TABLE_H
#define WC_TABLE_H

#include <stdint.h>

enum wc_kind { WC_KIND_OBJECT = 0, WC_KIND_WINDOW = 2 };

/* A new handle for thing; 0 when there is no room. [lock] */
uintptr_t wc_table_add(enum wc_kind kind, void *thing);

/* The thing behind handle, or NULL when it is not a live handle. [lock] */
void *wc_table_find(enum wc_kind kind, uintptr_t handle);

/* Ends handle and returns its thing; NULL when it is not live. [lock] */
void *wc_table_remove(enum wc_kind kind, uintptr_t handle);

#endif
