/*
 * check_careless_process.c - programs that start and stop all the time, end
 * without stopping, or stop when they are ending already.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "matrix.h"
#include "support/many_handles.h"
#include "support/proc.h"
#include "support/quiet_fork.h"
#include "support/scale.h"
#include "support/scene.h"

/* ---- ends of a process -------------------------------------------------- */

/* Cleans up where it has not been done. */
static void clean_up_late(void)
{
    while (SnmpCleanup() == SNMPAPI_SUCCESS)
        continue;
}

static void exit_with_requests(void)
{
    send_get(1);
    exit(0);
}

/* A program's own loop is left first: "only the thread that runs base, or a
 * thread while nobody runs it, may ... clean up" (winsnmp_posix.h). */
static void exit_cleaning_up(void)
{
    (void)atexit(clean_up_late);
    send_get(1);
    modes_pause();
    exit(0);
}

static void return_while_closing(void)
{
    send_get(1);
    (void)SnmpClose(session);
    exit(0);
}

static SNMPAPI_STATUS leave(struct events *of, const struct event *event)
{
    (void)of;
    (void)event;
    exit(0);
}

/* exit() runs clean_up_late() on the library's own thread. */
static void exit_inside_a_callback(void)
{
    (void)atexit(clean_up_late);
    events.inside = leave;
    send_get(1);
    for (;;)
        (void)pause();
}

static void leave_at_once(void)
{
    send_get(1);
    _exit(0);
}

static void (*const ends[])(void) = {exit_with_requests, exit_cleaning_up,
                                     return_while_closing,
                                     exit_inside_a_callback, leave_at_once};

/* A child that does not end is ended by the time limit of the suite. */
START_TEST(a_process_may_end_in_any_way)
{
    int status = 0;
    pid_t child;

    (void)fflush(NULL);
    child = fork();
    if (child == 0) {
        scene_begin(_i % N_MODES);
        ends[_i / N_MODES]();
        _exit(1);
    }
    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    events_init(&events); /* for the teardown */
}
END_TEST

/* ---- a child with the handles of its parent ----------------------------- */

static const char *const functions[] = {
    "SnmpClose",        "SnmpGetTimeout",      "SnmpSetTimeout",
    "SnmpGetRetry",     "SnmpSetRetry",        "SnmpStrToEntity",
    "SnmpEntityToStr",  "SnmpFreeEntity",      "SnmpSetPort",
    "SnmpListen",       "SnmpListenEx",        "SnmpStrToContext",
    "SnmpContextToStr", "SnmpFreeContext",     "SnmpCreatePdu",
    "SnmpGetPduData",   "SnmpSetPduData",      "SnmpDuplicatePdu",
    "SnmpFreePdu",      "SnmpCreateVbl",       "SnmpDuplicateVbl",
    "SnmpFreeVbl",      "SnmpCountVbl",        "SnmpGetVb",
    "SnmpSetVb",        "SnmpDeleteVb",        "SnmpSendMsg",
    "SnmpRecvMsg",      "SnmpRegister",        "SnmpCancelMsg",
    "SnmpEncodeMsg",    "SnmpDecodeMsg",       "SnmpFreeDescriptor",
    "SnmpCleanup",      "SnmpGetTranslateMode"};

/* The number of the function that worked although nothing is started. */
static int call_all(const struct args *args)
{
    for (int i = 0; i < N(functions); i++) {
        struct row row = {.function = functions[i]};

        if (matrix_call_of(&row)->with(args) != 0)
            return i + 1;
    }
    return 0;
}

START_TEST(a_child_can_do_nothing_with_what_was_its_parents)
{
    struct args args;
    int status = 0;
    pid_t child;

    start();
    matrix_good_args(session, &args);
    (void)fflush(NULL);
    child = quiet_fork();
    if (child == 0)
        _exit(call_all(&args));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 0);
    ck_assert_uint_eq(SnmpFreePdu(args.pdu), SNMPAPI_SUCCESS);
    stop();
    events_init(&events); /* for the teardown */
}
END_TEST

/* ---- again and again ---------------------------------------------------- */

#define CYCLES 2000
#define WARM 100

static _Atomic long n_blocks;

static bool count_block(void *arg, size_t size)
{
    (void)arg;
    (void)size;
    n_blocks++;
    return true;
}

static void count_freed(void *arg)
{
    (void)arg;
    n_blocks--;
}

/* Pages of memory in use; 0 where the system does not tell. */
static long resident_pages(void)
{
    FILE *file = fopen("/proc/self/statm", "r");
    long pages = 0;

    if (file == NULL)
        return 0;
    if (fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    (void)fclose(file);
    return pages;
}

static void cycle(int mode)
{
    modes_begin(mode);
    session = SnmpCreateSession(NULL, 0, events_callback, &events);
    ck_assert_ptr_nonnull(session);
    (void)new_pdu(SNMP_PDU_GET, new_vbl());
    (void)new_context();
    modes_end();
}

#define MAY_GROW_PAGES 256

START_TEST(starting_and_stopping_costs_nothing)
{
    static const struct wsn_alloc_hook hook = {count_block, count_freed, NULL};
    long pages;
    int fds;

    events_init(&events);
    make_many_handles();
    for (int i = 0; i < WARM; i++)
        cycle(_i);
    pages = resident_pages();
    fds = count_fds();
    wsn_alloc_set_hook(&hook);
    for (int i = WARM; i < CYCLES; i++) {
        cycle(_i);
        ck_assert_int_eq(n_blocks, 0);
    }
    wsn_alloc_set_hook(NULL);
    ck_assert_int_eq(count_fds(), fds);
    /* Sanitizers keep freed memory, emulators what they have translated. */
    if (scaled(100) == 100)
        ck_assert_int_le(resident_pages(), pages + MAY_GROW_PAGES);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = scene_case(suite, "ends");

    tcase_add_loop_test(tcase, a_process_may_end_in_any_way, 0,
                        N_MODES * N(ends));
    tcase = scene_case(suite, "children");
    tcase_add_test(tcase, a_child_can_do_nothing_with_what_was_its_parents);
    tcase = scene_case(suite, "cycles");
    tcase_add_loop_test(tcase, starting_and_stopping_costs_nothing, 0, N_MODES);
}

SUITE_MAIN("careless processes", fill)
