/*
 * entity.c - SnmpStrToEntity and what can be done with an entity.
 */
#include "core/entity.h"

#include "api/api.h"

HSNMP_ENTITY SNMPAPI_CALL SnmpStrToEntity(HSNMP_SESSION session, LPCSTR string)
{
    struct wsn_entity *entity = NULL;
    HSNMP_ENTITY handle = NULL;
    wsn_err err;

    if (wsn_api_enter_with(session, WSN_SESSION) == NULL)
        return NULL;
    err = wsn_entity_from_text(string, &entity);
    if (err != WSN_OK)
        (void)wsn_fail(session, err);
    else
        handle = wsn_api_publish(session, WSN_ENTITY, entity);
    wsn_handle_unpin(session);
    return handle;
}

static wsn_err print(const struct wsn_entity *entity, smiUINT32 size,
                     LPSTR string, size_t *ret_len)
{
    size_t len;

    if (size == 0)
        return SNMPAPI_OUTPUT_TRUNCATED;
    if (string == NULL)
        return SNMPAPI_NOOP;
    len = wsn_entity_to_text(entity, string, size);
    if (len > size)
        return SNMPAPI_OUTPUT_TRUNCATED;
    *ret_len = len;
    return WSN_OK;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpEntityToStr(HSNMP_ENTITY entity, smiUINT32 size,
                                            LPSTR string)
{
    struct wsn_entity *object = wsn_api_enter_with(entity, WSN_ENTITY);
    size_t len = 0;
    wsn_err err;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    err = print(object, size, string, &len);
    wsn_handle_unpin(entity);
    return err == WSN_OK ? (SNMPAPI_STATUS)len : wsn_fail(entity, err);
}

/*
 * The documentation lets this fail for an address that is busy or cannot be
 * reached, but of UDP that is not known before it is used: any port will do.
 */
static wsn_err set_port(struct wsn_entity *entity, UINT port)
{
    if (port == 0 || port > UINT16_MAX)
        return SNMPAPI_OTHER_ERROR;
    if (atomic_load(&entity->listening))
        return SNMPAPI_OPERATION_INVALID;
    atomic_store(&entity->port, port);
    return WSN_OK;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpSetPort(HSNMP_ENTITY hEntity, UINT nPort)
{
    struct wsn_entity *entity = wsn_api_enter_with(hEntity, WSN_ENTITY);
    wsn_err err;

    if (entity == NULL)
        return SNMPAPI_FAILURE;
    err = set_port(entity, nPort);
    wsn_handle_unpin(hEntity);
    return wsn_api_status(hEntity, err);
}

/* ---- policy ------------------------------------------------------------- */

/* The actual value is documented as 0: nothing is measured. */
static wsn_err report(uint32_t value, smiUINT32 *ret_policy,
                      smiUINT32 *ret_actual)
{
    if (ret_policy == NULL && ret_actual == NULL)
        return SNMPAPI_NOOP;
    if (ret_policy != NULL)
        *ret_policy = value;
    if (ret_actual != NULL)
        *ret_actual = 0;
    return WSN_OK;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpGetTimeout(HSNMP_ENTITY hEntity,
                                           smiLPTIMETICKS nPolicyTimeout,
                                           smiLPTIMETICKS nActualTimeout)
{
    struct wsn_entity *entity = wsn_api_enter_with(hEntity, WSN_ENTITY);
    wsn_err err;

    if (entity == NULL)
        return SNMPAPI_FAILURE;
    err = report(atomic_load(&entity->timeout_cs), nPolicyTimeout,
                 nActualTimeout);
    wsn_handle_unpin(hEntity);
    return wsn_api_status(hEntity, err);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpSetTimeout(HSNMP_ENTITY hEntity,
                                           smiTIMETICKS nPolicyTimeout)
{
    struct wsn_entity *entity = wsn_api_enter_with(hEntity, WSN_ENTITY);

    if (entity == NULL)
        return SNMPAPI_FAILURE;
    atomic_store(&entity->timeout_cs, nPolicyTimeout);
    wsn_handle_unpin(hEntity);
    return SNMPAPI_SUCCESS;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpGetRetry(HSNMP_ENTITY hEntity,
                                         smiLPUINT32 nPolicyRetry,
                                         smiLPUINT32 nActualRetry)
{
    struct wsn_entity *entity = wsn_api_enter_with(hEntity, WSN_ENTITY);
    wsn_err err;

    if (entity == NULL)
        return SNMPAPI_FAILURE;
    err = report(atomic_load(&entity->retries), nPolicyRetry, nActualRetry);
    wsn_handle_unpin(hEntity);
    return wsn_api_status(hEntity, err);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpSetRetry(HSNMP_ENTITY hEntity,
                                         smiUINT32 nPolicyRetry)
{
    struct wsn_entity *entity = wsn_api_enter_with(hEntity, WSN_ENTITY);

    if (entity == NULL)
        return SNMPAPI_FAILURE;
    atomic_store(&entity->retries, nPolicyRetry);
    wsn_handle_unpin(hEntity);
    return SNMPAPI_SUCCESS;
}
