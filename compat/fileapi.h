/*
 * fileapi.h - what files there are.
 *
 * Paths are those of the host; in a pattern a backslash is a slash as well.
 */
#ifndef WINSNMP_FILEAPI_H
#define WINSNMP_FILEAPI_H

#include "winbase.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FILE_ATTRIBUTE_READONLY 0x00000001 /* nobody may write */
#define FILE_ATTRIBUTE_HIDDEN 0x00000002   /* the name begins with a dot */
#define FILE_ATTRIBUTE_DIRECTORY 0x00000010
#define FILE_ATTRIBUTE_NORMAL 0x00000080 /* none of the others */
#define INVALID_FILE_ATTRIBUTES ((DWORD)-1)

typedef struct _WIN32_FIND_DATAA {
    DWORD dwFileAttributes;
    FILETIME ftCreationTime; /* of the last change of any kind */
    FILETIME ftLastAccessTime;
    FILETIME ftLastWriteTime;
    DWORD nFileSizeHigh;
    DWORD nFileSizeLow;
    DWORD dwReserved0;
    DWORD dwReserved1;
    CHAR cFileName[MAX_PATH];
    CHAR cAlternateFileName[14]; /* empty */
} WIN32_FIND_DATAA, *PWIN32_FIND_DATAA, *LPWIN32_FIND_DATAA;

/*
 * In the last part of pattern * is any text and ? any letter, and letters of
 * ASCII are compared without case.  All names are read here, in the order of
 * the directory; a file that has gone since is left out.
 */
HANDLE WINAPI FindFirstFileA(LPCSTR pattern, LPWIN32_FIND_DATAA ret_data)
    WC_SYMBOL(FindFirstFileA);
/* ERROR_NO_MORE_FILES at the end. */
BOOL WINAPI FindNextFileA(HANDLE find, LPWIN32_FIND_DATAA ret_data)
    WC_SYMBOL(FindNextFileA);
BOOL WINAPI FindClose(HANDLE find) WC_SYMBOL(FindClose);

DWORD WINAPI GetFileAttributesA(LPCSTR path) WC_SYMBOL(GetFileAttributesA);

typedef WIN32_FIND_DATAA WIN32_FIND_DATA;
typedef LPWIN32_FIND_DATAA LPWIN32_FIND_DATA;
#define FindFirstFile FindFirstFileA
#define FindNextFile FindNextFileA
#define GetFileAttributes GetFileAttributesA

#ifdef __cplusplus
}
#endif

#endif
