/*
 * matrix_util.c - failures of messages as bytes, descriptors and object
 * identifiers.
 */
#include <string.h>

#include "matrix.h"
#include "support/api.h"
#include "support/bytes.h"
#include "support/golden.h"

/* ---- SnmpEncodeMsg ---------------------------------------------------------
 */

/* What SnmpSendMsg refuses for other reasons is an invalid PDU here, too. */
void encode_bad_pdu(const struct row *row)
{
    static smiBYTE bytes[65508];
    smiVALUE big = {SNMP_SYNTAX_OCTETS, {.string = {sizeof bytes, bytes}}};
    struct args args;

    send_bad_pdu(row);
    send_untranslatable(row);
    start();
    matrix_good_args(session, &args);
    args.vbl = SnmpCreateVbl(session, &sysdescr, &big);
    FAILS(row, session,
          SnmpEncodeMsg(session, NULL, args.dst, args.context,
                        new_pdu(SNMP_PDU_SET, args.vbl), &out.octets));
    stop();
}

void encode_nowhere(const struct row *row)
{
    struct args args;

    start();
    matrix_good_args(session, &args);
    FAILS(row, session,
          SnmpEncodeMsg(session, args.src, args.dst, args.context, args.pdu,
                        NULL));
    stop();
}

/* ---- SnmpDecodeMsg
 * ------------------------------------------------------------ */

void decode_without_context(const struct row *row)
{
    struct bytes message = bytes_from_hex(GOLDEN_V1_GET);
    smiOCTETS octets = {(smiUINT32)message.len, message.at};

    start();
    FAILS(row, session,
          SnmpDecodeMsg(session, &out.handles[0], &out.handles[1], NULL,
                        &out.handles[3], &octets));
    stop();
    bytes_free(&message);
}

void decode_without_pdu(const struct row *row)
{
    struct bytes message = bytes_from_hex(GOLDEN_V1_GET);
    smiOCTETS octets = {(smiUINT32)message.len, message.at};

    start();
    FAILS(row, session,
          SnmpDecodeMsg(session, &out.handles[0], &out.handles[1],
                        &out.handles[2], NULL, &octets));
    stop();
    bytes_free(&message);
}

static void fail_to_decode(const struct row *row, smiLPBYTE at, size_t len)
{
    struct bytes exactly = bytes_copy(at, at == NULL ? 0 : len);
    smiOCTETS octets = {(smiUINT32)len, at == NULL ? NULL : exactly.at};

    FAILS(row, session,
          SnmpDecodeMsg(session, &out.handles[0], &out.handles[1],
                        &out.handles[2], &out.handles[3], &octets));
    bytes_free(&exactly);
}

void decode_truncated(const struct row *row)
{
    struct bytes message = bytes_from_hex(GOLDEN_V1_GET);

    start();
    for (size_t len = 1; len < message.len; len++)
        fail_to_decode(row, message.at, len);
    stop();
    bytes_free(&message);
}

/* One octet of the v1 GET changed. */
static const struct {
    size_t at;
    smiBYTE octet;
} damages[] = {{0, 0x31},  {1, 0x25},  {1, 0x80},  {4, 2},     {4, 3},
               {13, 0xa8}, {13, 0xa9}, {13, 0xa5}, {13, 0x30}, {14, 0x18},
               {14, 0x1a}, {25, 0x0d}, {25, 0x0f}, {29, 0x0f}, {38, 0x99}};

void decode_malformed(const struct row *row)
{
    struct bytes message = bytes_from_hex(GOLDEN_V1_GET);

    start();
    FAILS(row, session,
          SnmpDecodeMsg(session, &out.handles[0], &out.handles[1],
                        &out.handles[2], &out.handles[3], NULL));
    fail_to_decode(row, NULL, 40);
    fail_to_decode(row, message.at, 0);
    for (int i = 0; i < N(damages); i++) {
        smiBYTE octet = message.at[damages[i].at];

        message.at[damages[i].at] = damages[i].octet;
        fail_to_decode(row, message.at, message.len);
        message.at[damages[i].at] = octet;
    }
    stop();
    bytes_free(&message);
}

/* ---- SnmpFreeDescriptor
 * ---------------------------------------------------------- */

static const smiUINT32 syntaxes_without_memory[] = {
    SNMP_SYNTAX_INT,          SNMP_SYNTAX_NULL,
    SNMP_SYNTAX_CNTR32,       SNMP_SYNTAX_GAUGE32,
    SNMP_SYNTAX_TIMETICKS,    SNMP_SYNTAX_CNTR64,
    SNMP_SYNTAX_UINT32,       SNMP_SYNTAX_NOSUCHOBJECT,
    SNMP_SYNTAX_SEQUENCE,     0,
    SNMP_SYNTAX_ENDOFMIBVIEW, 0x104};

void free_descriptor_bad_syntax(const struct row *row)
{
    smiOCTETS octets;

    start();
    ck_assert_uint_eq(SnmpContextToStr(new_context(), &octets),
                      SNMPAPI_SUCCESS);
    for (int i = 0; i < N(syntaxes_without_memory); i++)
        FAILS(row, NULL,
              SnmpFreeDescriptor(syntaxes_without_memory[i], &octets));
    ck_assert_uint_eq(octets.len, 6);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets),
                      SNMPAPI_SUCCESS);
    stop();
}

void free_descriptor_foreign(const struct row *row)
{
    smiBYTE mine[] = {'m', 'i', 'n', 'e'};
    smiOCTETS foreign = {sizeof mine, mine};
    smiOCTETS nowhere = {4, NULL};
    smiOCTETS octets;
    smiOCTETS copy;
    smiOCTETS middle;

    start();
    ck_assert_uint_eq(SnmpContextToStr(new_context(), &octets),
                      SNMPAPI_SUCCESS);
    copy = octets;
    middle.len = 5;
    middle.ptr = octets.ptr + 1;
    FAILS(row, NULL, SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, NULL));
    FAILS(row, NULL, SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &nowhere));
    FAILS(row, NULL, SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &foreign));
    FAILS(row, NULL, SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &middle));
    ck_assert_ptr_eq(foreign.ptr, mine);
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets),
                      SNMPAPI_SUCCESS);
    FAILS(row, NULL, SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets));
    FAILS(row, NULL, SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &copy));
    ck_assert_uint_eq(copy.len, 6);
    stop();
}

/* ---- object identifiers
 * ------------------------------------------------------------ */

static const char *const no_oids[] = {NULL,
                                      "",
                                      "1",
                                      "1.",
                                      "1..3",
                                      "a.b",
                                      "1.3.4294967296",
                                      "3.1",
                                      "1.40",
                                      ".",
                                      "..1.3",
                                      "1.3.6.",
                                      "1.3 ",
                                      " 1.3",
                                      "-1.3",
                                      "+1.3",
                                      "1.0x3",
                                      "0.40",
                                      "1.3.99999999999999999999"};

/* unit, unit, unit ... of len characters. */
static void repeat(char *text, const char *unit, size_t len)
{
    size_t unit_len = strlen(unit);

    for (size_t i = 0; i < len; i++)
        text[i] = unit[i % unit_len];
    text[len] = '\0';
}

void str_to_oid_bad(const struct row *row)
{
    char text[2000];

    start();
    for (int i = 0; i < N(no_oids); i++)
        FAILS(row, NULL, SnmpStrToOid(no_oids[i], &out.oid));
    repeat(text, "1.", 129 * 2 - 1); /* 129 sub-identifiers */
    FAILS(row, NULL, SnmpStrToOid(text, &out.oid));
    memcpy(text, "1.3.", 4);
    repeat(text + 4, "0", MAXOBJIDSTRSIZE - 4);
    FAILS(row, NULL, SnmpStrToOid(text, &out.oid));
    repeat(text, "x", sizeof text - 1);
    FAILS(row, NULL, SnmpStrToOid(text, &out.oid));
    stop();
}

void str_to_oid_nowhere(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpStrToOid("1.3.6", NULL));
    stop();
}

static smiUINT32 ids[129] = {1, 3, 6};
static const smiOID three = {3, ids};
static const smiOID malformed[] = {{0, ids}, {1, ids}, {129, ids}, {3, NULL}};

void oid_to_str_no_room(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpOidToStr(&three, 0, out.text));
    stop();
}

void oid_to_str_bad(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpOidToStr(NULL, sizeof out.text, out.text));
    for (int i = 0; i < N(malformed); i++)
        FAILS(row, NULL,
              SnmpOidToStr(&malformed[i], sizeof out.text, out.text));
    stop();
}

/* As much as fits is written, so that it can be printed. */
void oid_to_str_short(const struct row *row)
{
    char text[6];

    start();
    FAILS(row, NULL, SnmpOidToStr(&three, 5, text));
    ck_assert_str_eq(text, "1.3.");
    FAILS(row, NULL, SnmpOidToStr(&three, 1, text));
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(SnmpOidToStr(&three, 6, text), 6);
    stop();
}

void oid_to_str_nowhere(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpOidToStr(&three, 6, NULL));
    stop();
}

void oid_copy_bad(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpOidCopy(NULL, &out.oid));
    for (int i = 0; i < N(malformed); i++)
        FAILS(row, NULL, SnmpOidCopy(&malformed[i], &out.oid));
    stop();
}

void oid_copy_nowhere(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpOidCopy(&three, NULL));
    stop();
}

void oid_compare_bad(const struct row *row)
{
    smiOID too_long = {129, ids};
    smiOID nowhere = {3, NULL};

    start();
    FAILS(row, NULL, SnmpOidCompare(NULL, &three, 0, &out.integers[0]));
    FAILS(row, NULL, SnmpOidCompare(&three, NULL, 0, &out.integers[0]));
    FAILS(row, NULL, SnmpOidCompare(&too_long, &three, 0, &out.integers[0]));
    FAILS(row, NULL, SnmpOidCompare(&three, &too_long, 0, &out.integers[0]));
    FAILS(row, NULL, SnmpOidCompare(&nowhere, &three, 0, &out.integers[0]));
    FAILS(row, NULL, SnmpOidCompare(&three, &nowhere, 0, &out.integers[0]));
    stop();
}

void oid_compare_too_many(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpOidCompare(&three, &three, 129, &out.integers[0]));
    FAILS(row, NULL,
          SnmpOidCompare(&three, &three, UINT32_MAX, &out.integers[0]));
    stop();
}

void oid_compare_nowhere(const struct row *row)
{
    start();
    FAILS(row, NULL, SnmpOidCompare(&three, &three, 0, NULL));
    stop();
}

/* ---- SnmpGetLastError
 * ----------------------------------------------------------------- */

/* It has no failure of its own, whenever it is asked and for whatever. */
void last_error_never_fails(const struct row *row)
{
    void *bad[BAD_HANDLES];
    HSNMP_SESSION closed;

    (void)row;
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_NOT_INITIALIZED);
    start();
    closed = session;
    bad_handles(WSN_SESSION, bad);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRecvMsg(session, &out.handles[0], NULL, NULL, NULL),
                      SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_NOOP);
    for (int i = 0; i < BAD_HANDLES; i++)
        ck_assert_uint_eq(SnmpGetLastError(bad[i]), SNMPAPI_NOOP);
    stop();
    ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_NOOP);
    ck_assert_uint_eq(SnmpGetLastError(closed), SNMPAPI_NOOP);
}
