/*
 * common.c - see common.h.
 */
#define _GNU_SOURCE
#include "common.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif
#define MEMINFO_DROPS 8
#define MEMINFO_MAX 16

#define SAMPLE 64 /* between two looks at the clock */
#define PAUSE_NS 300000000u

void bench_die(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- options ---------------------------------------------------------- */

static void set_option(const struct bench_option *option, const char *value)
{
    char *end;

    if (option->text != NULL) {
        *option->text = value;
        return;
    }
    *option->number = strtol(value, &end, 10);
    if (*value == '\0' || *end != '\0' || *option->number < 0) {
        fprintf(stderr, "not a number: %s\n", value);
        exit(2);
    }
}

static void usage(const struct bench_option *options, size_t n)
{
    fputs("usage:", stderr);
    for (size_t i = 0; i < n; i++) {
        if (options[i].text != NULL)
            fprintf(stderr, " %s=%s", options[i].name, *options[i].text);
        else
            fprintf(stderr, " %s=%ld", options[i].name, *options[i].number);
    }
    fputc('\n', stderr);
    exit(2);
}

static int descriptors_before;

static int count_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int n = 0;

    while (folder != NULL && readdir(folder) != NULL)
        n++;
    if (folder != NULL)
        closedir(folder);
    return n;
}

void bench_options(char **argv, const struct bench_option *options, size_t n)
{
    while (*++argv != NULL) {
        size_t len = strcspn(*argv, "="), i = 0;

        while (i < n && (strlen(options[i].name) != len ||
                         strncmp(options[i].name, *argv, len) != 0))
            i++;
        if (i == n || (*argv)[len] == '\0')
            usage(options, n);
        set_option(&options[i], *argv + len + 1);
    }
    descriptors_before = count_descriptors();
    alarm(BENCH_MAX_MS / 1000);
}

/* ---- clock and results ------------------------------------------------- */

static uint64_t read_clock(clockid_t clock)
{
    struct timespec t;

    clock_gettime(clock, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t bench_wall_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

uint64_t bench_cpu_ns(void)
{
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

void bench_say(const char *name, double value, const char *unit)
{
    printf("%s %.9g %s\n", name, value, unit);
    fflush(stdout);
}

void bench_say_process(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kb = 0;

    while (file != NULL && fgets(line, sizeof(line), file) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kb) == 1)
            break;
    if (file != NULL)
        fclose(file);
    bench_say("rss", (double)kb, "kB");
    bench_say("descriptors", count_descriptors() - descriptors_before, "");
}

/* ---- a run of a set time ----------------------------------------------- */

void bench_meter_start(struct bench_meter *meter, long ms)
{
    uint64_t now_ns = bench_wall_ns(), ns;

    if (ms > BENCH_MAX_MS / 2)
        ms = BENCH_MAX_MS / 2;
    ns = (uint64_t)ms * 1000000u;
    *meter = (struct bench_meter){.warm_ns = now_ns + ns / 10,
                                  .end_ns = now_ns + ns + ns / 10};
}

static void begin(struct bench_meter *meter, uint64_t now_ns)
{
    meter->wall_ns = now_ns;
    meter->cpu_ns = bench_cpu_ns();
    meter->done_before = meter->done;
}

static void end(struct bench_meter *meter, uint64_t now_ns)
{
    meter->ran_ns = now_ns - meter->wall_ns;
    meter->used_ns = bench_cpu_ns() - meter->cpu_ns;
    meter->counted = meter->done - meter->done_before;
}

bool bench_meter_tick(struct bench_meter *meter)
{
    uint64_t now_ns;

    if (meter->ran_ns != 0)
        return false;
    if (++meter->done % SAMPLE != 0)
        return true;
    now_ns = bench_wall_ns();
    if (meter->wall_ns == 0 && now_ns >= meter->warm_ns)
        begin(meter, now_ns);
    else if (meter->wall_ns != 0 && now_ns >= meter->end_ns)
        end(meter, now_ns);
    return meter->ran_ns == 0;
}

void bench_meter_say(const struct bench_meter *meter)
{
    double n = (double)meter->counted;

    bench_say("rate", n * 1e9 / (double)meter->ran_ns, "/s");
    bench_say("cpu", (double)meter->used_ns / n / 1e3, "us");
    bench_say("done", (double)meter->done, "");
}

/* ---- a run that the sender ends ---------------------------------------- */

void bench_arrivals_start(struct bench_arrivals *arrivals, long ms)
{
    if (ms > BENCH_MAX_MS / 2)
        ms = BENCH_MAX_MS / 2;
    *arrivals = (struct bench_arrivals){.end_ns = bench_wall_ns() +
                                                  (uint64_t)ms * 1000000u};
}

void bench_arrivals_note(struct bench_arrivals *arrivals)
{
    if (arrivals->got++ % SAMPLE != 0)
        return;
    arrivals->sampled = arrivals->got;
    arrivals->last_wall_ns = bench_wall_ns();
    arrivals->last_cpu_ns = bench_cpu_ns();
    if (arrivals->got == 1) {
        arrivals->first_wall_ns = arrivals->last_wall_ns;
        arrivals->first_cpu_ns = arrivals->last_cpu_ns;
    }
}

bool bench_arrivals_are_over(struct bench_arrivals *arrivals)
{
    uint64_t now_ns = bench_wall_ns();

    if (arrivals->got != arrivals->seen) {
        arrivals->seen = arrivals->got;
        arrivals->seen_ns = now_ns;
    }
    return now_ns > arrivals->end_ns ||
           (arrivals->seen != 0 && now_ns - arrivals->seen_ns > PAUSE_NS);
}

void bench_arrivals_say(const struct bench_arrivals *arrivals)
{
    double n = (double)arrivals->sampled - 1;

    bench_say("got", (double)arrivals->got, "");
    if (n < 1)
        return;
    bench_say("rate",
              n * 1e9 /
                  (double)(arrivals->last_wall_ns - arrivals->first_wall_ns),
              "/s");
    bench_say("cpu",
              (double)(arrivals->last_cpu_ns - arrivals->first_cpu_ns) / n /
                  1e3,
              "us");
}

/* ---- sockets ----------------------------------------------------------- */

struct sockaddr_in bench_address(uint32_t host, long port)
{
    struct sockaddr_in address = {.sin_family = AF_INET};

    address.sin_addr.s_addr = htonl(host);
    address.sin_port = htons((in_port_t)port);
    return address;
}

/* 127.0.1.1 to 127.0.1.250, 127.0.2.1 ... */
uint32_t bench_agent_host(long i, long n)
{
    if (n == 1)
        return INADDR_LOOPBACK;
    return UINT32_C(0x7f000000) | (uint32_t)(1 + i / 250) << 8 |
           (uint32_t)(1 + i % 250);
}

/* FORCE goes beyond what an administrator allows, for root only. */
static void set_buffer(int fd, int force, int option, int bytes)
{
    if (setsockopt(fd, SOL_SOCKET, force, &bytes, sizeof(bytes)) != 0)
        (void)setsockopt(fd, SOL_SOCKET, option, &bytes, sizeof(bytes));
}

void bench_set_buffers(int fd, int bytes)
{
    set_buffer(fd, SO_RCVBUFFORCE, SO_RCVBUF, bytes);
    set_buffer(fd, SO_SNDBUFFORCE, SO_SNDBUF, bytes);
}

int bench_socket(uint32_t host, long port, int buffer_bytes)
{
    struct sockaddr_in address = bench_address(host, port);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
        bench_die("a UDP socket");
    if (buffer_bytes > 0)
        bench_set_buffers(fd, buffer_bytes);
    return fd;
}

int bench_black_hole(long *ret_port)
{
    int fd = bench_socket(INADDR_LOOPBACK, 0, 0);

    *ret_port = bench_port(fd);
    return fd;
}

long bench_port(int fd)
{
    struct sockaddr_in address;
    socklen_t size = sizeof(address);

    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        bench_die("getsockname");
    return ntohs(address.sin_port);
}

unsigned bench_drops(int fd)
{
    uint32_t info[MEMINFO_MAX] = {0};
    socklen_t size = sizeof(info);

    if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info, &size) != 0)
        return 0;
    return info[MEMINFO_DROPS];
}
