/*
 * wincreate.c - CreateWindowEx.
 */
#include "class.h"
#include "dispatcher.h"
#include "error.h"
#include "thread.h"
#include "windestroy.h"
#include "window.h"
#include "winproc.h"

/* Makes the window; NULL and the last error when the wish is not sound. */
static HWND make(struct wc_thread *self, const CREATESTRUCTA *wish)
{
    struct wc_class *class = wc_class_find(wish->lpszClass);
    bool has_parent =
        wish->hwndParent != NULL && wish->hwndParent != HWND_MESSAGE;
    struct wc_window *parent =
        has_parent ? wc_window_find(wish->hwndParent) : NULL;
    HWND window;

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
    window = wc_window_add(class, self, parent, wish);
    if (window == NULL)
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
    return window;
}

/* "If WM_NCCREATE returns FALSE or WM_CREATE -1, the window is destroyed". */
static bool introduce(HWND window, CREATESTRUCTA *wish)
{
    LRESULT result = 0;

    if (!wc_window_call(window, WM_NCCREATE, 0, (LPARAM)wish, &result) ||
        result == 0) {
        wc_window_bury(window);
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
