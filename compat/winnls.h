/*
 * winnls.h - between bytes and wide characters.
 *
 * The character set of the system, CP_ACP, is UTF-8.
 */
#ifndef WINSNMP_WINNLS_H
#define WINSNMP_WINNLS_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#define CP_ACP 0
#define CP_OEMCP 1
#define CP_THREAD_ACP 3
#define CP_UTF8 65001

#define MB_PRECOMPOSED 0x00000001
#define MB_ERR_INVALID_CHARS 0x00000008
#define WC_ERR_INVALID_CHARS 0x00000080
#define WC_NO_BEST_FIT_CHARS 0x00000400

/*
 * Lengths count characters of either side; -1 is a text and its NUL.  A room
 * of 0 asks for the length needed.  What is no character becomes U+FFFD.
 */
int WINAPI MultiByteToWideChar(UINT code_page, DWORD flags, LPCSTR text,
                               int length, LPWSTR ret_wide, int room)
    WC_SYMBOL(MultiByteToWideChar);
int WINAPI WideCharToMultiByte(UINT code_page, DWORD flags, LPCWSTR wide,
                               int length, LPSTR ret_text, int room,
                               LPCSTR default_char, LPBOOL ret_used_default)
    WC_SYMBOL(WideCharToMultiByte);
UINT WINAPI GetACP(void) WC_SYMBOL(GetACP);

#ifdef __cplusplus
}
#endif

#endif
