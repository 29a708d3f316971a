/*
 * check_entity.c - entities and contexts, with and without a database.
 */
#include "core/entity.h"

#include <string.h>

#include "codec/pdu.h"
#include "core/context.h"
#include "core/db.h"
#include "core/descriptor.h"
#include "support/suite.h"
#include "winsnmp_types.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))

static void tear_down(void)
{
    wsn_descriptor_free_all();
    wsn_db_reset();
}

static struct wsn_entity *entity_of(const char *text)
{
    struct wsn_entity *entity = NULL;

    ck_assert_uint_eq(wsn_entity_from_text(text, &entity), WSN_OK);
    ck_assert_ptr_nonnull(entity);
    return entity;
}

/* Where messages to it go. */
static uint16_t port_of(const struct wsn_entity *entity, bool is_notification)
{
    struct wsn_addr addr;

    wsn_entity_destination(entity, is_notification, &addr);
    return addr.port;
}

/* ---- versions and ports ------------------------------------------------- */

struct version {
    uint32_t mode;
    int version;
};

static const struct version versions[] = {
    {SNMPAPI_TRANSLATED, WSN_V1},
    {SNMPAPI_UNTRANSLATED_V1, WSN_V1},
    {SNMPAPI_UNTRANSLATED_V2, WSN_V2C}};

START_TEST(the_mode_at_creation_decides_the_version)
{
    struct wsn_entity *entity;

    wsn_db_set(WSN_DB_TRANSLATE_MODE, versions[_i].mode);
    entity = entity_of("127.0.0.1");
    wsn_db_set(WSN_DB_TRANSLATE_MODE, versions[(_i + 1) % N(versions)].mode);
    ck_assert_int_eq(entity->version, versions[_i].version);
    wsn_entity_free(entity);
}
END_TEST

struct destination {
    uint32_t chosen; /* 0: none */
    bool is_notification;
    uint16_t port;
};

static const struct destination destinations[] = {
    {0, false, 161},    {0, true, 162},    {161, true, 161},
    {162, false, 162},  {1162, true, 1162}, {65535, false, 65535}};

START_TEST(notifications_go_to_162_unless_a_port_was_chosen)
{
    const struct destination *wanted = &destinations[_i];
    struct wsn_entity *entity = entity_of("192.0.2.1");
    struct wsn_addr addr;

    atomic_store(&entity->port, wanted->chosen);
    wsn_entity_destination(entity, wanted->is_notification, &addr);
    ck_assert_uint_eq(addr.port, wanted->port);
    ck_assert(wsn_addr_equal_host(&addr, &entity->addr));
    wsn_entity_free(entity);
}
END_TEST

START_TEST(a_port_in_the_address_is_chosen)
{
    struct wsn_addr addr = wsn_addr_any(WSN_FAMILY_IPV4, 4711);
    struct wsn_entity *entity = wsn_entity_new(&addr, WSN_V2C);

    ck_assert_uint_eq(port_of(entity, true), 4711);
    ck_assert_int_eq(entity->version, WSN_V2C);
    wsn_entity_free(entity);
}
END_TEST

/* ---- policy ------------------------------------------------------------- */

START_TEST(new_entities_have_the_default_policy)
{
    struct wsn_entity *entity;

    wsn_db_set(WSN_DB_TIMEOUT_CS, 70);
    wsn_db_set(WSN_DB_RETRIES, 7);
    entity = entity_of("127.0.0.1");
    ck_assert_uint_eq(atomic_load(&entity->timeout_cs), 70);
    ck_assert_uint_eq(atomic_load(&entity->retries), 7);
    wsn_entity_free(entity);
}
END_TEST

/* 0 lets the library choose, for it cannot wait for nothing. */
START_TEST(a_time_out_is_never_zero)
{
    struct wsn_entity *entity = entity_of("127.0.0.1");

    atomic_store(&entity->timeout_cs, 0);
    ck_assert_uint_eq(wsn_entity_timeout_cs(entity), 500);
    atomic_store(&entity->timeout_cs, 1);
    ck_assert_uint_eq(wsn_entity_timeout_cs(entity), 1);
    wsn_entity_free(entity);
}
END_TEST

START_TEST(a_duplicate_is_the_same_but_does_not_listen)
{
    struct wsn_entity *entity = entity_of("2001:db8::1");
    struct wsn_entity *copy;

    atomic_store(&entity->port, 1161);
    atomic_store(&entity->timeout_cs, 1);
    atomic_store(&entity->retries, 2);
    atomic_store(&entity->listening, true);
    copy = wsn_entity_dup(entity);
    wsn_entity_free(entity);
    ck_assert_uint_eq(port_of(copy, false), 1161);
    ck_assert_uint_eq(wsn_entity_timeout_cs(copy), 1);
    ck_assert_uint_eq(atomic_load(&copy->retries), 2);
    ck_assert(!atomic_load(&copy->listening));
    wsn_entity_free(copy);
}
END_TEST

/* ---- names -------------------------------------------------------------- */

static void fill_database(void)
{
    static const struct wsn_db_entity printer = {.name = "printer",
                                                 .address = "192.0.2.9",
                                                 .port = 1161,
                                                 .version = WSN_V2C,
                                                 .timeout_cs = 30,
                                                 .has_timeout = true,
                                                 .retries = 0,
                                                 .has_retries = true};
    static const struct wsn_db_entity router = {
        .name = "router", .address = "2001:db8::9", .version = WSN_V1};
    static const struct wsn_db_entity unfinished = {.name = "unfinished"};
    static const struct wsn_db_context reader = {"reader", "secret"};

    ck_assert(wsn_db_put_entity(&printer));
    ck_assert(wsn_db_put_entity(&router));
    ck_assert(wsn_db_put_entity(&unfinished));
    ck_assert(wsn_db_put_context(&reader));
    wsn_db_set(WSN_DB_TRANSLATE_MODE, SNMPAPI_TRANSLATED);
    wsn_db_set(WSN_DB_DNS, 0);
}

static void assert_text(const struct wsn_entity *entity, const char *wanted)
{
    char text[64];

    ck_assert_uint_eq(wsn_entity_to_text(entity, text, sizeof text),
                      strlen(wanted) + 1);
    ck_assert_str_eq(text, wanted);
}

/* By its name, and by its address. */
static const char *const printer_texts[] = {"printer", "192.0.2.9"};

START_TEST(the_database_describes_an_entity)
{
    struct wsn_entity *entity;

    fill_database();
    entity = entity_of(printer_texts[_i]);
    ck_assert_int_eq(entity->version, WSN_V2C);
    ck_assert_uint_eq(port_of(entity, true), 1161);
    ck_assert_uint_eq(wsn_entity_timeout_cs(entity), 30);
    ck_assert_uint_eq(atomic_load(&entity->retries), 0);
    assert_text(entity, "printer");
    wsn_db_set(WSN_DB_TRANSLATE_MODE, SNMPAPI_UNTRANSLATED_V1);
    assert_text(entity, "192.0.2.9");
    wsn_entity_free(entity);
}
END_TEST

START_TEST(what_the_database_leaves_out_is_the_default)
{
    struct wsn_entity *entity;

    fill_database();
    entity = entity_of("router");
    ck_assert_int_eq(entity->version, WSN_V1);
    ck_assert_uint_eq(port_of(entity, true), 162);
    ck_assert_uint_eq(wsn_entity_timeout_cs(entity), 500);
    ck_assert_uint_eq(atomic_load(&entity->retries), 3);
    wsn_entity_free(entity);
}
END_TEST

/* An address printed as a name, though it was made in another mode. */
START_TEST(addresses_are_translated_back)
{
    struct wsn_entity *entity = entity_of("2001:db8::9");

    fill_database();
    assert_text(entity, "router");
    wsn_entity_free(entity);
    entity = entity_of("192.0.2.10");
    assert_text(entity, "192.0.2.10");
    wsn_entity_free(entity);
}
END_TEST

/* Of several names for one address, the one that it was made by. */
START_TEST(an_entity_keeps_its_name)
{
    static const struct wsn_db_entity laser = {.name = "laser",
                                               .address = "192.0.2.9"};
    static const char *const names[] = {"printer", "laser"};

    fill_database();
    ck_assert(wsn_db_put_entity(&laser));
    for (int i = 0; i < N(names); i++) {
        struct wsn_entity *entity = entity_of(names[i]);

        assert_text(entity, names[i]);
        wsn_entity_free(entity);
    }
}
END_TEST

static const char *const unknown[] = {"Printer", "printer ", "unfinished",
                                      "localhost", ""};

START_TEST(unknown_names_are_unknown)
{
    struct wsn_entity *entity = NULL;

    fill_database();
    ck_assert_uint_eq(wsn_entity_from_text(unknown[_i], &entity),
                      SNMPAPI_ENTITY_UNKNOWN);
    wsn_db_set(WSN_DB_TRANSLATE_MODE, SNMPAPI_UNTRANSLATED_V1);
    ck_assert_uint_eq(wsn_entity_from_text("printer", &entity),
                      SNMPAPI_ENTITY_UNKNOWN);
    ck_assert_ptr_null(entity);
}
END_TEST

START_TEST(a_name_is_cut_like_any_text)
{
    struct wsn_entity *entity;
    char text[8] = "???????";

    fill_database();
    entity = entity_of("printer");
    ck_assert_uint_eq(wsn_entity_to_text(entity, text, 0), 8);
    ck_assert_str_eq(text, "???????");
    ck_assert_uint_eq(wsn_entity_to_text(entity, text, 4), 8);
    ck_assert_str_eq(text, "pri");
    ck_assert_uint_eq(wsn_entity_to_text(entity, text, 8), 8);
    ck_assert_str_eq(text, "printer");
    wsn_entity_free(entity);
}
END_TEST

/* ---- contexts ----------------------------------------------------------- */

static struct wsn_context *context_of(const char *text)
{
    struct wsn_context *context = NULL;

    ck_assert_uint_eq(wsn_context_from_octets(text, strlen(text), &context),
                      WSN_OK);
    return context;
}

static void assert_octets(const struct wsn_context *context,
                          const char *wanted)
{
    uint32_t len = 42;
    unsigned char *octets = wsn_context_to_octets(context, &len);

    ck_assert_uint_eq(len, strlen(wanted));
    ck_assert_str_eq((char *)octets, wanted);
    ck_assert(wsn_descriptor_free(octets));
}

START_TEST(a_context_keeps_its_name)
{
    static const struct wsn_db_context looker = {"looker", "secret"};
    static const char *const names[] = {"reader", "looker"};

    fill_database();
    ck_assert(wsn_db_put_context(&looker));
    for (int i = 0; i < N(names); i++) {
        struct wsn_context *context = context_of(names[i]);

        assert_octets(context, names[i]);
        wsn_context_free(context);
    }
}
END_TEST

START_TEST(names_of_contexts_stand_for_communities)
{
    struct wsn_context *context;
    struct wsn_context *copy;

    fill_database();
    context = context_of("reader");
    copy = wsn_context_dup(context);
    wsn_context_free(context);
    ck_assert_uint_eq(copy->len, 6);
    ck_assert_str_eq((const char *)copy->octets, "secret");
    assert_octets(copy, "reader");
    wsn_db_set(WSN_DB_TRANSLATE_MODE, SNMPAPI_UNTRANSLATED_V1);
    assert_octets(copy, "secret");
    wsn_context_free(copy);
}
END_TEST

START_TEST(communities_are_translated_back)
{
    struct wsn_context *context = wsn_context_new("secret", 6);

    fill_database();
    assert_octets(context, "reader");
    wsn_context_free(context);
    context = wsn_context_new("secre", 5);
    assert_octets(context, "secre");
    wsn_context_free(context);
}
END_TEST

START_TEST(the_strict_switch_refuses_unknown_contexts)
{
    struct wsn_context *context = NULL;

    fill_database();
    wsn_context_free(context_of("public"));
    wsn_db_set(WSN_DB_STRICT_CONTEXT, 1);
    ck_assert_uint_eq(wsn_context_from_octets("public", 6, &context),
                      SNMPAPI_CONTEXT_UNKNOWN);
    ck_assert_ptr_null(context);
    wsn_context_free(context_of("reader"));
    /* It says nothing about literal communities. */
    wsn_db_set(WSN_DB_TRANSLATE_MODE, SNMPAPI_UNTRANSLATED_V2);
    wsn_context_free(context_of("public"));
}
END_TEST

START_TEST(received_communities_may_be_empty)
{
    struct wsn_context *context = wsn_context_new(NULL, 0);

    ck_assert_uint_eq(context->len, 0);
    assert_octets(context, "");
    wsn_context_free(context);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *entities = tcase_create("entities");
    TCase *names = tcase_create("names");
    TCase *contexts = tcase_create("contexts");

    tcase_add_checked_fixture(entities, NULL, tear_down);
    tcase_add_checked_fixture(names, NULL, tear_down);
    tcase_add_checked_fixture(contexts, NULL, tear_down);
    suite_add_tcase(suite, entities);
    suite_add_tcase(suite, names);
    suite_add_tcase(suite, contexts);
    tcase_add_loop_test(entities, the_mode_at_creation_decides_the_version, 0,
                        N(versions));
    tcase_add_loop_test(entities,
                        notifications_go_to_162_unless_a_port_was_chosen, 0,
                        N(destinations));
    tcase_add_test(entities, a_port_in_the_address_is_chosen);
    tcase_add_test(entities, new_entities_have_the_default_policy);
    tcase_add_test(entities, a_time_out_is_never_zero);
    tcase_add_test(entities, a_duplicate_is_the_same_but_does_not_listen);
    tcase_add_loop_test(names, the_database_describes_an_entity, 0,
                        N(printer_texts));
    tcase_add_test(names, what_the_database_leaves_out_is_the_default);
    tcase_add_test(names, addresses_are_translated_back);
    tcase_add_test(names, an_entity_keeps_its_name);
    tcase_add_loop_test(names, unknown_names_are_unknown, 0, N(unknown));
    tcase_add_test(names, a_name_is_cut_like_any_text);
    tcase_add_test(contexts, a_context_keeps_its_name);
    tcase_add_test(contexts, names_of_contexts_stand_for_communities);
    tcase_add_test(contexts, communities_are_translated_back);
    tcase_add_test(contexts, the_strict_switch_refuses_unknown_contexts);
    tcase_add_test(contexts, received_communities_may_be_empty);
}

SUITE_MAIN("core/entity", fill)
