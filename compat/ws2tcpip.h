/*
 * ws2tcpip.h - names to addresses and back, by the host's own functions.
 */
#ifndef WINSNMP_WS2TCPIP_H
#define WINSNMP_WS2TCPIP_H

#include "winsock2.h"

typedef struct sockaddr_in6 SOCKADDR_IN6, *PSOCKADDR_IN6, *LPSOCKADDR_IN6;
typedef struct in6_addr IN6_ADDR, *PIN6_ADDR, *LPIN6_ADDR;
typedef struct addrinfo ADDRINFO, ADDRINFOA, *PADDRINFOA, *LPADDRINFO;

#ifndef gai_strerrorA
#define gai_strerrorA gai_strerror
#endif

#endif
