/*
 * unsent.h - a message that waits until its socket has room.
 *
 * SnmpSendMsg has succeeded, so what the system refuses later can only be
 * delivered.  A request fails itself then; for a message without one a failure
 * is kept ready.  Guarded by the engine's lock while it is a port's.
 */
#ifndef WSN_CORE_UNSENT_H
#define WSN_CORE_UNSENT_H

#include <stdint.h>

#include "base/err.h"
#include "base/list.h"
#include "winsnmp_types.h"

struct wsn_engine;
struct wsn_item;
struct wsn_mail;
struct wsn_packet;
struct wsn_request;
struct wsn_session;

struct wsn_unsent {
    struct wsn_list node;      /* of its port */
    struct wsn_packet *packet; /* at the end of this block */
    uint64_t serial;           /* of its request; 0: it has none */
    smiINT32 request_id;
    struct wsn_item *failure; /* if it has none; NULL: nobody would hear */
};

/* A message of session: the request with that serial number, or, 0, one that
 * awaits no response.  NULL when memory is short. [any] */
struct wsn_unsent *wsn_unsent_new(struct wsn_session *session,
                                  const struct wsn_mail *mail, uint64_t serial);

/* The same for a request that is outstanding. [any, lock] */
struct wsn_unsent *wsn_unsent_of_request(const struct wsn_request *request);

/* Has a failure delivered, as status says, if anybody would hear; the loop is
 * to be woken.  unsent stays the caller's. [lock] */
void wsn_unsent_fail(struct wsn_engine *engine, struct wsn_unsent *unsent,
                     wsn_err status);

/* From now on nobody would hear.  What was kept ready for that is the caller's,
 * to be freed without the lock; or NULL. [lock] */
struct wsn_item *wsn_unsent_take_failure(struct wsn_unsent *unsent);

/* Takes unsent, which is in no list. [any] */
void wsn_unsent_free(struct wsn_unsent *unsent);

/* Takes every one of a list. [any] */
void wsn_unsent_free_all(struct wsn_list *list);

/* The one that holds node. [any] */
static inline struct wsn_unsent *wsn_unsent_of(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_unsent, node);
}

#endif
