/*
 * watch.c - descriptors that a loop watches; see loop.h.
 */
#include "net/loop_private.h"

#include "base/alloc.h"
#include "winsnmp_types.h"

static unsigned what_of(short events)
{
    return ((events & EV_READ) != 0 ? WSN_LOOP_READ : 0) |
           ((events & EV_WRITE) != 0 ? WSN_LOOP_WRITE : 0);
}

static void when_ready(evutil_socket_t fd, short events, void *arg)
{
    struct wsn_watch *watch = arg;
    /* fn may give the watch up. */
    struct wsn_loop *loop = watch->loop;
    struct wsn_inside frame;

    (void)fd;
    if (wsn_loop_enter(loop, &frame) && !wsn_lend_is_unwelcome(&loop->lend))
        watch->fn(watch->arg, what_of(events));
    wsn_loop_leave(loop, &frame);
}

static short events_of(unsigned what)
{
    return (short)(((what & WSN_LOOP_READ) != 0 ? EV_READ : 0) |
                   ((what & WSN_LOOP_WRITE) != 0 ? EV_WRITE : 0) | EV_PERSIST);
}

static wsn_err add_watch(struct wsn_watch *watch, unsigned what)
{
    struct wsn_loop *loop = watch->loop;

    watch->event =
        event_new(loop->base, watch->fd, events_of(what), when_ready, watch);
    if (watch->event == NULL)
        return SNMPAPI_ALLOC_ERROR;
    if (what != 0 && event_add(watch->event, NULL) != 0) {
        event_free(watch->event);
        return SNMPAPI_TL_RESOURCE_ERROR;
    }
    wsn_list_push_back(&loop->watches, &watch->node);
    return WSN_OK;
}

wsn_err wsn_loop_watch(struct wsn_loop *loop, int fd, unsigned what,
                       void (*fn)(void *arg, unsigned what), void *arg,
                       struct wsn_watch **ret_watch)
{
    struct wsn_watch *watch = wsn_alloc(sizeof *watch);
    wsn_err err;

    WSN_ASSERT_UNLOCKED();
    if (watch == NULL)
        return SNMPAPI_ALLOC_ERROR;
    watch->loop = loop;
    watch->fd = fd;
    watch->fn = fn;
    watch->arg = arg;
    err = add_watch(watch, what);
    if (err != WSN_OK) {
        wsn_free(watch);
        return err;
    }
    *ret_watch = watch;
    return WSN_OK;
}

wsn_err wsn_loop_rewatch(struct wsn_watch *watch, unsigned what)
{
    WSN_ASSERT_UNLOCKED();
    (void)event_del(watch->event);
    if (what == 0)
        return WSN_OK;
    if (event_assign(watch->event, watch->loop->base, watch->fd,
                     events_of(what), when_ready, watch) != 0 ||
        event_add(watch->event, NULL) != 0)
        return SNMPAPI_TL_RESOURCE_ERROR;
    return WSN_OK;
}

void wsn_loop_unwatch(struct wsn_watch *watch)
{
    WSN_ASSERT_UNLOCKED();
    if (watch == NULL)
        return;
    wsn_list_remove(&watch->node);
    event_free(watch->event);
    wsn_free(watch);
}
