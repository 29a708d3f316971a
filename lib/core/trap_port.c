/*
 * trap_port.c - see trap_port.h.
 */
#include "core/trap_port.h"

#include <unistd.h>

#include "core/db.h"
#include "core/engine.h"
#include "core/port.h"
#include "net/inherited.h"

enum { IPV4, IPV6 }; /* in the engine's array */

/* Ports that the system is asked for until it has one for both. */
#define PAIR_TRIES 16

static const enum wsn_family family_of[WSN_FAMILIES] = {WSN_FAMILY_IPV4,
                                                        WSN_FAMILY_IPV6};

static bool is_open(const struct wsn_engine *engine)
{
    return engine->trap[IPV4] != NULL || engine->trap[IPV6] != NULL;
}

static void adopt(struct wsn_engine *engine, int i)
{
    struct wsn_port *port;
    int fd = wsn_inherited_udp(family_of[i]);

    if (fd < 0)
        return;
    if (wsn_port_adopt(engine, WSN_UDP_TRAP, fd, &port) != WSN_OK) {
        (void)close(fd);
        return;
    }
    engine->trap[i] = port;
    wsn_port_add(port);
}

static wsn_err open_one(struct wsn_engine *engine, int i, uint16_t number)
{
    struct wsn_addr any = wsn_addr_any(family_of[i], number);

    return wsn_port_open(engine, WSN_UDP_TRAP, &any, &engine->trap[i]);
}

/*
 * IPv4 decides, unless this host has IPv6 alone; one without IPv6, or with that
 * port taken there, still receives over IPv4.  But where the system chooses,
 * among the ports that are free for IPv4, it is asked again if somebody has
 * that one for IPv6.
 */
static wsn_err open_pair(struct wsn_engine *engine, uint16_t number)
{
    int tries = number == 0 ? PAIR_TRIES : 1;
    wsn_err err;

    for (;;) {
        err = open_one(engine, IPV4, number);
        if (err == SNMPAPI_TL_NOT_AVAILABLE)
            return open_one(engine, IPV6, number);
        if (err != WSN_OK)
            return err;
        err = open_one(engine, IPV6, engine->trap[IPV4]->udp.bound.port);
        if (err != SNMPAPI_TL_IN_USE || --tries == 0)
            return WSN_OK;
        wsn_port_free(engine->trap[IPV4]);
        engine->trap[IPV4] = NULL;
    }
}

static wsn_err open_both(struct wsn_engine *engine)
{
    wsn_err err = open_pair(engine, (uint16_t)wsn_db_get(WSN_DB_TRAP_PORT));

    for (int i = 0; i < WSN_FAMILIES; i++)
        if (engine->trap[i] != NULL)
            wsn_port_add(engine->trap[i]);
    return err;
}

wsn_err wsn_trap_port_open(struct wsn_engine *engine)
{
    if (is_open(engine))
        return WSN_OK;
    /* Whoever started the process has decided where it receives. */
    adopt(engine, IPV4);
    adopt(engine, IPV6);
    return is_open(engine) ? WSN_OK : open_both(engine);
}

void wsn_trap_port_close(struct wsn_engine *engine,
                         struct wsn_list *ret_retired)
{
    for (int i = 0; i < WSN_FAMILIES; i++) {
        if (engine->trap[i] != NULL)
            wsn_port_retire(engine->trap[i], ret_retired);
        engine->trap[i] = NULL;
    }
}

uint16_t wsn_trap_port_number(const struct wsn_engine *engine)
{
    for (int i = 0; i < WSN_FAMILIES; i++)
        if (engine->trap[i] != NULL)
            return engine->trap[i]->udp.bound.port;
    return 0;
}

bool wsn_trap_port_lacks_ipv6(const struct wsn_engine *engine)
{
    return engine->trap[IPV4] != NULL && engine->trap[IPV6] == NULL;
}
