/*
 * shell.c - see shellapi.h.
 */
#include "shellapi.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "command.h"
#include "error.h"
#include "spawn.h"
#include "wincrt.h"

#include "base/alloc.h"

#ifdef __APPLE__
#define OPENER "open"
#else
#define OPENER "xdg-open"
#endif

/* What Windows returns, for no known reason. */
#define OPENED 42

/* ---- What there is to open ------------------------------------------- */

/* RFC 3986, 3.1; of one letter it would be a drive. */
static bool is_address(const char *file)
{
    size_t n = 0;

    if (!isalpha((unsigned char)*file))
        return false;
    while (isalnum((unsigned char)file[n]) || file[n] == '+' ||
           file[n] == '-' || file[n] == '.')
        n++;
    return n > 1 && file[n] == ':';
}

static bool is_openable(LPCSTR operation)
{
    return operation == NULL || *operation == '\0' ||
           _stricmp(operation, "open") == 0 ||
           _stricmp(operation, "explore") == 0;
}

static bool is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_program(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           access(path, X_OK) == 0;
}

/* Never like an option: it begins with a slash or a dot. */
static char *join(const char *directory, const char *file)
{
    size_t size;
    char *path;

    if (directory == NULL || *file == '/')
        directory = "";
    size = strlen(directory) + strlen(file) + sizeof ".//";
    path = wsn_alloc(size);
    if (path != NULL)
        (void)snprintf(path, size, "%s%s%s%s",
                       *file == '/' || *directory == '/' ? "" : "./", directory,
                       *directory != '\0' ? "/" : "", file);
    return path;
}

/* ---- Opening it ------------------------------------------------------ */

/* All of these return an ERROR_ code; most have the value of an SE_ERR_. */
static DWORD start(const struct wc_spawn *spawn)
{
    PROCESS_INFORMATION information;
    DWORD code = wc_child_start(spawn, &information);

    if (code == ERROR_SUCCESS)
        wc_child_forget(&information);
    return code;
}

static DWORD give_to_opener(char *what)
{
    char opener[] = OPENER;
    char *arguments[] = {opener, what, NULL};
    const struct wc_spawn spawn = {.arguments = arguments};
    DWORD code = start(&spawn);

    return code == ERROR_FILE_NOT_FOUND ? ERROR_NO_ASSOCIATION : code;
}

static DWORD open_address(LPCSTR address)
{
    char **copy = wc_command_alone(address);
    DWORD code = copy != NULL ? give_to_opener(*copy) : ERROR_NOT_ENOUGH_MEMORY;

    wsn_free(copy);
    return code;
}

/* path is NULL when file is to be looked for. */
static DWORD run(const char *path, char *file, LPCSTR parameters,
                 LPCSTR directory)
{
    struct wc_spawn spawn = {.path = path, .directory = directory};
    size_t size = strlen(parameters) + sizeof "x ";
    char *line = wsn_alloc(size);
    DWORD code = ERROR_NOT_ENOUGH_MEMORY;

    if (line == NULL)
        return code;
    (void)snprintf(line, size, "x %s", parameters);
    spawn.arguments = wc_command_split(line);
    if (spawn.arguments != NULL) {
        spawn.arguments[0] = file;
        code = start(&spawn);
    }
    wsn_free(spawn.arguments);
    wsn_free(line);
    return code;
}

static DWORD why_not(const char *path)
{
    struct stat status;

    if (stat(path, &status) == 0)
        return ERROR_SUCCESS;
    if (errno == EACCES)
        return ERROR_ACCESS_DENIED;
    return errno == ENOTDIR ? ERROR_PATH_NOT_FOUND : ERROR_FILE_NOT_FOUND;
}

static DWORD open_path(char *path, char *file, LPCSTR parameters,
                       LPCSTR directory)
{
    DWORD code = why_not(path);

    if (code == ERROR_FILE_NOT_FOUND && strchr(file, '/') == NULL)
        return run(NULL, file, parameters, directory);
    if (code != ERROR_SUCCESS)
        return code;
    if (is_program(path)) {
        code = run(path, file, parameters, directory);
        /* On file systems of others every file looks like a program. */
        return code == ERROR_BAD_EXE_FORMAT ? give_to_opener(path) : code;
    }
    return give_to_opener(path);
}

static DWORD open_file(LPCSTR file, LPCSTR parameters, LPCSTR directory)
{
    char *path = join(directory, file);
    char **copy = wc_command_alone(file);
    DWORD code = ERROR_NOT_ENOUGH_MEMORY;

    if (path != NULL && copy != NULL)
        code = open_path(path, *copy, parameters != NULL ? parameters : "",
                         directory);
    wsn_free(path);
    wsn_free(copy);
    return code;
}

static DWORD open_any(LPCSTR operation, LPCSTR file, LPCSTR parameters,
                      LPCSTR directory)
{
    if (directory != NULL && *directory == '\0')
        directory = NULL;
    if (!is_openable(operation))
        return ERROR_NO_ASSOCIATION;
    if (file == NULL || *file == '\0')
        return ERROR_FILE_NOT_FOUND;
    if (directory != NULL && !is_directory(directory))
        return ERROR_PATH_NOT_FOUND;
    return is_address(file) ? open_address(file)
                            : open_file(file, parameters, directory);
}

static ULONG_PTR result_of(DWORD code)
{
    switch (code) {
    case ERROR_SUCCESS:
        return OPENED;
    case ERROR_FILE_NOT_FOUND:
        return SE_ERR_FNF;
    case ERROR_PATH_NOT_FOUND:
        return SE_ERR_PNF;
    case ERROR_ACCESS_DENIED:
        return SE_ERR_ACCESSDENIED;
    case ERROR_NOT_ENOUGH_MEMORY:
        return SE_ERR_OOM;
    case ERROR_NO_ASSOCIATION:
        return SE_ERR_NOASSOC;
    default:
        return 0;
    }
}

HINSTANCE WINAPI ShellExecuteA(HWND window, LPCSTR operation, LPCSTR file,
                               LPCSTR parameters, LPCSTR directory, INT show)
{
    DWORD code = open_any(operation, file, parameters, directory);

    (void)window;
    (void)show;
    if (code != ERROR_SUCCESS)
        wc_fail(code);
    return (HINSTANCE)result_of(code);
}
