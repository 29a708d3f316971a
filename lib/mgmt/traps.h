/*
 * traps.h - the reception of traps, of which there is one in a process.  The
 * room's own.
 */
#ifndef WSN_MGMT_TRAPS_H
#define WSN_MGMT_TRAPS_H

/* Ends it, if it was begun; the event of SnmpMgrTrapListen is closed. [any] */
void wsn_traps_end(void);

#endif
