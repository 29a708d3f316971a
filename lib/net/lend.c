/*
 * lend.c - see lend.h.
 */
#include "net/lend.h"

#include <poll.h>

/* A program that gets its messages one by one is back in microseconds.  While
 * it works on one for longer, nothing is received for so long at most. */
#define EXPECTED_BACK_MS 2

void wsn_lend_init(struct wsn_lend *lend)
{
    wsn_lock_init(&lend->lock);
    lend->holder = WSN_LEND_KEEPER;
    lend->is_asked = false;
    lend->keeper_sleeps = false;
    lend->n_turns = 0;
    atomic_init(&lend->is_kept, false);
}

/* ---- guests ------------------------------------------------------------- */

static enum wsn_lend_answer answer(struct wsn_lend *lend)
{
    if (atomic_load(&lend->is_kept) || lend->holder == WSN_LEND_GUEST)
        return WSN_LEND_REFUSED;
    if (lend->holder == WSN_LEND_KEEPER) {
        lend->is_asked = true;
        return WSN_LEND_LATER;
    }
    lend->holder = WSN_LEND_GUEST;
    return WSN_LEND_GRANTED;
}

enum wsn_lend_answer wsn_lend_borrow(struct wsn_lend *lend)
{
    enum wsn_lend_answer result;

    wsn_lock_take(&lend->lock);
    result = answer(lend);
    wsn_lock_give(&lend->lock);
    return result;
}

void wsn_lend_give_back(struct wsn_lend *lend)
{
    wsn_lock_take(&lend->lock);
    lend->holder = WSN_LEND_NOBODY;
    lend->n_turns++;
    if (lend->keeper_sleeps)
        wsn_lock_notify(&lend->lock);
    lend->keeper_sleeps = false;
    wsn_lock_give(&lend->lock);
}

/* Nobody else changes the holder meanwhile. */
bool wsn_lend_is_guest(const struct wsn_lend *lend)
{
    return lend->holder == WSN_LEND_GUEST;
}

bool wsn_lend_is_unwelcome(const struct wsn_lend *lend)
{
    return wsn_lend_is_guest(lend) && atomic_load(&lend->is_kept);
}

/* ---- the keeper --------------------------------------------------------- */

bool wsn_lend_is_wanted(struct wsn_lend *lend)
{
    bool is_wanted;

    wsn_lock_take(&lend->lock);
    is_wanted = lend->is_asked && !atomic_load(&lend->is_kept);
    wsn_lock_give(&lend->lock);
    return is_wanted;
}

void wsn_lend_step_back(struct wsn_lend *lend)
{
    wsn_lock_take(&lend->lock);
    lend->is_asked = false;
    lend->holder = WSN_LEND_NOBODY;
    wsn_lock_give(&lend->lock);
}

/* The loop has not changed hands since there were n_turns. */
static bool is_quiet(const struct wsn_lend *lend, unsigned n_turns)
{
    return lend->n_turns == n_turns;
}

/* Has the keeper the turn now?  If not, and a guest has had it all the time,
 * sleeps until that gives it back. */
static bool try_to_take_over(struct wsn_lend *lend, unsigned *n_turns,
                             bool is_urgent)
{
    bool is_free;

    wsn_lock_take(&lend->lock);
    is_free = lend->holder == WSN_LEND_NOBODY &&
              (is_urgent || is_quiet(lend, *n_turns));
    if (is_free)
        lend->holder = WSN_LEND_KEEPER;
    lend->keeper_sleeps =
        lend->holder == WSN_LEND_GUEST && is_quiet(lend, *n_turns);
    while (lend->keeper_sleeps)
        wsn_lock_wait(&lend->lock);
    *n_turns = lend->n_turns;
    wsn_lock_give(&lend->lock);
    return is_free;
}

void wsn_lend_stand_by(struct wsn_lend *lend, int fd)
{
    struct pollfd ear = {.fd = fd, .events = POLLIN};
    unsigned n_turns = 0; /* a wrong guess costs one look more */
    bool is_urgent;

    do
        is_urgent =
            atomic_load(&lend->is_kept) || poll(&ear, 1, EXPECTED_BACK_MS) > 0;
    while (!try_to_take_over(lend, &n_turns, is_urgent));
}

bool wsn_lend_keep(struct wsn_lend *lend)
{
    return !atomic_exchange(&lend->is_kept, true);
}
