/*
 * convert.c - UTF-8 and wide characters.
 *
 * Where wchar_t has 16 bits a character beyond U+FFFF takes two of them.
 * RFC 3629 says which sequences are UTF-8: no overlong ones, no surrogates.
 */
#include <limits.h>
#include <stdbool.h>
#include <wchar.h>

#include "error.h"
#include "winnls.h"

#define REPLACEMENT 0xFFFD
#define NO_CHARACTER 0xFFFFFFFFu

/* The memory written to, or only counted; ends at room. */
struct sink {
    void *memory;
    int room; /* 0: nothing is written */
    int n;
    bool is_full;
};

/* The text read from. */
struct source {
    const void *memory;
    int length;
    int at;
};

static bool may_put(struct sink *sink)
{
    if (sink->n == INT_MAX || (sink->room > 0 && sink->n == sink->room)) {
        sink->is_full = true;
        return false;
    }
    return true;
}

static void put_byte(struct sink *sink, unsigned byte)
{
    if (!may_put(sink))
        return;
    if (sink->room > 0)
        ((unsigned char *)sink->memory)[sink->n] = (unsigned char)byte;
    sink->n++;
}

static void put_unit(struct sink *sink, unsigned unit)
{
    if (!may_put(sink))
        return;
    if (sink->room > 0)
        ((WCHAR *)sink->memory)[sink->n] = (WCHAR)unit;
    sink->n++;
}

/* ---- UTF-8 ----------------------------------------------------------- */

/* How many bytes follow this first one; -1 when none may begin so. */
static int n_following(unsigned first)
{
    if (first < 0x80)
        return 0;
    if (first < 0xC2 || first > 0xF4)
        return -1;
    return first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
}

/* What the second byte must be at least, and at most. */
static bool fits_second(unsigned first, unsigned second)
{
    unsigned least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;

    return second >= least && second <= most;
}

/* One character, or NO_CHARACTER for the longest start of one. */
static unsigned next_utf8(struct source *source)
{
    const unsigned char *bytes = source->memory;
    unsigned first = bytes[source->at++];
    int n = n_following(first);
    unsigned value;
    int i;

    if (n <= 0)
        return n == 0 ? first : NO_CHARACTER;
    value = first & (0x3Fu >> n);
    for (i = 0; i < n; i++) {
        unsigned byte;

        if (source->at == source->length)
            return NO_CHARACTER;
        byte = bytes[source->at];
        if (i == 0 ? !fits_second(first, byte) : (byte & 0xC0) != 0x80)
            return NO_CHARACTER;
        value = value << 6 | (byte & 0x3F);
        source->at++;
    }
    return value;
}

static void put_utf8(struct sink *sink, unsigned value)
{
    int n = value < 0x80 ? 0 : value < 0x800 ? 1 : value < 0x10000 ? 2 : 3;
    static const unsigned marks[] = {0, 0xC0, 0xE0, 0xF0};

    /* A character is written whole or not at all. */
    if (sink->room > 0 && sink->room - sink->n <= n) {
        sink->is_full = true;
        return;
    }
    put_byte(sink, marks[n] | value >> (6 * n));
    while (n-- > 0)
        put_byte(sink, 0x80 | (value >> (6 * n) & 0x3F));
}

/* ---- Wide characters ------------------------------------------------- */

static bool is_surrogate(unsigned unit)
{
    return unit >= 0xD800 && unit <= 0xDFFF;
}

static unsigned next_wide(struct source *source)
{
    const WCHAR *units = source->memory;
    unsigned unit = (unsigned)units[source->at++];
    unsigned low;

#if WCHAR_MAX > 0xFFFF
    if (unit > 0x10FFFF)
        return NO_CHARACTER;
#endif
    if (!is_surrogate(unit))
        return unit;
    /* A pair, as programs from Windows may have them, is one character. */
    if (unit > 0xDBFF || source->at == source->length)
        return NO_CHARACTER;
    low = (unsigned)units[source->at];
    if (low < 0xDC00 || low > 0xDFFF)
        return NO_CHARACTER;
    source->at++;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

static void put_wide(struct sink *sink, unsigned value)
{
#if WCHAR_MAX <= 0xFFFF
    if (value > 0xFFFF) {
        put_unit(sink, 0xD800 + ((value - 0x10000) >> 10));
        value = 0xDC00 + ((value - 0x10000) & 0x3FF);
    }
#endif
    put_unit(sink, value);
}

/* ---- Either way ------------------------------------------------------ */

struct direction {
    unsigned (*next)(struct source *source);
    void (*put)(struct sink *sink, unsigned value);
};

static int convert(const struct direction *direction, struct source *source,
                   struct sink *sink, bool is_strict)
{
    while (source->at < source->length && !sink->is_full) {
        unsigned value = direction->next(source);

        if (value == NO_CHARACTER && is_strict)
            return wc_fail(ERROR_NO_UNICODE_TRANSLATION);
        direction->put(sink, value == NO_CHARACTER ? REPLACEMENT : value);
    }
    if (sink->is_full)
        return wc_fail(ERROR_INSUFFICIENT_BUFFER);
    return sink->n;
}

static bool is_known(UINT code_page)
{
    return code_page == CP_ACP || code_page == CP_OEMCP ||
           code_page == CP_THREAD_ACP || code_page == CP_UTF8;
}

static bool is_bad(const void *from, int length, const void *to, int room)
{
    return from == NULL || length == 0 || length < -1 || room < 0 ||
           (room > 0 && (to == NULL || to == from));
}

int WINAPI MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR text,
                               int length, LPWSTR ret_wide, int room)
{
    static const struct direction direction = {next_utf8, put_wide};
    struct source source = {text, length, 0};
    struct sink sink = {ret_wide, room, 0, false};

    if (!is_known(code_page) || is_bad(text, length, ret_wide, room))
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (length < 0)
        source.length = (int)strlen(text) + 1;
    return convert(&direction, &source, &sink,
                   (flags & MB_ERR_INVALID_CHARS) != 0);
}

int WINAPI WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR wide,
                               int length, LPSTR ret_text, int room,
                               LPCSTR default_char, LPBOOL ret_used_default)
{
    static const struct direction direction = {next_wide, put_utf8};
    struct source source = {wide, length, 0};
    struct sink sink = {ret_text, room, 0, false};

    if (!is_known(code_page) || is_bad(wide, length, ret_text, room))
        return wc_fail(ERROR_INVALID_PARAMETER);
    /* "For the CP_UTF8 setting this parameter must be set to NULL." */
    if (code_page == CP_UTF8 &&
        (default_char != NULL || ret_used_default != NULL))
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (length < 0)
        source.length = (int)wcslen(wide) + 1;
    if (ret_used_default != NULL)
        *ret_used_default = FALSE;
    return convert(&direction, &source, &sink,
                   (flags & WC_ERR_INVALID_CHARS) != 0);
}

UINT WINAPI GetACP(void)
{
    return CP_UTF8;
}
