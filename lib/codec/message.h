/*
 * message.h - community messages: bytes into PDUs and PDUs into bytes.
 *
 *   30 len                       Message (RFC 1157 section 4, RFC 1901 3)
 *      02 01 00|01               version
 *      04 len ...                community
 *      a0..a7 len                PDU (RFC 1157 4.1, RFC 3416 3)
 *         02 len request-id      | v1 Trap-PDU instead of these three:
 *         02 len error-status    |   enterprise, agent-addr, generic,
 *         02 len error-index     |   specific, time-stamp
 *         30 len                 variable bindings
 *            30 len  06 len name  tag len value
 *            ...
 *
 * wsn_message_scan() is the only parser.  It checks every byte, allocates
 * nothing and does not recurse; what it accepted can afterwards be decoded as
 * long as there is memory.  Pure functions; any thread.
 */
#ifndef WSN_CODEC_MESSAGE_H
#define WSN_CODEC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "codec/ber.h"
#include "codec/pdu.h"
#include "codec/value.h"
#include "codec/varbinds.h"
#include "winsnmp_types.h"

/* The most octets UDP over IPv4 can carry. */
#define WSN_MESSAGE_MAX 65507

/* What the scan found.  Pointers are views into the scanned bytes. */
struct wsn_head {
    int version; /* WSN_V1 or WSN_V2C */
    const unsigned char *community;
    size_t community_len;
    smiINT pdu_type;
    size_t pdu_offset;   /* of the PDU's tag */
    size_t error_offset; /* of the error-status element; 0: v1 trap */
    smiINT32 request_id; /* 0: v1 trap */
    smiINT error_status; /* GETBULK: non-repeaters */
    smiINT error_index;  /* GETBULK: max-repetitions */

    /* SNMP_PDU_V1TRAP only; not set for others. */
    struct wsn_ber enterprise;
    size_t n_enterprise_ids;
    unsigned char agent_addr[WSN_IPADDR_LEN];
    smiINT32 generic;
    smiINT32 specific;
    smiUINT32 timestamp;

    struct wsn_ber varbinds;       /* the list; its body holds the entries */
    struct wsn_varbinds_size size; /* what the entries need when decoded */

    size_t message_len; /* bytes of the message itself */
    bool has_trailing;  /* there are bytes behind it */
};

enum wsn_scan {
    WSN_SCAN_OK,
    WSN_SCAN_TRUNCATED,   /* there is only the beginning of a message */
    WSN_SCAN_BAD_VERSION, /* neither 0 nor 1 */
    WSN_SCAN_MALFORMED,
    WSN_SCAN_BAD_TYPE /* no such PDU in this version */
};

/*
 * Checks a datagram from the network, whatever is in it, and fills head while
 * it goes, which means something on WSN_SCAN_OK only.  bytes are borrowed as
 * long as head is used.  Reads each byte a bounded number of times and none
 * behind len. [any]
 */
enum wsn_scan wsn_message_scan(const unsigned char *bytes, size_t len,
                               struct wsn_head *head);

/* Makes head, which was scanned from the bytes at from, refer to a copy of
 * them at to. [any] */
void wsn_head_rebase(struct wsn_head *head, const unsigned char *from,
                     const unsigned char *to);

/*
 * The PDU of a scanned message, as it came, in one allocation (none for an
 * empty list).  ret_pdu->varbinds belongs to the caller.  Negative fields of
 * a GETBULK become zero (RFC 3416 section 4.2.3).  A v1 trap yields its own
 * variables only; see wsn_coexist_decode().  Errors: SNMPAPI_ALLOC_ERROR.
 * [any]
 */
wsn_err wsn_message_decode(const struct wsn_head *head,
                           struct wsn_pdu *ret_pdu);

/* A message to be; everything is borrowed. */
struct wsn_outgoing {
    int version; /* of the destination: WSN_V1 or WSN_V2C */
    const void *community;
    size_t community_len;
    const struct wsn_pdu *pdu;
    /* Of a trap without snmpTrapAddress.0 for version 1. */
    unsigned char agent_addr[WSN_IPADDR_LEN];
};

/*
 * Writes a message so that it ends at buffer + size and begins at
 * buffer + *ret_start.  out->pdu goes out as it is, except that exceptions in
 * requests become NULL: they would mean nothing there (RFC 3416 section 3).
 * Errors: SNMPAPI_TL_PDU_TOO_BIG (more than size or WSN_MESSAGE_MAX). [any]
 */
wsn_err wsn_message_encode(const struct wsn_outgoing *out,
                           unsigned char *buffer, size_t size,
                           size_t *ret_start);

/*
 * Turns a copy of a scanned Inform into the Response that acknowledges it:
 * same request id and variables, no error (RFC 3416 section 4.2.7).  bytes
 * holds what head was scanned from; head->message_len of them are to be sent.
 * [any]
 */
void wsn_message_answer_inform(unsigned char *bytes,
                               const struct wsn_head *head);

/*
 * The pieces of wsn_message_encode(), for a PDU that needs translation: start
 * a writer on buffer, write a PDU (flags: see wsn_varbind_write()), put the
 * rest in front of it. [any]
 */
void wsn_message_writer_init(struct wsn_ber_writer *writer,
                             unsigned char *buffer, size_t size);
void wsn_message_write_pdu(struct wsn_ber_writer *writer,
                           const struct wsn_pdu *pdu, unsigned flags);
wsn_err wsn_message_finish(struct wsn_ber_writer *writer,
                           const struct wsn_outgoing *out,
                           const unsigned char *buffer, size_t size,
                           size_t *ret_start);

#endif
