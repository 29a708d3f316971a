/*
 * event.c - events: signaled until reset, by hand or by the wait they end.
 */
#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "object.h"
#include "wait.h"

#include "base/alloc.h"

struct wc_event {
    struct wc_object object;
    bool is_manual;
    bool is_set;
};

static struct wc_event *event_of(struct wc_object *object)
{
    return WSN_CONTAINER(object, struct wc_event, object);
}

static bool is_signaled(const struct wc_object *object,
                        const struct wc_thread *thread)
{
    (void)thread;
    return ((const struct wc_event *)object)->is_set;
}

static bool acquire(struct wc_object *object, struct wc_thread *thread)
{
    struct wc_event *event = event_of(object);

    (void)thread;
    if (!event->is_manual)
        event->is_set = false;
    return false;
}

static void free_event(struct wc_object *object)
{
    wsn_free(event_of(object));
}

static const struct wc_object_kind event_kind = {is_signaled, acquire,
                                                 free_event, NULL, NULL};

HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES security, BOOL manual_reset,
                           BOOL initial_state, LPCSTR name)
{
    struct wc_event *event = wsn_zalloc(sizeof *event);

    (void)security;
    if (event == NULL)
        return wc_handle_publish(NULL, name);
    wc_object_init(&event->object, &event_kind);
    event->is_manual = manual_reset != FALSE;
    event->is_set = initial_state != FALSE;
    return wc_handle_publish(&event->object, name);
}

HANDLE WINAPI OpenEventA(DWORD access, BOOL inherit, LPCSTR name)
{
    (void)access;
    (void)inherit;
    return wc_handle_open_named(&event_kind, name);
}

static void set(struct wc_event *event)
{
    event->is_set = true;
    wc_object_notify(&event->object);
}

static void reset(struct wc_event *event)
{
    event->is_set = false;
}

/* "Releases those threads that can be released immediately", then resets. */
static void pulse(struct wc_event *event)
{
    set(event);
    reset(event);
}

static BOOL change(HANDLE handle, void (*how)(struct wc_event *event))
{
    struct wc_object *object;

    wc_enter();
    object = wc_handle_find(handle, &event_kind);
    if (object != NULL)
        how(event_of(object));
    wc_leave();
    return object != NULL;
}

BOOL WINAPI SetEvent(HANDLE event)
{
    return change(event, set);
}

BOOL WINAPI ResetEvent(HANDLE event)
{
    return change(event, reset);
}

BOOL WINAPI PulseEvent(HANDLE event)
{
    return change(event, pulse);
}
