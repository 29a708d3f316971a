/*
 * netsnmp_manager.c - Net-SNMP's library as a manager: GETs to port with
 * window of them outstanding, a session for each of agents.
 *
 * mode=select is the loop of its manual, mode=drain the library at its best.
 * dead=N: N more requests wait for an agent that never answers.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>

#include "common.h"
#include "netsnmp.h"

#define AGENTS_MAX 4096
#define EVENTS_MAX 64
#define TURN_US 50000
#define SWEEP_NS 100000000u /* between two looks for time-outs */

static long port, window = 16, ms = 1000, agents = 1, dead;
static const char *mode = "drain";
static bool is_select;
static void *sessions[AGENTS_MAX]; /* netsnmp_session if is_select */
static int fds[AGENTS_MAX];
static netsnmp_large_fd_set set;
static struct bench_meter meter;
static bool goes_on = true;

static const oid up_time[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};

static netsnmp_pdu *make_get(void)
{
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GET);

    snmp_add_null_var(pdu, up_time, OID_LENGTH(up_time));
    return pdu;
}

static void *open_session(netsnmp_session *description)
{
    void *session = is_select ? (void *)snmp_open(description)
                              : snmp_sess_open(description);

    if (session == NULL)
        bench_die("snmp_open");
    return session;
}

static void ask(void *session, netsnmp_callback callback)
{
    netsnmp_pdu *pdu = make_get();

    if (!(is_select ? snmp_async_send(session, pdu, callback, NULL)
                    : snmp_sess_async_send(session, pdu, callback, NULL)))
        bench_die("snmp_send");
}

static int on_answer(int operation, netsnmp_session *session, int request_id,
                     netsnmp_pdu *pdu, void *data)
{
    static long next;

    (void)session, (void)request_id, (void)data;
    if (operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE &&
        pdu->variables != NULL && pdu->variables->type == ASN_COUNTER)
        goes_on = bench_meter_tick(&meter) && goes_on;
    if (goes_on)
        ask(sessions[next++ % agents], on_answer);
    return 1;
}

static int on_nothing(int operation, netsnmp_session *session, int request_id,
                      netsnmp_pdu *pdu, void *data)
{
    (void)operation, (void)session, (void)request_id, (void)pdu, (void)data;
    return 1;
}

static int fd_of(void *session)
{
    return is_select ? snmp_sess_transport(snmp_sess_pointer(session))->sock
                     : snmp_sess_transport(session)->sock;
}

static void open_sessions(int poller)
{
    for (long i = 0; i < agents; i++) {
        uint32_t host = bench_agent_host(i, agents);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        netsnmp_session description;
        char peer[64];

        snprintf(peer, sizeof(peer), "udp:127.%u.%u.%u:%ld", host >> 16 & 255,
                 host >> 8 & 255, host & 255, port);
        description = netsnmp_describe(peer);
        description.timeout = 5000000;
        sessions[i] = open_session(&description);
        fds[i] = fd_of(sessions[i]);
        if (agents == 1)
            bench_set_buffers(fds[i], BENCH_BUFFER_BYTES);
        if (!is_select)
            epoll_ctl(poller, EPOLL_CTL_ADD, fds[i], &event);
    }
}

static void send_dead(void)
{
    netsnmp_session description;
    char peer[64];
    void *session;
    long hole;

    (void)bench_black_hole(&hole);
    snprintf(peer, sizeof(peer), "udp:127.0.0.1:%ld", hole);
    description = netsnmp_describe(peer);
    description.timeout = BENCH_MAX_MS * 1000L;
    session = open_session(&description);
    for (long i = 0; i < dead; i++)
        ask(session, on_nothing);
}

static void turn(int poller)
{
    static uint64_t sweep_ns;
    struct epoll_event events[EVENTS_MAX];
    int n;

    if (is_select) {
        netsnmp_select(&set, TURN_US);
        return;
    }
    n = epoll_wait(poller, events, EVENTS_MAX, TURN_US / 1000);
    for (int i = 0; i < n; i++)
        netsnmp_drain(sessions[events[i].data.u32], fds[events[i].data.u32],
                      &set);
    if (bench_wall_ns() < sweep_ns)
        return;
    for (long i = 0; i < agents; i++)
        snmp_sess_timeout(sessions[i]);
    sweep_ns = bench_wall_ns() + SWEEP_NS;
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {
        {"port", &port, NULL}, {"window", &window, NULL},
        {"ms", &ms, NULL},     {"agents", &agents, NULL},
        {"dead", &dead, NULL}, {"mode", NULL, &mode}};
    int poller = epoll_create1(0);

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    if (agents < 1 || agents > AGENTS_MAX)
        bench_die("too many");
    is_select = strcmp(mode, "select") == 0;
    netsnmp_start("netsnmp_manager");
    open_sessions(poller);
    /* Not larger than it must be, for it is cleared in each turn. */
    netsnmp_large_fd_set_init(&set, agents < 900 ? 1024 : (int)agents + 100);
    send_dead();
    bench_meter_start(&meter, ms);
    for (long i = 0; i < window; i++)
        ask(sessions[i % agents], on_answer);
    while (goes_on)
        turn(poller);
    bench_meter_say(&meter);
    bench_say_process();
    return 0;
}
