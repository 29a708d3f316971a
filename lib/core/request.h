/*
 * request.h - outstanding requests: sent, not answered, not yet given up.
 *
 * A request is found by its request id in a hash table (oldest first, because
 * programs reuse ids) and by its deadline in a timing wheel; both know their
 * places in it, so that it leaves both at once.  Pure data: no socket, no
 * clock, the caller says what time it is.  Everything here is guarded by the
 * engine's lock.
 */
#ifndef WSN_CORE_REQUEST_H
#define WSN_CORE_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/list.h"
#include "core/item.h"
#include "net/wheel.h"
#include "winsnmp_types.h"

struct wsn_addr;
struct wsn_context;
struct wsn_head;
struct wsn_mail;
struct wsn_packet;
struct wsn_port;

struct wsn_request {
    struct wsn_item item; /* what becomes of it; first: freed as an item */
    struct wsn_list same_hash;
    struct wsn_list of_session;
    struct wsn_timer timer;
    uint64_t serial; /* tells it from a later one at the same address */
    uint32_t timeout_cs;
    uint32_t tries_left; /* retransmissions */
    int version;
    const struct wsn_context *context; /* alive: its handle is pinned */
    struct wsn_packet *packet;         /* as sent; at the end of this block */
    const struct wsn_port *sent_from;  /* the last time; only compared */
    /* The PDU as the application built it: a GETBULK may have gone out as a
     * GETNEXT. */
    smiINT sent_type;
    smiINT sent_error_status;
    smiINT sent_error_index;
    bool is_silent; /* no retransmission and no time-out event any more */
    bool is_known;  /* in the table */
};

/* A silent request is forgotten after ten minutes: nothing else would end it
 * if the agent never answers. */
#define WSN_REQUEST_SILENT_MS UINT64_C(600000)

/*
 * A request with everything that mail says, in one block, or NULL when memory
 * is short.  The handles of mail (the context among them) are pinned by the
 * caller, and are pinned once more.  A message that awaits no response may be
 * one too, so as to fail like one. [any]
 */
struct wsn_request *wsn_request_new(const struct wsn_mail *mail);

/* The request that item, a failure, is part of. [any] */
static inline const struct wsn_request *
wsn_request_of(const struct wsn_item *item)
{
    return (const struct wsn_request *)(const void *)item;
}

/* The request that packet is part of. [any] */
static inline struct wsn_request *
wsn_request_of_packet(const struct wsn_packet *packet)
{
    return (struct wsn_request *)(uintptr_t)packet - 1;
}

struct wsn_requests {
    struct wsn_list *buckets; /* a power of two of them */
    size_t n_buckets;
    size_t n;
    uint64_t last_serial;
    struct wsn_wheel wheel;
    struct wsn_list due; /* expired, not yet dealt with */
};

/* SNMPAPI_ALLOC_ERROR. [any] */
wsn_err wsn_requests_init(struct wsn_requests *requests, uint64_t now_ms);

/* The table must be empty. [any] */
void wsn_requests_fini(struct wsn_requests *requests);

/* Puts request into the table and the list of its session; the table borrows
 * it until it is removed. [lock] */
void wsn_requests_add(struct wsn_requests *requests,
                      struct wsn_request *request, struct wsn_list *of_session,
                      uint64_t now_ms);

/* Takes request out of everything it is in, the outbox as well; harmless when
 * it is in nothing. [lock] */
void wsn_requests_remove(struct wsn_requests *requests,
                         struct wsn_request *request);

/* Starts the next period of request. [lock] */
void wsn_requests_wait_again(struct wsn_requests *requests,
                             struct wsn_request *request, uint64_t now_ms);

/*
 * Starts the period behind the one that has ended: transmissions are due at
 * 0, T, 2T ..., so what each is late does not add up.  One that is later than
 * a quarter of T has its full period all the same. [lock]
 */
void wsn_requests_wait_next(struct wsn_requests *requests,
                            struct wsn_request *request, uint64_t now_ms);

/* Makes request silent. [lock] */
void wsn_requests_silence(struct wsn_requests *requests,
                          struct wsn_request *request, uint64_t now_ms);

/* Makes every request silent. [lock] */
void wsn_requests_silence_all(struct wsn_requests *requests, uint64_t now_ms);

/* Moves what has expired to requests->due. [lock] */
void wsn_requests_expire(struct wsn_requests *requests, uint64_t now_ms);

/* Takes the next expired request out of requests->due, or NULL. It is still
 * in the table. [lock] */
struct wsn_request *wsn_requests_take_due(struct wsn_requests *requests);

/* Why a response is nobody's. */
enum wsn_match {
    WSN_MATCH,
    WSN_MATCH_NO_REQUEST,
    WSN_MATCH_OTHER_SOURCE,
    WSN_MATCH_OTHER_VERSION,
    WSN_MATCH_OTHER_COMMUNITY
};

/*
 * Where a response has come: at which port, and whose.  any_source: whose does
 * not matter, for agents that answer from another of their addresses.
 */
struct wsn_arrived {
    const struct wsn_port *at;
    const struct wsn_addr *from;
    bool any_source;
};

/*
 * Finds the oldest request that a response answers: same request id, version
 * and community, at the port the request left from, and "its source transport
 * address shall be identical to the destination transport address that the
 * original request message was sent to" (RFC 1157, 4.1). [lock]
 */
enum wsn_match wsn_requests_match(struct wsn_requests *requests,
                                  const struct wsn_head *head,
                                  const struct wsn_arrived *arrived,
                                  struct wsn_request **ret_request);

/* The oldest outstanding request of session with that id, or NULL. [lock] */
struct wsn_request *wsn_requests_find(struct wsn_requests *requests,
                                      const struct wsn_session *session,
                                      smiINT32 request_id);

/* The request with that serial number, or NULL when it has ended. [lock] */
struct wsn_request *wsn_requests_find_serial(struct wsn_requests *requests,
                                             smiINT32 request_id,
                                             uint64_t serial);

#endif
