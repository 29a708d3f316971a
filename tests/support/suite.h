/*
 * suite.h - the main() of a test program.
 *
 *     static void fill(Suite *suite) { ... suite_add_tcase ... }
 *     SUITE_MAIN("net/wheel", fill)
 *
 * The program prints TAP, one line per case, and exits 0 only if every case
 * passed.  Check's own environment works as always: CK_FORK=no keeps all
 * cases in one process, CK_RUN_CASE picks one test case.
 */
#ifndef WSN_TESTS_SUPPORT_SUITE_H
#define WSN_TESTS_SUPPORT_SUITE_H

#include <check.h>
#include <stdlib.h>

/* A case that takes this long hangs; nothing here waits on purpose. */
#define SUITE_TIMEOUT_S "60"

/*
 * Runs the suite and returns the exit code.  The time limit grows with
 * CK_TIMEOUT_MULTIPLIER, which is how slow tools such as valgrind and the
 * sanitizers are allowed for.
 */
static inline int suite_run(const char *name, void (*fill)(Suite *suite))
{
    Suite *suite = suite_create(name);
    SRunner *runner;
    int failed;

    setenv("CK_DEFAULT_TIMEOUT", SUITE_TIMEOUT_S, 0);
    fill(suite);
    runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#define SUITE_MAIN(name, fill)          \
    int main(void)                      \
    {                                   \
        return suite_run((name), fill); \
    }

#endif
