/*
 * notify.c - see notify.h.  The only file of the library that calls a Win32
 * function; it would compile against a real <windows.h>.
 */
#include "core/notify.h"

#include <windows.h>

#include "base/lock.h"

bool wsn_notify_is_window(HWND window)
{
    WSN_ASSERT_UNLOCKED();
    return IsWindow(window) != FALSE;
}

SNMPAPI_STATUS wsn_notify(const struct wsn_target *target,
                          HSNMP_SESSION session, wsn_err event,
                          smiINT32 request_id)
{
    /* Programs cast lParam back to 32 bits: the sign is extended. */
    LPARAM l_param = (LPARAM)request_id;

    WSN_ASSERT_UNLOCKED();
    if (target->callback != NULL)
        return target->callback(session, target->window, target->message,
                                (WPARAM)event, l_param, target->client_data);
    if (target->window != NULL)
        (void)PostMessage(target->window, target->message, (WPARAM)event,
                          l_param);
    return SNMPAPI_SUCCESS;
}
