/*
 * check_addr.c - addresses as text and as values.
 */
#include "net/addr.h"

#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/addr.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* ---- text ------------------------------------------------------------- */

struct literal {
    const char *text;
    enum wsn_family family;
    const char *canonical;
};

/* The IPv6 rows are the rules and examples of RFC 5952, section by section. */
static const struct literal good[] = {
    {"0.0.0.0", WSN_FAMILY_IPV4, "0.0.0.0"},
    {"127.0.0.1", WSN_FAMILY_IPV4, "127.0.0.1"},
    {"192.0.2.10", WSN_FAMILY_IPV4, "192.0.2.10"},
    {"255.255.255.255", WSN_FAMILY_IPV4, "255.255.255.255"},
    {"::", WSN_FAMILY_IPV6, "::"},
    {"::1", WSN_FAMILY_IPV6, "::1"},
    {"1::", WSN_FAMILY_IPV6, "1::"},
    {"2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001", WSN_FAMILY_IPV6,
     "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"},
    {"2001:0db8::0001", WSN_FAMILY_IPV6, "2001:db8::1"},
    {"2001:db8:0:0:0:0:2:1", WSN_FAMILY_IPV6, "2001:db8::2:1"},
    {"2001:db8::1:1:1:1:1", WSN_FAMILY_IPV6, "2001:db8:0:1:1:1:1:1"},
    {"2001:db8:0:1:1:1:1:1", WSN_FAMILY_IPV6, "2001:db8:0:1:1:1:1:1"},
    {"2001:0:0:1:0:0:0:1", WSN_FAMILY_IPV6, "2001:0:0:1::1"},
    {"2001:db8:0:0:1:0:0:1", WSN_FAMILY_IPV6, "2001:db8::1:0:0:1"},
    {"2001:DB8::ABCD", WSN_FAMILY_IPV6, "2001:db8::abcd"},
    {"0:0:1:2:3:4:5:6", WSN_FAMILY_IPV6, "::1:2:3:4:5:6"},
    {"1:2:3:4:5:6:0:0", WSN_FAMILY_IPV6, "1:2:3:4:5:6::"},
    {"1:2:3:4:5:6:7:0", WSN_FAMILY_IPV6, "1:2:3:4:5:6:7:0"},
    {"::ffff:192.0.2.1", WSN_FAMILY_IPV6, "::ffff:192.0.2.1"},
    {"::FFFF:c000:201", WSN_FAMILY_IPV6, "::ffff:192.0.2.1"},
    {"::192.0.2.1", WSN_FAMILY_IPV6, "::c000:201"},
    {"64:ff9b::192.0.2.33", WSN_FAMILY_IPV6, "64:ff9b::c000:221"},
    {"fe80::1", WSN_FAMILY_IPV6, "fe80::1"},
    {"fe80::1%4294967295", WSN_FAMILY_IPV6, "fe80::1%4294967295"},
    {"ff02::1%4294967294", WSN_FAMILY_IPV6, "ff02::1%4294967294"},
    {"2001:db8::1%7", WSN_FAMILY_IPV6, "2001:db8::1"},
    {"0000000A:00C0FFEE0001", WSN_FAMILY_IPX, "0000000A:00C0FFEE0001"},
    {"0000000a.00c0ffee0001", WSN_FAMILY_IPX, "0000000A:00C0FFEE0001"},
    {"FFFFFFFF-aBcDeF012345", WSN_FAMILY_IPX, "FFFFFFFF:ABCDEF012345"},
};

START_TEST(good_literals_are_read_and_printed_canonically)
{
    struct wsn_addr addr = address(good[_i].text, 0);
    char text[WSN_ADDR_TEXT_BYTES];

    ck_assert_int_eq(addr.family, good[_i].family);
    ck_assert_uint_eq(addr.port, 0);
    ck_assert_uint_eq(wsn_addr_print(&addr, text, sizeof text),
                      strlen(good[_i].canonical) + 1);
    ck_assert_str_eq(text, good[_i].canonical);
}
END_TEST

START_TEST(what_was_printed_is_read_as_the_same)
{
    struct wsn_addr addr = address(good[_i].canonical, 0);
    struct wsn_addr first = address(good[_i].text, 0);

    ck_assert_mem_eq(&addr, &first, sizeof addr);
}
END_TEST

static const char *const bad[] = {
    "",
    " ",
    "host.example",
    "localhost",
    "1",
    "1.2",
    "1.2.3",
    "1.2.3.",
    "1.2.3.4.",
    "1.2.3.4.5",
    ".1.2.3.4",
    "1..3.4",
    "256.1.1.1",
    "1.2.3.256",
    "1.2.3.999999999999999999999",
    "01.2.3.4",
    "010.1.1.1",
    "1.2.3.00",
    "0x7f.0.0.1",
    "0x7f000001",
    "2130706433",
    "+1.2.3.4",
    "-1.2.3.4",
    "1,2,3,4",
    " 1.2.3.4",
    "1.2.3.4 ",
    "1.2.3.4\n",
    "1.2.3.4:161",
    "1.2.3.4/161",
    "1.2.3.4%lo",
    ":",
    ":::",
    ":1",
    "1:",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "::1::2",
    "12345::",
    "g::1",
    "::1 ",
    " ::1",
    "[::1]",
    "[::1]:161",
    "::1/128",
    "::1.2.3",
    "::ffff:1.2.3.256",
    "::ffff:1.2.3.4:161",
    "fe80::1%",
    "fe80::1%0",
    "fe80::1%4294967296",
    "fe80::1%99999999999999999999999",
    "fe80::1%no such interface",
    "fe80::1%1%1",
    "%1",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "0000000A00C0FFEE0001",
    "0000000A:00C0FFEE000",
    "0000000A:00C0FFEE00011",
    "000000A:00C0FFEE0001",
    "0000000A/00C0FFEE0001",
    "0000000A::00C0FFEE0001",
    "0000000G:00C0FFEE0001",
    "0000000A:00C0FFEE000G",
    "0000000A:",
    "0000000A",
};

START_TEST(bad_literals_are_refused_and_change_nothing)
{
    struct wsn_addr addr = address("192.0.2.1", 7);
    struct wsn_addr before = addr;

    ck_assert_msg(!wsn_addr_parse(bad[_i], &addr), "'%s'", bad[_i]);
    ck_assert_mem_eq(&addr, &before, sizeof addr);
}
END_TEST

START_TEST(no_text_is_no_address)
{
    struct wsn_addr addr;

    ck_assert(!wsn_addr_parse(NULL, &addr));
}
END_TEST

START_TEST(every_size_of_buffer_is_respected)
{
    struct wsn_addr addr = address(good[_i].canonical, 0);
    size_t need = strlen(good[_i].canonical) + 1;
    char text[WSN_ADDR_TEXT_BYTES];
    size_t size;

    for (size = 0; size <= need + 1; size++) {
        size_t shown = size < need ? size : need;

        memset(text, '#', sizeof text);
        ck_assert_uint_eq(wsn_addr_print(&addr, text, size), need);
        ck_assert_int_eq(text[shown], '#');
        if (size != 0) {
            ck_assert_int_eq(text[shown - 1], '\0');
            ck_assert_mem_eq(text, good[_i].canonical, shown - 1);
        }
    }
    ck_assert_uint_eq(wsn_addr_print(&addr, NULL, 0), need);
}
END_TEST

START_TEST(no_address_prints_as_nothing)
{
    struct wsn_addr none = wsn_addr_any(WSN_FAMILY_NONE, 0);
    char text[4] = "abc";

    ck_assert_uint_eq(wsn_addr_print(&none, text, sizeof text), 1);
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(the_port_is_never_printed)
{
    struct wsn_addr addr = address("192.0.2.1", 161);
    char text[WSN_ADDR_TEXT_BYTES];

    ck_assert_uint_eq(wsn_addr_print(&addr, text, sizeof text), 10);
    ck_assert_str_eq(text, "192.0.2.1");
}
END_TEST

START_TEST(a_scope_goes_by_the_name_of_its_interface)
{
    struct if_nameindex *interfaces = if_nameindex();
    char expected[IF_NAMESIZE + 16];
    char text[WSN_ADDR_TEXT_BYTES];
    struct wsn_addr by_name;
    struct wsn_addr by_index;

    ck_assert_ptr_nonnull(interfaces);
    if (interfaces[0].if_index != 0) {
        snprintf(text, sizeof text, "fe80::1%%%u", interfaces[0].if_index);
        snprintf(expected, sizeof expected, "fe80::1%%%s",
                 interfaces[0].if_name);
        by_index = address(text, 0);
        by_name = address(expected, 0);
        ck_assert(wsn_addr_equal(&by_name, &by_index));
        ck_assert_uint_eq(by_name.scope_id, interfaces[0].if_index);
        wsn_addr_print(&by_index, text, sizeof text);
        ck_assert_str_eq(text, expected);
    }
    if_freenameindex(interfaces);
}
END_TEST

/* ---- values ----------------------------------------------------------- */

struct pair {
    const char *a;
    const char *b;
    bool equal;
};

static const struct pair pairs[] = {
    {"192.0.2.1", "192.0.2.1", true},
    {"192.0.2.1", "192.0.2.2", false},
    {"192.0.2.1", "::ffff:192.0.2.1", true},
    {"::ffff:192.0.2.1", "::ffff:192.0.2.1", true},
    {"192.0.2.1", "::192.0.2.1", false},
    {"0.0.0.0", "::", false},
    {"::1", "0:0:0:0:0:0:0:1", true},
    {"::1", "127.0.0.1", false},
    {"fe80::1%5", "fe80::1%5", true},
    {"fe80::1%5", "fe80::1%6", false},
    {"2001:db8::1%5", "2001:db8::1", true},
    {"0000000A:00C0FFEE0001", "0000000a-00c0ffee0001", true},
    {"0000000A:00C0FFEE0001", "0000000A:00C0FFEE0002", false},
};

START_TEST(equality_looks_at_the_whole_address)
{
    struct wsn_addr a = address(pairs[_i].a, 161);
    struct wsn_addr b = address(pairs[_i].b, 161);

    ck_assert_int_eq(wsn_addr_equal(&a, &b), pairs[_i].equal);
    ck_assert_int_eq(wsn_addr_equal(&b, &a), pairs[_i].equal);
    ck_assert_int_eq(wsn_addr_equal_host(&a, &b), pairs[_i].equal);
    b.port = 162;
    if (pairs[_i].equal)
        ck_assert_uint_eq(wsn_addr_hash_host(&a), wsn_addr_hash_host(&b));
    ck_assert(!wsn_addr_equal(&a, &b));
    ck_assert_int_eq(wsn_addr_equal_host(&a, &b), pairs[_i].equal);
}
END_TEST

/* In the last octet of an IPv4 or IPv6 address, and in the one before. */
static const struct {
    const char *text;
    size_t octet;
} networks[] = {{"192.0.2.0", 3},
                {"192.0.0.1", 2},
                {"2001:db8::", 15},
                {"2001:db8::1", 14},
                {"2001:db8::1", 7}};

START_TEST(hashes_of_neighbours_differ)
{
    struct wsn_addr addr = address(networks[_i].text, 161);
    uint32_t hashes[256];

    for (unsigned i = 0; i < N(hashes); i++) {
        addr.host[networks[_i].octet] = (unsigned char)i;
        hashes[i] = wsn_addr_hash_host(&addr);
        for (unsigned j = 0; j < i; j++)
            ck_assert_uint_ne(hashes[i], hashes[j]);
    }
}
END_TEST

START_TEST(mapping_and_unmapping_are_inverse)
{
    struct wsn_addr plain = address("192.0.2.1", 161);
    struct wsn_addr mapped = address("::ffff:192.0.2.1", 161);
    struct wsn_addr addr = plain;

    wsn_addr_map(&addr);
    ck_assert_mem_eq(&addr, &mapped, sizeof addr);
    ck_assert(wsn_addr_is_mapped(&addr));
    wsn_addr_map(&addr);
    ck_assert_mem_eq(&addr, &mapped, sizeof addr);
    wsn_addr_unmap(&addr);
    ck_assert_mem_eq(&addr, &plain, sizeof addr);
    wsn_addr_unmap(&addr);
    ck_assert_mem_eq(&addr, &plain, sizeof addr);
}
END_TEST

struct any_case {
    const char *text;
    bool any;
};

static const struct any_case anys[] = {
    {"0.0.0.0", true},
    {"::", true},
    {"::ffff:0.0.0.0", true},
    {"127.0.0.1", false},
    {"::1", false},
    {"0.0.0.1", false},
    {"00000000:000000000000", false},
};

START_TEST(the_wildcard_is_recognised)
{
    struct wsn_addr addr = address(anys[_i].text, 161);

    ck_assert_int_eq(wsn_addr_is_any(&addr), anys[_i].any);
}
END_TEST

START_TEST(the_wildcard_can_be_made)
{
    struct wsn_addr made = wsn_addr_any(WSN_FAMILY_IPV6, 162);
    struct wsn_addr read = address("::", 162);
    struct wsn_addr none = wsn_addr_any(WSN_FAMILY_NONE, 0);

    ck_assert(wsn_addr_equal(&made, &read));
    ck_assert(wsn_addr_is_any(&made));
    ck_assert(!wsn_addr_is_any(&none));
}
END_TEST

/* ---- the edge --------------------------------------------------------- */

static const char *const socket_addresses[] = {
    "0.0.0.0", "192.0.2.1", "::", "2001:db8::1", "fe80::1%3"};

START_TEST(socket_addresses_go_both_ways)
{
    struct wsn_addr addr = address(socket_addresses[_i], 40000);
    struct sockaddr_storage address_out;
    struct wsn_addr back;
    socklen_t len = wsn_addr_to_sockaddr(&addr, &address_out);

    ck_assert_uint_gt(len, 0);
    ck_assert(wsn_addr_from_sockaddr(&address_out, len, &back));
    ck_assert_mem_eq(&addr, &back, sizeof addr);
    ck_assert(!wsn_addr_from_sockaddr(&address_out, len - 1, &back));
    ck_assert(!wsn_addr_from_sockaddr(&address_out, 1, &back));
    ck_assert(!wsn_addr_from_sockaddr(&address_out, 0, &back));
}
END_TEST

START_TEST(a_socket_address_is_in_network_order)
{
    struct wsn_addr addr = address("1.2.3.4", 0x0102);
    struct sockaddr_storage storage;
    struct sockaddr_in in;

    ck_assert_uint_eq(wsn_addr_to_sockaddr(&addr, &storage), sizeof in);
    memcpy(&in, &storage, sizeof in);
    ck_assert_int_eq(in.sin_family, AF_INET);
    ck_assert_mem_eq(&in.sin_port, "\1\2", 2);
    ck_assert_mem_eq(&in.sin_addr, "\1\2\3\4", 4);
}
END_TEST

START_TEST(sockets_do_not_carry_ipx)
{
    struct wsn_addr addr = address("0000000A:00C0FFEE0001", 161);
    struct wsn_addr none = wsn_addr_any(WSN_FAMILY_NONE, 0);
    struct sockaddr_storage storage;

    ck_assert_uint_eq(wsn_addr_to_sockaddr(&addr, &storage), 0);
    ck_assert_uint_eq(wsn_addr_to_sockaddr(&none, &storage), 0);
}
END_TEST

START_TEST(foreign_socket_addresses_are_refused)
{
    struct sockaddr_storage storage;
    struct wsn_addr addr;

    memset(&storage, 0, sizeof storage);
    storage.ss_family = AF_UNIX;
    ck_assert(!wsn_addr_from_sockaddr(&storage, sizeof storage, &addr));
}
END_TEST

static void fill_text(Suite *suite)
{
    TCase *tcase = tcase_create("text");

    tcase_add_loop_test(tcase, good_literals_are_read_and_printed_canonically,
                        0, N(good));
    tcase_add_loop_test(tcase, what_was_printed_is_read_as_the_same, 0,
                        N(good));
    tcase_add_loop_test(tcase, bad_literals_are_refused_and_change_nothing, 0,
                        N(bad));
    tcase_add_test(tcase, no_text_is_no_address);
    tcase_add_loop_test(tcase, every_size_of_buffer_is_respected, 0, N(good));
    tcase_add_test(tcase, no_address_prints_as_nothing);
    tcase_add_test(tcase, the_port_is_never_printed);
    tcase_add_test(tcase, a_scope_goes_by_the_name_of_its_interface);
    suite_add_tcase(suite, tcase);
}

static void fill_values(Suite *suite)
{
    TCase *tcase = tcase_create("values");

    tcase_add_loop_test(tcase, equality_looks_at_the_whole_address, 0,
                        N(pairs));
    tcase_add_loop_test(tcase, hashes_of_neighbours_differ, 0, N(networks));
    tcase_add_test(tcase, mapping_and_unmapping_are_inverse);
    tcase_add_loop_test(tcase, the_wildcard_is_recognised, 0, N(anys));
    tcase_add_test(tcase, the_wildcard_can_be_made);
    suite_add_tcase(suite, tcase);
}

static void fill_edge(Suite *suite)
{
    TCase *tcase = tcase_create("edge");

    tcase_add_loop_test(tcase, socket_addresses_go_both_ways, 0,
                        N(socket_addresses));
    tcase_add_test(tcase, a_socket_address_is_in_network_order);
    tcase_add_test(tcase, sockets_do_not_carry_ipx);
    tcase_add_test(tcase, foreign_socket_addresses_are_refused);
    suite_add_tcase(suite, tcase);
}

static void fill(Suite *suite)
{
    fill_text(suite);
    fill_values(suite);
    fill_edge(suite);
}

SUITE_MAIN("net/addr", fill)
