/*
 * unsent.c - see unsent.h.
 */
#include "core/unsent.h"

#include <stdalign.h>

#include "base/alloc.h"
#include "codec/varbinds.h"
#include "core/engine.h"
#include "core/item.h"
#include "core/mail.h"
#include "net/packet.h"

_Static_assert(sizeof(struct wsn_unsent) % alignof(struct wsn_packet) == 0,
               "a packet fits behind it");

static struct wsn_unsent *make(const struct wsn_addr *to,
                               const struct wsn_addr *from, const void *bytes,
                               size_t len)
{
    struct wsn_unsent *unsent =
        wsn_alloc(sizeof *unsent + sizeof(struct wsn_packet) + len);

    if (unsent == NULL)
        return NULL;
    wsn_list_init(&unsent->node);
    unsent->packet = wsn_packet_init(unsent + 1, to, from, bytes, len);
    unsent->failure = NULL;
    return unsent;
}

/* Something to fail like a request.  A trap or response may have been
 * translated, so that its octets do not say any more what it was. */
static bool keep_ready(struct wsn_unsent *unsent, struct wsn_session *session,
                       const struct wsn_mail *mail)
{
    struct wsn_request *failed = wsn_request_new(mail);

    if (failed == NULL)
        return false;
    failed->item.session = session;
    failed->item.varbinds = wsn_varbinds_ref(mail->varbinds);
    unsent->failure = &failed->item;
    return true;
}

struct wsn_unsent *wsn_unsent_new(struct wsn_session *session,
                                  const struct wsn_mail *mail, uint64_t serial)
{
    struct wsn_unsent *unsent =
        make(&mail->to, &mail->from, mail->bytes, mail->len);

    if (unsent == NULL)
        return NULL;
    unsent->serial = serial;
    unsent->request_id = mail->request_id;
    if (serial == 0 && !keep_ready(unsent, session, mail)) {
        wsn_unsent_free(unsent);
        return NULL;
    }
    return unsent;
}

struct wsn_unsent *wsn_unsent_of_request(const struct wsn_request *request)
{
    const struct wsn_packet *packet = request->packet;
    struct wsn_unsent *unsent =
        make(&packet->peer, &packet->local, packet->bytes, packet->len);

    if (unsent == NULL)
        return NULL;
    unsent->serial = request->serial;
    unsent->request_id = request->item.request_id;
    return unsent;
}

/* The request itself, unless it has ended meanwhile. */
static struct wsn_item *withdraw(struct wsn_engine *engine,
                                 const struct wsn_unsent *unsent)
{
    struct wsn_request *request = wsn_requests_find_serial(
        &engine->requests, unsent->request_id, unsent->serial);

    if (request == NULL)
        return NULL;
    wsn_requests_remove(&engine->requests, request);
    return &request->item;
}

void wsn_unsent_fail(struct wsn_engine *engine, struct wsn_unsent *unsent,
                     wsn_err status)
{
    struct wsn_item *item = unsent->serial != 0
                                ? withdraw(engine, unsent)
                                : wsn_unsent_take_failure(unsent);

    if (item == NULL)
        return;
    item->status = status;
    wsn_list_push_back(&engine->failures, &item->node);
}

struct wsn_item *wsn_unsent_take_failure(struct wsn_unsent *unsent)
{
    struct wsn_item *failure = unsent->failure;

    unsent->failure = NULL;
    return failure;
}

void wsn_unsent_free(struct wsn_unsent *unsent)
{
    if (unsent->failure != NULL)
        wsn_item_free(unsent->failure);
    wsn_free(unsent);
}

void wsn_unsent_free_all(struct wsn_list *list)
{
    struct wsn_list *node;

    while ((node = wsn_list_pop_front(list)) != NULL)
        wsn_unsent_free(wsn_unsent_of(node));
}
