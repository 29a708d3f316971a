/*
 * ber.h - the Basic Encoding Rules as SNMP uses them (RFC 3417 section 8).
 *
 *   30 0c          tag, length       one element: a reader steps over it,
 *      06 08 ...   body              its body may be read by a further reader
 *      05 00
 *
 * A reader is a cursor over borrowed bytes.  A writer fills a buffer from its
 * end towards its start, so that every length is known when it is written.
 * Pure functions; any thread.
 */
#ifndef WSN_CODEC_BER_H
#define WSN_CODEC_BER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    WSN_BER_INTEGER = 0x02,
    WSN_BER_OCTETS = 0x04,
    WSN_BER_NULL = 0x05,
    WSN_BER_OID = 0x06,
    WSN_BER_SEQUENCE = 0x30,
    WSN_BER_IPADDR = 0x40,
    WSN_BER_TIMETICKS = 0x43
};

/* A length octet from here on counts the length octets behind it. */
#define WSN_BER_LONG_FORM 0x80

/* What is left to read. */
struct wsn_ber_reader {
    const unsigned char *next;
    const unsigned char *end;
};

/* One element; body is borrowed from the bytes that were read. */
struct wsn_ber {
    const unsigned char *body;
    size_t len;
    unsigned tag;
};

/* Free room is start .. next; what was written is next .. end of buffer. */
struct wsn_ber_writer {
    unsigned char *start;
    unsigned char *next;
    bool is_full; /* something did not fit; nothing more is written */
};

/*
 * Reads tag and length and steps behind them.  The length may have up to 8
 * octets more than it needs (RFC 3417 section 8 (1)); it is not compared
 * with what is left.  False: no bytes left, the indefinite form, the reserved
 * 0xff, more than 8 octets. [any]
 */
bool wsn_ber_read_head(struct wsn_ber_reader *reader, unsigned *ret_tag,
                       uint64_t *ret_len);

/* The general case of wsn_ber_next(), long lengths and errors: the element at
 * at, whose body is NULL when it is malformed. [any] */
struct wsn_ber wsn_ber_split_long(const unsigned char *at,
                                  const unsigned char *end);

/*
 * Takes one element whose body is all there; false when malformed.  Nothing
 * here takes the address of its arguments, so that a caller that has all of
 * it inlined keeps its reader in registers. [any]
 */
static inline bool wsn_ber_next(struct wsn_ber_reader *reader,
                                struct wsn_ber *ret_element)
{
    const unsigned char *at = reader->next;
    size_t left = (size_t)(reader->end - at);
    struct wsn_ber element;

    if (left < 2 || at[1] >= WSN_BER_LONG_FORM || at[1] > left - 2) {
        element = wsn_ber_split_long(at, reader->end);
        if (element.body == NULL)
            return false;
    } else {
        element.tag = at[0];
        element.len = at[1];
        element.body = at + 2;
    }
    *ret_element = element;
    reader->next = element.body + element.len;
    return true;
}

/* Takes one element of bytes that were checked before: nothing can be
 * wrong with it. [any] */
static inline struct wsn_ber wsn_ber_next_checked(struct wsn_ber_reader *reader)
{
    const unsigned char *at = reader->next;
    struct wsn_ber element = {at + 2, at[1], at[0]};

    if (element.len >= WSN_BER_LONG_FORM)
        element = wsn_ber_split_long(at, reader->end);
    reader->next = element.body + element.len;
    return element;
}

/* Steps behind such an element's tag and length, into its body. [any] */
static inline void wsn_ber_enter_checked(struct wsn_ber_reader *reader)
{
    reader->next = reader->next[1] < WSN_BER_LONG_FORM
                       ? reader->next + 2
                       : wsn_ber_split_long(reader->next, reader->end).body;
}

/* Takes one element and demands its tag. [any] */
static inline bool wsn_ber_expect(struct wsn_ber_reader *reader, unsigned tag,
                                  struct wsn_ber *ret_element)
{
    return wsn_ber_next(reader, ret_element) && ret_element->tag == tag;
}

/* A reader of the element's body. */
static inline struct wsn_ber_reader wsn_ber_enter(const struct wsn_ber *element)
{
    struct wsn_ber_reader inner;

    inner.next = element->body;
    inner.end = element->body + element->len;
    return inner;
}

static inline bool wsn_ber_is_at_end(const struct wsn_ber_reader *reader)
{
    return reader->next == reader->end;
}

/* The general case of wsn_ber_int32(). [any] */
bool wsn_ber_int32_long(const unsigned char *body, size_t len,
                        int32_t *ret_number);

/* Two's complement, whatever the machine has. */
static inline int32_t wsn_ber_signed(uint32_t bits)
{
    return bits > INT32_MAX ? -1 - (int32_t)~bits : (int32_t)bits;
}

/*
 * The number in an element's body.  Redundant leading octets are accepted up
 * to 8 octets in all; a number that does not fit is refused and never taken
 * modulo its width.  False: empty, too long, out of range. [any]
 */
static inline bool wsn_ber_int32(const struct wsn_ber *element,
                                 int32_t *ret_number)
{
    uint32_t bits;

    if (element->len - 1 >= sizeof bits)
        return wsn_ber_int32_long(element->body, element->len, ret_number);
    bits = (element->body[0] ^ 0x80u) - 0x80u; /* repeats the sign bit */
    for (size_t i = 1; i < element->len; i++)
        bits = bits << 8 | element->body[i];
    *ret_number = wsn_ber_signed(bits);
    return true;
}

/*
 * Whether the body is an unsigned number of width octets at most, or of one
 * more that is zero.  A number of full width whose sign octet is missing is
 * taken as positive, because many agents send 4294967295 as ff ff ff ff.
 * [any]
 */
static inline bool wsn_ber_is_unsigned(const struct wsn_ber *element,
                                       size_t width)
{
    return element->len - 1 < width ||
           (element->len == width + 1 && element->body[0] == 0);
}

/* The number in a body that is one, of up to 8 octets. [any] */
static inline uint64_t wsn_ber_unsigned(const struct wsn_ber *element)
{
    uint64_t number = element->body[0];

    for (size_t i = 1; i < element->len; i++)
        number = number << 8 | element->body[i];
    return number;
}

/* Starts writing at the end of buffer (borrowed). [any] */
static inline void wsn_ber_writer_init(struct wsn_ber_writer *writer,
                                       unsigned char *buffer, size_t size)
{
    writer->start = buffer;
    writer->next = buffer + size;
    writer->is_full = false;
}

/*
 * Makes room for len bytes in front of what is written and returns it; the
 * caller fills it.  NULL when it does not fit. [any]
 */
static inline unsigned char *wsn_ber_reserve(struct wsn_ber_writer *writer,
                                             size_t len)
{
    if (len > (size_t)(writer->next - writer->start)) {
        writer->start = writer->next;
        writer->is_full = true;
        return NULL;
    }
    writer->next -= len;
    return writer->next;
}

/* The case of wsn_ber_write_head() that needs length octets. [any] */
void wsn_ber_write_long_head(struct wsn_ber_writer *writer, unsigned tag,
                             size_t len);

/* Puts tag and shortest length in front of len bytes of body. [any] */
static inline void wsn_ber_write_head(struct wsn_ber_writer *writer,
                                      unsigned tag, size_t len)
{
    unsigned char *at;

    if (len >= WSN_BER_LONG_FORM) {
        wsn_ber_write_long_head(writer, tag, len);
        return;
    }
    at = wsn_ber_reserve(writer, 2);
    if (at == NULL)
        return;
    at[0] = (unsigned char)tag;
    at[1] = (unsigned char)len;
}

/* Wraps everything that was written since next stood at end. [any] */
static inline void wsn_ber_wrap(struct wsn_ber_writer *writer, unsigned tag,
                                const unsigned char *end)
{
    wsn_ber_write_head(writer, tag, (size_t)(end - writer->next));
}

/* Numbers of more than one octet. [any] */
void wsn_ber_write_long_int32(struct wsn_ber_writer *writer, unsigned tag,
                              int32_t number);

/* Whole elements, always in their shortest form. [any] */
static inline void wsn_ber_write_int32(struct wsn_ber_writer *writer,
                                       unsigned tag, int32_t number)
{
    unsigned char *at;

    if (number < -0x80 || number > 0x7f) {
        wsn_ber_write_long_int32(writer, tag, number);
        return;
    }
    at = wsn_ber_reserve(writer, 3);
    if (at == NULL)
        return;
    at[0] = (unsigned char)tag;
    at[1] = 1;
    at[2] = (unsigned char)number;
}

void wsn_ber_write_uint64(struct wsn_ber_writer *writer, unsigned tag,
                          uint64_t number);
void wsn_ber_write_octets(struct wsn_ber_writer *writer, unsigned tag,
                          const void *octets, size_t len);

#endif
