/*
 * names.h - the object identifiers that the protocol itself gives a meaning.
 *
 * The room's own: constants only.
 */
#ifndef WSN_CODEC_NAMES_H
#define WSN_CODEC_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "winsnmp_types.h"

#define WSN_NAME_LEN_MAX 11

struct wsn_name {
    size_t len;
    smiUINT32 ids[WSN_NAME_LEN_MAX];
};

/* sysUpTime.0, snmpTrapOID.0, snmpTrapEnterprise.0, snmpTrapAddress.0 ... */
extern const struct wsn_name wsn_name_sys_up_time;
extern const struct wsn_name wsn_name_trap_oid;
extern const struct wsn_name wsn_name_trap_enterprise;
extern const struct wsn_name wsn_name_trap_address;
extern const struct wsn_name wsn_name_trap_community;

/* snmpTraps, under which the six standard traps are. */
extern const struct wsn_name wsn_name_traps;

/* Whether oid is that name. [any] */
bool wsn_name_is(const struct wsn_name *name, const smiOID *oid);

#endif
