/*
 * pdu.c - see pdu.h.
 */
#include "codec/pdu.h"

#include "codec/names.h"
#include "codec/value.h"

bool wsn_pdu_type_is_creatable(smiINT type)
{
    return type >= SNMP_PDU_GET && type <= SNMP_PDU_TRAP &&
           type != SNMP_PDU_V1TRAP;
}

bool wsn_pdu_awaits_response(smiINT type)
{
    switch (type) {
    case SNMP_PDU_GET:
    case SNMP_PDU_GETNEXT:
    case SNMP_PDU_GETBULK:
    case SNMP_PDU_SET:
    case SNMP_PDU_INFORM:
        return true;
    default:
        return false;
    }
}

static bool has_exception(const struct wsn_varbinds *varbinds)
{
    size_t count = wsn_varbinds_count(varbinds);
    const struct wsn_varbind *entry = wsn_varbinds_at(varbinds, 0);

    for (size_t i = 0; i < count; i++)
        if (wsn_value_is_exception(entry[i].value.syntax))
            return true;
    return false;
}

/* RFC 3416 section 4.2.6: the variables every notification begins with. */
static bool has_trap_variables(const struct wsn_varbinds *varbinds)
{
    const struct wsn_varbind *entry = wsn_varbinds_at(varbinds, 0);

    return wsn_varbinds_count(varbinds) >= 2 &&
           wsn_name_is(&wsn_name_sys_up_time, &entry[0].name) &&
           entry[0].value.syntax == SNMP_SYNTAX_TIMETICKS &&
           wsn_name_is(&wsn_name_trap_oid, &entry[1].name) &&
           entry[1].value.syntax == SNMP_SYNTAX_OID;
}

static bool is_sendable(const struct wsn_pdu *pdu, int version)
{
    bool no_error = pdu->error_status == 0 && pdu->error_index == 0;

    switch (pdu->type) {
    case SNMP_PDU_GET:
    case SNMP_PDU_GETNEXT:
        return no_error;
    case SNMP_PDU_SET:
        return no_error && !has_exception(pdu->varbinds);
    case SNMP_PDU_GETBULK:
        return pdu->error_status >= 0 && pdu->error_index >= 0;
    case SNMP_PDU_RESPONSE:
        return true;
    case SNMP_PDU_TRAP:
        if (version == WSN_V1)
            return no_error && has_trap_variables(pdu->varbinds);
        return no_error && wsn_varbinds_count(pdu->varbinds) >= 2;
    case SNMP_PDU_INFORM:
        return no_error && wsn_varbinds_count(pdu->varbinds) >= 2;
    default:
        return false;
    }
}

wsn_err wsn_pdu_check(const struct wsn_pdu *pdu, int version)
{
    return is_sendable(pdu, version) ? WSN_OK : SNMPAPI_PDU_INVALID;
}
