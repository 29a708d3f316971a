/*
 * string.c - comparing and copying text as Microsoft's C library does.
 *
 * Letters are those of ASCII: what a program compares are names and commands,
 * and the answer must not depend on the locale.
 */
#include "wincrt.h"

#include <stdbool.h>

static int lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static int upper(unsigned char c)
{
    return c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c;
}

/* ---- Comparing ------------------------------------------------------- */

int _strnicmp(const char *a, const char *b, size_t count)
{
    for (; count > 0; count--, a++, b++) {
        int difference = lower((unsigned char)*a) - lower((unsigned char)*b);

        if (difference != 0 || *a == '\0')
            return difference;
    }
    return 0;
}

int _stricmp(const char *a, const char *b)
{
    return _strnicmp(a, b, (size_t)-1);
}

int _memicmp(const void *a, const void *b, size_t count)
{
    const unsigned char *left = a;
    const unsigned char *right = b;

    for (; count > 0; count--, left++, right++) {
        int difference = lower(*left) - lower(*right);

        if (difference != 0)
            return difference;
    }
    return 0;
}

/* ---- Copies ---------------------------------------------------------- */

char *_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size); /* the program gives it to its own free */

    return copy != NULL ? memcpy(copy, text, size) : NULL;
}

static char *change(char *text, int (*how)(unsigned char c))
{
    char *here;

    for (here = text; *here != '\0'; here++)
        *here = (char)how((unsigned char)*here);
    return text;
}

char *_strlwr(char *text)
{
    return change(text, lower);
}

char *_strupr(char *text)
{
    return change(text, upper);
}

/* ---- The ones with _s ------------------------------------------------ */

static size_t length_within(const char *text, size_t most)
{
    const char *end = memchr(text, '\0', most);

    return end != NULL ? (size_t)(end - text) : most;
}

static errno_t refuse(char *ret_text, errno_t code)
{
    ret_text[0] = '\0';
    errno = code;
    return code;
}

/* Writes up to count characters of source at offset, and the NUL. */
static errno_t put(char *ret_text, size_t room, size_t offset,
                   const char *source, size_t count)
{
    size_t left = room - offset;
    bool may_cut = count == _TRUNCATE;
    size_t length;

    if (source == NULL)
        return refuse(ret_text, EINVAL);
    /* No further than the limit: what follows it may not be ours to read. */
    length = length_within(source, count < left ? count : left);
    if (length < left) {
        memmove(ret_text + offset, source, length);
        ret_text[offset + length] = '\0';
        return 0;
    }
    if (!may_cut)
        return refuse(ret_text, ERANGE);
    memmove(ret_text + offset, source, left - 1);
    ret_text[room - 1] = '\0';
    return STRUNCATE;
}

errno_t strncpy_s(char *ret_text, rsize_t room, const char *source,
                  rsize_t count)
{
    if (ret_text == NULL || room == 0)
        return errno = EINVAL;
    return put(ret_text, room, 0, source, count);
}

errno_t strncat_s(char *ret_text, rsize_t room, const char *source,
                  rsize_t count)
{
    size_t offset;

    if (ret_text == NULL || room == 0)
        return errno = EINVAL;
    offset = length_within(ret_text, room);
    if (offset == room)
        return refuse(ret_text, EINVAL);
    return put(ret_text, room, offset, source, count);
}

/* Any limit that no text reaches, and that does not mean _TRUNCATE. */
#define WHOLE ((size_t)-2)

errno_t strcpy_s(char *ret_text, rsize_t room, const char *source)
{
    return strncpy_s(ret_text, room, source, WHOLE);
}

errno_t strcat_s(char *ret_text, rsize_t room, const char *source)
{
    return strncat_s(ret_text, room, source, WHOLE);
}

errno_t memmove_s(void *ret_bytes, rsize_t room, const void *source,
                  rsize_t count)
{
    if (count == 0)
        return 0;
    if (ret_bytes == NULL || source == NULL)
        return errno = EINVAL;
    if (count > room)
        return errno = ERANGE;
    memmove(ret_bytes, source, count);
    return 0;
}

errno_t memcpy_s(void *ret_bytes, rsize_t room, const void *source,
                 rsize_t count)
{
    if (count > 0 && ret_bytes != NULL && (source == NULL || count > room))
        memset(ret_bytes, 0, room);
    return memmove_s(ret_bytes, room, source, count);
}

char *strtok_s(char *text, const char *separators, char **context)
{
    return strtok_r(text, separators, context);
}

errno_t fopen_s(FILE **ret_file, const char *name, const char *mode)
{
    if (ret_file == NULL || name == NULL || mode == NULL)
        return errno = EINVAL;
    *ret_file = fopen(name, mode);
    return *ret_file != NULL ? 0 : errno;
}

/* ---- Win32's own ----------------------------------------------------- */

int WINAPI lstrlenA(LPCSTR text)
{
    return text != NULL ? (int)strlen(text) : 0;
}

LPSTR WINAPI lstrcpyA(LPSTR ret_text, LPCSTR source)
{
    if (ret_text == NULL || source == NULL)
        return NULL;
    return memmove(ret_text, source, strlen(source) + 1);
}

/* The NUL counts: at most room - 1 characters are copied. */
LPSTR WINAPI lstrcpynA(LPSTR ret_text, LPCSTR source, int room)
{
    if (ret_text == NULL || source == NULL || room <= 0)
        return NULL;
    (void)strncpy_s(ret_text, (size_t)room, source, _TRUNCATE);
    return ret_text;
}

LPSTR WINAPI lstrcatA(LPSTR ret_text, LPCSTR source)
{
    if (ret_text == NULL || source == NULL)
        return NULL;
    (void)lstrcpyA(ret_text + strlen(ret_text), source);
    return ret_text;
}

/* NULL is less than any text. */
static int compare(LPCSTR a, LPCSTR b, int (*how)(const char *, const char *))
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return how(a, b);
}

int WINAPI lstrcmpA(LPCSTR a, LPCSTR b)
{
    return compare(a, b, strcmp);
}

int WINAPI lstrcmpiA(LPCSTR a, LPCSTR b)
{
    return compare(a, b, _stricmp);
}
