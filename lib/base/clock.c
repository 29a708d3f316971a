/*
 * clock.c - see clock.h.
 */
#include "base/clock.h"

#include <time.h>

uint64_t wsn_clock_ms(void)
{
    struct timespec now;

    /* Cannot fail: the clock exists wherever we build. */
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}
