/*
 * oid.c - see oid.h.
 */
#include "codec/oid.h"

#include <assert.h>
#include <string.h>

/* 32 bits need five octets of seven bits each. */
#define SUBID_OCTETS_MAX 5

/*
 * X.690 section 8.19.2 forbids to begin a number with octets 0x80, which add
 * nothing to it.  Some agents do so all the same, and the other managers read
 * it; this many are therefore passed over.  We never write any.
 */
#define SUBID_PADDING_MAX 5

/* A sub-id's text: a dot and ten digits. */
#define SUBID_TEXT_MAX 11

int wsn_oid_compare(const smiUINT32 *x, size_t xlen, const smiUINT32 *y,
                    size_t ylen)
{
    size_t common = xlen < ylen ? xlen : ylen;

    for (size_t i = 0; i < common; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return (xlen > ylen) - (xlen < ylen);
}

bool wsn_oid_has_prefix(const smiUINT32 *ids, size_t len,
                        const smiUINT32 *prefix, size_t prefix_len)
{
    return len >= prefix_len &&
           wsn_oid_compare(ids, prefix_len, prefix, prefix_len) == 0;
}

bool wsn_oid_is_equal(const smiUINT32 *x, size_t xlen, const smiUINT32 *y,
                      size_t ylen)
{
    return xlen == ylen && wsn_oid_compare(x, xlen, y, ylen) == 0;
}

static unsigned digit_of(char c)
{
    return (unsigned)(unsigned char)c - '0';
}

/*
 * Reads one number from text + *at on, which is moved behind its digits.
 * False: no digit, more than 32 bits, no end within MAXOBJIDSTRSIZE.
 */
static bool read_number(const char *text, size_t *at, smiUINT32 *ret_number)
{
    size_t i = *at;
    uint64_t number;
    unsigned digit;

    if (i >= MAXOBJIDSTRSIZE || (digit = digit_of(text[i])) > 9)
        return false;
    for (number = 0; digit <= 9; digit = digit_of(text[i])) {
        number = number * 10 + digit;
        if (number > UINT32_MAX || ++i >= MAXOBJIDSTRSIZE)
            return false;
    }
    *ret_number = (smiUINT32)number;
    *at = i;
    return true;
}

wsn_err wsn_oid_from_text(const char *text, smiUINT32 ids[MAXOBJIDSIZE],
                          smiUINT32 *ret_len)
{
    size_t at = text[0] == '.';
    smiUINT32 len = 0;

    while (len < MAXOBJIDSIZE && read_number(text, &at, &ids[len])) {
        len++;
        if (text[at] == '\0') {
            if (len < 2 || !wsn_oid_is_valid_pair(ids))
                break;
            *ret_len = len;
            return WSN_OK;
        }
        if (text[at++] != '.')
            break;
    }
    return SNMPAPI_OID_INVALID;
}

static size_t digits_in(smiUINT32 number)
{
    size_t n = 1;

    for (; number >= 100; number /= 100)
        n += 2;
    return n + (number >= 10);
}

/* Writes a number, with a dot in front unless it is the first. */
static size_t put_subid(char *text, smiUINT32 number, bool is_first)
{
    size_t dot = !is_first;
    size_t n = digits_in(number);

    text[0] = '.';
    for (size_t i = n; i > 0; i--, number /= 10)
        text[dot + i - 1] = (char)('0' + number % 10);
    return dot + n;
}

size_t wsn_oid_to_text(const smiUINT32 *ids, size_t len, char *text,
                       size_t size)
{
    size_t used = 0;

    for (size_t i = 0; i < len; i++) {
        if (used < size && size - used > SUBID_TEXT_MAX) {
            used += put_subid(text + used, ids[i], i == 0);
        } else {
            char subid[SUBID_TEXT_MAX];
            size_t n = put_subid(subid, ids[i], i == 0);
            size_t room = used < size ? size - used : 0;

            if (room > 0)
                memcpy(text + used, subid, n < room ? n : room);
            used += n;
        }
    }
    if (size > 0)
        text[used < size ? used : size - 1] = '\0';
    return used + 1;
}

/* Of eight octets, counts those with their high bit set: another octet of the
 * same number follows.  which has a one for each octet to be looked at. */
static inline size_t count_high_bits(const unsigned char *octets,
                                     const unsigned char *which)
{
    uint64_t eight;
    uint64_t ones;

    memcpy(&eight, octets, sizeof eight);
    memcpy(&ones, which, sizeof ones);
    /* The first byte of the product is the sum of all. */
    return (eight >> 7 & ones) * UINT64_C(0x0101010101010101) >> 56;
}

static size_t count_continued(const unsigned char *body, size_t len)
{
    static const unsigned char which[8 + 8] = {0, 0, 0, 0, 0, 0, 0, 0,
                                               1, 1, 1, 1, 1, 1, 1, 1};
    const unsigned char *end = body + len;
    size_t count = 0;

    if (len < 8) {
        while (body < end)
            count += *body++ >> 7;
        return count;
    }
    for (; end - body >= 8; body += 8)
        count += count_high_bits(body, which + 8);
    /* What is left, with some of those before it, which are passed over. */
    return count + count_high_bits(end - 8, which + (end - body));
}

/*
 * Checks the number that starts at body; the last octet of the whole body has
 * its high bit clear, so it ends in time.  Returns its octets, 0 when there
 * is too much padding or it is more than limit.
 */
static size_t check_number(const unsigned char *body, uint64_t limit)
{
    uint64_t number = 0;
    size_t padding = 0;

    while (body[padding] == 0x80)
        if (++padding > SUBID_PADDING_MAX)
            return 0;
    for (size_t i = padding; i < padding + SUBID_OCTETS_MAX; i++) {
        number = number << 7 | (body[i] & 0x7f);
        if (body[i] < 0x80)
            return number <= limit ? i + 1 : 0;
    }
    return 0;
}

static bool are_all_in_range(const unsigned char *body, size_t len)
{
    /* The first number holds two sub-ids and may be that much larger. */
    uint64_t limit =
        UINT64_C(0xffffffff) + WSN_OID_ARC_LAST * WSN_OID_ARC_WIDTH;
    size_t n;

    for (size_t i = 0; i < len; i += n, limit = UINT32_MAX) {
        n = body[i] < 0x80 ? 1 : check_number(body + i, limit);
        if (n == 0)
            return false;
    }
    return true;
}

/*
 * Each number ends with an octet whose high bit is clear, and the first is
 * two sub-ids.  What makes a number malformed is more octets than four; so
 * where hardly any octet is continued there is nothing else to check.
 */
size_t wsn_oid_ber_count(const unsigned char *body, size_t len)
{
    size_t n_continued;
    size_t count;

    if (len == 0 || body[len - 1] >= 0x80)
        return 0;
    n_continued = count_continued(body, len);
    count = len - n_continued + 1;
    if (count > MAXOBJIDSIZE ||
        (n_continued >= SUBID_OCTETS_MAX - 1 && !are_all_in_range(body, len)))
        return 0;
    return count;
}

size_t wsn_oid_ber_count_value(const unsigned char *body, size_t len)
{
    return len == 0 ? 2 : wsn_oid_ber_count(body, len);
}

/* Takes the number at *body; it has been checked, so it ends and fits. */
static inline uint64_t take_number(const unsigned char **body)
{
    const unsigned char *at = *body;
    uint64_t number = *at & 0x7f;

    while (*at++ >= 0x80)
        number = number << 7 | (*at & 0x7f);
    *body = at;
    return number;
}

static void split_first(uint64_t number, smiUINT32 *ids)
{
    smiUINT32 arc;

    for (arc = 0; arc < WSN_OID_ARC_LAST && number >= WSN_OID_ARC_WIDTH; arc++)
        number -= WSN_OID_ARC_WIDTH;
    ids[0] = arc;
    ids[1] = (smiUINT32)number;
}

static inline bool are_four_octets_small(const unsigned char *body)
{
    uint32_t four;

    memcpy(&four, body, sizeof four);
    return (four & UINT32_C(0x80808080)) == 0;
}

/* Most numbers are one octet; four such are taken at once. */
static smiUINT32 *read_numbers(const unsigned char *body,
                               const unsigned char *end, smiUINT32 *ids)
{
    while (end - body >= 4) {
        if (!are_four_octets_small(body)) {
            *ids++ = (smiUINT32)take_number(&body);
            continue;
        }
        ids[0] = body[0];
        ids[1] = body[1];
        ids[2] = body[2];
        ids[3] = body[3];
        ids += 4;
        body += 4;
    }
    while (body < end)
        *ids++ = (smiUINT32)take_number(&body);
    return ids;
}

size_t wsn_oid_ber_read(const unsigned char *body, size_t len, smiUINT32 *ids)
{
    const unsigned char *end = body + len;

    split_first(len > 0 ? take_number(&body) : 0, ids);
    return (size_t)(read_numbers(body, end, ids + 2) - ids);
}

/* Writes a number so that it ends before at; returns where it begins. */
static inline unsigned char *put_before(unsigned char *at, uint64_t number)
{
    *--at = (unsigned char)(number & 0x7f);
    while ((number >>= 7) != 0)
        *--at = (unsigned char)(number | 0x80);
    return at;
}

static inline bool are_four_small(const smiUINT32 *ids)
{
    return (ids[0] | ids[1] | ids[2] | ids[3]) < 0x80;
}

/* The same for a whole body, from its end; four small ones at once. */
static unsigned char *put_body_before(unsigned char *at, const smiUINT32 *ids,
                                      size_t len)
{
    const smiUINT32 *from = ids + len;

    while (from - ids >= 2 + 4) {
        if (!are_four_small(from - 4)) {
            at = put_before(at, *--from);
            continue;
        }
        from -= 4;
        at -= 4;
        at[0] = (unsigned char)from[0];
        at[1] = (unsigned char)from[1];
        at[2] = (unsigned char)from[2];
        at[3] = (unsigned char)from[3];
    }
    while (from - ids > 2)
        at = put_before(at, *--from);
    return put_before(at, (uint64_t)ids[0] * WSN_OID_ARC_WIDTH + ids[1]);
}

/* Straight into the buffer, unless its end is near. */
void wsn_oid_ber_write(struct wsn_ber_writer *writer, const smiUINT32 *ids,
                       size_t len)
{
    unsigned char body[MAXOBJIDSIZE * SUBID_OCTETS_MAX];
    const unsigned char *end = writer->next;
    unsigned char *at = body + sizeof body;

    assert(len >= 2 && len <= MAXOBJIDSIZE);
    if ((size_t)(writer->next - writer->start) >= len * SUBID_OCTETS_MAX) {
        writer->next = put_body_before(writer->next, ids, len);
        wsn_ber_wrap(writer, WSN_BER_OID, end);
        return;
    }
    at = put_body_before(at, ids, len);
    wsn_ber_write_octets(writer, WSN_BER_OID, at,
                         (size_t)(body + sizeof body - at));
}
