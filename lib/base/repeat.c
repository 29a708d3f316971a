/*
 * repeat.c - see repeat.h.
 */
#include "base/repeat.h"

/* FNV-1a, but never 0. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash | 1;
}

bool wsn_repeat_pass(struct wsn_repeat *repeat, const char *line,
                     uint64_t now_ms, unsigned *ret_left_out)
{
    uint64_t hash = hash_of(line);
    struct wsn_repeat_place *place =
        &repeat->places[(hash >> 8) % WSN_REPEAT_PLACES];
    bool is_same = place->hash == hash;

    if (is_same && now_ms - place->said_ms < WSN_REPEAT_MS) {
        place->left_out++;
        return false;
    }
    *ret_left_out = is_same ? place->left_out : 0;
    *place = (struct wsn_repeat_place){hash, now_ms, 0};
    return true;
}
