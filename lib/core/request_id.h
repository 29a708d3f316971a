/*
 * request_id.h - request ids for PDUs whose id the application leaves to us,
 * and for received SNMPv1 traps, which have none.
 */
#ifndef WSN_CORE_REQUEST_ID_H
#define WSN_CORE_REQUEST_ID_H

#include <stdint.h>

/* The next id of the process: 1 to 0x7FFFFFFF in turn, from a random start.
 * [any] */
int32_t wsn_request_id_next(void);

#endif
