/*
 * trapd.c - winsnmp-trapd: receives SNMP traps and informs and writes them to
 * standard output or to the system's log.
 *
 * The main thread waits and receives.  That something has come it learns from
 * a notification function that sets an event; another thread waits for the
 * signals that end the program.  Informs are answered by the library, which
 * also takes sockets from a service manager.
 */
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <winsnmp.h>
#include <winsnmp_posix.h>

#include "notification.h"
#include "service.h"
#include "tool.h"

#define MAX_FILTERS 32

const char tool_name[] = "winsnmp-trapd";

static const char usage[] =
    "usage: winsnmp-trapd [options]\n"
    "\n"
    "  --port N           listen on UDP port N, 0 for any free one (162)\n"
    "  --oid PREFIX       only traps whose identifier begins so; repeatable\n"
    "  --community NAME   only notifications with this community\n"
    "  --count N          end after N notifications\n"
    "  --json             one JSON object per line; Counter64 and binary\n"
    "                     octets (as hex) are strings\n"
    "  --show-community   show the community, which is a kind of password\n"
    "  --syslog           write to the system's log, not to standard output\n"
    "  --user NAME        become that user when the port is open\n"
    "  --log LEVEL        none, error, warning, info, debug or packets\n"
    "  --version          the version\n"
    "  --help             this text\n"
    "\n"
    "Ends with 0 on SIGTERM and SIGINT.  Sockets that a service manager passes\n"
    "(LISTEN_FDS) are used instead of the port; it is told (NOTIFY_SOCKET) when\n"
    "all is ready.\n";

static struct {
    int port; /* -1: not given */
    const char *oids[MAX_FILTERS];
    int n_oids;
    char *community;
    unsigned count; /* 0: no end */
    struct notification_style style;
    bool to_syslog;
    const char *user;
    const char *log_level;
} options = {.port = -1};

static HSNMP_SESSION session;
static HANDLE arrived; /* events */
static HANDLE stop;
static unsigned shown; /* notifications so far */

/* ---- notifications ------------------------------------------------------ */

/* A line of the system's log each; text ends with a newline. */
static void write_to_syslog(char *text)
{
    char *end;

    for (; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        *end = '\0';
        syslog(LOG_NOTICE, "%s", text);
    }
}

static void show_in_syslog(HSNMP_ENTITY from, HSNMP_CONTEXT community,
                           HSNMP_PDU pdu)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    if (out == NULL)
        tool_die("open_memstream");
    print_notification(out, &options.style, from, community, pdu);
    if (fclose(out) != 0)
        tool_die("fclose");
    write_to_syslog(text);
    free(text);
}

static void show(HSNMP_ENTITY from, HSNMP_CONTEXT community, HSNMP_PDU pdu)
{
    if (options.to_syslog) {
        show_in_syslog(from, community, pdu);
        return;
    }
    print_notification(stdout, &options.style, from, community, pdu);
    tool_flush();
}

/* Takes and shows everything that has come.  False: --count is reached. */
static bool receive_all(void)
{
    HSNMP_ENTITY from;
    HSNMP_ENTITY to;
    HSNMP_CONTEXT community;
    HSNMP_PDU pdu;

    while (SnmpRecvMsg(session, &from, &to, &community, &pdu) ==
           SNMPAPI_SUCCESS) {
        show(from, community, pdu);
        SnmpFreePdu(pdu);
        SnmpFreeContext(community);
        SnmpFreeEntity(to);
        SnmpFreeEntity(from);
        shown++;
        if (shown == options.count)
            return false;
    }
    return true;
}

/* Runs on a thread of the library: it only wakes the main thread. */
static SNMPAPI_STATUS CALLBACK on_arrival(HSNMP_SESSION of, HWND window,
                                          UINT message, WPARAM event,
                                          LPARAM request_id, LPVOID data)
{
    (void)of, (void)window, (void)message;
    (void)event, (void)request_id, (void)data;
    SetEvent(arrived);
    return SNMPAPI_SUCCESS;
}

static void run(void)
{
    HANDLE events[] = {stop, arrived};

    while (WaitForMultipleObjects(2, events, FALSE, INFINITE) ==
               WAIT_OBJECT_0 + 1 &&
           receive_all())
        continue;
}

/* ---- signals ------------------------------------------------------------ */

static sigset_t signals;

/* A thread that waits for signals may do what a signal handler may not. */
static DWORD WINAPI wait_for_signal(LPVOID unused)
{
    int number;

    (void)unused;
    (void)sigwait(&signals, &number);
    SetEvent(stop);
    return 0;
}

/* Blocked before there is a second thread, the signals are blocked in all. */
static void end_on_signals(void)
{
    stop = CreateEvent(NULL, TRUE, FALSE, NULL);
    arrived = CreateEvent(NULL, FALSE, FALSE, NULL);
    if (stop == NULL || arrived == NULL)
        tool_die("CreateEvent");
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    if (CreateThread(NULL, 0, wait_for_signal, NULL, 0, NULL) == NULL)
        tool_die("CreateThread");
}

/* ---- the port ----------------------------------------------------------- */

static unsigned trap_port(void)
{
    UINT port = 0;

    SnmpPosixGetTrapPort(&port);
    return port;
}

/* SnmpRegister failed: nearly always it is about the port. */
static _Noreturn void die_register(void)
{
    SNMPAPI_STATUS error = SnmpGetLastError(session);
    unsigned port = trap_port();

    if (error == SNMPAPI_TL_IN_USE)
        fprintf(stderr,
                "%s: port %u is in use by another program: "
                "ss -ulpn 'sport = :%u' shows which\n",
                tool_name, port, port);
    else if (error == SNMPAPI_TL_NOT_INITIALIZED && port > 0 && port < 1024)
        fprintf(stderr,
                "%s: port %u needs root, or the capability "
                "cap_net_bind_service, or a socket of systemd\n",
                tool_name, port);
    else
        tool_die("SnmpRegister");
    exit(1);
}

static void subscribe(HSNMP_CONTEXT context, smiLPCOID prefix)
{
    if (SnmpRegister(session, NULL, NULL, context, prefix, SNMPAPI_ON) ==
        SNMPAPI_FAILURE)
        die_register();
}

/* Asks for the notifications; from here on they come. */
static void subscribe_to_all(void)
{
    HSNMP_CONTEXT context = NULL;

    if (options.community != NULL)
        context = tool_context(session, options.community);
    for (int i = 0; i < options.n_oids; i++) {
        smiOID prefix = tool_oid(options.oids[i]);

        subscribe(context, &prefix);
        tool_free_oid(&prefix);
    }
    if (options.n_oids == 0)
        subscribe(context, NULL);
    if (context != NULL)
        SnmpFreeContext(context);
}

/* ---- the command line --------------------------------------------------- */

static const struct option long_options[] = {
    {"port", required_argument, NULL, 'p'},
    {"oid", required_argument, NULL, 'o'},
    {"community", required_argument, NULL, 'c'},
    {"count", required_argument, NULL, 'n'},
    {"json", no_argument, NULL, 'j'},
    {"show-community", no_argument, NULL, 's'},
    {"syslog", no_argument, NULL, 'y'},
    {"user", required_argument, NULL, 'u'},
    {"log", required_argument, NULL, 'l'},
    {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0}};

static void add_filter(const char *prefix)
{
    if (options.n_oids == MAX_FILTERS)
        tool_die_usage("too many filters", prefix);
    options.oids[options.n_oids++] = prefix;
}

static _Noreturn void help(void)
{
    fputs(usage, stdout);
    exit(0);
}

static void set_option(int letter, char *value)
{
    switch (letter) {
    case 'p':
        options.port = (int)tool_number(value, 65535);
        break;
    case 'o':
        add_filter(value);
        break;
    case 'c':
        options.community = value;
        break;
    case 'n':
        options.count = tool_number(value, 1000000000);
        break;
    case 'j':
        options.style.as_json = true;
        break;
    case 's':
        options.style.shows_community = true;
        break;
    case 'y':
        options.to_syslog = true;
        break;
    case 'u':
        options.user = value;
        break;
    case 'l':
        options.log_level = value;
        break;
    case 'V':
        tool_version();
    case 'h':
        help();
    default: /* getopt_long has complained */
        exit(1);
    }
}

static void parse_options(int argc, char **argv)
{
    int letter;

    while ((letter = getopt_long(argc, argv, "h", long_options, NULL)) != -1)
        set_option(letter, optarg);
    if (optind < argc)
        tool_die_usage("this is no option", argv[optind]);
}

static void open_session(void)
{
    if (options.port >= 0 &&
        SnmpPosixSetTrapPort((UINT)options.port) == SNMPAPI_FAILURE)
        tool_die("SnmpPosixSetTrapPort");
    session = SnmpCreateSession(NULL, 0, on_arrival, NULL);
    if (session == SNMPAPI_FAILURE)
        tool_die("SnmpCreateSession");
}

int main(int argc, char **argv)
{
    parse_options(argc, argv);
    end_on_signals();
    if (options.to_syslog)
        openlog(tool_name, LOG_PID, LOG_DAEMON);
    tool_start(options.log_level, SNMPAPI_UNTRANSLATED_V2);
    open_session();
    subscribe_to_all();
    if (options.user != NULL)
        service_become(options.user);
    fprintf(stderr, "%s: listening on UDP port %u\n", tool_name, trap_port());
    service_tell("READY=1");
    run();
    service_tell("STOPPING=1");
    SnmpClose(session);
    SnmpCleanup();
    return 0;
}
