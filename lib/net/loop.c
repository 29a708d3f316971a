/*
 * loop.c - see loop.h.
 */
#include "net/loop_private.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "net/deaf_thread.h"
#include "winsnmp_types.h"

/*
 * The descriptors of an event base: epoll or kqueue, a timer, and a pair for
 * signals.  libevent ends the process when it cannot have the pair, so we see
 * beforehand whether there is room.
 */
#define BASE_FDS 4

void wsn_loop_wake(struct wsn_loop *loop)
{
    wsn_wake_ring(&loop->wake);
}

/* ---- the end ------------------------------------------------------------ */

static void silence(struct wsn_loop *loop)
{
    struct wsn_list *node;

    (void)event_del(loop->wake_event);
    (void)event_del(loop->timer_event);
    for (node = loop->watches.next; node != &loop->watches; node = node->next)
        (void)event_del(WSN_CONTAINER(node, struct wsn_watch, node)->event);
}

static void free_event(struct event *event)
{
    if (event != NULL)
        event_free(event);
}

/* The loop's own events, and its base. */
static void free_base(struct wsn_loop *loop)
{
    free_event(loop->wake_event);
    free_event(loop->timer_event);
    free_event(loop->guest_event);
    if (!loop->attached)
        event_base_free(loop->base);
}

static void free_watch(struct wsn_watch *watch)
{
    event_free(watch->event);
    wsn_free(watch);
}

/* The last call, then everything of libevent's; the wake stays usable. */
static void end(struct wsn_loop *loop)
{
    struct wsn_list *node;
    struct wsn_inside frame;

    silence(loop);
    wsn_inside_enter(&frame, loop);
    loop->handlers.on_end(loop->handlers.arg);
    wsn_inside_leave(&frame);
    while ((node = wsn_list_pop_front(&loop->watches)) != NULL)
        free_watch(WSN_CONTAINER(node, struct wsn_watch, node));
    free_base(loop);
    loop->ended = true;
}

void wsn_loop_release(struct wsn_loop *loop)
{
    if (atomic_fetch_sub(&loop->refs, 1) != 1)
        return;
    wsn_wake_fini(&loop->wake);
    wsn_free(loop);
}

void wsn_loop_hold(struct wsn_loop *loop)
{
    (void)atomic_fetch_add(&loop->refs, 1);
}

/* ---- calling handlers --------------------------------------------------- */

bool wsn_loop_enter(struct wsn_loop *loop, struct wsn_inside *frame)
{
    WSN_ASSERT_UNLOCKED();
    wsn_inside_enter(frame, loop);
    return !atomic_load(&loop->stopping);
}

void wsn_loop_leave(struct wsn_loop *loop, const struct wsn_inside *frame)
{
    bool stopping = atomic_load(&loop->stopping);

    WSN_ASSERT_UNLOCKED();
    wsn_inside_leave(frame);
    if (!stopping)
        return;
    if (loop->attached) {
        end(loop);
        wsn_loop_release(loop);
        return;
    }
    (void)event_base_loopbreak(loop->base);
}

static void when_woken(evutil_socket_t fd, short events, void *arg)
{
    struct wsn_loop *loop = arg;
    struct wsn_inside frame;

    (void)fd;
    (void)events;
    if (wsn_lend_is_unwelcome(&loop->lend))
        return; /* the keeper is woken by the same ring */
    wsn_wake_quieten(&loop->wake);
    if (wsn_loop_enter(loop, &frame))
        loop->handlers.on_wake(loop->handlers.arg);
    if (wsn_lend_is_wanted(&loop->lend))
        (void)event_base_loopbreak(loop->base);
    wsn_loop_leave(loop, &frame);
}

/* What only ends the wait. */
static void when_over(evutil_socket_t fd, short events, void *arg)
{
    (void)fd;
    (void)events;
    (void)arg;
}

static struct timeval timeval_of(uint64_t ms)
{
    return (struct timeval){.tv_sec = (time_t)(ms / 1000),
                            .tv_usec = (suseconds_t)(ms % 1000 * 1000)};
}

static void add_timer(struct wsn_loop *loop, uint64_t after_ms)
{
    struct timeval after = timeval_of(after_ms);

    /* Inside a handler libevent's idea of now is that of the wake-up. */
    (void)event_base_update_cache_time(loop->base);
    (void)event_add(loop->timer_event, &after);
}

/* The base may count with a coarse clock, and be a few ms early. */
static void when_due(evutil_socket_t fd, short events, void *arg)
{
    struct wsn_loop *loop = arg;
    uint64_t now_ms = wsn_clock_ms();
    struct wsn_inside frame;

    (void)fd;
    (void)events;
    if (now_ms < loop->due_ms || wsn_lend_is_unwelcome(&loop->lend)) {
        add_timer(loop, now_ms < loop->due_ms ? loop->due_ms - now_ms : 0);
        return;
    }
    if (wsn_loop_enter(loop, &frame))
        loop->handlers.on_timer(loop->handlers.arg);
    wsn_loop_leave(loop, &frame);
}

/* ---- making ------------------------------------------------------------- */

/*
 * Not with EVENT_BASE_FLAG_PRECISE_TIMER: it costs a timerfd_settime() for
 * each wait.  Without it libevent counts with a coarse clock, and when_due()
 * sees to it that nothing is early.
 */
static struct event_base *new_base(void)
{
    struct event_config *config = event_config_new();
    struct event_base *base;

    if (config == NULL)
        return NULL;
    (void)event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
    base = event_base_new_with_config(config);
    event_config_free(config);
    return base;
}

/* The base and our own events; on failure none of them is left. */
static bool make_events(struct wsn_loop *loop, struct event_base *host)
{
    loop->attached = host != NULL;
    loop->base = loop->attached ? host : new_base();
    if (loop->base == NULL)
        return false;
    loop->wake_event = event_new(loop->base, loop->wake.read_fd,
                                 EV_READ | EV_PERSIST, when_woken, loop);
    loop->timer_event = event_new(loop->base, -1, 0, when_due, loop);
    loop->guest_event = event_new(loop->base, -1, 0, when_over, NULL);
    if (loop->wake_event != NULL && loop->timer_event != NULL &&
        loop->guest_event != NULL)
        return true;
    free_base(loop);
    return false;
}

static bool set_up(struct wsn_loop *loop, struct event_base *host)
{
    if (!wsn_wake_init(&loop->wake))
        return false;
    if ((host != NULL || wsn_wake_has_room(&loop->wake, BASE_FDS)) &&
        make_events(loop, host))
        return true;
    wsn_wake_fini(&loop->wake);
    return false;
}

wsn_err wsn_loop_new(struct event_base *host,
                     const struct wsn_loop_handlers *handlers,
                     struct wsn_loop **ret_loop)
{
    struct wsn_loop *loop = wsn_zalloc(sizeof *loop);

    WSN_ASSERT_UNLOCKED();
    if (loop == NULL)
        return SNMPAPI_ALLOC_ERROR;
    loop->handlers = *handlers;
    wsn_list_init(&loop->watches);
    wsn_lend_init(&loop->lend);
    atomic_init(&loop->stopping, false);
    atomic_init(&loop->refs, 1);
    if (host != NULL)
        (void)wsn_lend_keep(&loop->lend);
    if (!set_up(loop, host)) {
        wsn_free(loop);
        return SNMPAPI_TL_RESOURCE_ERROR;
    }
    *ret_loop = loop;
    return WSN_OK;
}

/* ---- starting ----------------------------------------------------------- */

/* Runs the loop until it stops, with pauses while guests run it. */
static void keep_running(struct wsn_loop *loop)
{
    while (!atomic_load(&loop->stopping) &&
           event_base_loop(loop->base, 0) == 0) {
        if (!wsn_lend_is_wanted(&loop->lend))
            continue;
        wsn_lend_step_back(&loop->lend);
        loop->handlers.on_free(loop->handlers.arg);
        wsn_lend_stand_by(&loop->lend, loop->wake.read_fd);
    }
}

static void *run(void *arg)
{
    struct wsn_loop *loop = arg;
    struct wsn_inside frame;

    wsn_lock_take(&loop->starting);
    wsn_lock_give(&loop->starting);
    wsn_inside_enter(&frame, loop);
    keep_running(loop);
    /*
     * Not stopping: the application has closed the descriptors under us.
     * Waiting is over then, but the last call is for the stopper to make.
     */
    if (atomic_load(&loop->stopping))
        end(loop);
    if (loop->detached)
        wsn_loop_release(loop);
    wsn_inside_leave(&frame);
    return NULL;
}

static wsn_err start_thread(struct wsn_loop *loop)
{
    int error;

    /* The thread may end loop at once: it waits until we are through. */
    wsn_lock_take(&loop->starting);
    error = wsn_deaf_thread_start(&loop->thread, run, loop);
    loop->started = error == 0;
    wsn_lock_give(&loop->starting);
    return error == 0 ? WSN_OK : SNMPAPI_TL_NOT_INITIALIZED;
}

wsn_err wsn_loop_start(struct wsn_loop *loop)
{
    wsn_err err;

    WSN_ASSERT_UNLOCKED();
    if (event_add(loop->wake_event, NULL) != 0)
        return SNMPAPI_TL_RESOURCE_ERROR;
    if (loop->attached)
        return WSN_OK;
    err = start_thread(loop);
    if (err != WSN_OK)
        (void)event_del(loop->wake_event);
    return err;
}

/* ---- the timer ---------------------------------------------------------- */

void wsn_loop_arm(struct wsn_loop *loop, uint64_t after_ms)
{
    WSN_ASSERT_UNLOCKED();
    if (after_ms > WSN_LOOP_ARM_MAX_MS)
        after_ms = WSN_LOOP_ARM_MAX_MS;
    loop->due_ms = wsn_clock_ms() + after_ms;
    add_timer(loop, after_ms);
}

void wsn_loop_disarm(struct wsn_loop *loop)
{
    WSN_ASSERT_UNLOCKED();
    (void)event_del(loop->timer_event);
}

/* ---- guests ------------------------------------------------------------- */

static void run_once(struct wsn_loop *loop, uint64_t most_ms, bool waits)
{
    struct timeval most = timeval_of(most_ms);

    if (most_ms != UINT64_MAX)
        (void)event_add(loop->guest_event, &most);
    (void)event_base_loop(loop->base,
                          waits ? EVLOOP_ONCE : EVLOOP_ONCE | EVLOOP_NONBLOCK);
    (void)event_del(loop->guest_event);
}

bool wsn_loop_take_turn(struct wsn_loop *loop, uint64_t most_ms,
                        const atomic_bool *is_rung)
{
    enum wsn_lend_answer answer;

    WSN_ASSERT_UNLOCKED();
    if (wsn_inside_any())
        return false;
    answer = wsn_lend_borrow(&loop->lend);
    if (answer == WSN_LEND_LATER)
        wsn_loop_wake(loop);
    if (answer != WSN_LEND_GRANTED)
        return false;
    /* Rung from here on it is we who are woken; before, it may have been
     * somebody else. */
    run_once(loop, most_ms, !atomic_load(is_rung));
    wsn_lend_give_back(&loop->lend);
    return true;
}

bool wsn_loop_is_lent(const struct wsn_loop *loop)
{
    return wsn_lend_is_guest(&loop->lend);
}

void wsn_loop_keep(struct wsn_loop *loop)
{
    if (wsn_lend_keep(&loop->lend))
        wsn_loop_wake(loop);
}

/* ---- stopping ----------------------------------------------------------- */

static void stop_thread(struct wsn_loop *loop)
{
    if (wsn_inside_is(loop)) {
        /* run() does the rest when the handler has returned. */
        loop->detached = true;
        (void)pthread_detach(loop->thread);
        return;
    }
    wsn_loop_wake(loop);
    (void)pthread_join(loop->thread, NULL);
    if (!loop->ended)
        end(loop);
    wsn_loop_release(loop);
}

void wsn_loop_stop(struct wsn_loop *loop)
{
    WSN_ASSERT_UNLOCKED();
    (void)wsn_lend_keep(&loop->lend);
    atomic_store(&loop->stopping, true);
    if (loop->started) {
        stop_thread(loop);
        return;
    }
    if (loop->attached && wsn_inside_is(loop))
        return; /* leave() does the rest */
    end(loop);
    wsn_loop_release(loop);
}
