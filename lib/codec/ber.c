/*
 * ber.c - see ber.h.
 */
#include "codec/ber.h"

#include <string.h>

/* A length that claims more octets than this cannot be honest. */
#define LENGTH_OCTETS_MAX 8

#define SIGN_BIT 0x80

static uint64_t big_endian(const unsigned char *octets, size_t n,
                           uint64_t start)
{
    uint64_t number = start;

    for (size_t i = 0; i < n; i++)
        number = number << 8 | octets[i];
    return number;
}

bool wsn_ber_read_head(struct wsn_ber_reader *reader, unsigned *ret_tag,
                       uint64_t *ret_len)
{
    size_t left = (size_t)(reader->end - reader->next);
    const unsigned char *at = reader->next;
    size_t n = 0;

    if (left < 2)
        return false;
    if (at[1] >= WSN_BER_LONG_FORM) {
        n = at[1] - WSN_BER_LONG_FORM;
        /* RFC 3417 section 8 (1): no indefinite form, which is n == 0. */
        if (n == 0 || n > LENGTH_OCTETS_MAX || n > left - 2)
            return false;
    }
    *ret_tag = at[0];
    *ret_len = n == 0 ? at[1] : big_endian(at + 2, n, 0);
    reader->next = at + 2 + n;
    return true;
}

struct wsn_ber wsn_ber_split_long(const unsigned char *at,
                                  const unsigned char *end)
{
    struct wsn_ber_reader ahead = {at, end};
    struct wsn_ber element = {NULL, 0, 0};
    uint64_t len;

    if (!wsn_ber_read_head(&ahead, &element.tag, &len) ||
        len > (size_t)(end - ahead.next))
        return element;
    element.len = (size_t)len;
    element.body = ahead.next;
    return element;
}

bool wsn_ber_int32_long(const unsigned char *body, size_t len,
                        int32_t *ret_number)
{
    uint64_t bits;

    if (len == 0 || len > sizeof bits)
        return false;
    bits = big_endian(body, len, body[0] & SIGN_BIT ? UINT64_MAX : 0);
    if (bits + UINT64_C(0x80000000) > UINT32_MAX)
        return false;
    *ret_number = wsn_ber_signed((uint32_t)bits);
    return true;
}

void wsn_ber_write_long_head(struct wsn_ber_writer *writer, unsigned tag,
                             size_t len)
{
    size_t n = 0;
    unsigned char *at;

    for (size_t rest = len; rest != 0; rest >>= 8)
        n++;
    at = wsn_ber_reserve(writer, 2 + n);
    if (at == NULL)
        return;
    at[0] = (unsigned char)tag;
    at[1] = (unsigned char)(WSN_BER_LONG_FORM + n);
    for (; n > 0; n--, len >>= 8)
        at[1 + n] = (unsigned char)len;
}

/* Octets of two's complement, given the bits that differ from the sign. */
static size_t number_len(uint64_t magnitude)
{
    size_t len = 1;

    for (; magnitude >= SIGN_BIT; magnitude >>= 8)
        len++;
    return len;
}

static void write_number(struct wsn_ber_writer *writer, unsigned tag,
                         uint64_t bits, size_t len)
{
    unsigned char *at = wsn_ber_reserve(writer, 2 + len);

    if (at == NULL)
        return;
    at[0] = (unsigned char)tag;
    at[1] = (unsigned char)len;
    for (; len > 0; len--, bits >>= 8)
        at[1 + len] = (unsigned char)bits;
}

void wsn_ber_write_long_int32(struct wsn_ber_writer *writer, unsigned tag,
                              int32_t number)
{
    uint64_t bits = (uint64_t)number;
    uint64_t magnitude = number < 0 ? ~bits : bits;
    size_t len = 2u + (magnitude >= 0x8000) + (magnitude >= 0x800000);

    write_number(writer, tag, bits, len);
}

void wsn_ber_write_uint64(struct wsn_ber_writer *writer, unsigned tag,
                          uint64_t number)
{
    write_number(writer, tag, number, number_len(number));
}

void wsn_ber_write_octets(struct wsn_ber_writer *writer, unsigned tag,
                          const void *octets, size_t len)
{
    unsigned char *at = wsn_ber_reserve(writer, len);

    if (at != NULL && len > 0)
        memcpy(at, octets, len);
    wsn_ber_write_head(writer, tag, len);
}
