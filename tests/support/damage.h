/*
 * damage.h - hands a message, and all it becomes when cut short or when
 * single bytes change, to everything that reads messages.
 */
#ifndef WSN_TESTS_SUPPORT_DAMAGE_H
#define WSN_TESTS_SUPPORT_DAMAGE_H

#include <check.h>
#include <stdlib.h>

#include "codec/coexist.h"
#include "codec/message.h"
#include "support/bytes.h"
#include "support/varbinds_text.h"

/* Writes pdu as the version it came in; returns the bytes written. */
static inline struct bytes encode(const struct wsn_head *head,
                                  const struct wsn_pdu *pdu)
{
    static unsigned char buffer[WSN_MESSAGE_MAX];
    struct wsn_outgoing out = {.version = head->version,
                               .community = head->community,
                               .community_len = head->community_len,
                               .pdu = pdu};
    size_t start;

    ck_assert_uint_eq(wsn_message_encode(&out, buffer, sizeof buffer, &start),
                      WSN_OK);
    return bytes_copy(buffer + start, sizeof buffer - start);
}

static inline struct bytes recode(const struct bytes *bytes)
{
    struct wsn_head head;
    struct wsn_pdu pdu;
    struct bytes again;

    ck_assert_int_eq(wsn_message_scan(bytes->at, bytes->len, &head),
                     WSN_SCAN_OK);
    ck_assert_uint_eq(wsn_message_decode(&head, &pdu), WSN_OK);
    again = encode(&head, &pdu);
    wsn_varbinds_unref(pdu.varbinds);
    return again;
}

static inline void use_as_application(const struct wsn_head *head)
{
    smiUINT32 ids[MAXOBJIDSIZE];
    struct wsn_pdu pdu;
    size_t len;

    ck_assert_uint_eq(wsn_coexist_decode(head, true, 1, &pdu), WSN_OK);
    free(varbinds_text(pdu.varbinds));
    wsn_varbinds_unref(pdu.varbinds);
    (void)wsn_coexist_trap_oid(head, ids, &len);
}

/*
 * Scans an exact-size copy.  What is accepted must decode, and once written
 * in canonical form must stay as it is.
 */
static inline void survive(const unsigned char *at, size_t len)
{
    struct bytes bytes = bytes_copy(at, len);
    struct wsn_head head;

    if (wsn_message_scan(bytes.at, bytes.len, &head) == WSN_SCAN_OK) {
        use_as_application(&head);
        if (head.pdu_type != SNMP_PDU_V1TRAP) {
            struct bytes once = recode(&bytes);
            struct bytes twice = recode(&once);

            ck_assert_uint_eq(once.len, twice.len);
            ck_assert_mem_eq(once.at, twice.at, once.len);
            bytes_free(&once);
            bytes_free(&twice);
        }
    }
    bytes_free(&bytes);
}

static inline void damage(const struct bytes *bytes)
{
    static const unsigned char octets[] = {0x00, 0x7f, 0x80, 0xff};
    struct bytes copy = bytes_copy(bytes->at, bytes->len);

    survive(bytes->at, bytes->len);
    for (size_t i = 0; i < bytes->len; i++) {
        survive(bytes->at, i);
        survive(bytes->at + i, bytes->len - i);
        for (size_t j = 0; j < sizeof octets; j++) {
            copy.at[i] = octets[j];
            survive(copy.at, copy.len);
        }
        copy.at[i] = (unsigned char)(bytes->at[i] + 1);
        survive(copy.at, copy.len);
        copy.at[i] = (unsigned char)(bytes->at[i] - 1);
        survive(copy.at, copy.len);
        copy.at[i] = bytes->at[i];
    }
    bytes_free(&copy);
}

#endif
