/*
 * class.h - window classes, which all belong to the process.
 * Guarded by the dispatcher lock.
 */
#ifndef WC_CLASS_H
#define WC_CLASS_H

#include "winuser.h"

#include "base/list.h"

struct wc_class {
    struct wsn_list in_classes;
    ATOM atom;
    WNDCLASSEXA info; /* its names are the atom's */
    unsigned n_windows;
};

/* The class of that name or atom, or NULL and the last error. [lock] */
struct wc_class *wc_class_find(LPCSTR name);

#endif
