/*
 * system.c - the version, the machine's name, the environment, debug output
 * and the end of the process.
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "error.h"
#include "sysinfoapi.h"

/* Windows 7 with its service pack. */
#define MAJOR 6
#define MINOR 1
#define BUILD 7601

/* The longest host name that POSIX systems have. */
#define MAX_HOST_NAME 255

DWORD WINAPI GetVersion(void)
{
    return (DWORD)BUILD << 16 | MINOR << 8 | MAJOR;
}

BOOL WINAPI GetVersionExA(LPOSVERSIONINFOA ret_info)
{
    DWORD size = ret_info != NULL ? ret_info->dwOSVersionInfoSize : 0;

    if (size != sizeof(OSVERSIONINFOA) && size != sizeof(OSVERSIONINFOEXA))
        return wc_fail(ERROR_INSUFFICIENT_BUFFER);
    memset(ret_info, 0, size);
    ret_info->dwOSVersionInfoSize = size;
    ret_info->dwMajorVersion = MAJOR;
    ret_info->dwMinorVersion = MINOR;
    ret_info->dwBuildNumber = BUILD;
    ret_info->dwPlatformId = VER_PLATFORM_WIN32_NT;
    if (size == sizeof(OSVERSIONINFOEXA)) {
        LPOSVERSIONINFOEXA info = (LPOSVERSIONINFOEXA)(void *)ret_info;

        info->wServicePackMajor = 1;
        info->wProductType = VER_NT_WORKSTATION;
    }
    return TRUE;
}

/* size is the room, then the length; too small, it becomes the room needed. */
BOOL WINAPI GetComputerNameA(LPSTR ret_text, LPDWORD size)
{
    char name[MAX_HOST_NAME + 1] = "";
    DWORD length;

    if (ret_text == NULL || size == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (gethostname(name, sizeof name - 1) != 0)
        return wc_fail(ERROR_NOACCESS);
    length = (DWORD)strcspn(name, ".");
    if (*size <= length) {
        *size = length + 1;
        return wc_fail(ERROR_BUFFER_OVERFLOW);
    }
    memcpy(ret_text, name, length);
    ret_text[length] = '\0';
    *size = length;
    return TRUE;
}

DWORD WINAPI GetEnvironmentVariableA(LPCSTR name, LPSTR ret_text, DWORD room)
{
    const char *text = name != NULL ? getenv(name) : NULL;
    size_t size;

    if (text == NULL)
        return (DWORD)wc_fail(ERROR_ENVVAR_NOT_FOUND);
    size = strlen(text) + 1;
    if (ret_text == NULL || size > room)
        return (DWORD)size;
    memcpy(ret_text, text, size);
    return (DWORD)size - 1;
}

/* text NULL takes the variable away. */
BOOL WINAPI SetEnvironmentVariableA(LPCSTR name, LPCSTR text)
{
    int result;

    if (name == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    result = text != NULL ? setenv(name, text, 1) : unsetenv(name);
    if (result == 0)
        return TRUE;
    return wc_fail(errno == ENOMEM ? ERROR_NOT_ENOUGH_MEMORY
                                   : ERROR_INVALID_PARAMETER);
}

VOID WINAPI OutputDebugStringA(LPCSTR text)
{
    size_t left = text != NULL ? strlen(text) : 0;

    if (getenv("WINSNMP_DEBUG") == NULL)
        return;
    while (left > 0) {
        ssize_t n = write(STDERR_FILENO, text, left);

        if (n <= 0)
            return;
        text += n;
        left -= (size_t)n;
    }
}

VOID WINAPI ExitProcess(UINT exit_code)
{
    exit((int)exit_code);
}
