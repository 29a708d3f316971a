/*
 * check_oom.c - memory that runs out once, at each place in turn: nothing
 * crashes, hangs or leaks, and what comes after works.
 */
#include <event2/event.h>
#include <stdatomic.h>

#include "support/account.h"
#include "support/fail_once.h"
#include "support/many_handles.h"
#include "support/proc.h"
#include "support/scene.h"

static const unsigned char cold_start[] = {
    0x30, 0x40, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',
    'i',  'c',  0xa6, 0x33, 0x02, 0x01, 0x63, 0x02, 0x01, 0x00, 0x02,
    0x01, 0x00, 0x30, 0x28, 0x30, 0x0d, 0x06, 0x08, 0x2b, 0x06, 0x01,
    0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x64, 0x30, 0x17, 0x06,
    0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04, 0x01, 0x00,
    0x06, 0x09, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x05, 0x01};

/* ---- whose memory ------------------------------------------------------- */

static atomic_bool is_events_turn; /* of libevent, not of the library */
static _Atomic long n_event_blocks;

static void *event_realloc(void *block, size_t size)
{
    bool is_refused = atomic_load(&is_events_turn) &&
                      atomic_fetch_add(&n_asked, 1) + 1 == n_fails;
    void *made = is_refused ? NULL : realloc(block, size);

    n_event_blocks += block == NULL && made != NULL;
    return made;
}

static void *event_malloc(size_t size)
{
    return event_realloc(NULL, size);
}

static void event_free_block(void *block)
{
    n_event_blocks -= block != NULL;
    free(block);
}

static void be_short_of_own(void)
{
    wsn_alloc_set_hook(&fail_once_hook);
}

static void be_short_of_events(void)
{
    atomic_store(&is_events_turn, true);
}

static void have_enough(void)
{
    wsn_alloc_set_hook(NULL);
    atomic_store(&is_events_turn, false);
}

static void (*const shortages[])(void) = {be_short_of_own, be_short_of_events};

/* ---- what is done ------------------------------------------------------- */

/* That libevent has no memory is a failure of the transport. */
static bool is_shortage(SNMPAPI_STATUS code)
{
    return code == SNMPAPI_ALLOC_ERROR ||
           (atomic_load(&is_events_turn) &&
            (code == SNMPAPI_NOT_INITIALIZED ||
             (code >= SNMPAPI_TL_NOT_INITIALIZED && code <= SNMPAPI_TL_OTHER)));
}

/* The same call once more, if there was no memory for it. */
#define TWICE(result, call)                                 \
    do {                                                    \
        (result) = (call);                                  \
        if (!(result)) {                                    \
            ck_assert(is_shortage(SnmpGetLastError(NULL))); \
            (result) = (call);                              \
        }                                                   \
        ck_assert_uint_ne((uintptr_t)(result), 0);          \
    } while (0)

static void receive_one(void)
{
    struct received got = {NULL, NULL, NULL, NULL, SNMPAPI_SUCCESS};
    SNMPAPI_STATUS status;

    TWICE(status,
          SnmpRecvMsg(session, &got.src, &got.dst, &got.context, &got.pdu));
    received_free(&got);
}

static void ask_and_receive(void)
{
    smiBYTE name[] = "public";
    smiOCTETS octets = {6, name};
    SNMPAPI_STATUS status;
    HSNMP_VBL vbl;
    HSNMP_PDU pdu;

    TWICE(agent, SnmpStrToEntity(session, "127.0.0.1"));
    TWICE(context, SnmpStrToContext(session, &octets));
    TWICE(vbl, SnmpCreateVbl(session, &sysdescr, NULL));
    TWICE(pdu, SnmpCreatePdu(session, SNMP_PDU_GET, 0, 0, 0, vbl));
    ck_assert_uint_eq(SnmpSetPort(agent, peer_port(peer)), SNMPAPI_SUCCESS);
    set_policy(agent, 2, 1000); /* a response without memory is lost */
    TWICE(status, SnmpSendMsg(session, NULL, agent, context, pdu));
    ck_assert_uint_eq(events_wait(&events, 1).wparam, 0);
    receive_one();
}

/* An inform for which there is no memory is repeated by its sender. */
static void be_told(void)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    SNMPAPI_STATUS status;
    UINT port = 0;

    (void)SnmpPosixSetTrapPort(0);
    TWICE(status, SnmpRegister(session, NULL, agent, NULL, NULL, SNMPAPI_ON));
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&port), SNMPAPI_SUCCESS);
    while (events_count(&events) < 2 && now_ms() < end_ms) {
        peer_send(peer, "127.0.0.1", (uint16_t)port, cold_start,
                  sizeof cold_start);
        (void)poll(NULL, 0, 5);
    }
    ck_assert_uint_ge(events_count(&events), 2);
    receive_one();
    TWICE(status, SnmpRegister(session, NULL, agent, NULL, NULL, SNMPAPI_OFF));
}

static void live(void)
{
    SNMPAPI_STATUS status;

    events_init(&events);
    TWICE(status, SnmpStartup(NULL, NULL, NULL, NULL, NULL));
    TWICE(session, SnmpCreateSession(NULL, 0, events_callback, &events));
    ask_and_receive();
    be_told();
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    events_fini(&events);
}

#define MOST 1000
#define SHORTAGES "allocations refused, nothing leaked"

START_TEST(a_program_survives_each_shortage)
{
    bool is_refused = true;
    long before;
    int fds;

    event_set_mem_functions(event_malloc, event_realloc, event_free_block);
    make_many_handles();
    peer = peer_new("127.0.0.1");
    live();
    fds = count_fds();
    before = n_event_blocks;
    for (n_fails = 1; is_refused && n_fails < MOST; n_fails++) {
        n_asked = 0;
        n_blocks = 0;
        shortages[_i]();
        live();
        have_enough();
        is_refused = n_asked >= n_fails;
        account_tried(SHORTAGES, is_refused);
        ck_assert_uint_eq(count_everything(), 0);
        ck_assert_int_eq(n_blocks, 0);
        ck_assert_int_eq(n_event_blocks, before);
        ck_assert_int_eq(count_fds(), fds);
        account_held(SHORTAGES, is_refused);
    }
    ck_assert_int_gt(n_fails, 10);
    ck_assert_int_lt(n_fails, MOST);
    events_init(&events); /* for the teardown */
}
END_TEST

static void end(void)
{
    have_enough();
    scene_end();
}

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("shortage");

    tcase_add_checked_fixture(tcase, NULL, end);
    tcase_add_loop_test(tcase, a_program_survives_each_shortage, 0,
                        N(shortages));
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("shortage", fill)
