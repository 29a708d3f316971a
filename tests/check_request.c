/*
 * check_request.c - outstanding requests; the test says what time it is.
 */
#include "core/request.h"

#include <string.h>

#include "codec/message.h"
#include "core/mail.h"
#include "core/session.h"
#include "support/objects.h"
#include "winsnmp.h"

#define N(table) (sizeof(table) / sizeof *(table))
#define NOW 1000000

static struct wsn_requests requests;
static struct wsn_session one;
static struct wsn_session two;
static HSNMP_CONTEXT context;

static void begin(void)
{
    objects_begin();
    ck_assert_uint_eq(wsn_requests_init(&requests, NOW), 0);
    wsn_list_init(&one.requests);
    wsn_list_init(&two.requests);
    context = context_of("public");
    (void)wsn_handle_pin(context, WSN_CONTEXT);
}

static void forget(struct wsn_request *request)
{
    wsn_requests_remove(&requests, request);
    wsn_item_free(&request->item);
}

static void forget_all(struct wsn_list *of_session)
{
    while (!wsn_list_is_empty(of_session))
        forget(WSN_CONTAINER(of_session->next, struct wsn_request, of_session));
}

static void end(void)
{
    forget_all(&one.requests);
    forget_all(&two.requests);
    ck_assert_uint_eq(requests.n, 0);
    wsn_requests_fini(&requests);
    wsn_handle_unpin(context);
    objects_end();
}

/* A request of a session, to 127.0.0.1 port 161 unless said otherwise. */
static struct wsn_request *send_to(struct wsn_session *session, smiINT32 id,
                                   const char *address, uint32_t timeout_cs)
{
    struct wsn_mail mail = {.parties = {NULL, NULL, context},
                            .to = addr_of(address, 161),
                            .version = WSN_V2C,
                            .bytes = (const unsigned char *)"bytes",
                            .len = 5,
                            .request_id = id,
                            .timeout_cs = timeout_cs};
    struct wsn_request *request = wsn_request_new(&mail);

    ck_assert_ptr_nonnull(request);
    request->item.session = session;
    wsn_requests_add(&requests, request, &session->requests, NOW);
    return request;
}

static struct wsn_request *outstanding(smiINT32 id)
{
    return send_to(&one, id, "127.0.0.1", 100);
}

/* ---- matching ----------------------------------------------------------- */

struct answer {
    smiINT32 id;
    int version;
    const char *community;
    const char *address;
    uint16_t port;
};

static enum wsn_match match(const struct answer *answer, bool any_source,
                            struct wsn_request **ret_request)
{
    struct wsn_addr peer = addr_of(answer->address, answer->port);
    struct wsn_arrived arrived = {NULL, &peer, any_source};
    struct wsn_head head;

    memset(&head, 0, sizeof head);
    head.request_id = answer->id;
    head.version = answer->version;
    head.community = (const unsigned char *)answer->community;
    head.community_len = strlen(answer->community);
    return wsn_requests_match(&requests, &head, &arrived, ret_request);
}

static struct wsn_request *answer(smiINT32 id)
{
    struct answer right = {id, WSN_V2C, "public", "127.0.0.1", 161};
    struct wsn_request *request = NULL;

    return match(&right, false, &request) == WSN_MATCH ? request : NULL;
}

/* Answers to request 7, which went to 127.0.0.1 as SNMPv2c, and what they are
 * with the source looked at or not. */
static const struct {
    struct answer answer;
    enum wsn_match strict;
    enum wsn_match relaxed;
} answers[] = {
    {{7, WSN_V2C, "public", "127.0.0.1", 161}, WSN_MATCH, WSN_MATCH},
    {{7, WSN_V2C, "public", "::ffff:127.0.0.1", 161}, WSN_MATCH, WSN_MATCH},
    {{8, WSN_V2C, "public", "127.0.0.1", 161},
     WSN_MATCH_NO_REQUEST,
     WSN_MATCH_NO_REQUEST},
    {{-7, WSN_V2C, "public", "127.0.0.1", 161},
     WSN_MATCH_NO_REQUEST,
     WSN_MATCH_NO_REQUEST},
    {{7, WSN_V2C, "public", "127.0.0.1", 162},
     WSN_MATCH_OTHER_SOURCE,
     WSN_MATCH},
    {{7, WSN_V2C, "public", "127.0.0.2", 161},
     WSN_MATCH_OTHER_SOURCE,
     WSN_MATCH},
    {{7, WSN_V2C, "public", "::1", 161}, WSN_MATCH_OTHER_SOURCE, WSN_MATCH},
    {{7, WSN_V1, "public", "127.0.0.1", 161},
     WSN_MATCH_OTHER_VERSION,
     WSN_MATCH_OTHER_VERSION},
    {{7, WSN_V2C, "publix", "127.0.0.1", 161},
     WSN_MATCH_OTHER_COMMUNITY,
     WSN_MATCH_OTHER_COMMUNITY},
    {{7, WSN_V2C, "publi", "127.0.0.1", 161},
     WSN_MATCH_OTHER_COMMUNITY,
     WSN_MATCH_OTHER_COMMUNITY},
    {{7, WSN_V2C, "public2", "127.0.0.1", 161},
     WSN_MATCH_OTHER_COMMUNITY,
     WSN_MATCH_OTHER_COMMUNITY},
    {{7, WSN_V2C, "", "127.0.0.1", 161},
     WSN_MATCH_OTHER_COMMUNITY,
     WSN_MATCH_OTHER_COMMUNITY},
};

START_TEST(a_response_must_come_from_where_the_request_went)
{
    struct wsn_request *request = outstanding(7);
    struct wsn_request *found = NULL;

    ck_assert_int_eq(match(&answers[_i].answer, false, &found),
                     answers[_i].strict);
    ck_assert_ptr_eq(found, answers[_i].strict == WSN_MATCH ? request : NULL);
    found = NULL;
    ck_assert_int_eq(match(&answers[_i].answer, true, &found),
                     answers[_i].relaxed);
    ck_assert_ptr_eq(found, answers[_i].relaxed == WSN_MATCH ? request : NULL);
}
END_TEST

/* Where the request went, an answer's source, whether it is the right one. */
static const struct {
    const char *to;
    const char *from;
    uint16_t port;
    bool matches;
} wildcards[] = {
    {"0.0.0.0", "127.0.0.1", 161, true},
    {"0.0.0.0", "192.0.2.77", 161, true},
    {"0.0.0.0", "127.0.0.1", 162, false},
    {"::", "::1", 161, true},
    {"::", "::1", 1161, false},
    {"::ffff:127.0.0.1", "127.0.0.1", 161, true},
};

START_TEST(whoever_asks_this_host_is_answered_from_any_address)
{
    struct answer its = {7, WSN_V2C, "public", wildcards[_i].from,
                         wildcards[_i].port};
    struct wsn_request *found = NULL;

    (void)send_to(&one, 7, wildcards[_i].to, 100);
    ck_assert_int_eq(match(&its, false, &found) == WSN_MATCH,
                     wildcards[_i].matches);
}
END_TEST

#define SAME 1000

START_TEST(among_many_with_one_id_the_oldest_is_first)
{
    static struct wsn_request *sent[SAME];
    int wrongs = 0;

    for (int i = 0; i < SAME; i++)
        sent[i] = outstanding(1);
    for (int i = 0; i < SAME; i++) {
        wrongs += answer(1) != sent[i];
        forget(sent[i]);
    }
    ck_assert_int_eq(wrongs, 0);
    ck_assert_ptr_null(answer(1));
}
END_TEST

START_TEST(the_oldest_that_fits_is_found_behind_others)
{
    struct wsn_request *a = send_to(&one, 1, "127.0.0.2", 100);
    struct wsn_request *b = outstanding(1);
    struct wsn_request *c = send_to(&two, 1, "127.0.0.1", 100);

    ck_assert_ptr_eq(answer(1), b);
    forget(b);
    ck_assert_ptr_eq(answer(1), c);
    ck_assert_ptr_ne(answer(1), a);
}
END_TEST

#define MANY 100000

START_TEST(many_are_found_by_their_ids)
{
    int wrongs = 0;

    for (smiINT32 id = 1; id <= MANY; id++)
        (void)send_to(&one, id * 1024, "127.0.0.1", 100);
    for (smiINT32 id = 1; id <= MANY; id++)
        wrongs += wsn_requests_find(&requests, &one, id * 1024) == NULL;
    wrongs += wsn_requests_find(&requests, &one, 1) != NULL;
    ck_assert_int_eq(wrongs, 0);
    ck_assert_uint_eq(requests.n, MANY);
}
END_TEST

static const smiINT32 ids[] = {0, 1, -1, INT32_MAX, INT32_MIN, 0x01020304};

START_TEST(every_number_is_an_id)
{
    struct wsn_request *request = outstanding(ids[_i]);

    ck_assert_ptr_eq(answer(ids[_i]), request);
    ck_assert_ptr_eq(wsn_requests_find(&requests, &one, ids[_i]), request);
    ck_assert_ptr_null(answer(ids[_i] ^ 0x10000));
}
END_TEST

START_TEST(a_session_finds_its_own_oldest)
{
    struct wsn_request *foreign = send_to(&two, 5, "127.0.0.1", 100);
    struct wsn_request *first = outstanding(5);
    struct wsn_request *second = outstanding(5);

    ck_assert_ptr_eq(wsn_requests_find(&requests, &one, 5), first);
    forget(first);
    ck_assert_ptr_eq(wsn_requests_find(&requests, &one, 5), second);
    forget(second);
    ck_assert_ptr_null(wsn_requests_find(&requests, &one, 5));
    ck_assert_ptr_eq(wsn_requests_find(&requests, &two, 5), foreign);
}
END_TEST

START_TEST(a_serial_number_is_of_one_request)
{
    struct wsn_request *a = outstanding(5);
    struct wsn_request *b = outstanding(5);
    uint64_t serial = a->serial;

    ck_assert_uint_ne(serial, 0);
    ck_assert_ptr_eq(wsn_requests_find_serial(&requests, 5, serial), a);
    ck_assert_ptr_eq(wsn_requests_find_serial(&requests, 5, b->serial), b);
    forget(a);
    (void)outstanding(5);
    ck_assert_ptr_null(wsn_requests_find_serial(&requests, 5, serial));
}
END_TEST

/* ---- time --------------------------------------------------------------- */

static struct wsn_request *due_at(uint64_t now_ms)
{
    wsn_requests_expire(&requests, now_ms);
    return wsn_requests_take_due(&requests);
}

static const uint32_t timeouts_cs[] = {1,    2,    10,   100,  500,
                                       1023, 1024, 1025, 6000, 360000};

START_TEST(a_period_ends_neither_early_nor_late)
{
    struct wsn_request *request =
        send_to(&one, 1, "127.0.0.1", timeouts_cs[_i]);
    uint64_t ends_ms = NOW + 10 * (uint64_t)timeouts_cs[_i];

    ck_assert_ptr_null(due_at(ends_ms - 1));
    ck_assert_ptr_eq(due_at(ends_ms + WSN_WHEEL_SLOT_MS), request);
    ck_assert_ptr_null(wsn_requests_take_due(&requests));
    ck_assert_ptr_eq(answer(1), request); /* it is still outstanding */
}
END_TEST

START_TEST(periods_follow_one_another)
{
    struct wsn_request *request = send_to(&one, 1, "127.0.0.1", 10);

    for (uint64_t n = 1; n <= 5; n++) {
        ck_assert_ptr_null(due_at(NOW + 100 * n - 1));
        ck_assert_ptr_eq(due_at(NOW + 100 * n), request);
        wsn_requests_wait_again(&requests, request, NOW + 100 * n);
    }
}
END_TEST

/* Each ends a little late; the last so late that what follows is late, too. */
START_TEST(what_is_late_does_not_add_up)
{
    struct wsn_request *request = send_to(&one, 1, "127.0.0.1", 10);

    for (uint64_t n = 1; n <= 5; n++) {
        uint64_t late_ms = n == 5 ? 26 : 5 * n;

        ck_assert_ptr_null(due_at(NOW + 100 * n - 1));
        ck_assert_ptr_eq(due_at(NOW + 100 * n + late_ms), request);
        wsn_requests_wait_next(&requests, request, NOW + 100 * n + late_ms);
    }
    ck_assert_ptr_null(due_at(NOW + 625));
    ck_assert_ptr_eq(due_at(NOW + 640), request);
}
END_TEST

START_TEST(what_is_removed_is_never_due)
{
    struct wsn_request *early = send_to(&one, 1, "127.0.0.1", 1);
    struct wsn_request *late = send_to(&one, 2, "127.0.0.1", 1);

    wsn_requests_remove(&requests, early);
    wsn_requests_remove(&requests, early);
    ck_assert_uint_eq(requests.n, 1);
    wsn_requests_expire(&requests, NOW + 1000);
    forget(late); /* between having expired and being dealt with */
    ck_assert_ptr_null(wsn_requests_take_due(&requests));
    wsn_item_free(&early->item);
}
END_TEST

START_TEST(the_silent_wait_for_ten_minutes)
{
    struct wsn_request *request = send_to(&one, 1, "127.0.0.1", 10);

    request->tries_left = 3;
    wsn_requests_silence(&requests, request, NOW + 50);
    ck_assert(request->is_silent);
    ck_assert_uint_eq(request->tries_left, 0);
    wsn_requests_silence(&requests, request, NOW + 5000); /* changes nothing */
    ck_assert_ptr_null(due_at(NOW + 50 + 599999));
    ck_assert_ptr_eq(answer(1), request);
    ck_assert_ptr_eq(due_at(NOW + 50 + 600010), request);
}
END_TEST

START_TEST(all_are_silenced_at_once)
{
    for (smiINT32 id = 1; id <= 500; id++)
        (void)send_to(id % 2 != 0 ? &one : &two, id, "127.0.0.1", 1);
    wsn_requests_expire(&requests, NOW + 20); /* due, but not dealt with */
    wsn_requests_silence_all(&requests, NOW + 20);
    ck_assert_ptr_null(due_at(NOW + 600000));
    for (smiINT32 id = 1; id <= 500; id++)
        ck_assert(answer(id)->is_silent);
    (void)send_to(&one, 1000, "127.0.0.1", 1);
    ck_assert_ptr_eq(due_at(NOW + 600010), answer(1000));
}
END_TEST

START_TEST(a_request_keeps_the_handles_it_was_sent_with)
{
    HSNMP_ENTITY dst = entity_of("127.0.0.1");
    struct wsn_mail mail = {.parties = {NULL, dst, context},
                            .to = addr_of("127.0.0.1", 161),
                            .bytes = (const unsigned char *)"x",
                            .len = 1};
    struct wsn_request *request;

    (void)wsn_handle_pin(dst, WSN_ENTITY);
    request = wsn_request_new(&mail);
    ck_assert_ptr_nonnull(request);
    wsn_handle_unpin(dst);
    ck_assert(wsn_handle_release(dst, WSN_ENTITY));
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 1);
    wsn_item_free(&request->item);
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("request");

    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_loop_test(tcase, a_response_must_come_from_where_the_request_went,
                        0, N(answers));
    tcase_add_loop_test(tcase,
                        whoever_asks_this_host_is_answered_from_any_address, 0,
                        N(wildcards));
    tcase_add_test(tcase, among_many_with_one_id_the_oldest_is_first);
    tcase_add_test(tcase, the_oldest_that_fits_is_found_behind_others);
    tcase_add_test(tcase, many_are_found_by_their_ids);
    tcase_add_loop_test(tcase, every_number_is_an_id, 0, N(ids));
    tcase_add_test(tcase, a_session_finds_its_own_oldest);
    tcase_add_test(tcase, a_serial_number_is_of_one_request);
    tcase_add_loop_test(tcase, a_period_ends_neither_early_nor_late, 0,
                        N(timeouts_cs));
    tcase_add_test(tcase, periods_follow_one_another);
    tcase_add_test(tcase, what_is_late_does_not_add_up);
    tcase_add_test(tcase, what_is_removed_is_never_due);
    tcase_add_test(tcase, the_silent_wait_for_ten_minutes);
    tcase_add_test(tcase, all_are_silenced_at_once);
    tcase_add_test(tcase, a_request_keeps_the_handles_it_was_sent_with);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("core/request", fill)
