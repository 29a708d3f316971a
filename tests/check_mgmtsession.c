/*
 * check_mgmtsession.c - mgmtapi.h: opening, closing and controlling sessions.
 */
#include "support/mgmt.h"

/* ---- opening, closing, control ----------------------------------------- */

START_TEST(a_host_has_a_name)
{
    char name[] = "localhost";

    peer = peer_new(loopback);
    manager = open_at(name, 20000, 0);
    (void)add_null();
    ck_assert(get());
}
END_TEST

START_TEST(an_agent_with_ipv6)
{
    char address[] = "::1";

    peer = peer_new(address);
    manager = open_at(address, 20000, 0);
    (void)add_null();
    ck_assert(get());
}
END_TEST

static const char *const not_hosts[] = {"",
                                        "a-label-may-have-up-to-63-letters"
                                        "-but-this-one-has-even-more-of-them"};

/* None of these is worth asking a name server. */
START_TEST(not_every_text_is_a_host)
{
    char text[128];

    strcpy(text, not_hosts[_i]);
    ck_assert_ptr_null(SnmpMgrOpen(text, community, 1, 1));
    ck_assert_uint_eq(GetLastError(), 11001);
}
END_TEST

START_TEST(what_must_be_given)
{
    begin(1, 0);
    ck_assert_ptr_null(SnmpMgrOpen(NULL, community, 1, 1));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_ptr_null(SnmpMgrOpen(loopback, NULL, 1, 1));
    SetLastError(0);
    ck_assert(!SnmpMgrRequest(manager, SNMP_PDU_GET, NULL, &error_status,
                              &error_index));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert(
        !SnmpMgrRequest(manager, SNMP_PDU_GET, &list, NULL, &error_index));
    ck_assert(
        !SnmpMgrRequest(manager, SNMP_PDU_GET, &list, &error_status, NULL));
}
END_TEST

static const BYTE other_types[] = {SNMP_PDU_RESPONSE, SNMP_PDU_V1TRAP,
                                   SNMP_PDU_GETBULK, SNMP_PDU_TRAP, 0};

START_TEST(only_three_requests)
{
    begin(1, 0);
    ck_assert(!SnmpMgrRequest(manager, other_types[_i], &list, &error_status,
                              &error_index));
    ck_assert_uint_eq(GetLastError(), SNMP_PDUAPI_UNRECOGNIZED_PDU);
}
END_TEST

START_TEST(a_binding_that_is_none)
{
    begin(20000, 0);
    add_null()->value.asnType = 0x99;
    get_fails(SNMP_MGMTAPI_INVALID_BUFFER);
    list.list[0].value.asnType = ASN_NULL;
    list.list[0].name.idLength = 0;
    get_fails(SNMP_MGMTAPI_INVALID_BUFFER);
    list.list[0].name.idLength = 9;
    ck_assert(get());
}
END_TEST

START_TEST(a_session_that_is_none)
{
    int number = 0;

    begin(20000, 0);
    ck_assert(SnmpMgrClose(manager));
    get_fails(SNMP_MGMTAPI_INVALID_SESSION);
    ck_assert(!SnmpMgrClose(manager));
    ck_assert_uint_eq(GetLastError(), SNMP_MGMTAPI_INVALID_SESSION);
    manager = NULL;
    get_fails(SNMP_MGMTAPI_INVALID_SESSION);
    ck_assert(!SnmpMgrClose(&number));
    ck_assert(!SnmpMgrCtl(&number, 1, &number, sizeof number, NULL, 0, NULL));
    ck_assert_uint_eq(GetLastError(), SNMP_MGMTAPI_INVALID_SESSION);
}
END_TEST

static const struct {
    DWORD control;
    UINT port;
    DWORD size;
    DWORD code; /* 0: it works */
} controls[] = {
    {MGMCTL_SETAGENTPORT, 161, sizeof(UINT), 0},
    {MGMCTL_SETAGENTPORT, 65535, sizeof(UINT) + 4, 0},
    {MGMCTL_SETAGENTPORT, 161, sizeof(UINT) - 1, SNMP_MGMTAPI_INVALID_BUFFER},
    {MGMCTL_SETAGENTPORT, 0, sizeof(UINT), SNMP_MGMTAPI_INVALID_BUFFER},
    {MGMCTL_SETAGENTPORT, 65536, sizeof(UINT), SNMP_MGMTAPI_INVALID_BUFFER},
    {2, 161, sizeof(UINT), SNMP_MGMTAPI_INVALID_CTL},
    {0, 161, sizeof(UINT), SNMP_MGMTAPI_INVALID_CTL},
};

START_TEST(control)
{
    DWORD returned = 77;
    UINT port = controls[_i].port;

    begin(1, 0);
    SetLastError(0);
    ck_assert_int_eq(SnmpMgrCtl(manager, controls[_i].control, &port,
                                controls[_i].size, NULL, 0, &returned),
                     controls[_i].code == 0);
    ck_assert_uint_eq(GetLastError(), controls[_i].code);
    ck_assert_uint_eq(returned, controls[_i].code == 0 ? 0 : 77);
    ck_assert(
        !SnmpMgrCtl(manager, MGMCTL_SETAGENTPORT, NULL, 4, NULL, 0, NULL));
    ck_assert_uint_eq(GetLastError(), SNMP_MGMTAPI_INVALID_BUFFER);
}
END_TEST

static DWORD WINAPI ask_from_thread(LPVOID arg)
{
    (void)arg;
    return get() ? 0 : GetLastError();
}

/* While a request waits, other threads are told to come again. */
START_TEST(one_call_at_a_time)
{
    HANDLE thread;
    DWORD code = 99;

    begin(20000, 0);
    (void)add_null();
    peer_script(peer, PEER_DROP, 1);
    thread = CreateThread(NULL, 0, ask_from_thread, NULL, 0, NULL);
    ck_assert(peer_wait(peer, 1));
    ck_assert(!SnmpMgrClose(manager));
    ck_assert_uint_eq(GetLastError(), SNMP_MGMTAPI_AGAIN);
    peer_answer(peer, 0);
    ck_assert_uint_eq(WaitForSingleObject(thread, PATIENCE_MS), WAIT_OBJECT_0);
    ck_assert(GetExitCodeThread(thread, &code));
    ck_assert_uint_eq(code, 0);
    ck_assert(CloseHandle(thread));
}
END_TEST

/* ---- memory that runs out ---------------------------------------------- */

/* Opens, asks and closes with so many allocations, if they suffice; an answer
 * may get lost for lack of memory. */
static bool lives_on(long n)
{
    bool is_done = false;
    UINT port = peer_port(peer);

    allow(n);
    manager = SnmpMgrOpen(loopback, community, 100, 0);
    if (manager != NULL) {
        ck_assert(SnmpMgrCtl(manager, MGMCTL_SETAGENTPORT, &port, sizeof port,
                             NULL, 0, NULL));
        is_done = get();
    }
    allow_all();
    if (!is_done && manager == NULL)
        ck_assert_uint_eq(GetLastError(), SNMP_MEM_ALLOC_ERROR);
    if (manager != NULL)
        ck_assert(SnmpMgrClose(manager));
    manager = NULL;
    return is_done;
}

START_TEST(a_session_without_memory)
{
    long n = 0;

    peer = peer_new(loopback);
    (void)add_null();
    while (!lives_on(n)) {
        ck_assert_uint_eq(list.len, 1);
        n++;
    }
    ck_assert_int_gt(n, 20);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *session = new_case(suite, "session");

    tcase_add_test(session, a_host_has_a_name);
    tcase_add_test(session, an_agent_with_ipv6);
    tcase_add_loop_test(session, not_every_text_is_a_host, 0, N(not_hosts));
    tcase_add_test(session, what_must_be_given);
    tcase_add_loop_test(session, only_three_requests, 0, N(other_types));
    tcase_add_test(session, a_binding_that_is_none);
    tcase_add_test(session, a_session_that_is_none);
    tcase_add_loop_test(session, control, 0, N(controls));
    tcase_add_test(session, one_call_at_a_time);
    tcase_add_test(session, a_session_without_memory);
}

SUITE_MAIN("mgmt/mgmtsession", fill)
