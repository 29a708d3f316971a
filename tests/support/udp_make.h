/*
 * udp_make.h - sockets for the suites about UDP: opening, waiting with a
 * limit, and making system calls fail.
 */
#ifndef WSN_TESTS_SUPPORT_UDP_MAKE_H
#define WSN_TESTS_SUPPORT_UDP_MAKE_H

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "net/udp.h"
#include "support/suite.h"

#define N(table) ((int)(sizeof(table) / sizeof(table)[0]))
#define PATIENCE_MS 20000

static struct wsn_udp_batch *batch;

static inline struct wsn_addr address(const char *text, uint16_t port)
{
    struct wsn_addr addr;

    ck_assert_msg(wsn_addr_parse(text, &addr), "%s", text);
    addr.port = port;
    return addr;
}

static inline wsn_err try_open(enum wsn_udp_use use, const char *text,
                               uint16_t port, struct wsn_udp *ret_udp)
{
    struct wsn_addr bind_to = address(text, port);

    return wsn_udp_open(use, &bind_to, ret_udp);
}

static inline void open_udp(enum wsn_udp_use use, const char *text,
                            struct wsn_udp *ret_udp)
{
    ck_assert_uint_eq(try_open(use, text, 0, ret_udp), WSN_OK);
}

/* Machines without IPv6 exist; a test of it has nothing to say there. */
static inline bool has_ipv6(void)
{
    struct wsn_udp udp;

    if (try_open(WSN_UDP_MANAGER, "::1", 0, &udp) != WSN_OK)
        return false;
    wsn_udp_close(&udp);
    return true;
}

static inline void wait_readable(const struct wsn_udp *udp)
{
    struct pollfd item = {udp->fd, POLLIN, 0};

    ck_assert_int_eq(poll(&item, 1, PATIENCE_MS), 1);
}

/* Waits for datagrams; errors of others may make the socket readable, too. */
static inline int receive(struct wsn_udp *udp)
{
    int n;

    do {
        wait_readable(udp);
        n = wsn_udp_recv(udp, batch);
        ck_assert_int_ge(n, 0);
    } while (n == 0);
    return n;
}

static inline const struct wsn_datagram *receive_one(struct wsn_udp *udp)
{
    ck_assert_int_eq(receive(udp), 1);
    return wsn_udp_batch_at(batch, 0);
}

static inline void send_text(struct wsn_udp *udp, const struct wsn_addr *to,
                             const char *text)
{
    ck_assert_uint_eq(wsn_udp_send(udp, to, NULL, text, strlen(text)), WSN_OK);
}

static inline void assert_text(const struct wsn_datagram *datagram,
                               const char *text)
{
    ck_assert_uint_eq(datagram->len, strlen(text));
    ck_assert_mem_eq(datagram->bytes, text, strlen(text));
    ck_assert(!datagram->truncated);
}

static inline int lowest_free_fd(void)
{
    int fd = dup(STDOUT_FILENO);

    ck_assert_int_ge(fd, 0);
    close(fd);
    return fd;
}

/* ---- faults ----------------------------------------------------------- */

static enum wsn_udp_call faulty_call;
static int fault;
static int faults_left;

static inline int fail_maybe(void *arg, enum wsn_udp_call call)
{
    (void)arg;
    if (call != faulty_call || faults_left == 0)
        return 0;
    faults_left--;
    return fault;
}

static const struct wsn_udp_faults faults = {fail_maybe, NULL};

static inline void inject(enum wsn_udp_call call, int error, int times)
{
    faulty_call = call;
    fault = error;
    faults_left = times;
    wsn_udp_set_faults(&faults);
}

#define FOR_EVER 1000000

static inline void set_up(void)
{
    batch = wsn_udp_batch_new();
    ck_assert_ptr_nonnull(batch);
}

static inline void tear_down(void)
{
    wsn_udp_set_faults(NULL);
    wsn_udp_batch_free(batch);
}

/* Receives one by one in every second run, as where recvmmsg() is missing. */
static inline void choose_receiver(int i)
{
    if (i % 2 == 1)
        inject(WSN_UDP_CALL_RECVMMSG, ENOSYS, 1);
}

static inline TCase *new_tcase(const char *name)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    return tcase;
}

#endif
