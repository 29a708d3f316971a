#!/bin/sh
# win32_names.sh - the Win32 names that WinSNMP programs use are declared; what
# is not offered is not, so that a compiler tells the program's author.

. "${top_srcdir:-.}/tests/support/tap.sh"

flags="-Wall -Wextra -Werror -Wno-unused-value -fsyntax-only
    -I $srcdir/include -I $srcdir/compat"

types='UINT HWND WPARAM LPARAM LPVOID DWORD BOOL HANDLE BYTE LPSTR LPCSTR
    LPCTSTR LPTSTR TCHAR CHAR LONG INT INT_PTR LRESULT WNDPROC HINSTANCE
    HMODULE MSG WNDCLASS WNDCLASSA WNDCLASSEX WSADATA CRITICAL_SECTION
    OSVERSIONINFO ULARGE_INTEGER LARGE_INTEGER FILETIME SYSTEMTIME LPHOSTENT
    IN_ADDR SOCKET SOCKADDR_IN byte WCHAR LPWSTR LPCWSTR _TCHAR HGLOBAL
    SERVICE_STATUS SERVICE_STATUS_HANDLE SERVICE_TABLE_ENTRY HRESULT errno_t
    FARPROC SECURITY_ATTRIBUTES LPTHREAD_START_ROUTINE STARTUPINFO
    PROCESS_INFORMATION WIN32_FIND_DATA SC_HANDLE SERVICE_STATUS_PROCESS
    QUERY_SERVICE_CONFIG ENUM_SERVICE_STATUS SERVICE_DESCRIPTION
    SERVICE_FAILURE_ACTIONS PRINTER_INFO_1W PRINTER_INFO_2W PRINTER_INFO_4W
    PRINTER_INFO_5'
constants='TRUE FALSE INFINITE INVALID_HANDLE_VALUE MAX_PATH WM_USER
    WS_OVERLAPPEDWINDOW WAIT_OBJECT_0 WAIT_TIMEOUT WAIT_FAILED ERROR_SUCCESS
    NO_ERROR CP_UTF8 CP_ACP INVALID_SOCKET SOCKET_ERROR STD_OUTPUT_HANDLE
    VER_PLATFORM_WIN32_NT SERVICE_RUNNING SERVICE_STOPPED
    SERVICE_CONTROL_STOP SERVICE_ACCEPT_STOP SERVICE_WIN32_OWN_PROCESS
    GMEM_FIXED HEAP_ZERO_MEMORY FORMAT_MESSAGE_FROM_SYSTEM CTRL_C_EVENT
    VK_ESCAPE CW_USEDEFAULT GWLP_USERDATA PM_REMOVE QS_ALLINPUT S_OK
    STRSAFE_E_INSUFFICIENT_BUFFER WSAEWOULDBLOCK _TRUNCATE
    STARTF_USESTDHANDLES HANDLE_FLAG_INHERIT ERROR_NO_MORE_FILES
    INVALID_FILE_ATTRIBUTES FILE_ATTRIBUTE_DIRECTORY SC_MANAGER_ALL_ACCESS
    SERVICE_ALL_ACCESS SERVICE_AUTO_START SERVICE_ERROR_NORMAL
    ERROR_SERVICE_EXISTS ERROR_SERVICE_NOT_ACTIVE SW_SHOWNORMAL SW_HIDE
    SE_ERR_FNF SE_ERR_NOASSOC PRINTER_ENUM_LOCAL PRINTER_ENUM_CONNECTIONS'
functions='CreateEvent CreateEventA WaitForSingleObject Sleep SetEvent
    ResetEvent GetLastError SetLastError WSAStartup CloseHandle GetTickCount
    WSACleanup RegisterClass RegisterClassA RegisterClassEx CreateWindowEx
    DefWindowProc GetMessage TranslateMessage DispatchMessage PostMessage
    GetWindowLongPtr SetWindowLongPtr inet_addr LoadLibrary GetProcAddress
    GetModuleHandle GetModuleFileName FreeLibrary lstrlen lstrcpy lstrcat
    _atoi64 _getch _kbhit inet_ntoa ntohs StringCchCopyA
    WideCharToMultiByte MultiByteToWideChar WaitForMultipleObjects
    InitializeCriticalSection EnterCriticalSection LeaveCriticalSection
    DeleteCriticalSection DestroyWindow GetVersionEx GetKeyState _stricmp
    stricmp strcmpi _strnicmp _tcsclen _tcslen wsprintf wvsprintf
    StringCchCat StringCchVPrintf StringCchPrintf StringCchLength getaddrinfo
    getnameinfo freeaddrinfo gethostbyname htons htonl ntohl closesocket
    WSAGetLastError AllocConsole FreeConsole GetStdHandle
    WriteConsole GetLocalTime GetSystemTime StartServiceCtrlDispatcher
    RegisterServiceCtrlHandler RegisterServiceCtrlHandlerEx SetServiceStatus
    WriteFile ReadFile SetTimer KillTimer PeekMessage SendMessage
    PostThreadMessage PostQuitMessage CreateThread _beginthreadex
    _endthreadex _beginthread GlobalAlloc GlobalFree GlobalLock LocalAlloc
    LocalFree HeapAlloc HeapFree GetProcessHeap
    HeapCreate HeapDestroy HeapReAlloc HeapSize VirtualAlloc
    OutputDebugString FormatMessage MsgWaitForMultipleObjects
    InterlockedIncrement InterlockedDecrement InterlockedExchange
    InterlockedCompareExchange InterlockedIncrement64
    QueryPerformanceCounter QueryPerformanceFrequency
    GetSystemTimeAsFileTime FileTimeToSystemTime SetConsoleCtrlHandler
    GetCurrentProcessId GetCurrentThreadId GetComputerName ExitProcess
    GetEnvironmentVariable ioctlsocket strlen memcpy isprint printf malloc
    sprintf strtok SnmpUtilMemAlloc SnmpUtilMemFree SnmpUtilOidFree
    SnmpMgrStrToOid SnmpMgrOidToStr CreateProcess CreatePipe
    SetHandleInformation GetExitCodeProcess TerminateProcess FindFirstFile
    FindNextFile FindClose GetFileAttributes OpenSCManager CreateService
    OpenService CloseServiceHandle DeleteService StartService ControlService
    QueryServiceStatus QueryServiceStatusEx QueryServiceConfig
    QueryServiceConfig2 ChangeServiceConfig ChangeServiceConfig2
    EnumDependentServices EnumServicesStatus ShellExecute EnumPrinters
    EnumPrintersA EnumPrintersW GetCommandLine GetCommandLineA
    GetCommandLineW WinMain ResumeThread'
# In C++ these are templates as well, in C plain functions.
c_functions='sprintf_s strcpy_s strcat_s strncpy_s _ultoa_s _itoa_s
    _snprintf_s _snprintf vsprintf_s recvfrom accept getsockname'

includes()
{
    printf '#include <%s>\n' winsock2.h ws2tcpip.h winsnmp.h mgmtapi.h \
        tchar.h strsafe.h conio.h process.h
}

# uses FUNCTION... - a source that uses all of it.
uses()
{
    includes
    for name in $types; do
        echo "extern $name *a_$name;"
    done
    echo 'void use(void) {'
    for name in $constants; do
        echo "(void)($name);"
    done
    for name in "$@"; do
        echo "(void)&$name;"
    done
    echo '(void)MAKEWORD(2, 2); (void)_T("text"); (void)TEXT("text");'
    echo 'char b[4]; ZeroMemory(b, 4); (void)CreateWindow("a", "b", 0, 0, 0,'
    echo '0, 0, NULL, NULL, NULL, NULL); unsigned __int64 n = 0; (void)n; }'
}

uses $functions $c_functions >"$work/use.c"
uses $functions >"$work/use.cpp"
for compiler in gcc clang; do
    command -v $compiler >/dev/null 2>&1 &&
        check "they are declared, $compiler" $compiler $flags \
            -Wno-unused-parameter "$work/use.c"
done
for compiler in g++ clang++; do
    command -v $compiler >/dev/null 2>&1 &&
        check "they are declared, $compiler" $compiler $flags "$work/use.cpp"
done

# ---- what is not offered ---------------------------------------------------

# Names that programs use and that are not here: the registry, dialogs, windows
# that are seen, and drawing.
absent='RegOpenKeyEx RegQueryValueEx RegSetValueEx RegCreateKeyEx
    RegDeleteValue RegDeleteKey RegEnumKeyEx RegCloseKey
    MessageBox DialogBox ShowWindow UpdateWindow LoadIcon LoadCursor
    BeginPaint EndPaint TextOut GetDC'

{
    includes
    for name in $absent; do
        printf '#if defined(%s)\n%s is a macro\n#endif\n' "$name" "$name"
        echo "extern char ${name}A, ${name}W, $name;"
    done
} >"$work/absent.c"
check 'what is not offered is not declared' ${CC:-cc} $flags "$work/absent.c"

finish
