/*
 * filter.c - see filter.h.
 */
#include "filter.h"

#include "window.h"

static bool number_passes(const struct wc_filter *filter, UINT number)
{
    if (filter->first == 0 && filter->last == 0)
        return true;
    return number >= filter->first && number <= filter->last;
}

bool wc_filter_passes(const struct wc_filter *filter, HWND window, UINT number)
{
    if (!number_passes(filter, number))
        return false;
    if (filter->window == NULL)
        return true;
    if (filter->window == WC_NO_WINDOW)
        return window == NULL;
    return window != NULL && wc_window_is_within(window, filter->window);
}
