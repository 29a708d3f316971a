/*
 * winsock2.h - the host's sockets under the names that programs know.
 *
 * A SOCKET is a descriptor; socket, bind, send and select are the host's own
 * functions.  Two things differ from Windows: select wants its first
 * argument, and a failed call leaves its reason in errno, from which
 * WSAGetLastError takes it.
 */
#ifndef WINSNMP_WINSOCK2_H
#define WINSNMP_WINSOCK2_H

#include <sys/types.h>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "winbase.h"
#include "windef.h"

#define WINSOCK_VERSION MAKEWORD(2, 2)

typedef int SOCKET;
#define INVALID_SOCKET ((SOCKET)-1)
#define SOCKET_ERROR (-1)

#ifndef INADDR_NONE
#define INADDR_NONE ((in_addr_t)0xffffffff)
#endif

typedef struct sockaddr SOCKADDR, *PSOCKADDR, *LPSOCKADDR;
typedef struct sockaddr_in SOCKADDR_IN, *PSOCKADDR_IN, *LPSOCKADDR_IN;
typedef struct sockaddr_storage SOCKADDR_STORAGE, *PSOCKADDR_STORAGE;
typedef struct in_addr IN_ADDR, *PIN_ADDR, *LPIN_ADDR;
typedef struct hostent HOSTENT, *PHOSTENT, *LPHOSTENT;
typedef struct servent SERVENT, *PSERVENT, *LPSERVENT;
typedef struct timeval TIMEVAL, *PTIMEVAL, *LPTIMEVAL;
typedef fd_set FD_SET, *PFD_SET, *LPFD_SET;

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Start-up: nothing needs it -------------------------------------- */

#define WSADESCRIPTION_LEN 256
#define WSASYS_STATUS_LEN 128

typedef struct WSAData {
    WORD wVersion;
    WORD wHighVersion;
    char szDescription[WSADESCRIPTION_LEN + 1];
    char szSystemStatus[WSASYS_STATUS_LEN + 1];
    unsigned short iMaxSockets;
    unsigned short iMaxUdpDg;
    char *lpVendorInfo;
} WSADATA, *LPWSADATA;

int WINAPI WSAStartup(WORD version, LPWSADATA ret_data) WC_SYMBOL(WSAStartup);
int WINAPI WSACleanup(void) WC_SYMBOL(WSACleanup);

/* ---- What the host calls otherwise ----------------------------------- */

int WINAPI closesocket(SOCKET s) WC_SYMBOL(closesocket);
/*
 * The commands are those of Windows, or the host's if its header came first;
 * the argument is the host's unsigned long.
 */
#ifndef FIONBIO
#define FIONBIO 0x8004667E
#endif
#ifndef FIONREAD
#define FIONREAD 0x4004667F
#endif
int WINAPI ioctlsocket(SOCKET s, long command, unsigned long *argument)
    WC_SYMBOL(ioctlsocket);

#define SD_RECEIVE 0
#define SD_SEND 1
#define SD_BOTH 2

/* ---- Errors ---------------------------------------------------------- */

#define WSAEINTR 10004
#define WSAEBADF 10009
#define WSAEACCES 10013
#define WSAEFAULT 10014
#define WSAEINVAL 10022
#define WSAEMFILE 10024
#define WSAEWOULDBLOCK 10035
#define WSAEINPROGRESS 10036
#define WSAEALREADY 10037
#define WSAENOTSOCK 10038
#define WSAEDESTADDRREQ 10039
#define WSAEMSGSIZE 10040
#define WSAEPROTOTYPE 10041
#define WSAENOPROTOOPT 10042
#define WSAEPROTONOSUPPORT 10043
#define WSAEOPNOTSUPP 10045
#define WSAEAFNOSUPPORT 10047
#define WSAEADDRINUSE 10048
#define WSAEADDRNOTAVAIL 10049
#define WSAENETDOWN 10050
#define WSAENETUNREACH 10051
#define WSAENETRESET 10052
#define WSAECONNABORTED 10053
#define WSAECONNRESET 10054
#define WSAENOBUFS 10055
#define WSAEISCONN 10056
#define WSAENOTCONN 10057
#define WSAETIMEDOUT 10060
#define WSAECONNREFUSED 10061
#define WSAELOOP 10062
#define WSAENAMETOOLONG 10063
#define WSAEHOSTUNREACH 10065
#define WSASYSNOTREADY 10091
#define WSAVERNOTSUPPORTED 10092
#define WSANOTINITIALISED 10093
#define WSAHOST_NOT_FOUND 11001
#define WSATRY_AGAIN 11002
#define WSANO_RECOVERY 11003
#define WSANO_DATA 11004

int WINAPI WSAGetLastError(void) WC_SYMBOL(WSAGetLastError);
void WINAPI WSASetLastError(int code) WC_SYMBOL(WSASetLastError);

#ifdef __cplusplus
}

/*
 * Programs keep the length of an address, or of an option, in an int.  These
 * are chosen for an int only: with the host's type, or with NULL, the host's
 * function itself is.
 */
template <class T, class R> struct winsnmp_if_int {
};
template <class R> struct winsnmp_if_int<int, R> {
    typedef R type;
};

template <class T>
inline typename winsnmp_if_int<T, int>::type
accept(SOCKET s, struct sockaddr *ret_address, T *length)
{
    socklen_t host_length = (socklen_t)*length;
    int result = accept(s, ret_address, &host_length);

    *length = (int)host_length;
    return result;
}

template <class T>
inline typename winsnmp_if_int<T, int>::type
getsockname(SOCKET s, struct sockaddr *ret_address, T *length)
{
    socklen_t host_length = (socklen_t)*length;
    int result = getsockname(s, ret_address, &host_length);

    *length = (int)host_length;
    return result;
}

template <class T>
inline typename winsnmp_if_int<T, int>::type
getpeername(SOCKET s, struct sockaddr *ret_address, T *length)
{
    socklen_t host_length = (socklen_t)*length;
    int result = getpeername(s, ret_address, &host_length);

    *length = (int)host_length;
    return result;
}

template <class T>
inline typename winsnmp_if_int<T, int>::type
getsockopt(SOCKET s, int level, int name, void *ret_value, T *length)
{
    socklen_t host_length = (socklen_t)*length;
    int result = getsockopt(s, level, name, ret_value, &host_length);

    *length = (int)host_length;
    return result;
}

template <class T>
inline typename winsnmp_if_int<T, int>::type
recvfrom(SOCKET s, void *ret_bytes, size_t room, int flags,
         struct sockaddr *ret_address, T *length)
{
    socklen_t host_length = (socklen_t)*length;
    int result =
        (int)recvfrom(s, ret_bytes, room, flags, ret_address, &host_length);

    *length = (int)host_length;
    return result;
}
#endif

#endif
