/*
 * check_api_posix.c - the extensions of winsnmp_posix.h that other suites do
 * not use anyway, and the library as a citizen of its process.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#ifdef HAVE_SO_MEMINFO
#define _GNU_SOURCE /* for SO_MEMINFO */
#endif

#include <event2/event.h>
#include <fcntl.h>
#ifdef HAVE_SO_MEMINFO
#include <linux/sock_diag.h>
#endif
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "support/scene.h"

/* ---- statistics --------------------------------------------------------- */

#define COUNTERS (sizeof(SNMPPOSIX_STATS) / sizeof(uint64_t))

START_TEST(older_and_newer_programs_get_what_they_know)
{
    uint64_t counters[COUNTERS + 3];

    scene_begin(_i);
    send_get(1);
    (void)events_wait(&events, 1);
    memset(counters, 0xff, sizeof counters);
    ck_assert_uint_eq(SnmpPosixGetStats((SNMPPOSIX_STATS *)(void *)counters,
                                        sizeof(uint64_t)),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(counters[0], 1);
    ck_assert_uint_eq(counters[1], UINT64_MAX);
    ck_assert_uint_eq(SnmpPosixGetStats((SNMPPOSIX_STATS *)(void *)counters,
                                        sizeof(uint64_t) * (COUNTERS + 2)),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(counters[1], 1);
    ck_assert_uint_eq(counters[COUNTERS], 0);
    ck_assert_uint_eq(counters[COUNTERS + 1], 0);
    ck_assert_uint_eq(counters[COUNTERS + 2], UINT64_MAX);
}
END_TEST

static UINT trap_port;

static void begin_with_all(int mode)
{
    scene_begin(mode);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixGetTrapPort(&trap_port), SNMPAPI_SUCCESS);
}

/* A trap without variables. */
static void emit_trap(void)
{
    static const unsigned char trap[] = {
        0x30, 24, 2, 1, 1, 4, 6, 'p', 'u', 'b', 'l', 'i',  'c',
        0xa7, 11, 2, 1, 9, 2, 1, 0,   2,   1,   0,   0x30, 0};

    peer_send(peer, "127.0.0.1", (uint16_t)trap_port, trap, sizeof trap);
}

static bool only_the_test_has_memory(void *arg, size_t size)
{
    (void)size;
    return pthread_equal(*(pthread_t *)arg, pthread_self());
}

START_TEST(what_memory_was_short_for_is_counted)
{
    pthread_t self = pthread_self();
    struct wsn_alloc_hook hook = {only_the_test_has_memory, shortage_freed,
                                  &self};

    begin_with_all(_i);
    set_policy(agent, 1000000, 0);
    emit_trap();
    (void)events_wait(&events, 1);
    send_get(1);
    (void)events_wait(&events, 2); /* the loop knows both sockets now */
    wsn_alloc_set_hook(&hook);
    emit_trap();
    ck_assert(stat_reaches(STAT(dropNoMemory), 1));
    send_get(2);
    ck_assert(stat_reaches(STAT(dropNoMemory), 2));
    wsn_alloc_set_hook(NULL);
    ck_assert_uint_eq(events_count(&events), 2);
    emit_trap();
    ck_assert_int_eq(events_wait(&events, 3).lparam, 9);
}
END_TEST

#ifdef HAVE_SO_MEMINFO
/* Emulators answer with less, and Linux before 4.12 with nothing. */
static bool can_be_asked(void)
{
    uint32_t info[SK_MEMINFO_VARS];
    socklen_t len = sizeof info;
    int socket_fd = socket(AF_INET, SOCK_DGRAM, 0);
    bool answers;

    ck_assert_int_ge(socket_fd, 0);
    answers = getsockopt(socket_fd, SOL_SOCKET, SO_MEMINFO, info, &len) == 0 &&
              len > SK_MEMINFO_DROPS * sizeof *info;
    ck_assert_int_eq(close(socket_fd), 0);
    return answers;
}

/* Nobody reads meanwhile: what does not fit into the socket is lost. */
START_TEST(what_the_kernel_drops_is_counted)
{
    static const unsigned char large[60000];
    uint64_t n = 0;

    if (!can_be_asked())
        return;
    begin_with_all(MODE_HOST);
    modes_pause();
    for (; stats_now().dropKernel == 0 && n < 4096; n++)
        peer_send(peer, "127.0.0.1", (uint16_t)trap_port, large, sizeof large);
    ck_assert_uint_gt(stats_now().dropKernel, 0);
    modes_run();
    ck_assert(stat_reaches(STAT(inPkts), n - stats_now().dropKernel));
    ck_assert_uint_eq(stats_now().inPkts + stats_now().dropKernel, n);
}
END_TEST
#endif

START_TEST(odd_sizes_are_refused)
{
    SNMPPOSIX_STATS stats;

    scene_begin(_i);
    memset(&stats, 0xff, sizeof stats);
    ASSERT_FAILS(SnmpPosixGetStats(NULL, sizeof stats), SNMPAPI_NOOP);
    ASSERT_FAILS(SnmpPosixGetStats(&stats, 0), SNMPAPI_SIZE_INVALID);
    ASSERT_FAILS(SnmpPosixGetStats(&stats, 7), SNMPAPI_SIZE_INVALID);
    ASSERT_FAILS(SnmpPosixGetStats(&stats, sizeof stats - 1),
                 SNMPAPI_SIZE_INVALID);
    ck_assert_uint_eq(stats.inPkts, UINT64_MAX);
}
END_TEST

/* ---- the event base ----------------------------------------------------- */

START_TEST(the_base_is_chosen_before_the_first_session)
{
    struct event_base *base = event_base_new();

    start();
    ASSERT_FAILS(SnmpPosixSetEventBase(base), SNMPAPI_OPERATION_INVALID);
    ASSERT_FAILS(SnmpPosixSetEventBase(NULL), SNMPAPI_OPERATION_INVALID);
    ck_assert_uint_eq(SnmpClose(session), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixSetEventBase(base), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixSetEventBase(NULL), SNMPAPI_SUCCESS);
    session = open_session();
    stop();
    event_base_free(base);
}
END_TEST

/* No thread of the library's: the program's own turns of its loop do all. */
START_TEST(a_program_may_turn_its_loop_itself)
{
    struct event_base *base = event_base_new();
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    events_init(&events);
    setenv("WINSNMP_CONF", "/dev/null", 1);
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpPosixSetEventBase(base), SNMPAPI_SUCCESS);
    session = SnmpCreateSession(NULL, 0, events_callback, &events);
    peer = peer_new("127.0.0.1");
    agent = entity_at("127.0.0.1", peer);
    manager = NULL;
    context = new_context();
    send_get(5);
    ck_assert(peer_wait(peer, 1));
    ck_assert_uint_eq(events_count(&events), 0);
    while (events_count(&events) == 0 && now_ms() < end_ms)
        (void)event_base_loop(base, EVLOOP_NONBLOCK);
    expect_response(session, 5);
    ck_assert_uint_eq(SnmpCleanup(), SNMPAPI_SUCCESS);
    ck_assert_int_eq(event_base_loop(base, EVLOOP_NONBLOCK), 1); /* empty */
    event_base_free(base);
}
END_TEST

START_TEST(nothing_works_without_start_up)
{
    SNMPPOSIX_STATS stats;

    ASSERT_FAILS(SnmpPosixGetStats(&stats, sizeof stats),
                 SNMPAPI_NOT_INITIALIZED);
    ASSERT_FAILS(SnmpPosixSetEventBase(NULL), SNMPAPI_NOT_INITIALIZED);
}
END_TEST

/* ---- descriptors -------------------------------------------------------- */

START_TEST(no_descriptor_is_inherited_by_programs)
{
    bool was_open[256];
    int wrongs = 0;

    for (int fd = 0; fd < 256; fd++)
        was_open[fd] = fcntl(fd, F_GETFD) != -1;
    start();
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
    context = new_context();
    agent = new_entity("127.0.0.1");
    SnmpSetPort(agent, 9);
    send_get(1);
    for (int fd = 0; fd < 256; fd++) {
        int flags = fcntl(fd, F_GETFD);

        wrongs += !was_open[fd] && flags != -1 && (flags & FD_CLOEXEC) == 0;
    }
    ck_assert_int_eq(wrongs, 0);
    stop();
}
END_TEST

static void limit_descriptors(rlim_t to, rlim_t *ret_before)
{
    struct rlimit limit;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    *ret_before = limit.rlim_cur;
    limit.rlim_cur = to;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static rlim_t first_free(void)
{
    int fd = dup(0);

    ck_assert_int_ge(fd, 0);
    (void)close(fd);
    return (rlim_t)fd;
}

/* The codes that the functions list. */
START_TEST(a_lack_of_descriptors_is_reported_and_passes)
{
    HSNMP_ENTITY listener;
    SNMPAPI_STATUS codes[3];
    rlim_t before;

    scene_begin(_i);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    listener = new_entity("127.0.0.1");
    SnmpSetPort(listener, 50001);
    limit_descriptors(first_free(), &before);
    (void)wsn_fail(session, NO_CODE);
    (void)send_pdu(session, SNMP_PDU_GET, 1, manager, agent);
    codes[0] = SnmpGetLastError(session);
    (void)SnmpListen(listener, SNMPAPI_ON);
    codes[1] = SnmpGetLastError(NULL);
    (void)SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON);
    codes[2] = SnmpGetLastError(session);
    limit_descriptors(before, &before);
    ck_assert_uint_eq(codes[0], SNMPAPI_TL_RESOURCE_ERROR);
    ck_assert_uint_eq(codes[1], SNMPAPI_TL_RESOURCE_ERROR);
    ck_assert_msg(codes[2] == SNMPAPI_TL_NOT_INITIALIZED ||
                      codes[2] == SNMPAPI_TL_NOT_AVAILABLE,
                  "SnmpRegister: %u", (unsigned)codes[2]);
    send_get(2);
    (void)events_wait(&events, 1);
    expect_response(session, 2);
    ck_assert_uint_eq(SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
}
END_TEST

/* ---- signals ------------------------------------------------------------ */

static _Atomic int n_signals; /* several threads may get one */

static void on_signal(int number)
{
    (void)number;
    n_signals++;
}

static void ring(suseconds_t every_us)
{
    struct itimerval timer = {{0, every_us}, {0, every_us}};

    ck_assert_int_eq(setitimer(ITIMER_REAL, &timer, NULL), 0);
}

/* Without SA_RESTART every system call of this thread may be interrupted. */
START_TEST(signals_disturb_nothing)
{
    struct sigaction action = {.sa_handler = on_signal};
    struct sigaction before;

    scene_begin(_i);
    ck_assert_int_eq(sigaction(SIGALRM, &action, &before), 0);
    n_signals = 0;
    ring(200);
    for (smiINT32 id = 1; id <= 300 || n_signals < 20; id++) {
        send_get(id);
        (void)events_wait(&events, (size_t)id);
        expect_response(session, id);
    }
    ring(0);
    ck_assert_int_eq(sigaction(SIGALRM, &before, NULL), 0);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "posix");

#define EACH(test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(older_and_newer_programs_get_what_they_know);
    EACH(what_memory_was_short_for_is_counted);
#ifdef HAVE_SO_MEMINFO
    tcase_add_test(tcase, what_the_kernel_drops_is_counted);
#endif
    EACH(odd_sizes_are_refused);
    EACH(a_lack_of_descriptors_is_reported_and_passes);
    EACH(signals_disturb_nothing);
    tcase_add_test(tcase, a_program_may_turn_its_loop_itself);
    tcase_add_test(stopped_case(suite),
                   the_base_is_chosen_before_the_first_session);
    tcase_add_test(stopped_case(suite), no_descriptor_is_inherited_by_programs);
    tcase_add_test(stopped_case(suite), nothing_works_without_start_up);
}

SUITE_MAIN("api/posix", fill)
