/*
 * mgmt.h - what the suites of mgmtapi.h play on: a session with a peer, and a
 * list of variable bindings.
 */
#ifndef WSN_TESTS_SUPPORT_MGMT_H
#define WSN_TESTS_SUPPORT_MGMT_H

#include <stdlib.h>
#include <string.h>

#include "mgmtapi.h"
#include "support/peer.h"
#include "support/scarce.h"
#include "support/suite.h"
#include "support/waiting.h"
#include "winbase.h"
#include "winsnmp.h"

static char loopback[] = "127.0.0.1";
static char community[] = "public";

static struct peer *peer;
static LPSNMP_MGR_SESSION manager;
static SnmpVarBindList list;
static AsnInteger32 error_status;
static AsnInteger32 error_index;

/* ---- a session with the peer ----------------------------------------- */

static inline void set_port(LPSNMP_MGR_SESSION of)
{
    UINT port = peer_port(peer);

    ck_assert(
        SnmpMgrCtl(of, MGMCTL_SETAGENTPORT, &port, sizeof port, NULL, 0, NULL));
}

static inline LPSNMP_MGR_SESSION open_at(char *address, int timeout_ms,
                                         int retries)
{
    LPSNMP_MGR_SESSION opened =
        SnmpMgrOpen(address, community, timeout_ms, retries);

    ck_assert_ptr_nonnull(opened);
    set_port(opened);
    return opened;
}

static inline void begin(int timeout_ms, int retries)
{
    peer = peer_new(loopback);
    manager = open_at(loopback, timeout_ms, retries);
}

static inline void set_up(void)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
}

static inline void tear_down(void)
{
    if (manager != NULL)
        ck_assert(SnmpMgrClose(manager));
    manager = NULL;
    SnmpUtilVarBindListFree(&list);
    if (peer != NULL)
        peer_free(peer);
    peer = NULL;
}

/* A binding of sysDescr.0 behind those that are there; value is copied. */
static inline SnmpVarBind *add(AsnAny *value)
{
    static UINT ids[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
    AsnObjectIdentifier name = DEFINE_OID(ids);
    SnmpVarBind *last;

    list.list =
        SnmpUtilMemReAlloc(list.list, (list.len + 1) * (UINT)sizeof *list.list);
    ck_assert_ptr_nonnull(list.list);
    last = &list.list[list.len++];
    ck_assert(SnmpUtilOidCpy(&last->name, &name));
    ck_assert(SnmpUtilAsnAnyCpy(&last->value, value));
    return last;
}

static inline SnmpVarBind *add_null(void)
{
    AsnAny nothing;

    memset(&nothing, 0, sizeof nothing);
    nothing.asnType = ASN_NULL;
    return add(&nothing);
}

static inline BOOL get(void)
{
    error_status = error_index = -1;
    return SnmpMgrRequest(manager, SNMP_PDU_GET, &list, &error_status,
                          &error_index);
}

static inline void get_fails(DWORD code)
{
    SetLastError(0);
    ck_assert(!get());
    ck_assert_uint_eq(GetLastError(), code);
    ck_assert_int_eq(error_status, -1);
}

static inline TCase *new_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    suite_add_tcase(suite, tcase);
    return tcase;
}

#endif
