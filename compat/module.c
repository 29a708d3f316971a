/*
 * module.c - see libloaderapi.h.
 *
 * Two modules exist, the program and this library; their handles are the
 * addresses of two variables.  Functions are looked up by the dynamic linker:
 * first among all libraries of the program, then, should this library be a
 * part of a plug-in, in the library itself.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "error.h"
#include "libloaderapi.h"
#include "wincrt.h"

#define OWN_FILE "libwinsnmp.so.0"
#define PROGRAM_LINK "/proc/self/exe"
#define MAX_NAME 128

static char program_token;
static char library_token;

#define PROGRAM ((HMODULE)(void *)&program_token)
#define LIBRARY ((HMODULE)(void *)&library_token)

static const char *const aliases[] = {
    "wsnmp32",  "snmpapi", "mgmtapi", "kernel32", "user32",
    "advapi32", "ws2_32",  "wsock32", "msvcrt",
};

/* ---- Names of modules ------------------------------------------------ */

static const char *without_path(const char *name)
{
    const char *here;

    for (here = name; *here != '\0'; here++) {
        if (*here == '/' || *here == '\\' || *here == ':')
            name = here + 1;
    }
    return name;
}

static bool is_alias(const char *name, const char *alias)
{
    size_t length = strlen(alias);

    return _strnicmp(name, alias, length) == 0 &&
           (name[length] == '\0' || _stricmp(name + length, ".dll") == 0);
}

static HMODULE find_module(LPCSTR name)
{
    size_t i;

    name = without_path(name);
    for (i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (is_alias(name, aliases[i]))
            return LIBRARY;
    }
    wc_fail(ERROR_MOD_NOT_FOUND);
    return NULL;
}

HMODULE WINAPI GetModuleHandleA(LPCSTR name)
{
    return name != NULL ? find_module(name) : PROGRAM;
}

HMODULE WINAPI LoadLibraryA(LPCSTR name)
{
    if (name != NULL)
        return find_module(name);
    wc_fail(ERROR_INVALID_PARAMETER);
    return NULL;
}

HMODULE WINAPI LoadLibraryExA(LPCSTR name, HANDLE file, DWORD flags)
{
    (void)file;
    (void)flags;
    return LoadLibraryA(name);
}

static bool is_module(HMODULE module)
{
    return module == LIBRARY || module == PROGRAM;
}

BOOL WINAPI FreeLibrary(HMODULE module)
{
    return is_module(module) || wc_fail(ERROR_INVALID_HANDLE);
}

/* ---- Functions ------------------------------------------------------- */

static void *look_in(const char *file, const char *symbol)
{
    void *scope = dlopen(file, RTLD_LAZY);
    void *found = scope != NULL ? dlsym(scope, symbol) : NULL;

    if (scope != NULL)
        (void)dlclose(scope);
    return found;
}

static void *look_up(const char *symbol)
{
    void *found = look_in(NULL, symbol);

    return found != NULL ? found : look_in(OWN_FILE, symbol);
}

/* Win32 functions have a prefix, and only names of WinSNMP have none. */
static void *find_own(LPCSTR name)
{
    char symbol[MAX_NAME];

    if (snprintf(symbol, sizeof symbol, "winsnmp_%s", name) >= MAX_NAME)
        return NULL;
    return look_up(strncmp(name, "Snmp", 4) == 0 ? name : symbol);
}

FARPROC WINAPI GetProcAddress(HMODULE module, LPCSTR name)
{
    void *found = NULL;
    FARPROC function;

    if (!is_module(module == NULL ? PROGRAM : module)) {
        wc_fail(ERROR_INVALID_HANDLE);
        return NULL;
    }
    if ((uintptr_t)name > 0xFFFF) /* else a number */
        found = module == LIBRARY ? find_own(name) : look_in(NULL, name);
    if (found == NULL)
        wc_fail(ERROR_PROC_NOT_FOUND);
    memcpy(&function, &found, sizeof function);
    return function;
}

/* ---- Files ----------------------------------------------------------- */

/* As on Windows, what does not fit is cut and the result is the room. */
static DWORD give(LPSTR ret_name, DWORD room, const char *name, size_t length)
{
    if (room == 0)
        return (DWORD)wc_fail(ERROR_INSUFFICIENT_BUFFER);
    if (length < room) {
        memcpy(ret_name, name, length);
        ret_name[length] = '\0';
        return (DWORD)length;
    }
    memcpy(ret_name, name, room - 1);
    ret_name[room - 1] = '\0';
    wc_fail(ERROR_INSUFFICIENT_BUFFER);
    return room;
}

DWORD WINAPI GetModuleFileNameA(HMODULE module, LPSTR ret_name, DWORD room)
{
    char name[4096];
    ssize_t length;

    if (ret_name == NULL || !is_module(module == NULL ? PROGRAM : module))
        return (DWORD)wc_fail(ERROR_INVALID_PARAMETER);
    if (module == LIBRARY)
        return give(ret_name, room, OWN_FILE, strlen(OWN_FILE));
    length = readlink(PROGRAM_LINK, name, sizeof name);
    if (length < 0)
        return (DWORD)wc_fail(ERROR_NOT_SUPPORTED);
    return give(ret_name, room, name, (size_t)length);
}
