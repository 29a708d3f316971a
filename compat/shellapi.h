/*
 * shellapi.h - opening a document or an address with the user's program for
 * it.
 */
#ifndef WINSNMP_SHELLAPI_H
#define WINSNMP_SHELLAPI_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SE_ERR_FNF 2
#define SE_ERR_PNF 3
#define SE_ERR_ACCESSDENIED 5
#define SE_ERR_OOM 8
#define SE_ERR_SHARE 26
#define SE_ERR_ASSOCINCOMPLETE 27
#define SE_ERR_DDETIMEOUT 28
#define SE_ERR_DDEFAIL 29
#define SE_ERR_DDEBUSY 30
#define SE_ERR_NOASSOC 31
#define SE_ERR_DLLNOTFOUND 32

/*
 * file is an address such as http://..., a document, a directory or a program;
 * a program without a slash is also looked for in PATH, and only programs take
 * parameters, as a command line.  The rest is for the host's opener, xdg-open,
 * which is started and not awaited.  No shell reads any of it.
 *
 * Returns a number above 32, or: SE_ERR_NOASSOC without an opener and for
 * operations other than "open" and "explore"; SE_ERR_FNF, SE_ERR_PNF (also for
 * a directory that is none), SE_ERR_ACCESSDENIED, SE_ERR_OOM; 0 when the
 * system has no resources left.  GetLastError tells, too.
 */
HINSTANCE WINAPI ShellExecuteA(HWND window, LPCSTR operation, LPCSTR file,
                               LPCSTR parameters, LPCSTR directory, INT show)
    WC_SYMBOL(ShellExecuteA);

#define ShellExecute ShellExecuteA

#ifdef __cplusplus
}
#endif

#endif
