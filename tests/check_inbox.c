/*
 * check_inbox.c - what waits for SnmpRecvMsg.
 */
#include "core/inbox.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/alloc.h"
#include "codec/message.h"
#include "core/item.h"
#include "net/udp.h"
#include "support/objects.h"
#include "winsnmp.h"

static struct wsn_inbox inbox;

static void open_inbox(void)
{
    objects_begin();
    wsn_inbox_init(&inbox);
}

static void close_inbox(void)
{
    wsn_inbox_close(&inbox);
    objects_end();
}

static struct wsn_item *new_item(smiINT32 id, wsn_err status, size_t len)
{
    static const unsigned char bytes[1000];
    struct wsn_datagram datagram = {.bytes = bytes, .len = len};
    struct wsn_head head = {
        .community = bytes, .varbinds.body = bytes, .message_len = len};
    struct wsn_item *item =
        wsn_item_new(WSN_ITEM_NOTIFICATION, id, &head, &datagram);

    ck_assert_ptr_nonnull(item);
    item->status = status;
    return item;
}

static void put(smiINT32 id, wsn_err status)
{
    ck_assert(wsn_inbox_put(&inbox, new_item(id, status, 10)));
}

/* The id of the next item, which is freed; 0 when there is none. */
static smiINT32 take(void)
{
    struct wsn_item *item = wsn_inbox_take(&inbox);
    smiINT32 id = 0;

    if (item != NULL) {
        id = item->request_id;
        wsn_item_free(item);
    }
    return id;
}

START_TEST(messages_come_out_as_they_went_in)
{
    ck_assert_int_eq(take(), 0);
    for (smiINT32 id = 1; id <= 100; id++)
        put(id, 0);
    for (smiINT32 id = 1; id <= 100; id++)
        ck_assert_int_eq(take(), id);
    ck_assert_int_eq(take(), 0);
}
END_TEST

/* Programs that never fetch time-outs must find their messages. */
START_TEST(time_outs_are_served_last)
{
    put(1, SNMPAPI_TL_TIMEOUT);
    put(2, 0);
    put(3, SNMPAPI_TL_TIMEOUT);
    put(4, SNMPAPI_TL_UNDELIVERABLE);
    ck_assert_int_eq(take(), 2);
    ck_assert_int_eq(take(), 4);
    ck_assert_int_eq(take(), 1);
    put(5, 0);
    ck_assert_int_eq(take(), 5);
    ck_assert_int_eq(take(), 3);
    ck_assert_int_eq(take(), 0);
}
END_TEST

START_TEST(the_newest_time_outs_are_kept)
{
    for (smiINT32 id = 1; id <= 100; id++)
        put(id, SNMPAPI_TL_TIMEOUT);
    for (smiINT32 id = 100 - WSN_INBOX_MAX_TIMEOUTS + 1; id <= 100; id++)
        ck_assert_int_eq(take(), id);
    ck_assert_int_eq(take(), 0);
    ck_assert_int_eq(WSN_INBOX_MAX_TIMEOUTS, 64);
}
END_TEST

START_TEST(a_dropped_time_out_gives_its_handles_back)
{
    HSNMP_ENTITY entity = entity_of("127.0.0.1");
    struct wsn_item *item = new_item(1, SNMPAPI_TL_TIMEOUT, 10);

    item->parties.dst = entity;
    wsn_handle_pin(entity, WSN_ENTITY);
    ck_assert(wsn_handle_release(entity, WSN_ENTITY));
    ck_assert(wsn_inbox_put(&inbox, item));
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 1);
    for (smiINT32 id = 2; id <= 65; id++)
        put(id, SNMPAPI_TL_TIMEOUT);
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 0);
}
END_TEST

static const wsn_err statuses[] = {0, SNMPAPI_TL_TIMEOUT};

START_TEST(what_could_not_be_delivered_goes_back_to_the_head)
{
    wsn_err status = statuses[_i];

    put(1, status);
    put(2, status);
    wsn_inbox_put_back(&inbox, wsn_inbox_take(&inbox));
    ck_assert_int_eq(take(), 1);
    ck_assert_int_eq(take(), 2);
}
END_TEST

START_TEST(a_closed_inbox_takes_nothing)
{
    struct wsn_item *late = new_item(3, 0, 10);
    struct wsn_item *taken;

    put(1, 0);
    put(2, SNMPAPI_TL_TIMEOUT);
    taken = wsn_inbox_take(&inbox);
    wsn_inbox_close(&inbox);
    ck_assert_int_eq(take(), 0);
    ck_assert(!wsn_inbox_put(&inbox, late));
    wsn_item_free(late);
    wsn_inbox_put_back(&inbox, taken);
    ck_assert_int_eq(take(), 0);
}
END_TEST

static const struct {
    size_t len;
    size_t max_items;
    size_t max_bytes;
    bool has_room;
} rooms[] = {
    /* two messages of 10 bytes are inside */
    {0, 3, 20, true},     {1, 3, 20, false},    {1, 3, 21, true},
    {100, 3, 120, true},  {0, 2, 20, false},    {0, 2, 1000, false},
    {101, 3, 120, false}, {200, 3, 100, false}, {(size_t)-1, 3, 120, false},
};

START_TEST(there_is_room_up_to_the_bounds)
{
    put(1, 0);
    put(2, 0);
    put(3, SNMPAPI_TL_TIMEOUT); /* has a bound of its own */
    ck_assert_int_eq(wsn_inbox_has_room(&inbox, rooms[_i].len,
                                        rooms[_i].max_items,
                                        rooms[_i].max_bytes),
                     rooms[_i].has_room);
}
END_TEST

START_TEST(what_is_taken_makes_room)
{
    put(1, 0);
    ck_assert(!wsn_inbox_has_room(&inbox, 10, 1, 10));
    wsn_inbox_put_back(&inbox, wsn_inbox_take(&inbox));
    ck_assert(!wsn_inbox_has_room(&inbox, 10, 1, 10));
    ck_assert_int_eq(take(), 1);
    ck_assert(wsn_inbox_has_room(&inbox, 10, 1, 10));
}
END_TEST

START_TEST(parties_are_pinned_and_unpinned)
{
    struct wsn_parties parties = {entity_of("127.0.0.1"),
                                  entity_of("127.0.0.2"), context_of("public")};
    struct wsn_parties own = parties;
    struct wsn_parties none = {NULL, NULL, NULL};

    wsn_handle_pin(parties.src, WSN_ENTITY);
    wsn_handle_pin(parties.dst, WSN_ENTITY);
    wsn_handle_pin(parties.context, WSN_CONTEXT);
    wsn_parties_pin(&own);
    wsn_handle_release(parties.src, WSN_ENTITY);
    wsn_handle_release(parties.dst, WSN_ENTITY);
    wsn_handle_release(parties.context, WSN_CONTEXT);
    wsn_parties_unpin(&parties);
    ck_assert_ptr_null(parties.src);
    ck_assert_ptr_null(parties.context);
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 2);
    ck_assert_uint_eq(wsn_handle_count(WSN_CONTEXT), 1);
    wsn_parties_unpin(&own);
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 0);
    ck_assert_uint_eq(wsn_handle_count(WSN_CONTEXT), 0);
    wsn_parties_pin(&none);
    wsn_parties_unpin(&none);
}
END_TEST

/* ---- threads ------------------------------------------------------------ */

#define ITEMS 20000
#define TAKERS 4

static _Atomic int seen[ITEMS + 1];
static _Atomic int n_taken;

static void *put_all(void *arg)
{
    (void)arg;
    for (smiINT32 id = 1; id <= ITEMS; id++)
        if (!wsn_inbox_put(&inbox, new_item(id, 0, 1)))
            return &inbox;
    return NULL;
}

static void *take_until_none_is_left(void *arg)
{
    (void)arg;
    while (atomic_load(&n_taken) < ITEMS) {
        smiINT32 id = take();

        if (id == 0)
            continue;
        seen[id]++;
        n_taken++;
    }
    return NULL;
}

START_TEST(each_item_is_taken_once)
{
    pthread_t threads[TAKERS + 1];
    int wrongs = 0;

    ck_assert_int_eq(pthread_create(&threads[0], NULL, put_all, NULL), 0);
    for (int i = 1; i <= TAKERS; i++)
        ck_assert_int_eq(
            pthread_create(&threads[i], NULL, take_until_none_is_left, NULL),
            0);
    for (int i = 0; i <= TAKERS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (smiINT32 id = 1; id <= ITEMS; id++)
        wrongs += seen[id] != 1;
    ck_assert_int_eq(wrongs, 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("inbox");

    tcase_add_checked_fixture(tcase, open_inbox, close_inbox);
    tcase_add_test(tcase, messages_come_out_as_they_went_in);
    tcase_add_test(tcase, time_outs_are_served_last);
    tcase_add_test(tcase, the_newest_time_outs_are_kept);
    tcase_add_test(tcase, a_dropped_time_out_gives_its_handles_back);
    tcase_add_loop_test(
        tcase, what_could_not_be_delivered_goes_back_to_the_head, 0, 2);
    tcase_add_test(tcase, a_closed_inbox_takes_nothing);
    tcase_add_loop_test(tcase, there_is_room_up_to_the_bounds, 0,
                        sizeof rooms / sizeof *rooms);
    tcase_add_test(tcase, what_is_taken_makes_room);
    tcase_add_test(tcase, parties_are_pinned_and_unpinned);
    tcase_add_test(tcase, each_item_is_taken_once);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("core/inbox", fill)
