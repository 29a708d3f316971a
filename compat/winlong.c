/*
 * winlong.c - the values kept with a window, and what windows do by default.
 */
#include <string.h>

#include "dispatcher.h"
#include "error.h"
#include "window.h"

/* Where a value of size bytes lies among the extra bytes, or NULL. */
static unsigned char *extra_at(struct wc_window *window, int index, size_t size)
{
    if (index < 0 || size > window->n_extra ||
        (size_t)index > window->n_extra - size)
        return NULL;
    return window->extra + index;
}

static bool get_extra(struct wc_window *window, int index, size_t size,
                      LONG_PTR *ret_value)
{
    const unsigned char *place = extra_at(window, index, size);
    LONG narrow;

    if (place == NULL)
        return false;
    if (size == sizeof narrow) {
        memcpy(&narrow, place, sizeof narrow);
        *ret_value = narrow;
    } else {
        memcpy(ret_value, place, sizeof *ret_value);
    }
    return true;
}

static bool get(struct wc_window *window, int index, size_t size,
                LONG_PTR *ret_value)
{
    switch (index) {
    case GWLP_WNDPROC:
        *ret_value = (LONG_PTR)window->procedure;
        return true;
    case GWLP_HINSTANCE:
        *ret_value = (LONG_PTR)window->instance;
        return true;
    case GWLP_HWNDPARENT:
        *ret_value =
            window->parent != NULL ? (LONG_PTR)window->parent->handle : 0;
        return true;
    case GWLP_ID:
        *ret_value = window->id;
        return true;
    case GWLP_USERDATA:
        *ret_value = window->user_data;
        return true;
    case GWL_STYLE:
        *ret_value = (LONG)window->style;
        return true;
    case GWL_EXSTYLE:
        *ret_value = (LONG)window->ex_style;
        return true;
    default:
        return get_extra(window, index, size, ret_value);
    }
}

static void set_extra(struct wc_window *window, int index, size_t size,
                      LONG_PTR value)
{
    unsigned char *place = extra_at(window, index, size);
    LONG narrow = (LONG)value;

    if (size == sizeof narrow)
        memcpy(place, &narrow, sizeof narrow);
    else
        memcpy(place, &value, sizeof value);
}

/* index has passed get(). */
static void set(struct wc_window *window, int index, size_t size,
                LONG_PTR value)
{
    switch (index) {
    case GWLP_WNDPROC:
        window->procedure = (WNDPROC)value;
        break;
    case GWLP_HINSTANCE:
        window->instance = (HINSTANCE)value;
        break;
    case GWLP_HWNDPARENT:
        break; /* a window keeps its parent */
    case GWLP_ID:
        window->id = value;
        break;
    case GWLP_USERDATA:
        window->user_data = value;
        break;
    case GWL_STYLE:
        window->style = (DWORD)value;
        break;
    case GWL_EXSTYLE:
        window->ex_style = (DWORD)value;
        break;
    default:
        set_extra(window, index, size, value);
        break;
    }
}

/* Reads the old value and, unless new_value is NULL, stores the new one. */
static LONG_PTR exchange(HWND window, int index, size_t size,
                         const LONG_PTR *new_value)
{
    struct wc_window *found;
    LONG_PTR value = 0;

    wc_enter();
    found = wc_window_find(window);
    if (found != NULL && !get(found, index, size, &value))
        wc_fail(ERROR_INVALID_INDEX);
    else if (found != NULL && new_value != NULL)
        set(found, index, size, *new_value);
    wc_leave();
    return value;
}

LONG_PTR WINAPI GetWindowLongPtrA(HWND window, int index)
{
    return exchange(window, index, sizeof(LONG_PTR), NULL);
}

LONG_PTR WINAPI SetWindowLongPtrA(HWND window, int index, LONG_PTR value)
{
    return exchange(window, index, sizeof(LONG_PTR), &value);
}

LONG WINAPI GetWindowLongA(HWND window, int index)
{
    return (LONG)exchange(window, index, sizeof(LONG), NULL);
}

LONG WINAPI SetWindowLongA(HWND window, int index, LONG value)
{
    LONG_PTR wide = value;

    return (LONG)exchange(window, index, sizeof(LONG), &wide);
}

LRESULT WINAPI DefWindowProcA(HWND window, UINT message, WPARAM wparam,
                              LPARAM lparam)
{
    (void)wparam;
    (void)lparam;
    switch (message) {
    case WM_NCCREATE:
    case WM_QUERYENDSESSION:
        return TRUE;
    case WM_CLOSE:
        (void)DestroyWindow(window);
        return 0;
    default:
        return 0;
    }
}
