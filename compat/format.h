/*
 * format.h - formats written for Windows.  No lock.
 */
#ifndef WC_FORMAT_H
#define WC_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/*
 * vsnprintf for such a format: writes at most room bytes, NUL included, and
 * returns the length that would have been needed.  -1 for a bad format, for
 * %n, or when memory is short. [any]
 */
int wc_format(char *ret_text, size_t room, const char *format, va_list list);

#endif
