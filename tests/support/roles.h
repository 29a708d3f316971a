/*
 * roles.h - what the suites of canonical sequences share: a session in one of
 * the library's two modes, a peer, and receiving what was told of.
 */
#ifndef WSN_TESTS_SUPPORT_ROLES_H
#define WSN_TESTS_SUPPORT_ROLES_H

#include <poll.h>

#include "support/modes.h"
#include "support/peer.h"
#include "support/translate.h"
#include "support/waiting.h"
#include "winsnmp_posix.h"

static struct events events;
static struct peer *peer;

static inline void begin(int mode)
{
    modes_begin(mode);
    ck_assert_uint_eq(SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2),
                      SNMPAPI_SUCCESS);
    events_init(&events);
    session = SnmpCreateSession(NULL, 0, events_callback, &events);
    ck_assert_ptr_nonnull(session);
    modes_run();
    peer = peer_new("127.0.0.1");
}

/* A teardown, also after a failure. */
static inline void end(void)
{
    modes_end();
    if (peer != NULL)
        peer_free(peer);
    peer = NULL;
    events_fini(&events);
}

static inline void assert_ok(SNMPAPI_STATUS status)
{
    ck_assert_uint_eq(status, SNMPAPI_SUCCESS);
}

/* The last of them may go on the loop's thread, with what it used. */
static inline void assert_none_left(unsigned type)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (wsn_handle_count(type) != 0 && now_ms() < end_ms)
        (void)poll(NULL, 0, 1);
    ck_assert_uint_eq(wsn_handle_count(type), 0);
}

/* Everything was given back one by one. */
static inline void assert_nothing_left(void)
{
    assert_none_left(WSN_ENTITY);
    assert_none_left(WSN_CONTEXT);
    assert_none_left(WSN_PDU);
    assert_none_left(WSN_VBL);
    ck_assert_uint_eq(wsn_descriptor_count(), 0);
}

static inline HSNMP_ENTITY entity_at_port(UINT port)
{
    HSNMP_ENTITY entity = new_entity("127.0.0.1");

    assert_ok(SnmpSetPort(entity, port));
    return entity;
}

struct received {
    HSNMP_ENTITY src;
    HSNMP_ENTITY dst;
    HSNMP_CONTEXT context;
    HSNMP_PDU pdu;
};

static inline struct received receive_when_told(size_t n, smiINT32 *ret_id)
{
    struct event event = events_wait(&events, n);
    struct received got;

    ck_assert_ptr_eq(event.session, session);
    ck_assert_uint_eq(event.wparam, 0);
    assert_ok(SnmpRecvMsg(session, &got.src, &got.dst, &got.context, &got.pdu));
    *ret_id = (smiINT32)event.lparam;
    return got;
}

static inline void free_received(const struct received *got)
{
    assert_ok(SnmpFreePdu(got->pdu));
    assert_ok(SnmpFreeContext(got->context));
    assert_ok(SnmpFreeEntity(got->src));
    assert_ok(SnmpFreeEntity(got->dst));
}

static inline void assert_type(HSNMP_PDU pdu, smiINT wanted, smiINT32 wanted_id)
{
    smiINT status;
    smiINT index;
    smiINT32 id;
    smiINT type;

    assert_ok(SnmpGetPduData(pdu, &type, &id, &status, &index, NULL));
    ck_assert_int_eq(type, wanted);
    ck_assert_int_eq(id, wanted_id);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(index, 0);
}

static inline HSNMP_VBL list_of(HSNMP_PDU pdu)
{
    HSNMP_VBL vbl = NULL;

    assert_ok(SnmpGetPduData(pdu, NULL, NULL, NULL, NULL, &vbl));
    return vbl;
}

#endif
