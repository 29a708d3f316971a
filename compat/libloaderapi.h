/*
 * libloaderapi.h - modules: this library under the names of Windows' own.
 *
 * wsnmp32, snmpapi, mgmtapi, kernel32, user32, advapi32, ws2_32, wsock32 and
 * msvcrt are all this library, in any case, with or without ".dll" and a
 * path.  Others cannot be loaded.
 */
#ifndef WINSNMP_LIBLOADERAPI_H
#define WINSNMP_LIBLOADERAPI_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#define LOAD_LIBRARY_AS_DATAFILE 0x00000002
#define LOAD_WITH_ALTERED_SEARCH_PATH 0x00000008
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x00000800

HMODULE WINAPI LoadLibraryA(LPCSTR name) WC_SYMBOL(LoadLibraryA);
/* file and flags are ignored. */
HMODULE WINAPI LoadLibraryExA(LPCSTR name, HANDLE file, DWORD flags)
    WC_SYMBOL(LoadLibraryExA);
BOOL WINAPI FreeLibrary(HMODULE module) WC_SYMBOL(FreeLibrary);

/* NULL means the program. */
HMODULE WINAPI GetModuleHandleA(LPCSTR name) WC_SYMBOL(GetModuleHandleA);
DWORD WINAPI GetModuleFileNameA(HMODULE module, LPSTR ret_name, DWORD room)
    WC_SYMBOL(GetModuleFileNameA);

/* Functions are known by their names, not by numbers. */
FARPROC WINAPI GetProcAddress(HMODULE module, LPCSTR name)
    WC_SYMBOL(GetProcAddress);

#define LoadLibrary LoadLibraryA
#define LoadLibraryEx LoadLibraryExA
#define GetModuleHandle GetModuleHandleA
#define GetModuleFileName GetModuleFileNameA

#ifdef __cplusplus
}
#endif

#endif
