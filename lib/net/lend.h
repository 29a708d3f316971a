/*
 * lend.h - whose turn it is to run a loop that has a thread of its own.
 *
 * That thread, the keeper, runs it as a rule.  A thread of the application
 * that waits for a message anyway may have turns instead: what arrives then
 * needs no change of threads, which costs more than all the rest that is done
 * for a message.  Between two turns nobody waits, for the guest is expected
 * back; a keeper that sees nobody come for a short while takes over.
 *
 *              asked                 borrow
 *     keeper --------> nobody <---------------> guest
 *        ^               |        give back
 *        '---------------'
 *          nobody came
 *
 * The lock inside guards all but is_kept.  Used by loop.c alone.
 */
#ifndef WSN_NET_LEND_H
#define WSN_NET_LEND_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/lock.h"

enum wsn_lend_holder { WSN_LEND_KEEPER, WSN_LEND_NOBODY, WSN_LEND_GUEST };

enum wsn_lend_answer {
    WSN_LEND_GRANTED,
    WSN_LEND_LATER,  /* the keeper has been asked: have it look up */
    WSN_LEND_REFUSED /* somebody else is at it, or nobody may */
};

struct wsn_lend {
    struct wsn_lock lock;
    enum wsn_lend_holder holder;
    bool is_asked;       /* a guest wants a turn */
    bool keeper_sleeps;  /* until the guest has given the turn back */
    unsigned n_turns;    /* that guests have had, so that one can compare */
    atomic_bool is_kept; /* no more turns for guests */
};

/* The keeper is at it. */
void wsn_lend_init(struct wsn_lend *lend);

/* A guest asks for a turn. [any] */
enum wsn_lend_answer wsn_lend_borrow(struct wsn_lend *lend);

/* It is through; afterwards the loop may be gone. [any] */
void wsn_lend_give_back(struct wsn_lend *lend);

/* Does a guest run the loop? [who runs it] */
bool wsn_lend_is_guest(const struct wsn_lend *lend);

/* Is the thread that runs the loop a guest that should not be, any more?  Then
 * the keeper sees to what is ready: it is ready still. [who runs it] */
bool wsn_lend_is_unwelcome(const struct wsn_lend *lend);

/* Has the keeper been asked to step back? [the keeper] */
bool wsn_lend_is_wanted(struct wsn_lend *lend);

/* The keeper steps back. [the keeper] */
void wsn_lend_step_back(struct wsn_lend *lend);

/* ... and waits until it is its turn again.  fd becomes readable when
 * somebody wants the loop to look up. [the keeper] */
void wsn_lend_stand_by(struct wsn_lend *lend, int fd);

/* From now on there are no turns for guests; one may be under way.  False when
 * it was so already. [any] */
bool wsn_lend_keep(struct wsn_lend *lend);

#endif
