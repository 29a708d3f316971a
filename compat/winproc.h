/*
 * winproc.h - where the room calls the program: the procedures of windows.
 */
#ifndef WC_WINPROC_H
#define WC_WINPROC_H

#include <stdbool.h>

#include "winuser.h"

/*
 * Calls the window's procedure on this thread; false when the window is gone
 * or another thread's.  ret_result may be NULL. [any]
 */
bool wc_window_call(HWND window, UINT message, WPARAM wparam, LPARAM lparam,
                    LRESULT *ret_result);

#endif
