/*
 * windows.h - what ported sources include: types, kernel calls, windows.
 *
 * On Windows the same header brings in a good part of the C library, and
 * programs have come to rely on it.  Before including it a program may define
 *
 *   WIN32_LEAN_AND_MEAN  no sockets, no shell, no printers
 *   WINSNMP_SEALED       `sealed` means C++11's `final`
 *   WINSNMP_ALGORITHM    C++'s <algorithm> comes along
 *   WINSNMP_SEH          __try, __leave and __finally as plain blocks; then
 *                        include this header after those of C++, which use
 *                        such words themselves
 */
#ifndef WINSNMP_WINDOWS_H
#define WINSNMP_WINDOWS_H

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__cplusplus) && defined(WINSNMP_ALGORITHM)
#include <algorithm>
#endif

#include "windef.h"

#include "winbase.h"

#include "winuser.h"

#include "fileapi.h"
#include "libloaderapi.h"
#include "memoryapi.h"
#include "processenv.h"
#include "processthreadsapi.h"
#include "sysinfoapi.h"
#include "wincon.h"
#include "wincrt.h"
#include "winnls.h"
#include "winsvc.h"
#ifndef WIN32_LEAN_AND_MEAN
#include "shellapi.h"
#include "winspool.h"
#ifndef WSN_INTERNAL
#include "winsock2.h"
#endif
#endif

#ifdef WINSNMP_SEALED
#define sealed final
#endif

/*
 * __leave ends the block as long as it is not inside a loop or a switch of
 * its own, and no exception ever comes.
 */
#ifdef WINSNMP_SEH
#undef __try
#undef __leave
#undef __finally
#define __try do
#define __leave break
#define __finally \
    while (0)     \
        ;
#endif

#endif
