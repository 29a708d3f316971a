/*
 * object.h - what events, mutexes, semaphores and threads have in common:
 * a reference count, perhaps a name, handles, and threads that wait for it.
 * Guarded by the dispatcher lock.
 */
#ifndef WC_OBJECT_H
#define WC_OBJECT_H

#include <stdbool.h>

#include "winbase.h"

#include "base/list.h"

struct wc_object;
struct wc_thread;

/* What one kind of object does in its own way. */
struct wc_object_kind {
    /* Would a wait by thread end now? */
    bool (*is_signaled)(const struct wc_object *object,
                        const struct wc_thread *thread);
    /* A wait by thread ends: true when the object was abandoned. */
    bool (*acquire)(struct wc_object *object, struct wc_thread *thread);
    /* The last reference is gone: frees the memory. */
    void (*free)(struct wc_object *object);
    /*
     * ResumeThread: returns how often it was suspended before.  NULL: it
     * never is.
     */
    DWORD (*resume)(struct wc_object *object);
    /* The thread that owns it ends.  NULL: none ever does. */
    void (*abandon)(struct wc_object *object);
};

struct wc_object {
    const struct wc_object_kind *kind;
    unsigned n_refs;
    struct wsn_list waiters;  /* struct wc_wait_link */
    struct wsn_list in_owner; /* in what a thread owns, or alone */
    struct wsn_list in_names; /* in the list of named objects, or alone */
    char *name;               /* NULL: none */
};

/* Starts an object without name that has one reference. */
void wc_object_init(struct wc_object *object,
                    const struct wc_object_kind *kind);

void wc_object_pin(struct wc_object *object);

/* May free the object. [lock] */
void wc_object_unpin(struct wc_object *object);

#endif
