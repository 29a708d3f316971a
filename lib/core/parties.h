/*
 * parties.h - who talks to whom, and as what: the three handles of a message.
 */
#ifndef WSN_CORE_PARTIES_H
#define WSN_CORE_PARTIES_H

#include "winsnmp_types.h"

/* Handles, each pinned by the holder of the struct; NULL for "none". */
struct wsn_parties {
    HSNMP_ENTITY src;
    HSNMP_ENTITY dst;
    HSNMP_CONTEXT context;
};

/* Pins once more what the caller has pinned. [any, lock] */
void wsn_parties_pin(const struct wsn_parties *parties);

/* Gives the pins back and forgets the handles. [any] */
void wsn_parties_unpin(struct wsn_parties *parties);

#endif
