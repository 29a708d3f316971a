/*
 * check_load.c - many requests over a network that loses some: each ends in
 * one response or one time-out, and afterwards everything is as it was.
 */
#include <windows.h>

#include <stdatomic.h>

#include "support/account.h"
#include "support/many_handles.h"
#include "support/proc.h"
#include "support/scale.h"
#include "support/scene.h"

/* The first two with a callback, the others with a window. */
#define SESSIONS 4
#define REQUESTS 100000
#define AT_ONCE 64
#define LOSE_EVERY 20
#define TIMEOUT_CS 5
#define RETRIES 1
#define LONGEST_MS 30000

struct load {
    HSNMP_SESSION of;
    HSNMP_ENTITY dst;
    HSNMP_CONTEXT with;
    HSNMP_PDU pdu;
    HWND window;
    struct waiting waiting; /* guards n_told, of a callback's session */
    size_t n_told;
    int wanted; /* requests to make */
    int made;
    int ended;
    int timeouts;
    int wrongs;
    unsigned char *ends; /* how often each of them has ended */
};

/* ---- allocations -------------------------------------------------------- */

static _Atomic long blocks;

static bool count_block(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    blocks++;
    return true;
}

static void forget_block(void *arg)
{
    (void)arg;
    blocks--;
}

static const struct wsn_alloc_hook books = {count_block, forget_block, NULL};

/* ---- one session -------------------------------------------------------- */

static SNMPAPI_STATUS CALLBACK tell(HSNMP_SESSION of, HWND hwnd, UINT msg,
                                    WPARAM wparam, LPARAM lparam, LPVOID data)
{
    struct load *load = data;

    (void)of;
    (void)hwnd;
    (void)msg;
    (void)wparam;
    (void)lparam;
    waiting_lock(&load->waiting);
    load->n_told++;
    waiting_tell(&load->waiting);
    waiting_unlock(&load->waiting);
    return SNMPAPI_SUCCESS;
}

/* Waits until something can be received; false when nothing comes. */
static bool wait_for_callback(struct load *load)
{
    bool came;

    waiting_lock(&load->waiting);
    came = waiting_until(&load->waiting, &load->n_told, 1);
    load->n_told = 0;
    waiting_unlock(&load->waiting);
    return came;
}

static bool wait_for_message(struct load *load)
{
    struct pollfd fd = {WcGetQueueFd(), POLLIN, 0};
    MSG message;
    bool came = poll(&fd, 1, PATIENCE_MS) == 1;

    while (PeekMessage(&message, load->window, 0, 0, PM_REMOVE))
        load->wrongs += message.message != WM_USER + 1;
    return came;
}

static void open_load(struct load *load, bool has_window)
{
    smiBYTE name[] = "public";
    smiOCTETS octets = {6, name};
    HSNMP_VBL vbl;

    if (has_window)
        load->window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0,
                                    HWND_MESSAGE, NULL, NULL, NULL);
    load->of = SnmpCreateSession(load->window, WM_USER + 1,
                                 has_window ? NULL : tell, load);
    load->dst = SnmpStrToEntity(load->of, "127.0.0.1");
    load->with = SnmpStrToContext(load->of, &octets);
    vbl = SnmpCreateVbl(load->of, &sysdescr, NULL);
    load->pdu = SnmpCreatePdu(load->of, SNMP_PDU_GET, 1, 0, 0, vbl);
    load->wrongs += SnmpSetPort(load->dst, peer_port(peer)) != SNMPAPI_SUCCESS;
    (void)SnmpSetTimeout(load->dst, TIMEOUT_CS);
    (void)SnmpSetRetry(load->dst, RETRIES);
    (void)SnmpFreeVbl(vbl);
}

static void ask(struct load *load)
{
    smiINT32 id = load->made;

    load->wrongs += SnmpSetPduData(load->pdu, NULL, &id, NULL, NULL, NULL) !=
                    SNMPAPI_SUCCESS;
    load->wrongs += SnmpSendMsg(load->of, NULL, load->dst, load->with,
                                load->pdu) != SNMPAPI_SUCCESS;
    load->made++;
}

/* Takes one item; false when there is none. */
static bool take(struct load *load)
{
    HSNMP_ENTITY src = NULL;
    HSNMP_ENTITY dst = NULL;
    HSNMP_CONTEXT with = NULL;
    HSNMP_PDU pdu = NULL;
    smiINT32 id = -1;

    if (SnmpRecvMsg(load->of, &src, &dst, &with, &pdu) != SNMPAPI_SUCCESS) {
        if (SnmpGetLastError(NULL) != SNMPAPI_TL_TIMEOUT)
            return false;
        load->timeouts++;
    }
    (void)SnmpGetPduData(pdu, NULL, &id, NULL, NULL, NULL);
    if (id >= 0 && id < load->made)
        load->ends[id]++;
    else
        load->wrongs++;
    load->wrongs += with != load->with;
    load->wrongs += SnmpFreePdu(pdu) != SNMPAPI_SUCCESS;
    load->wrongs += SnmpFreeContext(with) != SNMPAPI_SUCCESS;
    load->wrongs += SnmpFreeEntity(dst != NULL ? dst : src) != SNMPAPI_SUCCESS;
    load->ended++;
    return true;
}

static void *carry(struct load *load, bool has_window)
{
    uint64_t end_ms = now_ms() + LONGEST_MS;
    bool comes = true;

    open_load(load, has_window);
    while (comes && (load->ended < load->made || load->made < load->wanted)) {
        if (now_ms() > end_ms)
            load->wanted = load->made;
        while (load->made < load->wanted && load->made - load->ended < AT_ONCE)
            ask(load);
        if (load->ended < load->made)
            comes =
                has_window ? wait_for_message(load) : wait_for_callback(load);
        while (take(load))
            continue;
    }
    load->wrongs += SnmpClose(load->of) != SNMPAPI_SUCCESS;
    if (has_window)
        (void)DestroyWindow(load->window);
    return load;
}

static void *carry_with_callback(void *load)
{
    return carry(load, false);
}

static void *carry_with_window(void *load)
{
    return carry(load, true);
}

/* ---- all of them -------------------------------------------------------- */

static struct load loads[SESSIONS];

static void prepare(int requests)
{
    for (int i = 0; i < SESSIONS; i++) {
        memset(&loads[i], 0, sizeof loads[i]);
        waiting_init(&loads[i].waiting);
        loads[i].wanted = requests / SESSIONS;
        loads[i].ends = calloc((size_t)loads[i].wanted + 1, 1);
        ck_assert_ptr_nonnull(loads[i].ends);
    }
}

static void check(void)
{
    for (int i = 0; i < SESSIONS; i++) {
        struct load *load = &loads[i];

        for (int id = 0; id < load->made; id++)
            load->wrongs += load->ends[id] != 1;
        ck_assert_int_eq(load->wrongs, 0);
        ck_assert_int_eq(load->ended, load->made);
        ck_assert_int_gt(load->made, 0);
        free(load->ends);
        waiting_fini(&load->waiting);
    }
}

/* Each session in its thread; returns when the last one has ended. */
static void carry_together(void)
{
    pthread_t threads[SESSIONS];

    for (int i = 0; i < SESSIONS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL,
                                        i < SESSIONS / 2 ? carry_with_callback
                                                         : carry_with_window,
                                        &loads[i]),
                         0);
    for (int i = 0; i < SESSIONS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
}

/* Returns how many requests were made, which is fewer when time was up. */
static long check_sums(uint64_t took_ms)
{
    SNMPPOSIX_STATS stats = stats_now();
    unsigned long timeouts = 0;
    long made = 0;

    for (int i = 0; i < SESSIONS; i++) {
        made += loads[i].made;
        timeouts += (unsigned long)loads[i].timeouts;
    }
    (void)dprintf(STDERR_FILENO,
                  "# %d sessions: %ld requests, %lu sent again, "
                  "%lu timed out, %lu ms\n",
                  SESSIONS, made, (unsigned long)stats.retransmissions,
                  timeouts, (unsigned long)took_ms);
    ck_assert_uint_eq(stats.timeouts, timeouts);
    ck_assert_uint_gt(stats.retransmissions, 0);
    return made;
}

static void carry_all(int mode, int requests)
{
    static const char what[] = "requests under load, each of which ended once";
    uint64_t begin_ms;
    long made;

    scene_begin(mode);
    SnmpSetTranslateMode(SNMPAPI_UNTRANSLATED_V2);
    peer_lose(peer, LOSE_EVERY);
    prepare(requests);
    begin_ms = now_ms();
    carry_together();
    made = check_sums(now_ms() - begin_ms);
    account_tried(what, made);
    check();
    account_held(what, made);
    scene_end();
}

static void count_blocks(void)
{
    blocks = 0;
    wsn_alloc_set_hook(&books);
}

static void stop_counting(void)
{
    wsn_alloc_set_hook(NULL);
}

START_TEST(every_request_ends_once_and_nothing_is_left)
{
    int fds;
    int threads;

    make_many_handles();
    carry_all(_i, 1000);
    fds = count_fds();
    threads = count_threads();
    count_blocks();
    carry_all(_i, scaled(REQUESTS));
    stop_counting();
    ck_assert_int_eq(blocks, 0);
    ck_assert_int_eq(count_fds(), fds);
    ck_assert(threads_fall_to(threads));
    events_init(&events); /* for the teardown */
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "load");

    tcase_add_checked_fixture(tcase, NULL, stop_counting);
    tcase_add_loop_test(tcase, every_request_ends_once_and_nothing_is_left, 0,
                        N_MODES);
}

SUITE_MAIN("load", fill)
