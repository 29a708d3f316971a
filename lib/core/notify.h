/*
 * notify.h - the one door to the application's code and to its windows.
 */
#ifndef WSN_CORE_NOTIFY_H
#define WSN_CORE_NOTIFY_H

#include <stdbool.h>

#include "base/err.h"
#include "winsnmp_types.h"

/* Whom a session tells that something has happened: a callback, or a window
 * when callback is NULL, or nobody when window is NULL as well. */
struct wsn_target {
    HWND window;
    UINT message;
    SNMPAPI_CALLBACK callback;
    LPVOID client_data;
};

/* Whether window exists (IsWindow). [any] */
bool wsn_notify_is_window(HWND window);

/*
 * Tells target: w_param 0 "a message can be received" or a SNMPAPI_TL_*
 * code, and the request id.  Returns what the callback returned, or
 * SNMPAPI_SUCCESS.  A window that is gone or full is not an error: the item
 * stays in the inbox.  No lock may be held. [loop]
 */
SNMPAPI_STATUS wsn_notify(const struct wsn_target *target,
                          HSNMP_SESSION session, wsn_err event,
                          smiINT32 request_id);

#endif
