/*
 * fuzz_message.c - what is accepted as a message can be decoded and written
 * again, and what we have written reads the same for ever.
 */
#include "fuzz.h"

#include "codec/message.h"

/* Writes the message that head was scanned from; false: it is too long. */
static bool rewrite(const struct wsn_head *head, struct fuzz_input *ret_bytes)
{
    static unsigned char buffer[WSN_MESSAGE_MAX];
    struct wsn_pdu pdu;
    struct wsn_outgoing out = {.version = head->version,
                               .community = head->community,
                               .community_len = head->community_len,
                               .pdu = &pdu};
    size_t start;
    wsn_err err;

    FUZZ_CHECK(wsn_message_decode(head, &pdu) == WSN_OK);
    FUZZ_CHECK(wsn_varbinds_count(pdu.varbinds) == head->size.n_varbinds);
    err = wsn_message_encode(&out, buffer, sizeof buffer, &start);
    wsn_varbinds_unref(pdu.varbinds);
    /* Only what was nearly as long as it may be can have become too long. */
    FUZZ_CHECK(err == WSN_OK || (err == SNMPAPI_TL_PDU_TOO_BIG &&
                                 head->message_len > WSN_MESSAGE_MAX / 3));
    ret_bytes->at = buffer + start;
    ret_bytes->left = sizeof buffer - start;
    return err == WSN_OK;
}

static void check_same(const struct wsn_head *x, const struct wsn_head *y)
{
    FUZZ_CHECK(x->version == y->version && x->pdu_type == y->pdu_type);
    FUZZ_CHECK(x->request_id == y->request_id);
    FUZZ_CHECK(x->community_len == y->community_len);
    FUZZ_CHECK(memcmp(x->community, y->community, x->community_len) == 0);
    FUZZ_CHECK(x->size.n_varbinds == y->size.n_varbinds);
    FUZZ_CHECK(!y->has_trailing);
    if (x->pdu_type != SNMP_PDU_GETBULK) {
        FUZZ_CHECK(x->error_status == y->error_status);
        FUZZ_CHECK(x->error_index == y->error_index);
    }
}

static void check_rewriting(const struct wsn_head *head)
{
    struct fuzz_input bytes;
    struct wsn_head again;
    uint8_t *once;
    size_t len;

    if (!rewrite(head, &bytes))
        return;
    once = fuzz_block(&bytes, bytes.left, &len);
    FUZZ_CHECK(wsn_message_scan(once, len, &again) == WSN_SCAN_OK);
    check_same(head, &again);
    FUZZ_CHECK(rewrite(&again, &bytes));
    FUZZ_CHECK(bytes.left == len && memcmp(bytes.at, once, len) == 0);
    free(once);
}

/* An Inform that was accepted becomes a Response that is accepted. */
static void check_answer(const uint8_t *bytes, const struct wsn_head *head)
{
    struct fuzz_input input = {bytes, head->message_len};
    struct wsn_head answer;
    size_t len;
    uint8_t *copy = fuzz_block(&input, head->message_len, &len);

    wsn_message_answer_inform(copy, head);
    FUZZ_CHECK(wsn_message_scan(copy, len, &answer) == WSN_SCAN_OK);
    FUZZ_CHECK(answer.pdu_type == SNMP_PDU_RESPONSE);
    FUZZ_CHECK(answer.request_id == head->request_id);
    FUZZ_CHECK(answer.error_status == 0 && answer.error_index == 0);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len)
{
    struct wsn_head head;

    if (wsn_message_scan(input, len, &head) != WSN_SCAN_OK)
        return 0;
    FUZZ_CHECK(head.message_len <= len);
    FUZZ_CHECK(head.has_trailing == (head.message_len < len));
    /* A v1 trap is only ever read. */
    if (head.pdu_type != SNMP_PDU_V1TRAP)
        check_rewriting(&head);
    if (head.pdu_type == SNMP_PDU_INFORM)
        check_answer(input, &head);
    return 0;
}
