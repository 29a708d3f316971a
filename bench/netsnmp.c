/*
 * netsnmp.c - see netsnmp.h.
 */
#include "netsnmp.h"

#include <stdlib.h>

static unsigned char community[] = "public";

void netsnmp_start(const char *name)
{
    setenv("MIBS", "", 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
                           NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID,
                           NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
    netsnmp_ds_set_int(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_OID_OUTPUT_FORMAT,
                       NETSNMP_OID_OUTPUT_NUMERIC);
    snmp_disable_log();
    init_snmp(name);
}

netsnmp_session netsnmp_describe(char *peer)
{
    netsnmp_session session;

    snmp_sess_init(&session);
    session.peername = peer;
    session.version = SNMP_VERSION_2c;
    session.community = community;
    session.community_len = sizeof(community) - 1;
    return session;
}

void netsnmp_select(netsnmp_large_fd_set *set, long wait_us)
{
    struct timeval wait = {0, wait_us};
    int n_fds = 0, must_block = 0, n;

    NETSNMP_LARGE_FD_ZERO(set);
    snmp_select_info2(&n_fds, set, &wait, &must_block);
    if (wait.tv_sec > 0 || wait.tv_usec > wait_us)
        wait = (struct timeval){0, wait_us};
    n = netsnmp_large_fd_set_select(n_fds, set, NULL, NULL, &wait);
    if (n > 0)
        snmp_read2(set);
    else if (n == 0)
        snmp_timeout();
}

void netsnmp_drain(void *session, int fd, netsnmp_large_fd_set *set)
{
    for (int i = 0; i < NETSNMP_DRAIN_MAX; i++) {
        NETSNMP_LARGE_FD_SET(fd, set);
        if (snmp_sess_read2(session, set) != 0)
            break;
    }
    NETSNMP_LARGE_FD_CLR(fd, set);
}
