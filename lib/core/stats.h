/*
 * stats.h - what the library counts, so that nothing is ever lost silently.
 *
 * Process-wide, one relaxed atomic each; named after SNMPv2-MIB (RFC 3418)
 * where that has the counter.
 */
#ifndef WSN_CORE_STATS_H
#define WSN_CORE_STATS_H

#include <stdatomic.h>
#include <stdint.h>

enum wsn_stat {
    WSN_STAT_IN_PKTS,
    WSN_STAT_OUT_PKTS,
    WSN_STAT_IN_BAD_VERSIONS,
    WSN_STAT_IN_ASN_PARSE_ERRS,
    WSN_STAT_RESPONSES_MATCHED,
    WSN_STAT_TIMEOUTS,
    WSN_STAT_RETRANSMISSIONS,
    WSN_STAT_DROP_UNMATCHED,
    WSN_STAT_DROP_WRONG_SOURCE,
    WSN_STAT_DROP_WRONG_COMMUNITY,
    WSN_STAT_DROP_WRONG_VERSION,
    WSN_STAT_DROP_WRONG_PDU_TYPE,
    WSN_STAT_DROP_MALFORMED,
    WSN_STAT_DROP_QUEUE_FULL,
    WSN_STAT_DROP_NO_MEMORY,
    WSN_STAT_DROP_KERNEL,
    WSN_STAT_ICMP_UNREACHABLE,
    WSN_STAT_TRAPS_IN,
    WSN_STAT_TRAPS_DELIVERED,
    WSN_STAT_TRAPS_UNCLAIMED,
    WSN_STAT_INFORMS_ANSWERED,
    WSN_STATS
};

extern _Atomic uint64_t wsn_stats[WSN_STATS];

/* [any, lock] */
static inline void wsn_stats_add(enum wsn_stat stat, uint64_t n)
{
    (void)atomic_fetch_add_explicit(&wsn_stats[stat], n,
                                    memory_order_relaxed);
}

/* [any, lock] */
static inline void wsn_stats_count(enum wsn_stat stat)
{
    wsn_stats_add(stat, 1);
}

/* [any] */
static inline uint64_t wsn_stats_get(enum wsn_stat stat)
{
    return atomic_load_explicit(&wsn_stats[stat], memory_order_relaxed);
}

/* All counters to 0: at the final clean-up. [any] */
void wsn_stats_reset(void);

#endif
