/*
 * our.h - what the programs that use this library share.
 */
#ifndef WSN_BENCH_OUR_H
#define WSN_BENCH_OUR_H

#include <winsnmp.h>

/* Ends the program, saying which call failed and why. */
void our_die(const char *function);

/* Starts the library, and ignores how it is configured here. */
void our_start(void);

HSNMP_SESSION our_session(SNMPAPI_CALLBACK callback, void *data);

/* The callback of a session that is told nothing of interest. */
SNMPAPI_STATUS CALLBACK our_on_nothing(HSNMP_SESSION session, HWND hwnd,
                                       UINT message, WPARAM wparam,
                                       LPARAM lparam, LPVOID data);

/* The community is "public". */
HSNMP_CONTEXT our_community(HSNMP_SESSION session);

/* One that waits so long for answers that nothing is sent twice. */
HSNMP_ENTITY our_agent(HSNMP_SESSION session, uint32_t host, long port);

/* A window that nobody sees. */
HWND our_window(void);

/* Receives a message and reads every variable in it; their number, 0 if the
 * library has no message or is being cleaned up. */
unsigned our_receive(HSNMP_SESSION session);

#endif
