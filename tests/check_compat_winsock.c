/*
 * check_compat_winsock.c - sockets as programs from Windows use them.
 */
/* gethostbyname, which programs still call but POSIX has dropped. */
#define _DEFAULT_SOURCE 1

#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#include <errno.h>

#include "support/suite.h"

#define N_OF(table) ((int)(sizeof(table) / sizeof *(table)))

/* Those of Windows, and then those of the host. */
static const unsigned long their_commands[] = {FIONBIO, FIONREAD};
#undef FIONBIO
#undef FIONREAD
#include <sys/ioctl.h>
static const unsigned long host_commands[] = {FIONBIO, FIONREAD};

static const struct {
    WORD asked;
    int result;
    WORD version;
} versions[] = {
    {MAKEWORD(2, 2), 0, 0x0202},
    {MAKEWORD(1, 1), 0, 0x0101},
    {MAKEWORD(2, 0), 0, 0x0202},
    {MAKEWORD(9, 9), 0, 0x0202},
    {MAKEWORD(0, 5), WSAVERNOTSUPPORTED, 0},
};

START_TEST(startup)
{
    WSADATA data;

    memset(&data, 0xEE, sizeof data);
    ck_assert_int_eq(WSAStartup(versions[_i].asked, &data),
                     versions[_i].result);
    if (versions[_i].result != 0)
        return;
    ck_assert_uint_eq(data.wVersion, versions[_i].version);
    ck_assert_uint_eq(data.wHighVersion, 0x0202);
    ck_assert_int_eq(WSACleanup(), 0);
}
END_TEST

START_TEST(startup_needs_room)
{
    ck_assert_int_eq(WSAStartup(MAKEWORD(2, 2), NULL), WSAEFAULT);
}
END_TEST

/* ---- Sockets --------------------------------------------------------- */

static SOCKET open_socket(SOCKADDR_IN *ret_address)
{
    SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
    socklen_t length = sizeof *ret_address;

    memset(ret_address, 0, sizeof *ret_address);
    ret_address->sin_family = AF_INET;
    ret_address->sin_addr.s_addr = inet_addr("127.0.0.1");
    ck_assert_int_ne(s, INVALID_SOCKET);
    ck_assert_int_ne(bind(s, (SOCKADDR *)ret_address, sizeof *ret_address),
                     SOCKET_ERROR);
    ck_assert_int_eq(getsockname(s, (SOCKADDR *)ret_address, &length), 0);
    ck_assert_str_eq(inet_ntoa(ret_address->sin_addr), "127.0.0.1");
    return s;
}

START_TEST(a_datagram)
{
    SOCKADDR_IN address;
    SOCKET s = open_socket(&address);
    unsigned long nonblocking = 1;
    unsigned long waiting = 0;
    TIMEVAL limit = {20, 0};
    char text[8];
    fd_set readers;

    ck_assert_int_eq(ioctlsocket(s, (long)their_commands[0], &nonblocking), 0);
    ck_assert_int_eq((int)recv(s, text, sizeof text, 0), SOCKET_ERROR);
    ck_assert_int_eq(WSAGetLastError(), WSAEWOULDBLOCK);
    ck_assert_int_eq(
        (int)sendto(s, "hello", 5, 0, (SOCKADDR *)&address, sizeof address), 5);
    FD_ZERO(&readers);
    FD_SET(s, &readers);
    ck_assert_int_eq(select(s + 1, &readers, NULL, NULL, &limit), 1);
    ck_assert_int_eq(ioctlsocket(s, (long)their_commands[1], &waiting), 0);
    ck_assert_uint_eq(waiting, 5);
    ck_assert_int_eq((int)recv(s, text, sizeof text, 0), 5);
    ck_assert_int_eq(closesocket(s), 0);
    ck_assert_int_eq(closesocket(s), SOCKET_ERROR);
    ck_assert_int_eq(WSAGetLastError(), WSAEBADF);
}
END_TEST

/* With the commands of the host's own header as well. */
START_TEST(host_controls)
{
    SOCKADDR_IN address;
    SOCKET s = open_socket(&address);
    unsigned long argument = 1;

    ck_assert_int_eq(ioctlsocket(s, (long)host_commands[0], &argument), 0);
    ck_assert_int_eq((int)recv(s, &argument, 1, 0), SOCKET_ERROR);
    ck_assert_int_eq(WSAGetLastError(), WSAEWOULDBLOCK);
    ck_assert_int_eq(ioctlsocket(s, (long)host_commands[1], &argument), 0);
    ck_assert_uint_eq(argument, 0);
    ck_assert_int_eq(closesocket(s), 0);
}
END_TEST

START_TEST(wrong_controls)
{
    SOCKADDR_IN address;
    SOCKET s = open_socket(&address);
    unsigned long argument = 0;

    ck_assert_int_eq(ioctlsocket(s, 12345, &argument), SOCKET_ERROR);
    ck_assert_int_eq(WSAGetLastError(), WSAEINVAL);
    ck_assert_int_eq(ioctlsocket(s, FIONBIO, NULL), SOCKET_ERROR);
    ck_assert_int_eq(WSAGetLastError(), WSAEFAULT);
    ck_assert_int_eq(ioctlsocket(-1, FIONBIO, &argument), SOCKET_ERROR);
    ck_assert_int_eq(ioctlsocket(-1, FIONREAD, &argument), SOCKET_ERROR);
    ck_assert_int_eq(WSAGetLastError(), WSAEBADF);
    ck_assert_int_eq(closesocket(s), 0);
}
END_TEST

/* ---- Errors ---------------------------------------------------------- */

static const struct {
    int host_code;
    int code;
} errors[] = {
    {0, 0},
    {EINTR, WSAEINTR},
    {EAGAIN, WSAEWOULDBLOCK},
    {EINPROGRESS, WSAEWOULDBLOCK},
    {EADDRINUSE, WSAEADDRINUSE},
    {ECONNREFUSED, WSAECONNREFUSED},
    {EMSGSIZE, WSAEMSGSIZE},
    {ENOTSOCK, WSAENOTSOCK},
    {EHOSTUNREACH, WSAEHOSTUNREACH},
    {EDOM, WSAEINVAL},
};

START_TEST(reasons_of_the_host)
{
    WSASetLastError(0);
    errno = errors[_i].host_code;
    ck_assert_int_eq(WSAGetLastError(), errors[_i].code);
}
END_TEST

static const int set_codes[] = {
    0,           WSAEINTR,     WSAEWOULDBLOCK,    WSAEINPROGRESS, WSAENOTSOCK,
    WSAEMSGSIZE, WSAETIMEDOUT, WSANOTINITIALISED, 12345,
};

START_TEST(what_is_set_is_got)
{
    WSASetLastError(set_codes[_i]);
    ck_assert_int_eq(WSAGetLastError(), set_codes[_i]);
}
END_TEST

/* ---- Names and numbers ----------------------------------------------- */

START_TEST(names)
{
    LPHOSTENT host = gethostbyname("127.0.0.1");
    struct addrinfo hints = {.ai_family = AF_INET6, .ai_flags = AI_NUMERICHOST};
    struct addrinfo *found = NULL;
    char text[64] = "";
    IN_ADDR address;

    ck_assert_ptr_nonnull(host);
    memcpy(&address, host->h_addr_list[0], sizeof address);
    ck_assert_uint_eq(ntohl(address.s_addr), 0x7F000001);
    ck_assert_int_eq(getaddrinfo("::1", "161", &hints, &found), 0);
    ck_assert_int_eq(getnameinfo(found->ai_addr, found->ai_addrlen, text,
                                 sizeof text, NULL, 0, NI_NUMERICHOST),
                     0);
    ck_assert_str_eq(text, "::1");
    freeaddrinfo(found);
    ck_assert_uint_eq(inet_addr("nonsense"), INADDR_NONE);
    ck_assert_uint_eq(ntohs(htons(161)), 161);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *sockets = tcase_create("sockets");

    tcase_add_loop_test(sockets, startup, 0, N_OF(versions));
    tcase_add_test(sockets, startup_needs_room);
    tcase_add_test(sockets, a_datagram);
    tcase_add_test(sockets, host_controls);
    tcase_add_test(sockets, wrong_controls);
    tcase_add_loop_test(sockets, reasons_of_the_host, 0, N_OF(errors));
    tcase_add_loop_test(sockets, what_is_set_is_got, 0, N_OF(set_codes));
    tcase_add_test(sockets, names);
    suite_add_tcase(suite, sockets);
}

SUITE_MAIN("compat/winsock", fill)
