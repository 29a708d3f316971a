/*
 * peer.c - see peer.h.
 */
#include "support/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/waiting.h"

#define RECORDS 4096
#define STEPS 256
#define LATER 64
#define BYTES 2048

struct step {
    enum peer_act act;
    unsigned arg;
};

/* Octets to send when their time has come. */
struct later {
    uint64_t due_ms; /* 0: free */
    size_t len;
    unsigned char bytes[BYTES];
    struct sockaddr_storage to;
    socklen_t to_len;
};

struct peer {
    pthread_t thread;
    int fd;
    int other_port;    /* a socket on another port of the address */
    int other_address; /* one on the same port of 127.0.0.2, or -1 */
    int stop[2];
    uint16_t port;
    struct later later[LATER]; /* the thread only */
    struct waiting waiting;    /* guards the rest */
    size_t n;
    size_t n_records;
    struct peer_record *records[RECORDS];
    struct step steps[STEPS];
    size_t first_step;
    size_t n_steps;
    unsigned lose_every;
};

/* ---- sockets ------------------------------------------------------------ */

static socklen_t make_address(const char *text, uint16_t port,
                              struct sockaddr_storage *ret_address)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons(port)};

    memset(ret_address, 0, sizeof *ret_address);
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        memcpy(ret_address, &v4, sizeof v4);
        return sizeof v4;
    }
    ck_assert_int_eq(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    memcpy(ret_address, &v6, sizeof v6);
    return sizeof v6;
}

static int bound_socket(const char *text, uint16_t port)
{
    struct sockaddr_storage address;
    socklen_t len = make_address(text, port, &address);
    int fd = socket(address.ss_family, SOCK_DGRAM, 0);

    ck_assert_int_ge(fd, 0);
    if (bind(fd, (const struct sockaddr *)&address, len) == 0)
        return fd;
    (void)close(fd);
    return -1;
}

static uint16_t port_of(int fd)
{
    struct sockaddr_storage address;
    struct sockaddr_in v4;
    socklen_t len = sizeof address;

    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &len), 0);
    memcpy(&v4, &address, sizeof v4); /* IPv6 has its port there as well */
    return ntohs(v4.sin_port);
}

/* The three sockets; another port when one of them is taken at 127.0.0.2. */
static void open_sockets(struct peer *peer, const char *address)
{
    bool is_v4 = strchr(address, ':') == NULL;
    int room = 2 * 1024 * 1024; /* the tests send in bursts */

    for (int tries = 0; tries < 20; tries++) {
        peer->fd = bound_socket(address, 0);
        ck_assert_int_ge(peer->fd, 0);
        (void)setsockopt(peer->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        peer->port = port_of(peer->fd);
        peer->other_address = is_v4 && strcmp(address, "127.0.0.2") != 0
                                  ? bound_socket("127.0.0.2", peer->port)
                                  : -1;
        if (!is_v4 || peer->other_address >= 0 ||
            strcmp(address, "127.0.0.2") == 0)
            break;
        (void)close(peer->fd);
    }
    peer->other_port = bound_socket(address, 0);
    ck_assert_int_ge(peer->other_port, 0);
}

/* ---- the parts of a message --------------------------------------------- */

/* Where the contents of the elements begin; all lengths are below 128. */
struct parts {
    size_t version;
    size_t community;
    size_t pdu; /* the tag */
    size_t id;
    size_t id_len;
    size_t status;
    size_t index;
};

static size_t skip(const unsigned char *bytes, size_t at)
{
    return at + 2 + bytes[at + 1];
}

static bool find_parts(const unsigned char *bytes, size_t len,
                       struct parts *ret)
{
    size_t at = 2;

    if (len < 20 || bytes[0] != 0x30 || bytes[1] > 127 || len > 129)
        return false;
    ret->version = at + 2;
    at = skip(bytes, at);
    ret->community = at + 2;
    at = skip(bytes, at);
    ret->pdu = at;
    at += 2;
    ret->id = at + 2;
    ret->id_len = bytes[at + 1];
    at = skip(bytes, at);
    ret->status = at + 2;
    at = skip(bytes, at);
    ret->index = at + 2;
    return at < len;
}

static size_t lengthen_id(unsigned char *bytes, size_t len,
                          const struct parts *parts)
{
    size_t more = 5 - parts->id_len;
    unsigned char sign = (bytes[parts->id] & 0x80) != 0 ? 0xff : 0x00;

    memmove(bytes + parts->id + more, bytes + parts->id, len - parts->id);
    memset(bytes + parts->id, sign, more);
    bytes[parts->id] = 0x01;
    bytes[parts->id - 1] = 5;
    bytes[parts->pdu + 1] += (unsigned char)more;
    bytes[1] += (unsigned char)more;
    return len + more;
}

/* Turns a request into an answer; returns its length. */
static size_t make_answer(unsigned char *bytes, size_t len,
                          const struct step *step)
{
    struct parts parts;

    if (!find_parts(bytes, len, &parts))
        return len;
    if (bytes[parts.pdu] == 0xa5)
        bytes[parts.status] = bytes[parts.index] = 0;
    bytes[parts.pdu] =
        step->act == PEER_PDU_TYPE ? (unsigned char)step->arg : 0xa2;
    switch (step->act) {
    case PEER_WRONG_COMMUNITY:
        bytes[parts.community] ^= 1;
        return len;
    case PEER_WRONG_VERSION:
        bytes[parts.version] ^= 1;
        return len;
    case PEER_WRONG_ID:
        bytes[parts.id + parts.id_len - 1] ^= 1;
        return len;
    case PEER_ALIAS_ID:
        return lengthen_id(bytes, len, &parts);
    case PEER_OTHER_OID:
        bytes[len - 3] ^= 1; /* the last octet of a name before a NULL */
        return len;
    case PEER_TRAILING:
        memset(bytes + len, 0xee, 4);
        return len + 4;
    case PEER_ERROR_99:
        bytes[parts.status] = 99;
        bytes[parts.index] = 77;
        return len;
    case PEER_TRUNCATED:
        return len - 1;
    case PEER_WRONG_THEN_REPLY:
        bytes[parts.id + parts.id_len - 1] ^= 1;
        bytes[parts.community] ^= 1;
        return len;
    default:
        return len;
    }
}

/* ---- answering: the peer's thread --------------------------------------- */

/* A request as it came. */
struct incoming {
    struct sockaddr_storage from;
    socklen_t from_len;
    size_t len;
    unsigned char bytes[BYTES];
};

static void put_off(struct peer *peer, const struct incoming *incoming,
                    const unsigned char *bytes, size_t len, unsigned ms)
{
    for (size_t i = 0; i < LATER; i++) {
        struct later *later = &peer->later[i];

        if (later->due_ms != 0)
            continue;
        later->due_ms = now_ms() + ms;
        later->to = incoming->from;
        later->to_len = incoming->from_len;
        memcpy(later->bytes, bytes, len);
        later->len = len;
        return;
    }
}

static void send_from(int fd, const struct incoming *incoming,
                      const void *bytes, size_t len)
{
    (void)sendto(fd, bytes, len, 0, (const struct sockaddr *)&incoming->from,
                 incoming->from_len);
}

static void answer(struct peer *peer, const struct incoming *incoming,
                   const struct step *step)
{
    static const struct step plainly = {PEER_REPLY, 0};
    unsigned char bytes[BYTES];
    unsigned times = step->act == PEER_DUPLICATE ? step->arg : 1;
    size_t len;
    int fd = peer->fd;

    memcpy(bytes, incoming->bytes, incoming->len);
    len = make_answer(bytes, incoming->len, step);
    if (step->act == PEER_OTHER_PORT)
        fd = peer->other_port;
    if (step->act == PEER_OTHER_ADDRESS)
        fd = peer->other_address;
    if (step->act == PEER_DELAY) {
        put_off(peer, incoming, bytes, len, step->arg);
        return;
    }
    if (step->act == PEER_GARBAGE_THEN_REPLY) {
        send_from(fd, incoming, "\x30\x82\xff\xff\x02\x01", 6);
        send_from(fd, incoming, "", 0);
    }
    for (unsigned i = 0; i < times; i++)
        send_from(fd, incoming, bytes, len);
    if (step->act == PEER_WRONG_THEN_REPLY)
        answer(peer, incoming, &plainly);
}

/* Remembers the request; what is to be done with it. */
static struct step next_step(struct peer *peer, const struct incoming *incoming)
{
    struct step step = {PEER_REPLY, 0};

    waiting_lock(&peer->waiting);
    if (peer->lose_every != 0) {
        if (peer->n % peer->lose_every == 0)
            step.act = PEER_DROP;
    } else if (peer->n_records < RECORDS) {
        struct peer_record *record = calloc(1, sizeof *record);

        record->at_ms = now_ms();
        record->from = incoming->from;
        record->from_len = incoming->from_len;
        record->len = incoming->len < sizeof record->bytes
                          ? incoming->len
                          : sizeof record->bytes;
        memcpy(record->bytes, incoming->bytes, record->len);
        peer->records[peer->n_records++] = record;
    }
    if (peer->first_step < peer->n_steps) {
        struct step *next = &peer->steps[peer->first_step];

        step = *next;
        if (next->act != PEER_DROP || --next->arg == 0)
            peer->first_step++;
    }
    peer->n++;
    waiting_tell(&peer->waiting);
    waiting_unlock(&peer->waiting);
    return step;
}

static void receive_all(struct peer *peer)
{
    struct incoming incoming;

    for (;;) {
        struct step step;
        ssize_t got;

        incoming.from_len = sizeof incoming.from;
        got = recvfrom(peer->fd, incoming.bytes, sizeof incoming.bytes - 16,
                       MSG_DONTWAIT, (struct sockaddr *)&incoming.from,
                       &incoming.from_len);
        if (got < 0)
            return;
        incoming.len = (size_t)got;
        step = next_step(peer, &incoming);
        if (step.act != PEER_DROP)
            answer(peer, &incoming, &step);
    }
}

/* Sends what is due; how long to wait for the next, or -1. */
static int send_due(struct peer *peer)
{
    uint64_t now = now_ms();
    int wait_ms = -1;

    for (size_t i = 0; i < LATER; i++) {
        struct later *later = &peer->later[i];

        if (later->due_ms == 0)
            continue;
        if (later->due_ms <= now) {
            (void)sendto(peer->fd, later->bytes, later->len, 0,
                         (const struct sockaddr *)&later->to, later->to_len);
            later->due_ms = 0;
        } else if (wait_ms < 0 || later->due_ms - now < (uint64_t)wait_ms) {
            wait_ms = (int)(later->due_ms - now);
        }
    }
    return wait_ms;
}

static void *be_the_peer(void *arg)
{
    struct peer *peer = arg;
    struct pollfd fds[] = {{peer->fd, POLLIN, 0}, {peer->stop[0], POLLIN, 0}};

    do {
        int wait_ms = send_due(peer);

        (void)poll(fds, 2, wait_ms);
        if ((fds[0].revents & POLLIN) != 0)
            receive_all(peer);
    } while (fds[1].revents == 0);
    return NULL;
}

/* ---- the interface ------------------------------------------------------ */

struct peer *peer_new(const char *address)
{
    struct peer *peer = calloc(1, sizeof *peer);

    ck_assert_ptr_nonnull(peer);
    open_sockets(peer, address);
    ck_assert_int_eq(pipe(peer->stop), 0);
    waiting_init(&peer->waiting);
    ck_assert_int_eq(pthread_create(&peer->thread, NULL, be_the_peer, peer), 0);
    return peer;
}

void peer_free(struct peer *peer)
{
    ck_assert_int_eq(write(peer->stop[1], "", 1), 1);
    ck_assert_int_eq(pthread_join(peer->thread, NULL), 0);
    (void)close(peer->fd);
    (void)close(peer->other_port);
    if (peer->other_address >= 0)
        (void)close(peer->other_address);
    (void)close(peer->stop[0]);
    (void)close(peer->stop[1]);
    waiting_fini(&peer->waiting);
    for (size_t i = 0; i < peer->n_records; i++)
        free(peer->records[i]);
    free(peer);
}

uint16_t peer_port(const struct peer *peer)
{
    return peer->port;
}

void peer_script(struct peer *peer, enum peer_act act, unsigned arg)
{
    waiting_lock(&peer->waiting);
    ck_assert_uint_lt(peer->n_steps, STEPS);
    peer->steps[peer->n_steps++] = (struct step){act, arg};
    waiting_unlock(&peer->waiting);
}

void peer_lose(struct peer *peer, unsigned n)
{
    waiting_lock(&peer->waiting);
    peer->lose_every = n;
    waiting_unlock(&peer->waiting);
}

size_t peer_count(struct peer *peer)
{
    size_t n;

    waiting_lock(&peer->waiting);
    n = peer->n;
    waiting_unlock(&peer->waiting);
    return n;
}

bool peer_wait(struct peer *peer, size_t n)
{
    bool came;

    waiting_lock(&peer->waiting);
    came = waiting_until(&peer->waiting, &peer->n, n);
    waiting_unlock(&peer->waiting);
    return came;
}

const struct peer_record *peer_record(struct peer *peer, size_t i)
{
    const struct peer_record *record;

    waiting_lock(&peer->waiting);
    ck_assert_uint_lt(i, peer->n_records);
    record = peer->records[i];
    waiting_unlock(&peer->waiting);
    return record;
}

void peer_send(struct peer *peer, const char *address, uint16_t port,
               const void *bytes, size_t len)
{
    struct sockaddr_storage to;
    socklen_t to_len = make_address(address, port, &to);

    ck_assert_int_eq(
        sendto(peer->fd, bytes, len, 0, (const struct sockaddr *)&to, to_len),
        (ssize_t)len);
}

void peer_answer(struct peer *peer, size_t i)
{
    static const struct step plainly = {PEER_REPLY, 0};
    const struct peer_record *record;
    struct incoming incoming;

    ck_assert(peer_wait(peer, i + 1));
    record = peer_record(peer, i);
    incoming.from = record->from;
    incoming.from_len = record->from_len;
    incoming.len = record->len;
    memcpy(incoming.bytes, record->bytes, record->len);
    answer(peer, &incoming, &plainly);
}

void peer_send_back(struct peer *peer, size_t i, const void *bytes, size_t len)
{
    const struct peer_record *record = peer_record(peer, i);

    ck_assert_int_eq(sendto(peer->fd, bytes, len, 0,
                            (const struct sockaddr *)&record->from,
                            record->from_len),
                     (ssize_t)len);
}
