/*
 * request_id.c - see request_id.h.
 */
#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include "core/request_id.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>
#ifdef HAVE_GETRANDOM
#include <sys/random.h>
#endif

#include "base/clock.h"

#define LARGEST_ID UINT32_C(0x7fffffff)

static _Atomic uint32_t last_id; /* 0: none was given yet */

static bool read_random_device(uint32_t *ret_number)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    uint32_t number;
    ssize_t n;

    if (fd < 0)
        return false;
    n = read(fd, &number, sizeof number);
    (void)close(fd);
    if (n != (ssize_t)sizeof number)
        return false;
    *ret_number = number;
    return true;
}

/* A start that an outsider cannot guess: a forged response must name the id
 * of the request. */
static uint32_t random_start(void)
{
    uint32_t number;

#ifdef HAVE_GETRANDOM
    if (getrandom(&number, sizeof number, 0) == (ssize_t)sizeof number)
        return number;
#endif
    if (read_random_device(&number))
        return number;
    return (uint32_t)wsn_clock_ms() * UINT32_C(2654435761) ^
           (uint32_t)getpid() << 16;
}

int32_t wsn_request_id_next(void)
{
    uint32_t before = atomic_load(&last_id);
    uint32_t next;

    do {
        uint32_t base = before != 0 ? before : random_start();

        next = base % LARGEST_ID + 1;
    } while (!atomic_compare_exchange_weak(&last_id, &before, next));
    return (int32_t)next;
}
