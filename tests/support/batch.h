/*
 * batch.h - an agent whose answers come in heaps, and a loop that turns when
 * the test says so: what the suites about batches play on.
 */
#ifndef WSN_TESTS_SUPPORT_BATCH_H
#define WSN_TESTS_SUPPORT_BATCH_H

#include <arpa/inet.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/process.h"
#include "core/engine.h"
#include "net/udp.h"
#include "support/api.h"
#include "winsnmp_posix.h"

#define HEAP 4
#define PATIENCE_MS 20000
#define FIRST_ID 100 /* asked by callbacks */

static struct event_base *base;
static HSNMP_ENTITY agent;
static HSNMP_CONTEXT community;

/* ---- the agent ---------------------------------------------------------- */

static struct datagram {
    unsigned char bytes[256];
    size_t len;
    struct sockaddr_in from;
} got[HEAP];
static int agent_fd;

static inline int agent_socket(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    int made = socket(AF_INET, SOCK_DGRAM, 0);

    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ck_assert_int_eq(bind(made, (struct sockaddr *)&here, sizeof here), 0);
    return made;
}

static inline UINT port_of(int of)
{
    struct sockaddr_in there;
    socklen_t len = sizeof there;

    ck_assert_int_eq(getsockname(of, (struct sockaddr *)&there, &len), 0);
    return ntohs(there.sin_port);
}

static inline bool has_come(int patience_ms)
{
    struct pollfd item = {agent_fd, POLLIN, 0};

    return poll(&item, 1, patience_ms) == 1;
}

static inline void receive(int n)
{
    for (int i = 0; i < n; i++) {
        socklen_t size = sizeof got[i].from;
        ssize_t len;

        ck_assert(has_come(PATIENCE_MS));
        len = recvfrom(agent_fd, got[i].bytes, sizeof got[i].bytes, 0,
                       (struct sockaddr *)&got[i].from, &size);
        ck_assert_int_gt(len, 14);
        got[i].len = (size_t)len;
    }
}

/* The community is "public", so the PDU's tag is the 14th octet. */
static inline void answer(int n)
{
    for (int i = 0; i < n; i++) {
        got[i].bytes[13] = SNMP_PDU_RESPONSE;
        ck_assert_int_gt(sendto(agent_fd, got[i].bytes, got[i].len, 0,
                                (struct sockaddr *)&got[i].from,
                                sizeof got[i].from),
                         0);
    }
}

/* ---- the manager -------------------------------------------------------- */

static inline void ask_from(HSNMP_ENTITY from, smiINT32 id)
{
    HSNMP_VBL list = SnmpCreateVbl(session, &sysdescr, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(session, SNMP_PDU_GET, id, 0, 0, list);

    ck_assert_uint_eq(SnmpSendMsg(session, from, agent, community, pdu),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreePdu(pdu), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpFreeVbl(list), SNMPAPI_SUCCESS);
}

static inline void ask(smiINT32 id)
{
    ask_from(NULL, id);
}

/* What the session's callback does the i-th time it is called. */
static void (*act)(int i);
static int n_events;
static WPARAM events[4 * HEAP];

static inline SNMPAPI_STATUS CALLBACK on_arrival(HSNMP_SESSION of, HWND window,
                                                 UINT message, WPARAM wparam,
                                                 LPARAM lparam, LPVOID data)
{
    (void)of, (void)window, (void)message, (void)lparam, (void)data;
    ck_assert_int_lt(n_events, N(events));
    events[n_events] = wparam;
    act(n_events++);
    return SNMPAPI_SUCCESS;
}

static inline void turn(void)
{
    ck_assert_int_ge(event_base_loop(base, EVLOOP_ONCE), 0);
}

/* Until there were n events in all. */
static inline void turn_until(int n)
{
    while (n_events < n)
        turn();
}

static inline void do_nothing(int i)
{
    (void)i;
}

static inline bool is_trusted(void)
{
    struct wsn_engine *engine = NULL;
    bool is_trusted_now;

    ck_assert_uint_eq(wsn_process_engine(&engine), WSN_OK);
    wsn_lock_take(&engine->lock);
    is_trusted_now = engine->outbox.n_trials == 0;
    wsn_lock_give(&engine->lock);
    wsn_engine_unref(engine);
    return is_trusted_now;
}

/* Nothing is put off before callbacks have been swift for some turns. */
static inline void gain_trust(void)
{
    act = do_nothing;
    for (n_events = 0; !is_trusted(); n_events = 0) {
        ask(1);
        receive(1);
        answer(1);
        turn_until(1);
    }
}

static inline void set_up(void)
{
    smiBYTE text[] = "public";
    smiOCTETS name = {6, text};

    base = event_base_new();
    n_events = 0;
    setenv("WINSNMP_CONF", "/dev/null", 1);
    setenv("WINSNMP_DNS", "off", 1);
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixSetEventBase(base), SNMPAPI_SUCCESS);
    (void)SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    (void)SnmpSetRetransmitMode(SNMPAPI_ON);
    session = SnmpCreateSession(NULL, 0, on_arrival, NULL);
    agent = SnmpStrToEntity(session, "127.0.0.1");
    community = SnmpStrToContext(session, &name);
    agent_fd = agent_socket();
    ck_assert_uint_eq(SnmpSetPort(agent, port_of(agent_fd)), SNMPAPI_SUCCESS);
    gain_trust();
}

static inline void tear_down(void)
{
    wsn_udp_set_faults(NULL);
    (void)SnmpCleanup();
    event_base_free(base);
    (void)close(agent_fd);
}

/* The agent has answered n requests, and the loop has not seen it yet. */
static inline void begin_with(int n, void (*what)(int i))
{
    act = what;
    for (int i = 0; i < n; i++)
        ask(i + 1);
    receive(n);
    answer(n);
}

/* What a callback is to do that asks as often as there were answers. */
static inline void ask_once(int i)
{
    if (i < HEAP)
        ask(FIRST_ID + i);
}

#endif
