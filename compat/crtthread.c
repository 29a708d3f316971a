/*
 * crtthread.c - see process.h.
 */
#include <errno.h>

#include "process.h"

#include "base/alloc.h"

uintptr_t _beginthreadex(void *security, unsigned stack_size,
                         unsigned(__stdcall *start)(void *), void *parameter,
                         unsigned flags, unsigned *ret_id)
{
    HANDLE thread =
        CreateThread(security, stack_size, start, parameter, flags, ret_id);

    if (thread == NULL)
        errno = start != NULL ? EAGAIN : EINVAL;
    return (uintptr_t)thread;
}

/* ---- _beginthread ---------------------------------------------------- */

struct task {
    void(__cdecl *start)(void *);
    void *parameter;
    HANDLE self; /* set before the thread starts */
};

static _Thread_local HANDLE own_handle;

static void close_own_handle(void)
{
    if (own_handle != NULL)
        (void)CloseHandle(own_handle);
    own_handle = NULL;
}

static DWORD WINAPI run(LPVOID parameter)
{
    struct task task = *(struct task *)parameter;

    wsn_free(parameter);
    own_handle = task.self;
    task.start(task.parameter);
    close_own_handle();
    return 0;
}

uintptr_t _beginthread(void(__cdecl *start)(void *), unsigned stack_size,
                       void *parameter)
{
    struct task *task = start != NULL ? wsn_alloc(sizeof *task) : NULL;
    HANDLE thread = NULL;

    if (task != NULL) {
        task->start = start;
        task->parameter = parameter;
        thread =
            CreateThread(NULL, stack_size, run, task, CREATE_SUSPENDED, NULL);
    }
    if (thread == NULL) {
        wsn_free(task);
        errno = start != NULL ? EAGAIN : EINVAL;
        return (uintptr_t)-1;
    }
    task->self = thread;
    (void)ResumeThread(thread);
    return (uintptr_t)thread;
}

void _endthread(void)
{
    close_own_handle();
    ExitThread(0);
}
