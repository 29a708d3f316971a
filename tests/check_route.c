/*
 * check_route.c - which of our addresses a destination would see.
 */
#include "net/route.h"

#include <stdlib.h>

#include "support/suite.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))

static struct wsn_addr address(const char *text)
{
    struct wsn_addr addr;

    ck_assert_msg(wsn_addr_parse(text, &addr), "%s", text);
    addr.port = 161;
    return addr;
}

static const char *const loopbacks[] = {"127.0.0.1", "127.0.0.2",
                                        "127.255.0.1"};

START_TEST(the_loopback_sees_the_loopback)
{
    struct wsn_addr destination = address(loopbacks[_i]);
    struct wsn_addr local;

    ck_assert(wsn_route_local(&destination, &local));
    ck_assert_int_eq(local.family, WSN_FAMILY_IPV4);
    ck_assert_uint_eq(local.host[0], 127);
}
END_TEST

START_TEST(there_is_no_way_to_ipx)
{
    struct wsn_addr destination = address("0000000A:00C0FFEE0001");
    struct wsn_addr local = address("192.0.2.1");
    struct wsn_addr before = local;

    ck_assert(!wsn_route_local(&destination, &local));
    ck_assert(wsn_addr_equal(&local, &before));
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("route");

    tcase_add_loop_test(tcase, the_loopback_sees_the_loopback, 0, N(loopbacks));
    tcase_add_test(tcase, there_is_no_way_to_ipx);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("net/route", fill)
