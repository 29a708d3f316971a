/*
 * retry.h - what happens to a request that is not answered.
 */
#ifndef WSN_CORE_RETRY_H
#define WSN_CORE_RETRY_H

#include "base/err.h"
#include "winsnmp_types.h"

struct wsn_engine;
struct wsn_session;

/* Repeats what is due, gives up what has had its tries. [loop] */
void wsn_retry_run(struct wsn_engine *engine);

/* A generated request id that no outstanding request of session has: programs
 * choose ids of their own beside. [any] */
smiINT32 wsn_retry_unused_id(struct wsn_session *session);

/* Forgets the oldest outstanding request of session with that id; no response
 * and no event will come.  SNMPAPI_PDU_INVALID when there is none. [any] */
wsn_err wsn_retry_cancel(struct wsn_session *session, smiINT32 request_id);

/* Ends all retransmission and time-outs of what is outstanding now; responses
 * are still delivered. [any] */
void wsn_retry_silence_all(struct wsn_engine *engine);

#endif
