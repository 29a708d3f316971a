/*
 * our_manager.c - this library as a manager: GETs to port with window of them
 * outstanding, a session for each of agents.
 *
 * mode=callback: the callback receives and asks again; mode=window: so does
 * the main thread, told by window messages; mode=event: so does the main
 * thread, told by the callback through an event.  dead=N: N more requests
 * wait for an agent that never answers.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "common.h"
#include "our.h"

#include <winsnmp_posix.h>

#define AGENTS_MAX 10000

static long port, window = 16, ms = 1000, agents = 1, dead;
static const char *mode = "callback";
static struct bench_meter meter;
static HANDLE event; /* mode=event: an answer is there; else: the end */

static struct peer {
    HSNMP_SESSION session;
    HSNMP_ENTITY agent;
    HSNMP_CONTEXT community;
} peers[AGENTS_MAX];

static void ask(const struct peer *peer)
{
    static smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    static const smiOID up_time = {9, ids};
    HSNMP_VBL list = SnmpCreateVbl(peer->session, &up_time, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(peer->session, SNMP_PDU_GET, 0, 0, 0, list);

    if (!SnmpSendMsg(peer->session, NULL, peer->agent, peer->community, pdu))
        our_die("SnmpSendMsg");
    SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
}

/* Reads an answer and asks the next agent; true while the run goes on. */
static bool go_on(HSNMP_SESSION session)
{
    static long next;

    if (our_receive(session) != 1)
        our_die("an answer");
    if (!bench_meter_tick(&meter))
        return false;
    ask(&peers[next++ % agents]);
    return true;
}

static SNMPAPI_STATUS CALLBACK on_answer(HSNMP_SESSION session, HWND hwnd,
                                         UINT message, WPARAM wparam,
                                         LPARAM lparam, LPVOID data)
{
    (void)hwnd, (void)message, (void)wparam, (void)lparam, (void)data;
    /* What still comes at the end finds the library being cleaned up. */
    if (meter.ran_ns == 0 && !go_on(session))
        SetEvent(event);
    return SNMPAPI_SUCCESS;
}

static SNMPAPI_STATUS CALLBACK on_signal(HSNMP_SESSION session, HWND hwnd,
                                         UINT message, WPARAM wparam,
                                         LPARAM lparam, LPVOID data)
{
    (void)session, (void)hwnd, (void)message, (void)wparam, (void)lparam;
    (void)data;
    SetEvent(event);
    return SNMPAPI_SUCCESS;
}

/* ---- the ways to wait -------------------------------------------------- */

static void run_callback(void)
{
    WaitForSingleObject(event, INFINITE);
}

/* The number of the message says which session. */
static void run_window(void)
{
    MSG message;

    while (GetMessage(&message, NULL, 0, 0) > 0)
        if (message.message >= WM_APP &&
            !go_on(peers[message.message - WM_APP].session))
            return;
}

/* One session; the event may stand for several answers. */
static void run_event(void)
{
    HSNMP_SESSION session = peers[0].session;

    do
        WaitForSingleObject(event, INFINITE);
    while (go_on(session));
}

static const struct way {
    const char *name;
    SNMPAPI_CALLBACK callback;
    void (*run)(void);
} ways[] = {{"callback", on_answer, run_callback},
            {"window", NULL, run_window},
            {"event", on_signal, run_event}};

static const struct way *chosen(void)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        if (strcmp(mode, ways[i].name) == 0)
            return &ways[i];
    bench_die("no such mode");
    return NULL;
}

/* ---- the run ----------------------------------------------------------- */

static void open_sessions(const struct way *way)
{
    HWND hwnd = way->callback == NULL ? our_window() : NULL;

    for (long i = 0; i < agents; i++) {
        struct peer *peer = &peers[i];

        peer->session = hwnd ? SnmpOpen(hwnd, (UINT)(WM_APP + i))
                             : our_session(way->callback, NULL);
        peer->agent =
            our_agent(peer->session, bench_agent_host(i, agents), port);
        peer->community = our_community(peer->session);
    }
}

static void send_dead(void)
{
    struct peer peer = peers[0];
    long hole;

    (void)bench_black_hole(&hole);
    peer.agent = our_agent(peer.session, INADDR_LOOPBACK, hole);
    for (long i = 0; i < dead; i++)
        ask(&peer);
}

/* A request whose answer was dropped is not outstanding any more. */
static void say_drops(void)
{
    SNMPPOSIX_STATS stats;

    SnmpPosixGetStats(&stats, sizeof(stats));
    bench_say("drops", (double)stats.dropKernel, "");
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {
        {"port", &port, NULL}, {"window", &window, NULL},
        {"ms", &ms, NULL},     {"agents", &agents, NULL},
        {"dead", &dead, NULL}, {"mode", NULL, &mode}};
    const struct way *way;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    way = chosen();
    if (agents < 1 || agents > AGENTS_MAX ||
        (way->run == run_event && (window != 1 || agents != 1)))
        bench_die("too many");
    our_start();
    event = CreateEvent(NULL, FALSE, FALSE, NULL);
    open_sessions(way);
    send_dead();
    bench_meter_start(&meter, ms);
    for (long i = 0; i < window; i++)
        ask(&peers[i % agents]);
    way->run();
    bench_meter_say(&meter);
    say_drops();
    bench_say_process();
    SnmpCleanup();
    return 0;
}
