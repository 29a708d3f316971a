/*
 * handle.h - what programs know objects by: handles, and names.
 */
#ifndef WC_HANDLE_H
#define WC_HANDLE_H

#include "winbase.h"

struct wc_object;
struct wc_object_kind;

/*
 * A new handle, which holds a reference of its own; NULL and the last error
 * set when there is no room. [lock]
 */
HANDLE wc_handle_open(struct wc_object *object);

/*
 * The object behind handle, borrowed; kind NULL means any.  NULL and
 * ERROR_INVALID_HANDLE when there is none. [lock]
 */
struct wc_object *wc_handle_find(HANDLE handle,
                                 const struct wc_object_kind *kind);

/*
 * The whole of CreateSomething: publishes object (taken; NULL when memory
 * was short) under name, or opens the object that has the name already.
 * Sets the last error: 0, ERROR_ALREADY_EXISTS or why it returns NULL. [any]
 */
HANDLE wc_handle_publish(struct wc_object *object, LPCSTR name);

/* The whole of OpenSomething. [any] */
HANDLE wc_handle_open_named(const struct wc_object_kind *kind, LPCSTR name);

#endif
