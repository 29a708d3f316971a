/*
 * parties.c - see parties.h.
 */
#include "core/parties.h"

#include "base/handle.h"

void wsn_parties_pin(const struct wsn_parties *parties)
{
    wsn_handle_pin_again(parties->src);
    wsn_handle_pin_again(parties->dst);
    wsn_handle_pin_again(parties->context);
}

void wsn_parties_unpin(struct wsn_parties *parties)
{
    wsn_handle_unpin(parties->src);
    wsn_handle_unpin(parties->dst);
    wsn_handle_unpin(parties->context);
    parties->src = NULL;
    parties->dst = NULL;
    parties->context = NULL;
}
