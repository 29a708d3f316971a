/*
 * api.h - what the suites of the exported functions share: a started library
 * with one session, assertions on failures, and memory that runs out.
 */
#ifndef WSN_TESTS_SUPPORT_API_H
#define WSN_TESTS_SUPPORT_API_H

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/alloc.h"
#include "base/handle.h"
#include "core/descriptor.h"
#include "core/object.h"
#include "support/suite.h"
#include "winsnmp.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* ---- a started library ------------------------------------------------ */

static HSNMP_SESSION session;

static inline SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION of, HWND hwnd,
                                               UINT msg, WPARAM wparam,
                                               LPARAM lparam, LPVOID data)
{
    (void)of;
    (void)hwnd;
    (void)msg;
    (void)wparam;
    (void)lparam;
    (void)data;
    return SNMPAPI_SUCCESS;
}

static inline HSNMP_SESSION open_session(void)
{
    HSNMP_SESSION opened = SnmpCreateSession(NULL, 0, on_event, NULL);

    ck_assert_ptr_nonnull(opened);
    return opened;
}

/* A configuration of the machine must not decide what tests see, and no test
 * may ask a name server. */
static inline void start(void)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
    setenv("WINSNMP_DNS", "off", 1);
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    session = open_session();
}

static inline void stop(void)
{
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}

/* A case of the suite whose tests run between start() and stop(). */
static inline TCase *started_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, start, stop);
    suite_add_tcase(suite, tcase);
    return tcase;
}

/* A case whose tests run without any start-up in force. */
static inline TCase *stopped_case(Suite *suite)
{
    TCase *tcase = tcase_create("not started");

    suite_add_tcase(suite, tcase);
    return tcase;
}

/* ---- failures ---------------------------------------------------------- */

/* No function gives this code. */
#define NO_CODE 7777u

/* call returns 0 and leaves code with the thread... */
#define ASSERT_FAILS(call, code)                              \
    do {                                                      \
        (void)wsn_fail(NULL, NO_CODE);                        \
        ck_assert_uint_eq((uintptr_t)(call), 0);              \
        ck_assert_uint_eq(SnmpGetLastError(NULL), (code));    \
    } while (0)

/* ... and with the session. */
#define ASSERT_FAILS_IN(of, call, code)                       \
    do {                                                      \
        (void)wsn_fail((of), NO_CODE);                        \
        ck_assert_uint_eq((uintptr_t)(call), 0);              \
        ck_assert_uint_eq(SnmpGetLastError(NULL), (code));    \
        ck_assert_uint_eq(SnmpGetLastError((of)), (code));    \
    } while (0)

/* ---- handles that are none --------------------------------------------- */

static smiUINT32 oid_sysdescr[] = {1, 3, 6, 1, 2, 1, 1, 1, 0};
static smiOID sysdescr = {9, oid_sysdescr};

static inline HSNMP_ENTITY new_entity(const char *text)
{
    HSNMP_ENTITY entity = SnmpStrToEntity(session, text);

    ck_assert_ptr_nonnull(entity);
    return entity;
}

static inline HSNMP_CONTEXT new_context(void)
{
    smiBYTE community[] = {'p', 'u', 'b', 'l', 'i', 'c'};
    smiOCTETS octets = {6, community};
    HSNMP_CONTEXT context = SnmpStrToContext(session, &octets);

    ck_assert_ptr_nonnull(context);
    return context;
}

static inline HSNMP_VBL new_vbl(void)
{
    HSNMP_VBL vbl = SnmpCreateVbl(session, &sysdescr, NULL);

    ck_assert_ptr_nonnull(vbl);
    return vbl;
}

static inline HSNMP_PDU new_pdu(smiINT type, HSNMP_VBL vbl)
{
    HSNMP_PDU pdu = SnmpCreatePdu(session, type, 0, 0, 0, vbl);

    ck_assert_ptr_nonnull(pdu);
    return pdu;
}

/*
 * Handles that are not live ones of type (0: of no type at all): nothing,
 * what uninitialised variables hold, freed ones, those of a closed session,
 * other kinds.
 */
#define BAD_HANDLES 10

static inline void bad_handles(unsigned type, void *handles[BAD_HANDLES])
{
    static int memory_of_the_program;
    HSNMP_SESSION other = open_session();
    HSNMP_VBL freed = new_vbl();
    HSNMP_VBL swept = SnmpCreateVbl(other, NULL, NULL);
    int n = 0;

    SnmpFreeVbl(freed);
    SnmpClose(other);
    handles[n++] = NULL;
    handles[n++] = (void *)(uintptr_t)0xdead;
    handles[n++] = (void *)(intptr_t)-1; /* INVALID_HANDLE_VALUE */
    handles[n++] = &memory_of_the_program;
    handles[n++] = other;
    handles[n++] = freed;
    handles[n++] = swept;
    handles[n++] = type == WSN_VBL ? new_context() : new_vbl();
    handles[n++] = type == WSN_PDU ? new_context() : new_pdu(0, NULL);
    handles[n++] = type == WSN_ENTITY ? session : new_entity("127.0.0.1");
}

/* ---- memory that runs out ----------------------------------------------- */

/* Lets a number of this thread's allocations pass and no more. */
struct shortage {
    pthread_t thread;
    unsigned left;
};

static inline bool shortage_may_alloc(void *arg, size_t size)
{
    struct shortage *shortage = arg;

    (void)size;
    if (!pthread_equal(shortage->thread, pthread_self()))
        return true;
    if (shortage->left == 0)
        return false;
    shortage->left--;
    return true;
}

static inline void shortage_freed(void *arg)
{
    (void)arg;
}

static inline size_t count_everything(void)
{
    size_t count = wsn_descriptor_count();

    for (unsigned type = WSN_SESSION; type <= WSN_VBL; type++)
        count += wsn_handle_count(type);
    return count;
}

/*
 * Makes the first, the second, ... allocation of call fail until call
 * succeeds.  Each failure is SNMPAPI_ALLOC_ERROR and leaves nothing behind.
 * RESULT is what the last call gave.
 */
#define ASSERT_SURVIVES_SHORTAGE(result, call)                             \
    do {                                                                   \
        unsigned allowed_ = 0;                                             \
        for (;; allowed_++) {                                              \
            struct shortage shortage_ = {pthread_self(), allowed_};        \
            struct wsn_alloc_hook hook_ = {shortage_may_alloc,             \
                                           shortage_freed, &shortage_};    \
            size_t before_ = count_everything();                           \
                                                                           \
            (void)wsn_fail(session, NO_CODE);                              \
            wsn_alloc_set_hook(&hook_);                                    \
            (result) = (call);                                             \
            wsn_alloc_set_hook(NULL);                                      \
            if (result)                                                    \
                break;                                                     \
            ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_ALLOC_ERROR); \
            ck_assert_uint_eq(count_everything(), before_);                \
            ck_assert_uint_lt(allowed_, 100);                              \
        }                                                                  \
        ck_assert_uint_gt(allowed_, 0);                                    \
    } while (0)

#endif
