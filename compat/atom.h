/*
 * atom.h - numbers for strings: class names and registered messages.
 *
 * Case does not matter, and a string keeps its number for ever, so that two
 * parts of a program that agree on a name agree on the number.  Guarded by
 * the dispatcher lock.
 */
#ifndef WC_ATOM_H
#define WC_ATOM_H

#include "windef.h"

/* Are these the same name? [any] */
int wc_name_is(LPCSTR a, LPCSTR b);

/* The number of name, from 0xC000; 0 and the last error set. [lock] */
ATOM wc_atom_add(LPCSTR name);

/* The number of name; a name may be a number in disguise; 0: none. [lock] */
ATOM wc_atom_find(LPCSTR name);

/* The string behind atom, borrowed for ever, or NULL. [lock] */
LPCSTR wc_atom_name(ATOM atom);

#endif
