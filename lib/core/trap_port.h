/*
 * trap_port.h - where notifications arrive: a socket for IPv4, one for IPv6.
 *
 * Open as long as anybody is registered.  Sockets that the process was
 * started with are used before any is opened.
 */
#ifndef WSN_CORE_TRAP_PORT_H
#define WSN_CORE_TRAP_PORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct wsn_engine;
struct wsn_list;

/* Opens the trap ports unless they are.  Errors: SNMPAPI_ALLOC_ERROR,
 * SNMPAPI_TL_IN_USE, _NOT_INITIALIZED, _NOT_AVAILABLE. [lock] */
wsn_err wsn_trap_port_open(struct wsn_engine *engine);

/* Closes them, and adds them to ret_retired, see wsn_port_retire(); harmless
 * when they are closed. [lock] */
void wsn_trap_port_close(struct wsn_engine *engine,
                         struct wsn_list *ret_retired);

/* The port number that is open, or 0. [lock] */
uint16_t wsn_trap_port_number(const struct wsn_engine *engine);

/* Whether notifications arrive over IPv4 but not over IPv6. [lock] */
bool wsn_trap_port_lacks_ipv6(const struct wsn_engine *engine);

#endif
