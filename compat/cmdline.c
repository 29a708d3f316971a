/*
 * cmdline.c - see processenv.h.
 *
 * Each line is made when it is first asked for, without a lock: who comes
 * second throws his away.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <unistd.h>

#include "command.h"
#include "libloaderapi.h"
#include "processenv.h"
#include "winnls.h"
#include "winuser.h"

#include "base/alloc.h"

#define ARGUMENTS "/proc/self/cmdline"
#define FIRST_ROOM 4096

static char *_Atomic line;
static WCHAR *_Atomic wide_line;

/* When there is no memory, or nobody tells. */
static char no_line[1];
static WCHAR no_wide_line[1];

/* ---- What the host tells --------------------------------------------- */

/* All that can be read, and how much that is; NULL: no memory. */
static char *read_all(int fd, size_t *ret_size)
{
    size_t room = FIRST_ROOM;
    size_t size = 0;
    char *bytes = wsn_alloc(room);
    ssize_t n = 1;

    while (bytes != NULL && n != 0) {
        n = read(fd, bytes + size, room - size);
        if (n < 0 && errno != EINTR)
            break;
        size += n > 0 ? (size_t)n : 0;
        if (size == room) {
            char *larger = wsn_realloc(bytes, room *= 2);

            if (larger == NULL)
                wsn_free(bytes);
            bytes = larger;
        }
    }
    *ret_size = size;
    return bytes;
}

/* Each of the texts ends with a NUL. */
static char *join_texts(char *texts, size_t size)
{
    char **arguments;
    char *joined = NULL;
    size_t n = 0;
    size_t i;

    for (i = 0; i < size; i++)
        n += texts[i] == '\0';
    arguments = wsn_alloc_array(n + 1, sizeof *arguments);
    if (arguments == NULL)
        return NULL;
    n = 0;
    for (i = 0; i < size; i += strlen(texts + i) + 1)
        arguments[n++] = texts + i;
    arguments[n] = NULL;
    joined = wc_command_join(arguments);
    wsn_free(arguments);
    return joined;
}

static char *ask_host(void)
{
    int fd = open(ARGUMENTS, O_RDONLY | O_CLOEXEC);
    char *joined = NULL;
    char *texts;
    size_t size;

    if (fd < 0)
        return NULL;
    texts = read_all(fd, &size);
    (void)close(fd);
    /* A program that renamed itself may have taken the last NUL away. */
    if (texts != NULL && size > 0) {
        texts[size - 1] = '\0';
        joined = join_texts(texts, size);
    }
    wsn_free(texts);
    return joined;
}

/* ---- The line -------------------------------------------------------- */

/* Takes made, unless another thread was quicker. */
static char *publish(char *made)
{
    char *first = NULL;

    if (made == NULL)
        return no_line;
    if (atomic_compare_exchange_strong(&line, &first, made))
        return made;
    wsn_free(made);
    return first;
}

LPSTR WINAPI GetCommandLineA(void)
{
    char *known = atomic_load(&line);

    return known != NULL ? known : publish(ask_host());
}

static WCHAR *widen(const char *text)
{
    int n = MultiByteToWideChar(CP_ACP, 0, text, -1, NULL, 0);
    WCHAR *wide = wsn_alloc_array((size_t)n, sizeof *wide);

    if (wide != NULL)
        (void)MultiByteToWideChar(CP_ACP, 0, text, -1, wide, n);
    return wide;
}

LPWSTR WINAPI GetCommandLineW(void)
{
    WCHAR *first = atomic_load(&wide_line);
    WCHAR *made;

    if (first != NULL)
        return first;
    made = widen(GetCommandLineA());
    if (made == NULL)
        return no_wide_line;
    if (atomic_compare_exchange_strong(&wide_line, &first, made))
        return made;
    wsn_free(made);
    return first;
}

int WINAPI WcRunWinMain(int argc, char **argv, WC_WIN_MAIN start)
{
    char *whole = atomic_load(&line);

    if (whole == NULL)
        whole = publish(argc > 0 ? wc_command_join(argv) : NULL);
    return start(GetModuleHandleA(NULL), NULL,
                 whole + wc_command_program_length(whole), SW_SHOWDEFAULT);
}
