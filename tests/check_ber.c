/*
 * check_ber.c - elements are read as RFC 3417 section 8 allows and written
 * in their shortest form.
 */
#include "codec/ber.h"

#include "support/bytes.h"
#include "support/suite.h"

/* What a body means as each of the three kinds of number. */
static const struct number_case {
    const char *hex;
    bool is_int32;
    int32_t int32;
    bool is_uint32;
    uint32_t uint32;
    bool is_uint64;
    uint64_t uint64;
} number_cases[] = {
    {"", false, 0, false, 0, false, 0},
    {"00", true, 0, true, 0, true, 0},
    {"7f", true, 127, true, 127, true, 127},
    {"80", true, -128, true, 128, true, 128},
    {"ff", true, -1, true, 255, true, 255},
    {"ff 7f", true, -129, true, 0xff7f, true, 0xff7f},
    {"00 80", true, 128, true, 128, true, 128},
    {"7f ff ff ff", true, INT32_MAX, true, 0x7fffffff, true, 0x7fffffff},
    {"80 00 00 00", true, INT32_MIN, true, 0x80000000, true, 0x80000000},
    {"ff ff ff ff", true, -1, true, UINT32_MAX, true, UINT32_MAX},
    {"00 00 00 01", true, 1, true, 1, true, 1},
    {"00 80 00 00 00", false, 0, true, 0x80000000, true, 0x80000000},
    {"00 ff ff ff ff", false, 0, true, UINT32_MAX, true, UINT32_MAX},
    {"ff 7f ff ff ff", false, 0, false, 0, true, 0xff7fffffff},
    {"ff 80 00 00 00", true, INT32_MIN, false, 0, true, 0xff80000000},
    {"01 00 00 00 01", false, 0, false, 0, true, 0x100000001},
    {"00 00 00 00 05", true, 5, true, 5, true, 5},
    {"00 00 00 00 00 05", true, 5, false, 0, true, 5},
    {"00 00 00 00 00 00 00 05", true, 5, false, 0, true, 5},
    {"ff ff ff ff ff ff ff fe", true, -2, false, 0, true, UINT64_MAX - 1},
    {"80 00 00 00 00 00 00 01", false, 0, false, 0, true, 0x8000000000000001},
    {"00 00 00 01 00 00 00 01", false, 0, false, 0, true, 0x100000001},
    {"00 00 00 00 00 00 00 00 05", false, 0, false, 0, true, 5},
    {"00 ff ff ff ff ff ff ff ff", false, 0, false, 0, true, UINT64_MAX},
    {"01 00 00 00 00 00 00 00 00", false, 0, false, 0, false, 0},
    {"00 00 00 00 00 00 00 00 00 05", false, 0, false, 0, false, 0},
};

START_TEST(numbers_are_read_or_refused_but_never_wrapped)
{
    const struct number_case *c = &number_cases[_i];
    struct bytes body = bytes_from_hex(c->hex);
    struct wsn_ber element = {body.at, body.len, 0x02};
    int32_t int32 = 77;

    ck_assert_msg(wsn_ber_int32(&element, &int32) == c->is_int32, "%s", c->hex);
    ck_assert_int_eq(int32, c->is_int32 ? c->int32 : 77);
    ck_assert_msg(wsn_ber_is_unsigned(&element, 4) == c->is_uint32, "%s",
                  c->hex);
    if (c->is_uint32)
        ck_assert_uint_eq(wsn_ber_unsigned(&element), c->uint32);
    ck_assert_msg(wsn_ber_is_unsigned(&element, 8) == c->is_uint64, "%s",
                  c->hex);
    if (c->is_uint64)
        ck_assert_uint_eq(wsn_ber_unsigned(&element), c->uint64);
    bytes_free(&body);
}
END_TEST

/* body < 0: not an element. */
static const struct element_case {
    const char *hex;
    unsigned tag;
    int body;
    size_t len;
} element_cases[] = {
    {"", 0, -1, 0},
    {"05", 0, -1, 0},
    {"05 00", 0x05, 2, 0},
    {"04 02 61 62", 0x04, 2, 2},
    {"04 02 61 62 63", 0x04, 2, 2},
    {"04 03 61 62", 0, -1, 0},
    {"04 7f 00", 0, -1, 0},
    {"04 80 61 00 00", 0, -1, 0},
    {"04 ff 61 00 00", 0, -1, 0},
    {"04 81", 0, -1, 0},
    {"04 81 00", 0x04, 3, 0},
    {"04 81 01 61", 0x04, 3, 1},
    {"04 82 00 01 61", 0x04, 4, 1},
    {"04 82 00", 0, -1, 0},
    {"04 84 00 00 00 01 61", 0x04, 6, 1},
    {"04 88 00 00 00 00 00 00 00 01 61", 0x04, 10, 1},
    {"04 89 00 00 00 00 00 00 00 00 01 61", 0, -1, 0},
    {"04 84 ff ff ff ff 61", 0, -1, 0},
    {"04 84 80 00 00 00 61", 0, -1, 0},
    {"04 88 ff ff ff ff ff ff ff ff 61", 0, -1, 0},
    {"04 88 7f ff ff ff ff ff ff ee 61", 0, -1, 0},
    {"04 88 00 00 00 01 00 00 00 01 61", 0, -1, 0},
};

START_TEST(elements_are_split_only_when_they_are_whole)
{
    const struct element_case *c = &element_cases[_i];
    struct bytes bytes = bytes_from_hex(c->hex);
    struct wsn_ber_reader reader = {bytes.at, bytes.at + bytes.len};
    struct wsn_ber element;

    ck_assert_msg(wsn_ber_next(&reader, &element) == (c->body >= 0), "%s",
                  c->hex);
    if (c->body >= 0) {
        ck_assert_uint_eq(element.tag, c->tag);
        ck_assert_int_eq((int)(element.body - bytes.at), c->body);
        ck_assert_uint_eq(element.len, c->len);
        ck_assert_ptr_eq(reader.next, element.body + element.len);
        reader.next = bytes.at;
        wsn_ber_enter_checked(&reader);
        ck_assert_ptr_eq(reader.next, element.body);
    } else {
        ck_assert_ptr_eq(reader.next, bytes.at);
    }
    bytes_free(&bytes);
}
END_TEST

START_TEST(readers_take_elements_in_turn)
{
    struct bytes bytes = bytes_from_hex("30 05 02 01 07 05 00 04 00");
    struct wsn_ber_reader outer = {bytes.at, bytes.at + bytes.len};
    struct wsn_ber_reader inner;
    struct wsn_ber element;

    ck_assert(wsn_ber_expect(&outer, WSN_BER_SEQUENCE, &element));
    inner = wsn_ber_enter(&element);
    ck_assert(wsn_ber_expect(&inner, WSN_BER_INTEGER, &element));
    ck_assert(!wsn_ber_expect(&inner, WSN_BER_OCTETS, &element));
    ck_assert(wsn_ber_is_at_end(&inner));
    ck_assert(!wsn_ber_next(&inner, &element));
    ck_assert(wsn_ber_expect(&outer, WSN_BER_OCTETS, &element));
    ck_assert(wsn_ber_is_at_end(&outer));
    bytes_free(&bytes);
}
END_TEST

static const struct int32_case {
    int32_t number;
    const char *hex;
} int32_cases[] = {
    {0, "02 01 00"},
    {127, "02 01 7f"},
    {128, "02 02 00 80"},
    {-1, "02 01 ff"},
    {-128, "02 01 80"},
    {-129, "02 02 ff 7f"},
    {32767, "02 02 7f ff"},
    {32768, "02 03 00 80 00"},
    {INT32_MAX, "02 04 7f ff ff ff"},
    {INT32_MIN, "02 04 80 00 00 00"},
    {-32769, "02 03 ff 7f ff"},
};

START_TEST(integers_are_written_shortest)
{
    const struct int32_case *c = &int32_cases[_i];
    unsigned char buffer[16];
    struct wsn_ber_writer writer;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    wsn_ber_write_int32(&writer, 0x02, c->number);
    bytes_assert_hex(writer.next,
                     (size_t)(buffer + sizeof buffer - writer.next), c->hex);
}
END_TEST

static const struct uint64_case {
    unsigned tag;
    uint64_t number;
    const char *hex;
} uint64_cases[] = {
    {0x41, 0, "41 01 00"},
    {0x41, 127, "41 01 7f"},
    {0x42, 128, "42 02 00 80"},
    {0x43, 0x80000000, "43 05 00 80 00 00 00"},
    {0x41, UINT32_MAX, "41 05 00 ff ff ff ff"},
    {0x46, 0x7fffffffffffffff, "46 08 7f ff ff ff ff ff ff ff"},
    {0x46, UINT64_MAX, "46 09 00 ff ff ff ff ff ff ff ff"},
};

START_TEST(unsigned_numbers_are_written_shortest)
{
    const struct uint64_case *c = &uint64_cases[_i];
    unsigned char buffer[16];
    struct wsn_ber_writer writer;

    wsn_ber_writer_init(&writer, buffer, sizeof buffer);
    wsn_ber_write_uint64(&writer, c->tag, c->number);
    bytes_assert_hex(writer.next,
                     (size_t)(buffer + sizeof buffer - writer.next), c->hex);
}
END_TEST

static const struct length_case {
    size_t len;
    const char *head;
} length_cases[] = {
    {0, "30 00"},
    {127, "30 7f"},
    {128, "30 81 80"},
    {255, "30 81 ff"},
    {256, "30 82 01 00"},
    {65535, "30 82 ff ff"},
    {65536, "30 83 01 00 00"},
};

START_TEST(lengths_are_written_shortest_and_read_back)
{
    const struct length_case *c = &length_cases[_i];
    size_t size = c->len + 16;
    unsigned char *buffer = malloc(size);
    struct wsn_ber_writer writer;
    struct wsn_ber_reader reader;
    struct wsn_ber element;
    unsigned char *body;

    ck_assert_ptr_nonnull(buffer);
    wsn_ber_writer_init(&writer, buffer, size);
    body = wsn_ber_reserve(&writer, c->len);
    ck_assert_ptr_nonnull(body);
    wsn_ber_wrap(&writer, 0x30, buffer + size);
    bytes_assert_hex(writer.next, (size_t)(body - writer.next), c->head);
    reader.next = writer.next;
    reader.end = buffer + size;
    ck_assert(wsn_ber_next(&reader, &element));
    ck_assert_uint_eq(element.len, c->len);
    free(buffer);
}
END_TEST

START_TEST(a_full_writer_stays_full_and_in_its_buffer)
{
    for (size_t size = 0; size < 12; size++) {
        unsigned char *buffer = malloc(size);
        struct wsn_ber_writer writer;

        wsn_ber_writer_init(&writer, buffer, size);
        wsn_ber_write_octets(&writer, 0x04, "octets", 6);
        wsn_ber_write_int32(&writer, 0x02, 1000);
        ck_assert(writer.is_full);
        /* Nothing may follow a gap, however small it is. */
        ck_assert_ptr_null(wsn_ber_reserve(&writer, 1));
        free(buffer);
    }
}
END_TEST

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

static void suite_fill(Suite *suite)
{
    TCase *reading = tcase_create("reading");
    TCase *writing = tcase_create("writing");

    tcase_add_loop_test(reading, numbers_are_read_or_refused_but_never_wrapped,
                        0, N_CASES(number_cases));
    tcase_add_loop_test(reading, elements_are_split_only_when_they_are_whole, 0,
                        N_CASES(element_cases));
    tcase_add_test(reading, readers_take_elements_in_turn);
    suite_add_tcase(suite, reading);

    tcase_add_loop_test(writing, integers_are_written_shortest, 0,
                        N_CASES(int32_cases));
    tcase_add_loop_test(writing, unsigned_numbers_are_written_shortest, 0,
                        N_CASES(uint64_cases));
    tcase_add_loop_test(writing, lengths_are_written_shortest_and_read_back, 0,
                        N_CASES(length_cases));
    tcase_add_test(writing, a_full_writer_stays_full_and_in_its_buffer);
    suite_add_tcase(suite, writing);
}

SUITE_MAIN("codec/ber", suite_fill)
