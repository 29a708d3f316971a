/*
 * sender.h - from an encoded message to the socket.
 */
#ifndef WSN_CORE_SENDER_H
#define WSN_CORE_SENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "core/parties.h"
#include "net/addr.h"
#include "winsnmp_types.h"

struct wsn_session;

/* A message to send; everything is the caller's. */
struct wsn_mail {
    struct wsn_parties parties; /* pinned; src may be NULL */
    struct wsn_addr to;
    struct wsn_addr from; /* an address of ours, or none: any */
    int version;
    const unsigned char *bytes;
    size_t len;
    /* The PDU as the application built it. */
    smiINT type;
    smiINT32 request_id;
    smiINT error_status;
    smiINT error_index;
    /* For a message that awaits a response. */
    bool awaits_response;
    uint32_t timeout_cs;
    uint32_t retries;
};

/*
 * Sends mail and, if it awaits a response, remembers it as outstanding.  An
 * unreachable destination is reported by a later notification.  Errors:
 * SNMPAPI_SESSION_INVALID, SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_*; then nothing
 * was sent and nothing is outstanding. [any]
 */
wsn_err wsn_sender_send(struct wsn_session *session,
                        const struct wsn_mail *mail);

#endif
