/*
 * child_counts.c - what a child of a test has reached counts, too: the counters
 * are written at exit(), and children end by _exit().  Only linked when gcov
 * counts, and only into programs that call _exit().
 */
#include <stdlib.h>
#include <unistd.h>

void __gcov_dump(void);

void _exit(int status)
{
    __gcov_dump();
    _Exit(status);
}
