/*
 * winuser.h - windows that nobody sees, and their messages.
 *
 * A window belongs to the thread that created it; its messages wait in that
 * thread's queue until the thread takes them.  Everything is local to the
 * process.  Only the 8-bit functions exist; the plain names mean them.
 */
#ifndef WINSNMP_WINUSER_H
#define WINSNMP_WINUSER_H

#include "winbase.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Message numbers ------------------------------------------------ */

#define WM_NULL 0x0000
#define WM_CREATE 0x0001
#define WM_DESTROY 0x0002
#define WM_MOVE 0x0003
#define WM_SIZE 0x0005
#define WM_ACTIVATE 0x0006
#define WM_SETFOCUS 0x0007
#define WM_KILLFOCUS 0x0008
#define WM_ENABLE 0x000A
#define WM_SETTEXT 0x000C
#define WM_GETTEXT 0x000D
#define WM_GETTEXTLENGTH 0x000E
#define WM_PAINT 0x000F
#define WM_CLOSE 0x0010
#define WM_QUERYENDSESSION 0x0011
#define WM_QUIT 0x0012
#define WM_ENDSESSION 0x0016
#define WM_SHOWWINDOW 0x0018
#define WM_TIMECHANGE 0x001E
#define WM_COPYDATA 0x004A
#define WM_NOTIFY 0x004E
#define WM_NCCREATE 0x0081
#define WM_NCDESTROY 0x0082
#define WM_KEYDOWN 0x0100
#define WM_KEYUP 0x0101
#define WM_CHAR 0x0102
#define WM_COMMAND 0x0111
#define WM_SYSCOMMAND 0x0112
#define WM_TIMER 0x0113
#define WM_POWERBROADCAST 0x0218
#define WM_DEVICECHANGE 0x0219
#define WM_USER 0x0400
#define WM_APP 0x8000

/* ---- Handles with a meaning ----------------------------------------- */

#define HWND_DESKTOP ((HWND)0)
#define HWND_BROADCAST ((HWND)(LONG_PTR)0xffff)
#define HWND_MESSAGE ((HWND)(LONG_PTR)-3)

/* ---- Styles --------------------------------------------------------- */

#define CS_VREDRAW 0x0001
#define CS_HREDRAW 0x0002
#define CS_DBLCLKS 0x0008
#define CS_OWNDC 0x0020
#define CS_CLASSDC 0x0040
#define CS_NOCLOSE 0x0200
#define CS_GLOBALCLASS 0x4000

#define WS_OVERLAPPED 0x00000000
#define WS_POPUP 0x80000000
#define WS_CHILD 0x40000000
#define WS_MINIMIZE 0x20000000
#define WS_VISIBLE 0x10000000
#define WS_DISABLED 0x08000000
#define WS_CLIPSIBLINGS 0x04000000
#define WS_CLIPCHILDREN 0x02000000
#define WS_MAXIMIZE 0x01000000
#define WS_CAPTION 0x00C00000
#define WS_BORDER 0x00800000
#define WS_DLGFRAME 0x00400000
#define WS_VSCROLL 0x00200000
#define WS_HSCROLL 0x00100000
#define WS_SYSMENU 0x00080000
#define WS_THICKFRAME 0x00040000
#define WS_MINIMIZEBOX 0x00020000
#define WS_MAXIMIZEBOX 0x00010000
#define WS_OVERLAPPEDWINDOW                                    \
    (WS_OVERLAPPED | WS_CAPTION | WS_SYSMENU | WS_THICKFRAME | \
     WS_MINIMIZEBOX | WS_MAXIMIZEBOX)
#define WS_POPUPWINDOW (WS_POPUP | WS_BORDER | WS_SYSMENU)
#define WS_EX_NOPARENTNOTIFY 0x00000004
#define WS_EX_TOPMOST 0x00000008
#define WS_EX_TRANSPARENT 0x00000020
#define WS_EX_TOOLWINDOW 0x00000080
#define WS_EX_APPWINDOW 0x00040000
#define WS_EX_NOACTIVATE 0x08000000

#define CW_USEDEFAULT ((int)0x80000000)

/* How a window is to be shown, for WinMain and ShellExecute: of no effect. */
#define SW_HIDE 0
#define SW_SHOWNORMAL 1
#define SW_NORMAL 1
#define SW_SHOWMINIMIZED 2
#define SW_SHOWMAXIMIZED 3
#define SW_MAXIMIZE 3
#define SW_SHOWNOACTIVATE 4
#define SW_SHOW 5
#define SW_MINIMIZE 6
#define SW_SHOWMINNOACTIVE 7
#define SW_SHOWNA 8
#define SW_RESTORE 9
#define SW_SHOWDEFAULT 10

/* ---- Classes -------------------------------------------------------- */

typedef LRESULT(CALLBACK *WNDPROC)(HWND window, UINT message, WPARAM wparam,
                                   LPARAM lparam);
typedef VOID(CALLBACK *TIMERPROC)(HWND window, UINT message, UINT_PTR id,
                                  DWORD time_ms);

typedef struct tagWNDCLASSA {
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName;
    LPCSTR lpszClassName;
} WNDCLASSA, *PWNDCLASSA, *LPWNDCLASSA;

typedef struct tagWNDCLASSEXA {
    UINT cbSize;
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName;
    LPCSTR lpszClassName;
    HICON hIconSm;
} WNDCLASSEXA, *PWNDCLASSEXA, *LPWNDCLASSEXA;

typedef struct tagCREATESTRUCTA {
    LPVOID lpCreateParams;
    HINSTANCE hInstance;
    HMENU hMenu;
    HWND hwndParent;
    int cy;
    int cx;
    int y;
    int x;
    LONG style;
    LPCSTR lpszName;
    LPCSTR lpszClass;
    DWORD dwExStyle;
} CREATESTRUCTA, *LPCREATESTRUCTA;

typedef WNDCLASSA WNDCLASS, *PWNDCLASS, *LPWNDCLASS;
typedef WNDCLASSEXA WNDCLASSEX, *PWNDCLASSEX, *LPWNDCLASSEX;
typedef CREATESTRUCTA CREATESTRUCT, *LPCREATESTRUCT;

#define MAKEINTATOM(number) ((LPSTR)(ULONG_PTR)(WORD)(number))

/* Classes belong to the process: instance is ignored everywhere. */
ATOM WINAPI RegisterClassA(CONST WNDCLASSA *info) WC_SYMBOL(RegisterClassA);
ATOM WINAPI RegisterClassExA(CONST WNDCLASSEXA *info)
    WC_SYMBOL(RegisterClassExA);
BOOL WINAPI UnregisterClassA(LPCSTR name, HINSTANCE instance)
    WC_SYMBOL(UnregisterClassA);
BOOL WINAPI GetClassInfoA(HINSTANCE instance, LPCSTR name, LPWNDCLASSA ret_info)
    WC_SYMBOL(GetClassInfoA);
BOOL WINAPI GetClassInfoExA(HINSTANCE instance, LPCSTR name,
                            LPWNDCLASSEXA ret_info) WC_SYMBOL(GetClassInfoExA);
int WINAPI GetClassNameA(HWND window, LPSTR ret_name, int room)
    WC_SYMBOL(GetClassNameA);

/* ---- Windows -------------------------------------------------------- */

HWND WINAPI CreateWindowExA(DWORD ex_style, LPCSTR class_name, LPCSTR title,
                            DWORD style, int x, int y, int width, int height,
                            HWND parent, HMENU menu, HINSTANCE instance,
                            LPVOID parameter) WC_SYMBOL(CreateWindowExA);
BOOL WINAPI DestroyWindow(HWND window) WC_SYMBOL(DestroyWindow);
BOOL WINAPI IsWindow(HWND window) WC_SYMBOL(IsWindow);
HWND WINAPI GetParent(HWND window) WC_SYMBOL(GetParent);
DWORD WINAPI GetWindowThreadProcessId(HWND window, LPDWORD ret_process_id)
    WC_SYMBOL(GetWindowThreadProcessId);
HWND WINAPI FindWindowA(LPCSTR class_name, LPCSTR title) WC_SYMBOL(FindWindowA);
HWND WINAPI FindWindowExA(HWND parent, HWND after, LPCSTR class_name,
                          LPCSTR title) WC_SYMBOL(FindWindowExA);
LRESULT WINAPI DefWindowProcA(HWND window, UINT message, WPARAM wparam,
                              LPARAM lparam) WC_SYMBOL(DefWindowProcA);
LRESULT WINAPI CallWindowProcA(WNDPROC procedure, HWND window, UINT message,
                               WPARAM wparam, LPARAM lparam)
    WC_SYMBOL(CallWindowProcA);

#define GWL_ID (-12)
#define GWL_STYLE (-16)
#define GWL_EXSTYLE (-20)
#if UINTPTR_MAX <= 0xffffffff
/* Values as wide as a pointer: as on Windows, not for 64-bit programs. */
#define GWL_WNDPROC (-4)
#define GWL_HINSTANCE (-6)
#define GWL_HWNDPARENT (-8)
#define GWL_USERDATA (-21)
#endif
#define GWLP_WNDPROC (-4)
#define GWLP_HINSTANCE (-6)
#define GWLP_HWNDPARENT (-8)
#define GWLP_ID (-12)
#define GWLP_USERDATA (-21)

LONG_PTR WINAPI GetWindowLongPtrA(HWND window, int index)
    WC_SYMBOL(GetWindowLongPtrA);
LONG_PTR WINAPI SetWindowLongPtrA(HWND window, int index, LONG_PTR value)
    WC_SYMBOL(SetWindowLongPtrA);
LONG WINAPI GetWindowLongA(HWND window, int index) WC_SYMBOL(GetWindowLongA);
LONG WINAPI SetWindowLongA(HWND window, int index, LONG value)
    WC_SYMBOL(SetWindowLongA);

/* ---- Messages ------------------------------------------------------- */

typedef struct tagMSG {
    HWND hwnd;
    UINT message;
    WPARAM wParam;
    LPARAM lParam;
    DWORD time;
    POINT pt;
} MSG, *PMSG, *NPMSG, *LPMSG;

#define QS_KEY 0x0001
#define QS_MOUSEMOVE 0x0002
#define QS_MOUSEBUTTON 0x0004
#define QS_POSTMESSAGE 0x0008
#define QS_TIMER 0x0010
#define QS_PAINT 0x0020
#define QS_SENDMESSAGE 0x0040
#define QS_HOTKEY 0x0080
#define QS_ALLPOSTMESSAGE 0x0100
#define QS_RAWINPUT 0x0400
#define QS_MOUSE (QS_MOUSEMOVE | QS_MOUSEBUTTON)
#define QS_INPUT (QS_MOUSE | QS_KEY | QS_RAWINPUT)
#define QS_ALLEVENTS \
    (QS_INPUT | QS_POSTMESSAGE | QS_TIMER | QS_PAINT | QS_HOTKEY)
#define QS_ALLINPUT                                                \
    (QS_INPUT | QS_POSTMESSAGE | QS_TIMER | QS_PAINT | QS_HOTKEY | \
     QS_SENDMESSAGE)

#define PM_NOREMOVE 0x0000
#define PM_REMOVE 0x0001
#define PM_NOYIELD 0x0002
#define PM_QS_INPUT (QS_INPUT << 16)
#define PM_QS_PAINT (QS_PAINT << 16)
#define PM_QS_POSTMESSAGE ((QS_POSTMESSAGE | QS_HOTKEY | QS_TIMER) << 16)
#define PM_QS_SENDMESSAGE (QS_SENDMESSAGE << 16)

#define SMTO_NORMAL 0x0000
#define SMTO_BLOCK 0x0001
#define SMTO_ABORTIFHUNG 0x0002
#define SMTO_NOTIMEOUTIFNOTHUNG 0x0008
#define SMTO_ERRORONEXIT 0x0020

#define MWMO_WAITALL 0x0001
#define MWMO_ALERTABLE 0x0002
#define MWMO_INPUTAVAILABLE 0x0004

/* A window of NULL means any; (HWND)-1 means messages without a window. */
BOOL WINAPI GetMessageA(LPMSG ret_message, HWND window, UINT first, UINT last)
    WC_SYMBOL(GetMessageA);
BOOL WINAPI PeekMessageA(LPMSG ret_message, HWND window, UINT first, UINT last,
                         UINT flags) WC_SYMBOL(PeekMessageA);
BOOL WINAPI WaitMessage(void) WC_SYMBOL(WaitMessage);
BOOL WINAPI TranslateMessage(CONST MSG *message) WC_SYMBOL(TranslateMessage);
LRESULT WINAPI DispatchMessageA(CONST MSG *message) WC_SYMBOL(DispatchMessageA);
LONG WINAPI GetMessageTime(void) WC_SYMBOL(GetMessageTime);
DWORD WINAPI GetQueueStatus(UINT flags) WC_SYMBOL(GetQueueStatus);

/* A queue holds 10,000 posted messages; then posting fails. */
BOOL WINAPI PostMessageA(HWND window, UINT message, WPARAM wparam,
                         LPARAM lparam) WC_SYMBOL(PostMessageA);
BOOL WINAPI PostThreadMessageA(DWORD thread_id, UINT message, WPARAM wparam,
                               LPARAM lparam) WC_SYMBOL(PostThreadMessageA);
VOID WINAPI PostQuitMessage(int exit_code) WC_SYMBOL(PostQuitMessage);
UINT WINAPI RegisterWindowMessageA(LPCSTR name)
    WC_SYMBOL(RegisterWindowMessageA);

LRESULT WINAPI SendMessageA(HWND window, UINT message, WPARAM wparam,
                            LPARAM lparam) WC_SYMBOL(SendMessageA);
LRESULT WINAPI SendMessageTimeoutA(HWND window, UINT message, WPARAM wparam,
                                   LPARAM lparam, UINT flags, UINT timeout_ms,
                                   PDWORD_PTR ret_result)
    WC_SYMBOL(SendMessageTimeoutA);
BOOL WINAPI SendNotifyMessageA(HWND window, UINT message, WPARAM wparam,
                               LPARAM lparam) WC_SYMBOL(SendNotifyMessageA);
BOOL WINAPI ReplyMessage(LRESULT result) WC_SYMBOL(ReplyMessage);
BOOL WINAPI InSendMessage(void) WC_SYMBOL(InSendMessage);

DWORD WINAPI MsgWaitForMultipleObjects(DWORD count, CONST HANDLE *handles,
                                       BOOL wait_all, DWORD timeout_ms,
                                       DWORD wake_mask)
    WC_SYMBOL(MsgWaitForMultipleObjects);
DWORD WINAPI MsgWaitForMultipleObjectsEx(DWORD count, CONST HANDLE *handles,
                                         DWORD timeout_ms, DWORD wake_mask,
                                         DWORD flags)
    WC_SYMBOL(MsgWaitForMultipleObjectsEx);

/* ---- Timers --------------------------------------------------------- */

#define USER_TIMER_MAXIMUM 0x7FFFFFFF
#define USER_TIMER_MINIMUM 0x0000000A

UINT_PTR WINAPI SetTimer(HWND window, UINT_PTR id, UINT period_ms,
                         TIMERPROC procedure) WC_SYMBOL(SetTimer);
BOOL WINAPI KillTimer(HWND window, UINT_PTR id) WC_SYMBOL(KillTimer);

/* ---- Text ----------------------------------------------------------- */

/* At most 1,023 characters; %ld has 32 bits, %I64d has 64. */
int WINAPIV wsprintfA(LPSTR ret_text, LPCSTR format, ...) WC_SYMBOL(wsprintfA);
int WINAPI wvsprintfA(LPSTR ret_text, LPCSTR format, va_list list)
    WC_SYMBOL(wvsprintfA);

/* ---- Keys: nobody ever presses one ---------------------------------- */

#define VK_CANCEL 0x03
#define VK_BACK 0x08
#define VK_TAB 0x09
#define VK_RETURN 0x0D
#define VK_SHIFT 0x10
#define VK_CONTROL 0x11
#define VK_MENU 0x12
#define VK_PAUSE 0x13
#define VK_CAPITAL 0x14
#define VK_ESCAPE 0x1B
#define VK_SPACE 0x20
#define VK_PRIOR 0x21
#define VK_NEXT 0x22
#define VK_END 0x23
#define VK_HOME 0x24
#define VK_LEFT 0x25
#define VK_UP 0x26
#define VK_RIGHT 0x27
#define VK_DOWN 0x28
#define VK_INSERT 0x2D
#define VK_DELETE 0x2E
#define VK_F1 0x70
#define VK_F2 0x71
#define VK_F3 0x72
#define VK_F4 0x73
#define VK_F5 0x74
#define VK_F6 0x75
#define VK_F7 0x76
#define VK_F8 0x77
#define VK_F9 0x78
#define VK_F10 0x79
#define VK_F11 0x7A
#define VK_F12 0x7B
#define VK_NUMLOCK 0x90
#define VK_SCROLL 0x91

SHORT WINAPI GetKeyState(int key) WC_SYMBOL(GetKeyState);
SHORT WINAPI GetAsyncKeyState(int key) WC_SYMBOL(GetAsyncKeyState);

/* ---- The plain names ------------------------------------------------ */

#define RegisterClass RegisterClassA
#define RegisterClassEx RegisterClassExA
#define UnregisterClass UnregisterClassA
#define GetClassInfo GetClassInfoA
#define GetClassInfoEx GetClassInfoExA
#define GetClassName GetClassNameA
#define CreateWindowEx CreateWindowExA
#define CreateWindowA(class_name, title, style, x, y, width, height, parent,  \
                      menu, instance, parameter)                              \
    CreateWindowExA(0, class_name, title, style, x, y, width, height, parent, \
                    menu, instance, parameter)
#define CreateWindow CreateWindowA
#define FindWindow FindWindowA
#define FindWindowEx FindWindowExA
#define DefWindowProc DefWindowProcA
#define CallWindowProc CallWindowProcA
#define GetWindowLongPtr GetWindowLongPtrA
#define SetWindowLongPtr SetWindowLongPtrA
#define GetWindowLong GetWindowLongA
#define SetWindowLong SetWindowLongA
#define GetMessage GetMessageA
#define PeekMessage PeekMessageA
#define DispatchMessage DispatchMessageA
#define PostMessage PostMessageA
#define PostThreadMessage PostThreadMessageA
#define PostAppMessageA(thread_id, message, wparam, lparam) \
    PostThreadMessageA((DWORD)(thread_id), message, wparam, lparam)
#define RegisterWindowMessage RegisterWindowMessageA
#define wsprintf wsprintfA
#define wvsprintf wvsprintfA
#define SendMessage SendMessageA
#define SendMessageTimeout SendMessageTimeoutA
#define SendNotifyMessage SendNotifyMessageA

/* ---- Beyond Win32 --------------------------------------------------- */

/*
 * The descriptor of the calling thread's queue, for a loop that is not a
 * GetMessage loop: poll it for reading, and when it is readable call
 * PeekMessage until it returns FALSE.  It is readable while messages wait;
 * timers do not make it readable, so such a thread uses its loop's timers.
 * It belongs to the library and lives as long as the thread: never read or
 * close it.  Returns -1 when the process has no descriptor left.
 */
int WINAPI WcGetQueueFd(void) WC_SYMBOL(WcGetQueueFd);

#ifdef __cplusplus
}
#endif

#endif
