/*
 * subscribe.c - SnmpRegister, SnmpListen, SnmpListenEx, and SnmpFreeEntity,
 * which ends the listening of what it frees.
 */
#include "core/subscribe.h"

#include "api/api.h"
#include "core/entity.h"
#include "core/session.h"

/* ---- SnmpRegister ------------------------------------------------------- */

static bool pin_entity(HSNMP_SESSION session, HSNMP_ENTITY entity)
{
    return entity == NULL || wsn_api_pin(entity, WSN_ENTITY, session) != NULL;
}

static bool pin_context(HSNMP_SESSION session, HSNMP_CONTEXT context)
{
    return context == NULL ||
           wsn_api_pin(context, WSN_CONTEXT, session) != NULL;
}

/* Pins the handles that are not NULL; on failure none is pinned. */
static bool pin_parties(HSNMP_SESSION session,
                        const struct wsn_parties *parties)
{
    if (!pin_entity(session, parties->src))
        return false;
    if (!pin_entity(session, parties->dst)) {
        wsn_handle_unpin(parties->src);
        return false;
    }
    if (!pin_context(session, parties->context)) {
        wsn_handle_unpin(parties->src);
        wsn_handle_unpin(parties->dst);
        return false;
    }
    return true;
}

static bool is_pattern(smiLPCOID oid)
{
    return oid == NULL ||
           (oid->len >= 1 && oid->len <= MAXOBJIDSIZE && oid->ptr != NULL);
}

static wsn_err change_registration(struct wsn_session *session,
                                   const struct wsn_parties *parties,
                                   smiLPCOID pattern, smiUINT32 state)
{
    if (!is_pattern(pattern))
        return SNMPAPI_OID_INVALID;
    if (state == SNMPAPI_OFF)
        return wsn_unsubscribe(session, parties, pattern);
    return wsn_subscribe(session, parties, pattern);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpRegister(
    HSNMP_SESSION session, HSNMP_ENTITY srcEntity, HSNMP_ENTITY dstEntity,
    HSNMP_CONTEXT context, smiLPCOID notification, smiUINT32 state)
{
    struct wsn_parties parties = {srcEntity, dstEntity, context};
    struct wsn_session *object = wsn_api_enter_with(session, WSN_SESSION);
    SNMPAPI_STATUS status = SNMPAPI_FAILURE;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    if (pin_parties(session, &parties)) {
        status =
            wsn_api_status(session, change_registration(object, &parties,
                                                        notification, state));
        wsn_parties_unpin(&parties);
    }
    wsn_handle_unpin(session);
    return status;
}

/* ---- SnmpListen --------------------------------------------------------- */

/* Requests go to the session that made the entity. */
static wsn_err listen_for_owner(HSNMP_ENTITY entity, bool on,
                                bool all_addresses)
{
    HSNMP_SESSION owner = wsn_handle_owner(entity);
    struct wsn_session *session = wsn_handle_pin(owner, WSN_SESSION);
    wsn_err err;

    if (session == NULL)
        return SNMPAPI_ENTITY_INVALID; /* it dies with its session */
    err = on ? wsn_listen(session, entity, all_addresses)
             : wsn_unlisten(session->engine, entity);
    wsn_handle_unpin(owner);
    return err;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpListenEx(HSNMP_ENTITY hEntity,
                                         SNMPAPI_STATUS lStatus,
                                         smiUINT32 nUseEntityAddr)
{
    wsn_err err = SNMPAPI_MODE_INVALID;

    if (wsn_api_enter_with(hEntity, WSN_ENTITY) == NULL)
        return SNMPAPI_FAILURE;
    if (lStatus <= SNMPAPI_ON && nUseEntityAddr <= SNMPLISTEN_ALL_ADDR)
        err = listen_for_owner(hEntity, lStatus == SNMPAPI_ON,
                               nUseEntityAddr == SNMPLISTEN_ALL_ADDR);
    wsn_handle_unpin(hEntity);
    return wsn_api_status(hEntity, err);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpListen(HSNMP_ENTITY hEntity,
                                       SNMPAPI_STATUS lStatus)
{
    return SnmpListenEx(hEntity, lStatus, SNMPLISTEN_USEENTITY_ADDR);
}

/* ---- SnmpFreeEntity ----------------------------------------------------- */

static bool is_live(HSNMP_ENTITY entity)
{
    if (wsn_handle_pin(entity, WSN_ENTITY) == NULL)
        return false;
    wsn_handle_unpin(entity);
    return true;
}

/* The entity is dead, but pinned by the caller. */
static void unlisten(HSNMP_ENTITY entity)
{
    HSNMP_SESSION owner = wsn_handle_owner(entity);
    struct wsn_session *session = wsn_handle_pin(owner, WSN_SESSION);

    if (session == NULL)
        return; /* its end closes the port */
    (void)wsn_unlisten(session->engine, entity);
    wsn_handle_unpin(owner);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeEntity(HSNMP_ENTITY entity)
{
    struct wsn_entity *object = wsn_api_enter_with(entity, WSN_ENTITY);
    bool was_live;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    was_live = wsn_handle_release(entity, WSN_ENTITY);
    if (atomic_load(&object->listening) && !is_live(entity))
        unlisten(entity);
    wsn_handle_unpin(entity);
    return was_live ? SNMPAPI_SUCCESS : wsn_fail(NULL, SNMPAPI_ENTITY_INVALID);
}
