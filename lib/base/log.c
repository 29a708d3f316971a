/*
 * log.c - see log.h.
 */
#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#define LINE_MAX_BYTES 512

static _Atomic int level_in_force = WSN_LOG_WARNING;

static const char *const level_name[] = {"", "error", "warning", "info",
                                         "debug"};

void wsn_log_set_level(enum wsn_log_level level)
{
    atomic_store(&level_in_force, (int)level);
}

void wsn_log(enum wsn_log_level level, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list args;

    if ((int)level > atomic_load(&level_in_force))
        return;
    va_start(args, format);
    (void)vsnprintf(line, sizeof line, format, args);
    va_end(args);
    /* One call, so that lines of two threads do not mix. */
    (void)fprintf(stderr, "libwinsnmp: %s: %s\n", level_name[level], line);
}
