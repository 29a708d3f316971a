/*
 * queue.c - posting and fetching messages, of=window, compared with a pipe
 * that a message is written to and read from, of=pipe.
 *
 * threads=1: a message is fetched as soon as it is posted; threads=2: one
 * posts and the other fetches, as fast as they can.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <string.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common.h"
#include "our.h"

#define QUEUE_MAX 8000 /* the poster waits before the queue is full */

static long loops = 200000, threads = 1;
static const char *of = "window";
static HWND window;
static int ends[2];
static long n_fetched; /* in the poster's eyes */

static void post_message(long i)
{
    while (!PostMessage(window, WM_APP, (WPARAM)i, 0))
        sched_yield();
}

static void fetch_message(void)
{
    MSG message;

    if (GetMessage(&message, NULL, 0, 0) <= 0)
        our_die("GetMessage");
}

static void post_to_pipe(long i)
{
    MSG message;

    memset(&message, 0, sizeof(message));
    message.wParam = (WPARAM)i;
    if (write(ends[1], &message, sizeof(message)) != sizeof(message))
        bench_die("write");
}

static void fetch_from_pipe(void)
{
    MSG message;

    if (read(ends[0], &message, sizeof(message)) != sizeof(message))
        bench_die("read");
}

static void (*post)(long i) = post_message;
static void (*fetch)(void) = fetch_message;

static long await_room(long i)
{
    long seen;

    while ((seen = __atomic_load_n(&n_fetched, __ATOMIC_RELAXED)) <
           i - QUEUE_MAX)
        sched_yield();
    return seen;
}

/* Looks rarely how far the other is: each time costs both as much as a
 * message. */
static void *post_all(void *unused)
{
    long seen = 0;

    (void)unused;
    for (long i = 0; i < loops; i++) {
        if (seen < i - QUEUE_MAX)
            seen = await_room(i);
        post(i);
    }
    return NULL;
}

static void fetch_all(void)
{
    for (long i = 0; i < loops; i++) {
        fetch();
        __atomic_store_n(&n_fetched, i + 1, __ATOMIC_RELAXED);
    }
}

static long sleeps(void)
{
    struct rusage usage;

    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
}

static void run_two(void)
{
    long before = sleeps();
    pthread_t poster;

    if (pthread_create(&poster, NULL, post_all, NULL) != 0)
        bench_die("pthread_create");
    fetch_all();
    pthread_join(poster, NULL);
    bench_say("wakes", (double)(sleeps() - before) / (double)loops, "");
}

static void run_one(void)
{
    for (long i = 0; i < loops; i++) {
        post(i);
        fetch();
    }
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"loops", &loops, NULL},
                                           {"threads", &threads, NULL},
                                           {"of", NULL, &of}};
    uint64_t cpu_ns, wall_ns;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    window = our_window();
    if (pipe(ends) != 0)
        bench_die("pipe");
    if (strcmp(of, "pipe") == 0) {
        post = post_to_pipe;
        fetch = fetch_from_pipe;
    }
    cpu_ns = bench_cpu_ns();
    wall_ns = bench_wall_ns();
    if (threads == 2)
        run_two();
    else
        run_one();
    bench_say("wall", (double)(bench_wall_ns() - wall_ns) / (double)loops,
              "ns");
    bench_say("cpu", (double)(bench_cpu_ns() - cpu_ns) / (double)loops, "ns");
    return 0;
}
