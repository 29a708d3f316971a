/*
 * check_compat_arguments.c - arguments that nothing can be done with are
 * refused with a code, and the rarer of two functions that do the same does it.
 */
#include <windows.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strsafe.h>

#include "support/suite.h"

#define REFUSES(call, code)                        \
    do {                                           \
        SetLastError(ERROR_SUCCESS);               \
        ck_assert_msg(!(call), "%s", #call);       \
        ck_assert_uint_eq(GetLastError(), (code)); \
    } while (0)

static char text[64];

/* ---- objects ---------------------------------------------------------- */

START_TEST(names_of_objects)
{
    char name[MAX_PATH + 2];
    HANDLE mutex;
    HANDLE again;

    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    REFUSES(CreateMutex(NULL, FALSE, name), ERROR_FILENAME_EXCED_RANGE);
    REFUSES(OpenMutex(SYNCHRONIZE, FALSE, NULL), ERROR_INVALID_PARAMETER);
    REFUSES(OpenMutex(SYNCHRONIZE, FALSE, "arguments"), ERROR_FILE_NOT_FOUND);
    mutex = CreateMutex(NULL, FALSE, "arguments");
    again = OpenMutex(SYNCHRONIZE, FALSE, "arguments");
    ck_assert_ptr_nonnull(again);
    ck_assert(CloseHandle(again) && CloseHandle(mutex));
    /* "" is no name: these are two. */
    mutex = CreateMutex(NULL, FALSE, "");
    SetLastError(ERROR_SUCCESS);
    again = CreateMutex(NULL, FALSE, "");
    ck_assert_uint_eq(GetLastError(), ERROR_SUCCESS);
    ck_assert(CloseHandle(again) && CloseHandle(mutex));
}
END_TEST

START_TEST(handles)
{
    HANDLE self = GetCurrentProcess();
    HANDLE event = CreateEvent(NULL, TRUE, TRUE, NULL);
    HANDLE copy;

    REFUSES(DuplicateHandle(event, event, self, &copy, 0, FALSE, 0),
            ERROR_INVALID_HANDLE);
    REFUSES(DuplicateHandle(self, event, event, &copy, 0, FALSE, 0),
            ERROR_INVALID_HANDLE);
    REFUSES(DuplicateHandle(self, event, self, NULL, 0, FALSE, 0),
            ERROR_INVALID_PARAMETER);
    ck_assert(DuplicateHandle(self, event, self, NULL, 0, FALSE,
                              DUPLICATE_CLOSE_SOURCE));
    REFUSES(DuplicateHandle(self, event, self, &copy, 0, FALSE,
                            DUPLICATE_CLOSE_SOURCE),
            ERROR_INVALID_HANDLE);
}
END_TEST

START_TEST(waits)
{
    HANDLE events[MAXIMUM_WAIT_OBJECTS + 1] = {NULL};

    events[0] = CreateEvent(NULL, TRUE, TRUE, NULL);
    ck_assert_uint_eq(WaitForSingleObjectEx(events[0], 0, FALSE),
                      WAIT_OBJECT_0);
    REFUSES(WaitForMultipleObjects(0, events, FALSE, 0) != WAIT_FAILED,
            ERROR_INVALID_PARAMETER);
    REFUSES(WaitForMultipleObjects(1, NULL, FALSE, 0) != WAIT_FAILED,
            ERROR_INVALID_PARAMETER);
    REFUSES(WaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS + 1, events, FALSE,
                                   0) != WAIT_FAILED,
            ERROR_INVALID_PARAMETER);
    REFUSES(MsgWaitForMultipleObjects(MAXIMUM_WAIT_OBJECTS, events, FALSE, 0,
                                      QS_ALLINPUT) != WAIT_FAILED,
            ERROR_INVALID_PARAMETER);
    REFUSES(MsgWaitForMultipleObjects(1, NULL, FALSE, 0, QS_ALLINPUT) !=
                WAIT_FAILED,
            ERROR_INVALID_PARAMETER);
    ck_assert(CloseHandle(events[0]));
}
END_TEST

START_TEST(exit_codes)
{
    REFUSES(GetExitCodeThread(GetCurrentThread(), NULL),
            ERROR_INVALID_PARAMETER);
}
END_TEST

START_TEST(pipes)
{
    HANDLE reader;
    HANDLE writer;
    DWORD flags;
    char byte;

    REFUSES(CreatePipe(NULL, &writer, NULL, 0), ERROR_INVALID_PARAMETER);
    REFUSES(CreatePipe(&reader, NULL, NULL, 0), ERROR_INVALID_PARAMETER);
    ck_assert(CreatePipe(&reader, &writer, NULL, 0));
    REFUSES(GetHandleInformation(reader, NULL), ERROR_INVALID_PARAMETER);
    ck_assert(GetHandleInformation(GetStdHandle(STD_OUTPUT_HANDLE), &flags));
    ck_assert_uint_eq(flags, HANDLE_FLAG_INHERIT);
    ck_assert(SetHandleInformation(GetStdHandle(STD_OUTPUT_HANDLE),
                                   HANDLE_FLAG_INHERIT, 0));
    REFUSES(WriteFile(writer, NULL, 1, NULL, NULL), ERROR_INVALID_PARAMETER);
    REFUSES(ReadFile(reader, NULL, 1, NULL, NULL), ERROR_INVALID_PARAMETER);
    /* Each end has one direction. */
    REFUSES(ReadFile(writer, &byte, 1, NULL, NULL), ERROR_INVALID_HANDLE);
    REFUSES(WriteFile(reader, "x", 1, NULL, NULL), ERROR_INVALID_HANDLE);
    ck_assert(CloseHandle(reader) && CloseHandle(writer));
}
END_TEST

/* ---- windows ---------------------------------------------------------- */

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wparam,
                                  LPARAM lparam)
{
    return DefWindowProc(window, message, wparam, lparam);
}

static HWND make_window(void)
{
    WNDCLASS info;

    memset(&info, 0, sizeof info);
    info.lpfnWndProc = procedure;
    info.lpszClassName = "Arguments";
    (void)RegisterClass(&info);
    return CreateWindow("Arguments", "", 0, 0, 0, 0, 0, HWND_MESSAGE, NULL,
                        NULL, NULL);
}

START_TEST(classes)
{
    HWND window = make_window();

    REFUSES(GetClassInfo(NULL, "Arguments", NULL), ERROR_INVALID_PARAMETER);
    REFUSES(GetClassInfoEx(NULL, "Arguments", NULL), ERROR_INVALID_PARAMETER);
    REFUSES(GetClassName(window, NULL, 10), ERROR_INSUFFICIENT_BUFFER);
    REFUSES(GetClassName(window, text, 0), ERROR_INSUFFICIENT_BUFFER);
    ck_assert(DestroyWindow(window));
    REFUSES(GetClassName(window, text, sizeof text),
            ERROR_INVALID_WINDOW_HANDLE);
}
END_TEST

START_TEST(styles)
{
    HWND window = make_window();

    ck_assert_int_eq(SetWindowLong(window, GWL_STYLE, 5), 0);
    ck_assert_int_eq(SetWindowLong(window, GWL_STYLE, 6), 5);
    ck_assert_int_eq(SetWindowLong(window, GWL_EXSTYLE, 7), 0);
    ck_assert_int_eq(GetWindowLong(window, GWL_EXSTYLE), 7);
    ck_assert(DestroyWindow(window));
}
END_TEST

START_TEST(messages)
{
    HWND window = make_window();
    MSG message;

    REFUSES(PeekMessage(NULL, NULL, 0, 0, PM_REMOVE), ERROR_NOACCESS);
    ck_assert_int_eq(GetMessage(NULL, NULL, 0, 0), -1);
    ck_assert_int_eq(DispatchMessage(NULL), 0);
    ck_assert(!ReplyMessage(0));
    ck_assert(PostMessage(window, WM_USER, 0, 0));
    ck_assert(WaitMessage());
    ck_assert(PeekMessage(&message, NULL, WM_USER, WM_USER, PM_REMOVE));
    ck_assert(!TranslateMessage(&message));
    ck_assert(DestroyWindow(window));
}
END_TEST

/* ---- memory ----------------------------------------------------------- */

START_TEST(blocks)
{
    HLOCAL block = LocalAlloc(LMEM_FIXED, 3);

    memcpy(block, "ab", 3);
    block = LocalReAlloc(block, 4000, LMEM_MOVEABLE);
    ck_assert_str_eq(block, "ab");
    ck_assert_ptr_eq(GlobalReAlloc(block, 0, GMEM_MODIFY), block);
    ck_assert_ptr_null(LocalFree(block));
    ck_assert_ptr_null(GlobalReAlloc(NULL, 1, 0));
    ck_assert(!GlobalUnlock(NULL));
    ck_assert_ptr_null(HeapReAlloc(GetProcessHeap(), 0, NULL, 1));
    ck_assert(!HeapFree(NULL, 0, NULL));
}
END_TEST

START_TEST(pages)
{
    void *page = VirtualAlloc(NULL, 1, MEM_COMMIT, PAGE_READWRITE);

    REFUSES(VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE),
            ERROR_INVALID_PARAMETER);
    REFUSES(VirtualAlloc(NULL, 1, MEM_COMMIT, 0), ERROR_INVALID_PARAMETER);
    REFUSES(VirtualAlloc(page, 1, MEM_RESERVE, PAGE_READWRITE),
            ERROR_INVALID_ADDRESS);
    REFUSES(VirtualFree(NULL, 0, MEM_DECOMMIT), ERROR_INVALID_PARAMETER);
    REFUSES(VirtualFree(NULL, 0, MEM_RELEASE), ERROR_INVALID_PARAMETER);
    REFUSES(VirtualFree((char *)page + 1, 0, MEM_RELEASE),
            ERROR_INVALID_PARAMETER);
    ck_assert(VirtualFree(page, 0, MEM_RELEASE));
}
END_TEST

/* ---- text ------------------------------------------------------------- */

START_TEST(formats)
{
    size_t length = 7;

    ck_assert_int_eq(wsprintf(NULL, "x"), 0);
    ck_assert_int_eq(wsprintf(text, NULL), 0);
    ck_assert_int_eq(_snprintf(NULL, 1, "x"), -1);
    ck_assert_int_eq(sprintf_s(NULL, 1, "x"), -1);
    ck_assert(FAILED(StringCchPrintf(NULL, 1, "x")));
    ck_assert(FAILED(StringCchPrintf(text, 0, "x")));
    ck_assert(FAILED(StringCchLength(NULL, 1, &length)));
    ck_assert(FAILED(StringCchLength("x", 0, &length)));
    ck_assert_uint_eq(length, 7);
    ck_assert_str_eq(_ultoa(4294967295u, text, 16), "ffffffff");
    ck_assert_int_eq(strncat_s(NULL, 1, "x", 1), EINVAL);
}
END_TEST

START_TEST(characters)
{
    static const WCHAR lonely[] = {0xD800, 0xD801, 0};
    static const WCHAR low_first[] = {0xDC00, 0};

    ck_assert_uint_eq(GetACP(), CP_UTF8);
    REFUSES(WideCharToMultiByte(12345, 0, L"x", -1, text, 10, NULL, NULL),
            ERROR_INVALID_PARAMETER);
    REFUSES(WideCharToMultiByte(CP_UTF8, 0, NULL, -1, text, 10, NULL, NULL),
            ERROR_INVALID_PARAMETER);
    REFUSES(WideCharToMultiByte(CP_UTF8, 0, L"x", -1, text, 10, "?", NULL),
            ERROR_INVALID_PARAMETER);
    REFUSES(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, lonely, -1, text,
                                10, NULL, NULL),
            ERROR_NO_UNICODE_TRANSLATION);
    REFUSES(WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, low_first, -1,
                                text, 10, NULL, NULL),
            ERROR_NO_UNICODE_TRANSLATION);
}
END_TEST

/* ---- the system ------------------------------------------------------- */

START_TEST(the_system)
{
    DWORD size = sizeof text;
    FILE *file = NULL;

    REFUSES(GetComputerName(NULL, &size), ERROR_INVALID_PARAMETER);
    REFUSES(GetComputerName(text, NULL), ERROR_INVALID_PARAMETER);
    REFUSES(SetEnvironmentVariable(NULL, "x"), ERROR_INVALID_PARAMETER);
    REFUSES(SetEnvironmentVariable("a=b", "x"), ERROR_INVALID_PARAMETER);
    REFUSES(FormatMessage(FORMAT_MESSAGE_FROM_SYSTEM, NULL, ERROR_SUCCESS, 0,
                          NULL, 0, NULL),
            ERROR_INVALID_PARAMETER);
    REFUSES(GetModuleFileName(NULL, text, 0), ERROR_INSUFFICIENT_BUFFER);
    REFUSES(FindNextFile(NULL, NULL), ERROR_INVALID_PARAMETER);
    ck_assert_int_eq(fopen_s(NULL, "/dev/null", "r"), EINVAL);
    ck_assert_int_eq(fopen_s(&file, NULL, "r"), EINVAL);
    ck_assert_int_eq(fopen_s(&file, "/dev/null", NULL), EINVAL);
    ck_assert_int_eq(fopen_s(&file, "/nowhere/at/all", "r"), ENOENT);
    ck_assert_ptr_null(file);
    ck_assert_int_eq(fopen_s(&file, "/dev/null", "r"), 0);
    (void)fclose(file);
    REFUSES(GetFileAttributes("/dev/null/x") != INVALID_FILE_ATTRIBUTES,
            ERROR_PATH_NOT_FOUND);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("arguments");

    tcase_add_test(tcase, names_of_objects);
    tcase_add_test(tcase, handles);
    tcase_add_test(tcase, waits);
    tcase_add_test(tcase, exit_codes);
    tcase_add_test(tcase, pipes);
    tcase_add_test(tcase, classes);
    tcase_add_test(tcase, styles);
    tcase_add_test(tcase, messages);
    tcase_add_test(tcase, blocks);
    tcase_add_test(tcase, pages);
    tcase_add_test(tcase, formats);
    tcase_add_test(tcase, characters);
    tcase_add_test(tcase, the_system);
    suite_add_tcase(suite, tcase);
}

SUITE_MAIN("compat/arguments", fill)
