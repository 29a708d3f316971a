/*
 * check_varbinds_sharing.c - bodies of variable-binding lists that several
 * own: copy on write, also between threads.
 */
#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "codec/oid.h"
#include "codec/varbinds.h"
#include "support/suite.h"
#include "support/varbinds_account.h"
#include "support/varbinds_text.h"

static wsn_err append_one(struct wsn_varbinds **body)
{
    return wsn_varbinds_append(body, &name, NULL);
}

static wsn_err replace_first(struct wsn_varbinds **body)
{
    return wsn_varbinds_replace(body, 0, NULL, NULL);
}

static wsn_err delete_last(struct wsn_varbinds **body)
{
    return wsn_varbinds_delete(body, wsn_varbinds_count(*body) - 1);
}

static wsn_err (*const changes[])(struct wsn_varbinds **body) = {
    append_one, replace_first, delete_last};

START_TEST(whoever_shares_a_body_keeps_what_it_had)
{
    struct wsn_varbinds *body = numbers_new(3);
    struct wsn_varbinds *shared = wsn_varbinds_ref(body);
    char *text = varbinds_text(shared);

    ck_assert_ptr_eq(body, shared);
    ck_assert_uint_eq(changes[_i](&body), WSN_OK);
    ck_assert_ptr_ne(body, shared);
    varbinds_assert(shared, text);
    free(text);
    wsn_varbinds_unref(body);
    wsn_varbinds_unref(shared);
}
END_TEST

START_TEST(an_unshared_body_is_changed_in_place)
{
    struct wsn_varbinds *body = numbers_new(3);
    struct wsn_varbinds *before = body;

    wsn_varbinds_unref(wsn_varbinds_ref(body));
    ck_assert_uint_eq(replace_first(&body), WSN_OK);
    ck_assert_uint_eq(delete_last(&body), WSN_OK);
    ck_assert_ptr_eq(body, before);
    wsn_varbinds_unref(body);
}
END_TEST

START_TEST(inputs_may_come_from_the_list_itself)
{
    unsigned char text[] = "text";
    smiVALUE value = octets_value(text);
    struct wsn_varbinds *body = NULL;

    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, &value), WSN_OK);
    for (int i = 0; i < 200; i++) {
        const struct wsn_varbind *first = wsn_varbinds_at(body, 0);

        ck_assert_uint_eq(
            wsn_varbinds_append(&body, &first->name, &first->value), WSN_OK);
        first = wsn_varbinds_at(body, 0);
        ck_assert_uint_eq(
            wsn_varbinds_replace(&body, 0, &first->name, &first->value),
            WSN_OK);
    }
    for (size_t i = 0; i < wsn_varbinds_count(body); i++) {
        const struct wsn_varbind *entry = wsn_varbinds_at(body, i);

        ck_assert_int_eq(wsn_oid_compare(entry->name.ptr, entry->name.len,
                                         name.ptr, name.len),
                         0);
        ck_assert_str_eq((const char *)entry->value.value.string.ptr, "text");
    }
    wsn_varbinds_unref(body);
}
END_TEST

/* In place: the parts of an entry may change places with those it had. */
START_TEST(an_entry_may_be_made_of_its_own_parts)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 4};
    smiVALUE value = {SNMP_SYNTAX_OID, {.oid = {5, ids}}};
    struct wsn_varbinds *body = NULL;
    const struct wsn_varbind *first;

    ck_assert_uint_eq(wsn_varbinds_append(&body, &name, &value), WSN_OK);
    first = wsn_varbinds_at(body, 0);
    ck_assert_uint_eq(
        wsn_varbinds_replace(&body, 0, &first->value.value.oid, &first->value),
        WSN_OK);
    ck_assert_ptr_eq(wsn_varbinds_at(body, 0), first);
    varbinds_assert(body, "[{\"oid\": \"1.3.6.1.4\", \"type\": \"OID\", "
                          "\"value\": \"1.3.6.1.4\"}]");
    value.syntax = SNMP_SYNTAX_INT;
    value.value.sNumber = -5;
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 0, NULL, &value), WSN_OK);
    ck_assert_uint_eq(wsn_varbinds_replace(&body, 0, NULL, &first->value),
                      WSN_OK);
    varbinds_assert(body, "[{\"oid\": \"1.3.6.1.4\", \"type\": "
                          "\"INTEGER\", \"value\": -5}]");
    wsn_varbinds_unref(body);
}
END_TEST

/* Takes a copy of what all threads share, again and again. */
static void *share(void *arg)
{
    struct wsn_varbinds *shared = arg;

    for (int i = 0; i < 1000; i++) {
        struct wsn_varbinds *own = wsn_varbinds_ref(shared);

        if (wsn_varbinds_append(&own, &name, NULL) != WSN_OK)
            return shared;
        wsn_varbinds_unref(own);
    }
    return NULL;
}

START_TEST(threads_may_share_a_body)
{
    struct wsn_varbinds *body;
    pthread_t threads[4];
    void *failed;

    wsn_alloc_set_hook(NULL); /* it counts for one thread only */
    body = numbers_new(3);
    for (int i = 0; i < N_CASES(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, share, body), 0);
    for (int i = 0; i < N_CASES(threads); i++) {
        ck_assert_int_eq(pthread_join(threads[i], &failed), 0);
        ck_assert_ptr_null(failed);
    }
    ck_assert_uint_eq(wsn_varbinds_count(body), 3);
    wsn_varbinds_unref(body);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *sharing = tcase_create("sharing");

    tcase_add_checked_fixture(sharing, account_open, account_close);
    tcase_add_loop_test(sharing, whoever_shares_a_body_keeps_what_it_had, 0,
                        N_CASES(changes));
    tcase_add_test(sharing, an_unshared_body_is_changed_in_place);
    tcase_add_test(sharing, inputs_may_come_from_the_list_itself);
    tcase_add_test(sharing, an_entry_may_be_made_of_its_own_parts);
    tcase_add_test(sharing, threads_may_share_a_body);
    suite_add_tcase(suite, sharing);
}

SUITE_MAIN("codec/varbinds sharing", suite_fill)
