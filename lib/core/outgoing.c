/*
 * outgoing.c - see outgoing.h.
 */
#include "core/outgoing.h"

#include <string.h>

#include "codec/coexist.h"
#include "core/context.h"
#include "core/entity.h"
#include "net/route.h"
#include "winsnmp_types.h"

/* Whether addr is an IPv4 address that names a host. */
static bool is_ipv4_host(struct wsn_addr addr, unsigned char *ret_host)
{
    wsn_addr_unmap(&addr);
    if (addr.family != WSN_FAMILY_IPV4 || wsn_addr_is_any(&addr))
        return false;
    memcpy(ret_host, addr.host, WSN_ADDR_IPV4_BYTES);
    return true;
}

/*
 * The agent-addr of an SNMPv1 trap is the "address of object generating
 * trap" (RFC 1157, 4.1.6): the source entity, or the address that the
 * destination sees.  0.0.0.0 says that there is none (RFC 3584, 3.2).
 */
static void fill_agent_addr(const struct wsn_entity *src,
                            const struct wsn_entity *dst,
                            unsigned char *agent_addr)
{
    struct wsn_addr to = wsn_entity_destination(dst, true);
    struct wsn_addr local;

    memset(agent_addr, 0, WSN_ADDR_IPV4_BYTES);
    if (src != NULL && is_ipv4_host(src->addr, agent_addr))
        return;
    if (wsn_route_local(&to, &local))
        (void)is_ipv4_host(local, agent_addr);
}

wsn_err wsn_outgoing_encode(const struct wsn_entity *src,
                            const struct wsn_entity *dst,
                            const struct wsn_context *context,
                            const struct wsn_pdu *pdu, unsigned char *buffer,
                            size_t size, size_t *ret_start)
{
    struct wsn_outgoing out = {.version = dst->version,
                               .community = context->octets,
                               .community_len = context->len,
                               .pdu = pdu};

    if (dst->version == WSN_V1 && pdu->type == SNMP_PDU_TRAP)
        fill_agent_addr(src, dst, out.agent_addr);
    return wsn_coexist_encode(&out, buffer, size, ret_start);
}
