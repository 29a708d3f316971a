/*
 * format.c - see format.h; also sprintf_s, wsprintf and their relatives.
 *
 * The format is rewritten for the host's vsnprintf.  On Windows `long` has 32
 * bits, and so have LONG and DWORD here, wherever the host's `long` is wider;
 * a `long` that a program passes keeps a value of 32 bits in its lower half,
 * where a variable argument of `int` is looked for.
 */
#include "format.h"

#include <limits.h>
#include <stdbool.h>

#include "winbase.h"
#include "wincrt.h"
#include "winuser.h"

#include "base/alloc.h"

/* "The maximum size of the buffer is 1,024 bytes." */
#define WSPRINTF_ROOM 1024

/* Formats up to this size need no memory. */
#define SHORT_FORMAT 256

/* A size as Windows writes it, and as C does. */
static const struct {
    const char *theirs;
    const char *ours;
} sizes[] = {
    {"I64", "ll"}, {"I32", ""},  {"ll", "ll"}, {"I", "z"},
    {"l", ""},     {"hh", "hh"}, {"h", "h"},   {"w", "l"},
    {"L", "L"},    {"z", "z"},   {"t", "t"},   {"j", "j"},
};

#define N_SIZES (sizeof sizes / sizeof *sizes)

static size_t find_size(const char *text)
{
    size_t i;

    for (i = 0; i < N_SIZES; i++) {
        if (strncmp(text, sizes[i].theirs, strlen(sizes[i].theirs)) == 0)
            break;
    }
    return i;
}

/* What to write for the size in front of this conversion. */
static const char *size_for(size_t i, char conversion)
{
    if (conversion == 's' || conversion == 'c') {
        /* h means characters, l means wide ones. */
        char first = sizes[i].theirs[0];

        return first == 'l' || first == 'w' ? "l" : "";
    }
    /* C wants no size in front of %f, or the L of a long double. */
    if (strchr("eEfFgGaA", conversion) != NULL)
        return sizes[i].theirs[0] == 'L' ? "L" : "";
    return sizes[i].ours;
}

/* Rewrites what follows a '%'; NULL when the format is bad. */
static const char *rewrite_one(const char *from, char **to)
{
    size_t flags = strspn(from, "-+ #0123456789.*");
    size_t i;

    memcpy(*to, from, flags);
    *to += flags;
    from += flags;
    i = find_size(from);
    if (i < N_SIZES) {
        const char *ours;

        from += strlen(sizes[i].theirs);
        ours = size_for(i, *from);
        memcpy(*to, ours, strlen(ours));
        *to += strlen(ours);
    }
    if (*from == '\0' || strchr("diouxXcCsSpeEfFgGaA%", *from) == NULL)
        return NULL;
    *(*to)++ = *from++;
    return from;
}

/* The result is never longer than the format. */
static bool rewrite(const char *from, char *to)
{
    while (from != NULL && *from != '\0') {
        bool is_directive = *from == '%';

        *to++ = *from++;
        if (is_directive)
            from = rewrite_one(from, &to);
    }
    *to = '\0';
    return from != NULL;
}

static int refuse(void)
{
    errno = EINVAL;
    return -1;
}

int wc_format(char *ret_text, size_t room, const char *format, va_list list)
{
    char brief[SHORT_FORMAT];
    char *rewritten = brief;
    size_t size = strlen(format) + 1;
    int length;

    if (size > sizeof brief && (rewritten = wsn_alloc(size)) == NULL)
        return -1;
    length = rewrite(format, rewritten)
                 ? vsnprintf(ret_text, room, rewritten, list)
                 : refuse();
    if (rewritten != brief)
        wsn_free(rewritten);
    return length;
}

/* ---- Microsoft's C library ------------------------------------------- */

int _vscprintf(const char *format, va_list list)
{
    return format != NULL ? wc_format(NULL, 0, format, list) : refuse();
}

int _vsnprintf(char *ret_text, size_t room, const char *format, va_list list)
{
    char *whole;
    va_list again;
    int length;

    if (format == NULL || (ret_text == NULL && room > 0))
        return refuse();
    va_copy(again, list);
    length = wc_format(NULL, 0, format, again);
    va_end(again);
    if (length < 0 || room == 0)
        return length;
    if ((size_t)length < room)
        return wc_format(ret_text, room, format, list);
    /* The last character takes the place of the NUL. */
    whole = wsn_alloc((size_t)length + 1);
    if (whole == NULL)
        return -1;
    (void)wc_format(whole, (size_t)length + 1, format, list);
    memcpy(ret_text, whole, room);
    wsn_free(whole);
    return (size_t)length == room ? length : -1;
}

/* What sprintf_s and _snprintf_s have in common; text that is cut: -1. */
static int format_within(char *ret_text, size_t room, size_t count,
                         const char *format, va_list list)
{
    bool may_cut = count < room || count == _TRUNCATE;
    size_t size = count < room ? count + 1 : room;
    int length;

    if (ret_text == NULL || room == 0)
        return refuse();
    length =
        format != NULL ? wc_format(ret_text, size, format, list) : refuse();
    if (length >= 0 && (size_t)length < size)
        return length;
    if (length < 0 || !may_cut) {
        ret_text[0] = '\0';
        if (length >= 0)
            errno = ERANGE;
    }
    return -1;
}

int _vsnprintf_s(char *ret_text, size_t room, size_t count, const char *format,
                 va_list list)
{
    return format_within(ret_text, room, count, format, list);
}

int vsprintf_s(char *ret_text, size_t room, const char *format, va_list list)
{
    return format_within(ret_text, room, room, format, list);
}

/* Calls how with the arguments after format; result is the length. */
#define WITH_LIST(result, format, how) \
    do {                               \
        va_list list;                  \
                                       \
        va_start(list, format);        \
        (result) = (how);              \
        va_end(list);                  \
    } while (0)

int _snprintf(char *ret_text, size_t room, const char *format, ...)
{
    int length;

    WITH_LIST(length, format, _vsnprintf(ret_text, room, format, list));
    return length;
}

int sprintf_s(char *ret_text, size_t room, const char *format, ...)
{
    int length;

    WITH_LIST(length, format, vsprintf_s(ret_text, room, format, list));
    return length;
}

int _snprintf_s(char *ret_text, size_t room, size_t count, const char *format,
                ...)
{
    int length;

    WITH_LIST(length, format,
              _vsnprintf_s(ret_text, room, count, format, list));
    return length;
}

int _scprintf(const char *format, ...)
{
    int length;

    WITH_LIST(length, format, _vscprintf(format, list));
    return length;
}

/* ---- Win32 ----------------------------------------------------------- */

int WINAPI wvsprintfA(LPSTR ret_text, LPCSTR format, va_list list)
{
    int length;

    if (ret_text == NULL || format == NULL)
        return 0;
    length = wc_format(ret_text, WSPRINTF_ROOM, format, list);
    if (length < 0)
        ret_text[0] = '\0';
    return length < 0                ? 0
           : length >= WSPRINTF_ROOM ? WSPRINTF_ROOM - 1
                                     : length;
}

int WINAPIV wsprintfA(LPSTR ret_text, LPCSTR format, ...)
{
    int length;

    WITH_LIST(length, format, wvsprintfA(ret_text, format, list));
    return length;
}
