/*
 * matrix_calls.c - every function behind one signature, for the ways to fail
 * that all functions have in common.
 */
#include <netinet/in.h>
#include <string.h>

#include "matrix.h"
#include "support/api.h"
#include "support/bytes.h"
#include "support/golden.h"

typedef const struct args *in;

/* ---- start-up and sessions
 * --------------------------------------------------- */

static uintptr_t cleanup(in a)
{
    (void)a;
    return SnmpCleanup();
}

static uintptr_t cleanup_ex(in a)
{
    (void)a;
    ck_assert_uint_eq(SnmpStartupEx(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    return SnmpCleanupEx();
}

static uintptr_t open_(in a)
{
    return (uintptr_t)SnmpOpen(a->window, 0x0400);
}

static uintptr_t create_session(in a)
{
    (void)a;
    return (uintptr_t)SnmpCreateSession(NULL, 0, on_event, NULL);
}

static uintptr_t close_(in a)
{
    return SnmpClose(a->session);
}

/* ---- modes and policies
 * -------------------------------------------------------- */

static uintptr_t get_translate_mode(in a)
{
    (void)a;
    return SnmpGetTranslateMode(&out.numbers[0]);
}

static uintptr_t set_translate_mode(in a)
{
    (void)a;
    return SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
}

static uintptr_t get_retransmit_mode(in a)
{
    (void)a;
    return SnmpGetRetransmitMode(&out.numbers[0]);
}

static uintptr_t set_retransmit_mode(in a)
{
    (void)a;
    return SnmpSetRetransmitMode(SNMPAPI_OFF);
}

static uintptr_t get_timeout(in a)
{
    return SnmpGetTimeout(a->dst, &out.numbers[0], &out.numbers[1]);
}

static uintptr_t set_timeout(in a)
{
    return SnmpSetTimeout(a->dst, 100);
}

static uintptr_t get_retry(in a)
{
    return SnmpGetRetry(a->dst, &out.numbers[0], &out.numbers[1]);
}

static uintptr_t set_retry(in a)
{
    return SnmpSetRetry(a->dst, 1);
}

static uintptr_t get_vendor_info(in a)
{
    (void)a;
    return SnmpGetVendorInfo(&out.vendor);
}

/* ---- entities and contexts
 * ------------------------------------------------------- */

static uintptr_t str_to_entity(in a)
{
    return (uintptr_t)SnmpStrToEntity(a->session, "127.0.0.1");
}

static uintptr_t entity_to_str(in a)
{
    return SnmpEntityToStr(a->dst, sizeof out.text, out.text);
}

static uintptr_t free_entity(in a)
{
    return SnmpFreeEntity(a->dst);
}

static uintptr_t set_port(in a)
{
    return SnmpSetPort(a->dst, 1161);
}

static uintptr_t listen_(in a)
{
    (void)SnmpSetPort(a->dst, matrix_free_port());
    return SnmpListen(a->dst, SNMPAPI_ON);
}

static uintptr_t listen_ex(in a)
{
    (void)SnmpSetPort(a->dst, matrix_free_port());
    return SnmpListenEx(a->dst, SNMPAPI_ON, SNMPLISTEN_USEENTITY_ADDR);
}

static uintptr_t str_to_context(in a)
{
    smiBYTE community[] = {'p', 'u', 'b', 'l', 'i', 'c'};
    smiOCTETS octets = {sizeof community, community};

    return (uintptr_t)SnmpStrToContext(a->session, &octets);
}

static uintptr_t context_to_str(in a)
{
    return SnmpContextToStr(a->context, &out.octets);
}

static uintptr_t free_context(in a)
{
    return SnmpFreeContext(a->context);
}

/* ---- PDUs and lists
 * ---------------------------------------------------------------- */

static uintptr_t create_pdu(in a)
{
    return (uintptr_t)SnmpCreatePdu(a->session, SNMP_PDU_GET, 0, 0, 0, a->vbl);
}

static uintptr_t get_pdu_data(in a)
{
    return SnmpGetPduData(a->pdu, &out.integers[0], &out.integers[1],
                          &out.integers[2], &out.integers[3], &out.handles[0]);
}

static uintptr_t set_pdu_data(in a)
{
    smiINT type = SNMP_PDU_SET;

    return SnmpSetPduData(a->pdu, &type, NULL, NULL, NULL, &a->vbl);
}

static uintptr_t duplicate_pdu(in a)
{
    return (uintptr_t)SnmpDuplicatePdu(a->session, a->pdu);
}

static uintptr_t free_pdu(in a)
{
    return SnmpFreePdu(a->pdu);
}

static uintptr_t create_vbl(in a)
{
    return (uintptr_t)SnmpCreateVbl(a->session, &sysdescr, NULL);
}

static uintptr_t duplicate_vbl(in a)
{
    return (uintptr_t)SnmpDuplicateVbl(a->session, a->vbl);
}

static uintptr_t free_vbl(in a)
{
    return SnmpFreeVbl(a->vbl);
}

static uintptr_t count_vbl(in a)
{
    return SnmpCountVbl(a->vbl);
}

static uintptr_t get_vb(in a)
{
    return SnmpGetVb(a->vbl, 1, &out.oid, &out.value);
}

static uintptr_t set_vb(in a)
{
    static smiBYTE many[5000]; /* more than a list has room for */
    smiVALUE value = {SNMP_SYNTAX_OCTETS, {.string = {sizeof many, many}}};

    return SnmpSetVb(a->vbl, 0, &sysdescr, &value);
}

static uintptr_t delete_vb(in a)
{
    return SnmpDeleteVb(a->vbl, 1);
}

/* ---- communication
 * ------------------------------------------------------------------ */

static uintptr_t send_msg(in a)
{
    return SnmpSendMsg(a->session, a->src, a->dst, a->context, a->pdu);
}

static uintptr_t recv_msg(in a)
{
    return SnmpRecvMsg(a->session, &out.handles[0], &out.handles[1],
                       &out.handles[2], &out.handles[3]);
}

static uintptr_t register_(in a)
{
    return SnmpRegister(a->session, a->src, a->dst, a->context, &sysdescr,
                        SNMPAPI_ON);
}

static uintptr_t cancel_msg(in a)
{
    return SnmpCancelMsg(a->session, 1);
}

static uintptr_t encode_msg(in a)
{
    return SnmpEncodeMsg(a->session, a->src, a->dst, a->context, a->pdu,
                         &out.octets);
}

static uintptr_t decode_msg(in a)
{
    struct bytes message = bytes_from_hex(GOLDEN_V1_GET);
    smiOCTETS octets = {(smiUINT32)message.len, message.at};
    uintptr_t len = SnmpDecodeMsg(a->session, &out.handles[0], &out.handles[1],
                                  &out.handles[2], &out.handles[3], &octets);

    bytes_free(&message);
    return len;
}

/* ---- utilities
 * ------------------------------------------------------------------------ */

static smiOID copy_of_sysdescr;

static uintptr_t free_descriptor(in a)
{
    (void)a;
    return SnmpFreeDescriptor(SNMP_SYNTAX_OID,
                              (smiLPOPAQUE)(void *)&copy_of_sysdescr);
}

static uintptr_t str_to_oid(in a)
{
    (void)a;
    return SnmpStrToOid("1.3.6.1.2.1.1.1.0", &out.oid);
}

static uintptr_t oid_to_str(in a)
{
    (void)a;
    return SnmpOidToStr(&sysdescr, sizeof out.text, out.text);
}

static uintptr_t oid_copy(in a)
{
    (void)a;
    return SnmpOidCopy(&sysdescr, &out.oid);
}

static uintptr_t oid_compare(in a)
{
    (void)a;
    return SnmpOidCompare(&sysdescr, &sysdescr, 0, &out.integers[0]);
}

/* ---- good arguments
 * --------------------------------------------------------------------- */

void matrix_good_args(HSNMP_SESSION of, struct args *ret_args)
{
    static UINT silent_port; /* open until the process ends */

    if (silent_port == 0)
        (void)matrix_bind(INADDR_LOOPBACK, &silent_port);
    session = of;
    ret_args->session = of;
    ret_args->window = matrix_window();
    ret_args->src = new_entity("127.0.0.1");
    ret_args->dst = new_entity("127.0.0.1");
    ret_args->context = new_context();
    ret_args->vbl = new_vbl();
    ret_args->pdu = SnmpCreatePdu(of, SNMP_PDU_GET, 1, 0, 0, ret_args->vbl);
    ck_assert_uint_eq(SnmpSetPort(ret_args->dst, silent_port), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(send_msg(ret_args), SNMPAPI_SUCCESS);
    ck_assert_uint_gt(SnmpOidCopy(&sysdescr, &copy_of_sysdescr), 0);
}

/* ---- all of them
 * ------------------------------------------------------------------------ */

static const struct call calls[] = {
    {"SnmpCleanup", cleanup, TOLD_NONE},
    {"SnmpCleanupEx", cleanup_ex, TOLD_NONE},
    {"SnmpOpen", open_, TOLD_NONE},
    {"SnmpCreateSession", create_session, TOLD_NONE},
    {"SnmpClose", close_, TOLD_BY_NAME},
    {"SnmpGetTranslateMode", get_translate_mode, TOLD_NONE},
    {"SnmpSetTranslateMode", set_translate_mode, TOLD_NONE},
    {"SnmpGetRetransmitMode", get_retransmit_mode, TOLD_NONE},
    {"SnmpSetRetransmitMode", set_retransmit_mode, TOLD_NONE},
    {"SnmpGetTimeout", get_timeout, TOLD_BY_OBJECT},
    {"SnmpSetTimeout", set_timeout, TOLD_BY_OBJECT},
    {"SnmpGetRetry", get_retry, TOLD_BY_OBJECT},
    {"SnmpSetRetry", set_retry, TOLD_BY_OBJECT},
    {"SnmpGetVendorInfo", get_vendor_info, TOLD_NONE},
    {"SnmpStrToEntity", str_to_entity, TOLD_BY_NAME},
    {"SnmpEntityToStr", entity_to_str, TOLD_BY_OBJECT},
    {"SnmpFreeEntity", free_entity, TOLD_BY_OBJECT},
    {"SnmpSetPort", set_port, TOLD_BY_OBJECT},
    {"SnmpListen", listen_, TOLD_BY_OBJECT},
    {"SnmpListenEx", listen_ex, TOLD_BY_OBJECT},
    {"SnmpStrToContext", str_to_context, TOLD_BY_NAME},
    {"SnmpContextToStr", context_to_str, TOLD_BY_OBJECT},
    {"SnmpFreeContext", free_context, TOLD_BY_OBJECT},
    {"SnmpCreatePdu", create_pdu, TOLD_BY_NAME},
    {"SnmpGetPduData", get_pdu_data, TOLD_BY_OBJECT},
    {"SnmpSetPduData", set_pdu_data, TOLD_BY_OBJECT},
    {"SnmpDuplicatePdu", duplicate_pdu, TOLD_BY_NAME},
    {"SnmpFreePdu", free_pdu, TOLD_BY_OBJECT},
    {"SnmpCreateVbl", create_vbl, TOLD_BY_NAME},
    {"SnmpDuplicateVbl", duplicate_vbl, TOLD_BY_NAME},
    {"SnmpFreeVbl", free_vbl, TOLD_BY_OBJECT},
    {"SnmpCountVbl", count_vbl, TOLD_BY_OBJECT},
    {"SnmpGetVb", get_vb, TOLD_BY_OBJECT},
    {"SnmpSetVb", set_vb, TOLD_BY_OBJECT},
    {"SnmpDeleteVb", delete_vb, TOLD_BY_OBJECT},
    {"SnmpSendMsg", send_msg, TOLD_BY_NAME},
    {"SnmpRecvMsg", recv_msg, TOLD_BY_NAME},
    {"SnmpRegister", register_, TOLD_BY_NAME},
    {"SnmpCancelMsg", cancel_msg, TOLD_BY_NAME},
    {"SnmpEncodeMsg", encode_msg, TOLD_BY_NAME},
    {"SnmpDecodeMsg", decode_msg, TOLD_BY_NAME},
    {"SnmpFreeDescriptor", free_descriptor, TOLD_NONE},
    {"SnmpStrToOid", str_to_oid, TOLD_NONE},
    {"SnmpOidToStr", oid_to_str, TOLD_NONE},
    {"SnmpOidCopy", oid_copy, TOLD_NONE},
    {"SnmpOidCompare", oid_compare, TOLD_NONE}};

const struct call *matrix_call_of(const struct row *row)
{
    for (int i = 0; i < N(calls); i++)
        if (strcmp(calls[i].function, row->function) == 0)
            return &calls[i];
    ck_abort_msg("%s is not among the functions", row->function);
    return NULL;
}
