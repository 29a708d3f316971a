/*
 * free_port.h - a port to listen on that nobody has.
 *
 * It is not held, so somebody else may take it before the test does.  The
 * ports that the system hands out by itself begin at 32768 (Linux) or 49152
 * (RFC 6335, 6); below them only who asks for that very number gets it.
 */
#ifndef WSN_TESTS_SUPPORT_FREE_PORT_H
#define WSN_TESTS_SUPPORT_FREE_PORT_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "support/suite.h"

#define FREE_PORT_FIRST 12000u
#define FREE_PORT_COUNT 20000u
#define FREE_PORT_TRIES 1000

static inline bool port_can_be_had(const char *address, uint16_t port)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons(port)};
    bool is_v4 = inet_pton(AF_INET, address, &v4.sin_addr) == 1;
    int fd = socket(is_v4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0);
    bool can;

    ck_assert(is_v4 || inet_pton(AF_INET6, address, &v6.sin6_addr) == 1);
    ck_assert_int_ge(fd, 0);
    can = is_v4 ? bind(fd, (const struct sockaddr *)&v4, sizeof v4) == 0
                : bind(fd, (const struct sockaddr *)&v6, sizeof v6) == 0;
    (void)close(fd);
    return can;
}

/* Of a literal address of this host. */
static inline uint16_t free_port(const char *address)
{
    struct timespec now;
    uint32_t number;
    uint16_t port = 0;

    /* Tests that run at the same time try others. */
    clock_gettime(CLOCK_MONOTONIC, &now);
    number = (uint32_t)getpid() * 7919u + (uint32_t)now.tv_nsec;
    for (int tries = 0; tries < FREE_PORT_TRIES; tries++, number += 104729u) {
        port = (uint16_t)(FREE_PORT_FIRST + number % FREE_PORT_COUNT);
        if (port_can_be_had(address, port))
            return port;
    }
    ck_abort_msg("no free port at %s", address);
    return port;
}

#endif
