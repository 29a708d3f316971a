/*
 * tls.c - thread-local storage: indexes for keys of the host.
 *
 * The table of indexes is guarded by the dispatcher lock; the values are the
 * host's business.
 */
#include <pthread.h>
#include <stdbool.h>

#include "dispatcher.h"
#include "error.h"
#include "winbase.h"

#define MAX_INDEXES 1088

static struct {
    pthread_key_t key;
    bool is_used;
} indexes[MAX_INDEXES];

/* A new index, or TLS_OUT_OF_INDEXES. */
static DWORD take_index(void)
{
    DWORD i;

    for (i = 0; i < MAX_INDEXES; i++)
        if (!indexes[i].is_used) {
            indexes[i].is_used = pthread_key_create(&indexes[i].key, NULL) == 0;
            return indexes[i].is_used ? i : TLS_OUT_OF_INDEXES;
        }
    return TLS_OUT_OF_INDEXES;
}

DWORD WINAPI TlsAlloc(void)
{
    DWORD index;

    wc_enter();
    index = take_index();
    wc_leave();
    if (index == TLS_OUT_OF_INDEXES)
        wc_fail(ERROR_NO_SYSTEM_RESOURCES);
    return index;
}

/* The key behind index; false when there is none. [lock] */
static bool find_key(DWORD index, pthread_key_t *ret_key)
{
    if (index >= MAX_INDEXES || !indexes[index].is_used)
        return false;
    *ret_key = indexes[index].key;
    return true;
}

BOOL WINAPI TlsFree(DWORD index)
{
    pthread_key_t key;
    bool found;

    wc_enter();
    found = find_key(index, &key);
    if (found) {
        indexes[index].is_used = false;
        (void)pthread_key_delete(key);
    }
    wc_leave();
    return found ? TRUE : wc_fail(ERROR_INVALID_PARAMETER);
}

LPVOID WINAPI TlsGetValue(DWORD index)
{
    pthread_key_t key;
    bool found;

    wc_enter();
    found = find_key(index, &key);
    wc_leave();
    /* "It sets the last error even on success", so that 0 can be told. */
    wc_fail(found ? ERROR_SUCCESS : ERROR_INVALID_PARAMETER);
    return found ? pthread_getspecific(key) : NULL;
}

BOOL WINAPI TlsSetValue(DWORD index, LPVOID value)
{
    pthread_key_t key;
    bool found;

    wc_enter();
    found = find_key(index, &key);
    wc_leave();
    if (!found)
        return wc_fail(ERROR_INVALID_PARAMETER);
    return pthread_setspecific(key, value) == 0
               ? TRUE
               : wc_fail(ERROR_NOT_ENOUGH_MEMORY);
}
