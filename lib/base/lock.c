/*
 * lock.c - the counter behind the assertion in lock.h.
 */
#include "base/lock.h"

#ifdef WSN_DEBUG
_Thread_local unsigned wsn_locks_held;
#else
/* ISO C wants at least one declaration in a translation unit. */
typedef int wsn_lock_counts_only_with_debug;
#endif
