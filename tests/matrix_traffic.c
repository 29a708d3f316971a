/*
 * matrix_traffic.c - failures of sending, receiving and cancelling; what the
 * system refuses is put into its mouth.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "matrix.h"
#include "net/udp.h"
#include "support/api.h"
#include "support/peer.h"
#include "support/waiting.h"

#define IPX "00000001:00A0C9123456"

/* ---- a system that refuses
 * --------------------------------------------------- */

/* Read by the loop's thread, too. */
static atomic_int refused_call;
static atomic_int refusal;

static int refuse(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    return (int)call == atomic_load(&refused_call) ? atomic_load(&refusal) : 0;
}

static const struct wsn_udp_faults refusals = {refuse, NULL};

static void refuse_with(enum wsn_udp_call call, int error)
{
    atomic_store(&refused_call, (int)call);
    atomic_store(&refusal, error);
    wsn_udp_set_faults(&refusals);
}

/* From now on no descriptor is to be had; returns the limit before. */
static struct rlimit forbid_descriptors(void)
{
    struct rlimit before;
    struct rlimit limit;
    int free_fd = dup(STDERR_FILENO);

    ck_assert_int_ge(free_fd, 0);
    close(free_fd);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    limit = before;
    limit.rlim_cur = (rlim_t)free_fd;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    return before;
}

static void allow_descriptors(const struct rlimit *before)
{
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, before), 0);
}

/* The errno values that stand for code when a datagram is sent. */
static const struct {
    SNMPAPI_STATUS code;
    int errors[3];
} meanings[] = {{SNMPAPI_TL_NOT_SUPPORTED, {EAFNOSUPPORT, EPROTONOSUPPORT, 0}},
                {SNMPAPI_TL_NOT_AVAILABLE, {ENETDOWN, 0, 0}},
                {SNMPAPI_TL_RESOURCE_ERROR, {ENOBUFS, ENOMEM, 0}},
                {SNMPAPI_TL_SRC_INVALID, {EADDRNOTAVAIL, 0, 0}},
                {SNMPAPI_TL_INVALID_PARAM, {EINVAL, EDESTADDRREQ, 0}},
                {SNMPAPI_TL_PDU_TOO_BIG, {EMSGSIZE, 0, 0}},
                {SNMPAPI_TL_OTHER, {EACCES, EPERM, EIO}}};

static const int *errors_of(const struct row *row)
{
    int i = 0;

    while (meanings[i].code != row->code) {
        i++;
        ck_assert_int_lt(i, N(meanings));
    }
    return meanings[i].errors;
}

/* ---- SnmpSendMsg
 * --------------------------------------------------------------- */

/* As SnmpSendMsg, or SnmpEncodeMsg, has it. */
static void fail_to_send(const struct row *row, const struct args *args,
                         HSNMP_ENTITY dst, HSNMP_PDU pdu)
{
    ck_assert_ptr_nonnull(pdu);
    if (strcmp(row->function, "SnmpEncodeMsg") == 0)
        FAILS(
            row, session,
            SnmpEncodeMsg(session, NULL, dst, args->context, pdu, &out.octets));
    else
        FAILS(row, session,
              SnmpSendMsg(session, NULL, dst, args->context, pdu));
}

static HSNMP_ENTITY new_v2c_entity(void)
{
    HSNMP_ENTITY entity;

    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2),
                      SNMPAPI_SUCCESS);
    entity = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V1),
                      SNMPAPI_SUCCESS);
    return entity;
}

static HSNMP_VBL list_with(smiUINT32 syntax)
{
    smiVALUE value;

    memset(&value, 0, sizeof value);
    value.syntax = syntax;
    return SnmpCreateVbl(session, &sysdescr, &value);
}

/* Fields that no PDU of the type may have. */
static const struct {
    smiINT type;
    smiINT error_status;
    smiINT error_index;
} bad_fields[] = {{SNMP_PDU_GET, 1, 0},      {SNMP_PDU_GET, 0, 1},
                  {SNMP_PDU_GETNEXT, 5, 0},  {SNMP_PDU_SET, 0, -1},
                  {SNMP_PDU_GETBULK, -1, 0}, {SNMP_PDU_GETBULK, 0, -1},
                  {SNMP_PDU_INFORM, 1, 0},   {SNMP_PDU_TRAP, 0, 0}};

static const smiUINT32 exceptions[] = {SNMP_SYNTAX_NOSUCHOBJECT,
                                       SNMP_SYNTAX_NOSUCHINSTANCE,
                                       SNMP_SYNTAX_ENDOFMIBVIEW};

void send_bad_pdu(const struct row *row)
{
    HSNMP_ENTITY dst[2];
    struct args args;

    bad_pdus(row);
    start();
    matrix_good_args(session, &args);
    dst[0] = args.dst;
    dst[1] = new_v2c_entity();
    for (int v = 0; v < 2; v++) {
        for (int i = 0; i < N(bad_fields); i++)
            fail_to_send(row, &args, dst[v],
                         SnmpCreatePdu(session, bad_fields[i].type, 1,
                                       bad_fields[i].error_status,
                                       bad_fields[i].error_index, new_vbl()));
        for (int i = 0; i < N(exceptions); i++)
            fail_to_send(row, &args, dst[v],
                         new_pdu(SNMP_PDU_SET, list_with(exceptions[i])));
    }
    stop();
}

static smiUINT32 sys_up_time_ids[] = {1, 3, 6, 1, 2, 1, 1, 3, 0};
static smiUINT32 trap_oid_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0};
static smiUINT32 cold_start_ids[] = {1, 3, 6, 1, 6, 3, 1, 1, 5, 1};

/* What every notification begins with, and one more value. */
static HSNMP_VBL trap_list(smiUINT32 syntax)
{
    smiOID sys_up_time = {N(sys_up_time_ids), sys_up_time_ids};
    smiOID trap_oid = {N(trap_oid_ids), trap_oid_ids};
    smiOID cold_start = {N(cold_start_ids), cold_start_ids};
    smiVALUE uptime = {SNMP_SYNTAX_TIMETICKS, {.uNumber = 1}};
    smiVALUE kind = {SNMP_SYNTAX_OID, {.oid = cold_start}};
    smiVALUE value;
    HSNMP_VBL vbl = SnmpCreateVbl(session, &sys_up_time, &uptime);

    memset(&value, 0, sizeof value);
    value.syntax = syntax;
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &trap_oid, &kind), 2);
    ck_assert_uint_eq(SnmpSetVb(vbl, 0, &sysdescr, &value), 3);
    return vbl;
}

/* Version 1 has no Inform and no Counter64. */
void send_untranslatable(const struct row *row)
{
    struct args args;

    start();
    matrix_good_args(session, &args);
    fail_to_send(row, &args, args.dst,
                 new_pdu(SNMP_PDU_INFORM, trap_list(SNMP_SYNTAX_NULL)));
    fail_to_send(row, &args, args.dst,
                 new_pdu(SNMP_PDU_SET, list_with(SNMP_SYNTAX_CNTR64)));
    fail_to_send(row, &args, args.dst,
                 new_pdu(SNMP_PDU_TRAP, trap_list(SNMP_SYNTAX_CNTR64)));
    stop();
}

void send_refused(const struct row *row)
{
    const int *errors = errors_of(row);
    struct args args;

    start();
    matrix_good_args(session, &args);
    for (int i = 0; i < 3 && errors[i] != 0; i++) {
        refuse_with(WSN_UDP_CALL_SENDMSG, errors[i]);
        fail_to_send(row, &args, args.dst, new_pdu(SNMP_PDU_GET, args.vbl));
        fail_to_send(row, &args, args.dst,
                     new_pdu(SNMP_PDU_TRAP, trap_list(SNMP_SYNTAX_NULL)));
        wsn_udp_set_faults(NULL);
    }
    /* Nothing of it is outstanding but what the good arguments sent. */
    ck_assert_uint_eq(SnmpCancelMsg(session, 1), SNMPAPI_SUCCESS);
    stop();
}

void send_not_supported(const struct row *row)
{
    struct args args;

    send_refused(row);
    start();
    matrix_good_args(session, &args);
    fail_to_send(row, &args, new_entity(IPX), args.pdu);
    refuse_with(WSN_UDP_CALL_SOCKET, EAFNOSUPPORT);
    fail_to_send(row, &args, new_entity("::1"), args.pdu);
    wsn_udp_set_faults(NULL);
    stop();
}

/* The first message of all opens the socket. */
void send_no_resources(const struct row *row)
{
    struct rlimit before;
    struct args args;

    send_refused(row);
    start();
    args.dst = new_entity("127.0.0.1");
    args.context = new_context();
    before = forbid_descriptors();
    fail_to_send(row, &args, args.dst, new_pdu(SNMP_PDU_GET, new_vbl()));
    allow_descriptors(&before);
    stop();
}

void send_too_big(const struct row *row)
{
    static smiBYTE bytes[65508];
    smiVALUE big = {SNMP_SYNTAX_OCTETS, {.string = {sizeof bytes, bytes}}};
    struct args args;

    send_refused(row);
    start();
    matrix_good_args(session, &args);
    fail_to_send(
        row, &args, args.dst,
        new_pdu(SNMP_PDU_SET, SnmpCreateVbl(session, &sysdescr, &big)));
    stop();
}

/* ---- SnmpRecvMsg
 * ------------------------------------------------------------------ */

static struct events events;
static size_t n_seen; /* notifications that have been waited for */

/* A session that is told, and something to send from it. */
static void start_recording(struct args *ret_args)
{
    events_init(&events);
    n_seen = 0;
    start();
    session = SnmpCreateSession(NULL, 0, events_callback, &events);
    ck_assert_ptr_nonnull(session);
    matrix_good_args(session, ret_args);
    ck_assert_uint_eq(SnmpCancelMsg(session, 1), SNMPAPI_SUCCESS);
}

static void stop_recording(void)
{
    stop();
    events_fini(&events);
}

static void receive_failure(const struct row *row, const struct args *args)
{
    struct event event = events_wait(&events, ++n_seen);
    smiINT32 id = 0;

    ck_assert_uint_eq(event.wparam, row->code);
    ck_assert_int_eq(event.lparam, 1);
    (void)wsn_fail(session, NO_CODE);
    ck_assert_uint_eq(SnmpRecvMsg(session, &out.handles[0], &out.handles[1],
                                  &out.handles[2], &out.handles[3]),
                      SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(NULL), row->code);
    ck_assert_uint_eq(SnmpGetLastError(session), row->code);
    /* The handles of the request, as it was sent. */
    ck_assert_ptr_eq(out.handles[0], args->src);
    ck_assert_ptr_eq(out.handles[1], args->dst);
    ck_assert_ptr_eq(out.handles[2], args->context);
    ck_assert_uint_eq(
        SnmpGetPduData(out.handles[3], NULL, &id, NULL, NULL, NULL),
        SNMPAPI_SUCCESS);
    ck_assert_int_eq(id, 1);
}

static void send_from(const struct args *args)
{
    ck_assert_uint_eq(
        SnmpSendMsg(session, args->src, args->dst, args->context, args->pdu),
        SNMPAPI_SUCCESS);
}

void receive_without_memory(const struct row *row)
{
    struct peer *peer = peer_new("127.0.0.1");
    struct args args;

    start_recording(&args);
    ck_assert_uint_eq(SnmpSetPort(args.dst, peer_port(peer)), SNMPAPI_SUCCESS);
    send_from(&args);
    (void)events_wait(&events, 1);
    no_memory_in(row, &args);
    /* The message was not lost on the way, nor is it there twice. */
    ck_assert_uint_eq(SnmpRecvMsg(session, &out.handles[0], NULL, NULL, NULL),
                      SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_NOOP);
    stop_recording();
    peer_free(peer);
}

void receive_nothing(const struct row *row)
{
    struct args args;

    start_recording(&args);
    FAILS(row, session,
          SnmpRecvMsg(session, &out.handles[0], &out.handles[1],
                      &out.handles[2], &out.handles[3]));
    FAILS(row, session, SnmpRecvMsg(session, NULL, NULL, NULL, NULL));
    refuse_with(WSN_UDP_CALL_SENDMSG, EHOSTUNREACH);
    send_from(&args);
    wsn_udp_set_faults(NULL);
    (void)events_wait(&events, 1);
    /* Nothing is taken that would go nowhere. */
    FAILS(row, session, SnmpRecvMsg(session, NULL, NULL, NULL, NULL));
    ck_assert_uint_eq(SnmpRecvMsg(session, &out.handles[0], &out.handles[1],
                                  &out.handles[2], &out.handles[3]),
                      SNMPAPI_FAILURE);
    ck_assert_uint_eq(SnmpGetLastError(session), SNMPAPI_TL_UNDELIVERABLE);
    FAILS(row, session,
          SnmpRecvMsg(session, &out.handles[0], &out.handles[1],
                      &out.handles[2], &out.handles[3]));
    stop_recording();
}

/* The first transmission meets no route: the call succeeds nevertheless. */
void receive_undeliverable(const struct row *row)
{
    static const int errors[] = {ENETUNREACH, EHOSTUNREACH};
    struct args args;

    start_recording(&args);
    for (int i = 0; i < N(errors); i++) {
        refuse_with(WSN_UDP_CALL_SENDMSG, errors[i]);
        send_from(&args);
        wsn_udp_set_faults(NULL);
        receive_failure(row, &args);
    }
    stop_recording();
}

void receive_timeout(const struct row *row)
{
    struct args args;

    start_recording(&args);
    ck_assert_uint_eq(SnmpSetTimeout(args.dst, 10), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(args.dst, 0), SNMPAPI_SUCCESS);
    send_from(&args);
    receive_failure(row, &args);
    stop_recording();
}

/* A repetition is refused. */
void receive_refused(const struct row *row)
{
    const int *errors = errors_of(row);
    struct args args;

    start_recording(&args);
    ck_assert_uint_eq(SnmpSetTimeout(args.dst, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(args.dst, 100000), SNMPAPI_SUCCESS);
    for (int i = 0; i < 3 && errors[i] != 0; i++) {
        send_from(&args);
        refuse_with(WSN_UDP_CALL_SENDMSG, errors[i]);
        receive_failure(row, &args);
        wsn_udp_set_faults(NULL);
    }
    stop_recording();
}

/* ---- SnmpCancelMsg
 * ------------------------------------------------------------------ */

void cancel_unknown(const struct row *row)
{
    struct peer *peer = peer_new("127.0.0.1");
    HSNMP_SESSION other;
    struct args args;

    start_recording(&args);
    FAILS(row, session, SnmpCancelMsg(session, 1));
    /* A trap is never outstanding. */
    ck_assert_uint_eq(SnmpSendMsg(session, NULL, args.dst, args.context,
                                  SnmpCreatePdu(session, SNMP_PDU_TRAP, 1, 0, 0,
                                                trap_list(SNMP_SYNTAX_NULL))),
                      SNMPAPI_SUCCESS);
    FAILS(row, session, SnmpCancelMsg(session, 1));
    /* Answered, though not yet received. */
    ck_assert_uint_eq(SnmpSetPort(args.dst, peer_port(peer)), SNMPAPI_SUCCESS);
    send_from(&args);
    other = open_session();
    FAILS(row, other, SnmpCancelMsg(other, 1));
    (void)events_wait(&events, 1);
    FAILS(row, session, SnmpCancelMsg(session, 1));
    /* Timed out. */
    ck_assert_uint_eq(SnmpSetTimeout(args.dst, 1), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(args.dst, 0), SNMPAPI_SUCCESS);
    send_from(&args);
    (void)events_wait(&events, 2);
    FAILS(row, session, SnmpCancelMsg(session, 1));
    stop_recording();
    peer_free(peer);
}
