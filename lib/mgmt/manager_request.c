/*
 * manager_request.c - SnmpMgrRequest: a request, and the wait for its answer.
 *
 * The time-out doubles with every repetition, which the WinSNMP library does
 * not do.  So the waiting is done here: each repetition is one more message
 * with the same request id, and none of them ends by itself meanwhile; an
 * answer to an earlier one still counts.
 */
#include <limits.h>
#include <winbase.h>

#include "base/clock.h"
#include "mgmt/convert.h"
#include "mgmt/error.h"
#include "mgmt/manager.h"

/* The library's own time-out, out of the way: a week. */
#define FAR_AWAY_CS (7 * 24 * 3600 * 100)

struct exchange {
    struct wsn_manager *manager;
    HSNMP_PDU request;
    smiINT32 id;
    unsigned n_sent;
    HSNMP_PDU answer;
    DWORD code; /* why there is no answer */
};

enum outcome { WAITING, ANSWERED, FAILED };

/* ---- what arrives ------------------------------------------------------ */

static smiINT32 id_of(HSNMP_PDU pdu)
{
    smiINT32 id = 0;

    (void)SnmpGetPduData(pdu, NULL, &id, NULL, NULL, NULL);
    return id;
}

static DWORD code_of(SNMPAPI_STATUS error)
{
    switch (error) {
    case SNMPAPI_ALLOC_ERROR:
        return SNMP_MEM_ALLOC_ERROR;
    case SNMPAPI_TL_TIMEOUT:
        return SNMP_MGMTAPI_TIMEOUT;
    default:
        return SNMP_MGMTAPI_SELECT_FDERRORS;
    }
}

/* What is left of an earlier request is dropped. */
static enum outcome judge(struct exchange *exchange, HSNMP_PDU pdu, bool is_bad)
{
    SNMPAPI_STATUS error = is_bad ? SnmpGetLastError(NULL) : SNMPAPI_SUCCESS;

    if (pdu != NULL && id_of(pdu) != exchange->id) {
        (void)SnmpFreePdu(pdu);
        return WAITING;
    }
    if (!is_bad) {
        exchange->answer = pdu;
        return ANSWERED;
    }
    exchange->code = code_of(error);
    if (pdu != NULL)
        (void)SnmpFreePdu(pdu);
    return FAILED;
}

static enum outcome take_one(struct exchange *exchange, bool *ret_is_empty)
{
    HSNMP_PDU pdu = NULL;
    bool is_bad = SnmpRecvMsg(exchange->manager->session, NULL, NULL, NULL,
                              &pdu) == SNMPAPI_FAILURE;

    *ret_is_empty = is_bad && SnmpGetLastError(NULL) == SNMPAPI_NOOP;
    return *ret_is_empty ? WAITING : judge(exchange, pdu, is_bad);
}

static enum outcome take_all(struct exchange *exchange)
{
    enum outcome outcome = WAITING;
    bool is_empty = false;

    while (outcome == WAITING && !is_empty)
        outcome = take_one(exchange, &is_empty);
    return outcome;
}

/* ---- sending and waiting ----------------------------------------------- */

/* A thread that cannot even sleep is short of memory. */
static enum outcome sleep_for(struct exchange *exchange, uint64_t timeout_ms)
{
    if (WaitForSingleObject(exchange->manager->arrived, (DWORD)timeout_ms) !=
        WAIT_FAILED)
        return take_all(exchange);
    exchange->code = SNMP_MEM_ALLOC_ERROR;
    return FAILED;
}

static enum outcome wait_for(struct exchange *exchange, unsigned timeout_ms)
{
    uint64_t now = wsn_clock_ms();
    uint64_t end = now + timeout_ms;
    enum outcome outcome = WAITING;

    while (outcome == WAITING && now < end) {
        outcome = sleep_for(exchange, end - now);
        now = wsn_clock_ms();
    }
    return outcome;
}

static enum outcome send_once(struct exchange *exchange)
{
    const struct wsn_manager *manager = exchange->manager;

    if (SnmpSendMsg(manager->session, NULL, manager->agent, manager->community,
                    exchange->request) == SNMPAPI_FAILURE) {
        exchange->code = code_of(SnmpGetLastError(NULL));
        return FAILED;
    }
    exchange->n_sent++;
    return WAITING;
}

static unsigned twice(unsigned timeout_ms)
{
    return timeout_ms > INT_MAX / 2 ? INT_MAX : timeout_ms * 2;
}

static enum outcome try_all(struct exchange *exchange)
{
    unsigned timeout_ms = exchange->manager->timeout_ms;
    enum outcome outcome = WAITING;

    for (unsigned i = 0; i <= exchange->manager->retries; i++) {
        outcome = send_once(exchange);
        if (outcome == WAITING)
            outcome = wait_for(exchange, timeout_ms);
        if (outcome != WAITING)
            break;
        timeout_ms = twice(timeout_ms);
    }
    return outcome;
}

/* Messages that nobody waits for any more; one of them was answered. */
static void forget(const struct exchange *exchange, enum outcome outcome)
{
    unsigned n = exchange->n_sent;

    if (outcome == ANSWERED)
        n--;
    while (n-- > 0)
        (void)SnmpCancelMsg(exchange->manager->session, exchange->id);
}

/* The PDU of the answer; NULL with the error recorded. */
static HSNMP_PDU ask(struct wsn_manager *manager, HSNMP_PDU request)
{
    struct exchange exchange = {.manager = manager,
                                .request = request,
                                .id = id_of(request),
                                .code = SNMP_MGMTAPI_TIMEOUT};
    enum outcome outcome;

    (void)SnmpSetTimeout(manager->agent, FAR_AWAY_CS);
    (void)SnmpSetRetry(manager->agent, 0);
    outcome = try_all(&exchange);
    forget(&exchange, outcome);
    if (outcome != ANSWERED)
        (void)wsn_mgmt_fail(exchange.code);
    return exchange.answer;
}

/* ---- the whole --------------------------------------------------------- */

static HSNMP_PDU make_request(struct wsn_manager *manager, BYTE type,
                              const SnmpVarBindList *list)
{
    HSNMP_VBL vbl = wsn_mgmt_list_to_vbl(manager->session, list);
    HSNMP_PDU pdu;

    if (vbl == NULL)
        return NULL;
    pdu = SnmpCreatePdu(manager->session, type, 0, 0, 0, vbl);
    if (pdu == NULL)
        (void)wsn_mgmt_fail_as(SNMP_MGMTAPI_INVALID_BUFFER);
    (void)SnmpFreeVbl(vbl);
    return pdu;
}

/* An error comes with the variables of the request (RFC 1157, 4.1.2): those
 * stay where they are. */
static BOOL replace(SnmpVarBindList *list, HSNMP_VBL vbl, bool is_error)
{
    SnmpVarBindList received;

    if (is_error)
        return TRUE;
    if (!wsn_mgmt_list_from_vbl(vbl, &received))
        return FALSE;
    SnmpUtilVarBindListFree(list);
    *list = received;
    return TRUE;
}

static BOOL accept_answer(HSNMP_PDU answer, SnmpVarBindList *list,
                          AsnInteger32 *ret_status, AsnInteger32 *ret_index)
{
    smiINT status = 0;
    smiINT index = 0;
    HSNMP_VBL vbl = NULL;
    BOOL is_done;

    if (SnmpGetPduData(answer, NULL, NULL, &status, &index, &vbl) ==
        SNMPAPI_FAILURE)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    is_done = replace(list, vbl, status != SNMP_ERRORSTATUS_NOERROR);
    (void)SnmpFreeVbl(vbl);
    if (is_done) {
        *ret_status = status;
        *ret_index = index;
    }
    return is_done;
}

static BOOL request(struct wsn_manager *manager, BYTE type,
                    SnmpVarBindList *list, AsnInteger32 *ret_status,
                    AsnInteger32 *ret_index)
{
    HSNMP_PDU question = make_request(manager, type, list);
    HSNMP_PDU answer;
    BOOL is_done;

    if (question == NULL)
        return FALSE;
    answer = ask(manager, question);
    (void)SnmpFreePdu(question);
    if (answer == NULL)
        return FALSE;
    is_done = accept_answer(answer, list, ret_status, ret_index);
    (void)SnmpFreePdu(answer);
    return is_done;
}

static bool is_request(BYTE type)
{
    return type == SNMP_PDU_GET || type == SNMP_PDU_GETNEXT ||
           type == SNMP_PDU_SET;
}

SNMPAPI SNMP_FUNC_TYPE SnmpMgrRequest(LPSNMP_MGR_SESSION session,
                                      BYTE requestType,
                                      SnmpVarBindList *variableBindings,
                                      AsnInteger32 *errorStatus,
                                      AsnInteger32 *errorIndex)
{
    struct wsn_manager *manager;
    BOOL is_done;

    if (variableBindings == NULL || errorStatus == NULL || errorIndex == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    if (!is_request(requestType))
        return wsn_mgmt_fail(SNMP_PDUAPI_UNRECOGNIZED_PDU);
    manager = wsn_manager_take(session);
    if (manager == NULL)
        return FALSE;
    is_done = request(manager, requestType, variableBindings, errorStatus,
                      errorIndex);
    wsn_manager_give(manager);
    return is_done;
}
