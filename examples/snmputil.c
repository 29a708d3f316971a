/*
 * snmputil.c - asks and tells SNMP agents, and sends traps and informs.
 *
 *     cc snmputil.c -o snmputil $(pkg-config --cflags --libs winsnmp)
 *
 *     ./snmputil get localhost public 1.3.6.1.2.1.1.3.0
 *     ./snmputil walk -v 1 -p 1161 ::1 public 1.3.6.1.2.1.1
 *     ./snmputil set localhost private 1.3.6.1.2.1.1.6.0 s 'second floor'
 *     ./snmputil trap localhost public 1.3.6.1.6.3.1.1.5.3 \
 *         1.3.6.1.2.1.2.2.1.1.2 i 2
 *     ./snmputil --help                   all commands and options
 *
 * The first one says something like
 *
 *     1.3.6.1.2.1.1.3.0 = Timeticks: (8675309) 1:00:05:53.09
 *
 * Values go to stdout, messages to stderr.  The exit codes are those of
 * Net-SNMP's tools: 0 all is well (that an object does not exist is an answer
 * too, in SNMPv2c), 1 no answer, wrong usage or another failure here, 2 the
 * agent answered with an error.
 *
 * The library calls on_answer on a thread of its own; that sets an event, and
 * the main thread, which waits for the event, receives the answer.
 */
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#define _POSIX_C_SOURCE 200809L
#include <netdb.h>
#include <sys/socket.h>
#endif

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>

static const char usage[] =
    "usage: snmputil COMMAND [options] HOST COMMUNITY OID...\n"
    "\n"
    "  get      HOST COMMUNITY OID...\n"
    "  getnext  HOST COMMUNITY OID...\n"
    "  walk     HOST COMMUNITY OID...     everything below, by GETNEXT\n"
    "  bulk     HOST COMMUNITY OID...     everything below, by GETBULK\n"
    "  set      HOST COMMUNITY {OID TYPE VALUE}...\n"
    "  trap     HOST COMMUNITY TRAP-OID [OID TYPE VALUE]...\n"
    "  inform   HOST COMMUNITY TRAP-OID [OID TYPE VALUE]...\n"
    "\n"
    "  -v 1|2c  version (2c)\n"
    "  -p PORT  UDP port (161, for trap and inform 162)\n"
    "  -t SEC   wait so long for an answer, such as 0.5 (1)\n"
    "  -r N     ask again so often (5)\n"
    "  -n N     bulk: non-repeaters (0)\n"
    "  -m N     bulk: max-repetitions (10)\n"
    "  --help   this text\n"
    "\n"
    "HOST is an IPv4 or IPv6 address or a name.  TYPE is one of\n"
    "  i INTEGER  u Unsigned32  c Counter32  t TimeTicks  o OID\n"
    "  a IpAddress  s text  x octets in hex\n";

static struct {
    int v1;
    unsigned port; /* 0: not given */
    unsigned timeout_cs, retries;
    unsigned non_repeaters, max_repetitions;
} options = {0, 0, 100, 5, 0, 10};

static HSNMP_SESSION session;
static HSNMP_ENTITY agent;
static HSNMP_CONTEXT community;
static HANDLE answered; /* an event */
static const char *host;

/* ---- errors ----------------------------------------------------------- */

/* Says which function failed and ends the program. */
static void die(const char *fn)
{
    unsigned error = (unsigned)SnmpGetLastError(NULL);

    fprintf(stderr, "snmputil: %s failed, error %u\n", fn, error);
    exit(1);
}

/* Says what is wrong with the command line. */
static void die_usage(const char *what, const char *argument)
{
    fprintf(stderr, "snmputil: %s: %s\n", what, argument);
    fprintf(stderr, "snmputil --help shows how it is used\n");
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

/* ---- lists of variables ----------------------------------------------- */

static void get_varbind(HSNMP_VBL list, smiUINT32 index, smiOID *name,
                        smiVALUE *value)
{
    if (SnmpGetVb(list, index, name, value) == SNMPAPI_FAILURE)
        die("SnmpGetVb");
}

static void free_oid(smiOID *oid)
{
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)oid);
}

/* Frees what SnmpGetVb allocated. */
static void free_varbind(smiOID *name, smiVALUE *value)
{
    free_oid(name);
    if (value->syntax == SNMP_SYNTAX_OID)
        free_oid(&value->value.oid);
    else
        SnmpFreeDescriptor(value->syntax, &value->value.string);
}

static void print_list(HSNMP_VBL list)
{
    smiUINT32 count = SnmpCountVbl(list);
    smiUINT32 i;
    smiOID name;
    smiVALUE value;

    for (i = 1; i <= count; i++) {
        get_varbind(list, i, &name, &value);
        print_varbind(&name, &value);
        free_varbind(&name, &value);
    }
}

static HSNMP_VBL new_list(void)
{
    HSNMP_VBL list = SnmpCreateVbl(session, NULL, NULL);

    if (list == SNMPAPI_FAILURE)
        die("SnmpCreateVbl");
    return list;
}

static void append(HSNMP_VBL list, const smiOID *name, const smiVALUE *value)
{
    if (SnmpSetVb(list, 0, name, value) == SNMPAPI_FAILURE)
        die("SnmpSetVb");
}

/* The caller frees it with free_oid. */
static smiOID parse_oid(const char *text)
{
    smiOID oid;

    if (SnmpStrToOid(text, &oid) == SNMPAPI_FAILURE)
        die_usage("not an object identifier", text);
    return oid;
}

static HSNMP_VBL list_of_names(char **oids)
{
    HSNMP_VBL list = new_list();

    for (; *oids != NULL; oids++) {
        smiOID name = parse_oid(*oids);

        append(list, &name, NULL);
        free_oid(&name);
    }
    return list;
}

/* ---- values on the command line --------------------------------------- */

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

static int parse_integer(const char *text)
{
    if (*text == '-')
        return (int)-(int64_t)parse_number(text + 1, 2147483648UL);
    return (int)parse_number(text, 2147483647UL);
}

/* Writes the four octets of a dotted address. */
static void parse_address(const char *text, smiBYTE *octets)
{
    unsigned a, b, c, d;
    char more;

    if (sscanf(text, "%3u.%3u.%3u.%3u%c", &a, &b, &c, &d, &more) != 4 ||
        a > 255 || b > 255 || c > 255 || d > 255)
        die_usage("not an IPv4 address", text);
    octets[0] = (smiBYTE)a;
    octets[1] = (smiBYTE)b;
    octets[2] = (smiBYTE)c;
    octets[3] = (smiBYTE)d;
}

/* Writes the octets of "0A1B" or "0A 1B" and returns how many they are. */
static smiUINT32 parse_hex(const char *text, smiBYTE *octets)
{
    smiUINT32 count = 0;
    unsigned octet;
    int used;

    while (sscanf(text, " %2x%n", &octet, &used) == 1) {
        octets[count++] = (smiBYTE)octet;
        text += used;
    }
    if (*text != '\0')
        die_usage("not octets in hex", text);
    return count;
}

/* Fills value from the text of a type; octets has room for its octets. */
static void parse_value(char type, const char *text, smiVALUE *value,
                        smiBYTE *octets)
{
    smiOCTETS *string = &value->value.string;

    switch (type) {
    case 'i':
        value->syntax = SNMP_SYNTAX_INT;
        value->value.sNumber = parse_integer(text);
        break;
    case 'u':
        value->syntax = SNMP_SYNTAX_GAUGE32;
        value->value.uNumber = parse_number(text, 4294967295UL);
        break;
    case 'c':
        value->syntax = SNMP_SYNTAX_CNTR32;
        value->value.uNumber = parse_number(text, 4294967295UL);
        break;
    case 't':
        value->syntax = SNMP_SYNTAX_TIMETICKS;
        value->value.uNumber = parse_number(text, 4294967295UL);
        break;
    case 'o':
        value->syntax = SNMP_SYNTAX_OID;
        value->value.oid = parse_oid(text);
        break;
    case 'a':
        value->syntax = SNMP_SYNTAX_IPADDR;
        string->len = 4;
        string->ptr = octets;
        parse_address(text, octets);
        break;
    case 's':
        value->syntax = SNMP_SYNTAX_OCTETS;
        string->len = (smiUINT32)strlen(text);
        string->ptr = octets;
        memcpy(octets, text, string->len);
        break;
    case 'x':
        value->syntax = SNMP_SYNTAX_OCTETS;
        string->len = parse_hex(text, octets);
        string->ptr = octets;
        break;
    default:
        die_usage("not one of the types i u c t o a s x before", text);
    }
}

/* Appends one OID TYPE VALUE. */
static void append_triple(HSNMP_VBL list, char **triple)
{
    smiBYTE *octets = (smiBYTE *)malloc(strlen(triple[2]) + 4);
    smiOID name = parse_oid(triple[0]);
    smiVALUE value;

    if (octets == NULL)
        die("malloc");
    if (strlen(triple[1]) != 1)
        die_usage("not a type", triple[1]);
    parse_value(triple[1][0], triple[2], &value, octets);
    append(list, &name, &value);
    if (value.syntax == SNMP_SYNTAX_OID)
        free_oid(&value.value.oid);
    free_oid(&name);
    free(octets);
}

static void append_triples(HSNMP_VBL list, char **words)
{
    for (; *words != NULL; words += 3) {
        if (words[1] == NULL || words[2] == NULL)
            die_usage("a type and a value are missing after", *words);
        append_triple(list, words);
    }
}

/* ---- asking ----------------------------------------------------------- */

static SNMPAPI_STATUS CALLBACK on_answer(HSNMP_SESSION hSession, HWND hWnd,
                                         UINT wMsg, WPARAM wParam,
                                         LPARAM lParam, LPVOID lpClientData)
{
    (void)hSession, (void)hWnd, (void)wMsg;
    (void)wParam, (void)lParam, (void)lpClientData;
    SetEvent(answered);
    return SNMPAPI_SUCCESS;
}

static const char *error_name(int status)
{
    static const char *const names[] = {"noError",
                                        "tooBig",
                                        "noSuchName",
                                        "badValue",
                                        "readOnly",
                                        "genErr",
                                        "noAccess",
                                        "wrongType",
                                        "wrongLength",
                                        "wrongEncoding",
                                        "wrongValue",
                                        "noCreation",
                                        "inconsistentValue",
                                        "resourceUnavailable",
                                        "commitFailed",
                                        "undoFailed",
                                        "authorizationError",
                                        "notWritable",
                                        "inconsistentName"};

    if (status < 0 || status >= (int)(sizeof(names) / sizeof(names[0])))
        return "unknown error";
    return names[status];
}

/* The agent's error and the variable it is about. */
static void report_error(int status, int index, HSNMP_VBL list)
{
    char text[MAXOBJIDSTRSIZE] = "";
    smiOID name;

    if (index > 0 &&
        SnmpGetVb(list, (smiUINT32)index, &name, NULL) != SNMPAPI_FAILURE) {
        SnmpOidToStr(&name, sizeof(text), text);
        free_oid(&name);
    }
    fprintf(stderr, "snmputil: the agent says %s (%d)", error_name(status),
            status);
    if (*text != '\0')
        fprintf(stderr, " about %s", text);
    fputc('\n', stderr);
}

/* The request came to nothing. */
static void die_unanswered(void)
{
    SNMPAPI_STATUS error = SnmpGetLastError(session);

    if (error == SNMPAPI_TL_TIMEOUT)
        fprintf(stderr, "snmputil: time-out: no answer from %s\n", host);
    else if (error == SNMPAPI_TL_UNDELIVERABLE)
        fprintf(stderr, "snmputil: %s cannot be reached\n", host);
    else
        die("SnmpRecvMsg");
    exit(1);
}

static void send_pdu(smiINT type, smiINT third, smiINT fourth, HSNMP_VBL list)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session, type, 0, third, fourth, list);

    if (pdu == SNMPAPI_FAILURE)
        die("SnmpCreatePdu");
    if (SnmpSendMsg(session, NULL, agent, community, pdu) == SNMPAPI_FAILURE) {
        if (SnmpGetLastError(session) == SNMPAPI_OPERATION_INVALID)
            die_usage("impossible in this version of SNMP", "-v 1");
        die("SnmpSendMsg");
    }
    SnmpFreePdu(pdu);
}

/* Waits for the answer and returns it. */
static HSNMP_PDU receive_pdu(void)
{
    HSNMP_ENTITY from, to;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;

    WaitForSingleObject(answered, INFINITE);
    if (SnmpRecvMsg(session, &from, &to, &context, &pdu) == SNMPAPI_FAILURE)
        die_unanswered();
    SnmpFreeContext(context);
    SnmpFreeEntity(to);
    SnmpFreeEntity(from);
    return pdu;
}

/* Sends a request, frees its list and gives the list of the answer.  Returns
 * the agent's error status. */
static int request(smiINT type, smiINT third, smiINT fourth, HSNMP_VBL list,
                   HSNMP_VBL *answer, int *index)
{
    HSNMP_PDU pdu;
    smiINT status = 0, position = 0;

    send_pdu(type, third, fourth, list);
    SnmpFreeVbl(list);
    pdu = receive_pdu();
    if (SnmpGetPduData(pdu, NULL, NULL, &status, &position, answer) ==
        SNMPAPI_FAILURE)
        die("SnmpGetPduData");
    SnmpFreePdu(pdu);
    *index = (int)position;
    return (int)status;
}

/* A request whose whole answer is printed. */
static int ask(smiINT type, HSNMP_VBL list)
{
    HSNMP_VBL answer;
    int index;
    int status = request(type, 0, 0, list, &answer, &index);

    if (status == SNMP_ERROR_NOERROR)
        print_list(answer);
    else
        report_error(status, index, answer);
    SnmpFreeVbl(answer);
    return status == SNMP_ERROR_NOERROR ? 0 : 2;
}

/* ---- walking ---------------------------------------------------------- */

enum step { GO_ON, AT_END, NOT_INCREASING };

static int compare(const smiOID *a, const smiOID *b, smiUINT32 length)
{
    smiINT order = 0;

    if (SnmpOidCompare(a, b, length, &order) == SNMPAPI_FAILURE)
        die("SnmpOidCompare");
    return order;
}

static void report_order(const smiOID *last, const smiOID *next)
{
    char before[MAXOBJIDSTRSIZE] = "", after[MAXOBJIDSTRSIZE] = "";

    SnmpOidToStr(last, sizeof(before), before);
    SnmpOidToStr(next, sizeof(after), after);
    fprintf(stderr, "snmputil: OID not increasing: %s >= %s\n", before, after);
}

/* Looks at a variable of the answer; prints it if it belongs to the walk. */
static enum step walk_one(const smiOID *root, const smiOID *last,
                          const smiOID *name, const smiVALUE *value)
{
    if (value->syntax == SNMP_SYNTAX_ENDOFMIBVIEW)
        return AT_END;
    if (name->len < root->len || compare(name, root, root->len) != 0)
        return AT_END;
    if (compare(name, last, 0) <= 0) {
        report_order(last, name);
        return NOT_INCREASING;
    }
    print_varbind(name, value);
    return GO_ON;
}

/* Looks at the whole answer; last becomes the last name that was printed. */
static enum step walk_list(const smiOID *root, smiOID *last, HSNMP_VBL list,
                           unsigned *printed)
{
    enum step step = GO_ON;
    smiUINT32 count = SnmpCountVbl(list);
    smiUINT32 i;
    smiOID name;
    smiVALUE value;

    for (i = 1; i <= count && step == GO_ON; i++) {
        get_varbind(list, i, &name, &value);
        step = walk_one(root, last, &name, &value);
        if (step == GO_ON) {
            free_oid(last);
            SnmpOidCopy(&name, last);
            ++*printed;
        }
        free_varbind(&name, &value);
    }
    return count == 0 ? AT_END : step;
}

/* The next variables after a name; returns the agent's error status. */
static int request_next(int bulk, const smiOID *after, HSNMP_VBL *answer,
                        int *index)
{
    HSNMP_VBL list = new_list();

    append(list, after, NULL);
    if (!bulk)
        return request(SNMP_PDU_GETNEXT, 0, 0, list, answer, index);
    return request(SNMP_PDU_GETBULK, (smiINT)options.non_repeaters,
                   (smiINT)options.max_repetitions, list, answer, index);
}

/* If nothing is below the root it may itself be a variable. */
static int get_root(char *text)
{
    char *names[2];

    names[0] = text;
    names[1] = NULL;
    return ask(SNMP_PDU_GET, list_of_names(names));
}

/* Prints all that is below one object identifier. */
static int walk(int bulk, char *text)
{
    smiOID root = parse_oid(text), last = parse_oid(text);
    enum step step = GO_ON;
    int status = SNMP_ERROR_NOERROR;
    unsigned printed = 0;

    while (step == GO_ON) {
        HSNMP_VBL answer;
        int index;

        status = request_next(bulk, &last, &answer, &index);
        if (status == SNMP_ERROR_NOERROR)
            step = walk_list(&root, &last, answer, &printed);
        else if (status == SNMP_ERROR_NOSUCHNAME)
            step = AT_END; /* how SNMPv1 says it */
        else
            report_error(status, index, answer);
        SnmpFreeVbl(answer);
        if (status != SNMP_ERROR_NOERROR)
            break;
    }
    free_oid(&root);
    free_oid(&last);
    if (step == AT_END && printed == 0)
        return get_root(text);
    return step == AT_END ? 0 : step == NOT_INCREASING ? 1 : 2;
}

static int walk_all(int bulk, char **oids)
{
    int result = 0;

    for (; *oids != NULL && result == 0; oids++)
        result = walk(bulk, *oids);
    return result;
}

/* ---- setting and notifying -------------------------------------------- */

static int set(char **words)
{
    HSNMP_VBL list = new_list();

    append_triples(list, words);
    return ask(SNMP_PDU_SET, list);
}

/* A notification begins with sysUpTime.0 and snmpTrapOID.0. */
static HSNMP_VBL notification(char **words)
{
    HSNMP_VBL list = new_list();
    smiOID up_time = parse_oid("1.3.6.1.2.1.1.3.0");
    smiOID trap_oid = parse_oid("1.3.6.1.6.3.1.1.4.1.0");
    smiVALUE value;

    value.syntax = SNMP_SYNTAX_TIMETICKS;
    value.value.uNumber = GetTickCount() / 10;
    append(list, &up_time, &value);
    value.syntax = SNMP_SYNTAX_OID;
    value.value.oid = parse_oid(words[0]);
    append(list, &trap_oid, &value);
    append_triples(list, words + 1);
    free_oid(&value.value.oid);
    free_oid(&trap_oid);
    free_oid(&up_time);
    return list;
}

/* SnmpClose does not lose what SnmpSendMsg has accepted. */
static int trap(char **words)
{
    HSNMP_VBL list = notification(words);

    send_pdu(SNMP_PDU_TRAP, 0, 0, list);
    SnmpFreeVbl(list);
    return 0;
}

/* The answer to an inform repeats its variables: not worth printing. */
static int inform(char **words)
{
    HSNMP_VBL answer;
    int index;
    int status =
        request(SNMP_PDU_INFORM, 0, 0, notification(words), &answer, &index);

    if (status != SNMP_ERROR_NOERROR)
        report_error(status, index, answer);
    SnmpFreeVbl(answer);
    return status == SNMP_ERROR_NOERROR ? 0 : 2;
}

/* ---- the command line ------------------------------------------------- */

/* Seconds, as 2 or 0.25, in hundredths. */
static unsigned parse_seconds(const char *text)
{
    char *end;
    double seconds = strtod(text, &end);

    if (end == text || *end != '\0' || !(seconds >= 0.01 && seconds < 1e6))
        die_usage("not a time in seconds", text);
    return (unsigned)(seconds * 100 + 0.5);
}

static void set_option(char letter, const char *value)
{
    if (letter == 'v' && strcmp(value, "1") == 0)
        options.v1 = 1;
    else if (letter == 'v' && strcmp(value, "2c") == 0)
        options.v1 = 0;
    else if (letter == 'p')
        options.port = parse_number(value, 65535);
    else if (letter == 't')
        options.timeout_cs = parse_seconds(value);
    else if (letter == 'r')
        options.retries = parse_number(value, 1000);
    else if (letter == 'n')
        options.non_repeaters = parse_number(value, 2147483647);
    else if (letter == 'm')
        options.max_repetitions = parse_number(value, 2147483647);
    else
        die_usage("unknown option or value", value);
}

/* Returns the first word after the options. */
static char **parse_options(char **words)
{
    while (*words != NULL && words[0][0] == '-') {
        if (strlen(words[0]) != 2 || words[1] == NULL)
            die_usage("unknown option, or its value is missing", words[0]);
        set_option(words[0][1], words[1]);
        words += 2;
    }
    return words;
}

/* SnmpStrToEntity takes addresses only: makes one of a name. */
static void resolve(const char *name, char *address, size_t size)
{
    struct addrinfo hints, *found;

    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_DGRAM;
    if (getaddrinfo(name, NULL, &hints, &found) != 0)
        die_usage("no such host", name);
    if (getnameinfo(found->ai_addr, found->ai_addrlen, address, size, NULL, 0,
                    NI_NUMERICHOST) != 0)
        die_usage("no address of", name);
    freeaddrinfo(found);
}

static void start_library(void)
{
    smiUINT32 major, minor, level, translate, retransmit;
#ifdef _WIN32
    WSADATA data;

    WSAStartup(MAKEWORD(2, 2), &data);
#endif
    if (SnmpStartup(&major, &minor, &level, &translate, &retransmit) ==
        SNMPAPI_FAILURE)
        die("SnmpStartup");
    /* Addresses are literal, and entities speak this version. */
    SnmpSetTranslateMode(options.v1 ? SNMPAPI_UNTRANSLATED_V1
                                    : SNMPAPI_UNTRANSLATED_V2);
    SnmpSetRetransmitMode(SNMPAPI_ON);
    answered = CreateEvent(NULL, FALSE, FALSE, NULL);
    if (answered == NULL)
        die("CreateEvent");
    session = SnmpCreateSession(NULL, 0, on_answer, NULL);
    if (session == SNMPAPI_FAILURE)
        die("SnmpCreateSession");
}

/* Fixes whom to talk to, and how. */
static void set_partner(const char *name, unsigned port)
{
    char address[128];

    host = name;
    resolve(name, address, sizeof(address));
    agent = SnmpStrToEntity(session, address);
    if (agent == SNMPAPI_FAILURE)
        die("SnmpStrToEntity");
    if (SnmpSetPort(agent, options.port == 0 ? port : options.port) ==
        SNMPAPI_FAILURE)
        die("SnmpSetPort");
    SnmpSetTimeout(agent, options.timeout_cs);
    SnmpSetRetry(agent, options.retries);
}

static void set_community(char *name)
{
    smiOCTETS octets;

    octets.len = (smiUINT32)strlen(name);
    octets.ptr = (smiLPBYTE)name;
    community = SnmpStrToContext(session, &octets);
    if (community == SNMPAPI_FAILURE)
        die("SnmpStrToContext");
}

static int run(const char *command, char **words)
{
    if (strcmp(command, "get") == 0)
        return ask(SNMP_PDU_GET, list_of_names(words));
    if (strcmp(command, "getnext") == 0)
        return ask(SNMP_PDU_GETNEXT, list_of_names(words));
    if (strcmp(command, "walk") == 0)
        return walk_all(0, words);
    if (strcmp(command, "bulk") == 0)
        return walk_all(1, words);
    if (strcmp(command, "set") == 0)
        return set(words);
    if (strcmp(command, "trap") == 0)
        return trap(words);
    if (strcmp(command, "inform") == 0)
        return inform(words);
    die_usage("unknown command", command);
    return 1;
}

int main(int argc, char **argv)
{
    char **words;
    int notifies, result;

    if (argc < 2 || strcmp(argv[argc - 1], "--help") == 0) {
        fputs(usage, argc < 2 ? stderr : stdout);
        return argc < 2;
    }
    words = parse_options(argv + 2);
    if (words[0] == NULL || words[1] == NULL || words[2] == NULL)
        die_usage("HOST, COMMUNITY or OID is missing", argv[1]);
    notifies = strcmp(argv[1], "trap") == 0 || strcmp(argv[1], "inform") == 0;
    start_library();
    set_partner(words[0], notifies ? 162 : 161);
    set_community(words[1]);
    result = run(argv[1], words + 2);
    SnmpClose(session);
    SnmpCleanup();
    return result;
}
