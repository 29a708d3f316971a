/*
 * reception.h - from an item to the handles that SnmpRecvMsg hands out.
 *
 * Programs compare the handles of a response with those they sent with, free
 * both, and go on using their own: so a delivery gives the very same handles,
 * each with one more reference.  The PDU is always new.  Where no handle
 * stands for it, the sender of a message becomes a new entity.
 */
#ifndef WSN_CORE_RECEPTION_H
#define WSN_CORE_RECEPTION_H

#include <stdbool.h>

#include "base/err.h"
#include "winsnmp_types.h"

struct wsn_item;

/* Where each handle goes; NULL: it is not wanted, and not made. */
struct wsn_reception {
    LPHSNMP_ENTITY ret_src;
    LPHSNMP_ENTITY ret_dst;
    LPHSNMP_CONTEXT ret_context;
    LPHSNMP_PDU ret_pdu;
};

/*
 * Makes the wanted objects of item for session and writes their handles, all
 * or nothing; item stays the caller's and may be opened again after a
 * failure.  Errors: SNMPAPI_ALLOC_ERROR, SNMPAPI_SESSION_INVALID. [any]
 */
wsn_err wsn_reception_open(HSNMP_SESSION session, const struct wsn_item *item,
                           const struct wsn_reception *reception);

#endif
