/*
 * fuzz_coexist.c - translation between the versions: whatever a translated
 * PDU becomes is a message that is accepted, and translating once more makes
 * no difference.
 *
 * The first octet of an input says how to translate, the rest is a message.
 */
#include "fuzz.h"

#include "codec/coexist.h"

#define GENERATED_ID 77

static wsn_err write_as(int version, const struct wsn_head *head,
                        const struct wsn_pdu *pdu, struct fuzz_input *ret_bytes)
{
    static unsigned char buffer[WSN_MESSAGE_MAX];
    struct wsn_outgoing out = {
        version, head->community, head->community_len, pdu, {192, 0, 2, 1}};
    size_t start;
    wsn_err err = wsn_coexist_encode(&out, buffer, sizeof buffer, &start);

    if (err == WSN_OK) {
        ret_bytes->at = buffer + start;
        ret_bytes->left = sizeof buffer - start;
    }
    return err;
}

static bool is_documented(wsn_err err)
{
    return err == SNMPAPI_PDU_INVALID || err == SNMPAPI_OPERATION_INVALID ||
           err == SNMPAPI_TL_PDU_TOO_BIG;
}

static void check_trap_oid(const struct wsn_head *head)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    size_t n_ids;

    if (wsn_coexist_trap_oid(head, ids, &n_ids))
        FUZZ_CHECK(n_ids >= 2 && n_ids <= MAXOBJIDSIZE);
}

/* A v1 trap gets variables when it is read, a v1 tooBig loses its own. */
static bool is_changed_by_reading(const struct wsn_head *head)
{
    return head->version == WSN_V1 && (head->pdu_type == SNMP_PDU_V1TRAP ||
                                       head->error_status == SNMP_ERROR_TOOBIG);
}

/* Reads what was written; it must be written the same once more. */
static void check_written(int version, const struct fuzz_input *bytes)
{
    struct fuzz_input input = *bytes;
    struct fuzz_input twice;
    struct wsn_head head;
    struct wsn_pdu pdu;
    size_t len;
    uint8_t *once = fuzz_block(&input, input.left, &len);
    wsn_err err;

    FUZZ_CHECK(wsn_message_scan(once, len, &head) == WSN_SCAN_OK);
    FUZZ_CHECK(head.version == version && !head.has_trailing);
    FUZZ_CHECK(wsn_coexist_decode(&head, false, GENERATED_ID, &pdu) == WSN_OK);
    check_trap_oid(&head);
    err = write_as(version, &head, &pdu, &twice);
    wsn_varbinds_unref(pdu.varbinds);
    FUZZ_CHECK(err == WSN_OK || is_documented(err));
    if (err == WSN_OK && !is_changed_by_reading(&head))
        FUZZ_CHECK(twice.left == len && memcmp(twice.at, once, len) == 0);
    free(once);
}

static void check_version(int version, const struct wsn_head *head,
                          const struct wsn_pdu *pdu)
{
    struct fuzz_input bytes;
    wsn_err err = write_as(version, head, pdu, &bytes);

    FUZZ_CHECK(err == WSN_OK || is_documented(err));
    if (err == WSN_OK)
        check_written(version, &bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len)
{
    struct wsn_head head;
    struct wsn_pdu pdu;
    smiINT32 id;

    if (len == 0 || wsn_message_scan(input + 1, len - 1, &head) != WSN_SCAN_OK)
        return 0;
    check_trap_oid(&head);
    FUZZ_CHECK(wsn_coexist_decode(&head, (input[0] & 1) != 0, GENERATED_ID,
                                  &pdu) == WSN_OK);
    FUZZ_CHECK(pdu.type != SNMP_PDU_V1TRAP);
    id = head.pdu_type == SNMP_PDU_V1TRAP ? GENERATED_ID : head.request_id;
    FUZZ_CHECK(pdu.request_id == id);
    check_version(WSN_V1, &head, &pdu);
    check_version(WSN_V2C, &head, &pdu);
    wsn_varbinds_unref(pdu.varbinds);
    return 0;
}
