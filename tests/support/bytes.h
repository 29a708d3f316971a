/*
 * bytes.h - octets for tests, written as hex text.
 *
 * Each lot is a block of exactly its size, so that a sanitizer notices a
 * reader that goes one byte too far.
 */
#ifndef WSN_TESTS_SUPPORT_BYTES_H
#define WSN_TESTS_SUPPORT_BYTES_H

#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bytes {
    unsigned char *at;
    size_t len;
};

static inline struct bytes bytes_copy(const void *at, size_t len)
{
    struct bytes copy = {malloc(len), len};

    ck_assert(copy.at != NULL || len == 0);
    if (len > 0)
        memcpy(copy.at, at, len);
    return copy;
}

static inline void bytes_free(struct bytes *bytes)
{
    free(bytes->at);
    bytes->at = NULL;
    bytes->len = 0;
}

/* Blanks between octets are skipped. */
static inline struct bytes bytes_from_hex(const char *hex)
{
    struct bytes bytes;
    unsigned char *octets = malloc(strlen(hex) / 2 + 1);
    size_t len = 0;
    unsigned octet;

    ck_assert_ptr_nonnull(octets);
    for (const char *at = hex; *at != '\0';) {
        if (*at == ' ') {
            at++;
            continue;
        }
        ck_assert_msg(sscanf(at, "%2x", &octet) == 1, "bad hex: %s", at);
        octets[len++] = (unsigned char)octet;
        at += 2;
    }
    bytes = bytes_copy(octets, len);
    free(octets);
    return bytes;
}

static inline void bytes_assert_hex(const unsigned char *at, size_t len,
                                    const char *hex)
{
    struct bytes wanted = bytes_from_hex(hex);

    ck_assert_uint_eq(len, wanted.len);
    if (len > 0)
        ck_assert_mem_eq(at, wanted.at, len);
    bytes_free(&wanted);
}

#endif
