/*
 * api.c - see api.h.
 */
#include "api/api.h"

#include "core/context.h"
#include "core/entity.h"
#include "core/pdu.h"
#include "core/vbl.h"

_Atomic bool wsn_api_started;

static wsn_err invalid_code(unsigned type)
{
    static const wsn_err code[] = {[WSN_SESSION] = SNMPAPI_SESSION_INVALID,
                                   [WSN_ENTITY] = SNMPAPI_ENTITY_INVALID,
                                   [WSN_CONTEXT] = SNMPAPI_CONTEXT_INVALID,
                                   [WSN_PDU] = SNMPAPI_PDU_INVALID,
                                   [WSN_VBL] = SNMPAPI_VBL_INVALID};

    return code[type];
}

void *wsn_api_refuse(unsigned type, void *blame)
{
    (void)wsn_fail(blame, invalid_code(type));
    return NULL;
}

SNMPAPI_STATUS wsn_api_release(void *handle, unsigned type)
{
    if (!wsn_api_enter())
        return SNMPAPI_FAILURE;
    if (!wsn_handle_release(handle, type))
        return wsn_fail(handle, invalid_code(type));
    return SNMPAPI_SUCCESS;
}

/* ---- publishing --------------------------------------------------------- */

static void destroy(unsigned type, void *object)
{
    if (type == WSN_ENTITY)
        wsn_entity_free(object);
    else if (type == WSN_CONTEXT)
        wsn_context_free(object);
    else if (type == WSN_PDU)
        wsn_pdu_object_free(object);
    else if (type == WSN_VBL)
        wsn_vbl_object_unref(object);
}

static wsn_err error_of(enum wsn_publish_result result)
{
    switch (result) {
    case WSN_PUBLISHED:
        return WSN_OK;
    case WSN_PUBLISH_NO_MEMORY:
        return SNMPAPI_ALLOC_ERROR;
    case WSN_PUBLISH_OWNER_GONE:
    case WSN_PUBLISH_ORPHAN:
    default:
        return SNMPAPI_SESSION_INVALID;
    }
}

static wsn_err publish_all(void *session, struct wsn_publish *items, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (items[i].object == NULL)
            return SNMPAPI_ALLOC_ERROR;
    return error_of(wsn_handle_publish(session, items, n));
}

bool wsn_api_publish_all(void *session, struct wsn_publish *items, size_t n)
{
    wsn_err err = publish_all(session, items, n);

    if (err == WSN_OK)
        return true;
    for (size_t i = 0; i < n; i++)
        destroy(items[i].type, items[i].object);
    (void)wsn_fail(session, err);
    return false;
}

wsn_err wsn_api_make_handle(void *session, unsigned type, void *object,
                            void **ret_handle)
{
    enum wsn_publish_result result = WSN_PUBLISH_NO_MEMORY;

    if (object != NULL)
        result = wsn_handle_publish_new(type, object, session, ret_handle);
    if (result != WSN_PUBLISHED)
        destroy(type, object);
    return error_of(result);
}

void *wsn_api_publish(void *session, unsigned type, void *object)
{
    void *handle = NULL;
    wsn_err err = wsn_api_make_handle(session, type, object, &handle);

    if (err == WSN_OK)
        return handle;
    (void)wsn_fail(session, err);
    return NULL;
}

/* ---- the handles of a message ------------------------------------------- */

static bool pin_entities(void *session, struct wsn_api_message *message)
{
    message->src = NULL;
    if (message->src_handle != NULL) {
        message->src = wsn_api_pin(message->src_handle, WSN_ENTITY, session);
        if (message->src == NULL)
            return false;
    }
    message->dst = wsn_api_pin(message->dst_handle, WSN_ENTITY, session);
    if (message->dst == NULL)
        wsn_handle_unpin(message->src_handle);
    return message->dst != NULL;
}

static bool pin_contents(void *session, struct wsn_api_message *message)
{
    message->context =
        wsn_api_pin(message->context_handle, WSN_CONTEXT, session);
    if (message->context == NULL)
        return false;
    message->pdu = wsn_api_pin(message->pdu_handle, WSN_PDU, session);
    if (message->pdu == NULL)
        wsn_handle_unpin(message->context_handle);
    return message->pdu != NULL;
}

bool wsn_api_pin_message(void *session, struct wsn_api_message *message)
{
    if (!pin_entities(session, message))
        return false;
    if (pin_contents(session, message))
        return true;
    wsn_handle_unpin(message->dst_handle);
    wsn_handle_unpin(message->src_handle);
    return false;
}

void wsn_api_unpin_message(const struct wsn_api_message *message)
{
    wsn_handle_unpin(message->pdu_handle);
    wsn_handle_unpin(message->context_handle);
    wsn_handle_unpin(message->dst_handle);
    wsn_handle_unpin(message->src_handle);
}
