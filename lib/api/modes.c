/*
 * modes.c - the process-wide settings, and who made this library.
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <string.h>

#include "api/api.h"
#include "core/db.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "0"
#endif

#define RELEASE_DATE "2026-11-20"

static SNMPAPI_STATUS get_mode(enum wsn_db_setting setting,
                               smiLPUINT32 ret_mode)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (ret_mode == NULL)
        return wsn_fail(NULL, SNMPAPI_NOOP);
    *ret_mode = wsn_db_get(setting);
    return SNMPAPI_SUCCESS;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpGetTranslateMode(smiLPUINT32 nTranslateMode)
{
    return get_mode(WSN_DB_TRANSLATE_MODE, nTranslateMode);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpSetTranslateMode(smiUINT32 nTranslateMode)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (nTranslateMode > SNMPAPI_UNTRANSLATED_V2)
        return wsn_fail(NULL, SNMPAPI_MODE_INVALID);
    wsn_db_set(WSN_DB_TRANSLATE_MODE, nTranslateMode);
    return SNMPAPI_SUCCESS;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpGetRetransmitMode(smiLPUINT32 nRetransmitMode)
{
    return get_mode(WSN_DB_RETRANSMIT_MODE, nRetransmitMode);
}

/*
 * OFF also ends the retransmission of what is outstanding; ON leaves that as
 * it is.
 */
SNMPAPI_STATUS SNMPAPI_CALL SnmpSetRetransmitMode(smiUINT32 nRetransmitMode)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (nRetransmitMode > SNMPAPI_ON)
        return wsn_fail(NULL, SNMPAPI_MODE_INVALID);
    wsn_db_set(WSN_DB_RETRANSMIT_MODE, nRetransmitMode);
    if (nRetransmitMode == SNMPAPI_OFF)
        wsn_api_retransmit_off();
    return SNMPAPI_SUCCESS;
}

/* text fits with its NUL; the rest of the array becomes zero. */
#define FILL(array, text)                               \
    do {                                                \
        _Static_assert(sizeof(text) <= sizeof(array),   \
                       "too long for smiVENDORINFO");   \
        memset((array), 0, sizeof(array));              \
        memcpy((array), (text), sizeof(text));          \
    } while (0)

/* No enterprise number is registered for the project: 0. */
SNMPAPI_STATUS SNMPAPI_CALL SnmpGetVendorInfo(smiLPVENDORINFO vendorInfo)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (vendorInfo == NULL)
        return wsn_fail(NULL, SNMPAPI_NOOP);
    FILL(vendorInfo->vendorName, "libwinsnmp");
    FILL(vendorInfo->vendorContact, "the libwinsnmp project");
    FILL(vendorInfo->vendorVersionId, "2.0 (libwinsnmp " PACKAGE_VERSION ")");
    FILL(vendorInfo->vendorVersionDate, RELEASE_DATE);
    vendorInfo->vendorEnterprise = 0;
    return SNMPAPI_SUCCESS;
}
