/*
 * mutex.c - mutexes: owned by a thread, recursive, abandoned by its end.
 */
#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "object.h"
#include "thread.h"
#include "wait.h"

#include "base/alloc.h"

struct wc_mutex {
    struct wc_object object;
    struct wc_thread *owner; /* NULL: free */
    unsigned depth;
    bool is_abandoned;
};

static struct wc_mutex *mutex_of(struct wc_object *object)
{
    return WSN_CONTAINER(object, struct wc_mutex, object);
}

static bool is_signaled(const struct wc_object *object,
                        const struct wc_thread *thread)
{
    const struct wc_mutex *mutex = (const struct wc_mutex *)object;

    return mutex->owner == NULL || mutex->owner == thread;
}

static bool acquire(struct wc_object *object, struct wc_thread *thread)
{
    struct wc_mutex *mutex = mutex_of(object);
    bool was_abandoned = mutex->is_abandoned;

    mutex->is_abandoned = false;
    if (mutex->depth++ == 0) {
        mutex->owner = thread;
        wsn_list_push_back(&thread->owned, &object->in_owner);
    }
    return was_abandoned;
}

static void free_mutex(struct wc_object *object)
{
    wsn_free(mutex_of(object));
}

static void disown(struct wc_mutex *mutex)
{
    mutex->owner = NULL;
    mutex->depth = 0;
    wsn_list_remove(&mutex->object.in_owner);
    wc_object_notify(&mutex->object);
}

/* Whoever gets it next is told. */
static void abandon(struct wc_object *object)
{
    mutex_of(object)->is_abandoned = true;
    disown(mutex_of(object));
}

static const struct wc_object_kind mutex_kind = {is_signaled, acquire,
                                                 free_mutex, NULL, abandon};

static struct wc_mutex *new_mutex(void)
{
    struct wc_mutex *mutex = wsn_zalloc(sizeof *mutex);

    if (mutex == NULL)
        return NULL;
    wc_object_init(&mutex->object, &mutex_kind);
    return mutex;
}

HANDLE WINAPI CreateMutexA(LPSECURITY_ATTRIBUTES security, BOOL initial_owner,
                           LPCSTR name)
{
    struct wc_thread *self = wc_thread_self();
    struct wc_mutex *mutex = self != NULL ? new_mutex() : NULL;

    (void)security;
    if (mutex == NULL)
        return wc_handle_publish(NULL, name);
    if (initial_owner) {
        wc_enter();
        (void)acquire(&mutex->object, self);
        wc_leave();
    }
    return wc_handle_publish(&mutex->object, name);
}

HANDLE WINAPI OpenMutexA(DWORD access, BOOL inherit, LPCSTR name)
{
    (void)access;
    (void)inherit;
    return wc_handle_open_named(&mutex_kind, name);
}

/* Returns an ERROR_ code. */
static DWORD release(struct wc_mutex *mutex, const struct wc_thread *self)
{
    if (mutex->owner == NULL || mutex->owner != self)
        return ERROR_NOT_OWNER;
    if (--mutex->depth == 0)
        disown(mutex);
    return ERROR_SUCCESS;
}

BOOL WINAPI ReleaseMutex(HANDLE mutex)
{
    struct wc_object *object;
    DWORD code = ERROR_INVALID_HANDLE;

    wc_enter();
    object = wc_handle_find(mutex, &mutex_kind);
    if (object != NULL)
        code = release(mutex_of(object), wc_thread_peek_self());
    wc_leave();
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}
