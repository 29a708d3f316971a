/*
 * thread.c - see thread.h.
 */
#include "thread.h"

#include <pthread.h>

#include "dispatcher.h"
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

const struct wc_object_kind wc_thread_kind = {is_signaled, acquire, free_thread,
                                              resume, NULL};

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

struct wc_thread *wc_thread_new(void)
{
    struct wc_thread *thread = wsn_zalloc(sizeof *thread);

    if (thread == NULL)
        return NULL;
    wc_object_init(&thread->object, &wc_thread_kind);
    wc_bell_init(&thread->bell);
    wc_queue_init(&thread->queue);
    wsn_list_init(&thread->owned);
    wsn_list_init(&thread->windows);
    wsn_list_init(&thread->awaited);
    wc_enter();
    thread->id = fresh_id();
    wsn_list_push_back(&threads, &thread->in_threads);
    wc_leave();
    return thread;
}

static void abandon_owned(struct wc_thread *thread)
{
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH(node, ahead, &thread->owned) {
        struct wc_object *object =
            WSN_CONTAINER(node, struct wc_object, in_owner);

        object->kind->abandon(object);
    }
}

/* In one step: nobody sees half a thread. */
void wc_thread_end(struct wc_thread *thread)
{
    wc_enter();
    wsn_list_remove(&thread->in_threads);
    wc_windows_drop(thread);
    wc_sends_drop(thread);
    wc_timers_drop(&thread->queue.timers);
    wc_queue_fini(&thread->queue);
    abandon_owned(thread);
    wc_bell_fini(&thread->bell);
    thread->has_ended = true;
    wc_object_notify(&thread->object);
    wc_object_unpin(&thread->object);
    wc_leave();
}

static void end_self(void *record)
{
    wc_thread_end(record);
    /* A later destructor of the program may start a new record. */
    self_record = NULL;
}

static void make_key(void)
{
    key_is_made = pthread_key_create(&key, end_self) == 0;
}

bool wc_thread_adopt(struct wc_thread *record)
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
    thread = wc_thread_new();
    if (thread == NULL || wc_thread_adopt(thread))
        return thread;
    wc_thread_end(thread);
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
