/*
 * bell.c - see bell.h.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "bell.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#ifdef HAVE_EVENTFD
#include <sys/eventfd.h>
#endif

#include "dispatcher.h"

#include "base/clock.h"

/* How often a thread looks for itself when it could not get a descriptor. */
#define BLIND_DOZE_MS 5

void wc_bell_init(struct wc_bell *bell)
{
    bell->read_fd = -1;
    bell->write_fd = -1;
    bell->rung = false;
    bell->diverted = NULL;
    bell->diverted_arg = NULL;
    atomic_init(&bell->was_rung, false);
}

void wc_bell_fini(struct wc_bell *bell)
{
    if (bell->write_fd != bell->read_fd)
        (void)close(bell->write_fd);
    if (bell->read_fd >= 0)
        (void)close(bell->read_fd);
    wc_bell_init(bell);
}

#ifdef HAVE_EVENTFD

bool wc_bell_open(struct wc_bell *bell)
{
    if (bell->read_fd < 0)
        bell->read_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    bell->write_fd = bell->read_fd;
    return bell->read_fd >= 0;
}

#else

static void prepare(int fd)
{
    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    (void)fcntl(fd, F_SETFL, O_NONBLOCK);
}

bool wc_bell_open(struct wc_bell *bell)
{
    int ends[2];

    if (bell->read_fd >= 0)
        return true;
    if (pipe(ends) != 0)
        return false;
    prepare(ends[0]);
    prepare(ends[1]);
    bell->read_fd = ends[0];
    bell->write_fd = ends[1];
    return true;
}

#endif

/*
 * The system calls below are cancellation points.  A thread that went there
 * would leave the lock taken, or objects pointing to its dead stack.
 */
static int shield(void)
{
    int old_state;

    (void)pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old_state);
    return old_state;
}

static void unshield(int old_state)
{
    (void)pthread_setcancelstate(old_state, &old_state);
}

/* ---- While the owner does something else ---------------------------- */

/* The calling thread's own bell, while it is diverted. */
static _Thread_local const struct wc_bell *own_diverted;

void wc_bell_divert(struct wc_bell *bell, void (*fn)(void *arg), void *arg)
{
    bell->diverted = fn;
    bell->diverted_arg = arg;
    atomic_store(&bell->was_rung, false);
    own_diverted = bell;
}

bool wc_bell_restore(struct wc_bell *bell)
{
    bell->diverted = NULL;
    own_diverted = NULL;
    return atomic_load(&bell->was_rung);
}

static void ring_diverted(struct wc_bell *bell)
{
    if (!atomic_exchange(&bell->was_rung, true) && bell != own_diverted)
        bell->diverted(bell->diverted_arg);
}

/* ---- Ringing -------------------------------------------------------- */

void wc_bell_ring(struct wc_bell *bell)
{
    /* Eight bytes, because an eventfd takes no less; a pipe does not mind. */
    static const uint64_t one = 1;
    int old_state;

    if (bell->diverted != NULL) {
        ring_diverted(bell);
        return;
    }
    if (bell->rung || bell->write_fd < 0)
        return;
    old_state = shield();
    bell->rung = write(bell->write_fd, &one, sizeof one) > 0;
    unshield(old_state);
}

void wc_bell_silence(struct wc_bell *bell)
{
    uint64_t ignored;
    int old_state;

    if (!bell->rung)
        return;
    old_state = shield();
    bell->rung = read(bell->read_fd, &ignored, sizeof ignored) <= 0;
    unshield(old_state);
}

static int timeout_until(uint64_t deadline_ms)
{
    uint64_t now_ms;

    if (deadline_ms == WC_FOREVER)
        return -1;
    now_ms = wsn_clock_ms();
    if (now_ms >= deadline_ms)
        return 0;
    return deadline_ms - now_ms < INT_MAX ? (int)(deadline_ms - now_ms)
                                          : INT_MAX;
}

void wc_bell_doze(struct wc_bell *bell, uint64_t deadline_ms)
{
    struct pollfd ear = {.events = POLLIN};
    int timeout_ms = timeout_until(deadline_ms);
    void (*diverted)(void *arg) = bell->diverted;
    int old_state;

    /* Out of descriptors is no reason to fail: look at short intervals. */
    if (!wc_bell_open(bell) && (timeout_ms < 0 || timeout_ms > BLIND_DOZE_MS))
        timeout_ms = BLIND_DOZE_MS;
    ear.fd = bell->read_fd;
    /* A wait within the work of a turn: rings are for it now, and whoever waits
     * outside looks again. */
    bell->diverted = NULL;
    wc_leave();
    old_state = shield();
    /* An interrupting signal only makes the caller look again. */
    (void)poll(&ear, 1, timeout_ms);
    unshield(old_state);
    wc_enter();
    bell->diverted = diverted;
    if (diverted != NULL)
        atomic_store(&bell->was_rung, true);
}
