/*
 * check_api_last_error.c - SnmpGetLastError: of a session, of the thread, of
 * the process.
 */
#include "support/api.h"

/* A thread of its own, which has not failed yet. */
static void *in_new_thread(void *(*what)(void *), void *arg)
{
    pthread_t thread;
    void *result;

    ck_assert_int_eq(pthread_create(&thread, NULL, what, arg), 0);
    ck_assert_int_eq(pthread_join(thread, &result), 0);
    return result;
}

static void *ask(void *of)
{
    return (void *)(uintptr_t)SnmpGetLastError(of);
}

static void *fail_as_a_thread(void *arg)
{
    (void)SnmpFreePdu(NULL);
    return ask(arg);
}

START_TEST(before_any_failure_all_is_well)
{
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpGetLastError((HSNMP_SESSION)(uintptr_t)0xdead),
                      SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(it_works_without_start_up)
{
    ASSERT_FAILS(SnmpCleanup(), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpCleanupEx(), SNMPAPI_OTHER_ERROR);
    start();
    ASSERT_FAILS(SnmpFreeVbl(NULL), SNMPAPI_VBL_INVALID);
    stop();
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_VBL_INVALID);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_VBL_INVALID);
}
END_TEST

START_TEST(a_new_session_has_not_failed)
{
    (void)SnmpFreePdu(NULL);
    ck_assert_uint_eq(SnmpGetLastError(open_session()), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(success_changes_nothing)
{
    (void)SnmpCancelMsg(session, 1);
    (void)SnmpFreeEntity(new_entity("127.0.0.1"));
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_PDU_INVALID);
}
END_TEST

START_TEST(each_session_has_its_own)
{
    HSNMP_SESSION other = open_session();

    (void)SnmpCancelMsg(session, 1);
    (void)SnmpStrToEntity(other, "nonsense");
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(SnmpGetLastError(other), SNMPAPI_ENTITY_UNKNOWN);
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_ENTITY_UNKNOWN);
}
END_TEST

/* A failure on an object is one of the session that made the object. */
START_TEST(an_objects_failure_is_its_sessions)
{
    HSNMP_SESSION other = open_session();
    HSNMP_VBL vbl = SnmpCreateVbl(other, NULL, NULL);

    (void)SnmpCancelMsg(session, 1);
    (void)SnmpDeleteVb(vbl, 1);
    ck_assert_uint_eq(SnmpGetLastError(other), SNMPAPI_INDEX_INVALID);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_PDU_INVALID);
}
END_TEST

START_TEST(nobodys_failure_is_no_sessions)
{
    (void)SnmpCancelMsg(session, 1);
    (void)SnmpFreeVbl((HSNMP_VBL)(uintptr_t)0xdead);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_VBL_INVALID);
}
END_TEST

START_TEST(what_is_no_session_is_asked_like_nothing)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_SESSION, bad);
    (void)SnmpCancelMsg(session, 1);
    (void)SnmpFreeVbl(NULL);
    for (int i = 0; i < BAD_HANDLES; i++)
        if (bad[i] != session)
            ck_assert_uint_eq(SnmpGetLastError(bad[i]), SNMPAPI_VBL_INVALID);
}
END_TEST

START_TEST(a_thread_that_never_failed_sees_the_process)
{
    (void)SnmpFreeVbl(NULL);
    ck_assert_ptr_eq(in_new_thread(ask, NULL),
                     (void *)(uintptr_t)SNMPAPI_VBL_INVALID);
}
END_TEST

START_TEST(a_thread_that_failed_sees_its_own)
{
    (void)SnmpFreeVbl(NULL);
    ck_assert_ptr_eq(in_new_thread(fail_as_a_thread, NULL),
                     (void *)(uintptr_t)SNMPAPI_PDU_INVALID);
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_VBL_INVALID);
}
END_TEST

START_TEST(asking_is_no_failure)
{
    (void)SnmpFreeVbl(NULL);
    (void)SnmpGetLastError((HSNMP_SESSION)(uintptr_t)0xdead);
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_VBL_INVALID);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *stopped = stopped_case(suite);
    TCase *started = started_case(suite, "started");

    tcase_add_test(stopped, before_any_failure_all_is_well);
    tcase_add_test(stopped, it_works_without_start_up);
    tcase_add_test(started, a_new_session_has_not_failed);
    tcase_add_test(started, success_changes_nothing);
    tcase_add_test(started, each_session_has_its_own);
    tcase_add_test(started, an_objects_failure_is_its_sessions);
    tcase_add_test(started, nobodys_failure_is_no_sessions);
    tcase_add_test(started, what_is_no_session_is_asked_like_nothing);
    tcase_add_test(started, a_thread_that_never_failed_sees_the_process);
    tcase_add_test(started, a_thread_that_failed_sees_its_own);
    tcase_add_test(started, asking_is_no_failure);
}

SUITE_MAIN("api/last_error", fill)
