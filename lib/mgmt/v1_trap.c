/*
 * v1_trap.c - see v1_trap.h.  The rules are those of RFC 3584, 3.2.
 */
#include "mgmt/v1_trap.h"

#include "mgmt/value.h"

#define IPV4_LEN 4
#define LEADING 2 /* sysUpTime.0 and snmpTrapOID.0 */

#define CONSTANT_OID(name, ...)               \
    static UINT name##_ids[] = {__VA_ARGS__}; \
    static AsnObjectIdentifier name = DEFINE_OID(name##_ids)

CONSTANT_OID(sys_up_time, 1, 3, 6, 1, 2, 1, 1, 3, 0);
CONSTANT_OID(trap_oid, 1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0);
CONSTANT_OID(trap_enterprise, 1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0);
CONSTANT_OID(trap_address, 1, 3, 6, 1, 6, 3, 18, 1, 3, 0);
CONSTANT_OID(trap_community, 1, 3, 6, 1, 6, 3, 18, 1, 4, 0);
CONSTANT_OID(standard_traps, 1, 3, 6, 1, 6, 3, 1, 1, 5);

static bool is_named(const SnmpVarBind *binding, AsnObjectIdentifier *name)
{
    AsnObjectIdentifier own = binding->name;

    return SnmpUtilOidCmp(&own, name) == 0;
}

static bool has_type(const SnmpVarBind *binding, BYTE type)
{
    return binding->value.asnType == type;
}

bool wsn_v1_trap_can_be(const SnmpVarBindList *bindings)
{
    const SnmpVarBind *first = bindings->list;

    return bindings->len >= LEADING && is_named(&first[0], &sys_up_time) &&
           has_type(&first[0], ASN_TIMETICKS) &&
           is_named(&first[1], &trap_oid) &&
           has_type(&first[1], ASN_OBJECTIDENTIFIER) &&
           first[1].value.asnValue.object.idLength >= 2;
}

/* The last one: what was translated from SNMPv1 has its own at the end. */
static SnmpVarBind *find(const struct wsn_v1_trap *trap,
                         AsnObjectIdentifier *name, BYTE type)
{
    for (UINT i = trap->bindings.len; i > LEADING; i--) {
        SnmpVarBind *binding = &trap->bindings.list[i - 1];

        if (is_named(binding, name) && has_type(binding, type))
            return binding;
    }
    return NULL;
}

/* ---- which trap it is -------------------------------------------------- */

/* The six of RFC 1157, numbered from 1 below snmpTraps (RFC 3418). */
static bool is_standard(AsnObjectIdentifier *oid)
{
    UINT len = standard_traps.idLength;

    return oid->idLength == len + 1 &&
           SnmpUtilOidNCmp(oid, &standard_traps, len) == 0 &&
           oid->ids[len] >= 1 && oid->ids[len] <= 6;
}

static BOOL fill_standard(struct wsn_v1_trap *trap, AsnObjectIdentifier *oid)
{
    SnmpVarBind *enterprise =
        find(trap, &trap_enterprise, ASN_OBJECTIDENTIFIER);

    trap->generic = (AsnInteger32)oid->ids[oid->idLength - 1] - 1;
    trap->specific = 0;
    return SnmpUtilOidCpy(&trap->enterprise,
                          enterprise == NULL
                              ? &standard_traps
                              : &enterprise->value.asnValue.object);
}

/* enterprise.0.specific, or enterprise.specific. */
static BOOL fill_specific(struct wsn_v1_trap *trap, AsnObjectIdentifier *oid)
{
    AsnObjectIdentifier enterprise = *oid;

    trap->generic = SNMP_GENERICTRAP_ENTERSPECIFIC;
    trap->specific = (AsnInteger32)oid->ids[oid->idLength - 1];
    enterprise.idLength--;
    if (enterprise.idLength > 1 && enterprise.ids[enterprise.idLength - 1] == 0)
        enterprise.idLength--;
    return SnmpUtilOidCpy(&trap->enterprise, &enterprise);
}

/* ---- where it comes from ----------------------------------------------- */

static BOOL fill_agent(struct wsn_v1_trap *trap)
{
    static const BYTE unknown[IPV4_LEN] = {0, 0, 0, 0};
    const SnmpVarBind *binding = find(trap, &trap_address, ASN_IPADDRESS);
    const BYTE *address = unknown;

    if (binding != NULL && binding->value.asnValue.address.length == IPV4_LEN)
        address = binding->value.asnValue.address.stream;
    else if (trap->source.length == IPV4_LEN)
        address = trap->source.stream;
    return wsn_mgmt_octets(address, IPV4_LEN, &trap->agent);
}

/* ---- the bindings ------------------------------------------------------ */

static bool is_kept(const SnmpVarBind *binding)
{
    return !is_named(binding, &trap_enterprise) &&
           !is_named(binding, &trap_address) &&
           !is_named(binding, &trap_community);
}

static void take_out(SnmpVarBindList *bindings)
{
    UINT n = 0;

    for (UINT i = 0; i < bindings->len; i++) {
        if (i >= LEADING && is_kept(&bindings->list[i]))
            bindings->list[n++] = bindings->list[i];
        else
            SnmpUtilVarBindFree(&bindings->list[i]);
    }
    bindings->len = n;
}

/* ---- all of it --------------------------------------------------------- */

BOOL wsn_v1_trap_fill(struct wsn_v1_trap *trap)
{
    AsnObjectIdentifier *oid = &trap->bindings.list[1].value.asnValue.object;
    BOOL is_done =
        is_standard(oid) ? fill_standard(trap, oid) : fill_specific(trap, oid);

    if (!is_done || !fill_agent(trap))
        return FALSE;
    trap->time_stamp = trap->bindings.list[0].value.asnValue.ticks;
    take_out(&trap->bindings);
    return TRUE;
}

void wsn_v1_trap_free(struct wsn_v1_trap *trap)
{
    SnmpUtilOidFree(&trap->enterprise);
    SnmpUtilOctetsFree(&trap->agent);
    SnmpUtilOctetsFree(&trap->source);
    SnmpUtilOctetsFree(&trap->community);
    SnmpUtilVarBindListFree(&trap->bindings);
}
