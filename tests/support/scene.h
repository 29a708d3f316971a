/*
 * scene.h - what the suites about messages play on: a started library in one
 * of its modes, a session whose callback is recorded, a peer and the handles
 * to ask it.
 */
#ifndef WSN_TESTS_SUPPORT_SCENE_H
#define WSN_TESTS_SUPPORT_SCENE_H

#include <poll.h>

#include "support/api.h"
#include "support/modes.h"
#include "support/peer.h"
#include "support/waiting.h"
#include "winsnmp_posix.h"

static struct events events; /* of session */
static struct peer *peer;
static HSNMP_ENTITY manager;
static HSNMP_ENTITY agent; /* where the peer is */
static HSNMP_CONTEXT context;

/* An entity for a peer, in the version of the translate mode in force. */
static inline HSNMP_ENTITY entity_at(const char *address, struct peer *where)
{
    HSNMP_ENTITY entity = new_entity(address);

    ck_assert_uint_eq(SnmpSetPort(entity, peer_port(where)), SNMPAPI_SUCCESS);
    return entity;
}

static inline void set_policy(HSNMP_ENTITY entity, smiTIMETICKS timeout_cs,
                              smiUINT32 retries)
{
    ck_assert_uint_eq(SnmpSetTimeout(entity, timeout_cs), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpSetRetry(entity, retries), SNMPAPI_SUCCESS);
}

static inline void scene_begin_at(int mode, const char *address)
{
    modes_begin(mode);
    events_init(&events);
    session = SnmpCreateSession(NULL, 0, events_callback, &events);
    ck_assert_ptr_nonnull(session);
    modes_run();
    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2),
                      SNMPAPI_SUCCESS);
    peer = peer_new(address);
    manager = new_entity("127.0.0.1");
    agent = entity_at(address, peer);
    context = new_context();
}

static inline void scene_begin(int mode)
{
    scene_begin_at(mode, "127.0.0.1");
}

/* A teardown: also after a test that failed. */
static inline void scene_end(void)
{
    modes_end();
    if (peer != NULL)
        peer_free(peer);
    peer = NULL;
    events_fini(&events);
}

/* Tries what begins a scene and must not take long, until it has not.  A
 * machine may be too busy once, and once more; it is not every time. */
static inline void try_until_in_time(bool (*try_it)(int mode), int mode)
{
    for (int tries = 1; !try_it(mode); tries++) {
        ck_assert_int_lt(tries, 5);
        scene_end();
    }
}

/* A case of the suite whose tests begin by themselves; end comes after each. */
static inline TCase *ended_case(Suite *suite, const char *name,
                                void (*end)(void))
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, NULL, end);
    suite_add_tcase(suite, tcase);
    return tcase;
}

static inline TCase *scene_case(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, NULL, scene_end);
    suite_add_tcase(suite, tcase);
    return tcase;
}

/* ---- sending ---------------------------------------------------------------
 */

static inline SNMPAPI_STATUS send_pdu(HSNMP_SESSION of, smiINT type,
                                      smiINT32 id, HSNMP_ENTITY src,
                                      HSNMP_ENTITY dst)
{
    HSNMP_VBL vbl = SnmpCreateVbl(of, &sysdescr, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(of, type, id, 0, 0, vbl);
    SNMPAPI_STATUS status = SnmpSendMsg(of, src, dst, context, pdu);

    SnmpFreePdu(pdu);
    SnmpFreeVbl(vbl);
    return status;
}

static inline void send_get(smiINT32 id)
{
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, id, manager, agent),
                      SNMPAPI_SUCCESS);
}

/* ---- receiving -------------------------------------------------------------
 */

struct received {
    HSNMP_ENTITY src;
    HSNMP_ENTITY dst;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
    SNMPAPI_STATUS error; /* SNMPAPI_SUCCESS: a message */
};

/* What handles are that nobody wrote to. */
#define UNTOUCHED ((void *)(uintptr_t)0x5555)

static inline struct received receive_from(HSNMP_SESSION of)
{
    struct received got = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED,
                           SNMPAPI_SUCCESS};

    (void)wsn_fail(of, NO_CODE);
    if (SnmpRecvMsg(of, &got.src, &got.dst, &got.context, &got.pdu) !=
        SNMPAPI_SUCCESS) {
        got.error = SnmpGetLastError(of);
        ck_assert_uint_eq(SnmpGetLastError(NULL), got.error);
    }
    return got;
}

static inline struct received receive(void)
{
    return receive_from(session);
}

static inline void received_free(const struct received *got)
{
    if (got->src != NULL)
        ck_assert_uint_eq(SnmpFreeEntity(got->src), SNMPAPI_SUCCESS);
    if (got->dst != NULL)
        ck_assert_uint_eq(SnmpFreeEntity(got->dst), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeContext(got->context), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreePdu(got->pdu), SNMPAPI_SUCCESS);
}

static inline void expect_nothing(HSNMP_SESSION of)
{
    struct received got = receive_from(of);

    ck_assert_uint_eq(got.error, SNMPAPI_NOOP);
    ck_assert_ptr_eq(got.src, UNTOUCHED);
    ck_assert_ptr_eq(got.dst, UNTOUCHED);
    ck_assert_ptr_eq(got.context, UNTOUCHED);
    ck_assert_ptr_eq(got.pdu, UNTOUCHED);
}

static inline smiINT32 id_of(HSNMP_PDU pdu)
{
    smiINT32 id = 0;

    ck_assert_uint_eq(SnmpGetPduData(pdu, NULL, &id, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    return id;
}

static inline smiINT type_of(HSNMP_PDU pdu)
{
    smiINT type = 0;

    ck_assert_uint_eq(SnmpGetPduData(pdu, &type, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    return type;
}

/* The next item must be a response with that id; it is freed. */
static inline void expect_response(HSNMP_SESSION of, smiINT32 id)
{
    struct received got = receive_from(of);

    ck_assert_uint_eq(got.error, SNMPAPI_SUCCESS);
    ck_assert_int_eq(type_of(got.pdu), SNMP_PDU_RESPONSE);
    ck_assert_int_eq(id_of(got.pdu), id);
    received_free(&got);
}

/* ---- counters ---------------------------------------------------------------
 */

static inline SNMPPOSIX_STATS stats_now(void)
{
    SNMPPOSIX_STATS stats;

    ck_assert_uint_eq(SnmpPosixGetStats(&stats, sizeof stats), SNMPAPI_SUCCESS);
    return stats;
}

/* Waits until a counter, given by its place, has reached n. */
static inline bool stat_reaches(size_t offset, uint64_t n)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    uint64_t value;

    do {
        SNMPPOSIX_STATS stats = stats_now();

        memcpy(&value, (const char *)&stats + offset, sizeof value);
        if (value < n)
            (void)poll(NULL, 0, 1);
    } while (value < n && now_ms() < end_ms);
    return value >= n;
}

#define STAT(member) offsetof(SNMPPOSIX_STATS, member)

#endif
