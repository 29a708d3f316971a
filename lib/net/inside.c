/*
 * inside.c - see inside.h.
 */
#include "net/inside.h"

#include <assert.h>
#include <stddef.h>

static _Thread_local struct wsn_inside *innermost;

void wsn_inside_enter(struct wsn_inside *frame, const struct wsn_loop *loop)
{
    frame->loop = loop;
    frame->outer = innermost;
    innermost = frame;
}

void wsn_inside_leave(const struct wsn_inside *frame)
{
    assert(innermost == frame);
    innermost = frame->outer;
}

bool wsn_inside_is(const struct wsn_loop *loop)
{
    const struct wsn_inside *frame = innermost;

    while (frame != NULL && frame->loop != loop)
        frame = frame->outer;
    return frame != NULL;
}

bool wsn_inside_any(void)
{
    return innermost != NULL;
}
