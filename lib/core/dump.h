/*
 * dump.h - datagrams in the log, on request: log = packets.
 *
 * One line each: which way, the other end, the length, what message it is,
 * its request id, and the octets.  Those of the community are masked, unless
 * log_secrets = yes; of what is no message, where nobody can tell which
 * octets are the community, only the length is shown.  The caller holds no
 * lock: the line may go to the application.
 */
#ifndef WSN_CORE_DUMP_H
#define WSN_CORE_DUMP_H

#include <stddef.h>

#include "base/log.h"
#include "net/addr.h"

enum wsn_dump_way { WSN_DUMP_SENT, WSN_DUMP_RECEIVED };

/* The line; wsn_dump() asks first whether anybody wants it. [any] */
void wsn_dump_now(enum wsn_dump_way way, const struct wsn_addr *peer,
                  const void *bytes, size_t len);

static inline void wsn_dump(enum wsn_dump_way way, const struct wsn_addr *peer,
                            const void *bytes, size_t len)
{
    if (wsn_log_wants(WSN_LOG_PACKETS))
        wsn_dump_now(way, peer, bytes, len);
}

#endif
