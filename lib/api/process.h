/*
 * process.h - the start-up state of the process and the engine it runs.
 *
 * Initialised means: one SnmpStartup, or at least one SnmpStartupEx, is not
 * yet undone.
 */
#ifndef WSN_API_PROCESS_H
#define WSN_API_PROCESS_H

#include "base/err.h"

struct event_base;
struct wsn_engine;

/* Notes one more start-up; the first makes the engine.  Errors:
 * SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_RESOURCE_ERROR, SNMPAPI_TL_NOT_INITIALIZED.
 * [any] */
wsn_err wsn_process_start(void);
wsn_err wsn_process_start_ex(void);

/* Undoes one; the last one ends everything.  Errors: SNMPAPI_NOT_INITIALIZED
 * and, for the second, SNMPAPI_OTHER_ERROR when there is nothing to undo.
 * [any] */
wsn_err wsn_process_end(void);
wsn_err wsn_process_end_ex(void);

/* The engine, with a reference for the caller.  Errors:
 * SNMPAPI_NOT_INITIALIZED, and in the child of a fork those of a start-up.
 * [any] */
wsn_err wsn_process_engine(struct wsn_engine **ret_engine);

/* The engine, with a reference for the caller, if there is one; else NULL.
 * [any] */
struct wsn_engine *wsn_process_peek_engine(void);

/* Moves the engine to another event base (NULL: a thread of its own).
 * Errors: SNMPAPI_OPERATION_INVALID when there are sessions, and those of a
 * start-up. [any] */
wsn_err wsn_process_set_host(struct event_base *host);

#endif
