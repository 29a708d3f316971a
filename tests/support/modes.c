/*
 * modes.c - see modes.h.
 */
#include "support/modes.h"

#include <check.h>
#include <event2/event.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "winsnmp_posix.h"

static struct event_base *host;
static struct event *leave;
static int leave_pipe[2];
static pthread_t turner;
static bool is_turning;

static void on_leave(evutil_socket_t fd, short what, void *arg)
{
    char octet;

    (void)what;
    (void)arg;
    if (read(fd, &octet, 1) == 1)
        (void)event_base_loopbreak(host);
}

static void make_host(void)
{
    struct event_config *config = event_config_new();

    ck_assert_ptr_nonnull(config);
    ck_assert_int_eq(
        event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER), 0);
    host = event_base_new_with_config(config);
    event_config_free(config);
    ck_assert_ptr_nonnull(host);
    ck_assert_int_eq(pipe(leave_pipe), 0);
    leave =
        event_new(host, leave_pipe[0], EV_READ | EV_PERSIST, on_leave, NULL);
    ck_assert_ptr_nonnull(leave);
    ck_assert_int_eq(event_add(leave, NULL), 0);
}

static void free_host(void)
{
    event_free(leave);
    event_base_free(host);
    (void)close(leave_pipe[0]);
    (void)close(leave_pipe[1]);
    host = NULL;
}

void modes_begin(int mode)
{
    setenv("WINSNMP_CONF", "/dev/null", 1);
    ck_assert_uint_eq(SnmpStartup(NULL, NULL, NULL, NULL, NULL),
                      SNMPAPI_SUCCESS);
    if (mode != MODE_HOST)
        return;
    make_host();
    ck_assert_uint_eq(SnmpPosixSetEventBase(host), SNMPAPI_SUCCESS);
}

static void *turn(void *arg)
{
    (void)event_base_dispatch(host);
    return arg;
}

void modes_run(void)
{
    if (host == NULL || is_turning)
        return;
    ck_assert_int_eq(pthread_create(&turner, NULL, turn, NULL), 0);
    is_turning = true;
}

void modes_pause(void)
{
    if (!is_turning)
        return;
    ck_assert_int_eq(write(leave_pipe[1], "", 1), 1);
    ck_assert_int_eq(pthread_join(turner, NULL), 0);
    is_turning = false;
}

void modes_end(void)
{
    modes_pause();
    while (SnmpCleanup() == SNMPAPI_SUCCESS)
        continue;
    if (host != NULL)
        free_host();
}
