/*
 * log.c - see log.h.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <syslog.h>

#include "base/clock.h"
#include "base/list.h"
#include "base/lock.h"
#include "base/repeat.h"

#define LINE_MAX_BYTES 512

_Atomic int wsn_log_level_in_force = WSN_LOG_WARNING;

static _Atomic int place_in_force = WSN_LOG_TO_STDERR;

static struct log {
    struct wsn_lock lock;
    wsn_log_sink *sink;
    void *data;
    unsigned long generation; /* of the sink */
    struct wsn_list calls;    /* of sinks, that have not returned */
    struct wsn_repeat repeat;
} state = {.lock = WSN_LOCK_INITIALIZER, .calls = {&state.calls, &state.calls}};

/* A sink that is running, on the stack of its thread. */
struct call {
    struct wsn_list node;
    unsigned long generation;
};

static _Thread_local bool is_in_sink;

/* ---- settings ----------------------------------------------------------- */

void wsn_log_set_level(enum wsn_log_level level)
{
    atomic_store(&wsn_log_level_in_force, (int)level);
}

void wsn_log_set_place(enum wsn_log_place place)
{
    atomic_store(&place_in_force, (int)place);
}

/* Whether a sink of an earlier generation runs; the lock is held. */
static bool is_running(unsigned long before)
{
    for (struct wsn_list *node = state.calls.next; node != &state.calls;
         node = node->next)
        if (WSN_CONTAINER(node, struct call, node)->generation < before)
            return true;
    return false;
}

void wsn_log_set_sink(wsn_log_sink *sink, void *data)
{
    unsigned long generation;

    wsn_lock_take(&state.lock);
    state.sink = sink;
    state.data = data;
    generation = ++state.generation;
    while (!is_in_sink && is_running(generation))
        wsn_lock_wait(&state.lock);
    wsn_lock_give(&state.lock);
}

void wsn_log_abandon_all(void)
{
    wsn_lock_init(&state.lock);
    wsn_list_init(&state.calls);
}

/* ---- writing ------------------------------------------------------------ */

static void write_to_syslog(enum wsn_log_level level, const char *line)
{
    static const int priority[] = {LOG_ERR,  LOG_ERR,   LOG_WARNING,
                                   LOG_INFO, LOG_DEBUG, LOG_DEBUG};

    syslog(LOG_DAEMON | priority[level], "libwinsnmp: %s", line);
}

static void write_to_place(enum wsn_log_level level, const char *line)
{
    static const char *const name[] = {"",     "error", "warning",
                                       "info", "debug", "packet"};

    if (atomic_load(&place_in_force) == WSN_LOG_TO_SYSLOG)
        write_to_syslog(level, line);
    else
        /* One call, so that lines of two threads do not mix. */
        (void)fprintf(stderr, "libwinsnmp: %s: %s\n", name[level], line);
}

static void call_sink(wsn_log_sink *sink, enum wsn_log_level level,
                      const char *line, void *data)
{
    WSN_ASSERT_UNLOCKED();
    is_in_sink = true;
    sink((int)level, line, data);
    is_in_sink = false;
}

void wsn_log_line(enum wsn_log_level level, const char *line)
{
    struct call call;
    wsn_log_sink *sink;
    void *data;

    if (!wsn_log_wants(level) || is_in_sink)
        return;
    wsn_lock_take(&state.lock);
    sink = state.sink;
    data = state.data;
    call.generation = state.generation;
    wsn_list_push_back(&state.calls, &call.node);
    wsn_lock_give(&state.lock);
    if (sink != NULL)
        call_sink(sink, level, line, data);
    else
        write_to_place(level, line);
    wsn_lock_take(&state.lock);
    wsn_list_remove(&call.node);
    wsn_lock_notify(&state.lock);
    wsn_lock_give(&state.lock);
}

/* Whether the line is to be written; adds how often it was not. */
static bool pass(char *line, size_t len)
{
    unsigned left_out;
    bool is_fresh;

    wsn_lock_take(&state.lock);
    is_fresh = wsn_repeat_pass(&state.repeat, line, wsn_clock_ms(), &left_out);
    wsn_lock_give(&state.lock);
    if (is_fresh && left_out > 0)
        (void)snprintf(line + len, LINE_MAX_BYTES - len,
                       " (%u times more meanwhile)", left_out);
    return is_fresh;
}

void wsn_log(enum wsn_log_level level, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list args;
    int len;

    if (!wsn_log_wants(level) || is_in_sink)
        return;
    va_start(args, format);
    len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (len < 0)
        return;
    if (len >= (int)sizeof line)
        len = (int)sizeof line - 1;
    if (pass(line, (size_t)len))
        wsn_log_line(level, line);
}
