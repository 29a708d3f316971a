/*
 * netsnmp_memory.c - the memory that Net-SNMP needs for a session and for an
 * outstanding request, and the time that opening and closing a session takes.
 */
#define _GNU_SOURCE
#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "common.h"
#include "netsnmp.h"

#define SESSIONS_MAX 10000

static long sessions = 100, requests = 10000, varbinds = 1;
static void *opened[SESSIONS_MAX];

static const oid column[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 10, 0};

static double heap(void)
{
    struct mallinfo2 info = mallinfo2();

    return (double)(info.uordblks + info.hblkhd);
}

static int on_nothing(int operation, netsnmp_session *session, int request_id,
                      netsnmp_pdu *pdu, void *data)
{
    (void)operation, (void)session, (void)request_id, (void)pdu, (void)data;
    return 1;
}

static void ask(void *session)
{
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GET);
    oid name[OID_LENGTH(column)];

    memcpy(name, column, sizeof(column));
    for (long i = 1; i <= varbinds; i++) {
        name[OID_LENGTH(column) - 1] = (oid)i;
        snmp_add_null_var(pdu, name, OID_LENGTH(column));
    }
    if (!snmp_sess_async_send(session, pdu, on_nothing, NULL))
        bench_die("snmp_sess_async_send");
}

/* With as many open as asked for. */
static void measure_opening(netsnmp_session *description)
{
    uint64_t start_ns = bench_cpu_ns();
    double before = heap();

    for (long i = 0; i < sessions; i++) {
        opened[i] = snmp_sess_open(description);
        if (opened[i] == NULL)
            bench_die("snmp_sess_open");
    }
    bench_say("session", (heap() - before) / (double)sessions, "B");
    bench_say_process();
    for (long i = 0; i < sessions; i++)
        snmp_sess_close(opened[i]);
    bench_say("open_close",
              (double)(bench_cpu_ns() - start_ns) / (double)sessions, "ns");
}

static void measure_requests(netsnmp_session *description)
{
    void *session = snmp_sess_open(description);
    double before;

    if (session == NULL)
        bench_die("snmp_sess_open");
    ask(session);
    before = heap();
    for (long i = 0; i < requests; i++)
        ask(session);
    bench_say("request", (heap() - before) / (double)requests, "B");
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"sessions", &sessions, NULL},
                                           {"requests", &requests, NULL},
                                           {"varbinds", &varbinds, NULL}};
    netsnmp_session description;
    char peer[64];
    long hole;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    if (sessions < 1 || sessions > SESSIONS_MAX || requests < 1)
        bench_die("too many");
    netsnmp_start("netsnmp_memory");
    (void)bench_black_hole(&hole);
    snprintf(peer, sizeof(peer), "udp:127.0.0.1:%ld", hole);
    description = netsnmp_describe(peer);
    description.timeout = BENCH_MAX_MS * 1000L;
    measure_opening(&description);
    measure_requests(&description);
    return 0;
}
