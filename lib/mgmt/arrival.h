/*
 * arrival.h - how the management interface learns that something has come.
 */
#ifndef WSN_MGMT_ARRIVAL_H
#define WSN_MGMT_ARRIVAL_H

#include "winsnmp.h"

/* The callback of a WinSNMP session: data is an event to be set. [loop] */
SNMPAPI_STATUS CALLBACK wsn_arrival(HSNMP_SESSION session, HWND window,
                                    UINT message, WPARAM wparam, LPARAM lparam,
                                    LPVOID data);

#endif
