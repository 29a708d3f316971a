/*
 * winproc.c - see winproc.h; also CallWindowProc.
 */
#include "winproc.h"

#include "dispatcher.h"
#include "thread.h"
#include "window.h"

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

LRESULT WINAPI CallWindowProcA(WNDPROC procedure, HWND window, UINT message,
                               WPARAM wparam, LPARAM lparam)
{
    return procedure != NULL ? procedure(window, message, wparam, lparam) : 0;
}
