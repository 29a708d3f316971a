/*
 * responder.c - an agent that answers as fast as loopback allows.
 *
 * It says "port N" when it is ready.  agents=1: it answers at 127.0.0.1 only;
 * else at every address of the loopback network, from the address asked.  A
 * GET becomes its answer where it stands.  rows=N: there is also a table to
 * walk with GETBULK.  It ends after ms, or on a signal.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "common.h"
#include "wire.h"

#define BATCH 64

static long ms = BENCH_MAX_MS, agents = 1, rows;

static struct {
    unsigned char bytes[WIRE_MAX];
    char control[CMSG_SPACE(sizeof(struct in_pktinfo))];
    struct sockaddr_in peer;
    struct iovec part;
} slots[BATCH];
static struct mmsghdr received[BATCH], answers[BATCH];

static int open_socket(void)
{
    int fd = bench_socket(agents > 1 ? INADDR_ANY : INADDR_LOOPBACK, 0,
                          BENCH_BUFFER_BYTES);
    struct timeval patience = {0, 100000};
    int on = 1;

    /* Nobody outside is to be answered; see is_local() as well. */
    (void)setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
    if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) ||
        (agents > 1 &&
         setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof(on)) != 0))
        bench_die("setsockopt");
    return fd;
}

static void prepare(int i)
{
    struct msghdr *head = &received[i].msg_hdr;

    slots[i].part.iov_base = slots[i].bytes;
    slots[i].part.iov_len = WIRE_MAX - WIRE_GROWTH;
    *head = (struct msghdr){.msg_name = &slots[i].peer,
                            .msg_namelen = sizeof(slots[i].peer),
                            .msg_iov = &slots[i].part,
                            .msg_iovlen = 1};
    if (agents > 1) {
        head->msg_control = slots[i].control;
        head->msg_controllen = sizeof(slots[i].control);
    }
}

/* The request's address becomes the answer's source. */
static bool is_local(struct msghdr *head)
{
    struct cmsghdr *part = CMSG_FIRSTHDR(head);
    struct in_pktinfo info;

    if (agents == 1)
        return true;
    if (part == NULL || part->cmsg_type != IP_PKTINFO)
        return false;
    memcpy(&info, CMSG_DATA(part), sizeof(info));
    info.ipi_ifindex = 0;
    info.ipi_spec_dst = info.ipi_addr;
    memcpy(CMSG_DATA(part), &info, sizeof(info));
    return ntohl(info.ipi_addr.s_addr) >> 24 == 127;
}

static size_t answer_bulk(unsigned char *bytes, size_t len)
{
    static struct wire_message ask;

    if (!wire_read(bytes, len, &ask) || ask.type != WIRE_GETBULK ||
        ask.n_varbinds != 1 || ask.second < 1)
        return 0;
    return wire_rows(bytes, ask.request_id, wire_row(&ask.varbinds[0]),
                     (unsigned)ask.second, (uint32_t)rows);
}

static size_t answer(unsigned char *bytes, size_t len)
{
    static uint32_t counter;
    size_t answer_len = rows > 0 ? answer_bulk(bytes, len) : 0;

    return answer_len > 0 ? answer_len : wire_answer(bytes, len, counter++);
}

static int answer_all(int n)
{
    int n_answers = 0;

    for (int i = 0; i < n; i++) {
        struct msghdr *head = &received[i].msg_hdr;
        size_t len = 0;

        if (is_local(head))
            len = answer(slots[i].bytes, received[i].msg_len);
        if (len == 0)
            continue;
        slots[i].part.iov_len = len;
        head->msg_flags = 0;
        answers[n_answers++].msg_hdr = *head;
    }
    return n_answers;
}

static void send_all(int fd, int n)
{
    for (int sent = 0; sent < n;) {
        int r = sendmmsg(fd, answers + sent, (unsigned)(n - sent), 0);

        if (r < 0 && errno != EINTR)
            return;
        sent += r > 0 ? r : 0;
    }
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {
        {"ms", &ms, NULL}, {"agents", &agents, NULL}, {"rows", &rows, NULL}};
    uint64_t end_ns;
    int fd;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    fd = open_socket();
    end_ns = bench_wall_ns() + (uint64_t)ms * 1000000u;
    bench_say("port", (double)bench_port(fd), "");
    while (bench_wall_ns() < end_ns) {
        for (int i = 0; i < BATCH; i++)
            prepare(i);
        send_all(fd, answer_all(
                         recvmmsg(fd, received, BATCH, MSG_WAITFORONE, NULL)));
    }
    return 0;
}
