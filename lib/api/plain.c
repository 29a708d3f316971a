/*
 * plain.c - see plain.h.
 */
#include "api/plain.h"

#include "core/db.h"

void wsn_plain_begin(void)
{
    wsn_db_is_plain = true;
}

void wsn_plain_end(void)
{
    wsn_db_is_plain = false;
}
