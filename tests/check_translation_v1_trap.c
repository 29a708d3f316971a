/*
 * check_translation_v1_trap.c - what the traps of version 1 are for a
 * program: SNMPv2 traps (RFC 1908 section 3.1.2, or RFC 3584 section 3.1 on
 * request).
 */
#include "support/translate.h"

static smiUINT32 own_ids[] = {1, 3, 6, 1, 4, 1, 8072, 3};

static void make_trap(struct wire *wire, const struct v1_trap *trap)
{
    end_trap(wire, begin_trap(wire, trap));
    wire_finish(wire, 0);
}

static void assert_trap_seen(const struct decoded *seen,
                             const char *const *entries)
{
    ck_assert_int_eq(seen->type, SNMP_PDU_TRAP);
    ck_assert_int_ne(seen->id, 0);
    ck_assert_int_eq(seen->error_status, 0);
    ck_assert_int_eq(seen->error_index, 0);
    assert_list(seen->vbl, entries);
}

START_TEST(generic_traps_have_standard_names)
{
    struct v1_trap trap = {own_ids, N(own_ids), {192, 0, 2, 1},
                           _i,      17,         4294967295u};
    char kind[64];
    const char *entries[] = {SYS_UP_TIME " 43 4294967295", kind,
                             TRAP_ENTERPRISE " 06 1.3.6.1.4.1.8072.3", NULL};
    struct decoded seen;
    struct wire wire;

    snprintf(kind, sizeof kind, TRAP_OID " 06 1.3.6.1.6.3.1.1.5.%d", _i + 1);
    make_trap(&wire, &trap);
    seen = decode(&wire);
    assert_trap_seen(&seen, entries);
}
END_TEST

static const struct {
    smiINT32 specific;
    const char *last;
} in_specifics[] = {{0, "0"}, {17, "17"}, {2147483647, "2147483647"}};

START_TEST(specific_traps_are_named_after_their_enterprise)
{
    struct v1_trap trap = {
        own_ids, N(own_ids), {192, 0, 2, 1}, 6, in_specifics[_i].specific, 100};
    char kind[64];
    const char *entries[] = {SYS_UP_TIME " 43 100",
                             kind,
                             "1.3.6.1.4.1.8072.3.1.0 04 68:69",
                             TRAP_ENTERPRISE " 06 1.3.6.1.4.1.9",
                             TRAP_ENTERPRISE " 06 1.3.6.1.4.1.8072.3",
                             NULL};
    struct decoded seen;
    struct wire wire;
    size_t list = begin_trap(&wire, &trap);

    snprintf(kind, sizeof kind, TRAP_OID " 06 1.3.6.1.4.1.8072.3.0.%s",
             in_specifics[_i].last);
    put_variable(&wire, "1.3.6.1.4.1.8072.3.1.0", 0x04, "hi", 2);
    /* One of its own does not spare ours: that one is always last. */
    put_variable(&wire, TRAP_ENTERPRISE, 0x06, "\x2b\x06\x01\x04\x01\x09", 6);
    end_trap(&wire, list);
    wire_finish(&wire, 0);
    seen = decode(&wire);
    assert_trap_seen(&seen, entries);
}
END_TEST

static const smiINT32 no_generics[] = {-1,  7,          8,
                                       255, 2147483647, -2147483647 - 1};

START_TEST(other_generics_are_malformed)
{
    struct v1_trap trap = {own_ids,         N(own_ids), {192, 0, 2, 1},
                           no_generics[_i], 0,          100};
    struct wire wire;

    make_trap(&wire, &trap);
    assert_malformed(&wire);
}
END_TEST

/* "ids" as text behind before, and after behind it. */
static void print_ids(char *text, const char *before, const smiUINT32 *ids,
                      size_t n, const char *after)
{
    size_t len = (size_t)sprintf(text, "%s", before);

    for (size_t i = 0; i < n; i++)
        len += (size_t)sprintf(text + len, "%s%u", i > 0 ? "." : "",
                               (unsigned)ids[i]);
    sprintf(text + len, "%s", after);
}

/*
 * Enterprises of each length.  None at all, and so 0.0, is what some agents
 * send; one sub-identifier cannot be encoded.
 */
START_TEST(enterprises_of_any_length_are_seen)
{
    static const smiUINT32 none[2] = {0, 0};
    const smiUINT32 *ids = _i == 0 ? none : many_ids();
    size_t len = _i == 0 ? 2 : (size_t)_i;
    struct v1_trap trap = {ids, (size_t)_i, {192, 0, 2, 1}, 6, 5, 1};
    static char kind[2 * MAXOBJIDSTRSIZE];
    static char enterprise[2 * MAXOBJIDSTRSIZE];
    const char *entries[] = {SYS_UP_TIME " 43 1", kind, enterprise, NULL};
    struct decoded seen;
    struct wire wire;

    if (_i == 1)
        return;
    make_trap(&wire, &trap);
    if (len + 2 > MAXOBJIDSIZE) {
        assert_malformed(&wire);
        return;
    }
    print_ids(kind, TRAP_OID " 06 ", ids, len, ".0.5");
    print_ids(enterprise, TRAP_ENTERPRISE " 06 ", ids, len, "");
    seen = decode(&wire);
    assert_trap_seen(&seen, entries);
}
END_TEST

START_TEST(enterprises_of_generic_traps_may_be_longer)
{
    smiUINT32 *ids = many_ids();
    struct v1_trap trap = {ids, (size_t)_i, {192, 0, 2, 1}, 0, 0, 1};
    static char enterprise[2 * MAXOBJIDSTRSIZE];
    const char *entries[] = {SYS_UP_TIME " 43 1", TRAP_OID " 06 " COLD_START,
                             enterprise, NULL};
    struct decoded seen;
    struct wire wire;

    make_trap(&wire, &trap);
    print_ids(enterprise, TRAP_ENTERPRISE " 06 ", ids, (size_t)_i, "");
    seen = decode(&wire);
    assert_trap_seen(&seen, entries);
}
END_TEST

/* ---- the profile of RFC 3584
 * ---------------------------------------------------------- */

static void start_3584(void)
{
    setenv("WINSNMP_TRAP_PROFILE", "3584", 1);
    start();
}

static void stop_3584(void)
{
    stop();
    unsetenv("WINSNMP_TRAP_PROFILE");
}

START_TEST(address_and_community_are_added)
{
    static const char *const entries[] = {
        SYS_UP_TIME " 43 100",
        TRAP_OID " 06 1.3.6.1.4.1.8072.3.0.17",
        "1.3.6.1.4.1.8072.3.1.0 04 68:69",
        TRAP_ADDRESS " 40 c0:00:02:01",
        TRAP_COMMUNITY " 04 70:75:62:6c:69:63",
        TRAP_ENTERPRISE " 06 1.3.6.1.4.1.8072.3",
        NULL};
    struct v1_trap trap = {own_ids, N(own_ids), {192, 0, 2, 1}, 6, 17, 100};
    struct decoded seen;
    struct wire wire;
    size_t list = begin_trap(&wire, &trap);

    put_variable(&wire, "1.3.6.1.4.1.8072.3.1.0", 0x04, "hi", 2);
    end_trap(&wire, list);
    wire_finish(&wire, 0);
    seen = decode(&wire);
    assert_trap_seen(&seen, entries);
}
END_TEST

START_TEST(unless_they_are_there)
{
    static const char *const entries[] = {SYS_UP_TIME " 43 100",
                                          TRAP_OID " 06 " COLD_START,
                                          TRAP_COMMUNITY " 04 78",
                                          TRAP_ADDRESS " 40 0a:0b:0c:0d",
                                          TRAP_ENTERPRISE
                                          " 06 1.3.6.1.4.1.8072.3",
                                          NULL};
    struct v1_trap trap = {own_ids, N(own_ids), {192, 0, 2, 1}, 0, 0, 100};
    struct decoded seen;
    struct wire wire;
    size_t list = begin_trap(&wire, &trap);

    put_variable(&wire, TRAP_COMMUNITY, 0x04, "x", 1);
    put_variable(&wire, TRAP_ADDRESS, 0x40, "\x0a\x0b\x0c\x0d", 4);
    end_trap(&wire, list);
    wire_finish(&wire, 0);
    seen = decode(&wire);
    assert_trap_seen(&seen, entries);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = started_case(suite, "as documented");

    tcase_add_loop_test(tcase, generic_traps_have_standard_names, 0, 6);
    tcase_add_loop_test(tcase, specific_traps_are_named_after_their_enterprise,
                        0, N(in_specifics));
    tcase_add_loop_test(tcase, other_generics_are_malformed, 0, N(no_generics));
    tcase_add_loop_test(tcase, enterprises_of_any_length_are_seen, 0, 129);
    tcase_add_loop_test(tcase, enterprises_of_generic_traps_may_be_longer, 2,
                        129);
    tcase = tcase_create("profile 3584");
    tcase_add_checked_fixture(tcase, start_3584, stop_3584);
    tcase_add_test(tcase, address_and_community_are_added);
    tcase_add_test(tcase, unless_they_are_there);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("translation of traps from version 1", fill)
