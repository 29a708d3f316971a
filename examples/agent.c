/*
 * agent.c - a small SNMP agent, for SNMPv1 and SNMPv2c.
 *
 *     cc agent.c -o agent $(pkg-config --cflags --libs winsnmp)
 *     ./agent --help                      all options
 *     ./agent
 *
 * says "listening on 127.0.0.1 UDP port 1161".  Then, in another terminal,
 *
 *     snmpwalk -v 2c -c public localhost:1161 1.3.6.1.2.1
 *     snmpset -v 2c -c private localhost:1161 1.3.6.1.2.1.1.6.0 s 'room 7'
 *
 * shows the system group and a table of three interfaces, and changes
 * sysLocation.  The library receives the requests and sends the responses;
 * what is answered is up to this program.  An agent for other objects needs
 * only another section "the objects".
 *
 * It ends with exit code 0 on Ctrl+C, SIGTERM or after --count requests.
 */
#ifndef _WIN32
#define _POSIX_C_SOURCE 200809L
#endif

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>
#ifndef _WIN32
#include <signal.h>
#endif

/* No response is longer: it fits into one Ethernet frame. */
#define MAX_MESSAGE 1400

static const char usage[] =
    "usage: agent [options]\n"
    "\n"
    "  --port N              listen on UDP port N (1161)\n"
    "  --address A           at this IPv4 or IPv6 address (127.0.0.1)\n"
    "  --all-addresses       at every address of that kind\n"
    "  --read-community C    who may read (public)\n"
    "  --write-community C   who may read and write (private)\n"
    "  --count N             end after N requests\n"
    "  --help                this text\n"
    "\n"
    "The first line says where: listening on ADDRESS UDP port N\n";

static struct {
    unsigned port, count; /* count 0: no end */
    const char *address, *readers, *writers;
    int all_addresses;
} options = {1161, 0, "127.0.0.1", "public", "private", 0};

static HSNMP_SESSION session;
static HANDLE arrived, stop; /* events */
static ULONGLONG started;    /* milliseconds */

/* ---- errors ----------------------------------------------------------- */

/* Says which function failed and ends the program. */
static void die(const char *fn)
{
    unsigned error = (unsigned)SnmpGetLastError(NULL);

    fprintf(stderr, "agent: %s failed, error %u\n", fn, error);
    exit(1);
}

/* Says what is wrong with the command line. */
static void die_usage(const char *what, const char *argument)
{
    fprintf(stderr, "agent: %s: %s\n%s", what, argument, usage);
    exit(2);
}

/* SnmpListenEx failed: nearly always it is about the port. */
static void die_listen(void)
{
    if (SnmpGetLastError(NULL) != SNMPAPI_TL_OTHER)
        die("SnmpListenEx");
    fprintf(stderr,
            "agent: cannot listen on UDP port %u of %s:\neither another "
            "program does (ss -ulpn 'sport = :%u' shows which),\n"
            "or this host does not have the address",
            options.port, options.address, options.port);
    if (options.port < 1024)
        fputs(",\nor the port needs root or CAP_NET_BIND_SERVICE: run with "
              "sudo, or\nsetcap cap_net_bind_service+ep agent",
              stderr);
    fputs("; --port chooses another port\n", stderr);
    exit(1);
}

/* ---- the objects ------------------------------------------------------ */

struct octets {
    smiUINT32 len;
    smiBYTE bytes[256];
};

/* clang-format off */
#define TEXT_OF(literal) {sizeof(literal) - 1, literal}

static struct octets descr = TEXT_OF("Example agent of libwinsnmp");
static smiUINT32 example_id[] = {1, 3, 6, 1, 4, 1, 32473, 1};
static smiOID object_id = {8, example_id};
static smiTIMETICKS up_time;
static struct octets contact = TEXT_OF("admin@example.com");
static struct octets name = TEXT_OF("agent.example");
static struct octets location = TEXT_OF("room 1");

#define INTERFACES 3

static struct {
    smiINT index;
    struct octets descr;
    smiINT type, mtu;
    smiUINT32 speed;
    struct octets address;
    smiINT admin, oper;
    smiUINT32 in_octets;
    smiCNTR64 in_octets_64;
} interfaces[INTERFACES] = {
    {1, TEXT_OF("lo"), 24, 65536, 10000000, TEXT_OF(""),
     1, 1, 123456, {0, 123456}},
    {2, TEXT_OF("eth0"), 6, 1500, 1000000000, TEXT_OF("\2\0\0\0\0\1"),
     1, 1, 4294967295u, {4, 4294967295u}},
    {3, TEXT_OF("eth1"), 6, 9000, 4294967295u, TEXT_OF("\2\0\0\0\0\xfe"),
     2, 2, 0, {1, 0}}};

/* A scalar, whose one instance is .0, or a column, with .1 to .INTERFACES. */
static const struct object {
    smiUINT32 len, ids[11];
    smiUINT32 syntax;
    void *first;        /* the value of the first instance */
    size_t stride;      /* from one to the next; 0: a scalar */
    smiINT least, most; /* a writable length or number; 0, 0: none is */
} objects[] = {
#define SYSTEM(n) 8, {1, 3, 6, 1, 2, 1, 1, n}
#define IF_ENTRY(n) 10, {1, 3, 6, 1, 2, 1, 2, 2, 1, n}
#define IF_X_ENTRY(n) 11, {1, 3, 6, 1, 2, 1, 31, 1, 1, 1, n}
#define SCALAR(variable) &variable, 0
#define COLUMN(member) &interfaces[0].member, sizeof(interfaces[0])
    /* in the order of their identifiers */
    {SYSTEM(1), SNMP_SYNTAX_OCTETS, SCALAR(descr), 0, 0},
    {SYSTEM(2), SNMP_SYNTAX_OID, SCALAR(object_id), 0, 0},
    {SYSTEM(3), SNMP_SYNTAX_TIMETICKS, SCALAR(up_time), 0, 0},
    {SYSTEM(4), SNMP_SYNTAX_OCTETS, SCALAR(contact), 0, 255},
    {SYSTEM(5), SNMP_SYNTAX_OCTETS, SCALAR(name), 0, 255},
    {SYSTEM(6), SNMP_SYNTAX_OCTETS, SCALAR(location), 0, 255},
    {IF_ENTRY(1), SNMP_SYNTAX_INT, COLUMN(index), 0, 0},
    {IF_ENTRY(2), SNMP_SYNTAX_OCTETS, COLUMN(descr), 0, 0},
    {IF_ENTRY(3), SNMP_SYNTAX_INT, COLUMN(type), 0, 0},
    {IF_ENTRY(4), SNMP_SYNTAX_INT, COLUMN(mtu), 0, 0},
    {IF_ENTRY(5), SNMP_SYNTAX_GAUGE32, COLUMN(speed), 0, 0},
    {IF_ENTRY(6), SNMP_SYNTAX_OCTETS, COLUMN(address), 0, 0},
    {IF_ENTRY(7), SNMP_SYNTAX_INT, COLUMN(admin), 1, 3},
    {IF_ENTRY(8), SNMP_SYNTAX_INT, COLUMN(oper), 0, 0},
    {IF_ENTRY(10), SNMP_SYNTAX_CNTR32, COLUMN(in_octets), 0, 0},
    {IF_X_ENTRY(6), SNMP_SYNTAX_CNTR64, COLUMN(in_octets_64), 0, 0}};
/* clang-format on */

#define OBJECTS (sizeof(objects) / sizeof(objects[0]))

/* ---- finding ---------------------------------------------------------- */

struct instance {
    const struct object *object;
    smiUINT32 ids[12];
    smiOID name;
    void *at;
};

static void make_instance(const struct object *object, smiUINT32 number,
                          struct instance *made)
{
    size_t row = object->stride == 0 ? 0 : number - 1;

    made->object = object;
    memcpy(made->ids, object->ids, object->len * sizeof(object->ids[0]));
    made->ids[object->len] = number;
    made->name.len = object->len + 1;
    made->name.ptr = made->ids;
    made->at = (char *)object->first + row * object->stride;
}

static int compare(const smiOID *left, const smiOID *right)
{
    smiINT order = 0;

    SnmpOidCompare(left, right, 0, &order);
    return order;
}

/* The instance with that name, or the first one behind it.  For SNMPv1 there
 * is no Counter64 (RFC 3584, 4.2.2). */
static int find(const smiOID *wanted, int is_next, int is_v1,
                struct instance *found)
{
    size_t i;

    for (i = 0; i < OBJECTS; i++) {
        smiUINT32 last = objects[i].stride == 0 ? 0 : INTERFACES;
        smiUINT32 number = last == 0 ? 0 : 1;

        if (is_v1 && objects[i].syntax == SNMP_SYNTAX_CNTR64)
            continue;
        for (; number <= last; number++) {
            int order;

            make_instance(&objects[i], number, found);
            order = compare(&found->name, wanted);
            if (is_next ? order > 0 : order == 0)
                return 1;
        }
    }
    return 0;
}

/* The object of which that would be an instance, or NULL. */
static const struct object *object_of(const smiOID *wanted)
{
    size_t i;

    for (i = 0; i < OBJECTS; i++)
        if (wanted->len > objects[i].len &&
            memcmp(wanted->ptr, objects[i].ids,
                   objects[i].len * sizeof(objects[i].ids[0])) == 0)
            return &objects[i];
    return NULL;
}

static smiVALUE value_of(const struct instance *instance)
{
    struct octets *octets = (struct octets *)instance->at;
    smiVALUE value;

    value.syntax = instance->object->syntax;
    if (value.syntax == SNMP_SYNTAX_OCTETS) {
        value.value.string.len = octets->len;
        value.value.string.ptr = octets->bytes;
    } else if (value.syntax == SNMP_SYNTAX_OID) {
        value.value.oid = *(smiOID *)instance->at;
    } else if (value.syntax == SNMP_SYNTAX_CNTR64) {
        value.value.hNumber = *(smiCNTR64 *)instance->at;
    } else if (value.syntax == SNMP_SYNTAX_INT) {
        value.value.sNumber = *(smiINT *)instance->at;
    } else {
        value.value.uNumber = *(smiUINT32 *)instance->at;
    }
    return value;
}

/* ---- requests --------------------------------------------------------- */

struct request {
    HSNMP_ENTITY manager, agent;
    HSNMP_CONTEXT community;
    HSNMP_PDU pdu;
    smiINT type;
    smiINT32 id;
    smiINT non_repeaters, max_repetitions; /* of GETBULK */
    HSNMP_VBL asked, found;
    int is_v1;
    int is_more, is_full; /* what is found */
};

static void get_varbind(HSNMP_VBL list, smiUINT32 place, smiOID *wanted,
                        smiVALUE *value)
{
    if (SnmpGetVb(list, place, wanted, value) == SNMPAPI_FAILURE)
        die("SnmpGetVb");
}

/* Frees what SnmpGetVb allocated. */
static void free_varbind(smiOID *wanted, smiVALUE *value)
{
    SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)wanted);
    if (value->syntax == SNMP_SYNTAX_OID)
        SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&value->value.oid);
    else
        SnmpFreeDescriptor(value->syntax, &value->value.string);
}

static void append(HSNMP_VBL list, const smiOID *of, const smiVALUE *value)
{
    if (SnmpSetVb(list, 0, of, value) == SNMPAPI_FAILURE)
        die("SnmpSetVb");
}

/* SnmpCreatePdu would take a request id of 0 for "choose one". */
static HSNMP_PDU make_response(const struct request *request, smiINT status,
                               smiINT place, HSNMP_VBL list)
{
    HSNMP_PDU pdu =
        SnmpCreatePdu(session, SNMP_PDU_RESPONSE, 1, status, place, list);

    if (pdu == SNMPAPI_FAILURE || SnmpSetPduData(pdu, NULL, &request->id, NULL,
                                                 NULL, NULL) == SNMPAPI_FAILURE)
        die("SnmpCreatePdu");
    return pdu;
}

/* The length of the message that would bring list to the manager, or 0 if
 * there can be none. */
static smiUINT32 measure(const struct request *request, HSNMP_VBL list,
                         int *is_v1)
{
    HSNMP_PDU pdu = make_response(request, 0, 0, list);
    smiOCTETS message;
    smiUINT32 len = 0;

    if (SnmpEncodeMsg(session, request->agent, request->manager,
                      request->community, pdu, &message) != SNMPAPI_FAILURE) {
        /* 30, one or more octets of length, 02 01, and the version */
        smiBYTE length = message.ptr[1];

        *is_v1 = message.ptr[length < 0x80 ? 4 : 4 + (length & 0x7f)] == 0;
        len = message.len;
        SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message);
    }
    SnmpFreePdu(pdu);
    return len;
}

static int fits(const struct request *request, HSNMP_VBL list)
{
    int is_v1;
    smiUINT32 len = measure(request, list, &is_v1);

    return len > 0 && len <= MAX_MESSAGE;
}

/* What is done with each variable of a request; returns an error-status. */
typedef smiINT act_function(struct request *request, const smiOID *wanted,
                            const smiVALUE *value);

/* Does it until there is an error; *place is then that of the variable. */
static smiINT for_each(struct request *request, act_function *act,
                       smiINT *place)
{
    smiUINT32 count = SnmpCountVbl(request->asked);
    smiINT status = SNMP_ERROR_NOERROR;
    smiOID wanted;
    smiVALUE value;
    smiUINT32 i;

    for (i = 1; i <= count && status == SNMP_ERROR_NOERROR; i++) {
        get_varbind(request->asked, i, &wanted, &value);
        status = act(request, &wanted, &value);
        free_varbind(&wanted, &value);
        if (status != SNMP_ERROR_NOERROR)
            *place = (smiINT)i;
    }
    return status;
}

/* ---- GET, GETNEXT, GETBULK (RFC 3416, 4.2.1 to 4.2.3) ---------------- */

/* Adds the variable, or the next one, to what is found.  SNMPv2c has an
 * exception where SNMPv1 has an error. */
static smiINT get(struct request *request, const smiOID *wanted,
                  const smiVALUE *unused)
{
    int is_next = request->type != SNMP_PDU_GET;
    struct instance instance;
    smiVALUE value;

    (void)unused;
    if (find(wanted, is_next, request->is_v1, &instance)) {
        request->is_more = 1;
        value = value_of(&instance);
        append(request->found, &instance.name, &value);
        return SNMP_ERROR_NOERROR;
    }
    if (request->is_v1)
        return SNMP_ERROR_NOSUCHNAME;
    memset(&value, 0, sizeof(value));
    value.syntax = is_next             ? SNMP_SYNTAX_ENDOFMIBVIEW
                   : object_of(wanted) ? SNMP_SYNTAX_NOSUCHINSTANCE
                                       : SNMP_SYNTAX_NOSUCHOBJECT;
    append(request->found, wanted, &value);
    return SNMP_ERROR_NOERROR;
}

/* Adds what follows each of count names of list, from the first on.  False:
 * nothing follows any of them, or the response is full. */
static int add_row(struct request *request, HSNMP_VBL list, smiUINT32 first,
                   smiUINT32 count)
{
    smiOID wanted;
    smiVALUE value;
    smiUINT32 i;

    request->is_more = 0;
    for (i = first; i < first + count && !request->is_full; i++) {
        get_varbind(list, i, &wanted, &value);
        get(request, &wanted, &value);
        free_varbind(&wanted, &value);
        if (!fits(request, request->found)) {
            SnmpDeleteVb(request->found, SnmpCountVbl(request->found));
            request->is_full = 1;
        }
    }
    return request->is_more && !request->is_full;
}

/* The first variables have one successor each; the others, the repeaters, are
 * followed on and on, each row from the names of the row before. */
static void get_bulk(struct request *request)
{
    smiUINT32 count = SnmpCountVbl(request->asked);
    smiUINT32 single = 0;
    smiINT rows;

    if (request->non_repeaters > 0)
        single = (smiUINT32)request->non_repeaters;
    if (single > count)
        single = count;
    count -= single;
    add_row(request, request->asked, 1, single);
    if (count > 0 && request->max_repetitions > 0 &&
        add_row(request, request->asked, single + 1, count))
        for (rows = 1; rows < request->max_repetitions; rows++)
            if (!add_row(request, request->found,
                         SnmpCountVbl(request->found) - count + 1, count))
                break;
}

/* ---- SET (RFC 3416, 4.2.5) ---------------------------------------------- */

/* Whether the value could be stored; the order of the tests is the RFC's. */
static smiINT check(struct request *request, const smiOID *wanted,
                    const smiVALUE *value)
{
    const struct object *object = object_of(wanted);
    struct instance instance;
    int is_text = value->syntax == SNMP_SYNTAX_OCTETS;

    if (object == NULL || object->most == 0)
        return SNMP_ERROR_NOTWRITABLE;
    if (value->syntax != object->syntax)
        return SNMP_ERROR_WRONGTYPE;
    if (is_text && value->value.string.len > (smiUINT32)object->most)
        return SNMP_ERROR_WRONGLENGTH;
    if (!is_text && (value->value.sNumber < object->least ||
                     value->value.sNumber > object->most))
        return SNMP_ERROR_WRONGVALUE;
    if (!find(wanted, 0, request->is_v1, &instance))
        return SNMP_ERROR_NOCREATION;
    return SNMP_ERROR_NOERROR;
}

/* Stores a value that check has found good. */
static smiINT commit(struct request *request, const smiOID *wanted,
                     const smiVALUE *value)
{
    struct instance instance;
    struct octets *octets;

    find(wanted, 0, request->is_v1, &instance);
    if (value->syntax == SNMP_SYNTAX_INT) {
        *(smiINT *)instance.at = value->value.sNumber;
    } else {
        octets = (struct octets *)instance.at;
        octets->len = value->value.string.len;
        if (octets->len > 0)
            memcpy(octets->bytes, value->value.string.ptr, octets->len);
    }
    return SNMP_ERROR_NOERROR;
}

/* All or nothing: nothing is stored before everything is known to be good,
 * nor if the response could not be sent. */
static smiINT set(struct request *request, smiINT *place)
{
    smiINT status;

    if (!fits(request, request->asked))
        return SNMP_ERROR_TOOBIG;
    status = for_each(request, check, place);
    if (status == SNMP_ERROR_NOERROR)
        status = for_each(request, commit, place);
    return status;
}

/* ---- answering -------------------------------------------------------- */

static int equals(const smiOCTETS *octets, const char *text)
{
    return octets->len == strlen(text) &&
           memcmp(octets->ptr, text, octets->len) == 0;
}

/* The community decides what its bearer may do. */
static void find_rights(const struct request *request, int *may_read,
                        int *may_write)
{
    smiOCTETS community;

    *may_read = *may_write = 0;
    if (SnmpContextToStr(request->community, &community) == SNMPAPI_FAILURE)
        return;
    *may_write = equals(&community, options.writers);
    *may_read = *may_write || equals(&community, options.readers);
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
}

static smiINT perform(struct request *request, int may_write, smiINT *place)
{
    up_time = (smiTIMETICKS)((GetTickCount64() - started) / 10);
    switch (request->type) {
    case SNMP_PDU_GET:
    case SNMP_PDU_GETNEXT:
        return for_each(request, get, place);
    case SNMP_PDU_GETBULK:
        get_bulk(request);
        return SNMP_ERROR_NOERROR;
    default:
        if (may_write)
            return set(request, place);
        *place = 1;
        return SNMP_ERROR_NOACCESS;
    }
}

/* With an error the variables are those of the request, with tooBig there are
 * none in SNMPv2c.  The library translates for SNMPv1 the errors it has not. */
static void respond(struct request *request, smiINT status, smiINT place)
{
    HSNMP_VBL list = request->found;
    HSNMP_PDU pdu;

    if (status != SNMP_ERROR_NOERROR || request->type == SNMP_PDU_SET)
        list = request->asked;
    if (!fits(request, list)) {
        status = SNMP_ERROR_TOOBIG;
        place = 0;
        list = request->is_v1 ? request->asked : NULL;
    }
    pdu = make_response(request, status, place, list);
    SnmpSendMsg(session, request->agent, request->manager, request->community,
                pdu);
    SnmpFreePdu(pdu);
}

/* Whether that is a request at all, from somebody who may ask; all else is
 * left without an answer. */
static int answer(struct request *request)
{
    smiINT status, place = 0;
    int may_read, may_write;

    find_rights(request, &may_read, &may_write);
    if (!may_read ||
        (request->type != SNMP_PDU_GET && request->type != SNMP_PDU_GETNEXT &&
         request->type != SNMP_PDU_GETBULK && request->type != SNMP_PDU_SET))
        return 0;
    request->found = SnmpCreateVbl(session, NULL, NULL);
    measure(request, NULL, &request->is_v1);
    status = perform(request, may_write, &place);
    respond(request, status, place);
    SnmpFreeVbl(request->found);
    return 1;
}

/* ---- receiving -------------------------------------------------------- */

static void free_request(struct request *request)
{
    SnmpFreeVbl(request->asked);
    SnmpFreePdu(request->pdu);
    SnmpFreeContext(request->community);
    SnmpFreeEntity(request->agent);
    SnmpFreeEntity(request->manager);
}

/* The next request, if there is one.  A failure that brings a PDU is about a
 * response that could not be delivered. */
static int receive(struct request *request)
{
    SNMPAPI_STATUS status;

    for (;;) {
        memset(request, 0, sizeof(*request));
        status = SnmpRecvMsg(session, &request->manager, &request->agent,
                             &request->community, &request->pdu);
        if (request->pdu == NULL)
            return 0;
        SnmpGetPduData(request->pdu, &request->type, &request->id,
                       &request->non_repeaters, &request->max_repetitions,
                       &request->asked);
        if (status != SNMPAPI_FAILURE)
            return 1;
        free_request(request);
    }
}

/* Answers everything that has come.  False: --count is reached. */
static int serve(void)
{
    static unsigned answered;
    struct request request;

    while (receive(&request)) {
        if (answer(&request))
            answered++;
        free_request(&request);
        if (options.count != 0 && answered == options.count)
            return 0;
    }
    return 1;
}

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

/* ---- Ctrl+C ----------------------------------------------------------- */

#ifdef _WIN32
static BOOL WINAPI on_control(DWORD event)
{
    (void)event;
    SetEvent(stop);
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
    SetEvent(stop);
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

static unsigned parse_number(const char *text, unsigned long least,
                             unsigned long most)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);

    if (*text < '0' || *text > '9' || *end != '\0' || number < least ||
        number > most)
        die_usage("not a number in range", text);
    return (unsigned)number;
}

static void set_option(const char *option, const char *value)
{
    if (value == NULL)
        die_usage("unknown option, or its value is missing", option);
    if (strcmp(option, "--port") == 0)
        options.port = parse_number(value, 1, 65535);
    else if (strcmp(option, "--address") == 0)
        options.address = value;
    else if (strcmp(option, "--read-community") == 0)
        options.readers = value;
    else if (strcmp(option, "--write-community") == 0)
        options.writers = value;
    else if (strcmp(option, "--count") == 0)
        options.count = parse_number(value, 0, 1000000000);
    else
        die_usage("unknown option", option);
}

static void parse_options(char **argument)
{
    for (; *argument != NULL; argument++) {
        if (strcmp(*argument, "--help") == 0) {
            fputs(usage, stdout);
            exit(0);
        }
        if (strcmp(*argument, "--all-addresses") == 0) {
            options.all_addresses = 1;
            continue;
        }
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
    /* Addresses and communities are meant literally. */
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    session = SnmpCreateSession(NULL, 0, on_arrival, NULL);
    if (session == SNMPAPI_FAILURE)
        die("SnmpCreateSession");
}

/* From here on requests come. */
static void listen_for_requests(void)
{
    HSNMP_ENTITY agent = SnmpStrToEntity(session, options.address);

    if (agent == SNMPAPI_FAILURE)
        die_usage("not an address", options.address);
    if (SnmpSetPort(agent, options.port) == SNMPAPI_FAILURE)
        die("SnmpSetPort");
    if (SnmpListenEx(agent, SNMPAPI_ON,
                     options.all_addresses
                         ? SNMPLISTEN_ALL_ADDR
                         : SNMPLISTEN_USEENTITY_ADDR) == SNMPAPI_FAILURE)
        die_listen();
    if (options.all_addresses)
        options.address = strchr(options.address, ':') ? "::" : "0.0.0.0";
    printf("listening on %s UDP port %u\n", options.address, options.port);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    HANDLE events[2];

    (void)argc;
    parse_options(argv + 1);
    started = GetTickCount64();
    events[0] = stop = CreateEvent(NULL, TRUE, FALSE, NULL);
    events[1] = arrived = CreateEvent(NULL, FALSE, FALSE, NULL);
    if (stop == NULL || arrived == NULL)
        die("CreateEvent");
    end_on_signals();
    start_library();
    listen_for_requests();
    while (WaitForMultipleObjects(2, events, FALSE, INFINITE) ==
               WAIT_OBJECT_0 + 1 &&
           serve())
        continue;
    SnmpClose(session); /* also ends the listening */
    SnmpCleanup();
    return 0;
}
