/*
 * scale.h - smaller numbers where a tool makes everything slow.
 *
 * WINSNMP_TEST_SCALE in the environment is a percentage: 10 runs a tenth.
 */
#ifndef WSN_TESTS_SUPPORT_SCALE_H
#define WSN_TESTS_SUPPORT_SCALE_H

#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SCALE_DEFAULT 10
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SCALE_DEFAULT 10
#endif
#endif
#ifndef SCALE_DEFAULT
#define SCALE_DEFAULT 100
#endif

/* n, or as much of it as is to be run here; at least 1. */
static inline int scaled(int n)
{
    const char *text = getenv("WINSNMP_TEST_SCALE");
    int percent = text != NULL ? atoi(text) : SCALE_DEFAULT;
    int some = (int)((long long)n * percent / 100);

    return some > 0 ? some : 1;
}

#endif
