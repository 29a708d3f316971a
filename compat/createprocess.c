/*
 * createprocess.c - see processthreadsapi.h: CreateProcess and what it takes
 * from its many arguments.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "command.h"
#include "error.h"
#include "spawn.h"
#include "stream.h"

#include "base/alloc.h"

/* "name=text", a null, and so on; the last is followed by another null. */
static char **variables_of(char *block)
{
    size_t n = 0;
    char *text;
    char **variables;

    for (text = block; *text != '\0'; text += strlen(text) + 1)
        n++;
    variables = wsn_alloc((n + 1) * sizeof *variables);
    if (variables == NULL)
        return NULL;
    n = 0;
    for (text = block; *text != '\0'; text += strlen(text) + 1)
        variables[n++] = text;
    variables[n] = NULL;
    return variables;
}

/*
 * Copies of the descriptors of handles, none of them below 3: so the child
 * may have them in any order.
 */
static DWORD copy_handles(struct wc_spawn *spawn, const STARTUPINFOA *startup)
{
    const HANDLE handles[WC_N_STANDARD] = {
        startup->hStdInput, startup->hStdOutput, startup->hStdError};
    int i;

    for (i = 0; i < WC_N_STANDARD; i++) {
        struct wc_stream stream;

        if (handles[i] == NULL || handles[i] == INVALID_HANDLE_VALUE)
            continue;
        if (!wc_stream_take(handles[i], &stream))
            return ERROR_INVALID_HANDLE;
        spawn->fds[i] = fcntl(stream.fd, F_DUPFD_CLOEXEC, WC_N_STANDARD);
        wc_stream_give(&stream);
        if (spawn->fds[i] < 0)
            return ERROR_TOO_MANY_OPEN_FILES;
    }
    return ERROR_SUCCESS;
}

/* Also after a failure there is something to give back. */
static DWORD spawn_init(struct wc_spawn *spawn, LPCSTR application,
                        LPCSTR command, LPVOID environment)
{
    static const struct wc_spawn nothing = {.fds = {-1, -1, -1}};

    *spawn = nothing;
    spawn->path = application;
    spawn->arguments = command != NULL ? wc_command_split(command)
                                       : wc_command_alone(application);
    if (environment != NULL)
        spawn->variables = variables_of(environment);
    if (spawn->arguments == NULL ||
        (environment != NULL && spawn->variables == NULL))
        return ERROR_NOT_ENOUGH_MEMORY;
    return ERROR_SUCCESS;
}

static void spawn_fini(struct wc_spawn *spawn)
{
    int i;

    for (i = 0; i < WC_N_STANDARD; i++) {
        if (spawn->fds[i] >= 0)
            (void)close(spawn->fds[i]);
    }
    wsn_free(spawn->arguments);
    wsn_free(spawn->variables);
}

/* "The directory name is invalid", says Windows. */
static DWORD set_directory(struct wc_spawn *spawn, LPCSTR directory)
{
    struct stat status;

    if (directory != NULL &&
        (stat(directory, &status) != 0 || !S_ISDIR(status.st_mode)))
        return ERROR_DIRECTORY;
    spawn->directory = directory;
    return ERROR_SUCCESS;
}

static DWORD start(struct wc_spawn *spawn, LPCSTR directory,
                   const STARTUPINFOA *startup,
                   PROCESS_INFORMATION *ret_information)
{
    DWORD code = set_directory(spawn, directory);

    spawn->has_fds = (startup->dwFlags & STARTF_USESTDHANDLES) != 0;
    if (code == ERROR_SUCCESS && spawn->has_fds)
        code = copy_handles(spawn, startup);
    if (code == ERROR_SUCCESS)
        code = wc_child_start(spawn, ret_information);
    return code;
}

BOOL WINAPI CreateProcessA(LPCSTR application, LPSTR command,
                           LPSECURITY_ATTRIBUTES process_security,
                           LPSECURITY_ATTRIBUTES thread_security, BOOL inherit,
                           DWORD flags, LPVOID environment, LPCSTR directory,
                           LPSTARTUPINFOA startup,
                           LPPROCESS_INFORMATION ret_information)
{
    struct wc_spawn spawn;
    DWORD code;

    (void)process_security;
    (void)thread_security;
    (void)inherit;
    if ((application == NULL && command == NULL) || startup == NULL ||
        ret_information == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    code = spawn_init(&spawn, application, command, environment);
    spawn.is_suspended = (flags & CREATE_SUSPENDED) != 0;
    if (code == ERROR_SUCCESS)
        code = start(&spawn, directory, startup, ret_information);
    spawn_fini(&spawn);
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}
