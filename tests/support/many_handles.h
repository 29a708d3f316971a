/*
 * many_handles.h - makes handles beforehand, for tests that count memory.
 *
 * The table of handles keeps what it has got, so that a stale handle stays
 * stale, and it has shards, which sessions are given in turn: what a test needs
 * must be there in all of them.
 */
#ifndef TEST_MANY_HANDLES_H
#define TEST_MANY_HANDLES_H

#include "base/handle.h"
#include "support/api.h"

#define MANY_HANDLES_EACH 5000

static inline void make_many_handles(void)
{
    start();
    for (unsigned i = 0; i < WSN_SHARDS; i++) {
        session = open_session();
        for (int k = 0; k < MANY_HANDLES_EACH; k++)
            (void)new_vbl();
    }
    stop();
}

#endif
