/*
 * sysinfoapi.h - the time of day, fine clocks and the version of the system.
 */
#ifndef WINSNMP_SYSINFOAPI_H
#define WINSNMP_SYSINFOAPI_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Time ------------------------------------------------------------ */

typedef struct _SYSTEMTIME {
    WORD wYear;
    WORD wMonth;     /* 1 to 12 */
    WORD wDayOfWeek; /* Sunday is 0 */
    WORD wDay;
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

VOID WINAPI GetLocalTime(LPSYSTEMTIME ret_time) WC_SYMBOL(GetLocalTime);
VOID WINAPI GetSystemTime(LPSYSTEMTIME ret_time) WC_SYMBOL(GetSystemTime);

/* A FILETIME counts 100 ns since 1601-01-01 UTC. */
VOID WINAPI GetSystemTimeAsFileTime(LPFILETIME ret_time)
    WC_SYMBOL(GetSystemTimeAsFileTime);
BOOL WINAPI FileTimeToSystemTime(CONST FILETIME *time, LPSYSTEMTIME ret_time)
    WC_SYMBOL(FileTimeToSystemTime);
BOOL WINAPI SystemTimeToFileTime(CONST SYSTEMTIME *time, LPFILETIME ret_time)
    WC_SYMBOL(SystemTimeToFileTime);
LONG WINAPI CompareFileTime(CONST FILETIME *a, CONST FILETIME *b)
    WC_SYMBOL(CompareFileTime);

BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER *ret_count)
    WC_SYMBOL(QueryPerformanceCounter);
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER *ret_per_s)
    WC_SYMBOL(QueryPerformanceFrequency);

/* ---- Version: that of Windows 7, the least that programs still ask for - */

#define VER_PLATFORM_WIN32s 0
#define VER_PLATFORM_WIN32_WINDOWS 1
#define VER_PLATFORM_WIN32_NT 2
#define VER_NT_WORKSTATION 0x01

typedef struct _OSVERSIONINFOA {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    CHAR szCSDVersion[128];
} OSVERSIONINFOA, *POSVERSIONINFOA, *LPOSVERSIONINFOA;

typedef struct _OSVERSIONINFOEXA {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    CHAR szCSDVersion[128];
    WORD wServicePackMajor;
    WORD wServicePackMinor;
    WORD wSuiteMask;
    BYTE wProductType;
    BYTE wReserved;
} OSVERSIONINFOEXA, *POSVERSIONINFOEXA, *LPOSVERSIONINFOEXA;

typedef OSVERSIONINFOA OSVERSIONINFO, *POSVERSIONINFO, *LPOSVERSIONINFO;
typedef OSVERSIONINFOEXA OSVERSIONINFOEX, *POSVERSIONINFOEX;
typedef OSVERSIONINFOEXA *LPOSVERSIONINFOEX;

DWORD WINAPI GetVersion(void) WC_SYMBOL(GetVersion);
/* The size tells which of the two structures it is. */
BOOL WINAPI GetVersionExA(LPOSVERSIONINFOA ret_info) WC_SYMBOL(GetVersionExA);

#define GetVersionEx GetVersionExA

#ifdef __cplusplus
}
#endif

#endif
