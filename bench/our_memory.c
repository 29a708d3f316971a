/*
 * our_memory.c - the memory that this library needs for a session and for an
 * outstanding request, and the time that opening and closing a session takes.
 */
#define _GNU_SOURCE
#include <malloc.h>

#include "common.h"
#include "our.h"

#define SESSIONS_MAX 10000

static long sessions = 100, requests = 10000, varbinds = 1;
static HSNMP_SESSION opened[SESSIONS_MAX];

static double heap(void)
{
    struct mallinfo2 info = mallinfo2();

    return (double)(info.uordblks + info.hblkhd);
}

static void ask(HSNMP_SESSION session, HSNMP_ENTITY agent,
                HSNMP_CONTEXT community)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 2, 2, 1, 10, 0};
    smiOID name = {11, ids};
    HSNMP_VBL list = SnmpCreateVbl(session, NULL, NULL);
    HSNMP_PDU pdu;

    for (long i = 1; i <= varbinds; i++) {
        ids[10] = (smiUINT32)i;
        SnmpSetVb(list, 0, &name, NULL);
    }
    pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, list);
    if (!SnmpSendMsg(session, NULL, agent, community, pdu))
        our_die("SnmpSendMsg");
    SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
}

/* With as many open as asked for; the first one, not counted, starts what
 * there is once in a process. */
static void measure_opening(void)
{
    HSNMP_SESSION first = our_session(our_on_nothing, NULL);
    uint64_t start_ns = bench_cpu_ns();
    double before = heap();

    for (long i = 0; i < sessions; i++)
        opened[i] = our_session(our_on_nothing, NULL);
    bench_say("session", (heap() - before) / (double)sessions, "B");
    bench_say_process();
    for (long i = 0; i < sessions; i++)
        SnmpClose(opened[i]);
    bench_say("open_close",
              (double)(bench_cpu_ns() - start_ns) / (double)sessions, "ns");
    SnmpClose(first);
}

static void measure_requests(long port)
{
    HSNMP_SESSION session = our_session(our_on_nothing, NULL);
    HSNMP_ENTITY agent = our_agent(session, INADDR_LOOPBACK, port);
    HSNMP_CONTEXT community = our_community(session);
    double before;

    ask(session, agent, community);
    before = heap();
    for (long i = 0; i < requests; i++)
        ask(session, agent, community);
    bench_say("request", (heap() - before) / (double)requests, "B");
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {{"sessions", &sessions, NULL},
                                           {"requests", &requests, NULL},
                                           {"varbinds", &varbinds, NULL}};
    long hole;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    if (sessions < 1 || sessions > SESSIONS_MAX || requests < 1)
        bench_die("too many");
    (void)bench_black_hole(&hole);
    our_start();
    measure_opening();
    measure_requests(hole);
    SnmpCleanup();
    return 0;
}
