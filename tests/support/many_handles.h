/*
 * many_handles.h - makes handles beforehand, for tests that count memory.
 *
 * The table of handles keeps what it has got, so that a stale handle stays
 * stale, and it has parts, which sessions are given in turn: what a test needs
 * must be there in all of them.
 */
#ifndef TEST_MANY_HANDLES_H
#define TEST_MANY_HANDLES_H

#include "support/api.h"

#define MANY_HANDLES_SESSIONS 8 /* at least as many as there are parts */
#define MANY_HANDLES_EACH 5000

static inline void make_many_handles(void)
{
    start();
    for (int i = 0; i < MANY_HANDLES_SESSIONS; i++) {
        session = open_session();
        for (int k = 0; k < MANY_HANDLES_EACH; k++)
            (void)new_vbl();
    }
    stop();
}

#endif
