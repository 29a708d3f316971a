/*
 * repeat.h - which lines of the log have been said just now.
 *
 * A few places, chosen by a hash of the text: what is not in its place any
 * more counts as new.  The owner's lock guards it; zeroed memory is empty.
 */
#ifndef WSN_BASE_REPEAT_H
#define WSN_BASE_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

#define WSN_REPEAT_PLACES 16
#define WSN_REPEAT_MS 5000

struct wsn_repeat {
    struct wsn_repeat_place {
        uint64_t hash; /* 0: empty */
        uint64_t said_ms;
        unsigned left_out;
    } places[WSN_REPEAT_PLACES];
};

/*
 * Whether line may be said now: not within WSN_REPEAT_MS after it was said
 * before.  If so, ret_left_out is how often it was held back since. [lock]
 */
bool wsn_repeat_pass(struct wsn_repeat *repeat, const char *line,
                     uint64_t now_ms, unsigned *ret_left_out);

#endif
