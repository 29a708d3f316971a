/*
 * check_compat_send.c - messages sent from thread to thread.
 */
#include <windows.h>

#include "support/asleep.h"
#include "support/suite.h"

#define ASK_BACK (WM_USER + 1)    /* sends WM_USER to the window in lparam */
#define REPLY_EARLY (WM_USER + 2) /* replies, then waits for the event */
#define ASK_WHETHER_SENT (WM_USER + 3)
#define DIE (WM_USER + 4)
#define LEAVE (WM_USER + 5)

static int n_broadcasts;

static LRESULT CALLBACK server(HWND window, UINT message, WPARAM wparam,
                               LPARAM lparam)
{
    switch (message) {
    case WM_USER:
        return (LRESULT)wparam + lparam;
    case ASK_BACK:
        return SendMessage((HWND)lparam, WM_USER, wparam, 1000);
    case REPLY_EARLY:
        if (!ReplyMessage(1234))
            return -1;
        return (LRESULT)WaitForSingleObject((HANDLE)lparam, SOON_MS);
    case ASK_WHETHER_SENT:
        return InSendMessage();
    case WM_APP:
        n_broadcasts++;
        return 0;
    case DIE:
        ExitThread(5);
    case LEAVE:
        PostQuitMessage(0);
        return 0;
    default:
        return DefWindowProc(window, message, wparam, lparam);
    }
}

struct service {
    HWND window;
    HANDLE ready;
    HANDLE gate; /* it pumps only when this event is set */
    HANDLE thread;
    DWORD id;
};

static DWORD WINAPI serve(LPVOID parameter)
{
    struct service *service = parameter;
    MSG message;

    service->window = CreateWindow("Server", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                                   NULL, NULL, NULL);
    (void)SetEvent(service->ready);
    (void)WaitForSingleObject(service->gate, SOON_MS);
    while (GetMessage(&message, NULL, 0, 0) > 0)
        (void)DispatchMessage(&message);
    return 0;
}

static void register_server(void)
{
    WNDCLASS info;

    memset(&info, 0, sizeof info);
    info.lpfnWndProc = server;
    info.lpszClassName = "Server";
    (void)RegisterClass(&info); /* or it is there already */
}

static HWND new_window(HWND parent)
{
    HWND window =
        CreateWindow("Server", NULL, 0, 0, 0, 0, 0, parent, NULL, NULL, NULL);

    ck_assert_ptr_nonnull(window);
    return window;
}

/* Leaves nothing behind, where the cases share one process. */
static void tidy(void)
{
    HWND window;

    while ((window = FindWindow("Server", NULL)) != NULL ||
           (window = FindWindowEx(HWND_MESSAGE, NULL, "Server", NULL)))
        (void)DestroyWindow(window);
}

static void start_service(struct service *service, BOOL is_open)
{
    service->ready = CreateEvent(NULL, FALSE, FALSE, NULL);
    service->gate = CreateEvent(NULL, TRUE, is_open, NULL);
    service->thread = CreateThread(NULL, 0, serve, service, 0, &service->id);
    ck_assert_uint_eq(WaitForSingleObject(service->ready, SOON_MS),
                      WAIT_OBJECT_0);
    ck_assert_ptr_nonnull(service->window);
}

static void stop_service(struct service *service)
{
    ck_assert(SetEvent(service->gate));
    (void)PostMessage(service->window, LEAVE, 0, 0);
    ck_assert_uint_eq(WaitForSingleObject(service->thread, SOON_MS),
                      WAIT_OBJECT_0);
    ck_assert(!IsWindow(service->window));
}

START_TEST(send_across)
{
    struct service service;
    int i;

    start_service(&service, TRUE);
    for (i = 0; i < 1000; i++)
        ck_assert_int_eq(SendMessage(service.window, WM_USER, 40, 2 + i),
                         42 + i);
    ck_assert_int_eq(SendMessage(service.window, ASK_WHETHER_SENT, 0, 0), TRUE);
    ck_assert(!InSendMessage());
    ck_assert(!ReplyMessage(0));
    stop_service(&service);
    ck_assert_int_eq(SendMessage(service.window, WM_USER, 1, 1), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
}
END_TEST

START_TEST(sender_serves_while_it_waits)
{
    struct service service;
    HWND ours;

    ours = new_window(HWND_MESSAGE);
    start_service(&service, TRUE);
    ck_assert_int_eq(SendMessage(service.window, ASK_BACK, 7, (LPARAM)ours),
                     1007);
    ck_assert(!DestroyWindow(service.window));
    ck_assert_uint_eq(GetLastError(), ERROR_ACCESS_DENIED);
    stop_service(&service);
}
END_TEST

START_TEST(early_reply)
{
    struct service service;
    HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL);

    start_service(&service, TRUE);
    ck_assert_int_eq(SendMessage(service.window, REPLY_EARLY, 0, (LPARAM)event),
                     1234);
    ck_assert(SetEvent(event));
    stop_service(&service);
}
END_TEST

START_TEST(patience_ends)
{
    struct service service;
    DWORD_PTR result = 77;

    start_service(&service, FALSE);
    ck_assert(comes_to_sleep(service.id));
    ck_assert_int_eq(SendMessageTimeout(service.window, WM_USER, 1, 1,
                                        _i == 0 ? SMTO_NORMAL : SMTO_BLOCK, 20,
                                        &result),
                     0);
    ck_assert_uint_eq(GetLastError(), ERROR_TIMEOUT);
    ck_assert_uint_eq(result, 77);
    ck_assert(SetEvent(service.gate));
    ck_assert_int_ne(SendMessageTimeout(service.window, WM_USER, 1, 1,
                                        SMTO_NORMAL, SOON_MS, &result),
                     0);
    ck_assert_uint_eq(result, 2);
    stop_service(&service);
}
END_TEST

START_TEST(receiver_dies)
{
    struct service service;

    start_service(&service, TRUE);
    ck_assert_int_eq(SendMessage(service.window, DIE, 0, 0), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
    ck_assert_uint_eq(WaitForSingleObject(service.thread, SOON_MS),
                      WAIT_OBJECT_0);
}
END_TEST

static DWORD WINAPI send_and_return(LPVOID window)
{
    return (DWORD)SendMessage(window, WM_USER, 1, 2);
}

START_TEST(window_dies_before_it_is_served)
{
    HWND window;
    HANDLE thread;
    DWORD id;
    DWORD result;

    window = new_window(HWND_MESSAGE);
    thread = CreateThread(NULL, 0, send_and_return, window, 0, &id);
    ck_assert(comes_to_sleep(id));
    ck_assert_uint_eq(HIWORD(GetQueueStatus(QS_ALLINPUT)), QS_SENDMESSAGE);
    ck_assert(DestroyWindow(window));
    ck_assert_uint_eq(WaitForSingleObject(thread, SOON_MS), WAIT_OBJECT_0);
    ck_assert(GetExitCodeThread(thread, &result));
    ck_assert_uint_eq(result, 0);
}
END_TEST

START_TEST(notify_does_not_wait)
{
    struct service service;

    start_service(&service, FALSE);
    ck_assert(SendNotifyMessage(service.window, WM_USER, 1, 2));
    ck_assert(SendNotifyMessage(service.window, WM_USER, 1, 2));
    stop_service(&service);
    ck_assert(!SendNotifyMessage(service.window, WM_USER, 1, 2));
}
END_TEST

START_TEST(broadcast)
{
    MSG message;
    HWND first;
    HWND second;

    first = new_window(NULL);
    second = new_window(NULL);
    (void)new_window(HWND_MESSAGE);
    ck_assert(PostMessage(HWND_BROADCAST, WM_APP, 0, 0));
    ck_assert(PeekMessage(&message, first, 0, 0, PM_REMOVE));
    ck_assert(PeekMessage(&message, second, 0, 0, PM_REMOVE));
    ck_assert(!PeekMessage(&message, NULL, 0, 0, PM_REMOVE));
    n_broadcasts = 0;
    (void)SendMessage(HWND_BROADCAST, WM_APP, 0, 0);
    ck_assert_int_eq(n_broadcasts, 2);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *send = tcase_create("send");

    tcase_add_checked_fixture(send, register_server, tidy);
    tcase_add_test(send, send_across);
    tcase_add_test(send, sender_serves_while_it_waits);
    tcase_add_test(send, early_reply);
    tcase_add_loop_test(send, patience_ends, 0, 2);
    tcase_add_test(send, receiver_dies);
    tcase_add_test(send, window_dies_before_it_is_served);
    tcase_add_test(send, notify_does_not_wait);
    tcase_add_test(send, broadcast);
    suite_add_tcase(suite, send);
}

SUITE_MAIN("compat/send", suite_fill)
