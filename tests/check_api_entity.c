/*
 * check_api_entity.c - SnmpStrToEntity and what can be done with an entity.
 */
#include <string.h>

#include "support/api.h"

/* ---- text --------------------------------------------------------------- */

struct literal {
    const char *text;
    const char *printed;
};

static const struct literal literals[] = {
    {"127.0.0.1", "127.0.0.1"},
    {"0.0.0.0", "0.0.0.0"},
    {"192.168.196.1", "192.168.196.1"},
    {"255.255.255.255", "255.255.255.255"},
    {"::1", "::1"},
    {"2001:DB8:0:0::0001", "2001:db8::1"},
    {"0000000a.00c0ffee0001", "0000000A:00C0FFEE0001"}};

START_TEST(literals_are_accepted_and_printed_without_a_port)
{
    const struct literal *literal = &literals[_i];
    size_t size = strlen(literal->printed) + 1;
    HSNMP_ENTITY entity = new_entity(literal->text);
    char text[64];

    ck_assert_uint_eq(SnmpEntityToStr(entity, sizeof text, text), size);
    ck_assert_str_eq(text, literal->printed);
    ck_assert_uint_eq(SnmpEntityToStr(entity, (smiUINT32)size, text), size);
}
END_TEST

static const char *const unknown[] = {
    NULL,        "",           "host.example", "localhost",     "1.2.3",
    "256.1.1.1", "1.2.3.4:161", " 1.2.3.4",    "1.2.3.4/161",   "[::1]",
    "0x7f.1",    "12345678:12", "1.2.3.4 ",    "1.2.3.4.in-addr.arpa"};

START_TEST(other_text_is_unknown)
{
    SnmpSetTranslateMode(_i % 2 == 0 ? SNMPAPI_UNTRANSLATED_V1
                                     : SNMPAPI_UNTRANSLATED_V2);
    ASSERT_FAILS_IN(session, SnmpStrToEntity(session, unknown[_i]),
                    SNMPAPI_ENTITY_UNKNOWN);
}
END_TEST

START_TEST(translated_mode_accepts_literals_too)
{
    HSNMP_ENTITY entity;
    char text[64];

    SnmpSetTranslateMode(SNMPAPI_TRANSLATED);
    entity = new_entity("192.0.2.1");
    ck_assert_uint_eq(SnmpEntityToStr(entity, sizeof text, text), 10);
    ck_assert_str_eq(text, "192.0.2.1");
    ASSERT_FAILS_IN(session, SnmpStrToEntity(session, "no such name"),
                    SNMPAPI_ENTITY_UNKNOWN);
}
END_TEST

struct cut {
    smiUINT32 size;
    const char *left;
};

/* "127.0.0.1" needs 10; '?' is what was in the buffer before. */
static const struct cut cuts[] = {
    {9, "127.0.0."}, {2, "1"}, {1, ""}, {0, "????????????"}};

START_TEST(a_short_buffer_is_filled_and_reported)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");
    char text[16] = "????????????";

    ASSERT_FAILS_IN(session, SnmpEntityToStr(entity, cuts[_i].size, text),
                    SNMPAPI_OUTPUT_TRUNCATED);
    ck_assert_str_eq(text, cuts[_i].left);
    ck_assert_int_eq(text[12], '\0');
}
END_TEST

START_TEST(no_buffer_is_noop)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");

    ASSERT_FAILS_IN(session, SnmpEntityToStr(entity, 10, NULL), SNMPAPI_NOOP);
    ASSERT_FAILS_IN(session, SnmpEntityToStr(entity, 0, NULL),
                    SNMPAPI_OUTPUT_TRUNCATED);
}
END_TEST

/* ---- handles ------------------------------------------------------------ */

START_TEST(each_call_makes_a_handle_of_its_own)
{
    HSNMP_ENTITY first = new_entity("127.0.0.1");
    HSNMP_ENTITY second = new_entity("127.0.0.1");
    smiTIMETICKS timeout = 0;

    ck_assert_ptr_ne(first, second);
    ck_assert_uint_eq(SnmpSetTimeout(first, 10), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpGetTimeout(second, &timeout, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(timeout, 500);
    ck_assert_uint_eq(SnmpFreeEntity(first), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeEntity(second), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(the_second_free_is_refused)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");

    ck_assert_uint_eq(SnmpFreeEntity(entity), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeEntity(entity), SNMPAPI_ENTITY_INVALID);
}
END_TEST

START_TEST(entities_are_shared_between_sessions)
{
    HSNMP_SESSION other = open_session();
    HSNMP_ENTITY entity = SnmpStrToEntity(other, "127.0.0.1");

    ck_assert_uint_eq(SnmpSetRetry(entity, 1), SNMPAPI_SUCCESS);
    /* Its owner hears of its failures, nobody else. */
    (void)wsn_fail(session, SNMPAPI_SIZE_INVALID);
    ASSERT_FAILS_IN(other, SnmpSetPort(entity, 0), SNMPAPI_OTHER_ERROR);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_SIZE_INVALID);
    /* And it ends with its owner. */
    ck_assert_uint_eq(SnmpClose(other), SNMPAPI_SUCCESS);
    ASSERT_FAILS(SnmpFreeEntity(entity), SNMPAPI_ENTITY_INVALID);
}
END_TEST

START_TEST(bad_handles_are_refused)
{
    void *bad[BAD_HANDLES];
    smiUINT32 number = 42;
    char text[8] = "as was";

    bad_handles(WSN_ENTITY, bad);
    ASSERT_FAILS(SnmpEntityToStr(bad[_i], 8, text), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpEntityToStr(bad[_i], 0, NULL), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpFreeEntity(bad[_i]), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpSetPort(bad[_i], 0), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpGetTimeout(bad[_i], &number, NULL),
                 SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpGetTimeout(bad[_i], NULL, NULL), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpSetTimeout(bad[_i], 1), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpGetRetry(bad[_i], &number, NULL), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpGetRetry(bad[_i], NULL, NULL), SNMPAPI_ENTITY_INVALID);
    ASSERT_FAILS(SnmpSetRetry(bad[_i], 1), SNMPAPI_ENTITY_INVALID);
    ck_assert_uint_eq(number, 42);
    ck_assert_str_eq(text, "as was");
}
END_TEST

START_TEST(bad_sessions_are_refused_before_the_text)
{
    void *bad[BAD_HANDLES];

    bad_handles(WSN_SESSION, bad);
    ASSERT_FAILS(SnmpStrToEntity(bad[_i], "127.0.0.1"),
                 SNMPAPI_SESSION_INVALID);
    ASSERT_FAILS(SnmpStrToEntity(bad[_i], NULL), SNMPAPI_SESSION_INVALID);
}
END_TEST

/* ---- port and policy ---------------------------------------------------- */

struct port {
    UINT port;
    SNMPAPI_STATUS status;
};

static const struct port ports[] = {
    {1, SNMPAPI_SUCCESS},     {161, SNMPAPI_SUCCESS},
    {162, SNMPAPI_SUCCESS},   {65535, SNMPAPI_SUCCESS},
    {0, SNMPAPI_FAILURE},     {65536, SNMPAPI_FAILURE},
    {65697, SNMPAPI_FAILURE}, {0xffffffff, SNMPAPI_FAILURE}};

START_TEST(ports_are_1_to_65535)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");

    if (ports[_i].status == SNMPAPI_SUCCESS)
        ck_assert_uint_eq(SnmpSetPort(entity, ports[_i].port),
                          SNMPAPI_SUCCESS);
    else
        ASSERT_FAILS_IN(session, SnmpSetPort(entity, ports[_i].port),
                        SNMPAPI_OTHER_ERROR);
}
END_TEST

START_TEST(a_new_entity_has_the_default_policy)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");
    smiUINT32 policy = 42;
    smiUINT32 actual = 42;

    ck_assert_uint_eq(SnmpGetTimeout(entity, &policy, &actual),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(policy, 500);
    ck_assert_uint_eq(actual, 0);
    actual = 42;
    ck_assert_uint_eq(SnmpGetRetry(entity, &policy, &actual),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(policy, 3);
    ck_assert_uint_eq(actual, 0);
}
END_TEST

/* 0 asks the library to choose, and is still what was set. */
static const smiUINT32 policies[] = {0, 1, 10, 2000, 0xffffffff};

START_TEST(policies_are_kept_as_set)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");
    smiUINT32 policy = 42;
    smiUINT32 actual = 42;

    ck_assert_uint_eq(SnmpSetTimeout(entity, policies[_i]), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpGetTimeout(entity, &policy, NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(policy, policies[_i]);
    ck_assert_uint_eq(SnmpSetRetry(entity, policies[_i]), SNMPAPI_SUCCESS);
    policy = 42;
    ck_assert_uint_eq(SnmpGetRetry(entity, &policy, NULL), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(policy, policies[_i]);
    ck_assert_uint_eq(SnmpGetRetry(entity, NULL, &actual), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(actual, 0);
}
END_TEST

START_TEST(asking_for_nothing_is_noop)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");

    ASSERT_FAILS_IN(session, SnmpGetTimeout(entity, NULL, NULL), SNMPAPI_NOOP);
    ASSERT_FAILS_IN(session, SnmpGetRetry(entity, NULL, NULL), SNMPAPI_NOOP);
}
END_TEST

/* ---- memory, and no start-up -------------------------------------------- */

START_TEST(a_shortage_of_memory_leaves_nothing_behind)
{
    HSNMP_ENTITY entity;

    ASSERT_SURVIVES_SHORTAGE(entity, SnmpStrToEntity(session, "127.0.0.1"));
    ck_assert_uint_eq(SnmpFreeEntity(entity), SNMPAPI_SUCCESS);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    smiUINT32 number = 42;
    char text[8] = "as was";
    void *any = text;

    ASSERT_FAILS(SnmpStrToEntity(any, "127.0.0.1"), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpEntityToStr(any, 8, text), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpFreeEntity(any), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpSetPort(any, 161), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpGetTimeout(any, &number, NULL), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpSetTimeout(any, 1), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpGetRetry(any, &number, NULL), SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpSetRetry(any, 1), SNMPAPI_NOT_INITIALIZED);
    ck_assert_uint_eq(number, 42);
    ck_assert_str_eq(text, "as was");
}
END_TEST

START_TEST(handles_of_before_the_clean_up_stay_dead)
{
    HSNMP_ENTITY entity;

    start();
    entity = new_entity("127.0.0.1");
    stop();
    ASSERT_FAILS(SnmpFreeEntity(entity), SNMPAPI_NOT_INITIALIZED);
    start();
    (void)new_entity("127.0.0.1");
    ASSERT_FAILS(SnmpFreeEntity(entity), SNMPAPI_ENTITY_INVALID);
    stop();
}
END_TEST

static void fill(Suite *suite)
{
    TCase *text = started_case(suite, "text");
    TCase *handles = started_case(suite, "handles");
    TCase *policy = started_case(suite, "port and policy");
    TCase *stopped = stopped_case(suite);

    tcase_add_loop_test(text, literals_are_accepted_and_printed_without_a_port,
                        0, N(literals));
    tcase_add_loop_test(text, other_text_is_unknown, 0, N(unknown));
    tcase_add_test(text, translated_mode_accepts_literals_too);
    tcase_add_loop_test(text, a_short_buffer_is_filled_and_reported, 0,
                        N(cuts));
    tcase_add_test(text, no_buffer_is_noop);
    tcase_add_test(handles, each_call_makes_a_handle_of_its_own);
    tcase_add_test(handles, the_second_free_is_refused);
    tcase_add_test(handles, entities_are_shared_between_sessions);
    tcase_add_loop_test(handles, bad_handles_are_refused, 0, BAD_HANDLES);
    tcase_add_loop_test(handles, bad_sessions_are_refused_before_the_text, 0,
                        BAD_HANDLES);
    tcase_add_loop_test(policy, ports_are_1_to_65535, 0, N(ports));
    tcase_add_test(policy, a_new_entity_has_the_default_policy);
    tcase_add_loop_test(policy, policies_are_kept_as_set, 0, N(policies));
    tcase_add_test(policy, asking_for_nothing_is_noop);
    tcase_add_test(policy, a_shortage_of_memory_leaves_nothing_behind);
    tcase_add_test(stopped, nothing_works_without_start_up);
    tcase_add_test(stopped, handles_of_before_the_clean_up_stay_dead);
}

SUITE_MAIN("api/entity", fill)
