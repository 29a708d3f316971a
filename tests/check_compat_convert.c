/*
 * check_compat_convert.c - bytes to wide characters and back.
 */
#include <windows.h>

#include <wchar.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

static const struct {
    const char *bytes;
    const wchar_t *wide;
} texts[] = {
    {"", L""},
    {"public", L"public"},
    {"\xC3\xA4\xE2\x82\xAC", L"\u00E4\u20AC"},
    {"\xF0\x9F\x98\x80!", L"\U0001F600!"},
    {"\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80", L"\x7F\x80\u07FF\u0800"},
    {"\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF",
     L"\uFFFF\U00010000\U0010FFFF"},
};

static const UINT pages[] = {CP_ACP, CP_OEMCP, CP_THREAD_ACP, CP_UTF8};

START_TEST(there_and_back)
{
    WCHAR wide[40];
    char bytes[40];
    int n_wide = (int)wcslen(texts[_i].wide) + 1;
    int n_bytes = (int)strlen(texts[_i].bytes) + 1;
    int i;

    for (i = 0; i < N_OF(pages); i++) {
        ck_assert_int_eq(MultiByteToWideChar(pages[i], MB_ERR_INVALID_CHARS,
                                             texts[_i].bytes, -1, NULL, 0),
                         n_wide);
        ck_assert_int_eq(
            MultiByteToWideChar(pages[i], 0, texts[_i].bytes, -1, wide, n_wide),
            n_wide);
        ck_assert_int_eq(wcscmp(wide, texts[_i].wide), 0);
        ck_assert_int_eq(WideCharToMultiByte(pages[i], 0, texts[_i].wide, -1,
                                             NULL, 0, NULL, NULL),
                         n_bytes);
        ck_assert_int_eq(WideCharToMultiByte(pages[i], 0, texts[_i].wide, -1,
                                             bytes, n_bytes, NULL, NULL),
                         n_bytes);
        ck_assert_str_eq(bytes, texts[_i].bytes);
    }
}
END_TEST

/* RFC 3629, section 10: what a decoder must not take. */
static const struct {
    const char *bytes;
    int n_wide;
} damaged[] = {
    {"\xC0\x80", 2},
    {"\xC1\xBF", 2},
    {"\xE0\x9F\xBF", 3},
    {"\xED\xA0\x80", 3},
    {"\xF0\x8F\xBF\xBF", 4},
    {"\xF4\x90\x80\x80", 4},
    {"\xF5\x80\x80\x80", 4},
    {"\xFF", 1},
    {"\x80", 1},
    {"\xE2\x82", 1},
    {"\xE2\x82z", 2},
    {"\xF0\x9F\x98", 1},
    {"\xC3", 1},
};

START_TEST(damaged_text)
{
    int length = (int)strlen(damaged[_i].bytes);
    char *exact = malloc((size_t)length); /* no byte to look at beyond it */
    WCHAR wide[8];

    memcpy(exact, damaged[_i].bytes, (size_t)length);
    ck_assert_int_eq(MultiByteToWideChar(CP_UTF8, 0, exact, length, wide, 8),
                     damaged[_i].n_wide);
    ck_assert_int_eq(wide[0], 0xFFFD);
    ck_assert_int_eq(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, exact,
                                         length, wide, 8),
                     0);
    ck_assert_uint_eq(GetLastError(), ERROR_NO_UNICODE_TRANSLATION);
    free(exact);
}
END_TEST

START_TEST(damaged_wide_text)
{
    static const WCHAR lone[] = {0xD800, 'a', 0xDC00};
    static const WCHAR pair[] = {0xD83D, 0xDE00};
    char bytes[16];

    ck_assert_int_eq(
        WideCharToMultiByte(CP_UTF8, 0, lone, 3, bytes, 16, NULL, NULL), 7);
    ck_assert_mem_eq(bytes,
                     "\xEF\xBF\xBD"
                     "a\xEF\xBF\xBD",
                     7);
    ck_assert_int_eq(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, lone, 3,
                                         bytes, 16, NULL, NULL),
                     0);
    ck_assert_uint_eq(GetLastError(), ERROR_NO_UNICODE_TRANSLATION);
    ck_assert_int_eq(
        WideCharToMultiByte(CP_UTF8, 0, pair, 2, bytes, 16, NULL, NULL), 4);
    ck_assert_mem_eq(bytes, "\xF0\x9F\x98\x80", 4);
}
END_TEST

START_TEST(room_that_is_too_small)
{
    WCHAR wide[2];
    char bytes[3] = "zz";

    ck_assert_int_eq(MultiByteToWideChar(CP_ACP, 0, "abc", -1, wide, 2), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    /* A character is written whole or not at all. */
    ck_assert_int_eq(
        WideCharToMultiByte(CP_ACP, 0, L"\u20AC", 1, bytes, 2, NULL, NULL), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INSUFFICIENT_BUFFER);
    ck_assert_str_eq(bytes, "zz");
    /* It fits exactly, without a NUL. */
    ck_assert_int_eq(
        WideCharToMultiByte(CP_ACP, 0, L"\u20AC", 1, bytes, 3, NULL, NULL), 3);
}
END_TEST

START_TEST(wrong_arguments)
{
    WCHAR wide[4] = L"x";
    char bytes[4] = "x";
    BOOL used = TRUE;

    ck_assert_int_eq(MultiByteToWideChar(1252, 0, "x", -1, wide, 4), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_int_eq(MultiByteToWideChar(CP_ACP, 0, NULL, 1, wide, 4), 0);
    ck_assert_int_eq(MultiByteToWideChar(CP_ACP, 0, "x", 0, wide, 4), 0);
    ck_assert_int_eq(MultiByteToWideChar(CP_ACP, 0, "x", -2, wide, 4), 0);
    ck_assert_int_eq(MultiByteToWideChar(CP_ACP, 0, "x", -1, NULL, 4), 0);
    ck_assert_int_eq(MultiByteToWideChar(CP_ACP, 0, "x", -1, wide, -1), 0);
    SetLastError(0);
    ck_assert_int_eq(
        WideCharToMultiByte(CP_UTF8, 0, wide, -1, bytes, 4, "?", NULL), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
    ck_assert_int_eq(
        WideCharToMultiByte(CP_ACP, 0, wide, -1, bytes, 4, "?", &used), 2);
    ck_assert(!used);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *convert = tcase_create("convert");

    tcase_add_loop_test(convert, there_and_back, 0, N_OF(texts));
    tcase_add_loop_test(convert, damaged_text, 0, N_OF(damaged));
    tcase_add_test(convert, damaged_wide_text);
    tcase_add_test(convert, room_that_is_too_small);
    tcase_add_test(convert, wrong_arguments);
    suite_add_tcase(suite, convert);
}

SUITE_MAIN("compat/convert", fill)
