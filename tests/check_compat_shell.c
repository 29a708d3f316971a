/*
 * check_compat_shell.c - ShellExecute: who opens what, and what cannot be
 * opened.
 *
 * PATH has one directory, with an opener of the test: it writes what it is
 * given into a FIFO.
 */
#include <windows.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

static char directory[] = "/tmp/check_compat_shell.XXXXXX";
static char name[200];

static const char *in_directory(const char *file)
{
    (void)snprintf(name, sizeof name, "%s/%s", directory, file);
    return name;
}

static void write_file(const char *file, const char *text, mode_t mode)
{
    FILE *stream = fopen(in_directory(file), "w");

    ck_assert_ptr_nonnull(stream);
    ck_assert_int_ge(fputs(text, stream), 0);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_int_eq(chmod(name, mode), 0);
}

/* Says its name, how many arguments it has, and each of them. */
static const char reporter[] =
    "#!/bin/sh\n"
    "cd \"${0%/*}\" && { echo \"${0##*/}\" $#; for a; do echo \"$a\"; done; }"
    " >said\n";

static void make_directory(void)
{
    ck_assert_ptr_nonnull(mkdtemp(directory));
    ck_assert_int_eq(mkfifo(in_directory("said"), 0600), 0);
    ck_assert_int_eq(setenv("PATH", directory, 1), 0);
    ck_assert_int_eq(chdir(directory), 0);
    write_file("xdg-open", reporter, 0755);
    write_file("program", reporter, 0755);
    write_file("text", "text", 0644);
    write_file("-x", "text", 0644);
    write_file("no-program", "\177ELF? no", 0755);
}

static void remove_directory(void)
{
    static const char *const files[] = {"said", "xdg-open",   "program", "text",
                                        "-x",   "no-program", "missing"};

    for (int i = 0; i < N_OF(files); i++)
        (void)unlink(in_directory(files[i]));
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_eq(rmdir(directory), 0);
}

/* Opening waits for the program that writes, reading for its end. */
static const char *said(void)
{
    static char text[1000];
    FILE *stream = fopen(in_directory("said"), "r");
    size_t n;

    ck_assert_ptr_nonnull(stream);
    n = fread(text, 1, sizeof text - 1, stream);
    text[n] = '\0';
    ck_assert_int_eq(fclose(stream), 0);
    return text;
}

/* ---- What is opened -------------------------------------------------- */

static const struct opening {
    LPCSTR operation;
    LPCSTR file;
    LPCSTR parameters;
    const char *said;
} openings[] = {
    {"open", "http://localhost/?a=b&c=$(d)", NULL,
     "xdg-open 1\nhttp://localhost/?a=b&c=$(d)\n"},
    {NULL, "mailto:a@b 'c' \"d\"", NULL, "xdg-open 1\nmailto:a@b 'c' \"d\"\n"},
    {"", "text", "no program", "xdg-open 1\n./text\n"},
    {"OPEN", "-x", NULL, "xdg-open 1\n./-x\n"},
    {"explore", ".", NULL, "xdg-open 1\n./.\n"},
    {"open", "./no-program", NULL, "xdg-open 1\n././no-program\n"},
    {"open", "program", "a \"b c\" $HOME `d` ;e",
     "program 5\na\nb c\n$HOME\n`d`\n;e\n"},
};

START_TEST(things_are_opened)
{
    const struct opening *opening = &openings[_i];
    HINSTANCE result = ShellExecute(NULL, opening->operation, opening->file,
                                    opening->parameters, NULL, SW_SHOWNORMAL);

    ck_assert_int_gt((INT_PTR)result, 32);
    ck_assert_str_eq(said(), opening->said);
}
END_TEST

START_TEST(a_directory_may_be_given)
{
    char expected[200];

    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_int_gt(
        (INT_PTR)ShellExecute(NULL, "open", "text", NULL, directory, SW_SHOW),
        32);
    (void)snprintf(expected, sizeof expected, "xdg-open 1\n%s/text\n",
                   directory);
    ck_assert_str_eq(said(), expected);
}
END_TEST

/* ---- What is not ----------------------------------------------------- */

static const struct refusal {
    LPCSTR operation;
    LPCSTR file;
    LPCSTR directory;
    INT_PTR result;
    DWORD code;
} refusals[] = {
    {"open", NULL, NULL, SE_ERR_FNF, ERROR_FILE_NOT_FOUND},
    {"open", "", NULL, SE_ERR_FNF, ERROR_FILE_NOT_FOUND},
    {"open", "missing", NULL, SE_ERR_FNF, ERROR_FILE_NOT_FOUND},
    {"open", "./missing", NULL, SE_ERR_FNF, ERROR_FILE_NOT_FOUND},
    {"open", "C:\\missing", NULL, SE_ERR_FNF, ERROR_FILE_NOT_FOUND},
    {"open", "text/missing", NULL, SE_ERR_PNF, ERROR_PATH_NOT_FOUND},
    {"open", "text", "missing", SE_ERR_PNF, ERROR_PATH_NOT_FOUND},
    {"print", "text", NULL, SE_ERR_NOASSOC, ERROR_NO_ASSOCIATION},
    {"runas", "program", NULL, SE_ERR_NOASSOC, ERROR_NO_ASSOCIATION},
};

START_TEST(things_are_refused)
{
    const struct refusal *refusal = &refusals[_i];
    HINSTANCE result = ShellExecute(NULL, refusal->operation, refusal->file,
                                    NULL, refusal->directory, SW_SHOW);

    ck_assert_int_eq((INT_PTR)result, refusal->result);
    ck_assert_uint_eq(GetLastError(), refusal->code);
}
END_TEST

START_TEST(there_may_be_no_opener)
{
    ck_assert_int_eq(unlink(in_directory("xdg-open")), 0);
    ck_assert_int_eq((INT_PTR)ShellExecute(NULL, "open", "http://localhost/",
                                           NULL, NULL, SW_SHOW),
                     SE_ERR_NOASSOC);
    ck_assert_uint_eq(GetLastError(), ERROR_NO_ASSOCIATION);
}
END_TEST

START_TEST(an_opener_may_be_forbidden)
{
    ck_assert_int_eq(chmod(in_directory("xdg-open"), 0644), 0);
    ck_assert_int_eq(
        (INT_PTR)ShellExecute(NULL, "open", "text", NULL, NULL, SW_SHOW),
        SE_ERR_ACCESSDENIED);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("shell");

    tcase_add_checked_fixture(tcase, make_directory, remove_directory);
    tcase_add_loop_test(tcase, things_are_opened, 0, N_OF(openings));
    tcase_add_test(tcase, a_directory_may_be_given);
    tcase_add_loop_test(tcase, things_are_refused, 0, N_OF(refusals));
    tcase_add_test(tcase, there_may_be_no_opener);
    tcase_add_test(tcase, an_opener_may_be_forbidden);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/shell", fill)
