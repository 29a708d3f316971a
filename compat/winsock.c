/*
 * winsock.c - see winsock2.h.
 */
#include "winsock2.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* The commands of Windows, under names that the host's do not replace. */
#define THEIR_FIONBIO 0x8004667Eu
#define THEIR_FIONREAD 0x4004667Fu

#undef FIONBIO
#undef FIONREAD
#include <sys/ioctl.h>

/* The errors that have a namesake. */
static const struct {
    int code;
    int host_code;
} errors[] = {
    {WSAEINTR, EINTR},
    {WSAEBADF, EBADF},
    {WSAEACCES, EACCES},
    {WSAEACCES, EPERM},
    {WSAEFAULT, EFAULT},
    {WSAEINVAL, EINVAL},
    {WSAEMFILE, EMFILE},
    {WSAEMFILE, ENFILE},
    {WSAEWOULDBLOCK, EAGAIN},
    {WSAEWOULDBLOCK, EWOULDBLOCK},
    {WSAEWOULDBLOCK, EINPROGRESS}, /* of connect */
    {WSAEALREADY, EALREADY},
    {WSAENOTSOCK, ENOTSOCK},
    {WSAEDESTADDRREQ, EDESTADDRREQ},
    {WSAEMSGSIZE, EMSGSIZE},
    {WSAEPROTOTYPE, EPROTOTYPE},
    {WSAENOPROTOOPT, ENOPROTOOPT},
    {WSAEPROTONOSUPPORT, EPROTONOSUPPORT},
    {WSAEOPNOTSUPP, EOPNOTSUPP},
    {WSAEAFNOSUPPORT, EAFNOSUPPORT},
    {WSAEADDRINUSE, EADDRINUSE},
    {WSAEADDRNOTAVAIL, EADDRNOTAVAIL},
    {WSAENETDOWN, ENETDOWN},
    {WSAENETUNREACH, ENETUNREACH},
    {WSAENETRESET, ENETRESET},
    {WSAECONNABORTED, ECONNABORTED},
    {WSAECONNRESET, ECONNRESET},
    {WSAECONNRESET, EPIPE},
    {WSAENOBUFS, ENOBUFS},
    {WSAENOBUFS, ENOMEM},
    {WSAEISCONN, EISCONN},
    {WSAENOTCONN, ENOTCONN},
    {WSAETIMEDOUT, ETIMEDOUT},
    {WSAECONNREFUSED, ECONNREFUSED},
    {WSAELOOP, ELOOP},
    {WSAENAMETOOLONG, ENAMETOOLONG},
    {WSAEHOSTUNREACH, EHOSTUNREACH},
};

#define N_ERRORS (sizeof errors / sizeof *errors)

/* A code without namesake that the program has set; errno is then 0. */
static _Thread_local int own_code;

int WINAPI WSAGetLastError(void)
{
    size_t i;

    if (errno == 0)
        return own_code;
    for (i = 0; i < N_ERRORS; i++) {
        if (errors[i].host_code == errno)
            return errors[i].code;
    }
    return WSAEINVAL;
}

void WINAPI WSASetLastError(int code)
{
    size_t i;

    own_code = code;
    errno = 0;
    for (i = 0; i < N_ERRORS; i++) {
        if (errors[i].code == code) {
            errno = errors[i].host_code;
            return;
        }
    }
}

int WINAPI WSAStartup(WORD version, LPWSADATA ret_data)
{
    if (ret_data == NULL)
        return WSAEFAULT;
    if (LOBYTE(version) == 0)
        return WSAVERNOTSUPPORTED;
    memset(ret_data, 0, sizeof *ret_data);
    ret_data->wVersion = LOBYTE(version) < 2 ? version : WINSOCK_VERSION;
    ret_data->wHighVersion = WINSOCK_VERSION;
    strcpy(ret_data->szDescription, "WinSock 2.0");
    strcpy(ret_data->szSystemStatus, "Running");
    return 0;
}

int WINAPI WSACleanup(void)
{
    return 0;
}

int WINAPI closesocket(SOCKET s)
{
    return close(s);
}

static int set_blocking(SOCKET s, int blocks)
{
    int flags = fcntl(s, F_GETFL);

    if (flags < 0)
        return SOCKET_ERROR;
    flags = blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    return fcntl(s, F_SETFL, flags) < 0 ? SOCKET_ERROR : 0;
}

static int count_bytes(SOCKET s, unsigned long *ret_count)
{
    int count = 0;

    if (ioctl(s, FIONREAD, &count) != 0)
        return SOCKET_ERROR;
    *ret_count = (unsigned long)count;
    return 0;
}

int WINAPI ioctlsocket(SOCKET s, long command, unsigned long *argument)
{
    unsigned which = (unsigned)command;

    if (argument == NULL) {
        errno = EFAULT;
        return SOCKET_ERROR;
    }
    if (which == THEIR_FIONBIO || which == (unsigned)FIONBIO)
        return set_blocking(s, *argument == 0);
    if (which == THEIR_FIONREAD || which == (unsigned)FIONREAD)
        return count_bytes(s, argument);
    errno = EINVAL;
    return SOCKET_ERROR;
}
