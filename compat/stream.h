/*
 * stream.h - handles that bytes go through: the standard ones and pipes.
 */
#ifndef WC_STREAM_H
#define WC_STREAM_H

#include <stdbool.h>

#include "windef.h"

#include "base/lock.h"

struct wc_object;

/* What a handle stands for, kept open while it is used. */
struct wc_stream {
    int fd;
    struct wc_object *pipe; /* NULL: a standard handle */
};

/*
 * Held while a descriptor exists that is not yet closed on exec, and while a
 * process starts: otherwise a child of another thread would keep the end of
 * a pipe open that it knows nothing of, and its reader would wait for ever.
 */
extern struct wsn_lock wc_inheritance;

/* False and ERROR_INVALID_HANDLE when handle is neither. [any] */
bool wc_stream_take(HANDLE handle, struct wc_stream *ret_stream);

void wc_stream_give(const struct wc_stream *stream);

#endif
