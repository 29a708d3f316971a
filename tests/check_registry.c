/*
 * check_registry.c - who wants which notification.
 */
#include "core/registry.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "support/objects.h"
#include "winsnmp.h"

#define N(table) (sizeof(table) / sizeof *(table))

static struct wsn_registry registry;
static struct wsn_subscriber subscriber;

static void begin(void)
{
    objects_begin();
    wsn_registry_init(&registry);
    wsn_subscriber_init(&subscriber);
}

static void forget(struct wsn_registration *registration)
{
    wsn_registry_remove(&registry, registration);
    wsn_registration_free(registration);
}

static void end(void)
{
    struct wsn_list *list = &subscriber.registrations;

    while (!wsn_list_is_empty(list))
        forget(WSN_CONTAINER(list->next, struct wsn_registration, node));
    ck_assert_uint_eq(registry.n, 0);
    objects_end();
}

/* An OID as numbers with dots; "" is one of no length. */
static size_t parse(const char *text, smiUINT32 *ids)
{
    size_t n = 0;

    while (*text != '\0') {
        char *rest;

        ids[n++] = (smiUINT32)strtoul(text, &rest, 10);
        text = *rest == '.' ? rest + 1 : rest;
    }
    return n;
}

/* What a program registers; NULL is "any". */
struct wish {
    const char *src;
    const char *dst;
    const char *community;
    const char *pattern;
};

static void *pinned(void *handle, unsigned type)
{
    (void)wsn_handle_pin(handle, type);
    return handle;
}

static struct wsn_registration *registration_of(const struct wish *wish)
{
    struct wsn_parties parties = {
        pinned(entity_of(wish->src), WSN_ENTITY),
        pinned(entity_of(wish->dst), WSN_ENTITY),
        pinned(context_of(wish->community), WSN_CONTEXT)};
    smiUINT32 ids[MAXOBJIDSIZE];
    smiOID oid = {0, ids};
    struct wsn_registration *registration;

    if (wish->pattern != NULL)
        oid.len = (smiUINT32)parse(wish->pattern, ids);
    registration =
        wsn_registration_new(&parties, wish->pattern != NULL ? &oid : NULL);
    ck_assert_ptr_nonnull(registration);
    wsn_parties_unpin(&parties);
    return registration;
}

static struct wsn_registration *store(const struct wish *wish)
{
    struct wsn_registration *registration = registration_of(wish);

    wsn_registry_add(&registry, &subscriber, registration);
    return registration;
}

/* ---- matching ----------------------------------------------------------- */

/* A notification from sender. */
struct event {
    const char *sender;
    const char *community;
    const char *oid;
};

static const struct wsn_registration *match(const struct event *event)
{
    const struct wsn_registration *match = NULL;
    struct wsn_list subscribers;
    struct wsn_addr sender = addr_of(event->sender, 50000);
    smiUINT32 ids[MAXOBJIDSIZE];
    struct wsn_notification notification = {
        &sender, (const unsigned char *)event->community,
        strlen(event->community), ids, parse(event->oid, ids)};

    wsn_list_init(&subscribers);
    wsn_registry_match(&registry, &notification, &subscribers);
    if (wsn_registry_take_match(&subscribers, &match) != NULL)
        ck_assert_ptr_null(wsn_registry_take_match(&subscribers, &match));
    return match;
}

static const struct {
    struct wish wish;
    struct event event;
    bool matches;
} events[] = {
    {{NULL, NULL, NULL, NULL}, {"192.0.2.1", "c", "1.3.6.1"}, true},
    {{NULL, NULL, NULL, NULL}, {"2001:db8::1", "", ""}, true},
    /* the manager's side never filters */
    {{"192.0.2.9", NULL, NULL, NULL}, {"192.0.2.1", "c", "1.3.6.1"}, true},
    {{"0.0.0.0", NULL, NULL, NULL}, {"192.0.2.1", "c", "1.3.6.1"}, true},
    /* the agent's address does, in whatever clothes; its port does not */
    {{NULL, "192.0.2.1", NULL, NULL}, {"192.0.2.1", "c", "1.3"}, true},
    {{NULL, "192.0.2.1", NULL, NULL}, {"::ffff:192.0.2.1", "c", "1.3"}, true},
    {{NULL, "192.0.2.1", NULL, NULL}, {"192.0.2.2", "c", "1.3"}, false},
    {{NULL, "192.0.2.1", NULL, NULL}, {"2001:db8::1", "c", "1.3"}, false},
    {{NULL, "2001:db8::1", NULL, NULL}, {"2001:db8::1", "c", "1.3"}, true},
    /* that of a link is meant on every link, unless one is named */
    {{NULL, "fe80::1", NULL, NULL}, {"fe80::1%7", "c", "1.3"}, true},
    {{NULL, "fe80::1%7", NULL, NULL}, {"fe80::1%7", "c", "1.3"}, true},
    {{NULL, "fe80::1%8", NULL, NULL}, {"fe80::1%7", "c", "1.3"}, false},
    {{NULL, "fe80::2", NULL, NULL}, {"fe80::1%7", "c", "1.3"}, false},
    /* so does the community, octet by octet */
    {{NULL, NULL, "public", NULL}, {"192.0.2.1", "public", "1.3"}, true},
    {{NULL, NULL, "public", NULL}, {"192.0.2.1", "Public", "1.3"}, false},
    {{NULL, NULL, "public", NULL}, {"192.0.2.1", "publi", "1.3"}, false},
    {{NULL, NULL, "public", NULL}, {"192.0.2.1", "public2", "1.3"}, false},
    {{NULL, NULL, "public", NULL}, {"192.0.2.1", "", "1.3"}, false},
    /* and the OID as a prefix */
    {{NULL, NULL, NULL, "1.3.6"}, {"192.0.2.1", "c", "1.3.6"}, true},
    {{NULL, NULL, NULL, "1.3.6"}, {"192.0.2.1", "c", "1.3.6.1.4"}, true},
    {{NULL, NULL, NULL, "1.3.6"}, {"192.0.2.1", "c", "1.3.60"}, false},
    {{NULL, NULL, NULL, "1.3.6"}, {"192.0.2.1", "c", "1.3"}, false},
    {{NULL, NULL, NULL, "1.3.6"}, {"192.0.2.1", "c", ""}, false},
    {{NULL, NULL, NULL, "1"}, {"192.0.2.1", "c", "1.3.6"}, true},
    {{NULL, NULL, NULL, "1.3.4294967295"},
     {"192.0.2.1", "c", "1.3.4294967295.0"},
     true},
    /* all of them at once */
    {{"::", "192.0.2.1", "c", "1.3"}, {"192.0.2.1", "c", "1.3.6"}, true},
    {{"::", "192.0.2.1", "c", "1.3"}, {"192.0.2.2", "c", "1.3.6"}, false},
    {{"::", "192.0.2.1", "c", "1.3"}, {"192.0.2.1", "d", "1.3.6"}, false},
    {{"::", "192.0.2.1", "c", "1.3"}, {"192.0.2.1", "c", "1.4.6"}, false},
};

START_TEST(every_filter_must_agree)
{
    struct wsn_registration *stored = store(&events[_i].wish);

    ck_assert_ptr_eq(match(&events[_i].event),
                     events[_i].matches ? stored : NULL);
}
END_TEST

START_TEST(the_first_that_matches_is_told)
{
    struct wish wishes[] = {{NULL, "192.0.2.7", NULL, NULL},
                            {NULL, NULL, NULL, "1.3.6"},
                            {NULL, NULL, "c", NULL}};
    struct event event = {"192.0.2.1", "c", "1.3.6.1"};
    struct wsn_registration *second;

    ck_assert_ptr_null(match(&event));
    (void)store(&wishes[0]);
    second = store(&wishes[1]);
    (void)store(&wishes[2]);
    ck_assert_ptr_eq(match(&event), second);
}
END_TEST

/* Among many, those that suit are found; a removed one is not. */
START_TEST(each_of_many_patterns_is_found)
{
    struct wsn_registration *stored[300];
    char oid[64];

    for (int i = 0; i < (int)N(stored); i++) {
        struct wish wish = {NULL, i % 2 == 0 ? NULL : "192.0.2.1", NULL, oid};

        snprintf(oid, sizeof oid, "1.3.6.1.4.1.%d%s", i, i % 3 ? "" : ".7");
        stored[i] = store(&wish);
    }
    for (int i = 0; i < (int)N(stored); i++) {
        struct event event = {"192.0.2.1", "c", oid};

        snprintf(oid, sizeof oid, "1.3.6.1.4.1.%d.7.1", i);
        ck_assert_ptr_eq(match(&event), stored[i]);
        forget(stored[i]);
        ck_assert_ptr_null(match(&event));
    }
}
END_TEST

START_TEST(each_subscriber_is_told_once)
{
    struct wish wish = {NULL, NULL, NULL, "1.3"};
    struct wish narrower = {NULL, "192.0.2.1", NULL, "1.3.6"};
    struct event event = {"192.0.2.1", "c", "1.3.6.1"};
    struct wsn_registration *first = store(&narrower);

    (void)store(&wish);
    ck_assert_ptr_eq(match(&event), first);
}
END_TEST

/* ---- redundancy --------------------------------------------------------- */

static const struct {
    struct wish first;
    struct wish second;
    bool covers;
} redundancies[] = {
    /* anything after an unfiltered one */
    {{NULL, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL}, true},
    {{NULL, NULL, NULL, NULL}, {NULL, "192.0.2.1", "c", "1.3"}, true},
    {{"0.0.0.0", NULL, NULL, NULL}, {NULL, NULL, NULL, "1.3"}, true},
    /* an exact duplicate */
    {{NULL, "192.0.2.1", "c", "1.3"}, {NULL, "192.0.2.1", "c", "1.3"}, true},
    /* an OID that extends one; a shorter one does not */
    {{NULL, NULL, NULL, "1.3.6"}, {NULL, NULL, NULL, "1.3.6.1.4"}, true},
    {{NULL, NULL, NULL, "1.3.6"}, {NULL, NULL, NULL, "1.3"}, false},
    {{NULL, NULL, NULL, "1.3.6"}, {NULL, NULL, NULL, "1.3.7.1"}, false},
    {{NULL, NULL, NULL, "1.3.6"}, {NULL, NULL, NULL, NULL}, false},
    /* a filter does not cover what has none, or another one */
    {{NULL, "192.0.2.1", NULL, NULL}, {NULL, NULL, NULL, NULL}, false},
    {{NULL, "192.0.2.1", NULL, NULL}, {NULL, "192.0.2.2", NULL, NULL}, false},
    {{NULL, "192.0.2.1", NULL, NULL}, {NULL, "192.0.2.1", "c", "1"}, true},
    {{NULL, "fe80::1", NULL, NULL}, {NULL, "fe80::1%7", NULL, NULL}, true},
    {{NULL, "fe80::1%7", NULL, NULL}, {NULL, "fe80::1", NULL, NULL}, false},
    {{NULL, NULL, "c", NULL}, {NULL, NULL, NULL, NULL}, false},
    {{NULL, NULL, "c", NULL}, {NULL, NULL, "d", NULL}, false},
    {{NULL, NULL, "c", NULL}, {NULL, "192.0.2.1", "c", "1.3"}, true},
    {{NULL, NULL, "c", "1.3"}, {NULL, NULL, "c", NULL}, false},
    {{NULL, "192.0.2.1", NULL, "1.3"}, {NULL, NULL, "c", "1.3.6"}, false},
};

START_TEST(a_registration_is_redundant_if_another_lets_all_through)
{
    struct wsn_registration *second;

    (void)store(&redundancies[_i].first);
    second = registration_of(&redundancies[_i].second);
    ck_assert_int_eq(wsn_registry_covers(&subscriber, second),
                     redundancies[_i].covers);
    wsn_registration_free(second);
}
END_TEST

START_TEST(nothing_covers_the_first)
{
    struct wish wish = {NULL, "192.0.2.1", "c", "1.3"};
    struct wsn_registration *first = registration_of(&wish);

    ck_assert(!wsn_registry_covers(&subscriber, first));
    wsn_registration_free(first);
}
END_TEST

/* ---- undoing ------------------------------------------------------------ */

static const struct {
    struct wish stored;
    struct wish like;
    bool is_same;
} pairs[] = {
    {{NULL, NULL, NULL, NULL}, {NULL, NULL, NULL, NULL}, true},
    {{"::1", "192.0.2.1", "c", "1.3"}, {"::1", "192.0.2.1", "c", "1.3"}, true},
    /* NULL equals NULL only, on either side */
    {{NULL, NULL, NULL, NULL}, {"0.0.0.0", NULL, NULL, NULL}, false},
    {{"0.0.0.0", NULL, NULL, NULL}, {NULL, NULL, NULL, NULL}, false},
    {{NULL, "192.0.2.1", NULL, NULL}, {NULL, NULL, NULL, NULL}, false},
    {{NULL, NULL, NULL, NULL}, {NULL, "192.0.2.1", NULL, NULL}, false},
    {{NULL, NULL, "c", NULL}, {NULL, NULL, NULL, NULL}, false},
    {{NULL, NULL, NULL, NULL}, {NULL, NULL, "c", NULL}, false},
    {{NULL, NULL, NULL, "1.3"}, {NULL, NULL, NULL, NULL}, false},
    {{NULL, NULL, NULL, NULL}, {NULL, NULL, NULL, "1.3"}, false},
    /* other values */
    {{"192.0.2.1", NULL, NULL, NULL}, {"192.0.2.2", NULL, NULL, NULL}, false},
    {{NULL, "192.0.2.1", NULL, NULL}, {NULL, "192.0.2.2", NULL, NULL}, false},
    {{NULL, NULL, "c", NULL}, {NULL, NULL, "cc", NULL}, false},
    {{NULL, NULL, NULL, "1.3"}, {NULL, NULL, NULL, "1.3.6"}, false},
    {{NULL, NULL, NULL, "1.3.6"}, {NULL, NULL, NULL, "1.3"}, false},
    {{NULL, NULL, NULL, "1.3.6"}, {NULL, NULL, NULL, "1.3.7"}, false},
    /* the source and the destination are not the same thing */
    {{"::1", NULL, NULL, NULL}, {NULL, "::1", NULL, NULL}, false},
};

START_TEST(a_registration_is_found_by_equal_values)
{
    struct wsn_registration *stored = store(&pairs[_i].stored);
    struct wsn_registration *like = registration_of(&pairs[_i].like);

    ck_assert_ptr_eq(wsn_registry_find(&subscriber, like),
                     pairs[_i].is_same ? stored : NULL);
    wsn_registration_free(like);
}
END_TEST

START_TEST(a_registration_keeps_its_handles)
{
    struct wish wish = {"::1", "192.0.2.1", "c", "1.3"};
    struct wsn_registration *stored = store(&wish);
    struct wsn_parties parties = stored->parties;

    ck_assert(wsn_handle_release(parties.src, WSN_ENTITY));
    ck_assert(wsn_handle_release(parties.dst, WSN_ENTITY));
    ck_assert(wsn_handle_release(parties.context, WSN_CONTEXT));
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 2);
    ck_assert_uint_eq(wsn_handle_count(WSN_CONTEXT), 1);
    forget(stored);
    ck_assert_uint_eq(wsn_handle_count(WSN_ENTITY), 0);
    ck_assert_uint_eq(wsn_handle_count(WSN_CONTEXT), 0);
}
END_TEST

static bool refuse(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    return false;
}

START_TEST(without_memory_there_is_no_registration)
{
    static const struct wsn_alloc_hook hook = {refuse, NULL, NULL};
    struct wsn_parties parties = {NULL, NULL, NULL};

    wsn_alloc_set_hook(&hook);
    ck_assert_ptr_null(wsn_registration_new(&parties, NULL));
    wsn_alloc_set_hook(NULL);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("registry");

    tcase_add_checked_fixture(tcase, begin, end);
    tcase_add_loop_test(tcase, every_filter_must_agree, 0, N(events));
    tcase_add_test(tcase, the_first_that_matches_is_told);
    tcase_add_test(tcase, each_of_many_patterns_is_found);
    tcase_add_test(tcase, each_subscriber_is_told_once);
    tcase_add_loop_test(tcase,
                        a_registration_is_redundant_if_another_lets_all_through,
                        0, N(redundancies));
    tcase_add_test(tcase, nothing_covers_the_first);
    tcase_add_loop_test(tcase, a_registration_is_found_by_equal_values, 0,
                        N(pairs));
    tcase_add_test(tcase, a_registration_keeps_its_handles);
    tcase_add_test(tcase, without_memory_there_is_no_registration);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("core/registry", fill)
