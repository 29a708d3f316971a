/*
 * check_compat_command.c - command lines, taken apart.
 */
#include <windows.h>

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

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("command");

    tcase_add_loop_test(tcase, command_lines_are_taken_apart, 0, N_OF(lines));
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/command", fill)
