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
    static const wsn_err code[] = {
        [WSN_SESSION] = SNMPAPI_SESSION_INVALID,
        [WSN_ENTITY] = SNMPAPI_ENTITY_INVALID,
        [WSN_CONTEXT] = SNMPAPI_CONTEXT_INVALID,
        [WSN_PDU] = SNMPAPI_PDU_INVALID,
        [WSN_VBL] = SNMPAPI_VBL_INVALID};

    return code[type];
}

void *wsn_api_pin(void *handle, unsigned type, void *blame)
{
    void *object = wsn_handle_pin(handle, type);

    if (object == NULL)
        (void)wsn_fail(blame, invalid_code(type));
    return object;
}

void *wsn_api_enter_with(void *handle, unsigned type)
{
    return wsn_api_enter() ? wsn_api_pin(handle, type, handle) : NULL;
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

static void destroy(const struct wsn_publish *item)
{
    if (item->type == WSN_ENTITY)
        wsn_entity_free(item->object);
    else if (item->type == WSN_CONTEXT)
        wsn_context_free(item->object);
    else if (item->type == WSN_PDU)
        wsn_pdu_object_free(item->object);
    else if (item->type == WSN_VBL)
        wsn_vbl_object_unref(item->object);
}

static bool is_complete(const struct wsn_publish *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].object == NULL)
            return false;
    }
    return true;
}

static wsn_err publish(struct wsn_publish *items, size_t n)
{
    if (!is_complete(items, n))
        return SNMPAPI_ALLOC_ERROR;
    switch (wsn_handle_publish(items, n)) {
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

bool wsn_api_publish_all(void *session, struct wsn_publish *items, size_t n)
{
    wsn_err err;

    for (size_t i = 0; i < n; i++)
        items[i].owner = session;
    err = publish(items, n);
    if (err == WSN_OK)
        return true;
    for (size_t i = 0; i < n; i++)
        destroy(&items[i]);
    (void)wsn_fail(session, err);
    return false;
}

void *wsn_api_publish(void *session, unsigned type, void *object)
{
    struct wsn_publish item = {.type = type, .object = object};

    return wsn_api_publish_all(session, &item, 1) ? item.handle : NULL;
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
