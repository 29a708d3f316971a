/*
 * timers.c - arming and cancelling one time-out while pending others wait:
 * of=wheel, the one of this library, or of=heap, libevent's.
 *
 * Which one is cancelled is random, as answers come in any order; it is armed
 * again, so that the number stays the same.
 */
#define _GNU_SOURCE
#include <event2/event.h>
#include <event2/event_struct.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"
#include "net/wheel.h"

/* Both have time-outs of 5 to 10 seconds, those of requests. */
#define SHORTEST_MS 5000
#define SPREAD_MS 5000

static long pending = 100000, loops = 300000;
static const char *of = "wheel";
static uint32_t *order; /* which one is next, of loops */
static uint16_t *delays_ms;

static uint32_t some(uint32_t below)
{
    static uint64_t state = UINT64_C(88172645463325252);

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 16) % below;
}

static void *fetch(long n, size_t size)
{
    void *memory = calloc((size_t)n, size);

    if (memory == NULL)
        bench_die("calloc");
    return memory;
}

static void choose(void)
{
    order = fetch(loops, sizeof(*order));
    delays_ms = fetch(loops, sizeof(*delays_ms));
    for (long i = 0; i < loops; i++) {
        order[i] = some((uint32_t)pending);
        delays_ms[i] = (uint16_t)(SHORTEST_MS + some(SPREAD_MS));
    }
}

static void say(uint64_t start_ns)
{
    bench_say("rearm", (double)(bench_cpu_ns() - start_ns) / (double)loops,
              "ns");
}

/* ---- this library's ---------------------------------------------------- */

static void measure_wheel(void)
{
    struct wsn_wheel *wheel = fetch(1, sizeof(*wheel));
    struct wsn_timer *timers = fetch(pending, sizeof(*timers));
    uint64_t start_ns;

    wsn_wheel_init(wheel, 0);
    for (long i = 0; i < pending; i++) {
        wsn_timer_init(&timers[i]);
        wsn_wheel_add(wheel, &timers[i], SHORTEST_MS + some(SPREAD_MS));
    }
    start_ns = bench_cpu_ns();
    for (long i = 0; i < loops; i++) {
        wsn_wheel_remove(wheel, &timers[order[i]]);
        wsn_wheel_add(wheel, &timers[order[i]], delays_ms[i]);
    }
    say(start_ns);
    free(timers);
    free(wheel);
}

/* ---- libevent's -------------------------------------------------------- */

static void on_timer(evutil_socket_t fd, short what, void *unused)
{
    (void)fd, (void)what, (void)unused;
}

static void arm(struct event *timer, uint32_t delay_ms)
{
    struct timeval delay = {delay_ms / 1000, delay_ms % 1000 * 1000};

    event_add(timer, &delay);
}

static void measure_heap(void)
{
    struct event_base *base = event_base_new();
    struct event *timers = fetch(pending, sizeof(*timers));
    uint64_t start_ns;

    for (long i = 0; i < pending; i++) {
        event_assign(&timers[i], base, -1, 0, on_timer, NULL);
        arm(&timers[i], SHORTEST_MS + some(SPREAD_MS));
    }
    start_ns = bench_cpu_ns();
    for (long i = 0; i < loops; i++) {
        event_del(&timers[order[i]]);
        arm(&timers[order[i]], delays_ms[i]);
    }
    say(start_ns);
    for (long i = 0; i < pending; i++)
        event_del(&timers[i]);
    event_base_free(base);
    free(timers);
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"pending", &pending, NULL},
                                           {"loops", &loops, NULL},
                                           {"of", NULL, &of}};

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    if (pending < 1 || pending > 10000000 || loops < 1)
        bench_die("too many");
    choose();
    if (strcmp(of, "heap") == 0)
        measure_heap();
    else
        measure_wheel();
    free(delays_ms);
    free(order);
    return 0;
}
