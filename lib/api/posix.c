/*
 * posix.c - the extensions of winsnmp_posix.h.
 */
#include "winsnmp_posix.h"

#include <string.h>

#include "api/api.h"
#include "api/process.h"
#include "base/log.h"
#include "core/db.h"
#include "core/engine.h"
#include "core/port.h"
#include "core/stats.h"
#include "core/subscribe.h"

SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixSetEventBase(struct event_base *base)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    return wsn_api_status(NULL, wsn_process_set_host(base));
}

/* ---- trap port ----------------------------------------------------------------- */

/* The port that is open now, or 0. */
static wsn_err open_port(UINT *ret_port)
{
    struct wsn_engine *engine;
    wsn_err err = wsn_process_engine(&engine);

    if (err != WSN_OK)
        return err;
    *ret_port = wsn_subscribe_port(engine);
    wsn_engine_unref(engine);
    return WSN_OK;
}

static wsn_err set_trap_port(UINT port)
{
    UINT open = 0;
    wsn_err err;

    if (port > UINT16_MAX)
        return SNMPAPI_SIZE_INVALID;
    err = open_port(&open);
    if (err != WSN_OK)
        return err;
    if (open != 0)
        return SNMPAPI_OPERATION_INVALID;
    wsn_db_set(WSN_DB_TRAP_PORT, port);
    return WSN_OK;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixSetTrapPort(UINT port)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    return wsn_api_status(NULL, set_trap_port(port));
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixGetTrapPort(UINT *port)
{
    UINT open = 0;
    wsn_err err;

    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (port == NULL)
        return wsn_fail(NULL, SNMPAPI_NOOP);
    err = open_port(&open);
    if (err != WSN_OK)
        return wsn_fail(NULL, err);
    *port = open != 0 ? open : wsn_db_get(WSN_DB_TRAP_PORT);
    return SNMPAPI_SUCCESS;
}

/* ---- statistics ------------------------------------------------------------------ */

/* The public structure has the counters of core/stats.h, in their order. */
_Static_assert(sizeof(SNMPPOSIX_STATS) == WSN_STATS * sizeof(uint64_t),
               "SNMPPOSIX_STATS and enum wsn_stat have the same counters");

static void look_for_drops(void)
{
    struct wsn_engine *engine = wsn_process_peek_engine();

    if (engine == NULL)
        return;
    wsn_port_count_drops_all(engine);
    wsn_engine_unref(engine);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixGetStats(SNMPPOSIX_STATS *stats,
                                              size_t size)
{
    unsigned char *out = (unsigned char *)stats;

    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (stats == NULL)
        return wsn_fail(NULL, SNMPAPI_NOOP);
    if (size == 0 || size % sizeof(uint64_t) != 0)
        return wsn_fail(NULL, SNMPAPI_SIZE_INVALID);
    look_for_drops();
    memset(out, 0, size);
    for (size_t i = 0; i < WSN_STATS && i < size / sizeof(uint64_t); i++) {
        uint64_t value = wsn_stats_get((enum wsn_stat)i);

        memcpy(out + i * sizeof value, &value, sizeof value);
    }
    return SNMPAPI_SUCCESS;
}

/* ---- the log ---------------------------------------------------------------------- */

_Static_assert((int)SNMPPOSIX_LOG_PACKETS == WSN_LOG_PACKETS,
               "SNMPPOSIX_LOG_... and enum wsn_log_level are the same numbers");

/* Needs no start-up: what that one has to say should be heard, too. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpPosixSetLogger(SNMPPOSIX_LOGGER logger,
                                               void *data)
{
    wsn_log_set_sink(logger, data);
    return SNMPAPI_SUCCESS;
}
