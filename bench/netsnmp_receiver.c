/*
 * netsnmp_receiver.c - Net-SNMP's library as a receiver of traps.
 *
 * mode=select is the loop of its manual, mode=drain the library at its best;
 * buffer=0 leaves its own.  It says "port N" when it is ready, and ends when
 * the sender does.
 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/epoll.h>

#include "common.h"
#include "netsnmp.h"

#define TURN_US 50000
#define TURNS 64 /* between two looks at the clock */

static struct bench_arrivals arrivals;
static netsnmp_large_fd_set set;
static unsigned long n_wrong;

static int on_trap(int operation, netsnmp_session *session, int request_id,
                   netsnmp_pdu *pdu, void *data)
{
    (void)session, (void)request_id, (void)data;
    if (operation != NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE)
        return 1;
    if (pdu->command != SNMP_MSG_TRAP2 || pdu->variables == NULL)
        n_wrong++;
    bench_arrivals_note(&arrivals);
    return 1;
}

static netsnmp_session *listen_on(netsnmp_transport *transport)
{
    netsnmp_session description, *session;

    snmp_sess_init(&description);
    description.version = SNMP_DEFAULT_VERSION;
    description.callback = on_trap;
    description.isAuthoritative = SNMP_SESS_UNKNOWNAUTH;
    session = snmp_add(&description, transport, NULL, NULL);
    if (session == NULL)
        bench_die("snmp_add");
    return session;
}

static void run_select(void)
{
    while (!bench_arrivals_are_over(&arrivals)) {
        for (int i = 0; i < TURNS; i++) {
            unsigned long before = arrivals.got;

            netsnmp_select(&set, TURN_US);
            if (arrivals.got == before)
                break;
        }
    }
}

static void run_drain(void *session, int fd)
{
    struct epoll_event event = {.events = EPOLLIN};
    int poller = epoll_create1(0);

    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    while (!bench_arrivals_are_over(&arrivals))
        for (int i = 0; i < TURNS; i++) {
            if (epoll_wait(poller, &event, 1, TURN_US / 1000) <= 0)
                break;
            netsnmp_drain(session, fd, &set);
        }
}

int main(int argc, char **argv)
{
    long ms = 10000, buffer = BENCH_BUFFER_BYTES;
    const char *mode = "drain";
    const struct bench_option options[] = {
        {"ms", &ms, NULL}, {"buffer", &buffer, NULL}, {"mode", NULL, &mode}};
    netsnmp_transport *transport;
    netsnmp_session *session;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    netsnmp_start("netsnmp_receiver");
    transport = netsnmp_transport_open_server("bench", "udp:127.0.0.1:0");
    if (transport == NULL)
        bench_die("netsnmp_transport_open_server");
    if (buffer > 0)
        bench_set_buffers(transport->sock, (int)buffer);
    session = listen_on(transport);
    netsnmp_large_fd_set_init(&set, 1024);
    bench_say("port", (double)bench_port(transport->sock), "");
    bench_arrivals_start(&arrivals, ms);
    if (strcmp(mode, "select") == 0)
        run_select();
    else
        run_drain(snmp_sess_pointer(session), transport->sock);
    bench_arrivals_say(&arrivals);
    bench_say("wrong", (double)n_wrong, "");
    bench_say("drops", bench_drops(transport->sock), "");
    bench_say_process();
    return 0;
}
