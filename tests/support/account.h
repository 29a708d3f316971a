/*
 * account.h - what a suite has tried, and how much of it came out as it must:
 *
 *     account_tried("encodings decided", 1);
 *     ... what aborts the case unless all is well ...
 *     account_held("encodings decided", 1);
 *
 * Each call is a line in the suite's log; ./setup check adds them up and prints
 * the table.  What was tried in a case that failed is missing there from what
 * held.
 */
#ifndef WSN_TESTS_SUPPORT_ACCOUNT_H
#define WSN_TESTS_SUPPORT_ACCOUNT_H

#include <check.h>
#include <stdio.h>
#include <unistd.h>

/* In one piece and past all buffers, which a case that aborts would lose. */
static inline void account_write(const char *what, const char *column, long n)
{
    char line[128];
    int len = snprintf(line, sizeof line, "# account: %s: %s: %ld\n", what,
                       column, n);

    ck_assert_int_lt(len, (int)sizeof line);
    ck_assert_int_eq(write(STDERR_FILENO, line, (size_t)len), len);
}

static inline void account_tried(const char *what, long n)
{
    account_write(what, "tried", n);
}

static inline void account_held(const char *what, long n)
{
    account_write(what, "held", n);
}

#endif
