/*
 * udp.h - UDP sockets: open, receive in batches, send.
 *
 * Below this file there are errno values, above it only SNMPAPI_* codes.  A
 * socket is never connected, so that one silent or refusing agent cannot
 * spoil it for the others.  Sending is safe from any number of threads at
 * once; receiving belongs to the loop's thread, which owns the batch.
 */
#ifndef WSN_NET_UDP_H
#define WSN_NET_UDP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "net/addr.h"

struct wsn_packet;

/* What a socket is for decides its options and what its errors mean. */
enum wsn_udp_use {
    WSN_UDP_MANAGER, /* sends requests, receives responses */
    WSN_UDP_TRAP,    /* receives notifications */
    WSN_UDP_AGENT    /* receives requests, answers from where they came to */
};

struct wsn_udp {
    int fd; /* -1 when closed */
    enum wsn_udp_use use;
    bool dual_stack;       /* IPv6 that carries IPv4 too */
    bool is_adopted;       /* whoever opened it may have it still */
    struct wsn_addr bound; /* with the port the system chose */
    int rcvbuf_bytes;      /* as granted, in the system's way of counting */
    _Atomic uint32_t drops_seen; /* the system's counter, last time */
    atomic_ulong kernel_drops;   /* datagrams lost for lack of room */
    atomic_ulong unreachable;    /* ICMP errors for what was sent */
};

/* Not an SNMPAPI code: try again when the socket is writable. */
#define WSN_UDP_AGAIN ((wsn_err)0x10000)

/*
 * A non-blocking socket, bound to bind_to and to nobody else's port.  To be
 * closed by the caller.  Fails with the codes that belong to its use:
 *
 *   MANAGER  TL_RESOURCE_ERROR, TL_NOT_SUPPORTED, TL_NOT_AVAILABLE, TL_OTHER
 *   TRAP     TL_IN_USE, TL_NOT_INITIALIZED, TL_NOT_AVAILABLE
 *   AGENT    TL_RESOURCE_ERROR (no socket), TL_OTHER (no such port) [any]
 */
wsn_err wsn_udp_open(enum wsn_udp_use use, const struct wsn_addr *bind_to,
                     struct wsn_udp *ret_udp);

/*
 * Takes fd, a bound UDP socket that the process was started with.  On
 * failure fd stays the caller's; the code is that of a failed bind. [any]
 */
wsn_err wsn_udp_adopt(int fd, enum wsn_udp_use use, struct wsn_udp *ret_udp);

/* Harmless when closed already.  Nobody may be using udp. [any] */
void wsn_udp_close(struct wsn_udp *udp);

/*
 * Gives the port back to the system, though the descriptor stays open and
 * valid (it may still be watched, or in use by a sender): it refers to an
 * unbound socket from now on.  wsn_udp_close() is still due.  A thread that is
 * just sending or receiving holds the port until its call returns.  False when
 * no descriptor can be had: the port is held until it is closed. [any, lock]
 */
bool wsn_udp_release_port(struct wsn_udp *udp);

/* Waits until nobody holds the port of udp, released, any more; gives up when
 * somebody else has taken it, after a tenth of a second. [any] */
void wsn_udp_await_release(const struct wsn_udp *udp);

/*
 * Sends one datagram from the address from, or from the one the system
 * chooses (NULL, or a wildcard).  An error that an earlier datagram to
 * somebody else met is counted, never reported here.
 * TL_PDU_TOO_BIG, TL_RESOURCE_ERROR, TL_NOT_AVAILABLE, TL_NOT_SUPPORTED
 * (no such address family here), TL_INVALID_PARAM, TL_SRC_INVALID,
 * TL_UNDELIVERABLE, TL_OTHER; or WSN_UDP_AGAIN. [any]
 */
wsn_err wsn_udp_send(struct wsn_udp *udp, const struct wsn_addr *to,
                     const struct wsn_addr *from, const void *bytes,
                     size_t len);

/* So many packets at most are sent at a time. */
#define WSN_UDP_SEND_MAX 16

/*
 * Sends packets, of which there is at least one, to their peers, in order.
 * Returns how many were sent: fewer than n when there are too many, or when
 * the next one failed, as ret_err tells (WSN_OK: try again with the rest).
 * Errors: as wsn_udp_send(). [any]
 */
size_t wsn_udp_send_packets(struct wsn_udp *udp,
                            const struct wsn_packet *const *packets, size_t n,
                            wsn_err *ret_err);

/* Waits until there is room to send, or an error to see, or time_ms have
 * passed. [any] */
void wsn_udp_wait_for_room(const struct wsn_udp *udp, int time_ms);

/* ---- receiving -------------------------------------------------------- */

#define WSN_UDP_BATCH_MAX 64
#define WSN_UDP_DATAGRAM_BYTES 65535

struct wsn_datagram {
    const unsigned char *bytes; /* borrowed from the batch */
    size_t len;                 /* may be 0 */
    bool truncated;             /* was longer than WSN_UDP_DATAGRAM_BYTES */
    struct wsn_addr peer;
    struct wsn_addr local; /* the port is the socket's; family may be NONE */
};

struct wsn_udp_batch;

/* Room for a batch, touched only as far as datagrams reach; or NULL. [any] */
struct wsn_udp_batch *wsn_udp_batch_new(void);

/* NULL is allowed. [any] */
void wsn_udp_batch_free(struct wsn_udp_batch *batch);

/*
 * Replaces the contents of batch.  Returns how many datagrams it holds now,
 * 0 when none are waiting, -1 on an error that will not go away by itself
 * (the caller had better wait before it tries again). [loop]
 */
int wsn_udp_recv(struct wsn_udp *udp, struct wsn_udp_batch *batch);

/* The i-th datagram, valid until the next recv into batch. [loop] */
const struct wsn_datagram *wsn_udp_batch_at(const struct wsn_udp_batch *batch,
                                            int i);

/* ---- for tests -------------------------------------------------------- */

enum wsn_udp_call {
    WSN_UDP_CALL_SOCKET,
    WSN_UDP_CALL_BIND,
    WSN_UDP_CALL_SENDMSG,
    WSN_UDP_CALL_SENDMMSG,
    WSN_UDP_CALL_RECVMSG,
    WSN_UDP_CALL_RECVMMSG
};

/* fail: asked before each call; an errno value other than 0 is its result. */
struct wsn_udp_faults {
    int (*fail)(void *arg, enum wsn_udp_call call);
    void *arg;
};

/* Installs faults (borrowed until replaced), or removes it with NULL. */
void wsn_udp_set_faults(const struct wsn_udp_faults *faults);

#endif
