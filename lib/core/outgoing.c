/*
 * outgoing.c - see outgoing.h.
 */
#include "core/outgoing.h"

#include <string.h>

#include "base/alloc.h"
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
    struct wsn_addr to;
    struct wsn_addr local;

    memset(agent_addr, 0, WSN_ADDR_IPV4_BYTES);
    if (src != NULL && is_ipv4_host(src->addr, agent_addr))
        return;
    wsn_entity_destination(dst, true, &to);
    if (wsn_route_local(&to, &local))
        (void)is_ipv4_host(local, agent_addr);
}

/* Writes to the end of buffer, as the codec does. */
static wsn_err write_into(unsigned char *buffer, size_t size,
                          const struct wsn_outgoing *out,
                          struct wsn_draft *draft)
{
    size_t start = 0;
    wsn_err err = wsn_coexist_encode(out, buffer, size, &start);

    if (err == WSN_OK) {
        draft->bytes = buffer + start;
        draft->len = size - start;
    }
    return err;
}

static wsn_err write_long(const struct wsn_outgoing *out,
                          struct wsn_draft *draft)
{
    wsn_err err;

    draft->block = wsn_alloc(WSN_MESSAGE_MAX);
    if (draft->block == NULL)
        return SNMPAPI_ALLOC_ERROR;
    err = write_into(draft->block, WSN_MESSAGE_MAX, out, draft);
    if (err != WSN_OK)
        wsn_draft_fini(draft);
    return err;
}

wsn_err wsn_outgoing_write(const struct wsn_entity *src,
                           const struct wsn_entity *dst,
                           const struct wsn_context *context,
                           const struct wsn_pdu *pdu,
                           struct wsn_draft *ret_draft)
{
    struct wsn_outgoing out = {.version = dst->version,
                               .community = context->octets,
                               .community_len = context->len,
                               .pdu = pdu};
    wsn_err err;

    if (dst->version == WSN_V1 && pdu->type == SNMP_PDU_TRAP)
        fill_agent_addr(src, dst, out.agent_addr);
    ret_draft->block = NULL;
    err = write_into(ret_draft->room, sizeof ret_draft->room, &out, ret_draft);
    return err == SNMPAPI_TL_PDU_TOO_BIG ? write_long(&out, ret_draft) : err;
}

void wsn_draft_fini(struct wsn_draft *draft)
{
    wsn_free(draft->block);
    draft->block = NULL;
}
