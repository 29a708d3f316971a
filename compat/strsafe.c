/*
 * strsafe.c - see strsafe.h.
 */
#include "strsafe.h"

#include <stdbool.h>

#include "format.h"
#include "wincrt.h"

#define ANY_COUNT ((size_t)-1)

static bool is_bad(size_t room)
{
    return room == 0 || room > STRSAFE_MAX_CCH;
}

/* Adds at most count characters of source at offset. */
static HRESULT put(LPSTR ret_text, size_t room, size_t offset, LPCSTR source,
                   size_t count)
{
    for (; count > 0 && *source != '\0'; count--) {
        if (offset == room - 1) {
            ret_text[offset] = '\0';
            return STRSAFE_E_INSUFFICIENT_BUFFER;
        }
        ret_text[offset++] = *source++;
    }
    ret_text[offset] = '\0';
    return S_OK;
}

HRESULT WINAPI StringCchCopyNA(LPSTR ret_text, size_t room, LPCSTR source,
                               size_t count)
{
    if (ret_text == NULL || source == NULL || is_bad(room))
        return STRSAFE_E_INVALID_PARAMETER;
    return put(ret_text, room, 0, source, count);
}

HRESULT WINAPI StringCchCopyA(LPSTR ret_text, size_t room, LPCSTR source)
{
    return StringCchCopyNA(ret_text, room, source, ANY_COUNT);
}

HRESULT WINAPI StringCchCatNA(LPSTR ret_text, size_t room, LPCSTR source,
                              size_t count)
{
    size_t length;

    if (source == NULL || StringCchLengthA(ret_text, room, &length) != S_OK)
        return STRSAFE_E_INVALID_PARAMETER;
    return put(ret_text, room, length, source, count);
}

HRESULT WINAPI StringCchCatA(LPSTR ret_text, size_t room, LPCSTR source)
{
    return StringCchCatNA(ret_text, room, source, ANY_COUNT);
}

HRESULT WINAPI StringCchVPrintfA(LPSTR ret_text, size_t room, LPCSTR format,
                                 va_list list)
{
    int length;

    if (ret_text == NULL || format == NULL || is_bad(room))
        return STRSAFE_E_INVALID_PARAMETER;
    length = wc_format(ret_text, room, format, list);
    if (length >= 0 && (size_t)length < room)
        return S_OK;
    if (length >= 0)
        return STRSAFE_E_INSUFFICIENT_BUFFER;
    ret_text[0] = '\0';
    return STRSAFE_E_INVALID_PARAMETER;
}

HRESULT WINAPIV StringCchPrintfA(LPSTR ret_text, size_t room, LPCSTR format,
                                 ...)
{
    va_list list;
    HRESULT result;

    va_start(list, format);
    result = StringCchVPrintfA(ret_text, room, format, list);
    va_end(list);
    return result;
}

HRESULT WINAPI StringCchLengthA(LPCSTR text, size_t most, size_t *ret_length)
{
    const char *end;

    if (text == NULL || is_bad(most))
        return STRSAFE_E_INVALID_PARAMETER;
    end = memchr(text, '\0', most);
    if (end == NULL)
        return STRSAFE_E_INVALID_PARAMETER;
    if (ret_length != NULL)
        *ret_length = (size_t)(end - text);
    return S_OK;
}
