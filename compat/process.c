/*
 * process.c - see processthreadsapi.h: children of this process.
 *
 * Each child has a thread that waits for it, so that its object is signaled
 * like any other and no signal of the program is used.  The number of a child
 * is used under the dispatcher lock and only until the child was reaped:
 * afterwards the host may give it to a stranger.
 */
#include "processthreadsapi.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "dispatcher.h"
#include "error.h"
#include "object.h"
#include "stream.h"
#include "wait.h"

#include "base/alloc.h"

#define N_STANDARD 3
#define NULL_DEVICE "/dev/null"

/* What shells add to a signal's number. */
#define CODE_OF_SIGNAL 128

extern char **environ;

struct wc_process {
    struct wc_object object;
    pid_t pid; /* 0: not started yet, -1: it could not be started */
    bool has_ended;
    bool is_terminated; /* by TerminateProcess */
    DWORD exit_code;
};

/* ---- The kernel object ----------------------------------------------- */

static struct wc_process *process_of(struct wc_object *object)
{
    return WSN_CONTAINER(object, struct wc_process, object);
}

static bool is_signaled(const struct wc_object *object,
                        const struct wc_thread *thread)
{
    (void)thread;
    return ((const struct wc_process *)object)->has_ended;
}

static bool acquire(struct wc_object *object, struct wc_thread *thread)
{
    (void)object;
    (void)thread;
    return false;
}

static void free_process(struct wc_object *object)
{
    wsn_free(process_of(object));
}

static const struct wc_object_kind process_kind = {is_signaled, acquire,
                                                   free_process};

static struct wc_process *new_process(void)
{
    struct wc_process *process = wsn_zalloc(sizeof *process);

    if (process != NULL)
        wc_object_init(&process->object, &process_kind);
    return process;
}

static void unpin(struct wc_process *process)
{
    wc_enter();
    wc_object_unpin(&process->object);
    wc_leave();
}

/* ---- Waiting for the child ------------------------------------------- */

/* Sleeps until the child has ended, and leaves it to be reaped. */
static void await_end(pid_t pid)
{
    siginfo_t ignored;

    while (waitid(P_PID, (id_t)pid, &ignored, WEXITED | WNOWAIT) != 0 &&
           errno == EINTR)
        continue;
}

/* The code is 0 if the program has its children reaped by the host. */
static void reap(struct wc_process *process)
{
    int status = 0;

    wc_enter();
    (void)waitpid(process->pid, &status, WNOHANG);
    if (WIFEXITED(status))
        process->exit_code = (DWORD)WEXITSTATUS(status);
    else if (!process->is_terminated)
        process->exit_code = CODE_OF_SIGNAL + (DWORD)WTERMSIG(status);
    process->has_ended = true;
    wc_object_notify(&process->object);
    wc_object_unpin(&process->object);
    wc_leave();
}

static pid_t await_start(const struct wc_process *process)
{
    pid_t pid;

    wc_enter();
    while ((pid = process->pid) == 0)
        wsn_lock_wait(&wc_dispatcher);
    wc_leave();
    return pid;
}

static void tell_start(struct wc_process *process, pid_t pid)
{
    wc_enter();
    process->pid = pid;
    wsn_lock_notify(&wc_dispatcher);
    wc_leave();
}

/* The watching thread; it has a reference of its own. */
static void *watch(void *argument)
{
    struct wc_process *process = argument;
    pid_t pid = await_start(process);

    if (pid < 0) {
        unpin(process);
        return NULL;
    }
    await_end(pid);
    reap(process);
    return NULL;
}

/* Before there is a child, because a child cannot be unmade. */
static bool start_watching(struct wc_process *process)
{
    pthread_attr_t attributes;
    pthread_t ignored;
    sigset_t all;
    sigset_t before;
    int code;

    if (pthread_attr_init(&attributes) != 0)
        return false;
    (void)pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    wc_enter();
    wc_object_pin(&process->object);
    wc_leave();
    code = pthread_create(&ignored, &attributes, watch, process);
    if (code != 0)
        unpin(process);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    (void)pthread_attr_destroy(&attributes);
    return code == 0;
}

/* ---- Starting a child ------------------------------------------------ */

/* What it takes, each to be given back. */
struct start {
    const char *path;
    bool is_looked_for; /* path, in PATH */
    char **arguments;
    char **variables;
    int fds[N_STANDARD]; /* above the standard ones; -1: none */
};

static DWORD code_of(int error)
{
    switch (error) {
    case ENOENT:
        return ERROR_FILE_NOT_FOUND;
    case ENOTDIR:
        return ERROR_PATH_NOT_FOUND;
    case EACCES:
    case EPERM:
        return ERROR_ACCESS_DENIED;
    case ENOEXEC:
        return ERROR_BAD_EXE_FORMAT;
    case ENOMEM:
    case EAGAIN:
        return ERROR_NOT_ENOUGH_MEMORY;
    default:
        return ERROR_GEN_FAILURE;
    }
}

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
static DWORD copy_handles(struct start *start, const STARTUPINFOA *startup)
{
    const HANDLE handles[N_STANDARD] = {startup->hStdInput, startup->hStdOutput,
                                        startup->hStdError};
    int i;

    for (i = 0; i < N_STANDARD; i++) {
        struct wc_stream stream;

        if (handles[i] == NULL || handles[i] == INVALID_HANDLE_VALUE)
            continue;
        if (!wc_stream_take(handles[i], &stream))
            return ERROR_INVALID_HANDLE;
        start->fds[i] = fcntl(stream.fd, F_DUPFD_CLOEXEC, N_STANDARD);
        wc_stream_give(&stream);
        if (start->fds[i] < 0)
            return ERROR_TOO_MANY_OPEN_FILES;
    }
    return ERROR_SUCCESS;
}

static bool add_actions(posix_spawn_file_actions_t *actions,
                        const struct start *start)
{
    int error = 0;
    int i;

    for (i = 0; i < N_STANDARD && error == 0; i++) {
        if (start->fds[i] >= 0)
            error = posix_spawn_file_actions_adddup2(actions, start->fds[i], i);
        else
            error = posix_spawn_file_actions_addopen(
                actions, i, NULL_DEVICE, i == 0 ? O_RDONLY : O_WRONLY, 0);
    }
    return error == 0;
}

/* Starts it with the given actions, or NULL; returns an errno code. */
static int spawn(const struct start *start,
                 const posix_spawn_file_actions_t *actions, pid_t *ret_pid)
{
    char **variables = start->variables != NULL ? start->variables : environ;
    int error;

    wsn_lock_take(&wc_inheritance);
    error = (start->is_looked_for ? posix_spawnp : posix_spawn)(
        ret_pid, start->path, actions, NULL, start->arguments, variables);
    wsn_lock_give(&wc_inheritance);
    return error;
}

static int spawn_with_handles(const struct start *start, pid_t *ret_pid)
{
    posix_spawn_file_actions_t actions;
    int error = ENOMEM;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    if (add_actions(&actions, start))
        error = spawn(start, &actions, ret_pid);
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

static DWORD begin_child(struct wc_process *process, const struct start *start,
                         bool has_handles)
{
    pid_t pid;
    int error;

    if (!start_watching(process))
        return ERROR_NOT_ENOUGH_MEMORY;
    error = has_handles ? spawn_with_handles(start, &pid)
                        : spawn(start, NULL, &pid);
    tell_start(process, error == 0 ? pid : -1);
    return error == 0 ? ERROR_SUCCESS : code_of(error);
}

static void start_fini(struct start *start)
{
    int i;

    for (i = 0; i < N_STANDARD; i++) {
        if (start->fds[i] >= 0)
            (void)close(start->fds[i]);
    }
    wsn_free(start->arguments);
    wsn_free(start->variables);
}

/* Also after a failure there is something to give back. */
static DWORD start_init(struct start *start, LPCSTR application, LPCSTR command,
                        LPVOID environment)
{
    static const struct start nothing = {.fds = {-1, -1, -1}};

    *start = nothing;
    start->arguments = command != NULL ? wc_command_split(command)
                                       : wc_command_alone(application);
    if (start->arguments == NULL)
        return ERROR_NOT_ENOUGH_MEMORY;
    start->path = application != NULL ? application : start->arguments[0];
    start->is_looked_for = application == NULL;
    if (environment != NULL) {
        start->variables = variables_of(environment);
        if (start->variables == NULL)
            return ERROR_NOT_ENOUGH_MEMORY;
    }
    return ERROR_SUCCESS;
}

static bool uses_handles(const STARTUPINFOA *startup)
{
    return (startup->dwFlags & STARTF_USESTDHANDLES) != 0;
}

static DWORD start_child(struct wc_process *process, struct start *start,
                         const STARTUPINFOA *startup)
{
    DWORD code = ERROR_SUCCESS;

    if (uses_handles(startup))
        code = copy_handles(start, startup);
    if (code == ERROR_SUCCESS)
        code = begin_child(process, start, uses_handles(startup));
    return code;
}

static bool open_handles(struct wc_process *process,
                         PROCESS_INFORMATION *information)
{
    wc_enter();
    information->hProcess = wc_object_open(&process->object);
    information->hThread = wc_object_open(&process->object);
    wc_leave();
    return information->hProcess != NULL && information->hThread != NULL;
}

static void close_handles(const PROCESS_INFORMATION *information)
{
    if (information->hProcess != NULL)
        (void)CloseHandle(information->hProcess);
    if (information->hThread != NULL)
        (void)CloseHandle(information->hThread);
}

/* The handles come first, because a child cannot be unmade. */
static DWORD create(struct start *start, const STARTUPINFOA *startup,
                    PROCESS_INFORMATION *ret_information)
{
    struct wc_process *process = new_process();
    PROCESS_INFORMATION information = {0};
    DWORD code = ERROR_NO_SYSTEM_RESOURCES;

    if (process == NULL)
        return ERROR_NOT_ENOUGH_MEMORY;
    if (open_handles(process, &information))
        code = start_child(process, start, startup);
    if (code == ERROR_SUCCESS) {
        information.dwProcessId = (DWORD)process->pid;
        information.dwThreadId = information.dwProcessId;
        *ret_information = information;
    } else {
        close_handles(&information);
    }
    unpin(process);
    return code;
}

BOOL WINAPI CreateProcessA(LPCSTR application, LPSTR command,
                           LPSECURITY_ATTRIBUTES process_security,
                           LPSECURITY_ATTRIBUTES thread_security, BOOL inherit,
                           DWORD flags, LPVOID environment, LPCSTR directory,
                           LPSTARTUPINFOA startup,
                           LPPROCESS_INFORMATION ret_information)
{
    struct start start;
    DWORD code;

    (void)process_security;
    (void)thread_security;
    (void)inherit;
    if ((application == NULL && command == NULL) || startup == NULL ||
        ret_information == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (directory != NULL || (flags & CREATE_SUSPENDED) != 0)
        return wc_fail(ERROR_NOT_SUPPORTED);
    code = start_init(&start, application, command, environment);
    if (code == ERROR_SUCCESS)
        code = create(&start, startup, ret_information);
    start_fini(&start);
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}

/* ---- What becomes of it ---------------------------------------------- */

BOOL WINAPI GetExitCodeProcess(HANDLE process, LPDWORD ret_exit_code)
{
    struct wc_object *object;
    DWORD code = STILL_ACTIVE;

    if (ret_exit_code == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (process == GetCurrentProcess()) {
        *ret_exit_code = code;
        return TRUE;
    }
    wc_enter();
    object = wc_object_find(process, &process_kind);
    if (object != NULL && process_of(object)->has_ended)
        code = process_of(object)->exit_code;
    wc_leave();
    if (object == NULL)
        return FALSE;
    *ret_exit_code = code;
    return TRUE;
}

/* Returns an ERROR_ code. */
static DWORD terminate(struct wc_process *process, UINT exit_code)
{
    /* "If the process has ended, the code is ERROR_ACCESS_DENIED." */
    if (process->has_ended || process->pid <= 0 ||
        kill(process->pid, SIGKILL) != 0)
        return ERROR_ACCESS_DENIED;
    process->is_terminated = true;
    process->exit_code = exit_code;
    return ERROR_SUCCESS;
}

BOOL WINAPI TerminateProcess(HANDLE process, UINT exit_code)
{
    struct wc_object *object;
    DWORD code = ERROR_INVALID_HANDLE;

    if (process == GetCurrentProcess())
        _exit((int)exit_code);
    wc_enter();
    object = wc_object_find(process, &process_kind);
    if (object != NULL)
        code = terminate(process_of(object), exit_code);
    wc_leave();
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}
