/*
 * raw_receiver.c - the limit for a receiver of traps: one socket read in
 * batches, each datagram read completely, with no library.
 *
 * It says "port N" when it is ready, and ends when the sender does.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "common.h"
#include "wire.h"

#define BATCH 64

static unsigned char bytes[BATCH][WIRE_MAX];
static struct iovec parts[BATCH];
static struct mmsghdr received[BATCH];
static unsigned long n_wrong;

static void receive(int fd, struct bench_arrivals *arrivals)
{
    static struct wire_message message;
    int n = recvmmsg(fd, received, BATCH, MSG_WAITFORONE, NULL);

    for (int i = 0; i < n; i++) {
        if (!wire_read(bytes[i], received[i].msg_len, &message))
            n_wrong++;
        bench_arrivals_note(arrivals);
    }
}

int main(int argc, char **argv)
{
    long ms = 10000, buffer = BENCH_BUFFER_BYTES;
    const struct bench_option options[] = {{"ms", &ms, NULL},
                                           {"buffer", &buffer, NULL}};
    struct timeval patience = {0, 50000};
    struct bench_arrivals arrivals;
    int fd;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    fd = bench_socket(INADDR_LOOPBACK, 0, (int)buffer);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){bytes[i], WIRE_MAX};
        received[i].msg_hdr.msg_iov = &parts[i];
        received[i].msg_hdr.msg_iovlen = 1;
    }
    bench_say("port", (double)bench_port(fd), "");
    bench_arrivals_start(&arrivals, ms);
    /* A look at the clock for some hundreds of datagrams costs nothing. */
    for (unsigned i = 0; i % 8 != 0 || !bench_arrivals_are_over(&arrivals); i++)
        receive(fd, &arrivals);
    bench_arrivals_say(&arrivals);
    bench_say("wrong", (double)n_wrong, "");
    bench_say("drops", bench_drops(fd), "");
    bench_say_process();
    return 0;
}
