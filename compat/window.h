/*
 * window.h - windows: a number, a procedure, some bytes, an owning thread.
 *
 * Nobody keeps a pointer to a window while its procedure runs; what goes on
 * after a call finds the window again by its handle, or finds it gone.
 * Guarded by the dispatcher lock.
 */
#ifndef WC_WINDOW_H
#define WC_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "winuser.h"

#include "base/list.h"

struct wc_class;
struct wc_thread;

struct wc_window {
    HWND handle;
    struct wc_thread *owner;
    struct wc_class *class;
    WNDPROC procedure;
    struct wsn_list in_windows; /* of the process, newest first */
    struct wsn_list in_owner;   /* of the thread */
    struct wsn_list in_parent;  /* of the parent, or alone */
    struct wsn_list children;   /* children and owned windows */
    struct wc_window *parent;   /* parent or owner; NULL: none */
    bool is_message_only;
    bool is_dying; /* DestroyWindow is at work */
    DWORD style;
    DWORD ex_style;
    LONG_PTR user_data;
    LONG_PTR id;
    HINSTANCE instance;
    char *title; /* NULL: none */
    size_t n_extra;
    unsigned char extra[]; /* cbWndExtra bytes */
};

/* All windows. [lock] */
extern struct wsn_list wc_windows;

/* The window; NULL and ERROR_INVALID_WINDOW_HANDLE when there is none. */
struct wc_window *wc_window_find(HWND window);

/* The same without an error. [lock] */
struct wc_window *wc_window_peek(HWND window);

/* Is window the same as ancestor, or a child of it? [lock] */
bool wc_window_is_within(HWND window, HWND ancestor);

/* Is it found by FindWindow and by a broadcast? [lock] */
bool wc_window_is_top_level(const struct wc_window *window);

/*
 * Makes a window, not yet told of it, as wish says; NULL when memory is short.
 * parent, which may be NULL, is also that of an owned window. [lock]
 */
HWND wc_window_add(struct wc_class *class, struct wc_thread *owner,
                   struct wc_window *parent, const CREATESTRUCTA *wish);

/* Forgets the window, not what queues hold for it. [lock] */
void wc_window_drop(struct wc_window *window);

/* thread ends: its windows go without being asked. [lock] */
void wc_windows_drop(struct wc_thread *thread);

#endif
