/*
 * turn.h - what the loop's thread does in each turn beside reading sockets.
 */
#ifndef WSN_CORE_TURN_H
#define WSN_CORE_TURN_H

struct wsn_engine;

/* The loop's handlers; engine is a struct wsn_engine. [loop] */
void wsn_turn_on_wake(void *engine);
void wsn_turn_on_timer(void *engine);

/* What every handler ends with: failures that wait for delivery, new and
 * retired ports, the timer. [loop] */
void wsn_turn_settle(struct wsn_engine *engine);

#endif
