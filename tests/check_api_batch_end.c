/*
 * check_api_batch_end.c - what callbacks ask while answers come in heaps, and
 * what ends before it has left: a session, the library, the request itself,
 * its source, a thread.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "support/batch.h"
#include "support/free_port.h"

static void ask_and_close(int i)
{
    ask(FIRST_ID + i);
    if (i == 1)
        ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
}

static void ask_and_clean_up(int i)
{
    ask(FIRST_ID + i);
    if (i == 1)
        ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}

static void (*const endings[])(int i) = {ask_and_close, ask_and_clean_up};

START_TEST(what_was_asked_before_the_end_leaves)
{
    begin_with(HEAP, endings[_i]);
    turn_until(2);
    receive(2);
    ck_assert(!has_come(0));
}
END_TEST

static void ask_and_cancel(int i)
{
    ask(FIRST_ID + i);
    ck_assert_uint_eq(SnmpCancelMsg(session, FIRST_ID + i), SNMPAPI_SUCCESS);
    if (i == 1)
        ask(FIRST_ID + HEAP);
}

/* No answer is wanted, but the agent is to do what it is told. */
START_TEST(what_was_cancelled_has_left)
{
    begin_with(HEAP, ask_and_cancel);
    turn_until(HEAP);
    receive(HEAP);
    ck_assert(has_come(PATIENCE_MS));
}
END_TEST

START_TEST(what_was_cancelled_is_forgotten)
{
    begin_with(HEAP, ask_and_cancel);
    turn_until(HEAP);
    do {
        receive(1);
        answer(1);
    } while (has_come(0));
    turn_until(HEAP + 1);
    ck_assert_uint_eq(events[HEAP], 0);
}
END_TEST

static HSNMP_ENTITY source;

/* The source listens, and does no more when it has asked. */
static void ask_and_stop_listening(int i)
{
    if (i != 0)
        return;
    ask_from(source, FIRST_ID);
    ck_assert_uint_eq(SnmpListen(source, SNMPAPI_OFF), SNMPAPI_SUCCESS);
}

START_TEST(it_leaves_from_where_its_source_listened)
{
    UINT port = free_port("127.0.0.1");

    source = SnmpStrToEntity(session, "127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(source, port), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpListen(source, SNMPAPI_ON), SNMPAPI_SUCCESS);
    begin_with(HEAP, ask_and_stop_listening);
    turn_until(HEAP);
    receive(1);
    ck_assert_uint_eq(ntohs(got[0].from.sin_port), port);
}
END_TEST

static atomic_bool went_on;

static void *close_cancelled(void *other)
{
    (void)pthread_cancel(pthread_self());
    (void)SnmpClose(other);
    atomic_store(&went_on, true);
    pthread_testcancel();
    return NULL;
}

static void ask_while_another_is_cancelled(int i)
{
    HSNMP_SESSION other;
    pthread_t thread;
    void *result;

    ask(FIRST_ID + i);
    if (i != 0)
        return;
    atomic_store(&went_on, false);
    other = SnmpCreateSession(NULL, 0, on_arrival, NULL);
    ck_assert_int_eq(pthread_create(&thread, NULL, close_cancelled, other), 0);
    ck_assert_int_eq(pthread_join(thread, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    ck_assert(atomic_load(&went_on));
}

/* It sends what callbacks have asked, and system calls that send are where
 * threads end that are cancelled. */
START_TEST(a_thread_may_be_cancelled_that_closes_a_session)
{
    begin_with(HEAP, ask_while_another_is_cancelled);
    turn_until(HEAP);
    receive(HEAP);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("ends");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(tcase, what_was_asked_before_the_end_leaves, 0,
                        N(endings));
    tcase_add_test(tcase, what_was_cancelled_has_left);
    tcase_add_test(tcase, what_was_cancelled_is_forgotten);
    tcase_add_test(tcase, it_leaves_from_where_its_source_listened);
    tcase_add_test(tcase, a_thread_may_be_cancelled_that_closes_a_session);
}

SUITE_MAIN("api/batch, ends", fill)
