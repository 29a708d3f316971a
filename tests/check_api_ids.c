/*
 * check_api_ids.c - request ids: the application's, and generated ones.
 */
#include "support/scene.h"

/* ---- request ids -------------------------------------------------------- */

static const smiINT32 ids[] = {
    1, 127, 128, 255, 256, -1, -128, -129, 65535, 0x7fffffff, -0x7fffffff - 1};

START_TEST(every_id_comes_back)
{
    smiINT32 id = ids[_i / N_MODES];

    scene_begin(_i % N_MODES);
    send_get(id);
    ck_assert_int_eq(events_wait(&events, 1).lparam, id);
    expect_response(session, id);
}
END_TEST

START_TEST(an_id_of_zero_is_chosen_when_the_pdu_is_made)
{
    HSNMP_PDU pdu;
    smiINT32 id;

    scene_begin(_i);
    pdu = new_pdu(SNMP_PDU_GET, new_vbl());
    id = id_of(pdu);
    ck_assert_int_gt(id, 0);
    ck_assert_uint_eq(SnmpSendMsg(session, manager, agent, context, pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_int_eq(events_wait(&events, 1).lparam, id);
    expect_response(session, id);
}
END_TEST

START_TEST(one_id_may_be_outstanding_many_times)
{
    scene_begin(_i);
    for (int i = 0; i < 20; i++) {
        peer_script(peer, PEER_DELAY, 30);
        send_get(1);
    }
    (void)events_wait(&events, 20);
    for (int i = 0; i < 20; i++)
        expect_response(session, 1);
    expect_nothing(session);
}
END_TEST

/* ---- generated ones ---------------------------------------------------------
 */

static smiINT32 generated(void)
{
    HSNMP_PDU pdu = new_pdu(SNMP_PDU_GET, NULL);
    smiINT32 id = id_of(pdu);

    (void)SnmpFreePdu(pdu);
    return id;
}

START_TEST(generated_ids_are_positive_and_count_up)
{
    smiINT32 before;
    int wrongs = 0;

    scene_begin(_i);
    before = generated();
    for (int i = 0; i < 10000; i++) {
        smiINT32 id = generated();

        wrongs += id <= 0 || (before != 0x7fffffff && id != before + 1);
        before = id;
    }
    ck_assert_int_eq(wrongs, 0);
}
END_TEST

static smiINT32 after(smiINT32 id, int steps)
{
    for (; steps > 0; steps--)
        id = id == 0x7fffffff ? 1 : id + 1;
    return id;
}

/* A program that chose the same id itself must not get two responses for
 * what it takes to be one request. */
START_TEST(what_is_outstanding_is_not_generated)
{
    smiINT32 last;

    scene_begin(_i);
    peer_script(peer, PEER_DROP, 2);
    last = generated();
    send_get(after(last, 1));
    send_get(after(last, 2));
    ck_assert_int_eq(generated(), after(last, 3));
    ck_assert_uint_eq(SnmpCancelMsg(session, after(last, 1)), SNMPAPI_SUCCESS);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *requests = scene_case(suite, "request ids");

    tcase_add_loop_test(requests, every_id_comes_back, 0, N_MODES * N(ids));
#define EACH(tcase, test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(requests, an_id_of_zero_is_chosen_when_the_pdu_is_made);
    EACH(requests, one_id_may_be_outstanding_many_times);
    EACH(requests, generated_ids_are_positive_and_count_up);
    EACH(requests, what_is_outstanding_is_not_generated);
}

SUITE_MAIN("api/ids", fill)
