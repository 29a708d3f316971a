/*
 * trapgun.c - sends numbered traps of six variables to port: rate=0 as fast
 * as it can, many at once by the kernel's segmentation where segments=1.
 *
 * It ends after ms, or after count traps if that is not 0.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/udp.h>
#include <string.h>
#include <sys/socket.h>

#include "common.h"
#include "wire.h"

#define BATCH 40
#define TRAP_MAX 256

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

static long port, rate, ms = 1000, count, segments;
static unsigned char bytes[BATCH * TRAP_MAX];
static size_t trap_len;
static struct iovec parts[BATCH];
static struct mmsghdr messages[BATCH];
static unsigned long n_sent;

static void prepare(struct sockaddr_in *to)
{
    unsigned char first[TRAP_MAX];

    trap_len = wire_trap(first, 0);
    for (unsigned i = 0; i < BATCH; i++) {
        unsigned char *at = bytes + i * trap_len;

        memcpy(at, first, trap_len);
        parts[i] = (struct iovec){at, trap_len};
        messages[i].msg_hdr = (struct msghdr){.msg_name = to,
                                              .msg_namelen = sizeof(*to),
                                              .msg_iov = &parts[i],
                                              .msg_iovlen = 1};
    }
}

/* Sends n traps or fewer; how many. */
static unsigned send_some(int fd, unsigned n)
{
    int sent;

    for (unsigned i = 0; i < n; i++)
        wire_trap_number(bytes + i * trap_len, trap_len, (uint32_t)n_sent + i);
    if (segments == 0) {
        sent = sendmmsg(fd, messages, n, 0);
        return sent > 0 ? (unsigned)sent : 0;
    }
    parts[0].iov_len = n * trap_len;
    return sendmsg(fd, &messages[0].msg_hdr, 0) > 0 ? n : 0;
}

/* How many are to be sent now. */
static unsigned due(uint64_t ran_ns)
{
    unsigned long n = BATCH;

    if (rate > 0) {
        unsigned long until_now =
            (unsigned long)((double)ran_ns * (double)rate / 1e9);

        n = until_now > n_sent ? until_now - n_sent : 0;
    }
    if (count > 0 && n > (unsigned long)count - n_sent)
        n = (unsigned long)count - n_sent;
    return n > BATCH ? BATCH : (unsigned)n;
}

static uint64_t run(int fd)
{
    uint64_t start_ns = bench_wall_ns(), ran_ns = 0;

    while (ran_ns < (uint64_t)ms * 1000000u &&
           (count == 0 || n_sent < (unsigned long)count)) {
        unsigned n = due(ran_ns);

        if (n > 0)
            n_sent += send_some(fd, n);
        ran_ns = bench_wall_ns() - start_ns;
    }
    return ran_ns;
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"port", &port, NULL},
                                           {"rate", &rate, NULL},
                                           {"ms", &ms, NULL},
                                           {"count", &count, NULL},
                                           {"segments", &segments, NULL}};
    struct sockaddr_in to;
    int fd, segment;
    uint64_t ran_ns;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    fd = bench_socket(INADDR_LOOPBACK, 0, BENCH_BUFFER_BYTES);
    to = bench_address(INADDR_LOOPBACK, port);
    prepare(&to);
    segment = (int)trap_len;
    if (segments != 0 &&
        setsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof(segment)))
        bench_die("UDP_SEGMENT");
    ran_ns = run(fd);
    bench_say("sent", (double)n_sent, "");
    bench_say("rate", (double)n_sent * 1e9 / (double)ran_ns, "/s");
    return 0;
}
