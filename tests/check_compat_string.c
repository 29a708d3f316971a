/*
 * check_compat_string.c - text, numbers and formats of Microsoft's C library.
 */
#include <strsafe.h>
#include <windows.h>

#include <limits.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

/* ---- Comparing ------------------------------------------------------- */

static const struct {
    const char *a;
    const char *b;
    size_t count;
    int sign;
} pairs[] = {
    {"", "", 9, 0},           {"Get", "gET", 9, 0},      {"a", "B", 9, -1},
    {"B", "a", 9, 1},         {"ab", "a", 9, 1},         {"a", "ab", 9, -1},
    {"walk1", "WALK2", 4, 0}, {"walk1", "WALK2", 5, -1}, {"x", "y", 0, 0},
    {"\xC4", "\xE4", 9, -1},  {"[", "a", 9, -1},         {"Z", "[", 9, 1},
};

START_TEST(case_does_not_matter)
{
    const char *a = pairs[_i].a;
    const char *b = pairs[_i].b;

    ck_assert_int_eq(sign(_strnicmp(a, b, pairs[_i].count)), pairs[_i].sign);
    ck_assert_int_eq(sign(strnicmp(a, b, pairs[_i].count)), pairs[_i].sign);
    if (pairs[_i].count < 9)
        return;
    ck_assert_int_eq(sign(_stricmp(a, b)), pairs[_i].sign);
    ck_assert_int_eq(sign(stricmp(a, b)), pairs[_i].sign);
    ck_assert_int_eq(sign(strcmpi(a, b)), pairs[_i].sign);
    ck_assert_int_eq(sign(lstrcmpi(a, b)), pairs[_i].sign);
}
END_TEST

START_TEST(memory_is_compared_beyond_nul)
{
    ck_assert_int_eq(_memicmp("a\0B", "A\0b", 3), 0);
    ck_assert_int_lt(_memicmp("a\0B", "A\0c", 3), 0);
}
END_TEST

START_TEST(null_is_less_than_text)
{
    ck_assert_int_eq(lstrcmpA(NULL, ""), -1);
    ck_assert_int_eq(lstrcmpiA("", NULL), 1);
    ck_assert_int_eq(lstrcmp(NULL, NULL), 0);
    ck_assert_int_eq(lstrlenA(NULL), 0);
    ck_assert_int_eq(lstrlen("four"), 4);
}
END_TEST

/* ---- Copying --------------------------------------------------------- */

START_TEST(text_is_changed_in_place)
{
    char text[] = "Sys-Descr.0";
    char *copy = _strdup(text);

    ck_assert_str_eq(copy, "Sys-Descr.0");
    free(copy);
    ck_assert_ptr_eq(_strupr(text), text);
    ck_assert_str_eq(text, "SYS-DESCR.0");
    ck_assert_str_eq(_strlwr(text), "sys-descr.0");
}
END_TEST

static const struct {
    const char *begin; /* what is there already; NULL: copy */
    const char *source;
    size_t room;
    size_t count;
    errno_t code;
    const char *text;
} copies[] = {
    {NULL, "abc", 4, 99, 0, "abc"},
    {NULL, "abc", 3, 99, ERANGE, ""},
    {NULL, "abc", 3, 2, 0, "ab"},
    {NULL, "abc", 3, 3, ERANGE, ""},
    {NULL, "abc", 3, _TRUNCATE, STRUNCATE, "ab"},
    {NULL, "abc", 4, _TRUNCATE, 0, "abc"},
    {NULL, "", 1, 99, 0, ""},
    {NULL, NULL, 4, 99, EINVAL, ""},
    {"x", "abc", 5, 99, 0, "xabc"},
    {"x", "abc", 4, 99, ERANGE, ""},
    {"x", "abc", 4, 2, 0, "xab"},
    {"x", "abc", 4, _TRUNCATE, STRUNCATE, "xab"},
    {"xyz", "", 4, 99, 0, "xyz"},
};

START_TEST(safe_copies)
{
    char *text = malloc(copies[_i].room); /* no byte too much */
    errno_t code;

    if (copies[_i].begin == NULL) {
        code = strncpy_s(text, copies[_i].room, copies[_i].source,
                         copies[_i].count);
    } else {
        strcpy(text, copies[_i].begin);
        code = strncat_s(text, copies[_i].room, copies[_i].source,
                         copies[_i].count);
    }
    ck_assert_int_eq(code, copies[_i].code);
    ck_assert_str_eq(text, copies[_i].text);
    free(text);
}
END_TEST

START_TEST(safe_copies_of_whole_texts)
{
    char text[6];

    ck_assert_int_eq(strcpy_s(text, sizeof text, "abc"), 0);
    ck_assert_int_eq(strcat_s(text, sizeof text, "de"), 0);
    ck_assert_str_eq(text, "abcde");
    ck_assert_int_eq(strcat_s(text, sizeof text, "f"), ERANGE);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(strcpy_s(NULL, 6, "abc"), EINVAL);
    ck_assert_int_eq(strcpy_s(text, 0, "abc"), EINVAL);
    memset(text, 'x', sizeof text);
    ck_assert_int_eq(strcat_s(text, sizeof text, "a"), EINVAL);
}
END_TEST

START_TEST(source_need_not_end_within_count)
{
    char *source = malloc(3);
    char text[8];

    memcpy(source, "abc", 3);
    ck_assert_int_eq(strncpy_s(text, sizeof text, source, 3), 0);
    ck_assert_str_eq(text, "abc");
    free(source);
}
END_TEST

START_TEST(memory_is_bounded)
{
    char bytes[4] = {1, 2, 3, 4};

    ck_assert_int_eq(memcpy_s(bytes, 4, "xy", 2), 0);
    ck_assert_mem_eq(bytes, "xy\3\4", 4);
    ck_assert_int_eq(memmove_s(bytes, 4, bytes + 1, 3), 0);
    ck_assert_mem_eq(bytes, "y\3\4\4", 4);
    ck_assert_int_eq(memcpy_s(bytes, 4, "12345", 5), ERANGE);
    ck_assert_mem_eq(bytes, "\0\0\0\0", 4);
    ck_assert_int_eq(memcpy_s(NULL, 4, "1", 1), EINVAL);
    ck_assert_int_eq(memcpy_s(NULL, 0, NULL, 0), 0);
}
END_TEST

START_TEST(win32_copies)
{
    char text[16];

    ck_assert_ptr_eq(lstrcpy(text, "one"), text);
    ck_assert_str_eq(lstrcat(text, "two"), "onetwo");
    ck_assert_str_eq(lstrcpyn(text, "abcdef", 4), "abc");
    ck_assert_ptr_null(lstrcpy(text, NULL));
    ck_assert_ptr_null(lstrcat(NULL, "x"));
    ck_assert_ptr_null(lstrcpyn(text, "x", 0));
    ck_assert_str_eq(text, "abc");
}
END_TEST

START_TEST(words_are_cut_off)
{
    char text[] = "a,,b;c";
    char *rest = NULL;

    ck_assert_str_eq(strtok_s(text, ",;", &rest), "a");
    ck_assert_str_eq(strtok_s(NULL, ",;", &rest), "b");
    ck_assert_str_eq(strtok_s(NULL, ",;", &rest), "c");
    ck_assert_ptr_null(strtok_s(NULL, ",;", &rest));
}
END_TEST

/* ---- StringCch ------------------------------------------------------- */

START_TEST(strsafe_always_ends_the_text)
{
    char text[5] = "";

    ck_assert_int_eq(StringCchCopy(text, 5, "abcd"), S_OK);
    ck_assert_str_eq(text, "abcd");
    ck_assert_int_eq(StringCchCopy(text, 5, "abcde"),
                     STRSAFE_E_INSUFFICIENT_BUFFER);
    ck_assert_str_eq(text, "abcd");
    ck_assert_int_eq(StringCchCopyN(text, 5, "xyz", 2), S_OK);
    ck_assert_int_eq(StringCchCat(text, 5, "zw!"),
                     STRSAFE_E_INSUFFICIENT_BUFFER);
    ck_assert_str_eq(text, "xyzw");
    ck_assert_int_eq(StringCchPrintf(text, 5, "%d", 123456),
                     STRSAFE_E_INSUFFICIENT_BUFFER);
    ck_assert_str_eq(text, "1234");
    ck_assert_int_eq(StringCchPrintf(text, 5, "%s", "ok"), S_OK);
    ck_assert_str_eq(text, "ok");
    ck_assert_int_eq(StringCchCatN(text, 5, "abc", 1), S_OK);
    ck_assert_str_eq(text, "oka");
}
END_TEST

START_TEST(strsafe_refuses)
{
    char text[5] = "abcd";
    size_t length = 77;

    ck_assert_int_eq(StringCchCopy(text, 0, "x"), STRSAFE_E_INVALID_PARAMETER);
    ck_assert_int_eq(StringCchCopy(text, (size_t)STRSAFE_MAX_CCH + 1, "x"),
                     STRSAFE_E_INVALID_PARAMETER);
    ck_assert_int_eq(StringCchCat(text, 4, "x"), STRSAFE_E_INVALID_PARAMETER);
    ck_assert_int_eq(StringCchLength(text, 4, &length),
                     STRSAFE_E_INVALID_PARAMETER);
    ck_assert_uint_eq(length, 77);
    ck_assert_int_eq(StringCchLength(text, 5, &length), S_OK);
    ck_assert_uint_eq(length, 4);
    ck_assert(FAILED(STRSAFE_E_INVALID_PARAMETER));
}
END_TEST

/* ---- Numbers --------------------------------------------------------- */

START_TEST(numbers_from_text)
{
    char *end;

    ck_assert_int_eq(_atoi64("-9223372036854775808"), INT64_MIN);
    ck_assert_int_eq(_atoi64("  42x"), 42);
    ck_assert_int_eq(_atoi64(NULL), 0);
    ck_assert_uint_eq(_strtoui64("ffffffffffffffff!", &end, 16), UINT64_MAX);
    ck_assert_str_eq(end, "!");
    ck_assert_int_eq(_strtoi64("-10", NULL, 2), -2);
}
END_TEST

static const struct {
    int value;
    int base;
    const char *text;
} integers[] = {
    {0, 10, "0"},
    {-1, 10, "-1"},
    {INT_MIN, 10, "-2147483648"},
    {255, 16, "ff"},
    {-1, 16, "ffffffff"},
    {35, 36, "z"},
    {-1, 8, "37777777777"},
    {INT_MIN, 2, "10000000000000000000000000000000"},
};

START_TEST(integers_to_text)
{
    char text[33];

    ck_assert_str_eq(_itoa(integers[_i].value, text, integers[_i].base),
                     integers[_i].text);
    ck_assert_int_eq(
        _ltoa_s(integers[_i].value, text, sizeof text, integers[_i].base), 0);
    ck_assert_str_eq(text, integers[_i].text);
    ck_assert_int_eq(_itoa_s(integers[_i].value, text,
                             strlen(integers[_i].text), integers[_i].base),
                     ERANGE);
    ck_assert_str_eq(text, "");
}
END_TEST

START_TEST(other_numbers_to_text)
{
    char text[66];

    ck_assert_int_eq(_ultoa_s(0xFFFFFFFF, text, sizeof text, 10), 0);
    ck_assert_str_eq(text, "4294967295");
    ck_assert_str_eq(_i64toa(INT64_MIN, text, 10), "-9223372036854775808");
    ck_assert_str_eq(_ui64toa(UINT64_MAX, text, 10), "18446744073709551615");
    ck_assert_uint_eq(strlen(_i64toa(-1, text, 2)), 64);
    ck_assert_int_eq(_itoa_s(1, text, sizeof text, 1), EINVAL);
    ck_assert_int_eq(_itoa_s(1, text, sizeof text, 37), EINVAL);
    ck_assert_int_eq(_itoa_s(1, NULL, 9, 10), EINVAL);
    ck_assert_int_eq(_itoa_s(1, text, 0, 10), EINVAL);
}
END_TEST

/* ---- Formats --------------------------------------------------------- */

START_TEST(formats_of_windows)
{
    char text[200];
    LONG negative = -2;
    ULONG big = 4000000000u;

    ck_assert_int_eq(sprintf_s(text, sizeof text, "%ld %lu %lX %li", negative,
                               big, big, negative),
                     25);
    ck_assert_str_eq(text, "-2 4000000000 EE6B2800 -2");
    (void)sprintf_s(text, sizeof text, "%I64d|%I64u|%08I64x|%I32d",
                    (LONGLONG)-5, (ULONGLONG)UINT64_MAX, (ULONGLONG)0xabc, -6);
    ck_assert_str_eq(text, "-5|18446744073709551615|00000abc|-6");
    (void)sprintf_s(text, sizeof text, "%Iu %lld %hd %hhu %5.1lf %-4ld|",
                    (SIZE_T)7, (LONGLONG)-8, (int)(short)9, 10, 1.25, (LONG)3);
    ck_assert_str_eq(text, "7 -8 9 10   1.2 3   |");
    (void)sprintf_s(text, sizeof text, "%hs %ls %S %*ld 100%%", "a", L"b", L"c",
                    4, (LONG)5);
    ck_assert_str_eq(text, "a b c    5 100%");
}
END_TEST

/* The values of the host's own long are those of 32 bits. */
START_TEST(host_longs_fit_too)
{
    char text[50];
    long value = -70000;

    (void)sprintf_s(text, sizeof text, "%ld %s", value, "after");
    ck_assert_str_eq(text, "-70000 after");
}
END_TEST

static const char *const bad_formats[] = {"%n", "%", "%y", "%l", "%5", "a%I64"};

START_TEST(bad_formats_fail)
{
    char text[20] = "before";
    int count = 0;

    ck_assert_int_eq(sprintf_s(text, sizeof text, bad_formats[_i], &count), -1);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(_scprintf(bad_formats[_i], &count), -1);
    ck_assert_int_eq(wsprintf(text, bad_formats[_i], &count), 0);
    ck_assert_int_eq(StringCchPrintf(text, 20, bad_formats[_i], &count),
                     STRSAFE_E_INVALID_PARAMETER);
}
END_TEST

START_TEST(long_formats)
{
    char format[1000];
    char text[1000];

    memset(format, 'f', sizeof format);
    strcpy(format + 990, "%ld");
    ck_assert_int_eq(sprintf_s(text, sizeof text, format, (LONG)-42), 993);
    ck_assert_str_eq(text + 990, "-42");
}
END_TEST

START_TEST(text_that_does_not_fit)
{
    char text[4] = "zzz";

    ck_assert_int_eq(sprintf_s(text, 4, "%d", 1234), -1);
    ck_assert_int_eq(errno, ERANGE);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(_snprintf_s(text, 4, _TRUNCATE, "%d", 1234), -1);
    ck_assert_str_eq(text, "123");
    ck_assert_int_eq(_snprintf_s(text, 4, 2, "%d", 1234), -1);
    ck_assert_str_eq(text, "12");
    ck_assert_int_eq(_snprintf_s(text, 4, 4, "%d", 1234), -1);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(_snprintf_s(text, 4, _TRUNCATE, "%d", 123), 3);
    ck_assert_int_eq(_scprintf("%d", 1234), 4);
}
END_TEST

/* "No null terminator is appended" when it just fits. */
START_TEST(snprintf_fills_the_room)
{
    char text[5] = "zzzz";

    ck_assert_int_eq(_snprintf(text, 4, "%s", "abcd"), 4);
    ck_assert_mem_eq(text, "abcd\0", 5);
    memcpy(text, "zzzz", 4);
    ck_assert_int_eq(_snprintf(text, 3, "%s", "abcd"), -1);
    ck_assert_mem_eq(text, "abcz", 4);
    ck_assert_int_eq(_snprintf(text, 5, "%s", "ab"), 2);
    ck_assert_str_eq(text, "ab");
    ck_assert_int_eq(_snprintf(NULL, 0, "%s", "abcd"), 4);
}
END_TEST

START_TEST(wsprintf_has_a_limit)
{
    char *text = malloc(1024);

    ck_assert_int_eq(wsprintf(text, "%I64u %lu", (ULONGLONG)1 << 40, 7ul), 15);
    ck_assert_str_eq(text, "1099511627776 7");
    ck_assert_int_eq(wsprintf(text, "%2000d", 1), 1023);
    ck_assert_uint_eq(strlen(text), 1023);
    free(text);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *text = tcase_create("text");
    TCase *numbers = tcase_create("numbers");
    TCase *formats = tcase_create("formats");

    tcase_add_loop_test(text, case_does_not_matter, 0, N_OF(pairs));
    tcase_add_test(text, memory_is_compared_beyond_nul);
    tcase_add_test(text, null_is_less_than_text);
    tcase_add_test(text, text_is_changed_in_place);
    tcase_add_loop_test(text, safe_copies, 0, N_OF(copies));
    tcase_add_test(text, safe_copies_of_whole_texts);
    tcase_add_test(text, source_need_not_end_within_count);
    tcase_add_test(text, memory_is_bounded);
    tcase_add_test(text, win32_copies);
    tcase_add_test(text, words_are_cut_off);
    tcase_add_test(text, strsafe_always_ends_the_text);
    tcase_add_test(text, strsafe_refuses);
    suite_add_tcase(suite, text);

    tcase_add_test(numbers, numbers_from_text);
    tcase_add_loop_test(numbers, integers_to_text, 0, N_OF(integers));
    tcase_add_test(numbers, other_numbers_to_text);
    suite_add_tcase(suite, numbers);

    tcase_add_test(formats, formats_of_windows);
    tcase_add_test(formats, host_longs_fit_too);
    tcase_add_loop_test(formats, bad_formats_fail, 0, N_OF(bad_formats));
    tcase_add_test(formats, long_formats);
    tcase_add_test(formats, text_that_does_not_fit);
    tcase_add_test(formats, snprintf_fills_the_room);
    tcase_add_test(formats, wsprintf_has_a_limit);
    suite_add_tcase(suite, formats);
}

SUITE_MAIN("compat/string", fill)
