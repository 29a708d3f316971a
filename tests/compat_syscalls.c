/*
 * compat_syscalls.c - what compat_syscalls.sh traces: messages posted and
 * fetched in one thread, and bursts of them for another thread.
 *
 * The thread of main says "begin" and "end" on standard output around the
 * part that counts; each is one system call, to be found in the trace.
 */
#include <windows.h>

#include <poll.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/asleep.h"

#define N_MESSAGES 1000

static HANDLE is_ready; /* the other thread can be posted to */
static sem_t is_over;   /* all have been posted; not a wait of the library */

static void require(bool is_good, const char *what)
{
    if (is_good)
        return;
    (void)fprintf(stderr, "compat_syscalls: %s\n", what);
    exit(EXIT_FAILURE);
}

static void say(const char *word)
{
    ssize_t length = (ssize_t)strlen(word);

    require(write(STDOUT_FILENO, word, (size_t)length) == length, "output");
}

static void post_to(DWORD thread_id)
{
    for (WPARAM i = 0; i < N_MESSAGES; i++)
        require(PostThreadMessage(thread_id, WM_USER, i, 0), "posting");
}

static void expect(const MSG *message, WPARAM i)
{
    require(message->message == WM_USER && message->wParam == i, "order");
}

static void fetch_from(WPARAM i)
{
    MSG message;

    for (; i < N_MESSAGES; i++) {
        require(PeekMessage(&message, NULL, 0, 0, PM_REMOVE), "fetching");
        expect(&message, i);
    }
}

/* ---- One thread ------------------------------------------------------ */

static void fetch_each(HWND window)
{
    MSG message;

    for (WPARAM i = 0; i < N_MESSAGES; i++) {
        require(PostMessage(window, WM_USER, i, 0), "posting");
        require(GetMessage(&message, window, 0, 0) == TRUE, "fetching");
        expect(&message, i);
    }
}

static void run_alone(void)
{
    HWND window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                               NULL, NULL, NULL);

    require(window != NULL, "window");
    /* The first round fetches memory for the queue. */
    for (int round = 0; round < 2; round++) {
        if (round > 0)
            say("begin\n");
        fetch_each(window);
        post_to(GetCurrentThreadId());
        fetch_from(0);
    }
    say("end\n");
}

/* ---- Two threads ----------------------------------------------------- */

/* Sleeps in GetMessage, and fetches the rest when the burst is over. */
static DWORD WINAPI sleep_for_message(LPVOID unused)
{
    MSG message;

    (void)unused;
    sleep_once();
    (void)PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE);
    require(SetEvent(is_ready), "event");
    require(GetMessage(&message, NULL, 0, 0) == TRUE, "fetching");
    expect(&message, 0);
    require(sem_wait(&is_over) == 0, "semaphore");
    fetch_from(1);
    return 0;
}

/* The same as an event loop does it that knows the descriptor only. */
static DWORD WINAPI poll_for_message(LPVOID unused)
{
    struct pollfd ear = {WcGetQueueFd(), POLLIN, 0};
    MSG message;

    (void)unused;
    sleep_once();
    require(ear.fd >= 0, "descriptor");
    require(SetEvent(is_ready), "event");
    require(poll(&ear, 1, SOON_MS) == 1, "the descriptor tells");
    require(sem_wait(&is_over) == 0, "semaphore");
    fetch_from(0);
    require(!PeekMessage(&message, NULL, 0, 0, PM_REMOVE), "no more");
    require(poll(&ear, 1, 0) == 0, "the descriptor is silent again");
    return 0;
}

static void run_with(LPTHREAD_START_ROUTINE start, bool sleeps_here)
{
    DWORD id;
    HANDLE thread;

    is_ready = CreateEvent(NULL, FALSE, FALSE, NULL);
    require(sem_init(&is_over, 0, 0) == 0, "semaphore");
    thread = CreateThread(NULL, 0, start, NULL, 0, &id);
    require(thread != NULL, "thread");
    require(WaitForSingleObject(is_ready, INFINITE) == WAIT_OBJECT_0, "wait");
    require(!sleeps_here || comes_to_sleep(id), "the other thread sleeps");
    say("begin\n");
    post_to(id);
    say("end\n");
    require(sem_post(&is_over) == 0, "semaphore");
    require(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0, "wait");
}

int main(int argc, char **argv)
{
    const char *what = argc == 2 ? argv[1] : "";

    if (strcmp(what, "alone") == 0)
        run_alone();
    else if (strcmp(what, "asleep") == 0)
        run_with(sleep_for_message, true);
    else if (strcmp(what, "polled") == 0)
        run_with(poll_for_message, false);
    else
        require(false, "usage: compat_syscalls alone|asleep|polled");
    return EXIT_SUCCESS;
}
