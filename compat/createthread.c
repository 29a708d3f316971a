/*
 * createthread.c - CreateThread and its relatives.
 */
#include <pthread.h>
#include <sched.h>

#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "thread.h"
#include "wait.h"

static void await_resume(struct wc_thread *self)
{
    struct wc_wait wait;

    wc_enter();
    while (self->n_suspends > 0) {
        wc_wait_init(&wait, self);
        wait.mask = WC_QS_NUDGE;
        (void)wc_wait_run(&wait, WC_FOREVER);
        self->queue.changed &= ~WC_QS_NUDGE;
    }
    wc_leave();
}

static void set_exit_code(struct wc_thread *self, DWORD exit_code)
{
    wc_enter();
    self->exit_code = exit_code;
    wc_leave();
}

static void *run(void *record)
{
    struct wc_thread *self = record;

    if (!wc_thread_adopt(self)) {
        set_exit_code(self, ERROR_NOT_ENOUGH_MEMORY);
        wc_thread_end(self);
        return NULL;
    }
    await_resume(self);
    set_exit_code(self, self->start(self->parameter));
    return NULL;
}

/*
 * "The initial size of the stack": how much there may be in all is another
 * number, a megabyte unless a program is linked otherwise, which a greater
 * initial size exceeds.  So a size only makes the host's default greater; one
 * that the host does not like is but a wish.
 */
static void set_stack(pthread_attr_t *attributes, SIZE_T stack_size)
{
    size_t usual;

    if (pthread_attr_getstacksize(attributes, &usual) == 0 &&
        stack_size > usual)
        (void)pthread_attr_setstacksize(attributes, stack_size);
}

static int init_attributes(pthread_attr_t *attributes, SIZE_T stack_size)
{
    int code = pthread_attr_init(attributes);

    if (code != 0)
        return code;
    (void)pthread_attr_setdetachstate(attributes, PTHREAD_CREATE_DETACHED);
    set_stack(attributes, stack_size);
    return 0;
}

static bool start_thread(struct wc_thread *thread, SIZE_T stack_size)
{
    pthread_attr_t attributes;
    pthread_t ignored;
    int code;

    if (init_attributes(&attributes, stack_size) != 0)
        return false;
    code = pthread_create(&ignored, &attributes, run, thread);
    (void)pthread_attr_destroy(&attributes);
    return code == 0;
}

static HANDLE open_thread(struct wc_thread *thread)
{
    HANDLE handle;

    wc_enter();
    handle = wc_handle_open(&thread->object);
    wc_leave();
    return handle;
}

HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stack_size,
                           LPTHREAD_START_ROUTINE start, LPVOID parameter,
                           DWORD flags, LPDWORD ret_id)
{
    struct wc_thread *thread = start != NULL ? wc_thread_new() : NULL;
    HANDLE handle;

    (void)security;
    if (thread == NULL) {
        wc_fail(start != NULL ? ERROR_NOT_ENOUGH_MEMORY
                              : ERROR_INVALID_PARAMETER);
        return NULL;
    }
    thread->start = start;
    thread->parameter = parameter;
    thread->n_suspends = (flags & CREATE_SUSPENDED) != 0;
    if (ret_id != NULL)
        *ret_id = thread->id; /* before the thread itself may look */
    handle = open_thread(thread);
    /* From its start on the thread alone decides how long it lives. */
    if (handle == NULL || !start_thread(thread, stack_size)) {
        wc_thread_end(thread);
        if (handle != NULL)
            (void)CloseHandle(handle);
        wc_fail(ERROR_NOT_ENOUGH_MEMORY);
        return NULL;
    }
    return handle;
}

VOID WINAPI ExitThread(DWORD exit_code)
{
    struct wc_thread *self = wc_thread_self();

    if (self != NULL)
        set_exit_code(self, exit_code);
    pthread_exit(NULL);
}

/* The thread behind handle, borrowed. */
static struct wc_thread *find_thread(HANDLE handle)
{
    struct wc_object *object = wc_handle_find(handle, &wc_thread_kind);

    return object != NULL ? WSN_CONTAINER(object, struct wc_thread, object)
                          : NULL;
}

DWORD WINAPI ResumeThread(HANDLE thread)
{
    struct wc_object *found;
    DWORD previous = (DWORD)-1;

    wc_enter();
    found = wc_handle_find(thread, NULL);
    if (found != NULL && found->kind->resume != NULL)
        previous = found->kind->resume(found);
    else
        wc_fail(ERROR_INVALID_HANDLE);
    wc_leave();
    return previous;
}

BOOL WINAPI GetExitCodeThread(HANDLE thread, LPDWORD ret_exit_code)
{
    struct wc_thread *found;
    DWORD exit_code = STILL_ACTIVE;

    (void)wc_thread_self(); /* thread may mean the calling one */
    wc_enter();
    found = find_thread(thread);
    if (found != NULL && found->has_ended)
        exit_code = found->exit_code;
    wc_leave();
    if (found == NULL)
        return FALSE;
    if (ret_exit_code == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    *ret_exit_code = exit_code;
    return TRUE;
}

HANDLE WINAPI GetCurrentThread(void)
{
    return WC_CURRENT_THREAD;
}

DWORD WINAPI GetCurrentThreadId(void)
{
    struct wc_thread *self = wc_thread_self();

    return self != NULL ? self->id : 0;
}

DWORD WINAPI GetThreadId(HANDLE thread)
{
    struct wc_thread *found;
    DWORD id = 0;

    (void)wc_thread_self(); /* thread may mean the calling one */
    wc_enter();
    found = find_thread(thread);
    if (found != NULL)
        id = found->id;
    wc_leave();
    return id;
}

BOOL WINAPI SwitchToThread(void)
{
    return sched_yield() == 0;
}
