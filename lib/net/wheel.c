/*
 * wheel.c - see wheel.h.
 */
#include "net/wheel.h"

#define WORD_BITS 64u
#define WORDS (WSN_WHEEL_SLOTS / WORD_BITS)

/* The first tick at which deadline_ms has passed. */
static uint64_t tick_of(uint64_t deadline_ms)
{
    return deadline_ms / WSN_WHEEL_SLOT_MS +
           (deadline_ms % WSN_WHEEL_SLOT_MS != 0);
}

static uint64_t bit_of(unsigned slot)
{
    return (uint64_t)1 << slot % WORD_BITS;
}

static struct wsn_timer *timer_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_timer, node);
}

void wsn_timer_init(struct wsn_timer *timer)
{
    wsn_list_init(&timer->node);
    timer->deadline_ms = 0;
}

void wsn_wheel_init(struct wsn_wheel *wheel, uint64_t now_ms)
{
    unsigned i;

    for (i = 0; i < WSN_WHEEL_SLOTS; i++)
        wsn_list_init(&wheel->slots[i]);
    for (i = 0; i < WORDS; i++)
        wheel->busy[i] = 0;
    wheel->tick = now_ms / WSN_WHEEL_SLOT_MS;
}

void wsn_wheel_add(struct wsn_wheel *wheel, struct wsn_timer *timer,
                   uint64_t deadline_ms)
{
    uint64_t tick = tick_of(deadline_ms);
    unsigned slot;

    if (tick < wheel->tick)
        tick = wheel->tick;
    slot = (unsigned)(tick % WSN_WHEEL_SLOTS);
    timer->deadline_ms = deadline_ms;
    wsn_list_push_back(&wheel->slots[slot], &timer->node);
    wheel->busy[slot / WORD_BITS] |= bit_of(slot);
}

void wsn_wheel_remove(struct wsn_wheel *wheel, struct wsn_timer *timer)
{
    /* The busy bit stays: only a later look pays for an emptied slot. */
    (void)wheel;
    wsn_list_remove(&timer->node);
}

static unsigned lowest_bit(uint64_t word)
{
    unsigned n = 0;

    for (; (word & 0xff) == 0; word >>= 8)
        n += 8;
    for (; (word & 1) == 0; word >>= 1)
        n++;
    return n;
}

/* The first slot marked busy, from start on and once around. */
static bool find_marked(const struct wsn_wheel *wheel, unsigned start,
                        unsigned *ret_slot)
{
    unsigned word = start / WORD_BITS;
    uint64_t marked = wheel->busy[word] & ~(bit_of(start) - 1);
    unsigned i;

    /* The first word is looked at twice: its lower slots come last. */
    for (i = 0; marked == 0 && i < WORDS; i++) {
        word = (word + 1) % WORDS;
        marked = wheel->busy[word];
    }
    if (marked == 0)
        return false;
    *ret_slot = word * WORD_BITS + lowest_bit(marked);
    return true;
}

/* Like find_marked, but a mark without a timer is wiped and passed over. */
static bool find_busy(struct wsn_wheel *wheel, unsigned start,
                      unsigned *ret_slot)
{
    unsigned slot;

    while (find_marked(wheel, start, &slot)) {
        if (!wsn_list_is_empty(&wheel->slots[slot])) {
            *ret_slot = slot;
            return true;
        }
        wheel->busy[slot / WORD_BITS] &= ~bit_of(slot);
    }
    return false;
}

/* The first tick not yet expired whose slot holds a timer. */
static bool next_tick(struct wsn_wheel *wheel, uint64_t *ret_tick)
{
    unsigned start = (unsigned)(wheel->tick % WSN_WHEEL_SLOTS);
    unsigned slot;

    if (!find_busy(wheel, start, &slot))
        return false;
    *ret_tick = wheel->tick + (slot - start) % WSN_WHEEL_SLOTS;
    return true;
}

bool wsn_wheel_next(struct wsn_wheel *wheel, uint64_t *ret_deadline_ms)
{
    uint64_t tick;

    if (!next_tick(wheel, &tick))
        return false;
    *ret_deadline_ms = tick * WSN_WHEEL_SLOT_MS;
    return true;
}

/* Moves what is due at tick; timers of a later turn stay in the slot. */
static void expire_slot(struct wsn_wheel *wheel, uint64_t tick,
                        struct wsn_list *ret_expired)
{
    struct wsn_list *slot = &wheel->slots[tick % WSN_WHEEL_SLOTS];
    struct wsn_list *node;
    struct wsn_list *ahead;

    WSN_LIST_FOR_EACH (node, ahead, slot) {
        if (tick_of(timer_of(node)->deadline_ms) > tick)
            continue;
        wsn_list_remove(node);
        wsn_list_push_back(ret_expired, node);
    }
}

/* Expires the slots of one turn at most, up to and with last. */
static void expire_turn(struct wsn_wheel *wheel, uint64_t last,
                        struct wsn_list *ret_expired)
{
    uint64_t end = wheel->tick + WSN_WHEEL_SLOTS - 1;
    uint64_t tick;

    if (end > last)
        end = last;
    while (wheel->tick <= end && next_tick(wheel, &tick) && tick <= end) {
        expire_slot(wheel, tick, ret_expired);
        wheel->tick = tick + 1;
    }
    wheel->tick = end + 1;
}

/* The earliest tick of all timers; only a jump of the clock needs it. */
static uint64_t earliest_tick(struct wsn_wheel *wheel, uint64_t limit)
{
    uint64_t earliest = limit;
    unsigned i;

    for (i = 0; i < WSN_WHEEL_SLOTS; i++) {
        struct wsn_list *node;

        for (node = wheel->slots[i].next; node != &wheel->slots[i];
             node = node->next) {
            uint64_t tick = tick_of(timer_of(node)->deadline_ms);

            if (tick < earliest)
                earliest = tick;
        }
    }
    return earliest;
}

void wsn_wheel_expire(struct wsn_wheel *wheel, uint64_t now_ms,
                      struct wsn_list *ret_expired)
{
    uint64_t last = now_ms / WSN_WHEEL_SLOT_MS;

    while (wheel->tick <= last) {
        expire_turn(wheel, last, ret_expired);
        /* More than a turn behind: go straight to the next due timer. */
        if (wheel->tick <= last)
            wheel->tick = earliest_tick(wheel, last + 1);
    }
}
