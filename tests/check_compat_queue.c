/*
 * check_compat_queue.c - posting, filtering, quitting, many posters.
 */
#include <windows.h>

#include "support/asleep.h"
#include "support/suite.h"

#define NO_WINDOW ((HWND)(LONG_PTR)-1)
#define QUOTA 10000
#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

static HWND new_window(HWND parent)
{
    HWND window = CreateWindow("Message", NULL, parent != NULL ? WS_CHILD : 0,
                               0, 0, 0, 0, parent, NULL, NULL, NULL);

    ck_assert_ptr_nonnull(window);
    return window;
}

static BOOL peek(MSG *message)
{
    return PeekMessage(message, NULL, 0, 0, PM_REMOVE);
}

static void expect_empty(void)
{
    MSG message;

    ck_assert(!peek(&message));
}

static void make_queue(void)
{
    expect_empty();
}

/* ---- Order and content ----------------------------------------------- */

START_TEST(first_in_first_out)
{
    HWND window = new_window(NULL);
    MSG message;
    int i;

    for (i = 0; i < 1000; i++)
        ck_assert(PostMessage(window, WM_USER + 1, (WPARAM)i, -(LPARAM)i));
    for (i = 0; i < 1000; i++) {
        ck_assert_int_eq(GetMessage(&message, NULL, 0, 0), TRUE);
        ck_assert_ptr_eq(message.hwnd, window);
        ck_assert_uint_eq(message.message, WM_USER + 1);
        ck_assert_uint_eq(message.wParam, (WPARAM)i);
        ck_assert_int_eq(message.lParam, -(LPARAM)i);
        ck_assert_int_eq(GetMessageTime(), (LONG)message.time);
    }
    expect_empty();
}
END_TEST

START_TEST(ring_turns_and_grows)
{
    HWND window = new_window(NULL);
    UINT next_in = 0;
    UINT next_out = 0;
    MSG message;
    int round;
    int i;

    for (round = 1; round < 60; round++) {
        for (i = 0; i < 3 * round; i++)
            ck_assert(PostMessage(window, WM_USER, next_in++, 0));
        for (i = 0; i < 2 * round; i++) {
            ck_assert(peek(&message));
            ck_assert_uint_eq(message.wParam, next_out++);
        }
    }
    while (peek(&message))
        ck_assert_uint_eq(message.wParam, next_out++);
    ck_assert_uint_eq(next_out, next_in);
}
END_TEST

START_TEST(looking_does_not_take)
{
    MSG message;
    int i;

    ck_assert(PostMessage(NULL, WM_USER + 7, 1, 2));
    for (i = 0; i < 3; i++) {
        ck_assert(PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE));
        ck_assert_uint_eq(message.message, WM_USER + 7);
    }
    ck_assert(peek(&message));
    expect_empty();
}
END_TEST

START_TEST(peek_leaves_the_message_alone_when_there_is_none)
{
    MSG message;

    memset(&message, 0x5a, sizeof message);
    ck_assert(!peek(&message));
    ck_assert_uint_eq(message.message, 0x5a5a5a5a);
}
END_TEST

/* ---- Filters --------------------------------------------------------- */

enum target { TO_THREAD, TO_PARENT, TO_CHILD, TO_OTHER, N_TARGETS };
enum wanted { ANY, NONE, PARENT, CHILD, OTHER };

/* One message per target is posted: WM_USER + target. */
static const struct {
    const char *label;
    enum wanted window;
    UINT first;
    UINT last;
    const char *expected; /* the targets whose messages come, in order */
} filter_rules[] = {
    {"everything", ANY, 0, 0, "0123"},
    {"without a window", NONE, 0, 0, "0"},
    {"a window and its child", PARENT, 0, 0, "12"},
    {"a child", CHILD, 0, 0, "2"},
    {"another window", OTHER, 0, 0, "3"},
    {"one number", ANY, WM_USER + 1, WM_USER + 1, "1"},
    {"a range", ANY, WM_USER + 1, WM_USER + 2, "12"},
    {"from a number on", ANY, WM_USER + 2, 0xffff, "23"},
    {"nothing has these", ANY, WM_USER + 10, WM_USER + 20, ""},
    {"first above last", ANY, WM_USER + 3, WM_USER + 1, ""},
    {"a window and a range", PARENT, WM_USER + 2, WM_USER + 3, "2"},
    {"0 to a number", ANY, 0, WM_USER + 1, "01"},
};

START_TEST(filters)
{
    HWND parent = new_window(NULL);
    HWND child = new_window(parent);
    HWND other = new_window(NULL);
    HWND windows[] = {NULL, NO_WINDOW, parent, child, other};
    HWND targets[] = {NULL, parent, child, other};
    char came[N_TARGETS + 1] = "";
    int n = 0;
    int left = 0;
    MSG message;
    UINT i;

    for (i = 0; i < N_TARGETS; i++)
        ck_assert(PostMessage(targets[i], WM_USER + i, 0, 0));
    while (PeekMessage(&message, windows[filter_rules[_i].window],
                       filter_rules[_i].first, filter_rules[_i].last,
                       PM_REMOVE))
        came[n++] = (char)('0' + (message.message - WM_USER));
    ck_assert_msg(strcmp(came, filter_rules[_i].expected) == 0, "%s: %s",
                  filter_rules[_i].label, came);
    while (peek(&message))
        left++;
    ck_assert_int_eq(left + n, N_TARGETS);
}
END_TEST

START_TEST(filter_keeps_the_order_of_the_rest)
{
    HWND a = new_window(NULL);
    HWND b = new_window(NULL);
    MSG message;
    UINT i;

    for (i = 0; i < 100; i++)
        ck_assert(PostMessage(i % 3 == 0 ? a : b, WM_USER, i, 0));
    for (i = 0; i < 100; i += 3) {
        ck_assert_int_eq(GetMessage(&message, a, 0, 0), TRUE);
        ck_assert_uint_eq(message.wParam, i);
    }
    for (i = 0; i < 100; i++)
        if (i % 3 != 0) {
            ck_assert(peek(&message));
            ck_assert_uint_eq(message.wParam, i);
        }
    expect_empty();
}
END_TEST

/* ---- WM_QUIT --------------------------------------------------------- */

START_TEST(quit_comes_last)
{
    HWND window = new_window(NULL);
    MSG message;

    PostQuitMessage(42);
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    ck_assert_int_eq(GetMessage(&message, NULL, 0, 0), TRUE);
    ck_assert_uint_eq(message.message, WM_USER);
    ck_assert_int_eq(GetMessage(&message, NULL, 0, 0), FALSE);
    ck_assert_uint_eq(message.message, WM_QUIT);
    ck_assert_uint_eq(message.wParam, 42);
    ck_assert_ptr_null(message.hwnd);
    expect_empty();
}
END_TEST

START_TEST(quit_passes_every_filter)
{
    HWND window = new_window(NULL);
    MSG message;

    PostQuitMessage(1);
    ck_assert_int_eq(GetMessage(&message, window, WM_USER, WM_USER + 1), FALSE);
    PostQuitMessage(2);
    ck_assert_int_eq(GetMessage(&message, NO_WINDOW, WM_APP, WM_APP), FALSE);
    ck_assert(PostThreadMessage(GetCurrentThreadId(), WM_QUIT, 3, 0));
    ck_assert_int_eq(GetMessage(&message, window, WM_USER, WM_USER + 1), FALSE);
    ck_assert_uint_eq(message.wParam, 3);
    expect_empty();
}
END_TEST

START_TEST(quit_is_a_state)
{
    MSG message;

    PostQuitMessage(1);
    PostQuitMessage(2);
    ck_assert(PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE));
    ck_assert(PeekMessage(&message, NULL, 0, 0, PM_NOREMOVE));
    ck_assert(peek(&message));
    ck_assert_uint_eq(message.wParam, 2);
    expect_empty();
}
END_TEST

/* ---- Who may post what ------------------------------------------------ */

START_TEST(post_to_what_is_not_a_window)
{
    HWND gone = new_window(NULL);
    HWND bad[4];
    int i;

    ck_assert(DestroyWindow(gone));
    bad[0] = gone;
    bad[1] = (HWND)(LONG_PTR)-1;
    bad[2] = (HWND)(ULONG_PTR)0x1234;
    bad[3] = (HWND)CreateEvent(NULL, TRUE, TRUE, NULL);
    for (i = 0; i < 4; i++) {
        SetLastError(0);
        ck_assert(!PostMessage(bad[i], WM_USER, 0, 0));
        ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
    }
}
END_TEST

START_TEST(a_dead_window_gets_no_messages)
{
    HWND a = new_window(NULL);
    HWND b = new_window(NULL);
    MSG message;
    int i;

    for (i = 0; i < 20; i++)
        ck_assert(PostMessage(i % 2 == 0 ? a : b, WM_USER, (WPARAM)i, 0));
    ck_assert(DestroyWindow(a));
    for (i = 1; i < 20; i += 2) {
        ck_assert(peek(&message));
        ck_assert_uint_eq(message.wParam, (WPARAM)i);
    }
    expect_empty();
}
END_TEST

START_TEST(get_from_what_is_not_a_window)
{
    HWND gone = new_window(NULL);
    MSG message;

    ck_assert(DestroyWindow(gone));
    ck_assert_int_eq(GetMessage(&message, gone, 0, 0), -1);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
    ck_assert(!PeekMessage(&message, gone, 0, 0, PM_REMOVE));
    ck_assert_int_eq(GetMessage(NULL, NULL, 0, 0), -1);
}
END_TEST

START_TEST(a_full_queue_refuses)
{
    HWND window = new_window(NULL);
    MSG message;
    int i;

    for (i = 0; i < QUOTA; i++)
        ck_assert(PostMessage(window, WM_USER, 0, 0));
    ck_assert(!PostMessage(window, WM_USER, 0, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_NOT_ENOUGH_QUOTA);
    ck_assert(peek(&message));
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    for (i = 0; i < QUOTA; i++)
        ck_assert(peek(&message));
    expect_empty();
}
END_TEST

static DWORD WINAPI without_a_queue(LPVOID parameter)
{
    return WaitForSingleObject(parameter, SOON_MS);
}

START_TEST(post_to_threads)
{
    HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);
    MSG message;
    HANDLE thread;
    DWORD id;

    make_queue();
    ck_assert(PostThreadMessage(GetCurrentThreadId(), WM_USER, 5, 6));
    ck_assert(peek(&message));
    ck_assert_ptr_null(message.hwnd);
    ck_assert(!PostThreadMessage(0x7ffffff1, WM_USER, 0, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_THREAD_ID);
    thread = CreateThread(NULL, 0, without_a_queue, event, 0, &id);
    ck_assert(!PostThreadMessage(id, WM_USER, 0, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_THREAD_ID);
    ck_assert(SetEvent(event));
    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert(!PostThreadMessage(id, WM_USER, 0, 0));
}
END_TEST

/* ---- Other threads --------------------------------------------------- */

static DWORD WINAPI get_one(LPVOID parameter)
{
    MSG message;

    (void)parameter;
    return GetMessage(&message, NULL, 0, 0) == TRUE ? (DWORD)message.wParam : 0;
}

START_TEST(a_sleeping_reader_wakes)
{
    DWORD id;
    DWORD got = 0;
    HANDLE thread = CreateThread(NULL, 0, get_one, NULL, 0, &id);

    ck_assert(comes_to_sleep(id));
    ck_assert(PostThreadMessage(id, WM_USER, 77, 0));
    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert(GetExitCodeThread(thread, &got));
    ck_assert_uint_eq(got, 77);
}
END_TEST

#define N_POSTERS 4
#define N_EACH 100000

static DWORD WINAPI post_many(LPVOID parameter)
{
    HWND window = *(HWND *)parameter;
    DWORD self = GetCurrentThreadId();
    LPARAM i;

    for (i = 0; i < N_EACH; i++)
        while (!PostMessage(window, WM_USER, self, i)) {
            if (GetLastError() != ERROR_NOT_ENOUGH_QUOTA)
                return 1;
            (void)SwitchToThread();
        }
    return 0;
}

START_TEST(many_posters_lose_nothing)
{
    HWND window = new_window(NULL);
    HANDLE threads[N_POSTERS];
    DWORD ids[N_POSTERS];
    LPARAM next[N_POSTERS] = {0};
    MSG message;
    int n;
    int i;

    for (i = 0; i < N_POSTERS; i++)
        threads[i] = CreateThread(NULL, 0, post_many, &window, 0, &ids[i]);
    for (n = 0; n < N_POSTERS * N_EACH; n++) {
        ck_assert_int_eq(GetMessage(&message, NULL, 0, 0), TRUE);
        for (i = 0; i < N_POSTERS - 1 && ids[i] != message.wParam; i++)
            continue;
        /* The messages of one thread stay in their order. */
        ck_assert_int_eq(message.lParam, next[i]++);
    }
    ck_assert_uint_eq(WaitForMultipleObjects(N_POSTERS, threads, TRUE, SOON_MS),
                      WAIT_OBJECT_0);
    expect_empty();
}
END_TEST

struct owner {
    HWND window;
    HANDLE ready;
    HANDLE go;
};

static DWORD WINAPI own_a_window(LPVOID parameter)
{
    struct owner *owner = parameter;

    owner->window = CreateWindow("Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                                 NULL, NULL, NULL);
    (void)SetEvent(owner->ready);
    return WaitForSingleObject(owner->go, SOON_MS);
}

START_TEST(a_thread_ends_with_messages_pending)
{
    struct owner owner = {NULL, CreateEvent(NULL, FALSE, FALSE, NULL),
                          CreateEvent(NULL, FALSE, FALSE, NULL)};
    HANDLE thread = CreateThread(NULL, 0, own_a_window, &owner, 0, NULL);
    int i;

    ck_assert_uint_eq(WaitForSingleObject(owner.ready, SOON_MS), WAIT_OBJECT_0);
    for (i = 0; i < 5000; i++)
        ck_assert(PostMessage(owner.window, WM_USER, 0, 0));
    ck_assert(SetEvent(owner.go));
    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert(!IsWindow(owner.window));
    ck_assert(!PostMessage(owner.window, WM_USER, 0, 0));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *order = tcase_create("order");
    TCase *filter = tcase_create("filter");
    TCase *post = tcase_create("post");

    tcase_add_test(order, first_in_first_out);
    tcase_add_test(order, ring_turns_and_grows);
    tcase_add_test(order, looking_does_not_take);
    tcase_add_test(order, peek_leaves_the_message_alone_when_there_is_none);
    tcase_add_test(order, quit_comes_last);
    tcase_add_test(order, quit_passes_every_filter);
    tcase_add_test(order, quit_is_a_state);
    suite_add_tcase(suite, order);
    tcase_add_loop_test(filter, filters, 0, N_OF(filter_rules));
    tcase_add_test(filter, filter_keeps_the_order_of_the_rest);
    tcase_add_test(filter, get_from_what_is_not_a_window);
    suite_add_tcase(suite, filter);
    tcase_add_test(post, post_to_what_is_not_a_window);
    tcase_add_test(post, a_dead_window_gets_no_messages);
    tcase_add_test(post, a_full_queue_refuses);
    tcase_add_test(post, post_to_threads);
    tcase_add_test(post, a_sleeping_reader_wakes);
    tcase_add_test(post, many_posters_lose_nothing);
    tcase_add_test(post, a_thread_ends_with_messages_pending);
    suite_add_tcase(suite, post);
}

SUITE_MAIN("compat/queue", suite_fill)
