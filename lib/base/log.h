/*
 * log.h - what the library says about itself: on standard error, in the
 * system's log, or to a function of the application.
 *
 * Quiet unless something needs the user's attention.  Never pass a community
 * string or a password; only core/dump.c passes the bytes of a message, and
 * masks what is secret in them.  A lock of the log guards its state; none is
 * held while a line is written, and the caller holds none either.
 */
#ifndef WSN_BASE_LOG_H
#define WSN_BASE_LOG_H

#include <stdatomic.h>
#include <stdbool.h>

/* The numbers of SNMPPOSIX_LOG_... */
enum wsn_log_level {
    WSN_LOG_NONE,
    WSN_LOG_ERROR,
    WSN_LOG_WARNING,
    WSN_LOG_INFO,
    WSN_LOG_DEBUG,
    WSN_LOG_PACKETS
};

enum wsn_log_place { WSN_LOG_TO_STDERR, WSN_LOG_TO_SYSLOG };

#if defined(__GNUC__)
#define WSN_PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#else
#define WSN_PRINTF_LIKE(f, a)
#endif

extern _Atomic int wsn_log_level_in_force;

/* Whether lines of that level are written: ask before making costly ones.
 * [any] */
static inline bool wsn_log_wants(enum wsn_log_level level)
{
    return (int)level <=
           atomic_load_explicit(&wsn_log_level_in_force, memory_order_relaxed);
}

/* Messages above level are dropped; the default is WSN_LOG_WARNING. [any] */
void wsn_log_set_level(enum wsn_log_level level);

/* Where lines go while there is no sink. [any] */
void wsn_log_set_place(enum wsn_log_place place);

typedef void wsn_log_sink(int level, const char *line, void *data);

/*
 * From now on every line goes to sink, NULL: to the place.  Returns when the
 * sink before is not running any more, unless it is called by a sink. [any]
 */
void wsn_log_set_sink(wsn_log_sink *sink, void *data);

/*
 * One line, without its newline.  The same line again within some seconds is
 * left out, and counted in the next one.  What a sink makes the library say
 * is dropped. [any]
 */
void wsn_log(enum wsn_log_level level, const char *format, ...)
    WSN_PRINTF_LIKE(2, 3);

/* A whole line, repeated or not. [any] */
void wsn_log_line(enum wsn_log_level level, const char *line);

/* In the child of a fork: whoever held the lock or ran a sink. */
void wsn_log_abandon_all(void);

#endif
