/*
 * fuzz_api.c - a careless program: an input is a list of calls, each with
 * handles that are good, freed, of another kind or invented, and with
 * whatever else the input says.
 *
 * No call may crash, what fails must say why, a failure must not change what
 * there is, and closing the sessions must leave nothing behind.
 */
#include "careless.h"

#include <arpa/inet.h>
#include <event2/event.h>
#include <sys/socket.h>

#include "base/handle.h"
#include "core/descriptor.h"
#include "winsnmp_posix.h"

#define CALLS_MAX 64

static struct event_base *host;
static UINT sink_port; /* where requests go; nobody answers */

/* ---- calls; each returns what the function did -------------------------- */

static SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION of, HWND window,
                                        UINT message, WPARAM what, LPARAM id,
                                        LPVOID data)
{
    (void)of;
    (void)window;
    (void)message;
    (void)what;
    (void)id;
    (void)data;
    return SNMPAPI_SUCCESS;
}

static uintptr_t kept(unsigned kind, void *object)
{
    keep(kind, object);
    return (uintptr_t)object;
}

static uintptr_t create_session(struct calls *calls)
{
    (void)calls;
    return kept(WSN_SESSION, SnmpCreateSession(NULL, 0, on_event, NULL));
}

static uintptr_t close_(struct calls *calls)
{
    return SnmpClose(handle(calls, WSN_SESSION));
}

/* Only ever on this machine, and only to the sink. */
static uintptr_t new_entity(struct calls *calls)
{
    static const char *const hosts[] = {"127.0.0.1", "127.0.0.2"};
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    HSNMP_ENTITY entity =
        SnmpStrToEntity(of, hosts[fuzz_octet(&calls->in) % 2]);

    if (entity != NULL)
        FUZZ_CHECK(SnmpSetPort(entity, sink_port) == SNMPAPI_SUCCESS);
    return kept(WSN_ENTITY, entity);
}

/* An address that somebody else may have; it is not used. */
static uintptr_t odd_entity(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    char *text = fuzz_text(&calls->in, fuzz_octet(&calls->in));
    HSNMP_ENTITY entity = SnmpStrToEntity(of, text);

    free(text);
    return entity == NULL ? 0 : SnmpFreeEntity(entity);
}

static uintptr_t free_entity(struct calls *calls)
{
    return SnmpFreeEntity(handle(calls, WSN_ENTITY));
}

static uintptr_t entity_to_str(struct calls *calls)
{
    HSNMP_ENTITY entity = handle(calls, WSN_ENTITY);
    smiUINT32 size = fuzz_octet(&calls->in) % 32;
    char *text = malloc(size + 1);
    uintptr_t result;

    FUZZ_CHECK(text != NULL);
    text[size] = 'x';
    result = SnmpEntityToStr(entity, size, text);
    FUZZ_CHECK(text[size] == 'x');
    free(text);
    return result;
}

static uintptr_t set_port(struct calls *calls)
{
    static const UINT port_numbers[] = {0, 65536, 0xffffffff};
    UINT choice = fuzz_octet(&calls->in) % 4;

    return SnmpSetPort(handle(calls, WSN_ENTITY),
                       choice == 3 ? sink_port : port_numbers[choice]);
}

static uintptr_t policies(struct calls *calls)
{
    HSNMP_ENTITY entity = handle(calls, WSN_ENTITY);
    smiUINT32 number;
    smiUINT32 actual;

    if (SnmpSetTimeout(entity, fuzz_long(&calls->in)) == SNMPAPI_FAILURE)
        return 0;
    FUZZ_CHECK(SnmpSetRetry(entity, fuzz_long(&calls->in)) == SNMPAPI_SUCCESS);
    FUZZ_CHECK(SnmpGetTimeout(entity, &number, &actual) == SNMPAPI_SUCCESS);
    return SnmpGetRetry(entity, &number, &actual);
}

static uintptr_t listen_(struct calls *calls)
{
    HSNMP_ENTITY entity = handle(calls, WSN_ENTITY);

    return SnmpListen(entity, fuzz_octet(&calls->in) % 3);
}

static uintptr_t new_context(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    smiOCTETS community = octets(calls);
    HSNMP_CONTEXT context = SnmpStrToContext(of, &community);

    free(community.ptr);
    return kept(WSN_CONTEXT, context);
}

static uintptr_t free_context(struct calls *calls)
{
    return SnmpFreeContext(handle(calls, WSN_CONTEXT));
}

static uintptr_t context_to_str(struct calls *calls)
{
    smiOCTETS community;

    if (SnmpContextToStr(handle(calls, WSN_CONTEXT), &community) ==
        SNMPAPI_FAILURE)
        return 0;
    return SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &community);
}

static uintptr_t new_pdu(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    HSNMP_VBL vbl = handle(calls, WSN_VBL);
    smiINT type = (smiINT)fuzz_octet(&calls->in);
    smiINT32 id = (smiINT32)fuzz_octet(&calls->in);
    smiINT x = (smiINT)fuzz_long(&calls->in);

    return kept(WSN_PDU, SnmpCreatePdu(of, type, id, x, x, vbl));
}

static uintptr_t duplicate_pdu(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);

    return kept(WSN_PDU, SnmpDuplicatePdu(of, handle(calls, WSN_PDU)));
}

static uintptr_t get_pdu_data(struct calls *calls)
{
    smiINT type;
    smiINT32 id;
    HSNMP_VBL vbl;

    if (SnmpGetPduData(handle(calls, WSN_PDU), &type, &id, NULL, NULL, &vbl) ==
        SNMPAPI_FAILURE)
        return 0;
    return kept(WSN_VBL, vbl);
}

static uintptr_t set_pdu_data(struct calls *calls)
{
    HSNMP_PDU pdu = handle(calls, WSN_PDU);
    HSNMP_VBL vbl = handle(calls, WSN_VBL);
    smiINT type = (smiINT)fuzz_octet(&calls->in);
    smiINT32 id = (smiINT32)fuzz_octet(&calls->in);
    unsigned which = fuzz_octet(&calls->in);

    return SnmpSetPduData(pdu, which & 1 ? &type : NULL, which & 2 ? &id : NULL,
                          which & 4 ? &type : NULL, which & 8 ? &type : NULL,
                          which & 16 ? &vbl : NULL);
}

static uintptr_t free_pdu(struct calls *calls)
{
    return SnmpFreePdu(handle(calls, WSN_PDU));
}

static uintptr_t new_vbl(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    smiOID name = oid(calls);
    smiVALUE content = value(calls);
    HSNMP_VBL vbl = SnmpCreateVbl(of, &name, &content);

    free(name.ptr);
    value_free(&content);
    return kept(WSN_VBL, vbl);
}

static uintptr_t duplicate_vbl(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);

    return kept(WSN_VBL, SnmpDuplicateVbl(of, handle(calls, WSN_VBL)));
}

static uintptr_t set_vb(struct calls *calls)
{
    HSNMP_VBL vbl = handle(calls, WSN_VBL);
    smiUINT32 index = fuzz_octet(&calls->in) % 8;
    smiOID name = oid(calls);
    smiVALUE content = value(calls);
    uintptr_t result = SnmpSetVb(vbl, index, index == 3 ? NULL : &name,
                                 index == 4 ? NULL : &content);

    free(name.ptr);
    value_free(&content);
    return result;
}

static uintptr_t get_vb(struct calls *calls)
{
    HSNMP_VBL vbl = handle(calls, WSN_VBL);
    smiOID name;
    smiVALUE content;

    if (SnmpGetVb(vbl, fuzz_octet(&calls->in) % 8, &name, &content) ==
        SNMPAPI_FAILURE)
        return 0;
    if (has_memory(content.syntax))
        FUZZ_CHECK(SnmpFreeDescriptor(content.syntax, &content.value.string) ==
                   SNMPAPI_SUCCESS);
    return SnmpFreeDescriptor(SNMP_SYNTAX_OID, (smiLPOPAQUE)&name);
}

static uintptr_t delete_vb(struct calls *calls)
{
    HSNMP_VBL vbl = handle(calls, WSN_VBL);

    return SnmpDeleteVb(vbl, fuzz_octet(&calls->in) % 8);
}

static uintptr_t count_vbl(struct calls *calls)
{
    return SnmpCountVbl(handle(calls, WSN_VBL));
}

static uintptr_t free_vbl(struct calls *calls)
{
    return SnmpFreeVbl(handle(calls, WSN_VBL));
}

static uintptr_t send_(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    HSNMP_ENTITY src = handle(calls, WSN_ENTITY);
    HSNMP_ENTITY dst = handle(calls, WSN_ENTITY);
    HSNMP_CONTEXT context = handle(calls, WSN_CONTEXT);

    return SnmpSendMsg(of, src, dst, context, handle(calls, WSN_PDU));
}

static uintptr_t receive(struct calls *calls)
{
    HSNMP_ENTITY src = NULL;
    HSNMP_ENTITY dst = NULL;
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;
    uintptr_t result =
        SnmpRecvMsg(handle(calls, WSN_SESSION), &src, &dst, &context, &pdu);

    keep(WSN_ENTITY, src);
    keep(WSN_ENTITY, dst);
    keep(WSN_CONTEXT, context);
    keep(WSN_PDU, pdu);
    return result;
}

static uintptr_t cancel(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);

    return SnmpCancelMsg(of, (smiINT32)fuzz_octet(&calls->in));
}

static uintptr_t register_(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    HSNMP_ENTITY src = handle(calls, WSN_ENTITY);
    HSNMP_ENTITY dst = handle(calls, WSN_ENTITY);
    HSNMP_CONTEXT context = handle(calls, WSN_CONTEXT);
    smiOID notification = oid(calls);
    uintptr_t result = SnmpRegister(
        of, src, dst, context, notification.len == 0 ? NULL : &notification,
        fuzz_octet(&calls->in) % 3);

    free(notification.ptr);
    return result;
}

static uintptr_t encode(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    HSNMP_ENTITY src = handle(calls, WSN_ENTITY);
    HSNMP_ENTITY dst = handle(calls, WSN_ENTITY);
    HSNMP_CONTEXT context = handle(calls, WSN_CONTEXT);
    HSNMP_PDU pdu = handle(calls, WSN_PDU);
    smiOCTETS message;

    if (SnmpEncodeMsg(of, src, dst, context, pdu, &message) == SNMPAPI_FAILURE)
        return 0;
    context = NULL;
    FUZZ_CHECK(SnmpDecodeMsg(of, &src, &dst, &context, &pdu, &message) ==
               message.len);
    keep(WSN_CONTEXT, context);
    keep(WSN_PDU, pdu);
    return SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &message);
}

static uintptr_t decode(struct calls *calls)
{
    HSNMP_SESSION of = handle(calls, WSN_SESSION);
    HSNMP_ENTITY src = NULL;
    HSNMP_ENTITY dst = NULL;
    HSNMP_CONTEXT context = NULL;
    HSNMP_PDU pdu = NULL;
    smiOCTETS message = octets(calls);
    uintptr_t result = SnmpDecodeMsg(of, &src, &dst, &context, &pdu, &message);

    keep(WSN_CONTEXT, context);
    keep(WSN_PDU, pdu);
    free(message.ptr);
    return result;
}

static uintptr_t free_descriptor(struct calls *calls)
{
    static unsigned char own[8];
    smiOCTETS foreign = {4, own};

    if (fuzz_octet(&calls->in) & 1)
        foreign.ptr = (smiLPBYTE)(uintptr_t)fuzz_long(&calls->in);
    return SnmpFreeDescriptor(fuzz_octet(&calls->in), &foreign);
}

static uintptr_t modes(struct calls *calls)
{
    smiUINT32 mode = fuzz_octet(&calls->in) % 8;

    return SnmpSetTranslateMode(mode) | SnmpSetRetransmitMode(mode);
}

static uintptr_t restart(struct calls *calls)
{
    /* It takes as long as a thousand other calls. */
    if (calls->has_restarted)
        return 1;
    calls->has_restarted = fuzz_octet(&calls->in) == 0xff;
    if (!calls->has_restarted)
        return 1;
    FUZZ_CHECK(SnmpCleanup() == SNMPAPI_SUCCESS);
    FUZZ_CHECK(SnmpGetLastError(NULL) < 256);
    FUZZ_CHECK(SnmpStartup(NULL, NULL, NULL, NULL, NULL) == SNMPAPI_SUCCESS);
    return SnmpPosixSetEventBase(host);
}

static uintptr_t (*const functions[])(struct calls *) = {
    create_session,  close_,         new_entity, odd_entity,    free_entity,
    entity_to_str,   set_port,       policies,   listen_,       new_context,
    free_context,    context_to_str, new_pdu,    duplicate_pdu, get_pdu_data,
    set_pdu_data,    free_pdu,       new_vbl,    duplicate_vbl, set_vb,
    get_vb,          delete_vb,      count_vbl,  free_vbl,      send_,
    receive,         cancel,         register_,  encode,        decode,
    free_descriptor, modes,          restart};

#define N_FUNCTIONS (sizeof functions / sizeof functions[0])

/* ---- one input ---------------------------------------------------------- */

static void open_sink(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    FUZZ_CHECK(fd >= 0);
    FUZZ_CHECK(bind(fd, (struct sockaddr *)&address, len) == 0);
    FUZZ_CHECK(getsockname(fd, (struct sockaddr *)&address, &len) == 0);
    sink_port = ntohs(address.sin_port);
}

static void start(void)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
    setenv("WINSNMP_TRAP_PORT", "0", 1);
    setenv("WINSNMP_DNS", "off", 1);
    open_sink();
    host = event_base_new();
    FUZZ_CHECK(SnmpStartup(NULL, NULL, NULL, NULL, NULL) == SNMPAPI_SUCCESS);
    FUZZ_CHECK(SnmpPosixSetEventBase(host) == SNMPAPI_SUCCESS);
}

/* A failure says why, in the interface's own numbers. */
static void check_failure(void)
{
    SNMPAPI_STATUS code = SnmpGetLastError(NULL);

    FUZZ_CHECK(code > SNMPAPI_SUCCESS && code <= SNMPAPI_TL_OTHER);
}

static void close_all(void)
{
    for (int i = 0; i < SLOTS; i++)
        (void)SnmpClose(slots[WSN_SESSION][i]);
    (void)event_base_loop(host, EVLOOP_NONBLOCK);
    FUZZ_CHECK(wsn_handle_count(WSN_ANY_TYPE) == 0);
    FUZZ_CHECK(wsn_descriptor_count() == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t len)
{
    struct calls calls = {{input, len}, false};

    if (host == NULL)
        start();
    memset(slots, 0, sizeof slots);
    memset(n_made, 0, sizeof n_made);
    (void)SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    keep(WSN_SESSION, SnmpCreateSession(NULL, 0, on_event, NULL));
    for (int i = 0; i < CALLS_MAX && calls.in.left > 0; i++) {
        if (functions[fuzz_octet(&calls.in) % N_FUNCTIONS](&calls) == 0)
            check_failure();
        if (i % 8 == 0)
            (void)event_base_loop(host, EVLOOP_NONBLOCK);
    }
    close_all();
    return 0;
}
