/*
 * mibs_run.c - see mibs_run.h.
 */
#include "mgmt/mibs_run.h"

#include <stdbool.h>
#include <winbase.h>
#include <windows.h>

#include "base/alloc.h"

#define FIRST_ROOM ((size_t)64 * 1024)
#define MAX_ROOM ((size_t)64 * 1024 * 1024)

/* What has been read, and always a NUL behind it. */
struct text {
    char *bytes;
    size_t size;
    size_t room;
};

static bool grow(struct text *text)
{
    size_t room = text->room == 0 ? FIRST_ROOM : text->room * 2;
    char *bytes = room <= MAX_ROOM ? wsn_realloc(text->bytes, room) : NULL;

    if (bytes == NULL)
        return false;
    text->bytes = bytes;
    text->room = room;
    return true;
}

/* What is too much stays unread; the names so far are good. */
static void read_all(HANDLE from, struct text *text)
{
    DWORD n = 1;

    while (n > 0 && (text->size + 1 < text->room || grow(text))) {
        if (!ReadFile(from, text->bytes + text->size,
                      (DWORD)(text->room - text->size - 1), &n, NULL))
            n = 0;
        text->size += n;
    }
    if (text->bytes != NULL)
        text->bytes[text->size] = '\0';
}

static bool start(const char *program, HANDLE output)
{
    STARTUPINFO startup = {.cb = sizeof startup,
                           .dwFlags = STARTF_USESTDHANDLES,
                           .hStdOutput = output};
    PROCESS_INFORMATION child;

    if (!CreateProcess(program, NULL, NULL, NULL, TRUE, 0, NULL, NULL, &startup,
                       &child))
        return false;
    (void)CloseHandle(child.hThread);
    return CloseHandle(child.hProcess);
}

char *wsn_mibs_run(const char *program)
{
    struct text text = {NULL, 0, 0};
    HANDLE from;
    HANDLE to;
    bool is_started;

    if (!CreatePipe(&from, &to, NULL, 0))
        return NULL;
    is_started = start(program, to);
    (void)CloseHandle(to);
    if (is_started)
        read_all(from, &text);
    (void)CloseHandle(from);
    return text.bytes;
}
