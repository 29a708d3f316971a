/*
 * check_threads.c - many threads at once: every request ends once, every
 * item is received once, and whoever comes first wins alone.
 */
#include <stdatomic.h>

#include "support/scale.h"
#include "support/scene.h"

#define THREADS 8
#define OPERATIONS 2000
#define FIRST_ID 0x100000
#define IDS (THREADS * OPERATIONS)

static void run(void *(*body)(void *))
{
    pthread_t threads[THREADS];

    for (intptr_t i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, body, (void *)i), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

/* ---- whoever comes first ------------------------------------------------ */

static _Atomic int wins;

static void *close_session(void *arg)
{
    (void)arg;
    wins += SnmpClose(session) == SNMPAPI_SUCCESS;
    return NULL;
}

START_TEST(one_close_succeeds)
{
    scene_begin(_i);
    for (int round = 0; round < scaled(200); round++) {
        wins = 0;
        session = open_session();
        run(close_session);
        ck_assert_int_eq(wins, 1);
    }
}
END_TEST

static void *cancel_request(void *arg)
{
    (void)arg;
    wins += SnmpCancelMsg(session, 5) == SNMPAPI_SUCCESS;
    return NULL;
}

START_TEST(one_cancel_succeeds)
{
    scene_begin(_i);
    for (int round = 0; round < scaled(200); round++) {
        wins = 0;
        peer_script(peer, PEER_DROP, 1);
        send_get(5);
        run(cancel_request);
        ck_assert_int_eq(wins, 1);
    }
}
END_TEST

/* ---- each item once ----------------------------------------------------- */

static _Atomic int endings[IDS];
static _Atomic int n_endings;
static _Atomic int strangers; /* items with an id that nobody used */

static void note(smiINT32 id)
{
    if (id < FIRST_ID || id >= FIRST_ID + IDS)
        strangers++;
    else
        endings[id - FIRST_ID]++;
    n_endings++;
}

/* Takes one item, if there is one, and gives its handles back. */
static bool take(HSNMP_SESSION from)
{
    HSNMP_ENTITY src = NULL;
    HSNMP_ENTITY dst = NULL;
    HSNMP_CONTEXT with = NULL;
    HSNMP_PDU pdu = NULL;
    smiINT32 id = 0;

    (void)SnmpRecvMsg(from, &src, &dst, &with, &pdu);
    if (pdu == NULL)
        return false;
    (void)SnmpGetPduData(pdu, NULL, &id, NULL, NULL, NULL);
    note(id);
    (void)SnmpFreePdu(pdu);
    (void)SnmpFreeContext(with);
    (void)SnmpFreeEntity(src);
    if (dst != NULL)
        (void)SnmpFreeEntity(dst);
    return true;
}

static void *receive_all(void *arg)
{
    uint64_t end_ms = now_ms() + PATIENCE_MS;

    (void)arg;
    while (n_endings < OPERATIONS && now_ms() < end_ms)
        (void)take(session);
    return NULL;
}

static void reset(void)
{
    memset(endings, 0, sizeof endings);
    n_endings = 0;
    strangers = 0;
}

START_TEST(each_item_is_received_by_one_thread)
{
    int wrongs = 0;

    scene_begin(_i);
    reset();
    set_policy(agent, 20, 100);
    for (int i = 0; i < OPERATIONS; i++)
        send_get(FIRST_ID + i);
    run(receive_all);
    for (int i = 0; i < OPERATIONS; i++)
        wrongs += endings[i] != 1;
    ck_assert_int_eq(wrongs + strangers, 0);
    expect_nothing(session);
}
END_TEST

/* ---- random calls ------------------------------------------------------- */

static HSNMP_SESSION shared[2];

/* What a thread works with. */
struct worker {
    uint32_t random;
    HSNMP_SESSION own;
    HSNMP_ENTITY target;
    int first; /* of its ids */
    int used;
    int forgotten; /* ids below it were its own session's when that closed */
};

static uint32_t draw(struct worker *worker, uint32_t n)
{
    worker->random = worker->random * 1664525u + 1013904223u;
    return (worker->random >> 8) % n;
}

static void open_own(struct worker *worker)
{
    worker->own = SnmpCreateSession(NULL, 0, on_event, NULL);
    worker->target = SnmpStrToEntity(worker->own, "127.0.0.1");
    (void)SnmpSetPort(worker->target, peer_port(peer));
    (void)SnmpSetTimeout(worker->target, 20);
    (void)SnmpSetRetry(worker->target, 100);
}

static void ask(struct worker *worker, HSNMP_SESSION of, HSNMP_ENTITY dst)
{
    int index = worker->first + worker->used;

    if (worker->used == OPERATIONS)
        return;
    if (send_pdu(of, SNMP_PDU_GET, FIRST_ID + index, NULL, dst) ==
        SNMPAPI_SUCCESS)
        worker->used++;
}

static void cancel(struct worker *worker, HSNMP_SESSION of)
{
    smiINT32 id;

    if (worker->used == 0)
        return;
    id = FIRST_ID + worker->first +
         (smiINT32)draw(worker, (uint32_t)worker->used);
    if (SnmpCancelMsg(of, id) == SNMPAPI_SUCCESS)
        note(id);
}

static void make_objects(struct worker *worker)
{
    HSNMP_SESSION of = shared[draw(worker, 2)];
    HSNMP_VBL vbl = SnmpCreateVbl(of, &sysdescr, NULL);
    HSNMP_PDU pdu = SnmpCreatePdu(of, SNMP_PDU_GET, 0, 0, 0, vbl);
    HSNMP_PDU copy = SnmpDuplicatePdu(worker->own, pdu);

    (void)SnmpFreeVbl(vbl);
    (void)SnmpFreeVbl(vbl);
    (void)SnmpFreePdu(pdu);
    (void)SnmpFreePdu(copy);
    (void)SnmpGetLastError(of);
}

static void reopen(struct worker *worker)
{
    (void)SnmpClose(worker->own);
    worker->forgotten = worker->used;
    open_own(worker);
}

static void do_something(struct worker *worker)
{
    SNMPPOSIX_STATS stats;

    switch (draw(worker, 16)) {
    case 0:
        reopen(worker);
        break;
    case 1:
        (void)SnmpRegister(worker->own, NULL, NULL, NULL, NULL,
                           draw(worker, 2));
        break;
    case 2:
        cancel(worker, shared[draw(worker, 2)]);
        break;
    case 3:
        make_objects(worker);
        break;
    case 4:
        (void)SnmpPosixGetStats(&stats, sizeof stats);
        break;
    case 5:
    case 6:
    case 7:
        ask(worker, worker->own, worker->target);
        break;
    case 8:
    case 9:
        (void)take(worker->own);
        break;
    case 10:
    case 11:
    case 12:
        (void)take(shared[draw(worker, 2)]);
        break;
    default:
        ask(worker, shared[draw(worker, 2)], agent);
        break;
    }
}

static struct worker workers[THREADS];

static void *work(void *arg)
{
    struct worker *worker = &workers[(intptr_t)arg];

    worker->random = (uint32_t)(intptr_t)arg + 1;
    worker->first = (int)(intptr_t)arg * OPERATIONS;
    open_own(worker);
    for (int i = 0; i < scaled(OPERATIONS); i++)
        do_something(worker);
    return NULL;
}

/* How many requests that were made and not forgotten have not ended. */
static int count_open(int *ret_wrongs)
{
    int n = 0;

    *ret_wrongs = strangers;
    for (int t = 0; t < THREADS; t++)
        for (int i = 0; i < OPERATIONS; i++) {
            int ends = endings[workers[t].first + i];

            *ret_wrongs += ends > (i < workers[t].used);
            n += i >= workers[t].forgotten && i < workers[t].used && ends == 0;
        }
    return n;
}

static void take_the_rest(void)
{
    for (int i = 0; i < 2; i++)
        while (take(shared[i]))
            continue;
    for (int t = 0; t < THREADS; t++)
        while (take(workers[t].own))
            continue;
}

START_TEST(random_calls_lose_nothing)
{
    uint64_t end_ms;
    int wrongs;

    scene_begin(_i);
    reset();
    memset(workers, 0, sizeof workers);
    ck_assert_uint_eq(SnmpPosixSetTrapPort(0), SNMPAPI_SUCCESS);
    shared[0] = open_session();
    shared[1] = open_session();
    set_policy(agent, 20, 100);
    run(work);
    end_ms = now_ms() + PATIENCE_MS;
    while (count_open(&wrongs) > 0 && now_ms() < end_ms) {
        take_the_rest();
        (void)poll(NULL, 0, 1);
    }
    ck_assert_int_eq(count_open(&wrongs), 0);
    ck_assert_int_eq(wrongs, 0);
    ck_assert_uint_eq(stats_now().timeouts, 0);
    modes_end();
    ck_assert_uint_eq(count_everything(), 0);
}
END_TEST

/* ---- clean-ups in between ----------------------------------------------- */

static _Atomic bool is_over;

/* A program's whole life, again and again, whatever of it fails. */
static void *live(void *arg)
{
    smiBYTE name[] = "public";
    smiOCTETS octets = {6, name};

    while (!is_over) {
        HSNMP_SESSION of = SnmpCreateSession(NULL, 0, on_event, NULL);
        HSNMP_ENTITY dst = SnmpStrToEntity(of, "127.0.0.1");
        HSNMP_CONTEXT with = SnmpStrToContext(of, &octets);
        HSNMP_PDU pdu = SnmpCreatePdu(of, SNMP_PDU_GET, 0, 0, 0, NULL);

        (void)SnmpSetPort(dst, peer_port(peer));
        (void)SnmpSendMsg(of, NULL, dst, with, pdu);
        (void)SnmpRecvMsg(of, &dst, NULL, NULL, NULL);
        (void)SnmpClose(of);
    }
    return arg;
}

static void *restart(void *arg)
{
    for (int i = 0; i < scaled(300); i++) {
        (void)SnmpStartup(NULL, NULL, NULL, NULL, NULL);
        (void)SnmpCleanup();
    }
    is_over = true;
    return arg;
}

static void *live_or_restart(void *arg)
{
    return (intptr_t)arg == 0 ? restart(arg) : live(arg);
}

START_TEST(clean_ups_end_whatever_goes_on)
{
    scene_begin(MODE_OWN_THREAD);
    is_over = false;
    run(live_or_restart);
    ck_assert_uint_eq(count_everything(), 0);
    start();
    stop();
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "threads");

#define EACH(test) tcase_add_loop_test(tcase, test, 0, N_MODES)
    EACH(one_close_succeeds);
    EACH(one_cancel_succeeds);
    EACH(each_item_is_received_by_one_thread);
    EACH(random_calls_lose_nothing);
    tcase_add_test(tcase, clean_ups_end_whatever_goes_on);
}

SUITE_MAIN("threads", fill)
