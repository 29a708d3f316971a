/*
 * traplisten.c - shows the SNMP traps and informs that arrive.
 *
 *     cc traplisten.c -o traplisten $(pkg-config --cflags --libs winsnmp)
 *     ./traplisten --port 1162 --oid 1.3.6.1.6.3.1.1.5 --count 1
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
 *       trap:   1.3.6.1.6.3.1.1.5.3
 *       uptime: (4200) 0:00:00:42.00
 *       1.3.6.1.2.1.2.2.1.1.2 = INTEGER: 2
 *
 * The library calls on_arrival on a thread of its own, which posts WM_SNMP to
 * the main thread; with --window the library posts it, to a window that nobody
 * sees.  The main thread then receives.  Informs are answered by the library.
 */
#define _POSIX_C_SOURCE 200809L
#include <ctype.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <winsnmp.h>
#include <winsnmp_posix.h>

#define WM_SNMP (WM_APP + 1)
#define MAX_OIDS 32

static const char usage[] =
    "usage: traplisten [options]\n"
    "\n"
    "  --port N           listen on UDP port N, 0 for any free one (162)\n"
    "  --oid PREFIX       only traps whose identifier begins so; repeatable\n"
    "  --count N          end after N notifications\n"
    "  --json             after the first line, one JSON object per line;\n"
    "                     Counter64 and binary octets (as hex) are strings\n"
    "  --show-community   show the community, which is a kind of password\n"
    "  --window           be told by window messages, not by a callback\n"
    "  --help             this text\n";

static struct {
    int port; /* -1: not given */
    const char *oids[MAX_OIDS];
    int n_oids;
    unsigned count; /* 0: no end */
    int json, show_community, window;
} options;

static HSNMP_SESSION session;
static DWORD main_thread;

static void die(const char *fn)
{
    unsigned error = (unsigned)SnmpGetLastError(NULL);

    fprintf(stderr, "traplisten: %s failed, error %u\n", fn, error);
    exit(1);
}

static void die_usage(const char *what, const char *argument)
{
    fprintf(stderr, "traplisten: %s: %s\n%s", what, argument, usage);
    exit(2);
}

/* Prints the first text, or the second one if the output is JSON. */
static void put(const char *text, const char *json)
{
    fputs(options.json ? json : text, stdout);
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
    const smiCNTR64 *number = &value->value.hNumber;

    printf("%" PRIu64, (uint64_t)number->hipart << 32 | number->lopart);
}

/* (hundredths of a second) days:hours:minutes:seconds; JSON has no days. */
static void print_ticks(const smiVALUE *value)
{
    unsigned t = (unsigned)value->value.uNumber;

    printf(options.json ? "%u" : "(%u) %u:%02u:%02u:%02u.%02u", t, t / 8640000,
           t / 360000 % 24, t / 6000 % 60, t / 100 % 60, t % 100);
}

static void print_name(const smiOID *name)
{
    char text[MAXOBJIDSTRSIZE] = "";

    SnmpOidToStr(name, sizeof(text), text);
    fputs(text, stdout);
}

static void print_oid(const smiVALUE *value)
{
    print_name(&value->value.oid);
}

/* 192.0.2.1 or 00 FF 10 */
static void print_octets(const smiVALUE *value)
{
    const smiOCTETS *octets = &value->value.string;
    int is_address = value->syntax == SNMP_SYNTAX_IPADDR;

    for (smiUINT32 i = 0; i < octets->len; i++)
        printf(is_address ? "%s%u" : "%s%02X",
               i == 0       ? ""
               : is_address ? "."
                            : " ",
               (unsigned)octets->ptr[i]);
}

/* In quotes, such that it is correct JSON and stays on its line. */
static void print_text(const smiVALUE *value)
{
    static const char special[] = "\"\\\t\r\n", letter[] = "\"\\trn";
    const smiOCTETS *text = &value->value.string;

    putchar('"');
    for (smiUINT32 i = 0; i < text->len; i++) {
        const char *found = strchr(special, text->ptr[i]);

        if (found == NULL)
            putchar(text->ptr[i]);
        else
            printf("\\%c", letter[found - special]);
    }
    putchar('"');
}

static void print_null(const smiVALUE *value)
{
    (void)value;
    fputs("null", stdout);
}

/* The names are those of Net-SNMP's tools. */
static const struct type {
    smiUINT32 syntax;
    const char *name;
    void (*print)(const smiVALUE *value);
    const char *quote; /* JSON: around it; 64 bits are too many for a number */
} types[] = {
    {SNMP_SYNTAX_INT, "INTEGER", print_signed, ""},
    {SNMP_SYNTAX_OCTETS, "STRING", print_text, ""},
    {SNMP_SYNTAX_OCTETS, "Hex-STRING", print_octets, "\""},
    {SNMP_SYNTAX_OID, "OID", print_oid, "\""},
    {SNMP_SYNTAX_IPADDR, "IpAddress", print_octets, "\""},
    {SNMP_SYNTAX_CNTR32, "Counter32", print_unsigned, ""},
    {SNMP_SYNTAX_GAUGE32, "Gauge32", print_unsigned, ""},
    {SNMP_SYNTAX_TIMETICKS, "Timeticks", print_ticks, ""},
    {SNMP_SYNTAX_CNTR64, "Counter64", print_counter64, "\""},
    {SNMP_SYNTAX_OPAQUE, "OPAQUE", print_octets, "\""},
    {SNMP_SYNTAX_UINT32, "UInteger32", print_unsigned, ""},
    {SNMP_SYNTAX_NULL, "NULL", print_null, ""} /* the last */
};

/* Octets are text if every one is a printable ASCII character or a blank. */
static int is_text(const smiOCTETS *octets)
{
    for (smiUINT32 i = 0; i < octets->len; i++)
        if (!isprint(octets->ptr[i]) && !memchr("\t\r\n", octets->ptr[i], 3))
            return 0;
    return 1;
}

static const struct type *type_of(const smiVALUE *value)
{
    const struct type *type = types;

    while (type->syntax != value->syntax && type->syntax != SNMP_SYNTAX_NULL)
        type++;
    if (type->print == print_text && !is_text(&value->value.string))
        type++; /* Hex-STRING */
    return type;
}

static void print_value(const smiOID *name, const smiVALUE *value)
{
    const struct type *type = type_of(value);
    const char *quote = options.json ? type->quote : "";

    (void)name;
    fputs(quote, stdout);
    type->print(value);
    fputs(quote, stdout);
}

/* ---- notifications ---------------------------------------------------- */

/* name = TYPE: value */
static void print_varbind(const smiOID *name, const smiVALUE *value)
{
    put("  ", "{\"oid\":\"");
    print_name(name);
    put(" = ", "\",\"type\":\"");
    fputs(type_of(value)->name, stdout);
    put(": ", "\",\"value\":");
    print_value(name, value);
    put("\n", "}");
}

/* An SNMPv1 trap is delivered in the form of SNMPv2, with its enterprise as
 * an additional last variable, snmpTrapEnterprise.0. */
static void print_version(const smiOID *name, const smiVALUE *value)
{
    char text[MAXOBJIDSTRSIZE] = "";

    (void)value;
    SnmpOidToStr(name, sizeof(text), text);
    fputs(strcmp(text, "1.3.6.1.6.3.1.1.4.3.0") == 0 ? "1" : "2c", stdout);
}

/* Prints something about one variable; a missing one is NULL. */
static void print_at(HSNMP_VBL list, smiUINT32 index,
                     void (*print)(const smiOID *, const smiVALUE *))
{
    smiOID name = {0, NULL};
    smiVALUE value;

    memset(&value, 0, sizeof(value));
    SnmpGetVb(list, index, &name, &value);
    print(&name, &value);
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
    SnmpFreeDescriptor(value.syntax, &value.value.string); /* or .oid */
}

/* The first two variables are sysUpTime.0 and snmpTrapOID.0. */
static void print_list(HSNMP_VBL list)
{
    smiUINT32 count = SnmpCountVbl(list);

    put("  trap:   ", ",\"trap\":");
    print_at(list, 2, print_value);
    put("\n  uptime: ", ",\"uptime\":");
    print_at(list, 1, print_value);
    put("\n", ",\"varbinds\":[");
    for (smiUINT32 i = 1; i <= count; i++) {
        put("", i == 1 ? "" : ",");
        print_at(list, i, print_varbind);
    }
    put("", "]}\n");
}

static void print_community(HSNMP_CONTEXT community)
{
    smiVALUE text;

    text.syntax = SNMP_SYNTAX_OCTETS;
    if (!SnmpContextToStr(community, &text.value.string))
        die("SnmpContextToStr");
    put("  community: ", ",\"community\":");
    print_value(NULL, &text);
    put("\n", "");
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &text.value.string);
}

static void show(HSNMP_ENTITY from, HSNMP_CONTEXT community, HSNMP_PDU pdu)
{
    time_t now = time(NULL);
    char clock[32] = "", sender[64] = "";
    HSNMP_VBL list = NULL;
    smiINT type = 0;

    strftime(clock, sizeof(clock), "%Y-%m-%d %H:%M:%S", localtime(&now));
    SnmpEntityToStr(from, sizeof(sender), sender);
    SnmpGetPduData(pdu, &type, NULL, NULL, NULL, &list);
    printf(options.json ? "{\"time\":\"%s\",\"version\":\"" : "\n%s SNMPv",
           clock);
    print_at(list, SnmpCountVbl(list), print_version);
    printf(options.json ? "\",\"kind\":\"%s\",\"sender\":\"%s\""
                        : " %s from %s\n",
           type == SNMP_PDU_INFORM ? "inform" : "trap", sender);
    if (options.show_community)
        print_community(community);
    print_list(list);
    fflush(stdout);
    SnmpFreeVbl(list);
}

static int receive(void)
{
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT community;
    HSNMP_PDU pdu;

    if (!SnmpRecvMsg(session, &from, &to, &community, &pdu))
        return 0;
    show(from, community, pdu);
    SnmpFreePdu(pdu);
    SnmpFreeContext(community);
    SnmpFreeEntity(to);
    SnmpFreeEntity(from);
    return 1;
}

/* Receives until it is told to quit or --count is reached. */
static void run(void)
{
    unsigned shown = 0;
    MSG message;

    while (GetMessage(&message, NULL, 0, 0) > 0) {
        if (message.message != WM_SNMP)
            DispatchMessage(&message);
        else if (receive() && ++shown == options.count)
            return;
    }
}

static SNMPAPI_STATUS CALLBACK on_arrival(HSNMP_SESSION hSession, HWND hWnd,
                                          UINT wMsg, WPARAM wParam,
                                          LPARAM lParam, LPVOID lpClientData)
{
    (void)hSession, (void)hWnd, (void)wMsg, (void)lpClientData;
    PostThreadMessage(main_thread, WM_SNMP, wParam, lParam);
    return SNMPAPI_SUCCESS;
}

static HWND create_window(void)
{
    WNDCLASS info;

    memset(&info, 0, sizeof(info));
    info.lpfnWndProc = DefWindowProc;
    info.lpszClassName = TEXT("traplisten");
    RegisterClass(&info);
    return CreateWindow(info.lpszClassName, TEXT(""), 0, 0, 0, 0, 0,
                        HWND_MESSAGE, NULL, NULL, NULL);
}

/* The port on which notifications are, or would be, received. */
static unsigned trap_port(void)
{
    UINT port = 0;

    SnmpPosixGetTrapPort(&port);
    return port;
}

/* SnmpRegister failed: nearly always it is about the port. */
static void die_register(void)
{
    SNMPAPI_STATUS error = SnmpGetLastError(session);
    const char *trouble = "cannot be opened";

    if (error == SNMPAPI_TL_IN_USE)
        trouble = "is in use by another program: ss -ulpn shows which;\n"
                  "stop that one or choose another port with --port";
    else if (error == SNMPAPI_TL_NOT_INITIALIZED && trap_port() < 1024)
        trouble = "needs root: run with sudo, or setcap cap_net_bind_service+ep"
                  "\nthe program, or inherit a socket (LISTEN_FDS), or choose"
                  "\nanother port: --port, or trap_port in winsnmp.conf";
    fprintf(stderr, "traplisten: port %u %s\n", trap_port(), trouble);
    exit(1);
}

/* Asks for notifications whose identifier begins so, NULL for all. */
static void listen_to(const char *prefix)
{
    smiOID oid = {0, NULL};

    if (prefix != NULL && !SnmpStrToOid(prefix, &oid))
        die_usage("not an object identifier", prefix);
    if (!SnmpRegister(session, NULL, NULL, NULL, prefix ? &oid : NULL,
                      SNMPAPI_ON))
        die_register();
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&oid);
}

static sigset_t signals;

/* A thread that waits for signals may do what a signal handler may not. */
static DWORD WINAPI quit_on_signal(LPVOID unused)
{
    int number;

    (void)unused;
    while (sigwait(&signals, &number) == 0)
        PostThreadMessage(main_thread, WM_QUIT, 0, 0);
    return 0;
}

/* Blocked before there is a second thread, the signals are blocked in all. */
static void catch_signals(void)
{
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    CreateThread(NULL, 0, quit_on_signal, NULL, 0, NULL);
}

/* ---- the command line ------------------------------------------------- */

static unsigned parse_number(const char *text, unsigned long most)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end != '\0' || number > most)
        die_usage("not a number in range", text);
    return (unsigned)number;
}

static void set_option(const char *name, const char *value)
{
    if (value == NULL)
        die_usage("unknown option, or its value is missing", name);
    else if (strcmp(name, "--port") == 0)
        options.port = (int)parse_number(value, 65535);
    else if (strcmp(name, "--count") == 0)
        options.count = parse_number(value, 1000000000);
    else if (strcmp(name, "--oid") == 0 && options.n_oids < MAX_OIDS)
        options.oids[options.n_oids++] = value;
    else
        die_usage("unknown option, or too many", name);
}

static void parse_options(char **words)
{
    options.port = -1;
    for (; *words != NULL; words++) {
        if (strcmp(*words, "--help") == 0) {
            fputs(usage, stdout);
            exit(0);
        } else if (strcmp(*words, "--json") == 0)
            options.json = 1;
        else if (strcmp(*words, "--show-community") == 0)
            options.show_community = 1;
        else if (strcmp(*words, "--window") == 0)
            options.window = 1;
        else {
            set_option(words[0], words[1]);
            words++;
        }
    }
}

static void open_session(void)
{
    smiUINT32 major, minor, level, translate, retransmit;

    if (!SnmpStartup(&major, &minor, &level, &translate, &retransmit))
        die("SnmpStartup");
    /* Communities are meant literally. */
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    if (options.port >= 0)
        SnmpPosixSetTrapPort((UINT)options.port);
    session = options.window ? SnmpOpen(create_window(), WM_SNMP)
                             : SnmpCreateSession(NULL, 0, on_arrival, NULL);
    if (!session)
        die("opening a session");
}

int main(int argc, char **argv)
{
    MSG message;

    (void)argc;
    parse_options(argv + 1);
    main_thread = GetCurrentThreadId();
    PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE); /* makes its queue */
    catch_signals();
    open_session();
    if (options.n_oids == 0)
        listen_to(NULL);
    for (int i = 0; i < options.n_oids; i++)
        listen_to(options.oids[i]);
    printf("listening on UDP port %u\n", trap_port());
    fflush(stdout);
    run();
    SnmpClose(session);
    SnmpCleanup();
    return 0;
}
