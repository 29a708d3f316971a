/*
 * check_oid.c - object identifiers as numbers, text and BER.
 */
#include "codec/oid.h"

#include "support/bytes.h"
#include "support/suite.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* ---- Validity and order --------------------------------------------- */

static const struct valid_case {
    smiUINT32 ids[3];
    smiUINT32 len;
    bool is_valid;
} valid_cases[] = {
    {{0, 0}, 2, true},     {{0, 39}, 2, true},          {{0, 40}, 2, false},
    {{1, 3, 6}, 3, true},  {{1, 40, 6}, 3, false},      {{2, 40}, 2, true},
    {{3, 1}, 2, false},    {{2, 4294967295U}, 2, true}, {{1, 3, 6}, 1, false},
    {{1, 3, 6}, 0, false},
};

START_TEST(validity_follows_the_first_pair_and_the_length)
{
    struct valid_case c = valid_cases[_i];
    smiOID oid = {c.len, c.ids};

    ck_assert_int_eq(wsn_oid_is_valid(&oid), c.is_valid);
}
END_TEST

START_TEST(validity_needs_memory_and_at_most_128_sub_ids)
{
    smiUINT32 ids[MAXOBJIDSIZE + 1] = {1, 3};
    smiOID oid = {MAXOBJIDSIZE, ids};

    ck_assert(wsn_oid_is_valid(&oid));
    oid.len = MAXOBJIDSIZE + 1;
    ck_assert(!wsn_oid_is_valid(&oid));
    oid.len = 4294967295U;
    ck_assert(!wsn_oid_is_valid(&oid));
    oid.len = 2;
    oid.ptr = NULL;
    ck_assert(!wsn_oid_is_valid(&oid));
    ck_assert(!wsn_oid_is_valid(NULL));
}
END_TEST

static const struct compare_case {
    smiUINT32 x[4];
    size_t xlen;
    smiUINT32 y[4];
    size_t ylen;
    int result;
} compare_cases[] = {
    {{0}, 0, {0}, 0, 0},
    {{0}, 0, {1}, 1, -1},
    {{1, 3, 6}, 3, {1, 3, 6}, 3, 0},
    {{1, 3, 6}, 3, {1, 3, 6, 1}, 4, -1},
    {{1, 3, 7}, 3, {1, 3, 6, 1}, 4, 1},
    {{4294967295U}, 1, {1}, 1, 1},
    {{2147483648U}, 1, {2147483647U}, 1, 1},
    {{1, 256}, 2, {1, 3}, 2, 1},
};

START_TEST(order_is_lexicographic_and_unsigned)
{
    const struct compare_case *c = &compare_cases[_i];

    ck_assert_int_eq(wsn_oid_compare(c->x, c->xlen, c->y, c->ylen), c->result);
    ck_assert_int_eq(wsn_oid_compare(c->y, c->ylen, c->x, c->xlen), -c->result);
    ck_assert_int_eq(wsn_oid_is_equal(c->x, c->xlen, c->y, c->ylen),
                     c->result == 0);
}
END_TEST

START_TEST(nothing_is_compared_through_a_missing_array)
{
    static const smiUINT32 ids[] = {1, 3};

    ck_assert_int_eq(wsn_oid_compare(NULL, 0, NULL, 0), 0);
    ck_assert_int_eq(wsn_oid_compare(NULL, 0, ids, 2), -1);
    ck_assert(wsn_oid_has_prefix(ids, 2, NULL, 0));
}
END_TEST

START_TEST(a_prefix_is_shorter_or_equal)
{
    static const smiUINT32 ids[] = {1, 3, 6, 1};
    static const smiUINT32 other[] = {1, 3, 7};

    ck_assert(wsn_oid_has_prefix(ids, 4, ids, 4));
    ck_assert(wsn_oid_has_prefix(ids, 4, ids, 2));
    ck_assert(!wsn_oid_has_prefix(ids, 3, ids, 4));
    ck_assert(!wsn_oid_has_prefix(ids, 4, other, 3));
}
END_TEST

/* ---- Text ----------------------------------------------------------- */

/* canonical NULL: no object identifier. */
static const struct text_case {
    const char *text;
    const char *canonical;
} text_cases[] = {
    {"1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.3.0"},
    {".1.3.6.1", "1.3.6.1"},
    {"0.0", "0.0"},
    {"2.999.3", "2.999.3"},
    {"2.4294967295", "2.4294967295"},
    {"1.3.4294967295", "1.3.4294967295"},
    {"1.3.10.100.1000.10000.100000.1000000.10000000.100000000.1000000000",
     "1.3.10.100.1000.10000.100000.1000000.10000000.100000000.1000000000"},
    {"1.3.9.99.999.9999.99999.999999.9999999.99999999.999999999",
     "1.3.9.99.999.9999.99999.999999.9999999.99999999.999999999"},
    {"01.003.0000000000000000006", "1.3.6"},
    {"1.3.4294967296", NULL},
    {"1.3.42949672950", NULL},
    {"1.3.18446744073709551617", NULL},
    {"", NULL},
    {".", NULL},
    {"1", NULL},
    {".1", NULL},
    {"..1.3", NULL},
    {"1..3", NULL},
    {"1.3.", NULL},
    {"1.3 ", NULL},
    {" 1.3", NULL},
    {"1.3.-1", NULL},
    {"+1.3", NULL},
    {"1.3.0x10", NULL},
    {"1.3.a", NULL},
    {"1,3", NULL},
    {"1.40", NULL},
    {"0.40", NULL},
    {"3.1", NULL},
    {"1.3\n", NULL},
    {"127.0.0.1", NULL},
    {"sysDescr.0", NULL},
};

START_TEST(text_is_read_strictly_and_printed_canonically)
{
    const struct text_case *c = &text_cases[_i];
    struct bytes text = bytes_copy(c->text, strlen(c->text) + 1);
    smiUINT32 ids[MAXOBJIDSIZE];
    smiUINT32 len = 77;
    char printed[MAXOBJIDSTRSIZE];
    wsn_err err = wsn_oid_from_text((const char *)text.at, ids, &len);

    if (c->canonical == NULL) {
        ck_assert_msg(err == SNMPAPI_OID_INVALID, "%s", c->text);
        ck_assert_uint_eq(len, 77);
    } else {
        ck_assert_msg(err == WSN_OK, "%s", c->text);
        ck_assert_uint_eq(wsn_oid_to_text(ids, len, printed, sizeof printed),
                          strlen(c->canonical) + 1);
        ck_assert_str_eq(printed, c->canonical);
    }
    bytes_free(&text);
}
END_TEST

/* "1.3" and then n - 2 times ".1" */
static void fill_text(char *text, int n)
{
    strcpy(text, "1.3");
    for (int i = 2; i < n; i++)
        strcat(text, ".1");
}

START_TEST(text_has_at_most_128_sub_ids)
{
    char text[512];
    smiUINT32 ids[MAXOBJIDSIZE];
    smiUINT32 len = 0;

    fill_text(text, MAXOBJIDSIZE);
    ck_assert_uint_eq(wsn_oid_from_text(text, ids, &len), WSN_OK);
    ck_assert_uint_eq(len, MAXOBJIDSIZE);
    fill_text(text, MAXOBJIDSIZE + 1);
    ck_assert_uint_eq(wsn_oid_from_text(text, ids, &len), SNMPAPI_OID_INVALID);
}
END_TEST

START_TEST(the_longest_text_fits_the_documented_size)
{
    smiUINT32 ids[MAXOBJIDSIZE] = {2};
    smiUINT32 again[MAXOBJIDSIZE];
    smiUINT32 len = 0;
    char text[MAXOBJIDSTRSIZE];

    for (int i = 1; i < MAXOBJIDSIZE; i++)
        ids[i] = 4294967295U;
    ck_assert_uint_le(wsn_oid_to_text(ids, MAXOBJIDSIZE, text, sizeof text),
                      sizeof text);
    ck_assert_uint_eq(wsn_oid_from_text(text, again, &len), WSN_OK);
    ck_assert_int_eq(wsn_oid_compare(ids, MAXOBJIDSIZE, again, len), 0);
}
END_TEST

START_TEST(text_without_an_end_is_not_read_beyond_the_limit)
{
    /* A sanitizer guards the byte behind each block. */
    static const char *const patterns[] = {"1.3.0", "0000", "1", ".1"};

    for (size_t i = 0; i < 4; i++) {
        struct bytes text = {malloc(MAXOBJIDSTRSIZE), MAXOBJIDSTRSIZE};
        smiUINT32 ids[MAXOBJIDSIZE];
        smiUINT32 len;
        size_t n = strlen(patterns[i]);

        ck_assert_ptr_nonnull(text.at);
        memset(text.at, '0', text.len);
        memcpy(text.at, patterns[i], n);
        ck_assert_uint_eq(wsn_oid_from_text((const char *)text.at, ids, &len),
                          SNMPAPI_OID_INVALID);
        memcpy(text.at, "1.3.", 4);
        text.at[text.len - 1] = '.';
        ck_assert_uint_eq(wsn_oid_from_text((const char *)text.at, ids, &len),
                          SNMPAPI_OID_INVALID);
        text.at[text.len - 1] = '\0';
        ck_assert_uint_eq(wsn_oid_from_text((const char *)text.at, ids, &len),
                          WSN_OK);
        bytes_free(&text);
    }
}
END_TEST

START_TEST(printing_stays_in_a_buffer_of_any_size)
{
    static const smiUINT32 ids[] = {1, 3, 4294967295U, 6, 1234567, 0, 12};
    static const char whole[] = "1.3.4294967295.6.1234567.0.12";

    for (size_t size = 0; size <= sizeof whole + 12; size++) {
        char *text = malloc(size);
        size_t n = size < sizeof whole ? size : sizeof whole;

        ck_assert_uint_eq(wsn_oid_to_text(ids, 7, text, size), sizeof whole);
        if (n > 0) {
            ck_assert_mem_eq(text, whole, n - 1);
            ck_assert_int_eq(text[n - 1], '\0');
        }
        free(text);
    }
}
END_TEST

/* ---- BER ------------------------------------------------------------ */

/* text NULL: malformed. */
static const struct ber_case {
    const char *body;
    const char *text;
} ber_cases[] = {
    {"2b", "1.3"},
    {"00", "0.0"},
    {"27", "0.39"},
    {"28", "1.0"},
    {"4f", "1.39"},
    {"50", "2.0"},
    {"7f", "2.47"},
    {"81 00", "2.48"},
    {"81 34", "2.100"},
    {"88 37 03", "2.999.3"},
    {"8f ff ff ff 7f", "2.4294967215"},
    {"90 80 80 80 4f", "2.4294967295"},
    {"90 80 80 80 50", NULL},
    {"2b 8f ff ff ff 7f", "1.3.4294967295"},
    {"2b 90 80 80 80 00", NULL},
    {"2b 81 80 80 80 80 00", NULL},
    {"2b 06 01 04 01 82 37", "1.3.6.1.4.1.311"},
    {"00 8f ff ff ff 7f 00 8f ff ff ff 7f", "0.0.4294967295.0.4294967295"},
    {"2b 80 80 80 80 80 80 01", NULL}, /* too much padding */
    {"2b 80 80 80 80 80 80 80 80 80 80 00", NULL},
    {"2b 80 80 80 80 80", NULL},
    {"80", NULL},
    {"2b 80 90 80 80 80 00", NULL},
    {"2b 86", NULL},
    {"86", NULL},
    {"", NULL},
};

START_TEST(ber_is_read_and_written_the_same)
{
    const struct ber_case *c = &ber_cases[_i];
    struct bytes body = bytes_from_hex(c->body);
    smiUINT32 ids[MAXOBJIDSIZE];
    char text[MAXOBJIDSTRSIZE];
    unsigned char buffer[32];
    struct wsn_ber_writer writer;
    size_t n = wsn_oid_ber_count(body.at, body.len);

    if (c->text == NULL) {
        ck_assert_msg(n == 0, "%s", c->body);
    } else {
        ck_assert_uint_eq(wsn_oid_ber_read(body.at, body.len, ids), n);
        wsn_oid_to_text(ids, n, text, sizeof text);
        ck_assert_str_eq(text, c->text);
        wsn_ber_writer_init(&writer, buffer, sizeof buffer);
        wsn_oid_ber_write(&writer, ids, n);
        bytes_assert_hex(writer.next + 2, writer.next[1], c->body);
        ck_assert_uint_eq(writer.next[0], WSN_BER_OID);
    }
    bytes_free(&body);
}
END_TEST

/* What is read although it is longer than it must be. */
static const struct {
    const char *body;
    const char *text;
    const char *written;
} padded_cases[] = {
    {"2b 80 01", "1.3.1", "2b 01"},
    {"2b 80 00", "1.3.0", "2b 00"},
    {"80 2b", "1.3", "2b"},
    {"80 80 80 80 80 2b 06", "1.3.6", "2b 06"},
    {"2b 80 80 80 80 80 00 01", "1.3.0.1", "2b 00 01"},
    {"2b 80 80 80 80 80 8f ff ff ff 7f", "1.3.4294967295",
     "2b 8f ff ff ff 7f"},
    {"80 90 80 80 80 4f 80 01", "2.4294967295.1", "90 80 80 80 4f 01"},
    {"2b 06 01 80 04 01 82 37 01", "1.3.6.1.4.1.311.1",
     "2b 06 01 04 01 82 37 01"},
};

START_TEST(padding_is_read_and_not_written)
{
    struct bytes body = bytes_from_hex(padded_cases[_i].body);
    smiUINT32 ids[MAXOBJIDSIZE];
    char text[MAXOBJIDSTRSIZE];
    unsigned char buffer[32];
    struct wsn_ber_writer writer;
    size_t n = wsn_oid_ber_count(body.at, body.len);

    ck_assert_uint_gt(n, 0);
    ck_assert_uint_eq(wsn_oid_ber_read(body.at, body.len, ids), n);
    wsn_oid_to_text(ids, n, text, sizeof text);
    ck_assert_str_eq(text, padded_cases[_i].text);
    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    wsn_oid_ber_write(&writer, ids, n);
    bytes_assert_hex(writer.next + 2, writer.next[1], padded_cases[_i].written);
    bytes_free(&body);
}
END_TEST

START_TEST(an_empty_body_is_zero_dot_zero_as_a_value_only)
{
    smiUINT32 ids[2] = {7, 7};

    ck_assert_uint_eq(wsn_oid_ber_count(NULL, 0), 0);
    ck_assert_uint_eq(wsn_oid_ber_count_value(NULL, 0), 2);
    ck_assert_uint_eq(wsn_oid_ber_read(NULL, 0, ids), 2);
    ck_assert_uint_eq(ids[0], 0);
    ck_assert_uint_eq(ids[1], 0);
}
END_TEST

START_TEST(ber_has_at_most_128_sub_ids)
{
    unsigned char body[MAXOBJIDSIZE];

    memset(body, 1, sizeof body);
    ck_assert_uint_eq(wsn_oid_ber_count(body, MAXOBJIDSIZE - 1), MAXOBJIDSIZE);
    ck_assert_uint_eq(wsn_oid_ber_count(body, MAXOBJIDSIZE), 0);
}
END_TEST

START_TEST(every_width_of_sub_id_survives)
{
    for (unsigned bit = 0; bit < 32; bit++) {
        smiUINT32 ids[4] = {2, 1U << bit, (1U << bit) - 1, 1U << bit};
        smiUINT32 again[4];
        unsigned char buffer[32];
        struct wsn_ber_writer writer;

        wsn_ber_writer_init(&writer, buffer, sizeof buffer);
        wsn_oid_ber_write(&writer, ids, 4);
        ck_assert_uint_eq(wsn_oid_ber_count(writer.next + 2, writer.next[1]),
                          4);
        wsn_oid_ber_read(writer.next + 2, writer.next[1], again);
        ck_assert_int_eq(wsn_oid_compare(ids, 4, again, 4), 0);
    }
}
END_TEST

/* What wsn_oid_ber_count() must find, octet by octet; 0: malformed. */
static size_t plain_count(const unsigned char *body, size_t len)
{
    uint64_t limit = UINT64_C(0xffffffff) + 80;
    size_t count = 1;

    for (size_t at = 0; at < len; count++, limit = UINT32_MAX) {
        size_t padding = 0;
        uint64_t number = 0;
        size_t n = 0;

        for (; at < len && body[at] == 0x80; at++)
            padding++;
        for (; at < len && body[at] >= 0x80; at++, n++)
            number = number << 7 | (body[at] & 0x7f);
        if (at == len || padding > 5 || n > 4)
            return 0;
        number = number << 7 | body[at++];
        if (number > limit)
            return 0;
    }
    return count;
}

/* Counts, and reads what is good. */
static void count_and_read(const unsigned char *octets, size_t len)
{
    struct bytes body = bytes_copy(octets, len);
    size_t expected = plain_count(octets, len);
    smiUINT32 *ids;

    ck_assert_uint_eq(wsn_oid_ber_count(body.at, body.len), expected);
    if (expected > 0) {
        ids = malloc(expected * sizeof *ids);
        ck_assert_ptr_nonnull(ids);
        ck_assert_uint_eq(wsn_oid_ber_read(body.at, body.len, ids), expected);
        free(ids);
    }
    bytes_free(&body);
}

/* Bodies are looked at eight octets and four octets at a time: all of seven
 * octets of these kinds, alone and behind others. */
START_TEST(each_kind_of_octet_counts_at_each_place)
{
    static const unsigned char kinds[] = {0x01, 0x80, 0x8f, 0x90, 0xff};
    unsigned char octets[8 + 7];

    memset(octets, 1, sizeof octets);
    for (unsigned n = 0; n < 5 * 5 * 5 * 5 * 5 * 5 * 5; n++) {
        unsigned rest = n;

        for (size_t i = 8; i < sizeof octets; i++, rest /= 5)
            octets[i] = kinds[rest % 5];
        count_and_read(octets + 8, 7);
        count_and_read(octets + 8, 6);
        count_and_read(octets + 4, 11);
        count_and_read(octets, 15);
    }
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *order = tcase_create("order");
    TCase *text = tcase_create("text");
    TCase *ber = tcase_create("ber");

    tcase_add_loop_test(order, validity_follows_the_first_pair_and_the_length,
                        0, N_CASES(valid_cases));
    tcase_add_test(order, validity_needs_memory_and_at_most_128_sub_ids);
    tcase_add_loop_test(order, order_is_lexicographic_and_unsigned, 0,
                        N_CASES(compare_cases));
    tcase_add_test(order, nothing_is_compared_through_a_missing_array);
    tcase_add_test(order, a_prefix_is_shorter_or_equal);
    suite_add_tcase(suite, order);

    tcase_add_loop_test(text, text_is_read_strictly_and_printed_canonically, 0,
                        N_CASES(text_cases));
    tcase_add_test(text, text_has_at_most_128_sub_ids);
    tcase_add_test(text, the_longest_text_fits_the_documented_size);
    tcase_add_test(text, text_without_an_end_is_not_read_beyond_the_limit);
    tcase_add_test(text, printing_stays_in_a_buffer_of_any_size);
    suite_add_tcase(suite, text);

    tcase_add_loop_test(ber, ber_is_read_and_written_the_same, 0,
                        N_CASES(ber_cases));
    tcase_add_loop_test(ber, padding_is_read_and_not_written, 0,
                        N_CASES(padded_cases));
    tcase_add_test(ber, an_empty_body_is_zero_dot_zero_as_a_value_only);
    tcase_add_test(ber, ber_has_at_most_128_sub_ids);
    tcase_add_test(ber, every_width_of_sub_id_survives);
    tcase_add_test(ber, each_kind_of_octet_counts_at_each_place);
    suite_add_tcase(suite, ber);
}

SUITE_MAIN("codec/oid", suite_fill)
