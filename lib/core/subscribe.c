/*
 * subscribe.c - see subscribe.h.
 */
#include "core/subscribe.h"

#include "base/handle.h"
#include "base/log.h"
#include "core/engine.h"
#include "core/entity.h"
#include "core/object.h"
#include "core/outbox.h"
#include "core/port.h"
#include "core/registry.h"
#include "core/session.h"
#include "core/trap_port.h"

uint16_t wsn_subscribe_port(struct wsn_engine *engine)
{
    uint16_t number;

    wsn_lock_take(&engine->lock);
    number = wsn_trap_port_number(engine);
    wsn_lock_give(&engine->lock);
    return number;
}

/* ---- registrations ------------------------------------------------------ */

/* Stores candidate if it has an effect; then *candidate is NULL. */
static wsn_err store(struct wsn_session *session,
                     struct wsn_registration **candidate)
{
    struct wsn_engine *engine = session->engine;
    wsn_err err;

    if (!wsn_session_is_open(session))
        return SNMPAPI_SESSION_INVALID;
    if (wsn_registry_covers(&session->subscriber, *candidate))
        return WSN_OK;
    err = wsn_trap_port_open(engine);
    if (err != WSN_OK)
        return err;
    wsn_registry_add(&engine->registry, &session->subscriber, *candidate);
    *candidate = NULL;
    return WSN_OK;
}

wsn_err wsn_subscribe(struct wsn_session *session,
                      const struct wsn_parties *parties, smiLPCOID pattern)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_registration *candidate = wsn_registration_new(parties, pattern);
    bool was_closed;
    bool lacks_ipv6;
    wsn_err err;

    if (candidate == NULL)
        return SNMPAPI_ALLOC_ERROR;
    wsn_lock_take(&engine->lock);
    wsn_port_await_others(engine);
    was_closed = wsn_trap_port_number(engine) == 0;
    err = store(session, &candidate);
    lacks_ipv6 = wsn_trap_port_lacks_ipv6(engine);
    wsn_lock_give(&engine->lock);
    if (candidate != NULL)
        wsn_registration_free(candidate);
    if (was_closed && lacks_ipv6)
        wsn_log(WSN_LOG_INFO, "no notifications over IPv6: the trap port is "
                              "not to be had there");
    wsn_engine_wake(engine);
    return err;
}

/* After a registration has gone: is anybody still there? */
static void tidy(struct wsn_engine *engine, struct wsn_list *ret_retired)
{
    if (engine->registry.n == 0)
        wsn_trap_port_close(engine, ret_retired);
}

wsn_err wsn_unsubscribe(struct wsn_session *session,
                        const struct wsn_parties *parties, smiLPCOID pattern)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_registration *like = wsn_registration_new(parties, pattern);
    struct wsn_registration *found;
    struct wsn_list retired;

    if (like == NULL)
        return SNMPAPI_ALLOC_ERROR;
    wsn_list_init(&retired);
    wsn_lock_take(&engine->lock);
    found = wsn_registry_find(&session->subscriber, like);
    if (found != NULL) {
        wsn_registry_remove(&engine->registry, found);
        tidy(engine, &retired);
    }
    wsn_lock_give(&engine->lock);
    wsn_port_await_release(&retired);
    wsn_registration_free(like);
    if (found != NULL)
        wsn_registration_free(found);
    wsn_engine_wake(engine);
    return WSN_OK;
}

void wsn_subscribe_free_all(struct wsn_list *registrations)
{
    struct wsn_list *node;

    while ((node = wsn_list_pop_front(registrations)) != NULL)
        wsn_registration_free(
            WSN_CONTAINER(node, struct wsn_registration, node));
}

/* ---- agent ports -------------------------------------------------------- */

static wsn_err open_agent_port(struct wsn_session *session, HSNMP_ENTITY handle,
                               struct wsn_entity *entity,
                               const struct wsn_addr *bind_to)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_port *port;
    wsn_err err;

    if (!wsn_session_is_open(session))
        return SNMPAPI_ENTITY_INVALID; /* it ends with its session */
    if (wsn_port_of_entity(engine, handle) != NULL)
        return SNMPAPI_NOOP;
    err = wsn_port_open(engine, WSN_UDP_AGENT, bind_to, &port);
    if (err != WSN_OK)
        return err;
    wsn_handle_pin_again(handle);
    port->entity = handle;
    port->session = session;
    atomic_store(&entity->listening, true);
    wsn_port_add(port);
    return WSN_OK;
}

static void retire_agent_port(struct wsn_port *port,
                              struct wsn_list *ret_retired)
{
    struct wsn_entity *entity = wsn_handle_object(port->entity);

    atomic_store(&entity->listening, false);
    wsn_port_retire(port, ret_retired);
}

/* What was to leave by the port still does, as it does before SnmpClose. */
wsn_err wsn_unlisten(struct wsn_engine *engine, HSNMP_ENTITY entity)
{
    struct wsn_port *port;
    struct wsn_list retired;

    wsn_list_init(&retired);
    wsn_outbox_drain(engine);
    wsn_lock_take(&engine->lock);
    wsn_outbox_send(engine);
    port = wsn_port_of_entity(engine, entity);
    if (port != NULL)
        retire_agent_port(port, &retired);
    wsn_lock_give(&engine->lock);
    if (port == NULL)
        return SNMPAPI_NOOP;
    wsn_port_await_release(&retired);
    wsn_engine_wake(engine);
    return WSN_OK;
}

/*
 * Has the entity ended since the caller pinned it?  Who ended it before the
 * port was open has found nothing to close.  Who ends it later does: giving the
 * pin back makes visible to them what was done before.
 */
static bool has_ended(HSNMP_ENTITY entity)
{
    wsn_handle_pin_again(entity);
    wsn_handle_unpin(entity);
    if (wsn_handle_pin(entity, WSN_ENTITY) == NULL)
        return true;
    wsn_handle_unpin(entity);
    return false;
}

wsn_err wsn_listen(struct wsn_session *session, HSNMP_ENTITY handle,
                   bool all_addresses)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_entity *entity = wsn_handle_object(handle);
    struct wsn_addr bind_to;
    wsn_err err;

    wsn_entity_destination(entity, false, &bind_to);
    if (bind_to.family == WSN_FAMILY_IPX)
        return SNMPAPI_TL_RESOURCE_ERROR;
    wsn_addr_unmap(&bind_to);
    if (all_addresses)
        bind_to = wsn_addr_any(bind_to.family, bind_to.port);
    wsn_lock_take(&engine->lock);
    wsn_port_await_others(engine);
    err = open_agent_port(session, handle, entity, &bind_to);
    wsn_lock_give(&engine->lock);
    if (err == WSN_OK && has_ended(handle)) {
        (void)wsn_unlisten(engine, handle);
        return SNMPAPI_ENTITY_INVALID;
    }
    wsn_engine_wake(engine);
    return err;
}

static void retire_agent_ports_of(struct wsn_session *session,
                                  struct wsn_list *ret_retired)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &engine->ports) {
        struct wsn_port *port = WSN_CONTAINER(node, struct wsn_port, node);

        if (port->session == session)
            retire_agent_port(port, ret_retired);
    }
}

void wsn_subscribe_end(struct wsn_session *session,
                       struct wsn_list *ret_registrations,
                       struct wsn_list *ret_retired)
{
    struct wsn_engine *engine = session->engine;
    struct wsn_list *own = &session->subscriber.registrations;
    bool had_any = !wsn_list_is_empty(own);

    while (!wsn_list_is_empty(own)) {
        struct wsn_registration *registration =
            WSN_CONTAINER(own->next, struct wsn_registration, node);

        wsn_registry_remove(&engine->registry, registration);
        wsn_list_push_back(ret_registrations, &registration->node);
    }
    if (had_any)
        tidy(engine, ret_retired);
    retire_agent_ports_of(session, ret_retired);
}
