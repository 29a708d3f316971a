/*
 * window.c - see window.h.
 */
#include "window.h"

#include <string.h>

#include "class.h"
#include "error.h"
#include "table.h"
#include "thread.h"

#include "base/alloc.h"

struct wsn_list wc_windows = {&wc_windows, &wc_windows};

/* ---- Finding -------------------------------------------------------- */

struct wc_window *wc_window_peek(HWND window)
{
    return wc_table_find(WC_KIND_WINDOW, (uintptr_t)window);
}

struct wc_window *wc_window_find(HWND window)
{
    struct wc_window *found = wc_window_peek(window);

    if (found == NULL)
        wc_fail(ERROR_INVALID_WINDOW_HANDLE);
    return found;
}

static bool is_child(const struct wc_window *window)
{
    return (window->style & WS_CHILD) != 0;
}

bool wc_window_is_within(HWND window, HWND ancestor)
{
    const struct wc_window *at;

    if (window == ancestor)
        return true;
    at = wc_window_peek(window);
    while (at != NULL && is_child(at)) {
        at = at->parent;
        if (at != NULL && at->handle == ancestor)
            return true;
    }
    return false;
}

bool wc_window_is_top_level(const struct wc_window *window)
{
    return !window->is_message_only && !is_child(window);
}

/* ---- The beginning of a window -------------------------------------- */

static bool copy_title(struct wc_window *window, LPCSTR title)
{
    size_t size;

    if (title == NULL)
        return true;
    size = strlen(title) + 1;
    window->title = wsn_alloc(size);
    if (window->title == NULL)
        return false;
    memcpy(window->title, title, size);
    return true;
}

static struct wc_window *new_window(struct wc_class *class,
                                    struct wc_thread *owner,
                                    const CREATESTRUCTA *wish)
{
    const WNDCLASSEXA *info = &class->info;
    size_t n_extra = (size_t)info->cbWndExtra;
    struct wc_window *window = wsn_zalloc(sizeof *window + n_extra);

    if (window == NULL || !copy_title(window, wish->lpszName)) {
        wsn_free(window);
        return NULL;
    }
    window->owner = owner;
    window->class = class;
    window->procedure = info->lpfnWndProc;
    window->is_message_only = wish->hwndParent == HWND_MESSAGE;
    window->style = (DWORD)wish->style;
    window->ex_style = wish->dwExStyle;
    window->id = (LONG_PTR)wish->hMenu;
    window->instance = wish->hInstance;
    window->n_extra = n_extra;
    wsn_list_init(&window->in_parent);
    wsn_list_init(&window->children);
    return window;
}

static void free_window(struct wc_window *window)
{
    wsn_free(window->title);
    wsn_free(window);
}

static void enter(struct wc_window *window, struct wc_window *parent)
{
    window->parent = parent;
    if (parent != NULL)
        wsn_list_push_back(&parent->children, &window->in_parent);
    window->class->n_windows++;
    wsn_list_push_back(&window->owner->windows, &window->in_owner);
    wsn_list_push_front(&wc_windows, &window->in_windows);
}

HWND wc_window_add(struct wc_class *class, struct wc_thread *owner,
                   struct wc_window *parent, const CREATESTRUCTA *wish)
{
    struct wc_window *window = new_window(class, owner, wish);

    if (window == NULL)
        return NULL;
    window->handle = (HWND)wc_table_add(WC_KIND_WINDOW, window);
    if (window->handle == NULL) {
        free_window(window);
        return NULL;
    }
    enter(window, parent);
    return window->handle;
}

/* ---- The end of a window -------------------------------------------- */

static void leave_parent(struct wc_window *window)
{
    window->parent = NULL;
    wsn_list_remove(&window->in_parent);
}

static void orphan_children(struct wc_window *window)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &window->children)
        leave_parent(WSN_CONTAINER(node, struct wc_window, in_parent));
}

void wc_window_drop(struct wc_window *window)
{
    (void)wc_table_remove(WC_KIND_WINDOW, (uintptr_t)window->handle);
    orphan_children(window);
    leave_parent(window);
    wsn_list_remove(&window->in_owner);
    wsn_list_remove(&window->in_windows);
    window->class->n_windows--;
    free_window(window);
}

void wc_windows_drop(struct wc_thread *thread)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &thread->windows)
        wc_window_drop(WSN_CONTAINER(node, struct wc_window, in_owner));
}
