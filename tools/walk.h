/*
 * walk.h - everything below an object identifier.
 */
#ifndef WSN_TOOLS_WALK_H
#define WSN_TOOLS_WALK_H

#include <stdbool.h>
#include <winsnmp.h>

struct walk {
    HSNMP_SESSION session;
    bool in_bulk; /* by GETBULK, not by GETNEXT */
    bool as_json;
    unsigned non_repeaters;
    unsigned max_repetitions;
};

/* Prints what is below each of the identifiers, up to the first that fails.
 * Returns the exit code. */
int walk_all(const struct walk *walk, char **oids);

#endif
