/*
 * session.c - see session.h.
 */
#include "core/session.h"

#include <assert.h>

#include "base/alloc.h"
#include "core/engine.h"

struct wsn_session *wsn_session_new(struct wsn_engine *engine,
                                    const struct wsn_target *target)
{
    struct wsn_session *session = wsn_zalloc(sizeof *session);

    if (session == NULL)
        return NULL;
    wsn_inbox_init(&session->inbox);
    session->target = *target;
    atomic_init(&session->last_error, SNMPAPI_SUCCESS);
    wsn_list_init(&session->of_engine);
    wsn_list_init(&session->requests);
    wsn_subscriber_init(&session->subscriber);
    session->engine = wsn_engine_ref(engine);
    return session;
}

bool wsn_session_is_open(const struct wsn_session *session)
{
    return !session->is_closing && !session->engine->is_stopping;
}

void wsn_session_free(void *object)
{
    struct wsn_session *session = object;

    assert(wsn_list_is_empty(&session->requests));
    assert(wsn_list_is_empty(&session->subscriber.registrations));
    wsn_inbox_close(&session->inbox);
    wsn_engine_unref(session->engine);
    wsn_free(session);
}
