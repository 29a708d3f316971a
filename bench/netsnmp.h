/*
 * netsnmp.h - what the programs that use Net-SNMP's library share.  Each uses
 * it in two ways: as its manual shows, with select(), and at its best, with
 * epoll, large buffers, and each socket read until it is empty.
 */
#ifndef WSN_BENCH_NETSNMP_H
#define WSN_BENCH_NETSNMP_H

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/library/large_fd_set.h>

/* How often a socket is read before the next one's turn. */
#define NETSNMP_DRAIN_MAX 64

/* Without files, MIBs and logging. */
void netsnmp_start(const char *name);

/* A session's description; community "public", SNMPv2c. */
netsnmp_session netsnmp_describe(char *peer);

/* One turn of the loop of the manual; wait_us at most. */
void netsnmp_select(netsnmp_large_fd_set *set, long wait_us);

/* Reads the session's socket until it is empty. */
void netsnmp_drain(void *session, int fd, netsnmp_large_fd_set *set);

#endif
