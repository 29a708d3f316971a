/*
 * trap.c - see trap.h.
 */
#include "codec/trap.h"

#include <string.h>

#include "codec/names.h"
#include "codec/oid.h"
#include "codec/varbinds_wire.h"

/* sysUpTime.0 and snmpTrapOID.0 lead every SNMPv2 trap. */
#define N_LEADING 2

/* ---- From version 1 ------------------------------------------------- */

static size_t trap_oid_len(const struct wsn_head *head)
{
    return head->generic == SNMP_TRAP_ENTERPRISESPECIFIC
               ? head->n_enterprise_ids + 2
               : wsn_name_traps.len + 1;
}

/* RFC 3584 section 3.1 (2) and (3). */
size_t wsn_trap_oid(const struct wsn_head *head, smiUINT32 *ids)
{
    size_t len = trap_oid_len(head);

    if (head->generic == SNMP_TRAP_ENTERPRISESPECIFIC) {
        (void)wsn_oid_ber_read(head->enterprise.body, head->enterprise.len,
                               ids);
        ids[len - 2] = 0;
        ids[len - 1] = (smiUINT32)head->specific;
    } else {
        memcpy(ids, wsn_name_traps.ids, (len - 1) * sizeof *ids);
        ids[len - 1] = (smiUINT32)head->generic + 1;
    }
    return len;
}

/* Which of the optional variables the translated trap gets. */
struct additions {
    bool address;
    bool community;
};

static bool has_variable(const struct wsn_head *head,
                         const struct wsn_name *name)
{
    struct wsn_ber_reader list = wsn_ber_enter(&head->varbinds);
    smiUINT32 ids[MAXOBJIDSIZE];

    while (!wsn_ber_is_at_end(&list)) {
        struct wsn_ber oid = wsn_varbind_next_checked(&list).name;
        size_t len = wsn_oid_ber_read(oid.body, oid.len, ids);

        if (wsn_oid_is_equal(ids, len, name->ids, name->len))
            return true;
    }
    return false;
}

static struct wsn_varbinds_size measure(const struct wsn_head *head,
                                        const struct additions *additions)
{
    struct wsn_varbinds_size size = head->size;

    size.n_varbinds += N_LEADING + 1;
    size.n_ids += wsn_name_sys_up_time.len + wsn_name_trap_oid.len +
                  trap_oid_len(head) + wsn_name_trap_enterprise.len +
                  head->n_enterprise_ids;
    if (additions->address) {
        size.n_varbinds++;
        size.n_ids += wsn_name_trap_address.len;
        size.n_octets += WSN_IPADDR_LEN + 1;
    }
    if (additions->community) {
        size.n_varbinds++;
        size.n_ids += wsn_name_trap_community.len;
        size.n_octets += head->community_len + 1;
    }
    return size;
}

/* Starts the next entry; its value is still to be set. */
static smiVALUE *add(struct wsn_varbinds_builder *builder,
                     const struct wsn_name *name, smiUINT32 syntax)
{
    struct wsn_varbind *entry = builder->entry++;

    memset(entry, 0, sizeof *entry);
    entry->name.ptr = builder->ids;
    entry->name.len = (smiUINT32)name->len;
    memcpy(builder->ids, name->ids, name->len * sizeof name->ids[0]);
    builder->ids += name->len;
    entry->value.syntax = syntax;
    return &entry->value;
}

static void add_leading(struct wsn_varbinds_builder *builder,
                        const struct wsn_head *head)
{
    smiVALUE *value;

    value = add(builder, &wsn_name_sys_up_time, SNMP_SYNTAX_TIMETICKS);
    value->value.uNumber = head->timestamp;
    value = add(builder, &wsn_name_trap_oid, SNMP_SYNTAX_OID);
    value->value.oid.ptr = builder->ids;
    value->value.oid.len = (smiUINT32)wsn_trap_oid(head, builder->ids);
    builder->ids += value->value.oid.len;
}

/* RFC 3584 section 3.1 (4). */
static void add_additions(struct wsn_varbinds_builder *builder,
                          const struct wsn_head *head,
                          const struct additions *additions)
{
    smiVALUE *value;

    if (additions->address) {
        value = add(builder, &wsn_name_trap_address, SNMP_SYNTAX_IPADDR);
        value->value.string =
            wsn_varbinds_read_octets(builder, head->agent_addr, WSN_IPADDR_LEN);
    }
    if (additions->community) {
        value = add(builder, &wsn_name_trap_community, SNMP_SYNTAX_OCTETS);
        value->value.string = wsn_varbinds_read_octets(builder, head->community,
                                                       head->community_len);
    }
}

static void add_enterprise(struct wsn_varbinds_builder *builder,
                           const struct wsn_head *head)
{
    smiVALUE *value = add(builder, &wsn_name_trap_enterprise, SNMP_SYNTAX_OID);

    value->value.oid = wsn_varbinds_read_oid(builder, head->enterprise.body,
                                             head->enterprise.len);
}

wsn_err wsn_trap_read(const struct wsn_head *head, bool rfc3584,
                      smiINT32 generated_id, struct wsn_pdu *ret_pdu)
{
    struct additions additions = {false, false};
    struct wsn_varbinds_builder builder;
    struct wsn_varbinds_size size;
    wsn_err err;

    if (rfc3584) {
        additions.address = !has_variable(head, &wsn_name_trap_address);
        additions.community = !has_variable(head, &wsn_name_trap_community);
    }
    size = measure(head, &additions);
    err = wsn_varbinds_build(&size, &builder);
    if (err != WSN_OK)
        return err;
    add_leading(&builder, head);
    wsn_varbinds_read(&head->varbinds, &builder);
    add_additions(&builder, head, &additions);
    add_enterprise(&builder, head);
    *ret_pdu = (struct wsn_pdu){.type = SNMP_PDU_TRAP,
                                .request_id = generated_id,
                                .varbinds = builder.body};
    return WSN_OK;
}

/* ---- To version 1 --------------------------------------------------- */

/* The fields of a Trap-PDU; pointers go into the SNMPv2 trap. */
struct v1_trap {
    const smiUINT32 *enterprise;
    size_t enterprise_len;
    smiINT32 generic;
    smiINT32 specific;
};

/* The value of a variable behind the two leading ones. */
static const smiVALUE *find_value(const struct wsn_varbinds *varbinds,
                                  const struct wsn_name *name, smiUINT32 syntax)
{
    const struct wsn_varbind *entries = wsn_varbinds_at(varbinds, 0);

    for (size_t i = N_LEADING; i < wsn_varbinds_count(varbinds); i++)
        if (entries[i].value.syntax == syntax &&
            wsn_name_is(name, &entries[i].name))
            return &entries[i].value;
    return NULL;
}

static bool is_standard(const smiOID *oid)
{
    return oid->len == wsn_name_traps.len + 1 &&
           wsn_oid_has_prefix(oid->ptr, oid->len, wsn_name_traps.ids,
                              wsn_name_traps.len) &&
           oid->ptr[oid->len - 1] >= SNMP_TRAP_COLDSTART + 1 &&
           oid->ptr[oid->len - 1] <= SNMP_TRAP_EGPNEIGHBORLOSS + 1;
}

/* RFC 3584 section 3.2 (1) and (3), for the traps SNMPv1 knows itself. */
static void fill_standard(const struct wsn_varbinds *varbinds,
                          const smiOID *oid, struct v1_trap *trap)
{
    const smiVALUE *enterprise =
        find_value(varbinds, &wsn_name_trap_enterprise, SNMP_SYNTAX_OID);

    trap->generic = (smiINT32)oid->ptr[oid->len - 1] - 1;
    trap->specific = 0;
    trap->enterprise = wsn_name_traps.ids;
    trap->enterprise_len = wsn_name_traps.len;
    if (enterprise != NULL) {
        trap->enterprise = enterprise->value.oid.ptr;
        trap->enterprise_len = enterprise->value.oid.len;
    }
}

/*
 * The same for all others: enterprise.0.specific or enterprise.specific.
 * False when no Trap-PDU can carry the two parts.
 */
static bool fill_specific(const smiOID *oid, struct v1_trap *trap)
{
    size_t len = oid->len - 1;

    if (oid->ptr[len] > INT32_MAX)
        return false;
    trap->generic = SNMP_TRAP_ENTERPRISESPECIFIC;
    trap->specific = (smiINT32)oid->ptr[len];
    trap->enterprise = oid->ptr;
    trap->enterprise_len = oid->ptr[len - 1] == 0 ? len - 1 : len;
    /* Whoever receives it puts the two parts together again. */
    return trap->enterprise_len >= 2 &&
           trap->enterprise_len + 2 <= MAXOBJIDSIZE;
}

/* snmpTrapEnterprise.0 becomes the enterprise field and no variable. */
static bool is_kept(const struct wsn_varbind *entry)
{
    return !wsn_name_is(&wsn_name_trap_enterprise, &entry->name);
}

/* RFC 3584 section 3.2: with a Counter64 "the translation cannot be made". */
static bool fits_v1(const struct wsn_varbinds *varbinds)
{
    const struct wsn_varbind *entries = wsn_varbinds_at(varbinds, 0);

    for (size_t i = N_LEADING; i < wsn_varbinds_count(varbinds); i++)
        if (is_kept(&entries[i]) && wsn_value_is_v2(entries[i].value.syntax))
            return false;
    return true;
}

static void write_variables(struct wsn_ber_writer *writer,
                            const struct wsn_varbinds *varbinds)
{
    const unsigned char *end = writer->next;
    const struct wsn_varbind *entries = wsn_varbinds_at(varbinds, 0);

    for (size_t i = wsn_varbinds_count(varbinds); i > N_LEADING; i--)
        if (is_kept(&entries[i - 1]))
            wsn_varbind_write(writer, &entries[i - 1], 0);
    wsn_ber_wrap(writer, WSN_BER_SEQUENCE, end);
}

/* RFC 3584 section 3.2 (2). */
static void write_agent_addr(struct wsn_ber_writer *writer,
                             const struct wsn_varbinds *varbinds,
                             const unsigned char agent_addr[WSN_IPADDR_LEN])
{
    const smiVALUE *address =
        find_value(varbinds, &wsn_name_trap_address, SNMP_SYNTAX_IPADDR);

    if (address != NULL && address->value.string.len == WSN_IPADDR_LEN)
        agent_addr = address->value.string.ptr;
    wsn_ber_write_octets(writer, WSN_BER_IPADDR, agent_addr, WSN_IPADDR_LEN);
}

wsn_err wsn_trap_write(struct wsn_ber_writer *writer, const struct wsn_pdu *pdu,
                       const unsigned char agent_addr[WSN_IPADDR_LEN])
{
    const struct wsn_varbind *leading = wsn_varbinds_at(pdu->varbinds, 0);
    const smiOID *oid = &leading[1].value.value.oid;
    const unsigned char *end = writer->next;
    struct v1_trap trap;

    if (!fits_v1(pdu->varbinds))
        return SNMPAPI_OPERATION_INVALID;
    if (is_standard(oid))
        fill_standard(pdu->varbinds, oid, &trap);
    else if (!fill_specific(oid, &trap))
        return SNMPAPI_OPERATION_INVALID;
    write_variables(writer, pdu->varbinds);
    wsn_ber_write_uint64(writer, WSN_BER_TIMETICKS,
                         leading[0].value.value.uNumber);
    wsn_ber_write_int32(writer, WSN_BER_INTEGER, trap.specific);
    wsn_ber_write_int32(writer, WSN_BER_INTEGER, trap.generic);
    write_agent_addr(writer, pdu->varbinds, agent_addr);
    wsn_oid_ber_write(writer, trap.enterprise, trap.enterprise_len);
    wsn_ber_wrap(writer, SNMP_PDU_V1TRAP, end);
    return WSN_OK;
}
