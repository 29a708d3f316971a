/*
 * mib2_names.h - names that mean the same on every host.
 */
#ifndef WSN_TESTS_SUPPORT_MIB2_NAMES_H
#define WSN_TESTS_SUPPORT_MIB2_NAMES_H

#include <stddef.h>

/* What is read, the numbers it means, and how it is written again. */
static const struct {
    const char *text;
    const char *oid;
    const char *written; /* NULL: as text */
} mib2_names[] = {
    {"system.sysUpTime.0", "1.3.6.1.2.1.1.3.0", NULL},
    {"system.sysDescr.0", "1.3.6.1.2.1.1.1.0", NULL},
    {"1.3.0", "1.3.6.1.2.1.1.3.0", "system.sysUpTime.0"},
    {"system.1.0", "1.3.6.1.2.1.1.1.0", "system.sysDescr.0"},
    {".1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.3.0", "system.sysUpTime.0"},
    {".iso.org.dod.internet.mgmt.mib-2.system", "1.3.6.1.2.1.1", "system"},
    {".iso.3.dod.1.mgmt.1.1", "1.3.6.1.2.1.1", "system"},
    {".iso.org.dod.internet.mgmt.mib-2", "1.3.6.1.2.1", NULL},
    {".iso.org.dod.internet.private.enterprises.8072.1", "1.3.6.1.4.1.8072.1",
     NULL},
    {".iso.org.dod.internet.snmpV2.snmpModules.1.1.5.1", "1.3.6.1.6.3.1.1.5.1",
     NULL},
    {".iso", "1", NULL},
    {".2.100.3", "2.100.3", NULL},
    {".0.0", "0.0", NULL},
    {"interfaces.ifTable.ifEntry.ifDescr.2", "1.3.6.1.2.1.2.2.1.2.2", NULL},
    {"interfaces.ifTable.ifEntry.ifSpecific.7", "1.3.6.1.2.1.2.2.1.22.7", NULL},
    {"at.atTable.atEntry.atNetAddress", "1.3.6.1.2.1.3.1.1.3", NULL},
    {"ip.ipAddrTable.ipAddrEntry.ipAdEntReasmMaxSize.127.0.0.1",
     "1.3.6.1.2.1.4.20.1.5.127.0.0.1", NULL},
    {"ip.ipRouteTable.ipRouteEntry.ipRouteInfo", "1.3.6.1.2.1.4.21.1.13", NULL},
    {"ip.ipRoutingDiscards.0", "1.3.6.1.2.1.4.23.0", NULL},
    {"icmp.icmpOutAddrMaskReps.0", "1.3.6.1.2.1.5.26.0", NULL},
    {"tcp.tcpConnTable.tcpConnEntry.tcpConnRemPort", "1.3.6.1.2.1.6.13.1.5",
     NULL},
    {"tcp.tcpOutRsts.0", "1.3.6.1.2.1.6.15.0", NULL},
    {"udp.udpTable.udpEntry.udpLocalPort", "1.3.6.1.2.1.7.5.1.2", NULL},
    {"egp.egpAs.0", "1.3.6.1.2.1.8.6.0", NULL},
    {"egp.egpNeighTable.egpNeighEntry.egpNeighEventTrigger",
     "1.3.6.1.2.1.8.5.1.15", NULL},
    {"transmission.7", "1.3.6.1.2.1.10.7", NULL},
    {"snmp.snmpInTooBigs.0", "1.3.6.1.2.1.11.8.0", NULL},
    {"snmp.7.0", "1.3.6.1.2.1.11.7.0", NULL}, /* not used, no name */
    {"snmp.snmpOutGenErrs.0", "1.3.6.1.2.1.11.24.0", NULL},
    {"snmp.snmpEnableAuthenTraps.0", "1.3.6.1.2.1.11.30.0", NULL},
    {"31.1.1.1.1.4294967295", "1.3.6.1.2.1.31.1.1.1.1.4294967295", NULL},
    {"01.003.0", "1.3.6.1.2.1.1.3.0", "system.sysUpTime.0"},
};

#endif
