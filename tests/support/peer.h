/*
 * peer.h - the other end: a UDP peer on a thread of its own, which does with
 * each request what its script says, and remembers what it received.
 *
 *     struct peer *peer = peer_new("127.0.0.1");
 *     peer_script(peer, PEER_DROP, 2);            the next two are lost
 *     peer_script(peer, PEER_WRONG_COMMUNITY, 0);
 *     ...                                         all others are answered
 *
 * An answer is the request with some octets changed: nothing of the library
 * makes it.
 */
#ifndef WSN_TESTS_SUPPORT_PEER_H
#define WSN_TESTS_SUPPORT_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum peer_act {
    PEER_REPLY,
    PEER_DROP,
    PEER_DELAY,     /* answers after that many milliseconds */
    PEER_DUPLICATE, /* answers that many times */
    PEER_OTHER_PORT,
    PEER_OTHER_ADDRESS, /* from 127.0.0.2, and the right port */
    PEER_WRONG_COMMUNITY,
    PEER_WRONG_VERSION,
    PEER_WRONG_ID,
    PEER_ALIAS_ID, /* the request id with a fifth octet in front */
    PEER_PDU_TYPE, /* an answer with that tag */
    PEER_OTHER_OID,
    PEER_TRAILING, /* four more octets behind the message */
    PEER_ERROR_99, /* error-status 99, error-index 77 */
    PEER_TRUNCATED,
    PEER_GARBAGE_THEN_REPLY, /* noise and nothing, then the answer */
    PEER_WRONG_THEN_REPLY    /* wrong id and community, then the answer */
};

struct peer;

/* A datagram that the peer received. */
struct peer_record {
    uint64_t at_ms; /* monotonic */
    struct sockaddr_storage from;
    socklen_t from_len;
    size_t len;
    unsigned char bytes[1500];
};

/* A peer on a free port of a literal address. */
struct peer *peer_new(const char *address);

void peer_free(struct peer *peer);

uint16_t peer_port(const struct peer *peer);

/* What to do next; PEER_DROP: with that many requests, otherwise with one. */
void peer_script(struct peer *peer, enum peer_act act, unsigned arg);

/* Loses every n-th request from now on and remembers none. */
void peer_lose(struct peer *peer, unsigned n);

size_t peer_count(struct peer *peer);

/* Waits until n datagrams have come; false when they do not. */
bool peer_wait(struct peer *peer, size_t n);

/* The i-th datagram (from 0), which has come. */
const struct peer_record *peer_record(struct peer *peer, size_t i);

/* Sends octets to a port of an address of the peer's family. */
void peer_send(struct peer *peer, const char *address, uint16_t port,
               const void *bytes, size_t len);

/* Answers the i-th datagram, for which it waits, as if it came just now. */
void peer_answer(struct peer *peer, size_t i);

/* Sends octets back to where the i-th datagram came from. */
void peer_send_back(struct peer *peer, size_t i, const void *bytes, size_t len);

#endif
