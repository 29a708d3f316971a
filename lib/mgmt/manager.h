/*
 * manager.h - one session of SnmpMgrOpen: an agent, a community, a patience.
 *
 * The program's LPSNMP_MGR_SESSION points to it, but is believed only after
 * it was found among the open ones.  A session serves one call at a time;
 * whoever has taken it may use all of it.  The room's own.
 */
#ifndef WSN_MGMT_MANAGER_H
#define WSN_MGMT_MANAGER_H

#include <stdbool.h>

#include "base/list.h"
#include "mgmtapi.h"
#include "winsnmp.h"

struct wsn_manager {
    struct wsn_list of_open; /* among all open ones; their lock guards it */
    bool is_taken;           /* guarded by the same lock */
    HANDLE arrived;          /* an event: set when there is something */
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT community;
    unsigned timeout_ms;
    unsigned retries;
};

/*
 * The session the program means, to be given back; NULL, with the error
 * recorded, when it is not open (SNMP_MGMTAPI_INVALID_SESSION) or in use
 * (SNMP_MGMTAPI_AGAIN). [any]
 */
struct wsn_manager *wsn_manager_take(LPSNMP_MGR_SESSION session);
void wsn_manager_give(struct wsn_manager *manager);

#endif
