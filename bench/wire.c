/*
 * wire.c - see wire.h.
 */
#include "wire.h"

#include <string.h>

enum {
    TAG_INTEGER = 0x02,
    TAG_NULL = 0x05,
    TAG_OID = 0x06,
    TAG_SEQUENCE = 0x30,
    TAG_COUNTER32 = 0x41,
    TAG_COUNTER64 = 0x46
};

/* ---- messages that are ready ------------------------------------------- */

size_t wire_get(unsigned char *bytes, uint32_t request_id)
{
    static const unsigned char get[] = {
        0x30, 0x29, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',
        'i',  'c',  0xa0, 0x1c, 0x02, 0x04, 0,    0,    0,    0,    0x02,
        0x01, 0x00, 0x02, 0x01, 0x00, 0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08,
        0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00, 0x05, 0x00};

    memcpy(bytes, get, sizeof(get));
    for (int i = 0; i < 4; i++)
        bytes[17 + i] = (unsigned char)(request_id >> (24 - 8 * i));
    return sizeof(get);
}

size_t wire_trap(unsigned char *bytes, uint32_t number)
{
    static const unsigned char trap[] = {
        0x30, 0x81, 0x8f, 0x02, 0x01, 0x01, 0x04, 0x06, 'p', 'u', 'b', 'l', 'i',
        'c', 0xa7, 0x81, 0x81, 0x02, 0x04, 0x12, 0x34, 0x56, 0x78, 0x02, 0x01,
        0x00, 0x02, 0x01, 0x00, 0x30, 0x73,
        /* sysUpTime.0 */
        0x30, 0x10, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x03, 0x00,
        0x43, 0x04, 0x07, 0x5b, 0xcd, 0x15,
        /* snmpTrapOID.0 = linkDown */
        0x30, 0x17, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04,
        0x01, 0x00, 0x06, 0x09, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x05,
        0x03,
        /* ifIndex.3, ifAdminStatus.3, ifOperStatus.3 */
        0x30, 0x0f, 0x06, 0x0a, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x02, 0x02, 0x01,
        0x01, 0x03, 0x02, 0x01, 0x03, 0x30, 0x0f, 0x06, 0x0a, 0x2b, 0x06, 0x01,
        0x02, 0x01, 0x02, 0x02, 0x01, 0x07, 0x03, 0x02, 0x01, 0x01, 0x30, 0x0f,
        0x06, 0x0a, 0x2b, 0x06, 0x01, 0x02, 0x01, 0x02, 0x02, 0x01, 0x08, 0x03,
        0x02, 0x01, 0x02,
        /* 1.3.6.1.4.1.32473.2.1.0, a Counter32 */
        0x30, 0x13, 0x06, 0x0b, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x81, 0xfd, 0x59,
        0x02, 0x01, 0x00, 0x41, 0x04, 0, 0, 0, 0};

    memcpy(bytes, trap, sizeof(trap));
    wire_trap_number(bytes, sizeof(trap), number);
    return sizeof(trap);
}

/* The first bit is never set and one below always, so four octets are the
 * shortest form. */
void wire_trap_number(unsigned char *bytes, size_t len, uint32_t number)
{
    number = (number & UINT32_C(0x3fffffff)) | UINT32_C(0x40000000);
    for (unsigned i = 0; i < 4; i++)
        bytes[len - 4 + i] = (unsigned char)(number >> (24 - 8 * i));
}

/* ---- reading ----------------------------------------------------------- */

struct cursor {
    const unsigned char *at, *end;
};

/* The next value, whose contents are put in ret_body; its tag, or 0. */
static unsigned next(struct cursor *cursor, struct cursor *ret_body)
{
    const unsigned char *at = cursor->at;
    unsigned tag, n_octets = 0;
    size_t len;

    if (cursor->end - at < 2)
        return 0;
    tag = *at++;
    len = *at++;
    if (len & 0x80) {
        n_octets = len & 0x7f;
        if (n_octets < 1 || n_octets > 2 || cursor->end - at < (long)n_octets)
            return 0;
        for (len = 0; n_octets > 0; n_octets--)
            len = len << 8 | *at++;
    }
    if ((size_t)(cursor->end - at) < len)
        return 0;
    *ret_body = (struct cursor){at, at + len};
    cursor->at = at + len;
    return tag;
}

static bool expect(struct cursor *cursor, unsigned tag, struct cursor *ret_body)
{
    return next(cursor, ret_body) == tag;
}

static uint64_t read_number(struct cursor body, bool is_signed)
{
    uint64_t number =
        is_signed && body.at < body.end && *body.at & 0x80 ? ~UINT64_C(0) : 0;

    while (body.at < body.end)
        number = number << 8 | *body.at++;
    return number;
}

static bool read_int(struct cursor *cursor, int32_t *ret_number)
{
    struct cursor body;

    if (!expect(cursor, TAG_INTEGER, &body))
        return false;
    *ret_number = (int32_t)read_number(body, true);
    return true;
}

static bool read_name(struct cursor body, struct wire_varbind *varbind)
{
    unsigned n = 2;

    if (body.at == body.end)
        return false;
    varbind->ids[0] = *body.at / 40;
    varbind->ids[1] = *body.at++ % 40;
    for (uint32_t id = 0; body.at < body.end; body.at++) {
        id = id << 7 | (*body.at & 0x7f);
        if (*body.at & 0x80)
            continue;
        if (n == WIRE_IDS_MAX)
            return false;
        varbind->ids[n++] = id;
        id = 0;
    }
    varbind->n_ids = n;
    return true;
}

static bool read_varbind(struct cursor *list, struct wire_varbind *varbind)
{
    struct cursor both, name, value;

    if (!expect(list, TAG_SEQUENCE, &both) || !expect(&both, TAG_OID, &name) ||
        !read_name(name, varbind))
        return false;
    varbind->tag = next(&both, &value);
    varbind->at = value.at;
    varbind->len = (size_t)(value.end - value.at);
    if (varbind->tag == TAG_INTEGER ||
        (varbind->tag >= TAG_COUNTER32 && varbind->tag <= TAG_COUNTER64))
        varbind->number = read_number(value, varbind->tag == TAG_INTEGER);
    return varbind->tag != 0;
}

static bool read_list(struct cursor list, struct wire_message *message)
{
    unsigned n = 0;

    while (list.at < list.end)
        if (n == WIRE_VARBINDS_MAX ||
            !read_varbind(&list, &message->varbinds[n++]))
            return false;
    message->n_varbinds = n;
    return true;
}

bool wire_read(const unsigned char *bytes, size_t len,
               struct wire_message *ret_message)
{
    struct cursor whole = {bytes, bytes + len}, in, body, pdu, list;
    int32_t version;

    if (!expect(&whole, TAG_SEQUENCE, &in) || !read_int(&in, &version) ||
        version != 1 || next(&in, &body) == 0)
        return false;
    ret_message->type = next(&in, &pdu);
    return ret_message->type != 0 && read_int(&pdu, &ret_message->request_id) &&
           read_int(&pdu, &ret_message->first) &&
           read_int(&pdu, &ret_message->second) &&
           expect(&pdu, TAG_SEQUENCE, &list) && read_list(list, ret_message);
}

/* ---- answering --------------------------------------------------------- */

/* Where things are in a GET. */
struct places {
    size_t pdu, list, last, value; /* value: of the last variable */
};

static bool find_places(unsigned char *bytes, size_t len,
                        struct places *ret_places)
{
    struct cursor whole = {bytes, bytes + len}, in, body, pdu, list, both;

    if (!expect(&whole, TAG_SEQUENCE, &in) || next(&in, &body) == 0 ||
        next(&in, &body) == 0)
        return false;
    ret_places->pdu = (size_t)(in.at - bytes);
    if (!expect(&in, WIRE_GET, &pdu))
        return false;
    for (int i = 0; i < 3; i++)
        if (next(&pdu, &body) == 0)
            return false;
    ret_places->list = (size_t)(pdu.at - bytes);
    if (!expect(&pdu, TAG_SEQUENCE, &list) || list.at == list.end)
        return false;
    while (list.at < list.end) {
        ret_places->last = (size_t)(list.at - bytes);
        if (!expect(&list, TAG_SEQUENCE, &both) || next(&both, &body) == 0)
            return false;
        ret_places->value = (size_t)(both.at - bytes);
        if (next(&both, &body) != TAG_NULL)
            return false;
        bytes[ret_places->value] = 0x04;
    }
    return true;
}

size_t wire_answer(unsigned char *bytes, size_t len, uint32_t number)
{
    struct places places = {0};

    if (!find_places(bytes, len, &places))
        return 0;
    bytes[places.pdu] = WIRE_RESPONSE;
    if (len + WIRE_GROWTH >= 0x80)
        return len; /* the lengths would need more room */
    bytes[1] += WIRE_GROWTH;
    bytes[places.pdu + 1] += WIRE_GROWTH;
    bytes[places.list + 1] += WIRE_GROWTH;
    bytes[places.last + 1] += WIRE_GROWTH;
    bytes[places.value] = TAG_COUNTER32;
    bytes[places.value + 1] = 4;
    wire_trap_number(bytes, len + WIRE_GROWTH, number);
    return len + WIRE_GROWTH;
}

/* ---- a table to walk --------------------------------------------------- */

/* 1.3.6.1.4.1.32473.1.1.ROW; a row is two octets of seven bits. */
static const uint32_t table[] = {1, 3, 6, 1, 4, 1, 32473, 1, 1};
#define N_TABLE (sizeof(table) / sizeof(table[0]))
#define ROW_MAX 16383u
#define ROW_LEN 22u

uint32_t wire_row(const struct wire_varbind *varbind)
{
    if (varbind->n_ids <= N_TABLE ||
        memcmp(varbind->ids, table, sizeof(table)) != 0)
        return 0;
    return varbind->ids[N_TABLE];
}

static size_t put_row(unsigned char *at, uint32_t row, unsigned column)
{
    static const unsigned char name[] = {0x2b, 0x06, 0x01, 0x04, 0x01,
                                         0x81, 0xfd, 0x59, 0x01};
    unsigned n_name = sizeof(name) + (row < 128 ? 2 : 3);
    unsigned char *start = at;

    *at++ = TAG_SEQUENCE;
    *at++ = (unsigned char)(n_name + 8);
    *at++ = TAG_OID;
    *at++ = (unsigned char)n_name;
    memcpy(at, name, sizeof(name));
    at += sizeof(name);
    *at++ = (unsigned char)column;
    if (row >= 128)
        *at++ = (unsigned char)(0x80 | row >> 7);
    *at++ = (unsigned char)(row & 0x7f);
    *at++ = TAG_COUNTER32;
    *at++ = 4;
    wire_trap_number(start, (size_t)(at - start) + 4, row);
    return (size_t)(at - start) + 4;
}

/* A length in three octets. */
static size_t put_head(unsigned char *at, unsigned tag, size_t len)
{
    at[0] = (unsigned char)tag;
    at[1] = 0x82;
    at[2] = (unsigned char)(len >> 8);
    at[3] = (unsigned char)len;
    return 4;
}

/* In the shortest form. */
static size_t put_request_id(unsigned char *at, int32_t request_id)
{
    uint32_t bits = (uint32_t)request_id;
    unsigned n = 4;

    while (n > 1 && (bits >> 23 == 0 || bits >> 23 == 0x1ff)) {
        bits <<= 8;
        n--;
    }
    *at++ = TAG_INTEGER;
    *at++ = (unsigned char)n;
    for (unsigned i = 0; i < n; i++, bits <<= 8)
        *at++ = (unsigned char)(bits >> 24);
    return n + 2;
}

size_t wire_rows(unsigned char *bytes, int32_t request_id, uint32_t row,
                 unsigned n, uint32_t n_rows)
{
    static const unsigned char head[] = {0x02, 0x01, 0x01, 0x04, 0x06, 'p',
                                         'u',  'b',  'l',  'i',  'c'};
    static const unsigned char no_error[] = {0x02, 0x01, 0, 0x02, 0x01, 0};
    unsigned char list[WIRE_VARBINDS_MAX * ROW_LEN], fields[16];
    size_t len = 0, n_fields = put_request_id(fields, request_id), at = 0;

    memcpy(fields + n_fields, no_error, sizeof(no_error));
    n_fields += sizeof(no_error);
    if (n > WIRE_VARBINDS_MAX)
        n = WIRE_VARBINDS_MAX;
    if (n_rows == 0 || n_rows > ROW_MAX)
        n_rows = ROW_MAX;
    for (unsigned i = 0; i < n; i++, row++)
        len += put_row(list + len, row % n_rows + 1, 1 + row / n_rows);
    at += put_head(bytes, TAG_SEQUENCE, sizeof(head) + 8 + n_fields + len);
    memcpy(bytes + at, head, sizeof(head));
    at += sizeof(head);
    at += put_head(bytes + at, WIRE_RESPONSE, 4 + n_fields + len);
    memcpy(bytes + at, fields, n_fields);
    at += n_fields;
    at += put_head(bytes + at, TAG_SEQUENCE, len);
    memcpy(bytes + at, list, len);
    return at + len;
}
