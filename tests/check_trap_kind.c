/*
 * check_trap_kind.c - which trap a message is about, found without decoding
 * all of it.
 */
#include "codec/coexist.h"
#include "codec/oid.h"
#include "support/bytes.h"
#include "support/golden.h"
#include "support/suite.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* Scans hex, which is good, and keeps the bytes until bytes_free(). */
static struct bytes scan_hex(const char *hex, struct wsn_head *ret_head)
{
    struct bytes bytes = bytes_from_hex(hex);

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, ret_head),
                     WSN_SCAN_OK);
    return bytes;
}

/* text NULL: no notification, or one that does not say. */
static const struct kind_case {
    const char *hex;
    const char *text;
} kind_cases[] = {
    {GOLDEN_V1_TRAP_COLD_START, "1.3.6.1.6.3.1.1.5.1"},
    {GOLDEN_V1_TRAP_SPECIFIC, "1.3.6.1.4.1.8072.3.0.17"},
    {GOLDEN_V2C_TRAP, "1.3.6.1.6.3.1.1.5.1"},
    {GOLDEN_V2C_INFORM, NULL}, /* one variable */
    {GOLDEN_V2C_RESPONSE, NULL},
    {GOLDEN_V1_GET, NULL},
    /* A trap of no variables; one whose second variable is no OID. */
    {"30 13 02 01 01 04 01 78 a7 0b 02 01 01 02 01 00 02 01 00 30 00", NULL},
    {"30 21 02 01 01 04 01 78 a7 19 02 01 01 02 01 00 02 01 00 30 0e 30 05 "
     "06 01 2b 05 00 30 05 06 01 2b 05 00",
     NULL},
    /* An inform whose second variable is 0.0 in no octets. */
    {"30 21 02 01 01 04 01 78 a6 19 02 01 01 02 01 00 02 01 00 30 0e 30 05 "
     "06 01 2b 05 00 30 05 06 01 2b 06 00",
     "0.0"},
};

START_TEST(notifications_say_what_they_are)
{
    const struct kind_case *c = &kind_cases[_i];
    struct wsn_head head;
    struct bytes bytes = scan_hex(c->hex, &head);
    smiUINT32 ids[MAXOBJIDSIZE];
    char text[MAXOBJIDSTRSIZE];
    size_t len = 77;

    ck_assert_int_eq(wsn_coexist_trap_oid(&head, ids, &len), c->text != NULL);
    if (c->text != NULL) {
        wsn_oid_to_text(ids, len, text, sizeof text);
        ck_assert_str_eq(text, c->text);
    } else {
        ck_assert_uint_eq(len, 77);
    }
    bytes_free(&bytes);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *kinds = tcase_create("kinds");

    tcase_add_loop_test(kinds, notifications_say_what_they_are, 0,
                        N_CASES(kind_cases));
    suite_add_tcase(suite, kinds);
}

SUITE_MAIN("codec/trap kind", suite_fill)
