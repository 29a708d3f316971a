/*
 * errtext.c - FormatMessage: what error codes mean, in words.
 *
 * The texts are our own.  Those of WinSNMP belong to its module, because its
 * numbers are also numbers of the system.
 */
#include <stdbool.h>
#include <stdio.h>

#include "error.h"
#include "libloaderapi.h"
#include "memoryapi.h"
#include "winsock2.h"

#define MAX_TEXT 160

struct meaning {
    DWORD code;
    const char *text;
};

static const struct meaning system_meanings[] = {
    {ERROR_SUCCESS, "The call succeeded"},
    {ERROR_INVALID_FUNCTION, "There is no such function"},
    {ERROR_FILE_NOT_FOUND, "The file was not found"},
    {ERROR_PATH_NOT_FOUND, "The path was not found"},
    {ERROR_TOO_MANY_OPEN_FILES, "Too many files are open"},
    {ERROR_ACCESS_DENIED, "Access was denied"},
    {ERROR_INVALID_HANDLE, "The handle is not valid"},
    {ERROR_NOT_ENOUGH_MEMORY, "There is not enough memory"},
    {ERROR_INVALID_DATA, "The data is not valid"},
    {ERROR_OUTOFMEMORY, "There is not enough memory"},
    {ERROR_NO_MORE_FILES, "There are no more files"},
    {ERROR_WRITE_FAULT, "Writing failed"},
    {ERROR_READ_FAULT, "Reading failed"},
    {ERROR_GEN_FAILURE, "The device does not work"},
    {ERROR_HANDLE_EOF, "The end of the file was reached"},
    {ERROR_NOT_SUPPORTED, "This is not supported"},
    {ERROR_INVALID_PARAMETER, "A parameter is wrong"},
    {ERROR_BROKEN_PIPE, "The other end of the pipe is closed"},
    {ERROR_BUFFER_OVERFLOW, "The name is too long for the buffer"},
    {ERROR_CALL_NOT_IMPLEMENTED, "This system does not offer the function"},
    {ERROR_INSUFFICIENT_BUFFER, "The buffer is too small"},
    {ERROR_INVALID_NAME, "The name is not valid"},
    {ERROR_INVALID_LEVEL, "There is no such level of details"},
    {ERROR_MOD_NOT_FOUND, "The module was not found"},
    {ERROR_PROC_NOT_FOUND, "The module has no such function"},
    {ERROR_NOT_LOCKED, "The memory is not locked"},
    {ERROR_MAX_THRDS_REACHED, "No more threads can be started"},
    {ERROR_ALREADY_EXISTS, "It exists already"},
    {ERROR_BAD_EXE_FORMAT, "The file is not a program"},
    {ERROR_ENVVAR_NOT_FOUND, "There is no such environment variable"},
    {ERROR_FILENAME_EXCED_RANGE, "The name is too long"},
    {ERROR_MORE_DATA, "There is more data"},
    {ERROR_DIRECTORY, "The name is not that of a directory"},
    {WAIT_TIMEOUT, "The time for the wait is over"},
    {ERROR_NOT_OWNER, "The mutex belongs to another thread"},
    {ERROR_TOO_MANY_POSTS, "The semaphore is at its maximum"},
    {ERROR_MR_MID_NOT_FOUND, "There is no text for this code"},
    {ERROR_INVALID_ADDRESS, "The address is not valid"},
    {ERROR_OPERATION_ABORTED, "The operation was cancelled"},
    {ERROR_NOACCESS, "The memory must not be accessed"},
    {ERROR_INVALID_FLAGS, "The flags are not valid"},
    {ERROR_SERVICE_ALREADY_RUNNING, "The service is running already"},
    {ERROR_SERVICE_DOES_NOT_EXIST, "There is no such service"},
    {ERROR_FAILED_SERVICE_CONTROLLER_CONNECT,
     "The service process has no controller"},
    {ERROR_DATABASE_DOES_NOT_EXIST,
     "There is no database of services: the host's init system has them"},
    {ERROR_SERVICE_SPECIFIC_ERROR, "The service reported an error of its own"},
    {ERROR_NO_UNICODE_TRANSLATION, "The text has characters that are none"},
    {ERROR_INVALID_WINDOW_HANDLE, "The window handle is not valid"},
    {ERROR_CANNOT_FIND_WND_CLASS, "There is no such window class"},
    {ERROR_WINDOW_OF_OTHER_THREAD, "The window belongs to another thread"},
    {ERROR_CLASS_ALREADY_EXISTS, "The window class exists already"},
    {ERROR_CLASS_DOES_NOT_EXIST, "There is no such window class"},
    {ERROR_CLASS_HAS_WINDOWS, "The window class is in use"},
    {ERROR_INVALID_INDEX, "The index is not valid"},
    {ERROR_INVALID_THREAD_ID, "There is no such thread, or it has no queue"},
    {ERROR_NO_SYSTEM_RESOURCES, "The system has no resources left"},
    {ERROR_TIMEOUT, "The time is over"},
    {ERROR_NO_ASSOCIATION, "No program opens that"},
    {RPC_S_SERVER_UNAVAILABLE, "The other machine cannot be asked"},
    {ERROR_NOT_ENOUGH_QUOTA, "The queue is full"},
    {WSAEINTR, "A signal interrupted the call"},
    {WSAEBADF, "The descriptor is not valid"},
    {WSAEACCES, "Access was denied"},
    {WSAEINVAL, "A parameter is wrong"},
    {WSAEMFILE, "Too many sockets are open"},
    {WSAEWOULDBLOCK, "The call would have to wait"},
    {WSAENOTSOCK, "This is no socket"},
    {WSAEMSGSIZE, "The message is too long"},
    {WSAEADDRINUSE, "The address is in use"},
    {WSAEADDRNOTAVAIL, "The address is not of this machine"},
    {WSAENETUNREACH, "The network cannot be reached"},
    {WSAECONNRESET, "The other side ended the connection"},
    {WSAENOBUFS, "There is no room left in the buffers"},
    {WSAETIMEDOUT, "The other side did not answer in time"},
    {WSAECONNREFUSED, "The other side refused the connection"},
    {WSAEHOSTUNREACH, "The host cannot be reached"},
    {WSAHOST_NOT_FOUND, "There is no such host"},
};

/* SNMPAPI_ codes, in the order of their numbers. */
static const struct meaning snmp_meanings[] = {
    {0, "A WinSNMP call failed"},
    {1, "The WinSNMP call succeeded"},
    {2, "There is not enough memory"},
    {3, "The context is not valid"},
    {4, "The context is not known"},
    {5, "The entity is not valid"},
    {6, "The entity is not known"},
    {7, "The index is out of range"},
    {8, "There was nothing to do"},
    {9, "The object identifier is not valid"},
    {10, "The operation is not valid"},
    {11, "The text or output was cut"},
    {12, "The PDU is not valid"},
    {13, "The session is not valid"},
    {14, "The syntax of the value is not valid"},
    {15, "The variable-binding list is not valid"},
    {16, "The mode is not supported"},
    {17, "The size is not valid"},
    {18, "SnmpStartup has not been called"},
    {19, "The type of the message is not valid"},
    {20, "The window is not valid"},
    {99, "Something else went wrong"},
    {100, "The transport is not started"},
    {101, "The transport does not support this"},
    {102, "The transport is not available"},
    {103, "The transport has no resources left"},
    {104, "The entity cannot be delivered to"},
    {105, "The source of the message is not valid"},
    {106, "A parameter of the transport is wrong"},
    {107, "The transport endpoint is in use"},
    {108, "The agent did not answer in time"},
    {109, "The message is too long for the transport"},
    {199, "The transport failed"},
};

#define N_OF(table) (sizeof(table) / sizeof *(table))

static const char *find_in(const struct meaning *meanings, size_t n, DWORD code)
{
    size_t i;

    for (i = 0; i < n; i++) {
        if (meanings[i].code == code)
            return meanings[i].text;
    }
    return NULL;
}

static const char *find(DWORD flags, LPCVOID module, DWORD code)
{
    const char *text = NULL;

    if ((flags & FORMAT_MESSAGE_FROM_HMODULE) != 0 &&
        module == (LPCVOID)GetModuleHandleA("wsnmp32"))
        text = find_in(snmp_meanings, N_OF(snmp_meanings), code);
    if (text == NULL && (flags & FORMAT_MESSAGE_FROM_SYSTEM) != 0)
        text = find_in(system_meanings, N_OF(system_meanings), code);
    return text;
}

/* ret_text is then the address of the program's pointer. */
static LPSTR allocate(LPSTR ret_text, DWORD room)
{
    LPSTR block = LocalAlloc(LMEM_FIXED, room);

    if (block != NULL)
        memcpy(ret_text, &block, sizeof block);
    return block;
}

DWORD WINAPI FormatMessageA(DWORD flags, LPCVOID module, DWORD code,
                            DWORD language, LPSTR ret_text, DWORD room,
                            va_list *arguments)
{
    const char *text = find(flags, module, code);
    /* Programs that ask for no width get lines, and they cut the ends. */
    const char *end =
        (flags & FORMAT_MESSAGE_MAX_WIDTH_MASK) != 0 ? ". " : ".\r\n";
    char whole[MAX_TEXT];
    size_t size;

    (void)language;
    (void)arguments;
    if (ret_text == NULL)
        return (DWORD)wc_fail(ERROR_INVALID_PARAMETER);
    if (text == NULL)
        return (DWORD)wc_fail(ERROR_MR_MID_NOT_FOUND);
    size = (size_t)snprintf(whole, sizeof whole, "%s%s", text, end) + 1;
    if ((flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0)
        ret_text = allocate(ret_text, room > size ? room : (DWORD)size);
    else if (size > room)
        return (DWORD)wc_fail(ERROR_INSUFFICIENT_BUFFER);
    if (ret_text == NULL)
        return 0;
    memcpy(ret_text, whole, size);
    return (DWORD)size - 1;
}
