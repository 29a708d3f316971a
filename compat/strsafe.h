/*
 * strsafe.h - copying and formatting that always ends the text with a NUL.
 *
 * Room counts characters, the NUL included.  Text that does not fit is cut
 * and the result is STRSAFE_E_INSUFFICIENT_BUFFER.
 */
#ifndef WINSNMP_STRSAFE_H
#define WINSNMP_STRSAFE_H

#include <stdarg.h>

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#define STRSAFE_MAX_CCH 2147483647
#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007A)
#define STRSAFE_E_INVALID_PARAMETER ((HRESULT)0x80070057)
#define STRSAFE_E_END_OF_FILE ((HRESULT)0x80070026)

typedef char *STRSAFE_LPSTR;
typedef const char *STRSAFE_LPCSTR;

HRESULT WINAPI StringCchCopyA(LPSTR ret_text, size_t room, LPCSTR source)
    WC_SYMBOL(StringCchCopyA);
HRESULT WINAPI StringCchCopyNA(LPSTR ret_text, size_t room, LPCSTR source,
                               size_t count) WC_SYMBOL(StringCchCopyNA);
HRESULT WINAPI StringCchCatA(LPSTR ret_text, size_t room, LPCSTR source)
    WC_SYMBOL(StringCchCatA);
HRESULT WINAPI StringCchCatNA(LPSTR ret_text, size_t room, LPCSTR source,
                              size_t count) WC_SYMBOL(StringCchCatNA);
HRESULT WINAPIV StringCchPrintfA(LPSTR ret_text, size_t room, LPCSTR format,
                                 ...) WC_SYMBOL(StringCchPrintfA);
HRESULT WINAPI StringCchVPrintfA(LPSTR ret_text, size_t room, LPCSTR format,
                                 va_list list) WC_SYMBOL(StringCchVPrintfA);
/* most counts the NUL; without one the result is ..._INVALID_PARAMETER. */
HRESULT WINAPI StringCchLengthA(LPCSTR text, size_t most, size_t *ret_length)
    WC_SYMBOL(StringCchLengthA);

/* A character is a byte, so are the sizes of these. */
HRESULT WINAPI StringCbCopyA(LPSTR ret_text, size_t room, LPCSTR source)
    WC_SYMBOL(StringCchCopyA);
HRESULT WINAPI StringCbCatA(LPSTR ret_text, size_t room, LPCSTR source)
    WC_SYMBOL(StringCchCatA);
HRESULT WINAPIV StringCbPrintfA(LPSTR ret_text, size_t room, LPCSTR format, ...)
    WC_SYMBOL(StringCchPrintfA);
HRESULT WINAPI StringCbVPrintfA(LPSTR ret_text, size_t room, LPCSTR format,
                                va_list list) WC_SYMBOL(StringCchVPrintfA);
HRESULT WINAPI StringCbLengthA(LPCSTR text, size_t most, size_t *ret_length)
    WC_SYMBOL(StringCchLengthA);

#define StringCchCopy StringCchCopyA
#define StringCchCopyN StringCchCopyNA
#define StringCchCat StringCchCatA
#define StringCchCatN StringCchCatNA
#define StringCchPrintf StringCchPrintfA
#define StringCchVPrintf StringCchVPrintfA
#define StringCchLength StringCchLengthA
#define StringCbCopy StringCbCopyA
#define StringCbCat StringCbCatA
#define StringCbPrintf StringCbPrintfA
#define StringCbVPrintf StringCbVPrintfA
#define StringCbLength StringCbLengthA

#ifdef __cplusplus
}
#endif

#endif
