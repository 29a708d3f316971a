/*
 * snmputil.c - asks and tells SNMP agents, and sends traps and informs.
 *
 *     cc snmputil.c -o snmputil $(pkg-config --cflags --libs winsnmp)
 *     ./snmputil get 127.0.0.1 public 1.3.6.1.2.1.1.3.0
 *     1.3.6.1.2.1.1.3.0 = Timeticks: (8675309) 1:00:05:53.09
 *
 * Exits, like Net-SNMP's tools, with 0 if all is well, 2 if the agent answers
 * with an error, 1 for no answer, wrong usage and other failures.
 * The library posts a message for each answer to a window that is never shown.
 * Who waits for that message needs no other thread to receive the answer.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>

#define WM_ANSWER WM_USER

static const char usage[] =
    "usage: snmputil get|getnext [options] HOST COMMUNITY OID...\n"
    "       snmputil walk|bulk [options] HOST COMMUNITY OID\n"
    "       snmputil set [options] HOST COMMUNITY {OID TYPE VALUE}...\n"
    "       snmputil trap|inform [options] HOST COMMUNITY TRAP-OID\n"
    "                            [OID TYPE VALUE]...\n"
    "\n"
    "  -v 1|2c  version (2c)\n"
    "  -p PORT  UDP port (161, for trap and inform 162)\n"
    "  -t SEC   wait so long for an answer, such as 0.5 (1)\n"
    "  -r N     ask again so often (5)\n"
    "  -m N     bulk: max-repetitions (10)\n"
    "  --help   this text\n"
    "\n"
    "HOST is an IPv4 or IPv6 address.  TYPE is i INTEGER, u Unsigned32,\n"
    "c Counter32, t TimeTicks, o OID, a IpAddress, s text, x octets in hex.\n";

static smiUINT32 mode = SNMPAPI_UNTRANSLATED_V2;
static smiUINT32 timeout_cs = 100, retries = 5;
static smiINT max_repetitions = 10;
static UINT port; /* 0: not given */

static HSNMP_SESSION session;
static HSNMP_ENTITY agent;
static HSNMP_CONTEXT community;
static HWND window;       /* is told of answers, and never shown */
static smiOID root, last; /* where a walk began, and where it is */

static void must(int succeed, const char *fn)
{
    unsigned error = (unsigned)SnmpGetLastError(NULL);

    if (!succeed) {
        fprintf(stderr, "snmputil: %s failed, error %u\n", fn, error);
        exit(1);
    }
}

static void die(const char *what, const char *about)
{
    fprintf(stderr, "snmputil: %s: %s\n", what, about);
    exit(1);
}

/* ---- values ----------------------------------------------------------- */

static void print_number(const smiVALUE *value)
{
    const smiCNTR64 *number = &value->value.hNumber;

    if (value->syntax == SNMP_SYNTAX_INT)
        printf("%d", (int)value->value.sNumber);
    else if (value->syntax == SNMP_SYNTAX_CNTR64)
        printf("%" PRIu64, (uint64_t)number->hipart << 32 | number->lopart);
    else
        printf("%u", (unsigned)value->value.uNumber);
}

/* (hundredths of a second) days:hours:minutes:seconds */
static void print_ticks(const smiVALUE *value)
{
    unsigned t = (unsigned)value->value.uNumber;

    printf("(%u) %u:%02u:%02u:%02u.%02u", t, t / 8640000, t / 360000 % 24,
           t / 6000 % 60, t / 100 % 60, t % 100);
}

static void print_name(const smiOID *name)
{
    char text[MAXOBJIDSTRSIZE];

    if (SnmpOidToStr(name, sizeof(text), text))
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

static void print_text(const smiVALUE *value)
{
    const smiOCTETS *text = &value->value.string;

    printf("\"%.*s\"", (int)text->len, (const char *)text->ptr);
}

static int64_t parse_number(const char *text, int64_t least, int64_t most)
{
    char *end;
    int64_t number = strtoll(text, &end, 10);

    if (end == text || *end != '\0' || number < least || number > most)
        die("not a number in range", text);
    return number;
}

static void parse_integer(char *text, smiVALUE *value)
{
    if (value->syntax == SNMP_SYNTAX_INT)
        value->value.sNumber = (smiINT)parse_number(text, INT32_MIN, INT32_MAX);
    else
        value->value.uNumber = (smiUINT32)parse_number(text, 0, UINT32_MAX);
}

static smiOID new_oid(const char *text)
{
    smiOID oid;

    if (!SnmpStrToOid(text, &oid))
        die("not an object identifier", text);
    return oid;
}

static void parse_oid(char *text, smiVALUE *value)
{
    value->value.oid = new_oid(text);
}

static void parse_text(char *text, smiVALUE *value)
{
    value->value.string.len = (smiUINT32)strlen(text);
    value->value.string.ptr = (smiLPBYTE)text;
}

/* The octets take the place of the text, which is longer. */
static void parse_address(char *text, smiVALUE *value)
{
    unsigned a, b, c, d;
    char more;

    if (sscanf(text, "%3u.%3u.%3u.%3u%c", &a, &b, &c, &d, &more) != 4 ||
        a > 255 || b > 255 || c > 255 || d > 255)
        die("not an IPv4 address", text);
    parse_text(text, value);
    value->value.string.len = 4;
    text[0] = (char)a, text[1] = (char)b, text[2] = (char)c, text[3] = (char)d;
}

/* "0A1B" or "0A 1B"; here, too. */
static void parse_hex(char *text, smiVALUE *value)
{
    char digits[3];
    int used;
    smiUINT32 n = 0;

    parse_text(text, value);
    for (; sscanf(text, " %2[0-9A-Fa-f]%n", digits, &used) == 1; text += used)
        value->value.string.ptr[n++] = (smiBYTE)strtoul(digits, NULL, 16);
    if (*text != '\0')
        die("not octets in hex", text);
    value->value.string.len = n;
}

static const struct type {
    smiUINT32 syntax;
    const char *name;
    void (*print)(const smiVALUE *value); /* NULL: the name says all */
    char letter;
    void (*parse)(char *text, smiVALUE *value);
} types[] = {
    {SNMP_SYNTAX_INT, "INTEGER", print_number, 'i', parse_integer},
    {SNMP_SYNTAX_OCTETS, "STRING", print_text, 's', parse_text},
    {SNMP_SYNTAX_OCTETS, "Hex-STRING", print_octets, 'x', parse_hex},
    {SNMP_SYNTAX_OID, "OID", print_oid, 'o', parse_oid},
    {SNMP_SYNTAX_IPADDR, "IpAddress", print_octets, 'a', parse_address},
    {SNMP_SYNTAX_CNTR32, "Counter32", print_number, 'c', parse_integer},
    {SNMP_SYNTAX_GAUGE32, "Gauge32", print_number, 'u', parse_integer},
    {SNMP_SYNTAX_TIMETICKS, "Timeticks", print_ticks, 't', parse_integer},
    {SNMP_SYNTAX_CNTR64, "Counter64", print_number, 0, NULL},
    {SNMP_SYNTAX_OPAQUE, "OPAQUE", print_octets, 0, NULL},
    {SNMP_SYNTAX_NOSUCHOBJECT, "noSuchObject", NULL, 0, NULL},
    {SNMP_SYNTAX_NOSUCHINSTANCE, "noSuchInstance", NULL, 0, NULL},
    {SNMP_SYNTAX_ENDOFMIBVIEW, "endOfMibView", NULL, 0, NULL},
    {SNMP_SYNTAX_NULL, "NULL", NULL, 0, NULL} /* the last */
};

static int is_text(const smiOCTETS *octets)
{
    for (smiUINT32 i = 0; i < octets->len; i++)
        if (!isprint(octets->ptr[i]) && !isspace(octets->ptr[i]))
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

static void parse_value(const char *letter, char *text, smiVALUE *value)
{
    const struct type *type = types;

    while (type->parse != NULL && type->letter != *letter)
        type++;
    if (type->parse == NULL || strlen(letter) != 1)
        die("not one of the types i u c t o a s x", letter);
    value->syntax = type->syntax;
    type->parse(text, value);
}

static void free_oid(smiOID *oid)
{
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)oid);
}

/* letter NULL: no value */
static void append(HSNMP_VBL list, const char *oid, const char *letter,
                   char *text)
{
    smiOID name = new_oid(oid);
    smiVALUE value;

    value.syntax = SNMP_SYNTAX_NULL;
    if (letter != NULL)
        parse_value(letter, text, &value);
    must(SnmpSetVb(list, 0, &name, &value), "SnmpSetVb");
    free_oid(&name);
    if (value.syntax == SNMP_SYNTAX_OID)
        free_oid(&value.value.oid);
}

/* Appends one name to a variable, or with its type and value three words. */
static void append_all(HSNMP_VBL list, char **words, int each)
{
    for (; *words != NULL; words += each) {
        if (each == 1)
            append(list, words[0], NULL, NULL);
        else if (words[1] != NULL && words[2] != NULL)
            append(list, words[0], words[1], words[2]);
        else
            die("a type and a value are missing after", words[0]);
    }
}

static void send_list(smiINT type, HSNMP_VBL list)
{
    HSNMP_PDU pdu =
        SnmpCreatePdu(session, type, 0, 0,
                      type == SNMP_PDU_GETBULK ? max_repetitions : 0, list);

    must(pdu != NULL, "SnmpCreatePdu");
    must(SnmpSendMsg(session, NULL, agent, community, pdu), "SnmpSendMsg");
    SnmpFreePdu(pdu);
    SnmpFreeVbl(list);
}

/* clang-format off */
static const char *const error_names[] = {
    "noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr",
    "noAccess", "wrongType", "wrongLength", "wrongEncoding", "wrongValue",
    "noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed",
    "undoFailed", "authorizationError", "notWritable", "inconsistentName"};
/* clang-format on */

/* Sends and frees a list, and returns the list of the answer; NULL at the end
 * of a walk through an SNMPv1 agent. */
static HSNMP_VBL request(smiINT type, HSNMP_VBL list)
{
    HSNMP_PDU pdu;
    HSNMP_VBL answer;
    smiINT status, index;
    MSG message;

    send_list(type, list);
    GetMessage(&message, window, WM_ANSWER, WM_ANSWER);
    if (!SnmpRecvMsg(session, NULL, NULL, NULL, &pdu))
        die("no answer", "time-out, or the host cannot be reached");
    SnmpGetPduData(pdu, NULL, NULL, &status, &index, &answer);
    SnmpFreePdu(pdu);
    if (status == SNMP_ERROR_NOERROR)
        return answer;
    if (status == SNMP_ERROR_NOSUCHNAME && root.len > 0)
        return NULL;
    fprintf(stderr, "snmputil: the agent says %s (%d) about variable %d\n",
            status > 0 && status < 19 ? error_names[status] : "error",
            (int)status, (int)index);
    exit(2);
}

/* ---- commands --------------------------------------------------------- */

/* OID = TYPE: value, or the type alone if that says all */
static void print_varbind(const smiOID *name, const smiVALUE *value)
{
    const struct type *type = type_of(value);

    print_name(name);
    printf(type->print == NULL ? " = %s" : " = %s: ", type->name);
    if (type->print != NULL)
        type->print(value);
    putchar('\n');
}

/* Whether a walk goes on with that variable. */
static int is_next(const smiOID *name, const smiVALUE *value)
{
    smiINT order = 0;

    if (value->syntax == SNMP_SYNTAX_ENDOFMIBVIEW ||
        !SnmpOidCompare(name, &root, root.len, &order) || order != 0)
        return 0;
    if (!SnmpOidCompare(name, &last, 0, &order) || order <= 0)
        die("OID not increasing", "the agent goes round in circles");
    return 1;
}

/* Prints and frees a list, in a walk only what belongs to it.  False at the
 * end of the walk. */
static int print_list(HSNMP_VBL list)
{
    smiUINT32 count = SnmpCountVbl(list);
    int go_on = count > 0;
    smiOID name;
    smiVALUE value;

    for (smiUINT32 i = 1; i <= count && go_on; i++) {
        must(SnmpGetVb(list, i, &name, &value), "SnmpGetVb");
        go_on = root.len == 0 || is_next(&name, &value);
        if (go_on)
            print_varbind(&name, &value);
        SnmpFreeDescriptor(value.syntax, &value.value.string); /* or .oid */
        free_oid(&last);
        last = name;
    }
    SnmpFreeVbl(list);
    return go_on;
}

static void ask(smiINT type, HSNMP_VBL list, char **words)
{
    append_all(list, words, type == SNMP_PDU_SET ? 3 : 1);
    print_list(request(type, list));
}

static void walk(smiINT type, HSNMP_VBL list, char **words)
{
    if (words[1] != NULL)
        die("one OID is enough", words[1]);
    root = new_oid(words[0]);
    last = new_oid(words[0]);
    append(list, words[0], NULL, NULL);
    while ((list = request(type, list)) != NULL && print_list(list))
        list = SnmpCreateVbl(session, &last, NULL);
}

/* A notification begins with sysUpTime.0 and snmpTrapOID.0. */
static void notify(smiINT type, HSNMP_VBL list, char **words)
{
    char ticks[16];

    snprintf(ticks, sizeof(ticks), "%u", (unsigned)GetTickCount() / 10);
    append(list, "1.3.6.1.2.1.1.3.0", "t", ticks);
    append(list, "1.3.6.1.6.3.1.1.4.1.0", "o", words[0]);
    append_all(list, words + 1, 3);
    if (type == SNMP_PDU_INFORM)
        SnmpFreeVbl(request(type, list));
    else
        send_list(type, list);
}

static const struct command {
    const char *name;
    smiINT type;
    UINT port;
    void (*run)(smiINT type, HSNMP_VBL list, char **words);
} commands[] = {
    {"get", SNMP_PDU_GET, 161, ask},
    {"getnext", SNMP_PDU_GETNEXT, 161, ask},
    {"walk", SNMP_PDU_GETNEXT, 161, walk},
    {"bulk", SNMP_PDU_GETBULK, 161, walk},
    {"set", SNMP_PDU_SET, 161, ask},
    {"trap", SNMP_PDU_TRAP, 162, notify},
    {"inform", SNMP_PDU_INFORM, 162, notify},
    {NULL, 0, 0, NULL},
};

static void set_option(char letter, const char *value)
{
    if (letter == 'v' && strcmp(value, "1") == 0)
        mode = SNMPAPI_UNTRANSLATED_V1;
    else if (letter == 'v' && strcmp(value, "2c") == 0)
        mode = SNMPAPI_UNTRANSLATED_V2;
    else if (letter == 'p')
        port = (UINT)parse_number(value, 1, 65535);
    else if (letter == 't' && strtod(value, NULL) >= 0.01 &&
             strtod(value, NULL) < 1e6)
        timeout_cs = (smiUINT32)(strtod(value, NULL) * 100 + 0.5);
    else if (letter == 'r')
        retries = (smiUINT32)parse_number(value, 0, 1000);
    else if (letter == 'm')
        max_repetitions = (smiINT)parse_number(value, 1, INT32_MAX);
    else
        die("unknown option or value", value);
}

static char **parse_options(char **words)
{
    for (; *words != NULL && **words == '-'; words += 2) {
        if (strlen(words[0]) != 2 || words[1] == NULL)
            die("unknown option, or its value is missing", words[0]);
        set_option(words[0][1], words[1]);
    }
    return words;
}

static void open_session(char *host, char *name)
{
    smiUINT32 major, minor, level, translate, retransmit;
    smiOCTETS octets;

    must(SnmpStartup(&major, &minor, &level, &translate, &retransmit),
         "SnmpStartup");
    SnmpSetTranslateMode(mode);
    SnmpSetRetransmitMode(SNMPAPI_ON);
    window = CreateWindow(TEXT("STATIC"), TEXT(""), 0, 0, 0, 0, 0, NULL, NULL,
                          NULL, NULL);
    session = SnmpOpen(window, WM_ANSWER);
    must(session != NULL, "SnmpOpen");
    agent = SnmpStrToEntity(session, host);
    must(agent != NULL, "SnmpStrToEntity");
    SnmpSetPort(agent, port);
    SnmpSetTimeout(agent, timeout_cs);
    SnmpSetRetry(agent, retries);
    octets.len = (smiUINT32)strlen(name);
    octets.ptr = (smiLPBYTE)name;
    community = SnmpStrToContext(session, &octets);
}

int main(int argc, char **argv)
{
    const struct command *command = commands;
    char **words;

    if (argc < 2 || strcmp(argv[argc - 1], "--help") == 0) {
        fputs(usage, argc < 2 ? stderr : stdout);
        return argc < 2;
    }
    while (command->name != NULL && strcmp(command->name, argv[1]) != 0)
        command++;
    if (command->name == NULL)
        die("unknown command", argv[1]);
    words = parse_options(argv + 2);
    if (words[0] == NULL || words[1] == NULL || words[2] == NULL)
        die("HOST, COMMUNITY or OID is missing", argv[1]);
    if (port == 0)
        port = command->port;
    open_session(words[0], words[1]);
    command->run(command->type, SnmpCreateVbl(session, NULL, NULL), words + 2);
    SnmpClose(session);
    SnmpCleanup();
    return 0;
}
