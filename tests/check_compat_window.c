/*
 * check_compat_window.c - classes, windows and the values kept with them.
 */
#include <windows.h>

#include "support/asleep.h"
#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* What the procedure below has seen, in order, and how it behaves. */
static UINT seen[64];
static int n_seen;
static LRESULT result_of_create;
static LRESULT result_of_nccreate = TRUE;
static CREATESTRUCT created_with;

static LRESULT CALLBACK recorder(HWND window, UINT message, WPARAM wparam,
                                 LPARAM lparam)
{
    if (n_seen < N_OF(seen))
        seen[n_seen++] = message;
    switch (message) {
    case WM_NCCREATE:
        return result_of_nccreate;
    case WM_CREATE:
        created_with = *(LPCREATESTRUCT)lparam;
        return result_of_create;
    case WM_USER:
        return (LRESULT)wparam + lparam;
    default:
        return DefWindowProc(window, message, wparam, lparam);
    }
}

static ATOM register_recorder(void)
{
    WNDCLASS info;

    memset(&info, 0, sizeof info);
    info.lpfnWndProc = recorder;
    info.cbWndExtra = sizeof(LPVOID) + 4;
    info.hInstance = (HINSTANCE)(ULONG_PTR)0xdeadbeef; /* never looked at */
    info.lpszClassName = "Recorder";
    return RegisterClass(&info);
}

static HWND new_recorder(HWND parent)
{
    return CreateWindow("Recorder", "a title",
                        parent != NULL && parent != HWND_MESSAGE
                            ? WS_CHILD
                            : WS_OVERLAPPEDWINDOW,
                        CW_USEDEFAULT, 0, 0, 0, parent, NULL, NULL, NULL);
}

static void fresh(void)
{
    ck_assert_uint_ne(register_recorder(), 0);
    n_seen = 0;
    result_of_create = 0;
    result_of_nccreate = TRUE;
}

/* Leaves nothing behind, where the cases share one process. */
static void tidy(void)
{
    HWND window;
    MSG message;

    while ((window = FindWindow("Recorder", NULL)) != NULL ||
           (window = FindWindowEx(HWND_MESSAGE, NULL, "Recorder", NULL)))
        (void)DestroyWindow(window);
    while (PeekMessage(&message, NULL, 0, 0, PM_REMOVE))
        continue;
    (void)UnregisterClass("Recorder", NULL);
}

static void expect_seen(const UINT *expected, int n)
{
    int i;

    ck_assert_int_eq(n_seen, n);
    for (i = 0; i < n; i++)
        ck_assert_uint_eq(seen[i], expected[i]);
    n_seen = 0;
}

/* ---- Classes --------------------------------------------------------- */

START_TEST(classes)
{
    WNDCLASS found;
    WNDCLASSEX found_ex;
    char name[32];
    HWND window;
    ATOM atom = register_recorder();

    ck_assert_uint_ge(atom, 0xC000);
    ck_assert_uint_eq(register_recorder(), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_CLASS_ALREADY_EXISTS);
    ck_assert(GetClassInfo(NULL, "rECORDER", &found));
    ck_assert(found.lpfnWndProc == recorder);
    ck_assert(GetClassInfoEx(NULL, MAKEINTATOM(atom), &found_ex));
    ck_assert_int_eq(found_ex.cbWndExtra, (int)sizeof(LPVOID) + 4);
    window = CreateWindow(MAKEINTATOM(atom), NULL, 0, 0, 0, 0, 0, HWND_MESSAGE,
                          NULL, NULL, NULL);
    ck_assert_ptr_nonnull(window);
    ck_assert_int_eq(GetClassName(window, name, sizeof name), 8);
    ck_assert_str_eq(name, "Recorder");
    ck_assert_int_eq(GetClassName(window, name, 4), 3);
    ck_assert_str_eq(name, "Rec");
    ck_assert(!UnregisterClass("Recorder", NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_CLASS_HAS_WINDOWS);
    ck_assert(DestroyWindow(window));
    ck_assert(UnregisterClass("RECORDER", NULL));
    ck_assert(!UnregisterClass("Recorder", NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_CLASS_DOES_NOT_EXIST);
    ck_assert(!GetClassInfo(NULL, "Recorder", &found));
    ck_assert_ptr_null(new_recorder(NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_CANNOT_FIND_WND_CLASS);
}
END_TEST

static const WNDCLASSEX bad_classes[] = {
    {sizeof(WNDCLASSEX), 0, NULL, 0, 0, 0, 0, 0, 0, NULL, "Bad", 0},
    {sizeof(WNDCLASSEX), 0, recorder, 0, 0, 0, 0, 0, 0, NULL, NULL, 0},
    {sizeof(WNDCLASSEX), 0, recorder, 0, 0, 0, 0, 0, 0, NULL, "", 0},
    {sizeof(WNDCLASSEX), 0, recorder, -1, 0, 0, 0, 0, 0, NULL, "Bad", 0},
    {sizeof(WNDCLASSEX), 0, recorder, 0, -1, 0, 0, 0, 0, NULL, "Bad", 0},
    {sizeof(WNDCLASSEX), 0, recorder, 0, 0x7fffffff, 0, 0, 0, 0, NULL, "Bad",
     0},
    {sizeof(WNDCLASSEX) - 1, 0, recorder, 0, 0, 0, 0, 0, 0, NULL, "Bad", 0},
};

START_TEST(bad_class)
{
    ck_assert_uint_eq(RegisterClassEx(&bad_classes[_i]), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_PARAMETER);
}
END_TEST

START_TEST(null_class)
{
    ck_assert_uint_eq(RegisterClass(NULL), 0);
    ck_assert_uint_eq(RegisterClassEx(NULL), 0);
    ck_assert_ptr_null(
        CreateWindow(NULL, NULL, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_CANNOT_FIND_WND_CLASS);
}
END_TEST

/* ---- Life ------------------------------------------------------------ */

START_TEST(life_of_a_window)
{
    static const UINT birth[] = {WM_NCCREATE, WM_CREATE};
    static const UINT death[] = {WM_DESTROY, WM_NCDESTROY};
    int parameter;
    HWND window;

    fresh();
    window = CreateWindowEx(7, "Recorder", "a title", WS_POPUP, 1, 2, 3, 4,
                            NULL, (HMENU)5, (HINSTANCE)6, &parameter);
    ck_assert_ptr_nonnull(window);
    expect_seen(birth, 2);
    ck_assert_ptr_eq(created_with.lpCreateParams, &parameter);
    ck_assert_str_eq(created_with.lpszName, "a title");
    ck_assert_str_eq(created_with.lpszClass, "Recorder");
    ck_assert_int_eq(created_with.x, 1);
    ck_assert_int_eq(created_with.y, 2);
    ck_assert_int_eq(created_with.cx, 3);
    ck_assert_int_eq(created_with.cy, 4);
    ck_assert_int_eq(created_with.style, (LONG)WS_POPUP);
    ck_assert_uint_eq(created_with.dwExStyle, 7);
    ck_assert(IsWindow(window));
    ck_assert(DestroyWindow(window));
    expect_seen(death, 2);
    ck_assert(!IsWindow(window));
    ck_assert(!DestroyWindow(window));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
}
END_TEST

START_TEST(create_says_no)
{
    static const UINT expected[] = {WM_NCCREATE, WM_CREATE, WM_DESTROY,
                                    WM_NCDESTROY};

    fresh();
    result_of_create = -1;
    ck_assert_ptr_null(new_recorder(NULL));
    expect_seen(expected, 4);
    ck_assert(UnregisterClass("Recorder", NULL));
}
END_TEST

START_TEST(nccreate_says_no)
{
    static const UINT expected[] = {WM_NCCREATE, WM_NCDESTROY};

    fresh();
    result_of_nccreate = FALSE;
    ck_assert_ptr_null(new_recorder(NULL));
    expect_seen(expected, 2);
    ck_assert(UnregisterClass("Recorder", NULL));
}
END_TEST

START_TEST(close_destroys)
{
    HWND window;

    fresh();
    window = new_recorder(HWND_MESSAGE);
    ck_assert_int_eq(SendMessage(window, WM_CLOSE, 0, 0), 0);
    ck_assert(!IsWindow(window));
}
END_TEST

START_TEST(children_go_with_their_parent)
{
    static const UINT expected[] = {WM_DESTROY, WM_DESTROY, WM_NCDESTROY,
                                    WM_NCDESTROY};
    HWND parent;
    HWND child;

    fresh();
    parent = new_recorder(NULL);
    child = new_recorder(parent);
    ck_assert_ptr_eq(GetParent(child), parent);
    n_seen = 0;
    ck_assert(DestroyWindow(parent));
    expect_seen(expected, 4);
    ck_assert(!IsWindow(child));
}
END_TEST

START_TEST(bad_parents)
{
    HWND gone;

    fresh();
    gone = new_recorder(NULL);
    ck_assert(DestroyWindow(gone));
    n_seen = 0;
    ck_assert_ptr_null(new_recorder(gone));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
    ck_assert_ptr_null(CreateWindow("Recorder", NULL, WS_CHILD, 0, 0, 0, 0,
                                    NULL, NULL, NULL, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_TLW_WITH_WSCHILD);
    ck_assert_int_eq(n_seen, 0);
}
END_TEST

static LRESULT CALLBACK destroys_itself(HWND window, UINT message,
                                        WPARAM wparam, LPARAM lparam)
{
    if (message == WM_USER || message == WM_DESTROY)
        (void)DestroyWindow(window);
    if (message == WM_USER + 1)
        PostQuitMessage(9);
    return DefWindowProc(window, message, wparam, lparam);
}

START_TEST(destroyed_by_its_own_procedure)
{
    HWND window;
    MSG message;

    fresh();
    window = new_recorder(HWND_MESSAGE);
    (void)SetWindowLongPtr(window, GWLP_WNDPROC, (LONG_PTR)destroys_itself);
    ck_assert(PostMessage(window, WM_USER + 1, 0, 0));
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    while (GetMessage(&message, window, 0, 0) > 0)
        (void)DispatchMessage(&message);
    ck_assert(!IsWindow(window));
    ck_assert_uint_eq(message.message, WM_QUIT);
    ck_assert_int_eq(DispatchMessage(&message), 0);
}
END_TEST

START_TEST(many_windows_cost_no_descriptor)
{
    static HWND windows[10000];
    int before;
    int i;

    fresh();
    sleep_once();
    before = count_descriptors();
    for (i = 0; i < N_OF(windows); i++) {
        windows[i] = new_recorder(i % 2 == 0 ? HWND_MESSAGE : NULL);
        ck_assert_ptr_nonnull(windows[i]);
    }
    ck_assert_int_eq(count_descriptors(), before);
    for (i = 0; i < N_OF(windows); i++)
        ck_assert(DestroyWindow(windows[i]));
}
END_TEST

/* ---- Values ---------------------------------------------------------- */

static const struct {
    int index;
    BOOL is_valid;
} indexes[] = {
    {0, TRUE},
    {4, TRUE},
    {5, FALSE},
    {(int)sizeof(LPVOID) + 4, FALSE},
    {1000, FALSE},
    {0x7fffffff, FALSE},
    {-1, FALSE},
    {-2147483647, FALSE},
    {GWLP_USERDATA, TRUE},
    {GWLP_ID, TRUE},
    {GWLP_HINSTANCE, TRUE},
};

START_TEST(window_values)
{
    HWND window;
    int index = indexes[_i].index;

    fresh();
    window = new_recorder(NULL);
    SetLastError(0);
    if (indexes[_i].is_valid) {
        (void)SetWindowLongPtr(window, index, (LONG_PTR)0x76543210);
        ck_assert_int_eq(GetWindowLongPtr(window, index), (LONG_PTR)0x76543210);
        ck_assert_int_eq(SetWindowLongPtr(window, index, -1),
                         (LONG_PTR)0x76543210);
        ck_assert_int_eq(GetWindowLongPtr(window, index), -1);
        ck_assert_uint_eq(GetLastError(), 0);
    } else {
        ck_assert_int_eq(SetWindowLongPtr(window, index, 1), 0);
        ck_assert_uint_eq(GetLastError(), ERROR_INVALID_INDEX);
        SetLastError(0);
        ck_assert_int_eq(GetWindowLongPtr(window, index), 0);
        ck_assert_uint_eq(GetLastError(), ERROR_INVALID_INDEX);
    }
}
END_TEST

START_TEST(extra_bytes)
{
    HWND window;

    fresh();
    window = new_recorder(NULL);
    ck_assert_int_eq(GetWindowLongPtr(window, 0), 0);
    ck_assert_int_eq(SetWindowLong(window, sizeof(LPVOID), 7), 0);
    ck_assert_int_eq(GetWindowLong(window, sizeof(LPVOID)), 7);
    ck_assert_int_eq(GetWindowLongPtr(window, 0), 0);
    ck_assert_int_eq(SetWindowLong(window, sizeof(LPVOID) + 1, 7), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_INDEX);
    ck_assert_int_eq(GetWindowLong(window, GWL_STYLE),
                     (LONG)WS_OVERLAPPEDWINDOW);
    ck_assert(DestroyWindow(window));
    ck_assert_int_eq(GetWindowLongPtr(window, 0), 0);
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
}
END_TEST

START_TEST(subclassing)
{
    HWND window;
    WNDPROC previous;

    fresh();
    window = new_recorder(NULL);
    previous = (WNDPROC)SetWindowLongPtr(window, GWLP_WNDPROC,
                                         (LONG_PTR)DefWindowProc);
    ck_assert(previous == recorder);
    ck_assert_int_eq(SendMessage(window, WM_USER, 3, 4), 0);
    ck_assert_int_eq(CallWindowProc(previous, window, WM_USER, 3, 4), 7);
}
END_TEST

/* ---- Finding --------------------------------------------------------- */

START_TEST(finding)
{
    HWND top;
    HWND child;
    HWND hidden;

    fresh();
    top = new_recorder(NULL);
    child = new_recorder(top);
    hidden = new_recorder(HWND_MESSAGE);
    ck_assert_ptr_eq(FindWindow("RECORDER", NULL), top);
    ck_assert_ptr_eq(FindWindow(NULL, "A Title"), top);
    ck_assert_ptr_null(FindWindow("Recorder", "another"));
    ck_assert_ptr_null(FindWindow("nobody", NULL));
    ck_assert_ptr_null(FindWindowEx(NULL, top, "Recorder", NULL));
    ck_assert_ptr_eq(FindWindowEx(HWND_MESSAGE, NULL, "Recorder", NULL),
                     hidden);
    ck_assert_ptr_eq(FindWindowEx(top, NULL, NULL, NULL), child);
    ck_assert_ptr_null(FindWindowEx(child, NULL, NULL, NULL));
    ck_assert(DestroyWindow(child));
    ck_assert_ptr_null(FindWindowEx(child, NULL, NULL, NULL));
    ck_assert_uint_eq(GetLastError(), ERROR_INVALID_WINDOW_HANDLE);
}
END_TEST

START_TEST(owner_of_a_window)
{
    DWORD process = 0;
    HWND window;

    fresh();
    window = new_recorder(NULL);
    ck_assert_uint_eq(GetWindowThreadProcessId(window, &process),
                      GetCurrentThreadId());
    ck_assert_uint_eq(process, GetCurrentProcessId());
    ck_assert(DestroyWindow(window));
    ck_assert_uint_eq(GetWindowThreadProcessId(window, &process), 0);
}
END_TEST

START_TEST(registered_messages)
{
    UINT first = RegisterWindowMessage("a private message");

    ck_assert_uint_ge(first, 0xC000);
    ck_assert_uint_le(first, 0xFFFF);
    ck_assert_uint_eq(RegisterWindowMessage("A PRIVATE message"), first);
    ck_assert_uint_ne(RegisterWindowMessage("another"), first);
    ck_assert_uint_eq(RegisterWindowMessage(""), 0);
    ck_assert_uint_eq(RegisterWindowMessage(NULL), 0);
}
END_TEST

static void suite_fill(Suite *suite)
{
    TCase *class = tcase_create("class");
    TCase *life = tcase_create("life");
    TCase *values = tcase_create("values");

    tcase_add_checked_fixture(class, NULL, tidy);
    tcase_add_test(class, classes);
    tcase_add_loop_test(class, bad_class, 0, N_OF(bad_classes));
    tcase_add_test(class, null_class);
    suite_add_tcase(suite, class);
    tcase_add_checked_fixture(life, NULL, tidy);
    tcase_add_test(life, life_of_a_window);
    tcase_add_test(life, create_says_no);
    tcase_add_test(life, nccreate_says_no);
    tcase_add_test(life, close_destroys);
    tcase_add_test(life, children_go_with_their_parent);
    tcase_add_test(life, bad_parents);
    tcase_add_test(life, destroyed_by_its_own_procedure);
    tcase_add_test(life, many_windows_cost_no_descriptor);
    suite_add_tcase(suite, life);
    tcase_add_checked_fixture(values, NULL, tidy);
    tcase_add_loop_test(values, window_values, 0, N_OF(indexes));
    tcase_add_test(values, extra_bytes);
    tcase_add_test(values, subclassing);
    tcase_add_test(values, finding);
    tcase_add_test(values, owner_of_a_window);
    tcase_add_test(values, registered_messages);
    suite_add_tcase(suite, values);
}

SUITE_MAIN("compat/window", suite_fill)
