/*
 * our_receiver.c - this library as a receiver of traps: a callback receives
 * each and reads every variable.
 *
 * registrations=N: N - 1 more sorts of traps are wanted that never come.
 * It says "port N" when it is
 * ready, and ends when the sender does.
 */
#define _GNU_SOURCE
#include <stdlib.h>

#include "common.h"
#include "our.h"

#include <winsnmp_posix.h>

#define LOOK_MS 50

static long ms = 10000, registrations = 1;
static struct bench_arrivals arrivals;
static unsigned long n_wrong;

static SNMPAPI_STATUS CALLBACK on_trap(HSNMP_SESSION session, HWND hwnd,
                                       UINT message, WPARAM wparam,
                                       LPARAM lparam, LPVOID data)
{
    (void)hwnd, (void)message, (void)wparam, (void)lparam, (void)data;
    if (our_receive(session) != 6)
        n_wrong++;
    bench_arrivals_note(&arrivals);
    return SNMPAPI_SUCCESS;
}

/* linkDown is wanted, and some that nobody sends. */
static void listen_to_traps(HSNMP_SESSION session)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 3};
    smiOID name = {10, ids};

    if (!SnmpRegister(session, NULL, NULL, NULL, &name, SNMPAPI_ON))
        our_die("SnmpRegister");
    for (long i = 1; i < registrations; i++) {
        ids[9] = (smiUINT32)(1000 + i);
        if (!SnmpRegister(session, NULL, NULL, NULL, &name, SNMPAPI_ON))
            our_die("SnmpRegister");
    }
}

static void say_port(void)
{
    UINT port = 0;

    SnmpPosixGetTrapPort(&port);
    bench_say("port", port, "");
}

/* What was lost in the kernel and here, as the library counts it. */
static void say_losses(void)
{
    SNMPPOSIX_STATS stats;

    SnmpPosixGetStats(&stats, sizeof(stats));
    bench_say("drops", (double)stats.dropKernel, "");
    bench_say("dropped_here",
              (double)(stats.dropQueueFull + stats.dropNoMemory), "");
    bench_say("delivered", (double)stats.trapsDelivered, "");
}

int main(int argc, char **argv)
{
    const struct bench_option options[] = {
        {"ms", &ms, NULL}, {"registrations", &registrations, NULL}};
    HANDLE never;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    our_start();
    never = CreateEvent(NULL, FALSE, FALSE, NULL);
    if (!SnmpPosixSetTrapPort(0))
        our_die("SnmpPosixSetTrapPort");
    listen_to_traps(our_session(on_trap, NULL));
    bench_arrivals_start(&arrivals, ms);
    say_port();
    while (!bench_arrivals_are_over(&arrivals))
        WaitForSingleObject(never, LOOK_MS);
    bench_arrivals_say(&arrivals);
    bench_say("wrong", (double)n_wrong, "");
    say_losses();
    bench_say_process();
    SnmpCleanup();
    return 0;
}
