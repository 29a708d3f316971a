/*
 * windestroy.h - the end of a window.
 */
#ifndef WC_WINDESTROY_H
#define WC_WINDESTROY_H

#include "winuser.h"

/*
 * The last step: the window, if it is still there, gets WM_NCDESTROY and is
 * forgotten with all that waits for it. [any]
 */
void wc_window_bury(HWND window);

#endif
