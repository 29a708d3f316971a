/*
 * check_compat_findfile.c - finding files by pattern.
 */
#include <windows.h>

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

static const char *const files[] = {"a.mib", "B.MIB", "c.txt",
                                    "plain", ".rc",   "[x].y"};

static char place[64];
static char path[512];

static const char *in_place(const char *name)
{
    (void)snprintf(path, sizeof path, "%s/%s", place, name);
    return path;
}

static void make_place(void)
{
    strcpy(place, "/tmp/winsnmp-find-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    for (int i = 0; i < N_OF(files); i++) {
        FILE *file = fopen(in_place(files[i]), "w");

        ck_assert_ptr_nonnull(file);
        (void)fputs("12345", file);
        ck_assert_int_eq(fclose(file), 0);
    }
    ck_assert_int_eq(mkdir(in_place("dir"), 0755), 0);
}

static void remove_place(void)
{
    for (int i = 0; i < N_OF(files); i++)
        (void)unlink(in_place(files[i]));
    (void)rmdir(in_place("dir"));
    (void)rmdir(place);
}

static const struct {
    const char *pattern;
    unsigned expected; /* a bit for each of files */
    int n_others;      /* ".", ".." and "dir" */
} patterns[] = {
    {"*", 0x3f, 3},       {"*.*", 0x3f, 3},   {"*.mib", 0x03, 0},
    {"A.mib", 0x01, 0},   {"?.???", 0x07, 0}, {"*i*b", 0x03, 0},
    {"p*n", 0x08, 0},     {"[x].y", 0x20, 0}, {"d??", 0x00, 1},
    {"*.m*ib*", 0x03, 0}, {"**", 0x3f, 3},
};

static void count(const WIN32_FIND_DATA *data, unsigned *seen, int *n_others)
{
    for (int i = 0; i < N_OF(files); i++) {
        if (strcmp(data->cFileName, files[i]) != 0)
            continue;
        ck_assert_uint_eq(*seen & 1U << i, 0);
        ck_assert_uint_eq(data->nFileSizeLow, 5);
        *seen |= 1U << i;
        return;
    }
    ck_assert_uint_eq(data->dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY,
                      FILE_ATTRIBUTE_DIRECTORY);
    ++*n_others;
}

START_TEST(a_pattern_finds)
{
    WIN32_FIND_DATA data;
    HANDLE find = FindFirstFile(in_place(patterns[_i].pattern), &data);
    unsigned seen = 0;
    int n_others = 0;

    ck_assert_ptr_ne(find, INVALID_HANDLE_VALUE);
    do
        count(&data, &seen, &n_others);
    while (FindNextFile(find, &data));
    ck_assert_uint_eq(GetLastError(), ERROR_NO_MORE_FILES);
    ck_assert_uint_eq(seen, patterns[_i].expected);
    ck_assert_int_eq(n_others, patterns[_i].n_others);
    ck_assert(FindClose(find));
    ck_assert(!FindClose(find));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(!FindNextFile(find, &data));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
}
END_TEST

START_TEST(a_find_may_be_left_early)
{
    WIN32_FIND_DATA data;
    HANDLE find;

    (void)snprintf(path, sizeof path, "%s\\*", place);
    find = FindFirstFile(path, &data);
    ck_assert_ptr_ne(find, INVALID_HANDLE_VALUE);
    ck_assert(FindClose(find));
}
END_TEST

START_TEST(a_file_that_has_gone_is_not_found)
{
    WIN32_FIND_DATA data;
    HANDLE find = FindFirstFile(in_place("*.mib"), &data);

    ck_assert_ptr_ne(find, INVALID_HANDLE_VALUE);
    ck_assert_int_eq(unlink(in_place("a.mib")), 0);
    ck_assert_int_eq(unlink(in_place("B.MIB")), 0);
    ck_assert(!FindNextFile(find, &data));
    ck_assert_uint_eq(GetLastError(), ERROR_NO_MORE_FILES);
    ck_assert(FindClose(find));
}
END_TEST

static void expect_none(const char *pattern, DWORD code)
{
    WIN32_FIND_DATA data;

    ck_assert_ptr_eq(FindFirstFile(pattern, &data), INVALID_HANDLE_VALUE);
    ck_assert_uint_eq(GetLastError(), code);
}

START_TEST(what_is_not_found_says_why)
{
    HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);

    expect_none(in_place("*.c"), ERROR_FILE_NOT_FOUND);
    expect_none(in_place(""), ERROR_FILE_NOT_FOUND);
    expect_none(in_place("nothing/*"), ERROR_PATH_NOT_FOUND);
    expect_none(NULL, ERROR_INVALID_PARAMETER);
    ck_assert(!FindClose(event));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_HANDLE);
    ck_assert(CloseHandle(event));
}
END_TEST

START_TEST(times_are_those_of_the_file)
{
    WIN32_FIND_DATA data;
    HANDLE find = FindFirstFile(in_place("a.mib"), &data);
    SYSTEMTIME now;
    SYSTEMTIME then;

    ck_assert_ptr_ne(find, INVALID_HANDLE_VALUE);
    ck_assert(FindClose(find));
    GetSystemTime(&now);
    ck_assert(FileTimeToSystemTime(&data.ftLastWriteTime, &then));
    ck_assert_int_le(now.wYear - then.wYear, 1); /* at midnight */
    ck_assert_int_ge(now.wYear - then.wYear, 0);
}
END_TEST

START_TEST(files_have_attributes)
{
    ck_assert_uint_eq(GetFileAttributes(in_place("a.mib")),
                      FILE_ATTRIBUTE_NORMAL);
    ck_assert_uint_eq(GetFileAttributes(in_place(".rc")),
                      FILE_ATTRIBUTE_HIDDEN);
    ck_assert_uint_eq(GetFileAttributes(place), FILE_ATTRIBUTE_DIRECTORY);
    ck_assert_int_eq(chmod(in_place("a.mib"), 0444), 0);
    ck_assert_uint_eq(GetFileAttributes(path), FILE_ATTRIBUTE_READONLY);
    ck_assert_uint_eq(GetFileAttributes(in_place("none")),
                      INVALID_FILE_ATTRIBUTES);
    ck_assert_uint_eq(GetLastError(), ERROR_FILE_NOT_FOUND);
    ck_assert_uint_eq(GetFileAttributes(NULL), INVALID_FILE_ATTRIBUTES);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("findfile");

    tcase_add_checked_fixture(tcase, make_place, remove_place);
    tcase_add_loop_test(tcase, a_pattern_finds, 0, N_OF(patterns));
    tcase_add_test(tcase, a_find_may_be_left_early);
    tcase_add_test(tcase, a_file_that_has_gone_is_not_found);
    tcase_add_test(tcase, what_is_not_found_says_why);
    tcase_add_test(tcase, times_are_those_of_the_file);
    tcase_add_test(tcase, files_have_attributes);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/findfile", fill)
