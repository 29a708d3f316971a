/*
 * semaphore.c - semaphores: a count that every ended wait lowers by one.
 */
#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "object.h"
#include "wait.h"

#include "base/alloc.h"

struct wc_semaphore {
    struct wc_object object;
    LONG count;
    LONG maximum;
};

static struct wc_semaphore *semaphore_of(struct wc_object *object)
{
    return WSN_CONTAINER(object, struct wc_semaphore, object);
}

static bool is_signaled(const struct wc_object *object,
                        const struct wc_thread *thread)
{
    (void)thread;
    return ((const struct wc_semaphore *)object)->count > 0;
}

static bool acquire(struct wc_object *object, struct wc_thread *thread)
{
    (void)thread;
    semaphore_of(object)->count--;
    return false;
}

static void free_semaphore(struct wc_object *object)
{
    wsn_free(semaphore_of(object));
}

static const struct wc_object_kind semaphore_kind = {
    is_signaled, acquire, free_semaphore, NULL, NULL};

HANDLE WINAPI CreateSemaphoreA(LPSECURITY_ATTRIBUTES security,
                               LONG initial_count, LONG maximum_count,
                               LPCSTR name)
{
    struct wc_semaphore *semaphore;

    (void)security;
    if (initial_count < 0 || maximum_count <= 0 ||
        initial_count > maximum_count) {
        wc_fail(ERROR_INVALID_PARAMETER);
        return NULL;
    }
    semaphore = wsn_zalloc(sizeof *semaphore);
    if (semaphore == NULL)
        return wc_handle_publish(NULL, name);
    wc_object_init(&semaphore->object, &semaphore_kind);
    semaphore->count = initial_count;
    semaphore->maximum = maximum_count;
    return wc_handle_publish(&semaphore->object, name);
}

HANDLE WINAPI OpenSemaphoreA(DWORD access, BOOL inherit, LPCSTR name)
{
    (void)access;
    (void)inherit;
    return wc_handle_open_named(&semaphore_kind, name);
}

/* Returns an ERROR_ code. */
static DWORD release(struct wc_semaphore *semaphore, LONG count,
                     LPLONG ret_previous)
{
    if (count > semaphore->maximum - semaphore->count)
        return ERROR_TOO_MANY_POSTS;
    if (ret_previous != NULL)
        *ret_previous = semaphore->count;
    semaphore->count += count;
    wc_object_notify(&semaphore->object);
    return ERROR_SUCCESS;
}

BOOL WINAPI ReleaseSemaphore(HANDLE semaphore, LONG count, LPLONG ret_previous)
{
    struct wc_object *object;
    DWORD code = ERROR_INVALID_HANDLE;

    if (count <= 0)
        return wc_fail(ERROR_INVALID_PARAMETER);
    wc_enter();
    object = wc_handle_find(semaphore, &semaphore_kind);
    if (object != NULL)
        code = release(semaphore_of(object), count, ret_previous);
    wc_leave();
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}
