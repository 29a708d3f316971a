/*
 * mibs_run.h - what a program writes.  The room's own.
 */
#ifndef WSN_MGMT_MIBS_RUN_H
#define WSN_MGMT_MIBS_RUN_H

/*
 * All that program writes to its standard output, as a text for wsn_free();
 * NULL if it could not be run or memory was short.  It is given no argument
 * and may write 64 MiB. [any]
 */
char *wsn_mibs_run(const char *program);

#endif
