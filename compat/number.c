/*
 * number.c - integers from text and to text, in any base.
 */
#include "wincrt.h"

#include <stdbool.h>

/* The longest: 64 binary digits, a sign and the NUL. */
#define MAX_SIZE 66

LONGLONG _strtoi64(const char *text, char **ret_end, int base)
{
    return strtoll(text, ret_end, base);
}

ULONGLONG _strtoui64(const char *text, char **ret_end, int base)
{
    return strtoull(text, ret_end, base);
}

LONGLONG _atoi64(const char *text)
{
    return text != NULL ? _strtoi64(text, NULL, 10) : 0;
}

/* Writes the digits so that they end the buffer; returns the first. */
static char *digits(ULONGLONG value, int base, char buffer[MAX_SIZE])
{
    char *here = &buffer[MAX_SIZE - 1];

    *here = '\0';
    do
        *--here =
            "0123456789abcdefghijklmnopqrstuvwxyz"[value % (unsigned)base];
    while ((value /= (unsigned)base) != 0);
    return here;
}

static errno_t write_number(ULONGLONG value, bool is_negative, char *ret_text,
                            size_t room, int base)
{
    char buffer[MAX_SIZE];
    char *first;
    size_t size;

    if (ret_text == NULL || room == 0)
        return errno = EINVAL;
    ret_text[0] = '\0';
    if (base < 2 || base > 36)
        return errno = EINVAL;
    first = digits(is_negative ? 0 - value : value, base, buffer);
    if (is_negative)
        *--first = '-';
    size = (size_t)(buffer + MAX_SIZE - first);
    if (size > room)
        return errno = ERANGE;
    memcpy(ret_text, first, size);
    return 0;
}

/* Only in base ten does a number have a sign. */

errno_t _i64toa_s(LONGLONG value, char *ret_text, size_t room, int base)
{
    return write_number((ULONGLONG)value, value < 0 && base == 10, ret_text,
                        room, base);
}

errno_t _ui64toa_s(ULONGLONG value, char *ret_text, size_t room, int base)
{
    return write_number(value, false, ret_text, room, base);
}

errno_t _itoa_s(int value, char *ret_text, size_t room, int base)
{
    if (base == 10)
        return _i64toa_s(value, ret_text, room, base);
    return _ui64toa_s((unsigned)value, ret_text, room, base);
}

errno_t _ultoa_s(ULONG value, char *ret_text, size_t room, int base)
{
    return _ui64toa_s(value, ret_text, room, base);
}

char *_itoa(int value, char *ret_text, int base)
{
    (void)_itoa_s(value, ret_text, MAX_SIZE, base);
    return ret_text;
}

char *_ultoa(ULONG value, char *ret_text, int base)
{
    (void)_ultoa_s(value, ret_text, MAX_SIZE, base);
    return ret_text;
}

char *_i64toa(LONGLONG value, char *ret_text, int base)
{
    (void)_i64toa_s(value, ret_text, MAX_SIZE, base);
    return ret_text;
}

char *_ui64toa(ULONGLONG value, char *ret_text, int base)
{
    (void)_ui64toa_s(value, ret_text, MAX_SIZE, base);
    return ret_text;
}
