/*
 * error.h - how a Win32 call reports failure.  No lock: the code is the
 * calling thread's own.
 */
#ifndef WC_ERROR_H
#define WC_ERROR_H

#include "windef.h"

/* Records code as the thread's last error and returns FALSE. [any] */
BOOL wc_fail(DWORD code);

#endif
