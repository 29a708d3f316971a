/*
 * winbase.h - handles, events, mutexes, semaphores, threads and waits; text,
 * error messages and the environment.
 *
 * Every function may be called from any thread at any time, before main and
 * after it too.  Handles are numbers that are checked: a closed, foreign or
 * invented one makes the call fail with ERROR_INVALID_HANDLE.  No object
 * costs a descriptor; a thread that has to sleep for the first time gets one.
 *
 * In the library the functions are called winsnmp_..., so that a process may
 * hold another Win32 layer as well; programs use the names below.
 */
#ifndef WINSNMP_WINBASE_H
#define WINSNMP_WINBASE_H

#include <stdarg.h>
#include <string.h>

#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WC_QUOTE(text) #text
#define WC_QUOTE_VALUE(macro) WC_QUOTE(macro)
#define WC_SYMBOL(name)                                             \
    __asm__(WC_QUOTE_VALUE(__USER_LABEL_PREFIX__) "winsnmp_" #name) \
        __attribute__((__visibility__("default")))
#define WC_NORETURN __attribute__((__noreturn__))
#else
#define WC_SYMBOL(name)
#define WC_NORETURN
#endif

/* ---- Errors --------------------------------------------------------- */

#define NO_ERROR 0
#define ERROR_SUCCESS 0
#define ERROR_INVALID_FUNCTION 1
#define ERROR_FILE_NOT_FOUND 2
#define ERROR_PATH_NOT_FOUND 3
#define ERROR_TOO_MANY_OPEN_FILES 4
#define ERROR_ACCESS_DENIED 5
#define ERROR_INVALID_HANDLE 6
#define ERROR_NOT_ENOUGH_MEMORY 8
#define ERROR_INVALID_DATA 13
#define ERROR_OUTOFMEMORY 14
#define ERROR_NO_MORE_FILES 18
#define ERROR_WRITE_FAULT 29
#define ERROR_READ_FAULT 30
#define ERROR_GEN_FAILURE 31
#define ERROR_SHARING_VIOLATION 32
#define ERROR_HANDLE_EOF 38
#define ERROR_NOT_SUPPORTED 50
#define ERROR_INVALID_PARAMETER 87
#define ERROR_BROKEN_PIPE 109
#define ERROR_BUFFER_OVERFLOW 111
#define ERROR_CALL_NOT_IMPLEMENTED 120
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_INVALID_NAME 123
#define ERROR_INVALID_LEVEL 124
#define ERROR_MOD_NOT_FOUND 126
#define ERROR_PROC_NOT_FOUND 127
#define ERROR_BAD_ARGUMENTS 160
#define ERROR_NOT_LOCKED 158
#define ERROR_MAX_THRDS_REACHED 164
#define ERROR_ALREADY_EXISTS 183
#define ERROR_BAD_EXE_FORMAT 193
#define ERROR_ENVVAR_NOT_FOUND 203
#define ERROR_FILENAME_EXCED_RANGE 206
#define ERROR_MORE_DATA 234
#define ERROR_DIRECTORY 267
#define ERROR_NOT_OWNER 288
#define ERROR_MR_MID_NOT_FOUND 317
#define ERROR_TOO_MANY_POSTS 298
#define ERROR_INVALID_ADDRESS 487
#define ERROR_OPERATION_ABORTED 995
#define ERROR_IO_PENDING 997
#define ERROR_NOACCESS 998
#define ERROR_INVALID_FLAGS 1004
#define ERROR_DEPENDENT_SERVICES_RUNNING 1051
#define ERROR_INVALID_SERVICE_CONTROL 1052
#define ERROR_SERVICE_REQUEST_TIMEOUT 1053
#define ERROR_SERVICE_DATABASE_LOCKED 1055
#define ERROR_SERVICE_ALREADY_RUNNING 1056
#define ERROR_SERVICE_DISABLED 1058
#define ERROR_SERVICE_DOES_NOT_EXIST 1060
#define ERROR_SERVICE_CANNOT_ACCEPT_CTRL 1061
#define ERROR_SERVICE_NOT_ACTIVE 1062
#define ERROR_FAILED_SERVICE_CONTROLLER_CONNECT 1063
#define ERROR_DATABASE_DOES_NOT_EXIST 1065
#define ERROR_SERVICE_SPECIFIC_ERROR 1066
#define ERROR_SERVICE_MARKED_FOR_DELETE 1072
#define ERROR_SERVICE_EXISTS 1073
#define ERROR_DUPLICATE_SERVICE_NAME 1078
#define ERROR_NO_UNICODE_TRANSLATION 1113
#define ERROR_NO_ASSOCIATION 1155
#define ERROR_INVALID_WINDOW_HANDLE 1400
#define ERROR_TLW_WITH_WSCHILD 1406
#define ERROR_CANNOT_FIND_WND_CLASS 1407
#define ERROR_WINDOW_OF_OTHER_THREAD 1408
#define ERROR_CLASS_ALREADY_EXISTS 1410
#define ERROR_CLASS_DOES_NOT_EXIST 1411
#define ERROR_CLASS_HAS_WINDOWS 1412
#define ERROR_INVALID_INDEX 1413
#define ERROR_INVALID_THREAD_ID 1444
#define ERROR_NO_SYSTEM_RESOURCES 1450
#define ERROR_TIMEOUT 1460
#define RPC_S_SERVER_UNAVAILABLE 1722
#define ERROR_NOT_ENOUGH_QUOTA 1816

#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_FAIL ((HRESULT)0x80004005)
#define E_OUTOFMEMORY ((HRESULT)0x8007000E)
#define E_INVALIDARG ((HRESULT)0x80070057)
#define SUCCEEDED(result) ((HRESULT)(result) >= 0)
#define FAILED(result) ((HRESULT)(result) < 0)

DWORD WINAPI GetLastError(void) WC_SYMBOL(GetLastError);
VOID WINAPI SetLastError(DWORD code) WC_SYMBOL(SetLastError);

/* ---- Handles -------------------------------------------------------- */

#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)

#define DUPLICATE_CLOSE_SOURCE 0x00000001
#define DUPLICATE_SAME_ACCESS 0x00000002

#define SYNCHRONIZE 0x00100000
#define STANDARD_RIGHTS_REQUIRED 0x000F0000
#define EVENT_MODIFY_STATE 0x0002
#define EVENT_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE | 0x3)
#define MUTEX_MODIFY_STATE 0x0001
#define MUTEX_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE | 0x1)
#define SEMAPHORE_MODIFY_STATE 0x0002
#define SEMAPHORE_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE | 0x3)

typedef struct _SECURITY_ATTRIBUTES {
    DWORD nLength;
    LPVOID lpSecurityDescriptor;
    BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

BOOL WINAPI CloseHandle(HANDLE handle) WC_SYMBOL(CloseHandle);

/* Both processes must be this one; access and inherit are ignored. */
BOOL WINAPI DuplicateHandle(HANDLE source_process, HANDLE source,
                            HANDLE target_process, LPHANDLE ret_handle,
                            DWORD access, BOOL inherit, DWORD options)
    WC_SYMBOL(DuplicateHandle);

HANDLE WINAPI GetCurrentProcess(void) WC_SYMBOL(GetCurrentProcess);
DWORD WINAPI GetCurrentProcessId(void) WC_SYMBOL(GetCurrentProcessId);

/* ---- Events, mutexes, semaphores ------------------------------------ */

/* Names are known in this process only.  security is ignored. */
HANDLE WINAPI CreateEventA(LPSECURITY_ATTRIBUTES security, BOOL manual_reset,
                           BOOL initial_state, LPCSTR name)
    WC_SYMBOL(CreateEventA);
HANDLE WINAPI OpenEventA(DWORD access, BOOL inherit, LPCSTR name)
    WC_SYMBOL(OpenEventA);
BOOL WINAPI SetEvent(HANDLE event) WC_SYMBOL(SetEvent);
BOOL WINAPI ResetEvent(HANDLE event) WC_SYMBOL(ResetEvent);
BOOL WINAPI PulseEvent(HANDLE event) WC_SYMBOL(PulseEvent);

HANDLE WINAPI CreateMutexA(LPSECURITY_ATTRIBUTES security, BOOL initial_owner,
                           LPCSTR name) WC_SYMBOL(CreateMutexA);
HANDLE WINAPI OpenMutexA(DWORD access, BOOL inherit, LPCSTR name)
    WC_SYMBOL(OpenMutexA);
BOOL WINAPI ReleaseMutex(HANDLE mutex) WC_SYMBOL(ReleaseMutex);

HANDLE WINAPI CreateSemaphoreA(LPSECURITY_ATTRIBUTES security,
                               LONG initial_count, LONG maximum_count,
                               LPCSTR name) WC_SYMBOL(CreateSemaphoreA);
HANDLE WINAPI OpenSemaphoreA(DWORD access, BOOL inherit, LPCSTR name)
    WC_SYMBOL(OpenSemaphoreA);
BOOL WINAPI ReleaseSemaphore(HANDLE semaphore, LONG count, LPLONG ret_previous)
    WC_SYMBOL(ReleaseSemaphore);

#define CreateEvent CreateEventA
#define OpenEvent OpenEventA
#define CreateMutex CreateMutexA
#define OpenMutex OpenMutexA
#define CreateSemaphore CreateSemaphoreA
#define OpenSemaphore OpenSemaphoreA

/* ---- Waits ---------------------------------------------------------- */

#define INFINITE 0xFFFFFFFF
#define WAIT_OBJECT_0 0
#define WAIT_ABANDONED 0x00000080
#define WAIT_ABANDONED_0 0x00000080
#define WAIT_IO_COMPLETION 0x000000C0
#define WAIT_TIMEOUT 258
#define WAIT_FAILED ((DWORD)0xFFFFFFFF)
#define STATUS_WAIT_0 ((DWORD)0x00000000)
#define STATUS_ABANDONED_WAIT_0 ((DWORD)0x00000080)
#define STATUS_TIMEOUT ((DWORD)0x00000102)
#define MAXIMUM_WAIT_OBJECTS 64

/* alertable is ignored: there are no asynchronous procedure calls. */
DWORD WINAPI WaitForSingleObject(HANDLE handle, DWORD timeout_ms)
    WC_SYMBOL(WaitForSingleObject);
DWORD WINAPI WaitForSingleObjectEx(HANDLE handle, DWORD timeout_ms,
                                   BOOL alertable)
    WC_SYMBOL(WaitForSingleObjectEx);
DWORD WINAPI WaitForMultipleObjects(DWORD count, CONST HANDLE *handles,
                                    BOOL wait_all, DWORD timeout_ms)
    WC_SYMBOL(WaitForMultipleObjects);
DWORD WINAPI WaitForMultipleObjectsEx(DWORD count, CONST HANDLE *handles,
                                      BOOL wait_all, DWORD timeout_ms,
                                      BOOL alertable)
    WC_SYMBOL(WaitForMultipleObjectsEx);

VOID WINAPI Sleep(DWORD timeout_ms) WC_SYMBOL(Sleep);
DWORD WINAPI SleepEx(DWORD timeout_ms, BOOL alertable) WC_SYMBOL(SleepEx);
DWORD WINAPI GetTickCount(void) WC_SYMBOL(GetTickCount);
ULONGLONG WINAPI GetTickCount64(void) WC_SYMBOL(GetTickCount64);

/* ---- Threads -------------------------------------------------------- */

#define STILL_ACTIVE ((DWORD)0x00000103)
#define CREATE_SUSPENDED 0x00000004
#define STACK_SIZE_PARAM_IS_A_RESERVATION 0x00010000

typedef DWORD(WINAPI *PTHREAD_START_ROUTINE)(LPVOID parameter);
typedef PTHREAD_START_ROUTINE LPTHREAD_START_ROUTINE;

HANDLE WINAPI CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stack_size,
                           LPTHREAD_START_ROUTINE start, LPVOID parameter,
                           DWORD flags, LPDWORD ret_id) WC_SYMBOL(CreateThread);
VOID WINAPI ExitThread(DWORD exit_code) WC_SYMBOL(ExitThread) WC_NORETURN;

/*
 * Starts a thread, or the first one of a process, made with CREATE_SUSPENDED;
 * running ones stay running.
 */
DWORD WINAPI ResumeThread(HANDLE thread) WC_SYMBOL(ResumeThread);
BOOL WINAPI GetExitCodeThread(HANDLE thread, LPDWORD ret_exit_code)
    WC_SYMBOL(GetExitCodeThread);
HANDLE WINAPI GetCurrentThread(void) WC_SYMBOL(GetCurrentThread);
DWORD WINAPI GetCurrentThreadId(void) WC_SYMBOL(GetCurrentThreadId);
DWORD WINAPI GetThreadId(HANDLE thread) WC_SYMBOL(GetThreadId);
BOOL WINAPI SwitchToThread(void) WC_SYMBOL(SwitchToThread);

/* ---- Thread-local storage ------------------------------------------- */

#define TLS_MINIMUM_AVAILABLE 64
#define TLS_OUT_OF_INDEXES ((DWORD)0xFFFFFFFF)

DWORD WINAPI TlsAlloc(void) WC_SYMBOL(TlsAlloc);
BOOL WINAPI TlsFree(DWORD index) WC_SYMBOL(TlsFree);
LPVOID WINAPI TlsGetValue(DWORD index) WC_SYMBOL(TlsGetValue);
BOOL WINAPI TlsSetValue(DWORD index, LPVOID value) WC_SYMBOL(TlsSetValue);

/* ---- Critical sections ---------------------------------------------- */

/* Room for the host's own mutex; only the functions below look inside. */
typedef struct _RTL_CRITICAL_SECTION {
    union {
        LPVOID align_pointer;
        double align_double;
        char bytes[96];
    } room;
} RTL_CRITICAL_SECTION, *PRTL_CRITICAL_SECTION;
typedef RTL_CRITICAL_SECTION CRITICAL_SECTION;
typedef PRTL_CRITICAL_SECTION PCRITICAL_SECTION;
typedef PRTL_CRITICAL_SECTION LPCRITICAL_SECTION;

VOID WINAPI InitializeCriticalSection(LPCRITICAL_SECTION section)
    WC_SYMBOL(InitializeCriticalSection);
BOOL WINAPI InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section,
                                                  DWORD spin_count)
    WC_SYMBOL(InitializeCriticalSectionAndSpinCount);
VOID WINAPI EnterCriticalSection(LPCRITICAL_SECTION section)
    WC_SYMBOL(EnterCriticalSection);
BOOL WINAPI TryEnterCriticalSection(LPCRITICAL_SECTION section)
    WC_SYMBOL(TryEnterCriticalSection);
VOID WINAPI LeaveCriticalSection(LPCRITICAL_SECTION section)
    WC_SYMBOL(LeaveCriticalSection);
VOID WINAPI DeleteCriticalSection(LPCRITICAL_SECTION section)
    WC_SYMBOL(DeleteCriticalSection);

/* ---- Interlocked operations: full barriers -------------------------- */

LONG WINAPI InterlockedIncrement(LONG volatile *target)
    WC_SYMBOL(InterlockedIncrement);
LONG WINAPI InterlockedDecrement(LONG volatile *target)
    WC_SYMBOL(InterlockedDecrement);
LONG WINAPI InterlockedExchange(LONG volatile *target, LONG value)
    WC_SYMBOL(InterlockedExchange);
LONG WINAPI InterlockedExchangeAdd(LONG volatile *target, LONG value)
    WC_SYMBOL(InterlockedExchangeAdd);
LONG WINAPI InterlockedCompareExchange(LONG volatile *target, LONG value,
                                       LONG comparand)
    WC_SYMBOL(InterlockedCompareExchange);
LONG WINAPI InterlockedAnd(LONG volatile *target, LONG value)
    WC_SYMBOL(InterlockedAnd);
LONG WINAPI InterlockedOr(LONG volatile *target, LONG value)
    WC_SYMBOL(InterlockedOr);
LONG WINAPI InterlockedXor(LONG volatile *target, LONG value)
    WC_SYMBOL(InterlockedXor);
PVOID WINAPI InterlockedExchangePointer(PVOID volatile *target, PVOID value)
    WC_SYMBOL(InterlockedExchangePointer);
PVOID WINAPI InterlockedCompareExchangePointer(PVOID volatile *target,
                                               PVOID value, PVOID comparand)
    WC_SYMBOL(InterlockedCompareExchangePointer);

/* The same with 64 bits. */
LONG64 WINAPI InterlockedIncrement64(LONG64 volatile *target)
    WC_SYMBOL(InterlockedIncrement64);
LONG64 WINAPI InterlockedDecrement64(LONG64 volatile *target)
    WC_SYMBOL(InterlockedDecrement64);
LONG64 WINAPI InterlockedExchange64(LONG64 volatile *target, LONG64 value)
    WC_SYMBOL(InterlockedExchange64);
LONG64 WINAPI InterlockedExchangeAdd64(LONG64 volatile *target, LONG64 value)
    WC_SYMBOL(InterlockedExchangeAdd64);
LONG64 WINAPI InterlockedCompareExchange64(LONG64 volatile *target,
                                           LONG64 value, LONG64 comparand)
    WC_SYMBOL(InterlockedCompareExchange64);
LONG64 WINAPI InterlockedAnd64(LONG64 volatile *target, LONG64 value)
    WC_SYMBOL(InterlockedAnd64);
LONG64 WINAPI InterlockedOr64(LONG64 volatile *target, LONG64 value)
    WC_SYMBOL(InterlockedOr64);
LONG64 WINAPI InterlockedXor64(LONG64 volatile *target, LONG64 value)
    WC_SYMBOL(InterlockedXor64);

/* ---- Text and bytes ------------------------------------------------- */

int WINAPI lstrlenA(LPCSTR text) WC_SYMBOL(lstrlenA);
LPSTR WINAPI lstrcpyA(LPSTR ret_text, LPCSTR source) WC_SYMBOL(lstrcpyA);
LPSTR WINAPI lstrcpynA(LPSTR ret_text, LPCSTR source, int room)
    WC_SYMBOL(lstrcpynA);
LPSTR WINAPI lstrcatA(LPSTR ret_text, LPCSTR source) WC_SYMBOL(lstrcatA);
int WINAPI lstrcmpA(LPCSTR a, LPCSTR b) WC_SYMBOL(lstrcmpA);
int WINAPI lstrcmpiA(LPCSTR a, LPCSTR b) WC_SYMBOL(lstrcmpiA);

#define lstrlen lstrlenA
#define lstrcpy lstrcpyA
#define lstrcpyn lstrcpynA
#define lstrcat lstrcatA
#define lstrcmp lstrcmpA
#define lstrcmpi lstrcmpiA

#define ZeroMemory(bytes, size) memset((bytes), 0, (size))
#define FillMemory(bytes, size, value) memset((bytes), (value), (size))
#define CopyMemory(to, from, size) memcpy((to), (from), (size))
#define MoveMemory(to, from, size) memmove((to), (from), (size))

/* ---- Error messages ------------------------------------------------- */

#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS 0x00000200
#define FORMAT_MESSAGE_FROM_HMODULE 0x00000800
#define FORMAT_MESSAGE_FROM_SYSTEM 0x00001000
#define FORMAT_MESSAGE_MAX_WIDTH_MASK 0x000000FF
#define LANG_NEUTRAL 0x00
#define LANG_ENGLISH 0x09
#define SUBLANG_NEUTRAL 0x00
#define SUBLANG_DEFAULT 0x01
#define MAKELANGID(language, sub) ((((WORD)(sub)) << 10) | (WORD)(language))

/*
 * Texts are English and have no inserts, so arguments is ignored.  With
 * ..._FROM_HMODULE and the module wsnmp32 codes are those of WinSNMP.
 */
DWORD WINAPI FormatMessageA(DWORD flags, LPCVOID module, DWORD code,
                            DWORD language, LPSTR ret_text, DWORD room,
                            va_list *arguments) WC_SYMBOL(FormatMessageA);

/* Written to standard error when the variable WINSNMP_DEBUG is set. */
VOID WINAPI OutputDebugStringA(LPCSTR text) WC_SYMBOL(OutputDebugStringA);

#define FormatMessage FormatMessageA
#define OutputDebugString OutputDebugStringA

/* ---- The process ---------------------------------------------------- */

#define MAX_COMPUTERNAME_LENGTH 15

DWORD WINAPI GetEnvironmentVariableA(LPCSTR name, LPSTR ret_text, DWORD room)
    WC_SYMBOL(GetEnvironmentVariableA);
BOOL WINAPI SetEnvironmentVariableA(LPCSTR name, LPCSTR text)
    WC_SYMBOL(SetEnvironmentVariableA);
/* The name without its domain; it may be longer than on Windows. */
BOOL WINAPI GetComputerNameA(LPSTR ret_text, LPDWORD size)
    WC_SYMBOL(GetComputerNameA);
VOID WINAPI ExitProcess(UINT exit_code) WC_SYMBOL(ExitProcess) WC_NORETURN;

#define GetEnvironmentVariable GetEnvironmentVariableA
#define SetEnvironmentVariable SetEnvironmentVariableA
#define GetComputerName GetComputerNameA

#ifdef __cplusplus
}
#endif

#endif
