/*
 * err.h - the error type of the inner rooms.
 *
 * 0 is success; every other value is the SNMPAPI_* code that the application
 * will read from SnmpGetLastError().  All of those are 2 or more, so a
 * wsn_err can never be mistaken for SNMPAPI_SUCCESS (1).
 */
#ifndef WSN_BASE_ERR_H
#define WSN_BASE_ERR_H

#include <stdint.h>

typedef uint32_t wsn_err;

#define WSN_OK ((wsn_err)0)

#endif
