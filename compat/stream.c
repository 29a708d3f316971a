/*
 * stream.c - see stream.h; also ReadFile, WriteFile and CreatePipe.
 */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "dispatcher.h"
#include "error.h"
#include "handle.h"
#include "object.h"
#include "processthreadsapi.h"
#include "wincon.h"

#include "base/alloc.h"

struct wsn_lock wc_inheritance = WSN_LOCK_INITIALIZER;

/* ---- The standard handles -------------------------------------------- */

/*
 * Their two lowest bits are set, which no handle of an object or a window
 * has; they are those of a Windows console.
 */
#define HANDLE_OF(fd) ((HANDLE)(ULONG_PTR)((unsigned)(fd)*4 + 3))

/* The descriptor behind a standard handle, or -1. */
static int standard_fd(HANDLE handle)
{
    int fd;

    for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (handle == HANDLE_OF(fd))
            return fd;
    }
    return -1;
}

HANDLE WINAPI GetStdHandle(DWORD which)
{
    switch (which) {
    case STD_INPUT_HANDLE:
        return HANDLE_OF(STDIN_FILENO);
    case STD_OUTPUT_HANDLE:
        return HANDLE_OF(STDOUT_FILENO);
    case STD_ERROR_HANDLE:
        return HANDLE_OF(STDERR_FILENO);
    default:
        wc_fail(ERROR_INVALID_HANDLE);
        return INVALID_HANDLE_VALUE;
    }
}

/* ---- Pipes ----------------------------------------------------------- */

/* One end of a pipe. */
struct wc_pipe {
    struct wc_object object;
    int fd;
    DWORD flags; /* HANDLE_FLAG_ bits */
};

static struct wc_pipe *pipe_of(struct wc_object *object)
{
    return WSN_CONTAINER(object, struct wc_pipe, object);
}

/* "Waiting for a pipe" means nothing useful on Windows either. */
static bool is_signaled(const struct wc_object *object,
                        const struct wc_thread *thread)
{
    (void)object;
    (void)thread;
    return true;
}

static bool acquire(struct wc_object *object, struct wc_thread *thread)
{
    (void)object;
    (void)thread;
    return false;
}

static void free_pipe(struct wc_object *object)
{
    (void)close(pipe_of(object)->fd);
    wsn_free(pipe_of(object));
}

static const struct wc_object_kind pipe_kind = {is_signaled, acquire, free_pipe,
                                                NULL, NULL};

/* A handle of the descriptor, which is taken; NULL: see the last error. */
static HANDLE open_end(int fd, DWORD flags)
{
    struct wc_pipe *end = wsn_zalloc(sizeof *end);

    if (end == NULL) {
        (void)close(fd);
        return wc_handle_publish(NULL, NULL);
    }
    wc_object_init(&end->object, &pipe_kind);
    end->fd = fd;
    end->flags = flags;
    return wc_handle_publish(&end->object, NULL);
}

static bool make_pipe(int ret_fds[2])
{
    bool is_made;

    wsn_lock_take(&wc_inheritance);
    is_made = pipe(ret_fds) == 0;
    if (is_made) {
        (void)fcntl(ret_fds[0], F_SETFD, FD_CLOEXEC);
        (void)fcntl(ret_fds[1], F_SETFD, FD_CLOEXEC);
    }
    wsn_lock_give(&wc_inheritance);
    return is_made;
}

BOOL WINAPI CreatePipe(LPHANDLE ret_read, LPHANDLE ret_write,
                       LPSECURITY_ATTRIBUTES security, DWORD size)
{
    DWORD flags =
        security != NULL && security->bInheritHandle ? HANDLE_FLAG_INHERIT : 0;
    HANDLE ends[2];
    int fds[2];

    (void)size;
    if (ret_read == NULL || ret_write == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (!make_pipe(fds))
        return wc_fail(ERROR_TOO_MANY_OPEN_FILES);
    ends[0] = open_end(fds[0], flags);
    ends[1] = open_end(fds[1], flags);
    if (ends[0] != NULL && ends[1] != NULL) {
        *ret_read = ends[0];
        *ret_write = ends[1];
        return TRUE;
    }
    if (ends[0] != NULL)
        (void)CloseHandle(ends[0]);
    if (ends[1] != NULL)
        (void)CloseHandle(ends[1]);
    return wc_fail(ERROR_NOT_ENOUGH_MEMORY);
}

BOOL WINAPI SetHandleInformation(HANDLE handle, DWORD mask, DWORD flags)
{
    struct wc_object *object;

    if ((mask & ~(DWORD)HANDLE_FLAG_INHERIT) != 0)
        return wc_fail(ERROR_NOT_SUPPORTED);
    if (standard_fd(handle) >= 0)
        return TRUE;
    wc_enter();
    object = wc_handle_find(handle, NULL);
    if (object != NULL && object->kind == &pipe_kind)
        pipe_of(object)->flags =
            (pipe_of(object)->flags & ~mask) | (flags & mask);
    wc_leave();
    return object != NULL;
}

BOOL WINAPI GetHandleInformation(HANDLE handle, LPDWORD ret_flags)
{
    struct wc_object *object;
    DWORD flags = 0;

    if (ret_flags == NULL)
        return wc_fail(ERROR_INVALID_PARAMETER);
    if (standard_fd(handle) >= 0) {
        *ret_flags = HANDLE_FLAG_INHERIT;
        return TRUE;
    }
    wc_enter();
    object = wc_handle_find(handle, NULL);
    if (object != NULL && object->kind == &pipe_kind)
        flags = pipe_of(object)->flags;
    wc_leave();
    if (object != NULL)
        *ret_flags = flags;
    return object != NULL;
}

/* ---- Either of them -------------------------------------------------- */

bool wc_stream_take(HANDLE handle, struct wc_stream *ret_stream)
{
    struct wc_stream stream = {standard_fd(handle), NULL};

    if (stream.fd < 0) {
        wc_enter();
        stream.pipe = wc_handle_find(handle, &pipe_kind);
        if (stream.pipe != NULL) {
            wc_object_pin(stream.pipe);
            stream.fd = pipe_of(stream.pipe)->fd;
        }
        wc_leave();
    }
    if (stream.fd < 0)
        return false;
    *ret_stream = stream;
    return true;
}

void wc_stream_give(const struct wc_stream *stream)
{
    if (stream->pipe == NULL)
        return;
    wc_enter();
    wc_object_unpin(stream->pipe);
    wc_leave();
}

/* ---- Reading and writing --------------------------------------------- */

static DWORD code_of_errno(DWORD otherwise)
{
    if (errno == EBADF)
        return ERROR_INVALID_HANDLE;
    return errno == EPIPE ? ERROR_BROKEN_PIPE : otherwise;
}

/* Returns an ERROR_ code. */
static DWORD write_all(int fd, const char *bytes, DWORD size, DWORD *done)
{
    while (*done < size) {
        ssize_t n = write(fd, bytes + *done, size - *done);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return code_of_errno(ERROR_WRITE_FAULT);
        *done += (DWORD)n;
    }
    return ERROR_SUCCESS;
}

/* The same without the signal that the host sends when nobody reads. */
static DWORD write_quietly(int fd, const char *bytes, DWORD size, DWORD *done)
{
    sigset_t one;
    sigset_t before;
    sigset_t pending;
    int ignored;
    DWORD code;

    (void)sigemptyset(&one);
    (void)sigaddset(&one, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &one, &before);
    code = write_all(fd, bytes, size, done);
    if (code == ERROR_BROKEN_PIPE && !sigismember(&before, SIGPIPE) &&
        sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE))
        (void)sigwait(&one, &ignored);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return code;
}

BOOL WINAPI WriteFile(HANDLE handle, LPCVOID bytes, DWORD size,
                      LPDWORD ret_written, LPOVERLAPPED overlapped)
{
    struct wc_stream stream;
    DWORD done = 0;
    DWORD code;

    if (ret_written != NULL)
        *ret_written = 0;
    if (!wc_stream_take(handle, &stream))
        return FALSE;
    if (overlapped != NULL || (bytes == NULL && size > 0))
        code = ERROR_INVALID_PARAMETER;
    else
        code = (stream.pipe != NULL ? write_quietly
                                    : write_all)(stream.fd, bytes, size, &done);
    wc_stream_give(&stream);
    if (ret_written != NULL)
        *ret_written = done;
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}

/* At the end of a file it succeeds and reads nothing, at a pipe's it fails. */
static DWORD read_some(const struct wc_stream *stream, void *ret_bytes,
                       DWORD room, DWORD *done)
{
    ssize_t n;

    do
        n = read(stream->fd, ret_bytes, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return code_of_errno(ERROR_READ_FAULT);
    *done = (DWORD)n;
    return n == 0 && room > 0 && stream->pipe != NULL ? ERROR_BROKEN_PIPE
                                                      : ERROR_SUCCESS;
}

BOOL WINAPI ReadFile(HANDLE handle, LPVOID ret_bytes, DWORD room,
                     LPDWORD ret_read, LPOVERLAPPED overlapped)
{
    struct wc_stream stream;
    DWORD done = 0;
    DWORD code;

    if (ret_read != NULL)
        *ret_read = 0;
    if (!wc_stream_take(handle, &stream))
        return FALSE;
    if (overlapped != NULL || (ret_bytes == NULL && room > 0))
        code = ERROR_INVALID_PARAMETER;
    else
        code = read_some(&stream, ret_bytes, room, &done);
    wc_stream_give(&stream);
    if (ret_read != NULL)
        *ret_read = done;
    return code == ERROR_SUCCESS ? TRUE : wc_fail(code);
}
