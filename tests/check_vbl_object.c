/*
 * check_vbl_object.c - list objects, and the PDUs that refer to them.
 */
#include "core/vbl.h"

#include <pthread.h>

#include "codec/pdu.h"
#include "codec/varbinds.h"
#include "core/pdu.h"
#include "support/suite.h"

static smiUINT32 ids[] = {1, 3, 6, 1};
static const smiOID name = {4, ids};

static struct wsn_vbl_object *new_list(size_t n)
{
    struct wsn_vbl_object *vbl = wsn_vbl_object_new(NULL);
    size_t count = 0;

    ck_assert_ptr_nonnull(vbl);
    for (size_t i = 0; i < n; i++) {
        ck_assert_uint_eq(wsn_vbl_object_append(vbl, &name, NULL, &count),
                          WSN_OK);
        ck_assert_uint_eq(count, i + 1);
    }
    return vbl;
}

static size_t snapshot_length(struct wsn_pdu_object *object)
{
    struct wsn_pdu pdu;
    size_t count;

    wsn_pdu_object_snapshot(object, &pdu);
    count = wsn_varbinds_count(pdu.varbinds);
    wsn_varbinds_unref(pdu.varbinds);
    return count;
}

START_TEST(a_snapshot_stays_as_it_was)
{
    struct wsn_vbl_object *vbl = new_list(2);
    struct wsn_varbinds *before = wsn_vbl_object_snapshot(vbl);
    smiVALUE value = {.syntax = SNMP_SYNTAX_INT};

    ck_assert_uint_eq(wsn_vbl_object_replace(vbl, 0, NULL, &value), WSN_OK);
    ck_assert_uint_eq(wsn_vbl_object_delete(vbl, 1), WSN_OK);
    ck_assert_uint_eq(wsn_vbl_object_count(vbl), 1);
    wsn_vbl_object_unref(vbl);
    ck_assert_uint_eq(wsn_varbinds_count(before), 2);
    ck_assert_uint_eq(wsn_varbinds_at(before, 0)->value.syntax,
                      SNMP_SYNTAX_NULL);
    wsn_varbinds_unref(before);
}
END_TEST

START_TEST(failures_change_nothing)
{
    static smiUINT32 bad_ids[] = {3, 1};
    static const smiOID bad_name = {2, bad_ids};
    struct wsn_vbl_object *vbl = new_list(1);
    size_t count = 42;

    ck_assert_uint_eq(wsn_vbl_object_append(vbl, &bad_name, NULL, &count),
                      SNMPAPI_OID_INVALID);
    ck_assert_uint_eq(wsn_vbl_object_replace(vbl, 1, &name, NULL),
                      SNMPAPI_INDEX_INVALID);
    ck_assert_uint_eq(wsn_vbl_object_delete(vbl, 1), SNMPAPI_INDEX_INVALID);
    ck_assert_uint_eq(wsn_vbl_object_count(vbl), 1);
    ck_assert_uint_eq(count, 42);
    wsn_vbl_object_unref(vbl);
}
END_TEST

START_TEST(a_pdu_keeps_the_list_and_sees_its_changes)
{
    struct wsn_vbl_object *vbl = new_list(1);
    struct wsn_pdu fields = {.type = SNMP_PDU_GET, .request_id = 7};
    struct wsn_pdu_object *object = wsn_pdu_object_new(&fields, vbl);
    size_t count;

    ck_assert_uint_eq(wsn_vbl_object_append(vbl, &name, NULL, &count), WSN_OK);
    ck_assert_uint_eq(snapshot_length(object), 2);
    wsn_vbl_object_unref(vbl);
    ck_assert_uint_eq(snapshot_length(object), 2);
    wsn_pdu_object_free(object);
}
END_TEST

START_TEST(a_received_pdu_has_its_own_bindings)
{
    struct wsn_vbl_object *vbl = new_list(3);
    struct wsn_pdu fields = {.type = SNMP_PDU_RESPONSE};
    struct wsn_pdu_change change = {.has_vbl = true};
    struct wsn_pdu_object *object;

    fields.varbinds = wsn_vbl_object_snapshot(vbl);
    object = wsn_pdu_object_from_received(&fields);
    ck_assert_ptr_null(fields.varbinds);
    ck_assert_uint_eq(wsn_vbl_object_delete(vbl, 0), WSN_OK);
    ck_assert_uint_eq(snapshot_length(object), 3);
    /* Until it is given a list. */
    change.vbl = vbl;
    ck_assert_uint_eq(wsn_pdu_object_change(object, &change), WSN_OK);
    ck_assert_uint_eq(snapshot_length(object), 2);
    change.vbl = NULL;
    ck_assert_uint_eq(wsn_pdu_object_change(object, &change), WSN_OK);
    ck_assert_uint_eq(snapshot_length(object), 0);
    wsn_vbl_object_unref(vbl);
    wsn_pdu_object_free(object);
}
END_TEST

START_TEST(nothing_may_be_given_back)
{
    wsn_vbl_object_unref(NULL);
    wsn_pdu_object_free(NULL);
    ck_assert_ptr_null(wsn_vbl_object_ref(NULL));
}
END_TEST

/* ---- threads ------------------------------------------------------------ */

#define THREADS 4
#define ROUNDS 5000

static pthread_barrier_t all_ready;

static void *append_and_delete(void *arg)
{
    struct wsn_vbl_object *vbl = arg;
    uintptr_t failures = 0;
    size_t count;

    (void)pthread_barrier_wait(&all_ready);
    for (int i = 0; i < ROUNDS; i++) {
        failures += wsn_vbl_object_append(vbl, &name, NULL, &count) != WSN_OK;
        failures += wsn_vbl_object_delete(vbl, 0) != WSN_OK;
    }
    return (void *)failures;
}

static void *look(void *arg)
{
    struct wsn_pdu_object *object = arg;
    uintptr_t failures = 0;

    (void)pthread_barrier_wait(&all_ready);
    for (int i = 0; i < ROUNDS; i++) {
        size_t count = snapshot_length(object);

        failures += count < 1 || count > THREADS + 1;
    }
    return (void *)failures;
}

static void *relink(void *arg)
{
    struct wsn_pdu_object *object = arg;

    (void)pthread_barrier_wait(&all_ready);
    for (int i = 0; i < ROUNDS; i++) {
        struct wsn_vbl_object *vbl = new_list(1);
        struct wsn_pdu_change change = {.has_vbl = true, .vbl = vbl};

        (void)wsn_pdu_object_change(object, &change);
        wsn_vbl_object_unref(vbl);
    }
    return NULL;
}

/* One list, THREADS that change it, two that read it through a PDU, one that
 * gives the PDU another list meanwhile. */
START_TEST(threads_do_not_corrupt_a_list)
{
    struct wsn_vbl_object *vbl = new_list(1);
    struct wsn_pdu fields = {.type = SNMP_PDU_GET};
    struct wsn_pdu_object *object = wsn_pdu_object_new(&fields, vbl);
    pthread_t thread[THREADS + 3];
    int n = 0;

    ck_assert_int_eq(pthread_barrier_init(&all_ready, NULL, THREADS + 3), 0);
    for (; n < THREADS; n++)
        ck_assert_int_eq(
            pthread_create(&thread[n], NULL, append_and_delete, vbl), 0);
    for (; n < THREADS + 2; n++)
        ck_assert_int_eq(pthread_create(&thread[n], NULL, look, object), 0);
    ck_assert_int_eq(pthread_create(&thread[n++], NULL, relink, object), 0);
    while (n > 0) {
        void *failures;

        ck_assert_int_eq(pthread_join(thread[--n], &failures), 0);
        ck_assert_ptr_null(failures);
    }
    (void)pthread_barrier_destroy(&all_ready);
    ck_assert_uint_eq(wsn_vbl_object_count(vbl), 1);
    wsn_pdu_object_free(object);
    wsn_vbl_object_unref(vbl);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *objects = tcase_create("objects");

    suite_add_tcase(suite, objects);
    tcase_add_test(objects, a_snapshot_stays_as_it_was);
    tcase_add_test(objects, failures_change_nothing);
    tcase_add_test(objects, a_pdu_keeps_the_list_and_sees_its_changes);
    tcase_add_test(objects, a_received_pdu_has_its_own_bindings);
    tcase_add_test(objects, nothing_may_be_given_back);
    tcase_add_test(objects, threads_do_not_corrupt_a_list);
}

SUITE_MAIN("core/vbl", fill)
