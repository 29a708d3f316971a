/*
 * idle.c - how often the library wakes up while there is nothing to do: with
 * a session of each kind, a registration, and a cancelled request behind it.
 *
 * It counts, for ms, how often threads other than the main one went to sleep.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common.h"
#include "our.h"

#include <winsnmp_posix.h>

#define SETTLE_MS 300

static long sleeps_of(const char *thread)
{
    char path[300], line[256];
    long n = 0, found;
    FILE *file;

    snprintf(path, sizeof(path), "/proc/self/task/%s/status", thread);
    file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL)
        if (sscanf(line, "voluntary_ctxt_switches: %ld", &found) == 1 ||
            sscanf(line, "nonvoluntary_ctxt_switches: %ld", &found) == 1)
            n += found;
    if (file != NULL)
        fclose(file);
    return n;
}

static long sleeps(void)
{
    DIR *folder = opendir("/proc/self/task");
    struct dirent *entry;
    long n = 0;

    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (atol(entry->d_name) > 0 && atol(entry->d_name) != getpid())
            n += sleeps_of(entry->d_name);
    if (folder != NULL)
        closedir(folder);
    return n;
}

static void rest(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};

    nanosleep(&t, NULL);
}

/* A request that is cancelled leaves no time-out behind. */
static void ask_and_cancel(HSNMP_SESSION session)
{
    smiUINT32 ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
    smiOID name = {9, ids};
    long hole;
    HSNMP_PDU pdu;

    (void)bench_black_hole(&hole);
    pdu = SnmpCreatePdu(session, SNMP_PDU_GET, 1, 0, 0,
                        SnmpCreateVbl(session, &name, NULL));
    if (!SnmpSendMsg(session, NULL, our_agent(session, INADDR_LOOPBACK, hole),
                     our_community(session), pdu) ||
        !SnmpCancelMsg(session, 1))
        our_die("SnmpCancelMsg");
}

int main(int argc, char **argv)
{
    long ms = 2000, before;
    const struct bench_option options[] = {{"ms", &ms, NULL}};
    HSNMP_SESSION session;

    (void)argc;
    bench_options(argv, options, sizeof(options) / sizeof(options[0]));
    our_start();
    SnmpPosixSetTrapPort(0);
    session = our_session(our_on_nothing, NULL);
    if (!SnmpOpen(our_window(), WM_APP) ||
        !SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON))
        our_die("SnmpOpen");
    ask_and_cancel(session);
    rest(SETTLE_MS);
    before = sleeps();
    rest(ms);
    bench_say("wakes", (double)(sleeps() - before) * 1e3 / (double)ms, "/s");
    SnmpCleanup();
    return 0;
}
