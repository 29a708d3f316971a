/*
 * interlocked.c - atomic operations on plain variables of the program.
 *
 * The variables are not _Atomic, so the compiler's own operations are used.
 */
#include "winbase.h"

#define ORDER __ATOMIC_SEQ_CST

LONG WINAPI InterlockedIncrement(LONG volatile *target)
{
    return __atomic_add_fetch(target, 1, ORDER);
}

LONG WINAPI InterlockedDecrement(LONG volatile *target)
{
    return __atomic_sub_fetch(target, 1, ORDER);
}

LONG WINAPI InterlockedExchange(LONG volatile *target, LONG value)
{
    return __atomic_exchange_n(target, value, ORDER);
}

LONG WINAPI InterlockedExchangeAdd(LONG volatile *target, LONG value)
{
    return __atomic_fetch_add(target, value, ORDER);
}

LONG WINAPI InterlockedCompareExchange(LONG volatile *target, LONG value,
                                       LONG comparand)
{
    (void)__atomic_compare_exchange_n(target, &comparand, value, 0, ORDER,
                                      ORDER);
    return comparand;
}

LONG WINAPI InterlockedAnd(LONG volatile *target, LONG value)
{
    return __atomic_fetch_and(target, value, ORDER);
}

LONG WINAPI InterlockedOr(LONG volatile *target, LONG value)
{
    return __atomic_fetch_or(target, value, ORDER);
}

LONG WINAPI InterlockedXor(LONG volatile *target, LONG value)
{
    return __atomic_fetch_xor(target, value, ORDER);
}

PVOID WINAPI InterlockedExchangePointer(PVOID volatile *target, PVOID value)
{
    return __atomic_exchange_n(target, value, ORDER);
}

PVOID WINAPI InterlockedCompareExchangePointer(PVOID volatile *target,
                                               PVOID value, PVOID comparand)
{
    (void)__atomic_compare_exchange_n(target, &comparand, value, 0, ORDER,
                                      ORDER);
    return comparand;
}

LONG64 WINAPI InterlockedIncrement64(LONG64 volatile *target)
{
    return __atomic_add_fetch(target, 1, ORDER);
}

LONG64 WINAPI InterlockedDecrement64(LONG64 volatile *target)
{
    return __atomic_sub_fetch(target, 1, ORDER);
}

LONG64 WINAPI InterlockedExchange64(LONG64 volatile *target, LONG64 value)
{
    return __atomic_exchange_n(target, value, ORDER);
}

LONG64 WINAPI InterlockedExchangeAdd64(LONG64 volatile *target, LONG64 value)
{
    return __atomic_fetch_add(target, value, ORDER);
}

LONG64 WINAPI InterlockedCompareExchange64(LONG64 volatile *target,
                                           LONG64 value, LONG64 comparand)
{
    (void)__atomic_compare_exchange_n(target, &comparand, value, 0, ORDER,
                                      ORDER);
    return comparand;
}

LONG64 WINAPI InterlockedAnd64(LONG64 volatile *target, LONG64 value)
{
    return __atomic_fetch_and(target, value, ORDER);
}

LONG64 WINAPI InterlockedOr64(LONG64 volatile *target, LONG64 value)
{
    return __atomic_fetch_or(target, value, ORDER);
}

LONG64 WINAPI InterlockedXor64(LONG64 volatile *target, LONG64 value)
{
    return __atomic_fetch_xor(target, value, ORDER);
}
