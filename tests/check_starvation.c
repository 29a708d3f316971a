/*
 * check_starvation.c - a machine that has nothing left: no memory, no
 * descriptors, sockets that fail in every way.  Whatever fails says so with a
 * documented code, costs nothing, and works once there is enough again.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "net/udp.h"
#include "support/fail_once.h"
#include "support/account.h"
#include "support/free_port.h"
#include "support/many_handles.h"
#include "support/proc.h"
#include "support/scale.h"
#include "support/scene.h"

/* ---- no memory ---------------------------------------------------------- */

/* The same call once more, if there was no memory for it. */
#define TWICE(result, call)                                                 \
    do {                                                                    \
        (result) = (call);                                                  \
        if (!(result)) {                                                    \
            ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_ALLOC_ERROR); \
            (result) = (call);                                              \
        }                                                                   \
        ck_assert_uint_ne((uintptr_t)(result), 0);                          \
    } while (0)

static const unsigned char get[] = {
    0x30, 0x26, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',
    'l',  'i',  'c',  0xa0, 0x19, 0x02, 0x01, 0x01, 0x02, 0x01,
    0x00, 0x02, 0x01, 0x00, 0x30, 0x0e, 0x30, 0x0c, 0x06, 0x08,
    0x2b, 0x06, 0x01, 0x02, 0x01, 0x01, 0x01, 0x00, 0x05, 0x00};

/* Takes the request and answers it. */
static void answer_one(void)
{
    struct received got = {NULL, NULL, NULL, NULL, SNMPAPI_SUCCESS};
    smiINT type = SNMP_PDU_RESPONSE;
    SNMPAPI_STATUS status;

    TWICE(status,
          SnmpRecvMsg(session, &got.src, &got.dst, &got.context, &got.pdu));
    TWICE(status, SnmpSetPduData(got.pdu, &type, NULL, NULL, NULL, NULL));
    TWICE(status, SnmpSendMsg(session, got.dst, got.src, got.context, got.pdu));
    received_free(&got);
}

/* A manager repeats what has got no answer. */
static void serve(void)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;
    uint16_t port = free_port("127.0.0.1");
    size_t n_answers = peer_count(peer);
    SNMPAPI_STATUS status;

    TWICE(agent, SnmpStrToEntity(session, "127.0.0.1"));
    ck_assert_uint_eq(SnmpSetPort(agent, port), SNMPAPI_SUCCESS);
    TWICE(status, SnmpListen(agent, SNMPAPI_ON));
    while (events_count(&events) < 1 && now_ms() < end_ms) {
        peer_send(peer, "127.0.0.1", port, get, sizeof get);
        (void)poll(NULL, 0, 5);
    }
    (void)events_wait(&events, 1);
    answer_one();
    ck_assert(peer_wait(peer, n_answers + 1));
    TWICE(status, SnmpListen(agent, SNMPAPI_OFF));
}

static void open_and_serve(void)
{
    SNMPAPI_STATUS status;

    TWICE(status, SnmpStartupEx(NULL, NULL, NULL, NULL, NULL));
    TWICE(status, SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2));
    TWICE(session, SnmpCreateSession(NULL, 0, events_callback, &events));
    serve();
    ck_assert_uint_eq(SnmpCleanupEx(), SNMPAPI_SUCCESS);
}

static char conf_path[] = "/tmp/check-starvation-XXXXXX";

static void write_conf(void)
{
    static const char text[] = "[library]\n"
                               "translate_mode = translated\n"
                               "log = none\n"
                               "log_to = syslog\n"
                               "[entity router]\n"
                               "address = 127.0.0.1\n"
                               "version = 2c\n"
                               "[context home]\n"
                               "community = public\n";
    int fd = mkstemp(conf_path);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, sizeof text - 1), sizeof text - 1);
    (void)close(fd);
    setenv("WINSNMP_CONF", conf_path, 1);
}

/* A line for which there is no memory is passed over: then its name is
 * unknown. */
static void use_names(void)
{
    smiBYTE name[] = "home";
    smiOCTETS octets = {4, name};
    SNMPAPI_STATUS status;

    TWICE(status, SnmpStartup(NULL, NULL, NULL, NULL, NULL));
    TWICE(session, SnmpCreateSession(NULL, 0, events_callback, &events));
    agent = SnmpStrToEntity(session, "router");
    if (agent == NULL)
        ck_assert(SnmpGetLastError(NULL) == SNMPAPI_ALLOC_ERROR ||
                  SnmpGetLastError(NULL) == SNMPAPI_ENTITY_UNKNOWN);
    context = SnmpStrToContext(session, &octets);
    if (context == NULL)
        ck_assert(SnmpGetLastError(NULL) == SNMPAPI_ALLOC_ERROR ||
                  SnmpGetLastError(NULL) == SNMPAPI_CONTEXT_UNKNOWN);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
}

static void (*const scenarios[])(void) = {open_and_serve, use_names};

#define MOST 1000
#define SHORTAGES "allocations refused, nothing leaked"

START_TEST(each_allocation_fails_once)
{
    bool is_refused = true;
    int fds;

    make_many_handles();
    if (scenarios[_i] == use_names)
        write_conf();
    peer = peer_new("127.0.0.1");
    events_init(&events);
    scenarios[_i]();
    fds = count_fds();
    for (n_fails = 1; is_refused && n_fails < MOST; n_fails++) {
        n_asked = 0;
        n_blocks = 0;
        events_fini(&events);
        events_init(&events);
        wsn_alloc_set_hook(&fail_once_hook);
        scenarios[_i]();
        wsn_alloc_set_hook(NULL);
        is_refused = n_asked >= n_fails;
        account_tried(SHORTAGES, is_refused);
        ck_assert_uint_eq(count_everything(), 0);
        ck_assert_int_eq(n_blocks, 0);
        ck_assert_int_eq(count_fds(), fds);
        account_held(SHORTAGES, is_refused);
    }
    ck_assert_int_gt(n_fails, 5);
    ck_assert_int_lt(n_fails, MOST);
    (void)unlink(conf_path);
}
END_TEST

/* ---- system calls that fail --------------------------------------------- */

static atomic_int faults_left;
static int fault_error;
static enum wsn_udp_call fault_call;

static int fail_call(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    if (call == WSN_UDP_CALL_RECVMMSG)
        call = WSN_UDP_CALL_RECVMSG;
    if (call != fault_call || atomic_load(&faults_left) <= 0)
        return 0;
    (void)atomic_fetch_sub(&faults_left, 1);
    return fault_error;
}

static const struct wsn_udp_faults faults = {fail_call, NULL};

static void inject(enum wsn_udp_call call, int error, int n)
{
    fault_call = call;
    fault_error = error;
    atomic_store(&faults_left, n);
    wsn_udp_set_faults(&faults);
}

#define FOR_EVER 1000000000

#define ERRORS "errors of system calls injected, all works afterwards"

static const int errors[] = {
    EINTR,         EAGAIN,       ENOBUFS,     ENOMEM,   EMFILE, ENFILE,
    ECONNREFUSED,  EHOSTUNREACH, ENETUNREACH, EMSGSIZE, EPERM,  EADDRINUSE,
    EADDRNOTAVAIL, EACCES,       EIO,         ENETDOWN, EINVAL};

/* Whether a function's page lists such a failure of the transport. */
static bool is_of_transport(SNMPAPI_STATUS code)
{
    return code >= SNMPAPI_TL_NOT_INITIALIZED && code <= SNMPAPI_TL_OTHER;
}

static void expect_transport_failure(SNMPAPI_STATUS status, const char *what)
{
    SNMPAPI_STATUS code = SnmpGetLastError(session);

    ck_assert_msg(status != SNMPAPI_SUCCESS, "%s worked", what);
    ck_assert_msg(is_of_transport(code), "%s: %u", what, (unsigned)code);
}

static void expect_all_works(smiINT32 id)
{
    size_t n = events_count(&events);

    wsn_udp_set_faults(NULL);
    set_policy(agent, 100, 50);
    send_get(id);
    (void)events_wait(&events, n + 1);
    expect_response(session, id);
}

/* Nothing has been sent yet, so the first request opens the socket. */
static void without_sockets(enum wsn_udp_call call, int error)
{
    HSNMP_ENTITY listener;
    int fds;

    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    listener = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(listener, free_port("127.0.0.1")),
                      SNMPAPI_SUCCESS);
    fds = count_fds();
    inject(call, error, FOR_EVER);
    expect_transport_failure(send_pdu(session, SNMP_PDU_GET, 1, NULL, agent),
                             "SnmpSendMsg");
    expect_transport_failure(SnmpListen(listener, SNMPAPI_ON), "SnmpListen");
    expect_transport_failure(
        SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
        "SnmpRegister");
    ck_assert_int_eq(count_fds(), fds);
    wsn_udp_set_faults(NULL);
    ck_assert_uint_eq(SnmpListen(listener, SNMPAPI_ON), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    expect_all_works(2);
}

START_TEST(there_is_no_socket)
{
    account_tried(ERRORS, 1);
    scene_begin(_i % N_MODES);
    without_sockets(WSN_UDP_CALL_SOCKET, errors[_i / N_MODES]);
    account_held(ERRORS, 1);
}
END_TEST

START_TEST(there_is_no_port)
{
    account_tried(ERRORS, 1);
    scene_begin(_i % N_MODES);
    without_sockets(WSN_UDP_CALL_BIND, errors[_i / N_MODES]);
    account_held(ERRORS, 1);
}
END_TEST

/* Only the thread that arg names gets memory. */
static bool is_of_thread(void *arg, size_t size)
{
    (void)size;
    return pthread_equal(*(pthread_t *)arg, pthread_self()) != 0;
}

/* The port it was sent from is closed, and there is no memory for another:
 * that is a shortage of the transport, for the request is delivered. */
START_TEST(a_repetition_has_no_memory_for_a_port)
{
    pthread_t self = pthread_self();
    struct wsn_alloc_hook hook = {is_of_thread, shortage_freed, &self};
    HSNMP_ENTITY own;
    struct received got;

    scene_begin(MODE_OWN_THREAD);
    own = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(own, free_port("127.0.0.1")),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpListen(own, SNMPAPI_ON), SNMPAPI_SUCCESS);
    peer_script(peer, PEER_DROP, 1000);
    set_policy(agent, 10, 1000);
    ck_assert_uint_eq(send_pdu(session, SNMP_PDU_GET, 1, own, agent),
                      SNMPAPI_SUCCESS);
    wsn_alloc_set_hook(&hook);
    ck_assert_uint_eq(SnmpListen(own, SNMPAPI_OFF), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(events_wait(&events, 1).wparam,
                      SNMPAPI_TL_RESOURCE_ERROR);
    wsn_alloc_set_hook(NULL);
    got = receive();
    ck_assert_uint_eq(got.error, SNMPAPI_TL_RESOURCE_ERROR);
    ck_assert_ptr_eq(got.src, own);
    received_free(&got);
}
END_TEST

/* It is the request that fails, or it is repeated until it works. */
START_TEST(nothing_can_be_sent)
{
    SNMPAPI_STATUS status;
    struct received got;

    account_tried(ERRORS, 1);
    scene_begin(_i % N_MODES);
    set_policy(agent, 5, 2);
    inject(WSN_UDP_CALL_SENDMSG, errors[_i / N_MODES], FOR_EVER);
    /* No call is interrupted for ever. */
    if (errors[_i / N_MODES] == EINTR)
        inject(WSN_UDP_CALL_SENDMSG, EIO, FOR_EVER);
    status = send_pdu(session, SNMP_PDU_GET, 1, NULL, agent);
    if (status != SNMPAPI_SUCCESS) {
        expect_transport_failure(status, "SnmpSendMsg");
    } else {
        (void)events_wait(&events, 1);
        got = receive();
        ck_assert_msg(is_of_transport(got.error), "SnmpRecvMsg: %u",
                      (unsigned)got.error);
        received_free(&got);
    }
    ck_assert_uint_eq(peer_count(peer), 0);
    expect_all_works(2);
    account_held(ERRORS, 1);
}
END_TEST

START_TEST(receiving_fails_for_a_while)
{
    account_tried(ERRORS, 1);
    scene_begin(_i % N_MODES);
    set_policy(agent, 500, 3);
    inject(WSN_UDP_CALL_RECVMSG, errors[_i / N_MODES], 5);
    send_get(1);
    (void)events_wait(&events, 1);
    expect_response(session, 1);
    ck_assert_int_eq(atomic_load(&faults_left), 0);
    expect_all_works(2);
    account_held(ERRORS, 1);
}
END_TEST

/* ---- a receive error that stays ----------------------------------------- */

#define WATCHED_MS 1000

static uint64_t cpu_us(void)
{
    struct rusage usage;

    ck_assert_int_eq(getrusage(RUSAGE_SELF, &usage), 0);
    return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
           (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static const int lasting[] = {ENOBUFS, ENOMEM, ECONNREFUSED, EBADF, EIO};

/* One hundredth at most, where no tool makes everything slow.  A datagram is
 * waiting all the time, so the socket stays readable. */
START_TEST(a_lasting_error_keeps_no_processor_busy)
{
    uint64_t end_ms;
    uint64_t used_us;

    scene_begin(MODE_OWN_THREAD);
    set_policy(agent, 100000, 0);
    peer_script(peer, PEER_DELAY, 20);
    send_get(1);
    inject(WSN_UDP_CALL_RECVMSG, lasting[_i], FOR_EVER);
    ck_assert(peer_wait(peer, 1));
    end_ms = now_ms() + WATCHED_MS;
    used_us = cpu_us();
    while (now_ms() < end_ms)
        (void)poll(NULL, 0, 200);
    used_us = cpu_us() - used_us;
    ck_assert_msg(used_us < WATCHED_MS * 1000 / (unsigned)scaled(100),
                  "%u us in %u ms", (unsigned)used_us, WATCHED_MS);
    wsn_udp_set_faults(NULL);
    (void)events_wait(&events, 1);
    expect_response(session, 1);
}
END_TEST

/* ---- no descriptors ----------------------------------------------------- */

static void limit_descriptors(rlim_t n, rlim_t *ret_before)
{
    struct rlimit limit;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    *ret_before = limit.rlim_cur;
    limit.rlim_cur = n;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

/* A whole program with so many descriptors; true when it got to the end. */
static bool can_live(void)
{
    bool is_done = false;
    smiBYTE name[] = "public";
    smiOCTETS octets = {6, name};

    if (SnmpStartupEx(NULL, NULL, NULL, NULL, NULL) != SNMPAPI_SUCCESS) {
        ck_assert(is_of_transport(SnmpGetLastError(NULL)) ||
                  SnmpGetLastError(NULL) == SNMPAPI_ALLOC_ERROR);
        return false;
    }
    session = SnmpCreateSession(NULL, 0, events_callback, &events);
    ck_assert_ptr_nonnull(session);
    (void)SnmpPosixSetTrapPort(0);
    agent = new_entity("127.0.0.1");
    context = SnmpStrToContext(session, &octets);
    ck_assert_uint_eq(SnmpSetPort(agent, peer_port(peer)), SNMPAPI_SUCCESS);
    if (send_pdu(session, SNMP_PDU_GET, 1, NULL, agent) != SNMPAPI_SUCCESS)
        ck_assert(is_of_transport(SnmpGetLastError(session)));
    else if (SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON) !=
             SNMPAPI_SUCCESS)
        ck_assert(is_of_transport(SnmpGetLastError(session)));
    else
        is_done = true;
    ck_assert_uint_eq(SnmpCleanupEx(), SNMPAPI_SUCCESS);
    return is_done;
}

START_TEST(descriptors_are_given_one_by_one)
{
    rlim_t before;
    rlim_t n;
    int fds;
    bool is_done = false;

    setenv("WINSNMP_CONF", "/dev/null", 1);
    events_init(&events);
    peer = peer_new("127.0.0.1");
    fds = count_fds();
    for (n = 0; n < 200 && !is_done; n++) {
        limit_descriptors(n, &before);
        is_done = can_live();
        limit_descriptors(before, &before);
        ck_assert_int_eq(count_fds(), fds);
        ck_assert_uint_eq(count_everything(), 0);
    }
    ck_assert(is_done);
    ck_assert_uint_gt(n, 4);
}
END_TEST

static void end(void)
{
    wsn_alloc_set_hook(NULL);
    wsn_udp_set_faults(NULL);
    scene_end();
}

static TCase *starved(Suite *suite, const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, NULL, end);
    suite_add_tcase(suite, tcase);
    return tcase;
}

static void fill(Suite *suite)
{
    TCase *tcase = starved(suite, "memory");
    int n = N_MODES * N(errors);

    tcase_add_loop_test(tcase, each_allocation_fails_once, 0, N(scenarios));
    tcase_add_test(tcase, a_repetition_has_no_memory_for_a_port);
    tcase = starved(suite, "system calls");
    tcase_add_loop_test(tcase, there_is_no_socket, 0, n);
    tcase_add_loop_test(tcase, there_is_no_port, 0, n);
    tcase_add_loop_test(tcase, nothing_can_be_sent, 0, n);
    tcase_add_loop_test(tcase, receiving_fails_for_a_while, 0, n);
    tcase = starved(suite, "processor");
    tcase_add_loop_test(tcase, a_lasting_error_keeps_no_processor_busy, 0,
                        N(lasting));
    tcase = starved(suite, "descriptors");
    tcase_add_test(tcase, descriptors_are_given_one_by_one);
}

SUITE_MAIN("starvation", fill)
