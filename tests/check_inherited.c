/*
 * check_inherited.c - a trap receiver whose sockets were bound by whoever
 * started it, as a service manager does.
 *
 * Each case runs the receiver in a child with the descriptors and variables
 * that sd_listen_fds(3) describes; the child's exit code says how far it got.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/suite.h"
#include "winsnmp.h"
#include "winsnmp_posix.h"

#define FIRST_FD 3
#define WAIT_MS 10000

enum outcome {
    RECEIVED,
    NOT_STARTED,
    NOT_REGISTERED,
    OTHER_PORT,
    NOT_RECEIVED,
    NOT_PREPARED
};

static int told[2]; /* a byte for each notification */

static SNMPAPI_STATUS CALLBACK on_event(HSNMP_SESSION session, HWND window,
                                        UINT message, WPARAM w, LPARAM l,
                                        LPVOID data)
{
    (void)session;
    (void)window;
    (void)message;
    (void)w;
    (void)l;
    (void)data;
    return write(told[1], "", 1) == 1 ? SNMPAPI_SUCCESS : SNMPAPI_FAILURE;
}

/* A v2c coldStart trap with sysUpTime.0 and snmpTrapOID.0. */
static const unsigned char trap[] = {
    0x30, 0x40, 0x02, 0x01, 0x01, 0x04, 0x06, 'p',  'u',  'b',  'l',
    'i',  'c',  0xa7, 0x33, 0x02, 0x01, 0x63, 0x02, 0x01, 0x00, 0x02,
    0x01, 0x00, 0x30, 0x28, 0x30, 0x0d, 0x06, 0x08, 0x2b, 0x06, 0x01,
    0x02, 0x01, 0x01, 0x03, 0x00, 0x43, 0x01, 0x64, 0x30, 0x17, 0x06,
    0x0a, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x04, 0x01, 0x00,
    0x06, 0x09, 0x2b, 0x06, 0x01, 0x06, 0x03, 0x01, 0x01, 0x05, 0x01};

/* A UDP socket on a free port of 127.0.0.1, or a stream socket. */
static int make_socket(int type, UINT *ret_port)
{
    struct sockaddr_in name = {.sin_family = AF_INET};
    socklen_t len = sizeof name;
    int fd = socket(AF_INET, type, 0);

    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || bind(fd, (struct sockaddr *)&name, sizeof name) != 0 ||
        getsockname(fd, (struct sockaddr *)&name, &len) != 0)
        _exit(NOT_PREPARED);
    *ret_port = ntohs(name.sin_port);
    return fd;
}

static void send_trap_to(UINT port)
{
    struct sockaddr_in to = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons((uint16_t)port);
    if (sendto(fd, trap, sizeof trap, 0, (struct sockaddr *)&to, sizeof to) !=
        (ssize_t)sizeof trap)
        _exit(NOT_PREPARED);
    close(fd);
}

static enum outcome receive_one(UINT port)
{
    HSNMP_SESSION session = SnmpCreateSession(NULL, 0, on_event, NULL);
    struct pollfd ready = {.fd = told[0], .events = POLLIN};
    UINT bound = 0;

    if (!SnmpRegister(session, NULL, NULL, NULL, NULL, SNMPAPI_ON))
        return NOT_REGISTERED;
    if (!SnmpPosixGetTrapPort(&bound) || (port != 0 && bound != port))
        return OTHER_PORT;
    send_trap_to(bound);
    return poll(&ready, 1, WAIT_MS) == 1 ? RECEIVED : NOT_RECEIVED;
}

/* Registers, receives, ends the registration, and does it all again: the
 * inherited socket must still be there. */
static enum outcome receive_twice(UINT port)
{
    enum outcome outcome;
    char byte;

    if (!SnmpStartup(NULL, NULL, NULL, NULL, NULL))
        return NOT_STARTED;
    outcome = receive_one(port);
    SnmpCleanup();
    if (outcome != RECEIVED || read(told[0], &byte, 1) != 1)
        return outcome;
    if (!SnmpStartup(NULL, NULL, NULL, NULL, NULL))
        return NOT_STARTED;
    outcome = receive_one(port);
    SnmpCleanup();
    return outcome;
}

static void set_number(const char *name, long value)
{
    char text[32];

    snprintf(text, sizeof text, "%ld", value);
    setenv(name, text, 1);
}

/* Moves the descriptors to where the convention has them. */
static void pass(const int *fds, int n, pid_t for_whom)
{
    int parked[2];

    for (int i = 0; i < n; i++)
        parked[i] = fcntl(fds[i], F_DUPFD, 64);
    for (int i = 0; i < n; i++)
        if (dup2(parked[i], FIRST_FD + i) < 0)
            _exit(NOT_PREPARED);
    set_number("LISTEN_FDS", n);
    set_number("LISTEN_PID", for_whom);
}

static void prepare(void)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
    setenv("WINSNMP_TRAP_PORT", "0", 1);
    if (pipe(told) != 0 || (told[0] = fcntl(told[0], F_DUPFD, 100)) < 0 ||
        (told[1] = fcntl(told[1], F_DUPFD, 100)) < 0)
        _exit(NOT_PREPARED);
}

/* Runs body in a child and returns what it came to. */
static int in_child(enum outcome (*body)(void))
{
    pid_t child = fork();
    int status = 0;

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        prepare();
        _exit((int)body());
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static enum outcome one_socket(void)
{
    UINT port;
    int fd = make_socket(SOCK_DGRAM, &port);

    pass(&fd, 1, getpid());
    return receive_twice(port);
}

START_TEST(notifications_arrive_at_an_inherited_socket)
{
    ck_assert_int_eq(in_child(one_socket), RECEIVED);
}
END_TEST

static enum outcome stream_socket_first(void)
{
    UINT port;
    int fds[2];

    fds[0] = make_socket(SOCK_STREAM, &port);
    fds[1] = make_socket(SOCK_DGRAM, &port);
    pass(fds, 2, getpid());
    return receive_twice(port);
}

START_TEST(sockets_of_other_kinds_are_passed_over)
{
    ck_assert_int_eq(in_child(stream_socket_first), RECEIVED);
}
END_TEST

static enum outcome for_somebody_else(void)
{
    UINT port;
    int fd = make_socket(SOCK_DGRAM, &port);
    enum outcome outcome;

    pass(&fd, 1, getppid());
    outcome = receive_twice(port);
    if (outcome == RECEIVED)
        return OTHER_PORT; /* it took what was not for it */
    return outcome == OTHER_PORT ? RECEIVED : outcome;
}

START_TEST(sockets_for_another_process_are_left_alone)
{
    ck_assert_int_eq(in_child(for_somebody_else), RECEIVED);
}
END_TEST

static enum outcome odd_variables(void)
{
    static const char *const odd[] = {"", "-1", "x", "99999999999999999999",
                                      "1000000"};

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        enum outcome outcome;
        char byte;

        set_number("LISTEN_PID", getpid());
        setenv("LISTEN_FDS", odd[i], 1);
        outcome = receive_twice(0);
        if (outcome != RECEIVED || read(told[0], &byte, 1) != 1)
            return outcome;
    }
    return RECEIVED;
}

START_TEST(odd_variables_do_no_harm)
{
    ck_assert_int_eq(in_child(odd_variables), RECEIVED);
}
END_TEST

static void fill(Suite *suite)
{
    TCase *tcase = tcase_create("inherited sockets");

    suite_add_tcase(suite, tcase);
    tcase_add_test(tcase, notifications_arrive_at_an_inherited_socket);
    tcase_add_test(tcase, sockets_of_other_kinds_are_passed_over);
    tcase_add_test(tcase, sockets_for_another_process_are_left_alone);
    tcase_add_test(tcase, odd_variables_do_no_harm);
}

SUITE_MAIN("core/trap_port", fill)
