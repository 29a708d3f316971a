/*
 * check_port_ends.c - ports that close while others are at work.  A system
 * call is where the middle of a call is: it has other threads act just then.
 */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>

#include "net/udp.h"
#include "support/manager.h"

/* ---- another thread, in the middle of a call ---------------------------- */

static void (*_Atomic act_at_bind)(void); /* once */
static atomic_bool is_held;  /* the port that is being given back */
static atomic_int n_in_vain; /* others' tries to have it meanwhile */
static pthread_t closer;

static int at_bind(void *arg, enum wsn_udp_call call)
{
    void (*act)(void);

    (void)arg;
    if (call != WSN_UDP_CALL_BIND)
        return 0;
    act = atomic_exchange(&act_at_bind, NULL);
    if (act != NULL)
        act();
    if (!atomic_load(&is_held) || pthread_equal(pthread_self(), closer))
        return 0;
    atomic_fetch_add(&n_in_vain, 1);
    return EADDRINUSE;
}

static void during_bind(void (*act)(void))
{
    static const struct wsn_udp_faults faults = {at_bind, NULL};

    closer = pthread_self();
    atomic_store(&is_held, false);
    atomic_store(&n_in_vain, 0);
    atomic_store(&act_at_bind, act);
    wsn_udp_set_faults(&faults);
}

static void end(void)
{
    wsn_udp_set_faults(NULL);
    scene_end();
}

static pthread_t helper;
static atomic_bool helper_is_through;

static void start_helper(void *(*fn)(void *arg))
{
    atomic_store(&helper_is_through, false);
    ck_assert_int_eq(pthread_create(&helper, NULL, fn, NULL), 0);
}

/* False when the helper is not through by then. */
static bool await_helper(uint64_t most_ms)
{
    uint64_t end_ms = now_ms() + most_ms;

    while (!atomic_load(&helper_is_through) && now_ms() < end_ms)
        (void)sched_yield();
    return atomic_load(&helper_is_through);
}

static void join_helper(void)
{
    ck_assert_int_eq(pthread_join(helper, NULL), 0);
}

/* ---- ways to close a port ----------------------------------------------- */

static HSNMP_SESSION other; /* the ports are its */
static HSNMP_ENTITY listener;
static UINT port;

static void listen_as_other(void)
{
    listener = agent_of(other, "127.0.0.1", &port);
    ck_assert_uint_eq(SnmpListen(listener, SNMPAPI_ON), SNMPAPI_SUCCESS);
}

static void register_as_other(void)
{
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(SnmpRegister(other, NULL, NULL, NULL, NULL, SNMPAPI_ON),
                      SNMPAPI_SUCCESS);
}

static SNMPAPI_STATUS by_off(void)
{
    return SnmpListen(listener, SNMPAPI_OFF);
}

static SNMPAPI_STATUS by_free(void)
{
    return SnmpFreeEntity(listener);
}

static SNMPAPI_STATUS by_close(void)
{
    return SnmpClose(other);
}

static SNMPAPI_STATUS by_register(void)
{
    return SnmpRegister(other, NULL, NULL, NULL, NULL, SNMPAPI_OFF);
}

static const struct {
    void (*open)(void);
    SNMPAPI_STATUS (*close)(void);
} ends[] = {
    {listen_as_other, by_off},        {listen_as_other, by_free},
    {listen_as_other, by_close},      {register_as_other, by_close},
    {register_as_other, by_register},
};

static void begin(int mode)
{
    scene_begin(mode);
    other = open_session();
}

/* ---- giving a port back ------------------------------------------------- */

/* It looks among the outstanding requests, as every message does. */
static void *cancel_something(void *arg)
{
    (void)SnmpCancelMsg(session, 1);
    atomic_store(&helper_is_through, true);
    return arg;
}

static bool others_went_on;

static void let_others_go_on(void)
{
    start_helper(cancel_something);
    others_went_on = await_helper(PATIENCE_MS);
}

START_TEST(nobody_waits_for_a_port_that_is_given_back)
{
    begin(_i % N_MODES);
    ends[_i / N_MODES].open();
    others_went_on = false;
    during_bind(let_others_go_on);
    ck_assert_uint_eq(ends[_i / N_MODES].close(), SNMPAPI_SUCCESS);
    join_helper();
    ck_assert(others_went_on);
}
END_TEST

/* ---- cancellation ------------------------------------------------------- */

/* What the cancelled thread calls. */
static SNMPAPI_STATUS (*to_call)(void);
static SNMPAPI_STATUS status_of_call;
static atomic_bool went_on;

static void *call_cancelled(void *arg)
{
    (void)pthread_cancel(pthread_self());
    status_of_call = to_call();
    atomic_store(&went_on, true);
    pthread_testcancel();
    return arg;
}

static SNMPAPI_STATUS call_in_a_cancelled_thread(SNMPAPI_STATUS (*fn)(void))
{
    void *result;

    to_call = fn;
    atomic_store(&went_on, false);
    start_helper(call_cancelled);
    ck_assert_int_eq(pthread_join(helper, &result), 0);
    ck_assert_ptr_eq(result, PTHREAD_CANCELED);
    ck_assert(atomic_load(&went_on));
    return status_of_call;
}

START_TEST(a_thread_that_is_cancelled_gives_a_port_back)
{
    begin(_i % N_MODES);
    ends[_i / N_MODES].open();
    ck_assert_uint_eq(call_in_a_cancelled_thread(ends[_i / N_MODES].close),
                      SNMPAPI_SUCCESS);
}
END_TEST

static SNMPAPI_STATUS listen_in_vain(void)
{
    return SnmpListen(listener, SNMPAPI_ON);
}

START_TEST(a_thread_that_is_cancelled_may_not_get_a_port)
{
    int fd = manager_at("127.0.0.1");

    begin(_i);
    listener = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(listener, port_of(fd)), SNMPAPI_SUCCESS);
    ck_assert_uint_eq(call_in_a_cancelled_thread(listen_in_vain),
                      SNMPAPI_FAILURE);
    (void)close(fd);
    ck_assert_uint_eq(SnmpListen(listener, SNMPAPI_ON), SNMPAPI_SUCCESS);
}
END_TEST

static HSNMP_ENTITY successor; /* on the same port */
static SNMPAPI_STATUS status_of_helper;

static void *listen_there(void *arg)
{
    status_of_helper = SnmpListen(successor, SNMPAPI_ON);
    atomic_store(&helper_is_through, true);
    return arg;
}

/* Long enough for who does not wait to be refused. */
#define HELD_MS 100

static void hold_on(void)
{
    atomic_store(&is_held, true);
    start_helper(listen_there);
    (void)await_helper(HELD_MS);
    atomic_store(&is_held, false);
}

START_TEST(who_wants_a_port_waits_until_it_is_given_back)
{
    begin(_i % N_MODES);
    ends[_i / N_MODES].open();
    successor = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(successor, port), SNMPAPI_SUCCESS);
    during_bind(hold_on);
    ck_assert_uint_eq(ends[_i / N_MODES].close(), SNMPAPI_SUCCESS);
    join_helper();
    ck_assert_int_eq(atomic_load(&n_in_vain), 0);
    ck_assert_uint_eq(status_of_helper, SNMPAPI_SUCCESS);
}
END_TEST

/* ---- opening inside a callback ------------------------------------------ */

static SNMPAPI_STATUS close_of_helper;
static atomic_bool is_inside;

static void *close_other(void *arg)
{
    while (!atomic_load(&is_inside))
        (void)sched_yield();
    close_of_helper = SnmpClose(other);
    return arg;
}

/* Until SnmpClose, which waits for us, has given the port back. */
static SNMPAPI_STATUS listen_in_its_place(struct events *of,
                                          const struct event *event)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    (void)of;
    (void)event;
    atomic_store(&is_inside, true);
    do
        status_of_helper = SnmpListen(successor, SNMPAPI_ON);
    while (status_of_helper != SNMPAPI_SUCCESS && now_ms() < end_ms);
    return SNMPAPI_SUCCESS;
}

START_TEST(a_callback_gets_the_port_of_who_waits_for_it)
{
    struct wire question = get_message(V2C, ID);
    int fd;

    scene_begin(_i);
    events.inside = listen_in_its_place;
    other = SnmpCreateSession(NULL, 0, events_callback, &events);
    ck_assert_ptr_nonnull(other);
    listen_as_other();
    successor = new_entity("127.0.0.1");
    ck_assert_uint_eq(SnmpSetPort(successor, port), SNMPAPI_SUCCESS);
    atomic_store(&is_inside, false);
    start_helper(close_other);
    fd = manager_at("127.0.0.1");
    send_to(fd, "127.0.0.1", port, &question);
    (void)events_wait(&events, 1);
    join_helper();
    ck_assert_uint_eq(close_of_helper, SNMPAPI_SUCCESS);
    ck_assert_uint_eq(status_of_helper, SNMPAPI_SUCCESS);
    (void)close(fd);
}
END_TEST

/* ---- an entity that ends while it begins to listen ----------------------- */

static SNMPAPI_STATUS status_of_free;

static void *free_listener(void *arg)
{
    status_of_free = SnmpFreeEntity(listener);
    atomic_store(&helper_is_through, true);
    return arg;
}

static void let_it_be_freed(void)
{
    start_helper(free_listener);
    (void)await_helper(PATIENCE_MS);
}

/* The loop closes ports, and lets go of their entities, a moment later. */
static bool entities_fall_to(size_t n)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    while (wsn_handle_count(WSN_ENTITY) > n && now_ms() < end_ms)
        (void)sched_yield();
    return wsn_handle_count(WSN_ENTITY) == n;
}

START_TEST(an_entity_freed_meanwhile_does_not_listen)
{
    size_t n;

    scene_begin(_i);
    n = wsn_handle_count(WSN_ENTITY);
    listener = agent_of(session, "127.0.0.1", &port);
    during_bind(let_it_be_freed);
    ASSERT_FAILS(SnmpListen(listener, SNMPAPI_ON), SNMPAPI_ENTITY_INVALID);
    join_helper();
    ck_assert_uint_eq(status_of_free, SNMPAPI_SUCCESS);
    ck_assert(is_free("127.0.0.1", port));
    ck_assert(entities_fall_to(n));
}
END_TEST

static atomic_int n_ready;

static void meet(int round)
{
    atomic_fetch_add(&n_ready, 1);
    while (atomic_load(&n_ready) < 2 * round)
        (void)sched_yield();
}

#define ROUNDS 300

static void *free_each(void *arg)
{
    for (int round = 1; round <= ROUNDS; round++) {
        meet(2 * round - 1);
        (void)SnmpFreeEntity(listener);
        meet(2 * round);
    }
    return arg;
}

START_TEST(nothing_is_left_whoever_comes_first)
{
    size_t n;

    scene_begin(_i);
    n = wsn_handle_count(WSN_ENTITY);
    atomic_store(&n_ready, 0);
    start_helper(free_each);
    for (int round = 1; round <= ROUNDS; round++) {
        listener = agent_of(session, "127.0.0.1", &port);
        meet(2 * round - 1);
        for (int k = round % 30; k > 0; k--)
            (void)now_ms();
        if (SnmpListen(listener, SNMPAPI_ON) != SNMPAPI_SUCCESS)
            ck_assert_uint_eq(SnmpGetLastError(NULL), SNMPAPI_ENTITY_INVALID);
        meet(2 * round);
        ck_assert(is_free("127.0.0.1", port));
    }
    join_helper();
    ck_assert(entities_fall_to(n));
}
END_TEST

#define LISTENING 3 /* of the ends, the first */

static void fill(Suite *suite)
{
    TCase *tcase = ended_case(suite, "giving back", end);

    tcase_add_loop_test(tcase, nobody_waits_for_a_port_that_is_given_back, 0,
                        N(ends) * N_MODES);
    tcase_add_loop_test(tcase, a_thread_that_is_cancelled_gives_a_port_back, 0,
                        N(ends) * N_MODES);
    tcase_add_loop_test(tcase, a_thread_that_is_cancelled_may_not_get_a_port, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, who_wants_a_port_waits_until_it_is_given_back, 0,
                        LISTENING * N_MODES);
    tcase_add_loop_test(tcase, a_callback_gets_the_port_of_who_waits_for_it, 0,
                        N_MODES);
    tcase = ended_case(suite, "listening and ending", end);
    tcase_add_loop_test(tcase, an_entity_freed_meanwhile_does_not_listen, 0,
                        N_MODES);
    tcase_add_loop_test(tcase, nothing_is_left_whoever_comes_first, 0, N_MODES);
}

SUITE_MAIN("ports that close", fill)
