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
    wsn_err err = wsn_port_open(engine, WSN_UDP_TRAP, &any, &engine->trap[i]);

    if (err == WSN_OK)
        wsn_port_add(engine->trap[i]);
    return err;
}

/* IPv4 decides; a host without IPv6, or with that port taken there, still
 * receives over IPv4. */
static wsn_err open_both(struct wsn_engine *engine)
{
    uint16_t number = (uint16_t)wsn_db_get(WSN_DB_TRAP_PORT);
    wsn_err err = open_one(engine, IPV4, number);

    if (err == WSN_OK)
        (void)open_one(engine, IPV6, engine->trap[IPV4]->udp.bound.port);
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

void wsn_trap_port_close(struct wsn_engine *engine)
{
    for (int i = 0; i < WSN_FAMILIES; i++) {
        if (engine->trap[i] != NULL)
            wsn_port_retire(engine->trap[i]);
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
