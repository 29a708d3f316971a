/*
 * sender.h - from an encoded message to the socket.
 */
#ifndef WSN_CORE_SENDER_H
#define WSN_CORE_SENDER_H

#include "base/err.h"

struct wsn_session;
struct wsn_mail;
/*
 * Sends mail and, if it awaits a response, remembers it as outstanding.  An
 * unreachable destination is reported by a later notification.  Errors:
 * SNMPAPI_SESSION_INVALID, SNMPAPI_ALLOC_ERROR, SNMPAPI_TL_*; then nothing
 * was sent and nothing is outstanding. [any]
 */
wsn_err wsn_sender_send(struct wsn_session *session,
                        const struct wsn_mail *mail);

#endif
