/*
 * names.c - see names.h.  From SNMPv2-MIB (RFC 3418) and SNMP-COMMUNITY-MIB
 * (RFC 3584).
 */
#include "codec/names.h"

#include "codec/oid.h"

const struct wsn_name wsn_name_sys_up_time = {9, {1, 3, 6, 1, 2, 1, 1, 3, 0}};
const struct wsn_name wsn_name_trap_oid = {11,
                                           {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0}};
const struct wsn_name wsn_name_trap_enterprise = {
    11, {1, 3, 6, 1, 6, 3, 1, 1, 4, 3, 0}};
const struct wsn_name wsn_name_trap_address = {10,
                                               {1, 3, 6, 1, 6, 3, 18, 1, 3, 0}};
const struct wsn_name wsn_name_trap_community = {
    10, {1, 3, 6, 1, 6, 3, 18, 1, 4, 0}};
const struct wsn_name wsn_name_traps = {9, {1, 3, 6, 1, 6, 3, 1, 1, 5}};

bool wsn_name_is(const struct wsn_name *name, const smiOID *oid)
{
    return wsn_oid_is_equal(name->ids, name->len, oid->ptr, oid->len);
}
