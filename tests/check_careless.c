/*
 * check_careless.c - programs that do not care which handles they pass: every
 * parameter that is a handle, of every function, gets tens of thousands of
 * values that are none, and each must be refused with the code of its page.
 */
#include <stdio.h>
#include <string.h>

#include "matrix.h"
#include "support/account.h"
#include "support/api.h"

/* Values for each parameter; with all parameters some millions of calls. */
#define ROUNDS 5000

#define REFUSALS "calls with a bad handle refused"

/* How a handle that a program holds can be wrong. */
enum wrong {
    WRONG_NULL,
    WRONG_SMALL,   /* a number, an index, a Boolean */
    WRONG_WORD,    /* 32 bits of whatever was in the variable before */
    WRONG_POINTER, /* the same with all bits of a pointer */
    WRONG_FREED,   /* once, or twice */
    WRONG_KIND,    /* of an object of another kind */
    WRONG_ONE_BIT, /* all but good */
    WRONG_ADDRESS, /* of the program's own memory */
    WRONGS
};

/* ---- parameters --------------------------------------------------------- */

struct parameter {
    const char *function;
    size_t offset; /* in struct args */
    unsigned kind;
    bool is_optional; /* NULL stands for none */
};

#define PARAMETER(function, member, kind, is_optional)              \
    {                                                               \
#function, offsetof(struct args, member), kind, is_optional \
    }
#define SESSION(function) PARAMETER(function, session, WSN_SESSION, false)
#define ENTITY(function) PARAMETER(function, dst, WSN_ENTITY, false)
#define SOURCE(function) PARAMETER(function, src, WSN_ENTITY, true)
#define ANYONE(function) PARAMETER(function, dst, WSN_ENTITY, true)
#define CONTEXT(function) PARAMETER(function, context, WSN_CONTEXT, false)
#define ANYTHING(function) PARAMETER(function, context, WSN_CONTEXT, true)
#define PDU(function) PARAMETER(function, pdu, WSN_PDU, false)
#define VBL(function) PARAMETER(function, vbl, WSN_VBL, false)
#define NO_VBL(function) PARAMETER(function, vbl, WSN_VBL, true)

static const struct parameter parameters[] = {
    SESSION(SnmpClose),
    SESSION(SnmpStrToEntity),
    SESSION(SnmpStrToContext),
    SESSION(SnmpCreatePdu),
    SESSION(SnmpDuplicatePdu),
    SESSION(SnmpCreateVbl),
    SESSION(SnmpDuplicateVbl),
    SESSION(SnmpSendMsg),
    SESSION(SnmpRecvMsg),
    SESSION(SnmpRegister),
    SESSION(SnmpCancelMsg),
    SESSION(SnmpEncodeMsg),
    SESSION(SnmpDecodeMsg),
    ENTITY(SnmpGetTimeout),
    ENTITY(SnmpSetTimeout),
    ENTITY(SnmpGetRetry),
    ENTITY(SnmpSetRetry),
    ENTITY(SnmpEntityToStr),
    ENTITY(SnmpFreeEntity),
    ENTITY(SnmpSetPort),
    ENTITY(SnmpListen),
    ENTITY(SnmpListenEx),
    ENTITY(SnmpSendMsg),
    ENTITY(SnmpEncodeMsg),
    SOURCE(SnmpSendMsg),
    SOURCE(SnmpEncodeMsg),
    SOURCE(SnmpRegister),
    ANYONE(SnmpRegister),
    CONTEXT(SnmpContextToStr),
    CONTEXT(SnmpFreeContext),
    CONTEXT(SnmpSendMsg),
    CONTEXT(SnmpEncodeMsg),
    ANYTHING(SnmpRegister),
    PDU(SnmpGetPduData),
    PDU(SnmpSetPduData),
    PDU(SnmpDuplicatePdu),
    PDU(SnmpFreePdu),
    PDU(SnmpSendMsg),
    PDU(SnmpEncodeMsg),
    NO_VBL(SnmpCreatePdu),
    NO_VBL(SnmpSetPduData),
    VBL(SnmpDuplicateVbl),
    VBL(SnmpFreeVbl),
    VBL(SnmpCountVbl),
    VBL(SnmpGetVb),
    VBL(SnmpSetVb),
    VBL(SnmpDeleteVb),
};

/* What each kind is missed with. */
static const SNMPAPI_STATUS codes[] = {
    [WSN_SESSION] = SNMPAPI_SESSION_INVALID,
    [WSN_ENTITY] = SNMPAPI_ENTITY_INVALID,
    [WSN_CONTEXT] = SNMPAPI_CONTEXT_INVALID,
    [WSN_PDU] = SNMPAPI_PDU_INVALID,
    [WSN_VBL] = SNMPAPI_VBL_INVALID,
};

/* ---- values ------------------------------------------------------------- */

static struct args good;
static void *freed[WSN_VBL + 1];

/* The same numbers every time, so that a failure can be repeated. */
static uint64_t random_bits(void)
{
    static uint64_t state = 1;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void *good_of_kind(unsigned kind)
{
    void *const of[] = {NULL,         good.session, good.dst,
                        good.context, good.pdu,     good.vbl};

    return of[kind];
}

static unsigned other_kind(unsigned kind)
{
    return WSN_SESSION + (kind - WSN_SESSION + 1 + random_bits() % 4) % 5;
}

static void *wrong_value(enum wrong wrong, unsigned kind)
{
    static char memory[64];

    switch (wrong) {
    case WRONG_SMALL:
        return (void *)(uintptr_t)(1 + random_bits() % 1000);
    case WRONG_WORD:
        return (void *)(uintptr_t)(uint32_t)random_bits();
    case WRONG_POINTER:
        return (void *)(uintptr_t)random_bits();
    case WRONG_FREED:
        return freed[kind];
    case WRONG_KIND:
        return good_of_kind(other_kind(kind));
    case WRONG_ONE_BIT:
        return (void *)((uintptr_t)good_of_kind(kind) ^
                        (uintptr_t)1
                            << random_bits() % (8 * sizeof(uintptr_t)));
    case WRONG_ADDRESS:
        return memory + random_bits() % sizeof memory;
    default:
        return NULL;
    }
}

/* Chance makes a good handle once in a while. */
static bool is_good(const void *value)
{
    const void *const all[] = {good.session, good.src, good.dst,
                               good.context, good.pdu, good.vbl};

    for (int i = 0; i < N(all); i++)
        if (value == all[i])
            return true;
    return false;
}

static void make_freed(void)
{
    freed[WSN_SESSION] = open_session();
    freed[WSN_ENTITY] = new_entity("127.0.0.1");
    freed[WSN_CONTEXT] = new_context();
    freed[WSN_VBL] = new_vbl();
    freed[WSN_PDU] = new_pdu(SNMP_PDU_GET, NULL);
    for (int i = 0; i < 2; i++) { /* twice */
        (void)SnmpClose(freed[WSN_SESSION]);
        (void)SnmpFreeEntity(freed[WSN_ENTITY]);
        (void)SnmpFreeContext(freed[WSN_CONTEXT]);
        (void)SnmpFreeVbl(freed[WSN_VBL]);
        (void)SnmpFreePdu(freed[WSN_PDU]);
    }
}

/* ---- calls -------------------------------------------------------------- */

static const struct call *call_of(const char *function)
{
    struct row row = {.function = function};

    return matrix_call_of(&row);
}

static void refuse(const struct parameter *parameter, enum wrong wrong)
{
    const struct call *call = call_of(parameter->function);
    SNMPAPI_STATUS code = codes[parameter->kind];
    struct args args = good;
    struct outputs untouched;
    int n_refused = 0;
    void *value;

    account_tried(REFUSALS, ROUNDS);
    memset(&out, 0x5a, sizeof out);
    untouched = out;
    for (int i = 0; i < ROUNDS; i++) {
        do
            value = wrong_value(wrong, parameter->kind);
        while (wrong != WRONG_KIND && is_good(value));
        memcpy((char *)&args + parameter->offset, &value, sizeof value);
        (void)wsn_fail(NULL, NO_CODE);
        if (call->with(&args) != 0 || SnmpGetLastError(NULL) != code)
            ck_abort_msg("%s with %p, wrong as in %d: %u", parameter->function,
                         value, (int)wrong, SnmpGetLastError(NULL));
        n_refused++;
    }
    ck_assert_mem_eq(&out, &untouched, sizeof out);
    account_held(REFUSALS, n_refused);
}

static void prepare(void)
{
    start();
    matrix_good_args(session, &good);
    make_freed();
}

START_TEST(what_is_no_handle_is_refused)
{
    const struct parameter *parameter = &parameters[_i];
    enum wrong first = parameter->is_optional ? WRONG_SMALL : WRONG_NULL;
    size_t before = count_everything();

    for (int wrong = first; wrong < WRONGS; wrong++)
        refuse(parameter, (enum wrong)wrong);
    ck_assert_uint_eq(count_everything(), before);
    /* And what is good still is. */
    ck_assert_uint_eq(call_of("SnmpSendMsg")->with(&good), SNMPAPI_SUCCESS);
}
END_TEST

/* ---- descriptors -------------------------------------------------------- */

START_TEST(what_is_no_descriptor_is_refused)
{
    static const smiUINT32 syntaxes[] = {SNMP_SYNTAX_OCTETS, SNMP_SYNTAX_OID,
                                         SNMP_SYNTAX_IPADDR,
                                         SNMP_SYNTAX_OPAQUE};
    static unsigned char memory[64];
    size_t before = count_everything();

    for (int i = 0; i < 40 * ROUNDS; i++) {
        smiOCTETS wrong = {4, NULL};
        smiOCTETS kept;

        wrong.ptr = random_bits() % 2 != 0
                        ? memory + random_bits() % sizeof memory
                        : (unsigned char *)(uintptr_t)random_bits();
        kept = wrong;
        ASSERT_FAILS(SnmpFreeDescriptor(syntaxes[i % 4], &wrong),
                     SNMPAPI_OPERATION_INVALID);
        ck_assert_ptr_eq(wrong.ptr, kept.ptr);
    }
    ck_assert_uint_eq(count_everything(), before);
}
END_TEST

START_TEST(a_descriptor_is_freed_once)
{
    smiOCTETS octets;
    smiOCTETS copy;

    ck_assert_uint_eq(SnmpContextToStr(good.context, &octets), SNMPAPI_SUCCESS);
    copy = octets;
    ck_assert_uint_eq(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &octets),
                      SNMPAPI_SUCCESS);
    for (int i = 0; i < ROUNDS; i++)
        ASSERT_FAILS(SnmpFreeDescriptor(SNMP_SYNTAX_OCTETS, &copy),
                     SNMPAPI_OPERATION_INVALID);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("handles");

    tcase_add_checked_fixture(tcase, prepare, stop);
    tcase_add_loop_test(tcase, what_is_no_handle_is_refused, 0, N(parameters));
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("descriptors");
    tcase_add_checked_fixture(tcase, prepare, stop);
    tcase_add_test(tcase, what_is_no_descriptor_is_refused);
    tcase_add_test(tcase, a_descriptor_is_freed_once);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("careless programs", fill)
