/*
 * context.c - SnmpStrToContext, SnmpContextToStr, SnmpFreeContext.
 */
#include "core/context.h"

#include "api/api.h"
#include "core/descriptor.h"

static wsn_err from_descriptor(smiLPCOCTETS string,
                               struct wsn_context **ret_context)
{
    if (string == NULL || string->ptr == NULL)
        return SNMPAPI_CONTEXT_INVALID;
    return wsn_context_from_octets(string->ptr, string->len, ret_context);
}

HSNMP_CONTEXT SNMPAPI_CALL SnmpStrToContext(HSNMP_SESSION session,
                                            smiLPCOCTETS string)
{
    struct wsn_context *context = NULL;
    HSNMP_CONTEXT handle = NULL;
    wsn_err err;

    if (wsn_api_enter_with(session, WSN_SESSION) == NULL)
        return NULL;
    err = from_descriptor(string, &context);
    if (err != WSN_OK)
        (void)wsn_fail(session, err);
    else
        handle = wsn_api_publish(session, WSN_CONTEXT, context);
    wsn_handle_unpin(session);
    return handle;
}

static wsn_err to_descriptor(const struct wsn_context *context,
                             smiLPOCTETS string)
{
    smiOCTETS copy;

    if (string == NULL)
        return SNMPAPI_NOOP;
    copy.ptr = wsn_context_to_octets(context, &copy.len);
    if (copy.ptr == NULL)
        return SNMPAPI_ALLOC_ERROR;
    *string = copy;
    return WSN_OK;
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpContextToStr(HSNMP_CONTEXT context,
                                             smiLPOCTETS string)
{
    struct wsn_context *object = wsn_api_enter_with(context, WSN_CONTEXT);
    wsn_err err;

    if (object == NULL)
        return SNMPAPI_FAILURE;
    err = to_descriptor(object, string);
    wsn_handle_unpin(context);
    return wsn_api_status(context, err);
}

SNMPAPI_STATUS SNMPAPI_CALL SnmpFreeContext(HSNMP_CONTEXT context)
{
    return wsn_api_release(context, WSN_CONTEXT);
}
