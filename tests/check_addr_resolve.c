/*
 * check_addr_resolve.c - the addresses behind names, as far as no name server
 * is asked.
 */
#include "net/addr.h"

#include "support/addr.h"
#include "winsnmp_types.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))

START_TEST(a_literal_resolves_to_itself)
{
    struct wsn_addr expected = address("192.0.2.1", 0);
    struct wsn_addr addr;

    ck_assert_uint_eq(wsn_addr_resolve("192.0.2.1", &addr), WSN_OK);
    ck_assert(wsn_addr_equal(&addr, &expected));
}
END_TEST

START_TEST(localhost_is_this_host)
{
    struct wsn_addr ipv4 = address("127.0.0.1", 0);
    struct wsn_addr ipv6 = address("::1", 0);
    struct wsn_addr addr;

    ck_assert_uint_eq(wsn_addr_resolve("localhost", &addr), WSN_OK);
    ck_assert(wsn_addr_equal(&addr, &ipv4) || wsn_addr_equal(&addr, &ipv6));
}
END_TEST

/* None of them reaches a name server. */
static const char *const nobody[] = {NULL,     "",          "1.2.3",
                                     "0x7f.1", "010.1.1.1", "2130706433"};

START_TEST(what_is_neither_name_nor_literal_is_unknown)
{
    struct wsn_addr addr = address("192.0.2.1", 7);
    struct wsn_addr before = addr;

    ck_assert_uint_eq(wsn_addr_resolve(nobody[_i], &addr),
                      SNMPAPI_ENTITY_UNKNOWN);
    ck_assert_mem_eq(&addr, &before, sizeof addr);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("names");

    tcase_add_test(tcase, a_literal_resolves_to_itself);
    tcase_add_test(tcase, localhost_is_this_host);
    tcase_add_loop_test(tcase, what_is_neither_name_nor_literal_is_unknown, 0,
                        N(nobody));
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("net/addr_resolve", fill)
