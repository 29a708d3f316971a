/*
 * arrival.c - see arrival.h.
 */
#include "mgmt/arrival.h"

#include <winbase.h>

SNMPAPI_STATUS CALLBACK wsn_arrival(HSNMP_SESSION session, HWND window,
                                    UINT message, WPARAM wparam, LPARAM lparam,
                                    LPVOID data)
{
    (void)session;
    (void)window;
    (void)message;
    (void)wparam;
    (void)lparam;
    (void)SetEvent(data);
    return SNMPAPI_SUCCESS;
}
