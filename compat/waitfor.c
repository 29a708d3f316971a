/*
 * waitfor.c - WaitForSingleObject and its relatives, and Sleep.
 */
#include <sched.h>

#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "thread.h"
#include "wait.h"

/* "The array cannot contain duplicate handles if bWaitAll is TRUE." */
static bool has_twins(const struct wc_wait *wait)
{
    DWORD i;
    DWORD j;

    for (i = 1; i < wait->n; i++)
        for (j = 0; j < i; j++)
            if (wait->objects[i] == wait->objects[j])
                return true;
    return false;
}

static bool find_objects(struct wc_wait *wait, DWORD n, CONST HANDLE *handles)
{
    for (wait->n = 0; wait->n < n; wait->n++) {
        struct wc_object *object = wc_handle_find(handles[wait->n], NULL);

        if (object == NULL)
            return false;
        wait->objects[wait->n] = object;
    }
    if (wait->needs_all && has_twins(wait)) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return false;
    }
    return true;
}

static DWORD wait_for(DWORD n, CONST HANDLE *handles, bool needs_all,
                      DWORD timeout_ms, UINT mask, bool counts_old_input)
{
    struct wc_thread *self = wc_thread_self();
    uint64_t deadline_ms = wc_deadline(timeout_ms);
    struct wc_wait wait;
    DWORD result = WAIT_FAILED;

    if (self == NULL) {
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return WAIT_FAILED;
    }
    wc_wait_init(&wait, self);
    /* All of no objects is no reason to end a wait. */
    wait.needs_all = needs_all && n > 0;
    wc_enter();
    if (find_objects(&wait, n, handles)) {
        wait.mask = mask;
        if (counts_old_input)
            self->queue.changed |= wc_queue_available(&self->queue) & mask;
        result = wc_wait_run(&wait, deadline_ms);
    }
    wc_leave();
    return result;
}

DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, CONST HANDLE *handles,
                                      BOOL wait_all, DWORD timeout_ms,
                                      BOOL alertable)
{
    (void)alertable;
    if (count == 0 || count > MAXIMUM_WAIT_OBJECTS || handles == NULL) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
    }
    return wait_for(count, handles, wait_all != FALSE, timeout_ms, 0, false);
}

DWORD WINAPI WaitForMultipleObjects(DWORD count, CONST HANDLE *handles,
                                    BOOL wait_all, DWORD timeout_ms)
{
    return WaitForMultipleObjectsEx(count, handles, wait_all, timeout_ms,
                                    FALSE);
}

DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD timeout_ms,
                                   BOOL alertable)
{
    return WaitForMultipleObjectsEx(1, &handle, FALSE, timeout_ms, alertable);
}

DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD timeout_ms)
{
    return WaitForMultipleObjectsEx(1, &handle, FALSE, timeout_ms, FALSE);
}

DWORD WINAPI MsgWaitForMultipleObjectsEx(DWORD count, CONST HANDLE *handles,
                                         DWORD timeout_ms, DWORD wake_mask,
                                         DWORD flags)
{
    /* One place of the 64 is for the queue. */
    if (count >= MAXIMUM_WAIT_OBJECTS || (count > 0 && handles == NULL)) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
    }
    (void)wc_thread_with_queue();
    return wait_for(count, handles, (flags & MWMO_WAITALL) != 0, timeout_ms,
                    wake_mask & 0xffff & ~WC_QS_NUDGE,
                    (flags & MWMO_INPUTAVAILABLE) != 0);
}

DWORD WINAPI MsgWaitForMultipleObjects(DWORD count, CONST HANDLE *handles,
                                       BOOL wait_all, DWORD timeout_ms,
                                       DWORD wake_mask)
{
    return MsgWaitForMultipleObjectsEx(count, handles, timeout_ms, wake_mask,
                                       wait_all ? MWMO_WAITALL : 0);
}

BOOL WINAPI WaitMessage(void)
{
    return MsgWaitForMultipleObjectsEx(0, NULL, INFINITE, QS_ALLINPUT, 0) !=
           WAIT_FAILED;
}

DWORD WINAPI SleepEx(DWORD timeout_ms, BOOL alertable)
{
    (void)alertable;
    if (timeout_ms == 0)
        (void)sched_yield();
    else
        (void)wait_for(0, NULL, false, timeout_ms, 0, false);
    return 0;
}

VOID WINAPI Sleep(DWORD timeout_ms)
{
    (void)SleepEx(timeout_ms, FALSE);
}
