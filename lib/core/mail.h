/*
 * mail.h - a message on its way from SnmpSendMsg to the socket.
 */
#ifndef WSN_CORE_MAIL_H
#define WSN_CORE_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/parties.h"
#include "net/addr.h"
#include "winsnmp_types.h"

struct wsn_varbinds;

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
    struct wsn_varbinds *varbinds; /* NULL: none */
    /* For a message that awaits a response. */
    bool awaits_response;
    uint32_t timeout_cs;
    uint32_t retries;
};

#endif
