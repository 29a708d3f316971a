/*
 * check_vectors.c - replays collected test messages of other projects.
 *
 * They are not part of this project: the suite has cases only when
 * WINSNMP_VECTORS names a directory with messages.jsonl, ber-elements.jsonl
 * and encodings.jsonl, one JSON object a line.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/message.h"
#include "codec/oid.h"
#include "support/account.h"
#include "support/bytes.h"
#include "support/damage.h"
#include "support/suite.h"
#include "support/varbinds_text.h"

#define ENV_NAME "WINSNMP_VECTORS"

/* ---- Lines ---------------------------------------------------------- */

/* Calls visit for each line of a file; there must be at least one. */
static void each_line(const char *file, void (*visit)(char *line))
{
    char path[1024];
    char *line = NULL;
    size_t room = 0;
    int n = 0;
    FILE *in;

    snprintf(path, sizeof path, "%s/%s", getenv(ENV_NAME), file);
    in = fopen(path, "r");
    ck_assert_msg(in != NULL, "cannot open %s", path);
    for (; getline(&line, &room, in) > 0; n++)
        visit(line);
    free(line);
    fclose(in);
    ck_assert_int_gt(n, 0);
}

/* The text of a string member, or NULL; the caller frees. */
static char *string_member(const char *object, const char *key)
{
    char pattern[64];
    const char *at;

    snprintf(pattern, sizeof pattern, "\"%s\": \"", key);
    at = strstr(object, pattern);
    if (at == NULL)
        return NULL;
    at += strlen(pattern);
    return strndup(at, strcspn(at, "\""));
}

/* The text of an object member with its braces; the caller frees. */
static char *object_member(const char *object, const char *key)
{
    char pattern[64];
    const char *start;
    size_t len = 0;
    int depth = 0;

    snprintf(pattern, sizeof pattern, "\"%s\": {", key);
    start = strstr(object, pattern);
    if (start == NULL)
        return NULL;
    start += strlen(pattern) - 1;
    do {
        depth += (start[len] == '{') - (start[len] == '}');
        len++;
    } while (depth > 0);
    return strndup(start, len);
}

/* ---- Whole messages ------------------------------------------------- */

static void print_fields(FILE *out, const struct wsn_head *head)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    smiOID enterprise = {0, ids};

    if (head->pdu_type == SNMP_PDU_V1TRAP) {
        enterprise.len = (smiUINT32)wsn_oid_ber_read(head->enterprise.body,
                                                     head->enterprise.len, ids);
        fputs("\"enterprise\": \"", out);
        print_oid(out, &enterprise);
        fprintf(out,
                "\", \"generic_trap\": %d, \"specific_trap\": %d, "
                "\"time_stamp\": %u, \"agent_addr\": \"%d.%d.%d.%d\"",
                head->generic, head->specific, head->timestamp,
                head->agent_addr[0], head->agent_addr[1], head->agent_addr[2],
                head->agent_addr[3]);
        return;
    }
    fprintf(out, "\"request_id\": %d, ", head->request_id);
    fprintf(out,
            head->pdu_type == SNMP_PDU_GETBULK
                ? "\"non_repeaters\": %d, \"max_repetitions\": %d"
                : "\"error_status\": %d, \"error_index\": %d",
            head->error_status, head->error_index);
}

/* Prints a message exactly as the files do. */
static char *message_text(const struct wsn_head *head)
{
    static const char *const types[] = {"get",    "getnext", "response",
                                        "set",    "trap1",   "getbulk",
                                        "inform", "trap2"};
    struct wsn_pdu pdu;
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);

    ck_assert_ptr_nonnull(out);
    ck_assert_uint_eq(wsn_message_decode(head, &pdu), WSN_OK);
    fprintf(out, "{\"version\": \"%s\", \"community_hex\": \"",
            head->version == WSN_V1 ? "v1" : "v2c");
    print_hex(out, head->community, head->community_len);
    fprintf(out, "\", \"pdu\": \"%s\", ", types[head->pdu_type & 0x1f]);
    print_fields(out, head);
    fputs(", \"varbinds\": ", out);
    print_varbinds(out, pdu.varbinds);
    fputc('}', out);
    fclose(out);
    wsn_varbinds_unref(pdu.varbinds);
    return text;
}

/* A sub-id with more padding (X.690 section 8.19.2) than is tolerated. */
static bool is_padded(const char *hex)
{
    return strstr(hex, "2b80808080808080808080") != NULL;
}

static void check_message(char *line)
{
    char *hex = string_member(line, "hex");
    char *verdict = string_member(line, "verdict");
    char *decode = object_member(line, "decode");
    struct bytes bytes = bytes_from_hex(hex);
    struct wsn_head head;
    enum wsn_scan result = wsn_message_scan(bytes.at, bytes.len, &head);

    if (is_padded(hex)) {
        ck_assert_int_eq(result, WSN_SCAN_MALFORMED);
    } else if (strcmp(verdict, "both-accept") == 0) {
        char *text;

        ck_assert_msg(result == WSN_SCAN_OK, "refused: %s", line);
        text = message_text(&head);
        ck_assert_str_eq(text, decode);
        free(text);
    } else if (strcmp(verdict, "both-reject") == 0) {
        ck_assert_msg(result != WSN_SCAN_OK, "accepted: %s", line);
    } else if (strcmp(verdict, "v3") == 0) {
        ck_assert_msg(result == WSN_SCAN_BAD_VERSION ||
                          result == WSN_SCAN_MALFORMED,
                      "accepted: %s", line);
    } else if (result == WSN_SCAN_OK) {
        /* Nobody agrees on these; they must only do no harm. */
        free(message_text(&head));
    }
    bytes_free(&bytes);
    free(hex);
    free(verdict);
    free(decode);
}

START_TEST(messages_mean_what_others_agree_on)
{
    each_line("messages.jsonl", check_message);
}
END_TEST

static void damage_message(char *line)
{
    char *hex = string_member(line, "hex");
    struct bytes bytes = bytes_from_hex(hex);

    damage(&bytes);
    bytes_free(&bytes);
    free(hex);
}

START_TEST(damaged_messages_do_no_harm)
{
    each_line("messages.jsonl", damage_message);
}
END_TEST

/* ---- Single elements ------------------------------------------------ */

/* Prints the value of an element as the file does; false when malformed. */
static bool print_element(FILE *out, const char *kind,
                          const struct wsn_ber *element)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    smiOID oid = {0, ids};
    int32_t number;

    if (strcmp(kind, "ber-integer") == 0) {
        return wsn_ber_int32(element, &number) &&
               fprintf(out, "%d", number) > 0;
    }
    if (strcmp(kind, "ber-unsigned32") == 0) {
        return wsn_ber_is_unsigned(element, sizeof(uint32_t)) &&
               fprintf(out, "%" PRIu64, wsn_ber_unsigned(element)) > 0;
    }
    if (strcmp(kind, "ber-counter64") == 0) {
        return wsn_ber_is_unsigned(element, sizeof(uint64_t)) &&
               fprintf(out, "%" PRIu64, wsn_ber_unsigned(element)) > 0;
    }
    if (wsn_oid_ber_count(element->body, element->len) == 0)
        return false;
    oid.len = (smiUINT32)wsn_oid_ber_read(element->body, element->len, ids);
    fputc('"', out);
    print_oid(out, &oid);
    fputc('"', out);
    return true;
}

/* Stricter than RFC 3417 asks for: shortest form, and no missing sign. */
static bool is_too_strict(const char *line)
{
    return strstr(line, "non-minimal") != NULL ||
           strstr(line, "negative") != NULL;
}

static void check_element(char *line)
{
    char *kind = string_member(line, "kind");
    char *hex = string_member(line, "hex");
    struct bytes bytes = bytes_from_hex(hex);
    struct wsn_ber_reader reader = {bytes.at, bytes.at + bytes.len};
    struct wsn_ber element;
    char printed[MAXOBJIDSTRSIZE + 32] = "\"value\": ";
    size_t prefix = strlen(printed);
    FILE *out = fmemopen(printed + prefix, sizeof printed - prefix, "w");
    bool is_good =
        wsn_ber_next(&reader, &element) && print_element(out, kind, &element);

    fclose(out);
    if (strstr(line, "\"value\": ") != NULL) {
        ck_assert_msg(is_good, "refused: %s", line);
        ck_assert_msg(strstr(line, printed) != NULL, "%s: %s", printed, line);
    } else if (strncmp(kind, "ber-misc", 8) != 0 &&
               strncmp(kind, "ber-header", 10) != 0 && !is_too_strict(line)) {
        ck_assert_msg(!is_good, "accepted: %s", line);
    }
    bytes_free(&bytes);
    free(kind);
    free(hex);
}

START_TEST(elements_mean_what_others_assert)
{
    each_line("ber-elements.jsonl", check_element);
}
END_TEST

/* ---- Edge encodings ------------------------------------------------- */

#define ENCODINGS "encodings decided as recommended"

/* Received addresses of any length are handed on, not judged. */
static bool is_decided_otherwise(const char *id)
{
    return strncmp(id, "ip-", 3) == 0;
}

static void check_encoding(char *line)
{
    char *id = string_member(line, "id");
    char *hex = string_member(line, "hex");
    char *advice = string_member(line, "recommended");
    bool is_whole = strchr(hex, '.') == NULL;
    struct bytes bytes = bytes_from_hex(is_whole ? hex : "");
    struct wsn_head head;
    bool is_good = wsn_message_scan(bytes.at, bytes.len, &head) == WSN_SCAN_OK;

    account_tried(ENCODINGS, 1);
    if (!is_whole || is_decided_otherwise(id))
        ck_assert(is_good == is_whole);
    else if (strncmp(advice, "accept", 6) == 0)
        ck_assert_msg(is_good || strstr(advice, "reject") != NULL, "%s", id);
    else if (strncmp(advice, "reject", 6) == 0 ||
             strncmp(advice, "discard", 7) == 0)
        ck_assert_msg(!is_good || strstr(advice, "accept") != NULL, "%s", id);
    if (is_good)
        free(message_text(&head));
    account_held(ENCODINGS, 1);
    bytes_free(&bytes);
    free(id);
    free(hex);
    free(advice);
}

START_TEST(edge_encodings_are_judged_as_recommended)
{
    each_line("encodings.jsonl", check_encoding);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *replay;

    if (getenv(ENV_NAME) == NULL)
        return;
    replay = tcase_create("replay");
    tcase_add_test(replay, messages_mean_what_others_agree_on);
    tcase_add_test(replay, damaged_messages_do_no_harm);
    tcase_add_test(replay, elements_mean_what_others_assert);
    tcase_add_test(replay, edge_encodings_are_judged_as_recommended);
    suite_add_tcase(suite, replay);
}

SUITE_MAIN("codec/vectors", suite_fill)
