/*
 * modes.h - the library's two ways to run: on a thread of its own, and inside
 * an event loop of the program, which here a thread of the test turns.
 *
 *     modes_begin(_i);                    start-up
 *     session = SnmpCreateSession(...);   the first session
 *     modes_run();                        the program's loop begins to turn
 *     ...
 *     modes_end();                        also after a failure: a teardown
 */
#ifndef WSN_TESTS_SUPPORT_MODES_H
#define WSN_TESTS_SUPPORT_MODES_H

enum mode { MODE_OWN_THREAD, MODE_HOST, N_MODES };

/* SnmpStartup, without any configuration of the machine. */
void modes_begin(int mode);

/* Has the program's loop turned, in the mode that has one. */
void modes_run(void);

/* Has nobody turn it any more. */
void modes_pause(void);

/* Stops the loop and cleans up, as often as was started. */
void modes_end(void);

#endif
