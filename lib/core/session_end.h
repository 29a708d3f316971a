/*
 * session_end.h - how a session ends, by SnmpClose, by a callback that refuses
 * or with everything else.
 */
#ifndef WSN_CORE_SESSION_END_H
#define WSN_CORE_SESSION_END_H

struct wsn_session;

/*
 * Ends a session whose handle the caller has killed and pinned: what was
 * accepted for sending is sent, everything outstanding or queued is
 * discarded, its objects and ports are released.  Waits for its application
 * code running on the loop's thread, unless this is that thread; afterwards
 * none of it runs any more. [any]
 */
void wsn_session_end(struct wsn_session *session);

/* The same without waiting for sockets that have no room: when all sessions
 * end, that has been done once for all of them. [any] */
void wsn_session_end_now(struct wsn_session *session);

#endif
