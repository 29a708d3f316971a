/*
 * check_compat_input.c - how a thread learns that messages wait: MsgWait,
 * the state of the queue, and the descriptor for foreign loops.
 */
#include <windows.h>

#include <poll.h>
#include <pthread.h>

#include "support/asleep.h"
#include "support/suite.h"

static BOOL peek(MSG *message)
{
    return PeekMessage(message, NULL, 0, 0, PM_REMOVE);
}

static void expect_empty(void)
{
    MSG message;

    ck_assert(!peek(&message));
}

static HWND new_window(void)
{
    HWND window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                               NULL, NULL, NULL);

    ck_assert_ptr_nonnull(window);
    return window;
}

/* Nothing is left behind by the test before, and the thread has a queue. */
static void drain(void)
{
    MSG message;

    while (peek(&message))
        continue;
}

/* ---- MsgWait and the state of the queue ------------------------------- */

START_TEST(msgwait_sees_events_and_messages)
{
    HANDLE event = CreateEvent(NULL, FALSE, FALSE, NULL);

    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(1, &event, FALSE, 0, QS_ALLINPUT),
        WAIT_TIMEOUT);
    ck_assert(PostMessage(NULL, WM_USER, 0, 0));
    ck_assert_uint_eq(MsgWaitForMultipleObjects(1, &event, FALSE, 0, QS_TIMER),
                      WAIT_TIMEOUT);
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(1, &event, FALSE, 0, QS_ALLINPUT),
        WAIT_OBJECT_0 + 1);
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(1, &event, TRUE, 0, QS_ALLINPUT),
        WAIT_TIMEOUT);
    ck_assert(SetEvent(event));
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(1, &event, FALSE, 0, QS_ALLINPUT),
        WAIT_OBJECT_0);
    ck_assert(SetEvent(event));
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(1, &event, TRUE, 0, QS_ALLINPUT),
        WAIT_OBJECT_0);
    ck_assert_uint_eq(
        MsgWaitForMultipleObjects(0, NULL, FALSE, 0, QS_POSTMESSAGE),
        WAIT_OBJECT_0);
}
END_TEST

START_TEST(msgwait_wants_new_input)
{
    MSG message;

    ck_assert(PostMessage(NULL, WM_USER, 0, 0));
    ck_assert(PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE));
    ck_assert_uint_eq(MsgWaitForMultipleObjects(0, NULL, FALSE, 0, QS_ALLINPUT),
                      WAIT_TIMEOUT);
    ck_assert_uint_eq(MsgWaitForMultipleObjectsEx(0, NULL, 0, QS_ALLINPUT,
                                                  MWMO_INPUTAVAILABLE),
                      WAIT_OBJECT_0);
    ck_assert(peek(&message));
    ck_assert_uint_eq(MsgWaitForMultipleObjectsEx(0, NULL, 0, QS_ALLINPUT,
                                                  MWMO_INPUTAVAILABLE),
                      WAIT_TIMEOUT);
}
END_TEST

START_TEST(queue_status)
{
    MSG message;
    DWORD status;

    ck_assert_uint_eq(GetQueueStatus(QS_ALLINPUT), 0);
    ck_assert(PostMessage(NULL, WM_USER, 0, 0));
    status = GetQueueStatus(QS_ALLINPUT);
    ck_assert_uint_eq(LOWORD(status), QS_POSTMESSAGE);
    ck_assert_uint_eq(HIWORD(status), QS_POSTMESSAGE);
    status = GetQueueStatus(QS_ALLINPUT);
    ck_assert_uint_eq(LOWORD(status), 0);
    ck_assert_uint_eq(HIWORD(status), QS_POSTMESSAGE);
    ck_assert(peek(&message));
    ck_assert_uint_eq(GetQueueStatus(QS_ALLINPUT), 0);
}
END_TEST

/* ---- The descriptor for foreign loops --------------------------------- */

static int is_readable(int fd, int timeout_ms)
{
    struct pollfd one = {fd, POLLIN, 0};

    return poll(&one, 1, timeout_ms) == 1;
}

static void *post_from_pthread(void *window)
{
    return PostMessage(window, WM_USER, 0, 0) ? window : NULL;
}

START_TEST(foreign_loop)
{
    HWND window = new_window();
    int fd = WcGetQueueFd();
    MSG message;
    pthread_t thread;
    void *posted;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(WcGetQueueFd(), fd);
    ck_assert(!is_readable(fd, 0));
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    ck_assert(is_readable(fd, 0));
    ck_assert(peek(&message));
    ck_assert(is_readable(fd, 0));
    ck_assert(peek(&message));
    expect_empty();
    ck_assert(!is_readable(fd, 0));
    ck_assert_int_eq(pthread_create(&thread, NULL, post_from_pthread, window),
                     0);
    ck_assert(is_readable(fd, SOON_MS));
    ck_assert_int_eq(pthread_join(thread, &posted), 0);
    ck_assert_ptr_eq(posted, window);
    /* A wait in between does not swallow the ring. */
    sleep_once();
    ck_assert(is_readable(fd, 0));
    ck_assert(peek(&message));
    expect_empty();
    PostQuitMessage(0);
    ck_assert(is_readable(fd, 0));
    ck_assert(peek(&message));
    expect_empty();
    ck_assert(!is_readable(fd, 0));
}
END_TEST

START_TEST(descriptor_for_what_came_before)
{
    MSG message;

    ck_assert(PostMessage(NULL, WM_USER, 0, 0));
    ck_assert(is_readable(WcGetQueueFd(), 0));
    ck_assert(peek(&message));
    expect_empty();
    ck_assert(!is_readable(WcGetQueueFd(), 0));
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *wait = tcase_create("wait");
    TCase *loop = tcase_create("loop");

    tcase_add_checked_fixture(wait, drain, drain);
    tcase_add_test(wait, msgwait_sees_events_and_messages);
    tcase_add_test(wait, msgwait_wants_new_input);
    tcase_add_test(wait, queue_status);
    suite_add_tcase(suite, wait);
    tcase_add_checked_fixture(loop, drain, drain);
    tcase_add_test(loop, foreign_loop);
    tcase_add_test(loop, descriptor_for_what_came_before);
    suite_add_tcase(suite, loop);
}

SUITE_MAIN("compat/input", suite_fill)
