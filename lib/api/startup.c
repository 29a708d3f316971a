/*
 * startup.c - SnmpStartup, SnmpStartupEx, SnmpCleanup, SnmpCleanupEx.
 */
#include "api/api.h"
#include "api/process.h"
#include "core/db.h"

static void put(smiLPUINT32 target, smiUINT32 value)
{
    if (target != NULL)
        *target = value;
}

/* In the order of the parameters: some programs give one variable for all
 * five, and others NULL. */
static void report(smiLPUINT32 major, smiLPUINT32 minor, smiLPUINT32 level,
                   smiLPUINT32 translate_mode, smiLPUINT32 retransmit_mode)
{
    put(major, 2);
    put(minor, 0);
    put(level, SNMPAPI_V2_SUPPORT);
    put(translate_mode, wsn_db_get(WSN_DB_TRANSLATE_MODE));
    put(retransmit_mode, wsn_db_get(WSN_DB_RETRANSMIT_MODE));
}

/* SnmpStartup has no codes of the transport: "not initialized" covers them. */
static wsn_err startup_code(wsn_err err)
{
    return err == WSN_OK || err == SNMPAPI_ALLOC_ERROR
               ? err
               : (wsn_err)SNMPAPI_NOT_INITIALIZED;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpStartup(smiLPUINT32 nMajorVersion,
                                        smiLPUINT32 nMinorVersion,
                                        smiLPUINT32 nLevel,
                                        smiLPUINT32 nTranslateMode,
                                        smiLPUINT32 nRetransmitMode)
{
    wsn_err err = startup_code(wsn_process_start());

    if (err != WSN_OK)
        return wsn_fail(NULL, err);
    report(nMajorVersion, nMinorVersion, nLevel, nTranslateMode,
           nRetransmitMode);
    return SNMPAPI_SUCCESS;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpStartupEx(smiLPUINT32 nMajorVersion,
                                          smiLPUINT32 nMinorVersion,
                                          smiLPUINT32 nLevel,
                                          smiLPUINT32 nTranslateMode,
                                          smiLPUINT32 nRetransmitMode)
{
    wsn_err err = wsn_process_start_ex();

    if (err != WSN_OK)
        return wsn_fail(NULL, err);
    report(nMajorVersion, nMinorVersion, nLevel, nTranslateMode,
           nRetransmitMode);
    return SNMPAPI_SUCCESS;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpCleanup(void)
{
    return wsn_api_status(NULL, wsn_process_end());
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpCleanupEx(void)
{
    return wsn_api_status(NULL, wsn_process_end_ex());
}
