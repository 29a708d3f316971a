/*
 * lending.h - has threads that wait for window messages run the loop.
 *
 * The other door to the Win32 shim, beside notify.h: what core/turn.h calls a
 * turn of the loop is offered there to every thread that waits for messages.
 * Only while no session has a callback: those are called on the loop's own
 * thread, not in the middle of somebody's GetMessage().
 */
#ifndef WSN_CORE_LENDING_H
#define WSN_CORE_LENDING_H

struct wsn_engine;

/* Turns of engine's loop, which has a thread of its own and has been started,
 * are to be had. [any] */
void wsn_lending_begin(struct wsn_engine *engine);

/* Nobody begins one any more; one may be under way, and ends when the loop is
 * stopped.  Nothing happens when they never were. [any] */
void wsn_lending_end(struct wsn_engine *engine);

/* The loop's on_free. [loop] */
void wsn_lending_on_free(void *engine);

/* In the child of a fork: there is no loop. */
void wsn_lending_abandon(void);

#endif
