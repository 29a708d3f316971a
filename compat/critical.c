/*
 * critical.c - critical sections: recursive mutexes of the host.
 *
 * They are no kernel objects and nobody waits for several of them, so the
 * dispatcher lock has no part in it.
 */
#include <pthread.h>

#include "error.h"
#include "winbase.h"

_Static_assert(sizeof(pthread_mutex_t) <= sizeof(CRITICAL_SECTION),
               "a critical section has room for a mutex");
_Static_assert(_Alignof(pthread_mutex_t) <= _Alignof(CRITICAL_SECTION),
               "a critical section is aligned like a mutex");

static pthread_mutex_t *mutex_of(LPCRITICAL_SECTION section)
{
    return (pthread_mutex_t *)(void *)section;
}

static int init(pthread_mutex_t *mutex)
{
    pthread_mutexattr_t attributes;
    int code = pthread_mutexattr_init(&attributes);

    if (code != 0)
        return code;
    (void)pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    code = pthread_mutex_init(mutex, &attributes);
    (void)pthread_mutexattr_destroy(&attributes);
    return code;
}

BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section,
                                                  DWORD spin_count)
{
    (void)spin_count;
    return init(mutex_of(section)) == 0 ? TRUE
                                        : wc_fail(ERROR_NOT_ENOUGH_MEMORY);
}

VOID WINAPI InitializeCriticalSection(LPCRITICAL_SECTION section)
{
    (void)InitializeCriticalSectionAndSpinCount(section, 0);
}

VOID WINAPI EnterCriticalSection(LPCRITICAL_SECTION section)
{
    (void)pthread_mutex_lock(mutex_of(section));
}

BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION section)
{
    return pthread_mutex_trylock(mutex_of(section)) == 0;
}

VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section)
{
    (void)pthread_mutex_unlock(mutex_of(section));
}

VOID WINAPI DeleteCriticalSection(LPCRITICAL_SECTION section)
{
    (void)pthread_mutex_destroy(mutex_of(section));
}
