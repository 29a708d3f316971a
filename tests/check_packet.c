/*
 * check_packet.c - the packet: an exact copy with one owner.
 */
#include "net/packet.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "support/suite.h"

static struct wsn_addr address(const char *text, uint16_t port)
{
    struct wsn_addr addr;

    ck_assert(wsn_addr_parse(text, &addr));
    addr.port = port;
    return addr;
}

START_TEST(a_packet_is_a_copy)
{
    struct wsn_addr peer = address("192.0.2.1", 161);
    struct wsn_addr local = address("192.0.2.2", 162);
    unsigned char bytes[] = {0x30, 0x03, 0x02, 0x01, 0x00};
    struct wsn_packet *packet =
        wsn_packet_new(&peer, &local, bytes, sizeof bytes);

    ck_assert_ptr_nonnull(packet);
    memset(bytes, 0xff, sizeof bytes);
    ck_assert(wsn_addr_equal(&packet->peer, &peer));
    ck_assert(wsn_addr_equal(&packet->local, &local));
    ck_assert_uint_eq(packet->len, 5);
    ck_assert_mem_eq(packet->bytes, "\x30\x03\x02\x01\x00", 5);
    ck_assert(wsn_list_is_empty(&packet->node));
    wsn_packet_free(packet);
}
END_TEST

START_TEST(a_packet_may_be_empty_and_from_nowhere)
{
    struct wsn_addr peer = address("::1", 161);
    struct wsn_packet *packet = wsn_packet_new(&peer, NULL, NULL, 0);

    ck_assert_ptr_nonnull(packet);
    ck_assert_uint_eq(packet->len, 0);
    ck_assert_int_eq(packet->local.family, WSN_FAMILY_NONE);
    wsn_packet_free(packet);
    wsn_packet_free(NULL);
}
END_TEST

/* ---- memory ----------------------------------------------------------- */

static int blocks;
static bool memory_is_short;

static bool may_alloc(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    blocks += !memory_is_short;
    return !memory_is_short;
}

static void freed(void *arg)
{
    (void)arg;
    blocks--;
}

static const struct wsn_alloc_hook hook = {may_alloc, freed, NULL};

START_TEST(short_memory_gives_no_packet)
{
    struct wsn_addr peer = address("192.0.2.1", 161);

    wsn_alloc_set_hook(&hook);
    memory_is_short = true;
    ck_assert_ptr_null(wsn_packet_new(&peer, NULL, "x", 1));
    memory_is_short = false;
    ck_assert_ptr_null(wsn_packet_new(&peer, NULL, "x", SIZE_MAX));
    ck_assert_int_eq(blocks, 0);
    wsn_alloc_set_hook(NULL);
}
END_TEST

START_TEST(a_list_of_packets_is_freed_at_once)
{
    struct wsn_addr peer = address("192.0.2.1", 161);
    struct wsn_list packets;
    int i;

    wsn_alloc_set_hook(&hook);
    wsn_list_init(&packets);
    for (i = 0; i < 10; i++) {
        struct wsn_packet *packet = wsn_packet_new(&peer, NULL, "abc", 3);

        ck_assert_ptr_nonnull(packet);
        ck_assert_ptr_eq(wsn_packet_of(&packet->node), packet);
        wsn_list_push_back(&packets, &packet->node);
    }
    ck_assert_int_eq(blocks, 10);
    wsn_packet_free_all(&packets);
    ck_assert(wsn_list_is_empty(&packets));
    ck_assert_int_eq(blocks, 0);
    wsn_alloc_set_hook(NULL);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("packet");

    tcase_add_test(tcase, a_packet_is_a_copy);
    tcase_add_test(tcase, a_packet_may_be_empty_and_from_nowhere);
    tcase_add_test(tcase, short_memory_gives_no_packet);
    tcase_add_test(tcase, a_list_of_packets_is_freed_at_once);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("net/packet", fill)
