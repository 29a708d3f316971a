/*
 * raw_manager.c - the limit for a manager: GETs to port with window of them
 * outstanding, by one socket, in batches, with no library.
 *
 * Each answer is read completely and looked up by its request id.  There are
 * no time-outs.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "common.h"
#include "wire.h"

#define BATCH 256
#define AGENTS_MAX 4096
#define TABLE 65536u /* more than are outstanding */
#define FIRST_ID UINT32_C(0x10000000)

static long port, window = 16, ms = 1000, agents = 1;
static int fd;
static struct sockaddr_in addresses[AGENTS_MAX];
static uint32_t outstanding[TABLE];
static struct bench_meter meter;

static struct {
    unsigned char in[WIRE_MAX], out[128];
    struct iovec in_part, out_part;
} slots[BATCH];
static struct mmsghdr received[BATCH], sent[BATCH];

static void prepare(void)
{
    fd = bench_socket(INADDR_LOOPBACK, 0, BENCH_BUFFER_BYTES);
    for (long i = 0; i < agents; i++)
        addresses[i] = bench_address(bench_agent_host(i, agents), port);
    for (int i = 0; i < BATCH; i++) {
        slots[i].in_part = (struct iovec){slots[i].in, WIRE_MAX};
        slots[i].out_part.iov_base = slots[i].out;
        received[i].msg_hdr.msg_iov = &slots[i].in_part;
        sent[i].msg_hdr.msg_iov = &slots[i].out_part;
        received[i].msg_hdr.msg_iovlen = sent[i].msg_hdr.msg_iovlen = 1;
        sent[i].msg_hdr.msg_namelen = sizeof(addresses[0]);
    }
}

static void make_request(int i)
{
    static uint32_t id = FIRST_ID;
    static long agent;

    slots[i].out_part.iov_len = wire_get(slots[i].out, id);
    sent[i].msg_hdr.msg_name = &addresses[agent++ % agents];
    outstanding[id % TABLE] = id;
    id++;
}

static void send_batch(int n)
{
    for (int i = 0; i < n; i++)
        make_request(i);
    for (int done = 0; done < n;) {
        int r = sendmmsg(fd, sent + done, (unsigned)(n - done), 0);

        if (r <= 0)
            bench_die("sendmmsg");
        done += r;
    }
}

static bool is_answer(const unsigned char *bytes, size_t len)
{
    static struct wire_message message;
    uint32_t id;

    if (!wire_read(bytes, len, &message) || message.type != WIRE_RESPONSE)
        return false;
    id = (uint32_t)message.request_id;
    if (outstanding[id % TABLE] != id)
        return false;
    outstanding[id % TABLE] = 0;
    return true;
}

/* As many requests leave as answers came. */
static bool turn(int poller)
{
    struct epoll_event event;
    int n, n_answers = 0;
    bool goes_on = true;

    if (epoll_wait(poller, &event, 1, 100) <= 0)
        return true;
    n = recvmmsg(fd, received, BATCH, MSG_DONTWAIT, NULL);
    for (int i = 0; i < n; i++)
        if (is_answer(slots[i].in, received[i].msg_len)) {
            n_answers++;
            goes_on = bench_meter_tick(&meter) && goes_on;
        }
    send_batch(n_answers);
    return goes_on;
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"port", &port, NULL},
                                           {"window", &window, NULL},
                                           {"ms", &ms, NULL},
                                           {"agents", &agents, NULL}};
    struct epoll_event event = {.events = EPOLLIN};
    int poller = epoll_create1(0);

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    if (agents < 1 || agents > AGENTS_MAX || window > (long)TABLE / 2)
        bench_die("too many");
    prepare();
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    bench_meter_start(&meter, ms);
    for (long left = window; left > 0; left -= BATCH)
        send_batch(left < BATCH ? (int)left : BATCH);
    while (turn(poller))
        ;
    bench_meter_say(&meter);
    bench_say("drops", bench_drops(fd), "");
    bench_say_process();
    return 0;
}
