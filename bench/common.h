/*
 * common.h - what the programs of the bench share: options, the clock, the
 * two kinds of run, and how they say what they measured.
 *
 * Every program takes its options as NAME=VALUE, says each result on a line
 * of its own as "NAME VALUE UNIT", and ends by itself.
 */
#ifndef WSN_BENCH_COMMON_H
#define WSN_BENCH_COMMON_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nothing runs longer. */
#define BENCH_MAX_MS 300000

/* Asked of the kernel where a program is to do its best. */
#define BENCH_BUFFER_BYTES (8 << 20)

/* One of number and text is NULL; what they point to holds the default. */
struct bench_option {
    const char *name;
    long *number;
    const char **text;
};

/* Ends the program with a message; what went wrong is in errno, perhaps. */
void bench_die(const char *what);

/* Reads the options and sets the alarm that ends a program that hangs. */
void bench_options(char **argv, const struct bench_option *options, size_t n);

uint64_t bench_wall_ns(void);
uint64_t bench_cpu_ns(void); /* of all threads */

void bench_say(const char *name, double value, const char *unit);

/* Says the greatest memory the process had, and how many descriptors it has
 * opened since it read its options. */
void bench_say_process(void);

/* ---- a run of a set time: requests answered --------------------------- */

struct bench_meter {
    uint64_t warm_ns, end_ns; /* when it begins to count, when it ends */
    unsigned long done;
    unsigned long done_before; /* what follows was so when it began */
    uint64_t wall_ns, cpu_ns;
    unsigned long counted; /* these are results */
    uint64_t ran_ns, used_ns;
};

/* A tenth of ms is for warming up. */
void bench_meter_start(struct bench_meter *meter, long ms);

/* One more is done; true while the run goes on. */
bool bench_meter_tick(struct bench_meter *meter);

/* Says "rate" and "cpu", and "done", all that was done. */
void bench_meter_say(const struct bench_meter *meter);

/* ---- a run that the sender ends: notifications received --------------- */

struct bench_arrivals {
    unsigned long got;
    unsigned long sampled; /* as many were there when the clock was read */
    uint64_t first_wall_ns, first_cpu_ns, last_wall_ns, last_cpu_ns;
    unsigned long seen; /* for the pause at the end */
    uint64_t seen_ns, end_ns;
};

void bench_arrivals_start(struct bench_arrivals *arrivals, long ms);

/* One more has arrived. */
void bench_arrivals_note(struct bench_arrivals *arrivals);

/* Has the sender stopped, or has the time passed?  Ask some times a second. */
bool bench_arrivals_are_over(struct bench_arrivals *arrivals);

/* Says "got", "rate" and "cpu". */
void bench_arrivals_say(const struct bench_arrivals *arrivals);

/* ---- sockets ----------------------------------------------------------- */

struct sockaddr_in bench_address(uint32_t host, long port);

/* The loopback address of agent number i of n: each its own if n > 1. */
uint32_t bench_agent_host(long i, long n);

/* A bound UDP socket; buffer_bytes 0 is the kernel's default. */
int bench_socket(uint32_t host, long port, int buffer_bytes);
void bench_set_buffers(int fd, int bytes);

/* A socket that nobody reads, and its port. */
int bench_black_hole(long *ret_port);

long bench_port(int fd);

/* The datagrams that the kernel dropped for lack of room. */
unsigned bench_drops(int fd);

#endif
