/*
 * check_message_verdicts.c - which messages are accepted.
 *
 * RFC 3417 section 8 and X.690 leave room for tolerance; each row is one
 * decision about it.
 */
#include <string.h>

#include "codec/message.h"
#include "support/bytes.h"
#include "support/golden.h"
#include "support/message_parts.h"
#include "support/suite.h"

#define N_CASES(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* ---- What is accepted ----------------------------------------------- */

#define V1 .version = "02 01 00"
#define TRAP(fields_hex) V1, .tag = 0xa4, .fields = fields_hex

static const struct decision {
    const char *what;
    struct parts parts;
    enum wsn_scan result;
} decisions[] = {
    {"nothing unusual", {0}, WSN_SCAN_OK},

    {"version with needless zeros",
     {.version = "02 04 00 00 00 01"},
     WSN_SCAN_OK},
    {"version that is 1 modulo 2^32",
     {.version = "02 05 01 00 00 00 01"},
     WSN_SCAN_MALFORMED},
    {"version 2", {.version = "02 01 02"}, WSN_SCAN_BAD_VERSION},
    {"version 3", {.version = "02 01 03"}, WSN_SCAN_BAD_VERSION},
    {"version -1", {.version = "02 01 ff"}, WSN_SCAN_BAD_VERSION},
    {"version of no octets", {.version = "02 00"}, WSN_SCAN_MALFORMED},
    {"version as Counter32", {.version = "41 01 01"}, WSN_SCAN_MALFORMED},

    {"empty community", {.community = "04 00"}, WSN_SCAN_OK},
    {"community with a NUL",
     {.community = "04 07 70 75 62 00 6c 69 63"},
     WSN_SCAN_OK},
    {"community as Opaque",
     {.community = "44 06 70 75 62 6c 69 63"},
     WSN_SCAN_MALFORMED},
    {"constructed community",
     {.community = "24 04 04 02 61 62"},
     WSN_SCAN_MALFORMED},

    {"v1 Get", {V1, .tag = 0xa0}, WSN_SCAN_OK},
    {"v1 GetNext", {V1, .tag = 0xa1}, WSN_SCAN_OK},
    {"v1 Response", {V1, .tag = 0xa2}, WSN_SCAN_OK},
    {"v1 Set", {V1, .tag = 0xa3}, WSN_SCAN_OK},
    {"v1 GetBulk", {V1, .tag = 0xa5}, WSN_SCAN_BAD_TYPE},
    {"v1 Inform", {V1, .tag = 0xa6}, WSN_SCAN_BAD_TYPE},
    {"v1 message with an SNMPv2 trap", {V1, .tag = 0xa7}, WSN_SCAN_BAD_TYPE},
    {"v2c Get", {.tag = 0xa0}, WSN_SCAN_OK},
    {"v2c Set", {.tag = 0xa3}, WSN_SCAN_OK},
    {"v2c message with a v1 trap", {.tag = 0xa4}, WSN_SCAN_BAD_TYPE},
    {"v2c GetBulk", {.tag = 0xa5}, WSN_SCAN_OK},
    {"v2c Inform", {.tag = 0xa6}, WSN_SCAN_OK},
    {"v2c Trap", {.tag = 0xa7}, WSN_SCAN_OK},
    {"v2c Report", {.tag = 0xa8}, WSN_SCAN_BAD_TYPE},
    {"unknown PDU", {.tag = 0xa9}, WSN_SCAN_BAD_TYPE},
    {"primitive PDU tag", {.tag = 0x82}, WSN_SCAN_BAD_TYPE},

    {"request id of no octets",
     {.fields = "02 00 02 01 00 02 01 00"},
     WSN_SCAN_MALFORMED},
    {"request id with needless zeros",
     {.fields = "02 04 00 00 00 01 02 01 00 02 01 00"},
     WSN_SCAN_OK},
    {"request id 2^32 - 1, which is not -1",
     {.fields = "02 05 00 ff ff ff ff 02 01 00 02 01 00"},
     WSN_SCAN_MALFORMED},
    {"request id 2^31 and some, seen in the wild",
     {.fields = "02 05 00 c2 71 e0 30 02 01 00 02 01 00"},
     WSN_SCAN_MALFORMED},
    {"request id 2^32 + 1, which is not 1",
     {.fields = "02 05 01 00 00 00 01 02 01 00 02 01 00"},
     WSN_SCAN_MALFORMED},
    {"request id 2^32 + 1 in eight octets",
     {.fields = "02 08 00 00 00 01 00 00 00 01 02 01 00 02 01 00"},
     WSN_SCAN_MALFORMED},
    {"request id of nine octets",
     {.fields = "02 09 00 00 00 00 00 00 00 00 01 02 01 00 02 01 00"},
     WSN_SCAN_MALFORMED},
    {"request id of 8 octets 88 ff...",
     {.fields = "02 88 ff ff ff ff ff ff ff ff 02 01 00 02 01 00"},
     WSN_SCAN_MALFORMED},
    {"unknown error status",
     {.fields = "02 01 01 02 01 13 02 01 00"},
     WSN_SCAN_OK},
    {"negative error status",
     {.fields = "02 01 01 02 01 ff 02 01 00"},
     WSN_SCAN_OK},
    {"error status 2^31 - 1",
     {.fields = "02 01 01 02 04 7f ff ff ff 02 01 00"},
     WSN_SCAN_OK},
    {"error index beyond the list",
     {.fields = "02 01 01 02 01 02 02 01 05"},
     WSN_SCAN_OK},
    {"negative error index",
     {.fields = "02 01 01 02 01 02 02 01 ff"},
     WSN_SCAN_OK},
    {"GetBulk with negative fields",
     {.tag = 0xa5, .fields = "02 01 01 02 01 ff 02 01 ff"},
     WSN_SCAN_OK},
    {"GetBulk with 2^31 - 1 repetitions",
     {.tag = 0xa5, .fields = "02 01 01 02 01 00 02 04 7f ff ff ff"},
     WSN_SCAN_OK},
    {"no error index", {.fields = "02 01 01 02 01 00"}, WSN_SCAN_MALFORMED},

    {"empty list", {.list = "30 00"}, WSN_SCAN_OK},
    {"no list", {.list = ""}, WSN_SCAN_MALFORMED},
    {"list of another tag", {.list = "31 00"}, WSN_SCAN_MALFORMED},
    {"element behind the list", {.list = "30 00 04 01 78"}, WSN_SCAN_MALFORMED},
    {"element behind the PDU", {.behind_pdu = "04 01 78"}, WSN_SCAN_MALFORMED},
    {"entry that is no SEQUENCE",
     {.list = "30 07 31 05 06 01 2b 05 00"},
     WSN_SCAN_MALFORMED},
    {"entry longer than the list",
     {.list = "30 07 30 06 06 01 2b 05 00"},
     WSN_SCAN_MALFORMED},
    {"list longer than its entries",
     {.list = "30 08 30 05 06 01 2b 05 00"},
     WSN_SCAN_MALFORMED},
    {"entry of indefinite length",
     {.list = "30 09 30 80 06 01 2b 05 00 00 00"},
     WSN_SCAN_MALFORMED},
    {"list of long length",
     {.list = "30 82 00 07 30 05 06 01 2b 05 00"},
     WSN_SCAN_OK},
    {"three elements in an entry",
     {.value = "05 00 05 00"},
     WSN_SCAN_MALFORMED},
    {"entry without a value", {.value = ""}, WSN_SCAN_MALFORMED},
    {"entry without a name", {.name = ""}, WSN_SCAN_MALFORMED},
    {"empty entry", {.list = "30 02 30 00"}, WSN_SCAN_MALFORMED},

    {"empty name", {.name = "06 00"}, WSN_SCAN_MALFORMED},
    {"name as OCTET STRING", {.name = "04 01 2b"}, WSN_SCAN_MALFORMED},
    {"name with the largest sub-id",
     {.name = "06 06 2b 8f ff ff ff 7f"},
     WSN_SCAN_OK},
    {"name with sub-id 2^32",
     {.name = "06 06 2b 90 80 80 80 00"},
     WSN_SCAN_MALFORMED},
    {"name with a sub-id of 77 bits",
     {.name = "06 0c 2b 80 80 80 80 80 80 80 80 80 80 00"},
     WSN_SCAN_MALFORMED},
    {"name with a padded sub-id", {.name = "06 03 2b 80 01"}, WSN_SCAN_OK},
    {"name with a sub-id padded too much",
     {.name = "06 08 2b 80 80 80 80 80 80 01"},
     WSN_SCAN_MALFORMED},
    {"name that ends inside a sub-id",
     {.name = "06 02 2b 86"},
     WSN_SCAN_MALFORMED},
    {"name 2.100.1", {.name = "06 03 81 34 01"}, WSN_SCAN_OK},

    {"INTEGER of no octets", {.value = "02 00"}, WSN_SCAN_MALFORMED},
    {"INTEGER 2^31", {.value = "02 05 00 80 00 00 00"}, WSN_SCAN_MALFORMED},
    {"INTEGER 2^63 - 1",
     {.value = "02 08 7f ff ff ff ff ff ff ff"},
     WSN_SCAN_MALFORMED},
    {"Counter32 2^32 - 1", {.value = "41 05 00 ff ff ff ff"}, WSN_SCAN_OK},
    {"Counter32 2^32 - 1 without its sign octet",
     {.value = "41 04 ff ff ff ff"},
     WSN_SCAN_OK},
    {"Counter32 2^32", {.value = "41 05 01 00 00 00 00"}, WSN_SCAN_MALFORMED},
    {"Counter32 of nine octets",
     {.value = "41 09 00 00 00 00 00 00 00 00 01"},
     WSN_SCAN_MALFORMED},
    {"Counter32 of no octets", {.value = "41 00"}, WSN_SCAN_MALFORMED},
    {"Gauge32 without its sign octet",
     {.value = "42 04 ff ff ff ff"},
     WSN_SCAN_OK},
    {"Gauge32 2^32", {.value = "42 05 01 00 00 00 00"}, WSN_SCAN_MALFORMED},
    {"Gauge32 of no octets", {.value = "42 00"}, WSN_SCAN_MALFORMED},
    {"TimeTicks without its sign octet",
     {.value = "43 04 ff ff ff ff"},
     WSN_SCAN_OK},
    {"TimeTicks 2^32", {.value = "43 05 01 00 00 00 00"}, WSN_SCAN_MALFORMED},
    {"TimeTicks of no octets", {.value = "43 00"}, WSN_SCAN_MALFORMED},
    {"obsolete UInteger32", {.value = "47 01 01"}, WSN_SCAN_OK},
    {"Counter64 2^64 - 1",
     {.value = "46 09 00 ff ff ff ff ff ff ff ff"},
     WSN_SCAN_OK},
    {"Counter64 2^64 - 1 without its sign octet",
     {.value = "46 08 ff ff ff ff ff ff ff ff"},
     WSN_SCAN_OK},
    {"Counter64 2^64",
     {.value = "46 09 01 00 00 00 00 00 00 00 00"},
     WSN_SCAN_MALFORMED},
    {"Counter64 of ten octets",
     {.value = "46 0a 00 00 00 00 00 00 00 00 00 00"},
     WSN_SCAN_MALFORMED},
    {"Counter64 of no octets", {.value = "46 00"}, WSN_SCAN_MALFORMED},
    {"Counter64 in v1, from sloppy agents",
     {V1, .value = "46 01 01"},
     WSN_SCAN_OK},

    {"NULL with content", {.value = "05 01 00"}, WSN_SCAN_MALFORMED},
    {"IpAddress of no octets", {.value = "40 00"}, WSN_SCAN_OK},
    {"IpAddress of 3 octets", {.value = "40 03 0a 0a 0a"}, WSN_SCAN_OK},
    {"IpAddress of 16 octets",
     {.value = "40 10 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a 0a"},
     WSN_SCAN_OK},
    {"empty OCTET STRING", {.value = "04 00"}, WSN_SCAN_OK},
    {"constructed OCTET STRING",
     {.value = "24 04 04 02 61 62"},
     WSN_SCAN_MALFORMED},
    {"BIT STRING", {.value = "03 02 00 01"}, WSN_SCAN_MALFORMED},
    {"obsolete NsapAddress", {.value = "45 02 01 02"}, WSN_SCAN_OK},
    {"Opaque float", {.value = "44 07 9f 78 04 41 20 00 00"}, WSN_SCAN_OK},
    {"Opaque with a cut content", {.value = "44 03 9f 78 04"}, WSN_SCAN_OK},
    {"empty OID value, which is 0.0", {.value = "06 00"}, WSN_SCAN_OK},
    {"OID value with a padded sub-id",
     {.value = "06 03 2b 80 01"},
     WSN_SCAN_OK},
    {"unknown value tag", {.value = "ff 01 00"}, WSN_SCAN_MALFORMED},
    {"value tag in long form", {.value = "1f 81 00 01 00"}, WSN_SCAN_MALFORMED},
    {"SEQUENCE as a value", {.value = "30 00"}, WSN_SCAN_MALFORMED},

    {"exception in a response", {.value = "80 00"}, WSN_SCAN_OK},
    {"exception with content", {.value = "80 01 ff"}, WSN_SCAN_MALFORMED},
    {"exception in a v1 response", {V1, .value = "82 00"}, WSN_SCAN_MALFORMED},
    {"exception in a Get, where values mean nothing",
     {.tag = 0xa0, .value = "80 00"},
     WSN_SCAN_OK},
    {"exception in a Set", {.tag = 0xa3, .value = "80 00"}, WSN_SCAN_MALFORMED},
    {"context tag 83", {.value = "83 00"}, WSN_SCAN_MALFORMED},

    {"v1 trap",
     {TRAP("06 02 2b 06 40 04 0a 00 00 01 02 01 06 02 01 01 43 01 01")},
     WSN_SCAN_OK},
    {"v1 trap with an empty enterprise",
     {TRAP("06 00 40 04 0a 00 00 01 02 01 06 02 01 01 43 01 01")},
     WSN_SCAN_OK},
    {"v1 trap with enterprise 0.0",
     {TRAP("06 01 00 40 04 0a 00 00 01 02 01 06 02 01 01 43 01 01")},
     WSN_SCAN_OK},
    {"v1 trap generic 0",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 00 02 01 00 43 01 01")},
     WSN_SCAN_OK},
    {"v1 trap generic 7",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 07 02 01 01 43 01 01")},
     WSN_SCAN_MALFORMED},
    {"v1 trap generic -1",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 ff 02 01 01 43 01 01")},
     WSN_SCAN_MALFORMED},
    {"v1 trap generic 2^31 - 1",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 04 7f ff ff ff 02 01 01 43 01 "
           "01")},
     WSN_SCAN_MALFORMED},
    {"v1 trap specific -1",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 06 02 01 ff 43 01 01")},
     WSN_SCAN_MALFORMED},
    {"v1 trap specific -1 that nobody looks at",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 00 02 01 ff 43 01 01")},
     WSN_SCAN_OK},
    {"v1 trap specific 2^31 - 1",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 06 02 04 7f ff ff ff 43 01 "
           "01")},
     WSN_SCAN_OK},
    {"v1 trap with no agent address",
     {TRAP("06 01 2b 40 00 02 01 06 02 01 01 43 01 01")},
     WSN_SCAN_MALFORMED},
    {"v1 trap with 3 octets of agent address",
     {TRAP("06 01 2b 40 03 01 01 01 02 01 06 02 01 01 43 01 01")},
     WSN_SCAN_MALFORMED},
    {"v1 trap with 5 octets of agent address",
     {TRAP("06 01 2b 40 05 01 01 01 01 01 02 01 06 02 01 01 43 01 01")},
     WSN_SCAN_MALFORMED},
    {"v1 trap from 0.0.0.0",
     {TRAP("06 01 2b 40 04 00 00 00 00 02 01 06 02 01 01 43 01 01")},
     WSN_SCAN_OK},
    {"v1 trap with time-stamp 2^32",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 06 02 01 01 43 05 01 00 00 00 "
           "00")},
     WSN_SCAN_MALFORMED},
    {"v1 trap with a time-stamp without its sign octet",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 06 02 01 01 43 04 ff ff ff "
           "ff")},
     WSN_SCAN_OK},
    {"v1 trap without a list",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 06 02 01 01 43 01 01"),
      .list = ""},
     WSN_SCAN_MALFORMED},
    {"v1 trap with a noSuchObject",
     {TRAP("06 01 2b 40 04 0a 00 00 01 02 01 06 02 01 01 43 01 01"),
      .value = "80 00"},
     WSN_SCAN_MALFORMED},
};

START_TEST(each_peculiarity_has_its_verdict)
{
    const struct decision *c = &decisions[_i];
    struct bytes bytes = assemble(&c->parts);
    struct wsn_head head;

    ck_assert_msg(wsn_message_scan(bytes.at, bytes.len, &head) == c->result,
                  "%s", c->what);
    bytes_free(&bytes);
}
END_TEST

static const struct frame_case {
    const char *head; /* in place of 30 26 */
    enum wsn_scan result;
} frame_cases[] = {
    {"30 26", WSN_SCAN_OK},
    {"30 81 26", WSN_SCAN_OK},
    {"30 82 00 26", WSN_SCAN_OK},
    {"30 84 00 00 00 26", WSN_SCAN_OK},
    {"30 85 00 00 00 00 26", WSN_SCAN_OK},
    {"30 88 00 00 00 00 00 00 00 26", WSN_SCAN_OK},
    {"30 89 00 00 00 00 00 00 00 00 26", WSN_SCAN_MALFORMED},
    {"30 80", WSN_SCAN_MALFORMED},
    {"30 ff", WSN_SCAN_MALFORMED},
    {"31 26", WSN_SCAN_MALFORMED},
    {"10 26", WSN_SCAN_MALFORMED},
    {"30 25", WSN_SCAN_MALFORMED},
    {"30 00", WSN_SCAN_MALFORMED},
    {"30 27", WSN_SCAN_TRUNCATED},
    {"30 84 ff ff ff ff", WSN_SCAN_TRUNCATED},
    {"30 84 80 00 00 00", WSN_SCAN_TRUNCATED},
    {"30 88 ff ff ff ff ff ff ff ff", WSN_SCAN_TRUNCATED},
    {"30 88 00 00 00 01 00 00 00 26", WSN_SCAN_TRUNCATED},
};

START_TEST(each_outer_length_has_its_verdict)
{
    const struct frame_case *c = &frame_cases[_i];
    char hex[256];
    struct bytes bytes;
    struct wsn_head head;

    snprintf(hex, sizeof hex, "%s %s", c->head, &GOLDEN_V1_GET[6]);
    bytes = bytes_from_hex(hex);
    ck_assert_msg(wsn_message_scan(bytes.at, bytes.len, &head) == c->result,
                  "%s", c->head);
    bytes_free(&bytes);
}
END_TEST

START_TEST(bytes_behind_the_message_are_left_alone)
{
    char hex[256];
    struct bytes bytes;
    struct wsn_head head;

    snprintf(hex, sizeof hex, "%s de ad be ef", GOLDEN_V1_GET);
    bytes = bytes_from_hex(hex);
    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert(head.has_trailing);
    ck_assert_uint_eq(head.message_len, bytes.len - 4);
    bytes_free(&bytes);
}
END_TEST

/* A head with something in each field. */
static struct wsn_head used_head(void)
{
    struct wsn_head head;

    memset(&head, 0x5a, sizeof head);
    return head;
}

START_TEST(a_trap_does_not_keep_what_was_in_the_head)
{
    struct bytes bytes = bytes_from_hex(GOLDEN_V1_TRAP_SPECIFIC);
    struct wsn_head head = used_head();
    struct wsn_pdu pdu;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    ck_assert_uint_eq(head.error_offset, 0);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    ck_assert_int_eq(pdu.request_id, 0);
    ck_assert_int_eq(pdu.error_status, 0);
    ck_assert_int_eq(pdu.error_index, 0);
    wsn_varbinds_unref(pdu.varbinds);
    bytes_free(&bytes);
}
END_TEST

START_TEST(the_head_of_a_trap_moves_to_a_copy)
{
    struct bytes bytes = bytes_from_hex(GOLDEN_V1_TRAP_SPECIFIC);
    struct bytes copy = bytes_copy(bytes.at, bytes.len);
    struct wsn_head head;
    struct wsn_head moved;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    moved = head;
    wsn_head_rebase(&moved, bytes.at, copy.at);
    ck_assert_int_eq(moved.community - copy.at, head.community - bytes.at);
    ck_assert_int_eq(moved.enterprise.body - copy.at,
                     head.enterprise.body - bytes.at);
    ck_assert_int_eq(moved.varbinds.body - copy.at,
                     head.varbinds.body - bytes.at);
    bytes_free(&copy);
    bytes_free(&bytes);
}
END_TEST

START_TEST(what_is_no_trap_has_no_enterprise_to_move)
{
    struct bytes bytes = bytes_from_hex(GOLDEN_V1_GET);
    struct bytes copy = bytes_copy(bytes.at, bytes.len);
    struct wsn_head head = used_head();
    struct wsn_ber enterprise = head.enterprise;

    ck_assert_int_eq(wsn_message_scan(bytes.at, bytes.len, &head), WSN_SCAN_OK);
    wsn_head_rebase(&head, bytes.at, copy.at);
    ck_assert_ptr_eq(head.enterprise.body, enterprise.body);
    ck_assert_ptr_eq(head.community, copy.at + 7);
    bytes_free(&copy);
    bytes_free(&bytes);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *verdicts = tcase_create("verdicts");

    tcase_add_loop_test(verdicts, each_peculiarity_has_its_verdict, 0,
                        N_CASES(decisions));
    tcase_add_loop_test(verdicts, each_outer_length_has_its_verdict, 0,
                        N_CASES(frame_cases));
    tcase_add_test(verdicts, bytes_behind_the_message_are_left_alone);
    tcase_add_test(verdicts, a_trap_does_not_keep_what_was_in_the_head);
    tcase_add_test(verdicts, the_head_of_a_trap_moves_to_a_copy);
    tcase_add_test(verdicts, what_is_no_trap_has_no_enterprise_to_move);
    suite_add_tcase(suite, verdicts);
}

SUITE_MAIN("codec/message_verdicts", suite_fill)
