/*
 * window.c - see window.h; also CreateWindowEx and DestroyWindow.
 */
#include "window.h"

#include <string.h>
#include <unistd.h>

#include "atom.h"
#include "class.h"
#include "dispatcher.h"
#include "error.h"
#include "send.h"
#include "table.h"
#include "thread.h"
#include "timer.h"

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

bool wc_window_call(HWND window, UINT message, WPARAM wparam, LPARAM lparam,
                    LRESULT *ret_result)
{
    const struct wc_window *found;
    WNDPROC procedure = NULL;
    LRESULT result;

    wc_enter();
    found = wc_window_find(window);
    if (found != NULL && found->owner == wc_thread_peek_self())
        procedure = found->procedure;
    wc_leave();
    if (procedure == NULL)
        return false;
    WSN_ASSERT_UNLOCKED();
    result = procedure(window, message, wparam, lparam);
    if (ret_result != NULL)
        *ret_result = result;
    return true;
}

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

/* Forgets the window and what its thread's queue holds for it. */
static void drop(struct wc_window *window)
{
    struct wc_thread *owner = window->owner;

    (void)wc_table_remove(WC_KIND_WINDOW, (uintptr_t)window->handle);
    wc_queue_purge(&owner->queue, window->handle);
    wc_timers_purge(&owner->queue.timers, window->handle);
    wc_sends_purge(owner, window->handle);
    orphan_children(window);
    leave_parent(window);
    wsn_list_remove(&window->in_owner);
    wsn_list_remove(&window->in_windows);
    window->class->n_windows--;
    wsn_free(window->title);
    wsn_free(window);
}

void wc_windows_drop(struct wc_thread *thread)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &thread->windows)
        drop(WSN_CONTAINER(node, struct wc_window, in_owner));
}

/* A child or owned window of this thread that still has to be destroyed. */
static HWND next_victim(HWND window)
{
    const struct wc_window *found;
    struct wsn_list *node;
    HWND victim = NULL;

    wc_enter();
    found = wc_window_peek(window);
    if (found != NULL)
        for (node = found->children.next;
             node != &found->children && victim == NULL; node = node->next) {
            const struct wc_window *child =
                WSN_CONTAINER(node, struct wc_window, in_parent);

            if (!child->is_dying && child->owner == found->owner)
                victim = child->handle;
        }
    wc_leave();
    return victim;
}

static void finish_destroying(HWND window)
{
    struct wc_window *found;

    wc_enter();
    found = wc_window_peek(window);
    if (found != NULL)
        drop(found);
    wc_leave();
}

/* "WM_DESTROY is sent first to the window, then to its children". */
static void destroy(HWND window)
{
    HWND victim;

    (void)wc_window_call(window, WM_DESTROY, 0, 0, NULL);
    while ((victim = next_victim(window)) != NULL)
        (void)DestroyWindow(victim);
    (void)wc_window_call(window, WM_NCDESTROY, 0, 0, NULL);
    finish_destroying(window);
}

BOOL WINAPI DestroyWindow(HWND window)
{
    struct wc_window *found;
    bool was_dying = false;
    bool is_ours = false;

    wc_enter();
    found = wc_window_find(window);
    if (found != NULL && found->owner == wc_thread_peek_self()) {
        is_ours = true;
        was_dying = found->is_dying;
        found->is_dying = true;
    }
    wc_leave();
    if (found == NULL)
        return FALSE;
    /* "A thread cannot use it to destroy a window of a different thread". */
    if (!is_ours)
        return wc_fail(ERROR_ACCESS_DENIED);
    if (!was_dying)
        destroy(window);
    return TRUE;
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
    window->style = (DWORD)wish->style;
    window->ex_style = wish->dwExStyle;
    window->id = (LONG_PTR)wish->hMenu;
    window->instance = wish->hInstance;
    window->n_extra = n_extra;
    wsn_list_init(&window->in_parent);
    wsn_list_init(&window->children);
    return window;
}

static HWND publish(struct wc_window *window, struct wc_window *parent)
{
    window->handle = (HWND)wc_table_add(WC_KIND_WINDOW, window);
    if (window->handle == NULL)
        return NULL;
    window->parent = parent;
    if (parent != NULL)
        wsn_list_push_back(&parent->children, &window->in_parent);
    window->class->n_windows++;
    wsn_list_push_back(&window->owner->windows, &window->in_owner);
    wsn_list_push_front(&wc_windows, &window->in_windows);
    return window->handle;
}

/* Makes the window; NULL and the last error when the wish is not sound. */
static HWND make(struct wc_thread *self, const CREATESTRUCTA *wish)
{
    struct wc_class *class = wc_class_find(wish->lpszClass);
    bool is_message_only = wish->hwndParent == HWND_MESSAGE;
    bool has_parent = wish->hwndParent != NULL && !is_message_only;
    struct wc_window *parent =
        has_parent ? wc_window_find(wish->hwndParent) : NULL;
    struct wc_window *window;
    HWND handle;

    if (class == NULL) {
        wc_fail(ERROR_CANNOT_FIND_WND_CLASS);
        return NULL;
    }
    if (has_parent && parent == NULL)
        return NULL;
    if (wish->hwndParent == NULL && ((DWORD)wish->style & WS_CHILD) != 0) {
        wc_fail(ERROR_TLW_WITH_WSCHILD);
        return NULL;
    }
    window = new_window(class, self, wish);
    handle = window != NULL ? publish(window, parent) : NULL;
    if (handle == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        if (window != NULL)
            wsn_free(window->title);
        wsn_free(window);
        return NULL;
    }
    window->is_message_only = is_message_only;
    return handle;
}

/* "If WM_NCCREATE returns FALSE or WM_CREATE -1, the window is destroyed". */
static bool introduce(HWND window, CREATESTRUCTA *wish)
{
    LRESULT result = 0;

    if (!wc_window_call(window, WM_NCCREATE, 0, (LPARAM)wish, &result) ||
        result == 0) {
        (void)wc_window_call(window, WM_NCDESTROY, 0, 0, NULL);
        finish_destroying(window);
        return false;
    }
    if (!wc_window_call(window, WM_CREATE, 0, (LPARAM)wish, &result) ||
        result == -1) {
        (void)DestroyWindow(window);
        return false;
    }
    return IsWindow(window);
}

HWND WINAPI CreateWindowExA(DWORD ex_style, LPCSTR class_name, LPCSTR title,
                            DWORD style, int x, int y, int width, int height,
                            HWND parent, HMENU menu, HINSTANCE instance,
                            LPVOID parameter)
{
    struct wc_thread *self = wc_thread_with_queue();
    CREATESTRUCTA wish = {parameter,   instance, menu,       parent,
                          height,      width,    y,          x,
                          (LONG)style, title,    class_name, ex_style};
    HWND window;

    if (self == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    wc_enter();
    window = make(self, &wish);
    wc_leave();
    if (window == NULL || !introduce(window, &wish))
        return NULL;
    return window;
}
