/*
 * check_log.c - the log: levels, sinks, and lines said again and again.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/repeat.h"
#include "support/waiting.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))

/* ---- repetitions -------------------------------------------------------- */

START_TEST(a_line_is_held_back_for_some_seconds)
{
    struct wsn_repeat repeat = {0};
    unsigned left_out = 77;

    ck_assert(wsn_repeat_pass(&repeat, "a", 1000, &left_out));
    ck_assert_uint_eq(left_out, 0);
    left_out = 77;
    ck_assert(!wsn_repeat_pass(&repeat, "a", 1000, &left_out));
    ck_assert(!wsn_repeat_pass(&repeat, "a", 1000 + WSN_REPEAT_MS - 1,
                               &left_out));
    ck_assert_uint_eq(left_out, 77);
    ck_assert(wsn_repeat_pass(&repeat, "a", 1000 + WSN_REPEAT_MS, &left_out));
    ck_assert_uint_eq(left_out, 2);
    ck_assert(!wsn_repeat_pass(&repeat, "a", 1001 + WSN_REPEAT_MS, &left_out));
}
END_TEST

START_TEST(other_lines_pass)
{
    struct wsn_repeat repeat = {0};
    unsigned left_out = 77;
    char line[16];

    for (int i = 0; i < 1000; i++) {
        snprintf(line, sizeof line, "line %d", i);
        ck_assert(wsn_repeat_pass(&repeat, line, 5, &left_out));
        ck_assert_uint_eq(left_out, 0);
    }
    ck_assert(wsn_repeat_pass(&repeat, "", 5, &left_out));
}
END_TEST

/* ---- a sink ------------------------------------------------------------- */

static struct sink {
    int calls;
    int level;
    char line[600];
} sink;

static void keep(int level, const char *line, void *data)
{
    struct sink *into = data;

    into->calls++;
    into->level = level;
    snprintf(into->line, sizeof into->line, "%s", line);
}

static void set_up(void)
{
    memset(&sink, 0, sizeof sink);
    wsn_log_set_level(WSN_LOG_WARNING);
    wsn_log_set_sink(keep, &sink);
}

static void tear_down(void)
{
    wsn_log_set_sink(NULL, NULL);
    wsn_log_set_level(WSN_LOG_WARNING);
}

START_TEST(a_level_lets_itself_and_all_below_through)
{
    for (int level = WSN_LOG_NONE; level <= WSN_LOG_PACKETS; level++) {
        wsn_log_set_level((enum wsn_log_level)level);
        for (int of = WSN_LOG_ERROR; of <= WSN_LOG_PACKETS; of++) {
            int before = sink.calls;

            wsn_log((enum wsn_log_level)of, "%d of %d", of, level);
            ck_assert_int_eq(sink.calls - before, of <= level);
            ck_assert_int_eq(wsn_log_wants((enum wsn_log_level)of),
                             of <= level);
            if (of <= level)
                ck_assert_int_eq(sink.level, of);
        }
    }
}
END_TEST

START_TEST(a_sink_gets_the_line_as_it_is)
{
    wsn_log(WSN_LOG_ERROR, "%s %d", "seven", 7);
    ck_assert_str_eq(sink.line, "seven 7");
    wsn_log(WSN_LOG_ERROR, "%s", "");
    ck_assert_int_eq(sink.calls, 2);
    ck_assert_str_eq(sink.line, "");
}
END_TEST

START_TEST(a_long_line_is_cut)
{
    char text[2000];

    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    wsn_log(WSN_LOG_ERROR, "%s", text);
    ck_assert_int_eq(sink.calls, 1);
    ck_assert_uint_gt(strlen(sink.line), 400);
    ck_assert_uint_eq(strspn(sink.line, "x"), strlen(sink.line));
}
END_TEST

START_TEST(the_same_line_again_is_left_out)
{
    for (int i = 0; i < 100; i++)
        wsn_log(WSN_LOG_WARNING, "the same");
    ck_assert_int_eq(sink.calls, 1);
    wsn_log(WSN_LOG_WARNING, "another");
    ck_assert_int_eq(sink.calls, 2);
    for (int i = 0; i < 3; i++)
        wsn_log_line(WSN_LOG_WARNING, "whole lines are not counted");
    ck_assert_int_eq(sink.calls, 5);
}
END_TEST

static void speak_up(int level, const char *line, void *data)
{
    keep(level, line, data);
    wsn_log(WSN_LOG_ERROR, "what a sink causes");
    wsn_log_line(WSN_LOG_ERROR, "what a sink causes");
}

START_TEST(what_a_sink_causes_is_dropped)
{
    wsn_log_set_sink(speak_up, &sink);
    wsn_log(WSN_LOG_ERROR, "once");
    ck_assert_int_eq(sink.calls, 1);
    ck_assert_str_eq(sink.line, "once");
    wsn_log(WSN_LOG_ERROR, "and again");
    ck_assert_int_eq(sink.calls, 2);
}
END_TEST

static void resign(int level, const char *line, void *data)
{
    keep(level, line, data);
    wsn_log_set_sink(NULL, NULL);
    wsn_log_set_sink(keep, data);
}

START_TEST(a_sink_may_replace_itself)
{
    wsn_log_set_sink(resign, &sink);
    wsn_log(WSN_LOG_ERROR, "first");
    wsn_log(WSN_LOG_ERROR, "second");
    ck_assert_int_eq(sink.calls, 2);
    ck_assert_str_eq(sink.line, "second");
}
END_TEST

/* ---- a sink that is being replaced -------------------------------------- */

static struct waiting slow;
static size_t is_inside, may_leave, has_left;

static void dawdle(int level, const char *line, void *data)
{
    (void)level, (void)line, (void)data;
    waiting_lock(&slow);
    is_inside = 1;
    waiting_tell(&slow);
    (void)waiting_until(&slow, &may_leave, 1);
    has_left = 1;
    waiting_unlock(&slow);
}

static void *say_one(void *unused)
{
    wsn_log(WSN_LOG_ERROR, "slowly");
    return unused;
}

static void *let_leave(void *unused)
{
    waiting_lock(&slow);
    may_leave = 1;
    waiting_tell(&slow);
    waiting_unlock(&slow);
    return unused;
}

START_TEST(who_replaces_a_sink_waits_for_it)
{
    pthread_t speaker, helper;

    waiting_init(&slow);
    is_inside = may_leave = has_left = 0;
    wsn_log_set_sink(dawdle, NULL);
    ck_assert_int_eq(pthread_create(&speaker, NULL, say_one, NULL), 0);
    waiting_lock(&slow);
    ck_assert(waiting_until(&slow, &is_inside, 1));
    waiting_unlock(&slow);
    ck_assert_int_eq(pthread_create(&helper, NULL, let_leave, NULL), 0);
    wsn_log_set_sink(keep, &sink);
    waiting_lock(&slow);
    ck_assert_uint_eq(has_left, 1);
    waiting_unlock(&slow);
    (void)pthread_join(helper, NULL);
    (void)pthread_join(speaker, NULL);
    waiting_fini(&slow);
}
END_TEST

static void count(int level, const char *line, void *data)
{
    (void)level, (void)line;
    atomic_fetch_add((atomic_int *)data, 1);
}

static void *say_many(void *name)
{
    for (int i = 0; i < 1000; i++)
        wsn_log(WSN_LOG_ERROR, "%s %d", (const char *)name, i);
    return NULL;
}

START_TEST(many_threads_may_speak)
{
    static char name[4][2] = {"a", "b", "c", "d"};
    atomic_int calls[2] = {0, 0};
    pthread_t threads[4];

    wsn_log_set_sink(count, &calls[0]);
    for (int i = 0; i < N(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, say_many, name[i]),
                         0);
    for (int i = 0; i < 100; i++)
        wsn_log_set_sink(count, &calls[i % 2]);
    for (int i = 0; i < N(threads); i++)
        (void)pthread_join(threads[i], NULL);
    ck_assert_int_eq(atomic_load(&calls[0]) + atomic_load(&calls[1]), 4000);
}
END_TEST

/* ---- standard error ----------------------------------------------------- */

/* What is written there when a line goes to place. */
static void said_on_stderr(enum wsn_log_place place, char *text, size_t size)
{
    FILE *file = tmpfile();
    int screen = dup(STDERR_FILENO);
    size_t len;

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(dup2(fileno(file), STDERR_FILENO), 0);
    wsn_log_set_place(place);
    wsn_log(WSN_LOG_ERROR, "a line for place %d", (int)place);
    wsn_log_set_place(WSN_LOG_TO_STDERR);
    fflush(stderr);
    ck_assert_int_ge(dup2(screen, STDERR_FILENO), 0);
    (void)close(screen);
    rewind(file);
    len = fread(text, 1, size - 1, file);
    text[len] = '\0';
    (void)fclose(file);
}

START_TEST(without_a_sink_lines_go_to_their_place)
{
    char text[200];

    wsn_log_set_sink(NULL, NULL);
    said_on_stderr(WSN_LOG_TO_STDERR, text, sizeof text);
    ck_assert_str_eq(text, "libwinsnmp: error: a line for place 0\n");
    said_on_stderr(WSN_LOG_TO_SYSLOG, text, sizeof text);
    ck_assert_str_eq(text, "");
}
END_TEST

static void fill(Suite *suite)
{
    TCase *repeat = tcase_create("repeat");
    TCase *tcase = tcase_create("log");

    tcase_add_test(repeat, a_line_is_held_back_for_some_seconds);
    tcase_add_test(repeat, other_lines_pass);
    suite_add_tcase(suite, repeat);
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_level_lets_itself_and_all_below_through);
    tcase_add_test(tcase, a_sink_gets_the_line_as_it_is);
    tcase_add_test(tcase, a_long_line_is_cut);
    tcase_add_test(tcase, the_same_line_again_is_left_out);
    tcase_add_test(tcase, what_a_sink_causes_is_dropped);
    tcase_add_test(tcase, a_sink_may_replace_itself);
    tcase_add_test(tcase, who_replaces_a_sink_waits_for_it);
    tcase_add_test(tcase, many_threads_may_speak);
    tcase_add_test(tcase, without_a_sink_lines_go_to_their_place);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("base/log", fill)
