/*
 * check_compat_command.c - command lines: taken apart, put together, and the
 * one of the process.
 */
#include <windows.h>

#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "support/suite.h"

#include "base/alloc.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* ---- Command lines --------------------------------------------------- */

static const struct {
    const char *line;
    const char *arguments[6];
} lines[] = {
    {"", {""}},
    {"prog", {"prog"}},
    {" prog", {"", "prog"}},
    {"prog a b", {"prog", "a", "b"}},
    {"prog \t a\t b ", {"prog", "a", "b"}},
    {"a b c", {"a", "b", "c"}},
    {"\"/a b/c\" d", {"/a b/c", "d"}},
    {"c:\\\"dir x\"\\p q", {"c:\\dir x\\p", "q"}},
    {"p \"abc\" d e", {"p", "abc", "d", "e"}},
    {"p a\\\\b d\"e f\"g h", {"p", "a\\\\b", "de fg", "h"}},
    {"p a\\\\\\\"b c d", {"p", "a\\\"b", "c", "d"}},
    {"p a\\\\\\\\\"b c\" d e", {"p", "a\\\\b c", "d", "e"}},
    {"p a\"b\"\" c d", {"p", "ab\" c d"}},
    {"p \"\" \"\"", {"p", "", ""}},
    {"p \"a\\\\\" b", {"p", "a\\", "b"}},
    {"p \"not closed", {"p", "not closed"}},
    {"p \\", {"p", "\\"}},
    {"p \\\"", {"p", "\""}},
};

START_TEST(command_lines_are_taken_apart)
{
    char **arguments = wc_command_split(lines[_i].line);
    int n;

    ck_assert_ptr_nonnull(arguments);
    for (n = 0; lines[_i].arguments[n] != NULL; n++) {
        ck_assert_ptr_nonnull(arguments[n]);
        ck_assert_str_eq(arguments[n], lines[_i].arguments[n]);
    }
    ck_assert_ptr_null(arguments[n]);
    wsn_free(arguments);
}
END_TEST

/* ---- Put together ---------------------------------------------------- */

static void expect_same(char *const *arguments)
{
    char *line = wc_command_join(arguments);
    char **again = wc_command_split(line);
    int i;

    ck_assert_ptr_nonnull(again);
    for (i = 0; arguments[i] != NULL; i++) {
        ck_assert_ptr_nonnull(again[i]);
        ck_assert_str_eq(again[i], arguments[i]);
    }
    ck_assert_ptr_null(again[i]);
    wsn_free(again);
    wsn_free(line);
}

START_TEST(what_was_taken_apart_can_be_put_together)
{
    char **arguments = wc_command_split(lines[_i].line);

    expect_same(arguments);
    wsn_free(arguments);
}
END_TEST

static const struct {
    const char *arguments[5];
    const char *line;
} joined[] = {
    {{"prog"}, "prog"},
    {{"/a b/prog", "c"}, "\"/a b/prog\" c"},
    {{"p", "", "a b", "c\td"}, "p \"\" \"a b\" \"c\td\""},
    {{"p", "say \"hi\"", "\""}, "p \"say \\\"hi\\\"\" \\\""},
    {{"p", "a\\", "a b\\", "a\\\\\"b"}, "p a\\ \"a b\\\\\" a\\\\\\\\\\\"b"},
};

START_TEST(arguments_are_quoted_where_they_must_be)
{
    char *arguments[5];
    char *line;

    memcpy(arguments, joined[_i].arguments, sizeof arguments);
    line = wc_command_join(arguments);
    ck_assert_str_eq(line, joined[_i].line);
    wsn_free(line);
    expect_same(arguments);
}
END_TEST

/* ---- Of the process -------------------------------------------------- */

START_TEST(the_process_has_a_line)
{
    LPSTR line = GetCommandLine();
    LPWSTR wide = GetCommandLineW();
    char text[4096];

    ck_assert_ptr_eq(line, GetCommandLineA());
    ck_assert_ptr_eq(wide, GetCommandLineW());
    ck_assert_int_gt(
        WideCharToMultiByte(CP_ACP, 0, wide, -1, text, sizeof text, NULL, NULL),
        0);
    ck_assert_str_eq(text, line);
    if (access("/proc/self/cmdline", R_OK) == 0)
        ck_assert_ptr_nonnull(strstr(line, "check_compat_command"));
}
END_TEST

static int WINAPI start(HINSTANCE instance, HINSTANCE previous,
                        LPSTR command_line, int show)
{
    if (instance != GetModuleHandle(NULL) || previous != NULL ||
        show != SW_SHOWDEFAULT || strcmp(command_line, "\"x y\" z") != 0)
        return 1;
    return strcmp(GetCommandLine(), "\"/a b/prog\" \"x y\" z") == 0 ? 42 : 2;
}

/* In a process that has not asked for its line yet. */
START_TEST(a_program_may_start_in_winmain)
{
    char *arguments[] = {(char[]){"/a b/prog"}, (char[]){"x y"}, (char[]){"z"},
                         NULL};
    int status;
    pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(WcRunWinMain(3, arguments, start));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 42);
}
END_TEST

static int WINAPI start_without_line(HINSTANCE instance, HINSTANCE previous,
                                     LPSTR command_line, int show)
{
    (void)instance;
    (void)previous;
    (void)show;
    return *command_line == '\0' ? 43 : 1;
}

START_TEST(a_program_may_have_no_arguments_at_all)
{
    char *arguments[] = {NULL};

    ck_assert_int_eq(WcRunWinMain(0, arguments, start_without_line), 43);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("command");

    tcase_add_loop_test(tcase, command_lines_are_taken_apart, 0, N_OF(lines));
    tcase_add_loop_test(tcase, what_was_taken_apart_can_be_put_together, 0,
                        N_OF(lines));
    tcase_add_loop_test(tcase, arguments_are_quoted_where_they_must_be, 0,
                        N_OF(joined));
    tcase_add_test(tcase, a_program_may_start_in_winmain);
    tcase_add_test(tcase, a_program_may_have_no_arguments_at_all);
    tcase_add_test(tcase, the_process_has_a_line);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/command", fill)
