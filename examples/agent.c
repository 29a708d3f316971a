/*
 * agent.c - a small SNMP agent, for SNMPv1 and SNMPv2c.
 *
 *     cc agent.c -o agent $(pkg-config --cflags --libs winsnmp)
 *     ./agent
 *
 * says "listening on 127.0.0.1 UDP port 1161", until Ctrl+C or SIGTERM ends it.
 * Meanwhile, in another terminal,
 *
 *     snmpwalk -v 2c -c public localhost:1161 1.3.6.1.2.1
 *     snmpset -v 2c -c private localhost:1161 1.3.6.1.2.1.1.6.0 s 'room 7'
 *
 * shows the system group and a table of three interfaces, and changes
 * sysLocation.  The library receives the requests and sends the responses;
 * what is answered is up to this program.  An agent for other variables needs
 * only another section "the variables".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winsnmp.h>

/* No response is longer: it fits into one Ethernet frame. */
#define MAX_MESSAGE 1400

static const char usage[] =
    "usage: agent [options]\n"
    "  --port N              listen on UDP port N (1161)\n"
    "  --address A           at address A; 0.0.0.0 and :: are all (127.0.0.1)\n"
    "  --read-community C    who may read (public)\n"
    "  --write-community C   who may read and write (private)\n";

static struct {
    const char *name, *value;
} options[] = {{"--port", "1161"},
               {"--address", "127.0.0.1"},
               {"--read-community", "public"},
               {"--write-community", "private"}};
enum { PORT, ADDRESS, READERS, WRITERS, OPTIONS };

static HSNMP_SESSION session;
static HANDLE stop;       /* an event */
static ULONGLONG started; /* milliseconds */

/* ---- the variables ---------------------------------------------------- */

/* clang-format off */
#define MAX_TEXT 255
#define OCTETS(literal) {sizeof(literal) - 1, literal}

struct octets {
    smiUINT32 len;
    smiBYTE bytes[MAX_TEXT + 1];
};

static struct octets descr = OCTETS("Example agent of libwinsnmp");
static smiUINT32 example_ids[] = {1, 3, 6, 1, 4, 1, 32473, 1};
static smiOID object_id = {8, example_ids};
static smiTIMETICKS up_time; /* set for every request */
static struct octets contact = OCTETS("admin@example.com");
static struct octets name = OCTETS("agent.example");
static struct octets location = OCTETS("room 1");

/* The columns of the table. */
static smiINT indexes[] = {1, 2, 3};
static struct octets descrs[] = {OCTETS("lo"), OCTETS("eth0"), OCTETS("eth1")};
static smiUINT32 speeds[] = {10000000, 1000000000, 4294967295u};
static struct octets addresses[] = {
    OCTETS(""), OCTETS("\2\0\0\0\0\1"), OCTETS("\2\0\0\0\0\xfe")};
static smiINT states[] = {1, 1, 2};
static smiUINT32 in_octets[] = {123456, 4294967295u, 0};
static smiCNTR64 in_octets_64[] = {{0, 123456}, {4, 4294967295u}, {1, 0}};

/* most is the greatest length or number that can be written; 0: read-only. */
#define SCALAR(object, syntax, value, most) \
    {object ".0", SNMP_SYNTAX_##syntax, &value, most, {0, NULL}}
#define COLUMN(object, syntax, values, most) \
    {object ".1", SNMP_SYNTAX_##syntax, &values[0], most, {0, NULL}}, \
    {object ".2", SNMP_SYNTAX_##syntax, &values[1], most, {0, NULL}}, \
    {object ".3", SNMP_SYNTAX_##syntax, &values[2], most, {0, NULL}}

/* In the order of their names. */
static struct variable {
    const char *text;
    smiUINT32 syntax;
    void *value;
    smiINT most;
    smiOID name; /* what the text says */
} variables[] = {
    SCALAR("1.3.6.1.2.1.1.1", OCTETS, descr, 0),
    SCALAR("1.3.6.1.2.1.1.2", OID, object_id, 0),
    SCALAR("1.3.6.1.2.1.1.3", TIMETICKS, up_time, 0),
    SCALAR("1.3.6.1.2.1.1.4", OCTETS, contact, MAX_TEXT),
    SCALAR("1.3.6.1.2.1.1.5", OCTETS, name, MAX_TEXT),
    SCALAR("1.3.6.1.2.1.1.6", OCTETS, location, MAX_TEXT),
    COLUMN("1.3.6.1.2.1.2.2.1.1", INT, indexes, 0),
    COLUMN("1.3.6.1.2.1.2.2.1.2", OCTETS, descrs, 0),
    COLUMN("1.3.6.1.2.1.2.2.1.5", GAUGE32, speeds, 0),
    COLUMN("1.3.6.1.2.1.2.2.1.6", OCTETS, addresses, 0),
    COLUMN("1.3.6.1.2.1.2.2.1.7", INT, states, 3),
    COLUMN("1.3.6.1.2.1.2.2.1.10", CNTR32, in_octets, 0),
    COLUMN("1.3.6.1.2.1.31.1.1.1.6", CNTR64, in_octets_64, 0)};
/* clang-format on */

#define VARIABLES (sizeof(variables) / sizeof(variables[0]))

enum relation { SAME, NEXT, SAME_OBJECT };

/* The first variable with that name, behind it, or of the same object.  For
 * SNMPv1 there is no Counter64 (RFC 3584, 4.2.2). */
static struct variable *find(const smiOID *wanted, enum relation relation,
                             int is_v1)
{
    size_t i;

    for (i = 0; i < VARIABLES; i++) {
        const smiOID *found = &variables[i].name;
        smiINT order = -1;

        if (is_v1 && variables[i].syntax == SNMP_SYNTAX_CNTR64)
            continue;
        SnmpOidCompare(found, wanted,
                       relation == SAME_OBJECT ? found->len - 1 : 0, &order);
        if (relation == NEXT ? order > 0 : order == 0)
            return &variables[i];
    }
    return NULL;
}

static smiVALUE value_of(const struct variable *variable)
{
    struct octets *octets = (struct octets *)variable->value;
    smiVALUE value;

    value.syntax = variable->syntax;
    if (value.syntax == SNMP_SYNTAX_OCTETS) {
        value.value.string.len = octets->len;
        value.value.string.ptr = octets->bytes;
    } else if (value.syntax == SNMP_SYNTAX_OID) {
        value.value.oid = *(smiOID *)variable->value;
    } else if (value.syntax == SNMP_SYNTAX_CNTR64) {
        value.value.hNumber = *(smiCNTR64 *)variable->value;
    } else { /* 32 bits; a negative number has the same ones */
        value.value.uNumber = *(smiUINT32 *)variable->value;
    }
    return value;
}

/* ---- requests --------------------------------------------------------- */

struct request {
    HSNMP_ENTITY manager, agent;
    HSNMP_CONTEXT community;
    HSNMP_PDU pdu, response;
    smiINT type;
    smiINT32 id;
    smiINT non_repeaters, max_repetitions; /* of GETBULK */
    HSNMP_VBL asked, found;
    smiINT count;         /* of what is asked */
    smiINT status, place; /* the error */
    int may_write, is_v1, is_more;
};

/* Makes the response with that list of variables; false: it is too long.  Also
 * finds out the version, which is that of the request: a message begins with
 * 30, one or more octets of length, 02 01, and the version. */
static int make_response(struct request *request, HSNMP_VBL list)
{
    smiOCTETS message = {0, NULL};
    smiUINT32 len, more = 0;

    SnmpFreePdu(request->response);
    request->response = SnmpCreatePdu(session, SNMP_PDU_RESPONSE, 1,
                                      request->status, request->place, list);
    /* An id of 0 SnmpCreatePdu would take for "choose one". */
    SnmpSetPduData(request->response, NULL, &request->id, NULL, NULL, NULL);
    SnmpEncodeMsg(session, request->agent, request->manager, request->community,
                  request->response, &message);
    len = message.len;
    if (len > 0 && message.ptr[1] > 0x80)
        more = message.ptr[1] & 0x7f;
    request->is_v1 = len > 0 && message.ptr[4 + more] == 0;
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message);
    return len > 0 && len <= MAX_MESSAGE;
}

/* What is done with a variable of a request; returns an error-status. */
typedef smiINT act_function(struct request *request, const smiOID *wanted,
                            const smiVALUE *value);

/* Does it with these variables of list, until there is an error; with none if
 * there has been one. */
static void do_each(struct request *request, HSNMP_VBL list, smiINT first,
                    smiINT last, act_function *act)
{
    smiINT i;
    smiOID wanted;
    smiVALUE value;

    for (i = first; i <= last && request->status == SNMP_ERROR_NOERROR; i++) {
        if (SnmpGetVb(list, (smiUINT32)i, &wanted, &value)) {
            request->status = act(request, &wanted, &value);
            SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&wanted);
            SnmpFreeDescriptor(value.syntax, &value.value.string);
        } else {
            request->status = SNMP_ERROR_GENERR;
        }
        if (request->status != SNMP_ERROR_NOERROR)
            request->place = i;
    }
}

/* ---- GET, GETNEXT, GETBULK (RFC 3416, 4.2.1 to 4.2.3) ------------------ */

/* Adds the variable, or the next one, to what is found.  SNMPv2c has an
 * exception where SNMPv1 has an error. */
static smiINT get(struct request *request, const smiOID *wanted,
                  const smiVALUE *unused)
{
    enum relation relation = request->type == SNMP_PDU_GET ? SAME : NEXT;
    const struct variable *variable = find(wanted, relation, request->is_v1);
    smiVALUE value;

    (void)unused;
    if (variable == NULL && request->is_v1)
        return SNMP_ERROR_NOSUCHNAME;
    memset(&value, 0, sizeof(value));
    value.syntax = relation == NEXT               ? SNMP_SYNTAX_ENDOFMIBVIEW
                   : find(wanted, SAME_OBJECT, 0) ? SNMP_SYNTAX_NOSUCHINSTANCE
                                                  : SNMP_SYNTAX_NOSUCHOBJECT;
    if (variable != NULL) {
        request->is_more = 1;
        wanted = &variable->name;
        value = value_of(variable);
    }
    if (!SnmpSetVb(request->found, 0, wanted, &value))
        return SNMP_ERROR_GENERR;
    return make_response(request, request->found) ? SNMP_ERROR_NOERROR
                                                  : SNMP_ERROR_TOOBIG;
}

/* The first names have one successor each; the others, the repeaters, are
 * followed on and on, each row from the names of the row before, until nothing
 * follows any of them (get sets is_more) or the response is full. */
static void get_bulk(struct request *request)
{
    smiINT single = request->non_repeaters > 0 ? request->non_repeaters : 0;
    smiINT row, repeaters, first;
    HSNMP_VBL list = request->asked;

    if (single > request->count)
        single = request->count;
    repeaters = request->count - single;
    do_each(request, list, 1, single, get);
    first = single + 1;
    request->is_more = 1;
    for (row = 0; row < request->max_repetitions && request->is_more; row++) {
        request->is_more = 0;
        do_each(request, list, first, first + repeaters - 1, get);
        list = request->found;
        first = single + 1 + row * repeaters;
    }
    if (request->status == SNMP_ERROR_TOOBIG) {
        SnmpDeleteVb(request->found, SnmpCountVbl(request->found));
        request->status = SNMP_ERROR_NOERROR;
        request->place = 0;
    }
}

/* ---- SET (RFC 3416, 4.2.5) ---------------------------------------------- */

/* Whether the value could be stored; the order of the tests is the RFC's. */
static smiINT check(struct request *request, const smiOID *wanted,
                    const smiVALUE *value)
{
    const struct variable *object = find(wanted, SAME_OBJECT, 0);
    int is_text = value->syntax == SNMP_SYNTAX_OCTETS;
    smiINT size =
        is_text ? (smiINT)value->value.string.len : value->value.sNumber;

    if (!request->may_write)
        return SNMP_ERROR_NOACCESS;
    if (object == NULL || object->most == 0)
        return SNMP_ERROR_NOTWRITABLE;
    if (value->syntax != object->syntax)
        return SNMP_ERROR_WRONGTYPE;
    if (size > object->most || (!is_text && size < 1))
        return is_text ? SNMP_ERROR_WRONGLENGTH : SNMP_ERROR_WRONGVALUE;
    return find(wanted, SAME, 0) ? SNMP_ERROR_NOERROR : SNMP_ERROR_NOCREATION;
}

/* Stores a value that check has found good. */
static smiINT commit(struct request *request, const smiOID *wanted,
                     const smiVALUE *value)
{
    const struct variable *variable = find(wanted, SAME, 0);
    struct octets *octets = (struct octets *)variable->value;

    (void)request;
    if (variable->syntax == SNMP_SYNTAX_INT) {
        *(smiINT *)variable->value = value->value.sNumber;
    } else {
        octets->len = value->value.string.len;
        if (octets->len > 0)
            memcpy(octets->bytes, value->value.string.ptr, octets->len);
    }
    return SNMP_ERROR_NOERROR;
}

/* All or nothing: nothing is stored before everything is known to be good,
 * nor if the response could not be sent. */
static void set(struct request *request)
{
    if (make_response(request, request->asked)) {
        do_each(request, request->asked, 1, request->count, check);
        do_each(request, request->asked, 1, request->count, commit);
    }
}

/* ---- answering -------------------------------------------------------- */

static int is_community(const struct request *request, const char *text)
{
    smiOCTETS community = {0, NULL};
    int is_same;

    SnmpContextToStr(request->community, &community);
    is_same = community.len > 0 && community.len == strlen(text) &&
              memcmp(community.ptr, text, community.len) == 0;
    SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
    return is_same;
}

/* With an error the variables are those of the request, with tooBig there are
 * none in SNMPv2c.  The library translates for SNMPv1 the errors it has not. */
static void respond(struct request *request)
{
    HSNMP_VBL list = request->found;

    if (request->status != SNMP_ERROR_NOERROR || request->type == SNMP_PDU_SET)
        list = request->asked;
    if (request->status == SNMP_ERROR_TOOBIG || !make_response(request, list)) {
        request->status = SNMP_ERROR_TOOBIG;
        request->place = 0;
        make_response(request, request->is_v1 ? request->asked : NULL);
    }
    SnmpSendMsg(session, request->agent, request->manager, request->community,
                request->response);
}

/* Only requests are answered, and only to those who may read. */
static void answer(struct request *request)
{
    request->may_write = is_community(request, options[WRITERS].value);
    if (!request->may_write && !is_community(request, options[READERS].value))
        return;
    request->count = (smiINT)SnmpCountVbl(request->asked);
    make_response(request, NULL); /* to know the version */
    up_time = (smiTIMETICKS)((GetTickCount64() - started) / 10);
    if (request->type == SNMP_PDU_GET || request->type == SNMP_PDU_GETNEXT)
        do_each(request, request->asked, 1, request->count, get);
    else if (request->type == SNMP_PDU_GETBULK)
        get_bulk(request);
    else if (request->type == SNMP_PDU_SET)
        set(request);
    else
        return;
    respond(request);
}

/* Runs on a thread of the library, for one message after the other.  When
 * SnmpRecvMsg fails and yet delivers, a response could not be sent. */
static SNMPAPI_STATUS CALLBACK on_message(HSNMP_SESSION hSession, HWND hWnd,
                                          UINT wMsg, WPARAM wParam,
                                          LPARAM lParam, LPVOID lpClientData)
{
    struct request request;

    (void)hWnd, (void)wMsg, (void)wParam, (void)lParam, (void)lpClientData;
    memset(&request, 0, sizeof(request));
    request.found = SnmpCreateVbl(hSession, NULL, NULL);
    if (SnmpRecvMsg(hSession, &request.manager, &request.agent,
                    &request.community, &request.pdu) &&
        SnmpGetPduData(request.pdu, &request.type, &request.id,
                       &request.non_repeaters, &request.max_repetitions,
                       &request.asked))
        answer(&request);
    SnmpFreeVbl(request.found);
    SnmpFreeVbl(request.asked);
    SnmpFreePdu(request.response);
    SnmpFreePdu(request.pdu);
    SnmpFreeContext(request.community);
    SnmpFreeEntity(request.agent);
    SnmpFreeEntity(request.manager);
    return SNMPAPI_SUCCESS;
}

/* ---- starting and ending ---------------------------------------------- */

static void die(const char *what)
{
    fprintf(stderr, "agent: %s, error %u\n", what,
            (unsigned)SnmpGetLastError(NULL));
    exit(1);
}

static void parse_options(char **argument)
{
    int i;

    for (; *argument != NULL; argument += 2) {
        for (i = 0; i < OPTIONS && strcmp(*argument, options[i].name); i++)
            continue;
        if (i == OPTIONS || argument[1] == NULL) {
            fputs(usage, stderr);
            exit(2);
        }
        options[i].value = argument[1];
    }
}

static void start_library(void)
{
    smiUINT32 major, minor, level, translate, retransmit;
    size_t i;

    if (!SnmpStartup(&major, &minor, &level, &translate, &retransmit))
        die("SnmpStartup failed");
    /* Addresses and communities are meant literally. */
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    session = SnmpCreateSession(NULL, 0, on_message, NULL);
    if (!session)
        die("SnmpCreateSession failed");
    for (i = 0; i < VARIABLES; i++)
        if (!SnmpStrToOid(variables[i].text, &variables[i].name))
            die("SnmpStrToOid failed");
}

/* From here on requests come. */
static void listen_for_requests(void)
{
    HSNMP_ENTITY agent = SnmpStrToEntity(session, options[ADDRESS].value);

    if (!agent)
        die("that is no address");
    if (!SnmpSetPort(agent, (UINT)atoi(options[PORT].value)))
        die("that is no port");
    if (!SnmpListen(agent, SNMPAPI_ON))
        die("cannot listen there: another program does (see ss -ulpn),\n"
            "this host does not have the address, or the port is below 1024\n"
            "and needs root or setcap cap_net_bind_service+ep");
    printf("listening on %s UDP port %s\n", options[ADDRESS].value,
           options[PORT].value);
    fflush(stdout);
}

/* Ctrl+C, or SIGTERM; runs on a thread of its own. */
static BOOL WINAPI on_control(DWORD event)
{
    (void)event;
    SetEvent(stop);
    return TRUE;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return fputs(usage, stdout) < 0;
    parse_options(argv + 1);
    started = GetTickCount64();
    stop = CreateEvent(NULL, TRUE, FALSE, NULL);
    if (!stop || !SetConsoleCtrlHandler(on_control, TRUE))
        die("CreateEvent or SetConsoleCtrlHandler failed");
    start_library();
    listen_for_requests();
    WaitForSingleObject(stop, INFINITE);
    SnmpCleanup(); /* ends the listening and frees every object */
    return 0;
}
