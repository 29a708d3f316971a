/*
 * stats.c - see stats.h.
 */
#include "core/stats.h"

_Atomic uint64_t wsn_stats[WSN_STATS];

void wsn_stats_reset(void)
{
    for (int stat = 0; stat < WSN_STATS; stat++)
        atomic_store_explicit(&wsn_stats[stat], 0, memory_order_relaxed);
}
