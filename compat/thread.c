/*
 * thread.c - see thread.h; also CreateThread and its relatives.
 */
#include "thread.h"

#include <limits.h>
#include <pthread.h>
#include <sched.h>

#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "mutex.h"
#include "send.h"
#include "timer.h"
#include "wait.h"
#include "window.h"

#include "base/alloc.h"

/* As on Windows, numbers of threads are multiples of four. */
#define ID_STEP 4

static struct wsn_list threads = {&threads, &threads};
static DWORD last_id;

/* The key exists for its destructor; the variable is the fast way in. */
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static bool key_is_made;
static _Thread_local struct wc_thread *self_record;

/* ---- The kernel object ---------------------------------------------- */

static bool is_signaled(const struct wc_object *object,
                        const struct wc_thread *thread)
{
    (void)thread;
    return ((const struct wc_thread *)object)->has_ended;
}

static bool acquire(struct wc_object *object, struct wc_thread *thread)
{
    (void)object;
    (void)thread;
    return false;
}

static void free_thread(struct wc_object *object)
{
    wsn_free(WSN_CONTAINER(object, struct wc_thread, object));
}

static DWORD resume(struct wc_object *object)
{
    struct wc_thread *thread = WSN_CONTAINER(object, struct wc_thread, object);
    DWORD previous = thread->n_suspends;

    if (previous > 0 && --thread->n_suspends == 0)
        wc_thread_notify(thread, WC_QS_NUDGE);
    return previous;
}

static const struct wc_object_kind thread_kind = {is_signaled, acquire,
                                                  free_thread, resume};

/* ---- Records -------------------------------------------------------- */

struct wc_thread *wc_thread_find(DWORD id)
{
    struct wsn_list *node;

    for (node = threads.next; node != &threads; node = node->next) {
        struct wc_thread *thread =
            WSN_CONTAINER(node, struct wc_thread, in_threads);

        if (thread->id == id)
            return thread;
    }
    return NULL;
}

static DWORD fresh_id(void)
{
    do
        last_id += ID_STEP;
    while (last_id == 0 || wc_thread_find(last_id) != NULL);
    return last_id;
}

static struct wc_thread *new_thread(void)
{
    struct wc_thread *thread = wsn_zalloc(sizeof *thread);

    if (thread == NULL)
        return NULL;
    wc_object_init(&thread->object, &thread_kind);
    wc_bell_init(&thread->bell);
    wc_queue_init(&thread->queue);
    wsn_list_init(&thread->mutexes);
    wsn_list_init(&thread->windows);
    wsn_list_init(&thread->awaited);
    wc_enter();
    thread->id = fresh_id();
    wsn_list_push_back(&threads, &thread->in_threads);
    wc_leave();
    return thread;
}

/* Everything that dies with the thread, in one step. */
static void end_thread(struct wc_thread *thread)
{
    wc_enter();
    wsn_list_remove(&thread->in_threads);
    wc_windows_drop(thread);
    wc_sends_drop(thread);
    wc_timers_drop(&thread->queue.timers);
    wc_queue_fini(&thread->queue);
    wc_mutexes_abandon(thread);
    wc_bell_fini(&thread->bell);
    thread->has_ended = true;
    wc_object_notify(&thread->object);
    wc_object_unpin(&thread->object);
    wc_leave();
}

static void end_self(void *record)
{
    end_thread(record);
    /* A later destructor of the program may start a new record. */
    self_record = NULL;
}

static void make_key(void)
{
    key_is_made = pthread_key_create(&key, end_self) == 0;
}

/* The calling thread gets record; false when the host is out of memory. */
static bool adopt(struct wc_thread *record)
{
    (void)pthread_once(&key_once, make_key);
    if (!key_is_made || pthread_setspecific(key, record) != 0)
        return false;
    self_record = record;
    return true;
}

struct wc_thread *wc_thread_peek_self(void)
{
    return self_record;
}

struct wc_thread *wc_thread_self(void)
{
    struct wc_thread *thread;

    if (self_record != NULL)
        return self_record;
    thread = new_thread();
    if (thread == NULL || adopt(thread))
        return thread;
    end_thread(thread);
    return NULL;
}

struct wc_thread *wc_thread_with_queue(void)
{
    struct wc_thread *self = wc_thread_self();

    /* Only the thread itself writes the flag, so it may look unlocked. */
    if (self == NULL || self->queue.is_made)
        return self;
    wc_enter();
    self->queue.is_made = true;
    wc_leave();
    return self;
}

/* ---- CreateThread --------------------------------------------------- */

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

    if (!adopt(self)) {
        set_exit_code(self, ERROR_NOT_ENOUGH_MEMORY);
        end_thread(self);
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
    struct wc_thread *thread = start != NULL ? new_thread() : NULL;
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
        end_thread(thread);
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
    struct wc_object *object = wc_handle_find(handle, &thread_kind);

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
