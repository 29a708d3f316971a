/*
 * traplisten.c - shows the SNMP traps and informs that arrive.
 *
 *     cc traplisten.c -o traplisten $(pkg-config --cflags --libs winsnmp)
 *
 *     sudo ./traplisten                      everything, on UDP port 162
 *     ./traplisten --port 1162 --oid 1.3.6.1.6.3.1.1.5 --count 1
 *     ./traplisten --help                    all options
 *
 * Then, in another terminal,
 *
 *     snmptrap -v 2c -c public localhost:1162 4200 1.3.6.1.6.3.1.1.5.3 \
 *         1.3.6.1.2.1.2.2.1.1.2 i 2
 *
 * makes it say:
 *
 *     listening on UDP port 1162
 *
 *     2026-05-01 12:00:00 SNMPv2c trap from 127.0.0.1
 *       trap:   1.3.6.1.6.3.1.1.5.3 (linkDown)
 *       uptime: (4200) 0:00:00:42.00
 *       1.3.6.1.2.1.1.3.0 = Timeticks: (4200) 0:00:00:42.00
 *       1.3.6.1.6.3.1.1.4.1.0 = OID: 1.3.6.1.6.3.1.1.5.3
 *       1.3.6.1.2.1.2.2.1.1.2 = INTEGER: 2
 *
 * The main thread waits and receives.  That something has come it learns from
 * a notification function that sets an event, or with --window from a message
 * to a window that nobody sees.  Informs are answered by the library.
 * It ends with exit code 0 on Ctrl+C, SIGTERM or after --count notifications.
 */
#ifndef _WIN32
#define _POSIX_C_SOURCE 200809L
#endif

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <winsnmp.h>
#ifndef _WIN32
#include <signal.h>
#include <winsnmp_posix.h>
#endif

#define WM_SNMP (WM_USER + 1)
#define MAX_FILTERS 32

static const char usage[] =
    "usage: traplisten [options]\n"
    "\n"
    "  --port N           listen on UDP port N, 0 for any free one (162)\n"
    "  --oid PREFIX       only traps whose identifier begins so; repeatable\n"
    "  --community NAME   only notifications with this community\n"
    "  --count N          end after N notifications\n"
    "  --json             after the first line, one JSON object per line;\n"
    "                     Counter64 and binary octets (as hex) are strings\n"
    "  --show-community   show the community, which is a kind of password\n"
    "  --window           be told by window messages, not by a callback\n"
    "  --help             this text\n"
    "\n"
    "The first line says where it listens: listening on UDP port N\n";

static struct {
    int port; /* -1: not given */
    const char *oids[MAX_FILTERS];
    int oid_count;
    char *community;
    unsigned count; /* 0: no end */
    int json, show_community, window;
} options;

static HSNMP_SESSION session;
static HANDLE arrived, stop; /* events, without --window */
static HWND window;          /* with --window */
static unsigned shown;       /* notifications so far */

/* ---- errors ----------------------------------------------------------- */

/* Says which function failed and ends the program. */
static void die(const char *fn)
{
    unsigned error = (unsigned)SnmpGetLastError(NULL);

    fprintf(stderr, "traplisten: %s failed, error %u\n", fn, error);
    exit(1);
}

/* Says what is wrong with the command line. */
static void die_usage(const char *what, const char *argument)
{
    fprintf(stderr, "traplisten: %s: %s\n%s", what, argument, usage);
    exit(2);
}

/* The port on which notifications are, or would be, received. */
static unsigned trap_port(void)
{
    UINT port = 162;

#ifndef _WIN32
    SnmpPosixGetTrapPort(&port);
#endif
    return port;
}

/* SnmpRegister failed: nearly always it is about the port. */
static void die_register(void)
{
    SNMPAPI_STATUS error = SnmpGetLastError(session);
    unsigned port = trap_port();

    if (error == SNMPAPI_TL_IN_USE)
        fprintf(stderr,
                "traplisten: port %u is in use by another program: "
                "ss -ulpn 'sport = :%u' shows which;\n"
                "stop that one or choose another port with --port\n",
                port, port);
    else if (error == SNMPAPI_TL_NOT_INITIALIZED && port > 0 && port < 1024)
        fprintf(stderr,
                "traplisten: port %u needs root: run with sudo, or "
                "setcap cap_net_bind_service+ep traplisten,\n"
                "or use --port 1162 and redirect: iptables -t nat -A "
                "PREROUTING -p udp --dport %u -j REDIRECT --to-ports 1162\n",
                port, port);
    else
        die("SnmpRegister");
    exit(1);
}

/* ---- values ----------------------------------------------------------- */

static void print_signed(const smiVALUE *value)
{
    printf("%d", (int)value->value.sNumber);
}

static void print_unsigned(const smiVALUE *value)
{
    printf("%u", (unsigned)value->value.uNumber);
}

static void print_counter64(const smiVALUE *value)
{
    const smiCNTR64 *halves = &value->value.hNumber;

    printf("%" PRIu64, (uint64_t)halves->hipart << 32 | halves->lopart);
}

/* (hundredths of a second) days:hours:minutes:seconds */
static void print_ticks(const smiVALUE *value)
{
    unsigned t = (unsigned)value->value.uNumber;

    printf("(%u) %u:%02u:%02u:%02u.%02u", t, t / 8640000, t / 360000 % 24,
           t / 6000 % 60, t / 100 % 60, t % 100);
}

static void print_oid(const smiOID *oid)
{
    char text[MAXOBJIDSTRSIZE] = "";

    SnmpOidToStr(oid, sizeof(text), text);
    fputs(text, stdout);
}

static void print_oid_value(const smiVALUE *value)
{
    print_oid(&value->value.oid);
}

static void print_address(const smiVALUE *value)
{
    const smiIPADDR *address = &value->value.string;
    smiUINT32 i;

    for (i = 0; i < address->len; i++)
        printf(i == 0 ? "%u" : ".%u", (unsigned)address->ptr[i]);
}

static void print_hex(const smiVALUE *value)
{
    const smiOCTETS *octets = &value->value.string;
    smiUINT32 i;

    for (i = 0; i < octets->len; i++)
        printf(i == 0 ? "%02X" : " %02X", (unsigned)octets->ptr[i]);
}

/* In quotes, such that it is correct JSON and stays on its line. */
static void print_text(const smiVALUE *value)
{
    static const char special[] = "\"\\\t\r\n", letter[] = "\"\\trn";
    const smiOCTETS *text = &value->value.string;
    smiUINT32 i;

    putchar('"');
    for (i = 0; i < text->len; i++) {
        const char *found = strchr(special, text->ptr[i]);

        if (found == NULL)
            putchar(text->ptr[i]);
        else
            printf("\\%c", letter[found - special]);
    }
    putchar('"');
}

struct type {
    smiUINT32 syntax;
    const char *name; /* that of Net-SNMP's tools */
    void (*print)(const smiVALUE *value);
};

static const struct type types[] = {
    {SNMP_SYNTAX_INT, "INTEGER", print_signed},
    {SNMP_SYNTAX_OCTETS, "STRING", print_text},
    {SNMP_SYNTAX_OID, "OID", print_oid_value},
    {SNMP_SYNTAX_IPADDR, "IpAddress", print_address},
    {SNMP_SYNTAX_CNTR32, "Counter32", print_unsigned},
    {SNMP_SYNTAX_GAUGE32, "Gauge32", print_unsigned},
    {SNMP_SYNTAX_TIMETICKS, "Timeticks", print_ticks},
    {SNMP_SYNTAX_CNTR64, "Counter64", print_counter64},
    {SNMP_SYNTAX_OPAQUE, "OPAQUE", print_hex},
    {SNMP_SYNTAX_BITS, "BITS", print_hex},
    {SNMP_SYNTAX_NSAPADDR, "NsapAddress", print_hex},
    {SNMP_SYNTAX_UINT32, "UInteger32", print_unsigned},
    {SNMP_SYNTAX_NOSUCHOBJECT, "noSuchObject", NULL},
    {SNMP_SYNTAX_NOSUCHINSTANCE, "noSuchInstance", NULL},
    {SNMP_SYNTAX_ENDOFMIBVIEW, "endOfMibView", NULL},
    {SNMP_SYNTAX_NULL, "NULL", NULL} /* the last */
};
static const struct type binary = {SNMP_SYNTAX_OCTETS, "Hex-STRING", print_hex};

/* Octets are text if every one is a printable ASCII character or a blank. */
static int is_text(const smiOCTETS *octets)
{
    smiUINT32 i;

    for (i = 0; i < octets->len; i++) {
        int c = octets->ptr[i];

        if ((c < ' ' || c > '~') && c != '\t' && c != '\r' && c != '\n')
            return 0;
    }
    return 1;
}

static const struct type *type_of(const smiVALUE *value)
{
    const struct type *type = types;

    if (value->syntax == SNMP_SYNTAX_OCTETS && !is_text(&value->value.string))
        return &binary;
    while (type->syntax != value->syntax && type->syntax != SNMP_SYNTAX_NULL)
        type++;
    return type;
}

/* OID = TYPE: value, or the type alone if that says all */
static void print_varbind(const smiOID *name, const smiVALUE *value)
{
    const struct type *type = type_of(value);

    print_oid(name);
    printf(" = %s", type->name);
    if (type->print != NULL) {
        fputs(": ", stdout);
        type->print(value);
    }
    putchar('\n');
}

/* Many readers of JSON keep 53 bits of a number: Counter64 is a string. */
static void print_json_value(const smiVALUE *value)
{
    const struct type *type = type_of(value);

    if (type->print == NULL) {
        fputs("null", stdout);
    } else if (type->print == print_ticks) {
        print_unsigned(value);
    } else if (type->print == print_signed || type->print == print_unsigned ||
               type->print == print_text) {
        type->print(value);
    } else {
        putchar('"');
        type->print(value);
        putchar('"');
    }
}

/* ---- notifications ---------------------------------------------------- */

struct notification {
    char time[32];
    char sender[64];
    smiVALUE community, uptime;
    const char *version, *kind;
    char trap[MAXOBJIDSTRSIZE];
    HSNMP_VBL list;
    smiUINT32 count;
};

static int get_varbind(HSNMP_VBL list, smiUINT32 index, smiOID *name,
                       smiVALUE *value)
{
    return SnmpGetVb(list, index, name, value) != SNMPAPI_FAILURE;
}

/* Frees what SnmpGetVb allocated. */
static void free_varbind(smiOID *name, smiVALUE *value)
{
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)name);
    if (value->syntax == SNMP_SYNTAX_OID)
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&value->value.oid);
    else
        SnmpFreeDescriptor(value->syntax, &value->value.string);
}

/* Every notification begins with sysUpTime.0 and snmpTrapOID.0. */
static void read_head(struct notification *n)
{
    smiOID name;
    smiVALUE value;

    n->uptime.syntax = SNMP_SYNTAX_TIMETICKS;
    if (get_varbind(n->list, 1, &name, &value)) {
        if (value.syntax == SNMP_SYNTAX_TIMETICKS)
            n->uptime = value;
        free_varbind(&name, &value);
    }
    if (get_varbind(n->list, 2, &name, &value)) {
        if (value.syntax == SNMP_SYNTAX_OID)
            SnmpOidToStr(&value.value.oid, sizeof(n->trap), n->trap);
        free_varbind(&name, &value);
    }
}

/* An SNMPv1 trap is delivered in the form of SNMPv2, with its enterprise as
 * an additional last variable, snmpTrapEnterprise.0. */
static const char *find_version(const struct notification *n)
{
    char text[MAXOBJIDSTRSIZE] = "";
    smiOID name;
    smiVALUE value;

    if (get_varbind(n->list, n->count, &name, &value)) {
        SnmpOidToStr(&name, sizeof(text), text);
        free_varbind(&name, &value);
    }
    return strcmp(text, "1.3.6.1.6.3.1.1.4.3.0") == 0 ? "1" : "2c";
}

/* The name of a standard trap, 1.3.6.1.6.3.1.1.5.1 to .6, otherwise "". */
static const char *trap_name(const char *trap)
{
    static const char prefix[] = "1.3.6.1.6.3.1.1.5.";
    static const char *const names[] = {"coldStart",
                                        "warmStart",
                                        "linkDown",
                                        "linkUp",
                                        "authenticationFailure",
                                        "egpNeighborLoss"};
    const char *last = trap + strlen(prefix);

    if (strncmp(trap, prefix, strlen(prefix)) != 0 || strlen(last) != 1 ||
        *last < '1' || *last > '6')
        return "";
    return names[*last - '1'];
}

static void print_json_varbind(const smiOID *name, const smiVALUE *value)
{
    fputs("{\"oid\":\"", stdout);
    print_oid(name);
    printf("\",\"type\":\"%s\",\"value\":", type_of(value)->name);
    print_json_value(value);
    putchar('}');
}

static void print_varbinds(const struct notification *n)
{
    smiUINT32 i;
    smiOID name;
    smiVALUE value;

    for (i = 1; i <= n->count; i++) {
        if (!get_varbind(n->list, i, &name, &value))
            continue;
        if (options.json) {
            fputs(i > 1 ? "," : "", stdout);
            print_json_varbind(&name, &value);
        } else {
            fputs("  ", stdout);
            print_varbind(&name, &value);
        }
        free_varbind(&name, &value);
    }
}

static void print_block(const struct notification *n)
{
    const char *name = trap_name(n->trap);

    printf("\n%s SNMPv%s %s from %s\n", n->time, n->version, n->kind,
           n->sender);
    if (options.show_community) {
        fputs("  community: ", stdout);
        print_json_value(&n->community);
        putchar('\n');
    }
    printf(*name == '\0' ? "  trap:   %s\n" : "  trap:   %s (%s)\n", n->trap,
           name);
    fputs("  uptime: ", stdout);
    print_ticks(&n->uptime);
    putchar('\n');
    print_varbinds(n);
}

static void print_json(const struct notification *n)
{
    const char *name = trap_name(n->trap);

    printf("{\"time\":\"%s\",\"sender\":\"%s\",", n->time, n->sender);
    if (options.show_community) {
        fputs("\"community\":", stdout);
        print_json_value(&n->community);
        putchar(',');
    }
    printf("\"version\":\"%s\",\"kind\":\"%s\",", n->version, n->kind);
    printf("\"trap\":\"%s\",", n->trap);
    if (*name != '\0')
        printf("\"name\":\"%s\",", name);
    printf("\"uptime\":%u,\"varbinds\":[", (unsigned)n->uptime.value.uNumber);
    print_varbinds(n);
    puts("]}");
}

static void show(HSNMP_ENTITY from, HSNMP_CONTEXT community, HSNMP_PDU pdu)
{
    struct notification n;
    time_t now = time(NULL);
    smiINT type = 0;

    memset(&n, 0, sizeof(n));
    if (SnmpGetPduData(pdu, &type, NULL, NULL, NULL, &n.list) ==
        SNMPAPI_FAILURE)
        die("SnmpGetPduData");
    strftime(n.time, sizeof(n.time), "%Y-%m-%d %H:%M:%S", localtime(&now));
    SnmpEntityToStr(from, sizeof(n.sender), n.sender);
    n.community.syntax = SNMP_SYNTAX_OCTETS;
    SnmpContextToStr(community, &n.community.value.string);
    n.count = SnmpCountVbl(n.list);
    n.version = find_version(&n);
    n.kind = type == SNMP_PDU_INFORM ? "inform" : "trap";
    read_head(&n);
    if (options.json)
        print_json(&n);
    else
        print_block(&n);
    fflush(stdout);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &n.community.value.string);
    SnmpFreeVbl(n.list);
}

/* Takes and shows everything that has come.  False: --count is reached. */
static int receive_all(void)
{
    HSNMP_ENTITY from, to;
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
            return 0;
    }
    return 1;
}

/* ---- the callback way ------------------------------------------------- */

/* Runs on a thread of the library: it only wakes the main thread. */
static SNMPAPI_STATUS CALLBACK on_arrival(HSNMP_SESSION hSession, HWND hWnd,
                                          UINT wMsg, WPARAM wParam,
                                          LPARAM lParam, LPVOID lpClientData)
{
    (void)hSession, (void)hWnd, (void)wMsg;
    (void)wParam, (void)lParam, (void)lpClientData;
    SetEvent(arrived);
    return SNMPAPI_SUCCESS;
}

static void run_events(void)
{
    HANDLE events[2];

    events[0] = stop;
    events[1] = arrived;
    while (WaitForMultipleObjects(2, events, FALSE, INFINITE) ==
               WAIT_OBJECT_0 + 1 &&
           receive_all())
        continue;
}

/* ---- the window way --------------------------------------------------- */

static LRESULT CALLBACK on_message(HWND hWnd, UINT message, WPARAM wParam,
                                   LPARAM lParam)
{
    switch (message) {
    case WM_SNMP:
        if (!receive_all())
            DestroyWindow(hWnd);
        return 0;
    case WM_DESTROY:
        PostQuitMessage(0);
        return 0;
    default:
        return DefWindowProc(hWnd, message, wParam, lParam);
    }
}

static void create_window(void)
{
    WNDCLASS info;

    memset(&info, 0, sizeof(info));
    info.lpfnWndProc = on_message;
    info.lpszClassName = TEXT("traplisten");
    if (RegisterClass(&info) == 0)
        die("RegisterClass");
    window = CreateWindow(TEXT("traplisten"), TEXT(""), 0, 0, 0, 0, 0,
                          HWND_MESSAGE, NULL, NULL, NULL);
    if (window == NULL)
        die("CreateWindow");
}

static void run_messages(void)
{
    MSG message;

    while (GetMessage(&message, NULL, 0, 0) > 0) {
        TranslateMessage(&message);
        DispatchMessage(&message);
    }
}

/* ---- Ctrl+C ----------------------------------------------------------- */

/* Makes the loop of the main thread end; any thread may call it. */
static void end_loop(void)
{
    if (options.window)
        PostMessage(window, WM_CLOSE, 0, 0);
    else
        SetEvent(stop);
}

#ifdef _WIN32
static BOOL WINAPI on_control(DWORD event)
{
    (void)event;
    end_loop();
    return TRUE;
}

static void end_on_signals(void)
{
    SetConsoleCtrlHandler(on_control, TRUE);
}
#else
static sigset_t signals;

/* A thread that waits for signals may do what a signal handler may not. */
static DWORD WINAPI wait_for_signal(LPVOID unused)
{
    int number;

    (void)unused;
    sigwait(&signals, &number);
    end_loop();
    return 0;
}

/* Blocked before there is a second thread, the signals are blocked in all. */
static void end_on_signals(void)
{
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    if (CreateThread(NULL, 0, wait_for_signal, NULL, 0, NULL) == NULL)
        die("CreateThread");
}
#endif

/* ---- setting up ------------------------------------------------------- */

static unsigned parse_number(const char *text, unsigned long most)
{
    char *end;
    unsigned long number;

    errno = 0;
    number = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
        number > most)
        die_usage("not a number in range", text);
    return (unsigned)number;
}

static void add_filter(const char *prefix)
{
    if (options.oid_count == MAX_FILTERS)
        die_usage("too many filters", prefix);
    options.oids[options.oid_count++] = prefix;
}

static void set_option(const char *name, char *value)
{
    if (value == NULL)
        die_usage("unknown option, or its value is missing", name);
    if (strcmp(name, "--port") == 0)
        options.port = (int)parse_number(value, 65535);
    else if (strcmp(name, "--oid") == 0)
        add_filter(value);
    else if (strcmp(name, "--community") == 0)
        options.community = value;
    else if (strcmp(name, "--count") == 0)
        options.count = parse_number(value, 1000000000);
    else
        die_usage("unknown option", name);
}

/* True if that was an option without a value. */
static int set_flag(const char *name)
{
    if (strcmp(name, "--json") == 0)
        options.json = 1;
    else if (strcmp(name, "--show-community") == 0)
        options.show_community = 1;
    else if (strcmp(name, "--window") == 0)
        options.window = 1;
    else
        return 0;
    return 1;
}

static void parse_options(char **argument)
{
    options.port = -1;
    for (; *argument != NULL; argument++) {
        if (strcmp(*argument, "--help") == 0) {
            fputs(usage, stdout);
            exit(0);
        }
        if (set_flag(*argument))
            continue;
        set_option(argument[0], argument[1]);
        argument++;
    }
}

static void start_library(void)
{
    smiUINT32 major, minor, level, translate, retransmit;

    if (SnmpStartup(&major, &minor, &level, &translate, &retransmit) ==
        SNMPAPI_FAILURE)
        die("SnmpStartup");
    /* Communities are meant literally. */
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    if (options.port < 0)
        return;
#ifdef _WIN32
    die_usage("Windows fixes the port at 162", "--port");
#else
    if (SnmpPosixSetTrapPort((UINT)options.port) == SNMPAPI_FAILURE)
        die("SnmpPosixSetTrapPort");
#endif
}

static void open_session(void)
{
    if (options.window)
        session = SnmpOpen(window, WM_SNMP);
    else
        session = SnmpCreateSession(NULL, 0, on_arrival, NULL);
    if (session == SNMPAPI_FAILURE)
        die("opening a session");
}

static HSNMP_CONTEXT community_filter(void)
{
    smiOCTETS name;
    HSNMP_CONTEXT context;

    if (options.community == NULL)
        return NULL;
    name.len = (smiUINT32)strlen(options.community);
    name.ptr = (smiLPBYTE)options.community;
    context = SnmpStrToContext(session, &name);
    if (context == SNMPAPI_FAILURE)
        die_usage("no such community is possible", "--community");
    return context;
}

static void register_prefix(HSNMP_CONTEXT context, const char *prefix)
{
    smiOID oid;

    if (SnmpStrToOid(prefix, &oid) == SNMPAPI_FAILURE)
        die_usage("not an object identifier", prefix);
    if (SnmpRegister(session, NULL, NULL, context, &oid, SNMPAPI_ON) ==
        SNMPAPI_FAILURE)
        die_register();
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
}

/* Asks for the notifications; from here on they come. */
static void register_filters(void)
{
    HSNMP_CONTEXT context = community_filter();
    int i;

    for (i = 0; i < options.oid_count; i++)
        register_prefix(context, options.oids[i]);
    if (options.oid_count == 0 &&
        SnmpRegister(session, NULL, NULL, context, NULL, SNMPAPI_ON) ==
            SNMPAPI_FAILURE)
        die_register();
    if (context != NULL)
        SnmpFreeContext(context);
}

/* What the main thread waits for. */
static void create_waitables(void)
{
    if (options.window) {
        create_window();
        return;
    }
    stop = CreateEvent(NULL, TRUE, FALSE, NULL);
    arrived = CreateEvent(NULL, FALSE, FALSE, NULL);
    if (stop == NULL || arrived == NULL)
        die("CreateEvent");
}

int main(int argc, char **argv)
{
    (void)argc;
    parse_options(argv + 1);
    create_waitables();
    end_on_signals();
    start_library();
    open_session();
    register_filters();
    printf("listening on UDP port %u\n", trap_port());
    fflush(stdout);
    if (options.window)
        run_messages();
    else
        run_events();
    SnmpClose(session);
    SnmpCleanup();
    return 0;
}
