/*
 * wincrt.h - what Microsoft's C library has and the standard one lacks.
 *
 * Programs find these functions in <string.h>, <stdlib.h> and <stdio.h> on
 * Windows; here windows.h brings them in.  Wrong arguments do not end the
 * process: the functions with _s in their names empty the destination and
 * return an error, as with an invalid-parameter handler that returns.
 *
 * The formatting functions read formats as Windows does: %ld and %lu are 32
 * bits wide, %I64d and %I64u are 64.  printf is the host's own.
 */
#ifndef WINSNMP_WINCRT_H
#define WINSNMP_WINCRT_H

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef int errno_t;
typedef size_t rsize_t;

#define _TRUNCATE ((size_t)-1)
#define _countof(array) (sizeof(array) / sizeof((array)[0]))
#define _MAX_PATH 260
#define _MAX_FNAME 256
#define _MAX_EXT 256

/* ---- Comparing without regard to case ------------------------------- */

int _stricmp(const char *a, const char *b) WC_SYMBOL(_stricmp);
int _strnicmp(const char *a, const char *b, size_t count) WC_SYMBOL(_strnicmp);
int _memicmp(const void *a, const void *b, size_t count) WC_SYMBOL(_memicmp);
int _strcmpi(const char *a, const char *b) WC_SYMBOL(_stricmp);
int stricmp(const char *a, const char *b) WC_SYMBOL(_stricmp);
int strcmpi(const char *a, const char *b) WC_SYMBOL(_stricmp);
int strnicmp(const char *a, const char *b, size_t count) WC_SYMBOL(_strnicmp);
int memicmp(const void *a, const void *b, size_t count) WC_SYMBOL(_memicmp);

/* ---- Copies ---------------------------------------------------------- */

char *_strdup(const char *text) WC_SYMBOL(_strdup); /* for free() */
char *_strlwr(char *text) WC_SYMBOL(_strlwr);
char *_strupr(char *text) WC_SYMBOL(_strupr);
char *strlwr(char *text) WC_SYMBOL(_strlwr);
char *strupr(char *text) WC_SYMBOL(_strupr);

/* They return 0, EINVAL, ERANGE or, for _TRUNCATE, STRUNCATE. */
#define STRUNCATE 80
errno_t strcpy_s(char *ret_text, rsize_t room, const char *source)
    WC_SYMBOL(strcpy_s);
errno_t strcat_s(char *ret_text, rsize_t room, const char *source)
    WC_SYMBOL(strcat_s);
errno_t strncpy_s(char *ret_text, rsize_t room, const char *source,
                  rsize_t count) WC_SYMBOL(strncpy_s);
errno_t strncat_s(char *ret_text, rsize_t room, const char *source,
                  rsize_t count) WC_SYMBOL(strncat_s);
errno_t memcpy_s(void *ret_bytes, rsize_t room, const void *source,
                 rsize_t count) WC_SYMBOL(memcpy_s);
errno_t memmove_s(void *ret_bytes, rsize_t room, const void *source,
                  rsize_t count) WC_SYMBOL(memmove_s);
char *strtok_s(char *text, const char *separators, char **context)
    WC_SYMBOL(strtok_s);

/* ---- Numbers and text ------------------------------------------------ */

LONGLONG _atoi64(const char *text) WC_SYMBOL(_atoi64);
LONGLONG _strtoi64(const char *text, char **ret_end, int base)
    WC_SYMBOL(_strtoi64);
ULONGLONG _strtoui64(const char *text, char **ret_end, int base)
    WC_SYMBOL(_strtoui64);

/* Without a size: room for 33 bytes, or 65 for the wide ones, is needed. */
char *_itoa(int value, char *ret_text, int base) WC_SYMBOL(_itoa);
char *_ltoa(LONG value, char *ret_text, int base) WC_SYMBOL(_itoa);
char *_ultoa(ULONG value, char *ret_text, int base) WC_SYMBOL(_ultoa);
char *_i64toa(LONGLONG value, char *ret_text, int base) WC_SYMBOL(_i64toa);
char *_ui64toa(ULONGLONG value, char *ret_text, int base) WC_SYMBOL(_ui64toa);
char *itoa(int value, char *ret_text, int base) WC_SYMBOL(_itoa);
char *ltoa(LONG value, char *ret_text, int base) WC_SYMBOL(_itoa);
char *ultoa(ULONG value, char *ret_text, int base) WC_SYMBOL(_ultoa);

errno_t _itoa_s(int value, char *ret_text, size_t room, int base)
    WC_SYMBOL(_itoa_s);
errno_t _ltoa_s(LONG value, char *ret_text, size_t room, int base)
    WC_SYMBOL(_itoa_s);
errno_t _ultoa_s(ULONG value, char *ret_text, size_t room, int base)
    WC_SYMBOL(_ultoa_s);
errno_t _i64toa_s(LONGLONG value, char *ret_text, size_t room, int base)
    WC_SYMBOL(_i64toa_s);
errno_t _ui64toa_s(ULONGLONG value, char *ret_text, size_t room, int base)
    WC_SYMBOL(_ui64toa_s);

/* ---- Formatting ------------------------------------------------------ */

/*
 * Return the length, or -1.  The first two leave the text unterminated when
 * it just fits, and fill the room and return -1 when it does not.
 */
int _snprintf(char *ret_text, size_t room, const char *format, ...)
    WC_SYMBOL(_snprintf);
int _vsnprintf(char *ret_text, size_t room, const char *format, va_list list)
    WC_SYMBOL(_vsnprintf);
int sprintf_s(char *ret_text, size_t room, const char *format, ...)
    WC_SYMBOL(sprintf_s);
int vsprintf_s(char *ret_text, size_t room, const char *format, va_list list)
    WC_SYMBOL(vsprintf_s);
/* At most count characters; _TRUNCATE: as many as fit. */
int _snprintf_s(char *ret_text, size_t room, size_t count, const char *format,
                ...) WC_SYMBOL(_snprintf_s);
int _vsnprintf_s(char *ret_text, size_t room, size_t count, const char *format,
                 va_list list) WC_SYMBOL(_vsnprintf_s);
int _scprintf(const char *format, ...) WC_SYMBOL(_scprintf);
int _vscprintf(const char *format, va_list list) WC_SYMBOL(_vscprintf);

/* ---- Files, the safe ways ------------------------------------------- */

errno_t fopen_s(FILE **ret_file, const char *name, const char *mode)
    WC_SYMBOL(fopen_s);

#ifdef __cplusplus
}

/* The size of an array need not be told. */
template <size_t room>
inline errno_t strcpy_s(char (&ret_text)[room], const char *source)
{
    return strcpy_s(ret_text, room, source);
}

template <size_t room>
inline errno_t strcat_s(char (&ret_text)[room], const char *source)
{
    return strcat_s(ret_text, room, source);
}

template <size_t room>
inline errno_t strncpy_s(char (&ret_text)[room], const char *source,
                         rsize_t count)
{
    return strncpy_s(ret_text, room, source, count);
}

template <size_t room>
inline errno_t strncat_s(char (&ret_text)[room], const char *source,
                         rsize_t count)
{
    return strncat_s(ret_text, room, source, count);
}

template <size_t room>
inline errno_t _itoa_s(int value, char (&ret_text)[room], int base)
{
    return _itoa_s(value, ret_text, room, base);
}

template <size_t room>
inline errno_t _ltoa_s(LONG value, char (&ret_text)[room], int base)
{
    return _ltoa_s(value, ret_text, room, base);
}

template <size_t room>
inline errno_t _ultoa_s(ULONG value, char (&ret_text)[room], int base)
{
    return _ultoa_s(value, ret_text, room, base);
}

template <size_t room>
inline int vsprintf_s(char (&ret_text)[room], const char *format, va_list list)
{
    return vsprintf_s(ret_text, room, format, list);
}

template <size_t room>
inline int sprintf_s(char (&ret_text)[room], const char *format, ...)
{
    va_list list;
    int length;

    va_start(list, format);
    length = vsprintf_s(ret_text, room, format, list);
    va_end(list);
    return length;
}

template <size_t room>
inline int _snprintf_s(char (&ret_text)[room], size_t count, const char *format,
                       ...)
{
    va_list list;
    int length;

    va_start(list, format);
    length = _vsnprintf_s(ret_text, room, count, format, list);
    va_end(list);
    return length;
}
#endif

#endif
