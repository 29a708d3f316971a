/*
 * session_end.c - see session_end.h.
 */
#include "core/session_end.h"

#include "base/handle.h"
#include "core/engine.h"
#include "core/item.h"
#include "core/port.h"
#include "core/session.h"
#include "core/subscribe.h"
#include "core/unsent.h"

/* What port has not sent yet it still sends, but of a failure nobody hears. */
static void take_unheard(struct wsn_port *port,
                         const struct wsn_session *session,
                         struct wsn_list *ret_items)
{
    for (struct wsn_list *node = port->unsent.next; node != &port->unsent;
         node = node->next) {
        struct wsn_unsent *unsent = wsn_unsent_of(node);

        if (unsent->failure != NULL && unsent->failure->session == session)
            wsn_list_push_back(ret_items,
                               &wsn_unsent_take_failure(unsent)->node);
    }
}

/* Moves what is outstanding to ret_items. */
static void take_outstanding(struct wsn_session *session,
                             struct wsn_list *ret_items)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_list *node;
    struct wsn_list *ahead;

    while (!wsn_list_is_empty(&session->requests)) {
        struct wsn_request *request = WSN_CONTAINER(
            session->requests.next, struct wsn_request, of_session);

        wsn_requests_remove(&engine->requests, request);
        wsn_list_push_back(ret_items, &request->item.node);
    }
    WSN_LIST_FOR_EACH(node, ahead, &engine->failures) {
        if (wsn_item_of(node)->session != session)
            continue;
        wsn_list_remove(node);
        wsn_list_push_back(ret_items, node);
    }
    for (node = engine->ports.next; node != &engine->ports; node = node->next)
        take_unheard(WSN_CONTAINER(node, struct wsn_port, node), session,
                     ret_items);
}

static void wait_until_quiet(struct wsn_session *session)
{
    struct wsn_engine *engine = session->engine;

    if (wsn_loop_is_current(engine->loop))
        return; /* its own callback: that ends after us */
    wsn_lock_take(&engine->lock);
    engine->waiting_for_quiet++;
    while (engine->calling == session)
        wsn_lock_wait(&engine->lock);
    engine->waiting_for_quiet--;
    wsn_lock_give(&engine->lock);
}

void wsn_session_end_now(struct wsn_session *session)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_list items;
    struct wsn_list registrations;
    struct wsn_list ports;

    wsn_list_init(&items);
    wsn_list_init(&registrations);
    wsn_list_init(&ports);
    wsn_lock_take(&engine->lock);
    session->is_closing = true;
    wsn_list_remove(&session->of_engine);
    wsn_outbox_send(engine);
    take_outstanding(session, &items);
    wsn_subscribe_end(session, &registrations, &ports);
    wsn_lock_give(&engine->lock);
    wsn_port_await_release(&ports); /* the callback may wait for that */
    wait_until_quiet(session);
    wsn_inbox_close(&session->inbox);
    wsn_item_free_all(&items);
    wsn_subscribe_free_all(&registrations);
    wsn_handle_sweep(session->handle);
    wsn_engine_wake(engine);
}

/* A message that SnmpSendMsg accepted must not be lost because the socket had
 * no room for it, or others were to be sent with it: programs send, close and
 * exit. */
void wsn_session_end(struct wsn_session *session)
{
    wsn_outbox_drain(session->engine);
    wsn_session_end_now(session);
}
