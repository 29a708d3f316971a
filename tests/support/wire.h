/*
 * wire.h - messages as they ought to be, written by the test: nothing of the
 * library makes them.  Octets are put one behind the other; wire_wrap() makes
 * what came since a place the contents of a value.
 */
#ifndef WSN_TESTS_SUPPORT_WIRE_H
#define WSN_TESTS_SUPPORT_WIRE_H

#include <check.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define WIRE_MAX 8192

struct wire {
    unsigned char at[WIRE_MAX];
    size_t len;
};

static inline void wire_octet(struct wire *wire, unsigned octet)
{
    ck_assert_uint_lt(wire->len, WIRE_MAX);
    wire->at[wire->len++] = (unsigned char)octet;
}

/* In the shortest form (X.690, 8.1.3). */
static inline void wire_length(struct wire *wire, size_t len)
{
    if (len >= 0x100) {
        wire_octet(wire, 0x82);
        wire_octet(wire, (unsigned)(len >> 8));
    } else if (len >= 0x80) {
        wire_octet(wire, 0x81);
    }
    wire_octet(wire, len & 0xff);
}

static inline void wire_octets(struct wire *wire, unsigned tag,
                               const void *octets, size_t len)
{
    wire_octet(wire, tag);
    wire_length(wire, len);
    for (size_t i = 0; i < len; i++)
        wire_octet(wire, ((const unsigned char *)octets)[i]);
}

static inline void wire_wrap(struct wire *wire, size_t since, unsigned tag)
{
    unsigned char contents[WIRE_MAX];
    size_t len = wire->len - since;

    memcpy(contents, wire->at + since, len);
    wire->len = since;
    wire_octets(wire, tag, contents, len);
}

/* Both in the fewest octets, with a sign bit. */
static inline void wire_int(struct wire *wire, unsigned tag, int32_t number)
{
    unsigned char octets[4];
    int n = 1;

    while (number >> (8 * n - 1) != 0 && number >> (8 * n - 1) != -1)
        n++;
    for (int i = 0; i < n; i++)
        octets[i] = (unsigned char)((uint32_t)number >> (8 * (n - 1 - i)));
    wire_octets(wire, tag, octets, (size_t)n);
}

static inline void wire_unsigned(struct wire *wire, unsigned tag,
                                 uint64_t number)
{
    unsigned char octets[9] = {0};
    int n = 1;

    while (n < 9 && number >> (8 * n - 1) != 0)
        n++;
    for (int i = n == 9 ? 1 : 0; i < n; i++)
        octets[i] = (unsigned char)(number >> (8 * (n - 1 - i)));
    wire_octets(wire, tag, octets, (size_t)n);
}

static inline void wire_sub_id(struct wire *wire, uint64_t sub_id)
{
    int n = 1;

    while (sub_id >> (7 * n) != 0)
        n++;
    while (--n > 0)
        wire_octet(wire, (unsigned)(0x80 | (sub_id >> (7 * n) & 0x7f)));
    wire_octet(wire, sub_id & 0x7f);
}

/* Two sub-identifiers or more; or none, which no encoder should write. */
static inline void wire_oid(struct wire *wire, const uint32_t *ids, size_t n)
{
    size_t since = wire->len;

    if (n > 0)
        wire_sub_id(wire, (uint64_t)ids[0] * 40 + ids[1]);
    for (size_t i = 2; i < n; i++)
        wire_sub_id(wire, ids[i]);
    wire_wrap(wire, since, 0x06);
}

/* Puts version and community "public" before the PDU, and all in a message. */
static inline void wire_finish(struct wire *wire, int version)
{
    struct wire pdu = *wire;

    wire->len = 0;
    wire_int(wire, 0x02, version);
    wire_octets(wire, 0x04, "public", 6);
    memcpy(wire->at + wire->len, pdu.at, pdu.len);
    wire->len += pdu.len;
    wire_wrap(wire, 0, 0x30);
}

#endif
