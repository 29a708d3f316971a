/*
 * filter.h - which messages a thread asks for.
 */
#ifndef WC_FILTER_H
#define WC_FILTER_H

#include <stdbool.h>

#include "winuser.h"

/* As the window of a filter: messages that have none. */
#define WC_NO_WINDOW ((HWND)(LONG_PTR)-1)

struct wc_filter {
    HWND window; /* NULL: any; or WC_NO_WINDOW */
    UINT first;
    UINT last; /* both 0: any number */
};

/* Would a message with this target and number pass? [lock] */
bool wc_filter_passes(const struct wc_filter *filter, HWND window, UINT number);

#endif
