/*
 * matrix_any.c - the ways to fail that all functions have in common: no
 * start-up, no memory, handles that are none.
 */
#include "matrix.h"

#include <string.h>

#include "support/api.h"

struct outputs out;

/* ---- one failing call -----------------------------------------------------
 */

static struct outputs untouched;

void matrix_prepare(HSNMP_SESSION of)
{
    memset(&untouched, 0x5a, sizeof untouched);
    memset(&out, 0x5a, sizeof out);
    (void)wsn_fail(of, NO_CODE);
}

void matrix_check(const struct row *row, HSNMP_SESSION of, uintptr_t result,
                  const char *call)
{
    SNMPAPI_STATUS last = SnmpGetLastError(NULL);
    SNMPAPI_STATUS last_of = of == NULL ? last : SnmpGetLastError(of);

    ck_assert_msg(result == 0, "%s %s: %s gave %lu", row->function,
                  row->code_name, call, (unsigned long)result);
    ck_assert_msg(last == row->code, "%s %s: %s left %u", row->function,
                  row->code_name, call, last);
    ck_assert_msg(last_of == row->code, "%s %s: %s left %u with the session",
                  row->function, row->code_name, call, last_of);
    ck_assert_msg(memcmp(&out, &untouched, sizeof out) == 0,
                  "%s %s: %s wrote something", row->function, row->code_name,
                  call);
}

/* ---- no start-up ------------------------------------------------------------
 */

void not_started(const struct row *row)
{
    const struct call *call = matrix_call_of(row);
    struct args args;

    memset(&args, 0, sizeof args);
    FAILS(row, NULL, call->with(&args));
    start();
    matrix_good_args(session, &args);
    stop();
    FAILS(row, NULL, call->with(&args));
}

/* ---- no memory --------------------------------------------------------------
 */

static _Thread_local bool is_poor; /* has only so many allocations left */
static unsigned allocations_left;
static unsigned allocations_refused;

static bool may_alloc(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    if (!is_poor)
        return true;
    if (allocations_left == 0) {
        allocations_refused++;
        return false;
    }
    allocations_left--;
    return true;
}

static const struct wsn_alloc_hook poverty = {may_alloc, shortage_freed, NULL};

static void run_short(unsigned allocations)
{
    is_poor = true;
    allocations_left = allocations;
    allocations_refused = 0;
    wsn_alloc_set_hook(&poverty);
}

static size_t count_all(const struct args *args)
{
    return count_everything() * 1000 + SnmpCountVbl(args->vbl);
}

/*
 * With no allocation, with one, with two, ... until the function succeeds.
 */
void no_memory_in(const struct row *row, const struct args *args)
{
    const struct call *call = matrix_call_of(row);
    HSNMP_SESSION of = call->told == TOLD_NONE ? NULL : args->session;
    uintptr_t result = 0;
    unsigned n;

    for (n = 0;; n++) {
        size_t before = count_all(args);

        matrix_prepare(of);
        run_short(n);
        result = call->with(args);
        wsn_alloc_set_hook(NULL);
        if (result != 0)
            break;
        matrix_check(row, of, result, "without memory");
        ck_assert_uint_eq(count_all(args), before);
        ck_assert_uint_lt(n, 100);
    }
    ck_assert_uint_gt(n, 0);
}

void no_memory(const struct row *row)
{
    struct args args;

    start();
    matrix_good_args(session, &args);
    no_memory_in(row, &args);
    stop();
}

/* The code is documented, but there is nothing to run out of. */
void needs_no_memory(const struct row *row)
{
    const struct call *call = matrix_call_of(row);
    struct args args;
    uintptr_t result;

    start();
    matrix_good_args(session, &args);
    run_short(0);
    result = call->with(&args);
    wsn_alloc_set_hook(NULL);
    ck_assert_uint_ne(result, 0);
    ck_assert_uint_eq(allocations_refused, 0);
    (void)SnmpCleanup(); /* unless that was the call */
}

/* ---- handles that are none
 * ----------------------------------------------------- */

#define MANY_BAD_HANDLES (BAD_HANDLES + 3)

static void *handle_of(HSNMP_SESSION owner, unsigned type)
{
    smiBYTE octet = 'x';
    smiOCTETS community = {1, &octet};

    switch (type) {
    case WSN_ENTITY:
        return SnmpStrToEntity(owner, "127.0.0.1");
    case WSN_CONTEXT:
        return SnmpStrToContext(owner, &community);
    case WSN_PDU:
        return SnmpCreatePdu(owner, SNMP_PDU_GET, 0, 0, 0, NULL);
    case WSN_VBL:
        return SnmpCreateVbl(owner, &sysdescr, NULL);
    default:
        return open_session();
    }
}

static void *freed_handle(unsigned type)
{
    void *handle = handle_of(session, type);
    SNMPAPI_STATUS status = SNMPAPI_FAILURE;

    if (type == WSN_ENTITY)
        status = SnmpFreeEntity(handle);
    else if (type == WSN_CONTEXT)
        status = SnmpFreeContext(handle);
    else if (type == WSN_PDU)
        status = SnmpFreePdu(handle);
    else if (type == WSN_VBL)
        status = SnmpFreeVbl(handle);
    else
        status = SnmpClose(handle);
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
    return handle;
}

/* What a session owned ends with it. */
static void *orphaned_handle(unsigned type)
{
    HSNMP_SESSION owner = open_session();
    void *handle = handle_of(owner, type == WSN_SESSION ? WSN_PDU : type);

    ck_assert_ptr_nonnull(handle);
    ck_assert_uint_eq(SnmpClose(owner), SNMPAPI_SUCCESS);
    return handle;
}

/* Puts each bad handle in the place of a good one; first: 1 where NULL is
 * allowed. */
static void try_bad_handles(const struct row *row, unsigned type, void **place,
                            struct args *args, int first)
{
    const struct call *call = matrix_call_of(row);
    void *bad[MANY_BAD_HANDLES];

    start();
    bad_handles(type, bad);
    bad[BAD_HANDLES] = freed_handle(type);
    bad[BAD_HANDLES + 1] = orphaned_handle(type);
    bad[BAD_HANDLES + 2] =
        handle_of(session, type == WSN_CONTEXT ? WSN_ENTITY : WSN_CONTEXT);
    for (int i = first; i < MANY_BAD_HANDLES; i++) {
        matrix_good_args(session, args);
        *place = bad[i];
        FAILS(row,
              call->told == TOLD_BY_NAME && type != WSN_SESSION ? session
                                                                : NULL,
              call->with(args));
    }
    stop();
}

void bad_sessions(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_SESSION, &args.session, &args, 0);
}

void bad_entities(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_ENTITY, &args.dst, &args, 0);
}

void bad_sources(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_ENTITY, &args.src, &args, 1);
}

void bad_contexts(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_CONTEXT, &args.context, &args, 0);
}

void bad_pdus(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_PDU, &args.pdu, &args, 0);
}

void bad_vbls(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_VBL, &args.vbl, &args, 0);
}

/* ---- the same where NULL stands for "any" or "none"
 * -------------------------------- */

void register_bad_entities(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_ENTITY, &args.src, &args, 1);
    try_bad_handles(row, WSN_ENTITY, &args.dst, &args, 1);
}

void register_bad_contexts(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_CONTEXT, &args.context, &args, 1);
}

void send_bad_entities(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_ENTITY, &args.src, &args, 1);
    try_bad_handles(row, WSN_ENTITY, &args.dst, &args, 0);
}

void create_pdu_bad_vbl(const struct row *row)
{
    struct args args;

    try_bad_handles(row, WSN_VBL, &args.vbl, &args, 1);
}
