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
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "object.h"
#include "spawn.h"
#include "wait.h"

#include "base/alloc.h"

/* What shells add to a signal's number. */
#define CODE_OF_SIGNAL 128

struct wc_process {
    struct wc_object object;
    pid_t pid; /* 0: not started yet, -1: it could not be started */
    bool has_ended;
    bool is_terminated; /* by TerminateProcess */
    DWORD exit_code;
    struct wc_spawn_wait wait; /* counts once there is a child */
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
    wc_spawn_wait_fini(&process_of(object)->wait);
    wsn_free(process_of(object));
}

/* The handle of the first thread is one of the process. */
static DWORD resume(struct wc_object *object)
{
    return wc_spawn_resume(&process_of(object)->wait);
}

static const struct wc_object_kind process_kind = {is_signaled, acquire,
                                                   free_process, resume, NULL};

static struct wc_process *new_process(void)
{
    static const struct wc_spawn_wait none = {{-1, -1}};
    struct wc_process *process = wsn_zalloc(sizeof *process);

    if (process == NULL)
        return NULL;
    wc_object_init(&process->object, &process_kind);
    process->wait = none;
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

/* Locked, because a handle may be used as soon as there is a child. */
static void tell_start(struct wc_process *process, pid_t pid,
                       const struct wc_spawn_wait *wait)
{
    wc_enter();
    process->pid = pid;
    process->wait = *wait;
    wsn_lock_notify(&wc_dispatcher);
    wc_leave();
}

static DWORD begin_child(struct wc_process *process,
                         const struct wc_spawn *spawn)
{
    struct wc_spawn_wait wait = {{-1, -1}};
    pid_t pid = -1;
    int error;

    if (!start_watching(process))
        return ERROR_NOT_ENOUGH_MEMORY;
    error = wc_spawn(spawn, &pid, &wait);
    tell_start(process, pid, &wait);
    return error == 0 ? ERROR_SUCCESS : code_of(error);
}

static bool open_handles(struct wc_process *process,
                         PROCESS_INFORMATION *information)
{
    wc_enter();
    information->hProcess = wc_handle_open(&process->object);
    information->hThread = wc_handle_open(&process->object);
    wc_leave();
    return information->hProcess != NULL && information->hThread != NULL;
}

void wc_child_forget(const PROCESS_INFORMATION *information)
{
    if (information->hProcess != NULL)
        (void)CloseHandle(information->hProcess);
    if (information->hThread != NULL)
        (void)CloseHandle(information->hThread);
}

/* The handles come first, because a child cannot be unmade. */
DWORD wc_child_start(const struct wc_spawn *spawn,
                     PROCESS_INFORMATION *ret_information)
{
    struct wc_process *process = new_process();
    PROCESS_INFORMATION information = {0};
    DWORD code = ERROR_NO_SYSTEM_RESOURCES;

    if (process == NULL)
        return ERROR_NOT_ENOUGH_MEMORY;
    if (open_handles(process, &information))
        code = begin_child(process, spawn);
    if (code == ERROR_SUCCESS) {
        information.dwProcessId = (DWORD)process->pid;
        information.dwThreadId = information.dwProcessId;
        *ret_information = information;
    } else {
        wc_child_forget(&information);
    }
    unpin(process);
    return code;
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
    object = wc_handle_find(process, &process_kind);
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
    object = wc_handle_find(process, &process_kind);
    if (object != NULL)
        code = terminate(process_of(object), exit_code);
    wc_leave();
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}
