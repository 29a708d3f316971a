/*
 * manager.c - SnmpMgrOpen, SnmpMgrClose, SnmpMgrCtl; see manager.h.
 *
 * Each session accounts for one SnmpStartupEx, so that it works whatever the
 * program itself does with the library.
 */
#include "mgmt/manager.h"

#include <string.h>
#include <winbase.h>

#include "api/plain.h"
#include "base/alloc.h"
#include "base/lock.h"
#include "mgmt/arrival.h"
#include "mgmt/error.h"
#include "mgmt/resolve.h"
#include "mgmt/traps.h"

/* A program that does not say how long it would wait. */
#define DEFAULT_TIMEOUT_MS 6000

#define HOST_NOT_FOUND 11001 /* WSAHOST_NOT_FOUND of Winsock */

static struct wsn_lock lock = WSN_LOCK_INITIALIZER;
static struct wsn_list all_open = {&all_open, &all_open};

/* ---- those that are open ----------------------------------------------- */

/* The lock is held. */
static struct wsn_manager *find(const void *session)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &all_open) {
        struct wsn_manager *manager =
            WSN_CONTAINER(node, struct wsn_manager, of_open);

        if (manager == session)
            return manager;
    }
    return NULL;
}

/* The lock is held. */
static DWORD try_take(struct wsn_manager *manager)
{
    if (manager == NULL)
        return SNMP_MGMTAPI_INVALID_SESSION;
    if (manager->is_taken)
        return SNMP_MGMTAPI_AGAIN;
    manager->is_taken = true;
    return NO_ERROR;
}

struct wsn_manager *wsn_manager_take(LPSNMP_MGR_SESSION session)
{
    struct wsn_manager *manager;
    DWORD code;

    wsn_lock_take(&lock);
    manager = find(session);
    code = try_take(manager);
    wsn_lock_give(&lock);
    if (code == NO_ERROR)
        return manager;
    (void)wsn_mgmt_fail(code);
    return NULL;
}

void wsn_manager_give(struct wsn_manager *manager)
{
    wsn_lock_take(&lock);
    manager->is_taken = false;
    wsn_lock_give(&lock);
}

static void enter_open(struct wsn_manager *manager)
{
    wsn_lock_take(&lock);
    wsn_list_push_back(&all_open, &manager->of_open);
    wsn_lock_give(&lock);
}

static void leave_open(struct wsn_manager *manager)
{
    wsn_lock_take(&lock);
    wsn_list_remove(&manager->of_open);
    wsn_lock_give(&lock);
}

/* ---- opening and closing ----------------------------------------------- */

/* The entities and the context end with the session. */
static void end(struct wsn_manager *manager)
{
    (void)SnmpClose(manager->session);
    if (manager->arrived != NULL)
        (void)CloseHandle(manager->arrived);
    (void)SnmpCleanupEx();
    wsn_free(manager);
}

static BOOL address_agent(struct wsn_manager *manager, const char *name)
{
    char address[WSN_RESOLVE_SIZE];

    if (!wsn_mgmt_resolve(name, address))
        return wsn_mgmt_fail(HOST_NOT_FOUND);
    wsn_plain_begin();
    manager->agent = SnmpStrToEntity(manager->session, address);
    wsn_plain_end();
    return manager->agent != NULL || wsn_mgmt_fail_as(HOST_NOT_FOUND);
}

static BOOL set_community(struct wsn_manager *manager, LPSTR community)
{
    smiOCTETS octets = {.len = (smiUINT32)strlen(community),
                        .ptr = (smiLPBYTE)community};

    wsn_plain_begin();
    manager->community = SnmpStrToContext(manager->session, &octets);
    wsn_plain_end();
    return manager->community != NULL ||
           wsn_mgmt_fail_as(ERROR_INVALID_PARAMETER);
}

static BOOL open_session(struct wsn_manager *manager)
{
    manager->arrived = CreateEvent(NULL, FALSE, FALSE, NULL);
    if (manager->arrived == NULL)
        return wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
    manager->session =
        SnmpCreateSession(NULL, 0, wsn_arrival, manager->arrived);
    return manager->session != NULL ||
           wsn_mgmt_fail_as(SNMP_MGMTAPI_SELECT_FDERRORS);
}

/* A started library's first session; NULL with the error recorded. */
static struct wsn_manager *begin(void)
{
    struct wsn_manager *manager = wsn_zalloc(sizeof *manager);

    if (manager == NULL) {
        (void)wsn_mgmt_fail(SNMP_MEM_ALLOC_ERROR);
        return NULL;
    }
    if (SnmpStartupEx(NULL, NULL, NULL, NULL, NULL) == SNMPAPI_FAILURE) {
        (void)wsn_mgmt_fail_as(SNMP_MGMTAPI_SELECT_FDERRORS);
        wsn_free(manager);
        return NULL;
    }
    wsn_list_init(&manager->of_open);
    return manager;
}

/* Ends what was begun without forgetting why. */
static void give_up(struct wsn_manager *manager)
{
    DWORD code = GetLastError();

    end(manager);
    SetLastError(code);
}

LPSNMP_MGR_SESSION SNMP_FUNC_TYPE SnmpMgrOpen(LPSTR lpAgentAddress,
                                              LPSTR lpAgentCommunity,
                                              INT nTimeOut, INT nRetries)
{
    struct wsn_manager *manager;

    if (lpAgentAddress == NULL || lpAgentCommunity == NULL) {
        (void)wsn_mgmt_fail(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    manager = begin();
    if (manager == NULL)
        return NULL;
    manager->timeout_ms =
        nTimeOut > 0 ? (unsigned)nTimeOut : DEFAULT_TIMEOUT_MS;
    manager->retries = nRetries > 0 ? (unsigned)nRetries : 0;
    if (!open_session(manager) || !address_agent(manager, lpAgentAddress) ||
        !set_community(manager, lpAgentCommunity)) {
        give_up(manager);
        return NULL;
    }
    enter_open(manager);
    return manager;
}

BOOL SNMP_FUNC_TYPE SnmpMgrClose(LPSNMP_MGR_SESSION session)
{
    struct wsn_manager *manager;

    if (session == NULL) {
        wsn_traps_end();
        return TRUE;
    }
    manager = wsn_manager_take(session);
    if (manager == NULL)
        return FALSE;
    leave_open(manager);
    end(manager);
    return TRUE;
}

/* ---- control ----------------------------------------------------------- */

static BOOL set_port(struct wsn_manager *manager, const void *buffer,
                     DWORD size)
{
    UINT port;

    if (buffer == NULL || size < sizeof port)
        return wsn_mgmt_fail(SNMP_MGMTAPI_INVALID_BUFFER);
    memcpy(&port, buffer, sizeof port);
    return SnmpSetPort(manager->agent, port) != SNMPAPI_FAILURE ||
           wsn_mgmt_fail(SNMP_MGMTAPI_INVALID_BUFFER);
}

BOOL SNMP_FUNC_TYPE SnmpMgrCtl(LPSNMP_MGR_SESSION session, DWORD dwCtlCode,
                               LPVOID lpvInBuffer, DWORD cbInBuffer,
                               LPVOID lpvOUTBuffer, DWORD cbOUTBuffer,
                               LPDWORD lpcbBytesReturned)
{
    struct wsn_manager *manager = wsn_manager_take(session);
    BOOL is_done;

    (void)lpvOUTBuffer;
    (void)cbOUTBuffer;
    if (manager == NULL)
        return FALSE;
    if (dwCtlCode == MGMCTL_SETAGENTPORT)
        is_done = set_port(manager, lpvInBuffer, cbInBuffer);
    else
        is_done = wsn_mgmt_fail(SNMP_MGMTAPI_INVALID_CTL);
    wsn_manager_give(manager);
    if (is_done && lpcbBytesReturned != NULL)
        *lpcbBytesReturned = 0;
    return is_done;
}
