/*
 * reception.c - see reception.h.
 */
#include "core/reception.h"

#include <assert.h>

#include "base/handle.h"
#include "codec/coexist.h"
#include "codec/message.h"
#include "codec/varbinds.h"
#include "core/context.h"
#include "core/db.h"
#include "core/entity.h"
#include "core/item.h"
#include "core/object.h"
#include "core/pdu.h"
#include "core/received.h"
#include "core/request.h"
#include "net/packet.h"

enum { SRC, DST, CONTEXT, PDU, PARTS };

/* What is being put together; parts that are not wanted stay out. */
struct opening {
    const struct wsn_item *item;
    const struct wsn_head *head;
    struct wsn_publish parts[PARTS];
    void **targets[PARTS];
    size_t n;
};

/* ---- the objects of a message that no handle stands for ---------------------
 */

static bool is_notification(const struct wsn_head *head)
{
    return head->pdu_type == SNMP_PDU_V1TRAP || head->pdu_type == SNMP_PDU_TRAP;
}

/* Traps leave from any port, so theirs says nothing; requests and informs are
 * answered where they came from. */
static struct wsn_entity *sender_of(const struct opening *opening)
{
    const struct wsn_received *received = opening->item->received;
    struct wsn_entity *entity =
        wsn_entity_new(&received->peer, opening->head->version);

    if (entity == NULL)
        return NULL;
    if (is_notification(opening->head))
        atomic_init(&entity->port, 0);
    entity->via = received->local;
    return entity;
}

static struct wsn_entity *receiver_of(const struct opening *opening)
{
    const struct wsn_received *received = opening->item->received;
    struct wsn_addr any;

    if (received->local.family != WSN_FAMILY_NONE)
        return wsn_entity_new(&received->local, opening->head->version);
    any = wsn_addr_any(received->peer.family, 0);
    return wsn_entity_new(&any, opening->head->version);
}

static struct wsn_context *context_of(const struct opening *opening)
{
    return wsn_context_new(opening->head->community,
                           opening->head->community_len);
}

/* A failed message is shown as the application built it. */
static void restore(const struct wsn_item *item, struct wsn_pdu *pdu)
{
    const struct wsn_request *request = wsn_request_of(item);

    pdu->type = request->sent_type;
    pdu->request_id = item->request_id;
    pdu->error_status = request->sent_error_status;
    pdu->error_index = request->sent_error_index;
}

static wsn_err decode(const struct opening *opening, struct wsn_pdu *ret_pdu)
{
    const struct wsn_item *item = opening->item;
    wsn_err err = wsn_coexist_decode(opening->head,
                                     wsn_db_get(WSN_DB_TRAP_PROFILE_3584) != 0,
                                     item->request_id, ret_pdu);

    if (err == WSN_OK && item->kind == WSN_ITEM_FAILURE)
        restore(item, ret_pdu);
    return err;
}

static struct wsn_pdu_object *pdu_as_built(const struct wsn_item *item)
{
    struct wsn_pdu pdu = {.varbinds = wsn_varbinds_ref(item->varbinds)};

    restore(item, &pdu);
    return wsn_pdu_object_from_received(&pdu);
}

static struct wsn_pdu_object *pdu_of(const struct opening *opening)
{
    struct wsn_pdu pdu;

    if (opening->item->varbinds != NULL)
        return pdu_as_built(opening->item);
    if (decode(opening, &pdu) != WSN_OK)
        return NULL;
    return wsn_pdu_object_around(&pdu);
}

/* ---- the parts ---------------------------------------------------------- */

static void *make(const struct opening *opening, int part)
{
    switch (part) {
    case SRC:
        return sender_of(opening);
    case DST:
        return receiver_of(opening);
    case CONTEXT:
        return context_of(opening);
    default:
        return pdu_of(opening);
    }
}

static void *copy(const struct wsn_publish *part)
{
    if (part->type == WSN_CONTEXT)
        return wsn_context_dup(wsn_handle_object(part->again));
    return wsn_entity_dup(wsn_handle_object(part->again));
}

static void discard(struct opening *opening)
{
    for (size_t i = 0; i < opening->n; i++) {
        struct wsn_publish *part = &opening->parts[i];

        if (part->type == WSN_PDU)
            wsn_pdu_object_free(part->object);
        else if (part->type == WSN_CONTEXT)
            wsn_context_free(part->object);
        else
            wsn_entity_free(part->object);
        part->object = NULL;
    }
}

/* Adds a part: one more reference to handle, or a new object. */
static inline bool add(struct opening *opening, int part, void **target,
                       void *handle)
{
    static const unsigned type[PARTS] = {WSN_ENTITY, WSN_ENTITY, WSN_CONTEXT,
                                         WSN_PDU};
    struct wsn_publish *item = &opening->parts[opening->n];

    if (target == NULL)
        return true;
    item->type = type[part];
    item->object = NULL;
    item->again = handle;
    item->handle = NULL;
    if (handle == NULL) {
        item->object = make(opening, part);
        if (item->object == NULL)
            return false;
    }
    opening->targets[opening->n++] = target;
    return true;
}

/* The answer to a message sent without a source has no destination either: a
 * program that compares it with its own handle must find it equal. */
static bool has_no_receiver(const struct wsn_item *item)
{
    return item->kind == WSN_ITEM_RESPONSE && item->parties.dst == NULL;
}

static bool has_no_sender(const struct wsn_item *item)
{
    return item->kind == WSN_ITEM_FAILURE && item->parties.src == NULL;
}

static bool add_all(struct opening *opening, const struct wsn_reception *to)
{
    const struct wsn_item *item = opening->item;
    const struct wsn_parties *parties = &item->parties;

    return (has_no_sender(item) ||
            add(opening, SRC, to->ret_src, parties->src)) &&
           (has_no_receiver(item) ||
            add(opening, DST, to->ret_dst, parties->dst)) &&
           add(opening, CONTEXT, to->ret_context, parties->context) &&
           add(opening, PDU, to->ret_pdu, NULL);
}

/* A handle whose session has been closed cannot be given again: the receiving
 * session gets a copy of its own. */
static bool replace_orphans(struct opening *opening)
{
    for (size_t i = 0; i < opening->n; i++) {
        struct wsn_publish *part = &opening->parts[i];

        if (part->again == NULL || part->handle != NULL)
            continue;
        part->object = copy(part);
        part->again = NULL;
        if (part->object == NULL)
            return false;
    }
    return true;
}

static wsn_err publish(struct opening *opening, HSNMP_SESSION session)
{
    enum wsn_publish_result result =
        wsn_handle_publish(session, opening->parts, opening->n);

    while (result == WSN_PUBLISH_ORPHAN) {
        if (!replace_orphans(opening))
            return SNMPAPI_ALLOC_ERROR;
        result = wsn_handle_publish(session, opening->parts, opening->n);
    }
    if (result == WSN_PUBLISHED)
        return WSN_OK;
    return result == WSN_PUBLISH_NO_MEMORY ? SNMPAPI_ALLOC_ERROR
                                           : SNMPAPI_SESSION_INVALID;
}

static wsn_err assemble(struct opening *opening, HSNMP_SESSION session,
                        const struct wsn_reception *reception)
{
    const struct wsn_item *item = opening->item;
    wsn_err err = SNMPAPI_ALLOC_ERROR;

    if (add_all(opening, reception))
        err = publish(opening, session);
    if (err != WSN_OK) {
        discard(opening);
        return err;
    }
    if (has_no_sender(item) && reception->ret_src != NULL)
        *reception->ret_src = NULL;
    if (has_no_receiver(item) && reception->ret_dst != NULL)
        *reception->ret_dst = NULL;
    for (size_t i = 0; i < opening->n; i++)
        *opening->targets[i] = opening->parts[i].handle;
    return WSN_OK;
}

/* What arrived was scanned then; what failed is known as it was sent. */
wsn_err wsn_reception_open(HSNMP_SESSION session, const struct wsn_item *item,
                           const struct wsn_reception *reception)
{
    struct opening opening;
    const struct wsn_packet *packet;
    struct wsn_head head;
    enum wsn_scan scan;

    opening.item = item;
    opening.n = 0;
    if (item->kind != WSN_ITEM_FAILURE) {
        opening.head = &item->received->head;
        return assemble(&opening, session, reception);
    }
    packet = wsn_request_of(item)->packet;
    scan = wsn_message_scan(packet->bytes, packet->len, &head);
    head.size.n_front = wsn_pdu_object_front();
    assert(scan == WSN_SCAN_OK); /* we have encoded it */
    (void)scan;
    opening.head = &head;
    return assemble(&opening, session, reception);
}
