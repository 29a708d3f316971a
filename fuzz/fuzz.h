/*
 * fuzz.h - what the fuzz targets share.
 *
 * A target is a file fuzz_NAME.c with the entry point of libFuzzer below.  It
 * is linked either with libFuzzer, which makes up inputs, or with replay.c,
 * which runs those in fuzz/corpus/NAME.  An input that breaks a promise ends
 * the program through FUZZ_CHECK, as a crash would.
 */
#ifndef WSN_FUZZ_FUZZ_H
#define WSN_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An input that is nothing special returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len);

#define FUZZ_CHECK(condition)                                                  \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, \
                    #condition);                                               \
            abort();                                                           \
        }                                                                      \
    } while (0)

/* ---- an input, consumed from its front ---------------------------------- */

struct fuzz_input {
    const uint8_t *at;
    size_t left;
};

/* The next octet; 0 behind the end. */
static inline unsigned fuzz_octet(struct fuzz_input *input)
{
    if (input->left == 0)
        return 0;
    input->left--;
    return *input->at++;
}

/* The next two octets as a number. */
static inline unsigned fuzz_short(struct fuzz_input *input)
{
    unsigned high = fuzz_octet(input);

    return high << 8 | fuzz_octet(input);
}

static inline uint32_t fuzz_long(struct fuzz_input *input)
{
    uint32_t high = fuzz_short(input);

    return high << 16 | fuzz_short(input);
}

/* The next len octets, or those that are left, in a block of exactly their
 * number, so that a sanitizer sees a reader that goes too far; for free(). */
static inline uint8_t *fuzz_block(struct fuzz_input *input, size_t len,
                                  size_t *ret_len)
{
    uint8_t *block;

    if (len > input->left)
        len = input->left;
    block = malloc(len > 0 ? len : 1);
    FUZZ_CHECK(block != NULL);
    memcpy(block, input->at, len);
    input->at += len;
    input->left -= len;
    *ret_len = len;
    return block;
}

/* The same as a text, with a NUL behind it. */
static inline char *fuzz_text(struct fuzz_input *input, size_t len)
{
    char *text;

    if (len > input->left)
        len = input->left;
    text = malloc(len + 1);
    FUZZ_CHECK(text != NULL);
    memcpy(text, input->at, len);
    text[len] = '\0';
    input->at += len;
    input->left -= len;
    return text;
}

#endif
