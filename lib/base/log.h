/*
 * log.h - what the library says about itself, on standard error.
 *
 * Quiet unless something needs the user's attention.  Never pass a community
 * string, a password or the bytes of a message.
 */
#ifndef WSN_BASE_LOG_H
#define WSN_BASE_LOG_H

enum wsn_log_level {
    WSN_LOG_NONE,
    WSN_LOG_ERROR,
    WSN_LOG_WARNING,
    WSN_LOG_INFO,
    WSN_LOG_DEBUG
};

#if defined(__GNUC__)
#define WSN_PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#else
#define WSN_PRINTF_LIKE(f, a)
#endif

/* Messages above level are dropped; the default is WSN_LOG_WARNING. [any] */
void wsn_log_set_level(enum wsn_log_level level);

/* One line, without its newline. [any] */
void wsn_log(enum wsn_log_level level, const char *format, ...)
    WSN_PRINTF_LIKE(2, 3);

#endif
