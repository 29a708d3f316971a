/*
 * request.c - see request.h.
 */
#include "core/request.h"

#include <assert.h>
#include <stdalign.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/handle.h"
#include "codec/message.h"
#include "core/context.h"
#include "core/mail.h"
#include "net/packet.h"

#define FIRST_BUCKETS 64

_Static_assert(offsetof(struct wsn_request, item) == 0,
               "a request is freed as its item");
_Static_assert(sizeof(struct wsn_request) % alignof(struct wsn_packet) == 0,
               "a packet fits behind its request");

static void init(struct wsn_request *request, const struct wsn_mail *mail)
{
    wsn_item_init(&request->item, mail->request_id);
    request->item.parties = mail->parties;
    wsn_list_init(&request->same_hash);
    wsn_list_init(&request->of_session);
    wsn_timer_init(&request->timer);
    request->serial = 0;
    request->timeout_cs = mail->timeout_cs;
    request->tries_left = mail->retries;
    request->version = mail->version;
    request->context = wsn_handle_object(mail->parties.context);
    request->sent_type = mail->type;
    request->sent_error_status = mail->error_status;
    request->sent_error_index = mail->error_index;
    request->is_silent = false;
    request->is_known = false;
    request->sent_from = NULL;
}

struct wsn_request *wsn_request_new(const struct wsn_mail *mail)
{
    struct wsn_request *request =
        wsn_alloc(sizeof *request + sizeof(struct wsn_packet) + mail->len);

    if (request == NULL)
        return NULL;
    init(request, mail);
    request->packet = wsn_packet_init(request + 1, &mail->to, &mail->from,
                                      mail->bytes, mail->len);
    wsn_parties_pin(&mail->parties);
    return request;
}

static struct wsn_list *make_buckets(size_t n)
{
    struct wsn_list *buckets = wsn_alloc_array(n, sizeof *buckets);

    for (size_t i = 0; buckets != NULL && i < n; i++)
        wsn_list_init(&buckets[i]);
    return buckets;
}

wsn_err wsn_requests_init(struct wsn_requests *requests, uint64_t now_ms)
{
    requests->buckets = make_buckets(FIRST_BUCKETS);
    if (requests->buckets == NULL)
        return SNMPAPI_ALLOC_ERROR;
    requests->n_buckets = FIRST_BUCKETS;
    requests->n = 0;
    requests->last_serial = 0;
    wsn_wheel_init(&requests->wheel, now_ms);
    wsn_list_init(&requests->due);
    return WSN_OK;
}

void wsn_requests_fini(struct wsn_requests *requests)
{
    assert(requests->n == 0);
    wsn_free(requests->buckets);
}

static struct wsn_list *bucket_of(const struct wsn_requests *requests,
                                  smiINT32 request_id)
{
    /* Fibonacci hashing: ids that count up spread evenly. */
    uint32_t hash = (uint32_t)request_id * UINT32_C(2654435769);

    return &requests->buckets[(hash ^ hash >> 16) & (requests->n_buckets - 1)];
}

static struct wsn_request *of_hash_node(struct wsn_list *node)
{
    return WSN_CONTAINER(node, struct wsn_request, same_hash);
}

/* Spreads the requests over twice the buckets; without memory for them the
 * lists just stay longer. */
static void grow(struct wsn_requests *requests)
{
    struct wsn_list *old = requests->buckets;
    size_t n_old = requests->n_buckets;
    struct wsn_list *buckets = make_buckets(2 * n_old);
    struct wsn_list *node;

    if (buckets == NULL)
        return;
    requests->buckets = buckets;
    requests->n_buckets = 2 * n_old;
    for (size_t i = 0; i < n_old; i++)
        while ((node = wsn_list_pop_front(&old[i])) != NULL)
            wsn_list_push_back(
                bucket_of(requests, of_hash_node(node)->item.request_id), node);
    wsn_free(old);
}

void wsn_requests_add(struct wsn_requests *requests,
                      struct wsn_request *request, struct wsn_list *of_session,
                      uint64_t now_ms)
{
    if (requests->n >= requests->n_buckets)
        grow(requests);
    wsn_list_push_back(bucket_of(requests, request->item.request_id),
                       &request->same_hash);
    wsn_list_push_back(of_session, &request->of_session);
    request->serial = ++requests->last_serial;
    request->is_known = true;
    requests->n++;
    wsn_requests_wait_again(requests, request, now_ms);
}

void wsn_requests_remove(struct wsn_requests *requests,
                         struct wsn_request *request)
{
    if (!request->is_known)
        return;
    wsn_list_remove(&request->same_hash);
    wsn_list_remove(&request->of_session);
    wsn_list_remove(&request->packet->node);
    wsn_wheel_remove(&requests->wheel, &request->timer);
    request->is_known = false;
    requests->n--;
}

void wsn_requests_wait_again(struct wsn_requests *requests,
                             struct wsn_request *request, uint64_t now_ms)
{
    uint64_t wait_ms = request->is_silent
                           ? WSN_REQUEST_SILENT_MS
                           : (uint64_t)request->timeout_cs * WSN_MS_PER_CS;

    wsn_wheel_remove(&requests->wheel, &request->timer);
    wsn_wheel_add(&requests->wheel, &request->timer, now_ms + wait_ms);
}

void wsn_requests_wait_next(struct wsn_requests *requests,
                            struct wsn_request *request, uint64_t now_ms)
{
    uint64_t due_ms = request->timer.deadline_ms;
    uint64_t wait_ms = (uint64_t)request->timeout_cs * WSN_MS_PER_CS;

    if (now_ms - due_ms <= wait_ms / 4)
        now_ms = due_ms;
    wsn_requests_wait_again(requests, request, now_ms);
}

void wsn_requests_silence(struct wsn_requests *requests,
                          struct wsn_request *request, uint64_t now_ms)
{
    if (request->is_silent)
        return; /* its ten minutes do not begin anew */
    request->is_silent = true;
    request->tries_left = 0;
    wsn_requests_wait_again(requests, request, now_ms);
}

void wsn_requests_silence_all(struct wsn_requests *requests, uint64_t now_ms)
{
    struct wsn_list *node;

    for (size_t i = 0; i < requests->n_buckets; i++)
        for (node = requests->buckets[i].next; node != &requests->buckets[i];
             node = node->next)
            wsn_requests_silence(requests, of_hash_node(node), now_ms);
}

void wsn_requests_expire(struct wsn_requests *requests, uint64_t now_ms)
{
    wsn_wheel_expire(&requests->wheel, now_ms, &requests->due);
}

struct wsn_request *wsn_requests_take_due(struct wsn_requests *requests)
{
    struct wsn_list *node = wsn_list_pop_front(&requests->due);

    return node == NULL ? NULL
                        : WSN_CONTAINER(node, struct wsn_request, timer.node);
}

static bool is_from(const struct wsn_request *request,
                    const struct wsn_addr *peer)
{
    const struct wsn_addr *sent_to = &request->packet->peer;

    /* Whoever sends to 0.0.0.0 reaches this host, which answers from one of
     * its own addresses. */
    if (wsn_addr_is_any(sent_to))
        return sent_to->port == peer->port;
    return wsn_addr_equal(sent_to, peer);
}

static enum wsn_match compare(const struct wsn_request *request,
                              const struct wsn_head *head,
                              const struct wsn_arrived *arrived)
{
    if (!arrived->any_source && !is_from(request, arrived->from))
        return WSN_MATCH_OTHER_SOURCE;
    if (request->version != head->version)
        return WSN_MATCH_OTHER_VERSION;
    if (request->context->len != head->community_len ||
        memcmp(request->context->octets, head->community,
               head->community_len) != 0)
        return WSN_MATCH_OTHER_COMMUNITY;
    return WSN_MATCH;
}

enum wsn_match wsn_requests_match(struct wsn_requests *requests,
                                  const struct wsn_head *head,
                                  const struct wsn_arrived *arrived,
                                  struct wsn_request **ret_request)
{
    struct wsn_list *bucket = bucket_of(requests, head->request_id);
    enum wsn_match nearest = WSN_MATCH_NO_REQUEST;

    for (struct wsn_list *node = bucket->next; node != bucket;
         node = node->next) {
        struct wsn_request *request = of_hash_node(node);

        /* A port that everybody knows, as an agent's, is where to forge an
         * answer to a question that left from another. */
        if (request->item.request_id != head->request_id ||
            request->sent_from != arrived->at)
            continue;
        nearest = compare(request, head, arrived);
        if (nearest == WSN_MATCH) {
            *ret_request = request;
            return WSN_MATCH;
        }
    }
    return nearest;
}

struct wsn_request *wsn_requests_find(struct wsn_requests *requests,
                                      const struct wsn_session *session,
                                      smiINT32 request_id)
{
    struct wsn_list *bucket = bucket_of(requests, request_id);

    for (struct wsn_list *node = bucket->next; node != bucket;
         node = node->next) {
        struct wsn_request *request = of_hash_node(node);

        if (request->item.request_id == request_id &&
            request->item.session == session)
            return request;
    }
    return NULL;
}

struct wsn_request *wsn_requests_find_serial(struct wsn_requests *requests,
                                             smiINT32 request_id,
                                             uint64_t serial)
{
    struct wsn_list *bucket = bucket_of(requests, request_id);

    for (struct wsn_list *node = bucket->next; node != bucket;
         node = node->next)
        if (of_hash_node(node)->serial == serial)
            return of_hash_node(node);
    return NULL;
}
