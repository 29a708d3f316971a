/*
 * udp_drops.c - see udp_drops.h.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

/* SO_MEMINFO is outside POSIX. */
#undef _POSIX_C_SOURCE
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "net/udp_drops.h"

#include <sys/socket.h>
#ifdef HAVE_SO_MEMINFO
#include <linux/sock_diag.h>
#endif

#include "net/udp.h"

void wsn_udp_note_drops(struct wsn_udp *udp, uint32_t drops)
{
    uint32_t seen = atomic_load(&udp->drops_seen);

    /* An older count, or one that another thread has noted, is not news. */
    while (drops != seen && drops - seen <= INT32_MAX)
        if (atomic_compare_exchange_weak(&udp->drops_seen, &seen, drops)) {
            (void)atomic_fetch_add(&udp->kernel_drops, drops - seen);
            return;
        }
}

void wsn_udp_look_for_drops(struct wsn_udp *udp)
{
#ifdef HAVE_SO_MEMINFO
    uint32_t info[SK_MEMINFO_VARS];
    socklen_t len = sizeof info;

    if (getsockopt(udp->fd, SOL_SOCKET, SO_MEMINFO, info, &len) == 0 &&
        len > SK_MEMINFO_DROPS * sizeof *info)
        wsn_udp_note_drops(udp, info[SK_MEMINFO_DROPS]);
#else
    (void)udp;
#endif
}
