/*
 * clock.h - monotonic time.  Wall-clock jumps never move a deadline.
 */
#ifndef WSN_BASE_CLOCK_H
#define WSN_BASE_CLOCK_H

#include <stdint.h>

/* WinSNMP counts policies in hundredths of a second. */
#define WSN_MS_PER_CS 10

/* Milliseconds since an arbitrary fixed point. [any] */
uint64_t wsn_clock_ms(void);

#endif
