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
 * Utilities belong to no session, so that only functions with a handle among
 * their arguments leave the code with one.
 */
void no_memory_in(const struct row *row, const struct args *args)
{
    const struct call *call = matrix_call_of(row);
    HSNMP_SESSION of = call->names_session ? args->session : NULL;
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

#define MANY_BAD_HANDLES (BAD_HANDLES + 1)

static void *freed_handle(unsigned type)
{
    void *handle = NULL;

    if (type == WSN_ENTITY) {
        handle = new_entity("127.0.0.1");
        SnmpFreeEntity(handle);
    } else if (type == WSN_CONTEXT) {
        handle = new_context();
        SnmpFreeContext(handle);
    } else if (type == WSN_PDU) {
        handle = new_pdu(SNMP_PDU_GET, NULL);
        SnmpFreePdu(handle);
    } else if (type == WSN_VBL) {
        handle = new_vbl();
        SnmpFreeVbl(handle);
    } else {
        handle = open_session();
        SnmpClose(handle);
    }
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
    for (int i = first; i < MANY_BAD_HANDLES; i++) {
        matrix_good_args(session, args);
        *place = bad[i];
        FAILS(row, call->names_session && type != WSN_SESSION ? session : NULL,
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
