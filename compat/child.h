/*
 * child.h - children of this process, with handles for the program.
 */
#ifndef WC_CHILD_H
#define WC_CHILD_H

#include "processthreadsapi.h"

struct wc_spawn;

/*
 * Starts what spawn describes and has it awaited; returns an ERROR_ code.  The
 * handles are for the program to close. [any]
 */
DWORD wc_child_start(const struct wc_spawn *spawn,
                     PROCESS_INFORMATION *ret_information);

/* Closes them; the child goes on and is still reaped. [any] */
void wc_child_forget(const PROCESS_INFORMATION *information);

#endif
