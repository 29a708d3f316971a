/*
 * session.h - one session: whom to notify, what waits, what is outstanding.
 *
 * The object behind an HSNMP_SESSION.  Whoever uses it has pinned its handle.
 * What belongs to the engine is guarded by the engine's lock, the inbox by
 * its own, the rest never changes or is atomic.
 */
#ifndef WSN_CORE_SESSION_H
#define WSN_CORE_SESSION_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/list.h"
#include "core/inbox.h"
#include "core/notify.h"
#include "core/registry.h"
#include "winsnmp_types.h"

struct wsn_engine;

struct wsn_session {
    HSNMP_SESSION handle;
    struct wsn_engine *engine; /* one reference */
    struct wsn_target target;
    _Atomic wsn_err last_error;
    struct wsn_inbox inbox;
    /* The engine's lock guards these. */
    struct wsn_list of_engine; /* among all sessions */
    struct wsn_list requests;  /* outstanding */
    struct wsn_subscriber subscriber;
    bool is_closing;
};

/* A session that is known to nobody yet, or NULL when memory is short.  Takes
 * a reference to engine. [any] */
struct wsn_session *wsn_session_new(struct wsn_engine *engine,
                                    const struct wsn_target *target);

/* Whether session still takes part: neither it nor its engine is ending.
 * [lock] */
bool wsn_session_is_open(const struct wsn_session *session);

/* The handle table's destroy function; the session has been closed. [any] */
void wsn_session_free(void *session);

#endif
