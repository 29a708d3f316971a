/*
 * manager_trap.c - SnmpMgrTrapListen, SnmpMgrGetTrap, SnmpMgrGetTrapEx.
 *
 * One WinSNMP session of the process receives all traps; what waits in it is
 * the queue.  The lock guards the few words below and nothing else.
 */
#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>
#include <winbase.h>

#include "api/plain.h"
#include "base/lock.h"
#include "mgmt/arrival.h"
#include "mgmt/convert.h"
#include "mgmt/error.h"
#include "mgmt/traps.h"
#include "mgmt/v1_trap.h"
#include "mgmt/value.h"
#include "mgmtapi.h"
#include "winsnmp.h"

enum state { IDLE, CHANGING, LISTENING };

static struct traps {
    struct wsn_lock lock;
    enum state state;
    HANDLE available; /* an event */
    HSNMP_SESSION session;
} traps = {.lock = WSN_LOCK_INITIALIZER};

/* ---- beginning and ending ---------------------------------------------- */

/* Whether the state was that; it is CHANGING then. */
static bool claim(enum state state)
{
    bool is_mine;

    wsn_lock_take(&traps.lock);
    is_mine = traps.state == state;
    if (is_mine)
        traps.state = CHANGING;
    wsn_lock_give(&traps.lock);
    return is_mine;
}

static void settle(enum state state)
{
    wsn_lock_take(&traps.lock);
    traps.state = state;
    wsn_lock_give(&traps.lock);
}

/* Also of a beginning that did not get far. */
static void end(void)
{
    if (traps.session != NULL)
        (void)SnmpClose(traps.session);
    traps.session = NULL;
    if (traps.available != NULL)
        (void)CloseHandle(traps.available);
    traps.available = NULL;
    (void)SnmpCleanupEx();
    settle(IDLE);
}

void wsn_traps_end(void)
{
    if (claim(LISTENING))
        end();
}

static BOOL open_session(void)
{
    traps.available = CreateEvent(NULL, TRUE, FALSE, NULL);
    if (traps.available == NULL)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    traps.session = SnmpCreateSession(NULL, 0, wsn_arrival, traps.available);
    return traps.session != NULL || wsn_mgmt_fail_as(SNMP_MGMTAPI_TRAP_ERRORS);
}

static BOOL begin(void)
{
    if (!open_session())
        return FALSE;
    return SnmpRegister(traps.session, NULL, NULL, NULL, NULL, SNMPAPI_ON) !=
               SNMPAPI_FAILURE ||
           wsn_mgmt_fail_as(SNMP_MGMTAPI_TRAP_ERRORS);
}

/* The state is CHANGING. */
static BOOL listen_to_traps(void)
{
    DWORD code;

    if (SnmpStartupEx(NULL, NULL, NULL, NULL, NULL) == SNMPAPI_FAILURE) {
        settle(IDLE);
        return wsn_mgmt_fail_as(SNMP_MGMTAPI_TRAP_ERRORS);
    }
    if (begin())
        return TRUE;
    code = GetLastError();
    end();
    return wsn_mgmt_fail(code);
}

BOOL SNMP_FUNC_TYPE SnmpMgrTrapListen(HANDLE *phTrapAvailable)
{
    if (phTrapAvailable == NULL)
        return wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
    if (!claim(IDLE))
        return wsn_mgmt_fail(SNMP_MGMTAPI_TRAP_DUPINIT);
    if (!listen_to_traps())
        return FALSE;
    *phTrapAvailable = traps.available;
    settle(LISTENING);
    return TRUE;
}

/* ---- the next one ------------------------------------------------------ */

/* A notification as the library delivers it. */
struct delivery {
    HSNMP_ENTITY sender;
    HSNMP_CONTEXT community;
    HSNMP_PDU pdu;
};

static void delivery_free(const struct delivery *delivery)
{
    (void)SnmpFreeEntity(delivery->sender);
    (void)SnmpFreeContext(delivery->community);
    (void)SnmpFreePdu(delivery->pdu);
}

/* The bytes of the sender's address; none if it has no literal one. */
static BOOL copy_source(const struct delivery *delivery,
                        AsnNetworkAddress *ret_source)
{
    char text[INET6_ADDRSTRLEN + 64] = "";
    BYTE bytes[16];
    size_t len = 0;

    (void)SnmpEntityToStr(delivery->sender, sizeof text, text);
    text[strcspn(text, "%")] = '\0'; /* the zone of a link-local address */
    if (inet_pton(AF_INET, text, bytes) == 1)
        len = 4;
    else if (inet_pton(AF_INET6, text, bytes) == 1)
        len = 16;
    return wsn_mgmt_octets(bytes, len, ret_source);
}

static BOOL copy_community(const struct delivery *delivery,
                           AsnOctetString *ret_community)
{
    smiOCTETS octets;
    BOOL is_done;

    if (SnmpContextToStr(delivery->community, &octets) == SNMPAPI_FAILURE)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    is_done = wsn_mgmt_octets(octets.ptr, octets.len, ret_community);
    (void)SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets);
    return is_done;
}

static BOOL copy_bindings(const struct delivery *delivery,
                          SnmpVarBindList *ret_bindings)
{
    HSNMP_VBL vbl = NULL;
    BOOL is_done;

    if (SnmpGetPduData(delivery->pdu, NULL, NULL, NULL, NULL, &vbl) ==
        SNMPAPI_FAILURE)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    is_done = wsn_mgmt_list_from_vbl(vbl, ret_bindings);
    (void)SnmpFreeVbl(vbl);
    return is_done;
}

/* What is no proper notification cannot be shown as a trap: it is skipped,
 * that is SNMP_MGMTAPI_AGAIN. */
static BOOL convert(const struct delivery *delivery, struct wsn_v1_trap *trap)
{
    if (!copy_source(delivery, &trap->source) ||
        !copy_community(delivery, &trap->community) ||
        !copy_bindings(delivery, &trap->bindings))
        return FALSE;
    if (!wsn_v1_trap_can_be(&trap->bindings))
        return wsn_mgmt_fail(SNMP_MGMTAPI_AGAIN);
    return wsn_v1_trap_fill(trap);
}

static void say_why_nothing_came(void)
{
    if (SnmpGetLastError(NULL) == SNMPAPI_NOOP)
        (void)wsn_mgmt_fail(SNMP_MGMTAPI_NOTRAPS);
    else
        (void)wsn_mgmt_fail_as(SNMP_MGMTAPI_TRAP_ERRORS);
}

static BOOL take_plainly(HSNMP_SESSION session, struct wsn_v1_trap *ret_trap)
{
    struct wsn_v1_trap trap;
    struct delivery delivery;
    BOOL is_done;

    if (SnmpRecvMsg(session, &delivery.sender, NULL, &delivery.community,
                    &delivery.pdu) == SNMPAPI_FAILURE) {
        say_why_nothing_came();
        return FALSE;
    }
    memset(&trap, 0, sizeof trap);
    is_done = convert(&delivery, &trap);
    delivery_free(&delivery);
    if (is_done)
        *ret_trap = trap;
    else
        wsn_v1_trap_free(&trap);
    return is_done;
}

static BOOL take(HSNMP_SESSION session, struct wsn_v1_trap *ret_trap)
{
    BOOL is_done;

    do {
        wsn_plain_begin();
        is_done = take_plainly(session, ret_trap);
        wsn_plain_end();
    } while (!is_done && GetLastError() == SNMP_MGMTAPI_AGAIN);
    return is_done;
}

/* NULL when nobody listens. */
static HSNMP_SESSION session_of_traps(void)
{
    HSNMP_SESSION session;

    wsn_lock_take(&traps.lock);
    session = traps.state == LISTENING ? traps.session : NULL;
    wsn_lock_give(&traps.lock);
    return session;
}

/* Moves what is wanted out of the trap; the rest stays for freeing. */
#define HAND_OUT(ret, member)                     \
    do {                                          \
        if ((ret) != NULL) {                      \
            *(ret) = (member);                    \
            memset(&(member), 0, sizeof(member)); \
        }                                         \
    } while (0)

BOOL SNMP_FUNC_TYPE SnmpMgrGetTrapEx(
    AsnObjectIdentifier *enterprise, AsnNetworkAddress *agentAddress,
    AsnNetworkAddress *sourceAddress, AsnInteger32 *genericTrap,
    AsnInteger32 *specificTrap, AsnOctetString *community,
    AsnTimeticks *timeStamp, SnmpVarBindList *variableBindings)
{
    HSNMP_SESSION session = session_of_traps();
    struct wsn_v1_trap trap;

    if (session == NULL)
        return wsn_mgmt_fail(SNMP_MGMTAPI_TRAP_ERRORS);
    if (!take(session, &trap))
        return FALSE;
    HAND_OUT(enterprise, trap.enterprise);
    HAND_OUT(agentAddress, trap.agent);
    HAND_OUT(sourceAddress, trap.source);
    HAND_OUT(genericTrap, trap.generic);
    HAND_OUT(specificTrap, trap.specific);
    HAND_OUT(community, trap.community);
    HAND_OUT(timeStamp, trap.time_stamp);
    HAND_OUT(variableBindings, trap.bindings);
    wsn_v1_trap_free(&trap);
    return TRUE;
}

BOOL SNMP_FUNC_TYPE SnmpMgrGetTrap(AsnObjectIdentifier *enterprise,
                                   AsnNetworkAddress *IPAddress,
                                   AsnInteger32 *genericTrap,
                                   AsnInteger32 *specificTrap,
                                   AsnTimeticks *timeStamp,
                                   SnmpVarBindList *variableBindings)
{
    return SnmpMgrGetTrapEx(enterprise, IPAddress, NULL, genericTrap,
                            specificTrap, NULL, timeStamp, variableBindings);
}
