/*
 * winfind.c - FindWindow: windows by class and title, newest first; and what
 * can be asked about a window that has been found.
 */
#include <unistd.h>

#include "atom.h"
#include "class.h"
#include "dispatcher.h"
#include "error.h"
#include "thread.h"
#include "window.h"

/* Is window one of those that hang on parent, as FindWindowEx sees it? */
static bool hangs_on(const struct wc_window *window, HWND parent)
{
    if (parent == NULL)
        return wc_window_is_top_level(window);
    if (parent == HWND_MESSAGE)
        return window->is_message_only;
    return (window->style & WS_CHILD) != 0 && window->parent != NULL &&
           window->parent->handle == parent;
}

static bool fits(const struct wc_window *window, HWND parent, LPCSTR class_name,
                 LPCSTR title)
{
    if (!hangs_on(window, parent))
        return false;
    if (class_name != NULL && window->class->atom != wc_atom_find(class_name))
        return false;
    return title == NULL ||
           wc_name_is(window->title != NULL ? window->title : "", title);
}

static HWND find(struct wsn_list *after, HWND parent, LPCSTR class_name,
                 LPCSTR title)
{
    struct wsn_list *node;

    for (node = after->next; node != &wc_windows; node = node->next) {
        const struct wc_window *window =
            WSN_CONTAINER(node, struct wc_window, in_windows);

        if (fits(window, parent, class_name, title))
            return window->handle;
    }
    return NULL;
}

static bool is_parent(HWND parent)
{
    return parent == NULL || parent == HWND_MESSAGE ||
           wc_window_find(parent) != NULL;
}

HWND WINAPI FindWindowExA(HWND parent, HWND after, LPCSTR class_name,
                          LPCSTR title)
{
    struct wc_window *last;
    HWND window = NULL;

    wc_enter();
    last = after != NULL ? wc_window_find(after) : NULL;
    if (is_parent(parent) && (after == NULL || last != NULL))
        window = find(last != NULL ? &last->in_windows : &wc_windows, parent,
                      class_name, title);
    wc_leave();
    return window;
}

HWND WINAPI FindWindowA(LPCSTR class_name, LPCSTR title)
{
    return FindWindowExA(NULL, NULL, class_name, title);
}

/* ---- What is it? ---------------------------------------------------- */

BOOL WINAPI IsWindow(HWND window)
{
    bool is_window;

    wc_enter();
    is_window = wc_window_peek(window) != NULL;
    wc_leave();
    return is_window;
}

DWORD WINAPI GetWindowThreadProcessId(HWND window, LPDWORD ret_process_id)
{
    const struct wc_window *found;
    DWORD id = 0;

    wc_enter();
    found = wc_window_find(window);
    if (found != NULL)
        id = found->owner->id;
    wc_leave();
    if (id != 0 && ret_process_id != NULL)
        *ret_process_id = (DWORD)getpid();
    return id;
}

HWND WINAPI GetParent(HWND window)
{
    const struct wc_window *found;
    HWND parent = NULL;

    wc_enter();
    found = wc_window_find(window);
    if (found != NULL && found->parent != NULL &&
        (found->style & (WS_CHILD | WS_POPUP)) != 0)
        parent = found->parent->handle;
    wc_leave();
    return parent;
}
